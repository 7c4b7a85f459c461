//! The whole wiring: contexts, layout, pages.
//!
//! Contexts are provided here and nowhere else: [`Preferences`], [`Drafts`], [`Session`],
//! [`Clock`], [`Connection`]. A change of language builds everything below them anew.

mod footer;
mod header;
mod notices;
mod page;

use leptos::mount::mount_to;
use leptos::prelude::*;
use leptos_router::WildcardSegment;
use leptos_router::components::{FlatRoutes, Route, Router};

use crate::app::footer::Footer;
use crate::app::header::Header;
use crate::app::notices::{Notices, SessionEnded};
use crate::app::page::PageView;
use crate::platform::document;
use crate::state::{Clock, Connection, Drafts, Preferences, Session};

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
    session.refresh_on_return();
    provide_context(preferences);
    provide_context(drafts);
    provide_context(session);
    provide_context(Clock::of(session));
    provide_context(Connection::watch());
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
        <Header/>
        <Notices/>
        <main class="container page-container" id="main-content">
            // The page is a function of the address (`routes.rs`): one route for all of them keeps
            // the router's types, and with them the wasm, small.
            <FlatRoutes fallback=PageView>
                <Route path=WildcardSegment("page") view=PageView/>
            </FlatRoutes>
        </main>
        <Footer/>
        <SessionEnded/>
    }
}
