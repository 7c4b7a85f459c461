//! How a model's shares came true, as a figure: heading, conclusion, drawing, table.

use jobnet_charts::calibration::{self, CalibrationSpec};
use leptos::prelude::*;

use crate::components::Disclosure;
use crate::view::{View, view};

use super::rows::rows_view;
use super::stage::{Paper, Stage};
use super::{ChartStrings, LineTexts};

/// On paper: as on the screen, with more dots.
const PAPER: Paper = Paper { size: (480.0, 420.0), dots: 3.0 };

/// The plot with heading, conclusion and table.
#[component(transparent)]
pub fn CalibrationChart(
    /// What to show.
    spec: CalibrationSpec,
    /// Its texts.
    texts: LineTexts,
    /// Texts of the controls.
    strings: &'static ChartStrings,
) -> View {
    let LineTexts { title, takeaway, columns, rows } = texts;
    let stage = Stage::new();
    stage.draw_with(PAPER, || (), move |scene| calibration::draw(scene.area, &spec, scene.look));
    let label = format!("{title}. {takeaway}");
    let (name, caption) = (title.clone(), title.clone());
    let table = rows_view(caption, columns, rows);
    view! {
        <figure class="chart calibration" aria-label=name>
            <figcaption class="chart-head">
                <h3>{title}</h3>
                <p class="takeaway">{takeaway}</p>
            </figcaption>
            <div class="calibration-plot" node_ref=stage.wrapper role="img" aria-label=label>
                <canvas node_ref=stage.canvas aria-hidden="true"></canvas>
            </div>
            <Disclosure title=strings.show_table.to_owned()>
                <div class="chart-table">{table}</div>
            </Disclosure>
        </figure>
    }
}
