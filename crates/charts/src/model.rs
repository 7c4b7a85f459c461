//! Everything one timeline on a page is made of.

use crate::spec::{Layer, TimelineSpec};
use crate::table::DataTable;

/// A timeline with its texts, in the reader's language. Made by the page from the account.
#[derive(Clone, Debug, PartialEq)]
pub struct TimelineModel {
    /// Heading: “Din konto over tid”.
    pub title: String,
    /// The conclusion, computed, in one sentence.
    pub takeaway: String,
    /// What the chart shows and how it is built, for screen readers: fields, first and last month,
    /// highest and lowest, limits, markers.
    pub description: String,
    /// What the reader must know about single months, below the chart; one sentence each.
    pub notes: Vec<String>,
    /// What every downloaded file says: as of when, from whom, and that the person is made up.
    pub file_note: String,
    /// Name of downloaded files without ending, without personal data: “timer-og-ydelse”.
    pub file_name: String,
    /// The drawing.
    pub spec: TimelineSpec,
    /// Buttons that show and hide layers, in order; leave out layers that the chart does not have.
    pub legend: Vec<LegendItem>,
    /// The exact figures. Row `i` belongs to month `i` of `spec`.
    pub table: DataTable,
}

/// A button that shows and hides a layer.
#[derive(Clone, Debug, PartialEq)]
pub struct LegendItem {
    /// Which layer.
    pub layer: Layer,
    /// Its name: “Grænse 145,53 timer”.
    pub name: String,
}
