//! Who may be in a trial, and the facts that its lots are drawn within or its analysis adjusted for.

use jobnet_api::trials::protocol::check::FactKind;
use jobnet_api::trials::protocol::{Condition, Protocol};
use leptos::prelude::*;

use crate::i18n::{fill, language};
use crate::platform::document;
use crate::view::{View, view};

use super::editor::Editor;
use super::fields_model::Kind;
use super::findings_model::id;
use super::input::{Input, Row, boxes, input};

/// Facts that can be chosen, each with a box.
fn facts_view(
    editor: Editor,
    (path, legend, hint): (&str, &'static str, &'static str),
    get: fn(&Protocol) -> &Vec<String>,
    change: fn(&mut Protocol) -> &mut Vec<String>,
) -> View {
    let facts = editor
        .catalogue
        .with_value(|catalogue| catalogue.facts.keys().cloned().collect::<Vec<_>>());
    view! {
        <fieldset class="choices" id=id(path) tabindex="-1">
            <legend>{legend}</legend>
            <p class="form-hint">{hint}</p>
            {boxes(editor, facts, move |p| Some(get(p)), move |p| Some(change(p)))}
        </fieldset>
    }
}

/// What the arms are balanced within.
pub(super) fn strata_view(editor: Editor) -> View {
    let t = language().research().form;
    facts_view(editor, ("strata", t.strata, t.strata_hint), |p| &p.strata, |p| &mut p.strata)
}

/// What the analysis is adjusted for.
pub(super) fn covariates_view(editor: Editor) -> View {
    let t = language().research().form;
    facts_view(
        editor,
        ("analysis.covariates", t.covariates, t.covariates_hint),
        |p| &p.analysis.covariates,
        |p| &mut p.analysis.covariates,
    )
}

/// Who may be in it.
pub(super) fn eligibility_view(editor: Editor) -> View {
    let t = language().research().form;
    let facts = Memo::new(move |_| {
        editor.protocol.with(|protocol| {
            protocol.eligibility.iter().map(|one| one.fact().to_owned()).collect::<Vec<_>>()
        })
    });
    let add = move |_| {
        let first = editor.catalogue.with_value(|catalogue| {
            catalogue.facts.iter().next().map(|(fact, kind)| condition(fact, kind))
        });
        editor.change(|protocol| protocol.eligibility.extend(first));
        let last = facts.with_untracked(Vec::len).saturating_sub(1);
        request_animation_frame(move || document::focus(&id(&format!("eligibility[{last}].fact"))));
    };
    view! {
        <fieldset class="choices" id=id("eligibility") tabindex="-1">
            <legend>{t.eligibility}</legend>
            <p class="form-hint">{t.eligibility_hint}</p>
            {move || {
                let count = facts.with(Vec::len);
                View::many((0..count).map(|index| condition_view(editor, index)).collect())
            }}
            <button type="button" class="button button-secondary" on:click=add>{t.add_condition}</button>
        </fieldset>
    }
}

/// A condition on a fact, still to be filled in.
fn condition(fact: &str, kind: &FactKind) -> Condition {
    let fact = fact.to_owned();
    match kind {
        FactKind::OneOf { .. } | FactKind::Text => Condition::OneOf { fact, values: Vec::new() },
        FactKind::Number => Condition::Between { fact, least: None, most: None },
    }
}

fn condition_view(editor: Editor, index: usize) -> View {
    let t = language().research().form;
    let row = Row {
        editor,
        list: "eligibility",
        index,
        get: |p| &p.eligibility,
        change: |p| &mut p.eligibility,
    };
    let path = row.path();
    let facts = editor.catalogue.with_value(|c| c.facts.keys().cloned().collect::<Vec<_>>());
    let fact_id = id(&format!("{path}.fact"));
    let fact = input(
        editor,
        Input {
            path: format!("{path}.fact"),
            label: fill(t.condition, &[("number", &(index + 1).to_string())]),
            hint: "",
            kind: Kind::Choice(facts),
            get: Box::new(move |p| {
                p.eligibility.get(index).map(|one| one.fact().to_owned()).unwrap_or_default()
            }),
            set: Box::new(move |p, typed| {
                let kind = editor.catalogue.with_value(|c| c.facts.get(typed).cloned())?;
                *p.eligibility.get_mut(index)? = condition(typed, &kind);
                // Its other inputs are made anew.
                let fact_id = fact_id.clone();
                request_animation_frame(move || document::focus(&fact_id));
                Some(())
            }),
        },
    );
    let rest = match editor.protocol.with_untracked(|p| p.eligibility.get(index).cloned()) {
        Some(Condition::Between { .. }) => bounds(&row),
        Some(Condition::OneOf { fact, .. }) => values(&row, &fact),
        None => View::none(),
    };
    view! {
        <div class="protocol-row" id=id(&path) tabindex="-1" role="group">
            <div class="protocol-pair">{fact}{rest}</div>
            {row.remove_view()}
        </div>
    }
}

/// The values she may have.
fn values(row: &Row<Condition>, fact: &str) -> View {
    let t = language().research().form;
    let (editor, index) = (row.editor, row.index);
    let known = editor.catalogue.with_value(|c| match c.facts.get(fact) {
        Some(FactKind::OneOf { values }) => Some(values.clone()),
        _ => None,
    });
    let Some(known) = known else {
        return row.part(
            "values",
            (t.values, t.values_hint),
            Kind::Line,
            |one| match one {
                Condition::OneOf { values, .. } => values.join(", "),
                Condition::Between { .. } => String::new(),
            },
            |one, typed| {
                let Condition::OneOf { values, .. } = one else { return None };
                let parts = typed.split(',').map(str::trim).filter(|part| !part.is_empty());
                *values = parts.map(str::to_owned).collect();
                Some(())
            },
        );
    };
    let boxes = boxes(
        editor,
        known,
        move |p| match p.eligibility.get(index)? {
            Condition::OneOf { values, .. } => Some(values),
            Condition::Between { .. } => None,
        },
        move |p| match p.eligibility.get_mut(index)? {
            Condition::OneOf { values, .. } => Some(values),
            Condition::Between { .. } => None,
        },
    );
    view! { <fieldset class="choices"><legend>{t.values}</legend>{boxes}</fieldset> }
}

/// The least and the most of a number.
fn bounds(row: &Row<Condition>) -> View {
    let t = language().research().form;
    let least = row.part(
        "least",
        (t.least, ""),
        Kind::Number,
        |one| match one {
            Condition::Between { least: Some(least), .. } => least.to_string(),
            _ => String::new(),
        },
        |one, typed| match one {
            Condition::Between { least, .. } => {
                *least = bound(typed)?;
                Some(())
            }
            Condition::OneOf { .. } => None,
        },
    );
    let most = row.part(
        "most",
        (t.most, ""),
        Kind::Number,
        |one| match one {
            Condition::Between { most: Some(most), .. } => most.to_string(),
            _ => String::new(),
        },
        |one, typed| match one {
            Condition::Between { most, .. } => {
                *most = bound(typed)?;
                Some(())
            }
            Condition::OneOf { .. } => None,
        },
    );
    view! { {least} {most} }
}

/// A bound that may be left out: the outer `None` is what cannot be read.
#[expect(clippy::option_option, reason = "left out is not unreadable")]
fn bound(typed: &str) -> Option<Option<i64>> {
    let typed = typed.trim();
    if typed.is_empty() { Some(None) } else { typed.parse().ok().map(Some) }
}
