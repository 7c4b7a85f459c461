//! The whole wiring: contexts, layout, pages.
//!
//! Contexts are provided here and nowhere else: [`Preferences`], [`Drafts`], [`Session`],
//! [`Clock`]. A change of language builds everything below the contexts anew.

use std::sync::Arc;

use jobnet_api::account::AccountAnswer;
use leptos::mount::mount_to;
use leptos::prelude::*;
use leptos_router::components::{FlatRoutes, Router};

use crate::pages::account::HoursPage;
use crate::pages::landing::Landing;
use crate::pages::overview::Overview;
use crate::platform::document;
use crate::routes::{Page, use_page};
use crate::state::{Clock, Drafts, Preferences, Session, Who};

/// Mounts the app in place of the page that index.html drew.
pub fn start() {
    if let Some(place) = document::mount_point() {
        mount_to(place, App).forget();
        document::replace_static_page();
    }
}

/// The app.
#[component]
pub fn App() -> impl IntoView {
    let preferences = Preferences::load();
    let drafts = Drafts::default();
    let session = Session::start(drafts);
    provide_context(preferences);
    provide_context(drafts);
    provide_context(session);
    provide_context(Clock::of(session));
    view! {
        <Router>
            {move || {
                document::set_language(preferences.language().code());
                view! { <Layout/> }
            }}
        </Router>
    }
}

/// What is around every page.
#[component]
fn Layout() -> impl IntoView {
    view! {
        <main class="container page-container" id="main-content">
            // One route for all: the page is a function of the address (`routes.rs`), so the
            // router needs no tree of types.
            <FlatRoutes fallback=PageView>{()}</FlatRoutes>
        </main>
    }
}

/// The page of the address, for whoever looks.
#[component]
fn PageView() -> impl IntoView {
    let page = use_page();
    let session = expect_context::<Session>();
    move || match page.get() {
        Page::Home => view! { <SignedIn session citizen=overview/> }.into_any(),
        Page::Hours => view! { <SignedIn session citizen=hours/> }.into_any(),
        _ => view! { <Landing/> }.into_any(),
    }
}

fn overview(answer: Signal<Arc<AccountAnswer>>) -> AnyView {
    view! { <Overview answer/> }.into_any()
}

fn hours(answer: Signal<Arc<AccountAnswer>>) -> AnyView {
    view! { <HoursPage answer/> }.into_any()
}

/// A page of the signed-in citizen, or what stands in its place.
#[component]
fn SignedIn(session: Session, citizen: fn(Signal<Arc<AccountAnswer>>) -> AnyView) -> impl IntoView {
    let who = session.who();
    move || match who.get() {
        Who::Citizen(_) => {
            // The last answer is kept while the page lives, so that it never stands empty.
            session.account().map(|first| {
                let answer = Memo::new(move |last: Option<&Arc<AccountAnswer>>| {
                    session
                        .account()
                        .or_else(|| last.cloned())
                        .unwrap_or_else(|| Arc::clone(&first))
                });
                citizen(answer.into())
            })
        }
        _ => Some(view! { <Landing/> }.into_any()),
    }
}
