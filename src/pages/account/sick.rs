//! The part of the page about sickness, leave, care and sanctions.

use jobnet_api::account::{AccountAnswer, Register};

use crate::i18n::{language, messages};
use crate::routes::Page;
use crate::state::Reader;
use crate::view::{View, view};

use super::explain::{how_view, line_view};
use super::figure::{Figure, figures};
use super::months_model::sources;
use super::sick_model::{concerns, moved, sanctions, sentences, spells};

/// What her absence did; nothing if there was none.
pub(super) fn sick_view(answer: &AccountAnswer) -> Option<View> {
    if !concerns(answer) {
        return None;
    }
    let texts = language().account().sick;
    let trace = &answer.account.trace;
    let lines = sentences(answer, super::today(&answer.case), language());
    let shown: Vec<Figure> = lines.iter().flat_map(|line| figures(line).copied()).collect();
    let lines: Vec<_> =
        lines.iter().map(|line| view! { <p>{line_view(line, trace)}</p> }).collect();
    let source = sources(answer, &[Register::Sickness], language());
    Some(view! {
        <section class="section" aria-labelledby="sick-title" data-part="sick">
            <h2 id="sick-title">{texts.title}</h2>
            {lines}
            <p>{if moved(answer) { texts.why } else { texts.why_not }}</p>
            {list_view(texts.spells, spells(answer, language()))}
            <p class="small muted">{source}</p>
            {how_view(texts.title, shown, trace.clone())}
        </section>
    })
}

/// Her sanctions; nothing if there are none.
pub(super) fn sanctions_view(answer: &AccountAnswer) -> Option<View> {
    let found = sanctions(answer, language());
    if found.is_empty() {
        return None;
    }
    let texts = language().account().sick;
    let items: Vec<_> = found.into_iter().map(|text| view! { <li>{text}</li> }).collect();
    let source = sources(answer, &[Register::Sanctions], language());
    Some(view! {
        <section class="section" aria-labelledby="sanctions-title" data-part="sanctions">
            <h2 id="sanctions-title">{texts.sanctions}</h2>
            <ul class="facts">{items}</ul>
            <p class="small muted">{source}</p>
            {Reader::here()
                .is_herself()
                .then(|| {
                    view! { <p><a href=Page::Rights.path()>{messages().shell.rights}</a></p> }
                })}
        </section>
    })
}

fn list_view(title: &'static str, texts: Vec<String>) -> View {
    if texts.is_empty() {
        return View::none();
    }
    let items: Vec<_> = texts.into_iter().map(|text| view! { <li>{text}</li> }).collect();
    view! { <h3>{title}</h3><ul class="facts">{items}</ul> }
}
