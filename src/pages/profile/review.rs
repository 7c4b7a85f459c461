//! Everything she is about to send, with a way back to each part of it, and sending.

use jobnet_api::profile::{NewSubmission, ShownFact};
use jobnet_api::profiling::fact::Fact;
use jobnet_api::profiling::form::Question;
use leptos::prelude::*;
use leptos::task::spawn_local;

use crate::api::{self, ApiError};
use crate::i18n::{fill, language};
use crate::platform::random;
use crate::view::{View, view};

use super::facts::{fact_said, source_said};
use super::form::{Walk, actions_view, focus_later};
use super::letters::address;
use super::question::wrong;
use super::steps_model::{Step, said};
use super::store::Store;

const FAILED: &str = "not-sent";
const MISSING: &str = "not-answered";
const TOO_LONG: &str = "too-long";

/// How sending went.
#[derive(Clone, Debug, PartialEq)]
enum Sending {
    Idle,
    Busy,
    Unsaved,
    Changed,
    Failed(ApiError),
}

/// The page.
pub(super) fn review_view(walk: Walk) -> View {
    let t = language().profile().review;
    let store = walk.store;
    let sending = RwSignal::new(Sending::Idle);
    // The same key until it has arrived: sending again stores nothing twice.
    let key = StoredValue::new(random::uuid().unwrap_or_default());
    let missing = Memo::new(move |_| store.answers().missing().len());
    let too_long = Memo::new(move |_| store.too_long());
    let send = move |event: leptos::ev::SubmitEvent| {
        event.prevent_default();
        if sending.with_untracked(|sending| *sending == Sending::Busy) {
            return;
        }
        if missing.get_untracked() > 0 {
            focus_later(MISSING);
            return;
        }
        // Waiting would not help: they are never sent as they are.
        if too_long.get_untracked().is_some() {
            focus_later(TOO_LONG);
            return;
        }
        if !untrack(|| store.is_saved()) {
            store.retry();
            sending.set(Sending::Unsaved);
            focus_later(FAILED);
            return;
        }
        sending.set(Sending::Busy);
        let seen = store.profile.with_untracked(|profile| NewSubmission {
            editions: profile.draft.editions.clone(),
            facts: profile.facts.clone(),
        });
        spawn_local(async move {
            match api::profile::submit(&seen, &key.get_value()).await {
                Ok(submission) => walk.place.go(&address(&submission.id)),
                // This page gives way to the one that asks her to sign in: nothing here may change.
                Err(error @ ApiError::SignedOut) => store.session.note_error(&error),
                Err(error) => {
                    let is_changed = api::profile::is_conflict(&error);
                    // What was stored meanwhile is shown: nobody sends what she has not seen.
                    if is_changed && store.refresh().await.is_ok() {
                        key.try_set_value(random::uuid().unwrap_or_default());
                        sending.try_set(Sending::Changed);
                    } else {
                        sending.try_set(Sending::Failed(error));
                    }
                    focus_later(FAILED);
                }
            }
        });
    };
    let answers = move || {
        let answers = store.answers();
        let asked = answers.asked();
        let rows = asked.into_iter().map(|question| {
            let said = answers.0.get(&question).map(|answer| said(answer, language()));
            answer_view(walk, question, said)
        });
        view! { <dl class="review">{rows.collect::<Vec<_>>()}</dl> }
    };
    let facts = move || {
        let facts = store.facts().into_iter().filter(|fact| fact.fact != Fact::Origin);
        let rows: Vec<_> = facts.map(|fact| fact_view(walk, &fact)).collect();
        (!rows.is_empty()).then(|| {
            view! {
                <h2>{t.facts}</h2>
                <dl class="review">{rows}</dl>
            }
        })
    };
    view! {
        <form novalidate=true on:submit=send>
            <h1 tabindex="-1">{t.title}</h1>
            <p class="lead">{t.lead}</p>
            {move || missing_view(missing.get())}
            {move || too_long.get().map(|question| too_long_view(walk, question))}
            <h2>{t.answers}</h2>
            {answers}
            {facts}
            <p class="note">{t.hint}</p>
            {move || failed_view(store, &sending.get())}
            {actions_view(walk, view! {
                <button
                    type="submit"
                    class="button button-primary"
                    aria-disabled=move || {
                        let is_busy = sending.with(|sending| *sending == Sending::Busy);
                        (is_busy || missing.get() > 0 || too_long.get().is_some()).to_string()
                    }
                >
                    {move || if sending.with(|sending| *sending == Sending::Busy) {
                        t.sending
                    } else {
                        t.send
                    }}
                </button>
            })}
        </form>
    }
}

fn missing_view(missing: usize) -> View {
    let t = language().profile().review;
    match missing {
        0 => View::none(),
        1 => view! { <p class="note" id=MISSING tabindex="-1">{t.missing_one}</p> },
        _ => {
            let words = fill(t.missing, &[("count", &missing.to_string())]);
            view! { <p class="note" id=MISSING tabindex="-1">{words}</p> }
        }
    }
}

/// Her own words that are too long, by how much, and the way to them.
fn too_long_view(walk: Walk, question: Question) -> View {
    let step = Step::Question(question);
    let words = wrong(walk.store, question).map(|(words, _)| words);
    let change = move |event: leptos::ev::MouseEvent| {
        event.prevent_default();
        walk.go(step);
    };
    view! {
        <p class="note" id=TOO_LONG tabindex="-1">
            <a href=step.address() on:click=change>{language().question(question).name}</a>
            ": "
            {words}
        </p>
    }
}

fn row_view(walk: Walk, step: Step, name: &'static str, said: View, mark: String) -> View {
    let t = language().profile().review;
    let change = move |event: leptos::ev::MouseEvent| {
        event.prevent_default();
        walk.go(step);
    };
    view! {
        <div data-row=mark>
            <dt>{name}</dt>
            <dd>{said}</dd>
            <dd class="review-change">
                <a href=step.address() on:click=change>
                    <span aria-hidden="true">{t.change}</span>
                    <span class="sr-only">{fill(t.change_of, &[("name", name)])}</span>
                </a>
            </dd>
        </div>
    }
}

fn answer_view(walk: Walk, question: Question, said: Option<String>) -> View {
    let t = language().profile().review;
    let said = match said {
        Some(said) => view! { {said} },
        None => view! { <strong>{t.unanswered}</strong> },
    };
    let name = language().question(question).name;
    row_view(walk, Step::Question(question), name, said, format!("{question:?}"))
}

fn fact_view(walk: Walk, shown: &ShownFact) -> View {
    let here = language();
    let t = here.receipt();
    // Also who comes here without the step before sees where it is from and why it is used.
    let (source, why) = (source_said(shown, here), here.fact(shown.fact).why);
    let used = if shown.say.is_left_out { t.left_out } else { here.profile().review.used };
    let said = view! {
        {fact_said(shown.fact, shown.value, here)}
        <span class="review-say">{source}</span>
        <span class="review-say">{why}</span>
        <span class="review-say">{used}</span>
        {shown.say.is_wrong.then(|| view! { <span class="review-say">{t.wrong}</span> })}
    };
    row_view(walk, Step::Facts, here.fact(shown.fact).name, said, format!("{:?}", shown.fact))
}

fn failed_view(store: Store, sending: &Sending) -> View {
    let t = language().profile().review;
    let words = match sending {
        Sending::Idle | Sending::Busy => return View::none(),
        // It has arrived meanwhile: nothing is in the way any more.
        Sending::Unsaved if store.is_saved() => return View::none(),
        Sending::Unsaved => t.unsaved.to_owned(),
        Sending::Changed => t.changed.to_owned(),
        Sending::Failed(ApiError::Offline) => t.failed_offline.to_owned(),
        Sending::Failed(ApiError::SignedOut) => t.failed_session.to_owned(),
        Sending::Failed(ApiError::Server(Some(problem))) => problem.detail.clone(),
        Sending::Failed(ApiError::Server(None)) => t.failed_server.to_owned(),
    };
    view! {
        <div class="alert alert-error" id=FAILED tabindex="-1" role="alert">
            <div class="alert-body">
                <h2 class="alert-heading">{t.failed}</h2>
                <p class="alert-text">{words}</p>
            </div>
        </div>
    }
}
