//! An address that means nothing.

use leptos::prelude::*;

use crate::i18n::messages;
use crate::routes::Page;
use crate::view::{View, view};

/// The page.
#[component(transparent)]
pub fn NotFound() -> View {
    let t = messages().shell;
    view! {
        <h1>{t.not_found}</h1>
        <p class="lead">{t.not_found_text}</p>
        <p class="actions">
            <a class="button button-primary" href=Page::Home.path()>
                {t.not_found_home}
            </a>
        </p>
    }
}
