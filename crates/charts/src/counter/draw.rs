//! Drawing the counters. Each lives on a sheet of 240 × 150, scaled to its canvas.

use std::f64::consts::{PI, TAU};

use super::{CounterSpec, Mark};
use crate::picture::{Anchor, Picture, Point, Rect};
use crate::text::Font;
use jobnet_rules::order::sort_by;

/// The sheet, **CSS pixels**.
pub(super) const SHEET: (f64, f64) = (240.0, 150.0);
/// Thickness of outlines.
const OUTLINE: f64 = 2.5;

pub(super) fn paint(picture: &mut Picture<'_>, spec: &CounterSpec) {
    match spec {
        CounterSpec::Speedometer { value, planned, limit, end } => {
            speedometer(picture, *value, *planned, limit, end);
        }
        CounterSpec::SavingsPig { saved, marks } => pig(picture, *saved, marks),
        CounterSpec::Hourglass { left, used } => hourglass(picture, left, used),
    }
}

/// `part / whole` between 0 and 1; 0 of nothing.
fn share(part: f64, whole: f64) -> f64 {
    let share = part / whole;
    if share.is_finite() { share.clamp(0.0, 1.0) } else { 0.0 }
}

const HUB: Point = (120.0, 124.0);
const RING: (f64, f64) = (79.0, 97.0);

/// A point of the dial: 0 is left, 1 is right, over the top.
fn on_dial(turn: f64, radius: f64) -> Point {
    let angle = PI * (1.0 - turn);
    (HUB.0 + radius * angle.cos(), HUB.1 - radius * angle.sin())
}

/// A part of the ring.
fn ring(from: f64, to: f64) -> Vec<Point> {
    let steps = (((to - from) * 48.0).ceil() as usize).max(1);
    let turn = |step: usize| from + (to - from) * step as f64 / steps as f64;
    let outer = (0..=steps).map(|step| on_dial(turn(step), RING.1));
    let inner = (0..=steps).rev().map(|step| on_dial(turn(step), RING.0));
    outer.chain(inner).collect()
}

fn speedometer(
    picture: &mut Picture<'_>,
    value: f64,
    planned: Option<f64>,
    limit: &Mark,
    end: &Mark,
) {
    let theme = picture.look.theme;
    let turn = |hours: f64| share(hours, end.at);
    picture.polygon(&ring(0.0, 1.0), theme.track);
    let now = turn(value);
    if now > 0.0 {
        picture.polygon(&ring(0.0, now), theme.hours);
    }
    // What is only planned is striped: not there yet.
    let plan = turn(planned.unwrap_or(value)).max(now);
    let mut at = now + 0.008;
    while at + 0.008 <= plan {
        picture.polygon(&ring(at, at + 0.008), theme.hours);
        at += 0.016;
    }
    let mut edge = ring(0.0, 1.0);
    edge.extend(edge.first().copied());
    picture.path(&edge, 1.0, theme.edge);

    let mark = turn(limit.at);
    picture.path(&[on_dial(mark, RING.0 - 4.0), on_dial(mark, RING.1 + 6.0)], 3.0, theme.ink);
    let width = picture.look.measure.width(&limit.figure, Font::LABEL_BOLD);
    let (x, y) = on_dial(mark, RING.1 + 16.0);
    // Over the top, the words stand beside the mark on its outer side.
    let left = if mark >= 0.5 { x - 4.0 } else { x - width + 4.0 };
    let left = left.min(SHEET.0 - width - 1.0).max(1.0);
    picture.text(&limit.figure, (left, y.max(8.0)), Anchor::Left, Font::LABEL_BOLD, theme.ink);

    let middle = (RING.0 + RING.1) / 2.0;
    for (turn, figure) in [(0.0, "0"), (1.0, end.figure.as_str())] {
        let at = (on_dial(turn, middle).0, HUB.1 + 14.0);
        picture.text(figure, at, Anchor::Center, Font::LABEL, theme.ink_2);
    }
    picture.path(&[HUB, on_dial(now, RING.0 - 12.0)], 4.0, theme.ink);
    picture.disc(HUB, 7.0, theme.ink);
}

const BODY: Point = (70.0, 78.0);
const BODY_RADII: (f64, f64) = (50.0, 42.0);

/// A point of an ellipse; the angle runs clockwise from the right.
fn on_ellipse(center: Point, radii: (f64, f64), angle: f64) -> Point {
    (center.0 + radii.0 * angle.cos(), center.1 + radii.1 * angle.sin())
}

fn ellipse(center: Point, radii: (f64, f64)) -> Vec<Point> {
    (0..=48).map(|step| on_ellipse(center, radii, TAU * f64::from(step) / 48.0)).collect()
}

fn pig(picture: &mut Picture<'_>, saved: f64, marks: &[Mark]) {
    let theme = picture.look.theme;
    let full = marks.iter().map(|mark| mark.at).fold(0.0, f64::max);
    let (top, bottom) = (BODY.1 - BODY_RADII.1, BODY.1 + BODY_RADII.1);
    let level = |hours: f64| bottom - (bottom - top) * share(hours, full);

    for x in [38.0, 88.0] {
        picture.polygon(
            &[(x, 108.0), (x + 14.0, 108.0), (x + 12.0, 136.0), (x + 2.0, 136.0)],
            theme.ink,
        );
    }
    let tail = [(118.0, 70.0), (126.0, 66.0), (128.0, 58.0), (123.0, 55.0), (120.0, 60.0)];
    picture.path(&tail, OUTLINE, theme.ink);
    let outline = ellipse(BODY, BODY_RADII);
    picture.polygon(&outline, theme.track);
    if saved > 0.0 {
        // The part of the ellipse below the level.
        let sine = ((level(saved) - BODY.1) / BODY_RADII.1).clamp(-1.0, 1.0);
        let (from, to) = (sine.asin(), PI - sine.asin());
        let arc = |step: i32| from + (to - from) * f64::from(step) / 48.0;
        let below: Vec<Point> =
            (0..=48).map(|step| on_ellipse(BODY, BODY_RADII, arc(step))).collect();
        picture.polygon(&below, theme.hours);
    }
    picture.path(&outline, OUTLINE, theme.ink);
    // Ear, eye, snout, slot.
    let ear = [(38.0, 46.0), (34.0, 28.0), (52.0, 38.0)];
    picture.polygon(&ear, theme.ink);
    let snout = ellipse((18.0, 82.0), (9.0, 13.0));
    picture.polygon(&snout, theme.page);
    picture.path(&snout, OUTLINE, theme.ink);
    picture.disc((16.0, 78.0), 1.8, theme.ink);
    picture.disc((16.0, 87.0), 1.8, theme.ink);
    picture.disc((42.0, 66.0), 5.0, theme.page);
    picture.disc((42.0, 66.0), 3.0, theme.ink);
    let slot = Rect::new(68.0, top - 3.0, 92.0, top + 2.0);
    picture.rect(slot, theme.page);
    picture.frame(slot, 1.5, theme.ink);

    // Highest first; a label that would lie on the one above moves down.
    let mut order: Vec<&Mark> = marks.iter().collect();
    sort_by(&mut order, |mark| (-1000.0 * mark.at) as i64);
    let mut free = 8.0;
    for mark in order {
        let y = level(mark.at);
        let label = y.max(free);
        let half = BODY_RADII.0 * (1.0 - ((y - BODY.1) / BODY_RADII.1).powi(2)).max(0.0).sqrt();
        let edge = BODY.0 + half;
        picture.path(&[(edge - 10.0, y), (edge + 4.0, y), (134.0, label)], 1.5, theme.ink);
        words(picture, mark, (138.0, label));
        free = label + 38.0;
    }
}

/// A figure and, below it, its words.
fn words(picture: &mut Picture<'_>, mark: &Mark, (x, y): Point) {
    let theme = picture.look.theme;
    picture.text(&mark.figure, (x, y), Anchor::Left, Font::LABEL_BOLD, theme.ink);
    picture.text(&mark.words, (x, y + 16.0), Anchor::Left, Font::LABEL, theme.ink_2);
}

/// Upper edge, neck, lower edge of the glass.
const GLASS: (f64, f64, f64) = (19.0, 75.0, 131.0);
const MIDDLE: f64 = 60.0;
const WIDEST: f64 = 44.0;
const NECK: f64 = 5.0;

fn hourglass(picture: &mut Picture<'_>, left: &Mark, used: &Mark) {
    let theme = picture.look.theme;
    let total = left.at.max(0.0) + used.at.max(0.0);
    let (top, neck, bottom) = GLASS;
    let half = |y: f64| NECK + (WIDEST - NECK) * (y - neck).abs() / (neck - top);
    let sand = |from: f64, to: f64| {
        let (a, b) = (half(from), half(to));
        [(MIDDLE - a, from), (MIDDLE + a, from), (MIDDLE + b, to), (MIDDLE - b, to)]
    };
    // By area, not by height: half the sand is half the surface.
    let above = share(left.at, total);
    if above > 0.0 {
        picture.polygon(&sand(neck - (neck - top) * above.sqrt(), neck), theme.hours);
    }
    let below = share(used.at, total);
    if below > 0.0 {
        let surface = bottom - (bottom - neck) * (1.0 - (1.0 - below).sqrt());
        picture.polygon(&sand(surface, bottom), theme.track);
        let (a, b) = (half(surface), half(bottom));
        let edge = [
            (MIDDLE - b, bottom),
            (MIDDLE - a, surface),
            (MIDDLE + a, surface),
            (MIDDLE + b, bottom),
        ];
        picture.path(&edge, 1.0, theme.edge);
        if above > 0.0 {
            picture.dashes_v(MIDDLE, (neck, surface), 2.0, None, theme.hours);
        }
    }
    for side in [-1.0, 1.0] {
        let x = |half: f64| MIDDLE + side * half;
        picture.path(&[(x(WIDEST), top), (x(NECK), neck), (x(WIDEST), bottom)], OUTLINE, theme.ink);
    }
    for y in [top, bottom] {
        picture.dashes_h((MIDDLE - 50.0, MIDDLE + 50.0), y, 3.0, None, theme.ink);
    }
    words(picture, left, (126.0, top + 22.0));
    words(picture, used, (126.0, bottom - 22.0));
}
