//! The counters as a reader sees them.

#![allow(clippy::unwrap_used, reason = "a test")]

mod common;

use common::*;
use jobnet_charts::counter::{self, CounterSpec, Mark};
use jobnet_charts::error::ChartError;
use jobnet_charts::theme::{DARK, LIGHT, Theme};
use plotters::prelude::{Color, DrawingBackend, IntoDrawingArea, SVGBackend};

fn mark(at: f64, figure: &str, words: &str) -> Mark {
    Mark { at, figure: figure.into(), words: words.into() }
}

fn speedometer(value: f64, planned: Option<f64>) -> CounterSpec {
    CounterSpec::Speedometer {
        value,
        planned,
        limit: mark(148.0, "148", ""),
        end: mark(200.0, "200", ""),
    }
}

fn draw(spec: &CounterSpec, theme: &Theme) -> Result<String, ChartError> {
    let mut text = String::new();
    let mut backend = SVGBackend::with_string(&mut text, (240, 150));
    backend.draw_rect((0, 0), (240, 150), &theme.page.to_backend_color(), true).unwrap();
    let area = backend.into_drawing_area();
    counter::draw(&area, spec, look(theme))?;
    drop(area);
    Ok(text)
}

#[test]
fn speedometer_with_a_plan() {
    let spec = speedometer(76.0, Some(152.0));
    assert_golden("counter-speedometer", &draw(&spec, &LIGHT).unwrap());
}

#[test]
fn speedometer_beyond_its_end_stays_on_the_dial() {
    let spec = speedometer(320.0, None);
    assert_golden("counter-speedometer-full", &draw(&spec, &DARK).unwrap());
}

#[test]
fn savings_pig() {
    let marks = vec![mark(962.0, "962", "fuld forlængelse"), mark(1_924.0, "1.924", "ny periode")];
    let spec = CounterSpec::SavingsPig { saved: 1_153.47, marks };
    assert_golden("counter-pig", &draw(&spec, &LIGHT).unwrap());
}

#[test]
fn empty_savings_pig() {
    let spec = CounterSpec::SavingsPig { saved: 0.0, marks: vec![] };
    assert_golden("counter-pig-empty", &draw(&spec, &DARK).unwrap());
}

#[test]
fn hourglass() {
    let left = mark(448.16, "448,16", "timer tilbage");
    let used = mark(3_399.84, "3.399,84", "timer brugt");
    let spec = CounterSpec::Hourglass { left, used };
    assert_golden("counter-hourglass", &draw(&spec, &LIGHT).unwrap());
}

#[test]
fn hourglass_before_the_first_hour() {
    let (left, used) = (mark(3_848.0, "3.848", "tilbage"), mark(0.0, "0", "brugt"));
    assert_golden(
        "counter-hourglass-new",
        &draw(&CounterSpec::Hourglass { left, used }, &DARK).unwrap(),
    );
}

#[test]
fn what_cannot_be_drawn_is_an_error() {
    let refused = draw(&speedometer(f64::NAN, None), &LIGHT);
    assert!(matches!(refused, Err(ChartError::NotFinite(_))));
}

#[test]
fn degenerate_numbers_do_not_panic() {
    for (value, end) in [(0.0, 0.0), (-5.0, 10.0), (1e300, 1e-300), (5.0, -5.0)] {
        let spec = CounterSpec::Speedometer {
            value,
            planned: Some(value * 2.0),
            limit: mark(end, "1", ""),
            end: mark(end, "1", ""),
        };
        let _ = draw(&spec, &LIGHT);
        let marks = vec![mark(end, "1", "")];
        draw(&CounterSpec::SavingsPig { saved: value, marks }, &LIGHT).unwrap();
        let (left, used) = (mark(value, "1", ""), mark(end, "1", ""));
        draw(&CounterSpec::Hourglass { left, used }, &LIGHT).unwrap();
    }
}
