//! Her changes on their way: shown at once, sent in turn, sent again while the network fails, and
//! kept in memory until the server has them, whichever page of hers she is on. So are notes that she has
//! typed and not saved. Both outlive the end of the session, and are forgotten with everything else
//! that is typed.

use std::cell::{Cell, RefCell};
use std::collections::BTreeMap;

use chrono::{DateTime, TimeDelta, Utc};
use jobnet_api::checklist::{MyChecklist, NewMark, SavedMark};
use jobnet_checklist::item::Item;
use jobnet_checklist::mark::Mark;
use leptos::prelude::*;
use leptos::task::spawn_local;

use crate::api::{ApiError, checklist};
use crate::platform::beat;
use crate::platform::document::{Unsent, ask_before_leaving};
use crate::state::{Connection, Drafts, Session, lasting};

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

/// What is on its way, and what has arrived since the list was asked for.
#[derive(Clone, Copy)]
struct Post {
    pending: RwSignal<BTreeMap<Item, NewMark>>,
    sent: RwSignal<BTreeMap<Item, Sent>>,
    arrived: RwSignal<BTreeMap<Item, SavedMark>>,
    /// The list on the screen, or that was there last.
    shown: RwSignal<Option<RwSignal<MyChecklist>>>,
    /// Whose it is: a pseudonym.
    whose: RwSignal<String>,
    is_sending: RwSignal<bool>,
}

impl Post {
    fn new() -> Self {
        Self {
            pending: RwSignal::default(),
            sent: RwSignal::default(),
            arrived: RwSignal::default(),
            shown: RwSignal::default(),
            whose: RwSignal::default(),
            is_sending: RwSignal::new(false),
        }
    }

    fn forget(self) {
        NOTES.take();
        self.pending.set(BTreeMap::new());
        self.sent.set(BTreeMap::new());
        self.arrived.set(BTreeMap::new());
    }
}

/// A [`Post`] that sends. [`Drafts`] knows only whether anything waits: its type would weigh on the
/// first file.
#[derive(Clone, Copy)]
struct Sender {
    post: Post,
    drafts: Drafts,
    session: Session,
    connection: Connection,
}

thread_local! {
    static SENDER: Cell<Option<Sender>> = const { Cell::new(None) };
    /// Notes as she has typed them, until they are saved.
    static NOTES: RefCell<Vec<(Item, String)>> = const { RefCell::new(Vec::new()) };
}

impl Sender {
    /// The one of this tab: it sends as long as the tab is open.
    fn here(drafts: Drafts, session: Session, connection: Connection) -> Self {
        if let Some(sender) = SENDER.get() {
            return sender;
        }
        let sender = lasting(|| {
            let sender = Self { post: Post::new(), drafts, session, connection };
            Effect::new(move || {
                // That nothing waits any more is also said by whoever forgets what is typed: then
                // what was saved is not kept either.
                let is_hers = session.is_of(&sender.post.whose.get_untracked());
                if !drafts.checklist.get() && (sender.waits() || !is_hers) {
                    sender.post.forget();
                    sender.note();
                }
            });
            Effect::new(move || {
                if connection.is_online() && !session.ended() {
                    sender.send();
                }
            });
            sender
        });
        SENDER.set(Some(sender));
        sender
    }

    /// Begins anew for the list of somebody, with what of hers still waits.
    fn turn_to(self, whose: String, stored: &mut MyChecklist) {
        let post = self.post;
        if post.whose.get_untracked() != whose {
            post.forget();
            post.whose.set(whose);
            self.note();
        }
        // What has arrived while the list was on its way.
        for (item, saved) in post.arrived.get_untracked() {
            if stored.marks.get(&item).is_none_or(|there| there.made_at < saved.made_at) {
                stored.marks.insert(item, saved);
            }
        }
        post.arrived.set(BTreeMap::new());
        // What was refused is tried once more, what was saved need not be said again.
        post.sent.update(|all| all.retain(|_, sent| matches!(sent, Sent::Saving | Sent::Waiting)));
        self.send();
    }

    /// Whether the server has not everything.
    fn waits(self) -> bool {
        let is_typed = NOTES.with_borrow(|all| !all.is_empty());
        is_typed || self.post.pending.with_untracked(|all| !all.is_empty())
    }

    /// Tells the rest of the page, and the browser, whether something waits.
    fn note(self) {
        let waits = self.waits();
        if self.drafts.checklist.get_untracked() != waits {
            self.drafts.checklist.set(waits);
        }
        ask_before_leaving(Unsent::Checklist, waits);
    }

    /// Sends what waits, one after the other; sends again what could not be sent.
    fn send(self) {
        let is_sending = self.post.is_sending;
        if is_sending.get_untracked() {
            return;
        }
        is_sending.set(true);
        spawn_local(async move {
            while let Some((whose, item, new)) = self.next() {
                let answer = checklist::mark(item, &new).await;
                // She has signed out, or somebody else is there.
                if !self.session.is_of(&whose) || self.post.whose.get_untracked() != whose {
                    continue;
                }
                if !self.arrived(item, &new, answer) {
                    beat::pause(PAUSE_MS).await;
                    if untrack(|| !self.connection.is_online() || self.session.ended()) {
                        break;
                    }
                }
            }
            is_sending.set(false);
        });
    }

    fn next(self) -> Option<(String, Item, NewMark)> {
        let whose = self.post.whose.get_untracked();
        if !self.drafts.checklist.get_untracked() || !self.session.is_of(&whose) {
            return None;
        }
        let sent = self.post.sent.get_untracked();
        let is_refused = |item: &Item| sent.get(item) == Some(&Sent::Refused);
        self.post.pending.with_untracked(|all| {
            let (item, new) = all.iter().find(|(item, _)| !is_refused(item))?;
            Some((whose, *item, new.clone()))
        })
    }

    /// Notes what came of it; whether the next one can be sent.
    fn arrived(self, item: Item, new: &NewMark, answer: Result<SavedMark, ApiError>) -> bool {
        let post = self.post;
        let is_last = post.pending.with_untracked(|all| all.get(&item) == Some(new));
        let sent = match answer {
            Ok(saved) => {
                if let Some(shown) = post.shown.get_untracked() {
                    // She may have left the page.
                    shown.try_update(|list| list.marks.insert(item, saved.clone()));
                }
                post.arrived.update(|all| {
                    all.insert(item, saved);
                });
                if !is_last {
                    return true;
                }
                post.pending.update(|all| {
                    all.remove(&item);
                });
                self.note();
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
        post.sent.update(|all| {
            all.insert(item, sent);
        });
        sent != Sent::Waiting
    }
}

/// The list, and what is on its way.
#[derive(Clone, Copy)]
pub(super) struct List {
    pub(super) stored: RwSignal<MyChecklist>,
    pub(super) pending: RwSignal<BTreeMap<Item, NewMark>>,
    pub(super) sent: RwSignal<BTreeMap<Item, Sent>>,
    /// In a preview nothing is sent.
    sender: Option<Sender>,
}

impl List {
    /// Her list; what waits of it is sent.
    pub(super) fn new(
        mut list: MyChecklist,
        drafts: Drafts,
        session: Session,
        connection: Connection,
    ) -> Self {
        let me = untrack(|| session.boot()).and_then(|boot| boot.me.clone());
        let sender = Sender::here(drafts, session, connection);
        sender.turn_to(me.map(|me| me.handle).unwrap_or_default(), &mut list);
        let stored = RwSignal::new(list);
        sender.post.shown.set(Some(stored));
        let Post { pending, sent, .. } = sender.post;
        Self { stored, pending, sent, sender: Some(sender) }
    }

    /// A list of which nothing is ever sent.
    pub(super) fn unsent(list: MyChecklist) -> Self {
        let Post { pending, sent, .. } = Post::new();
        Self { stored: RwSignal::new(list), pending, sent, sender: None }
    }

    /// Says something of an item.
    pub(super) fn say(self, item: Item, mark: Mark) {
        let last = self.stored.with_untracked(|list| list.marks.get(&item).map(|m| m.made_at));
        let last = self.pending.with_untracked(|all| all.get(&item).map(|m| m.made_at).or(last));
        self.pending.update(|all| {
            all.insert(item, NewMark { mark, made_at: after(last) });
        });
        if let Some(sender) = self.sender {
            sender.note();
            self.again(item);
        }
    }

    /// Her note of an item as she has typed it and not saved it.
    pub(super) fn typed(self, item: Item) -> Option<String> {
        self.sender?;
        NOTES
            .with_borrow(|all| all.iter().find(|(of, _)| *of == item).map(|(_, note)| note.clone()))
    }

    /// Keeps her note of an item as she types it; `None`: it is as it was saved.
    pub(super) fn keep(self, item: Item, note: Option<String>) {
        let Some(sender) = self.sender else { return };
        NOTES.with_borrow_mut(|all| {
            all.retain(|(of, _)| *of != item);
            all.extend(note.map(|note| (item, note)));
        });
        sender.note();
    }

    /// Sends an item again that the server has refused.
    pub(super) fn again(self, item: Item) {
        self.sent.update(|all| {
            all.insert(item, Sent::Saving);
        });
        if let Some(sender) = self.sender {
            sender.send();
        }
    }
}

/// Now, and after what she said last, whatever her clock does.
fn after(last: Option<DateTime<Utc>>) -> DateTime<Utc> {
    let now = DateTime::from_timestamp_millis(beat::now().wall).unwrap_or_default();
    let next = last.map(|last| last + TimeDelta::milliseconds(1));
    next.map_or(now, |next| next.max(now))
}
