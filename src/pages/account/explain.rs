//! Figures on screen, and the disclosure that shows how they came about.

use std::sync::Arc;

use jobnet_api::account::AccountAnswer;
use jobnet_rules::trace::{Status, TraceStep};
use leptos::prelude::*;

use crate::i18n::{fill, language};
use crate::later;
use crate::routes::Page;
use crate::view::{IntoView, View, view};

use super::explain_model::{InputRow, Step, explain, unsure};
use super::figure::{Figure, Line, Piece};
use super::timeline_model::timeline;

/// A sentence with its figures marked: `data-figure` is the path in the answer, `data-value` the
/// value as `evaluate` writes it.
pub(in crate::pages) fn line_view(line: &Line, trace: &[TraceStep]) -> View {
    let pieces: Vec<_> = line
        .iter()
        .map(|piece| match piece {
            Piece::Text(text) => text.clone().into_owned().into_view(),
            Piece::Figure(figure) => figure_view(figure, trace),
        })
        .collect();
    pieces.into_view()
}

/// A figure; one that rests on a number no source confirmed says so.
pub(super) fn figure_view(figure: &Figure, trace: &[TraceStep]) -> View {
    let language = language();
    view! {
        <strong class="num" data-figure=figure.path.to_string() data-value=figure.value.raw()>
            {figure.value.show(language)}
        </strong>
        {unsure(trace, figure.path, language)}
    }
}

/// “Sådan er tallet regnet” for some figures. The steps are made when it is opened.
pub(super) fn how_view(topic: &str, figures: Vec<Figure>, trace: Vec<TraceStep>) -> View {
    let trace = Arc::new(trace);
    let texts = language().account().page;
    let opened = RwSignal::new(false);
    let name = fill(texts.how_of, &[("topic", topic)]);
    view! {
        <details class="how" on:toggle=move |_| opened.set(true)>
            <summary aria-label=name>{texts.how}</summary>
            {move || opened.get().then(|| later::steps(Arc::clone(&trace), figures.clone()))}
        </details>
    }
}

/// The months as the table that the chart has, one click away whatever is shown. It is made when it
/// is opened.
pub(super) fn table_view(answer: &Arc<AccountAnswer>) -> View {
    let answer = Arc::clone(answer);
    let opened = RwSignal::new(false);
    view! {
        <details class="more" data-part="table" on:toggle=move |_| opened.set(true)>
            <summary>{language().account().page.in_a_table}</summary>
            {move || opened.get().then(|| later::months_table(Arc::clone(&answer)))}
        </details>
    }
}

/// The table itself.
pub(crate) fn months_table(answer: &AccountAnswer) -> View {
    let model = timeline(answer, super::today(&answer.case), language());
    crate::chart::table_view(Signal::stored(model))
}

/// The steps that led to some figures.
pub(crate) fn steps_view(trace: &[TraceStep], figures: &[Figure]) -> View {
    list_view(explain(trace, figures, language()))
}

/// Steps as an ordered list.
pub(super) fn list_view(steps: Vec<Step>) -> View {
    if steps.is_empty() {
        return view! { <p class="muted">{language().account().explain.none}</p> };
    }
    let steps: Vec<_> = steps.into_iter().map(step_view).collect();
    view! { <ol class="steps">{steps}</ol> }
}

fn step_view(step: Step) -> View {
    let texts = language().account().explain;
    let reported = step.law.is_empty();
    let sure = match step.status {
        Status::Confirmed => None,
        Status::Derived => Some(texts.derived),
        Status::Unconfirmed => Some(texts.unconfirmed),
    };
    let law = (!reported).then(|| {
        view! {
            <p class="law">
                {texts.law} ": " <span lang="da">{step.law}</span> ". "
                {step.valid_from} " "
                <a href=format!("{}#{}", Page::Rules.path(), step.key)>{texts.read_rule}</a>
            </p>
        }
    });
    let inputs = (!step.inputs.is_empty()).then(|| inputs_view(step.inputs));
    view! {
        <li>
            <p class="step-name">
                {step.name} {step.value.map(|value| view! { ": " <span class="num">{value}</span> })}
            </p>
            <p>{step.rule} {reported.then(|| format!(" {}", texts.reported))}</p>
            {inputs}
            {sure.map(|sure| view! { <p class="muted">{sure}</p> })}
            {law}
        </li>
    }
}

fn inputs_view(inputs: Vec<InputRow>) -> View {
    let rows: Vec<_> = inputs
        .into_iter()
        .map(|row| {
            let value = match row.value {
                Some(value) => view! { <span class="num">{value}</span> },
                None => {
                    let months: Vec<_> = row
                        .months
                        .into_iter()
                        .map(|(month, value)| {
                            view! { <li>{month} {(!value.is_empty()).then_some(": ")} <span class="num">{value}</span></li> }
                        })
                        .collect();
                    view! { <ul class="of-months">{months}</ul> }
                }
            };
            view! { <div><dt>{row.label}</dt><dd>{value}</dd></div> }
        })
        .collect();
    let heading = language().account().explain.numbers;
    view! { <p class="muted">{heading}</p><dl class="inputs">{rows}</dl> }
}
