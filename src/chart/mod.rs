//! The reactive shell around `jobnet_charts`: figure, legend, tools, keys, readout, table.
//!
//! Knows no law, no language and no account: texts come in with [`ChartStrings`] and the model.

mod strings;

mod timeline_chart;

mod state;

mod keys;

mod gestures;

mod hand;

mod rows;
mod stage;

mod overlay;

mod readout;

mod legend;

mod toolbar;

mod menu;

mod files;

mod data_table;

mod columns_chart;

mod calibration_chart;

mod icons_chart;

mod counter_canvas;

mod line_chart;

use jobnet_charts::model::TimelineModel;
use leptos::prelude::Signal;

pub use calibration_chart::CalibrationChart;
pub use columns_chart::{ColumnsChart, ColumnsTexts};
pub use counter_canvas::CounterCanvas;
pub use data_table::table_view;
pub use icons_chart::{IconsChart, IconsTexts};
pub use line_chart::{LineChart, LineTexts};
pub use menu::{Menu, menu_view};
pub use rows::rows_view;
pub use strings::ChartStrings;
pub use timeline_chart::TimelineChart;

/// One timeline: what it shows, what its reader has chosen, where it is drawn.
#[derive(Clone, Copy)]
struct Chart {
    model: Signal<TimelineModel>,
    state: state::ChartState,
    stage: stage::Stage,
    strings: &'static ChartStrings,
}
