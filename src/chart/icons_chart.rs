//! A hundred figures as a picture with what they mean, and the same as a table.

use jobnet_charts::icons::{self, IconsSpec};
use leptos::prelude::*;

use crate::components::Disclosure;
use crate::view::{View, view};

use super::ChartStrings;
use super::rows::rows_view;
use super::stage::{Paper, Stage};

/// On paper: as on a phone, with more dots.
const PAPER: Paper = Paper { size: (320.0, 352.0), dots: 3.0 };

/// The texts around the figures, in the reader's language.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct IconsTexts {
    /// Heading.
    pub title: String,
    /// The whole picture in one sentence, for screen readers.
    pub label: String,
    /// What a filled figure is.
    pub marked: String,
    /// What a hollow one is.
    pub unmarked: String,
    /// Headers of the table.
    pub columns: [String; 2],
    /// Rows of the table.
    pub rows: Vec<(String, String)>,
}

/// Figures with heading, legend and table.
#[component(transparent)]
pub fn IconsChart(
    /// What to show.
    spec: IconsSpec,
    /// Its texts.
    texts: IconsTexts,
    /// Texts of the controls.
    strings: &'static ChartStrings,
) -> View {
    let IconsTexts { title, label, marked, unmarked, columns, rows } = texts;
    let stage = Stage::new();
    stage.draw_with(PAPER, || (), move |scene| icons::draw(scene.area, &spec, scene.look));
    let (name, caption) = (title.clone(), title.clone());
    let rows = rows.into_iter().map(|(what, figure)| vec![what, figure]).collect();
    let table = rows_view(caption, columns.to_vec(), rows);
    view! {
        <figure class="chart icons" aria-label=name>
            <figcaption class="chart-head"><h3>{title}</h3></figcaption>
            <div class="icons-plot" node_ref=stage.wrapper role="img" aria-label=label>
                <canvas node_ref=stage.canvas aria-hidden="true"></canvas>
            </div>
            <ul class="icons-legend">
                <li><span class="icons-key icons-marked" aria-hidden="true"></span>{marked}</li>
                <li><span class="icons-key" aria-hidden="true"></span>{unmarked}</li>
            </ul>
            <Disclosure title=strings.show_table.to_owned()>
                <div class="chart-table">{table}</div>
            </Disclosure>
        </figure>
    }
}
