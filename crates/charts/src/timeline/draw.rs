//! Drawing a laid-out timeline, from the ground up: hatching, sickness, grid, line, bars, limits,
//! unknown months, markers, words.

use super::View;
use super::labels::{GAP, Label, Tone};
use super::layout::{Layout, PanelLayout, Plot};
use super::place::{limit_range, runs, spell_range};
use crate::picture::{Anchor, Picture, Rect};
use crate::spec::{BenefitMark, HoursMark, Layer, MarkerKind, TimelineSpec};
use crate::text::Font;
use crate::theme::RGBColor;

/// Distance of the hatching's lines along the axis, **CSS pixels**.
const HATCH: f64 = 10.0;
/// Thickness of the benefit line.
const STEP: f64 = 3.0;

pub(super) fn paint(picture: &mut Picture<'_>, spec: &TimelineSpec, view: &View, layout: &Layout) {
    if let Some(plot) = &layout.plot {
        if view.hidden.shows(Layer::Benefit) {
            area_under_steps(picture, spec, layout, plot);
        }
        if view.hidden.shows(Layer::Unsettled) {
            unsettled(picture, spec, layout, plot);
        }
        if view.hidden.shows(Layer::Spells) {
            spells(picture, spec, plot);
        }
        grid(picture, spec, layout, plot);
        if view.hidden.shows(Layer::Benefit) {
            steps(picture, spec, layout, plot);
        }
        if view.hidden.shows(Layer::Sanctions) {
            sanctions(picture, spec, plot);
        }
        bars(picture, spec, view, layout, plot);
        if view.hidden.shows(Layer::Limits) {
            limits(picture, spec, layout, plot);
        }
        markers(picture, spec, plot);
    }
    for label in &layout.labels {
        words(picture, label);
    }
}

fn panels(plot: &Plot) -> impl Iterator<Item = &PanelLayout> {
    [Some(&plot.benefit), plot.hours.as_ref()].into_iter().flatten()
}

/// The months shown with the benefit of each and its edges.
fn months<'a>(
    spec: &'a TimelineSpec,
    layout: &Layout,
    plot: &'a Plot,
) -> impl Iterator<Item = (BenefitMark, f64, f64)> + 'a {
    spec.months.iter().enumerate().skip(layout.window.first()).take(layout.window.count()).map(
        |(index, month)| {
            let x = index as f64;
            (month.benefit, plot.x.to_px(x), plot.x.to_px(x + 1.0))
        },
    )
}

fn area_under_steps(picture: &mut Picture<'_>, spec: &TimelineSpec, layout: &Layout, plot: &Plot) {
    let soft = picture.look.theme.benefit_soft;
    let y = &plot.benefit.y;
    for (benefit, left, right) in months(spec, layout, plot) {
        if let BenefitMark::Known(kroner) = benefit {
            let (zero, value) = (y.to_px(0.0), y.to_px(kroner));
            picture.rect(Rect::new(left, value.min(zero), right, value.max(zero)), soft);
        }
    }
}

fn unsettled(picture: &mut Picture<'_>, spec: &TimelineSpec, layout: &Layout, plot: &Plot) {
    let color = picture.look.theme.hatch;
    for run in runs(spec, layout.window, |month| !month.settled) {
        let (left, right) = (plot.x.to_px(run.start as f64), plot.x.to_px(run.end as f64));
        for panel in panels(plot) {
            let place = Rect { left, right, ..panel.rect };
            hatch(picture, place, color);
        }
    }
}

/// Fills a place with slanted lines; neighbouring places continue each other's lines.
fn hatch(picture: &mut Picture<'_>, place: Rect, color: RGBColor) {
    let Rect { left, top, right, bottom } = place;
    let mut sum = ((left + top) / HATCH).ceil() * HATCH;
    while sum < right + bottom {
        let (from, to) = ((sum - bottom).max(left), (sum - top).min(right));
        if to > from {
            picture.path(&[(from, sum - from), (to, sum - to)], 1.0, color);
        }
        sum += HATCH;
    }
}

fn spells(picture: &mut Picture<'_>, spec: &TimelineSpec, plot: &Plot) {
    let theme = picture.look.theme;
    let (from, to) = plot.x.domain();
    for spell in &spec.spells {
        let (start, end) = spell_range(spec, spell);
        if end <= from || start >= to {
            continue;
        }
        let left = plot.x.to_px(start.max(from));
        let right = plot.x.to_px(end.min(to)).max(left + 2.0);
        for panel in panels(plot) {
            let edges = (panel.rect.top, panel.rect.bottom);
            picture.rect(Rect { left, right, ..panel.rect }, theme.sick);
            if start >= from {
                picture.dashes_v(left, edges, 1.0, None, theme.edge);
            }
            if end <= to {
                picture.dashes_v(right, edges, 1.0, None, theme.edge);
            }
        }
    }
}

fn grid(picture: &mut Picture<'_>, spec: &TimelineSpec, layout: &Layout, plot: &Plot) {
    let theme = picture.look.theme;
    for panel in panels(plot) {
        let across = (panel.rect.left, panel.rect.right);
        for value in &panel.ticks {
            let color = if *value == 0.0 { theme.axis } else { theme.grid };
            picture.dashes_h(across, panel.y.to_px(*value), 1.0, None, color);
        }
    }
    let bottom = plot.bottom();
    let first = layout.window.first();
    for index in first..=first + layout.window.count() {
        let january = spec.months.get(index).is_some_and(|month| month.month.number() == 1);
        let length = if january { 12.0 } else { 5.0 };
        let x = plot.x.to_px(index as f64);
        picture.dashes_v(x, (bottom, bottom + length), 1.0, None, theme.axis);
    }
}

/// As rectangles: a stroked path takes four times as long to raster.
fn steps(picture: &mut Picture<'_>, spec: &TimelineSpec, layout: &Layout, plot: &Plot) {
    const HALF: f64 = STEP / 2.0;
    const DASH: Option<(f64, f64)> = Some((5.0, 4.0));
    let color = picture.look.theme.benefit;
    let y = &plot.benefit.y;
    // The last month's level and whether it was settled.
    let mut before: Option<(f64, bool)> = None;
    for (benefit, left, right) in months(spec, layout, plot) {
        let known = matches!(benefit, BenefitMark::Known(_));
        let level = benefit.value().map(|kroner| y.to_px(kroner));
        if let (Some(level), Some((last, last_known))) = (level, before) {
            let (top, bottom) = (level.min(last), level.max(last));
            if known && last_known {
                // With its corners.
                let rect = Rect::new(left - HALF, top - HALF, left + HALF, bottom + HALF);
                picture.rect(rect, color);
            } else {
                picture.dashes_v(left, (top, bottom), STEP, DASH, color);
            }
        }
        match (level, known) {
            (Some(level), true) => {
                picture.rect(Rect::new(left, level - HALF, right, level + HALF), color);
            }
            (Some(level), false) => picture.dashes_h((left, right), level, STEP, DASH, color),
            (None, _) => {}
        }
        before = level.map(|level| (level, known));
    }
}

fn sanctions(picture: &mut Picture<'_>, spec: &TimelineSpec, plot: &Plot) {
    let ink = picture.look.theme.ink;
    let (from, to) = plot.x.domain();
    let rect = plot.benefit.rect;
    for sanction in &spec.sanctions {
        let at = spec.x_of_day(sanction.on);
        if (from..to).contains(&at) {
            let x = plot.x.to_px(at);
            picture.dashes_v(x, (rect.top, rect.bottom), 1.5, Some((4.0, 3.0)), ink);
            let top = rect.top;
            picture.polygon(&[(x, top), (x + 10.0, top + 5.0), (x, top + 10.0)], ink);
        }
    }
}

fn bars(picture: &mut Picture<'_>, spec: &TimelineSpec, view: &View, layout: &Layout, plot: &Plot) {
    let theme = picture.look.theme;
    let first = layout.window.first();
    for (index, month) in spec.months.iter().enumerate().skip(first).take(layout.window.count()) {
        match month.hours {
            HoursMark::Known(hours) if view.hidden.shows(Layer::Hours) => {
                let Some(bar) = plot.bar(index, hours) else { continue };
                // Zero is a known number: a thin mark, unlike the empty place of a month to come.
                let bar =
                    if bar.height() < 2.0 { Rect { top: bar.bottom - 2.0, ..bar } } else { bar };
                picture.rect(bar, theme.hours);
            }
            HoursMark::Planned(hours) if view.hidden.shows(Layer::Hours) => {
                let Some(bar) = plot.bar(index, hours) else { continue };
                outline(picture, bar, (5.0, 3.0), theme.hours);
            }
            HoursMark::Unknown if view.hidden.shows(Layer::Unknown) => {
                let Some(place) = plot.unknown_box(index) else { continue };
                outline(picture, place, (2.0, 3.0), theme.edge);
                let middle = ((place.left + place.right) / 2.0, (place.top + place.bottom) / 2.0);
                let font = Font { size: 16.0, bold: true };
                picture.text("?", middle, Anchor::Center, font, theme.ink);
            }
            _ => {}
        }
    }
}

/// An empty box with a dashed outline, open at the zero line.
fn outline(picture: &mut Picture<'_>, place: Rect, dash: (f64, f64), color: RGBColor) {
    let Rect { left, top, right, bottom } = place;
    picture.rect(place, picture.look.theme.page);
    picture.dashes_v(left, (top, bottom), 1.5, Some(dash), color);
    picture.dashes_v(right, (top, bottom), 1.5, Some(dash), color);
    picture.dashes_h((left, right), top, 1.5, Some(dash), color);
}

fn limits(picture: &mut Picture<'_>, spec: &TimelineSpec, layout: &Layout, plot: &Plot) {
    let color = picture.look.theme.limit;
    for limit in &spec.limits {
        let Some(panel) = plot.panel(limit.panel) else { continue };
        let Some((from, to)) = limit_range(spec, limit, layout.window) else { continue };
        let across = (plot.x.to_px(from), plot.x.to_px(to));
        picture.dashes_h(across, panel.y.to_px(limit.value), 1.5, Some((7.0, 4.0)), color);
    }
}

fn markers(picture: &mut Picture<'_>, spec: &TimelineSpec, plot: &Plot) {
    let ink = picture.look.theme.ink;
    for (index, x, top) in &plot.lines {
        let (width, dash) = match spec.markers[*index].kind {
            MarkerKind::Today => (1.5, None),
            MarkerKind::RunsOut => (1.5, Some((2.0, 4.0))),
            MarkerKind::FrameEnd => (3.0, None),
        };
        picture.dashes_v(*x, (*top, plot.bottom()), width, dash, ink);
    }
}

fn words(picture: &mut Picture<'_>, label: &Label) {
    let theme = picture.look.theme;
    let Rect { left, top, right, bottom } = label.place;
    if label.patch {
        picture.rect(Rect::new(left - 3.0, top + 1.0, right + 3.0, bottom - 1.0), theme.page);
    }
    let y = (top + bottom) / 2.0;
    let (plain, bold) =
        (Font { size: label.size, bold: false }, Font { size: label.size, bold: true });
    let tone = match label.tone {
        Tone::Ink => theme.ink,
        Tone::Ink2 => theme.ink_2,
    };
    let gap = label.size * GAP;
    if label.bold.is_empty() || label.plain.is_empty() {
        let (x, anchor) = match label.anchor {
            Anchor::Left => (left, Anchor::Left),
            Anchor::Center => ((left + right) / 2.0, Anchor::Center),
            Anchor::Right => (right, Anchor::Right),
        };
        picture.text(&label.bold, (x, y), anchor, bold, theme.ink);
        picture.text(&label.plain, (x, y), anchor, plain, tone);
    } else if label.anchor == Anchor::Right {
        let width = picture.look.measure.width(&label.plain, plain);
        picture.text(&label.plain, (right, y), Anchor::Right, plain, tone);
        picture.text(&label.bold, (right - width - gap, y), Anchor::Right, bold, theme.ink);
    } else {
        let width = picture.look.measure.width(&label.bold, bold);
        picture.text(&label.bold, (left, y), Anchor::Left, bold, theme.ink);
        picture.text(&label.plain, (left + width + gap, y), Anchor::Left, plain, tone);
    }
}
