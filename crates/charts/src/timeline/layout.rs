//! Where everything of a timeline goes, in CSS pixels. Pure: the same spec, size and view give the
//! same layout, on a screen, in a file and in a test.

use super::View;
use super::labels::{Label, Labels, Text, Tone};
use super::place;
use crate::error::ChartError;
use crate::hover::HoverIndex;
use crate::picture::{Anchor, Rect};
use crate::scale::{Scale, round_ticks, tick_text};
use crate::spec::{HoursMark, Panel, TimelineSpec};
use crate::text::{Font, Measure};
use crate::window::Window;

/// Below this, in **CSS pixels** either way, nothing can be read and nothing is drawn.
const SMALLEST: f64 = 120.0;
/// Room below the lower field for months and years.
const AXIS_ROOM: f64 = 46.0;
/// Height of a row with the name of a field.
const TITLE_ROW: f64 = 22.0;
/// Air between the two fields, without the title.
const PANEL_GAP: f64 = 26.0;
/// Share of a month that its bar fills.
const BAR_SHARE: f64 = 0.58;
/// Widest bar, **CSS pixels**.
const BAR_WIDEST: f64 = 72.0;

/// Where everything goes.
#[derive(Clone, Debug, Default, PartialEq)]
pub struct Layout {
    /// Width and height of the whole chart, **CSS pixels**.
    pub size: (f64, f64),
    /// The months shown.
    pub window: Window,
    /// The fields; `None` if the chart is empty or too small.
    pub plot: Option<Plot>,
    /// All texts.
    pub labels: Vec<Label>,
}

/// The two fields.
#[derive(Clone, Debug, PartialEq)]
pub struct Plot {
    /// Months since the beginning of the first month of the spec → CSS pixels.
    pub x: Scale,
    /// Benefit.
    pub benefit: PanelLayout,
    /// Hours; `None` if no month has anything to say about hours.
    pub hours: Option<PanelLayout>,
    /// Vertical lines inside the window: index in the spec, x, upper end.
    pub lines: Vec<(usize, f64, f64)>,
    /// Middles of the months shown.
    pub hover: HoverIndex,
}

/// One field.
#[derive(Clone, Debug, PartialEq)]
pub struct PanelLayout {
    /// Its place.
    pub rect: Rect,
    /// Kroner or hours → CSS pixels.
    pub y: Scale,
    /// Grid lines.
    pub ticks: Vec<f64>,
}

impl Layout {
    /// Left and right edge of a month in **CSS pixels**, if it is shown.
    pub fn month_edges(&self, month: usize) -> Option<(f64, f64)> {
        let plot = self.plot.as_ref()?;
        self.window
            .contains(month)
            .then(|| (plot.x.to_px(month as f64), plot.x.to_px(month as f64 + 1.0)))
    }

    /// The month nearest to a pointer.
    pub fn month_at(&self, x_css: f64) -> Option<usize> {
        let nearest = self.plot.as_ref()?.hover.nearest(x_css)?;
        Some(self.window.first() + nearest)
    }

    /// Upper and lower end of the fields, **CSS pixels**.
    pub fn field_edges(&self) -> Option<(f64, f64)> {
        let plot = self.plot.as_ref()?;
        Some((plot.benefit.rect.top, plot.bottom()))
    }
}

impl Plot {
    /// Lower end of the lowest field, **CSS pixels**.
    pub fn bottom(&self) -> f64 {
        self.hours.as_ref().unwrap_or(&self.benefit).rect.bottom
    }

    /// A field.
    pub fn panel(&self, panel: Panel) -> Option<&PanelLayout> {
        match panel {
            Panel::Benefit => Some(&self.benefit),
            Panel::Hours => self.hours.as_ref(),
        }
    }

    /// The place of the bar of a month, from the zero line to its value.
    pub fn bar(&self, month: usize, hours: f64) -> Option<Rect> {
        let panel = self.hours.as_ref()?;
        let band = self.x.px_per_unit();
        let half = (band * BAR_SHARE).min(BAR_WIDEST) / 2.0;
        let middle = self.x.to_px(month as f64 + 0.5);
        let (zero, value) = (panel.y.to_px(0.0), panel.y.to_px(hours));
        Some(Rect::new(middle - half, value.min(zero), middle + half, value.max(zero)))
    }

    /// The place of the box of a month with unknown hours: as high as half the field, which no
    /// number is.
    pub fn unknown_box(&self, month: usize) -> Option<Rect> {
        let panel = self.hours.as_ref()?;
        let zero = panel.y.to_px(0.0);
        let bar = self.bar(month, 0.0)?;
        Some(Rect { top: zero - panel.rect.height() * 0.5, bottom: zero, ..bar })
    }
}

/// Lays out a timeline of `size` **CSS pixels**.
///
/// # Errors
/// The spec is refused by [`TimelineSpec::check`].
pub fn layout(
    size: (f64, f64),
    spec: &TimelineSpec,
    view: &View,
    measure: &dyn Measure,
) -> Result<Layout, ChartError> {
    spec.check()?;
    let total = spec.months.len();
    let window = Window::new(view.window.first(), view.window.count(), total);
    let (width, height) = size;
    let empty = Layout { size, window, plot: None, labels: Vec::new() };
    // Written so that NaN is too small.
    if !(width >= SMALLEST && height >= SMALLEST) {
        return Ok(empty);
    }
    let mut labels = Labels::new(measure, Rect::new(0.0, 0.0, width, height));
    if total == 0 {
        let text = Text { moves: true, ..Text::plain(&spec.words.empty) };
        labels.put(text, width / 2.0, height / 2.0, Anchor::Center);
        return Ok(Layout { labels: labels.into_placed(), ..empty });
    }

    let plot = fields(size, spec, view, window, &mut labels);
    place::ticks(&mut labels, &plot, spec, window);
    place::limits(&mut labels, &plot, spec, view, window);
    place::months(&mut labels, &plot, spec, view, window);
    let mut labels = labels.into_placed();
    let bottom = plot.bottom();
    for label in &mut labels {
        let crossed = |x: f64, top: f64| {
            (label.place.left - 2.0..label.place.right + 2.0).contains(&x)
                && label.place.bottom > top + 2.0
                && label.place.top < bottom
        };
        label.patch |= plot.lines.iter().any(|(_, x, top)| crossed(*x, *top));
    }
    Ok(Layout { size, window, plot: Some(plot), labels })
}

/// Divides the height among markers, titles, events, fields and axis, placing the texts of the
/// first three on the way.
fn fields(
    (width, height): (f64, f64),
    spec: &TimelineSpec,
    view: &View,
    window: Window,
    labels: &mut Labels<'_>,
) -> Plot {
    let has_hours = spec.months.iter().any(|month| month.hours != HoursMark::Absent);
    let ticks_benefit = ticks(spec, Panel::Benefit, 3);
    let ticks_hours = ticks(spec, Panel::Hours, 4);
    let tick_width = |values: &[f64]| {
        values
            .iter()
            .map(|v| labels.measure.width(&tick_text(*v, spec.words.thousands), Font::LABEL))
            .fold(0.0, f64::max)
    };
    let left = (tick_width(&ticks_benefit).max(tick_width(&ticks_hours)) + 12.0).min(width / 3.0);
    let right = width - 8.0;
    let first = window.first() as f64;
    let x = Scale::new((first, first + window.count() as f64), (left, right));

    let (lines, mut y) = place::markers(labels, spec, window, &x);
    let title = |labels: &mut Labels<'_>, y: &mut f64, name: &str, unit: &str| {
        let text = Text { size: Font::TITLE.size, tone: Tone::Ink2, ..Text::bold(name) };
        if labels.width(name, unit, text.size) <= width {
            labels.put(Text { plain: unit, ..text }, 0.0, *y + TITLE_ROW / 2.0, Anchor::Left);
        } else {
            labels.put(text, 0.0, *y + TITLE_ROW / 2.0, Anchor::Left);
            *y += TITLE_ROW - 2.0;
            let unit = Text { plain: unit, bold: "", ..text };
            labels.put(unit, 0.0, *y + TITLE_ROW / 2.0, Anchor::Left);
        }
        *y += TITLE_ROW;
    };
    title(labels, &mut y, &spec.words.benefit, &spec.words.benefit_unit);
    y += place::events(labels, spec, view, &x, y);
    let top = y + 4.0;

    let mut between = PANEL_GAP;
    if has_hours {
        // Place the second title where it will be: its height is only known afterwards.
        let one_row = labels.width(&spec.words.hours, &spec.words.hours_unit, Font::TITLE.size);
        between += if one_row <= width { TITLE_ROW } else { 2.0 * TITLE_ROW - 2.0 };
    }
    let free = (height - AXIS_ROOM - top).max(40.0);
    let upper = if has_hours { ((free - between) * 0.44).max(20.0) } else { free };
    let benefit = panel(Rect::new(left, top, right, top + upper), ticks_benefit);
    let hours = has_hours.then(|| {
        let mut title_top = benefit.rect.bottom + PANEL_GAP - 6.0;
        title(labels, &mut title_top, &spec.words.hours, &spec.words.hours_unit);
        let top = benefit.rect.bottom + between;
        let bottom = (height - AXIS_ROOM).max(top + 20.0);
        panel(Rect::new(left, top, right, bottom), ticks_hours)
    });
    let months = window.first()..window.first() + window.count();
    let hover = HoverIndex::new(months.map(|month| x.to_px(month as f64 + 0.5)).collect());
    Plot { x, benefit, hours, lines, hover }
}

fn panel(rect: Rect, ticks: Vec<f64>) -> PanelLayout {
    let (low, high) = (ticks.first().copied(), ticks.last().copied());
    let (low, high) = (low.unwrap_or(0.0), high.unwrap_or(1.0));
    // Some air above the last tick, so that its line is not the edge of the field.
    let head = (14.0 / rect.height().max(28.0)).min(0.5);
    let y = Scale::new((low, low + (high - low) / (1.0 - head)), (rect.bottom, rect.top));
    PanelLayout { rect, y, ticks }
}

/// Ticks over all months, not only those shown: heights stay comparable while the reader moves.
fn ticks(spec: &TimelineSpec, panel: Panel, target: usize) -> Vec<f64> {
    let months = spec.months.iter().filter_map(|month| match panel {
        Panel::Benefit => month.benefit.value(),
        Panel::Hours => month.hours.value(),
    });
    let limits = spec.limits.iter().filter(|limit| limit.panel == panel).map(|limit| limit.value);
    let (mut min, mut max) = (0.0_f64, 0.0_f64);
    for value in months.chain(limits) {
        min = min.min(value);
        max = max.max(value);
    }
    if max <= min {
        max = if panel == Panel::Hours { 160.0 } else { 20_000.0 };
    }
    round_ticks(min, max, target)
}
