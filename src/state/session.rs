//! The session of whoever is signed in: begun, kept, ended, and told to the other tabs.

use std::sync::Arc;

use jobnet_api::account::AccountAnswer;
use jobnet_api::boot::{Boot, Me};
use jobnet_api::paths;
use leptos::prelude::*;
use leptos::task::spawn_local;

use super::Drafts;
use super::answer::{Answer, Who, ready, who};
use super::lifetime::{ASKED_SECONDS, Lifetime};
use crate::api::{self, ApiError};
use crate::platform::{beat, channel, document, navigation};

/// So long, in **milliseconds**, the server may take to say that the session has ended.
const PATIENCE_MS: i64 = 15_000;

/// The session is about to end.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Ending {
    /// **Seconds** left, at least 1.
    pub left: i64,
    /// Whether the end can be put off.
    pub can_go_on: bool,
}

/// Whose pages these are, or were until the session ended: her pseudonym, and the demo identity if
/// she came in as one. What is typed is hers.
#[derive(Clone, Debug, PartialEq, Eq)]
struct Owner {
    handle: String,
    persona: Option<String>,
}

/// The session.
#[derive(Clone, Copy, Debug)]
pub struct Session {
    answer: RwSignal<Answer>,
    who: Memo<Who>,
    owner: RwSignal<Option<Owner>>,
    lifetime: RwSignal<Option<Lifetime>>,
    ending: RwSignal<Option<Ending>>,
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
            owner: RwSignal::new(None),
            lifetime: RwSignal::new(None),
            ending: RwSignal::new(None),
            ended: RwSignal::new(false),
            busy: RwSignal::new(false),
            failure: RwSignal::new(None),
            drafts,
        };
        // A preview asks for itself: who looks at it is not looked up, and nobody is enrolled.
        if paths::preview_token(&navigation::here().path).is_none() {
            spawn_local(session.ask());
        }
        beat::each_second(move || session.beat());
        channel::on_change(move |handle| session.hear_of(handle));
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

    /// Whether the session is about to end.
    pub fn ending(self) -> Option<Ending> {
        self.ending.get()
    }

    /// Whether what she typed waits in this page for her.
    pub fn keeps_drafts(self) -> bool {
        self.ended() && !self.drafts.is_empty()
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

    /// A request of a page found that the session has ended.
    pub fn note_error(self, error: &ApiError) {
        if *error == ApiError::SignedOut {
            self.end();
        }
    }

    /// Keeps the session alive.
    pub fn go_on(self) {
        self.failure.set(None);
        spawn_local(async move {
            let whose = self.handle();
            let answer = api::extend_session().await;
            if self.handle() != whose {
                return;
            }
            match answer {
                Ok(me) => self.hear(&me),
                Err(ApiError::SignedOut) => self.end(),
                Err(error) => self.failure.set(Some(error)),
            }
        });
    }

    /// Signs in as a demo identity; what somebody else has typed is forgotten first.
    pub fn sign_in(self, persona: String) {
        self.change(async move {
            api::demo_sign_in(&persona).await?;
            if untrack(|| self.persona()).is_some_and(|before| before != persona) {
                self.drafts.clear();
            }
            Ok(None)
        });
    }

    /// Ends the session, here and in the other tabs, and goes on to sign out at the provider.
    pub fn sign_out(self) {
        self.change(async move {
            let continue_at = match api::sign_out().await {
                Ok(continue_at) => continue_at,
                Err(ApiError::SignedOut) => None,
                Err(error) => return Err(error),
            };
            channel::tell(None);
            self.forget();
            Ok(continue_at)
        });
    }

    /// The key of the demo identity that is signed in, or was until the session ended.
    pub fn persona(self) -> Option<String> {
        self.owner.with(|owner| owner.as_ref().and_then(|owner| owner.persona.clone()))
    }

    /// Whether these are this person's pages, or were until the session ended; not once she has
    /// signed out.
    pub fn is_of(self, handle: &str) -> bool {
        self.handle().as_deref() == Some(handle)
    }

    /// The pseudonym of whose pages these are. If it has changed when an answer comes, the answer is
    /// to somebody else's question.
    fn handle(self) -> Option<String> {
        self.owner.with_untracked(|owner| owner.as_ref().map(|owner| owner.handle.clone()))
    }

    /// Another tab of this browser says who is signed in there now: nobody, or a pseudonym.
    fn hear_of(self, handle: Option<String>) {
        if handle.is_some() {
            api::session_began();
        }
        match (handle, self.handle()) {
            (None, _) => self.forget(),
            (Some(now), Some(before)) if now != before || self.ended.get_untracked() => {
                self.refresh();
            }
            (Some(_), _) => {}
        }
    }

    /// She has signed out: nothing of hers stays, neither on the screen nor in memory.
    fn forget(self) {
        self.drafts.clear();
        // Nothing is kept, so nothing is asked: the way on leads to signing out at the provider.
        document::ask_nothing_before_leaving();
        self.owner.set(None);
        self.ended.set(false);
        self.clear();
    }

    /// The session has ended while she sat before its pages: what is personal leaves the screen,
    /// what she typed waits in memory, and she is asked back.
    fn end(self) {
        if self.owner.with_untracked(Option::is_some) && !self.ended.get_untracked() {
            self.ended.set(true);
        }
        self.clear();
    }

    /// Takes what is personal off the screen.
    fn clear(self) {
        self.drafts.forget_others();
        self.lifetime.set(None);
        self.ending.set(None);
        self.answer.update(|answer| {
            if let Answer::Ready(boot, account) = answer {
                *account = None;
                *boot = Arc::new(Boot {
                    me: None,
                    account: None,
                    arm: None,
                    has_checklist: false,
                    ..Boot::clone(boot)
                });
            }
        });
    }

    /// Until when the session lasts.
    fn hear(self, me: &Me) {
        self.lifetime.set(Some(Lifetime::of(me, beat::now())));
        self.beat();
    }

    /// Looks how much is left; before she is asked or signed out, the server is.
    fn beat(self) {
        let Some(mut lifetime) = self.lifetime.get_untracked() else { return };
        let now = beat::now();
        let left = lifetime.left(now);
        let is_near = left <= ASKED_SECONDS;
        if is_near && (left <= 0 || !lifetime.is_told_near()) {
            match lifetime.asked {
                None => {
                    lifetime.asked = Some(now.steady);
                    self.lifetime.set(Some(lifetime));
                    spawn_local(self.ask_the_server(left <= 0));
                }
                // Her figures do not stay on the screen as long as a request may hang.
                Some(since) if left <= 0 && now.steady - since > PATIENCE_MS => self.end(),
                Some(_) => {}
            }
            return;
        }
        let ending = is_near.then_some(Ending { left, can_go_on: lifetime.can_go_on() });
        if self.ending.get_untracked() != ending {
            self.ending.set(ending);
        }
    }

    async fn ask_the_server(self, is_over: bool) {
        let (whose, asked_in) = (self.handle(), api::sessions());
        let answer = api::me().await;
        if self.handle() != whose {
            return;
        }
        match answer {
            Ok(me) => self.hear(&me),
            Err(ApiError::SignedOut) => self.end(),
            // The session of then has ended, not the one of now.
            Err(_) if api::sessions() != asked_in => self.refresh(),
            // Nobody can say otherwise.
            Err(_) if is_over => self.end(),
            // The next beat asks again.
            Err(_) => self.lifetime.update(|lifetime| {
                if let Some(lifetime) = lifetime {
                    lifetime.asked = None;
                }
            }),
        }
    }

    /// Runs a change of session, then takes the new first answer, or leaves for where the change
    /// says.
    fn change(self, change: impl Future<Output = Result<Option<String>, ApiError>> + 'static) {
        if self.busy.get_untracked() {
            return;
        }
        self.busy.set(true);
        self.failure.set(None);
        spawn_local(async move {
            match change.await {
                Ok(Some(address)) => navigation::leave_for(&address),
                Ok(None) => self.ask().await,
                Err(error) => self.failure.set(Some(error)),
            }
            self.busy.set(false);
        });
    }

    async fn ask(self) {
        let (whose, asked_in) = (self.handle(), api::sessions());
        let answer = api::boot().await;
        if self.handle() != whose {
            return;
        }
        match answer {
            // Nobody was signed in when it was asked; somebody is now.
            Ok(boot) if boot.me.is_none() && api::sessions() != asked_in => self.refresh(),
            Ok(boot) => self.take(boot),
            Err(error) => {
                let has_answer =
                    self.answer.with_untracked(|answer| matches!(answer, Answer::Ready(..)));
                if !has_answer {
                    self.answer.set(Answer::Failed(error));
                } else if self.busy.get_untracked() {
                    // Somebody has signed in or out: what stands here may be another person's.
                    self.clear();
                    self.failure.set(Some(error));
                }
                // Else nobody asked: she keeps reading the last answer.
            }
        }
    }
}

impl Session {
    /// Takes a new first answer.
    fn take(self, boot: Boot) {
        match &boot.me {
            Some(me) => {
                let now = Owner { handle: me.handle.clone(), persona: me.persona.clone() };
                let before = self.owner.get_untracked();
                if before.as_ref().is_some_and(|before| before.handle != now.handle) {
                    self.drafts.clear();
                }
                if self.ended.get_untracked()
                    || before.is_none_or(|before| before.handle != now.handle)
                {
                    api::session_began();
                    api::person_came();
                    channel::tell(Some(&now.handle));
                }
                self.owner.set(Some(now));
                self.ended.set(false);
                self.hear(me);
                self.answer.set(ready(boot));
            }
            None => {
                api::person_came();
                self.end();
                self.answer.set(ready(boot));
            }
        }
    }
}
