//! Whether a ledger is what the seed and the protocol say: every lot is drawn again.

use std::collections::BTreeMap;
use std::fmt;

use super::lots::{Clusters, Lots};
use super::seed::Seed;
use crate::protocol::{Digest, Protocol};

/// A row of the ledger: a unit or a cluster.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Row {
    /// The unit's pseudonym, or the cluster's name.
    pub unit: String,
    /// Of a unit: the cluster it is part of.
    pub cluster: Option<String>,
    /// The arm's key; of a region of a saturation design: the share treated, in per mille.
    pub drawn: String,
    /// Its stratum.
    pub stratum: String,
    /// Its number in the stratum, from 0, and block and position; `None`: not from a list.
    pub place: Option<(u32, u32, u32)>,
    /// Version of the way it was drawn.
    pub algorithm: String,
}

/// What is wrong.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Mistake {
    /// The seed is not the one that was committed to.
    Seed,
    /// A row says something else than its lot.
    Lot {
        /// The unit or cluster.
        unit: String,
        /// What it says.
        says: String,
        /// What was drawn.
        drawn: String,
    },
    /// The numbers of a stratum do not follow each other.
    Gap {
        /// The stratum.
        stratum: String,
        /// The number that is missing, or there twice.
        number: u32,
    },
    /// A unit's cluster is not in the ledger.
    NoCluster {
        /// The unit.
        unit: String,
    },
}

impl fmt::Display for Mistake {
    fn fmt(&self, out: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Self::Seed => write!(out, "the seed is not the one that was committed to"),
            Self::Lot { unit, says, drawn } => {
                write!(out, "{unit} is said to be {says}, but {drawn} was drawn")
            }
            Self::Gap { stratum, number } => {
                write!(out, "number {number} of the stratum “{stratum}” is missing or there twice")
            }
            Self::NoCluster { unit } => write!(out, "the cluster of {unit} was never drawn"),
        }
    }
}

/// Draws every row again. An empty list: all of them are as drawn.
pub fn verify(
    seed: &Seed,
    commitment: &Digest,
    protocol: &Protocol,
    clusters: &[Row],
    units: &[Row],
) -> Vec<Mistake> {
    let mut mistakes = Vec::new();
    if seed.commitment() != *commitment {
        mistakes.push(Mistake::Seed);
    }
    let lots = Lots::new(seed, protocol);
    let says = |row: &Row| (row.drawn.clone(), row.place.map(|place| (place.1, place.2)));
    let kind = protocol.clusters();
    check(&mut mistakes, protocol, clusters, says, |row, last| match kind {
        Clusters::Share(_) => {
            let lot = lots.share(&row.unit, last).ok()?;
            Some((lot.drawn.to_string(), lot.place))
        }
        _ => {
            let lot = lots.arm(&row.unit, &row.stratum, None, last).ok()?;
            Some((lot.drawn.key.to_string(), lot.place))
        }
    });
    let drawn: BTreeMap<&str, &str> =
        clusters.iter().map(|row| (row.unit.as_str(), row.drawn.as_str())).collect();
    let mut known = Vec::with_capacity(units.len());
    for row in units {
        let cluster = row.cluster.as_deref().and_then(|cluster| drawn.get(cluster));
        match (kind, cluster) {
            (Clusters::None, _) | (Clusters::Share(_), Some(_)) => known.push(row.clone()),
            (Clusters::Arm(_), Some(arm)) if *arm == row.drawn => {}
            (Clusters::Arm(_), Some(arm)) => mistakes.push(Mistake::Lot {
                unit: row.unit.clone(),
                says: row.drawn.clone(),
                drawn: (*arm).to_owned(),
            }),
            (_, None) => mistakes.push(Mistake::NoCluster { unit: row.unit.clone() }),
        }
    }
    check(&mut mistakes, protocol, &known, says, |row, last| {
        let share = row.cluster.as_deref().and_then(|cluster| drawn.get(cluster));
        let share = share.and_then(|share| share.parse().ok());
        let lot = lots.arm(&row.unit, &row.stratum, share, last).ok()?;
        Some((lot.drawn.key.to_string(), lot.place))
    });
    mistakes
}

type Said = (String, Option<(u32, u32)>);

/// Compares rows with what `again` draws, stratum by stratum in the order of their numbers.
fn check(
    mistakes: &mut Vec<Mistake>,
    protocol: &Protocol,
    rows: &[Row],
    says: impl Fn(&Row) -> Said,
    again: impl Fn(&Row, Option<(u32, u32)>) -> Option<Said>,
) {
    let mut strata = BTreeMap::<&str, Vec<&Row>>::new();
    for row in rows {
        strata.entry(&row.stratum).or_default().push(row);
    }
    for (stratum, mut rows) in strata {
        rows.sort_by_key(|row| row.place);
        let mut last = None;
        for (number, row) in (0..).zip(rows) {
            if row.place.is_some_and(|place| place.0 != number) {
                mistakes.push(Mistake::Gap { stratum: stratum.to_owned(), number });
                // All that follows would be said to be wrong as well.
                break;
            }
            let drawn = again(row, last);
            let said = says(row);
            if drawn.as_ref() != Some(&said) || row.algorithm != protocol.algorithm() {
                mistakes.push(Mistake::Lot {
                    unit: row.unit.clone(),
                    says: words(&said, &row.algorithm),
                    drawn: drawn.as_ref().map_or_else(
                        || "nothing".to_owned(),
                        |drawn| words(drawn, protocol.algorithm()),
                    ),
                });
            }
            last = drawn.and_then(|(_, place)| place);
        }
    }
}

fn words((what, place): &Said, algorithm: &str) -> String {
    match place {
        Some((block, position)) => {
            format!("{what} (block {block}, position {position}, {algorithm})")
        }
        None => format!("{what} ({algorithm})"),
    }
}
