//! What lies over the drawing: the month pointed at, the pinned month, a dot on the figure. HTML
//! moved by transforms, so that a pointer never makes the canvas draw.

use jobnet_charts::model::TimelineModel;
use jobnet_charts::spec::{HoursMark, Panel};
use jobnet_charts::table::Unit;
use jobnet_charts::timeline::Layout;
use leptos::prelude::*;

use crate::view::{View, view};

use super::state::ChartState;

/// Moves an element to a place in **CSS pixels**.
pub(super) fn moved(x: f64, y: f64) -> String {
    format!("translate({x:.1}px,{y:.1}px)")
}

#[component(transparent)]
pub(super) fn Overlay(state: ChartState, model: Signal<TimelineModel>) -> View {
    let dot = move || {
        state.layout.with(|layout| {
            model
                .with(|model| dot(layout.as_ref()?, model, state.active.get()?, state.column.get()))
        })
    };
    view! {
        <Band state month=state.pinned class="chart-band chart-band-pinned"/>
        <Band state month=state.active class="chart-band"/>
        <div
            class="chart-dot"
            hidden=move || dot().is_none()
            style:transform=move || dot().map(|(x, y)| moved(x, y)).unwrap_or_default()
        ></div>
    }
}

/// A month from top to bottom of the fields, with a line in its middle.
#[component(transparent)]
fn Band(state: ChartState, month: RwSignal<Option<usize>>, class: &'static str) -> View {
    let place = Memo::new(move |_| {
        state.layout.with(|layout| {
            let layout = layout.as_ref()?;
            let (left, right) = layout.month_edges(month.get()?)?;
            let (top, bottom) = layout.field_edges()?;
            Some((left, top, right - left, bottom - top))
        })
    });
    let px = |value: Option<f64>| value.map(|value| format!("{value:.1}px")).unwrap_or_default();
    view! {
        <div
            class=class
            hidden=move || place.get().is_none()
            style:transform=move || place.get().map(|p| moved(p.0, p.1)).unwrap_or_default()
            style:width=move || px(place.get().map(|p| p.2))
            style:height=move || px(place.get().map(|p| p.3))
        ></div>
    }
}

/// Where the dot stands: on the bar if the keys are on a column of hours, else on the benefit.
fn dot(
    layout: &Layout,
    model: &TimelineModel,
    month: usize,
    column: Option<usize>,
) -> Option<(f64, f64)> {
    let plot = layout.plot.as_ref()?;
    let (left, right) = layout.month_edges(month)?;
    let point = model.spec.months.get(month)?;
    let unit = column.and_then(|column| model.table.columns.get(column)).map(|c| c.unit);
    let on_hours = match unit {
        Some(Unit::Hours) => true,
        Some(_) => false,
        None => point.benefit.value().is_none() && point.hours != HoursMark::Absent,
    };
    let (panel, value) = if on_hours {
        (Panel::Hours, point.hours.value()?)
    } else {
        (Panel::Benefit, point.benefit.value()?)
    };
    Some(((left + right) / 2.0, plot.panel(panel)?.y.to_px(value)))
}
