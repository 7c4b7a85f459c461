//! A hundred figures, some of them marked: a share of people as people. Words and exact numbers stand
//! beside it as HTML.

use std::f64::consts::PI;

use plotters::coord::Shift;
use plotters::prelude::{DrawingArea, DrawingBackend};

use crate::error::ChartError;
use crate::picture::{Look, Picture, Point, over};

/// So many figures there are, and so many in a row: whole tens are seen at a glance.
pub const FIGURES: u32 = 100;
const IN_A_ROW: u32 = 10;
/// Height of a figure's place by its width.
const TALL: f64 = 1.1;
/// Thickness of outlines by the width of a place.
const OUTLINE: f64 = 0.05;

/// What the figures show.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct IconsSpec {
    /// How many of [`FIGURES`] are marked; more than all are all.
    pub marked: u32,
}

/// Draws the figures as large as fits, from the upper left corner.
///
/// # Errors
/// The backend fails.
pub fn draw<DB: DrawingBackend>(
    area: &DrawingArea<DB, Shift>,
    spec: &IconsSpec,
    look: Look<'_>,
) -> Result<(), ChartError> {
    over(area, look, |picture, size| paint(picture, spec, size))
}

fn paint(picture: &mut Picture<'_>, spec: &IconsSpec, (width, height): (f64, f64)) {
    let rows = f64::from(FIGURES / IN_A_ROW);
    let place = (width / f64::from(IN_A_ROW)).min(height / (rows * TALL));
    for figure in 0..FIGURES {
        let (row, column) = (figure / IN_A_ROW, figure % IN_A_ROW);
        let middle = ((f64::from(column) + 0.5) * place, (f64::from(row) + 0.5) * place * TALL);
        person(picture, middle, place, figure < spec.marked);
    }
}

/// A head and shoulders. The marked ones are filled, the others hollow: colour is not all there is.
fn person(picture: &mut Picture<'_>, (x, y): Point, place: f64, is_marked: bool) {
    let theme = picture.look.theme;
    let at = |dx: f64, dy: f64| (x + dx * place, y + dy * place);
    let head = at(0.0, -0.26);
    let mut body: Vec<Point> = (0..=12)
        .map(|step| {
            let angle = PI * (1.0 + f64::from(step) / 12.0);
            at(0.3 * angle.cos(), 0.24 + 0.28 * angle.sin())
        })
        .collect();
    body.extend([at(0.3, 0.44), at(-0.3, 0.44)]);
    if is_marked {
        picture.disc(head, 0.17 * place, theme.hours);
        picture.polygon(&body, theme.hours);
        return;
    }
    picture.disc(head, 0.17 * place, theme.edge);
    picture.disc(head, (0.17 - OUTLINE) * place, theme.page);
    body.extend(body.first().copied());
    picture.path(&body, OUTLINE * place, theme.edge);
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::picture::SVG_FONT_SCALE;
    use crate::text::Estimate;
    use crate::theme::LIGHT;
    use plotters::prelude::{IntoDrawingArea, SVGBackend};

    fn svg(marked: u32, size: (u32, u32)) -> String {
        let look = Look {
            theme: &LIGHT,
            family: "sans-serif",
            measure: &Estimate,
            dpr: 1.0,
            font_scale: SVG_FONT_SCALE,
        };
        let mut text = String::new();
        let area = SVGBackend::with_string(&mut text, size).into_drawing_area();
        draw(&area, &IconsSpec { marked }, look).unwrap();
        drop(area);
        text
    }

    #[test]
    fn as_many_are_filled_as_are_marked() {
        for marked in [0, 1, 22, 100] {
            let text = svg(marked, (300, 330));
            let filled = text.matches("<polygon").count();
            assert_eq!(filled, marked as usize);
            let hollow = text.matches("<polyline").count() + text.matches("<path").count();
            assert_eq!(hollow, 100 - marked as usize, "{marked}");
        }
        assert_eq!(svg(101, (300, 330)).matches("<polygon").count(), 100);
    }

    #[test]
    fn any_size_can_be_drawn() {
        for size in [(0, 0), (1, 900), (900, 1), (40, 40)] {
            svg(50, size);
        }
    }
}
