//! A line through very many points: the same picture in time that does not grow with their number.
//!
//! Filling a stroke takes time with the square of its length on screens without a graphics card.
//! So: few points per pixel column become chunks of short strokes; many become one filled column
//! from the lowest to the highest. Opaque colours only, since chunks overlap at their ends.

use plotters::coord::Shift;
use plotters::prelude::{DrawingArea, DrawingBackend};

use crate::error::ChartError;
use crate::picture::{Anchor, Look, Picture, Point, Rect, over};
use crate::scale::{Scale, round_ticks, tick_text};
use crate::text::Font;

/// One line.
#[derive(Clone, Debug, PartialEq)]
pub struct LineSpec {
    /// Places along the axis, ascending, and values. A value that is not finite is a gap.
    pub points: Vec<(f64, f64)>,
    /// The part of the axis to show; `None`: all.
    pub range: Option<(f64, f64)>,
    /// Between thousands.
    pub thousands: char,
}

/// Segments of one stroke.
const CHUNK: usize = 32;
/// More points than this in a pixel column are drawn as a column.
const DENSE: f64 = 4.0;

/// Draws the line over the whole area.
///
/// # Errors
/// The backend fails.
pub fn draw<DB: DrawingBackend>(
    area: &DrawingArea<DB, Shift>,
    spec: &LineSpec,
    look: Look<'_>,
) -> Result<(), ChartError> {
    over(area, look, |picture, (width, height)| {
        if width >= 80.0 && height >= 60.0 {
            paint(picture, spec, Rect::new(56.0, 8.0, width - 8.0, height - 28.0));
        }
    })
}

fn paint(picture: &mut Picture<'_>, spec: &LineSpec, plot: Rect) {
    let theme = picture.look.theme;
    let (Some(first), Some(last)) = (spec.points.first(), spec.points.last()) else { return };
    let (from, to) = spec.range.unwrap_or((first.0, last.0));
    // One point more on either side, so that the line runs to the edge.
    let begin = spec.points.partition_point(|(x, _)| *x < from).saturating_sub(1);
    let end = (spec.points.partition_point(|(x, _)| *x <= to) + 1).min(spec.points.len());
    let points = spec.points.get(begin..end).unwrap_or_default();
    let (mut min, mut max) = (0.0_f64, 0.0_f64);
    for (_, value) in points.iter().filter(|(_, value)| value.is_finite()) {
        min = min.min(*value);
        max = max.max(*value);
    }
    let ticks = round_ticks(min, max, 5);
    let reach = (ticks.first().copied().unwrap_or(0.0), ticks.last().copied().unwrap_or(1.0));
    let x = Scale::new((from, to), (plot.left, plot.right));
    let y = Scale::new(reach, (plot.bottom, plot.top));

    for value in &ticks {
        let at = y.to_px(*value);
        let color = if *value == 0.0 { theme.axis } else { theme.grid };
        picture.dashes_h((plot.left, plot.right), at, 1.0, None, color);
        let text = tick_text(*value, spec.thousands);
        picture.text(&text, (plot.left - 8.0, at), Anchor::Right, Font::LABEL, theme.ink_2);
    }
    for value in round_ticks(0.0, to - from, 6) {
        let at = x.to_px(from + value);
        if at <= plot.right + 0.5 {
            let text = tick_text(from + value, spec.thousands);
            let place = (at, plot.bottom + 14.0);
            picture.text(&text, place, Anchor::Center, Font::LABEL, theme.ink_2);
        }
    }
    let columns = plot.width() * picture.look.dpr;
    if points.len() as f64 > DENSE * columns {
        as_columns(picture, points, &x, &y, plot);
    } else {
        as_strokes(picture, points, &x, &y, plot);
    }
}

fn as_strokes(picture: &mut Picture<'_>, points: &[(f64, f64)], x: &Scale, y: &Scale, plot: Rect) {
    let color = picture.look.theme.hours;
    let mut chunk: Vec<Point> = Vec::with_capacity(CHUNK + 1);
    for pair in points.windows(2) {
        let (a, b) = (pair[0], pair[1]);
        let cut = (a.1.is_finite() && b.1.is_finite())
            .then(|| {
                cut(
                    (x.to_px(a.0), y.to_px(a.1)),
                    (x.to_px(b.0), y.to_px(b.1)),
                    plot.left,
                    plot.right,
                )
            })
            .flatten();
        let Some((a, b)) = cut else {
            picture.path(&chunk, 2.0, color);
            chunk.clear();
            continue;
        };
        if chunk.is_empty() {
            chunk.push(a);
        }
        chunk.push(b);
        if chunk.len() > CHUNK {
            picture.path(&chunk, 2.0, color);
            chunk.clear();
        }
    }
    picture.path(&chunk, 2.0, color);
}

/// The part of a segment between two edges. plotters would bend it along the edge instead.
fn cut(a: Point, b: Point, left: f64, right: f64) -> Option<(Point, Point)> {
    if b.0 < left || a.0 > right {
        return None;
    }
    let at = |edge: f64| {
        let share = (edge - a.0) / (b.0 - a.0);
        (edge, a.1 + share * (b.1 - a.1))
    };
    let from = if a.0 < left { at(left) } else { a };
    let to = if b.0 > right { at(right) } else { b };
    Some((from, to))
}

fn as_columns(picture: &mut Picture<'_>, points: &[(f64, f64)], x: &Scale, y: &Scale, plot: Rect) {
    let color = picture.look.theme.hours;
    let dpr = picture.look.dpr;
    let half = 1.0;
    // The column being filled: its number, lowest and highest value.
    let mut column: Option<(i64, f64, f64)> = None;
    let mut last: Option<f64> = None;
    let fill = |picture: &mut Picture<'_>, (number, low, high): (i64, f64, f64)| {
        let left = number as f64 / dpr;
        let (top, bottom) = (y.to_px(high) - half, y.to_px(low) + half);
        picture.rect(Rect::new(left, top, left + 1.0 / dpr, bottom), color);
    };
    for (place, value) in points {
        let at = x.to_px(*place);
        if !value.is_finite() || at < plot.left || at > plot.right {
            last = None;
            continue;
        }
        let number = (at * dpr).floor() as i64;
        column = Some(match column {
            Some((same, low, high)) if same == number => (same, low.min(*value), high.max(*value)),
            before => {
                if let Some(before) = before {
                    fill(picture, before);
                }
                // Joined to the column before, so that a steep line has no holes.
                let from = last.unwrap_or(*value);
                (number, value.min(from), value.max(from))
            }
        });
        last = Some(*value);
    }
    if let Some(column) = column {
        fill(picture, column);
    }
}
