//! Hours and benefits: the account in four presentations, and every month behind it.
//!
//! The pages put an answer into words and order. They must not know a number of law: each figure
//! is a field of the answer or of a result of `jobnet-rules`.

mod counters;
mod counters_model;
pub(super) mod explain;
mod explain_model;
pub(super) mod figure;
mod months;
mod months_model;
mod presentation;
mod report;
mod report_model;
mod timeline;
mod timeline_model;
mod words;
mod words_model;

use std::sync::Arc;

use jobnet_api::account::AccountAnswer;
use leptos::prelude::*;

use crate::i18n::{fill, language};

use presentation::{Presentation, choice_view, use_presentation};
use report::MissingHours;

/// The account in the presentation chosen, for the overview.
#[component]
pub fn AccountView(#[prop(into)] answer: Signal<Arc<AccountAnswer>>) -> impl IntoView {
    let presentation = use_presentation();
    view! {
        <section class="section account">
            {move || choice_view(presentation.get())}
            {move || answer.with(|answer| match presentation.get() {
                Presentation::Words => words::words_view(answer),
                Presentation::Counters => counters::counters_view(answer),
                Presentation::Timeline | Presentation::WhatIf => timeline::timeline_view(answer),
            })}
            <p class="small muted">{language().account().page.fund_decides}</p>
        </section>
    }
}

/// The page `/timer-og-ydelse`.
#[component]
pub fn HoursPage(#[prop(into)] answer: Signal<Arc<AccountAnswer>>) -> impl IntoView {
    let texts = language().account().page;
    view! {
        <div class="page-title">
            <h1>{texts.title}</h1>
            <p class="muted">{move || answer.with(|answer| from_whom(answer))}</p>
        </div>
        <AccountView answer/>
        {move || answer.with(|answer| months::months_view(answer))}
        <MissingHours answer/>
    }
}

/// Who the figures are from, and as of when.
fn from_whom(answer: &AccountAnswer) -> String {
    let day = language().date(answer.computed_at.date_naive());
    fill(language().account().page.source, &[("authority", &answer.authority), ("day", &day)])
}
