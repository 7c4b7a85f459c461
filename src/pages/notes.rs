//! Words of what was really shown because of a trial, on their way to the server: each is sent until
//! the server knows it, and again when more is to be said. What waits is in memory only.
//!
//! It must not know what was shown.

use std::cell::RefCell;
use std::rc::Rc;

use chrono::{DateTime, NaiveDate, Utc};
use jobnet_api::arm::Viewport;
use leptos::task::spawn_local;

use crate::api::ApiError;
use crate::platform::{beat, document};

/// After a failure it is tried again after so many **milliseconds**, and after twice as many each
/// time.
const FIRST_PAUSE_MS: i32 = 2_000;
/// The longest pause, **milliseconds**.
const LONGEST_PAUSE_MS: i32 = 120_000;

/// Something that was shown.
pub(crate) trait Shown: Clone + PartialEq + 'static {
    /// Says so to the server.
    fn send(self) -> impl Future<Output = Result<(), ApiError>>;
    /// When it had been on screen for a second.
    fn set_shown_at(&mut self, at: DateTime<Utc>);
}

/// What was shown on one day, and whether the server knows it.
struct Note<S> {
    day: NaiveDate,
    shown: S,
    /// It has been on screen for a second.
    is_seen: bool,
    is_sent: bool,
    is_sending: bool,
    /// So long, in **milliseconds**, it waits after the next failure.
    pause: i32,
}

/// Which notes are meant. Not a type of its own each time: the code would be there as often.
type Which<'a, S> = dyn Fn(NaiveDate, &S) -> bool + 'a;

/// All of them, and whose they are.
pub(crate) struct Notes<S> {
    notes: RefCell<Vec<Note<S>>>,
    /// A pseudonym.
    whose: RefCell<Option<String>>,
}

impl<S: Shown> Notes<S> {
    /// None yet.
    pub(crate) fn new() -> Rc<Self> {
        Rc::new(Self { notes: RefCell::new(Vec::new()), whose: RefCell::new(None) })
    }

    /// What is noted of somebody else is not hers.
    pub(crate) fn begin_for(&self, whose: Option<String>) {
        if self.whose.replace(whose.clone()) != whose {
            self.notes.take();
        }
    }

    /// Whether there is such a note.
    pub(crate) fn has(&self, is_it: &Which<'_, S>) -> bool {
        self.notes.borrow().iter().any(|note| is_it(note.day, &note.shown))
    }

    /// Whether there is such a note of something that was on screen for a second.
    pub(crate) fn has_seen(&self, is_it: &Which<'_, S>) -> bool {
        self.notes.borrow().iter().any(|note| note.is_seen && is_it(note.day, &note.shown))
    }

    /// A note of what stands in the page.
    pub(crate) fn add(&self, day: NaiveDate, shown: S) {
        self.notes.borrow_mut().push(Note {
            day,
            shown,
            is_seen: false,
            is_sent: false,
            is_sending: false,
            pause: FIRST_PAUSE_MS,
        });
    }

    /// It has been on screen for a second.
    pub(crate) fn seen(&self, is_it: &Which<'_, S>) {
        let now = DateTime::from_timestamp_millis(beat::now().wall).unwrap_or_default();
        for note in self.notes.borrow_mut().iter_mut() {
            if !note.is_seen && is_it(note.day, &note.shown) {
                note.is_seen = true;
                note.shown.set_shown_at(now);
            }
        }
    }

    /// More is to be said of it; whether there is more, the change says.
    pub(crate) fn change(&self, is_it: &Which<'_, S>, change: &dyn Fn(&mut S) -> bool) {
        for note in self.notes.borrow_mut().iter_mut() {
            if is_it(note.day, &note.shown) && change(&mut note.shown) {
                note.is_sent = false;
            }
        }
    }

    /// Sends what the server does not know yet, and goes on trying while the page is open.
    pub(crate) fn send(self: &Rc<Self>) {
        let waiting: Vec<usize> = {
            let mut notes = self.notes.borrow_mut();
            let waiting = notes.iter_mut().enumerate().filter_map(|(place, note)| {
                let waits = note.is_seen && !note.is_sent && !note.is_sending;
                note.is_sending |= waits;
                waits.then_some(place)
            });
            waiting.collect()
        };
        for place in waiting {
            spawn_local(Rc::clone(self).deliver(place));
        }
    }

    async fn deliver(self: Rc<Self>, place: usize) {
        let whose = self.whose.borrow().clone();
        loop {
            let shown = self.notes.borrow().get(place).map(|note| note.shown.clone());
            let Some(shown) = shown else { return };
            let answer = shown.clone().send().await;
            if *self.whose.borrow() != whose {
                return;
            }
            // What the server refuses it will refuse again; what it could not do it may do later.
            let is_known = answer.err().is_none_or(|error| !error.may_pass());
            let pause = {
                let mut notes = self.notes.borrow_mut();
                let Some(note) = notes.get_mut(place) else { return };
                note.is_sent = is_known && note.shown == shown;
                // What was opened meanwhile is sent at once.
                note.is_sending = is_known && !note.is_sent;
                let pause = note.pause;
                note.pause =
                    if is_known { FIRST_PAUSE_MS } else { (pause * 2).min(LONGEST_PAUSE_MS) };
                if note.is_sent {
                    return;
                }
                pause
            };
            if !is_known {
                beat::pause(pause).await;
                self.send();
                return;
            }
        }
    }
}

/// How wide her window is.
pub(crate) fn viewport() -> Viewport {
    match document::width() {
        ..768.0 => Viewport::Narrow,
        ..992.0 => Viewport::Medium,
        _ => Viewport::Wide,
    }
}

/// A short name of a drawing: FNV-1a over its spec.
pub(crate) fn short_name(spec: &str) -> String {
    let step = |hash: u64, byte: u8| (hash ^ u64::from(byte)).wrapping_mul(0x0100_0000_01b3);
    format!("{:016x}", spec.bytes().fold(0xcbf2_9ce4_8422_2325, step))
}

#[cfg(test)]
mod tests {
    use super::short_name;

    /// The published values of the hash.
    #[test]
    fn a_short_name_is_fnv_1a() {
        assert_eq!(short_name(""), "cbf29ce484222325");
        assert_eq!(short_name("a"), "af63dc4c8601ec8c");
        assert_eq!(short_name("foobar"), "85944171f73967e8");
    }
}
