//! Excess hours (overskydende timer): more than three full months of work before unemployment are
//! worked off as hours that are not paid.
//!
//! **Source**: BEK 875 af 24/6/2025; more than 481 hours (13 × 37) in three months, at most five
//! weeks. The limits for part-time insured members are not known.

use chrono::NaiveDate;

use crate::case::Insurance;
use crate::law::{Key, fact};
use crate::trace::{Explained, Input, Quantity, Rule};
use crate::units::{Hours, Month};

/// Hours that must be worked off after the months up to `last`.
///
/// `work` holds known and unknown work hours of months, in any order; unknown hours do not count,
/// and stand in the inputs. `None` for part-time insured members and before the law begins.
pub fn excess_hours(
    work: &[(Month, Option<Hours>)],
    last: Month,
    insurance: Insurance,
    as_of: NaiveDate,
) -> Option<Explained<Hours>> {
    if insurance == Insurance::PartTime {
        return None;
    }
    let threshold = fact::<Hours>(Key::ExcessThresholdHours, as_of)?;
    let months = fact::<i32>(Key::ExcessWindowMonths, as_of)?;
    let weeks = fact::<i32>(Key::ExcessMaxWeeks, as_of)?;
    let week = fact::<Hours>(Key::WeekHoursFullTime, as_of)?;
    let from = last.plus(1_i32.saturating_sub(months.value));
    let in_window: Vec<_> =
        work.iter().filter(|(month, _)| (from..=last).contains(month)).collect();
    let total: Hours = in_window.iter().filter_map(|(_, hours)| *hours).sum();
    let most = week.value.hundredths().saturating_mul(weeks.value.into());
    let excess = (total - threshold.value).or_zero().min(Hours::from_hundredths(most));

    let mut inputs = vec![
        Input::hours(Quantity::ThresholdHours, threshold.value),
        Input::count(Quantity::WeeksLimit, weeks.value.into()),
        Input::hours(Quantity::WeekHours, week.value),
    ];
    inputs.extend(in_window.iter().map(|(month, hours)| {
        let input = match hours {
            Some(hours) => Input::hours(Quantity::WorkHours, *hours),
            None => Input::unknown(Quantity::WorkHours),
        };
        input.of(*month)
    }));
    let rows = [threshold.row, months.row, weeks.row, week.row];
    Some(Explained::new(excess, Rule::ExcessHours, &rows, inputs))
}
