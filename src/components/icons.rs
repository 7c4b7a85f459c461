//! Icons, drawn in place. All are ornament: the words beside them say it.

use leptos::prelude::*;

/// Leads on.
#[component]
pub fn Chevron() -> impl IntoView {
    view! {
        <svg class="arrow" viewBox="0 0 24 24" aria-hidden="true" focusable="false">
            <path d="M9 5l7 7-7 7"></path>
        </svg>
    }
}
