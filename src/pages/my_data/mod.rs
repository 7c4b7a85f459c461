//! `/mine-data`: who has looked at her data, trials, the data itself, what she has said.

mod log;
mod log_model;
mod objection;
mod trials;

pub(crate) use trials::her_trials;

use std::sync::Arc;

use jobnet_api::account::AccountAnswer;
use jobnet_api::paths;
use leptos::prelude::*;

use crate::i18n::language;
use crate::pages::account::remarks_view;
use crate::routes::Page;
use crate::view::{View, view};

/// The page.
pub fn my_data(answer: Signal<Arc<AccountAnswer>>) -> View {
    log::with_log(move |log| {
        let t = language().prose().my_data;
        view! {
            <h1>{t.title}</h1>
            <p class="lead">{t.lead}</p>
            <section class="section" aria-labelledby="looks-heading" data-part="looks">
                <h2 id="looks-heading">{t.looks}</h2>
                <p class="prose">{t.looks_lead}</p>
                {log}
            </section>
            <section class="section prose" aria-labelledby="trials-heading" data-part="trials">
                <h2 id="trials-heading">{t.trials}</h2>
                {crate::later::her_trials()}
            </section>
            <section class="section" aria-labelledby="take-heading" data-part="take">
                <h2 id="take-heading">{t.take}</h2>
                <p class="prose">{t.take_text}</p>
                <p class="actions">
                    <a
                        class="button button-secondary"
                        href=paths::MY_DATA_ZIP
                        download="my-data.zip"
                    >
                        {t.csv}
                    </a>
                    <a class="button button-secondary" href=paths::MY_DATA download="my-data.json">
                        {t.json}
                    </a>
                </p>
                <p class="small muted">{t.take_hint}</p>
            </section>
            <section class="section" aria-labelledby="yours-heading" data-part="yours">
                <h2 id="yours-heading">{t.yours}</h2>
                {move || {
                    answer
                        .with(|answer| {
                            if answer.reports.is_empty() {
                                view! { <p>{t.yours_none}</p> }
                            } else {
                                remarks_view(&answer.reports)
                            }
                        })
                }}
                <p>{t.yours_corrections}</p>
                <p class="actions">
                    <a href=format!("{}#history-title", Page::Hours.path())>{t.corrections}</a>
                </p>
                {crate::later::letters(Page::MyData)}
            </section>
        }
    })
}
