//! Writes dossiers as a folder of CSV files and its manifest, one citizen at a time.

use std::fs::{self, File};
use std::io::{self, BufWriter, Write};
use std::path::{Path, PathBuf};

use chrono::NaiveDate;
use serde::Serialize;

use super::SynthesiseError;
use super::rows::{
    Benefit, Citizen, Contact, Dossier, JobSearch, Measure, Meeting, Row, Sanction, Sickness,
    WorkHours,
};

/// The file beside the registers that says they are made up.
pub const MANIFEST: &str = "synthetic.json";

/// What [`MANIFEST`] says.
#[derive(Clone, Copy, Debug, Serialize)]
pub(crate) struct Manifest {
    /// Always true.
    pub synthetic: bool,
    /// Seed of the random numbers.
    pub seed: u64,
    /// Citizens of the whole population, the demo identities included.
    pub citizens: u64,
    /// The day the extract is from.
    pub as_of: NaiveDate,
}

/// One open register file.
struct Register {
    path: PathBuf,
    csv: csv::Writer<BufWriter<File>>,
    field: String,
}

impl Register {
    fn create<R: Row>(folder: &Path) -> Result<Self, SynthesiseError> {
        let path = folder.join(R::REGISTER).with_extension("csv");
        let file = File::create(&path).map_err(|error| SynthesiseError::file(&path, error))?;
        let mut csv = csv::Writer::from_writer(BufWriter::with_capacity(1 << 16, file));
        let key = if R::REGISTER == Citizen::REGISTER { "id" } else { "citizen" };
        csv.write_record(std::iter::once(key).chain(R::COLUMNS.iter().copied()))
            .map_err(|error| SynthesiseError::file(&path, error.into()))?;
        Ok(Self { path, csv, field: String::new() })
    }

    fn write<R: Row>(&mut self, id: &str, rows: &[R]) -> Result<(), SynthesiseError> {
        let Self { csv, field, .. } = self;
        let result = rows.iter().try_for_each(|row| {
            csv.write_field(id)?;
            let mut outcome = Ok(());
            row.each(&mut |value| {
                if outcome.is_ok() {
                    field.clear();
                    value.put(field);
                    outcome = csv.write_field(&field);
                }
            });
            outcome?;
            csv.write_record(None::<&[u8]>)
        });
        result.map_err(|error| SynthesiseError::file(&self.path, error.into()))
    }

    fn finish(self) -> Result<(), SynthesiseError> {
        let Self { path, csv, .. } = self;
        csv.into_inner()
            .map_err(|error| io::Error::other(error.to_string()))
            .and_then(|mut file| file.flush())
            .map_err(|error| SynthesiseError::file(&path, error))
    }
}

/// A folder being written.
pub(crate) struct Extract {
    folder: PathBuf,
    citizens: Register,
    contacts: Register,
    work_hours: Register,
    benefits: Register,
    sickness: Register,
    measures: Register,
    sanctions: Register,
    meetings: Register,
    job_search: Register,
}

impl Extract {
    /// Makes the folder (and those above it) and opens its files, replacing what they held.
    pub(crate) fn create(folder: &Path) -> Result<Self, SynthesiseError> {
        fs::create_dir_all(folder).map_err(|error| SynthesiseError::file(folder, error))?;
        Ok(Self {
            citizens: Register::create::<Citizen>(folder)?,
            contacts: Register::create::<Contact>(folder)?,
            work_hours: Register::create::<WorkHours>(folder)?,
            benefits: Register::create::<Benefit>(folder)?,
            sickness: Register::create::<Sickness>(folder)?,
            measures: Register::create::<Measure>(folder)?,
            sanctions: Register::create::<Sanction>(folder)?,
            meetings: Register::create::<Meeting>(folder)?,
            job_search: Register::create::<JobSearch>(folder)?,
            folder: folder.to_owned(),
        })
    }

    /// Every row of a citizen.
    pub(crate) fn write(&mut self, dossier: &Dossier) -> Result<(), SynthesiseError> {
        let id = &dossier.id;
        self.citizens.write(id, std::slice::from_ref(&dossier.citizen))?;
        self.contacts.write(id, std::slice::from_ref(&dossier.contact))?;
        self.work_hours.write(id, &dossier.work_hours)?;
        self.benefits.write(id, &dossier.benefits)?;
        self.sickness.write(id, &dossier.sickness)?;
        self.measures.write(id, &dossier.measures)?;
        self.sanctions.write(id, &dossier.sanctions)?;
        self.meetings.write(id, &dossier.meetings)?;
        self.job_search.write(id, &dossier.job_search)
    }

    /// Only what was corrected later, and the citizen it is about.
    pub(crate) fn write_earlier(&mut self, dossier: &Dossier) -> Result<(), SynthesiseError> {
        let earlier = &dossier.earlier;
        if earlier.work_hours.is_empty() && earlier.benefits.is_empty() {
            return Ok(());
        }
        self.citizens.write(&dossier.id, std::slice::from_ref(&dossier.citizen))?;
        self.work_hours.write(&dossier.id, &earlier.work_hours)?;
        self.benefits.write(&dossier.id, &earlier.benefits)
    }

    /// Writes the manifest, last: a folder without it is not a finished extract.
    pub(crate) fn finish(self, manifest: Manifest) -> Result<(), SynthesiseError> {
        let Self { folder, .. } = &self;
        let path = folder.join(MANIFEST);
        for register in [
            self.citizens,
            self.contacts,
            self.work_hours,
            self.benefits,
            self.sickness,
            self.measures,
            self.sanctions,
            self.meetings,
            self.job_search,
        ] {
            register.finish()?;
        }
        let text = serde_json::to_string_pretty(&manifest)
            .map_err(|error| SynthesiseError::file(&path, error.into()))?;
        fs::write(&path, text + "\n").map_err(|error| SynthesiseError::file(&path, error))
    }
}
