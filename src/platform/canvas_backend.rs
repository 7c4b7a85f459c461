//! Drawing on a canvas: plotters-canvas for what it does well, the fast ways here.
//!
//! plotters-canvas writes a style string for each stroke and lets plotters measure texts with
//! elements in the page. Here a style is written only when it changes, short lines of one style
//! become one stroke, lines are whole pixels, and texts are measured by the canvas. Knows nothing
//! of charts.

use plotters_backend::text_anchor::{HPos, VPos};
use plotters_backend::{
    BackendColor, BackendCoord, BackendStyle, BackendTextStyle, DrawingBackend, DrawingErrorKind,
    FontStyle, FontTransform,
};
use plotters_canvas::CanvasBackend;
use wasm_bindgen::JsCast;
use web_sys::{CanvasRenderingContext2d, HtmlCanvasElement};

type CanvasError = <CanvasBackend as DrawingBackend>::ErrorType;
type Result<T> = std::result::Result<T, DrawingErrorKind<CanvasError>>;

/// More short lines than this in one stroke take longer to fill than two strokes.
const BATCH: u32 = 64;

/// Draws on one canvas, for one picture.
pub struct Canvas {
    inner: CanvasBackend,
    context: CanvasRenderingContext2d,
    fill: Option<u32>,
    stroke: Option<(u32, u32)>,
    font: Option<(u64, bool)>,
    anchor: Option<(&'static str, &'static str)>,
    /// Short lines begun and not stroked yet.
    open: u32,
}

impl Canvas {
    /// On this canvas; `None` if the browser gives no context.
    pub fn new(canvas: &HtmlCanvasElement) -> Option<Self> {
        let context: CanvasRenderingContext2d = canvas.get_context("2d").ok()??.dyn_into().ok()?;
        // Square corners for steps, no spikes on dense lines.
        context.set_miter_limit(2.0);
        let inner = CanvasBackend::with_canvas_object(canvas.clone())?;
        let (fill, stroke, font, anchor) = (None, None, None, None);
        Some(Self { inner, context, fill, stroke, font, anchor, open: 0 })
    }

    /// Ends the stroke of short lines.
    fn flush(&mut self) {
        if self.open > 0 {
            self.context.stroke();
            self.open = 0;
        }
    }

    fn set_fill(&mut self, color: BackendColor) {
        let key = key(color);
        if self.fill != Some(key) {
            self.context.set_fill_style_str(&css(key));
            self.fill = Some(key);
        }
    }

    /// Makes the style that of the next stroke, ending the one before if it differs.
    fn set_stroke(&mut self, style: &impl BackendStyle) {
        let next = (key(style.color()), style.stroke_width());
        if self.stroke == Some(next) {
            return;
        }
        self.flush();
        if self.stroke.is_none_or(|last| last.0 != next.0) {
            self.context.set_stroke_style_str(&css(next.0));
        }
        if self.stroke.is_none_or(|last| last.1 != next.1) {
            self.context.set_line_width(f64::from(next.1));
        }
        self.stroke = Some(next);
    }

    /// Lets plotters-canvas draw, which leaves styles of its own behind.
    fn delegate<T>(&mut self, draw: impl FnOnce(&mut CanvasBackend) -> Result<T>) -> Result<T> {
        self.flush();
        (self.fill, self.stroke, self.font, self.anchor) = (None, None, None, None);
        draw(&mut self.inner)
    }

    fn set_font<S: BackendTextStyle>(&mut self, style: &S) {
        let next = (style.size().to_bits(), matches!(style.style(), FontStyle::Bold));
        if self.font != Some(next) {
            let weight = style.style();
            let font =
                format!("{} {}px {}", weight.as_str(), style.size(), style.family().as_str());
            self.context.set_font(&font);
            self.font = Some(next);
        }
    }
}

fn key(color: BackendColor) -> u32 {
    let (r, g, b) = color.rgb;
    u32::from_be_bytes([r, g, b, (color.alpha * 255.0).round() as u8])
}

fn css(key: u32) -> String {
    format!("#{key:08x}")
}

/// A stroke of odd width is sharp in the middle of pixels, one of even width between them.
fn sharp(width: u32) -> f64 {
    if width % 2 == 1 { 0.5 } else { 0.0 }
}

impl DrawingBackend for Canvas {
    type ErrorType = CanvasError;

    fn get_size(&self) -> (u32, u32) {
        self.inner.get_size()
    }

    fn ensure_prepared(&mut self) -> Result<()> {
        self.inner.ensure_prepared()
    }

    fn present(&mut self) -> Result<()> {
        self.flush();
        self.inner.present()
    }

    fn draw_pixel(&mut self, point: BackendCoord, color: BackendColor) -> Result<()> {
        self.delegate(|inner| inner.draw_pixel(point, color))
    }

    fn draw_line<S: BackendStyle>(
        &mut self,
        from: BackendCoord,
        to: BackendCoord,
        style: &S,
    ) -> Result<()> {
        self.draw_path([from, to], style)
    }

    fn draw_rect<S: BackendStyle>(
        &mut self,
        upper_left: BackendCoord,
        bottom_right: BackendCoord,
        style: &S,
        fill: bool,
    ) -> Result<()> {
        if !fill {
            return self.delegate(|inner| inner.draw_rect(upper_left, bottom_right, style, fill));
        }
        self.flush();
        self.set_fill(style.color());
        self.context.fill_rect(
            f64::from(upper_left.0),
            f64::from(upper_left.1),
            f64::from(bottom_right.0 - upper_left.0),
            f64::from(bottom_right.1 - upper_left.1),
        );
        Ok(())
    }

    fn draw_path<S: BackendStyle, I: IntoIterator<Item = BackendCoord>>(
        &mut self,
        path: I,
        style: &S,
    ) -> Result<()> {
        let mut path = path.into_iter();
        let (Some(start), Some(second)) = (path.next(), path.next()) else { return Ok(()) };
        let third = path.next();
        self.set_stroke(style);
        if third.is_some() {
            self.flush();
        }
        if self.open == 0 {
            self.context.begin_path();
        }
        let shift = sharp(style.stroke_width());
        let place = |(x, y): BackendCoord| (f64::from(x) + shift, f64::from(y) + shift);
        let (x, y) = place(start);
        self.context.move_to(x, y);
        for point in [second].into_iter().chain(third).chain(path) {
            let (x, y) = place(point);
            self.context.line_to(x, y);
        }
        self.open += 1;
        if third.is_some() || self.open >= BATCH {
            self.flush();
        }
        Ok(())
    }

    fn draw_circle<S: BackendStyle>(
        &mut self,
        center: BackendCoord,
        radius: u32,
        style: &S,
        fill: bool,
    ) -> Result<()> {
        self.delegate(|inner| inner.draw_circle(center, radius, style, fill))
    }

    fn fill_polygon<S: BackendStyle, I: IntoIterator<Item = BackendCoord>>(
        &mut self,
        vert: I,
        style: &S,
    ) -> Result<()> {
        self.delegate(|inner| inner.fill_polygon(vert, style))
    }

    fn draw_text<S: BackendTextStyle>(
        &mut self,
        text: &str,
        style: &S,
        pos: BackendCoord,
    ) -> Result<()> {
        if !matches!(style.transform(), FontTransform::None) {
            return self.delegate(|inner| inner.draw_text(text, style, pos));
        }
        self.flush();
        self.set_fill(style.color());
        self.set_font(style);
        let anchor = style.anchor();
        // Not `start` and `end`, which turn round in a page written from right to left.
        let align = match anchor.h_pos {
            HPos::Left => "left",
            HPos::Center => "center",
            HPos::Right => "right",
        };
        let baseline = match anchor.v_pos {
            VPos::Top => "top",
            VPos::Center => "middle",
            VPos::Bottom => "bottom",
        };
        if self.anchor != Some((align, baseline)) {
            self.context.set_text_align(align);
            self.context.set_text_baseline(baseline);
            self.anchor = Some((align, baseline));
        }
        // The only error is a missing argument.
        let _ = self.context.fill_text(text, f64::from(pos.0), f64::from(pos.1));
        Ok(())
    }

    /// A guess without the page: our charts measure with [`super::measure::TextMeter`], so nothing
    /// of plotters that needs sizes is in use, and none may put elements into the page.
    fn estimate_text_size<S: BackendTextStyle>(&self, text: &str, style: &S) -> Result<(u32, u32)> {
        let width = 0.6 * style.size() * text.chars().count() as f64;
        Ok((width.ceil() as u32, style.size().ceil() as u32))
    }
}
