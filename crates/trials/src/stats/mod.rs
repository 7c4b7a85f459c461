//! The statistics of a trial: of its conduct (sample ratio, balance), of its size, and of its
//! outcomes by intention to treat.
//!
//! Every function takes counts or rows and gives an estimate; what cannot be estimated is an error
//! that names the input, never a number that is not one. It must not know where rows come from.

pub mod anytime;
pub mod balance;
pub mod cluster;
pub mod compliance;
pub mod cox;
mod distribution;
pub mod mean;
pub mod missing;
pub mod multiple;
pub mod power;
pub mod proportion;
pub mod randomisation_test;
pub mod regression;
pub mod sample_ratio;
pub mod survival;

pub use distribution::{chi_square_above, normal_two_sided, student_two_sided};

/// An interval.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct Interval {
    /// Its lower end.
    pub lower: f64,
    /// Its upper end.
    pub upper: f64,
}

impl Interval {
    /// `middle` give or take `half`.
    pub const fn around(middle: f64, half: f64) -> Self {
        Self { lower: middle - half, upper: middle + half }
    }
}

/// An estimate with its t-test.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct Estimate {
    /// The estimate.
    pub value: f64,
    /// Its standard error.
    pub error: f64,
    /// The estimate in standard errors.
    pub t: f64,
    /// Degrees of freedom.
    pub freedom: f64,
    /// Two-sided p-value.
    pub p: f64,
    /// Confidence interval at the level asked for.
    pub interval: Interval,
}

impl Estimate {
    /// By Student's t.
    ///
    /// # Errors
    /// The error is not above zero, or the level or the degrees of freedom are out of bounds.
    pub fn student(value: f64, error: f64, freedom: f64, alpha: f64) -> Result<Self, StatError> {
        if !(error > 0.0 && error.is_finite() && value.is_finite()) {
            return Err(StatError::NoVariation);
        }
        let t = value / error;
        let p = student_two_sided(t, freedom)?;
        let half = distribution::student_quantile(1.0 - level(alpha)? / 2.0, freedom)? * error;
        Ok(Self { value, error, t, freedom, p, interval: Interval::around(value, half) })
    }
}

/// Why something cannot be estimated.
#[derive(Clone, Debug, PartialEq, Eq, thiserror::Error)]
pub enum StatError {
    /// There is too little of it.
    #[error("too few {0}")]
    TooFew(&'static str),
    /// It is not a number it can be.
    #[error("{0} is out of bounds")]
    OutOfBounds(&'static str),
    /// Lists that belong together are not equally long.
    #[error("{0} is not as long as the list it belongs to")]
    Lengths(&'static str),
    /// Nothing varies.
    #[error("nothing varies, so there is no standard error")]
    NoVariation,
    /// The columns of a regression say the same.
    #[error("the columns of the regression are not independent")]
    Singular,
    /// A search did not end.
    #[error("{0} was not found")]
    NotFound(&'static str),
}

/// A level between 0 and 1, neither included.
fn level(alpha: f64) -> Result<f64, StatError> {
    if alpha > 0.0 && alpha < 1.0 { Ok(alpha) } else { Err(StatError::OutOfBounds("alpha")) }
}

fn same_length(one: usize, other: usize, what: &'static str) -> Result<(), StatError> {
    if one == other { Ok(()) } else { Err(StatError::Lengths(what)) }
}

fn finite(values: &[f64], what: &'static str) -> Result<(), StatError> {
    if values.iter().all(|value| value.is_finite()) {
        Ok(())
    } else {
        Err(StatError::OutOfBounds(what))
    }
}

/// A whole number as a float. Counts of people are far below 2⁵³, where it would lose something.
#[expect(clippy::cast_precision_loss, reason = "counts are below 2^53")]
pub(crate) const fn real(count: u64) -> f64 {
    count as f64
}

/// A length as a float.
pub(crate) const fn size(length: usize) -> f64 {
    real(length as u64)
}

/// Where `function` is zero between two ends at which it has different signs (Brent would be
/// faster; halving cannot fail). To the last bit that a float can tell.
pub(crate) fn root(
    mut lower: f64,
    mut upper: f64,
    what: &'static str,
    function: impl Fn(f64) -> f64,
) -> Result<f64, StatError> {
    let at_lower = function(lower);
    if at_lower == 0.0 {
        return Ok(lower);
    }
    let at_upper = function(upper);
    if at_upper == 0.0 {
        return Ok(upper);
    }
    if !(at_lower.is_finite() && at_upper.is_finite()) || (at_lower < 0.0) == (at_upper < 0.0) {
        return Err(StatError::NotFound(what));
    }
    // Halving a range of floats ends after fewer steps than this, whatever their sizes.
    for _ in 0..2_100 {
        let middle = f64::midpoint(lower, upper);
        if middle <= lower || middle >= upper {
            break;
        }
        if (function(middle) < 0.0) == (at_lower < 0.0) { lower = middle } else { upper = middle }
    }
    Ok(f64::midpoint(lower, upper))
}
