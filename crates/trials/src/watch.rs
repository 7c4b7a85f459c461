//! Watching a trial while it runs: the sizes of its arms and how alike they are. Counts come in,
//! verdicts go out; outcomes are not known here.

use std::collections::{BTreeMap, BTreeSet};

use crate::protocol::eligible::{Fact, Facts};
use crate::stats::{StatError, balance, sample_ratio, size};

/// Below this p-value the sizes of the arms raise an alarm, as at GrowthBook and Eppo.
pub const ALARM_P: f64 = 0.001;
/// From this e-value on the sizes raise an alarm, however often they were looked at: the e-value
/// that corresponds to [`ALARM_P`].
pub const ALARM_E: f64 = 1_000.0;
/// Up to so many possible sizes the p-value is exact.
pub const MAX_EXACT: f64 = 200_000.0;

/// Whether the arms have the sizes they should.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct SampleRatio {
    /// Pearson's chi-square.
    pub chi_square: f64,
    /// Its degrees of freedom.
    pub freedom: u32,
    /// Its p-value, exact where that can be done.
    pub p: f64,
    /// Whether it is exact.
    pub is_exact: bool,
    /// The largest that the anytime-valid e-value has been: 1 / it is the p-value that holds at any
    /// time.
    pub e_value: f64,
    /// Something is wrong.
    pub is_alarm: bool,
}

/// The check of the sizes of arms of these weights. `order`: the place of the arm of each unit, in the
/// order in which they came. The alarm is that of the e-value, which may be looked at every day and
/// once raised stays, or of the p-value once enrolment has `ended` and it is looked at once.
///
/// # Errors
/// Nobody is in, fewer than two arms have a weight, or somebody is in none.
pub fn sample_ratio(
    order: &[usize],
    weights: &[u16],
    ended: bool,
) -> Result<SampleRatio, StatError> {
    let weights: Vec<f64> = weights.iter().copied().map(f64::from).collect();
    let mut observed = vec![0_u64; weights.len()];
    for arm in order {
        *observed.get_mut(*arm).ok_or(StatError::OutOfBounds("order"))? += 1;
    }
    let pearson = sample_ratio::pearson(&observed, &weights)?;
    let arms = weights.iter().filter(|weight| **weight > 0.0).count();
    let is_exact = sample_ratio::tables(observed.iter().sum(), arms) <= MAX_EXACT;
    let p = if is_exact { sample_ratio::exact(&observed, &weights)? } else { pearson.p };
    // A prior worth as many units as there are arms times 50: deviations of some per cent.
    let sum: f64 = weights.iter().sum();
    let prior: Vec<f64> = weights
        .iter()
        .map(|weight| (PRIOR_UNITS * size(arms) * weight / sum).max(f64::MIN_POSITIVE))
        .collect();
    // What no float can hold is far beyond every threshold, and infinity is no number in JSON.
    let largest = sample_ratio::largest_log_e_value(order, &weights, &prior)?;
    let e_value = largest.exp().min(f64::MAX);
    let is_alarm = e_value >= ALARM_E || (ended && p < ALARM_P);
    Ok(SampleRatio {
        chi_square: pearson.chi_square,
        freedom: pearson.freedom,
        p,
        is_exact,
        e_value,
        is_alarm,
    })
}

const PRIOR_UNITS: f64 = 50.0;

/// What the units of an arm were shown.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct ArmFidelity {
    /// Units it was drawn for.
    pub assigned: u64,
    /// Of them, shown what it decides.
    pub exposed: u64,
    /// Of them, shown nothing of the trial.
    pub unexposed: u64,
    /// Of them, shown what another arm decides, whether or not what their own does.
    pub crossed_over: u64,
}

/// Whether units were shown what was drawn for them. Nobody is dropped for it: it is reported
/// beside the intention to treat (CONSORT 2025, items 22a and 24a).
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Fidelity {
    /// Arm by arm.
    pub arms: Vec<ArmFidelity>,
    /// Units shown something of the trial for whom nothing was drawn.
    pub exposed_unassigned: u64,
}

/// Counts fidelity in a trial of so many `arms`: `assigned` are units with the place of their arm,
/// `shown` units with the place of the arm whose decision they saw, as often as they saw it. A
/// place beyond the arms is nobody's own, so that seeing it is crossing over.
pub fn fidelity<Unit: Ord>(
    arms: usize,
    assigned: &BTreeMap<Unit, usize>,
    shown: impl IntoIterator<Item = (Unit, usize)>,
) -> Fidelity {
    let mut seen: BTreeMap<Unit, BTreeSet<usize>> = BTreeMap::new();
    for (unit, arm) in shown {
        seen.entry(unit).or_default().insert(arm);
    }
    let mut counts = vec![ArmFidelity::default(); arms];
    for (unit, arm) in assigned {
        let Some(count) = counts.get_mut(*arm) else { continue };
        count.assigned += 1;
        match seen.get(unit) {
            None => count.unexposed += 1,
            Some(seen) => {
                count.exposed += u64::from(seen.contains(arm));
                count.crossed_over += u64::from(seen.iter().any(|one| one != arm));
            }
        }
    }
    let exposed_unassigned = seen.keys().filter(|unit| !assigned.contains_key(unit)).count() as u64;
    Fidelity { arms: counts, exposed_unassigned }
}

/// How alike an arm and the control are in a fact.
#[derive(Clone, Debug, PartialEq)]
pub struct Balance {
    /// The fact.
    pub fact: String,
    /// Its value; `None`: a number, of which means are compared.
    pub value: Option<String>,
    /// Place of the arm.
    pub arm: usize,
    /// Share or mean in the arm, of those of whom it is known.
    pub in_arm: f64,
    /// Share or mean in the control.
    pub in_control: f64,
    /// Standardised difference; `None`: it does not vary.
    pub difference: Option<f64>,
}

/// Facts as they were at enrolment, each arm's units after the other: the table of baseline
/// differences against the arm at `control`. Whom a fact is not known of is left out of its row.
pub fn baseline(arms: &[Vec<Facts>], control: usize) -> Vec<Balance> {
    let mut names: BTreeMap<&str, BTreeSet<Option<&str>>> = BTreeMap::new();
    for facts in arms.iter().flatten() {
        for (name, fact) in facts {
            names.entry(name).or_default().insert(match fact {
                Fact::Value(value) => Some(value),
                Fact::Number(_) => None,
            });
        }
    }
    let Some(reference) = arms.get(control) else { return Vec::new() };
    let mut rows = Vec::new();
    for (fact, values) in names {
        for value in values {
            let other = Summary::of(reference, fact, value);
            for (arm, units) in arms.iter().enumerate().filter(|(arm, _)| *arm != control) {
                let own = Summary::of(units, fact, value);
                let (Some(own), Some(other)) = (own, other) else { continue };
                let difference = match value {
                    Some(_) => balance::of_shares(own.mean, other.mean),
                    None => balance::of_means(own.mean, own.deviation, other.mean, other.deviation),
                };
                rows.push(Balance {
                    fact: fact.to_owned(),
                    value: value.map(str::to_owned),
                    arm,
                    in_arm: own.mean,
                    in_control: other.mean,
                    difference: difference.ok(),
                });
            }
        }
    }
    rows
}

#[derive(Clone, Copy)]
struct Summary {
    mean: f64,
    deviation: f64,
}

impl Summary {
    /// Of those of whom the fact is known; `None`: of nobody.
    #[expect(clippy::cast_precision_loss, reason = "ages and counts are far below 2^53")]
    fn of(units: &[Facts], fact: &str, value: Option<&str>) -> Option<Self> {
        let known: Vec<f64> = units
            .iter()
            .filter_map(|facts| facts.get(fact))
            .filter_map(|found| match (found, value) {
                (Fact::Value(found), Some(value)) => Some(f64::from(u8::from(found == value))),
                (Fact::Number(number), None) => Some(*number as f64),
                _ => None,
            })
            .collect();
        if known.is_empty() {
            return None;
        }
        let count = size(known.len());
        let mean = known.iter().sum::<f64>() / count;
        let squares: f64 = known.iter().map(|one| (one - mean).powi(2)).sum();
        let deviation = if known.len() > 1 { (squares / (count - 1.0)).sqrt() } else { 0.0 };
        Some(Self { mean, deviation })
    }
}
