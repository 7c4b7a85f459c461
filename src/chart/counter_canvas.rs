//! A counter as a picture.

use jobnet_charts::counter::CounterSpec;
use leptos::prelude::*;

/// One counter. The words beside it are the page's.
#[component]
pub fn CounterCanvas(
    /// What to show; changes are drawn in the next frame.
    #[prop(into)]
    spec: Signal<CounterSpec>,
    /// The whole counter in one sentence, for screen readers.
    #[prop(into)]
    label: Signal<String>,
) -> impl IntoView {
    let _ = spec;
    view! { <div class="counter-canvas" role="img" aria-label=label></div> }
}
