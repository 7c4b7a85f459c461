//! What stands in the place of a page while its figures are on their way. Index.html draws the
//! same before the app is there: change both together.

use leptos::prelude::*;

use crate::view::{View, view};

/// A heading, three answers and a picture, without content.
#[component(transparent)]
pub fn PageSkeleton(
    /// What a screen reader says meanwhile.
    label: &'static str,
) -> View {
    view! {
        <div class="skeleton" aria-busy="true">
            <p class="sr-only" role="status">{label}</p>
            <div class="bone bone-title"></div>
            <div class="bone-answers">
                <div class="bone"></div>
                <div class="bone"></div>
                <div class="bone"></div>
            </div>
            <div class="bone bone-task"></div>
            <div class="bone bone-chart"></div>
        </div>
    }
}
