//! The timeline as a figure.

use jobnet_charts::model::TimelineModel;
use leptos::prelude::*;

use super::ChartStrings;

/// A timeline with heading, conclusion, legend, tools, readout and table.
#[component]
pub fn TimelineChart(
    /// What to show; changes are drawn in the next frame.
    #[prop(into)]
    model: Signal<TimelineModel>,
    /// Texts of the controls in the reader's language.
    #[prop(into)]
    strings: Signal<&'static ChartStrings>,
) -> impl IntoView {
    let _ = strings;
    view! { <figure class="chart">{move || model.with(|model| model.title.clone())}</figure> }
}
