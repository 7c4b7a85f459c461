//! The width of texts in the page's font, without touching the page.

use std::cell::RefCell;
use std::rc::Rc;

use jobnet_charts::text::{Estimate, Font, Measure};
use web_sys::{CanvasRenderingContext2d, Element};

use super::canvas;

/// Texts and how wide they are: a chart has a few dozen.
type Widths = Vec<(String, f64)>;

/// Measures with a canvas that is not in the page, each text once.
pub struct TextMeter {
    context: Option<CanvasRenderingContext2d>,
    family: String,
    known: RefCell<Vec<(Font, Widths)>>,
}

thread_local! {
    /// The one in use: all charts of a page are written in its font.
    static IN_USE: RefCell<Option<Rc<TextMeter>>> = const { RefCell::new(None) };
}

impl TextMeter {
    /// For the font that an element of the page is written in.
    pub fn of(element: &Element) -> Rc<Self> {
        IN_USE.with_borrow_mut(|meter| {
            Rc::clone(meter.get_or_insert_with(|| {
                let context = canvas::create().as_ref().and_then(canvas::context);
                let family = canvas::font_family(element);
                Rc::new(Self { context, family, known: RefCell::default() })
            }))
        })
    }

    /// Fonts have been loaded: every text has to be measured anew.
    pub fn forget() {
        IN_USE.take();
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
