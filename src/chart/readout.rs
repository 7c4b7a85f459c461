//! The figures of the month pointed at, or two months side by side.

use jobnet_charts::model::TimelineModel;
use jobnet_charts::table::{Cell, DataTable, Unit};
use leptos::prelude::*;

use crate::view::{IntoView, View, view};

use super::ChartStrings;
use super::keys::Action;
use super::overlay::moved;
use super::state::ChartState;

/// What stands for a figure that there is nothing to say about.
const NOTHING: &str = "–";

/// Width of the readout when it lies over the drawing, **CSS pixels**; as in `chart.scss`.
const WIDTH: f64 = 272.0;

/// Charts narrower than this have the readout below; as in `chart.scss`.
const OVER_FROM: f64 = 1_060.0;

#[component(transparent)]
pub(super) fn Readout(
    state: ChartState,
    model: Signal<TimelineModel>,
    strings: &'static ChartStrings,
) -> View {
    let place = Memo::new(move |_| {
        let month = state.active.get()?;
        state.layout.with(|layout| {
            let layout = layout.as_ref()?;
            let (width, height) = layout.size;
            if width < OVER_FROM {
                return None;
            }
            let (left, right) = layout.month_edges(month)?;
            let beside = right + 12.0;
            let x = if beside + WIDTH <= width { beside } else { (left - 12.0 - WIDTH).max(0.0) };
            Some((x, height * 0.3))
        })
    });
    let over = Memo::new(move |_| {
        state.layout.with(|layout| layout.as_ref().is_some_and(|l| l.size.0 >= OVER_FROM))
    });
    let month = Memo::new(move |_| {
        state.active.track();
        model.with(|model| state.month_or_first(&model.spec))
    });
    view! {
        <div
            class="chart-readout"
            class:is-over=over
            // Over the drawing it is there only while a month is pointed at; below, always.
            class:is-away=move || over.get() && place.get().is_none()
            style:transform=move || place.get().map(moved).unwrap_or_default()
        >
            {move || {
                model.with(|model| {
                    let pinned = state.pinned.get().filter(|pinned| *pinned != month.get());
                    match pinned {
                        Some(pinned) => {
                            two_months(&model.table, pinned, month.get(), strings).into_view()
                        }
                        None => one_month(&model.table, month.get()).into_view(),
                    }
                })
            }}
        </div>
    }
}

fn one_month(table: &DataTable, month: usize) -> Option<impl IntoView + use<>> {
    let row = table.rows.get(month)?;
    let figures: Vec<_> = (0..table.columns.len())
        .map(|column| {
            let name = table.columns[column].short.clone();
            view! {
                <dt>{name}</dt>
                <dd>{text(table, month, column)}</dd>
            }
        })
        .collect();
    Some(view! {
        <p class="chart-month">{row.month.clone()}</p>
        <dl>{figures}</dl>
        <p class="chart-source">{row.source.clone()}</p>
    })
}

fn two_months(
    table: &DataTable,
    pinned: usize,
    month: usize,
    strings: &ChartStrings,
) -> Option<impl IntoView + use<>> {
    let (a, b) = (table.rows.get(pinned)?, table.rows.get(month)?);
    let heading = (strings.compare)(&b.month, &a.month);
    let differences = table.differences(pinned, month);
    let rows: Vec<_> = (0..table.columns.len())
        .filter(|column| table.columns[*column].unit != Unit::Text)
        .map(|column| {
            let difference = differences[column]
                .map(|hundredths| in_words(table.columns[column].unit, hundredths, strings));
            let (value, other) = (text(table, month, column), text(table, pinned, column));
            let both = (strings.compare)(&value, &other);
            view! {
                <dt>{table.columns[column].short.clone()}</dt>
                <dd>{both} <span>{difference}</span></dd>
            }
        })
        .collect();
    Some(view! {
        <p class="chart-month">{heading}</p>
        <dl class="chart-compare">{rows}</dl>
    })
}

fn cell(table: &DataTable, month: usize, column: usize) -> Option<&Cell> {
    table.rows.get(month)?.cells.get(column)?.as_ref()
}

fn text(table: &DataTable, month: usize, column: usize) -> String {
    cell(table, month, column).map_or_else(|| NOTHING.to_owned(), |cell| cell.text.clone())
}

fn in_words(unit: Unit, hundredths: i64, strings: &ChartStrings) -> String {
    match unit {
        Unit::Hours => (strings.difference_hours)(hundredths),
        Unit::Kroner => (strings.difference_kroner)(hundredths),
        Unit::Text => String::new(),
    }
}

/// What a screen reader says after a key or a button.
pub(super) fn spoken(
    wish: Action,
    model: &TimelineModel,
    state: ChartState,
    strings: &ChartStrings,
) -> String {
    let table = &model.table;
    let month = state.month_or_first(&model.spec);
    let Some(row) = table.rows.get(month) else { return String::new() };
    let pinned = state.pinned.get_untracked();
    match wish {
        Action::ZoomIn | Action::ZoomOut | Action::ZoomReset | Action::Pan(_) => {
            // Not the layout's: the next drawing is still to come.
            let width = state.layout.with_untracked(|l| l.as_ref().map_or(0.0, |l| l.size.0));
            let window = state.view(&model.spec, width).window;
            let name = |index: usize| table.rows.get(index).map_or("", |row| row.month.as_str());
            (strings.showing)(name(window.first()), name(window.last()))
        }
        Action::Pin if pinned.is_some() => (strings.pinned)(&row.month),
        Action::Leave if state.active.get_untracked().is_none() => String::new(),
        Action::Table if state.table.get_untracked() => table.caption.clone(),
        Action::Table => String::new(),
        _ => {
            let mut words = match state.column.get_untracked() {
                Some(column) if column < table.columns.len() => {
                    let name = &table.columns[column].short;
                    let figure = cell(table, month, column);
                    let figure = figure.map_or(strings.nothing, |cell| cell.text.as_str());
                    format!("{}. {name}: {}", row.month, figure)
                }
                _ => row.sentence.clone(),
            };
            if let Some(pinned) = pinned.filter(|pinned| *pinned != month)
                && let Some(other) = table.rows.get(pinned)
            {
                words.push_str(if words.ends_with('.') { " " } else { ". " });
                words.push_str(&(strings.compare)(&row.month, &other.month));
                for (column, hundredths) in table.differences(pinned, month).iter().enumerate() {
                    if let Some(hundredths) = hundredths {
                        let column = &table.columns[column];
                        let difference = in_words(column.unit, *hundredths, strings);
                        words.push_str(&format!(". {}: {difference}", column.short));
                    }
                }
            }
            words
        }
    }
}
