//! Whose arm may be told while a trial runs, so that nobody can learn or compute the next one
//! (CONSORT 2025, items 18 and 19). It must not know who asks: nobody is told more.
//!
//! In a block that is not full, every arm that is known makes those that are left more likely. Of
//! such a block nothing is told. What comes next has then the chances of the weights, however well the
//! rest is known: a block is a random order, and says nothing of another.

use std::collections::BTreeMap;

use crate::protocol::life::State;
use crate::protocol::{Allocation, Protocol};
use crate::randomise::Clusters;

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
