//! How alike two groups were at the start: standardised differences. There is no p-value: that
//! groups drawn by lot differ by chance is known (CONSORT 2025, item 25).

use super::StatError;

/// Of two means, in the standard deviation of both together.
///
/// # Errors
/// Neither group varies.
pub fn of_means(mean_1: f64, sd_1: f64, mean_0: f64, sd_0: f64) -> Result<f64, StatError> {
    standardised(mean_1 - mean_0, sd_1 * sd_1, sd_0 * sd_0)
}

/// Of two shares.
///
/// # Errors
/// A share is not one, or neither group varies.
pub fn of_shares(share_1: f64, share_0: f64) -> Result<f64, StatError> {
    if [share_1, share_0].iter().any(|share| !(0.0..=1.0).contains(share)) {
        return Err(StatError::OutOfBounds("share"));
    }
    standardised(share_1 - share_0, share_1 * (1.0 - share_1), share_0 * (1.0 - share_0))
}

fn standardised(difference: f64, variance_1: f64, variance_0: f64) -> Result<f64, StatError> {
    let variance = f64::midpoint(variance_1, variance_0);
    if variance > 0.0 && variance.is_finite() && difference.is_finite() {
        Ok(difference / variance.sqrt())
    } else {
        Err(StatError::NoVariation)
    }
}
