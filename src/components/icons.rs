//! Icons, drawn in place. All are ornament: the words beside them say it.

use leptos::prelude::*;

use crate::view::{View, view};

/// Leads on.
#[component(transparent)]
pub fn Chevron() -> View {
    view! {
        <svg class="arrow" viewBox="0 0 24 24" aria-hidden="true" focusable="false">
            <path d="M9 5l7 7-7 7"></path>
        </svg>
    }
}
