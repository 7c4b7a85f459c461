//! Whether the arms of a trial have the sizes they should: the units, of those whose arm may be told,
//! or once it is closed the clusters, if these were drawn.

use std::collections::BTreeMap;
use std::sync::{Mutex, PoisonError};

use chrono::{DateTime, TimeDelta, Utc};
use jobnet_api::trial::{ClusterFlow, SampleRatio};
use jobnet_trials::conceal::Told;
use jobnet_trials::protocol::life::State;
use jobnet_trials::protocol::{Design, Protocol, Share};
use jobnet_trials::randomise::Clusters;
use jobnet_trials::watch;
use sea_orm::ConnectionTrait;

use super::ledger::{self, Cluster};
use super::store::Stored;
use super::{TrialError, telling};

/// Arm, stratum and block of a unit.
pub(super) type Lot<'a> = (&'a str, &'a str, Option<i32>);

/// What came of it.
#[derive(Debug, Default)]
pub(super) struct Ratio {
    /// The check; `None`: of nobody the arm may be told.
    pub(super) check: Option<SampleRatio>,
    /// The clusters by what was drawn for them.
    pub(super) clusters: Vec<ClusterFlow>,
}

/// Of a trial whose units are these, in the order of enrolment.
///
/// # Errors
/// When the database fails or holds what cannot be read.
pub(super) async fn of(
    connection: &impl ConnectionTrait,
    stored: &Stored,
    lots: &[Lot<'_>],
) -> Result<Ratio, TrialError> {
    let is_over = matches!(stored.trial.state(), State::Closed | State::Reported);
    let protocol = stored.trial.protocol();
    match (protocol.clusters(), is_over) {
        (Clusters::None, _) => {
            let order = order(stored, lots)?;
            let check = check(&order, &protocol.weights(), is_over);
            Ok(Ratio { check, clusters: Vec::new() })
        }
        // What was drawn for a cluster is what its next unit gets.
        (_, false) => Ok(Ratio::default()),
        (_, true) => of_clusters(protocol, &ledger::clusters(connection, stored.id).await?),
    }
}

/// The whole ledger of a trial that grows is read no more often than this.
const FRESH: TimeDelta = TimeDelta::minutes(1);

/// The alarms of all trials as they were worked out last, by the trials' numbers.
#[derive(Debug, Default)]
pub struct Alarms(Mutex<BTreeMap<i32, Known>>);

/// An alarm, and of what and when it was worked out.
#[derive(Clone, Copy, Debug)]
struct Known {
    version: u32,
    /// Units and clusters.
    size: (u64, u64),
    at: DateTime<Utc>,
    alarms: bool,
}

impl Alarms {
    /// Whether a trial in which so many are enrolled raises the alarm: as it was worked out last, unless
    /// it has taken a step since, or has grown and that is a minute ago.
    ///
    /// # Errors
    /// When the database fails or holds what cannot be read.
    pub async fn of(
        &self,
        connection: &impl ConnectionTrait,
        stored: &Stored,
        enrolled: u64,
        now: DateTime<Utc>,
    ) -> Result<bool, TrialError> {
        let clusters = match stored.trial.protocol().clusters() {
            Clusters::None => 0,
            Clusters::Arm(_) | Clusters::Share(_) => ledger::drawn(connection, stored.id).await?,
        };
        let (id, version, size) = (stored.id, stored.version, (enrolled, clusters));
        let known = || self.0.lock().unwrap_or_else(PoisonError::into_inner);
        let last = known().get(&id).copied().filter(|last| last.version == version);
        if let Some(last) = last.filter(|last| last.size == size || now - last.at < FRESH) {
            return Ok(last.alarms);
        }
        let alarms = alarms(connection, stored).await?;
        known().insert(id, Known { version, size, at: now, alarms });
        Ok(alarms)
    }
}

/// Whether it raises the alarm.
///
/// # Errors
/// As [`of`].
async fn alarms(connection: &impl ConnectionTrait, stored: &Stored) -> Result<bool, TrialError> {
    let lots = match stored.trial.protocol().clusters() {
        Clusters::None => ledger::lots(connection, stored.id).await?,
        Clusters::Arm(_) | Clusters::Share(_) => Vec::new(),
    };
    let lots: Vec<Lot<'_>> =
        lots.iter().map(|(arm, stratum, block)| (arm.as_str(), stratum.as_str(), *block)).collect();
    Ok(of(connection, stored, &lots).await?.check.is_some_and(|check| check.alarm))
}

/// The places of the arms that may be told, in the order in which they came to be: those of a block
/// when the next of its stratum began. So what is told later comes behind, and the largest e-value is
/// never forgotten.
fn order(stored: &Stored, lots: &[Lot<'_>]) -> Result<Vec<usize>, TrialError> {
    let number = |block: Option<i32>| block.and_then(|block| u32::try_from(block).ok());
    let rows = lots.iter().map(|(_, stratum, block)| (*stratum, number(*block)));
    let told = Told::new(telling::of(stored), rows);
    let mut began: BTreeMap<(&str, i32), usize> = BTreeMap::new();
    for (place, (_, stratum, block)) in lots.iter().enumerate() {
        if let Some(block) = block {
            began.entry((*stratum, *block)).or_insert(place);
        }
    }
    let since = |place: usize, stratum: &str, block: Option<i32>| {
        let Some(block) = block else { return place };
        let next = began.range((stratum, block.saturating_add(1))..).next();
        let next = next.filter(|((of, _), _)| *of == stratum);
        next.map_or(lots.len(), |(_, place)| *place)
    };
    let arms = &stored.trial.protocol().arms;
    let mut order = Vec::new();
    for (place, (arm, stratum, block)) in lots.iter().enumerate() {
        if told.tells(stratum, number(*block)) {
            let arm = arms.iter().position(|one| one.key.as_str() == *arm);
            let arm = arm.ok_or_else(|| TrialError::stored("an assignment names no arm"))?;
            order.push((since(place, stratum, *block), place, arm));
        }
    }
    order.sort_unstable();
    Ok(order.into_iter().map(|(.., arm)| arm).collect())
}

/// The clusters are drawn one by one by the weights, whatever their size.
fn of_clusters(protocol: &Protocol, clusters: &[Cluster]) -> Result<Ratio, TrialError> {
    let drawn: Vec<(String, u16)> = match &protocol.design {
        Design::Saturation { shares, .. } => {
            let share = |share: &Share| (share.treated_per_mille.to_string(), share.weight);
            shares.iter().map(share).collect()
        }
        Design::Parallel {} | Design::Factorial {} => {
            protocol.arms.iter().map(|arm| (arm.key.to_string(), arm.weight)).collect()
        }
    };
    let mut flow: Vec<ClusterFlow> = Vec::new();
    for (drawn, weight) in drawn {
        // A share may stand there twice.
        if let Some(known) = flow.iter().position(|one| one.drawn == drawn) {
            flow[known].weight = flow[known].weight.saturating_add(weight);
        } else {
            flow.push(ClusterFlow { drawn, weight, clusters: 0 });
        }
    }
    let mut order = Vec::with_capacity(clusters.len());
    for cluster in clusters {
        let place = flow.iter().position(|one| one.drawn == cluster.drawn);
        order.push(place.ok_or_else(|| TrialError::stored("a cluster has what cannot be drawn"))?);
    }
    for place in &order {
        flow[*place].clusters += 1;
    }
    let weights: Vec<u16> = flow.iter().map(|one| one.weight).collect();
    Ok(Ratio { check: check(&order, &weights, true), clusters: flow })
}

fn check(order: &[usize], weights: &[u16], ended: bool) -> Option<SampleRatio> {
    let found = watch::sample_ratio(order, weights, ended).ok()?;
    Some(SampleRatio {
        chi_square: found.chi_square,
        degrees_of_freedom: found.freedom,
        p: found.p,
        exact: found.is_exact,
        e_value: found.e_value,
        alarm: found.is_alarm,
    })
}
