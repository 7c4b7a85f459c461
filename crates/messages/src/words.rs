//! Numbers, days, months and times of day as each language writes them.
//!
//! It must not know which day it is.

use chrono::{Datelike, NaiveDate};

use crate::Language;

/// The months in Danish, January first.
pub const MONTHS_DA: [&str; 12] = [
    "januar",
    "februar",
    "marts",
    "april",
    "maj",
    "juni",
    "juli",
    "august",
    "september",
    "oktober",
    "november",
    "december",
];
/// The months in English, January first.
pub const MONTHS_EN: [&str; 12] = [
    "January",
    "February",
    "March",
    "April",
    "May",
    "June",
    "July",
    "August",
    "September",
    "October",
    "November",
    "December",
];

/// Joins what no line may part.
const NBSP: char = '\u{a0}';

/// The month a day is in: `november` / `November`.
pub fn month_name(language: Language, day: NaiveDate) -> &'static str {
    let index = day.month0() as usize;
    match language {
        Language::Da => MONTHS_DA[index],
        Language::En => MONTHS_EN[index],
    }
}

/// `26. november 2026` / `26 November 2026`.
pub fn date(language: Language, day: NaiveDate) -> String {
    let point = match language {
        Language::Da => ".",
        Language::En => "",
    };
    let month = month_name(language, day);
    format!("{}{point}{NBSP}{month}{NBSP}{}", day.day(), day.year())
}

/// The month a day is in, with its year: `november 2026` / `November 2026`.
pub fn month(language: Language, day: NaiveDate) -> String {
    format!("{}{NBSP}{}", month_name(language, day), day.year())
}

/// A whole number with its thousands apart: `3.848` / `3,848`.
pub fn integer(language: Language, value: i64) -> String {
    let separator = match language {
        Language::Da => '.',
        Language::En => ',',
    };
    let digits = value.unsigned_abs().to_string();
    let mut text = String::with_capacity(digits.len() + 4);
    if value < 0 {
        text.push('−');
    }
    for (position, digit) in digits.chars().enumerate() {
        if position > 0 && (digits.len() - position).is_multiple_of(3) {
            text.push(separator);
        }
        text.push(digit);
    }
    text
}

/// Hundredths with two decimals: `1.234,50` / `1,234.50`.
pub fn hundredths(language: Language, value: i64) -> String {
    let point = match language {
        Language::Da => ',',
        Language::En => '.',
    };
    let whole = integer(language, (value / 100).abs());
    let sign = if value < 0 { "−" } else { "" };
    format!("{sign}{whole}{point}{:02}", (value % 100).abs())
}

/// Hundredths without decimals where there are none: `3.848`, `145,53`.
pub fn short_hundredths(language: Language, value: i64) -> String {
    if value % 100 == 0 { integer(language, value / 100) } else { hundredths(language, value) }
}

/// A time of the day, from **minutes** after midnight: `9.05` / `09:05`.
pub fn time(language: Language, minutes: u32) -> String {
    let (hour, minute) = (minutes / 60, minutes % 60);
    match language {
        Language::Da => format!("{hour}.{minute:02}"),
        Language::En => format!("{hour:02}:{minute:02}"),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn days_and_times_are_told_as_each_language_does() {
        let day = NaiveDate::from_ymd_opt(2026, 3, 5).unwrap();
        assert_eq!(date(Language::Da, day), "5.\u{a0}marts\u{a0}2026");
        assert_eq!(date(Language::En, day), "5\u{a0}March\u{a0}2026");
        assert_eq!(month(Language::Da, day), "marts\u{a0}2026");
        assert_eq!(time(Language::Da, 545), "9.05");
        assert_eq!(time(Language::En, 545), "09:05");
    }

    #[test]
    fn thousands_stand_apart_and_decimals_only_where_there_are_some() {
        assert_eq!(short_hundredths(Language::Da, 384_800), "3.848");
        assert_eq!(short_hundredths(Language::En, -14_553), "−145.53");
        assert_eq!(hundredths(Language::Da, 123_450), "1.234,50");
    }
}
