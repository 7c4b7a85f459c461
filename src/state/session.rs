//! Who is signed in, and the answer the server gave about her.

use std::sync::Arc;

use jobnet_api::account::{AccountAnswer, AccountFacts};
use jobnet_api::boot::{Boot, Role};
use leptos::prelude::*;
use leptos::task::spawn_local;

use super::Drafts;
use crate::api::{self, ApiError};
use crate::platform::document;

/// How far the first answer is.
#[derive(Clone, Debug)]
pub enum Answer {
    /// Asked, not answered.
    Loading,
    /// Answered, with the citizen's account if she is one.
    Ready(Arc<Boot>, Option<Arc<AccountAnswer>>),
    /// Not answered, and why.
    Failed(ApiError),
}

/// Who looks at the page.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Who {
    /// Not known yet.
    Loading,
    /// Not known, and why.
    Failed(ApiError),
    /// Nobody is signed in.
    Nobody,
    /// A citizen with an account; the demo identity's key tells one from another.
    Citizen(Option<String>),
    /// Somebody without an account of her own.
    Staff(Vec<Role>),
}

/// The session.
#[derive(Clone, Copy, Debug)]
pub struct Session {
    answer: RwSignal<Answer>,
    who: Memo<Who>,
    /// The session ended while its pages were open.
    ended: RwSignal<bool>,
    /// A sign-in or sign-out is under way.
    busy: RwSignal<bool>,
    /// A sign-in or sign-out failed.
    failure: RwSignal<Option<ApiError>>,
    drafts: Drafts,
}

impl Session {
    /// Asks the server who is signed in.
    pub fn start(drafts: Drafts) -> Self {
        let answer = RwSignal::new(Answer::Loading);
        let session = Self {
            answer,
            who: Memo::new(move |_| answer.with(who)),
            ended: RwSignal::new(false),
            busy: RwSignal::new(false),
            failure: RwSignal::new(None),
            drafts,
        };
        spawn_local(session.ask());
        session
    }

    /// Who looks at the page.
    pub fn who(self) -> Memo<Who> {
        self.who
    }

    /// The answer, once there is one.
    pub fn boot(self) -> Option<Arc<Boot>> {
        self.answer.with(|answer| match answer {
            Answer::Ready(boot, _) => Some(Arc::clone(boot)),
            Answer::Loading | Answer::Failed(_) => None,
        })
    }

    /// The signed-in citizen's account.
    pub fn account(self) -> Option<Arc<AccountAnswer>> {
        self.answer.with(|answer| match answer {
            Answer::Ready(_, account) => account.clone(),
            Answer::Loading | Answer::Failed(_) => None,
        })
    }

    /// The same, without following it.
    pub fn account_untracked(self) -> Option<Arc<AccountAnswer>> {
        untrack(|| self.account())
    }

    /// Whether the session ended while its pages were open.
    pub fn ended(self) -> bool {
        self.ended.get()
    }

    /// Whether a sign-in or sign-out is under way.
    pub fn busy(self) -> bool {
        self.busy.get()
    }

    /// Why the last sign-in or sign-out failed.
    pub fn failure(self) -> Option<ApiError> {
        self.failure.get()
    }

    /// Asks again after a failure.
    pub fn retry(self) {
        self.answer.set(Answer::Loading);
        spawn_local(self.ask());
    }

    /// Looks again when she comes back to the page: for newer figures, and whether the session
    /// still lasts.
    pub fn refresh_on_return(self) {
        document::on_return(move || {
            let answered = self.answer.with_untracked(|answer| matches!(answer, Answer::Ready(..)));
            if answered {
                self.refresh();
            }
        });
    }

    /// Takes the newest account without leaving the page, for example after a report was stored.
    pub fn refresh(self) {
        spawn_local(self.ask());
    }

    /// A request of a page found that the session has ended. The page stays as it is.
    pub fn note_error(self, error: &ApiError) {
        if *error == ApiError::SignedOut {
            self.ended.set(true);
        }
    }

    /// Signs in as a demo identity; what somebody else has typed is forgotten first.
    pub fn sign_in(self, persona: String) {
        self.change(async move {
            api::demo_sign_in(&persona).await?;
            let same = self.persona_untracked().as_deref() == Some(persona.as_str());
            Ok(!same)
        });
    }

    /// Ends the session.
    pub fn sign_out(self) {
        self.change(async move {
            match api::sign_out().await {
                Ok(()) | Err(ApiError::SignedOut) => Ok(true),
                Err(error) => Err(error),
            }
        });
    }

    /// The key of the demo identity that is signed in.
    pub fn persona_untracked(self) -> Option<String> {
        self.answer.with_untracked(|answer| match answer {
            Answer::Ready(boot, _) => boot.me.as_ref().and_then(|me| me.persona.clone()),
            Answer::Loading | Answer::Failed(_) => None,
        })
    }

    /// Runs a change of session, then takes the new first answer. The change says whether
    /// another person looks at the page from now on.
    fn change(self, change: impl Future<Output = Result<bool, ApiError>> + 'static) {
        if self.busy.get_untracked() {
            return;
        }
        self.busy.set(true);
        self.failure.set(None);
        spawn_local(async move {
            match change.await {
                Ok(another_person) => {
                    if another_person {
                        self.drafts.clear();
                    }
                    self.ended.set(false);
                    self.ask().await;
                }
                Err(error) => self.failure.set(Some(error)),
            }
            self.busy.set(false);
        });
    }

    async fn ask(self) {
        let signed_in = self.persona_untracked().is_some();
        match api::boot().await {
            // She sat before her page and the session ended: keep the page, ask her back.
            Ok(boot) if boot.me.is_none() && signed_in && !self.busy.get_untracked() => {
                self.ended.set(true);
            }
            Ok(boot) => self.answer.set(ready(boot)),
            Err(error) => {
                let has_answer =
                    self.answer.with_untracked(|answer| matches!(answer, Answer::Ready(..)));
                if !has_answer {
                    self.answer.set(Answer::Failed(error));
                } else if self.busy.get_untracked() {
                    self.failure.set(Some(error));
                }
                // Else nobody asked: she keeps reading the last answer.
            }
        }
    }
}

/// The answer, with what the rules make of the facts in it.
fn ready(mut boot: Boot) -> Answer {
    match boot.account.take().map(AccountFacts::evaluate).transpose() {
        Ok(account) => Answer::Ready(Arc::new(boot), account.map(Arc::new)),
        // Facts that contradict each other are the server's fault: no import lets them in.
        Err(_) => Answer::Failed(ApiError::Server(None)),
    }
}

fn who(answer: &Answer) -> Who {
    let (boot, account) = match answer {
        Answer::Loading => return Who::Loading,
        Answer::Failed(error) => return Who::Failed(error.clone()),
        Answer::Ready(boot, account) => (boot, account),
    };
    match (&boot.me, account) {
        (None, _) => Who::Nobody,
        (Some(me), Some(_)) => Who::Citizen(me.persona.clone()),
        (Some(me), None) => Who::Staff(me.roles.clone()),
    }
}
