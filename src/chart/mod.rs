//! The reactive shell around `jobnet_charts`: figure, legend, tools, keys, readout, table.
//!
//! Knows no law, no language and no account: texts come in with [`ChartStrings`] and the model.

mod strings;

mod timeline_chart;

mod state;

mod keys;

mod gestures;

mod hand;

mod stage;

mod overlay;

mod readout;

mod legend;

mod toolbar;

mod files;

mod data_table;

mod counter_canvas;

pub use counter_canvas::CounterCanvas;
pub use strings::ChartStrings;
pub use timeline_chart::TimelineChart;
