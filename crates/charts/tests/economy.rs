//! How much work a drawing is for a backend, counted.

#![allow(clippy::unwrap_used, reason = "a test")]

mod common;

use std::cell::RefCell;
use std::rc::Rc;

use common::*;
use jobnet_charts::line::{self, LineSpec};
use jobnet_charts::picture::Look;
use jobnet_charts::spec::Hidden;
use jobnet_charts::theme::LIGHT;
use jobnet_charts::timeline::{self, View};
use jobnet_charts::window::Window;
use plotters_backend::*;

/// What was asked of a backend.
#[derive(Default)]
struct Calls {
    rects: usize,
    /// Points of each path.
    paths: Vec<Vec<(i32, i32)>>,
    texts: usize,
    measured: usize,
}

struct Recorder(Rc<RefCell<Calls>>, (u32, u32));

type Done = Result<(), DrawingErrorKind<std::fmt::Error>>;

impl DrawingBackend for Recorder {
    type ErrorType = std::fmt::Error;
    fn get_size(&self) -> (u32, u32) {
        self.1
    }
    fn ensure_prepared(&mut self) -> Done {
        Ok(())
    }
    fn present(&mut self) -> Done {
        Ok(())
    }
    fn draw_pixel(&mut self, _: BackendCoord, _: BackendColor) -> Done {
        panic!("pixel by pixel")
    }
    fn draw_rect<S: BackendStyle>(
        &mut self,
        a: BackendCoord,
        b: BackendCoord,
        _: &S,
        fill: bool,
    ) -> Done {
        assert!(fill && b.0 > a.0 && b.1 > a.1);
        self.0.borrow_mut().rects += 1;
        Ok(())
    }
    fn draw_path<S: BackendStyle, I: IntoIterator<Item = BackendCoord>>(
        &mut self,
        path: I,
        _: &S,
    ) -> Done {
        self.0.borrow_mut().paths.push(path.into_iter().collect());
        Ok(())
    }
    fn draw_text<S: BackendTextStyle>(&mut self, _: &str, _: &S, _: BackendCoord) -> Done {
        self.0.borrow_mut().texts += 1;
        Ok(())
    }
    fn estimate_text_size<S: BackendTextStyle>(
        &self,
        _: &str,
        _: &S,
    ) -> Result<(u32, u32), DrawingErrorKind<std::fmt::Error>> {
        self.0.borrow_mut().measured += 1;
        Ok((10, 10))
    }
}

const SIZE: (u32, u32) = (1_920, 800);

fn record(
    draw: impl FnOnce(&plotters::prelude::DrawingArea<Recorder, plotters::coord::Shift>),
) -> Calls {
    use plotters::prelude::IntoDrawingArea;
    let calls = Rc::new(RefCell::new(Calls::default()));
    let area = Recorder(Rc::clone(&calls), SIZE).into_drawing_area();
    draw(&area);
    drop(area);
    Rc::try_unwrap(calls).ok().unwrap().into_inner()
}

fn dense() -> Look<'static> {
    Look { dpr: 2.0, ..look(&LIGHT) }
}

#[test]
fn a_timeline_of_36_months_is_a_few_hundred_calls_and_plotters_measures_nothing() {
    let spec = long();
    let view = View { window: Window::new(9, 36, 54), hidden: Hidden::default() };
    let calls = record(|area| {
        timeline::draw(area, &spec, &view, dense()).unwrap();
    });
    assert!(calls.rects < 700, "{} rectangles", calls.rects);
    assert!(calls.paths.len() < 160, "{} strokes", calls.paths.len());
    assert!((20..90).contains(&calls.texts), "{} texts", calls.texts);
    assert_eq!(calls.measured, 0);
}

fn wave(points: usize) -> LineSpec {
    let value = |i: usize| 100.0 + 80.0 * ((i as f64) * 0.37).sin();
    let points = (0..points).map(|i| (i as f64, value(i))).collect();
    LineSpec { points, range: None, thousands: '.' }
}

#[test]
fn strokes_stay_short_and_join() {
    let calls = record(|area| line::draw(area, &wave(1_100), dense()).unwrap());
    assert_eq!(calls.paths.len(), 1_099_usize.div_ceil(32));
    assert!(calls.paths.iter().all(|path| path.len() <= 33));
    for pair in calls.paths.windows(2) {
        assert_eq!(pair[0].last(), pair[1].first(), "no hole between two strokes");
    }
}

#[test]
fn a_crowd_of_points_costs_one_column_each_pixel() {
    let calls = record(|area| line::draw(area, &wave(166_650), dense()).unwrap());
    assert!(calls.paths.is_empty());
    assert!(calls.rects <= SIZE.0 as usize + 20, "{} rectangles", calls.rects);
}

#[test]
fn a_gap_is_a_gap_and_what_is_outside_is_cut_at_the_edge() {
    let mut spec = wave(100);
    spec.points[50].1 = f64::NAN;
    spec.range = Some((10.5, 80.5));
    let calls = record(|area| line::draw(area, &spec, dense()).unwrap());
    let ends: Vec<_> = calls.paths.iter().map(|p| (p[0].0, p[p.len() - 1].0)).collect();
    let (left, right) = (2 * 56, 2 * (960 - 8));
    assert_eq!(ends.first().unwrap().0, left);
    assert_eq!(ends.last().unwrap().1, right);
    let x = |place: f64| left + ((place - 10.5) / 70.0 * f64::from(right - left)).round() as i32;
    let holes: Vec<_> =
        ends.windows(2).filter(|e| e[0].1 != e[1].0).map(|e| (e[0].1, e[1].0)).collect();
    assert_eq!(holes, vec![(x(49.0), x(51.0))]);
}
