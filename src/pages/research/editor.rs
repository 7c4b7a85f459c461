//! A draft that is being written: what was typed, what the check finds, and storing it.

use std::cell::RefCell;
use std::collections::BTreeMap;
use std::sync::Arc;

use jobnet_api::trial::Trial;
use jobnet_api::trials::protocol::Protocol;
use jobnet_api::trials::protocol::check::{Catalogue, Finding};
use jobnet_api::trials::protocol::life::State;
use leptos::prelude::*;
use leptos::task::spawn_local;

use crate::api::{self, ApiError};
use crate::platform::document;
use crate::state::{Drafts, Session};

use super::steps_model::{Kind, Typed, from};

pub(super) const SAVED: &str = "trial-saved";

/// How storing went.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(super) enum Saving {
    /// Nothing was tried since something was typed.
    Idle,
    /// Under way.
    Busy,
    /// Stored.
    Done,
    /// Not stored, and why.
    Failed(ApiError),
}

/// The draft and what is known of it.
#[derive(Clone, Copy)]
pub struct Editor {
    /// As typed so far.
    pub(super) protocol: RwSignal<Protocol>,
    /// What was typed and cannot be read: id of the input → text.
    pub(super) unread: RwSignal<BTreeMap<String, String>>,
    /// What the server can serve.
    pub(super) catalogue: StoredValue<Arc<Catalogue>>,
    /// What stands in the way of registering it.
    pub(super) findings: Memo<Vec<Finding>>,
    /// The trial as the server has it.
    pub(super) trial: RwSignal<Arc<Trial>>,
    /// How storing went.
    pub(super) saving: RwSignal<Saving>,
    /// The step of its life that is to be confirmed.
    pub(super) chosen: RwSignal<Option<Kind>>,
    /// What was typed for it.
    pub(super) typed: RwSignal<Typed>,
    session: Session,
}

/// What was typed and not stored. It waits here while the session has ended; nothing in a protocol
/// is about a person, nor in a step of its life.
struct Kept {
    whose: String,
    protocol: Protocol,
    version: u32,
    step: Option<(Kind, Typed)>,
}

thread_local! {
    static KEPT: RefCell<Option<Kept>> = const { RefCell::new(None) };
}

impl Editor {
    /// The editor of a trial; what the same researcher typed before and did not store is there again.
    pub(super) fn of(trial: Arc<Trial>, catalogue: Catalogue, whose: &str) -> Self {
        let kept = KEPT
            .with_borrow_mut(Option::take)
            .filter(|kept| kept.whose == whose && kept.protocol.key == trial.protocol.key);
        let drafts = expect_context::<Drafts>();
        drafts.waits.set(false);
        let (mut protocol, mut step) = (trial.protocol.clone(), None);
        if let Some(kept) = kept {
            if kept.version == trial.version && trial.state == State::Draft {
                protocol = kept.protocol;
            }
            step = kept.step.filter(|(kind, _)| from(trial.state).contains(kind));
        }
        let (chosen, typed) = step.unzip();
        let protocol = RwSignal::new(protocol);
        let catalogue = Arc::new(catalogue);
        let checked = Arc::clone(&catalogue);
        let editor = Self {
            protocol,
            unread: RwSignal::new(BTreeMap::new()),
            catalogue: StoredValue::new(catalogue),
            findings: Memo::new(move |_| protocol.with(|protocol| protocol.check(&checked))),
            trial: RwSignal::new(trial),
            saving: RwSignal::new(Saving::Idle),
            chosen: RwSignal::new(chosen),
            typed: RwSignal::new(typed.unwrap_or_default()),
            session: expect_context(),
        };
        let whose = whose.to_owned();
        on_cleanup(move || editor.keep(whose, drafts));
        editor
    }

    fn keep(self, whose: String, drafts: Drafts) {
        let kept = self.protocol.try_with_untracked(|protocol| {
            let stored = self.trial.try_get_untracked()?;
            let (chosen, typed) =
                (self.chosen.try_get_untracked()?, self.typed.try_get_untracked()?);
            let step = chosen.filter(|_| typed != Typed::begun()).map(|kind| (kind, typed));
            let waits = step.is_some() || *protocol != stored.protocol;
            (waits && self.session.is_of(&whose)).then(|| Kept {
                whose,
                protocol: protocol.clone(),
                version: stored.version,
                step,
            })
        });
        let kept = kept.flatten();
        drafts.waits.set(kept.is_some());
        KEPT.set(kept);
    }

    /// Whether something is typed that is not stored.
    pub(super) fn is_changed(self) -> bool {
        self.trial.with(|trial| self.protocol.with(|protocol| *protocol != trial.protocol))
    }

    /// Whether it may still be changed.
    pub(super) fn is_draft(self) -> bool {
        self.trial.with(|trial| trial.state == State::Draft)
    }

    /// Changes the draft.
    pub(super) fn change(self, change: impl FnOnce(&mut Protocol)) {
        self.protocol.update(change);
        if self.saving.get_untracked() != Saving::Idle {
            self.saving.set(Saving::Idle);
        }
    }

    /// Takes the trial as the server has it now, and forgets what was typed.
    pub(super) fn take(self, trial: Trial) {
        self.unread.set(BTreeMap::new());
        self.protocol.set(trial.protocol.clone());
        self.trial.set(Arc::new(trial));
    }

    /// Stores the draft.
    pub(super) fn save(self) {
        if self.saving.get_untracked() == Saving::Busy {
            return;
        }
        self.saving.set(Saving::Busy);
        let version = self.trial.with_untracked(|trial| trial.version);
        let sent = self.protocol.get_untracked();
        spawn_local(async move {
            match api::trials::save(sent.clone(), version).await {
                Ok(trial) => {
                    // What was typed meanwhile stays.
                    if self.protocol.with_untracked(|protocol| *protocol == sent) {
                        self.protocol.set(trial.protocol.clone());
                    }
                    self.trial.set(Arc::new(trial));
                    self.saving.set(Saving::Done);
                }
                Err(error) => {
                    self.session.note_error(&error);
                    self.saving.set(Saving::Failed(error));
                    request_animation_frame(|| document::focus(SAVED));
                }
            }
        });
    }

    /// Takes what the server has now in place of what was typed.
    pub(super) fn reload(self) {
        let key = self.protocol.with_untracked(|protocol| protocol.key.clone());
        spawn_local(async move {
            match api::trials::get(key.as_str()).await {
                Ok(trial) => {
                    self.take(trial);
                    self.saving.set(Saving::Idle);
                }
                Err(error) => {
                    self.session.note_error(&error);
                    self.saving.set(Saving::Failed(error));
                }
            }
        });
    }
}

/// Whether somebody else has changed the draft meanwhile.
pub(super) fn is_conflict(error: &ApiError) -> bool {
    matches!(error, ApiError::Server(Some(problem))
        if problem.errors.iter().any(|error| error.pointer == "/version"))
}

/// What the server says of the fields, or in general.
pub(super) fn said(error: &ApiError) -> String {
    let report = crate::i18n::language().report();
    match error {
        ApiError::Offline => report.failed_offline.to_owned(),
        ApiError::SignedOut => report.failed_session.to_owned(),
        ApiError::Server(Some(problem)) if !problem.errors.is_empty() => {
            let told = problem.errors.iter().map(|error| error.detail.as_str());
            told.collect::<Vec<_>>().join(" ")
        }
        ApiError::Server(Some(problem)) => problem.detail.clone(),
        ApiError::Server(None) => report.failed_server.to_owned(),
    }
}

/// Something could not be done.
pub(super) fn failed_view(
    id: &'static str,
    title: &'static str,
    error: &ApiError,
) -> crate::view::View {
    let said = said(error);
    crate::view::view! {
        <div class="alert alert-error" id=id tabindex="-1" role="alert">
            <div class="alert-body">
                <h3 class="alert-heading">{title}</h3>
                <p class="alert-text">{said}</p>
            </div>
        </div>
    }
}

/// Asks anew. It comes with the first answer, so that nothing moves, and keeps the focus at the next.
pub(super) fn again_view(
    label: &'static str,
    is_told: Memo<bool>,
    ask: impl Fn() + Clone + 'static,
) -> crate::view::View {
    let button = move || {
        let ask = ask.clone();
        is_told.get().then(|| {
            crate::view::view! {
                <p class="actions">
                    <button type="button" class="button button-secondary" on:click=move |_| ask()>{label}</button>
                </p>
            }
        })
    };
    crate::view::view! { {button} }
}
