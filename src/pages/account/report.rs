//! “Her mangler timer”: the form, its errors, the receipt and her earlier remarks.
//!
//! What is typed lives in [`Drafts`], so that an error, a lost connection or the end of the session
//! never loses it. It is sent with a key that makes sending again harmless.

use std::sync::Arc;

use jobnet_api::account::AccountAnswer;
use jobnet_api::report::HoursReport;
use leptos::prelude::*;
use leptos::task::spawn_local;

use crate::api::{self, ApiError};
use crate::i18n::{Language, fill, language};
use crate::platform::{document, random};
use crate::state::{Clock, Drafts, ReportDraft, Session};
use crate::view::{View, view};

use super::report_model::{Field, Problem, characters_left, check, months};

const SUMMARY: &str = "report-errors";
const RECEIPT: &str = "report-receipt";
const FAILURE: &str = "report-failure";

/// How sending went.
#[derive(Clone, Debug, PartialEq)]
enum Sending {
    /// Not sent.
    Idle,
    /// Under way.
    Busy,
    /// Not sent, and why.
    Failed(ApiError),
    /// Stored.
    Done(Box<HoursReport>),
}

/// The form and her earlier remarks.
#[component(transparent)]
pub(super) fn MissingHours(answer: Signal<Arc<AccountAnswer>>) -> View {
    let texts = language().report();
    let sending = RwSignal::new(Sending::Idle);
    let problems = RwSignal::new(Vec::<Problem>::new());
    view! {
        <section class="section report" id="her-mangler-timer" aria-labelledby="report-title">
            <h2 id="report-title">{texts.title}</h2>
            <p>{texts.intro}</p>
            {move || summary_view(problems.get())}
            {move || failure_view(&sending.get())}
            {move || match sending.get() {
                Sending::Done(receipt) => receipt_view(&receipt, sending),
                _ => View::none(),
            }}
            <Form answer sending problems/>
            {move || answer.with(|answer| remarks_view(&answer.reports))}
        </section>
    }
}

#[component(transparent)]
fn Form(
    answer: Signal<Arc<AccountAnswer>>,
    sending: RwSignal<Sending>,
    problems: RwSignal<Vec<Problem>>,
) -> View {
    let here = language();
    let texts = here.report();
    let session = expect_context::<Session>();
    let draft = expect_context::<Drafts>().hours_report;
    let kept = draft.with_untracked(|draft| *draft != ReportDraft::default());
    let today = untrack(|| expect_context::<Clock>().today());
    let choices = move || answer.with(|answer| months(answer, today.unwrap_or(answer.case.as_of)));
    // Another content is another report: it needs another key.
    let edit = move |change: &dyn Fn(&mut ReportDraft)| {
        draft.update(|draft| {
            change(draft);
            draft.idempotency_key.clear();
        });
    };
    let busy = move || sending.with(|sending| *sending == Sending::Busy);
    let submit = move |event: leptos::ev::SubmitEvent| {
        event.prevent_default();
        if !sending.with_untracked(|sending| *sending == Sending::Busy) {
            send(draft, session, sending, problems, here);
        }
    };
    let left = move || {
        let left = draft.with(|draft| characters_left(&draft.note));
        let text = if left < 0 { texts.note_over } else { texts.note_left };
        fill(text, &[("count", &language().integer(left.abs()))])
    };
    view! {
        {kept.then(|| view! { <p class="note">{texts.draft_kept}</p> })}
        <form novalidate=true on:submit=submit aria-labelledby="report-title"
            class:hidden=move || sending.with(|sending| matches!(sending, Sending::Done(_)))>
            <div class="form-group" class:form-error=move || wrong(problems, Field::Month)>
                <label class="form-label" for=Field::Month.id()>{texts.month}</label>
                {move || error_view(problems, Field::Month)}
                <select class="form-select" id=Field::Month.id() required=true
                    aria-invalid=move || invalid(problems, Field::Month)
                    aria-describedby="report-month-error"
                    prop:value=move || draft.with(|draft| draft.month.clone())
                    on:change=move |event| edit(&|draft| draft.month = event_target_value(&event))>
                    <option value="">{texts.month_none}</option>
                    {move || choices().into_iter().map(|month| {
                        let key = month.to_string();
                        let chosen = draft.with_untracked(|draft| draft.month == key);
                        let name = Language::capital(&language().month(month));
                        view! { <option value=key selected=chosen>{name}</option> }
                    }).collect::<Vec<_>>()}
                </select>
            </div>
            <div class="form-group" class:form-error=move || wrong(problems, Field::Hours)>
                <label class="form-label" for=Field::Hours.id()>{texts.hours}</label>
                <span class="form-hint" id="report-hours-hint">{texts.hours_hint}</span>
                {move || error_view(problems, Field::Hours)}
                <input class="form-input input-char-9" id=Field::Hours.id() type="text" inputmode="decimal" autocomplete="off"
                    aria-invalid=move || invalid(problems, Field::Hours)
                    aria-describedby="report-hours-hint report-hours-error"
                    prop:value=move || draft.with(|draft| draft.hours.clone())
                    on:input=move |event| edit(&|draft| draft.hours = event_target_value(&event))/>
            </div>
            <div class="form-group" class:form-error=move || wrong(problems, Field::Note)>
                <label class="form-label" for=Field::Note.id()>{texts.note}</label>
                <span class="form-hint" id="report-note-hint">{texts.note_hint}</span>
                {move || error_view(problems, Field::Note)}
                <textarea class="form-input" id=Field::Note.id() rows="4" autocomplete="off"
                    aria-invalid=move || invalid(problems, Field::Note)
                    aria-describedby="report-note-hint report-note-error report-note-left"
                    prop:value=move || draft.with(|draft| draft.note.clone())
                    on:input=move |event| edit(&|draft| draft.note = event_target_value(&event))></textarea>
                <span class="form-hint" id="report-note-left">{left}</span>
            </div>
            <button class="button button-primary" type="submit" aria-disabled=move || busy().to_string()>
                {move || if busy() { texts.sending } else { texts.send }}
            </button>
        </form>
    }
}

/// Checks what was typed and sends it; what is wrong is said first, once and at each field.
fn send(
    draft: RwSignal<ReportDraft>,
    session: Session,
    sending: RwSignal<Sending>,
    problems: RwSignal<Vec<Problem>>,
    language: Language,
) {
    let report = match check(&draft.get_untracked(), language) {
        Ok(report) => report,
        Err(found) => {
            sending.set(Sending::Idle);
            problems.set(found);
            focus_later(SUMMARY);
            return;
        }
    };
    problems.set(Vec::new());
    if draft.with_untracked(|draft| draft.idempotency_key.is_empty()) {
        let key = random::uuid().unwrap_or_default();
        draft.update(|draft| draft.idempotency_key = key);
    }
    let key = draft.with_untracked(|draft| draft.idempotency_key.clone());
    sending.set(Sending::Busy);
    spawn_local(async move {
        match api::send_hours_report(&report, &key).await {
            Ok(receipt) => {
                draft.set(ReportDraft::default());
                sending.set(Sending::Done(Box::new(receipt)));
                session.refresh();
                focus_later(RECEIPT);
            }
            Err(error) => {
                session.note_error(&error);
                sending.set(Sending::Failed(error));
                focus_later(FAILURE);
            }
        }
    });
}

fn summary_view(problems: Vec<Problem>) -> View {
    if problems.is_empty() {
        return View::none();
    }
    let links: Vec<_> = problems
        .into_iter()
        .map(|problem| {
            let id = problem.field.id();
            let follow = move |event: leptos::ev::MouseEvent| {
                event.prevent_default();
                document::focus(id);
            };
            view! {
                <li><a class="function-link" href=format!("#{id}") on:click=follow>{problem.text}</a></li>
            }
        })
        .collect();
    view! {
        <div class="alert alert-error" id=SUMMARY tabindex="-1" role="alert">
            <div class="alert-body">
                <h3 class="alert-heading">{language().report().errors}</h3>
                <ul class="alert-text nobullet-list">{links}</ul>
            </div>
        </div>
    }
}

fn failure_view(sending: &Sending) -> View {
    let texts = language().report();
    let Sending::Failed(error) = sending else { return View::none() };
    let said = match error {
        ApiError::Offline => texts.failed_offline.to_owned(),
        ApiError::SignedOut => texts.failed_session.to_owned(),
        // The server says in her language what it cannot use.
        ApiError::Server(Some(problem)) if !problem.errors.is_empty() => {
            let said: Vec<_> = problem.errors.iter().map(|error| error.detail.clone()).collect();
            said.join(" ")
        }
        ApiError::Server(_) => texts.failed_server.to_owned(),
    };
    view! {
        <div class="alert alert-error" id=FAILURE tabindex="-1" role="alert">
            <div class="alert-body">
                <h3 class="alert-heading">{texts.failed}</h3>
                <p class="alert-text">{said}</p>
            </div>
        </div>
    }
}

fn receipt_view(receipt: &HoursReport, sending: RwSignal<Sending>) -> View {
    let texts = language().report();
    let at = language().date(receipt.received_at.date_naive());
    let again = move |_| {
        sending.set(Sending::Idle);
        focus_later(Field::Month.id());
    };
    view! {
        <div class="alert alert-success" id=RECEIPT tabindex="-1" role="status" data-receipt=receipt.id.clone()>
            <div class="alert-body">
                <h3 class="alert-heading">{texts.receipt}</h3>
                <p class="alert-text">
                    {fill(texts.receipt_to, &[("recipient", &receipt.recipient)])} " "
                    {fill(texts.receipt_number, &[("id", &receipt.id), ("at", &at)])}
                </p>
                <p class="alert-text">{texts.receipt_next}</p>
            </div>
        </div>
        <button type="button" class="button button-secondary" on:click=again>{texts.again}</button>
    }
}

/// Her remarks, for somebody who only reads.
pub(super) fn remarks_section(reports: &[HoursReport]) -> View {
    if reports.is_empty() {
        return View::none();
    }
    view! { <section class="section report">{remarks_view(reports)}</section> }
}

/// What she wrote before: a remark, never data.
pub fn remarks_view(reports: &[HoursReport]) -> View {
    if reports.is_empty() {
        return View::none();
    }
    let texts = language().report();
    let remarks: Vec<_> = reports.iter().map(remark_view).collect();
    view! {
        <h3 id="remarks">{texts.remarks}</h3>
        <p>{texts.remarks_intro}</p>
        <ul class="remarks" aria-labelledby="remarks">{remarks}</ul>
    }
}

fn remark_view(report: &HoursReport) -> View {
    let language = language();
    let texts = language.report();
    let month = ("month", &*language.month(report.month));
    let said = match report.worked_hours {
        Some(hours) => fill(texts.remark_hours, &[("hours", &language.short_hours(hours)), month]),
        None => fill(texts.remark, &[month]),
    };
    let at = language.date(report.received_at.date_naive());
    let sent = fill(
        texts.remark_sent,
        &[("at", &at), ("recipient", &report.recipient), ("id", &report.id)],
    );
    let note =
        (!report.note.is_empty()).then(|| view! { <blockquote>{report.note.clone()}</blockquote> });
    view! {
        <li data-remark=report.id.clone()>
            <p>{said}</p>
            {note}
            <p class="small muted">{sent}</p>
        </li>
    }
}

fn wrong(problems: RwSignal<Vec<Problem>>, field: Field) -> bool {
    problems.with(|problems| problems.iter().any(|problem| problem.field == field))
}

fn invalid(problems: RwSignal<Vec<Problem>>, field: Field) -> Option<&'static str> {
    wrong(problems, field).then_some("true")
}

fn error_view(problems: RwSignal<Vec<Problem>>, field: Field) -> View {
    let prefix = language().report().error_prefix;
    let found =
        problems.with(|problems| problems.iter().find(|problem| problem.field == field).cloned());
    match found {
        Some(problem) => view! {
            <span class="form-error-message" id=format!("{}-error", field.id())>
                <span class="sr-only">{prefix}</span>
                {problem.text}
            </span>
        },
        None => View::none(),
    }
}

/// After the page has been drawn with the element in it.
fn focus_later(id: &'static str) {
    request_animation_frame(move || document::focus(id));
}
