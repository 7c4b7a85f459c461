//! `/log-ind`: the ways in, and why the last try did not succeed; `/logget-ind`: back from the
//! provider in a tab of its own; and a citizen whom the registers do not know.

use jobnet_api::boot::SignInProblem;
use leptos::prelude::*;

use crate::i18n::language;
use crate::pages::landing::{Identities, WayIn};
use crate::platform::document;
use crate::platform::navigation::Address;
use crate::routes::Page;
use crate::state::{Place, Session};
use crate::view::{View, view};

const PROBLEMS: [SignInProblem; 6] = [
    SignInProblem::Refused,
    SignInProblem::Level,
    SignInProblem::Expired,
    SignInProblem::Provider,
    SignInProblem::NoAccess,
    SignInProblem::Link,
];

fn problem_of(address: &Address) -> Option<SignInProblem> {
    let key = address.value_of("problem")?;
    PROBLEMS.into_iter().find(|problem| problem.key() == key)
}

/// The page.
pub fn sign_in() -> View {
    let t = language().prose().sign_in;
    let session = expect_context::<Session>();
    let place = expect_context::<Place>();
    let problem = move || place.with(problem_of);
    if untrack(problem).is_some() {
        // She comes from elsewhere: what she reads first says where she is, and why.
        request_animation_frame(move || {
            if document::is_untouched() {
                place.arrive();
            }
        });
    }
    let told = move || {
        problem().map(|problem| {
            let (title, text) = match problem {
                SignInProblem::Refused => (t.refused, t.refused_text),
                SignInProblem::Level => (t.level, t.level_text),
                SignInProblem::Expired => (t.expired, t.expired_text),
                SignInProblem::Provider => (t.provider, t.provider_text),
                SignInProblem::NoAccess => (t.no_access, t.no_access_text),
                SignInProblem::Link => (t.link, t.link_text),
            };
            view! {
                <div class="alert alert-warning" role="alert" data-problem=problem.key()>
                    <div class="alert-body">
                        <h2 class="alert-heading">{title}</h2>
                        <p class="alert-text">{text}</p>
                    </div>
                </div>
            }
        })
    };
    let has_provider = session.boot().is_some_and(|boot| boot.sign_in_at.is_some());
    let has_demo = session.boot().is_some_and(|boot| !boot.personas.is_empty());
    let steps: Vec<_> = [t.step_there, t.step_back, t.step_out]
        .into_iter()
        .map(|step| view! { <li>{step}</li> })
        .collect();
    view! {
        <h1>{t.title}</h1>
        {told}
        {has_provider
            .then(|| {
                view! {
                    <p class="lead">{t.lead}</p>
                    <WayIn/>
                    <section class="section prose" aria-labelledby="steps-heading">
                        <h2 id="steps-heading">{t.steps}</h2>
                        <ol>{steps}</ol>
                    </section>
                }
            })}
        {(has_demo || !has_provider)
            .then(|| {
                view! {
                    <section class="section" aria-labelledby="demo-heading">
                        <h2 id="demo-heading">{t.demo}</h2>
                        <Identities/>
                    </section>
                }
            })}
    }
}

/// Signed in, perhaps for another tab.
pub fn signed_in() -> View {
    let t = language().prose().sign_in;
    view! {
        <h1>{t.there}</h1>
        <p class="lead">{t.there_text}</p>
        <p class="actions">
            <a class="button button-primary" href=Page::Home.path()>{t.there_on}</a>
        </p>
    }
}

/// Signed in, but not in any register.
pub fn unregistered() -> View {
    let t = language().prose().sign_in;
    view! {
        <h1>{t.unknown}</h1>
        <p class="lead">{t.unknown_text}</p>
    }
}
