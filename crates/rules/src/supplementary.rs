//! More weeks of supplementary benefit (supplerende dagpenge) for months with many work hours.
//!
//! A member gets 30 weeks within 104. Before they end, each month with *more than* 146 hours among
//! the last twelve gives four weeks more, at most twelve; six such months within twelve give 30 new
//! weeks. Weekly pay counts weeks above 34 hours, fortnightly pay fortnights above 68.
//!
//! **Source**: lov om arbejdsløshedsforsikring § 60; BEK 875 af 24/6/2025 kap. 7. The thresholds of
//! part-time insured members are not known, so nothing is computed for them.

use chrono::NaiveDate;
use serde::{Deserialize, Serialize};

use crate::case::Insurance;
use crate::law::{Fact, Key, fact};
use crate::trace::{Explained, Input, Quantity, Rule};
use crate::units::Hours;

/// How often an employer pays, and so what hours are counted by.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum PayPeriod {
    /// By calendar month.
    Month,
    /// Every fourteen days.
    Fortnight,
    /// Every week.
    Week,
}

/// The numbers of law for one kind of pay period.
struct Terms {
    threshold: Fact<Hours>,
    /// Periods that count as one month towards an extension.
    per_month: i64,
    /// Periods above the threshold that give new weeks.
    renewal: Fact<i32>,
    /// The length of twelve months in periods.
    window: Fact<i32>,
    weeks_per_month: Fact<i32>,
    most_weeks: Fact<i32>,
}

impl Terms {
    fn of(period: PayPeriod, as_of: NaiveDate) -> Option<Self> {
        let (threshold, renewal, window) = match period {
            PayPeriod::Month => (
                Key::SupplementaryMonthThresholdHours,
                Key::SupplementaryRenewalMonths,
                Key::SupplementaryWindowMonths,
            ),
            PayPeriod::Fortnight => (
                Key::SupplementaryFortnightThresholdHours,
                Key::SupplementaryRenewalFortnights,
                Key::SupplementaryWindowFortnights,
            ),
            PayPeriod::Week => (
                Key::SupplementaryWeekThresholdHours,
                Key::SupplementaryRenewalWeeks,
                Key::SupplementaryWindowWeeks,
            ),
        };
        let weeks_per_month = fact::<i32>(Key::SupplementaryWeeksPerMonth, as_of)?;
        let per_month = match period {
            PayPeriod::Month => 1,
            PayPeriod::Fortnight => {
                fact::<i32>(Key::SupplementaryFortnightsPerExtension, as_of)?.value
            }
            PayPeriod::Week => weeks_per_month.value,
        };
        Some(Self {
            threshold: fact(threshold, as_of)?,
            per_month: i64::from(per_month.max(1)),
            renewal: fact(renewal, as_of)?,
            window: fact(window, as_of)?,
            weeks_per_month,
            most_weeks: fact(Key::SupplementaryExtensionMaxWeeks, as_of)?,
        })
    }

    fn window_len(&self) -> usize {
        usize::try_from(self.window.value).unwrap_or(1).max(1)
    }

    fn above(&self, hours: &[Option<Hours>]) -> i64 {
        let above = hours.iter().filter(|hours| **hours > Some(self.threshold.value));
        i64::try_from(above.count()).unwrap_or(i64::MAX)
    }
}

/// Weeks that can be added when the 30 end: four for each month (four weeks, two fortnights) above
/// the threshold.
///
/// `hours` are those of consecutive pay periods, the last one before the weeks end last; only
/// those of the last twelve months count, and unknown hours do not.
pub fn extension_weeks(
    period: PayPeriod,
    hours: &[Option<Hours>],
    insurance: Insurance,
    as_of: NaiveDate,
) -> Option<Explained<u32>> {
    if insurance == Insurance::PartTime {
        return None;
    }
    let terms = Terms::of(period, as_of)?;
    let last = &hours[hours.len().saturating_sub(terms.window_len())..];
    let above = terms.above(last);
    let weeks = (above / terms.per_month)
        .saturating_mul(terms.weeks_per_month.value.into())
        .min(terms.most_weeks.value.into());
    let inputs = vec![
        Input::hours(Quantity::ThresholdHours, terms.threshold.value),
        Input::count(Quantity::PeriodsAbove, above),
        Input::count(Quantity::WeeksPerMonth, terms.weeks_per_month.value.into()),
        Input::count(Quantity::WeeksLimit, terms.most_weeks.value.into()),
    ];
    let rows = [terms.threshold.row, terms.weeks_per_month.row, terms.most_weeks.row];
    let weeks = u32::try_from(weeks).unwrap_or_default();
    Some(Explained::new(weeks, Rule::SupplementaryExtension, &rows, inputs))
}

/// How far new weeks have been earned.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Renewal {
    /// Months (fortnights, weeks) above the threshold that are required.
    pub required: u32,
    /// The most of them in any twelve months.
    pub counted: u32,
    /// Those still missing.
    pub missing: u32,
    /// The place, in the periods given, of the one with which it was met.
    pub met_at: Option<usize>,
}

/// How far 30 new weeks have been earned: six months (26 weeks, 13 fortnights) above the threshold
/// within twelve consecutive months.
///
/// `hours` are those of consecutive pay periods since the weeks began, oldest first; unknown hours
/// do not count.
pub fn renewal(
    period: PayPeriod,
    hours: &[Option<Hours>],
    insurance: Insurance,
    as_of: NaiveDate,
) -> Option<Explained<Renewal>> {
    if insurance == Insurance::PartTime {
        return None;
    }
    let terms = Terms::of(period, as_of)?;
    let window = terms.window_len();
    let ending_at = |last: usize| terms.above(&hours[(last + 1).saturating_sub(window)..=last]);
    let required = i64::from(terms.renewal.value);
    let counted = (0..hours.len()).map(ending_at).max().unwrap_or_default();
    let number = |count: i64| u32::try_from(count.max(0)).unwrap_or(u32::MAX);
    let value = Renewal {
        required: number(required),
        counted: number(counted),
        missing: number(required - counted),
        met_at: (0..hours.len()).find(|last| ending_at(*last) >= required),
    };
    let inputs = vec![
        Input::hours(Quantity::ThresholdHours, terms.threshold.value),
        Input::count(Quantity::PeriodsAbove, counted),
        Input::count(Quantity::PeriodsRequired, required),
    ];
    let rows = [terms.threshold.row, terms.renewal.row, terms.window.row];
    Some(Explained::new(value, Rule::SupplementaryRenewal, &rows, inputs))
}
