//! How a logistic regression is tried out: fitted on everyone, and each person estimated by a fit that
//! was made without her fold.
//!
//! It must not know what a column means.

use crate::evaluate::Evaluation;
use crate::logistic::inverse_logit;
use crate::measure::{Told, Trait, evaluation};
use crate::train::{Fit, FitError, Table, fit};

/// People as numbers.
pub(crate) struct Rows<'a> {
    /// Columns of each person; the first is 1.
    pub(crate) rows: &'a [Vec<f64>],
    /// What came of each.
    pub(crate) outcomes: &'a [bool],
    /// The fold of each.
    pub(crate) folds: &'a [u8],
}

/// What came of trying out.
pub(crate) struct Trial {
    /// The fit on everyone.
    pub(crate) fit: Fit,
    /// The estimate of each person without her fold.
    pub(crate) expected: Vec<f64>,
    /// How good those are.
    pub(crate) evaluation: Evaluation,
}

impl Rows<'_> {
    /// Fits and tries out.
    ///
    /// # Errors
    /// Why there is no fit, of everyone or without a fold.
    pub(crate) fn try_out(&self, folds: u8, traits: &[Trait]) -> Result<Trial, FitError> {
        let whole = self.fitted(|_| true)?;
        let mut expected = vec![0.0; self.rows.len()];
        for fold in 0..folds {
            let is_in = |place: usize| self.folds[place] == fold;
            if (0..self.rows.len()).any(is_in) {
                let beta = self.fitted(|place| !is_in(place))?.coefficients;
                for place in (0..self.rows.len()).filter(|place| is_in(*place)) {
                    let sum: f64 = beta.iter().zip(&self.rows[place]).map(|(b, x)| b * x).sum();
                    expected[place] = inverse_logit(sum);
                }
            }
        }
        let told = expected.iter().zip(self.outcomes);
        let told: Vec<Told> = told
            .map(|(expected, came_true)| Told { expected: *expected, came_true: *came_true })
            .collect();
        Ok(Trial { fit: whole, evaluation: evaluation(&told, traits, folds)?, expected })
    }

    fn fitted(&self, is_in: impl Fn(usize) -> bool) -> Result<Fit, FitError> {
        let all = self.rows.iter().zip(self.outcomes).enumerate();
        let all = all.filter(|(place, _)| is_in(*place));
        fit(&Table::new(all.map(|(_, (row, outcome))| (&row[1..], *outcome)))?)
    }
}
