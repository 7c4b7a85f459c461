//! Doors for `bench/charts`: the app's own drawing on a canvas of the bench's page. Only built with
//! the feature `bench`; no citizen downloads it.

use jobnet_charts::line::{self, LineSpec};
use jobnet_charts::model::TimelineModel;
use jobnet_charts::picture::Look;
use jobnet_charts::spec::{
    BenefitMark, Hidden, HoursMark, Limit, MonthPoint, Panel, TimelineSpec, Words,
};
use jobnet_charts::table::DataTable;
use jobnet_charts::timeline::{self, View};
use jobnet_charts::window::Window;
use jobnet_rules::units::Month;
use leptos::mount::mount_to;
use leptos::prelude::{IntoAny, Signal, view};
use plotters::prelude::IntoDrawingArea;
use wasm_bindgen::prelude::wasm_bindgen;
use web_sys::{HtmlCanvasElement, HtmlElement};

use super::canvas_backend::Canvas;
use super::measure::TextMeter;
use super::{canvas, media};
use crate::chart::TimelineChart;
use crate::i18n::Language;
use crate::view::{View, view};

/// A chart of the app on a canvas of the bench.
#[wasm_bindgen]
pub struct BenchChart {
    canvas: HtmlCanvasElement,
    meter: TextMeter,
}

#[wasm_bindgen]
impl BenchChart {
    /// On this canvas, which has its size in CSS pixels set by style.
    #[wasm_bindgen(constructor)]
    pub fn new(canvas: HtmlCanvasElement) -> Self {
        let family = canvas::font_family(&canvas);
        Self { canvas, meter: TextMeter::new(family) }
    }

    /// Draws a line through points. Returns whether it succeeded.
    pub fn line(&self, xs: &[f64], ys: &[f64]) -> bool {
        let points = xs.iter().copied().zip(ys.iter().copied()).collect();
        let spec = LineSpec { points, range: None, thousands: '.' };
        self.draw(|canvas, look| line::draw(&canvas.into_drawing_area(), &spec, look).is_ok())
    }

    /// Draws 36 months. Returns whether it succeeded.
    pub fn composite(&self, hours: &[f64], benefit: &[f64]) -> bool {
        let spec = composite(hours, benefit);
        let count = spec.months.len();
        let view = View { window: Window::new(0, count, count), hidden: Hidden::default() };
        self.draw(|canvas, look| {
            timeline::draw(&canvas.into_drawing_area(), &spec, &view, look).is_ok()
        })
    }

    fn draw(&self, draw: impl FnOnce(Canvas, Look<'_>) -> bool) -> bool {
        let dpr = canvas::pixel_ratio();
        let (width, height) = canvas::size_of(&self.canvas);
        canvas::clear(&self.canvas, (width * dpr).round() as u32, (height * dpr).round() as u32);
        let theme = media::theme(&self.canvas);
        let look = Look {
            theme: &theme,
            family: self.meter.family(),
            measure: &self.meter,
            dpr,
            font_scale: 1.0,
        };
        Canvas::new(&self.canvas).is_some_and(|canvas| draw(canvas, look))
    }
}

/// Mounts the whole component, for measuring a pointer over it.
#[wasm_bindgen]
pub fn bench_mount(place: HtmlElement, hours: &[f64], benefit: &[f64]) {
    let model = TimelineModel {
        title: String::new(),
        takeaway: String::new(),
        description: String::new(),
        notes: Vec::new(),
        file_note: String::new(),
        file_name: String::new(),
        spec: composite(hours, benefit),
        legend: Vec::new(),
        table: DataTable::default(),
    };
    let strings = Language::English.chart();
    let model = Signal::stored(model);
    mount_to(place, move || view! { <TimelineChart model strings/> }).forget();
}

fn composite(hours: &[f64], benefit: &[f64]) -> TimelineSpec {
    let start = Month::from_index(2023 * 12 + 6);
    let months = hours.iter().zip(benefit).zip(0..).map(|((hours, kroner), index)| MonthPoint {
        month: start.plus(index),
        hours: HoursMark::Known(*hours),
        benefit: BenefitMark::Known(*kroner),
        settled: true,
    });
    TimelineSpec {
        months: months.collect(),
        limits: vec![Limit {
            panel: Panel::Hours,
            value: 145.53,
            from: None,
            to: None,
            label: "145.53".to_owned(),
        }],
        markers: Vec::new(),
        spells: Vec::new(),
        sanctions: Vec::new(),
        words: Words {
            benefit: "Benefit".to_owned(),
            benefit_unit: "DKK".to_owned(),
            hours: "Work".to_owned(),
            hours_unit: "hours".to_owned(),
            unknown: String::new(),
            unsettled: String::new(),
            empty: String::new(),
            months: [
                "Jan", "Feb", "Mar", "Apr", "May", "Jun", "Jul", "Aug", "Sep", "Oct", "Nov", "Dec",
            ],
            thousands: ',',
        },
    }
}
