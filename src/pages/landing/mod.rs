//! Signed out: what this is, that everyone in it is made up, and the ways in.

use jobnet_api::boot::{Persona, Role};
use jobnet_api::paths;
use leptos::prelude::*;
use leptos::task::spawn_local;

use crate::api;
use crate::components::Chevron;
use crate::i18n::messages;
use crate::platform::navigation;
use crate::routes::Page;
use crate::state::{Place, Session};
use crate::view::{View, view};

/// The page.
pub(crate) fn landing() -> View {
    let t = messages().landing;
    let session = expect_context::<Session>();
    let has_demo =
        session.boot().is_none_or(|boot| !boot.personas.is_empty() || boot.sign_in_at.is_none());
    view! {
        <h1>{t.title}</h1>
        <p class="lead">{t.lead}</p>
        <WayIn/>
        {has_demo
            .then(|| {
                view! {
                    <section class="section" aria-labelledby="choose-heading">
                        <h2 id="choose-heading">{t.choose}</h2>
                        <p class="muted">{t.choose_hint}</p>
                        <Identities/>
                    </section>
                }
            })}
    }
}

/// The way to the provider, if there is one; afterwards she comes back to where she was. When
/// something she typed waits in this page, she goes there in a tab of its own: a page that is left
/// remembers nothing (docs/decisions/0006).
#[component(transparent)]
pub fn WayIn() -> View {
    let t = messages().landing;
    let session = expect_context::<Session>();
    let place = expect_context::<Place>();
    View::live(move || {
        let at = session.boot().and_then(|boot| boot.sign_in_at.clone())?;
        let in_new_tab = session.keeps_drafts();
        let page = match place.with(|address| Page::of(&address.path)) {
            _ if in_new_tab => Page::SignedIn,
            Page::SignIn => Page::Home,
            // Whose page it was is not said to the provider.
            page if page.is_about_a_citizen() => Page::Caseload,
            Page::Trial => Page::Trials,
            page => page,
        };
        let onward = onward(place).filter(|_| !in_new_tab);
        let to = format!("{at}?return_to={}", onward.as_deref().unwrap_or(page.path()));
        let target = in_new_tab.then_some("_blank");
        Some(view! {
            <p class="actions">
                <a class="button button-primary" href=to target=target>{t.way_in}</a>
            </p>
            <p class="small muted">{if in_new_tab { t.way_in_new_tab } else { t.way_in_hint }}</p>
        })
    })
}

/// The page of the link of a message that she came by, to which she goes once she is signed in.
fn onward(place: Place) -> Option<String> {
    place.with(|address| {
        let page = address.value_of("til").filter(|page| paths::is_plain(page))?;
        (Page::of(&address.path) == Page::SignIn).then(|| page.to_owned())
    })
}

/// The demo identities: one click signs in. Also the list of the header's switch.
#[component(transparent)]
pub fn Identities() -> View {
    let t = messages().landing;
    let session = expect_context::<Session>();
    let personas =
        Memo::new(move |_| session.boot().map(|boot| boot.personas.clone()).unwrap_or_default());
    View::live(move || {
        let personas = personas.get();
        if personas.is_empty() {
            return view! { <p>{t.no_ways_in}</p> };
        }
        let (citizens, staff): (Vec<_>, Vec<_>) =
            personas.into_iter().partition(|persona| persona.roles.contains(&Role::Citizen));
        let group = |title: &'static str, personas: Vec<Persona>| {
            let items: Vec<_> =
                personas.into_iter().map(|persona| identity(session, persona)).collect();
            view! {
                <h3 class="group">{title}</h3>
                <ul class="identities">{items}</ul>
            }
        };
        view! { {group(t.citizens, citizens)} {group(t.staff, staff)} }
    })
}

fn identity(session: Session, persona: Persona) -> View {
    let story = messages().identities.of(&persona.key);
    let key = persona.key.clone();
    let onward = untrack(|| onward(expect_context()));
    let choose = move |_| {
        let (key, Some(page)) = (key.clone(), onward.clone()) else {
            return session.sign_in(key.clone());
        };
        spawn_local(async move {
            match api::demo_sign_in(&key).await {
                Ok(()) => navigation::leave_for(&page),
                // Once more, where what is wrong is told.
                Err(_) => session.sign_in(key),
            }
        });
    };
    view! {
        <li>
            <button
                type="button"
                data-persona=persona.key
                disabled=move || session.busy()
                on:click=choose
            >
                <span class="who">{persona.name}</span>
                <span class="story">{story}</span>
                <Chevron/>
            </button>
        </li>
    }
}
