//! Columns as a figure: heading, conclusion, drawing, table.

use jobnet_charts::columns::{self, ColumnsSpec};
use leptos::prelude::*;

use crate::components::Disclosure;
use crate::view::{View, view};

use super::ChartStrings;
use super::rows::rows_view;
use super::stage::{Paper, Stage};

/// On paper: as wide as the text of an A4 page.
const PAPER: Paper = Paper { size: (680.0, 220.0), dots: 3.0 };

/// The texts around the columns, in the reader's language.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct ColumnsTexts {
    /// Heading.
    pub title: String,
    /// The conclusion, computed, in one sentence.
    pub takeaway: String,
    /// Header of the months.
    pub month: String,
    /// Header of the numbers.
    pub count: String,
    /// Each month's name and number.
    pub rows: Vec<(String, String)>,
}

/// Columns with heading, conclusion and table.
#[component(transparent)]
pub fn ColumnsChart(
    /// What to show.
    spec: ColumnsSpec,
    /// Its texts.
    texts: ColumnsTexts,
    /// Texts of the controls.
    strings: &'static ChartStrings,
) -> View {
    let ColumnsTexts { title, takeaway, month, count, rows } = texts;
    let stage = Stage::new();
    stage.draw_with(PAPER, || (), move |scene| columns::draw(scene.area, &spec, scene.look));
    let label = format!("{title}. {takeaway}");
    let (name, caption) = (title.clone(), title.clone());
    let rows = rows.into_iter().map(|(month, count)| vec![month, count]).collect();
    let table = rows_view(caption, vec![month, count], rows);
    view! {
        <figure class="chart columns" aria-label=name>
            <figcaption class="chart-head">
                <h3>{title}</h3>
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
