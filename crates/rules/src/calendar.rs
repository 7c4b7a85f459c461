//! Weekdays, Danish public holidays and banking days, computed for any year. It knows no rules.

use chrono::{Datelike, Days, NaiveDate, Weekday};

use crate::units::Month;

/// Monday to Friday.
pub fn is_weekday(day: NaiveDate) -> bool {
    !matches!(day.weekday(), Weekday::Sat | Weekday::Sun)
}

/// How many days from Monday to Friday lie in `from..to` (the last day not included).
pub(crate) fn weekdays(from: NaiveDate, to: NaiveDate) -> i64 {
    // Weekdays before a day, counted from a Monday; exact for days before it too.
    let before = |day: NaiveDate| {
        let days = i64::from(day.num_days_from_ce()) - 1;
        days.div_euclid(7) * 5 + days.rem_euclid(7).min(5)
    };
    (before(to) - before(from)).max(0)
}

/// Easter Sunday of a year of the Gregorian calendar.
///
/// **Source**: the anonymous Gregorian computus (Meeus, Jones, Butcher).
fn easter(year: i32) -> Option<NaiveDate> {
    let a = year.rem_euclid(19);
    let (b, c) = (year.div_euclid(100), year.rem_euclid(100));
    let (d, e) = (b / 4, b % 4);
    let g = (8 * b + 13) / 25;
    let h = (19 * a + b - d - g + 15).rem_euclid(30);
    let (i, k) = (c / 4, c % 4);
    let l = (32 + 2 * e + 2 * i - h - k).rem_euclid(7);
    let m = (a + 11 * h + 22 * l) / 451;
    let number = h + l - 7 * m + 114;
    NaiveDate::from_ymd_opt(year, (number / 31).unsigned_abs(), (number % 31 + 1).unsigned_abs())
}

/// Whether Danish banks are closed: weekends, public holidays, the day after Ascension Day, the day
/// of the constitution, Christmas Eve and New Year's Eve. The great prayer day (store bededag) is
/// a working day from 2024.
///
/// # Examples
/// ```
/// use chrono::NaiveDate;
/// use jobnet_rules::calendar::is_banking_day;
/// let day = |y, m, d| NaiveDate::from_ymd_opt(y, m, d).unwrap();
/// assert!(is_banking_day(day(2026, 4, 1)), "Wednesday before Easter");
/// assert!(!is_banking_day(day(2026, 4, 2)), "Maundy Thursday");
/// ```
pub fn is_banking_day(day: NaiveDate) -> bool {
    if !is_weekday(day) {
        return false;
    }
    if matches!((day.month(), day.day()), (1, 1) | (6, 5) | (12, 24..=26) | (12, 31)) {
        return false;
    }
    let Some(easter) = easter(day.year()) else { return true };
    let after_easter = day.signed_duration_since(easter).num_days();
    // Maundy Thursday, Good Friday, Easter Monday, Ascension Day and the day after, Whit Monday.
    let closed = matches!(after_easter, -3 | -2 | 1 | 39 | 40 | 50);
    let prayer_day = after_easter == 26 && day.year() < 2024;
    !(closed || prayer_day)
}

/// The last banking day of a month.
pub fn last_banking_day(month: Month) -> NaiveDate {
    let last = month.last_day();
    (0..14)
        .filter_map(|back| last.checked_sub_days(Days::new(back)))
        .find(|day| is_banking_day(*day))
        .unwrap_or(last)
}

#[cfg(test)]
mod tests {
    use super::*;

    fn day(text: &str) -> NaiveDate {
        text.parse().unwrap()
    }

    #[test]
    fn easter_of_known_years() {
        for sunday in ["2023-04-09", "2024-03-31", "2025-04-20", "2026-04-05", "2027-03-28"] {
            assert_eq!(easter(day(sunday).year()), Some(day(sunday)));
        }
    }

    #[test]
    fn weekdays_are_monday_to_friday() {
        // November 2026 begins on a Sunday and has 21 weekdays.
        assert_eq!(weekdays(day("2026-11-01"), day("2026-12-01")), 21);
        assert_eq!(weekdays(day("2026-11-07"), day("2026-11-09")), 0);
        assert_eq!(weekdays(day("2026-11-09"), day("2026-11-10")), 1);
        assert_eq!(weekdays(day("2026-11-10"), day("2026-11-09")), 0);
    }

    #[test]
    fn last_banking_days() {
        let check = |month: &str, expected: &str| {
            assert_eq!(last_banking_day(month.parse().unwrap()), day(expected), "{month}");
        };
        check("2026-11", "2026-11-30");
        check("2026-12", "2026-12-30"); // the 31st is closed
        check("2026-05", "2026-05-29"); // Sunday the 31st
        check("2024-03", "2024-03-27"); // Easter: 28 and 29 closed, 30 and 31 weekend
        check("2027-02", "2027-02-26");
    }
}
