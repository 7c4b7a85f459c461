//! The whole wiring: contexts, layout, pages.
//!
//! Contexts are provided here and nowhere else: [`Preferences`], [`Drafts`], [`Session`],
//! [`Clock`], [`Connection`], [`Place`]. A change of language builds everything below them anew.

mod footer;
mod header;
mod notices;
mod page;

use leptos::prelude::*;
use leptos::task::spawn_local;

use crate::app::footer::Footer;
use crate::app::header::Header;
use crate::app::notices::{Notices, SessionDialogs};
use crate::app::page::PageView;
use crate::i18n::Language;
use crate::later;
use crate::platform::document;
use crate::state::{Clock, Connection, Drafts, Place, Preferences, Session};
use crate::view::{View, mount, start_executor, view};

/// Mounts the app in place of the page that index.html drew, which stands until the texts are
/// there.
pub fn start() {
    start_executor();
    spawn_local(async {
        let chosen = Preferences::stored_language();
        let there = later::texts(chosen).await.is_ok();
        let language = if there { chosen } else { Language::default() };
        if let Some(place) = document::mount_point() {
            mount(&place, || view! { <App language/> }).forget();
            document::replace_static_page();
        }
    });
}

/// The app.
#[component(transparent)]
pub fn App(
    /// What she reads.
    language: Language,
) -> View {
    let preferences = Preferences::of(language);
    let drafts = Drafts::default();
    let session = Session::start(drafts);
    session.refresh_on_return();
    document::reload_when_restored();
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
        <SessionDialogs/>
    }
}
