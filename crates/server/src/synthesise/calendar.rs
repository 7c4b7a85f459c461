//! Days that decide when a month is reported, paid and settled, seen from the day of the extract.

use chrono::{Datelike, Days, NaiveDate, Weekday};
use jobnet_rules::law::{self, Key};
use jobnet_rules::units::Month;

/// How many days before the end of a month its benefit card can be filled in: a week, and the
/// day it opens.
const CARD_OPENS_DAYS_BEFORE: i32 = 8;

/// The extract's day and what follows from it.
#[derive(Clone, Copy, Debug)]
pub(crate) struct Calendar {
    /// The day the extract is from.
    pub as_of: NaiveDate,
    /// The newest month that is settled against eIndkomst.
    pub last_settled: Month,
    /// The newest month a fund has paid, or been asked to pay, on account.
    pub last_claimed: Month,
}

impl Calendar {
    /// Looks at the months from a day.
    pub(crate) fn new(as_of: NaiveDate) -> Self {
        let this_month = Month::of(as_of);
        let back = if as_of.day() >= settlement_day_number(as_of) { 1 } else { 2 };
        let days_left = this_month.last_day().signed_duration_since(as_of).num_days();
        let card_open = days_left <= i64::from(CARD_OPENS_DAYS_BEFORE);
        Self {
            as_of,
            last_settled: this_month.plus(-back),
            last_claimed: if card_open { this_month } else { this_month.plus(-1) },
        }
    }

    /// Whether a month is settled.
    pub(crate) fn settled(&self, month: Month) -> bool {
        month <= self.last_settled
    }

    /// The day a month's benefit is known from: its settlement, or the payment on account.
    pub(crate) fn benefit_known(&self, month: Month) -> NaiveDate {
        if self.settled(month) {
            let next = month.plus(1).first_day();
            next.with_day(settlement_day_number(next)).unwrap_or(next)
        } else {
            last_weekday(month).min(self.as_of)
        }
    }

    /// The day an employer reports a month that ends in a normal way.
    pub(crate) fn reported(&self, month: Month) -> NaiveDate {
        last_weekday(month).min(self.as_of)
    }
}

/// The day of the next month on which a month is settled.
fn settlement_day_number(day: NaiveDate) -> u32 {
    law::fact::<i32>(Key::DutySettlementDay, day).map_or(11, |fact| fact.value.unsigned_abs())
}

/// True from Monday to Friday. Public holidays count as weekdays: a month is 160.33 hours
/// whatever days it has.
pub(crate) fn is_weekday(day: NaiveDate) -> bool {
    !matches!(day.weekday(), Weekday::Sat | Weekday::Sun)
}

/// The last weekday of a month, when salaries and benefits are paid.
pub(crate) fn last_weekday(month: Month) -> NaiveDate {
    let last = month.last_day();
    last.iter_rev().find(|day| is_weekday(*day)).unwrap_or(last)
}

/// A day or the first weekday after it.
pub(crate) fn weekday_from(day: NaiveDate) -> NaiveDate {
    day.iter_days().find(|day| is_weekday(*day)).unwrap_or(day)
}

/// Weekdays from a day to another, both included; none if they are not in order.
pub(crate) fn weekdays(from: NaiveDate, to: NaiveDate) -> i64 {
    let days = to.signed_duration_since(from).num_days() + 1;
    if days <= 0 {
        return 0;
    }
    let start = i64::from(from.weekday().num_days_from_monday());
    let rest = (0..days % 7).filter(|day| (start + day) % 7 < 5).count();
    days / 7 * 5 + rest as i64
}

/// So many days later, or earlier if negative.
pub(crate) fn days_after(day: NaiveDate, days: i64) -> NaiveDate {
    let by = Days::new(days.unsigned_abs());
    if days < 0 { day.checked_sub_days(by) } else { day.checked_add_days(by) }.unwrap_or(day)
}

trait Backwards {
    fn iter_rev(&self) -> impl Iterator<Item = NaiveDate>;
}
impl Backwards for NaiveDate {
    fn iter_rev(&self) -> impl Iterator<Item = NaiveDate> {
        std::iter::successors(Some(*self), NaiveDate::pred_opt)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn day(text: &str) -> NaiveDate {
        text.parse().unwrap()
    }

    #[test]
    fn weekdays_agree_with_counting() {
        let start = day("2026-10-26");
        for from in 0..14 {
            for length in 0..40 {
                let (from, to) = (days_after(start, from), days_after(start, from + length - 1));
                let counted = from.iter_days().take(length as usize).filter(|d| is_weekday(*d));
                assert_eq!(weekdays(from, to), counted.count() as i64, "{from} to {to}");
            }
        }
        assert_eq!(weekdays(day("2026-11-02"), day("2026-11-01")), 0);
    }

    #[test]
    fn a_month_is_settled_from_the_eleventh_of_the_next() {
        let settled = |text| Calendar::new(day(text)).last_settled.to_string();
        assert_eq!(settled("2026-11-10"), "2026-09");
        assert_eq!(settled("2026-11-11"), "2026-10");
        assert_eq!(settled("2026-11-30"), "2026-10");
    }

    #[test]
    fn the_card_of_a_month_opens_near_its_end() {
        let claimed = |text| Calendar::new(day(text)).last_claimed.to_string();
        assert_eq!(claimed("2026-11-21"), "2026-10");
        assert_eq!(claimed("2026-11-22"), "2026-11");
    }
}
