//! Timelines to draw, made by hand, and drawing them as SVG.

#![allow(dead_code, unreachable_pub, clippy::unwrap_used, reason = "each test binary uses a part")]

use chrono::NaiveDate;
use jobnet_charts::picture::{Look, SVG_FONT_SCALE};
use jobnet_charts::spec::*;
use jobnet_charts::text::Estimate;
use jobnet_charts::theme::Theme;
use jobnet_charts::timeline::{self, Layout, View};
use jobnet_charts::window::Window;
use jobnet_rules::units::Month;
use plotters::prelude::{DrawingBackend, IntoDrawingArea, SVGBackend};

pub fn month(text: &str) -> Month {
    text.parse().unwrap()
}

pub fn day(text: &str) -> NaiveDate {
    text.parse().unwrap()
}

pub fn words() -> Words {
    Words {
        benefit: "Dagpenge".into(),
        benefit_unit: "kr. om måneden før skat".into(),
        hours: "Arbejde".into(),
        hours_unit: "timer om måneden".into(),
        unknown: "Timer ukendt".into(),
        unsettled: "Ikke opgjort endnu".into(),
        empty: "Ingen måneder endnu".into(),
        months: [
            "jan", "feb", "mar", "apr", "maj", "jun", "jul", "aug", "sep", "okt", "nov", "dec",
        ],
        thousands: '.',
    }
}

/// The citizen of the mock: 21 months from October 2025.
pub fn composite() -> TimelineSpec {
    use BenefitMark as B;
    use HoursMark as H;
    let known = [
        (64.0, 12_700.0),
        (72.0, 11_600.0),
        (151.0, 0.0),
        (58.0, 14_100.0),
        (40.0, 6_400.0),
        (62.5, 13_500.0),
        (70.0, 12_400.0),
        (81.0, 10_900.0),
        (74.0, 11_900.0),
        (96.0, 8_900.0),
    ];
    let start = month("2025-10");
    let mut months: Vec<MonthPoint> = known
        .into_iter()
        .map(|(hours, kroner)| (H::Known(hours), B::Known(kroner), true))
        .chain([
            (H::Unknown, B::Provisional(10_200.0), true),
            (H::Known(88.5), B::Known(9_900.0), true),
            (H::Known(76.0), B::Known(11_593.0), true),
            (H::Planned(76.0), B::Provisional(11_593.0), false),
        ])
        .chain(std::iter::repeat_n((H::Absent, B::Absent, false), 7))
        .enumerate()
        .map(|(index, (hours, benefit, settled))| MonthPoint {
            month: start.plus(index as i32),
            hours,
            benefit,
            settled,
        })
        .collect();
    months.truncate(21);
    TimelineSpec {
        months,
        limits: vec![Limit {
            panel: Panel::Hours,
            value: 145.53,
            from: None,
            to: None,
            label: "Over 145,53 timer: ingen dagpenge for måneden".into(),
        }],
        markers: vec![
            Marker {
                kind: MarkerKind::Today,
                at: At::Day(day("2026-11-24")),
                label: "I dag".into(),
                detail: "24. november".into(),
            },
            Marker {
                kind: MarkerKind::RunsOut,
                at: At::Month(month("2027-04")),
                label: "Timerne slipper op".into(),
                detail: "april 2027 (skøn)".into(),
            },
            Marker {
                kind: MarkerKind::FrameEnd,
                at: At::Day(day("2027-05-31")),
                label: "Rammen slutter".into(),
                detail: "31. maj 2027".into(),
            },
        ],
        spells: vec![Spell {
            from: day("2026-02-09"),
            to: Some(day("2026-02-22")),
            label: "Syg 9.–22. feb.".into(),
        }],
        sanctions: vec![],
        words: words(),
    }
}

/// 54 months with everything a timeline can have.
pub fn long() -> TimelineSpec {
    let mut spec = composite();
    let start = month("2023-07");
    spec.months = (0..54)
        .map(|index| MonthPoint {
            month: start.plus(index),
            hours: match index {
                5 | 6 | 31 => HoursMark::Unknown,
                9 => HoursMark::Known(0.0),
                41.. => HoursMark::Absent,
                40 => HoursMark::Planned(60.0),
                _ => HoursMark::Known(f64::from(30 + (index * 37) % 130)),
            },
            benefit: match index {
                5 | 6 | 31 | 40 => BenefitMark::Provisional(9_000.0),
                20..=22 | 41.. => BenefitMark::Absent,
                _ => BenefitMark::Known(f64::from(8_000 + (index * 1_777) % 9_000)),
            },
            settled: index < 40,
        })
        .collect();
    spec.sanctions = vec![Sanction { on: day("2024-03-12"), label: "Karantæne".into() }];
    spec.spells.push(Spell { from: day("2026-10-20"), to: None, label: "Syg fra 20. okt.".into() });
    spec
}

pub fn look(theme: &Theme) -> Look<'_> {
    Look {
        theme,
        family: "IBM Plex Sans, sans-serif",
        measure: &Estimate,
        dpr: 1.0,
        font_scale: SVG_FONT_SCALE,
    }
}

pub fn first_view(spec: &TimelineSpec, width: u32) -> View {
    View { window: Window::initial(spec, f64::from(width)), hidden: Hidden::default() }
}

/// Draws on a page-coloured ground, so that a reviewer sees what a reader sees.
pub fn svg(spec: &TimelineSpec, view: &View, theme: &Theme, size: (u32, u32)) -> (String, Layout) {
    let mut text = String::new();
    let layout = {
        let mut backend = SVGBackend::with_string(&mut text, size);
        let (width, height) = (size.0 as i32, size.1 as i32);
        let page = plotters::prelude::Color::to_backend_color(&theme.page);
        backend.draw_rect((0, 0), (width, height), &page, true).unwrap();
        timeline::draw(&backend.into_drawing_area(), spec, view, look(theme)).unwrap()
    };
    (text, layout)
}

/// Compares with `tests/golden/<name>.svg`; `UPDATE_GOLDEN=1` writes it (then look at it).
pub fn assert_golden(name: &str, drawn: &str) {
    let path = format!("{}/tests/golden/{name}.svg", env!("CARGO_MANIFEST_DIR"));
    if std::env::var_os("UPDATE_GOLDEN").is_some() {
        std::fs::write(&path, drawn).unwrap();
    }
    let golden = std::fs::read_to_string(&path).unwrap();
    assert!(golden == drawn, "{name} is drawn differently: UPDATE_GOLDEN=1, then look at it");
}
