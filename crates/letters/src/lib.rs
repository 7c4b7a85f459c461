//! How a letter looks: accessible, tagged PDF (PDF/UA-1) from the text of a letter.
//!
//! It must not know what a letter says, to whom it is sent or how; nor clocks, files, networks or
//! the fonts of the machine. A text is data: none of it is read as markup.

#![forbid(unsafe_code)]

mod address;
pub mod envelope;
mod face;
mod labels;
mod press;
mod sheet;

use chrono::NaiveDate;
use jobnet_messages::Language;
use jobnet_messages::letter::Letter;

pub use face::Missing;
pub use press::Press;

/// Who writes.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Sender {
    /// Name.
    pub name: String,
    /// Where a letter comes back to, line by line; empty: it is not shown.
    pub address: Vec<String>,
    /// How to reach the sender, line by line; may be empty.
    pub contact: Vec<String>,
}

/// A letter with all that stands around its text.
#[derive(Clone, Copy, Debug)]
pub struct Posting<'a> {
    /// The text.
    pub letter: &'a Letter,
    /// Its language.
    pub language: Language,
    /// Who writes.
    pub sender: &'a Sender,
    /// Name and address, line by line; empty for what is not sent in an envelope.
    pub recipient: &'a [String],
    /// The day of the letter, also the file's day of creation.
    pub date: NaiveDate,
    /// What to name when one asks; may be empty.
    pub reference: &'a str,
    /// What to do with signs of the text that cannot be written. Those of names and addresses are
    /// never replaced.
    pub missing: Missing,
}

/// Why a letter cannot be made. No error holds a text of the letter.
#[derive(Clone, Debug, PartialEq, Eq, thiserror::Error)]
pub enum LetterError {
    /// Without a title it has no name for those who hear it.
    #[error("the letter has no title")]
    NoTitle,
    /// The typeface cannot write it.
    #[error("the typeface has no sign U+{:04X}", u32::from(*.0))]
    NoGlyph(char),
    /// More lines than the window shows.
    #[error("the address has {lines} lines, the window shows {most}")]
    AddressTooLong {
        /// How many there are.
        lines: usize,
        /// How many there may be.
        most: usize,
    },
    /// Wider than the window.
    #[error("line {line} of the address is wider than the window")]
    AddressTooWide {
        /// Which, from 1.
        line: usize,
    },
    /// The bundled fonts cannot be read.
    #[error("the bundled typeface cannot be read")]
    Typeface,
    /// The template fails: a mistake in this crate.
    #[error("the template of letters fails: {0}")]
    Template(String),
    /// The file would not be accessible (PDF/UA-1).
    #[error("the letter is not accessible: {0}")]
    NotAccessible(String),
}
