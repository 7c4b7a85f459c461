//! The statements the law asks for: accessibility and privacy. Texts only.

use crate::i18n::language;
use crate::i18n::prose::{Section, Statement};
use crate::view::{View, view};

/// `/tilgaengelighed`.
pub fn accessibility() -> View {
    statement(language().prose().accessibility)
}

/// `/privatliv`.
pub fn privacy() -> View {
    statement(language().prose().privacy)
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
