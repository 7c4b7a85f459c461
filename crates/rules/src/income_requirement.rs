//! The earnings that give a new period when nothing is left of the old one (indkomstkrav).
//!
//! **Source**: BEK 610 af 10/6/2024 § 4, § 12 stk. 4. The amounts of 2025 and 2026 are not known,
//! nor exactly which months count, so only the requirement itself is given.

use chrono::NaiveDate;

use crate::case::Insurance;
use crate::law::{Key, fact_for};
use crate::trace::{Explained, Input, Quantity, Rule};
use crate::units::Money;

/// Earnings required on a day, and so the most that one month counts: a twelfth.
///
/// **Units**: kroner. `None` where no row of law is known.
pub fn income_requirement(
    insurance: Insurance,
    as_of: NaiveDate,
) -> Option<Explained<(Money, Money)>> {
    let (full, part) = (Key::IncomeRequirementFullTime, Key::IncomeRequirementPartTime);
    let required = fact_for::<Money>(insurance, full, part, as_of)?;
    let month = Money::from_hundredths(required.value.hundredths() / 12);
    let inputs = vec![Input::money(Quantity::RequiredEarnings, required.value)];
    let rule = Rule::IncomeRequirement;
    Some(Explained::new((required.value, month), rule, &[required.row], inputs))
}
