//! How a model's shares came true: for each group of people, what it said against how it went, with
//! the interval of how it went. On the diagonal, the model was right.

use plotters::coord::Shift;
use plotters::prelude::{DrawingArea, DrawingBackend};

use crate::error::ChartError;
use crate::picture::{Anchor, Look, Picture, Rect, over};
use crate::scale::{Scale, round_ticks, tick_text};
use crate::text::Font;

/// What the plot shows.
#[derive(Clone, Debug, PartialEq)]
pub struct CalibrationSpec {
    /// The groups, by what the model said.
    pub groups: Vec<CalibrationGroup>,
    /// Over the vertical axis: “Så mange af 100 blev det”.
    pub observed: String,
    /// Under the horizontal axis: “Så mange af 100 sagde modellen”.
    pub predicted: String,
}

/// A group of people. All numbers are **shares** from 0 to 1.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct CalibrationGroup {
    /// What the model said, on average.
    pub predicted: f64,
    /// How it went.
    pub observed: f64,
    /// Lower end of the interval of how it went.
    pub low: f64,
    /// Upper end.
    pub high: f64,
}

/// Left of the plot, above it, below it: **CSS pixels**.
const LEFT: f64 = 40.0;
const ABOVE: f64 = 32.0;
const BELOW: f64 = 48.0;
const RIGHT: f64 = 16.0;
/// The axes reach at least so far, as a **share**: its ticks are whole people of a hundred.
const LEAST: f64 = 0.05;
/// Half of a mark, **CSS pixels**.
const MARK: f64 = 5.0;

/// Draws the plot over the whole area.
///
/// # Errors
/// A number is not finite, or the backend fails.
pub fn draw<DB: DrawingBackend>(
    area: &DrawingArea<DB, Shift>,
    spec: &CalibrationSpec,
    look: Look<'_>,
) -> Result<(), ChartError> {
    let numbers = spec
        .groups
        .iter()
        .flat_map(|group| [group.predicted, group.observed, group.low, group.high]);
    if let Some(number) = numbers.into_iter().find(|number| !number.is_finite()) {
        return Err(ChartError::NotFinite(number));
    }
    over(area, look, |picture, size| paint(picture, spec, size))
}

fn paint(picture: &mut Picture<'_>, spec: &CalibrationSpec, (width, height): (f64, f64)) {
    let theme = picture.look.theme;
    let plot =
        Rect::new(LEFT, ABOVE, (width - RIGHT).max(LEFT + 1.0), (height - BELOW).max(ABOVE + 1.0));
    // Both axes reach as far as any group does: whole people of a hundred.
    let most = spec.groups.iter().flat_map(|group| [group.predicted, group.high]);
    let most = most.fold(LEAST, f64::max).min(1.0);
    let ticks = round_ticks(0.0, most * 100.0, 5);
    let end = ticks.last().copied().unwrap_or(100.0) / 100.0;
    let x = Scale::new((0.0, end), (plot.left, plot.right));
    let y = Scale::new((0.0, end), (plot.bottom, plot.top));
    for tick in ticks {
        let figure = tick_text(tick, '.');
        let color = if tick == 0.0 { theme.axis } else { theme.grid };
        let (across, up) = (x.to_px(tick / 100.0), y.to_px(tick / 100.0));
        picture.dashes_h((plot.left, plot.right), up, 1.0, None, color);
        picture.dashes_v(across, (plot.top, plot.bottom), 1.0, None, color);
        picture.text(&figure, (plot.left - 8.0, up), Anchor::Right, Font::LABEL, theme.ink_2);
        let below = (across, plot.bottom + 14.0);
        picture.text(&figure, below, Anchor::Center, Font::LABEL, theme.ink_2);
    }
    picture.text(&spec.observed, (0.0, 10.0), Anchor::Left, Font::LABEL, theme.ink);
    let below = (plot.right, plot.bottom + 36.0);
    picture.text(&spec.predicted, below, Anchor::Right, Font::LABEL, theme.ink);
    let line = [(plot.left, plot.bottom), (plot.right, plot.top)];
    picture.path(&line, 2.0, theme.edge);
    for group in &spec.groups {
        let at = |share: f64| y.to_px(share.clamp(0.0, end));
        let across = x.to_px(group.predicted.clamp(0.0, end));
        let (low, high) = (at(group.low), at(group.high));
        picture.dashes_v(across, (high, low), 2.0, None, theme.hours);
        for end in [low, high] {
            picture.dashes_h((across - MARK, across + MARK), end, 2.0, None, theme.hours);
        }
        picture.disc((across, at(group.observed)), MARK, theme.hours);
    }
}
