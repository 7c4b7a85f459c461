//! Days, months and times of day in words.
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
}
