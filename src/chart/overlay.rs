//! What lies over the drawing: the month pointed at, the pinned month, a dot on the figure. HTML
//! moved by transforms, so that a pointer never makes the canvas draw.

use jobnet_charts::model::TimelineModel;
use jobnet_charts::spec::{HoursMark, Panel};
use jobnet_charts::table::Unit;
use jobnet_charts::timeline::Layout;
use leptos::prelude::*;

use crate::view::{View, view};

use super::state::ChartState;

/// A length in **CSS pixels**, to a tenth. Of whole numbers: to write a float costs the page more
/// code than all of this file.
fn px(length: f64) -> String {
    let tenths = (length * 10.0).round() as i32;
    let sign = if tenths < 0 { "-" } else { "" };
    format!("{sign}{}.{}px", tenths.unsigned_abs() / 10, tenths.unsigned_abs() % 10)
}

/// Moves an element to a place in **CSS pixels**.
pub(super) fn moved((x, y): (f64, f64)) -> String {
    format!("translate({},{})", px(x), px(y))
}

#[component(transparent)]
pub(super) fn Overlay(state: ChartState, model: Signal<TimelineModel>) -> View {
    let dot = Memo::new(move |_| {
        let month = state.active.get()?;
        state.layout.with(|layout| {
            model.with(|model| dot(layout.as_ref()?, model, month, state.column.get()))
        })
    });
    view! {
        <Band state month=state.pinned class="chart-band chart-band-pinned"/>
        <Band state month=state.active class="chart-band"/>
        <div
            class="chart-dot"
            hidden=move || dot.get().is_none()
            style:transform=move || dot.get().map(moved).unwrap_or_default()
        ></div>
    }
}

/// A month from top to bottom of the fields, with a line in its middle.
#[component(transparent)]
fn Band(state: ChartState, month: RwSignal<Option<usize>>, class: &'static str) -> View {
    let place = Memo::new(move |_| {
        let month = month.get()?;
        state.layout.with(|layout| {
            let layout = layout.as_ref()?;
            let (left, right) = layout.month_edges(month)?;
            let (top, bottom) = layout.field_edges()?;
            Some(((left, top), (right - left, bottom - top)))
        })
    });
    view! {
        <div
            class=class
            hidden=move || place.get().is_none()
            style:transform=move || place.get().map(|(corner, _)| moved(corner)).unwrap_or_default()
            style:width=move || place.get().map(|(_, size)| px(size.0)).unwrap_or_default()
            style:height=move || place.get().map(|(_, size)| px(size.1)).unwrap_or_default()
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

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn lengths_are_written_to_a_tenth() {
        assert_eq!(moved((12.04, -0.06)), "translate(12.0px,-0.1px)");
        assert_eq!(px(1_059.96), "1060.0px");
        assert_eq!(px(-12.25), "-12.3px");
        assert_eq!(px(f64::NAN), "0.0px");
    }
}
