//! The synthetic population: the same bytes for the same seed, the published shares, the stories
//! of the demo identities, and what the importer and the rules make of it.

#![allow(clippy::unwrap_used, clippy::expect_used, reason = "a test fails by panicking")]

#[path = "../support/mod.rs"]
mod support;

mod bytes;
mod imports;
mod personas;
mod reference;
mod rows;
mod situations;

use chrono::NaiveDate;
use jobnet_server::synthesise::{Dossier, SynthesiseError, population};

/// The default day of `synthesise`.
fn today() -> NaiveDate {
    NaiveDate::from_ymd_opt(2026, 11, 22).unwrap()
}

/// Everyone of a population.
fn people(citizens: u64, seed: u64, as_of: NaiveDate) -> Vec<Dossier> {
    let mut people = Vec::new();
    let result: Result<(), SynthesiseError> = population(citizens, seed, as_of, |dossier| {
        people.push(dossier.clone());
        Ok(())
    });
    result.unwrap();
    people
}
