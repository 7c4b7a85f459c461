//! Signed out: what this is, and the ways in.

use leptos::prelude::*;

use crate::i18n::messages;

/// The page.
#[component]
pub fn Landing() -> impl IntoView {
    let t = messages().landing;
    view! { <h1 tabindex="-1" id="page-title">{t.title}</h1> }
}
