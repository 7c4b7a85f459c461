//! The typeface: which signs it has, how wide a line is.
//!
//! It must not know letters.

use ttf_parser::Face;

use crate::LetterError;

/// The bundled files, the regular first. The same on every machine.
pub(crate) const FILES: [&[u8]; 2] =
    [include_bytes!("../fonts/Inter-Regular.otf"), include_bytes!("../fonts/Inter-SemiBold.otf")];

/// What is written of a text the typeface cannot write in full.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub enum Missing {
    /// Nothing: the letter is refused. For what an authority writes.
    #[default]
    Refuse,
    /// An empty box in place of each sign, and a line at the end that says so. For her own words.
    Replace,
}

/// Stands for a sign that cannot be written. `U+FFFD` is forbidden in an accessible file.
pub(crate) const REPLACEMENT: char = '□';
/// Where a line may break and nothing is shown.
const BREAK: char = '\u{200b}';
/// So much stays together of a run that may break anywhere, in thousandths of the size of the type.
const PIECE: u32 = 5_000;
/// No word is longer, in signs; shorter ones are left to hyphenation.
const LONGEST_WORD: usize = 60;

/// Where a text stands. A run of signs that is wider than its column and no word may break anywhere.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum Column {
    /// Over the whole width, in the size of the title.
    Title,
    /// Over the whole width.
    Text,
    /// The names of facts.
    Name,
    /// Their values.
    Value,
    /// Beside the window.
    Aside,
}

impl Column {
    /// The widest run that surely fits.
    ///
    /// **Units**: thousandths of the size of the type.
    const fn widest_run(self) -> u32 {
        match self {
            Self::Title => 20_000,
            Self::Text => 38_000,
            Self::Name => 12_500,
            Self::Value => 24_000,
            Self::Aside => 16_000,
        }
    }
}

/// The regular typeface.
pub(crate) struct Typeface(Face<'static>);

impl Typeface {
    pub(crate) fn new() -> Result<Self, LetterError> {
        Face::parse(FILES[0], 0).map(Self).map_err(|_| LetterError::Typeface)
    }

    fn has(&self, sign: char) -> bool {
        self.0.glyph_index(sign).is_some()
    }

    /// How wide a line is.
    ///
    /// **Units**: thousandths of the size of the type.
    pub(crate) fn width(&self, line: &str) -> u32 {
        line.chars().map(|sign| self.advance(sign)).sum()
    }

    fn advance(&self, sign: char) -> u32 {
        let glyph = self.0.glyph_index(sign);
        let advance = glyph.and_then(|glyph| self.0.glyph_hor_advance(glyph)).unwrap_or(0);
        u32::from(advance) * 1000 / u32::from(self.0.units_per_em())
    }

    /// A text as it can be written, and whether a sign had to be replaced.
    ///
    /// # Errors
    /// `NoGlyph` when a sign is missing and may not be replaced.
    pub(crate) fn writable(
        &self,
        text: &str,
        column: Column,
        missing: Missing,
    ) -> Result<(String, bool), LetterError> {
        let mut written = String::with_capacity(text.len());
        let mut is_replaced = false;
        for sign in text.chars() {
            match sign {
                '\n' | '\u{ad}' => written.push(sign),
                '\r' => {}
                _ if is_invisible(sign) => {}
                _ if self.has(sign) => written.push(sign),
                '\u{202f}' => written.push('\u{a0}'),
                _ if sign.is_whitespace() => written.push(' '),
                _ if missing == Missing::Refuse => return Err(LetterError::NoGlyph(sign)),
                _ => {
                    written.push(REPLACEMENT);
                    is_replaced = true;
                }
            }
        }
        Ok((self.breakable(&written, column.widest_run()), is_replaced))
    }

    /// The text with places to break in what is wider than a column and no word.
    fn breakable(&self, text: &str, widest: u32) -> String {
        let mut out = String::with_capacity(text.len());
        for run in text.split_inclusive(|sign: char| sign.is_whitespace() || sign == '-') {
            let is_word = run.trim_end().chars().all(char::is_alphabetic);
            let length = run.trim_end().chars().count();
            if self.width(run) <= widest || (is_word && length <= LONGEST_WORD) {
                out.push_str(run);
                continue;
            }
            let mut piece = 0;
            for sign in run.chars() {
                let advance = self.advance(sign);
                // A mark without width stays with the letter before it.
                if piece + advance > PIECE && advance > 0 && !sign.is_whitespace() {
                    out.push(BREAK);
                    piece = 0;
                }
                piece += advance;
                out.push(sign);
            }
        }
        out
    }
}

/// Signs that only steer how others are shown: joiners, directions, variants.
const fn is_invisible(sign: char) -> bool {
    matches!(
        sign,
        '\u{200b}'..='\u{200f}'
            | '\u{202a}'..='\u{202e}'
            | '\u{2060}'..='\u{2069}'
            | '\u{fe00}'..='\u{fe0f}'
            | '\u{feff}'
    )
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn letters_of_danish_names_can_be_written() {
        let face = Typeface::new().unwrap();
        let names = "Åse Øster-Ærø, Łukasz Żółć, Gülşen Çelik, Nguyễn Thị Hòa, Þórdís, Živilė, Ωμέγα, Жанна";
        assert_eq!(
            face.writable(names, Column::Name, Missing::Refuse),
            Ok((names.to_owned(), false))
        );
        // A ring set apart from its letter.
        assert!(face.writable("A\u{30a}se", Column::Name, Missing::Refuse).is_ok());
    }

    #[test]
    fn what_cannot_be_written_is_refused_or_replaced() {
        let face = Typeface::new().unwrap();
        assert_eq!(
            face.writable("kl. 9 🙂", Column::Name, Missing::Refuse),
            Err(LetterError::NoGlyph('🙂'))
        );
        let replaced = face.writable("kl. 9 🙂 مرحبا", Column::Name, Missing::Replace).unwrap();
        assert_eq!(replaced, ("kl. 9 □ □□□□□".to_owned(), true));
        // Nobody misses what is not shown.
        let unseen =
            face.writable("a\u{200d}b\u{202e}c\u{feff}\r\nd\te", Column::Name, Missing::Refuse);
        assert_eq!(unseen, Ok(("abc\nd e".to_owned(), false)));
        assert_eq!(
            face.writable("a\u{7}", Column::Name, Missing::Refuse),
            Err(LetterError::NoGlyph('\u{7}'))
        );
    }

    #[test]
    fn only_what_is_no_word_may_break_anywhere() {
        let face = Typeface::new().unwrap();
        for kept in ["arbejdsløshedsforsikringsloven", "https://example.dk/"] {
            assert_eq!(
                face.writable(kept, Column::Name, Missing::Refuse),
                Ok((kept.to_owned(), false))
            );
        }
        for long in ["W".repeat(61), format!("https://example.dk/{}", "a1".repeat(30))] {
            let (broken, _) = face.writable(&long, Column::Name, Missing::Refuse).unwrap();
            assert_eq!(broken.replace(BREAK, ""), long);
            assert!(broken.split(BREAK).all(|piece| face.width(piece) <= PIECE), "{broken}");
        }
    }
}
