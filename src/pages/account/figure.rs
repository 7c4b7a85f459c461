//! A figure on screen: its value, its path in the answer, and the sentence it stands in.
//!
//! It computes nothing: a figure is copied from an answer or from a result of `jobnet-rules`.

use std::borrow::Cow;

use chrono::NaiveDate;
use jobnet_rules::trace;
use jobnet_rules::units::{Hours, Money, Month};

use crate::i18n::Language;

/// What a figure is, and so how it is written.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Value {
    /// A number of hours.
    Hours(Hours),
    /// An amount of kroner.
    Money(Money),
    /// A day.
    Day(NaiveDate),
    /// A month.
    Month(Month),
    /// A whole number.
    Count(i64),
}

impl Value {
    /// The value as `evaluate` writes it, for programs that compare the page with it.
    pub fn raw(&self) -> String {
        match self {
            Self::Hours(hours) => hours.to_string(),
            Self::Money(money) => money.to_string(),
            Self::Day(day) => day.to_string(),
            Self::Month(month) => month.to_string(),
            Self::Count(count) => count.to_string(),
        }
    }

    /// The value in the words of a language, without a unit for hours and counts.
    pub fn show(&self, language: Language) -> String {
        match self {
            Self::Hours(hours) => language.short_hours(*hours),
            Self::Money(money) => language.kroner(*money),
            Self::Day(day) => language.date(*day),
            Self::Month(month) => language.month(*month),
            Self::Count(count) => language.integer(*count),
        }
    }
}

impl From<Hours> for Value {
    fn from(value: Hours) -> Self {
        Self::Hours(value)
    }
}
impl From<Money> for Value {
    fn from(value: Money) -> Self {
        Self::Money(value)
    }
}
impl From<NaiveDate> for Value {
    fn from(value: NaiveDate) -> Self {
        Self::Day(value)
    }
}
impl From<Month> for Value {
    fn from(value: Month) -> Self {
        Self::Month(value)
    }
}
impl From<u32> for Value {
    fn from(value: u32) -> Self {
        Self::Count(value.into())
    }
}

/// A value with its path in the answer, such as `period.used_hours`: also the key of its trace.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Figure {
    /// Which figure of the answer.
    pub path: trace::Figure,
    /// The value.
    pub value: Value,
}

impl Figure {
    /// A figure of the answer.
    pub fn new(path: trace::Figure, value: impl Into<Value>) -> Self {
        Self { path, value: value.into() }
    }
}

/// A part of a sentence.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Piece {
    /// Words.
    Text(Cow<'static, str>),
    /// A figure.
    Figure(Figure),
}

/// A sentence with its figures in place.
pub type Line = Vec<Piece>;

/// Something to put into a named place of a text.
#[derive(Clone, Debug)]
pub enum Fill {
    /// A figure of the answer.
    Figure(Figure),
    /// Words.
    Text(String),
}

/// Puts figures and words into the named places of a text. A place without a filling stays as it
/// is, so that a test sees it.
pub fn fill(text: &'static str, fillings: &[(&str, Fill)]) -> Line {
    let mut line = Line::new();
    let mut rest = text;
    while let Some((before, after)) = rest.split_once('{') {
        let Some((name, after)) = after.split_once('}') else { break };
        if !before.is_empty() {
            line.push(Piece::Text(before.into()));
        }
        let filling = fillings.iter().find(|(place, _)| *place == name);
        line.push(match filling {
            Some((_, Fill::Figure(figure))) => Piece::Figure(*figure),
            Some((_, Fill::Text(text))) => Piece::Text(text.clone().into()),
            None => Piece::Text(format!("{{{name}}}").into()),
        });
        rest = after;
    }
    if !rest.is_empty() {
        line.push(Piece::Text(rest.into()));
    }
    line
}

/// A filling that is a figure of the answer.
pub fn figure(path: trace::Figure, value: impl Into<Value>) -> Fill {
    Fill::Figure(Figure::new(path, value))
}

/// A filling that is a plain word.
pub fn word(text: impl Into<String>) -> Fill {
    Fill::Text(text.into())
}

/// The sentence as text, without a word on how sure its figures are.
#[cfg(test)]
pub fn plain(line: &[Piece], language: Language) -> String {
    line.iter()
        .map(|piece| match piece {
            Piece::Text(text) => text.clone().into_owned(),
            Piece::Figure(figure) => figure.value.show(language),
        })
        .collect()
}

/// The figures of a sentence.
pub fn figures(line: &[Piece]) -> impl Iterator<Item = &Figure> {
    line.iter().filter_map(|piece| match piece {
        Piece::Figure(figure) => Some(figure),
        Piece::Text(_) => None,
    })
}

/// Names as a list in words: `a, b og c`.
pub fn and_list(names: &[String], language: Language) -> String {
    let and = language.account().page.and;
    match names {
        [] => String::new(),
        [only] => only.clone(),
        [first @ .., last] => format!("{} {and} {last}", first.join(", ")),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_sentence_keeps_its_words_and_marks_its_figures() {
        let left = figure(trace::Figure::RemainingHours, Hours::from_hundredths(357_734));
        let line = fill("Du har {left} timer {what}.", &[("left", left), ("what", word("nu"))]);
        assert_eq!(plain(&line, Language::Danish), "Du har 3.577,34 timer nu.");
        assert_eq!(plain(&line, Language::English), "Du har 3,577.34 timer nu.");
        let paths: Vec<_> = figures(&line).map(|f| (f.path.to_string(), f.value.raw())).collect();
        assert_eq!(paths, [("period.remaining_hours".to_owned(), "3577.34".to_owned())]);
    }

    #[test]
    fn a_place_without_a_filling_stays_visible() {
        assert_eq!(plain(&fill("Du har {left}", &[]), Language::Danish), "Du har {left}");
        assert_eq!(plain(&fill("Intet sted { her", &[]), Language::Danish), "Intet sted { her");
    }
}
