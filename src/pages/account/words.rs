//! Presentation “words”: the account in sentences, the answer first.

use jobnet_api::account::AccountAnswer;
use jobnet_api::arm::Framing;

use crate::i18n::language;
use crate::view::{View, view};

use super::explain::{how_view, line_view};
use super::figure::{Figure, figures};
use super::months_model::sources;
use super::paid_model::trace;
use super::words_model::{Statement, statements, takeaway, unknown_months};

/// The whole account in sentences.
pub(crate) fn words_view(answer: &AccountAnswer, framing: Option<Framing>) -> View {
    let texts = language().account();
    let trace = &answer.account.trace;
    let first = takeaway(answer, language())
        .map(|line| view! { <p class="takeaway">{line_view(&line, trace)}</p> });
    let statements: Vec<_> = statements(answer, framing, language())
        .into_iter()
        .map(|s| statement_view(answer, s))
        .collect();
    view! {
        <h2>{texts.words.title}</h2>
        {first}
        {unknown_view(answer)}
        <div class="statements">{statements}</div>
        <p class="small muted">{texts.page.before_tax} " " {texts.page.hundredths}</p>
    }
}

/// What is unknown, and what to do about it.
pub(super) fn unknown_view(answer: &AccountAnswer) -> Option<View> {
    let lines = unknown_months(answer, language())?;
    let trace = &answer.account.trace;
    let lines: Vec<_> =
        lines.iter().map(|line| view! { <p>{line_view(line, trace)}</p> }).collect();
    Some(view! { <div class="note" data-note="unknown-hours">{lines}</div> })
}

fn statement_view(answer: &AccountAnswer, statement: Statement) -> View {
    view! {
        <section class="statement" data-topic=statement.topic.id()>
            <h3>{statement.topic.title(language())}</h3>
            {sentences_view(answer, &statement)}
        </section>
    }
}

/// The sentences of a topic, what they mean, where they come from and how they were calculated.
pub(super) fn sentences_view(answer: &AccountAnswer, statement: &Statement) -> View {
    let trace = trace(answer);
    let title = statement.topic.title(language());
    let shown: Vec<Figure> = statement.answer.iter().flat_map(|l| figures(l).copied()).collect();
    let lines: Vec<_> = statement
        .answer
        .iter()
        .enumerate()
        .map(|(place, line)| {
            let class = if place == 0 { "answer" } else { "" };
            view! { <p class=class>{line_view(line, &trace)}</p> }
        })
        .collect();
    let source = sources(answer, statement.registers, language());
    view! {
        {lines}
        <p class="muted">{statement.means}</p>
        <p class="small muted">{source}</p>
        {how_view(title, shown, trace)}
    }
}
