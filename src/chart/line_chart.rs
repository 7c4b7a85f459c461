//! A line as a figure: heading, conclusion, drawing, table.

use jobnet_charts::line::{self, LineSpec};
use leptos::prelude::*;

use crate::components::Disclosure;
use crate::view::{View, view};

use super::ChartStrings;
use super::rows::rows_view;
use super::stage::{Paper, Stage};

/// On paper: as wide as the text of an A4 page.
const PAPER: Paper = Paper { size: (680.0, 260.0), dots: 3.0 };

/// The texts around a line, in the reader's language.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct LineTexts {
    /// Heading.
    pub title: String,
    /// What the axes are, or the conclusion.
    pub takeaway: String,
    /// Headers of the table.
    pub columns: Vec<String>,
    /// Rows of the table.
    pub rows: Vec<Vec<String>>,
}

/// A line with heading, conclusion and table.
#[component(transparent)]
pub fn LineChart(
    /// Places along the axis, ascending, and values.
    points: Vec<(f64, f64)>,
    /// Its texts.
    texts: LineTexts,
    /// Between thousands.
    thousands: char,
    /// Texts of the controls.
    strings: &'static ChartStrings,
) -> View {
    let LineTexts { title, takeaway, columns, rows } = texts;
    let spec = LineSpec { points, range: None, thousands };
    let stage = Stage::new();
    stage.draw_with(PAPER, || (), move |scene| line::draw(scene.area, &spec, scene.look));
    let label = format!("{title}. {takeaway}");
    let (name, caption) = (title.clone(), title.clone());
    let table = rows_view(caption, columns, rows);
    view! {
        <figure class="chart columns" aria-label=name>
            <figcaption class="chart-head">
                <h4>{title}</h4>
                <p class="takeaway">{takeaway}</p>
            </figcaption>
            <div class="columns-plot" node_ref=stage.wrapper role="img" aria-label=label>
                <canvas node_ref=stage.canvas aria-hidden="true"></canvas>
            </div>
            <Disclosure title=strings.show_table.to_owned()>
                <div class="chart-table">{table}</div>
            </Disclosure>
        </figure>
    }
}
