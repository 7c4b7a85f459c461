//! Something that opens on demand, such as how a figure was worked out.

use leptos::prelude::*;

use crate::view::{Children, View, view};

/// A heading that opens what it is about. The children are made at once; for long content make
/// them lazily inside.
#[component(transparent)]
pub fn Disclosure(
    /// What it is about.
    #[prop(into)]
    title: Signal<String>,
    /// What it holds.
    children: Children,
) -> View {
    view! {
        <details class="disclosure">
            <summary>{move || title.get()}</summary>
            <div class="disclosure-body">{children()}</div>
        </details>
    }
}
