//! Placing the texts of a timeline: markers, events, ticks, limits, months. The order of the calls
//! is the order of importance; a text without room is left out, since its fact stands in the
//! legend, the readout and the table too.

use std::ops::Range;

use super::View;
use super::labels::{Labels, ROW, Text, Tone};
use super::layout::Plot;
use crate::picture::{Anchor, Rect};
use crate::scale::{Scale, tick_text};
use crate::spec::{HoursMark, Layer, Limit, MarkerKind, MonthPoint, Spell, TimelineSpec};
use crate::text::{Font, wrap};
use crate::window::Window;
use jobnet_rules::order::sort_by;

/// Places the words of the markers, one row each, the rightmost on top, so that no line runs
/// through the words of another. A marker outside the window is told with an arrow. Returns the
/// lines and the lower edge of the rows.
pub(super) fn markers(
    labels: &mut Labels<'_>,
    spec: &TimelineSpec,
    window: Window,
    x: &Scale,
) -> (Vec<(usize, f64, f64)>, f64) {
    let (from, to) = (window.first() as f64, (window.first() + window.count()) as f64);
    let mut order: Vec<(usize, f64)> = spec
        .markers
        .iter()
        .enumerate()
        .map(|(index, marker)| (index, spec.x_of_marker(marker)))
        .collect();
    // To a thousandth of a month.
    sort_by(&mut order, |(_, at)| (-1000.0 * at) as i64);
    let mut lines = Vec::new();
    let mut y = 0.0;
    for (index, at) in order {
        let marker = &spec.markers[index];
        let inside = (from..=to).contains(&at);
        let (left, right) = x.px();
        let detail = if at > to {
            format!("{} →", marker.detail)
        } else if at < from {
            format!("← {}", marker.detail)
        } else {
            marker.detail.clone()
        };
        let (px, anchor) = match (inside, at < from) {
            (true, _) => (x.to_px(at) + 4.0, Anchor::Right),
            (false, true) => (left, Anchor::Left),
            (false, false) => (right, Anchor::Right),
        };
        let full =
            Text { plain: &detail, tone: Tone::Ink2, moves: true, ..Text::bold(&marker.label) };
        let middle = y + ROW / 2.0;
        if !labels.put(full, px, middle, anchor) {
            labels.put(Text { plain: "", ..full }, px, middle, anchor);
        }
        y += ROW;
        if inside {
            lines.push((index, x.to_px(at), y - 1.0));
        }
    }
    (lines, y + 2.0)
}

/// Places the words of spells and sanctions in a row above the fields; returns its height.
pub(super) fn events(
    labels: &mut Labels<'_>,
    spec: &TimelineSpec,
    view: &View,
    x: &Scale,
    top: f64,
) -> f64 {
    let (from, to) = x.domain();
    let mut height = 0.0;
    let mut put = |at: f64, words: &str| {
        let text = Text { moves: true, air: 6.0, ..Text::plain(words) };
        labels.put(text, x.to_px(at), top + ROW / 2.0, Anchor::Center);
        height = ROW;
    };
    if view.hidden.shows(Layer::Spells) {
        for spell in &spec.spells {
            let (a, b) = spell_range(spec, spell);
            if b > from && a < to {
                put((a.max(from) + b.min(to)) / 2.0, &spell.label);
            }
        }
    }
    if view.hidden.shows(Layer::Sanctions) {
        for sanction in &spec.sanctions {
            let at = spec.x_of_day(sanction.on);
            if (from..to).contains(&at) {
                put(at, &sanction.label);
            }
        }
    }
    height
}

/// First and last moment of a spell on the time axis; a spell that lasts ends today.
pub(super) fn spell_range(spec: &TimelineSpec, spell: &Spell) -> (f64, f64) {
    let from = spec.x_of_day(spell.from);
    let to = match spell.to.map(|to| to.succ_opt().unwrap_or(to)) {
        Some(to) => spec.x_of_day(to),
        None => spec
            .markers
            .iter()
            .find(|marker| marker.kind == MarkerKind::Today)
            .map_or(spec.months.len() as f64, |today| spec.x_of_marker(today)),
    };
    (from, to.max(from))
}

/// Places numbers on the value axes, months and years on the time axis.
pub(super) fn ticks(labels: &mut Labels<'_>, plot: &Plot, spec: &TimelineSpec, window: Window) {
    let tick = Text { tone: Tone::Ink2, air: 0.0, ..Text::plain("") };
    for panel in [Some(&plot.benefit), plot.hours.as_ref()].into_iter().flatten() {
        for value in &panel.ticks {
            let words = tick_text(*value, spec.words.thousands);
            let text = Text { plain: &words, ..tick };
            labels.put(text, panel.rect.left - 10.0, panel.y.to_px(*value), Anchor::Right);
        }
    }

    let names = spec.words.months.map(str::to_owned);
    let widest = labels.widest(&names);
    let band = plot.x.px_per_unit();
    let every =
        [1, 2, 3, 6].into_iter().find(|n| f64::from(*n) * band >= widest + 6.0).unwrap_or(12);
    let bottom = plot.bottom();
    let shown = || spec.months.iter().enumerate().skip(window.first()).take(window.count());
    for (index, month) in shown() {
        let place = month.month.number() - 1;
        if place % every == 0 {
            let name = spec.words.months[place as usize % 12];
            let x = plot.x.to_px(index as f64 + 0.5);
            labels.put(Text { plain: name, ..tick }, x, bottom + 15.0, Anchor::Center);
        }
    }
    // Januaries first; the first month shown gets its year only if there is room beside them.
    let first = shown().take(1).filter(|(_, month)| month.month.number() != 1);
    let januaries = shown().filter(|(_, month)| month.month.number() == 1);
    for (index, month) in januaries.chain(first) {
        let year = month.month.year().to_string();
        let text = Text { air: 6.0, moves: true, ..Text::bold(&year) };
        labels.put(text, plot.x.to_px(index as f64) + 4.0, bottom + 34.0, Anchor::Left);
    }
}

/// Places the words of the limits, above their line where the fewest bars and lines are.
pub(super) fn limits(
    labels: &mut Labels<'_>,
    plot: &Plot,
    spec: &TimelineSpec,
    view: &View,
    window: Window,
) {
    if !view.hidden.shows(Layer::Limits) {
        return;
    }
    for limit in &spec.limits {
        let Some((from, to)) = limit_range(spec, limit, window) else { continue };
        let Some(panel) = plot.panel(limit.panel) else { continue };
        let (left, right) = (plot.x.to_px(from), plot.x.to_px(to));
        let y = panel.y.to_px(limit.value);
        best_spot(labels, plot, spec, &limit.label, (left, right), |rows| {
            let above = y - rows as f64 * ROW - 1.0;
            if above >= panel.rect.top - 8.0 { above } else { y + 2.0 }
        });
    }
}

/// The part of the window that a limit holds for, in months.
pub(super) fn limit_range(
    spec: &TimelineSpec,
    limit: &Limit,
    window: Window,
) -> Option<(f64, f64)> {
    let start = spec.months.first()?.month;
    let (first, last) = (window.first() as i32, window.last() as i32);
    let from = limit.from.map_or(first, |month| month.since(start)).max(first);
    let to = limit.to.map_or(last, |month| month.since(start)).min(last);
    (window.count() > 0 && from <= to).then(|| (f64::from(from), f64::from(to + 1)))
}

/// Places words of one to three rows between `left` and `right` where they hide least, broken
/// narrower if that hides less; `top_of` says where the first row begins, from the number of rows.
fn best_spot(
    labels: &mut Labels<'_>,
    plot: &Plot,
    spec: &TimelineSpec,
    words: &str,
    (left, right): (f64, f64),
    top_of: impl Fn(usize) -> f64,
) {
    let air = 6.0;
    let room = right - left - 2.0 * air;
    let mut best: Option<(usize, Rect, Vec<String>)> = None;
    for share in [1.0, 0.7, 0.45] {
        let rows = wrap(words, Font::LABEL, room * share, labels.measure);
        let width = labels.widest(&rows);
        if rows.len() > 3 || width > room {
            continue;
        }
        let top = top_of(rows.len());
        let height = rows.len() as f64 * ROW;
        let mut x = left + air;
        while x + width <= right - air + 0.5 {
            let place = Rect::new(x, top, x + width, top + height);
            let least = best.as_ref().map_or(usize::MAX, |(least, _, _)| *least);
            if labels.is_free(place, air) {
                let hidden = hides(plot, spec, &place);
                if hidden < least {
                    best = Some((hidden, place, rows.clone()));
                }
            }
            x += 12.0;
        }
    }
    let Some((_, place, rows)) = best else { return };
    for (row, words) in rows.iter().enumerate() {
        // On a patch, since grid and hatching run there.
        let text = Text { patch: true, ..Text::plain(words) };
        let y = place.top + (row as f64 + 0.5) * ROW;
        labels.put(text, place.left, y, Anchor::Left);
    }
}

/// How much a text at this place would hide: bars and steps, lines, sickness.
fn hides(plot: &Plot, spec: &TimelineSpec, place: &Rect) -> usize {
    let (left, right) = (place.left - 4.0, place.right + 4.0);
    let lines = plot.lines.iter().filter(|(_, x, _)| *x > left && *x < right).count();
    let spells = spec
        .spells
        .iter()
        .filter(|spell| {
            let (from, to) = spell_range(spec, spell);
            plot.x.to_px(to) > left && plot.x.to_px(from) < right
        })
        .count();
    marks_under(plot, spec, place) + 2 * lines + spells
}

/// How many months' bars, boxes and steps lie at this place.
fn marks_under(plot: &Plot, spec: &TimelineSpec, place: &Rect) -> usize {
    let roomy = Rect::new(place.left - 4.0, place.top, place.right + 4.0, place.bottom);
    let (first, last) = (plot.x.from_px(roomy.left).floor(), plot.x.from_px(roomy.right).ceil());
    let months = (first.max(0.0) as usize)..(last.max(0.0) as usize).min(spec.months.len());
    months
        .filter(|index| {
            let month = &spec.months[*index];
            let bar = match month.hours {
                HoursMark::Absent => None,
                HoursMark::Unknown => plot.unknown_box(*index),
                HoursMark::Known(hours) | HoursMark::Planned(hours) => plot.bar(*index, hours),
            };
            let step = month.benefit.value().map(|kroner| {
                let y = plot.benefit.y.to_px(kroner);
                let x = plot.x.to_px(*index as f64);
                Rect::new(x, y - 3.0, x + plot.x.px_per_unit(), y + 3.0)
            });
            [bar, step].into_iter().flatten().any(|mark| mark.overlaps(&roomy))
        })
        .count()
}

/// Does a limit's line run through this place?
fn on_limit(plot: &Plot, spec: &TimelineSpec, place: &Rect) -> bool {
    spec.limits.iter().any(|limit| {
        plot.panel(limit.panel).is_some_and(|panel| {
            let y = panel.y.to_px(limit.value);
            y > place.top && y < place.bottom
        })
    })
}

/// Places what is said about single months: not settled, unknown, exactly zero.
pub(super) fn months(
    labels: &mut Labels<'_>,
    plot: &Plot,
    spec: &TimelineSpec,
    view: &View,
    window: Window,
) {
    let edges = |run: &Range<usize>| (plot.x.to_px(run.start as f64), plot.x.to_px(run.end as f64));
    if view.hidden.shows(Layer::Unsettled) {
        let runs = runs(spec, window, |month| !month.settled);
        if let Some(run) = runs.iter().max_by_key(|run| run.len()) {
            let top = plot.benefit.rect.top + 2.0;
            best_spot(labels, plot, spec, &spec.words.unsettled, edges(run), |_| top);
        }
    }
    if plot.hours.is_none() {
        return;
    }
    if view.hidden.shows(Layer::Unknown) {
        for run in runs(spec, window, |month| month.hours == HoursMark::Unknown) {
            let (left, right) = edges(&run);
            let Some(place) = plot.unknown_box(run.start) else { continue };
            let middle = (left + right) / 2.0;
            let half = labels.width("", &spec.words.unknown, Font::LABEL.size) / 2.0;
            // Straight above the box, where it hides neither a neighbour's bar nor a limit; else
            // the “?” and the legend must do.
            for up in 0..12 {
                let y = place.top - 11.0 - 4.0 * f64::from(up);
                let own = Rect::new(middle - half, y - ROW / 2.0, middle + half, y + ROW / 2.0);
                if marks_under(plot, spec, &own) == 0
                    && !on_limit(plot, spec, &own)
                    && labels.put(Text::plain(&spec.words.unknown), middle, y, Anchor::Center)
                {
                    break;
                }
            }
        }
    }
    if view.hidden.shows(Layer::Hours) {
        for index in window.first()..window.first() + window.count() {
            if spec.months[index].hours.value() == Some(0.0)
                && let Some(bar) = plot.bar(index, 0.0)
            {
                let middle = (bar.left + bar.right) / 2.0;
                labels.put(Text::plain("0"), middle, bar.top - 11.0, Anchor::Center);
            }
        }
    }
}

/// Runs of consecutive months of the window for which something holds.
pub(super) fn runs(
    spec: &TimelineSpec,
    window: Window,
    holds: impl Fn(&MonthPoint) -> bool,
) -> Vec<Range<usize>> {
    let mut runs: Vec<Range<usize>> = Vec::new();
    for index in window.first()..window.first() + window.count() {
        if spec.months.get(index).is_some_and(&holds) {
            match runs.last_mut() {
                Some(run) if run.end == index => run.end = index + 1,
                _ => runs.push(index..index + 1),
            }
        }
    }
    runs
}
