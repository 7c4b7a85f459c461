//! Shortening (afkortning) of the period for members who have had benefit for a long time.
//!
//! **Source**: lov om arbejdsløshedsforsikring § 56 b; BEK 109 af 30/1/2023 § 12.

use chrono::{Months, NaiveDate};
use serde::{Deserialize, Serialize};

use crate::case::Insurance;
use crate::law::{Key, fact, fact_for};
use crate::trace::{Explained, Input, Quantity, Rule};
use crate::units::{Hours, Month};

/// What a shortening is taken from.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum ShortenedRight {
    /// The ordinary period, with so many hours left.
    Period(Hours),
    /// The employment account during an extension, with so many work hours on it.
    Account(Hours),
}

/// A shortening that is due.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Shortening {
    /// Hours taken now: benefit hours of the period, or work hours of the account.
    pub cut_hours: Hours,
    /// Hours left over for the next period.
    pub postponed_hours: Hours,
    /// Most hours of extension from now on; `None` if it stays as it is.
    pub extension_limit_hours: Option<Hours>,
    /// The day from which what is postponed lapses.
    pub lapses_on: NaiveDate,
}

/// Whether the period is shortened in a month: one month's hours, when benefit for four years
/// (7,696 hours; part-time 6,240) has been paid within eight years. `value` is `None` while fewer
/// hours have been paid.
///
/// `paid` holds the benefit hours of months, in any order, from all periods. Returns `None` before
/// the law begins.
pub fn shortening(
    paid: &[(Month, Hours)],
    month: Month,
    insurance: Insurance,
    right: ShortenedRight,
) -> Option<Explained<Option<Shortening>>> {
    let day = month.last_day();
    let hours = |full, part| fact_for::<Hours>(insurance, full, part, day);
    let threshold = hours(Key::ShorteningPaidHoursFullTime, Key::ShorteningPaidHoursPartTime)?;
    let window = fact::<i32>(Key::ShorteningWindowMonths, day)?;
    let period_cut = hours(Key::ShorteningCutHoursFullTime, Key::ShorteningCutHoursPartTime)?;
    let account_cut =
        hours(Key::ShorteningAccountCutHoursFullTime, Key::ShorteningAccountCutHoursPartTime)?;
    let limit = hours(
        Key::ShorteningExtensionLimitHoursFullTime,
        Key::ShorteningExtensionLimitHoursPartTime,
    )?;
    let years = fact::<i32>(Key::ShorteningLapseYears, day)?;

    let from = month.plus(1_i32.saturating_sub(window.value));
    let in_window = |at: &Month| (from..=month).contains(at);
    let total: Hours = paid.iter().filter(|(at, _)| in_window(at)).map(|(_, hours)| *hours).sum();
    let lapses = Months::new(years.value.unsigned_abs() * 12);
    let due = || {
        let (left, cut, extension_limit_hours) = match right {
            ShortenedRight::Period(left) => (left, period_cut.value, None),
            ShortenedRight::Account(left) => (left, account_cut.value, Some(limit.value)),
        };
        let cut_hours = left.or_zero().min(cut);
        Shortening {
            cut_hours,
            postponed_hours: cut - cut_hours,
            extension_limit_hours,
            lapses_on: day.checked_add_months(lapses).unwrap_or(NaiveDate::MAX),
        }
    };
    let inputs = vec![
        Input::hours(Quantity::PaidHours, total),
        Input::hours(Quantity::ThresholdHours, threshold.value),
        Input::month(Quantity::WindowFrom, from),
        Input::month(Quantity::WindowTo, month),
    ];
    let rows = [threshold.row, window.row, period_cut.row, account_cut.row, limit.row, years.row];
    let value = (total >= threshold.value).then(due);
    Some(Explained::new(value, Rule::Shortening, &rows, inputs))
}
