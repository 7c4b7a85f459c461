//! “Gæsteadgang”: a CPR number and a reason. The number is in memory and in the body of one
//! request, nowhere else.

use jobnet_api::casework::{GuestAccess, MAX_REASON_CHARS};
use jobnet_api::problem::Code;
use leptos::prelude::*;
use leptos::task::spawn_local;

use crate::api::{self, ApiError};
use crate::i18n::casework_messages::GuestTexts;
use crate::i18n::{Language, fill, language};
use crate::platform::document;
use crate::routes::Page;
use crate::state::{Drafts, GuestDraft, Session};
use crate::view::{View, view};

use super::guest_model::{Field, Problem, characters_left, check};

const FAILURE: &str = "guest-failure";
const GIVEN: &str = "guest-given";

/// How sending went.
#[derive(Clone, Debug, PartialEq, Eq)]
enum Sending {
    Idle,
    Busy,
    Failed(ApiError),
    Given(GuestAccess),
}

/// What the form works on.
#[derive(Clone, Copy)]
struct Form {
    draft: RwSignal<GuestDraft>,
    sending: RwSignal<Sending>,
    problems: RwSignal<Vec<Problem>>,
    session: Session,
    drafts: Drafts,
    language: Language,
}

/// The page.
pub(crate) fn guest_view() -> View {
    let texts = language().casework().guest;
    let drafts = expect_context::<Drafts>();
    let form = Form {
        draft: drafts.guest,
        sending: RwSignal::new(Sending::Idle),
        problems: RwSignal::new(Vec::new()),
        session: expect_context(),
        drafts,
        language: language(),
    };
    view! {
        <h1>{texts.title}</h1>
        <p class="lead">{texts.lead}</p>
        <p class="note">{texts.recorded}</p>
        {move || match form.sending.get() {
            Sending::Failed(error) => failure_view(&error),
            Sending::Given(access) => given_view(&access),
            Sending::Idle | Sending::Busy => View::none(),
        }}
        {form_view(form)}
    }
}

fn form_view(form: Form) -> View {
    let texts = language().casework().guest;
    let Form { draft, sending, .. } = form;
    let busy = move || sending.with(|sending| *sending == Sending::Busy);
    let done = move || sending.with(|sending| matches!(sending, Sending::Given(_)));
    let submit = move |event: leptos::ev::SubmitEvent| {
        event.prevent_default();
        if !sending.with_untracked(|sending| *sending == Sending::Busy) {
            send(form);
        }
    };
    let left = move || {
        let report = language().report();
        let left = draft.with(|draft| characters_left(&draft.reason));
        let text = if left < 0 { report.note_over } else { report.note_left };
        fill(text, &[("count", &language().integer(left.abs()))])
    };
    view! {
        <form class="guest-form" novalidate=true autocomplete="off" on:submit=submit class:hidden=done>
            <div class="form-group" class:form-error=move || is_wrong(form, Field::Cpr)>
                <label class="form-label" for=Field::Cpr.id()>{texts.cpr}</label>
                <span class="form-hint" id="guest-cpr-hint">{texts.cpr_hint}</span>
                {move || error_view(form, Field::Cpr)}
                <input class="form-input input-char-11" id=Field::Cpr.id() type="text"
                    inputmode="numeric" autocomplete="off" maxlength="11" required=true
                    aria-invalid=move || is_wrong(form, Field::Cpr).then_some("true")
                    aria-describedby="guest-cpr-hint guest-cpr-error"
                    prop:value=move || draft.with(|draft| draft.cpr.clone())
                    on:input=move |event| draft.update(|draft| draft.cpr = event_target_value(&event))/>
            </div>
            <div class="form-group" class:form-error=move || is_wrong(form, Field::Reason)>
                <label class="form-label" for=Field::Reason.id()>{texts.reason}</label>
                <span class="form-hint" id="guest-reason-hint">
                    {fill(texts.reason_hint, &[("max", &MAX_REASON_CHARS.to_string())])}
                </span>
                {move || error_view(form, Field::Reason)}
                <textarea class="form-input" id=Field::Reason.id() rows="5" autocomplete="off"
                    required=true
                    aria-invalid=move || is_wrong(form, Field::Reason).then_some("true")
                    aria-describedby="guest-reason-hint guest-reason-error guest-reason-left"
                    prop:value=move || draft.with(|draft| draft.reason.clone())
                    on:input=move |event| draft.update(|draft| draft.reason = event_target_value(&event))></textarea>
                <span class="form-hint" id="guest-reason-left">{left}</span>
            </div>
            <button class="button button-primary" type="submit" aria-disabled=move || busy().to_string()>
                {move || if busy() { texts.sending } else { texts.send }}
            </button>
        </form>
    }
}

/// Checks what was typed and sends it; what is wrong is said at its field, the first has the focus.
fn send(form: Form) {
    let request = match check(&form.draft.get_untracked(), form.language) {
        Ok(request) => request,
        Err(found) => return show(form, found),
    };
    form.problems.set(Vec::new());
    form.sending.set(Sending::Busy);
    let texts = form.language.casework().guest;
    spawn_local(async move {
        let answer = api::guest_access(&request).await;
        // She has left the page: what was given stands in the record, and nothing is told here.
        let has_left = form.sending.try_get_untracked().is_none();
        match answer {
            Ok(access) => {
                form.draft.set(GuestDraft::default());
                form.drafts.visit.update(|visit| {
                    visit.take_if(|seen| seen.card.citizen == access.citizen);
                });
                if has_left {
                    return;
                }
                form.sending.set(Sending::Given(access));
                request_animation_frame(|| document::focus(GIVEN));
            }
            Err(error) => {
                form.session.note_error(&error);
                if has_left {
                    return;
                }
                let found = said_at_fields(&error, texts);
                if found.is_empty() {
                    form.sending.set(Sending::Failed(error));
                    request_animation_frame(|| document::focus(FAILURE));
                } else {
                    show(form, found);
                }
            }
        }
    });
}

/// What the server says about a field belongs to the field.
fn said_at_fields(error: &ApiError, texts: &GuestTexts) -> Vec<Problem> {
    let ApiError::Server(Some(problem)) = error else { return Vec::new() };
    if problem.code == Code::NotFound {
        return vec![Problem { field: Field::Cpr, text: texts.nobody.to_owned() }];
    }
    let of = |error: &jobnet_api::problem::FieldError| {
        Some(Problem { field: Field::of(&error.pointer)?, text: error.detail.clone() })
    };
    problem.errors.iter().filter_map(of).collect()
}

fn show(form: Form, found: Vec<Problem>) {
    form.sending.set(Sending::Idle);
    let first = found.first().map(|problem| problem.field.id());
    form.problems.set(found);
    if let Some(first) = first {
        request_animation_frame(move || document::focus(first));
    }
}

fn failure_view(error: &ApiError) -> View {
    let (texts, report) = (language().casework().guest, language().report());
    let said = match error {
        ApiError::Offline => report.failed_offline,
        ApiError::SignedOut => report.failed_session,
        ApiError::Server(_) => report.failed_server,
    };
    view! {
        <div class="alert alert-error" id=FAILURE tabindex="-1" role="alert">
            <div class="alert-body">
                <h2 class="alert-heading">{texts.failed}</h2>
                <p class="alert-text">{said}</p>
            </div>
        </div>
    }
}

fn given_view(access: &GuestAccess) -> View {
    let texts = language().casework().guest;
    view! {
        <div class="alert alert-success" role="status">
            <div class="alert-body">
                <h2 class="alert-heading">{texts.given}</h2>
                <p class="alert-text">{texts.given_until}</p>
            </div>
        </div>
        <p class="actions">
            <a class="button button-primary" id=GIVEN href=Page::Citizen.about(&access.citizen)>
                {texts.see}
            </a>
        </p>
    }
}

fn is_wrong(form: Form, field: Field) -> bool {
    form.problems.with(|problems| problems.iter().any(|problem| problem.field == field))
}

fn error_view(form: Form, field: Field) -> View {
    let prefix = language().report().error_prefix;
    let found = form.problems.with(|problems| {
        let problem = problems.iter().find(|problem| problem.field == field)?;
        Some(problem.text.clone())
    });
    match found {
        Some(text) => view! {
            <span class="form-error-message" id=format!("{}-error", field.id())>
                <span class="sr-only">{prefix}</span>
                {text}
            </span>
        },
        None => View::none(),
    }
}
