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
use super::input::{Input, input, word_of};

/// Facts that can be chosen, each with a box.
fn facts_view(
    editor: Editor,
    (path, legend, hint): (&str, &'static str, &'static str),
    list: fn(&mut Protocol) -> &mut Vec<String>,
    read: fn(&Protocol) -> &Vec<String>,
) -> View {
    let facts = editor
        .catalogue
        .with_value(|catalogue| catalogue.facts.keys().cloned().collect::<Vec<_>>());
    let boxes: Vec<_> = facts
        .into_iter()
        .map(|fact| {
            let name = word_of(&fact);
            let is_on = {
                let fact = fact.clone();
                move || editor.protocol.with(|protocol| read(protocol).contains(&fact))
            };
            let toggle = move |event: leptos::ev::Event| {
                let wanted = event_target_checked(&event);
                editor.change(|protocol| {
                    let list = list(protocol);
                    list.retain(|other| *other != fact);
                    if wanted {
                        list.push(fact.clone());
                    }
                });
            };
            view! {
                <label class="check">
                    <input type="checkbox" prop:checked=is_on on:change=toggle/>
                    {name}
                </label>
            }
        })
        .collect();
    view! {
        <fieldset class="choices" id=id(path) tabindex="-1">
            <legend>{legend}</legend>
            <p class="form-hint">{hint}</p>
            {boxes}
        </fieldset>
    }
}

/// What the arms are balanced within.
pub(super) fn strata_view(editor: Editor) -> View {
    let t = language().research().form;
    facts_view(editor, ("strata", t.strata, t.strata_hint), |p| &mut p.strata, |p| &p.strata)
}

/// What the analysis is adjusted for.
pub(super) fn covariates_view(editor: Editor) -> View {
    let t = language().research().form;
    facts_view(
        editor,
        ("analysis.covariates", t.covariates, t.covariates_hint),
        |p| &mut p.analysis.covariates,
        |p| &p.analysis.covariates,
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
    let path = format!("eligibility[{index}]");
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
        Some(Condition::Between { .. }) => view! {
            {bound(editor, index, "least", t.least)}
            {bound(editor, index, "most", t.most)}
        },
        Some(Condition::OneOf { fact, .. }) => values(editor, index, &fact),
        None => View::none(),
    };
    let remove = move |_| {
        editor.change(|protocol| {
            if index < protocol.eligibility.len() {
                protocol.eligibility.remove(index);
            }
        });
        request_animation_frame(|| document::focus(&id("eligibility")));
    };
    view! {
        <div class="protocol-row" id=id(&path) tabindex="-1" role="group">
            <div class="protocol-pair">{fact}{rest}</div>
            <button type="button" class="function-link" on:click=remove>{t.remove}</button>
        </div>
    }
}

/// The values she may have.
fn values(editor: Editor, index: usize, fact: &str) -> View {
    let t = language().research().form;
    let known = editor.catalogue.with_value(|c| match c.facts.get(fact) {
        Some(FactKind::OneOf { values }) => Some(values.clone()),
        _ => None,
    });
    let Some(known) = known else {
        return input(
            editor,
            Input {
                path: format!("eligibility[{index}].values"),
                label: t.values.to_owned(),
                hint: t.values_hint,
                kind: Kind::Line,
                get: Box::new(move |p| match p.eligibility.get(index) {
                    Some(Condition::OneOf { values, .. }) => values.join(", "),
                    _ => String::new(),
                }),
                set: Box::new(move |p, typed| {
                    let Condition::OneOf { values, .. } = p.eligibility.get_mut(index)? else {
                        return None;
                    };
                    let parts = typed.split(',').map(str::trim).filter(|part| !part.is_empty());
                    *values = parts.map(str::to_owned).collect();
                    Some(())
                }),
            },
        );
    };
    let boxes: Vec<_> = known
        .into_iter()
        .map(|value| {
            let name = word_of(&value);
            let asked = value.clone();
            let is_on = move || {
                editor.protocol.with(|p| {
                    matches!(p.eligibility.get(index),
                        Some(Condition::OneOf { values, .. }) if values.contains(&asked))
                })
            };
            let toggle = move |event: leptos::ev::Event| {
                let wanted = event_target_checked(&event);
                editor.change(|p| {
                    if let Some(Condition::OneOf { values, .. }) = p.eligibility.get_mut(index) {
                        values.retain(|other| *other != value);
                        if wanted {
                            values.push(value.clone());
                        }
                    }
                });
            };
            view! {
                <label class="check">
                    <input type="checkbox" prop:checked=is_on on:change=toggle/>
                    {name}
                </label>
            }
        })
        .collect();
    view! { <fieldset class="choices"><legend>{t.values}</legend>{boxes}</fieldset> }
}

/// The least or the most of a number.
fn bound(editor: Editor, index: usize, which: &'static str, label: &'static str) -> View {
    let of = move |one: &Condition| match one {
        Condition::Between { least, most, .. } => {
            if which == "least" {
                *least
            } else {
                *most
            }
        }
        Condition::OneOf { .. } => None,
    };
    input(
        editor,
        Input {
            path: format!("eligibility[{index}].{which}"),
            label: label.to_owned(),
            hint: "",
            kind: Kind::Number,
            get: Box::new(move |p| {
                let bound = p.eligibility.get(index).and_then(of);
                bound.map(|bound| bound.to_string()).unwrap_or_default()
            }),
            set: Box::new(move |p, typed| {
                let typed = typed.trim();
                let read = if typed.is_empty() { None } else { Some(typed.parse().ok()?) };
                match p.eligibility.get_mut(index)? {
                    Condition::Between { least, .. } if which == "least" => *least = read,
                    Condition::Between { most, .. } => *most = read,
                    Condition::OneOf { .. } => return None,
                }
                Some(())
            }),
        },
    )
}
