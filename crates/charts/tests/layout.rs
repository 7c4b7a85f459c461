//! Nothing overlaps, nothing leaves the chart, nothing panics: at any size, zoom and choice.

#![allow(clippy::unwrap_used, reason = "a test")]

mod common;

use common::*;
use jobnet_charts::error::ChartError;
use jobnet_charts::spec::*;
use jobnet_charts::text::{Estimate, Font};
use jobnet_charts::theme::LIGHT;
use jobnet_charts::timeline::{Layout, View, layout};
use jobnet_charts::window::Window;
use proptest::prelude::*;

fn lay(spec: &TimelineSpec, size: (f64, f64), first: usize, count: usize) -> Layout {
    let window = Window::new(first, count, spec.months.len());
    layout(size, spec, &View { window, hidden: Hidden::default() }, &Estimate).unwrap()
}

proptest! {
    #[test]
    fn texts_never_overlap(width in 130.0..2_000.0_f64, height in 200.0..900.0_f64,
                           first in 0_usize..54, count in 1_usize..60) {
        let layout = lay(&long(), (width, height), first, count);
        for (place, label) in layout.labels.iter().enumerate() {
            prop_assert!(label.place.left >= -0.5 && label.place.right <= width + 0.5);
            prop_assert!(label.place.top >= -0.5 && label.place.bottom <= height + 0.5);
            prop_assert!(label.size >= 12.0);
            for other in &layout.labels[place + 1..] {
                prop_assert!(!label.place.overlaps(&other.place), "{label:?} and {other:?}");
            }
        }
    }

    #[test]
    fn any_size_and_ratio_is_drawn_or_refused(width in 0_u32..1_500, height in 0_u32..900,
                                              dpr in prop::sample::select(vec![
                                                  0.0, 0.5, 1.0, 2.0, 3.5, f64::NAN, -1.0])) {
        use plotters::prelude::{IntoDrawingArea, SVGBackend};
        let spec = long();
        let mut text = String::new();
        let area = SVGBackend::with_string(&mut text, (width, height)).into_drawing_area();
        let look = jobnet_charts::picture::Look { dpr, ..look(&LIGHT) };
        let view = first_view(&spec, width);
        prop_assert!(jobnet_charts::timeline::draw(&area, &spec, &view, look).is_ok());
    }

    #[test]
    fn every_month_shown_is_found_under_its_own_middle(width in 200.0..1_600.0_f64,
                                                       first in 0_usize..50,
                                                       count in 3_usize..54) {
        let layout = lay(&long(), (width, 560.0), first, count);
        let window = layout.window;
        for month in window.first()..=window.last() {
            let (left, right) = layout.month_edges(month).unwrap();
            prop_assert_eq!(layout.month_at((left + right) / 2.0), Some(month));
            prop_assert_eq!(layout.month_at(left + 0.4 * (right - left)), Some(month));
        }
        prop_assert_eq!(layout.month_at(-1e9), Some(window.first()));
        prop_assert_eq!(layout.month_at(1e9), Some(window.last()));
    }
}

fn has(layout: &Layout, words: &str) -> bool {
    layout.labels.iter().any(|l| l.plain.contains(words) || l.bold.contains(words))
}

#[test]
fn what_a_worried_reader_must_see_is_written_at_every_first_view() {
    let spec = composite();
    for width in [296.0, 328.0, 400.0, 588.0, 760.0, 1_060.0, 1_168.0, 1_600.0] {
        let view = View { window: Window::initial(&spec, width), hidden: Hidden::default() };
        let layout = layout((width, 560.0), &spec, &view, &Estimate).unwrap();
        for words in ["Rammen slutter", "Timerne slipper op", "I dag", "Over 145,53", "Dagpenge"] {
            assert!(has(&layout, words), "“{words}” is missing at {width} px");
        }
        let lines = layout.plot.unwrap().lines.len();
        assert_eq!(lines, 3, "today, end of hours and end of frame are in sight at {width} px");
    }
}

#[test]
fn a_marker_out_of_sight_is_told_with_an_arrow() {
    let layout = lay(&composite(), (600.0, 560.0), 0, 12);
    assert!(has(&layout, "31. maj 2027 →"));
    assert!(layout.plot.unwrap().lines.is_empty());
    let layout = lay(&composite(), (600.0, 560.0), 18, 3);
    assert!(has(&layout, "← 24. november"));
}

#[test]
fn unknown_is_a_box_and_zero_a_number() {
    let layout = lay(&long(), (1_168.0, 560.0), 3, 12);
    assert!(has(&layout, "0"));
    let plot = layout.plot.unwrap();
    let height = plot.unknown_box(5).unwrap().height();
    assert!(height > 20.0);
    assert!(plot.bar(9, 0.0).unwrap().height() < 0.5);
}

#[test]
fn a_citizen_without_hours_gets_one_field() {
    let mut spec = composite();
    for month in &mut spec.months {
        month.hours = HoursMark::Absent;
    }
    let layout = lay(&spec, (1_168.0, 560.0), 0, 21);
    assert!(layout.plot.as_ref().unwrap().hours.is_none());
    assert!(!has(&layout, "Arbejde"));
}

#[test]
fn refused_specs_name_what_is_wrong() {
    let mut spec = composite();
    spec.months.remove(3);
    let message = spec.check().unwrap_err().to_string();
    assert_eq!(message, "the month after 2025-12 is 2026-02: months must be consecutive");
    let mut spec = composite();
    spec.months[2].hours = HoursMark::Known(f64::NAN);
    assert!(matches!(spec.check(), Err(ChartError::NotFinite(_))));
}

#[test]
fn no_text_is_smaller_than_twelve_pixels() {
    for font in [Font::LABEL, Font::LABEL_BOLD, Font::TITLE, Font::TITLE_BOLD] {
        assert!(font.size >= 12.0);
    }
}
