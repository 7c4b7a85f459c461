//! What a trial sends: which message, to whom, how, when, and what must hold then.

use jobnet_api::trials::protocol::check::FactKind;
use jobnet_api::trials::protocol::{Channel, Condition, Dispatch, Key, Protocol};
use leptos::prelude::*;

use crate::i18n::{Language, fill, language};
use crate::platform::document;
use crate::view::{View, view};

use super::draft_model::new_dispatch;
use super::editor::Editor;
use super::fields_model::Kind;
use super::findings_model::id;
use super::input::{Listed, Row, ticks, word_of};
use super::numbers_model::read_whole;
use super::people::{List, conditions_view, facts_view};

const MESSAGES: Listed<Dispatch> = Listed {
    at: 0,
    path: |_| "dispatch".to_owned(),
    get: |p, _| Some(&p.dispatch),
    change: |p, _| Some(&mut p.dispatch),
};

/// What must hold when the message at this place is sent.
const fn still(at: usize) -> Listed<Condition> {
    Listed {
        at,
        path: |at| format!("dispatch[{at}].still"),
        get: |p, at| Some(&p.dispatch.get(at)?.still),
        change: |p, at| Some(&mut p.dispatch.get_mut(at)?.still),
    }
}

/// What must have gone on until the message at this place is sent.
const fn lasting(at: usize) -> Listed<String> {
    Listed {
        at,
        path: |at| format!("dispatch[{at}].lasting"),
        get: |p, at| Some(&p.dispatch.get(at)?.lasting),
        change: |p, at| Some(&mut p.dispatch.get_mut(at)?.lasting),
    }
}

/// The messages.
pub(super) fn dispatches_view(editor: Editor) -> View {
    let t = language().research().form;
    let count = Memo::new(move |_| editor.protocol.with(|protocol| protocol.dispatch.len()));
    let add = move |_| {
        let message = editor.catalogue.with_value(|catalogue| {
            catalogue.messages.keys().find_map(|message| message.parse().ok())
        });
        editor.change(|p| {
            let new = message.and_then(|message| new_dispatch(&p.dispatch, message));
            p.dispatch.extend(new);
        });
        let last = count.get_untracked().saturating_sub(1);
        request_animation_frame(move || document::focus(&id(&format!("dispatch[{last}].message"))));
    };
    view! {
        <div id=id("dispatch") tabindex="-1">
            {move || View::many((0..count.get()).map(|index| dispatch_view(editor, index)).collect())}
            <p class="actions">
                <button type="button" class="button button-secondary" on:click=add>{t.add_message}</button>
            </p>
        </div>
    }
}

fn dispatch_view(editor: Editor, index: usize) -> View {
    let t = language().research().form;
    let row = Row { editor, list: MESSAGES, index };
    let messages =
        editor.catalogue.with_value(|catalogue| catalogue.messages.keys().cloned().collect());
    let still = List { of: still(index), legend: t.message_still, hint: t.message_still_hint };
    let lasting = List { of: lasting(index), legend: t.lasting, hint: t.message_lasting_hint };
    view! {
        <fieldset class="protocol-row" id=id(&row.path()) tabindex="-1">
            <legend>{fill(t.message, &[("number", &(index + 1).to_string())])}</legend>
            <div class="protocol-pair">
                {row.part("message", (t.message_what, t.message_what_hint), Kind::Choice(messages),
                    |one| one.message.to_string(), |one, typed| { one.message = typed.parse().ok()?; Some(()) })}
                {row.part("after_days", (t.after_days, t.message_days_hint), Kind::Number,
                    |one| one.after_days.to_string(), |one, typed| { one.after_days = read_whole(typed)?; Some(()) })}
                {row.part("key", (t.key, t.key_hint), Kind::Line,
                    |one| one.key.to_string(), |one, typed| { one.key = typed.parse().ok()?; Some(()) })}
            </div>
            <div class="protocol-pair">
                <fieldset class="choices" id=id(&format!("{}.arms", row.path())) tabindex="-1">
                    <legend>{t.message_arms}</legend>
                    <p class="form-hint">{t.message_arms_hint}</p>
                    {arms_view(editor, index)}
                </fieldset>
                <fieldset class="choices" id=id(&format!("{}.channels", row.path())) tabindex="-1">
                    <legend>{t.channels}</legend>
                    <p class="form-hint">{t.channels_hint}</p>
                    {channels_view(editor, index)}
                </fieldset>
            </div>
            {conditions_view(editor, still)}
            {facts_view(editor, lasting, |kind| *kind == FactKind::Number)}
            {row.remove_view()}
        </fieldset>
    }
}

/// A box for each arm; also for one that was chosen and is there no more, so that it can be taken away.
fn arms_view(editor: Editor, index: usize) -> View {
    let named = Memo::new(move |_| {
        editor.protocol.with(|p| {
            let is_danish = language() == Language::Danish;
            let arms = p.arms.iter().map(|arm| {
                let name = if is_danish { &arm.name.da } else { &arm.name.en };
                let name = if name.is_empty() { arm.key.to_string() } else { name.clone() };
                (arm.key.to_string(), name)
            });
            let chosen = p.dispatch.get(index).into_iter().flat_map(|one| &one.arms);
            let gone = chosen.filter(|key| p.arms.iter().all(|arm| arm.key != **key));
            arms.chain(gone.map(|key| (key.to_string(), key.to_string()))).collect::<Vec<_>>()
        })
    });
    let has = move |p: &Protocol, arm: &str| {
        let chosen = p.dispatch.get(index).into_iter().flat_map(|one| &one.arms);
        chosen.into_iter().any(|key| key.as_str() == arm)
    };
    let set = move |p: &mut Protocol, arm: &str, wanted: bool| {
        let Some(one) = p.dispatch.get_mut(index) else { return };
        one.arms.retain(|key| key.as_str() != arm);
        if wanted {
            one.arms.extend(arm.parse::<Key>());
        }
    };
    View::live(move || ticks(editor, named.get(), has, set))
}

/// A box for each way in which the message can be sent; also for one that was chosen and does not fit.
fn channels_view(editor: Editor, index: usize) -> View {
    const ALL: [Channel; 4] =
        [Channel::DigitalPost, Channel::Letter, Channel::Email, Channel::NemSms];
    let named = Memo::new(move |_| {
        editor.protocol.with(|p| {
            let Some(one) = p.dispatch.get(index) else { return Vec::new() };
            let fit = editor.catalogue.with_value(|catalogue| {
                catalogue.messages.get(one.message.as_str()).cloned().unwrap_or_default()
            });
            let shown = |way: &Channel| fit.contains(way) || one.channels.contains(way);
            let shown = ALL.into_iter().filter(shown).map(Channel::name);
            shown.map(|name| (name.to_owned(), word_of(name))).collect::<Vec<_>>()
        })
    });
    let has = move |p: &Protocol, way: &str| {
        p.dispatch
            .get(index)
            .is_some_and(|one| one.channels.iter().any(|other| other.name() == way))
    };
    let set = move |p: &mut Protocol, way: &str, wanted: bool| {
        let Some(one) = p.dispatch.get_mut(index) else { return };
        one.channels.retain(|other| other.name() != way);
        if wanted {
            one.channels.extend(ALL.into_iter().find(|other| other.name() == way));
        }
    };
    View::live(move || ticks(editor, named.get(), has, set))
}
