//! Synthetic citizens in the import format, for demonstrations, tests and benchmarks.
//!
//! The same number of citizens, seed and day give the same bytes. It must not read a database, a
//! clock or a real register: everyone it writes is made up, and every row says so by an id that
//! starts with `SYN-`. What is modelled on what, see docs/synthetic-population.md.

mod calendar;
mod career;
mod consumption;
mod cpr;
mod events;
mod extract;
mod ledger;
mod maker;
mod names;
mod people;
mod personas;
mod random;
pub mod reference;
mod rows;
mod settle;
mod stories;

use std::io;
use std::path::{Path, PathBuf};

use chrono::{Datelike, NaiveDate};

use calendar::Calendar;
use cpr::Numbers;
use extract::{Extract, Manifest};
use maker::Population;

pub use events::latest_quarter;
pub use extract::MANIFEST;
pub use personas::{DEMO_FUND, DEMO_JOB_CENTRE, PersonaSpec, persona, personas};
pub(crate) use settle::Limits;

pub use rows::{
    Benefit, Citizen, Contact, Dossier, Earlier, JobSearch, Measure, Meeting, Sanction, Sickness,
    WorkHours,
};

/// What to write, and where.
#[derive(Clone, Debug, clap::Args)]
pub struct Options {
    /// Citizens, the demo identities included.
    #[arg(long, value_name = "N", default_value_t = 2_000,
          value_parser = clap::value_parser!(u64).range(6..=5_000_000))]
    pub citizens: u64,
    /// Seed of the random numbers: the same seed, the same bytes.
    #[arg(long, value_name = "S", default_value_t = 1)]
    pub seed: u64,
    /// Folder to write; `earlier` in it holds what was corrected since.
    #[arg(long, value_name = "DIR")]
    pub out: PathBuf,
    /// The day the extract is from.
    #[arg(long, value_name = "DATE", default_value = "2026-11-22")]
    pub as_of: NaiveDate,
}

/// Why no population was written.
#[derive(Debug, thiserror::Error)]
pub enum SynthesiseError {
    /// A file or folder could not be written.
    #[error("cannot write {}: {source}", path.display())]
    File {
        /// Which.
        path: PathBuf,
        /// Why.
        source: io::Error,
    },
    /// The day is outside the years whose law is known.
    #[error("the day {0} is not between 2026-01-01 and 2030-12-31, the years this can imagine")]
    AsOf(NaiveDate),
}

impl SynthesiseError {
    fn file(path: &Path, source: io::Error) -> Self {
        Self::File { path: path.to_owned(), source }
    }
}

/// Hands every citizen's dossier to `each`, in the order they are written.
///
/// # Errors
/// When the day is not one this can imagine, and whatever `each` fails with.
pub fn population<E: From<SynthesiseError>>(
    citizens: u64,
    seed: u64,
    as_of: NaiveDate,
    mut each: impl FnMut(&Dossier) -> Result<(), E>,
) -> Result<(), E> {
    if !(2026..=2030).contains(&as_of.year()) {
        return Err(SynthesiseError::AsOf(as_of).into());
    }
    let mut numbers = Numbers::default();
    let stories = stories::dossiers(&Calendar::new(as_of), &mut numbers);
    for dossier in &stories {
        each(dossier)?;
    }
    let mut others = Population::new(seed, as_of);
    (1..=citizens.saturating_sub(stories.len() as u64))
        .try_for_each(|number| each(&others.next(number, &mut numbers)))
}

/// The dossier of one demo identity as of a day; `None`: there is no such citizen.
pub fn story(persona: &str, as_of: NaiveDate) -> Option<Dossier> {
    let id = personas::persona(persona)?.citizen_id?;
    let stories = stories::dossiers(&Calendar::new(as_of), &mut Numbers::default());
    stories.into_iter().find(|dossier| dossier.id == id)
}

/// Writes the population: the extract in `out` and, in `out/earlier`, what it corrected.
///
/// # Errors
/// When a file cannot be written or the day is not one this can imagine.
pub fn run(options: &Options) -> Result<(), SynthesiseError> {
    let mut extract = Extract::create(&options.out)?;
    let mut earlier = Extract::create(&options.out.join(EARLIER))?;
    population(options.citizens, options.seed, options.as_of, |dossier| {
        extract.write(dossier)?;
        earlier.write_earlier(dossier)
    })?;
    let manifest = Manifest {
        synthetic: true,
        seed: options.seed,
        citizens: options.citizens,
        as_of: options.as_of,
    };
    earlier.finish(Manifest { as_of: ledger::earlier_as_of(options.as_of), ..manifest })?;
    extract.finish(manifest)
}

/// The folder of rows that were corrected since, inside the folder of the extract.
pub const EARLIER: &str = "earlier";
