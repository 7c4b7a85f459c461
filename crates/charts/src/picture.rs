//! A picture as a list of strokes in device pixels, and playing it on any plotters backend.
//!
//! Drawing is split so that only [`Picture::play`] is generic: the app carries one copy of the
//! drawing code for canvas and SVG. Lines along the axes are filled rectangles, which are sharp at
//! every pixel ratio and cheaper than strokes.

use plotters::coord::Shift;
use plotters::element::{Circle, PathElement, Polygon, Rectangle, Text};
use plotters::prelude::{Color, DrawingArea, DrawingBackend, RGBColor, ShapeStyle, TextStyle};
use plotters::style::text_anchor::{HPos, Pos, VPos};
use plotters::style::{FontDesc, FontFamily, FontStyle};

use crate::error::ChartError;
use crate::text::{Font, Measure};
use crate::theme::Theme;

/// How a picture is to look, besides its content.
#[derive(Clone, Copy)]
pub struct Look<'a> {
    /// Colours.
    pub theme: &'a Theme,
    /// CSS list of font families, the same that the page uses.
    pub family: &'a str,
    /// Knows that font.
    pub measure: &'a dyn Measure,
    /// Device pixels per CSS pixel.
    pub dpr: f64,
    /// 1 for a canvas, [`SVG_FONT_SCALE`] for plotters' SVG backend.
    pub font_scale: f64,
}

/// plotters' SVG backend writes `font-size` as the size divided by this.
pub const SVG_FONT_SCALE: f64 = 1.24;

/// A point in **CSS pixels**.
pub type Point = (f64, f64);

/// A rectangle in **CSS pixels**.
#[derive(Clone, Copy, Debug, Default, PartialEq)]
pub struct Rect {
    /// Left edge.
    pub left: f64,
    /// Upper edge.
    pub top: f64,
    /// Right edge.
    pub right: f64,
    /// Lower edge.
    pub bottom: f64,
}

impl Rect {
    /// From its edges.
    pub fn new(left: f64, top: f64, right: f64, bottom: f64) -> Self {
        Self { left, top, right, bottom }
    }

    /// **CSS pixels**.
    pub fn width(&self) -> f64 {
        self.right - self.left
    }

    /// **CSS pixels**.
    pub fn height(&self) -> f64 {
        self.bottom - self.top
    }

    /// Do they share more than an edge?
    pub fn overlaps(&self, other: &Self) -> bool {
        self.left < other.right
            && other.left < self.right
            && self.top < other.bottom
            && other.top < self.bottom
    }
}

/// Which point of a text is given; texts are always centred vertically on it.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Anchor {
    /// Its left end.
    Left,
    /// Its middle.
    Center,
    /// Its right end.
    Right,
}

enum Op {
    Rect([(i32, i32); 2], RGBColor),
    Path(Vec<(i32, i32)>, RGBColor, u32),
    Polygon(Vec<(i32, i32)>, RGBColor),
    Circle((i32, i32), u32, RGBColor),
    Text { text: String, at: (i32, i32), anchor: Anchor, font: Font, color: RGBColor },
}

/// Strokes in the order of drawing.
pub struct Picture<'a> {
    /// How it is to look.
    pub look: Look<'a>,
    ops: Vec<Op>,
}

impl<'a> Picture<'a> {
    /// An empty one.
    pub fn new(look: Look<'a>) -> Self {
        Self { look, ops: Vec::new() }
    }

    fn px(&self, css: f64) -> i32 {
        // Saturates, and turns NaN into 0.
        (css * self.look.dpr).round() as i32
    }

    fn at(&self, (x, y): Point) -> (i32, i32) {
        (self.px(x), self.px(y))
    }

    /// A stroke width in device pixels, at least one.
    fn stroke(&self, css: f64) -> i32 {
        self.px(css).max(1)
    }

    /// A filled rectangle.
    pub fn rect(&mut self, rect: Rect, color: RGBColor) {
        let (a, b) = (self.at((rect.left, rect.top)), self.at((rect.right, rect.bottom)));
        if b.0 > a.0 && b.1 > a.1 {
            self.ops.push(Op::Rect([a, b], color));
        }
    }

    /// The four sides of a rectangle, drawn inside it.
    pub fn frame(&mut self, rect: Rect, width: f64, color: RGBColor) {
        let Rect { left, top, right, bottom } = rect;
        self.dashes_h((left, right), top + width / 2.0, width, None, color);
        self.dashes_h((left, right), bottom - width / 2.0, width, None, color);
        self.dashes_v(left + width / 2.0, (top, bottom), width, None, color);
        self.dashes_v(right - width / 2.0, (top, bottom), width, None, color);
    }

    /// A horizontal line, whole or as dashes `(on, off)` in **CSS pixels**.
    pub fn dashes_h(
        &mut self,
        (from, to): (f64, f64),
        y: f64,
        width: f64,
        dash: Option<(f64, f64)>,
        color: RGBColor,
    ) {
        let (width, half) = (self.stroke(width), self.stroke(width) / 2);
        let y = self.px(y) - half;
        for (a, b) in dashes(self.px(from), self.px(to), dash.map(|d| self.dash(d))) {
            self.ops.push(Op::Rect([(a, y), (b, y + width)], color));
        }
    }

    /// A vertical line, whole or as dashes `(on, off)` in **CSS pixels**.
    pub fn dashes_v(
        &mut self,
        x: f64,
        (from, to): (f64, f64),
        width: f64,
        dash: Option<(f64, f64)>,
        color: RGBColor,
    ) {
        let (width, half) = (self.stroke(width), self.stroke(width) / 2);
        let x = self.px(x) - half;
        for (a, b) in dashes(self.px(from), self.px(to), dash.map(|d| self.dash(d))) {
            self.ops.push(Op::Rect([(x, a), (x + width, b)], color));
        }
    }

    fn dash(&self, (on, off): (f64, f64)) -> (i32, i32) {
        (self.stroke(on), self.stroke(off))
    }

    /// A line through points.
    pub fn path(&mut self, points: &[Point], width: f64, color: RGBColor) {
        if points.len() > 1 {
            let points = points.iter().map(|point| self.at(*point)).collect();
            self.ops.push(Op::Path(points, color, self.stroke(width) as u32));
        }
    }

    /// A filled shape.
    pub fn polygon(&mut self, points: &[Point], color: RGBColor) {
        if points.len() > 2 {
            let points = points.iter().map(|point| self.at(*point)).collect();
            self.ops.push(Op::Polygon(points, color));
        }
    }

    /// A filled disc.
    pub fn disc(&mut self, center: Point, radius: f64, color: RGBColor) {
        self.ops.push(Op::Circle(self.at(center), self.stroke(radius) as u32, color));
    }

    /// A text, centred vertically on the point.
    pub fn text(&mut self, text: &str, at: Point, anchor: Anchor, font: Font, color: RGBColor) {
        if !text.is_empty() {
            let at = self.at(at);
            self.ops.push(Op::Text { text: text.to_owned(), at, anchor, font, color });
        }
    }

    /// How many strokes, for tests.
    pub fn len(&self) -> usize {
        self.ops.len()
    }

    /// Is there nothing to draw?
    pub fn is_empty(&self) -> bool {
        self.ops.is_empty()
    }

    /// Draws everything on the area. Whoever draws last calls `present`.
    ///
    /// # Errors
    /// The backend refuses.
    pub fn play<DB: DrawingBackend>(self, area: &DrawingArea<DB, Shift>) -> Result<(), ChartError> {
        let look = self.look;
        for op in self.ops {
            match op {
                Op::Rect(corners, color) => area.draw(&Rectangle::new(corners, color.filled())),
                Op::Path(points, color, width) => {
                    let style = ShapeStyle::from(&color).stroke_width(width);
                    area.draw(&PathElement::new(points, style))
                }
                Op::Polygon(points, color) => area.draw(&Polygon::new(points, color.filled())),
                Op::Circle(center, radius, color) => {
                    area.draw(&Circle::new(center, radius, color.filled()))
                }
                Op::Text { text, at, anchor, font, color } => {
                    let weight = if font.bold { FontStyle::Bold } else { FontStyle::Normal };
                    let size = font.size * look.dpr * look.font_scale;
                    let family = FontFamily::Name(look.family);
                    let h_pos = match anchor {
                        Anchor::Left => HPos::Left,
                        Anchor::Center => HPos::Center,
                        Anchor::Right => HPos::Right,
                    };
                    let style = TextStyle::from(FontDesc::new(family, size, weight))
                        .color(&color)
                        .pos(Pos::new(h_pos, VPos::Center));
                    area.draw(&Text::new(text, at, style))
                }
            }
            .map_err(surface)?;
        }
        Ok(())
    }
}

/// Paints a picture over a whole area and ends the drawing. What paints is told the size of the area,
/// width and height in **CSS pixels**.
///
/// # Errors
/// The backend refuses.
pub fn over<DB: DrawingBackend>(
    area: &DrawingArea<DB, Shift>,
    look: Look<'_>,
    paint: impl FnOnce(&mut Picture<'_>, (f64, f64)),
) -> Result<(), ChartError> {
    let (width, height) = area.dim_in_pixel();
    let mut picture = Picture::new(look);
    paint(&mut picture, (f64::from(width) / look.dpr, f64::from(height) / look.dpr));
    picture.play(area)?;
    present(area)
}

/// Ends the drawing on an area.
///
/// # Errors
/// The backend refuses.
pub fn present<DB: DrawingBackend>(area: &DrawingArea<DB, Shift>) -> Result<(), ChartError> {
    area.present().map_err(surface)
}

fn surface(error: impl std::error::Error) -> ChartError {
    ChartError::Surface(error.to_string())
}

/// The dashes between two device pixels; a whole line is one dash.
fn dashes(from: i32, to: i32, dash: Option<(i32, i32)>) -> impl Iterator<Item = (i32, i32)> {
    let length = to.saturating_sub(from).max(0);
    let (on, off) = dash.unwrap_or((length.max(1), 1));
    let period = on.saturating_add(off).max(1);
    (0..)
        .map(move |i: i32| from.saturating_add(i.saturating_mul(period)))
        .take_while(move |start| *start < to)
        .take(4_096)
        .map(move |start| (start, start.saturating_add(on).min(to)))
}
