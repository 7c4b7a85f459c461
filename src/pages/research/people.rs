//! Who may be in a trial, and the facts that its lots are drawn within or its analysis adjusted for.

use jobnet_api::trials::protocol::check::FactKind;
use jobnet_api::trials::protocol::{Condition, Trigger};
use leptos::prelude::*;

use crate::i18n::{fill, language};
use crate::platform::document;
use crate::view::{View, view};

use super::editor::Editor;
use super::fields_model::{Field, Kind};
use super::findings_model::id;
use super::input::{Input, Listed, Row, boxes, choice, field, input};

/// A list of the protocol, its name, and what it means.
pub(super) struct List<T: 'static> {
    pub(super) of: Listed<T>,
    pub(super) legend: &'static str,
    pub(super) hint: &'static str,
}

impl<T> Clone for List<T> {
    fn clone(&self) -> Self {
        *self
    }
}

impl<T> Copy for List<T> {}

/// Facts that can be chosen, each with a box.
pub(super) fn facts_view(
    editor: Editor,
    list: List<String>,
    is_fit: fn(&FactKind) -> bool,
) -> View {
    let facts = editor.catalogue.with_value(|catalogue| {
        let fit = catalogue.facts.iter().filter(|(_, kind)| is_fit(kind));
        fit.map(|(fact, _)| fact.clone()).collect::<Vec<_>>()
    });
    view! {
        <fieldset class="choices" id=id(&list.of.path()) tabindex="-1">
            <legend>{list.legend}</legend>
            <p class="form-hint">{list.hint}</p>
            {boxes(editor, facts, move |p| list.of.get(p), move |p| list.of.change(p))}
        </fieldset>
    }
}

/// What the arms are balanced within.
pub(super) fn strata_view(editor: Editor) -> View {
    let t = language().research().form;
    let list = List {
        of: Listed {
            at: 0,
            path: |_| "strata".to_owned(),
            get: |p, _| Some(&p.strata),
            change: |p, _| Some(&mut p.strata),
        },
        legend: t.strata,
        hint: t.strata_hint,
    };
    facts_view(editor, list, |_| true)
}

/// What the analysis is adjusted for.
pub(super) fn covariates_view(editor: Editor) -> View {
    let t = language().research().form;
    let list = List {
        of: Listed {
            at: 0,
            path: |_| "analysis.covariates".to_owned(),
            get: |p, _| Some(&p.analysis.covariates),
            change: |p, _| Some(&mut p.analysis.covariates),
        },
        legend: t.covariates,
        hint: t.covariates_hint,
    };
    facts_view(editor, list, |_| true)
}

/// Who may be in it.
pub(super) fn eligibility_view(editor: Editor) -> View {
    let t = language().research().form;
    let list = List {
        of: Listed {
            at: 0,
            path: |_| "eligibility".to_owned(),
            get: |p, _| Some(&p.eligibility),
            change: |p, _| Some(&mut p.eligibility),
        },
        legend: t.eligibility,
        hint: t.eligibility_hint,
    };
    conditions_view(editor, list)
}

/// What a control that waits gets later, and what must hold then.
pub(super) fn delayed_view(editor: Editor) -> View {
    let t = language().research().form;
    let now = Memo::new(move |_| {
        editor.protocol.with(|protocol| {
            let arms = protocol.arms.iter().filter(|arm| !arm.control);
            let arms = arms.map(|arm| arm.key.to_string()).collect::<Vec<_>>();
            (arms, Field::Delayed.get(protocol))
        })
    });
    let still = List {
        of: Listed {
            at: 0,
            path: |_| "delayed.trigger.still".to_owned(),
            get: |p, _| match &p.delayed.as_ref()?.trigger {
                Trigger::Days { still, .. } | Trigger::ClosedStill { still, .. } => Some(still),
                Trigger::Closed {} => None,
            },
            change: |p, _| match &mut p.delayed.as_mut()?.trigger {
                Trigger::Days { still, .. } | Trigger::ClosedStill { still, .. } => Some(still),
                Trigger::Closed {} => None,
            },
        },
        legend: t.still,
        hint: t.still_hint,
    };
    let lasting = List {
        of: Listed {
            at: 0,
            path: |_| "delayed.trigger.lasting".to_owned(),
            get: |p, _| match &p.delayed.as_ref()?.trigger {
                Trigger::ClosedStill { lasting, .. } => Some(lasting),
                _ => None,
            },
            change: |p, _| match &mut p.delayed.as_mut()?.trigger {
                Trigger::ClosedStill { lasting, .. } => Some(lasting),
                _ => None,
            },
        },
        legend: t.lasting,
        hint: t.lasting_hint,
    };
    View::live(move || {
        let (arms, trigger) = now.get();
        let waits = matches!(trigger.as_str(), "days" | "closed_still");
        view! {
            {(trigger != "no").then(|| choice(editor, Field::DelayedThen, arms))}
            {waits.then(|| field(editor, Field::DelayedDays))}
            {waits.then(|| conditions_view(editor, still))}
            {(trigger == "closed_still").then(|| {
                facts_view(editor, lasting, |kind| *kind == FactKind::Number)
            })}
        }
    })
}

/// Conditions on facts.
pub(super) fn conditions_view(editor: Editor, list: List<Condition>) -> View {
    let t = language().research().form;
    let facts = Memo::new(move |_| {
        editor.protocol.with(|protocol| {
            let all = list.of.get(protocol).into_iter().flatten();
            all.map(|one| one.fact().to_owned()).collect::<Vec<_>>()
        })
    });
    let add = move |_| {
        let first = editor.catalogue.with_value(|catalogue| {
            catalogue.facts.iter().next().map(|(fact, kind)| condition(fact, kind))
        });
        editor.change(|protocol| {
            if let Some(all) = list.of.change(protocol) {
                all.extend(first);
            }
        });
        let last = facts.with_untracked(Vec::len).saturating_sub(1);
        let added = id(&format!("{}[{last}].fact", list.of.path()));
        request_animation_frame(move || document::focus(&added));
    };
    view! {
        <fieldset class="choices" id=id(&list.of.path()) tabindex="-1">
            <legend>{list.legend}</legend>
            <p class="form-hint">{list.hint}</p>
            {move || {
                let count = facts.with(Vec::len);
                View::many((0..count).map(|index| condition_view(editor, list.of, index)).collect())
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

fn condition_view(editor: Editor, list: Listed<Condition>, index: usize) -> View {
    let t = language().research().form;
    let row = Row { editor, list, index };
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
                let one = list.get(p).and_then(|all| all.get(index));
                one.map(|one| one.fact().to_owned()).unwrap_or_default()
            }),
            set: Box::new(move |p, typed| {
                let kind = editor.catalogue.with_value(|c| c.facts.get(typed).cloned())?;
                *list.change(p)?.get_mut(index)? = condition(typed, &kind);
                // Its other inputs are made anew.
                let fact_id = fact_id.clone();
                request_animation_frame(move || document::focus(&fact_id));
                Some(())
            }),
        },
    );
    let rest = match editor.protocol.with_untracked(|p| list.get(p)?.get(index).cloned()) {
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
    let (editor, index, list) = (row.editor, row.index, row.list);
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
        move |p| match list.get(p)?.get(index)? {
            Condition::OneOf { values, .. } => Some(values),
            Condition::Between { .. } => None,
        },
        move |p| match list.change(p)?.get_mut(index)? {
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
