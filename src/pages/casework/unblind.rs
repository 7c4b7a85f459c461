//! “Vis som borgeren ser det”: asked with a reason, written down, then shown; and the way back.

use std::cell::{Cell, RefCell};

use jobnet_api::access::Relation;
use jobnet_api::arm::{Arm, Framing};
use jobnet_api::casework::MAX_REASON_CHARS;
use jobnet_api::problem::Code;
use jobnet_api::unblinding::NewUnblinding;
use leptos::html;
use leptos::prelude::*;
use leptos::task::spawn_local;

use crate::api::{self, ApiError};
use crate::components::{Modal, ModalSide};
use crate::i18n::{fill, language};
use crate::pages::account::presentation_name;
use crate::platform::{document, random};
use crate::state::{Drafts, Place, Session, Visit, lasting};
use crate::view::{View, view};

use super::guest_model::{characters_left, check_reason};

const REASON: &str = "unblind-reason";
const FAILURE: &str = "unblind-failure";
const SEEN: &str = "unblinded";
const ASK: &str = "unblind-ask";

/// What she has typed and not sent, while the page is not there.
struct Kept {
    /// Her pseudonym.
    whose: String,
    citizen: String,
    reason: String,
}

thread_local! {
    static KEPT: RefCell<Option<Kept>> = const { RefCell::new(None) };
    static FORGETS: Cell<bool> = const { Cell::new(false) };
}

/// The reason she has typed for this citizen: what she typed before and did not send is there again,
/// also after her session has ended. It waits as long as [`Drafts`] says that something does.
fn typed_reason(citizen: String, drafts: Drafts, session: Session) -> RwSignal<String> {
    let me = session.boot().and_then(|boot| boot.me.clone());
    let whose = me.map(|me| me.handle).unwrap_or_default();
    let kept = KEPT.with_borrow_mut(Option::take);
    let kept = kept.filter(|kept| kept.whose == whose && kept.citizen == citizen);
    let reason = RwSignal::new(kept.map(|kept| kept.reason).unwrap_or_default());
    drafts.waits.set(false);
    if !FORGETS.replace(true) {
        lasting(|| {
            Effect::new(move |_| {
                if !drafts.waits.get() {
                    KEPT.take();
                }
            });
        });
    }
    on_cleanup(move || {
        let reason = reason.try_get_untracked().filter(|reason| !reason.is_empty());
        // Signing out forgets what is typed.
        let reason = reason.filter(|_| session.is_of(&whose));
        drafts.waits.set(reason.is_some());
        KEPT.set(reason.map(|reason| Kept { whose, citizen, reason }));
    });
    reason
}

/// How asking went.
#[derive(Clone, Debug, PartialEq)]
enum Asking {
    Idle,
    Busy,
    /// The reason has to be corrected.
    Wrong(String),
    Failed(ApiError),
}

/// The question, or what was answered. Nothing to whom the citizen does not belong now. `turned` is
/// told when the page is to be shown in another way.
pub(super) fn unblind_view(seen: &Visit, turned: RwSignal<()>) -> View {
    match &seen.unblinding {
        Some(unblinding) => seen_view(unblinding.arm.as_ref(), turned),
        None if seen.card.relation == Relation::Caseload => {
            ask_view(seen.card.citizen.clone(), turned)
        }
        None => View::none(),
    }
}

fn seen_view(arm: Option<&Arm>, turned: RwSignal<()>) -> View {
    let texts = language().casework().visit;
    let drafts = expect_context::<Drafts>();
    let told = match arm {
        Some(arm) => {
            let side = match arm.framing {
                Framing::Earned => texts.unblinded_earned,
                Framing::Lacking => texts.unblinded_lacking,
            };
            let way = presentation_name(arm.presentation);
            fill(texts.unblinded_arm, &[("way", way), ("side", side)])
        }
        None => texts.unblinded_none.to_owned(),
    };
    let keep = arm.is_some().then(|| view! { <p>{texts.unblinded_keep}</p> });
    let back = move |_| {
        turn(drafts, turned, |seen| seen.unblinding = None);
        request_animation_frame(|| document::focus(ASK));
    };
    view! {
        <div class="unblind" id=SEEN tabindex="-1" role="group" aria-label=texts.unblind>
            <p><strong>{texts.unblinded}</strong></p>
            <p>{told}</p>
            {keep}
            <p class="actions">
                <button type="button" class="button button-secondary" on:click=back>
                    {texts.blind_again}
                </button>
            </p>
        </div>
    }
}

fn ask_view(citizen: String, turned: RwSignal<()>) -> View {
    let here = language();
    let (texts, guest) = (here.casework().visit, here.casework().guest);
    let dialog = NodeRef::<html::Dialog>::new();
    let session = expect_context::<Session>();
    let (drafts, place) = (expect_context::<Drafts>(), expect_context::<Place>());
    let reason = untrack(|| typed_reason(citizen.clone(), drafts, session));
    let asking = RwSignal::new(Asking::Idle);
    // The same reason sent again is the same request.
    let key = StoredValue::new(random::uuid().unwrap_or_default());
    let open = move |_| {
        if let Some(dialog) = dialog.get_untracked() {
            document::open_dialog(&dialog);
        }
    };
    let typed = move |event| {
        key.set_value(random::uuid().unwrap_or_default());
        reason.set(event_target_value(&event));
    };
    let send = move |event: leptos::ev::SubmitEvent| {
        event.prevent_default();
        if asking.with_untracked(|asking| *asking == Asking::Busy) {
            return;
        }
        let request = match reason.with_untracked(|reason| check_reason(reason, here)) {
            Ok(reason) => NewUnblinding { reason },
            Err(text) => {
                asking.set(Asking::Wrong(text));
                request_animation_frame(|| document::focus(REASON));
                return;
            }
        };
        asking.set(Asking::Busy);
        let (citizen, key) = (citizen.clone(), key.get_value());
        spawn_local(async move {
            let answer = api::unblind(&citizen, &request, &key).await;
            // She has left the page: she asks anew if she still wants to see it.
            if asking.try_get_untracked().is_none() {
                return;
            }
            match answer {
                Ok(unblinding) => {
                    reason.set(String::new());
                    if let Some(dialog) = dialog.get_untracked() {
                        document::close_dialog(&dialog);
                    }
                    // What she has chosen to see would stand before what the citizen sees first.
                    let path = place.with_untracked(|address| address.path.clone());
                    place.go(&path);
                    turn(drafts, turned, |seen| {
                        if seen.card.citizen == citizen {
                            seen.unblinding = Some(unblinding);
                        }
                    });
                    request_animation_frame(|| document::focus(SEEN));
                }
                Err(error) => {
                    session.note_error(&error);
                    asking.set(Asking::Failed(error));
                    request_animation_frame(|| document::focus(FAILURE));
                }
            }
        });
    };
    let is_wrong = move || asking.with(|asking| matches!(asking, Asking::Wrong(_)));
    let busy = move || asking.with(|asking| *asking == Asking::Busy);
    let left = move || {
        let report = here.report();
        let left = reason.with(|reason| characters_left(reason));
        let text = if left < 0 { report.note_over } else { report.note_left };
        fill(text, &[("count", &here.integer(left.abs()))])
    };
    view! {
        <div class="unblind">
            <p class="actions">
                <button type="button" class="button button-secondary" id=ASK aria-haspopup="dialog"
                    on:click=open>{texts.unblind}</button>
            </p>
            <Modal node=dialog title=texts.unblind close=texts.unblind_close side=ModalSide::Middle>
                <p>{texts.unblind_what}</p>
                <p>{texts.unblind_recorded}</p>
                {move || asking.with(failure_view)}
                <form novalidate=true autocomplete="off" on:submit=send>
                    <div class="form-group" class:form-error=is_wrong>
                        <label class="form-label" for=REASON>{texts.unblind_why}</label>
                        <span class="form-hint" id="unblind-reason-hint">
                            {fill(guest.reason_hint, &[("max", &MAX_REASON_CHARS.to_string())])}
                        </span>
                        {move || asking.with(wrong_view)}
                        <textarea class="form-input" id=REASON rows="4" autocomplete="off" required=true
                            aria-invalid=move || is_wrong().then_some("true")
                            aria-describedby="unblind-reason-hint unblind-reason-error unblind-reason-left"
                            prop:value=move || reason.get()
                            on:input=typed></textarea>
                        <span class="form-hint" id="unblind-reason-left">{left}</span>
                    </div>
                    <button class="button button-primary" type="submit"
                        aria-disabled=move || busy().to_string()>
                        {move || if busy() { texts.unblind_going } else { texts.unblind_go }}
                    </button>
                </form>
            </Modal>
        </div>
    }
}

/// Changes what is kept of the citizen, and shows it.
fn turn(drafts: Drafts, turned: RwSignal<()>, change: impl FnOnce(&mut Visit)) {
    drafts.visit.update(|visit| {
        if let Some(seen) = visit {
            change(seen);
        }
    });
    turned.set(());
}

fn wrong_view(asking: &Asking) -> View {
    let Asking::Wrong(text) = asking else { return View::none() };
    let text = text.clone();
    view! {
        <span class="form-error-message" id="unblind-reason-error">
            <span class="sr-only">{language().report().error_prefix}</span>
            {text}
        </span>
    }
}

fn failure_view(asking: &Asking) -> View {
    let Asking::Failed(error) = asking else { return View::none() };
    let here = language();
    let (texts, report) = (here.casework().visit, here.report());
    let said = match error {
        ApiError::Offline => report.failed_offline.to_owned(),
        ApiError::SignedOut => report.failed_session.to_owned(),
        // The server says in her language what it cannot use.
        ApiError::Server(Some(problem)) if !problem.errors.is_empty() => {
            let said: Vec<_> = problem.errors.iter().map(|error| error.detail.clone()).collect();
            said.join(" ")
        }
        // She belongs to somebody else since the page was opened.
        ApiError::Server(Some(problem)) if problem.code == Code::NotFound => {
            texts.missing.to_owned()
        }
        ApiError::Server(_) => report.failed_server.to_owned(),
    };
    view! {
        <div class="alert alert-error" id=FAILURE tabindex="-1" role="alert">
            <div class="alert-body">
                <h3 class="alert-heading">{texts.unblind_failed}</h3>
                <p class="alert-text">{said}</p>
            </div>
        </div>
    }
}
