//! The width of texts in the page's font, without touching the page.

use std::cell::RefCell;

use jobnet_charts::text::{Estimate, Font, Measure};
use web_sys::CanvasRenderingContext2d;

use super::canvas;

/// Texts and how wide they are: a chart has a few dozen.
type Widths = Vec<(String, f64)>;

/// Measures with a canvas that is not in the page, each text once.
pub struct TextMeter {
    context: Option<CanvasRenderingContext2d>,
    family: String,
    known: RefCell<Vec<(Font, Widths)>>,
}

impl TextMeter {
    /// For this CSS list of families. Make a new one when fonts have been loaded.
    pub fn new(family: String) -> Self {
        let context = canvas::create().as_ref().and_then(canvas::context);
        Self { context, family, known: RefCell::default() }
    }

    /// The CSS list of families.
    pub fn family(&self) -> &str {
        &self.family
    }
}

impl Measure for TextMeter {
    fn width(&self, text: &str, font: Font) -> f64 {
        let Some(context) = &self.context else { return Estimate.width(text, font) };
        let mut known = self.known.borrow_mut();
        let place = known.iter().position(|(other, _)| *other == font).unwrap_or_else(|| {
            known.push((font, Vec::new()));
            known.len() - 1
        });
        let widths = &mut known[place].1;
        let gap = match widths.binary_search_by(|(known, _)| known.as_str().cmp(text)) {
            Ok(found) => return widths[found].1,
            Err(gap) => gap,
        };
        let weight = if font.bold { "bold" } else { "normal" };
        context.set_font(&format!("{weight} {}px {}", font.size, self.family));
        let width = context
            .measure_text(text)
            .map_or_else(|_| Estimate.width(text, font), |metrics| metrics.width());
        widths.insert(gap, (text.to_owned(), width));
        width
    }
}
