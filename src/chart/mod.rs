//! The reactive shell around `jobnet_charts`: figure, legend, tools, keys, readout, table.
//!
//! Knows no law, no language and no account: texts come in with [`ChartStrings`] and the model.

mod counter_canvas;
mod strings;
mod timeline_chart;

pub use counter_canvas::CounterCanvas;
pub use strings::ChartStrings;
pub use timeline_chart::TimelineChart;
