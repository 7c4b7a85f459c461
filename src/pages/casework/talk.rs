//! A citizen on one page, to read and to print: the answers first, then figures, deadlines,
//! questions and the picture.

use std::sync::Arc;

use jobnet_api::account::AccountAnswer;
use jobnet_api::casework::CitizenCard;
use leptos::prelude::*;

use crate::i18n::{fill, language};
use crate::later;
use crate::pages::account::explain::line_view;
use crate::pages::account::picture_view;
use crate::pages::overview::{answers_view, source_text};
use crate::platform::document;
use crate::state::Clock;
use crate::view::{View, view};

use super::talk_model::{deadlines, figures, questions};

/// The page.
pub(super) fn talk_view(card: &CitizenCard, answer: &Arc<AccountAnswer>) -> View {
    let language = language();
    let texts = language.casework().talk;
    let visit = language.casework().visit;
    let today = untrack(|| expect_context::<Clock>().today()).unwrap_or(answer.case.as_of);
    let trace = &answer.account.trace;
    let from = source_text(answer);
    let source = fill(texts.source, &[("source", &from), ("today", &language.date(today))]);
    let mut about = vec![fill(visit.born, &[("day", &language.date(card.birth_date))])];
    about.extend(card.fund.clone());
    about.extend(card.job_centre.clone());
    let rows: Vec<_> = figures(answer, language)
        .into_iter()
        .map(|row| {
            view! {
                <tr><th scope="row">{row.name}</th><td>{line_view(&row.value, trace)}</td></tr>
            }
        })
        .collect();
    let figures = (!rows.is_empty()).then(|| {
        view! {
            <section aria-labelledby="talk-figures">
                <h2 id="talk-figures">{texts.figures}</h2>
                <table class="table">
                    <caption class="sr-only">{texts.caption}</caption>
                    <tbody>{rows}</tbody>
                </table>
            </section>
        }
    });
    let ahead = listed(
        deadlines(answer, language).into_iter().map(View::text).collect(),
        texts.no_deadlines,
    );
    let asked = questions(answer, today, language);
    let asked =
        listed(asked.iter().map(|line| line_view(line, trace)).collect(), texts.no_questions);
    let shared =
        card.shares_checklist.then(|| later::checklist(Signal::stored(Arc::clone(answer))));
    view! {
        <article class="talk">
            <div class="page-title">
                <h1 tabindex="-1">{fill(texts.title, &[("name", &card.name)])}</h1>
                <p class="muted">{about.join(" · ")}</p>
                <p class="muted">{source}</p>
            </div>
            <p class="actions d-print-none">
                <button type="button" class="button button-secondary" on:click=|_| document::print()>
                    {texts.print}
                </button>
            </p>
            {answers_view(answer, today)}
            <div class="talk-parts">
                {figures}
                <section aria-labelledby="talk-deadlines">
                    <h2 id="talk-deadlines">{texts.deadlines}</h2>
                    {ahead}
                </section>
                <section class="talk-questions" aria-labelledby="talk-questions">
                    <h2 id="talk-questions">{texts.questions}</h2>
                    {asked}
                    <p class="small muted">{texts.questions_from}</p>
                </section>
            </div>
            {picture_view(answer)}
        </article>
        {shared}
    }
}

fn listed(items: Vec<View>, none: &'static str) -> View {
    if items.is_empty() {
        return view! { <p>{none}</p> };
    }
    let items: Vec<_> = items.into_iter().map(|item| view! { <li>{item}</li> }).collect();
    view! { <ul class="facts">{items}</ul> }
}
