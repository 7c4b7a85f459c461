//! The numbers of law that one citizen's account needs, picked once by day, scheme and insurance.

use crate::case::{Case, Insurance, Scheme};
use crate::law::{FIRST_DAY, Fact, Key, fact, fact_for};
use crate::units::Hours;

/// The numbers in force for one citizen on one day.
#[derive(Clone, Copy, Debug)]
pub(crate) struct Book {
    pub(crate) month_hours: Fact<Hours>,
    pub(crate) day_hours: Fact<Hours>,
    pub(crate) week_hours: Fact<Hours>,
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
    /// The numbers of the day of a case; `None` before [`FIRST_DAY`]. A graduate's period is that of
    /// the law in force when she was placed.
    pub(crate) fn of(case: &Case, insurance: Insurance) -> Option<Self> {
        let as_of = case.as_of;
        let placed_on = case.placed_on.unwrap_or(as_of).max(FIRST_DAY);
        let hours = |full_time, part_time| fact_for(insurance, full_time, part_time, as_of);
        let graduate = case.scheme == Scheme::Graduate;
        Some(Self {
            month_hours: hours(Key::MonthHoursFullTime, Key::MonthHoursPartTime)?,
            day_hours: hours(Key::DayHoursFullTime, Key::DayHoursPartTime)?,
            week_hours: hours(Key::WeekHoursFullTime, Key::WeekHoursPartTime)?,
            minimum_hours: hours(Key::PayoutMinimumHoursFullTime, Key::PayoutMinimumHoursPartTime)?,
            entitled_hours: if graduate {
                let (full, part) =
                    (Key::PeriodGraduateHoursFullTime, Key::PeriodGraduateHoursPartTime);
                fact_for(insurance, full, part, placed_on)?
            } else {
                hours(Key::PeriodHoursFullTime, Key::PeriodHoursPartTime)?
            },
            frame_months: if graduate {
                fact(Key::PeriodGraduateFrameMonths, placed_on)?
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
    use chrono::{Days, NaiveDate};

    use super::*;

    #[test]
    fn every_number_is_known_from_the_first_day_on_whenever_she_was_placed() {
        let text = r#"{"as_of": "2017-07-01", "scheme": "dagpenge", "placed_on": "1999-01-01"}"#;
        let mut case: Case = serde_json::from_str(text).unwrap();
        for scheme in [Scheme::Dagpenge, Scheme::Graduate] {
            case.scheme = scheme;
            for insurance in [Insurance::FullTime, Insurance::PartTime] {
                case.as_of = FIRST_DAY;
                while case.as_of < NaiveDate::from_ymd_opt(2031, 1, 1).unwrap() {
                    assert!(Book::of(&case, insurance).is_some(), "{}", case.as_of);
                    case.as_of = case.as_of + Days::new(1);
                }
                case.as_of = FIRST_DAY.pred_opt().unwrap();
                assert!(Book::of(&case, insurance).is_none());
            }
        }
    }
}
