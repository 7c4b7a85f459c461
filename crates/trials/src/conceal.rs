//! Whose arm may be told while a trial runs, so that nobody can learn or compute the next one
//! (CONSORT 2025, items 18 and 19). It must not know who asks: nobody is told more.
//!
//! In a block that is not full, every arm that is known makes those that are left more likely. Of
//! such a block nothing is told. What comes next has then the chances of the weights, however well the
//! rest is known: a block is a random order, and says nothing of another. Only whoever asks about one
//! unit, with a reason that is recorded, may be told one arm of it ([`tells_one`]).

use std::collections::BTreeMap;

use crate::protocol::life::State;
use crate::protocol::{Allocation, Protocol};
use crate::randomise::Clusters;

/// Whether the arm of one unit may be told to somebody who asks about that one and says why.
/// `is_full`: the block it is in is. `another`: of another unit of its block the arm was told so
/// before, to anyone: those who asked may talk to each other.
///
/// In a block that is not full that makes one arm and no second. The next one is then likelier or
/// less likely than its weight says, but never certain: of the longest block at least two arms are
/// left. It does not depend on the arm, so that a refusal says nothing of it either.
pub fn tells_one(protocol: &Protocol, state: State, is_full: bool, another: bool) -> bool {
    match Telling::of(protocol, state) {
        Telling::All => true,
        Telling::Nobody => false,
        Telling::FullBlocks => is_full || (!another && leaves_two(protocol)),
    }
}

/// Whether at least two arms are left in the longest block, whichever lot of it is known.
fn leaves_two(protocol: &Protocol) -> bool {
    let Allocation::Blocks { multiples } = &protocol.allocation else { return false };
    let longest = multiples.iter().copied().max().map_or(0, u32::from);
    let lots: Vec<u32> =
        protocol.weights().into_iter().map(|weight| u32::from(weight) * longest).collect();
    (0..lots.len()).all(|known| {
        let left = lots.iter().enumerate().filter(|(arm, lots)| **lots > u32::from(*arm == known));
        left.count() >= 2
    })
}

/// Whose arms may be told.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Telling {
    /// Everyone's: nobody is enrolled any more, or no lot says anything of another.
    All,
    /// Those of the units in full blocks.
    FullBlocks,
    /// Nobody's. What was drawn for a cluster is what its next unit gets, and what was drawn for a
    /// region is what its next unit is likely to get.
    Nobody,
}

impl Telling {
    /// Of a trial that is there in its life.
    pub fn of(protocol: &Protocol, state: State) -> Self {
        match (state, protocol.clusters(), &protocol.allocation) {
            (State::Closed | State::Reported, ..) | (_, Clusters::None, Allocation::Keyed {}) => {
                Self::All
            }
            (_, Clusters::None, Allocation::Blocks { .. }) => Self::FullBlocks,
            (_, Clusters::Arm(_) | Clusters::Share(_), _) => Self::Nobody,
        }
    }
}

/// Whose arms may be told, for the rows of a ledger.
#[derive(Clone, Debug)]
pub struct Told<'a> {
    telling: Telling,
    newest: BTreeMap<&'a str, u32>,
}

impl<'a> Told<'a> {
    /// `rows`: stratum and block of every unit.
    pub fn new(telling: Telling, rows: impl IntoIterator<Item = (&'a str, Option<u32>)>) -> Self {
        let mut newest = BTreeMap::new();
        for (stratum, block) in rows {
            if let Some(block) = block {
                let known = newest.entry(stratum).or_insert(block);
                *known = block.max(*known);
            }
        }
        Self { telling, newest }
    }

    /// Whether the arm of a unit in this block may be told. That a block is full is seen only when the
    /// next one of its stratum has begun: how long it is, is drawn too.
    pub fn tells(&self, stratum: &str, block: Option<u32>) -> bool {
        match self.telling {
            Telling::All => true,
            Telling::Nobody => false,
            Telling::FullBlocks => {
                block.zip(self.newest.get(stratum)).is_some_and(|(block, newest)| block < *newest)
            }
        }
    }
}
