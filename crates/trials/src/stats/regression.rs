//! Least squares with robust standard errors, and the intention-to-treat estimate adjusted as by
//! Lin, Ann. Appl. Stat. 7 (2013) 295.

use nalgebra::{DMatrix, DVector};

use super::{Estimate, StatError, size};

/// A fitted regression.
#[derive(Clone, Debug)]
pub struct Fit {
    pub(super) columns: DMatrix<f64>,
    /// (X'X)⁻¹.
    pub(super) bread: DMatrix<f64>,
    pub(super) coefficients: DVector<f64>,
    pub(super) residuals: DVector<f64>,
}

/// How a standard error treats unequal spread (MacKinnon and White, 1985).
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub enum Robust {
    /// Not at all.
    Classical,
    /// Squared residuals.
    Hc0,
    /// Times n/(n − k).
    Hc1,
    /// Each over 1 − leverage: the planned one. Of two means it is Neyman's.
    Hc2,
    /// Each over (1 − leverage)².
    Hc3,
}

impl Fit {
    /// Least squares of `outcome` on `columns`, each as long as it; the constant is a column of its
    /// own.
    ///
    /// # Errors
    /// Too few rows, lists of different lengths, or columns that say the same.
    pub fn new(outcome: &[f64], columns: &[Vec<f64>]) -> Result<Self, StatError> {
        let (n, k) = (outcome.len(), columns.len());
        if k == 0 || n <= k {
            return Err(StatError::TooFew("rows"));
        }
        super::finite(outcome, "outcome")?;
        for column in columns {
            super::same_length(column.len(), n, "column")?;
            super::finite(column, "column")?;
        }
        let columns = DMatrix::from_fn(n, k, |row, column| columns[column][row]);
        let outcome = DVector::from_column_slice(outcome);
        let gram = columns.transpose() * &columns;
        let scale = gram.diagonal().amax();
        // A pivot this small beside the largest is rounding, not information.
        let cholesky = gram.clone().cholesky().ok_or(StatError::Singular)?;
        let least = cholesky.l().diagonal().amin();
        if least * least <= scale * 1e-13 {
            return Err(StatError::Singular);
        }
        let bread = cholesky.inverse();
        let coefficients = cholesky.solve(&(columns.transpose() * &outcome));
        let residuals = outcome - &columns * &coefficients;
        Ok(Self { columns, bread, coefficients, residuals })
    }

    /// The coefficient of a column.
    pub fn coefficient(&self, column: usize) -> f64 {
        self.coefficients[column]
    }

    /// Rows less columns.
    pub fn freedom(&self) -> f64 {
        size(self.columns.nrows()) - size(self.columns.ncols())
    }

    /// Leverage of each row.
    fn leverages(&self) -> Vec<f64> {
        let hat = &self.columns * &self.bread;
        (0..self.columns.nrows()).map(|row| hat.row(row).dot(&self.columns.row(row))).collect()
    }

    /// Standard error of a coefficient.
    ///
    /// # Errors
    /// A row decides a coefficient alone, so that it has no residual.
    pub fn error(&self, column: usize, robust: Robust) -> Result<f64, StatError> {
        let n = size(self.columns.nrows());
        if robust == Robust::Classical {
            let variance = self.residuals.norm_squared() / self.freedom();
            return Ok((variance * self.bread[(column, column)]).sqrt());
        }
        let leverages = self.leverages();
        let mut variance = 0.0;
        // The coefficient is a sum of the outcomes with these weights.
        let weights = &self.columns * self.bread.column(column);
        for ((weight, residual), leverage) in
            weights.iter().zip(self.residuals.iter()).zip(&leverages)
        {
            let left = 1.0 - leverage;
            if left <= 1e-12 && matches!(robust, Robust::Hc2 | Robust::Hc3) {
                return Err(StatError::NoVariation);
            }
            let square = weight * weight * residual * residual;
            variance += match robust {
                Robust::Classical | Robust::Hc0 => square,
                Robust::Hc1 => square * n / self.freedom(),
                Robust::Hc2 => square / left,
                Robust::Hc3 => square / (left * left),
            };
        }
        Ok(variance.sqrt())
    }

    /// A coefficient with its t-test on n − k degrees of freedom.
    ///
    /// # Errors
    /// As [`Self::error`].
    pub fn estimate(
        &self,
        column: usize,
        robust: Robust,
        alpha: f64,
    ) -> Result<Estimate, StatError> {
        let error = self.error(column, robust)?;
        Estimate::student(self.coefficient(column), error, self.freedom(), alpha)
    }
}

/// The column of the treatment in the regressions below.
pub const TREATMENT: usize = 1;

/// The column of the first interaction in [`lin`] of one covariate.
pub const INTERACTION: usize = 3;

/// The difference of means as a regression.
///
/// # Errors
/// As [`Fit::new`].
pub fn unadjusted(outcome: &[f64], treated: &[f64]) -> Result<Fit, StatError> {
    Fit::new(outcome, &[vec![1.0; outcome.len()], treated.to_vec()])
}

/// With covariates, the same slopes in both arms.
///
/// # Errors
/// As [`Fit::new`].
pub fn ancova(outcome: &[f64], treated: &[f64], covariates: &[Vec<f64>]) -> Result<Fit, StatError> {
    let mut columns = vec![vec![1.0; outcome.len()], treated.to_vec()];
    columns.extend(covariates.iter().cloned());
    Fit::new(outcome, &columns)
}

/// Lin's estimate: covariates less their mean over **everyone** who was randomised, each also times
/// the treatment. It never does worse than the difference of means in large trials.
///
/// # Errors
/// As [`Fit::new`].
pub fn lin(outcome: &[f64], treated: &[f64], covariates: &[Vec<f64>]) -> Result<Fit, StatError> {
    super::same_length(treated.len(), outcome.len(), "treated")?;
    let mut columns = vec![vec![1.0; outcome.len()], treated.to_vec()];
    let mut interactions = Vec::new();
    for covariate in covariates {
        super::same_length(covariate.len(), outcome.len(), "covariate")?;
        let mean = covariate.iter().sum::<f64>() / size(covariate.len());
        let centred: Vec<f64> = covariate.iter().map(|value| value - mean).collect();
        interactions.push(centred.iter().zip(treated).map(|(value, one)| value * one).collect());
        columns.push(centred);
    }
    columns.extend(interactions);
    Fit::new(outcome, &columns)
}
