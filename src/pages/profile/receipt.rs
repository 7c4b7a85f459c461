//! The receipt of a form that was sent: what, when, what comes next. It says nothing of what the
//! model said: whether she looks at that is hers to decide.

use jobnet_api::profile::{ReceiptText, Submission};
use jobnet_api::profile_exposure::ProfileShown;

use crate::i18n::{fill, language};
use crate::routes::Page;
use crate::view::{View, view};

use super::exposure::exposure_view;
use super::sent::sent_view;
use super::when::when;

/// The receipt.
pub(super) fn receipt_view(submission: &Submission) -> View {
    let t = language().receipt();
    let number = fill(&when(submission.received_at, t.number), &[("id", &submission.id)]);
    let shown = ProfileShown::Receipt { text: submission.receipt };
    let texts = vec![format!("receipt.{}", submission.receipt.id())];
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

/// Where she can do each of the steps.
const PLACES: [Page; 3] = [Page::Rights, Page::Hours, Page::Rules];

/// What comes next: the same for everyone, and after it what the text of this id says.
fn next_view(text: ReceiptText) -> View {
    let t = language().receipt();
    let more = t.more(text).map(|more| {
        let steps = more.steps.map(|steps| {
            let steps = steps.into_iter().zip(PLACES);
            let steps: Vec<_> = steps
                .map(|(step, page)| view! { <li><a href=page.path()>{step}</a></li> })
                .collect();
            view! { <ul class="facts">{steps}</ul> }
        });
        view! {
            <p>{more.words}</p>
            {steps}
        }
    });
    view! {
        <div data-text=text.id()>
            <p>{t.plain}</p>
            {more}
        </div>
    }
}
