//! A column for each month, with its number above it: few numbers, read without an axis.

use jobnet_rules::units::Month;
use plotters::coord::Shift;
use plotters::prelude::{DrawingArea, DrawingBackend};

use crate::error::ChartError;
use crate::picture::{Anchor, Look, Picture, Rect, over};
use crate::text::Font;

/// What columns show.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct ColumnsSpec {
    /// Months, oldest first.
    pub columns: Vec<Column>,
    /// Short names of the months, January first: “jan”.
    pub months: [&'static str; 12],
}

/// A month.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Column {
    /// Which.
    pub month: Month,
    /// How many.
    pub count: u32,
    /// The number as text.
    pub figure: String,
}

/// Above the columns, for the numbers, and below, for months and years: **CSS pixels**.
const ABOVE: f64 = 24.0;
const BELOW: f64 = 44.0;
/// The widest column, **CSS pixels**.
const WIDEST: f64 = 48.0;

/// Draws the columns over the whole area.
///
/// # Errors
/// The backend fails.
pub fn draw<DB: DrawingBackend>(
    area: &DrawingArea<DB, Shift>,
    spec: &ColumnsSpec,
    look: Look<'_>,
) -> Result<(), ChartError> {
    over(area, look, |picture, size| paint(picture, spec, size))
}

fn paint(picture: &mut Picture<'_>, spec: &ColumnsSpec, (width, height): (f64, f64)) {
    let theme = picture.look.theme;
    let base = (height - BELOW).max(ABOVE);
    let step = width / spec.columns.len().max(1) as f64;
    let most = spec.columns.iter().map(|column| column.count).max().unwrap_or(0).max(1);
    let name = |column: &Column| spec.months[column.month.number() as usize - 1];
    let widest =
        spec.columns.iter().map(|column| picture.look.measure.width(name(column), Font::LABEL));
    // Where names would touch each other, only some stand; the last one always does.
    let every = ((widest.fold(0.0, f64::max) + 6.0) / step).ceil().max(1.0) as usize;
    let last = spec.columns.len().saturating_sub(1);
    for (index, column) in spec.columns.iter().enumerate() {
        let middle = (index as f64 + 0.5) * step;
        let half = (step * 0.7).min(WIDEST) / 2.0;
        let top = base - (base - ABOVE) * f64::from(column.count) / f64::from(most);
        picture.rect(Rect::new(middle - half, top, middle + half, base), theme.hours);
        if column.count > 0 {
            let at = (middle, top - 12.0);
            picture.text(&column.figure, at, Anchor::Center, Font::LABEL_BOLD, theme.ink);
        }
        if (last - index).is_multiple_of(every) {
            let at = (middle, base + 14.0);
            picture.text(name(column), at, Anchor::Center, Font::LABEL, theme.ink_2);
        }
        let year = column.month.year().to_string();
        let wide = picture.look.measure.width(&year, Font::LABEL);
        // The year of the first month, unless the next year's would touch it.
        let until_january = f64::from(13 - column.month.number()) * step;
        if column.month.number() == 1 || (index == 0 && until_january > wide + 6.0) {
            let left = (middle - half).min(width - wide);
            picture.text(&year, (left, base + 32.0), Anchor::Left, Font::LABEL, theme.ink_2);
        }
    }
    picture.dashes_h((0.0, width), base, 1.0, None, theme.axis);
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::picture::SVG_FONT_SCALE;
    use crate::text::Estimate;
    use crate::theme::LIGHT;
    use plotters::prelude::{IntoDrawingArea, SVGBackend};

    fn svg(counts: &[u32], width: u32) -> String {
        let columns = counts.iter().enumerate().map(|(index, count)| Column {
            month: Month::new(2026, 1).unwrap().plus(index as i32 - 2),
            count: *count,
            figure: count.to_string(),
        });
        let spec = ColumnsSpec {
            columns: columns.collect(),
            months: [
                "jan", "feb", "mar", "apr", "maj", "jun", "jul", "aug", "sep", "okt", "nov", "dec",
            ],
        };
        let look = Look {
            theme: &LIGHT,
            family: "sans-serif",
            measure: &Estimate,
            dpr: 1.0,
            font_scale: SVG_FONT_SCALE,
        };
        let mut text = String::new();
        let area = SVGBackend::with_string(&mut text, (width, 200)).into_drawing_area();
        draw(&area, &spec, look).unwrap();
        drop(area);
        text
    }

    /// Heights of the filled bars, in order.
    fn bars(svg: &str) -> Vec<f64> {
        let color = "#2171B5";
        let of = |line: &&str| line.contains(color);
        let height = |line: &str| line.split("height=\"").nth(1)?.split('"').next()?.parse().ok();
        svg.lines().filter(of).filter_map(height).collect()
    }

    #[test]
    fn a_column_is_as_high_as_its_number_and_none_means_none() {
        let svg = svg(&[2, 0, 4], 400);
        assert_eq!(bars(&svg), [66.0, 132.0]);
        assert!(svg.contains("2025") && svg.contains("2026"), "both years are named");
    }

    #[test]
    fn names_that_would_touch_are_left_out_but_not_the_last() {
        let names = |svg: &str| ["nov", "dec", "jan", "feb"].map(|name| svg.contains(name));
        assert_eq!(names(&svg(&[1, 1, 1, 1], 400)), [true; 4]);
        assert_eq!(names(&svg(&[1, 1, 1, 1], 100)), [false, true, false, true]);
    }

    #[test]
    fn a_year_gives_way_to_the_next() {
        let svg = svg(&[1; 12], 300);
        assert!(svg.contains("2025") && svg.contains("2026"), "two months are enough at 25 pixels");
        let svg = self::svg(&[1; 12], 120);
        assert!(!svg.contains("2025") && svg.contains("2026"));
    }

    #[test]
    fn nothing_at_all_can_be_drawn() {
        assert!(bars(&svg(&[], 300)).is_empty());
        assert!(bars(&svg(&[0, 0], 300)).is_empty());
    }
}
