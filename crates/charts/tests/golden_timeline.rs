//! Timelines as a reader sees them, as SVG files a reviewer can open.

mod common;

use common::*;
use jobnet_charts::spec::*;
use jobnet_charts::theme::{DARK, LIGHT, PRINT, RGBColor, SystemColors, Theme};
use jobnet_charts::timeline::View;
use jobnet_charts::window::Window;

const WIDE: (u32, u32) = (1168, 592);
const NARROW: (u32, u32) = (328, 560);

fn check(name: &str, spec: &TimelineSpec, theme: &Theme, size: (u32, u32)) {
    let (drawn, _) = svg(spec, &first_view(spec, size.0), theme, size);
    assert_golden(name, &drawn);
}

#[test]
fn wide() {
    check("timeline-wide", &composite(), &LIGHT, WIDE);
}

#[test]
fn narrow() {
    check("timeline-narrow", &composite(), &LIGHT, NARROW);
}

#[test]
fn dark() {
    check("timeline-dark", &composite(), &DARK, WIDE);
}

#[test]
fn print() {
    check("timeline-print", &composite(), &PRINT, (680, 480));
}

#[test]
fn forced_colours() {
    let theme = Theme::forced(SystemColors {
        canvas: RGBColor(0, 0, 0),
        canvas_text: RGBColor(255, 255, 255),
        highlight: RGBColor(26, 235, 255),
        link_text: RGBColor(255, 255, 0),
        gray_text: RGBColor(63, 242, 63),
    });
    check("timeline-forced", &composite(), &theme, (680, 480));
}

#[test]
fn all_54_months_with_unknown_zero_sanction_and_sickness_that_lasts() {
    let spec = long();
    let view = View { window: Window::new(0, 54, 54), hidden: Hidden::default() };
    assert_golden("timeline-long", &svg(&spec, &view, &LIGHT, WIDE).0);
}

#[test]
fn nothing_settled_yet() {
    let mut spec = composite();
    for month in &mut spec.months {
        month.settled = false;
        month.benefit = BenefitMark::Absent;
        month.hours = HoursMark::Absent;
    }
    spec.months[13].hours = HoursMark::Unknown;
    spec.spells.clear();
    check("timeline-unsettled", &spec, &LIGHT, WIDE);
}

#[test]
fn no_months() {
    let spec = TimelineSpec { months: vec![], ..composite() };
    check("timeline-empty", &spec, &LIGHT, NARROW);
}

#[test]
fn hidden_layers_leave_no_trace() {
    let hidden = [
        Layer::Benefit,
        Layer::Hours,
        Layer::Limits,
        Layer::Spells,
        Layer::Sanctions,
        Layer::Unknown,
        Layer::Unsettled,
    ]
    .into_iter()
    .fold(Hidden::default(), Hidden::toggled);
    let spec = long();
    let view = View { window: Window::new(0, 54, 54), hidden };
    let (drawn, _) = svg(&spec, &view, &LIGHT, WIDE);
    let colour = |color: RGBColor| format!("#{:02X}{:02X}{:02X}", color.0, color.1, color.2);
    for color in [LIGHT.benefit, LIGHT.benefit_soft, LIGHT.hours, LIGHT.sick, LIGHT.hatch] {
        assert!(!drawn.contains(&colour(color)), "{color:?} is still drawn");
    }
    for words in ["Over 145,53", "Syg fra", "Karantæne", "Timer ukendt", "Ikke opgjort"] {
        assert!(!drawn.contains(words), "“{words}” is still written");
    }
}
