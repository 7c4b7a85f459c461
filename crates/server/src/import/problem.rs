//! What is wrong with a folder of extracts: one problem per bad value, sorted, masked, counted.

use std::fmt;

use serde::Serialize;

/// The kinds of problems; `docs/data-format.md` says which value gives which.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize)]
#[serde(rename_all = "kebab-case")]
pub enum Code {
    /// A file that cannot be read, or that no register has.
    File,
    /// A header with a missing, unknown or doubled column.
    Header,
    /// A row with more or fewer fields than the header.
    Fields,
    /// Not UTF-8.
    Encoding,
    /// Empty where a value is needed.
    Empty,
    /// Text that is too long or has characters it may not have.
    Text,
    /// Not a CPR number.
    Cpr,
    /// The CPR number of another citizen.
    CprTaken,
    /// Not a date.
    Date,
    /// Not a month.
    Month,
    /// Not a number.
    Number,
    /// A number too small or too large.
    Range,
    /// A word that is not in the list.
    Word,
    /// Two fields that contradict each other.
    Order,
    /// A key that an earlier row of the file has.
    Duplicate,
    /// A citizen who is in neither the folder nor the database.
    UnknownCitizen,
    /// The database has a version from a later day.
    NewerVersion,
    /// The manifest cannot be used.
    Manifest,
}

impl Code {
    /// Every kind.
    pub const ALL: [Self; 18] = [
        Self::File,
        Self::Header,
        Self::Fields,
        Self::Encoding,
        Self::Empty,
        Self::Text,
        Self::Cpr,
        Self::CprTaken,
        Self::Date,
        Self::Month,
        Self::Number,
        Self::Range,
        Self::Word,
        Self::Order,
        Self::Duplicate,
        Self::UnknownCitizen,
        Self::NewerVersion,
        Self::Manifest,
    ];
}

/// One thing that is wrong.
#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
pub struct Problem {
    /// File name without its folder.
    pub file: String,
    /// Line where the row begins, the header being 1; in Parquet the row, the first being 1. `0`:
    /// the whole file.
    pub line: u64,
    /// Column, if it is about one.
    pub column: Option<String>,
    /// The value as it stands there, shortened; CPR numbers are masked.
    pub value: Option<String>,
    /// Kind of problem.
    pub code: Code,
    /// The rest of a sentence that begins with the value.
    pub reason: String,
}

impl fmt::Display for Problem {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "{}", self.file)?;
        if self.line > 0 {
            write!(f, ":{}", self.line)?;
        }
        if let Some(column) = &self.column {
            write!(f, ", {column}")?;
        }
        f.write_str(": ")?;
        if let Some(value) = &self.value {
            write!(f, "“{value}” ")?;
        }
        f.write_str(&self.reason)
    }
}

/// The problems of a folder: the first [`Problems::LIMIT`] are kept, all are counted.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Problems {
    list: Vec<Problem>,
    total: u64,
}

impl Problems {
    /// How many problems are kept and reported.
    pub const LIMIT: usize = 1_000;

    /// Nothing is wrong.
    pub fn is_empty(&self) -> bool {
        self.total == 0
    }

    /// All problems found, also those beyond the limit.
    pub fn total(&self) -> u64 {
        self.total
    }

    /// The problems that are reported.
    pub fn list(&self) -> &[Problem] {
        &self.list
    }

    pub(super) fn add(&mut self, problem: Problem) {
        self.total += 1;
        if self.list.len() < Self::LIMIT {
            self.list.push(problem);
        }
    }

    pub(super) fn append(&mut self, mut other: Self) {
        self.total += other.total;
        other.list.truncate(Self::LIMIT.saturating_sub(self.list.len()));
        self.list.append(&mut other.list);
    }

    /// In the order of the files given, then of the lines.
    pub(super) fn sort(&mut self, files: &[&str]) {
        let place = |file: &str| files.iter().position(|name| *name == file);
        self.list.sort_by_key(|problem| (place(&problem.file), problem.line));
    }
}

impl fmt::Display for Problems {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        for problem in &self.list {
            writeln!(f, "{problem}")?;
        }
        let shown = self.list.len() as u64;
        if self.total > shown {
            writeln!(f, "… and {} more: only the first {shown} are listed.", self.total - shown)?;
        }
        Ok(())
    }
}

/// The longest value that is shown, in characters.
const LONGEST_SHOWN: usize = 60;

/// A value for an error message: no control characters, not too long, and with every digit of
/// anything that could be a CPR number replaced.
pub(super) fn shown(bytes: &[u8]) -> String {
    let text = String::from_utf8_lossy(bytes);
    let mut shown: String = mask(&text).chars().take(LONGEST_SHOWN).collect();
    if text.chars().count() > LONGEST_SHOWN {
        shown.push('…');
    }
    shown.chars().flat_map(printable).collect()
}

/// A value of the CPR column: none of its digits.
pub(super) fn shown_cpr(bytes: &[u8]) -> String {
    let text = String::from_utf8_lossy(bytes);
    let masked = text.chars().take(LONGEST_SHOWN);
    masked.map(|c| if c.is_ascii_digit() { '*' } else { c }).flat_map(printable).collect()
}

fn printable(c: char) -> impl Iterator<Item = char> {
    let (escaped, plain) =
        if c.is_control() { (Some(c.escape_default()), None) } else { (None, Some(c)) };
    escaped.into_iter().flatten().chain(plain)
}

/// Replaces the digits of every run of ten or more, with or without hyphens and spaces between.
fn mask(text: &str) -> String {
    let mut masked: Vec<char> = text.chars().collect();
    let mut run: Vec<usize> = Vec::new();
    for at in 0..=masked.len() {
        match masked.get(at) {
            Some(c) if c.is_ascii_digit() => run.push(at),
            Some('-' | ' ') if !run.is_empty() => {}
            _ => {
                if run.len() >= 10 {
                    for digit in &run {
                        masked[*digit] = '*';
                    }
                }
                run.clear();
            }
        }
    }
    masked.into_iter().collect()
}
