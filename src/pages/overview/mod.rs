//! What matters now to a signed-in citizen: three answers and one thing to do, then her account.

mod model;
mod money;
#[cfg(test)]
mod tests;

use std::sync::Arc;

use chrono::NaiveDate;
use jobnet_api::account::AccountAnswer;
use leptos::prelude::*;

use crate::i18n::{language, messages};
use crate::pages::account::AccountView;
use crate::pages::account::explain::line_view;
use crate::routes::Page;
use crate::state::{Clock, Reader};
use crate::view::{View, view};

/// The page. `answer` follows the session: it changes when a report was stored.
#[component(transparent)]
pub fn Overview(
    /// Her account.
    #[prop(into)]
    answer: Signal<Arc<AccountAnswer>>,
) -> View {
    let clock = expect_context::<Clock>();
    let head = move || {
        let answer = answer.get();
        clock.today().map(|today| head_view(&answer, &model::overview(&answer, today, language())))
    };
    view! {
        {head}
        <AccountView answer/>
    }
}

/// Who the figures of an account are from, and as of when.
pub(super) fn source_text(answer: &AccountAnswer) -> String {
    model::source(answer, language(), messages().overview)
}

/// The three answers about an account on a day.
pub(super) fn answers_view(answer: &AccountAnswer, today: NaiveDate) -> View {
    list_view(answer, &model::overview(answer, today, language()))
}

fn list_view(answer: &AccountAnswer, overview: &model::Overview) -> View {
    let trace = &answer.account.trace;
    let answers: Vec<_> = overview
        .answers
        .iter()
        .map(|answer| {
            view! {
                <div>
                    <dt>{answer.question}</dt>
                    <dd>
                        <span class="big">{line_view(&answer.big, trace)}</span>
                        <span class="why">{line_view(&answer.why, trace)}</span>
                    </dd>
                </div>
            }
        })
        .collect();
    view! { <dl class="answers">{answers}</dl> }
}

fn head_view(answer: &AccountAnswer, overview: &model::Overview) -> View {
    let trace = &answer.account.trace;
    let task = &overview.task;
    let href = match task.leads_to {
        model::Target::Hours => match Reader::here() {
            Reader::Herself => Page::Hours.path().to_owned(),
            Reader::Preview(_) => "?side=timer".to_owned(),
            Reader::Caseworker { citizen } | Reader::Unblinded { citizen, .. } => {
                Page::CitizenHours.about(&citizen)
            }
        },
        model::Target::Duties if Reader::here().is_herself() => Page::Rights.path().to_owned(),
        model::Target::Duties => format!("{}#duties", Page::Rules.path()),
    };
    view! {
        <div class="page-title">
            <h1>{messages().overview.title}</h1>
            <p class="muted">{overview.source.clone()}</p>
        </div>
        {list_view(answer, overview)}
        <section class="todo" aria-labelledby="todo-heading">
            <div>
                <h2 id="todo-heading">{line_view(&task.title, trace)}</h2>
                <p>{line_view(&task.why, trace)}</p>
            </div>
            <div class="act">
                <a class="button button-primary" href=href>
                    {task.link}
                </a>
            </div>
        </section>
    }
}
