//! The numbers of law that one citizen's account needs, picked once by day, scheme and insurance.

use chrono::NaiveDate;

use crate::case::{Insurance, Scheme};
use crate::law::{Fact, Key, fact, fact_for};
use crate::units::Hours;

/// The numbers in force for one citizen on one day.
#[derive(Clone, Copy, Debug)]
pub(crate) struct Book {
    pub(crate) month_hours: Fact<Hours>,
    pub(crate) day_hours: Fact<Hours>,
    pub(crate) minimum_hours: Fact<Hours>,
    pub(crate) entitled_hours: Fact<Hours>,
    pub(crate) frame_months: Fact<i32>,
    pub(crate) frame_lengthening: Fact<i32>,
    pub(crate) extension_limit: Fact<Hours>,
    pub(crate) extension_frame_months: Fact<i32>,
    pub(crate) hours_per_work_hour: Fact<i32>,
    pub(crate) account_months: Fact<i32>,
    pub(crate) required_hours: Fact<Hours>,
    pub(crate) requalification_months: Fact<i32>,
    pub(crate) karens_threshold: Fact<Hours>,
    pub(crate) karens_months: Fact<i32>,
    pub(crate) supplementary_weeks: Fact<i32>,
}

impl Book {
    /// The numbers of a day; `None` before [`crate::law::FIRST_DAY`].
    pub(crate) fn of(as_of: NaiveDate, scheme: Scheme, insurance: Insurance) -> Option<Self> {
        let hours = |full_time, part_time| fact_for(insurance, full_time, part_time, as_of);
        let graduate = scheme == Scheme::Graduate;
        Some(Self {
            month_hours: hours(Key::MonthHoursFullTime, Key::MonthHoursPartTime)?,
            day_hours: hours(Key::DayHoursFullTime, Key::DayHoursPartTime)?,
            minimum_hours: hours(Key::PayoutMinimumHoursFullTime, Key::PayoutMinimumHoursPartTime)?,
            entitled_hours: if graduate {
                hours(Key::PeriodGraduateHoursFullTime, Key::PeriodGraduateHoursPartTime)?
            } else {
                hours(Key::PeriodHoursFullTime, Key::PeriodHoursPartTime)?
            },
            frame_months: if graduate {
                fact(Key::PeriodGraduateFrameMonths, as_of)?
            } else {
                fact(Key::PeriodFrameMonths, as_of)?
            },
            frame_lengthening: fact(Key::PeriodFrameLengtheningMaxMonths, as_of)?,
            extension_limit: hours(
                Key::ExtensionLimitHoursFullTime,
                Key::ExtensionLimitHoursPartTime,
            )?,
            extension_frame_months: fact(Key::ExtensionFrameMonths, as_of)?,
            hours_per_work_hour: fact(Key::AccountHoursPerWorkHour, as_of)?,
            account_months: fact(Key::AccountWindowMonths, as_of)?,
            required_hours: hours(
                Key::RequalificationHoursFullTime,
                Key::RequalificationHoursPartTime,
            )?,
            requalification_months: fact(Key::RequalificationWindowMonths, as_of)?,
            karens_threshold: hours(
                Key::KarensThresholdHoursFullTime,
                Key::KarensThresholdHoursPartTime,
            )?,
            karens_months: fact(Key::KarensWindowMonths, as_of)?,
            supplementary_weeks: fact(Key::SupplementaryWeeks, as_of)?,
        })
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::law::FIRST_DAY;

    #[test]
    fn every_number_is_known_from_the_first_day_on() {
        for scheme in [Scheme::Dagpenge, Scheme::Graduate] {
            for insurance in [Insurance::FullTime, Insurance::PartTime] {
                let mut day = FIRST_DAY;
                while day < NaiveDate::from_ymd_opt(2031, 1, 1).unwrap() {
                    assert!(Book::of(day, scheme, insurance).is_some(), "{day}");
                    day = day + chrono::Days::new(1);
                }
                assert!(Book::of(FIRST_DAY.pred_opt().unwrap(), scheme, insurance).is_none());
            }
        }
    }
}
