//! One field of an extract, from bytes to what it means.
//!
//! Knows nothing of files, rows or citizens.

use std::str::FromStr;

use chrono::NaiveDate;
use jobnet_rules::units::{Hours, Money, Month};
use sea_orm::{DbBackend, Value};

use super::problem::Code;
use super::spec::{Column, Kind, Presence};
use crate::db::day_value;
use crate::db::registers::month_to_db;

/// A field that was understood.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(super) enum Cell {
    /// Empty, where that is allowed.
    Empty,
    /// Text, or the id of a citizen before she is looked up.
    Text(String),
    /// One of a column's words.
    Word(&'static str),
    Date(NaiveDate),
    Month(Month),
    /// Hours or kroner.
    Hundredths(i64),
    Count(i32),
    Flag(bool),
}

/// Why a field was not understood.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(super) struct Refusal {
    pub(super) code: Code,
    pub(super) reason: String,
}

fn refuse(code: Code, reason: impl Into<String>) -> Refusal {
    Refusal { code, reason: reason.into() }
}

impl Cell {
    /// The value for the database; an empty one has its column's type.
    pub(super) fn into_value(self, kind: Kind, backend: DbBackend) -> Value {
        match self {
            Self::Text(text) => Value::String(Some(text)),
            Self::Word(word) => Value::String(Some(word.to_owned())),
            Self::Date(day) => day_value(backend, Some(day)),
            Self::Month(month) => Value::Int(Some(month_to_db(month))),
            Self::Hundredths(hundredths) => Value::BigInt(Some(hundredths)),
            Self::Count(count) => Value::Int(Some(count)),
            Self::Flag(flag) => Value::Bool(Some(flag)),
            Self::Empty => match kind {
                Kind::Citizen | Kind::Month | Kind::Count(_) => Value::Int(None),
                Kind::Cpr | Kind::Text(_) | Kind::Word(_) => Value::String(None),
                Kind::Date => day_value(backend, None),
                Kind::Hours(_) | Kind::Money => Value::BigInt(None),
                Kind::Flag => Value::Bool(None),
            },
        }
    }
}

/// Reads one field.
///
/// # Errors
/// When the bytes are not what the column may hold.
pub(super) fn parse(column: &Column, bytes: &[u8]) -> Result<Cell, Refusal> {
    if bytes.is_empty() {
        return match column.presence {
            Presence::Optional => Ok(Cell::Empty),
            Presence::Key | Presence::Required => {
                Err(refuse(Code::Empty, "is empty; this column needs a value"))
            }
        };
    }
    let text =
        std::str::from_utf8(bytes).map_err(|_| refuse(Code::Encoding, "is not valid UTF-8"))?;
    match column.kind {
        Kind::Citizen => clean(text, 64),
        Kind::Text(longest) => clean(text, longest),
        Kind::Cpr => cpr(text).map(Cell::Text),
        Kind::Date => date(text).map(Cell::Date),
        Kind::Month => month(text).map(Cell::Month),
        Kind::Hours(most) => hours(text, most).map(Cell::Hundredths),
        Kind::Money => money(text).map(Cell::Hundredths),
        Kind::Count(most) => count(text, most).map(Cell::Count),
        Kind::Flag => match text {
            "true" => Ok(Cell::Flag(true)),
            "false" => Ok(Cell::Flag(false)),
            _ => Err(refuse(Code::Word, "is neither “true” nor “false”")),
        },
        Kind::Word(words) => match words.iter().find(|word| **word == text) {
            Some(word) => Ok(Cell::Word(word)),
            None => Err(refuse(Code::Word, format!("is not one of {}", words.join(", ")))),
        },
    }
}

fn clean(text: &str, longest: usize) -> Result<Cell, Refusal> {
    // Bytes are at least as many as characters: counting is needed for long text only.
    if text.len() > longest && text.chars().count() > longest {
        return Err(refuse(Code::Text, format!("is longer than {longest} characters")));
    }
    if text.trim().len() != text.len() {
        return Err(refuse(Code::Text, "begins or ends with a space"));
    }
    if text.chars().any(char::is_control) {
        return Err(refuse(Code::Text, "has a control character, such as a line break"));
    }
    Ok(Cell::Text(text.to_owned()))
}

/// Ten digits; the hyphen is dropped.
fn cpr(text: &str) -> Result<String, Refusal> {
    crate::cpr::parse(text).map_err(|error| refuse(Code::Cpr, error.to_string()))
}

/// Whether a CPR number is of the range that is never given to a person: month 81 to 92.
pub(super) fn cpr_is_synthetic(digits: &str) -> bool {
    digits.get(2..4).and_then(|month| month.parse().ok()).is_some_and(|month: u32| month > 80)
}

fn date(text: &str) -> Result<NaiveDate, Refusal> {
    let wrong = || refuse(Code::Date, "is not a date (YYYY-MM-DD, years 1900 to 2200)");
    let bytes = text.as_bytes();
    if bytes.len() != 10 || bytes[4] != b'-' || bytes[7] != b'-' {
        return Err(wrong());
    }
    let digits = |range: std::ops::Range<usize>| {
        bytes[range].iter().try_fold(0_u32, |number, byte| {
            byte.is_ascii_digit().then(|| number * 10 + u32::from(byte - b'0'))
        })
    };
    let day = match (digits(0..4), digits(5..7), digits(8..10)) {
        (Some(year @ 1900..=2200), Some(month), Some(day)) => {
            NaiveDate::from_ymd_opt(year.cast_signed(), month, day)
        }
        _ => None,
    };
    day.ok_or_else(wrong)
}

fn month(text: &str) -> Result<Month, Refusal> {
    Month::from_str(text)
        .map_err(|_| refuse(Code::Month, "is not a month (YYYY-MM, years 1900 to 2200)"))
}

const DECIMAL: &str = "is not a number with a point and at most two decimals";

fn hours(text: &str, most: i64) -> Result<i64, Refusal> {
    let hours = Hours::from_str(text).map_err(|_| refuse(Code::Number, DECIMAL))?.hundredths();
    if hours < 0 {
        return Err(refuse(Code::Range, "is less than 0 hours"));
    }
    if hours > most * 100 {
        return Err(refuse(Code::Range, format!("is more than {most} hours")));
    }
    Ok(hours)
}

fn money(text: &str) -> Result<i64, Refusal> {
    let money = Money::from_str(text).map_err(|_| refuse(Code::Number, DECIMAL))?.hundredths();
    if money < 0 {
        return Err(refuse(Code::Range, "is less than 0 kroner"));
    }
    Ok(money)
}

fn count(text: &str, most: i32) -> Result<i32, Refusal> {
    let number: i32 = text.parse().map_err(|_| refuse(Code::Number, "is not a whole number"))?;
    if !(0..=most).contains(&number) {
        return Err(refuse(Code::Range, format!("is not between 0 and {most}")));
    }
    Ok(number)
}
