//! Methods about time to an event.

use serde_json::{Map, Value, json};

use super::inputs::Inputs;
use super::methods::{Result, pair};
use crate::stats::StatError;
use crate::stats::cox::{self, Ties};
use crate::stats::survival::{self, Curve, Spell};

fn spells(times: &[f64], causes: &[u8]) -> std::result::Result<Vec<Spell>, StatError> {
    if times.len() != causes.len() {
        return Err(StatError::Lengths("event"));
    }
    Ok(times.iter().zip(causes).map(|(time, cause)| Spell { time: *time, cause: *cause }).collect())
}

/// A time as the name of a figure: 6, not 6.0.
fn name(time: f64) -> String {
    format!("{time}")
}

pub(super) fn time_to_event(inputs: &Inputs<'_>) -> Result {
    let one = spells(&inputs.reals("time_1")?, &inputs.causes("event_1")?)?;
    let other = spells(&inputs.reals("time_0")?, &inputs.causes("event_0")?)?;
    let tau = inputs.real("tau")?;
    let (curve_1, curve_0) = (Curve::new(&one)?, Curve::new(&other)?);
    let both: Vec<Spell> = one.iter().chain(&other).copied().collect();
    let treated: Vec<bool> = (0..both.len()).map(|row| row < one.len()).collect();
    let x: Vec<f64> = treated.iter().map(|one| f64::from(u8::from(*one))).collect();
    let rank = survival::log_rank(&both, &treated, &vec![0; both.len()])?;
    let efron = cox::fit(&both, &x, Ties::Efron)?;
    let breslow = cox::fit(&both, &x, Ties::Breslow)?;
    let (mean_1, error_1) = curve_1.restricted_mean(tau);
    let (mean_0, error_0) = curve_0.restricted_mean(tau);
    let steps: Map<String, Value> =
        curve_1.steps().iter().map(|step| (name(step.time), json!(step.share))).collect();
    Ok(json!({
        "km_1": steps,
        "median_1": curve_1.median(), "median_0": curve_0.median(),
        "s10_greenwood_se": curve_1.error_at(10.0),
        "s10_loglog_ci": pair(curve_1.interval_at(10.0, 0.05)?),
        "logrank_chi2": rank.chi_square, "logrank_p": rank.p,
        "logrank_O1": rank.observed, "logrank_E1": rank.expected, "logrank_V": rank.variance,
        "cox_efron_beta": efron.log_ratio, "cox_efron_se": efron.error,
        "cox_efron_hr": efron.log_ratio.exp(),
        "cox_breslow_beta": breslow.log_ratio, "cox_breslow_se": breslow.error,
        "rmst_1": mean_1, "rmst_0": mean_0, "rmst_1_se": error_1, "rmst_0_se": error_0,
        "rmst_diff": mean_1 - mean_0, "rmst_diff_se": error_1.hypot(error_0),
    }))
}

pub(super) fn stratified_log_rank(inputs: &Inputs<'_>) -> Result {
    let rows = spells(&inputs.reals("time")?, &inputs.causes("event")?)?;
    let treated: Vec<bool> = inputs.counts("group")?.iter().map(|group| *group == 1).collect();
    let found = survival::log_rank(&rows, &treated, &inputs.counts("stratum")?)?;
    Ok(json!({
        "chi2": found.chi_square, "p": found.p,
        "O": found.observed, "E": found.expected, "V": found.variance,
    }))
}

pub(super) fn competing(inputs: &Inputs<'_>) -> Result {
    let rows = spells(&inputs.reals("time")?, &inputs.causes("cause")?)?;
    let curve = |cause: u8| -> std::result::Result<Map<String, Value>, StatError> {
        let mut curve: Map<String, Value> = survival::incidence(&rows, cause)?
            .into_iter()
            .map(|(time, share)| (name(time), json!(share)))
            .collect();
        // The last time anyone was watched closes the curve.
        let last = rows.iter().map(|spell| spell.time).fold(0.0, f64::max);
        if let Some(share) = survival::incidence(&rows, cause)?.last() {
            curve.entry(name(last)).or_insert_with(|| json!(share.1));
        }
        Ok(curve)
    };
    let last = rows.iter().map(|spell| spell.time).fold(0.0, f64::max);
    let alone: Vec<Spell> =
        rows.iter().map(|spell| Spell { cause: u8::from(spell.cause == 1), ..*spell }).collect();
    let naive = 1.0 - Curve::new(&alone)?.share_at(last);
    let mut result = Map::new();
    result.insert("cif_job".to_owned(), Value::Object(curve(1)?));
    result.insert("cif_other".to_owned(), Value::Object(curve(2)?));
    result.insert(format!("naive_1_minus_km_job_at_{}", name(last)), json!(naive));
    Ok(Value::Object(result))
}
