//! The legend: what is what, and buttons to show and hide it.

use jobnet_charts::model::{LegendItem, TimelineModel};
use jobnet_charts::spec::Layer;
use leptos::prelude::*;

use crate::view::{View, view};

use super::ChartStrings;
use super::state::ChartState;

#[component(transparent)]
pub(super) fn Legend(
    state: ChartState,
    model: Signal<TimelineModel>,
    strings: &'static ChartStrings,
) -> View {
    let items = Memo::new(move |_| model.with(|model| model.legend.clone()));
    let button = move |LegendItem { layer, name }: LegendItem| {
        let shown = move || if state.hidden.get().shows(layer) { "true" } else { "false" };
        view! {
            <li>
                <button type="button" aria-pressed=shown on:click=move |_| state.toggle(layer)>
                    <Swatch layer/>
                    {name}
                </button>
            </li>
        }
    };
    view! {
        <ul class="chart-legend no-max-width" aria-label=strings.legend>
            {move || items.get().into_iter().map(button).collect::<Vec<_>>()}
        </ul>
    }
}

/// How a layer looks, in small; the classes carry the colours.
#[component(transparent)]
fn Swatch(layer: Layer) -> View {
    let (class, path) = match layer {
        Layer::Benefit => ("sw-benefit", "M1 12h6V4h6v4h6"),
        Layer::Hours => ("sw-hours", "M3 15V6h5v9zM12 15V2h5v13z"),
        Layer::Limits => ("sw-limit", "M0 8h20"),
        Layer::Spells => ("sw-sick", "M5 0v16h10V0z"),
        Layer::Sanctions => ("sw-sanction", "M6 16V1l9 4-9 4"),
        Layer::Unknown => ("sw-unknown", "M5 16V2h10v14"),
        Layer::Unsettled => ("sw-hatch", "M0 12L12 0M4 16L20 0M12 16L20 8"),
    };
    view! {
        <svg class=class viewBox="0 0 20 16" aria-hidden="true">
            <path d=path></path>
        </svg>
    }
}
