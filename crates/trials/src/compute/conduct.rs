//! Methods about a trial's conduct: sizes of arms, balance.

use serde_json::json;

use super::inputs::Inputs;
use super::methods::Result;
use crate::stats::proportion::{self, Share};
use crate::stats::{balance, chi_square_above, sample_ratio, size};

pub(super) fn ratio_pearson(inputs: &Inputs<'_>) -> Result {
    let (observed, weights) = (inputs.counts("observed")?, inputs.reals("weights")?);
    let found = sample_ratio::pearson(&observed, &weights)?;
    let mut result = json!({
        "chi2": found.chi_square, "df": found.freedom, "p": found.p,
        "flag_at_0_001": found.p < 0.001, "log10_p": found.p.log10(),
    });
    if weights.contains(&0.0) {
        // For comparison: GrowthBook gives an arm that can have nobody a degree of freedom.
        let freedom = size(weights.len() - 1);
        result["p_growthbook_df2"] = json!(chi_square_above(found.chi_square, freedom)?);
    }
    Ok(result)
}

pub(super) fn ratio_exact(inputs: &Inputs<'_>) -> Result {
    let share = Share::new(inputs.count("x")?, inputs.count("n")?)?;
    Ok(json!({"p": proportion::binomial(share, inputs.real("p0")?)?}))
}

pub(super) fn ratio_anytime(inputs: &Inputs<'_>) -> Result {
    let log = sample_ratio::log_e_value(
        &inputs.counts("n")?,
        &inputs.reals("theta0")?,
        &inputs.reals("dirichlet_prior")?,
    )?;
    Ok(json!({"log_e": log, "e": log.exp(), "p_now": (-log).exp().min(1.0)}))
}

pub(super) fn standardised(inputs: &Inputs<'_>) -> Result {
    Ok(json!({
        "smd_cont": balance::of_means(
            inputs.real("m1")?, inputs.real("s1")?, inputs.real("m0")?, inputs.real("s0")?,
        )?,
        "smd_bin": balance::of_shares(inputs.real("p1")?, inputs.real("p0")?)?,
    }))
}
