//! Texts that never overlap.

use crate::picture::{Anchor, Rect};
use crate::text::{Font, Measure};

/// A placed text: an optional bold part, then an ordinary part.
#[derive(Clone, Debug, PartialEq)]
pub struct Label {
    /// The place it fills, in **CSS pixels**.
    pub place: Rect,
    /// Bold part, without the space after it.
    pub bold: String,
    /// Ordinary part.
    pub plain: String,
    /// From which side it is written.
    pub anchor: Anchor,
    /// Size of both parts.
    pub size: f64,
    /// Colour of the ordinary part.
    pub tone: Tone,
    /// Is a patch of the page's colour put under it, since lines run there?
    pub patch: bool,
}

/// The colour of the ordinary part of a label.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Tone {
    /// Text.
    Ink,
    /// Text of second rank.
    Ink2,
}

/// Height of a row of labels in **CSS pixels**.
pub(super) const ROW: f64 = 18.0;

/// Space between the two parts, in shares of the size.
pub(super) const GAP: f64 = 0.28;

/// Places labels one after the other; later ones give way.
pub(super) struct Labels<'a> {
    pub(super) measure: &'a dyn Measure,
    /// Nothing may leave this.
    pub(super) bounds: Rect,
    placed: Vec<Label>,
}

impl<'a> Labels<'a> {
    pub(super) fn new(measure: &'a dyn Measure, bounds: Rect) -> Self {
        Self { measure, bounds, placed: Vec::new() }
    }

    pub(super) fn width(&self, bold: &str, plain: &str, size: f64) -> f64 {
        let mut width = 0.0;
        if !bold.is_empty() {
            width += self.measure.width(bold, Font { size, bold: true });
        }
        if !plain.is_empty() {
            width += self.measure.width(plain, Font { size, bold: false });
            width += if bold.is_empty() { 0.0 } else { size * GAP };
        }
        width
    }

    /// The widest of some ordinary labels.
    pub(super) fn widest(&self, rows: &[String]) -> f64 {
        rows.iter().map(|row| self.width("", row, Font::LABEL.size)).fold(0.0, f64::max)
    }

    /// Is there room for a text here, with this much air left and right?
    pub(super) fn is_free(&self, place: Rect, air: f64) -> bool {
        let roomy = Rect::new(place.left - air, place.top, place.right + air, place.bottom);
        let inside = place.left >= self.bounds.left - 0.5
            && place.right <= self.bounds.right + 0.5
            && place.top >= self.bounds.top - 0.5
            && place.bottom <= self.bounds.bottom + 0.5;
        inside && self.placed.iter().all(|label| !label.place.overlaps(&roomy))
    }

    /// Puts a label at `x` in the row centred on `y` if it has room. An anchor other than `Left`
    /// is moved just so far that the label stays inside the bounds.
    pub(super) fn put(&mut self, text: Text<'_>, x: f64, y: f64, anchor: Anchor) -> bool {
        let width = self.width(text.bold, text.plain, text.size);
        let left = match anchor {
            Anchor::Left => x,
            Anchor::Center => x - width / 2.0,
            Anchor::Right => x - width,
        };
        let most = self.bounds.right - width;
        let moved = if text.moves { left.min(most).max(self.bounds.left) } else { left };
        let place = Rect::new(moved, y - ROW / 2.0, moved + width, y + ROW / 2.0);
        if !self.is_free(place, text.air) {
            return false;
        }
        self.placed.push(Label {
            place,
            bold: text.bold.to_owned(),
            plain: text.plain.to_owned(),
            anchor,
            size: text.size,
            tone: text.tone,
            patch: text.patch,
        });
        true
    }

    pub(super) fn into_placed(self) -> Vec<Label> {
        self.placed
    }
}

/// A text to place.
#[derive(Clone, Copy)]
pub(super) struct Text<'a> {
    pub(super) bold: &'a str,
    pub(super) plain: &'a str,
    pub(super) size: f64,
    pub(super) tone: Tone,
    pub(super) patch: bool,
    /// May it move sideways to stay inside?
    pub(super) moves: bool,
    /// Free space wanted left and right, **CSS pixels**.
    pub(super) air: f64,
}

impl<'a> Text<'a> {
    pub(super) fn plain(plain: &'a str) -> Self {
        Self {
            bold: "",
            plain,
            size: Font::LABEL.size,
            tone: Tone::Ink,
            patch: false,
            moves: false,
            air: 4.0,
        }
    }

    pub(super) fn bold(bold: &'a str) -> Self {
        Self { bold, plain: "", ..Self::plain("") }
    }
}
