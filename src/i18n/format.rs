//! Numbers, money and dates as each language writes them.

use chrono::{Datelike, NaiveDate};
use jobnet_messages::words::{self, MONTHS_DA, MONTHS_EN};
use jobnet_rules::units::{Hours, Money, Month};

use super::Language;

const WEEKDAYS_DA: [&str; 7] =
    ["mandag", "tirsdag", "onsdag", "torsdag", "fredag", "lørdag", "søndag"];
const WEEKDAYS_EN: [&str; 7] =
    ["Monday", "Tuesday", "Wednesday", "Thursday", "Friday", "Saturday", "Sunday"];

/// Joins a number and its unit so that no line breaks between them.
const NBSP: char = '\u{a0}';

impl Language {
    /// A whole number with its thousands apart: `3.848` / `3,848`.
    pub fn integer(self, value: i64) -> String {
        words::integer(self.of_messages(), value)
    }

    /// Hundredths with two decimals: `1.234,50` / `1,234.50`.
    pub fn hundredths(self, value: i64) -> String {
        words::hundredths(self.of_messages(), value)
    }

    /// Hours with two decimals, without the unit: hundredths of an hour, not minutes.
    pub fn hours(self, hours: Hours) -> String {
        self.hundredths(hours.hundredths())
    }

    /// Hours without decimals where there are none, for limits of the law: `3.848`, `145,53`.
    pub fn short_hours(self, hours: Hours) -> String {
        words::short_hundredths(self.of_messages(), hours.hundredths())
    }

    /// Whole kroner, half up: `11.593 kr.` / `DKK 11,593`.
    pub fn kroner(self, amount: Money) -> String {
        self.with_currency(&self.integer((amount.hundredths() + 50).div_euclid(100)))
    }

    /// Kroner and øre: `11.593,27 kr.` / `DKK 11,593.27`.
    pub fn kroner_and_ore(self, amount: Money) -> String {
        self.with_currency(&self.hundredths(amount.hundredths()))
    }

    fn with_currency(self, number: &str) -> String {
        match self {
            Self::Danish => format!("{number}{NBSP}kr."),
            Self::English => format!("DKK{NBSP}{number}"),
        }
    }

    /// `26. november 2026` / `26 November 2026`.
    pub fn date(self, day: NaiveDate) -> String {
        words::date(self.of_messages(), day)
    }

    /// `26. november` / `26 November`.
    pub fn day_and_month(self, day: NaiveDate) -> String {
        let month = self.month_name(Month::of(day));
        match self {
            Self::Danish => format!("{}.{NBSP}{month}", day.day()),
            Self::English => format!("{}{NBSP}{month}", day.day()),
        }
    }

    /// A time of the day, from **minutes** after midnight: `9.05` / `09:05`.
    pub fn time(self, minutes: u32) -> String {
        words::time(self.of_messages(), minutes)
    }

    /// `torsdag` / `Thursday`.
    pub fn weekday(self, day: NaiveDate) -> &'static str {
        let index = day.weekday().num_days_from_monday() as usize;
        match self {
            Self::Danish => WEEKDAYS_DA[index],
            Self::English => WEEKDAYS_EN[index],
        }
    }

    /// `november` / `November`.
    pub fn month_name(self, month: Month) -> &'static str {
        let index = month.number() as usize - 1;
        match self {
            Self::Danish => MONTHS_DA[index],
            Self::English => MONTHS_EN[index],
        }
    }

    /// Short names of the months, January first.
    pub const fn short_months(self) -> [&'static str; 12] {
        match self {
            Self::Danish => {
                ["jan", "feb", "mar", "apr", "maj", "jun", "jul", "aug", "sep", "okt", "nov", "dec"]
            }
            Self::English => {
                ["Jan", "Feb", "Mar", "Apr", "May", "Jun", "Jul", "Aug", "Sep", "Oct", "Nov", "Dec"]
            }
        }
    }

    /// `november 2026` / `November 2026`.
    pub fn month(self, month: Month) -> String {
        format!("{}{NBSP}{}", self.month_name(month), month.year())
    }

    /// The first letter as a capital: for a sentence or a cell that begins with a name of a day
    /// or a month.
    pub fn capital(text: &str) -> String {
        let mut letters = text.chars();
        letters
            .next()
            .map_or_else(String::new, |first| first.to_uppercase().chain(letters).collect())
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn check(hundredths: i64, danish: &str, english: &str) {
        let hours = Hours::from_hundredths(hundredths);
        assert_eq!(Language::Danish.hours(hours), danish);
        assert_eq!(Language::English.hours(hours), english);
    }

    #[test]
    fn hours_have_two_decimals_and_their_thousands_apart() {
        check(123_450, "1.234,50", "1,234.50");
        check(384_800, "3.848,00", "3,848.00");
        check(100_000_000, "1.000.000,00", "1,000,000.00");
        check(7, "0,07", "0.07");
        check(0, "0,00", "0.00");
        check(-50, "−0,50", "−0.50");
        check(-123_456, "−1.234,56", "−1,234.56");
    }

    #[test]
    fn limits_drop_decimals_they_do_not_have() {
        assert_eq!(Language::Danish.short_hours(Hours::from_hundredths(384_800)), "3.848");
        assert_eq!(Language::Danish.short_hours(Hours::from_hundredths(14_553)), "145,53");
    }

    #[test]
    fn kroner_round_half_up() {
        let kroner = |ore| Language::Danish.kroner(Money::from_hundredths(ore));
        assert_eq!(kroner(1_159_349), "11.593\u{a0}kr.");
        assert_eq!(kroner(1_159_350), "11.594\u{a0}kr.");
        assert_eq!(kroner(0), "0\u{a0}kr.");
        assert_eq!(
            Language::English.kroner_and_ore(Money::from_hundredths(1_159_327)),
            "DKK\u{a0}11,593.27"
        );
    }

    #[test]
    fn dates_are_written_out() {
        let day = NaiveDate::from_ymd_opt(2026, 11, 26).unwrap();
        assert_eq!(Language::Danish.date(day), "26.\u{a0}november\u{a0}2026");
        assert_eq!(Language::English.date(day), "26\u{a0}November\u{a0}2026");
        assert_eq!(Language::Danish.weekday(day), "torsdag");
        assert_eq!(Language::Danish.time(9 * 60 + 5), "9.05");
        assert_eq!(Language::English.time(9 * 60 + 5), "09:05");
        assert_eq!(Language::English.month(Month::of(day)), "November\u{a0}2026");
        assert_eq!(Language::capital("øre"), "Øre");
    }
}
