//! Her changes on their way: shown at once, sent in turn, sent again while the network fails, and
//! kept until the server has them.

use std::collections::BTreeMap;

use chrono::{DateTime, TimeDelta, Utc};
use jobnet_api::checklist::{MyChecklist, NewMark};
use jobnet_checklist::item::Item;
use jobnet_checklist::mark::Mark;
use leptos::prelude::*;
use leptos::task::spawn_local;

use crate::api::{ApiError, checklist};
use crate::platform::beat;
use crate::state::{Connection, Session};

/// After a failure it is tried again after so many **milliseconds**.
const PAUSE_MS: i32 = 5_000;

/// How a change of an item is doing.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Sent {
    Saving,
    Saved,
    Waiting,
    Refused,
}

/// The list, and what is on its way.
#[derive(Clone, Copy)]
pub(super) struct List {
    pub(super) stored: RwSignal<MyChecklist>,
    pub(super) pending: RwSignal<BTreeMap<Item, NewMark>>,
    pub(super) sent: RwSignal<BTreeMap<Item, Sent>>,
    is_sending: RwSignal<bool>,
    /// Nothing is sent: it is a preview.
    is_unsent: bool,
    session: Session,
    connection: Connection,
}

impl List {
    pub(super) fn new(
        list: MyChecklist,
        pending: RwSignal<BTreeMap<Item, NewMark>>,
        session: Session,
        connection: Connection,
    ) -> Self {
        let new = Self { pending, is_unsent: false, ..Self::unsent(list, session, connection) };
        Effect::new(move || {
            if connection.is_online() && !session.ended() {
                new.send();
            }
        });
        new
    }

    /// A list of which nothing is ever sent.
    pub(super) fn unsent(list: MyChecklist, session: Session, connection: Connection) -> Self {
        Self {
            stored: RwSignal::new(list),
            pending: RwSignal::new(BTreeMap::new()),
            sent: RwSignal::new(BTreeMap::new()),
            is_sending: RwSignal::new(false),
            is_unsent: true,
            session,
            connection,
        }
    }

    /// Says something of an item.
    pub(super) fn say(self, item: Item, mark: Mark) {
        let last = self.stored.with_untracked(|list| list.marks.get(&item).map(|m| m.made_at));
        let last = self.pending.with_untracked(|all| all.get(&item).map(|m| m.made_at).or(last));
        self.pending.update(|all| {
            all.insert(item, NewMark { mark, made_at: after(last) });
        });
        if self.is_unsent {
            return;
        }
        self.sent.update(|sent| {
            sent.insert(item, Sent::Saving);
        });
        self.send();
    }

    /// Sends what waits, one after the other; sends again what could not be sent.
    pub(super) fn send(self) {
        if self.is_sending.get_untracked() {
            return;
        }
        self.is_sending.set(true);
        spawn_local(async move {
            while let Some((item, new)) = self.next() {
                let answer = checklist::mark(item, &new).await;
                // She has left the page; what waits is sent when she comes back to it.
                if self.is_sending.try_get_untracked().is_none() {
                    return;
                }
                if !self.arrived(item, &new, answer) {
                    beat::pause(PAUSE_MS).await;
                    let goes_on = self.is_sending.try_get_untracked().is_some();
                    if !goes_on || untrack(|| !self.connection.is_online() || self.session.ended())
                    {
                        break;
                    }
                }
            }
            self.is_sending.try_set(false);
        });
    }

    fn next(self) -> Option<(Item, NewMark)> {
        let refused =
            |item: &Item| self.sent.with_untracked(|sent| sent.get(item) == Some(&Sent::Refused));
        self.pending.with_untracked(|all| {
            all.iter().find(|(item, _)| !refused(item)).map(|(item, new)| (*item, new.clone()))
        })
    }

    /// Notes what came of it; whether the next one can be sent.
    fn arrived(
        self,
        item: Item,
        new: &NewMark,
        answer: Result<jobnet_api::checklist::SavedMark, ApiError>,
    ) -> bool {
        let is_last = self.pending.with_untracked(|all| all.get(&item) == Some(new));
        let sent = match answer {
            Ok(saved) => {
                self.stored.update(|list| {
                    list.marks.insert(item, saved);
                });
                if !is_last {
                    return true;
                }
                self.pending.update(|all| {
                    all.remove(&item);
                });
                Sent::Saved
            }
            Err(error @ ApiError::Server(_)) if !error.may_pass() => {
                self.session.note_error(&error);
                Sent::Refused
            }
            Err(error) => {
                self.session.note_error(&error);
                Sent::Waiting
            }
        };
        self.sent.update(|all| {
            all.insert(item, sent);
        });
        sent != Sent::Waiting
    }

    /// Sends an item again that the server has refused.
    pub(super) fn again(self, item: Item) {
        self.sent.update(|all| {
            all.insert(item, Sent::Saving);
        });
        self.send();
    }
}

/// Now, and after what she said last, whatever her clock does.
fn after(last: Option<DateTime<Utc>>) -> DateTime<Utc> {
    let now = DateTime::from_timestamp_millis(beat::now().wall).unwrap_or_default();
    let next = last.map(|last| last + TimeDelta::milliseconds(1));
    next.map_or(now, |next| next.max(now))
}
