//! Doors for `bench/charts`: the app's own drawing on a canvas of the bench's page. Only built with
//! the feature `bench`; no citizen downloads it.

use std::rc::Rc;

use jobnet_charts::line::{self, LineSpec};
use jobnet_charts::model::TimelineModel;
use jobnet_charts::picture::Look;
use jobnet_charts::spec::{
    BenefitMark, Hidden, HoursMark, Limit, MonthPoint, Panel, TimelineSpec, Words,
};
use jobnet_charts::table::{Cell, Column, DataTable, Row, Unit};
use jobnet_charts::theme::Theme;
use jobnet_charts::timeline::{self, View};
use jobnet_charts::window::Window;
use jobnet_rules::units::Month;
use leptos::prelude::Signal;
use plotters::prelude::IntoDrawingArea;
use wasm_bindgen::prelude::wasm_bindgen;
use web_sys::{HtmlCanvasElement, HtmlElement};

use super::canvas_backend::Canvas;
use super::measure::TextMeter;
use super::{canvas, media};
use crate::chart::TimelineChart;
use crate::i18n::Language;
use crate::view::{mount, view};

/// A chart of the app on a canvas of the bench.
#[wasm_bindgen]
pub struct BenchChart {
    canvas: HtmlCanvasElement,
    // What the app asks the page for once, and again only when it changes.
    meter: Rc<TextMeter>,
    theme: Theme,
    size: (f64, f64),
}

#[wasm_bindgen]
impl BenchChart {
    /// On this canvas, which has its size in CSS pixels set by style.
    #[wasm_bindgen(constructor)]
    pub fn new(canvas: HtmlCanvasElement) -> Self {
        let (theme, size) = (media::theme(&canvas), canvas::size_of(&canvas));
        let meter = TextMeter::of(&canvas);
        Self { canvas, meter, theme, size }
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
        let (width, height) = self.size;
        canvas::clear(&self.canvas, (width * dpr).round() as u32, (height * dpr).round() as u32);
        let look = Look {
            theme: &self.theme,
            family: self.meter.family(),
            measure: &*self.meter,
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
        table: table(hours, benefit),
    };
    let strings = Language::Danish.chart();
    let model = Signal::stored(model);
    mount(&place, || view! { <TimelineChart model strings/> }).forget();
}

/// The figures of the readout: as many a month as the app has.
fn table(hours: &[f64], benefit: &[f64]) -> DataTable {
    let language = Language::Danish;
    let column =
        |name: &str, unit| Column { header: name.to_owned(), short: name.to_owned(), unit };
    let cell = |hundredths: f64| {
        let hundredths = (hundredths * 100.0).round() as i64;
        Some(Cell { text: language.hundredths(hundredths), hundredths: Some(hundredths) })
    };
    let status = || Some(Cell { text: "Gjort op".to_owned(), hundredths: None });
    let rows = hours.iter().zip(benefit).zip(0..).map(|((hours, kroner), index)| {
        let month = language.month(START.plus(index));
        Row {
            cells: vec![cell(*hours), cell(160.33 - hours), cell(*kroner), status()],
            source: format!("Udbetaling oplyst {month}"),
            sentence: String::new(),
            month,
        }
    });
    DataTable {
        columns: vec![
            column("Timer på arbejde", Unit::Hours),
            column("Timer med dagpenge", Unit::Hours),
            column("Dagpenge før skat", Unit::Kroner),
            column("Status", Unit::Text),
        ],
        rows: rows.collect(),
        ..DataTable::default()
    }
}

/// The first month of every picture.
const START: Month = Month::from_index(2023 * 12 + 6);

fn composite(hours: &[f64], benefit: &[f64]) -> TimelineSpec {
    let months = hours.iter().zip(benefit).zip(0..).map(|((hours, kroner), index)| MonthPoint {
        month: START.plus(index),
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
