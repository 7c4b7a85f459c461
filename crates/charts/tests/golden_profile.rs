//! A share of people as people, and how a model's shares came true, as a reader sees them.

#![allow(clippy::unwrap_used, reason = "a test")]

mod common;

use common::*;
use jobnet_charts::calibration::{self, CalibrationGroup, CalibrationSpec};
use jobnet_charts::error::ChartError;
use jobnet_charts::icons::{self, IconsSpec};
use jobnet_charts::picture::Look;
use jobnet_charts::theme::{DARK, LIGHT, RGBColor, SystemColors, Theme};
use plotters::coord::Shift;
use plotters::prelude::{Color, DrawingArea, DrawingBackend, IntoDrawingArea, SVGBackend};

/// Draws on the ground of the page.
fn svg(
    theme: &Theme,
    size: (u32, u32),
    draw: impl FnOnce(&DrawingArea<SVGBackend<'_>, Shift>, Look<'_>) -> Result<(), ChartError>,
) -> Result<String, ChartError> {
    let mut text = String::new();
    let mut backend = SVGBackend::with_string(&mut text, size);
    let ground = (size.0 as i32, size.1 as i32);
    backend.draw_rect((0, 0), ground, &theme.page.to_backend_color(), true).unwrap();
    let area = backend.into_drawing_area();
    draw(&area, look(theme))?;
    drop(area);
    Ok(text)
}

fn people(marked: u32, theme: &Theme) -> String {
    svg(theme, (320, 352), |area, look| icons::draw(area, &IconsSpec { marked }, look)).unwrap()
}

#[test]
fn twenty_two_of_a_hundred() {
    assert_golden("icons", &people(22, &LIGHT));
}

#[test]
fn in_the_dark() {
    assert_golden("icons-dark", &people(61, &DARK));
}

#[test]
fn in_the_readers_own_colours() {
    let theme = Theme::forced(SystemColors {
        canvas: RGBColor(0, 0, 0),
        canvas_text: RGBColor(255, 255, 255),
        highlight: RGBColor(26, 235, 255),
        link_text: RGBColor(255, 255, 0),
        gray_text: RGBColor(63, 242, 63),
    });
    assert_golden("icons-forced", &people(7, &theme));
}

fn plot(groups: Vec<CalibrationGroup>, theme: &Theme) -> Result<String, ChartError> {
    let spec = CalibrationSpec {
        groups,
        observed: "Så mange af 100 blev det".into(),
        predicted: "Så mange af 100 sagde modellen".into(),
        diagonal: "helt rigtigt".into(),
    };
    svg(theme, (480, 420), |area, look| calibration::draw(area, &spec, look))
}

fn group(predicted: f64, observed: f64) -> CalibrationGroup {
    CalibrationGroup { predicted, observed, low: observed - 0.04, high: observed + 0.06 }
}

#[test]
fn what_a_model_said_and_how_it_went() {
    let groups = vec![group(0.08, 0.07), group(0.18, 0.21), group(0.33, 0.3), group(0.62, 0.71)];
    assert_golden("calibration", &plot(groups.clone(), &LIGHT).unwrap());
    assert_golden("calibration-dark", &plot(groups, &DARK).unwrap());
}

#[test]
fn a_number_that_is_none_is_refused_and_one_that_is_too_large_stays_on_the_plot() {
    let refused = plot(vec![group(f64::NAN, 0.5)], &LIGHT);
    assert!(matches!(refused, Err(ChartError::NotFinite(_))));
    let drawn = plot(vec![group(0.5, 0.99), group(2.0, -1.0)], &LIGHT).unwrap();
    for attribute in ["cx", "cy", "x1", "y1", "y2"] {
        for value in drawn.split(&format!(" {attribute}=\"")).skip(1) {
            let value: f64 = value.split('"').next().unwrap().parse().unwrap();
            assert!((0.0..=480.0).contains(&value), "{attribute} = {value}");
        }
    }
}
