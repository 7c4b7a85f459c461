//! `/risikoprofil` outside the form: before the first question, between two visits, and once
//! something is sent, the profile.

use std::sync::Arc;

use jobnet_api::profile::{ProfilePresentation, ProfileResult};
use jobnet_api::profile_exposure::ProfileShown;
use leptos::prelude::*;

use crate::i18n::{fill, language};
use crate::pages::notes::short_name;
use crate::routes::Page;
use crate::state::Place;
use crate::view::{View, view};

use super::asked::{model_of, sealed, with_models};
use super::effects::{acts_view, effects_view};
use super::exposure::exposure_view;
use super::form::heading_later;
use super::history::history_view;
use super::name_window;
use super::remark::{beside_view, contest_view};
use super::result::{Sent, key, result_view};
use super::result_model::drawing;
use super::rights::{about_view, basis_view, help_view, kept};
use super::steps_model::{QUESTIONS, Step, done, open_step};
use super::store::Store;
use super::what_if::what_if_view;
use super::when::when;

/// The page.
pub(super) fn start_view(store: Store) -> View {
    name_window(|| language().profile().start.title.to_owned());
    let newest = Memo::new(move |_| {
        store.profile.with(|profile| profile.submissions.first().map(|sent| sent.id.clone()))
    });
    View::live(move || match newest.get() {
        None => before_view(store),
        Some(_) => sent_view(store),
    })
}

/// What was done last.
fn told_view(store: Store) -> View {
    view! {
        <div role="status">
            {move || store.told.get().map(|told| view! { <p class="note">{told}</p> })}
        </div>
    }
}

/// Nothing is sent yet.
fn before_view(store: Store) -> View {
    let here = language();
    let t = here.profile().start;
    let answers = untrack(|| store.answers());
    let has_begun = !answers.0.is_empty();
    let progress = has_begun.then(|| {
        let done = done(&answers).to_string();
        fill(t.progress, &[("done", &done), ("all", &QUESTIONS.to_string())])
    });
    let basis = store.profile.with_untracked(|profile| profile.legal_basis.clone());
    let kept_days = store.profile.with_untracked(|profile| profile.kept_days);
    view! {
        <h1 tabindex="-1">{t.title}</h1>
        <p class="lead">{t.lead}</p>
        {told_view(store)}
        {basis.is_none().then(|| view! {
            <div class="note" data-part="no-basis">
                <h2>{t.no_basis}</h2>
                <p>{t.no_basis_text}</p>
            </div>
        })}
        {progress.map(|progress| view! { <p data-part="progress">{progress}</p> })}
        <p class="actions">
            <a class="button button-primary" href=open_step(&answers).address()>
                {if has_begun { t.go_on } else { t.begin }}
            </a>
        </p>
        <div class="prose">
            <h2>{t.voluntary}</h2>
            <p>{t.voluntary_text}</p>
            <h2>{t.purpose}</h2>
            <p>{t.purpose_text}</p>
            <h2>{t.who}</h2>
            <p>{t.who_text}</p>
            <h2>{t.kept}</h2>
            <p>{t.kept_text}</p>
            <p>{kept(kept_days, here)}</p>
            {basis.as_ref().map(basis_view)}
            <p><a href=Page::Models.path()>{t.models}</a></p>
        </div>
        {has_begun.then(|| history_view(store, None, || None))}
    }
}

/// Her newest profile and all that belongs to it.
fn sent_view(store: Store) -> View {
    with_models(move |models| {
        let here = language();
        let t = here.profile();
        let Some(sent) =
            store.profile.with_untracked(|profile| profile.submissions.first().map(Sent::from))
        else {
            return View::none();
        };
        let (arm, trial, basis, kept_days) = store.profile.with_untracked(|profile| {
            let basis = profile.legal_basis.clone();
            (profile.presentation, profile.trial.clone(), basis, profile.kept_days)
        });
        let has_basis = basis.is_some();
        let has_profile = matches!(sent.result, ProfileResult::Profile(_));
        // An older profile is not shown unasked either.
        let has_any = store.profile.with_untracked(|profile| {
            let mut results = profile.submissions.iter().map(|sent| &sent.result);
            results.any(|result| matches!(result, ProfileResult::Profile(_)))
        });
        let asked = RwSignal::new(arm != ProfilePresentation::NoneUntilAsked || !has_any);
        let way = use_way(arm);
        let at = sent.received_at;
        // What is shown first is what is noted; the rest she opens.
        let first = if asked.get_untracked() { way.get_untracked() } else { arm };
        let noted = noted_view(&sent, trial.as_deref(), first);
        let shown = sent.clone();
        let models_here = Arc::clone(&models);
        let older = Arc::clone(&models);
        let result = move || {
            if !asked.get() && has_profile {
                return ask_view(asked);
            }
            let has_asked = arm == ProfilePresentation::NoneUntilAsked && has_profile;
            view! {
                <div data-asked=has_asked.then_some("")>
                    {has_profile.then(|| ways_view(way.get()))}
                    {result_view(&shown, &models_here, way.get())}
                    {(!asked.get()).then(|| ask_button(asked, t.result.ask_before))}
                </div>
            }
        };
        let more = move || {
            let ProfileResult::Profile(profile) = &sent.result else { return View::none() };
            if !asked.get() {
                return View::none();
            }
            // Without a law the model does not run here either.
            let model = model_of(&models, &profile.digest).filter(|_| has_basis).and_then(sealed);
            view! {
                {effects_view(profile, &sent, "factors-title".to_owned())}
                {acts_view(profile)}
                {model.map(|model| what_if_view(model.into(), &sent.answers, sent.facts))}
            }
        };
        view! {
            <div class="page-title">
                <h1 tabindex="-1">{t.start.title}</h1>
                <p class="muted">{when(at, t.result.of_day)}</p>
            </div>
            {told_view(store)}
            {noted}
            {result}
            {move || store.profile.with(|profile| beside_view(profile.remark.as_ref()))}
            {help_view()}
            {more}
            <section class="section prose" data-part="again">
                <h2>{t.rights.again}</h2>
                <p>{t.rights.again_text}</p>
                <p class="actions">
                    <a class="button button-primary" href=Step::Review.address()>
                        {t.rights.again}
                    </a>
                </p>
            </section>
            {contest_view(store)}
            {about_view(kept_days, basis.as_ref())}
            {history_view(store, Some(older), move || asked.get().then(|| way.get()))}
        }
    })
}

/// Notes what she is shown because of a trial.
fn noted_view(sent: &Sent, trial: Option<&str>, first: ProfilePresentation) -> View {
    let here = language();
    let drawing = match (&sent.result, first) {
        (ProfileResult::Profile(profile), ProfilePresentation::IconArray) => {
            drawing(profile, here).map(|spec| short_name(&format!("{spec:?}")))
        }
        _ => None,
    };
    let texts = vec![format!("profile.{}", key(first))];
    let shown = ProfileShown::Profile { presentation: first };
    exposure_view(trial, shown, ".profile-result", texts, drawing)
}

/// Nothing of the profile stands there before she asks.
pub(super) fn ask_view(asked: RwSignal<bool>) -> View {
    let t = language().profile().result;
    view! {
        <section class="profile-result" data-part="result" data-presentation="ingen">
            <p class="lead">{t.ask_text}</p>
            {ask_button(asked, t.ask)}
        </section>
    }
}

fn ask_button(asked: RwSignal<bool>, name: &'static str) -> View {
    view! {
        <p class="actions">
            <button
                type="button"
                class="button button-primary"
                data-way="ask"
                on:click=move |_| {
                    asked.set(true);
                    heading_later();
                }
            >
                {name}
            </button>
        </p>
    }
}

const WAYS: [ProfilePresentation; 3] =
    [ProfilePresentation::IconArray, ProfilePresentation::Number, ProfilePresentation::Words];

/// The presentation that the address names, or that her arm has.
fn use_way(arm: ProfilePresentation) -> Memo<ProfilePresentation> {
    let place = expect_context::<Place>();
    let first = if WAYS.contains(&arm) { arm } else { ProfilePresentation::IconArray };
    Memo::new(move |_| {
        let named = place.with(|address| {
            let named = address.value_of("visning")?;
            WAYS.into_iter().find(|way| key(*way) == named)
        });
        named.unwrap_or(first)
    })
}

/// Links to the presentations.
fn ways_view(now: ProfilePresentation) -> View {
    let t = language().profile().result;
    let links: Vec<_> = WAYS
        .into_iter()
        .map(|way| {
            let name = match way {
                ProfilePresentation::Number => t.number,
                ProfilePresentation::Words => t.words,
                ProfilePresentation::IconArray | ProfilePresentation::NoneUntilAsked => t.picture,
            };
            view! {
                <li>
                    <a href=format!("?visning={}", key(way)) aria-current=(way == now).then_some("true")>
                        {name}
                    </a>
                </li>
            }
        })
        .collect();
    view! { <nav class="ways" aria-label=t.ways><ul>{links}</ul></nav> }
}
