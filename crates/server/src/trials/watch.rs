//! How a trial goes: the flow of its units and the checks of its conduct, from the ledger as it is.
//! No outcome is read here, and what is counted by arm is counted of those whose arm may be told.

use std::collections::{BTreeMap, BTreeSet};

use chrono::{DateTime, Utc};
use chrono_tz::Europe::Copenhagen;
use jobnet_api::trial::{ArmFlow, BalanceRow, EnrolmentDay, Watch};
use jobnet_trials::protocol::Arm;
use jobnet_trials::protocol::eligible::{Fact, Facts};
use jobnet_trials::watch::{self, ArmFidelity};
use sea_orm::ConnectionTrait;
use serde_json::Value;

use super::catalogue::{self, ACCESS, FRAMING, PRESENTATION, TEXT};
use super::ledger::{self, Exposed};
use super::store::Stored;
use super::{TrialError, ratio, telling, unblinding};

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
    // What was shown is read first: whoever is in it and enrolled is found among the assignments.
    let exposures = ledger::exposures(connection, stored.id).await?;
    let assignments = ledger::assignments(connection, stored.id).await?;
    let exclusions = ledger::exclusions(connection, stored.id).await?;
    let told = telling::told(stored, &assignments);
    let (shown_arm, held_back): (Vec<_>, Vec<_>) =
        assignments.iter().partition(|row| telling::tells(&told, row));
    let held_back: BTreeSet<&str> = held_back.iter().map(|row| row.unit.as_str()).collect();
    let mut assigned: BTreeMap<&str, usize> = BTreeMap::new();
    for row in shown_arm {
        let arm = protocol.arms.iter().position(|arm| arm.key.as_str() == row.arm);
        let arm = arm.ok_or_else(|| TrialError::stored("an assignment names no arm"))?;
        assigned.insert(&row.unit, arm);
    }
    let is_told = |row: &&Exposed| !held_back.contains(row.unit.as_str());
    let shown = exposures.iter().filter(is_told).map(|row| {
        let unit = row.unit.as_str();
        (unit, decided_by(&protocol.arms, assigned.get(unit).copied(), row))
    });
    let fidelity = watch::fidelity(protocol.arms.len(), &assigned, shown);
    // Who was excluded and enrolled later counts once, as enrolled; by her last reason otherwise.
    let mut reasons: BTreeMap<&str, &str> = BTreeMap::new();
    let enrolled: BTreeSet<&str> = assignments.iter().map(|row| row.unit.as_str()).collect();
    for row in exclusions.iter().filter(|row| !enrolled.contains(row.unit.as_str())) {
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
    let mut arms: Vec<ArmFlow> =
        protocol.arms.iter().zip(&fidelity.arms).map(|(arm, count)| flow(arm, count)).collect();
    // Lost after the draw, with the reason (CONSORT 2025, item 22b).
    let objections = ledger::objections(connection, stored.id).await?;
    let linked = ledger::linked(connection, stored.id).await?;
    for (unit, arm) in &assigned {
        arms[*arm].objected += u64::from(objections.contains(*unit));
        arms[*arm].forgotten += u64::from(!linked.contains(*unit));
    }
    let lots: Vec<_> =
        assignments.iter().map(|row| (row.arm.as_str(), row.stratum.as_str(), row.block)).collect();
    let ratio = ratio::of(connection, stored, &lots).await?;
    Ok(Watch {
        at: now,
        state: stored.trial.state(),
        assessed: (assignments.len() + reasons.len()) as u64,
        held_back: held_back.len() as u64,
        excluded,
        sample_ratio: ratio.check,
        exposed_unassigned: fidelity.exposed_unassigned,
        unblindings: unblinding::count(connection, stored.id).await?,
        enrolment: days.into_iter().map(|(day, units)| EnrolmentDay { day, units }).collect(),
        balance: balance(connection, stored, &assigned).await?,
        clusters: ratio.clusters,
        arms,
    })
}

fn flow(arm: &Arm, count: &ArmFidelity) -> ArmFlow {
    ArmFlow {
        arm: arm.key.clone(),
        name: arm.name.clone(),
        weight: arm.weight,
        randomised: count.assigned,
        exposed: count.exposed,
        unexposed: count.unexposed,
        crossed_over: count.crossed_over,
        objected: 0,
        forgotten: 0,
        // By intention to treat everyone is analysed as drawn.
        analysed: count.assigned,
    }
}

/// Place of the arm that decides what was shown: her own if it does, or else the first that does;
/// beyond the arms if none does.
fn decided_by(arms: &[Arm], own: Option<usize>, row: &Exposed) -> usize {
    let decides = |arm: &Arm| {
        let is = |setting: &str, shown: &str| {
            let decided = arm.settings.get(setting);
            decided.is_none_or(|decided| catalogue::decides(setting, decided, shown))
        };
        // Each surface has one of them; of a receipt its text is shown, of a checklist that it is there.
        [PRESENTATION, TEXT, ACCESS].iter().all(|setting| is(setting, &row.presentation))
            && is(FRAMING, &row.framing)
    };
    let is_own = |place: &usize| arms.get(*place).is_some_and(decides);
    own.filter(is_own).or_else(|| arms.iter().position(decides)).unwrap_or(arms.len())
}

async fn balance(
    connection: &impl ConnectionTrait,
    stored: &Stored,
    assigned: &BTreeMap<&str, usize>,
) -> Result<Vec<BalanceRow>, TrialError> {
    let protocol = stored.trial.protocol();
    let Some(control) = protocol.arms.iter().position(|arm| arm.control) else {
        return Ok(Vec::new());
    };
    let mut arms: Vec<Vec<Facts>> = vec![Vec::new(); protocol.arms.len()];
    for row in ledger::baselines(connection, stored.id).await? {
        if let Some(arm) = assigned.get(row.unit.as_str()) {
            arms[*arm].push(facts(&row.facts)?);
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
