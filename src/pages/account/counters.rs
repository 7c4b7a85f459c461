//! Presentation “counters”: three drawings, each with its value, its sentences and its sources.

use jobnet_api::account::AccountAnswer;
use jobnet_api::arm::Framing;
use leptos::prelude::*;

use crate::chart::CounterCanvas;
use crate::i18n::language;
use crate::view::{View, view};

use super::counters_model::{Counter, counters};
use super::explain::figure_view;
use super::words::{sentences_view, unknown_view};

/// The three counters.
pub(crate) fn counters_view(answer: &AccountAnswer, framing: Option<Framing>) -> View {
    let texts = language().account();
    let counters: Vec<_> = counters(answer, framing, language())
        .into_iter()
        .map(|c| counter_view(answer, c))
        .collect();
    view! {
        <h2>{language().counters().title}</h2>
        {unknown_view(answer)}
        <div class="counters">{counters}</div>
        <p class="small muted">{texts.page.hundredths}</p>
    }
}

fn counter_view(answer: &AccountAnswer, counter: Counter) -> View {
    let trace = &answer.account.trace;
    let spec = counter.spec;
    let label = counter.label;
    view! {
        <article class="counter" data-topic=counter.statement.topic.id()>
            <h3>{counter.statement.topic.title(language())}</h3>
            <CounterCanvas spec=Signal::stored(spec) label=Signal::stored(label)/>
            <p class="value">{figure_view(&counter.value, trace)} " " <span class="muted">{counter.unit}</span></p>
            {sentences_view(answer, &counter.statement)}
        </article>
    }
}
