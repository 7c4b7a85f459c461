//! The whole wiring: contexts, layout, pages.
//!
//! Contexts are provided here and nowhere else: [`Preferences`], [`Drafts`], [`Session`],
//! [`Clock`], [`Connection`], [`Place`]. A change of language builds everything below them anew.

mod footer;
mod header;
mod notices;
mod page;

use leptos::prelude::*;

use crate::app::footer::Footer;
use crate::app::header::Header;
use crate::app::notices::{Notices, SessionEnded};
use crate::app::page::PageView;
use crate::platform::document;
use crate::state::{Clock, Connection, Drafts, Place, Preferences, Session};
use crate::view::{View, mount, view};

/// Mounts the app in place of the page that index.html drew.
pub fn start() {
    if let Some(place) = document::mount_point() {
        mount(&place, || view! { <App/> }).forget();
        document::replace_static_page();
    }
}

/// The app.
#[component(transparent)]
pub fn App() -> View {
    let preferences = Preferences::load();
    let drafts = Drafts::default();
    let session = Session::start(drafts);
    session.refresh_on_return();
    provide_context(preferences);
    provide_context(drafts);
    provide_context(session);
    provide_context(Clock::of(session));
    provide_context(Connection::watch());
    provide_context(Place::watch());
    view! {
        {move || {
            document::set_language(preferences.language().code());
            view! { <Layout/> }
        }}
    }
}

/// What is around every page.
#[component(transparent)]
fn Layout() -> View {
    view! {
        <Header/>
        <Notices/>
        <main class="container page-container" id="main-content">
            // The page is a function of the address (`routes.rs`).
            <PageView/>
        </main>
        <Footer/>
        <SessionEnded/>
    }
}
