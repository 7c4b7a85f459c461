//! How a trial goes: the flow of its units and the checks of its conduct, from the ledger as it is.
//! No outcome is read here.

use std::collections::{BTreeMap, BTreeSet};

use chrono::{DateTime, Utc};
use chrono_tz::Europe::Copenhagen;
use jobnet_api::trial::{ArmFlow, BalanceRow, EnrolmentDay, SampleRatio, Watch};
use jobnet_trials::protocol::eligible::{Fact, Facts};
use jobnet_trials::protocol::life::State;
use jobnet_trials::protocol::{Arm, Design, Protocol, Unit};
use jobnet_trials::watch;
use sea_orm::ConnectionTrait;
use serde_json::Value;

use super::TrialError;
use super::catalogue::{ACCESS, FRAMING, PRESENTATION, TEXT};
use super::ledger::{self, Exposed};
use super::store::Stored;

/// Counts.
///
/// # Errors
/// When the database fails or holds what cannot be read.
pub async fn watch(
    connection: &impl ConnectionTrait,
    stored: &Stored,
    now: DateTime<Utc>,
) -> Result<Watch, TrialError> {
    let protocol = stored.trial.protocol();
    let assignments = ledger::assignments(connection, stored.id).await?;
    let exposures = ledger::exposures(connection, stored.id).await?;
    let exclusions = ledger::exclusions(connection, stored.id).await?;
    let arm_of: BTreeMap<&str, &str> =
        assignments.iter().map(|row| (row.unit.as_str(), row.arm.as_str())).collect();
    let mut shown: BTreeMap<&str, Vec<&Exposed>> = BTreeMap::new();
    for row in &exposures {
        shown.entry(&row.unit).or_default().push(row);
    }
    // Who was excluded and enrolled later counts once, as enrolled; by her last reason otherwise.
    let mut reasons: BTreeMap<&str, &str> = BTreeMap::new();
    for row in exclusions.iter().filter(|row| !arm_of.contains_key(row.unit.as_str())) {
        reasons.insert(&row.unit, &row.reason);
    }
    let mut excluded: BTreeMap<String, u64> = BTreeMap::new();
    for reason in reasons.values() {
        *excluded.entry((*reason).to_owned()).or_default() += 1;
    }
    let mut days: BTreeMap<_, u64> = BTreeMap::new();
    for row in &assignments {
        let at = DateTime::from_timestamp_millis(row.assigned_at)
            .ok_or_else(|| TrialError::stored("a time that is none"))?;
        *days.entry(at.with_timezone(&Copenhagen).date_naive()).or_default() += 1;
    }
    let arms: Vec<ArmFlow> = protocol.arms.iter().map(|arm| flow(arm, &arm_of, &shown)).collect();
    let sizes: Vec<u64> = arms.iter().map(|arm| arm.randomised).collect();
    let ended = matches!(stored.trial.state(), State::Closed | State::Reported);
    Ok(Watch {
        at: now,
        state: stored.trial.state(),
        assessed: (arm_of.len() + reasons.len()) as u64,
        excluded,
        sample_ratio: sample_ratio(protocol, &sizes, ended),
        exposed_unassigned: shown.keys().filter(|unit| !arm_of.contains_key(*unit)).count() as u64,
        enrolment: days.into_iter().map(|(day, units)| EnrolmentDay { day, units }).collect(),
        balance: balance(connection, stored, &arm_of).await?,
        arms,
    })
}

fn flow(
    arm: &Arm,
    arm_of: &BTreeMap<&str, &str>,
    shown: &BTreeMap<&str, Vec<&Exposed>>,
) -> ArmFlow {
    let units: BTreeSet<&str> = arm_of
        .iter()
        .filter(|(_, drawn)| **drawn == arm.key.as_str())
        .map(|(unit, _)| *unit)
        .collect();
    let (mut exposed, mut crossed) = (0, 0);
    for unit in &units {
        let rows = shown.get(unit).map(Vec::as_slice).unwrap_or_default();
        exposed += u64::from(rows.iter().any(|row| is_of(arm, row)));
        crossed += u64::from(rows.iter().any(|row| !is_of(arm, row)));
    }
    let randomised = units.len() as u64;
    let unexposed = units.iter().filter(|unit| !shown.contains_key(*unit)).count() as u64;
    ArmFlow {
        arm: arm.key.clone(),
        name: arm.name.clone(),
        weight: arm.weight,
        randomised,
        exposed,
        unexposed,
        crossed_over: crossed,
        // By intention to treat everyone is analysed as drawn.
        analysed: randomised,
    }
}

/// Whether what was shown is what the arm decides.
fn is_of(arm: &Arm, row: &Exposed) -> bool {
    let is = |setting: &str, shown: &str| {
        arm.settings.get(setting).is_none_or(|decided| decided == shown)
    };
    // Each surface has one of them; of a receipt its text is shown, of a checklist that it is there.
    [PRESENTATION, TEXT, ACCESS].iter().all(|setting| is(setting, &row.presentation))
        && is(FRAMING, &row.framing)
}

/// Only where units are drawn one by one by the weights: clusters of different sizes, and shares
/// that are drawn themselves, differ without anything being wrong.
fn sample_ratio(protocol: &Protocol, sizes: &[u64], ended: bool) -> Option<SampleRatio> {
    if protocol.unit != Unit::Citizen || matches!(protocol.design, Design::Saturation { .. }) {
        return None;
    }
    let found = watch::sample_ratio(sizes, &protocol.weights(), ended).ok()?;
    Some(SampleRatio {
        chi_square: found.chi_square,
        degrees_of_freedom: found.freedom,
        p: found.p,
        exact: found.is_exact,
        // JSON has no infinity.
        e_value: found.e_value.min(f64::MAX),
        alarm: found.is_alarm,
    })
}

async fn balance(
    connection: &impl ConnectionTrait,
    stored: &Stored,
    arm_of: &BTreeMap<&str, &str>,
) -> Result<Vec<BalanceRow>, TrialError> {
    let protocol = stored.trial.protocol();
    let Some(control) = protocol.arms.iter().position(|arm| arm.control) else {
        return Ok(Vec::new());
    };
    let mut arms: Vec<Vec<Facts>> = vec![Vec::new(); protocol.arms.len()];
    for row in ledger::baselines(connection, stored.id).await? {
        let arm = arm_of.get(row.unit.as_str());
        let place = protocol.arms.iter().position(|one| Some(&one.key.as_str()) == arm);
        if let Some(place) = place {
            arms[place].push(facts(&row.facts)?);
        }
    }
    Ok(watch::baseline(&arms, control)
        .into_iter()
        .filter(|row| !NAMES.contains(&row.fact.as_str()))
        .map(|row| BalanceRow {
            fact: row.fact,
            value: row.value,
            arm: protocol.arms[row.arm].key.clone(),
            in_arm: row.in_arm,
            in_control: row.in_control,
            difference: row.difference,
        })
        .collect())
}

/// Facts with so many values that a row for each would say nothing, and might tell who is in it.
const NAMES: [&str; 4] = ["caseworker", "job_centre", "fund", "municipality"];

/// Facts as they are stored.
pub(super) fn facts(text: &str) -> Result<Facts, TrialError> {
    let stored: BTreeMap<String, Value> = serde_json::from_str(text).map_err(TrialError::stored)?;
    stored
        .into_iter()
        .map(|(name, value)| match value {
            Value::String(value) => Ok((name, Fact::Value(value))),
            Value::Number(number) => {
                let number =
                    number.as_i64().ok_or_else(|| TrialError::stored("no whole number"))?;
                Ok((name, Fact::Number(number)))
            }
            _ => Err(TrialError::stored("a fact is neither text nor number")),
        })
        .collect()
}
