//! The trials she is in: what they are, why, until when, what is compared, who decided them and how
//! to object; once they have ended, what was drawn for her and what was found.

use std::cell::Cell;
use std::rc::Rc;

use chrono::{DateTime, Utc};
use jobnet_api::my_trials::{MyTrial, Proof};
use jobnet_api::paths;
use jobnet_api::trials::protocol::Bilingual;
use jobnet_api::trials::protocol::life::State;
use jobnet_rules::day;
use leptos::prelude::*;
use leptos::task::spawn_local;

use super::objection::objection_view;
use crate::api;
use crate::components::Disclosure;
use crate::i18n::{Language, fill, language};
use crate::later::Way;
use crate::platform::beat;
use crate::state::Session;
use crate::view::{View, view};

/// The list, and what she may do.
pub(crate) fn her_trials() -> View {
    // Not in the signal: its type would be there for them alone.
    let way = RwSignal::new(Way::Coming);
    let found = Rc::new(Cell::new(Vec::new()));
    let session = expect_context::<Session>();
    let kept = Rc::clone(&found);
    let fetch = move || {
        way.set(Way::Coming);
        let kept = Rc::clone(&kept);
        spawn_local(async move {
            let answer = api::my_trials().await;
            // She has left the page.
            if way.try_get_untracked().is_none() {
                return;
            }
            way.set(match answer {
                Ok(trials) => {
                    kept.set(trials);
                    Way::There
                }
                Err(error) => {
                    session.note_error(&error);
                    Way::Missing
                }
            });
        });
    };
    fetch();
    let t = language().prose().my_data;
    let texts = language().my_trials();
    view! {
        <p role="status">
            {move || match way.get() {
                Way::Coming => Some(texts.loading),
                Way::Missing => Some(texts.failed),
                Way::There => None,
            }}
        </p>
        {move || match way.get() {
            Way::Coming => View::none(),
            Way::Missing => view! {
                <p class="actions">
                    <button
                        type="button"
                        class="button button-secondary"
                        on:click={
                            let fetch = fetch.clone();
                            move |_| fetch()
                        }
                    >
                        {texts.retry}
                    </button>
                </p>
            },
            Way::There => {
                let items: Vec<_> = found.take().iter().map(trial_view).collect();
                if items.is_empty() {
                    return view! {
                        <p>{t.trials_none}</p>
                        <p>{t.trials_rights}</p>
                    };
                }
                view! { <ul class="looks">{items}</ul> }
            }
        }}
    }
}

pub(super) fn said(text: &Bilingual) -> String {
    match language() {
        Language::Danish => text.da.clone(),
        Language::English => text.en.clone(),
    }
}

/// The day in Denmark, in her language.
fn on(at: DateTime<Utc>) -> Option<String> {
    let (date, _) = beat::in_denmark(at.timestamp())?;
    Some(language().date(day::parse(&date)?))
}

fn trial_view(trial: &MyTrial) -> View {
    let here = language();
    let texts = here.my_trials();
    let public = &trial.public;
    let since = on(trial.since).map(|day| fill(texts.since, &[("day", &day)]));
    let end = match trial.closed_on {
        Some(closed) => fill(texts.ended, &[("day", &here.date(closed))]),
        None => fill(texts.until, &[("day", &here.date(trial.ends))]),
    };
    let when = [since, Some(end)].into_iter().flatten().collect::<Vec<_>>().join(" ");
    let found = match (&trial.found, trial.state) {
        (Some(found), _) => Some(said(found)),
        (None, State::Closed) => Some(texts.not_found_yet.to_owned()),
        (None, _) => None,
    };
    let parts = answers_view(vec![
        (texts.found, found),
        (texts.arm, trial.arm.as_ref().map(said)),
        (texts.why, Some(said(&public.why))),
        (texts.compared, Some(said(&public.compared))),
        (texts.when, Some(when)),
        (texts.decided_by, Some(said(&public.decided_by))),
    ]);
    view! {
        <li data-trial=trial.key.to_string()>
            <h3>{said(&public.title)}</h3>
            {parts}
            {objection_view(trial)}
            {proof_view(&trial.proof)}
        </li>
    }
}

/// Questions with their answers, where there is one.
fn answers_view(all: Vec<(&'static str, Option<String>)>) -> Vec<View> {
    let answered = all.into_iter().filter_map(|(question, answer)| {
        let answer = answer?;
        Some(view! {
            <h4>{question}</h4>
            <p>{answer}</p>
        })
    });
    answered.collect()
}

/// By what she, and everyone, can prove that nobody chose who gets what.
fn proof_view(proof: &Proof) -> View {
    let texts = language().my_trials();
    let seed = proof.seed.clone();
    let parts = answers_view(vec![
        (texts.proof_at, on(proof.registered_at)),
        (texts.proof_protocol, Some(proof.protocol.to_string())),
        (texts.proof_seed_hash, Some(proof.seed_hash.to_string())),
        (texts.proof_seed, seed.or_else(|| Some(texts.proof_not_yet.to_owned()))),
        (texts.proof_algorithm, Some(proof.algorithm.clone())),
    ]);
    view! {
        <Disclosure title=texts.proof>
            <p>{texts.proof_text} " " {texts.proof_own}</p>
            {parts}
            // `rel=external`: an answer of the server, not a page of the app.
            <p><a href=paths::TRIAL_REGISTER rel="external">{texts.proof_register}</a></p>
        </Disclosure>
    }
}
