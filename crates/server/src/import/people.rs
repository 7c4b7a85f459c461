//! Who is known: the citizens of the database and of the folder, and whose each CPR number is, by
//! its keyed hash.
//!
//! The one part of an import that grows with the population: about 100 bytes a citizen.

use std::collections::{HashMap, HashSet};

use base64::Engine;
use base64::prelude::BASE64_URL_SAFE_NO_PAD as BASE64;

use super::problem::{Code, Problem, shown_cpr};

/// A citizen of the database.
#[derive(Clone, Debug)]
pub(super) struct Known {
    pub(super) id: i32,
    pub(super) register_id: String,
    /// The keyed hash of her CPR number.
    pub(super) cpr_hash: String,
}

/// What a row of `citizens` makes of its id.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Identity {
    /// She was known under this number.
    Old(i32),
    /// She gets this number.
    New(i32),
}

/// The citizens.
#[derive(Debug, Default)]
pub(super) struct People {
    ids: HashMap<Box<str>, i32>,
    /// CPR numbers of citizens who were in the database.
    stored: HashMap<i32, u64>,
    /// CPR numbers of the folder: whose, and in which line.
    claims: HashMap<u64, (i32, u64)>,
    /// Citizens of the folder who were in the database.
    restated: HashSet<i32>,
    newest: i32,
}

/// The first 64 bits of a keyed hash: as good as the whole to tell a population apart.
fn number(cpr_hash: &str) -> u64 {
    let bytes = BASE64.decode(cpr_hash.get(1..).unwrap_or_default()).unwrap_or_default();
    bytes.first_chunk().map_or(0, |first| u64::from_be_bytes(*first))
}

impl People {
    /// Adds a citizen of the database.
    pub(super) fn know(&mut self, known: Known) {
        self.newest = self.newest.max(known.id);
        self.stored.insert(known.id, number(&known.cpr_hash));
        self.ids.insert(known.register_id.into_boxed_str(), known.id);
    }

    /// The number of a citizen.
    pub(super) fn find(&self, register_id: &str) -> Option<i32> {
        self.ids.get(register_id).copied()
    }

    /// The number of the citizen that a row of `citizens` states.
    pub(super) fn state(&mut self, register_id: &str) -> Identity {
        if let Some(id) = self.find(register_id) {
            if !self.stored.is_empty() {
                self.restated.insert(id);
            }
            return Identity::Old(id);
        }
        self.newest += 1;
        self.ids.insert(register_id.into(), self.newest);
        Identity::New(self.newest)
    }

    /// Notes whose a CPR number is; the line of another citizen of the folder who has it.
    pub(super) fn claim(&mut self, cpr_hash: &str, id: i32, line: u64) -> Option<u64> {
        let (owner, first) = *self.claims.entry(number(cpr_hash)).or_insert((id, line));
        (owner != id).then_some(first)
    }

    /// Whether the database holds this CPR number as the citizen's.
    pub(super) fn has(&self, cpr_hash: &str, id: i32) -> bool {
        self.stored.get(&id).is_some_and(|stored| *stored == number(cpr_hash))
    }

    /// After the last row of `citizens`: the CPR numbers that belong to citizens of the database
    /// whom the folder does not restate. The folder's numbers are forgotten.
    pub(super) fn taken(&mut self, file: &str) -> Vec<Problem> {
        let claims = std::mem::take(&mut self.claims);
        let restated = std::mem::take(&mut self.restated);
        let taken = std::mem::take(&mut self.stored).into_iter().filter_map(|(id, cpr)| {
            let (owner, line) = *claims.get(&cpr)?;
            (owner != id && !restated.contains(&id)).then(|| Problem {
                file: file.to_owned(),
                line,
                column: Some("cpr".to_owned()),
                value: Some(shown_cpr(b"0000000000")),
                code: Code::CprTaken,
                reason: "is the CPR number of another citizen in the database".to_owned(),
            })
        });
        taken.collect()
    }
}
