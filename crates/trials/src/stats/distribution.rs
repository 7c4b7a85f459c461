//! Tails and quantiles of the distributions, from `statrs`.

use statrs::distribution::{ChiSquared, ContinuousCDF, Normal, StudentsT};

use super::StatError;

/// Probability of a standard normal number at least as far from zero as `z`, on either side.
pub fn normal_two_sided(z: f64) -> f64 {
    statrs::function::erf::erfc(z.abs() / std::f64::consts::SQRT_2)
}

/// The number below which a standard normal number is with probability `p`.
pub(super) fn normal_quantile(p: f64) -> f64 {
    Normal::standard().inverse_cdf(p)
}

/// Probability of a standard normal number below `z`.
pub(super) fn normal_below(z: f64) -> f64 {
    statrs::function::erf::erfc(-z / std::f64::consts::SQRT_2) / 2.0
}

/// Probability of a number at least as far from zero as `t`, on either side.
///
/// # Errors
/// The degrees of freedom are not above zero.
pub fn student_two_sided(t: f64, freedom: f64) -> Result<f64, StatError> {
    Ok((2.0 * student(freedom)?.sf(t.abs())).min(1.0))
}

/// The number below which a t-distributed number is with probability `p`.
pub(super) fn student_quantile(p: f64, freedom: f64) -> Result<f64, StatError> {
    let distribution = student(freedom)?;
    // The library's own search stops early; the tail it gives is exact to 1e-12, so search in that.
    let upper = p.max(1.0 - p);
    let mut most = 2.0;
    while distribution.sf(most) > 1.0 - upper && most < 1e300 {
        most *= 2.0;
    }
    let found = super::root(0.0, most, "a quantile", |t| distribution.sf(t) - (1.0 - upper))?;
    Ok(if p < 0.5 { -found } else { found })
}

fn student(freedom: f64) -> Result<StudentsT, StatError> {
    StudentsT::new(0.0, 1.0, freedom).map_err(|_| StatError::OutOfBounds("degrees of freedom"))
}

/// Probability of a chi-square number of at least `x`.
///
/// # Errors
/// The degrees of freedom are not above zero.
pub fn chi_square_above(x: f64, freedom: f64) -> Result<f64, StatError> {
    let distribution =
        ChiSquared::new(freedom).map_err(|_| StatError::OutOfBounds("degrees of freedom"))?;
    Ok(distribution.sf(x))
}
