//! What a trial measures, and what happens after enrolment.

use jobnet_api::trials::protocol::{FollowUp, Measure, Outcome, OutcomeRole};
use leptos::prelude::*;

use crate::i18n::{fill, language};
use crate::platform::document;
use crate::view::{View, view};

use super::draft_model::new_outcome;
use super::editor::Editor;
use super::fields_model::Kind;
use super::findings_model::id;
use super::input::{Input, input};
use super::numbers_model::read_whole;

/// The outcomes.
pub(super) fn outcomes_view(editor: Editor) -> View {
    let t = language().research().form;
    let count = Memo::new(move |_| editor.protocol.with(|protocol| protocol.outcomes.len()));
    let add = move |_| {
        editor.change(|protocol| protocol.outcomes.extend(new_outcome(&protocol.outcomes)));
        let last = count.get_untracked().saturating_sub(1);
        request_animation_frame(move || {
            document::focus(&id(&format!("outcomes[{last}].variable")))
        });
    };
    view! {
        <div id=id("outcomes") tabindex="-1">
            {move || View::many((0..count.get()).map(|index| outcome_view(editor, index)).collect())}
            <p class="actions">
                <button type="button" class="button button-secondary" on:click=add>{t.add_outcome}</button>
            </p>
        </div>
    }
}

fn part(
    editor: Editor,
    index: usize,
    name: &str,
    (label, hint): (&'static str, &'static str),
    kind: Kind,
    get: fn(&Outcome) -> String,
    set: fn(&mut Outcome, &str) -> Option<()>,
) -> View {
    input(
        editor,
        Input {
            path: format!("outcomes[{index}].{name}"),
            label: label.to_owned(),
            hint,
            kind,
            get: Box::new(move |p| p.outcomes.get(index).map(get).unwrap_or_default()),
            set: Box::new(move |p, typed| set(p.outcomes.get_mut(index)?, typed)),
        },
    )
}

fn words(words: &[&str]) -> Kind {
    Kind::Choice(words.iter().map(|word| (*word).to_owned()).collect())
}

fn outcome_view(editor: Editor, index: usize) -> View {
    let t = language().research().form;
    let remove = move |_| {
        editor.change(|protocol| {
            if index < protocol.outcomes.len() {
                protocol.outcomes.remove(index);
            }
        });
        request_animation_frame(|| document::focus(&id("outcomes")));
    };
    view! {
        <fieldset class="protocol-row" id=id(&format!("outcomes[{index}]")) tabindex="-1">
            <legend>{fill(t.outcome, &[("number", &(index + 1).to_string())])}</legend>
            {part(editor, index, "variable", (t.variable, t.variable_hint), Kind::Area,
                |one| one.variable.clone(), |one, typed| { one.variable = typed.to_owned(); Some(()) })}
            <div class="protocol-pair">
                {part(editor, index, "role", (t.role, ""), words(&["primary", "secondary", "harm"]),
                    |one| match one.role {
                        OutcomeRole::Primary => "primary",
                        OutcomeRole::Secondary => "secondary",
                        OutcomeRole::Harm => "harm",
                    }.to_owned(),
                    |one, typed| {
                        one.role = match typed {
                            "primary" => OutcomeRole::Primary,
                            "secondary" => OutcomeRole::Secondary,
                            "harm" => OutcomeRole::Harm,
                            _ => return None,
                        };
                        Some(())
                    })}
                {part(editor, index, "measure", (t.measure, ""), words(&["proportion", "mean", "time_to_event"]),
                    |one| match one.measure {
                        Measure::Proportion => "proportion",
                        Measure::Mean => "mean",
                        Measure::TimeToEvent => "time_to_event",
                    }.to_owned(),
                    |one, typed| {
                        one.measure = match typed {
                            "proportion" => Measure::Proportion,
                            "mean" => Measure::Mean,
                            "time_to_event" => Measure::TimeToEvent,
                            _ => return None,
                        };
                        Some(())
                    })}
                {part(editor, index, "after_days", (t.after_days, ""), Kind::Number,
                    |one| one.after_days.to_string(), |one, typed| { one.after_days = read_whole(typed)?; Some(()) })}
                {part(editor, index, "key", (t.key, ""), Kind::Line,
                    |one| one.key.to_string(), |one, typed| { one.key = typed.parse().ok()?; Some(()) })}
            </div>
            <button type="button" class="function-link" on:click=remove>{t.remove}</button>
        </fieldset>
    }
}

/// What happens after enrolment.
pub(super) fn follow_up_view(editor: Editor) -> View {
    let t = language().research().form;
    let count = Memo::new(move |_| editor.protocol.with(|protocol| protocol.follow_up.len()));
    let add = move |_| {
        editor.change(|p| p.follow_up.push(FollowUp { after_days: 30, what: String::new() }));
        let last = count.get_untracked().saturating_sub(1);
        request_animation_frame(move || document::focus(&id(&format!("follow_up[{last}].what"))));
    };
    view! {
        <fieldset class="choices" id=id("follow_up") tabindex="-1">
            <legend>{t.follow_up}</legend>
            <p class="form-hint">{t.follow_up_hint}</p>
            {move || View::many((0..count.get()).map(|index| step_view(editor, index)).collect())}
            <button type="button" class="button button-secondary" on:click=add>{t.add_follow_up}</button>
        </fieldset>
    }
}

fn step_view(editor: Editor, index: usize) -> View {
    let t = language().research().form;
    let remove = move |_| {
        editor.change(|protocol| {
            if index < protocol.follow_up.len() {
                protocol.follow_up.remove(index);
            }
        });
        request_animation_frame(|| document::focus(&id("follow_up")));
    };
    view! {
        <div class="protocol-row" role="group" id=id(&format!("follow_up[{index}]"))>
            <div class="protocol-pair">
                {input(editor, Input {
                    path: format!("follow_up[{index}].after_days"),
                    label: t.after_days.to_owned(),
                    hint: "",
                    kind: Kind::Number,
                    get: Box::new(move |p| {
                        p.follow_up.get(index).map(|one| one.after_days.to_string()).unwrap_or_default()
                    }),
                    set: Box::new(move |p, typed| {
                        p.follow_up.get_mut(index)?.after_days = read_whole(typed)?;
                        Some(())
                    }),
                })}
                {input(editor, Input {
                    path: format!("follow_up[{index}].what"),
                    label: t.what.to_owned(),
                    hint: "",
                    kind: Kind::Line,
                    get: Box::new(move |p| {
                        p.follow_up.get(index).map(|one| one.what.clone()).unwrap_or_default()
                    }),
                    set: Box::new(move |p, typed| {
                        p.follow_up.get_mut(index)?.what = typed.to_owned();
                        Some(())
                    }),
                })}
            </div>
            <button type="button" class="function-link" on:click=remove>{t.remove}</button>
        </div>
    }
}
