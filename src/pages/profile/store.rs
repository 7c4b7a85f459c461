//! Her answers: as the server has them, as she gives them, and the way from here to there.
//!
//! An answer is sent when it is given. Until the server has it, it waits here, in memory: a lost
//! connection and the end of the session lose nothing, and whoever closes the page is asked first. It is
//! sent again when the browser has a network and when the server has taken another answer. When another
//! answer was stored meanwhile, in another tab or on another device, she is asked which one counts.

use std::cell::{Cell, RefCell};
use std::collections::BTreeMap;

use jobnet_api::profile::MyProfile;
use jobnet_api::profiling::answers::{Answer, AnswerError, Answers};
use jobnet_api::profiling::fact::Fact;
use jobnet_api::profiling::form::Question;
use leptos::prelude::*;
use leptos::task::spawn_local;

use crate::api::{self, ApiError};
use crate::platform::beat;
use crate::platform::document::{self, Unsent};
use crate::state::{Connection, Drafts, Session, lasting};

use super::says::{SayWay, Saying};

/// So long, in **milliseconds**, she has not written when her words are sent.
const PAUSE_MS: i32 = 800;

/// An answer that the server does not have yet; `None`: she has taken it back.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(super) struct Waiting {
    pub(super) answer: Option<Answer>,
    pub(super) way: Way,
    /// The stored edition she had before her when she gave it.
    seen: u32,
}

/// How far it is.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(super) enum Way {
    /// She is still writing.
    Typed,
    /// On its way.
    Busy,
    /// It did not arrive.
    Failed,
    /// Another one was stored meanwhile: this, of this edition.
    Conflict(Option<Answer>, u32),
}

/// What is known and what waits.
#[derive(Clone, Copy)]
pub(super) struct Store {
    /// As the server has it.
    pub(super) profile: RwSignal<MyProfile>,
    /// What it does not have yet.
    pub(super) waiting: RwSignal<BTreeMap<Question, Waiting>>,
    /// What she says of facts and the server does not know yet.
    pub(super) says: RwSignal<BTreeMap<Fact, Saying>>,
    /// The questions whose answers were stored here.
    pub(super) saved: RwSignal<Vec<Question>>,
    /// Her remark as typed; `None`: not touched.
    pub(super) remark: RwSignal<Option<String>>,
    /// What was done last, to say so.
    pub(super) told: RwSignal<Option<&'static str>>,
    pub(super) session: Session,
}

/// What waits while her pages are not there, and whose it is: a pseudonym.
struct Kept {
    whose: String,
    /// Each with the edition she had seen: what is stored meanwhile is not lost unasked.
    answers: Vec<(Question, (Option<Answer>, u32))>,
    says: Vec<(Fact, Saying)>,
    remark: Option<String>,
}

thread_local! {
    static KEPT: RefCell<Option<Kept>> = const { RefCell::new(None) };
    static FORGETS: Cell<bool> = const { Cell::new(false) };
}

/// Forgets what waits when everything typed is forgotten: she signs out, or somebody else comes.
/// Lives as long as the page.
fn forget_with(drafts: Drafts) {
    if FORGETS.replace(true) {
        return;
    }
    lasting(|| {
        Effect::new(move |_| {
            if !drafts.waits.get() && KEPT.take().is_some() {
                document::ask_before_leaving(Unsent::Profile, false);
            }
        });
    });
}

impl Store {
    /// Of the profile as the server has it; what the same person gave before and the server does not
    /// have is sent now.
    pub(super) fn of(profile: MyProfile, whose: String) -> Self {
        let kept = KEPT.with_borrow_mut(Option::take).filter(|kept| kept.whose == whose);
        let drafts = expect_context::<Drafts>();
        drafts.waits.set(false);
        forget_with(drafts);
        let store = Self {
            profile: RwSignal::new(profile),
            waiting: RwSignal::default(),
            says: RwSignal::default(),
            saved: RwSignal::default(),
            remark: RwSignal::new(None),
            told: RwSignal::new(None),
            session: expect_context(),
        };
        if let Some(kept) = kept {
            for (question, (answer, seen)) in kept.answers {
                store.waiting.update(|waiting| {
                    waiting.insert(question, Waiting { answer, way: Way::Busy, seen });
                });
                spawn_local(store.deliver(question));
            }
            for (fact, saying) in kept.says {
                store.says.update(|says| {
                    says.insert(fact, Saying { way: SayWay::Failed, ..saying });
                });
            }
            store.retry_says();
            store.remark.set(kept.remark);
        }
        // The page keeps in memory what the server does not have: whoever closes it is asked first.
        Effect::new(move |_| {
            let is_unsent = !store.is_saved() || store.remark.with(Option::is_some);
            document::ask_before_leaving(Unsent::Profile, is_unsent);
        });
        let connection = expect_context::<Connection>();
        Effect::new(move |_| {
            if connection.is_online() {
                store.retry();
            }
        });
        on_cleanup(move || store.keep(whose, drafts));
        store
    }

    fn keep(self, whose: String, drafts: Drafts) {
        let waiting = self.waiting.try_get_untracked().unwrap_or_default();
        let answers: Vec<_> = waiting
            .into_iter()
            .map(|(question, waiting)| (question, (waiting.answer, waiting.seen)))
            .collect();
        let remark = self.remark.try_get_untracked().flatten();
        let says = self.says.try_get_untracked().unwrap_or_default();
        let says: Vec<_> = says.into_iter().collect();
        // Signing out forgets what is typed.
        let waits = self.session.is_of(&whose)
            && (!answers.is_empty() || !says.is_empty() || remark.is_some());
        document::ask_before_leaving(Unsent::Profile, waits);
        KEPT.set(waits.then_some(Kept { whose, answers, says, remark }));
        drafts.waits.set(waits);
    }

    /// Her answers: what waits counts as given.
    pub(super) fn answers(self) -> Answers {
        let mut answers = self.profile.with(|profile| profile.draft.answers.clone());
        self.waiting.with(|waiting| {
            for (question, waiting) in waiting {
                match &waiting.answer {
                    Some(answer) => answers.0.insert(*question, answer.clone()),
                    None => answers.0.remove(question),
                };
            }
        });
        answers
    }

    /// Her answer to a question.
    pub(super) fn answer(self, question: Question) -> Option<Answer> {
        self.answers().0.remove(&question)
    }

    /// Takes an answer and sends it.
    pub(super) fn give(self, question: Question, answer: Option<Answer>) {
        let before = self.waiting.with_untracked(|waiting| waiting.get(&question).cloned());
        let is_under_way = before.is_some_and(|before| before.way == Way::Busy);
        self.put(question, answer, Way::Busy);
        // What is under way goes on with the newest when it has arrived.
        if !is_under_way {
            spawn_local(self.deliver(question));
        }
    }

    /// Takes an answer that she is still writing, and sends it when she pauses.
    pub(super) fn write(self, question: Question, answer: Answer) {
        let is_under_way = self.now(question).is_some_and(|before| before.way == Way::Busy);
        let way = if is_under_way { Way::Busy } else { Way::Typed };
        self.put(question, Some(answer.clone()), way);
        let written = self.now(question);
        spawn_local(async move {
            beat::pause(PAUSE_MS).await;
            let now = self.now(question).filter(|now| now.way == Way::Typed);
            if now.is_some() && now == written && answer.check(question).is_ok() {
                self.give(question, Some(answer));
            }
        });
    }

    /// Sends what did not arrive, and what she was still writing.
    pub(super) fn retry(self) {
        let left: Vec<_> = self.waiting.with_untracked(|waiting| {
            let left = waiting.iter().filter(|(question, waiting)| {
                let can_stand =
                    waiting.answer.as_ref().is_none_or(|answer| answer.check(**question).is_ok());
                matches!(waiting.way, Way::Failed | Way::Typed) && can_stand
            });
            left.map(|(question, waiting)| (*question, waiting.answer.clone())).collect()
        });
        for (question, answer) in left {
            self.give(question, answer);
        }
        self.retry_says();
    }

    /// Forgets what the server does not have: she deletes everything.
    pub(super) fn forget(self) {
        self.waiting.try_set(BTreeMap::new());
        self.says.try_set(BTreeMap::new());
        self.remark.try_set(None);
        self.saved.try_set(Vec::new());
    }

    /// Whether the server has everything.
    pub(super) fn is_saved(self) -> bool {
        self.waiting.with(BTreeMap::is_empty) && self.says.with(BTreeMap::is_empty)
    }

    /// The question at which her own words wait because they are too long to be sent: only she can
    /// make them shorter, also where she is no longer asked.
    pub(super) fn too_long(self) -> Option<Question> {
        self.waiting.with(|waiting| {
            let mut questions = waiting.iter().filter_map(|(question, waiting)| {
                let checked = waiting.answer.as_ref()?.check(*question);
                (checked == Err(AnswerError::LongNote)).then_some(*question)
            });
            questions.next()
        })
    }

    /// Takes the answer of the other place.
    pub(super) fn keep_there(self, question: Question) {
        self.waiting.update(|waiting| {
            waiting.remove(&question);
        });
    }

    /// Sends hers although she has seen the one of the other place.
    pub(super) fn keep_here(self, question: Question) {
        let Some(Waiting { answer, way: Way::Conflict(_, edition), .. }) = self.now(question)
        else {
            return;
        };
        self.has_seen(question, edition);
        self.give(question, answer);
    }

    /// What waits already keeps the edition she had seen.
    fn put(self, question: Question, answer: Option<Answer>, way: Way) {
        let stored = self.edition(question);
        self.waiting.update(|waiting| {
            let seen = waiting.get(&question).map_or(stored, |before| before.seen);
            waiting.insert(question, Waiting { answer, way, seen });
        });
    }

    /// The edition of an answer as it was stored when the server was asked last.
    fn edition(self, question: Question) -> u32 {
        let edition = self
            .profile
            .try_with_untracked(|profile| profile.draft.editions.get(&question).copied());
        edition.flatten().unwrap_or_default()
    }

    fn has_seen(self, question: Question, edition: u32) {
        self.waiting.update(|waiting| {
            if let Some(waiting) = waiting.get_mut(&question) {
                waiting.seen = edition;
            }
        });
    }

    fn now(self, question: Question) -> Option<Waiting> {
        self.waiting.try_with_untracked(|waiting| waiting.get(&question).cloned()).flatten()
    }

    async fn deliver(self, question: Question) {
        while let Some(waiting) = self.now(question) {
            let sent = waiting.answer;
            match api::profile::answer(question, sent.clone(), waiting.seen).await {
                Ok(saved) => {
                    // She has left the page: it will find the answer there.
                    if self.now(question).is_none() {
                        return;
                    }
                    self.store(question, sent.clone(), saved.edition);
                    self.has_seen(question, saved.edition);
                    if self.is_done(question, &sent) {
                        // The server is there: what did not arrive before goes, too.
                        return self.retry();
                    }
                }
                Err(error) if api::profile::is_conflict(&error) => {
                    let Some(there) = self.look_there(question).await else { return };
                    let edition = self.edition(question);
                    if there == sent {
                        self.has_seen(question, edition);
                        if self.is_done(question, &sent) {
                            return;
                        }
                    } else if let Some(waiting) = self.now(question) {
                        self.put(question, waiting.answer, Way::Conflict(there, edition));
                        return;
                    }
                }
                Err(error) => return self.failed(question, &error),
            }
        }
    }

    /// Whether what was stored is what she wants now; then nothing waits any more.
    fn is_done(self, question: Question, stored: &Option<Answer>) -> bool {
        let is_done = self.now(question).is_none_or(|waiting| waiting.answer == *stored);
        if is_done {
            self.keep_there(question);
            self.saved.update(|saved| {
                if !saved.contains(&question) {
                    saved.push(question);
                }
            });
        }
        is_done
    }

    fn store(self, question: Question, answer: Option<Answer>, edition: u32) {
        self.profile.update(|profile| {
            let answers = &mut profile.draft.answers.0;
            match answer {
                Some(answer) => answers.insert(question, answer),
                None => answers.remove(&question),
            };
            profile.draft.editions.insert(question, edition);
        });
    }

    /// The answer that was stored meanwhile; the outer `None`: it could not be asked for.
    async fn look_there(self, question: Question) -> Option<Option<Answer>> {
        match api::profile::mine().await {
            Ok(profile) => {
                let there = profile.draft.answers.0.get(&question).cloned();
                self.now(question)?;
                self.profile.set(profile);
                Some(there)
            }
            Err(error) => {
                self.failed(question, &error);
                None
            }
        }
    }

    fn failed(self, question: Question, error: &ApiError) {
        if let Some(waiting) = self.now(question) {
            self.put(question, waiting.answer, Way::Failed);
        }
        self.session.note_error(error);
    }

    /// Asks for everything anew, after something was sent or deleted.
    pub(super) async fn refresh(self) -> Result<(), ApiError> {
        let profile = api::profile::mine().await?;
        self.profile.try_set(profile);
        Ok(())
    }
}
