//! Methods about outcomes: shares, means, intention to treat, clusters, looks at any time.

use serde_json::json;

use super::ComputeError;
use super::inputs::Inputs;
use super::methods::{Result, estimate, pair, shares};
use crate::stats::mean::Sums;
use crate::stats::multiple::{Adjustment, adjust};
use crate::stats::proportion::{self, Share};
use crate::stats::regression::{self, Robust};
use crate::stats::{
    Estimate, anytime, cluster, compliance, mean, missing, power, randomisation_test,
};

pub(super) fn wilson(inputs: &Inputs<'_>) -> Result {
    let share = Share::new(inputs.count("x")?, inputs.count("n")?)?;
    let interval = proportion::wilson(share, inputs.alpha()?)?;
    Ok(json!({"lower": interval.lower, "upper": interval.upper}))
}

pub(super) fn newcombe(inputs: &Inputs<'_>) -> Result {
    let (one, other) = shares(inputs)?;
    let interval = proportion::newcombe(one, other, inputs.alpha()?)?;
    Ok(json!({
        "diff": proportion::difference(one, other),
        "lower": interval.lower, "upper": interval.upper,
    }))
}

pub(super) fn two_shares(inputs: &Inputs<'_>) -> Result {
    let (one, other) = shares(inputs)?;
    let alpha = inputs.alpha()?;
    let (pooled, wald) = (proportion::pooled(one, other)?, proportion::wald(one, other)?);
    let risk = proportion::risk_ratio(one, other, alpha)?;
    let odds = proportion::odds_ratio(one, other, alpha)?;
    Ok(json!({
        "p1": one.value(), "p2": other.value(), "diff": proportion::difference(one, other),
        "newcombe": pair(proportion::newcombe(one, other, alpha)?),
        "score_mn": pair(proportion::miettinen_nurminen(one, other, alpha)?),
        "z_pooled": pooled.z, "p_pooled": pooled.p, "chi2": pooled.z * pooled.z,
        "z_wald": wald.z, "p_wald": wald.p,
        "rr": risk.value, "rr_ci": pair(risk.interval),
        "odds_ratio": odds.value, "or_ci": pair(odds.interval),
        "nnt": proportion::number_needed_to_treat(one, other)?,
        "p_fisher_two_sided": proportion::fisher(one, other),
    }))
}

pub(super) fn welch(inputs: &Inputs<'_>) -> Result {
    let found = mean::welch(&inputs.reals("g1")?, &inputs.reals("g2")?, inputs.alpha()?)?;
    Ok(json!({
        "t": found.t, "df": found.freedom, "p": found.p, "diff": found.value,
        "ci": pair(found.interval),
    }))
}

/// The two groups of a sequence or test from sums; b is compared with a.
fn sums(inputs: &Inputs<'_>) -> std::result::Result<(Sums, Sums), ComputeError> {
    let is_share = inputs.flag("proportion")?;
    let a = Sums {
        count: inputs.count("n_a")?,
        sum: inputs.real("sum_a")?,
        sum_of_squares: inputs.real("sumsq_a")?,
        is_share,
    };
    let b = Sums {
        count: inputs.count("n_b")?,
        sum: inputs.real("sum_b")?,
        sum_of_squares: inputs.real("sumsq_b")?,
        is_share,
    };
    Ok((b, a))
}

pub(super) fn welch_of_sums(inputs: &Inputs<'_>) -> Result {
    let (first, second) = sums(inputs)?;
    let alpha = inputs.alpha()?;
    let found = if inputs.flag("relative")? {
        mean::lift_of_sums(first, second, alpha)?
    } else {
        mean::welch_of_sums(first, second, alpha)?
    };
    Ok(json!({
        "expected": found.value, "se": found.error, "df": found.freedom, "p": found.p,
        "ci": pair(found.interval),
    }))
}

pub(super) fn adjusted(inputs: &Inputs<'_>) -> Result {
    let p = inputs.reals("p")?;
    Ok(json!({
        "holm": adjust(&p, Adjustment::Holm)?,
        "hochberg": adjust(&p, Adjustment::Hochberg)?,
        "bonferroni": adjust(&p, Adjustment::Bonferroni)?,
        "bh": adjust(&p, Adjustment::BenjaminiHochberg)?,
        "by": adjust(&p, Adjustment::BenjaminiYekutieli)?,
    }))
}

pub(super) fn intention_to_treat(inputs: &Inputs<'_>) -> Result {
    let (y, d, x) = (inputs.reals("y")?, inputs.reals("d")?, inputs.reals("x")?);
    let (alpha, treatment) = (inputs.alpha()?, regression::TREATMENT);
    let covariates = [x];
    let plain = regression::unadjusted(&y, &d)?;
    let ancova = regression::ancova(&y, &d, &covariates)?;
    let lin = regression::lin(&y, &d, &covariates)?;
    Ok(json!({
        "unadjusted_HC2": estimate(plain.estimate(treatment, Robust::Hc2, alpha)?),
        "ancova_HC2": estimate(ancova.estimate(treatment, Robust::Hc2, alpha)?),
        "lin_HC2": estimate(lin.estimate(treatment, Robust::Hc2, alpha)?),
        "lin_se_HC0": lin.error(treatment, Robust::Hc0)?,
        "lin_se_HC1": lin.error(treatment, Robust::Hc1)?,
        "lin_se_HC3": lin.error(treatment, Robust::Hc3)?,
        "lin_se_classical": lin.error(treatment, Robust::Classical)?,
        "neyman_se": plain.error(treatment, Robust::Hc2)?,
        "lin_coef_interaction": lin.coefficient(regression::INTERACTION),
    }))
}

pub(super) fn compliers(inputs: &Inputs<'_>) -> Result {
    let found =
        compliance::compliers(&inputs.reals("z")?, &inputs.reals("seen")?, &inputs.reals("y")?)?;
    Ok(json!({
        "itt": found.intention_to_treat, "first_stage": found.first_stage, "cace": found.effect,
        "se_HC0": found.error, "se_HC1": found.error_hc1,
    }))
}

pub(super) fn attrition(inputs: &Inputs<'_>) -> Result {
    let one = Share::new(inputs.count("missing_1")?, inputs.count("n1")?)?;
    let other = Share::new(inputs.count("missing_2")?, inputs.count("n2")?)?;
    let randomised = inputs.count("lee_randomised_per_arm")?;
    let bounds = missing::lee(
        &inputs.reals("lee_y_treat")?,
        randomised,
        &inputs.reals("lee_y_control")?,
        randomised,
    )?;
    Ok(json!({
        "diff": proportion::difference(one, other),
        "p": proportion::pooled(one, other)?.p,
        "newcombe": pair(proportion::newcombe(one, other, 0.05)?),
        "lee_q": bounds.trimmed,
        "lee_lower": bounds.interval.lower, "lee_upper": bounds.interval.upper,
    }))
}

pub(super) fn clustered(inputs: &Inputs<'_>) -> Result {
    use cluster::Correction::{Cr0, Cr1, Cr2, Cr3};
    let (y, d, groups) = (inputs.reals("y")?, inputs.reals("d")?, inputs.counts("cluster")?);
    let (alpha, treatment) = (inputs.alpha()?, regression::TREATMENT);
    let fit = regression::unadjusted(&y, &d)?;
    let of = |correction| cluster::estimate(&fit, &groups, treatment, correction, alpha);
    let with_t = |found: Estimate| json!({"se": found.error, "t": found.t, "df": found.freedom, "p": found.p, "ci": pair(found.interval)});
    let (treated, control) = cluster::means(&y, &d, &groups)?;
    let by_cluster = pooled_t(&treated, &control)?;
    let icc = cluster::correlation(&y, &d, &groups)?;
    let distinct = groups.iter().collect::<std::collections::BTreeSet<_>>().len();
    let mean_size = crate::stats::size(groups.len()) / crate::stats::size(distinct);
    let lottery = randomisation_test::exact(&y, &d, &groups)?;
    Ok(json!({
        "est": fit.coefficient(treatment),
        "naive_se": fit.error(treatment, Robust::Classical)?,
        "cr0_se": cluster::error(&fit, &groups, treatment, Cr0)?.0,
        "cr1": with_t(of(Cr1)?), "cr2": with_t(of(Cr2)?), "cr3": with_t(of(Cr3)?),
        "cluster_mean_t": by_cluster,
        "icc_anova": icc, "mean_cluster_size": mean_size,
        "deff": power::design_effect(mean_size, icc.max(0.0), 0.0)?,
        "ri_p": lottery.p, "ri_allocations": lottery.allocations,
    }))
}

/// The plain t-test of cluster means, with one variance.
fn pooled_t(treated: &[f64], control: &[f64]) -> Result {
    let y: Vec<f64> = treated.iter().chain(control).copied().collect();
    let d: Vec<f64> = (0..y.len()).map(|row| f64::from(u8::from(row < treated.len()))).collect();
    let fit = regression::unadjusted(&y, &d)?;
    let found = fit.estimate(regression::TREATMENT, Robust::Classical, 0.05)?;
    Ok(json!({"t": found.t, "p": found.p, "df": found.freedom, "diff": found.value}))
}

pub(super) fn randomisation(inputs: &Inputs<'_>) -> Result {
    let (y, z) = (inputs.reals("y")?, inputs.reals("z")?);
    let each: Vec<u64> = (0..y.len() as u64).collect();
    let found = randomisation_test::exact(&y, &z, &each)?;
    Ok(json!({
        "diff": found.difference, "count": found.as_large,
        "allocations": found.allocations, "p": found.p,
    }))
}

pub(super) fn asymptotic(inputs: &Inputs<'_>) -> Result {
    let (first, second) = sums(inputs)?;
    let is_lift = inputs.flag("relative")?;
    let found =
        anytime::asymptotic(first, second, is_lift, inputs.real("N_star")?, inputs.alpha()?)?;
    Ok(json!({
        "est": found.value, "se": found.error, "rho": found.parameter,
        "ci": pair(found.interval), "p": found.p,
    }))
}

pub(super) fn normal_mixture(inputs: &Inputs<'_>) -> Result {
    let rho =
        anytime::mixture_parameter(inputs.real("v_opt")?, inputs.real_or("alpha_opt", 0.05)?)?;
    let bound = anytime::normal_mixture(inputs.real("v")?, rho, inputs.alpha()?)?;
    Ok(json!({"bound": bound, "rho": rho}))
}

pub(super) fn bernoulli(inputs: &Inputs<'_>) -> Result {
    let share = Share::new(inputs.count("x")?, inputs.count("n")?)?;
    let best_alpha = inputs.real_or("alpha_opt", 0.05)?;
    let found = anytime::share(share, inputs.alpha()?, inputs.real("t_opt")?, best_alpha)?;
    Ok(json!({"lower": found.lower, "upper": found.upper}))
}
