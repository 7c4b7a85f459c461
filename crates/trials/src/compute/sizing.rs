//! Methods about how many units a trial needs.

use serde_json::json;

use super::ComputeError;
use super::inputs::Inputs;
use super::methods::Result;
use crate::stats::power::{self, Test};

fn test(inputs: &Inputs<'_>) -> std::result::Result<Test, ComputeError> {
    Ok(Test::new(inputs.alpha()?, inputs.real("power")?)?)
}

pub(super) fn power_shares(inputs: &Inputs<'_>) -> Result {
    let (p, q, test) = (inputs.real("p1")?, inputs.real("p2")?, test(inputs)?);
    let unpooled = power::shares_unpooled(p, q, test)?;
    let pooled = power::shares_pooled(p, q, test)?;
    Ok(json!({
        "n_unpooled": unpooled, "n_pooled": pooled,
        "n_arcsine": power::shares_arcsine(p, q, test)?,
        "n_unpooled_ceil": unpooled.ceil(), "n_pooled_ceil": pooled.ceil(),
    }))
}

pub(super) fn power_means(inputs: &Inputs<'_>) -> Result {
    let n = power::means(inputs.real("d")?, test(inputs)?)?;
    Ok(json!({"n": n, "n_ceil": n.ceil()}))
}

pub(super) fn detectable(inputs: &Inputs<'_>) -> Result {
    let (p, test) = (inputs.real("p0")?, test(inputs)?);
    Ok(json!({
        "mde_2500_2500": power::detectable_share(p, 2500.0, 2500.0, test)?,
        "mde_4000_1000": power::detectable_share(p, 4000.0, 1000.0, test)?,
    }))
}

pub(super) fn power_clusters(inputs: &Inputs<'_>) -> Result {
    let (m, icc, cv) = (inputs.real("m")?, inputs.real("icc")?, inputs.real("cv")?);
    let n = power::shares_unpooled(inputs.real("p1")?, inputs.real("p2")?, test(inputs)?)?;
    Ok(json!({
        "n_individual": n,
        "deff": power::design_effect(m, icc, 0.0)?,
        "deff_unequal": power::design_effect(m, icc, cv)?,
        "clusters_per_arm": power::clusters(n, m, icc, 0.0)?,
        "clusters_per_arm_unequal": power::clusters(n, m, icc, cv)?,
    }))
}

pub(super) fn power_events(inputs: &Inputs<'_>) -> Result {
    let events = power::events(inputs.real("hr")?, inputs.real("alloc")?, test(inputs)?)?;
    Ok(json!({"events": events, "events_ceil": events.ceil()}))
}
