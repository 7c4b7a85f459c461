//! The statements the law asks for: accessibility and privacy. Texts only.

use leptos::prelude::*;

use crate::i18n::messages;
use crate::i18n::messages::{Section, Statement};
use crate::view::{View, view};

/// `/tilgaengelighed`.
#[component(transparent)]
pub fn Accessibility() -> View {
    statement(messages().accessibility)
}

/// `/privatliv`.
#[component(transparent)]
pub fn Privacy() -> View {
    statement(messages().privacy)
}

fn statement(statement: &'static Statement) -> View {
    view! {
        <h1>{statement.title}</h1>
        <p class="lead">{statement.lead}</p>
        <div class="prose">
            {statement.sections.iter().map(section).collect::<Vec<_>>()}
        </div>
    }
}

fn section(section: &'static Section) -> View {
    let points: Vec<_> = section.points.iter().map(|point| view! { <li>{*point}</li> }).collect();
    view! {
        <h2>{section.title}</h2>
        <p>{section.text}</p>
        {(!points.is_empty()).then(|| view! { <ul>{points}</ul> })}
    }
}
