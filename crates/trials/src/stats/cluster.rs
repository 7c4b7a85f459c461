//! Trials that draw clusters by lot: least squares with standard errors that know of it, for few
//! clusters too.
//!
//! Sources: Bell and McCaffrey, Survey Methodology 28 (2002) 169 (CR2 and its degrees of freedom);
//! Pustejovsky and Tipton, JBES 36 (2018) 672; Cameron and Miller, JHR 50 (2015) 317 (CR1).

use nalgebra::{DMatrix, DVector, SymmetricEigen};

use super::regression::Fit;
use super::{Estimate, StatError, size};

/// How residuals of a cluster are treated.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub enum Correction {
    /// As they are.
    Cr0,
    /// Times G/(G − 1) · (N − 1)/(N − k), with G − 1 degrees of freedom.
    Cr1,
    /// Times (I − H)^(−½), with the degrees of freedom of Bell and McCaffrey: the planned one.
    Cr2,
    /// Times (I − H)⁻¹ (the jackknife), with G − 1 degrees of freedom.
    Cr3,
}

/// Rows of each cluster.
fn members(cluster: &[u64]) -> Vec<Vec<usize>> {
    let mut by_cluster = std::collections::BTreeMap::<u64, Vec<usize>>::new();
    for (row, key) in cluster.iter().enumerate() {
        by_cluster.entry(*key).or_default().push(row);
    }
    by_cluster.into_values().collect()
}

/// Standard error of a coefficient and its degrees of freedom.
///
/// # Errors
/// Fewer than two clusters, or a cluster that decides a coefficient alone.
pub fn error(
    fit: &Fit,
    cluster: &[u64],
    column: usize,
    correction: Correction,
) -> Result<(f64, f64), StatError> {
    super::same_length(cluster.len(), fit.columns.nrows(), "cluster")?;
    let clusters = members(cluster);
    if clusters.len() < 2 {
        return Err(StatError::TooFew("clusters"));
    }
    let (groups, rows) = (size(clusters.len()), size(cluster.len()));
    let weights = &fit.columns * fit.bread.column(column);
    let mut variance = 0.0;
    // For each cluster, what its corrected residuals weigh: A'·x·(X'X)⁻¹, on the cluster's rows.
    let mut corrected: Vec<(Vec<usize>, DVector<f64>)> = Vec::new();
    for own in clusters {
        let part = fit.columns.select_rows(own.iter());
        let weight = DVector::from_iterator(own.len(), own.iter().map(|row| weights[*row]));
        let weight = match correction {
            Correction::Cr0 | Correction::Cr1 => weight,
            Correction::Cr2 => adjustment(&part, &fit.bread, -0.5)? * weight,
            Correction::Cr3 => adjustment(&part, &fit.bread, -1.0)? * weight,
        };
        let score: f64 =
            own.iter().zip(weight.iter()).map(|(row, w)| fit.residuals[*row] * w).sum();
        variance += score * score;
        corrected.push((own, weight));
    }
    let freedom = match correction {
        Correction::Cr2 => satterthwaite(fit, &corrected),
        Correction::Cr0 | Correction::Cr1 | Correction::Cr3 => groups - 1.0,
    };
    if correction == Correction::Cr1 {
        variance *= groups / (groups - 1.0) * (rows - 1.0) / fit.freedom();
    }
    Ok((variance.sqrt(), freedom))
}

/// A coefficient with its t-test.
///
/// # Errors
/// As [`error`].
pub fn estimate(
    fit: &Fit,
    cluster: &[u64],
    column: usize,
    correction: Correction,
    alpha: f64,
) -> Result<Estimate, StatError> {
    let (error, freedom) = error(fit, cluster, column, correction)?;
    Estimate::student(fit.coefficient(column), error, freedom, alpha)
}

/// (I − X(X'X)⁻¹X')^power of one cluster. A direction without any residual of its own is left out,
/// as in a pseudo-inverse.
fn adjustment(
    part: &DMatrix<f64>,
    bread: &DMatrix<f64>,
    power: f64,
) -> Result<DMatrix<f64>, StatError> {
    let left = DMatrix::identity(part.nrows(), part.nrows()) - part * bread * part.transpose();
    let eigen = SymmetricEigen::new(left);
    if eigen.eigenvalues.iter().all(|value| *value <= 1e-12) {
        return Err(StatError::NoVariation);
    }
    let powers =
        eigen.eigenvalues.map(|value| if value <= 1e-12 { 0.0 } else { value.powf(power) });
    Ok(&eigen.eigenvectors * DMatrix::from_diagonal(&powers) * eigen.eigenvectors.transpose())
}

/// Degrees of freedom under equal independent errors: (Σ P_gg)² / Σ P_gh², with
/// P_gh = p_g'(I − H)p_h and p_g the corrected weights of a cluster.
fn satterthwaite(fit: &Fit, corrected: &[(Vec<usize>, DVector<f64>)]) -> f64 {
    // (I − H)p_g = p_g − X·b_g, so that P_gh = [g = h]·p_g'p_g − a_g'(X'X)⁻¹a_h with a_g = X'p_g.
    let sums: Vec<DVector<f64>> = corrected
        .iter()
        .map(|(rows, weight)| fit.columns.select_rows(rows.iter()).transpose() * weight)
        .collect();
    let (mut trace, mut squares) = (0.0, 0.0);
    for (one, left) in sums.iter().enumerate() {
        for (other, right) in sums.iter().enumerate() {
            let mut product = -(left.transpose() * &fit.bread * right)[(0, 0)];
            if one == other {
                product += corrected[one].1.norm_squared();
                trace += product;
            }
            squares += product * product;
        }
    }
    trace * trace / squares
}

/// Means of the outcome of each cluster that was treated, and of each that was not: what a plain
/// t-test of clusters compares.
///
/// # Errors
/// Lists of different lengths, or a cluster with both.
pub fn means(
    outcome: &[f64],
    treated: &[f64],
    cluster: &[u64],
) -> Result<(Vec<f64>, Vec<f64>), StatError> {
    super::same_length(treated.len(), outcome.len(), "treated")?;
    super::same_length(cluster.len(), outcome.len(), "cluster")?;
    let (mut with, mut without) = (Vec::new(), Vec::new());
    for own in members(cluster) {
        let is_treated = treated[own[0]] > 0.5;
        if own.iter().any(|row| (treated[*row] > 0.5) != is_treated) {
            return Err(StatError::OutOfBounds("treated"));
        }
        let mean = own.iter().map(|row| outcome[*row]).sum::<f64>() / size(own.len());
        if is_treated { with.push(mean) } else { without.push(mean) }
    }
    Ok((with, without))
}

/// How alike units of a cluster are within their arms: the intra-cluster correlation by analysis of
/// variance (Donner and Klar, 2000). It can be negative.
///
/// # Errors
/// An arm has fewer than two clusters together, or no cluster has two rows.
pub fn correlation(outcome: &[f64], treated: &[f64], cluster: &[u64]) -> Result<f64, StatError> {
    // Checks too that no cluster is in both arms.
    means(outcome, treated, cluster)?;
    let clusters = members(cluster);
    let (mut between, mut within, mut typical, mut arms) = (0.0, 0.0, size(outcome.len()), 0.0);
    for is_treated in [true, false] {
        let own = || clusters.iter().filter(|own| (treated[own[0]] > 0.5) == is_treated);
        let rows: f64 = own().map(|own| size(own.len())).sum();
        if rows == 0.0 {
            continue;
        }
        arms += 1.0;
        let arm_mean = own().flatten().map(|row| outcome[*row]).sum::<f64>() / rows;
        for own in own() {
            let count = size(own.len());
            let mean = own.iter().map(|row| outcome[*row]).sum::<f64>() / count;
            between += count * (mean - arm_mean).powi(2);
            within += own.iter().map(|row| (outcome[*row] - mean).powi(2)).sum::<f64>();
            typical -= count * count / rows;
        }
    }
    let (groups, rows) = (size(clusters.len()), size(outcome.len()));
    if groups <= arms || rows <= groups {
        return Err(StatError::TooFew("clusters"));
    }
    let (between, within) = (between / (groups - arms), within / (rows - groups));
    let typical = typical / (groups - arms);
    let below = between + (typical - 1.0) * within;
    if below > 0.0 { Ok((between - within) / below) } else { Err(StatError::NoVariation) }
}
