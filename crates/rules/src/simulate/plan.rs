//! A plan by month: its work hours and its holidays, exactly as many hours as planned in all.

use chrono::{Datelike, Days, NaiveDate};

use super::Plan;
use crate::calendar::weekdays;
use crate::order::sort_by;
use crate::units::{Hours, Month};

/// Working days of a week: the hours of a week are spread evenly over them.
const WEEKDAYS: i64 = 5;

/// Weeks, from Monday on, that begin in a month.
pub(crate) fn weeks_begun(month: Month) -> u32 {
    let before = |month: Month| (month.first_day().num_days_from_ce() + 5).div_euclid(7);
    (before(month.plus(1)) - before(month)).unsigned_abs()
}

/// A plan made ready to be asked month by month.
pub(crate) struct Schedule {
    from: NaiveDate,
    /// The day after the last.
    until: NaiveDate,
    weekly_hours: Hours,
    weeks: i64,
    /// Half-open, in order, not overlapping.
    holidays: Vec<(NaiveDate, NaiveDate)>,
}

impl Schedule {
    pub(crate) fn of(plan: &Plan) -> Self {
        let after = |day: NaiveDate| day.succ_opt().unwrap_or(NaiveDate::MAX);
        let mut holidays: Vec<_> =
            plan.holidays.iter().map(|holiday| (holiday.from, after(holiday.to))).collect();
        sort_by(&mut holidays, |(from, _)| from.num_days_from_ce().into());
        holidays.dedup_by(|next, last| {
            let overlap = next.0 <= last.1;
            if overlap {
                last.1 = last.1.max(next.1);
            }
            overlap
        });
        let days = Days::new(u64::from(plan.weeks) * 7);
        Self {
            from: plan.from,
            until: plan.from.checked_add_days(days).unwrap_or(NaiveDate::MAX),
            weekly_hours: plan.weekly_hours,
            weeks: plan.weeks.into(),
            holidays,
        }
    }

    /// Weekdays of holiday in `from..to`.
    fn holiday_days(&self, from: NaiveDate, to: NaiveDate) -> i64 {
        self.holidays.iter().map(|(start, end)| weekdays(from.max(*start), to.min(*end))).sum()
    }

    /// Hours of the plan worked before a day, whole hundredths.
    fn worked_before(&self, day: NaiveDate) -> i64 {
        let to = day.min(self.until);
        let days = weekdays(self.from, to) - self.holiday_days(self.from, to);
        self.weekly_hours.hundredths().saturating_mul(days) / WEEKDAYS
    }

    /// Work hours of a month.
    pub(crate) fn work_hours(&self, month: Month) -> Hours {
        let (from, to) = (month.first_day(), month.plus(1).first_day());
        Hours::from_hundredths(self.worked_before(to) - self.worked_before(from))
    }

    /// Weeks of the plan, counted from its first day, that begin in a month and have work in them, but
    /// not a full week's: each is a week of supplementary benefit if the month pays any.
    pub(crate) fn reduced_weeks(&self, month: Month, full_week: Hours) -> u32 {
        if self.weekly_hours >= full_week {
            return 0;
        }
        let begun_before = |day: NaiveDate| {
            let days = day.signed_duration_since(self.from).num_days();
            (days + 6).div_euclid(7).clamp(0, self.weeks)
        };
        let begins = |week: i64| {
            let days = Days::new(7 * week.unsigned_abs());
            self.from.checked_add_days(days).unwrap_or(NaiveDate::MAX)
        };
        let works =
            |week: &i64| self.worked_before(begins(*week)) < self.worked_before(begins(*week + 1));
        let weeks = begun_before(month.first_day())..begun_before(month.plus(1).first_day());
        u32::try_from(weeks.filter(works).count()).unwrap_or(u32::MAX)
    }

    /// Weekdays of holiday in a month.
    pub(crate) fn holidays_in(&self, month: Month) -> i64 {
        self.holiday_days(month.first_day(), month.plus(1).first_day())
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::simulate::Holiday;

    fn day(text: &str) -> NaiveDate {
        text.parse().unwrap()
    }

    fn hours(text: &str) -> Hours {
        text.parse().unwrap()
    }

    fn plan(weekly: &str, weeks: u16, holidays: Vec<Holiday>) -> Plan {
        Plan {
            from: day("2026-11-16"),
            weekly_hours: hours(weekly),
            weeks,
            holidays,
            part_time_from: None,
        }
    }

    #[test]
    fn hours_are_spread_over_weekdays_and_none_is_lost() {
        let schedule = Schedule::of(&plan("10.01", 8, vec![]));
        let hours: Vec<String> = ["2026-10", "2026-11", "2026-12", "2027-01", "2027-02"]
            .map(|month| schedule.work_hours(month.parse().unwrap()).to_string())
            .into();
        // 11, 23 and 6 weekdays of 2.002 hours, whole hundredths carried over.
        assert_eq!(hours, ["0.00", "22.02", "46.04", "12.02", "0.00"]);
    }

    #[test]
    fn a_reduced_week_belongs_to_the_month_it_begins_in_and_a_full_one_or_a_holiday_is_none() {
        let weeks = |weekly, holidays| {
            let schedule = Schedule::of(&plan(weekly, 6, holidays));
            ["2026-10", "2026-11", "2026-12", "2027-01"]
                .map(|month| schedule.reduced_weeks(month.parse().unwrap(), hours("37")))
        };
        // Six weeks from Monday 16 November: the third begins on the 30th, the last on 21 December.
        assert_eq!(weeks("36.99", vec![]), [0, 3, 3, 0]);
        assert_eq!(weeks("37", vec![]), [0; 4]);
        assert_eq!(weeks("37.01", vec![]), [0; 4]);
        assert_eq!(weeks("0", vec![]), [0; 4]);
        // From Monday to Friday: no work in the week. A day less: a day of work.
        let holiday = |to| vec![Holiday { from: day("2026-11-23"), to: day(to) }];
        assert_eq!(weeks("20", holiday("2026-11-27")), [0, 2, 3, 0]);
        assert_eq!(weeks("20", holiday("2026-11-26")), [0, 3, 3, 0]);
    }

    #[test]
    fn a_month_begins_as_many_weeks_as_it_has_mondays() {
        let begun = |month: &str| weeks_begun(month.parse().unwrap());
        // Monday 30 March 2026 is the fifth; June begins with a Monday, September with a Tuesday;
        // February 2027 is four weeks from Monday on.
        assert_eq!(["2026-03", "2026-06", "2026-09", "2027-02"].map(begun), [5, 5, 4, 4]);
    }

    #[test]
    fn nobody_works_on_holiday_and_overlaps_count_once() {
        let holiday = |from, to| Holiday { from: day(from), to: day(to) };
        let holidays =
            vec![holiday("2026-11-25", "2026-12-02"), holiday("2026-11-23", "2026-11-27")];
        let schedule = Schedule::of(&plan("10", 4, holidays));
        let (november, december) = ("2026-11".parse().unwrap(), "2026-12".parse().unwrap());
        assert_eq!(schedule.holidays_in(november), 6);
        assert_eq!(schedule.holidays_in(december), 2);
        assert_eq!(schedule.work_hours(november).to_string(), "10.00");
        assert_eq!(schedule.work_hours(december).to_string(), "14.00");
    }
}
