//! What a sanction of a fund does to hours and money.
//!
//! Karantæne (self-inflicted unemployment) is served in hours that would have been paid, and those
//! hours use up the period. A second one within twelve months takes the right until enough hours
//! have been worked.
//!
//! **Source**: lov om arbejdsløshedsforsikring § 63; VEJ 9627 af 2021.

use chrono::{Months, NaiveDate};
use serde::{Deserialize, Serialize};

use crate::case::Insurance;
use crate::law::{Key, fact, fact_for};
use crate::order::sort_by;
use crate::trace::{Explained, Input, Quantity, Rule};
use crate::units::{Hours, Money, Month, div_half_up, product};

/// The kinds of sanction (Jobindsats table y01h01).
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, Serialize, Deserialize)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
#[serde(rename_all = "snake_case")]
pub enum SanctionKind {
    /// Karantæne (selvforskyldt ledighed).
    Quarantine,
    /// Gentagelsesvirkning (arbejdskrav).
    WorkRequirement,
    /// Udelukkelse fra dagpenge i en periode.
    Exclusion,
}

/// What a decision on self-inflicted unemployment leads to.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum SanctionEffect {
    /// Three weeks' hours are served before benefit is paid.
    Quarantine(Hours),
    /// No benefit until so many hours have been worked within three months.
    WorkRequirement(Hours),
}

/// The effect of a decision, given the day of the last one before it.
///
/// The 90 hours of part-time insured members are not confirmed; the status says so.
pub fn effect(
    decided_on: NaiveDate,
    last_decided_on: Option<NaiveDate>,
    insurance: Insurance,
) -> Option<Explained<SanctionEffect>> {
    let hours = |full, part| fact_for::<Hours>(insurance, full, part, decided_on);
    let repeat = fact::<i32>(Key::SanctionRepeatMonths, decided_on)?;
    let within = Months::new(repeat.value.unsigned_abs());
    let repeated = last_decided_on.is_some_and(|last| {
        last <= decided_on && last.checked_add_months(within).is_none_or(|end| decided_on < end)
    });
    let (rule, fact, value) = if repeated {
        let fact = hours(
            Key::SanctionWorkRequirementHoursFullTime,
            Key::SanctionWorkRequirementHoursPartTime,
        )?;
        (Rule::WorkRequirement, fact, SanctionEffect::WorkRequirement(fact.value))
    } else {
        let fact =
            hours(Key::SanctionQuarantineHoursFullTime, Key::SanctionQuarantineHoursPartTime)?;
        (Rule::Quarantine, fact, SanctionEffect::Quarantine(fact.value))
    };
    let mut inputs = vec![
        Input::date(Quantity::DecidedOn, decided_on),
        Input::hours(Quantity::SanctionHours, fact.value),
        Input::count(Quantity::WindowMonths, repeat.value.into()),
    ];
    inputs.extend(last_decided_on.map(|last| Input::date(Quantity::LastDecidedOn, last)));
    Some(Explained::new(value, rule, &[fact.row, repeat.row], inputs))
}

/// How karantæne is served.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Served {
    /// The hours served in each month given.
    pub months: Vec<(Month, Hours)>,
    /// What is left to serve.
    pub remaining_hours: Hours,
}

/// What a month serves of the karantæne that is left: as many hours as would have been paid.
pub(crate) fn served_in_month(payable: Hours, left: Hours) -> Hours {
    payable.min(left).or_zero()
}

/// How karantæne is served: in each month, in the order given, as many hours as would have been
/// paid, until none is left. The hours served use up the period.
pub fn serve(payable: &[(Month, Hours)], hours: Hours) -> Explained<Served> {
    let mut left = hours.or_zero();
    let mut inputs = vec![Input::hours(Quantity::SanctionHours, hours)];
    let months = payable
        .iter()
        .map(|(month, payable)| {
            let served = served_in_month(*payable, left);
            left -= served;
            inputs.push(Input::hours(Quantity::PayableHours, *payable).of(*month));
            inputs.push(Input::hours(Quantity::ServedHours, served).of(*month));
            (*month, served)
        })
        .collect();
    Explained::new(Served { months, remaining_hours: left }, Rule::Quarantine, &[], inputs)
}

/// What hours of karantæne cost, before tax: hours × monthly rate ÷ 160.33 (part-time 130), rounded
/// half up to øre.
pub fn cost(
    hours: Hours,
    monthly_rate: Money,
    insurance: Insurance,
    as_of: NaiveDate,
) -> Option<Explained<Money>> {
    let month =
        fact_for::<Hours>(insurance, Key::MonthHoursFullTime, Key::MonthHoursPartTime, as_of)?;
    let cost = div_half_up(
        product(hours.or_zero().hundredths(), monthly_rate.or_zero().hundredths()),
        month.value.hundredths(),
    );
    let inputs = vec![
        Input::hours(Quantity::SanctionHours, hours),
        Input::money(Quantity::MonthlyRate, monthly_rate),
        Input::hours(Quantity::MonthHours, month.value),
    ];
    let cost = Money::from_hundredths(cost);
    Some(Explained::new(cost, Rule::PayoutGross, &[month.row], inputs))
}

/// How far a work requirement (arbejdskrav) is met.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct WorkRequirement {
    /// Hours required within three consecutive months.
    pub required_hours: Hours,
    /// The most known hours of any three consecutive months.
    pub best_hours: Hours,
    /// Hours still missing.
    pub missing_hours: Hours,
    /// The month in which it was met.
    pub met_in: Option<Month>,
}

/// How far a work requirement is met by known ordinary work hours (any order of months).
///
/// Only months after the month of the decision count: hours of that month cannot be told to lie
/// after it. The same requirement in weeks (276 hours in twelve) is not computed, for hours are
/// known by month.
pub fn work_requirement(
    work: &[(Month, Hours)],
    decided_on: NaiveDate,
    insurance: Insurance,
) -> Option<Explained<WorkRequirement>> {
    let required = fact_for::<Hours>(
        insurance,
        Key::SanctionWorkRequirementHoursFullTime,
        Key::SanctionWorkRequirementHoursPartTime,
        decided_on,
    )?;
    let months = fact::<i32>(Key::SanctionWorkRequirementMonths, decided_on)?;
    let decided = Month::of(decided_on);
    let mut after: Vec<_> = work.iter().filter(|(month, _)| *month > decided).collect();
    sort_by(&mut after, |(month, _)| month.index().into());
    let sum_to = |last: Month| -> Hours {
        let from = last.plus(1_i32.saturating_sub(months.value));
        let window = after.iter().filter(|(month, _)| (from..=last).contains(month));
        window.map(|(_, hours)| *hours).sum()
    };
    let best_hours = after.iter().map(|(month, _)| sum_to(*month)).max().unwrap_or_default();
    let value = WorkRequirement {
        required_hours: required.value,
        best_hours,
        missing_hours: (required.value - best_hours).or_zero(),
        met_in: after
            .iter()
            .map(|(month, _)| *month)
            .find(|month| sum_to(*month) >= required.value),
    };
    let mut inputs = vec![
        Input::hours(Quantity::RequiredHours, required.value),
        Input::count(Quantity::WindowMonths, months.value.into()),
        Input::date(Quantity::DecidedOn, decided_on),
    ];
    inputs.extend(
        after.iter().map(|(month, hours)| Input::hours(Quantity::WorkHours, *hours).of(*month)),
    );
    let rows = [required.row, months.row];
    Some(Explained::new(value, Rule::WorkRequirement, &rows, inputs))
}
