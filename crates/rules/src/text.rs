//! Months, days and hundredths put onto a text digit by digit. An account has hundreds of them in
//! its trace, and the formatter would be most of what writing it costs. Says what `Display` says.

use std::fmt::Write;

use chrono::{Datelike, NaiveDate};

use crate::units::{Hours, Month};

/// `2026-03`.
pub(crate) fn push_month(text: &mut String, month: Month) {
    push_year(text, month.year());
    text.push('-');
    push_two(text, month.number());
}

/// `2026-03-01`.
pub(crate) fn push_day(text: &mut String, day: NaiveDate) {
    if !(0..=9999).contains(&day.year()) {
        return push_formatted(text, day);
    }
    push_year(text, day.year());
    text.push('-');
    push_two(text, day.month());
    text.push('-');
    push_two(text, day.day());
}

/// `-12.34`.
pub(crate) fn push_hundredths(text: &mut String, hundredths: i64) {
    let Some(value) = u32::try_from(hundredths).ok() else {
        return push_formatted(text, Hours::from_hundredths(hundredths));
    };
    push_number(text, value / 100);
    text.push('.');
    push_two(text, value % 100);
}

fn push_formatted(text: &mut String, value: impl std::fmt::Display) {
    let _never_fails = write!(text, "{value}");
}

fn push_digit(text: &mut String, digit: u32) {
    text.push(char::from(b'0' + (digit % 10) as u8));
}

fn push_two(text: &mut String, number: u32) {
    push_digit(text, number / 10);
    push_digit(text, number);
}

fn push_number(text: &mut String, number: u32) {
    if number >= 10 {
        push_number(text, number / 10);
    }
    push_digit(text, number);
}

fn push_year(text: &mut String, year: i32) {
    match u32::try_from(year) {
        Ok(year @ 0..=9999) => {
            push_two(text, year / 100);
            push_two(text, year % 100);
        }
        _ => {
            let _never_fails = write!(text, "{year:04}");
        }
    }
}
