//! Outcomes that are missing more often in one arm than in the other: bounds that need no model.

use super::{Interval, StatError, size};

/// Bounds of the effect on those whose outcome would be known in either arm (Lee, Rev. Econ. Stud.
/// 76 (2009) 1071).
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct Bounds {
    /// The share trimmed from the arm with more known outcomes.
    pub trimmed: f64,
    /// The bounds.
    pub interval: Interval,
}

/// Trims the arm with more known outcomes at its top and at its bottom. Where the share is no whole
/// number of units, one less is trimmed.
///
/// # Errors
/// An arm has no known outcome, or more than were randomised.
pub fn lee(
    treated: &[f64],
    treated_of: u64,
    control: &[f64],
    control_of: u64,
) -> Result<Bounds, StatError> {
    super::finite(treated, "outcome")?;
    super::finite(control, "outcome")?;
    let share = |known: usize, of: u64| {
        if known == 0 {
            Err(StatError::TooFew("known outcomes"))
        } else if known as u64 > of {
            Err(StatError::OutOfBounds("randomised"))
        } else {
            Ok(size(known) / super::real(of))
        }
    };
    let (one, other) = (share(treated.len(), treated_of)?, share(control.len(), control_of)?);
    let (high, low) = if one >= other { (one, other) } else { (other, one) };
    let trimmed = (high - low) / high;
    let (more, fewer) = if one >= other { (treated, control) } else { (control, treated) };
    let mut sorted = more.to_vec();
    sorted.sort_by(f64::total_cmp);
    let kept = sorted.len() - whole(trimmed * size(sorted.len()));
    let mean = |values: &[f64]| values.iter().sum::<f64>() / size(values.len());
    let (lowest, highest) = (mean(&sorted[..kept]), mean(&sorted[sorted.len() - kept..]));
    let fixed = mean(fewer);
    let interval = if one >= other {
        Interval { lower: lowest - fixed, upper: highest - fixed }
    } else {
        Interval { lower: fixed - highest, upper: fixed - lowest }
    };
    Ok(Bounds { trimmed, interval })
}

/// The whole units in a number that is not negative and at most a length, rounding errors aside.
#[expect(
    clippy::cast_possible_truncation,
    clippy::cast_sign_loss,
    reason = "between zero and a length"
)]
fn whole(number: f64) -> usize {
    (number + 1e-9).floor() as usize
}
