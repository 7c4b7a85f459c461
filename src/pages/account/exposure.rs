//! Notes what was really shown of the account because of a trial: at least half of it on screen for
//! a second, once a surface and day, and what she opened beyond it.
//!
//! It shows nothing and decides nothing. What waits to be sent is in memory only.

use std::cell::RefCell;
use std::hash::{Hash, Hasher};

use chrono::{DateTime, NaiveDate};
use jobnet_api::account::AccountAnswer;
use jobnet_api::arm::{Arm, Exposure, Opened, Presentation, Surface, Viewport};
use leptos::prelude::*;
use leptos::task::spawn_local;

use crate::api;
use crate::i18n::language;
use crate::platform::{beat, document, seen};
use crate::routes::Page;
use crate::state::{Clock, Connection, Place, Session};
use crate::view::View;

use super::{counters_model, goals, timeline_model};

/// The account in the page.
const ACCOUNT: &str = ".account";
/// What stands there until it has come.
const NOT_YET: &str = ".skeleton";
/// What can be opened in it, and how that looks.
const OPENINGS: [(Opened, &str); 2] =
    [(Opened::Table, ".account .chart-table"), (Opened::Explanation, ".account .how[open]")];
/// So long, in **milliseconds**, after a click something is open.
const OPENS_MS: i32 = 200;
/// After a failure it is tried again after so many **milliseconds**, and after twice as many each
/// time.
const FIRST_PAUSE_MS: i32 = 2_000;
/// The longest pause, **milliseconds**.
const LONGEST_PAUSE_MS: i32 = 120_000;

/// One surface on one day: what was shown, and whether the server knows it.
struct Note {
    day: NaiveDate,
    exposure: Exposure,
    /// It has been on screen for a second.
    is_seen: bool,
    is_sent: bool,
    is_sending: bool,
    /// So long, in **milliseconds**, it waits after the next failure.
    pause: i32,
}

thread_local! {
    static NOTES: RefCell<Vec<Note>> = const { RefCell::new(Vec::new()) };
    /// Whose they are: a pseudonym.
    static WHOSE: RefCell<Option<String>> = const { RefCell::new(None) };
}

/// Somebody else has signed in: what is noted is not hers.
fn begin_for(whose: Option<String>) {
    if WHOSE.replace(whose.clone()) != whose {
        NOTES.take();
    }
}

/// Watches the account that stands in the page now.
pub(super) fn exposure_view(answer: &AccountAnswer, shown: Presentation, arm: Arm) -> View {
    let clock = expect_context::<Clock>();
    let Some(day) = untrack(|| clock.today()) else { return View::none() };
    let me = untrack(|| expect_context::<Session>().boot());
    begin_for(me.and_then(|boot| Some(boot.me.as_ref()?.handle.clone())));
    let place = expect_context::<Place>();
    let is_hours = untrack(|| place.with(|address| address.path == Page::Hours.path()));
    let is_named = untrack(|| place.with(|address| address.value_of("visning").is_some()));
    let surface = if is_hours { Surface::Hours } else { Surface::Overview };
    let trial = arm.trial.clone();
    let is_same = move |note: &Note| {
        note.day == day && note.exposure.surface == surface && note.exposure.trial == trial
    };
    // What she chose after she had been shown her arm's is something she opened.
    let chosen = is_named && NOTES.with_borrow(|notes| notes.iter().any(&is_same));
    if chosen {
        open(opened(shown), &is_same);
    } else {
        begin(answer, shown, arm, surface, day);
    }
    let same = is_same.clone();
    let watch = StoredValue::new_local(None);
    // The account is being built: it stands in the page with the next picture.
    request_animation_frame(move || {
        watch.try_update_value(|watch| {
            *watch = Some(seen::Watch::new(ACCOUNT, NOT_YET, move || {
                seen(&same);
                send();
            }));
        });
    });
    let listening = document::on_use(move || {
        let is_same = is_same.clone();
        send();
        spawn_local(async move {
            // What was asked for comes a moment later.
            beat::pause(OPENS_MS).await;
            for (what, place) in OPENINGS {
                if document::is_there(place) {
                    open(what, &is_same);
                }
            }
            send();
        });
    });
    let connection = expect_context::<Connection>();
    Effect::new(move || {
        if connection.is_online() {
            send();
        }
    });
    // Dropped with the view.
    StoredValue::new_local(listening);
    View::none()
}

fn opened(shown: Presentation) -> Opened {
    match shown {
        Presentation::Words => Opened::Words,
        Presentation::Counters => Opened::Counters,
        Presentation::Timeline => Opened::Timeline,
        Presentation::WhatIf => Opened::WhatIf,
    }
}

/// A note of what stands in the page, if there is none of this surface and day.
fn begin(
    answer: &AccountAnswer,
    presentation: Presentation,
    arm: Arm,
    surface: Surface,
    day: NaiveDate,
) {
    let exposure = Exposure {
        text_ids: goals::goals(answer, arm.framing, language())
            .into_iter()
            .map(|(name, _)| name.to_owned())
            .collect(),
        trial: arm.trial,
        surface,
        presentation,
        framing: arm.framing,
        drawing: drawing(answer, presentation, day),
        build: document::build().unwrap_or_default(),
        viewport: match document::width() {
            ..768.0 => Viewport::Narrow,
            ..992.0 => Viewport::Medium,
            _ => Viewport::Wide,
        },
        shown_at: DateTime::UNIX_EPOCH,
        opened: Vec::new(),
    };
    NOTES.with_borrow_mut(|notes| {
        let is_known = notes.iter().any(|note| {
            note.day == day
                && note.exposure.surface == surface
                && note.exposure.trial == exposure.trial
        });
        if !is_known {
            notes.push(Note {
                day,
                exposure,
                is_seen: false,
                is_sent: false,
                is_sending: false,
                pause: FIRST_PAUSE_MS,
            });
        }
    });
}

/// A short name of the drawing: the same spec has the same one (FNV-1a over its fields).
fn drawing(answer: &AccountAnswer, shown: Presentation, today: NaiveDate) -> Option<String> {
    let spec = match shown {
        Presentation::Words => return None,
        Presentation::Counters => {
            let counters = counters_model::counters(answer, None, language());
            let specs: Vec<_> = counters.into_iter().map(|counter| counter.spec).collect();
            format!("{specs:?}")
        }
        Presentation::Timeline | Presentation::WhatIf => {
            format!("{:?}", timeline_model::timeline(answer, today, language()).spec)
        }
    };
    let mut hash = Fnv(0xcbf2_9ce4_8422_2325);
    spec.as_bytes().hash(&mut hash);
    Some(format!("{:016x}", hash.finish()))
}

struct Fnv(u64);

impl Hasher for Fnv {
    fn finish(&self) -> u64 {
        self.0
    }

    fn write(&mut self, bytes: &[u8]) {
        for byte in bytes {
            self.0 = (self.0 ^ u64::from(*byte)).wrapping_mul(0x0100_0000_01b3);
        }
    }
}

fn seen(is_same: &impl Fn(&Note) -> bool) {
    let now = beat::now().wall;
    NOTES.with_borrow_mut(|notes| {
        for note in notes.iter_mut().filter(|note| is_same(note) && !note.is_seen) {
            note.is_seen = true;
            note.exposure.shown_at = DateTime::from_timestamp_millis(now).unwrap_or_default();
        }
    });
}

fn open(what: Opened, is_same: &impl Fn(&Note) -> bool) {
    NOTES.with_borrow_mut(|notes| {
        for note in notes.iter_mut().filter(|note| is_same(note)) {
            if !note.exposure.opened.contains(&what) {
                note.exposure.opened.push(what);
                note.is_sent = false;
            }
        }
    });
}

/// Sends what the server does not know yet, and goes on trying while the page is open.
fn send() {
    loop {
        let next = NOTES.with_borrow_mut(|notes| {
            let waiting = |note: &Note| note.is_seen && !note.is_sent && !note.is_sending;
            let place = notes.iter().position(waiting)?;
            notes[place].is_sending = true;
            Some(place)
        });
        let Some(place) = next else { return };
        spawn_local(deliver(place));
    }
}

async fn deliver(place: usize) {
    let whose = WHOSE.with_borrow(Clone::clone);
    let is_hers = || WHOSE.with_borrow(|now| *now == whose);
    loop {
        let exposure = NOTES.with_borrow(|notes| notes.get(place).map(|n| n.exposure.clone()));
        let Some(exposure) = exposure else { return };
        let answer = api::exposure(&exposure).await;
        if !is_hers() {
            return;
        }
        // What the server refuses it will refuse again.
        let is_known = matches!(
            answer,
            Ok(()) | Err(api::ApiError::SignedOut | api::ApiError::Server(Some(_)))
        );
        let next = NOTES.with_borrow_mut(|notes| {
            let note = notes.get_mut(place)?;
            note.is_sent = is_known && note.exposure == exposure;
            // What was opened meanwhile is sent at once.
            note.is_sending = is_known && !note.is_sent;
            let pause = note.pause;
            if is_known {
                note.pause = FIRST_PAUSE_MS;
            } else {
                note.pause = (pause * 2).min(LONGEST_PAUSE_MS);
            }
            (!note.is_sent).then_some(pause)
        });
        match next {
            None => return,
            Some(_) if is_known => {}
            Some(pause) => {
                beat::pause(pause).await;
                send();
                return;
            }
        }
    }
}
