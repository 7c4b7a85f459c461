//! The 225-hour rule of social assistance (kontanthjælp), as history: it was in force for the
//! months from April 2016 to June 2025, and never for a later one.
//!
//! **Source**: lov om aktiv socialpolitik § 13 f; VEJ 9514 af 30/6/2021; suspended from 9 March to
//! 8 September 2020.

use serde::{Deserialize, Serialize};

use crate::law::{Key, fact};
use crate::trace::{Explained, Input, Quantity, Rule};
use crate::units::{Hours, Month};

/// The month lies outside the years of the rule.
#[derive(Clone, Copy, Debug, PartialEq, Eq, thiserror::Error)]
#[error("The 225-hour rule was in force from April 2016 to June 2025, not in {0}.")]
pub struct NotInForce(pub Month);

/// How the rule stood in a month.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Rule225 {
    /// Hours required; zero while the rule was suspended.
    pub required_hours: Hours,
    /// Known ordinary work hours of the twelve months that end with this one.
    pub counted_hours: Hours,
    /// Hours missing.
    pub missing_hours: Hours,
}

/// How the rule stood in a month, by known and unknown ordinary work hours in any order; unknown
/// hours do not count, and stand in the inputs.
///
/// # Errors
/// The rule was not in force on the last day of the month.
pub fn rule_225(
    work: &[(Month, Option<Hours>)],
    month: Month,
) -> Result<Explained<Rule225>, NotInForce> {
    let day = month.last_day();
    let in_force = || {
        let required = fact::<Hours>(Key::Rule225RequiredHours, day)?;
        Some((required, fact::<i32>(Key::Rule225WindowMonths, day)?))
    };
    let (required, window) = in_force().ok_or(NotInForce(month))?;
    let from = month.plus(1_i32.saturating_sub(window.value));
    let counted = || work.iter().filter(|(at, _)| (from..=month).contains(at));
    let counted_hours: Hours = counted().filter_map(|(_, hours)| *hours).sum();
    let value = Rule225 {
        required_hours: required.value,
        counted_hours,
        missing_hours: (required.value - counted_hours).or_zero(),
    };
    let mut inputs = vec![
        Input::hours(Quantity::RequiredHours, required.value),
        Input::month(Quantity::WindowFrom, from),
        Input::month(Quantity::WindowTo, month),
    ];
    inputs.extend(counted().map(|(month, hours)| {
        let input = match hours {
            Some(hours) => Input::hours(Quantity::WorkHours, *hours),
            None => Input::unknown(Quantity::WorkHours),
        };
        input.of(*month)
    }));
    Ok(Explained::new(value, Rule::Rule225, &[required.row, window.row], inputs))
}
