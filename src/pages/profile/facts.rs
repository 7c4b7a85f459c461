//! What the registers would tell the model: shown to her before it is used, and hers to doubt or to
//! leave out.

use std::sync::Arc;

use jobnet_api::profile::{FactSay, ShownFact};
use jobnet_api::profiling::fact::Fact;
use leptos::prelude::*;

use crate::api::profile::Models;
use crate::i18n::{Language, fill, language};
use crate::view::{View, view};

use super::asked::{models, sealed, used};
use super::form::{Walk, actions_view, heading_later};
use super::says::SayWay;
use super::store::Store;

/// The page.
pub(super) fn facts_view(walk: Walk) -> View {
    let t = language().profile();
    let store = walk.store;
    let submit = move |event: leptos::ev::SubmitEvent| {
        event.prevent_default();
        walk.next();
    };
    let models = models();
    // Which facts there are does not change while she looks.
    let facts = untrack(|| store.facts());
    let views: Vec<_> = facts
        .into_iter()
        .filter(|fact| fact.fact != Fact::Origin)
        .map(|fact| fact_view(store, fact, models))
        .collect();
    // Without a law nothing is fetched.
    let has_basis = store.profile.with_untracked(|profile| profile.legal_basis.is_some());
    let why_none = if has_basis { t.facts.none } else { t.start.no_basis_text };
    let nothing = views.is_empty().then(|| view! { <p>{why_none}</p> });
    view! {
        <form novalidate=true on:submit=submit>
            <h1 tabindex="-1">{t.facts.title}</h1>
            <p class="lead">{t.facts.lead}</p>
            {nothing}
            {views}
            {has_basis.then(|| view! { <p class="note">{t.facts.origin}</p> })}
            {says_view(store)}
            {actions_view(walk, view! {
                <button type="submit" class="button button-primary">{t.form.next}</button>
            })}
        </form>
    }
}

/// What a fact says, in a sentence.
pub(super) fn fact_said(fact: Fact, value: Option<u8>, language: Language) -> String {
    jobnet_messages::form::fact_said(language.of_messages(), fact, value)
}

/// Where a fact comes from, and until when that is known.
pub(super) fn source_said(shown: &ShownFact, language: Language) -> String {
    let source = language.fact(shown.fact).source;
    let until = language.profile().facts.as_of;
    let until = shown.as_of.map(|day| fill(until, &[("day", &language.date(day))]));
    format!("{source} {}", until.unwrap_or_default())
}

/// What leaving a fact out does, by the model that is used.
fn left_out_then(fact: Fact, models: &Models) -> &'static str {
    let t = language().profile().facts;
    match used(models).and_then(sealed) {
        Some(model) if model.can_do_without(fact) => t.left_out_then,
        Some(_) => t.left_out_none,
        None => t.left_out_maybe,
    }
}

fn fact_view(store: Store, shown: ShownFact, models: RwSignal<Option<Arc<Models>>>) -> View {
    let here = language();
    let t = here.profile().facts;
    let fact = shown.fact;
    let texts = here.fact(fact);
    let said = fact_said(fact, shown.value, here);
    let source = source_said(&shown, here);
    let say = Memo::new(move |_| {
        let facts = store.facts();
        facts
            .into_iter()
            .find(|known| known.fact == fact)
            .map(|known| known.say)
            .unwrap_or_default()
    });
    let change = move |changed: FactSay| store.say(fact, changed);
    let wrong = move |event: leptos::ev::Event| {
        change(FactSay { is_wrong: event_target_checked(&event), ..say.get_untracked() });
    };
    let leave_out = move |event: leptos::ev::Event| {
        change(FactSay { is_left_out: event_target_checked(&event), ..say.get_untracked() });
    };
    view! {
        <section class="fact" aria-label=texts.name data-fact=format!("{fact:?}")>
            <h2>{texts.name}</h2>
            <p class="fact-value">{said}</p>
            <dl>
                <div>
                    <dt>{t.source}</dt>
                    <dd>{source}</dd>
                </div>
                <div>
                    <dt>{t.why}</dt>
                    <dd>{texts.why}</dd>
                </div>
            </dl>
            <fieldset class="question-choices">
                <legend class="sr-only">{texts.name}</legend>
                <label class="question-choice">
                    <input
                        type="checkbox"
                        data-say="wrong"
                        prop:checked=move || say.get().is_wrong
                        on:change=wrong
                    />
                    <span>{t.wrong}</span>
                </label>
                <label class="question-choice">
                    <input
                        type="checkbox"
                        data-say="left-out"
                        prop:checked=move || say.get().is_left_out
                        on:change=leave_out
                    />
                    <span>{t.leave_out}</span>
                </label>
            </fieldset>
            <div role="status">
                {move || say.get().is_wrong.then(|| view! { <p class="note">{t.wrong_then}</p> })}
                {move || say.get().is_left_out.then(|| {
                    let then = models
                        .with(|models| models.as_ref().map(|models| left_out_then(fact, models)));
                    view! { <p class="note">{then.unwrap_or(t.left_out_maybe)}</p> }
                })}
            </div>
        </section>
    }
}

/// Whether what she says is stored.
fn says_view(store: Store) -> View {
    let t = language().profile().form;
    let state = Memo::new(move |_| {
        let is = |way| store.says.with(|says| says.values().any(|saying| saying.way == way));
        (is(SayWay::Busy), is(SayWay::Failed))
    });
    view! {
        <div class="question-saving" role="status">
            {move || match state.get() {
                (_, true) => view! {
                    <p><strong>{t.not_saved}</strong></p>
                    <button
                        type="button"
                        class="button button-secondary"
                        on:click=move |_| {
                            store.retry();
                            heading_later();
                        }
                    >
                        {t.retry}
                    </button>
                },
                (true, false) => view! { <p class="muted">{t.saving}</p> },
                (false, false) => View::none(),
            }}
        </div>
    }
}
