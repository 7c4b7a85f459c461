//! A timeline as a file of its own: title above, the drawing, and what it is below, so that a
//! picture that travels alone still says when, from whom, and that the person is made up.

use plotters::coord::Shift;
use plotters::prelude::{DrawingArea, DrawingBackend, IntoDrawingArea, SVGBackend};

use crate::error::ChartError;
use crate::model::TimelineModel;
use crate::picture::{Anchor, Look, Picture, Rect};
use crate::text::{Font, wrap};
use crate::timeline::{self, View};

/// Width and height of the drawing in **CSS pixels**.
pub const SIZE: (u32, u32) = (1_200, 720);

const MARGIN: f64 = 24.0;
const HEAD: f64 = 64.0;
const LINE: f64 = 20.0;
const TITLE: Font = Font { size: 20.0, bold: true };

/// Draws the file over the whole area.
///
/// # Errors
/// The spec is refused or the backend fails.
pub fn draw<DB: DrawingBackend>(
    area: &DrawingArea<DB, Shift>,
    model: &TimelineModel,
    view: &View,
    look: Look<'_>,
) -> Result<(), ChartError> {
    let (width, height) = area.dim_in_pixel();
    let (width, height) = (f64::from(width) / look.dpr, f64::from(height) / look.dpr);
    let room = width - 2.0 * MARGIN;
    let mut picture = Picture::new(look);
    picture.rect(Rect::new(0.0, 0.0, width, height), look.theme.page);
    let (ink, ink_2) = (look.theme.ink, look.theme.ink_2);
    picture.text(&model.title, (MARGIN, MARGIN + 6.0), Anchor::Left, TITLE, ink);
    let takeaway = wrap(&model.takeaway, Font::TITLE, room, look.measure);
    for (row, text) in takeaway.iter().take(2).enumerate() {
        let y = MARGIN + 32.0 + row as f64 * LINE;
        picture.text(text, (MARGIN, y), Anchor::Left, Font::TITLE, ink);
    }
    let notes = model.notes.iter().map(String::as_str).chain([model.file_note.as_str()]);
    let notes: Vec<String> =
        notes.flat_map(|note| wrap(note, Font::LABEL, room, look.measure)).collect();
    let foot = notes.len() as f64 * LINE + MARGIN;
    for (row, note) in notes.iter().enumerate() {
        let y = height - foot + (row as f64 + 0.5) * LINE + MARGIN / 2.0;
        picture.text(note, (MARGIN, y), Anchor::Left, Font::LABEL, ink_2);
    }
    picture.play(area)?;

    let dots = |css: f64| (css * look.dpr).round() as i32;
    let head = HEAD + takeaway.len().min(2) as f64 * LINE;
    let middle = area.margin(dots(head), dots(foot), dots(MARGIN), dots(MARGIN));
    timeline::draw(&middle, &model.spec, view, look).map(|_| ())
}

/// The file as an SVG document.
///
/// # Errors
/// The spec is refused.
pub fn svg(model: &TimelineModel, view: &View, look: Look<'_>) -> Result<String, ChartError> {
    let mut text = String::new();
    draw(&SVGBackend::with_string(&mut text, SIZE).into_drawing_area(), model, view, look)?;
    Ok(text)
}
