//! A canvas that draws itself whenever what it shows, its size, its colours, its fonts or the pixel
//! ratio change: many changes, one drawing in the next frame. Knows no particular chart.

use std::cell::{Cell, RefCell};
use std::rc::Rc;

use jobnet_charts::error::ChartError;
use jobnet_charts::picture::Look;
use jobnet_charts::theme::{PRINT, Theme};
use leptos::html;
use leptos::prelude::*;
use plotters::coord::Shift;
use plotters::prelude::{DrawingArea, IntoDrawingArea};

use crate::later;
use crate::platform::canvas;
use crate::platform::canvas_backend::Canvas;
use crate::platform::frame::{Frame, mark_once};
use crate::platform::measure::TextMeter;
use crate::platform::media::{self, LookWatch, PrintWatch};

/// What one drawing gets.
pub(super) struct Scene<'a> {
    /// The whole canvas.
    pub(super) area: &'a DrawingArea<Canvas, Shift>,
    /// Its width in **CSS pixels**.
    pub(super) width_css: f64,
    /// How to draw.
    pub(super) look: Look<'a>,
    /// For paper, not for the screen.
    pub(super) print: bool,
}

/// A wrapper and the canvas that fills it.
#[derive(Clone, Copy)]
pub(super) struct Stage {
    /// The box that says how large the drawing is.
    pub(super) wrapper: NodeRef<html::Div>,
    /// The canvas in it.
    pub(super) canvas: NodeRef<html::Canvas>,
}

/// Paper: **CSS pixels** of the drawing and how many dots each gets.
#[derive(Clone, Copy)]
pub(super) struct Paper {
    pub(super) size: (f64, f64),
    pub(super) dots: f64,
}

/// Below this, **CSS pixels** either way, there is nothing to see (a hidden tab).
const SMALLEST: f64 = 40.0;

type Draw = Box<dyn Fn(&Scene<'_>) -> Result<(), ChartError>>;

struct Shared {
    wrapper: web_element::Div,
    canvas: web_element::Canvas,
    /// The colours, until they change: to ask for them takes time in each drawing.
    theme: Cell<Option<Theme>>,
    drawn: Cell<u32>,
    /// Size of the box on the screen, **CSS pixels**; likewise.
    size: Cell<Option<(f64, f64)>>,
    /// Between the two events of a print: the box has the paper's size, not the screen's.
    printing: Cell<bool>,
    paper: Paper,
    draw: Draw,
}

/// Names for what a `NodeRef` holds, without naming the browser's types.
mod web_element {
    use leptos::html::{self, ElementType};
    pub(super) type Div = <html::Div as ElementType>::Output;
    pub(super) type Canvas = <html::Canvas as ElementType>::Output;
}

/// Everything that lives as long as the chart is in the page.
struct Watch {
    frame: Rc<Frame>,
    _size: canvas::SizeWatch,
    _look: LookWatch,
    _print: PrintWatch,
}

impl Stage {
    pub(super) fn new() -> Self {
        Self { wrapper: NodeRef::new(), canvas: NodeRef::new() }
    }

    /// Draws with `draw` after every change of what `track` follows.
    pub(super) fn draw_with(
        self,
        paper: Paper,
        track: impl Fn() + 'static,
        draw: impl Fn(&Scene<'_>) -> Result<(), ChartError> + 'static,
    ) {
        let watch: StoredValue<Option<Watch>, LocalStorage> = StoredValue::new_local(None);
        let draw = RefCell::new(Some(Box::new(draw) as Draw));
        Effect::new(move |_| {
            let (Some(wrapper), Some(canvas)) = (self.wrapper.get(), self.canvas.get()) else {
                return;
            };
            // Taken once: the elements of a chart do not change while it lives.
            let Some(draw) = draw.borrow_mut().take() else { return };
            let shared = Rc::new(Shared {
                wrapper,
                canvas,
                theme: Cell::default(),
                drawn: Cell::default(),
                size: Cell::default(),
                printing: Cell::default(),
                paper,
                draw,
            });
            watch.set_value(Some(Watch::new(shared)));
        });
        Effect::new(move |_| {
            track();
            watch.with_value(|watch| {
                if let Some(watch) = watch {
                    watch.frame.request();
                }
            });
        });
    }
}

impl Watch {
    fn new(shared: Rc<Shared>) -> Self {
        let on_frame = Rc::clone(&shared);
        let frame = Rc::new(Frame::new(move || on_frame.draw_on_screen()));
        frame.request();
        let request = |frame: &Rc<Frame>| {
            let frame = Rc::downgrade(frame);
            move || {
                if let Some(frame) = frame.upgrade() {
                    frame.request();
                }
            }
        };
        // The watch calls back once at its beginning: the size is then already drawn.
        let (sized, resized) = (Rc::clone(&shared), request(&frame));
        let size = canvas::SizeWatch::new(&shared.wrapper, move || {
            let size = Some(canvas::size_of(&sized.wrapper));
            if sized.size.replace(size) != size {
                resized();
            }
        });
        let again = request(&frame);
        let looked = Rc::clone(&shared);
        let look = LookWatch::new(move || {
            // Another font is as wide as it is.
            TextMeter::forget();
            looked.theme.set(None);
            again();
        });
        let (back, again) = (Rc::clone(&shared), request(&frame));
        let print = PrintWatch::new(
            move || shared.draw_on_paper(),
            move || {
                back.printing.set(false);
                back.size.set(None);
                again();
            },
        );
        Self { frame, _size: size, _look: look, _print: print }
    }
}

impl Shared {
    fn draw_on_screen(&self) {
        if self.printing.get() {
            return;
        }
        let size = self.size.get().unwrap_or_else(|| canvas::size_of(&self.wrapper));
        let theme = self.theme.get().unwrap_or_else(|| media::theme(&self.wrapper));
        self.size.set(Some(size));
        self.theme.set(Some(theme));
        self.draw(size, canvas::pixel_ratio(), &theme, false);
    }

    fn draw_on_paper(&self) {
        self.printing.set(true);
        self.draw(self.paper.size, self.paper.dots, &PRINT, true);
    }

    fn draw(&self, (width, height): (f64, f64), dpr: f64, theme: &Theme, print: bool) {
        // Written so that NaN is too small.
        if !(width >= SMALLEST && height >= SMALLEST) {
            return;
        }
        canvas::clear(&self.canvas, (width * dpr).round() as u32, (height * dpr).round() as u32);
        let Some(backend) = Canvas::new(&self.canvas) else { return };
        let area = backend.into_drawing_area();
        let meter = TextMeter::of(&self.wrapper);
        let look = Look { theme, family: meter.family(), measure: &*meter, dpr, font_scale: 1.0 };
        let done = (self.draw)(&Scene { area: &area, width_css: width, look, print });
        if done.is_ok() && !print {
            self.drawn.set(self.drawn.get().wrapping_add(1));
            // A sign for tests; nobody waits on the result.
            let _ = self.wrapper.set_attribute("data-drawn", &self.drawn.get().to_string());
            if mark_once("jobnet:first-chart") {
                later::prefetch();
            }
        }
    }
}
