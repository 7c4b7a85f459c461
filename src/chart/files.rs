//! The files a reader can take with her: picture, drawing, numbers. Each says what it is.

use jobnet_charts::file;
use jobnet_charts::model::TimelineModel;
use jobnet_charts::picture::{Look, SVG_FONT_SCALE};
use jobnet_charts::theme::LIGHT;
use jobnet_charts::timeline::View;
use plotters::prelude::IntoDrawingArea;

use crate::platform::canvas_backend::Canvas;
use crate::platform::measure::TextMeter;
use crate::platform::{canvas, download};

/// A kind of file.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum FileKind {
    /// Pixels, for documents.
    Png,
    /// Lines, for print.
    Svg,
    /// Numbers, for spreadsheets.
    Csv,
}

/// Pixels of a PNG for each pixel of the drawing.
const PNG_DOTS: f64 = 2.0;

/// Makes a file and hands it over. `failed` is called if the browser cannot.
pub(super) fn save(
    kind: FileKind,
    model: &TimelineModel,
    view: &View,
    decimal: char,
    meter: &TextMeter,
    failed: impl Fn() + Clone + 'static,
) {
    let name = |ending: &str| format!("{}.{ending}", model.file_name);
    let look = |dpr, font_scale| Look {
        theme: &LIGHT,
        family: meter.family(),
        measure: meter,
        dpr,
        font_scale,
    };
    let saved = match kind {
        FileKind::Csv => {
            let text = model.table.csv(decimal, &model.file_note);
            download::save_text(&name("csv"), "text/csv;charset=utf-8", &text)
        }
        FileKind::Svg => file::svg(model, view, look(1.0, SVG_FONT_SCALE))
            .ok()
            .and_then(|text| download::save_text(&name("svg"), "image/svg+xml", &text)),
        FileKind::Png => (|| {
            let page = canvas::create()?;
            let (width, height) = file::SIZE;
            let dots = |css: u32| (f64::from(css) * PNG_DOTS).round() as u32;
            canvas::clear(&page, dots(width), dots(height));
            let area = Canvas::new(&page)?.into_drawing_area();
            file::draw(&area, model, view, look(PNG_DOTS, 1.0)).ok()?;
            let name = name("png");
            let refused = failed.clone();
            canvas::to_png(&page, move |file| {
                if file.and_then(|file| download::save(&name, &file)).is_none() {
                    refused();
                }
            });
            Some(())
        })(),
    };
    if saved.is_none() {
        failed();
    }
}
