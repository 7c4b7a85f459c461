//! Spells of sickness, parental leave and care, and the months they lengthen frame and karens
//! window by.
//!
//! **Source**: lov om arbejdsløshedsforsikring § 55 stk. 4; BEK 109 af 30/1/2023 § 9: the hours away
//! divided by 160.33 (part-time 130), rounded up to whole months, at most two years; the first six
//! weeks of a sickness do not lengthen.

use std::collections::BTreeMap;

use chrono::{Days, NaiveDate};

use crate::calendar::is_weekday;
use crate::case::{Away, Insurance};
use crate::law::{Key, fact, fact_for};
use crate::order::sort_by;
use crate::period::full_months;
use crate::units::{Hours, Month};

/// A spell of absence without benefit.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Absence {
    /// Why.
    pub kind: Away,
    /// First day.
    pub from: NaiveDate,
    /// Last day; `None` while it lasts.
    pub to: Option<NaiveDate>,
}

/// The months that count as spent away between two days (the placement and the day asked for),
/// oldest first: as many as the hours away come to, rounded up, and those with the most such hours.
///
/// A day away is a weekday of 7.40 hours (part-time 6), counted once though spells overlap, and a
/// month holds at most 160.33 (130). Where two reasons share a month, the one with more days names
/// it.
pub fn away_months(
    spells: &[Absence],
    from: NaiveDate,
    until: NaiveDate,
    insurance: Insurance,
) -> Vec<(Month, Away)> {
    lengthening(spells, from, until, insurance).unwrap_or_default()
}

fn lengthening(
    spells: &[Absence],
    from: NaiveDate,
    until: NaiveDate,
    insurance: Insurance,
) -> Option<Vec<(Month, Away)>> {
    let weeks = fact::<i32>(Key::PeriodSicknessWeeksNotLengthening, until)?.value;
    let limit = fact::<i32>(Key::PeriodFrameLengtheningMaxMonths, until)?.value;
    let day = fact_for::<Hours>(insurance, Key::DayHoursFullTime, Key::DayHoursPartTime, until)?;
    let month =
        fact_for::<Hours>(insurance, Key::MonthHoursFullTime, Key::MonthHoursPartTime, until)?;
    let waiting = Days::new(u64::from(weeks.unsigned_abs()) * 7);

    let mut days: BTreeMap<NaiveDate, Away> = BTreeMap::new();
    for spell in spells {
        let start = match spell.kind {
            Away::Sickness => spell.from.checked_add_days(waiting)?,
            Away::ParentalLeave | Away::Care => spell.from,
        };
        let end = spell.to.unwrap_or(until).min(until);
        let away = start.max(from).iter_days().take_while(|day| *day <= end);
        for day in away.filter(|day| is_weekday(*day)) {
            days.entry(day).or_insert(spell.kind);
        }
    }
    let mut months: BTreeMap<Month, [i64; 3]> = BTreeMap::new();
    for (day, kind) in days {
        months.entry(Month::of(day)).or_default()[kind as usize] += 1;
    }

    let hours_of = |days: &[i64; 3]| {
        let hours = day.value.hundredths().saturating_mul(days.iter().sum());
        Hours::from_hundredths(hours).min(month.value)
    };
    let total: Hours = months.values().map(hours_of).sum();
    let count = full_months(total, month.value).min(limit);
    let mut by_hours: Vec<_> = months.into_iter().collect();
    // The months are in order already, and stay so among equals.
    sort_by(&mut by_hours, |(_, days)| -hours_of(days).hundredths());
    by_hours.truncate(usize::try_from(count).unwrap_or_default());
    sort_by(&mut by_hours, |(month, _)| month.index().into());
    Some(by_hours.into_iter().map(|(month, days)| (month, most(days))).collect())
}

fn most(days: [i64; 3]) -> Away {
    let kinds = [Away::Sickness, Away::ParentalLeave, Away::Care];
    // The first of equals, in the order of declaration.
    kinds.into_iter().rev().max_by_key(|kind| days[*kind as usize]).unwrap_or(Away::Sickness)
}
