//! What a trial measures, and what happens after enrolment.

use jobnet_api::trials::protocol::FollowUp;
use leptos::prelude::*;

use crate::i18n::{fill, language};
use crate::platform::document;
use crate::view::{View, view};

use super::draft_model::new_outcome;
use super::editor::Editor;
use super::fields_model::{Kind, measure, read_measure, read_role, role};
use super::findings_model::id;
use super::input::{Listed, Row};
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

fn words(words: &[&str]) -> Kind {
    Kind::Choice(words.iter().map(|word| (*word).to_owned()).collect())
}

fn outcome_view(editor: Editor, index: usize) -> View {
    let t = language().research().form;
    let list = Listed {
        at: 0,
        path: |_| "outcomes".to_owned(),
        get: |p, _| Some(&p.outcomes),
        change: |p, _| Some(&mut p.outcomes),
    };
    let row = Row { editor, list, index };
    view! {
        <fieldset class="protocol-row" id=id(&row.path()) tabindex="-1">
            <legend>{fill(t.outcome, &[("number", &(index + 1).to_string())])}</legend>
            {row.part("variable", (t.variable, t.variable_hint), Kind::Area,
                |one| one.variable.clone(), |one, typed| { one.variable = typed.to_owned(); Some(()) })}
            <div class="protocol-pair">
                {row.part("role", (t.role, ""), words(&["primary", "secondary", "harm"]),
                    |one| role(one.role).to_owned(),
                    |one, typed| { one.role = read_role(typed)?; Some(()) })}
                {row.part("measure", (t.measure, ""), words(&["proportion", "mean", "time_to_event"]),
                    |one| measure(one.measure).to_owned(),
                    |one, typed| { one.measure = read_measure(typed)?; Some(()) })}
                {row.part("after_days", (t.after_days, ""), Kind::Number,
                    |one| one.after_days.to_string(), |one, typed| { one.after_days = read_whole(typed)?; Some(()) })}
                {row.part("key", (t.key, ""), Kind::Line,
                    |one| one.key.to_string(), |one, typed| { one.key = typed.parse().ok()?; Some(()) })}
            </div>
            {row.remove_view()}
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
    let list = Listed {
        at: 0,
        path: |_| "follow_up".to_owned(),
        get: |p, _| Some(&p.follow_up),
        change: |p, _| Some(&mut p.follow_up),
    };
    let row = Row { editor, list, index };
    view! {
        <div class="protocol-row" role="group" id=id(&row.path())>
            <div class="protocol-pair">
                {row.part("after_days", (t.after_days, ""), Kind::Number,
                    |one| one.after_days.to_string(), |one, typed| { one.after_days = read_whole(typed)?; Some(()) })}
                {row.part("what", (t.what, ""), Kind::Line,
                    |one| one.what.clone(), |one, typed| { one.what = typed.to_owned(); Some(()) })}
            </div>
            {row.remove_view()}
        </div>
    }
}
