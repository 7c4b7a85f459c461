//! The statements the law asks for: accessibility and privacy. Texts only.

use leptos::prelude::*;

use crate::i18n::messages;
use crate::i18n::messages::{Section, Statement};

/// `/tilgaengelighed`.
#[component]
pub fn Accessibility() -> impl IntoView {
    statement(messages().accessibility)
}

/// `/privatliv`.
#[component]
pub fn Privacy() -> impl IntoView {
    statement(messages().privacy)
}

fn statement(statement: &'static Statement) -> AnyView {
    view! {
        <h1>{statement.title}</h1>
        <p class="lead">{statement.lead}</p>
        <div class="prose">
            {statement.sections.iter().map(section).collect::<Vec<_>>()}
        </div>
    }
    .into_any()
}

fn section(section: &'static Section) -> AnyView {
    let points: Vec<_> = section.points.iter().map(|point| view! { <li>{*point}</li> }).collect();
    view! {
        <h2>{section.title}</h2>
        <p>{section.text}</p>
        {(!points.is_empty()).then(|| view! { <ul>{points}</ul> })}
    }
    .into_any()
}
