//! Time to an event, such as a job: how many have it by when, and whether arms differ.
//!
//! Sources: Kaplan and Meier (1958); Greenwood (1926) with the log-minus-log interval; Mantel (1966)
//! for the (stratified) log-rank test; Royston and Parmar, Stat. Med. 30 (2011) 2409 for the
//! restricted mean; Aalen and Johansen (1978) where leaving without a job competes.

use std::collections::BTreeMap;

use super::distribution::normal_quantile;
use super::{Interval, StatError, chi_square_above, level, size};

/// One unit's time.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct Spell {
    /// How long it was watched.
    pub time: f64,
    /// What ended it: 0 nothing yet (censored), 1 the event, 2 and more events that compete.
    pub cause: u8,
}

/// A time at which something ended.
#[derive(Clone, Copy, Debug, PartialEq)]
struct Moment {
    time: f64,
    at_risk: f64,
    events: f64,
}

fn checked(spells: &[Spell]) -> Result<(), StatError> {
    if spells.is_empty() {
        Err(StatError::TooFew("units"))
    } else if spells.iter().any(|spell| !spell.time.is_finite() || spell.time < 0.0) {
        Err(StatError::OutOfBounds("time"))
    } else {
        Ok(())
    }
}

/// Times with an event of `cause`, in order. A unit is at risk up to and including its own time.
fn moments(spells: &[Spell], is_event: impl Fn(u8) -> bool) -> Vec<Moment> {
    let mut order: Vec<&Spell> = spells.iter().collect();
    order.sort_by(|one, other| one.time.total_cmp(&other.time));
    let mut found: Vec<Moment> = Vec::new();
    for (index, spell) in order.iter().enumerate() {
        if !is_event(spell.cause) {
            continue;
        }
        match found.last_mut() {
            Some(last) if last.time == spell.time => last.events += 1.0,
            _ => {
                let earlier = order[..index].iter().filter(|one| one.time < spell.time).count();
                let at_risk = size(order.len() - earlier);
                found.push(Moment { time: spell.time, at_risk, events: 1.0 });
            }
        }
    }
    found
}

/// The Kaplan–Meier curve: the share still without any event after each time with one.
#[derive(Clone, Debug, PartialEq)]
pub struct Curve {
    steps: Vec<Step>,
}

/// A step of the curve.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct Step {
    /// When.
    pub time: f64,
    /// The share without an event from then on.
    pub share: f64,
    /// Greenwood's sum up to then.
    greenwood: f64,
    at_risk: f64,
    events: f64,
}

impl Curve {
    /// Of any event.
    ///
    /// # Errors
    /// There is nobody, or a time is negative.
    pub fn new(spells: &[Spell]) -> Result<Self, StatError> {
        checked(spells)?;
        let (mut share, mut greenwood) = (1.0, 0.0);
        let steps = moments(spells, |cause| cause > 0)
            .into_iter()
            .map(|Moment { time, at_risk, events }| {
                share *= 1.0 - events / at_risk;
                greenwood += events / (at_risk * (at_risk - events));
                Step { time, share, greenwood, at_risk, events }
            })
            .collect();
        Ok(Self { steps })
    }

    /// Its steps.
    pub fn steps(&self) -> &[Step] {
        &self.steps
    }

    fn step_at(&self, time: f64) -> Option<&Step> {
        self.steps.iter().rev().find(|step| step.time <= time)
    }

    /// The share without an event at a time.
    pub fn share_at(&self, time: f64) -> f64 {
        self.step_at(time).map_or(1.0, |step| step.share)
    }

    /// Greenwood's standard error of that share.
    pub fn error_at(&self, time: f64) -> f64 {
        self.step_at(time).map_or(0.0, |step| step.share * step.greenwood.sqrt())
    }

    /// Its interval, symmetric on the log-minus-log scale.
    ///
    /// # Errors
    /// The share is 0 or 1, or the level is out of bounds.
    pub fn interval_at(&self, time: f64, alpha: f64) -> Result<Interval, StatError> {
        let z = normal_quantile(1.0 - level(alpha)? / 2.0);
        let step = self.step_at(time).filter(|step| step.share > 0.0 && step.share < 1.0);
        let step = step.ok_or(StatError::NoVariation)?;
        let log = step.share.ln();
        let half = z * step.greenwood.sqrt() / log.abs();
        Ok(Interval { lower: step.share.powf(half.exp()), upper: step.share.powf((-half).exp()) })
    }

    /// The first time at which at most half are without an event.
    pub fn median(&self) -> Option<f64> {
        self.steps.iter().find(|step| step.share <= 0.5 + 1e-12).map(|step| step.time)
    }

    /// The mean time without an event up to `limit`, and its standard error.
    pub fn restricted_mean(&self, limit: f64) -> (f64, f64) {
        let mut area = 0.0;
        let (mut last, mut share) = (0.0, 1.0);
        let inside: Vec<&Step> = self.steps.iter().filter(|step| step.time < limit).collect();
        let mut parts = Vec::new();
        for step in &inside {
            area += share * (step.time - last);
            (last, share) = (step.time, step.share);
            parts.push(area);
        }
        area += share * (limit - last);
        let variance: f64 = inside
            .iter()
            .zip(parts)
            .map(|(step, so_far)| {
                let rest = area - so_far;
                let left = step.at_risk - step.events;
                if left > 0.0 { rest * rest * step.events / (step.at_risk * left) } else { 0.0 }
            })
            .sum();
        (area, variance.sqrt())
    }
}

/// The cumulative incidence of one cause where others compete, after each time with an event of it.
///
/// # Errors
/// There is nobody, or a time is negative.
pub fn incidence(spells: &[Spell], cause: u8) -> Result<Vec<(f64, f64)>, StatError> {
    let curve = Curve::new(spells)?;
    let mut total = 0.0;
    Ok(moments(spells, |one| one == cause)
        .into_iter()
        .map(|moment| {
            let before = curve.steps.iter().rev().find(|step| step.time < moment.time);
            let share = before.map_or(1.0, |step| step.share);
            total += share * moment.events / moment.at_risk;
            (moment.time, total)
        })
        .collect())
}

/// A log-rank test of two groups.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct LogRank {
    /// Events of the treated.
    pub observed: f64,
    /// Events they would have if time ran alike in both groups.
    pub expected: f64,
    /// Its hypergeometric variance.
    pub variance: f64,
    /// The statistic, with one degree of freedom.
    pub chi_square: f64,
    /// Its p-value.
    pub p: f64,
}

/// The log-rank test: event 1, `treated` or not, within strata.
///
/// # Errors
/// Lists of different lengths, a negative time, or no time with both groups at risk.
pub fn log_rank(spells: &[Spell], treated: &[bool], strata: &[u64]) -> Result<LogRank, StatError> {
    checked(spells)?;
    super::same_length(treated.len(), spells.len(), "treated")?;
    super::same_length(strata.len(), spells.len(), "strata")?;
    let mut by_stratum: BTreeMap<u64, Vec<usize>> = BTreeMap::new();
    for (row, stratum) in strata.iter().enumerate() {
        by_stratum.entry(*stratum).or_default().push(row);
    }
    let (mut observed, mut expected, mut variance) = (0.0, 0.0, 0.0);
    for rows in by_stratum.into_values() {
        let all: Vec<Spell> = rows.iter().map(|row| spells[*row]).collect();
        for Moment { time, at_risk, events } in moments(&all, |cause| cause == 1) {
            let own = rows.iter().filter(|row| treated[**row]);
            let (mut own_risk, mut own_events) = (0.0, 0.0);
            for row in own {
                own_risk += if spells[*row].time >= time { 1.0 } else { 0.0 };
                own_events += if spells[*row] == (Spell { time, cause: 1 }) { 1.0 } else { 0.0 };
            }
            observed += own_events;
            expected += events * own_risk / at_risk;
            if at_risk > 1.0 {
                variance += own_risk * (at_risk - own_risk) * events * (at_risk - events)
                    / (at_risk * at_risk * (at_risk - 1.0));
            }
        }
    }
    if variance <= 0.0 {
        return Err(StatError::NoVariation);
    }
    let chi_square = (observed - expected).powi(2) / variance;
    let p = chi_square_above(chi_square, 1.0)?;
    Ok(LogRank { observed, expected, variance, chi_square, p })
}
