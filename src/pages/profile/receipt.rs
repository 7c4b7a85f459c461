//! The receipt of a form that was sent: what, when, what comes next. It says nothing of what the
//! model said: whether she looks at that is hers to decide.

use jobnet_api::profile::{ReceiptText, Submission};
use jobnet_api::profile_exposure::ProfileShown;

use crate::i18n::{fill, language};
use crate::view::{View, view};

use super::exposure::exposure_view;
use super::sent::sent_view;
use super::when::when;

/// The receipt.
pub(super) fn receipt_view(submission: &Submission) -> View {
    let t = language().receipt();
    let number = fill(&when(submission.received_at, t.number), &[("id", &submission.id)]);
    let shown = ProfileShown::Receipt { text: submission.receipt };
    let texts = vec![format!("receipt.{}", key(submission.receipt))];
    view! {
        {exposure_view(submission.trial.as_deref(), shown, ".letter", texts, None)}
        <div class="alert alert-success">
            <div class="alert-body">
                <h1 class="alert-heading" tabindex="-1">{t.title}</h1>
                <p class="alert-text" data-receipt=submission.id.clone()>{number}</p>
            </div>
        </div>
        <h2>{t.next}</h2>
        {next_view(submission.receipt)}
        <p>{t.voluntary}</p>
        <h2>{t.sent}</h2>
        {sent_view(
            &submission.answers,
            submission.facts,
            &submission.left_out,
            &submission.marked_wrong,
        )}
    }
}

const fn key(text: ReceiptText) -> &'static str {
    match text {
        ReceiptText::Plain => "plain",
        ReceiptText::NextSteps => "next_steps",
        ReceiptText::Encouraging => "encouraging",
    }
}

/// What comes next, in the words her arm has.
fn next_view(text: ReceiptText) -> View {
    let t = language().receipt();
    match text {
        ReceiptText::Plain => view! { <p data-text=key(text)>{t.plain}</p> },
        ReceiptText::NextSteps => view! {
            <div data-text=key(text)>
                <p>{t.next_steps}</p>
                <ul class="facts">
                    <li>{t.step_cv}</li>
                    <li>{t.step_jobs}</li>
                    <li>{t.step_questions}</li>
                </ul>
            </div>
        },
        ReceiptText::Encouraging => view! { <p data-text=key(text)>{t.encouraging}</p> },
    }
}
