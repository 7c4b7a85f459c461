//! Technical deductions (tekniske fradrag): days of a month for which no benefit can be paid take a
//! day's hours each off the hours paid, and income without hours is turned into hours.
//!
//! Such days are days of sickness benefit, holiday, work in a business of her own, days on which
//! she could not take a job, days that an employer pays (G-dage) and a karens day. The registers
//! tell of holiday and karens only; “what if” counts those with the same arithmetic.
//!
//! **Source**: BEK 875 af 24/6/2025.

use crate::case::Insurance;
use crate::law::{Key, fact, fact_for};
use crate::payout::above_minimum;
use crate::trace::{Explained, Input, Quantity, Rule};
use crate::units::{Hours, Money, Month, div_half_up, product};

/// Benefit hours of a month with so many work hours and so many deducted days: nothing below the
/// minimum payout.
///
/// The six hours of a part-time insured member's day are not confirmed; the status says so. `None`
/// before the law begins.
///
/// # Examples
/// ```
/// use jobnet_rules::case::Insurance;
/// use jobnet_rules::deductions::payable_hours;
/// // 160.33 hours less 50 of work and three days of 7.40.
/// let hours = payable_hours("50".parse()?, 3, Insurance::FullTime, "2026-05".parse()?).unwrap();
/// assert_eq!(hours.value.to_string(), "88.13");
/// # Ok::<(), Box<dyn std::error::Error>>(())
/// ```
pub fn payable_hours(
    work: Hours,
    days: u32,
    insurance: Insurance,
    month: Month,
) -> Option<Explained<Hours>> {
    let hours = |full, part| fact_for::<Hours>(insurance, full, part, month.first_day());
    let full = hours(Key::MonthHoursFullTime, Key::MonthHoursPartTime)?;
    let minimum = hours(Key::PayoutMinimumHoursFullTime, Key::PayoutMinimumHoursPartTime)?;
    let day = hours(Key::DayHoursFullTime, Key::DayHoursPartTime)?;
    let deducted = day.value.hundredths().saturating_mul(days.into());
    let left = full.value - work - Hours::from_hundredths(deducted);
    let mut rows = vec![full.row, minimum.row];
    let mut inputs = vec![
        Input::hours(Quantity::MonthHours, full.value),
        Input::hours(Quantity::WorkHours, work).of(month),
        Input::hours(Quantity::MinimumHours, minimum.value),
    ];
    if days > 0 {
        rows.push(day.row);
        inputs.push(Input::count(Quantity::Days, days.into()).of(month));
        inputs.push(Input::hours(Quantity::DayHours, day.value));
    }
    let payable = above_minimum(left, minimum.value);
    Some(Explained::new(payable, Rule::PayoutHours, &rows, inputs))
}

/// The work hours that income without known hours stands for: kroner ÷ the conversion rate
/// (omregningssatsen), rounded half up to hundredths.
///
/// `None` in months whose rate no source gives: all but those of 2024.
pub fn hours_of_income(income: Money, month: Month) -> Option<Explained<Hours>> {
    let rate = fact::<Money>(Key::PayoutConversionRate, month.first_day())?;
    let hours = div_half_up(product(income.or_zero().hundredths(), 100), rate.value.hundredths());
    let inputs = vec![
        Input::money(Quantity::Earned, income).of(month),
        Input::money(Quantity::HourRate, rate.value),
    ];
    let hours = Hours::from_hundredths(hours);
    Some(Explained::new(hours, Rule::PayoutHours, &[rate.row], inputs))
}
