//! Notes what was really shown of the account because of a trial: at least half of it on screen for
//! a second, each variant once a surface and day, and what she opened beyond it.
//!
//! It shows nothing and decides nothing. What waits to be sent is in memory only.

use std::rc::Rc;

use chrono::{DateTime, NaiveDate, Utc};
use jobnet_api::account::AccountAnswer;
use jobnet_api::arm::{Arm, Exposure, Framing, Opened, Presentation, Surface};
use leptos::prelude::*;
use leptos::task::spawn_local;

use crate::api;
use crate::i18n::language;
use crate::pages::notes::{Notes, Shown, short_name, viewport};
use crate::platform::{beat, document, seen};
use crate::routes::Page;
use crate::state::{Clock, Connection, Place, Session};
use crate::view::View;

use super::words_model::{statements, takeaway, unknown_months};
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
thread_local! {
    static NOTES: Rc<Notes<Exposure>> = Notes::new();
}

impl Shown for Exposure {
    async fn send(self) -> Result<(), api::ApiError> {
        api::exposure(&self).await
    }

    fn set_shown_at(&mut self, at: DateTime<Utc>) {
        self.shown_at = at;
    }
}

/// Watches the account that stands in the page now.
pub(super) fn exposure_view(answer: &AccountAnswer, shown: Presentation, arm: Arm) -> View {
    let clock = expect_context::<Clock>();
    let Some(day) = untrack(|| clock.today()) else { return View::none() };
    let me = untrack(|| expect_context::<Session>().boot());
    let notes = NOTES.with(Rc::clone);
    notes.begin_for(me.and_then(|boot| Some(boot.me.as_ref()?.handle.clone())));
    let place = expect_context::<Place>();
    let is_hours = untrack(|| place.with(|address| address.path == Page::Hours.path()));
    let is_named = untrack(|| place.with(|address| address.value_of("visning").is_some()));
    let surface = if is_hours { Surface::Hours } else { Surface::Overview };
    let (trial, framing) = (arm.trial.clone(), arm.framing);
    let is_here = move |on: NaiveDate, noted: &Exposure| {
        on == day && noted.surface == surface && noted.trial == trial
    };
    let is_variant =
        move |noted: &Exposure| noted.presentation == shown && noted.framing == framing;
    let is_it = {
        let is_here = is_here.clone();
        move |on: NaiveDate, noted: &Exposure| is_here(on, noted) && is_variant(noted)
    };
    // What she chose after she had really been shown something is opened from there.
    let is_same = move |on: NaiveDate, noted: &Exposure| {
        is_here(on, noted) && (is_variant(noted) || is_named)
    };
    if notes.has(&is_it) || (is_named && notes.has_seen(&is_same)) {
        if is_named {
            open(&notes, opened(shown), &is_same);
        }
    } else {
        notes.add(day, Exposure { chosen: is_named, ..exposure(answer, shown, arm, surface, day) });
    }
    let watched = Rc::clone(&notes);
    let watch = StoredValue::new_local(None);
    // The account is being built: it stands in the page with the next picture.
    request_animation_frame(move || {
        watch.try_update_value(|watch| {
            *watch = Some(seen::Watch::new(ACCOUNT, NOT_YET, move || {
                watched.seen(&is_it);
                watched.send();
            }));
        });
    });
    let used = Rc::clone(&notes);
    let listening = document::on_use(move || {
        let (notes, is_same) = (Rc::clone(&used), is_same.clone());
        notes.send();
        spawn_local(async move {
            // What was asked for comes a moment later.
            beat::pause(OPENS_MS).await;
            for (what, place) in OPENINGS {
                if document::is_there(place) {
                    open(&notes, what, &is_same);
                }
            }
            notes.send();
        });
    });
    let connection = expect_context::<Connection>();
    Effect::new(move || {
        if connection.is_online() {
            NOTES.with(|notes| notes.send());
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

/// What stands in the page.
fn exposure(
    answer: &AccountAnswer,
    presentation: Presentation,
    arm: Arm,
    surface: Surface,
    day: NaiveDate,
) -> Exposure {
    let (text_ids, drawing) = told(answer, presentation, arm.framing, day);
    Exposure {
        text_ids,
        trial: arm.trial,
        surface,
        presentation,
        framing: arm.framing,
        drawing,
        build: document::build().unwrap_or_default(),
        viewport: viewport(),
        shown_at: DateTime::UNIX_EPOCH,
        opened: Vec::new(),
        chosen: false,
    }
}

fn open(notes: &Notes<Exposure>, what: Opened, is_same: &dyn Fn(NaiveDate, &Exposure) -> bool) {
    notes.change(is_same, &|shown| {
        let is_new = !shown.opened.contains(&what);
        if is_new {
            shown.opened.push(what);
        }
        is_new
    });
}

/// The names of what is told in words, what the framing says first; and a short name of the drawing:
/// the same spec has the same one.
fn told(
    answer: &AccountAnswer,
    shown: Presentation,
    framing: Framing,
    today: NaiveDate,
) -> (Vec<String>, Option<String>) {
    let goals = goals::goals(answer, framing, language()).into_iter();
    let mut names: Vec<&str> = goals.map(|(name, _)| name).collect();
    let mut spec = String::new();
    match shown {
        Presentation::Words => {
            names.extend(takeaway(answer, language()).map(|_| "takeaway"));
            names.extend(unknown_months(answer, language()).map(|_| "unknown_hours"));
            let statements = statements(answer, Some(framing), language()).into_iter();
            names.extend(statements.map(|statement| statement.topic.id()));
        }
        Presentation::Counters => {
            for counter in counters_model::counters(answer, None, language()) {
                names.push(counter.statement.topic.id());
                spec += &format!("{:?}", counter.spec);
            }
        }
        Presentation::Timeline | Presentation::WhatIf => {
            spec = format!("{:?}", timeline_model::timeline(answer, today, language()).spec);
        }
    }
    let names = names.into_iter().map(str::to_owned).collect();
    (names, (!spec.is_empty()).then(|| short_name(&spec)))
}
