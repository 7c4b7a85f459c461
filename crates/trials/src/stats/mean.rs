//! Two means: Welch's t-test, from rows or from sums.

use super::{Estimate, StatError, real};

/// What is known of one group: enough for its mean and variance.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct Sums {
    /// Units.
    pub count: u64,
    /// Sum of their values.
    pub sum: f64,
    /// Sum of the squares of their values.
    pub sum_of_squares: f64,
    /// The values are 0 or 1, and the variance is that of a share.
    pub is_share: bool,
}

/// Mean, variance and number.
#[derive(Clone, Copy, Debug, PartialEq)]
struct Group {
    mean: f64,
    variance: f64,
    count: f64,
}

impl Group {
    fn of(values: &[f64]) -> Result<Self, StatError> {
        super::finite(values, "values")?;
        if values.len() < 2 {
            return Err(StatError::TooFew("values"));
        }
        let count = super::size(values.len());
        let mean = values.iter().sum::<f64>() / count;
        let squares: f64 = values.iter().map(|value| (value - mean).powi(2)).sum();
        Ok(Self { mean, variance: squares / (count - 1.0), count })
    }

    fn of_sums(sums: Sums) -> Result<Self, StatError> {
        super::finite(&[sums.sum, sums.sum_of_squares], "sums")?;
        if sums.count < 2 {
            return Err(StatError::TooFew("units"));
        }
        let count = real(sums.count);
        let mean = sums.sum / count;
        let variance = if sums.is_share {
            mean * (1.0 - mean)
        } else {
            (sums.sum_of_squares - sums.sum * mean) / (count - 1.0)
        };
        if variance < 0.0 {
            Err(StatError::OutOfBounds("sum of squares"))
        } else {
            Ok(Self { mean, variance, count })
        }
    }

    /// Squared standard error of the mean.
    fn error(self) -> f64 {
        self.variance / self.count
    }
}

/// Welch's t-test of the difference of two means, first less second.
///
/// # Errors
/// A group has fewer than two values, or nothing varies.
pub fn welch(first: &[f64], second: &[f64], alpha: f64) -> Result<Estimate, StatError> {
    difference(Group::of(first)?, Group::of(second)?, alpha)
}

/// The same from sums.
///
/// # Errors
/// As [`welch`].
pub fn welch_of_sums(first: Sums, second: Sums, alpha: f64) -> Result<Estimate, StatError> {
    difference(Group::of_sums(first)?, Group::of_sums(second)?, alpha)
}

/// How much larger the first mean is than the second, as a share of the second, by the delta
/// method; degrees of freedom are those of the difference.
///
/// # Errors
/// As [`welch`], or the second mean is zero.
pub fn lift_of_sums(first: Sums, second: Sums, alpha: f64) -> Result<Estimate, StatError> {
    let (first, second) = (Group::of_sums(first)?, Group::of_sums(second)?);
    let (value, error) = lift(first, second)?;
    Estimate::student(value, error, freedom(first, second)?, alpha)
}

fn lift(first: Group, second: Group) -> Result<(f64, f64), StatError> {
    if second.mean == 0.0 {
        return Err(StatError::OutOfBounds("mean"));
    }
    let variance = first.error() / second.mean.powi(2)
        + second.error() * first.mean.powi(2) / second.mean.powi(4);
    Ok(((first.mean - second.mean) / second.mean.abs(), variance.sqrt()))
}

/// Estimate and standard error, of the difference or of the lift.
pub(super) fn of_sums(first: Sums, second: Sums, is_lift: bool) -> Result<(f64, f64), StatError> {
    let (first, second) = (Group::of_sums(first)?, Group::of_sums(second)?);
    if is_lift {
        lift(first, second)
    } else {
        Ok((first.mean - second.mean, (first.error() + second.error()).sqrt()))
    }
}

fn difference(first: Group, second: Group, alpha: f64) -> Result<Estimate, StatError> {
    let error = (first.error() + second.error()).sqrt();
    Estimate::student(first.mean - second.mean, error, freedom(first, second)?, alpha)
}

/// Welch and Satterthwaite's degrees of freedom.
fn freedom(first: Group, second: Group) -> Result<f64, StatError> {
    let (one, other) = (first.error(), second.error());
    let below = one.powi(2) / (first.count - 1.0) + other.powi(2) / (second.count - 1.0);
    if below > 0.0 { Ok((one + other).powi(2) / below) } else { Err(StatError::NoVariation) }
}
