//! Letters on paper: each goes into a tray, and a batch takes what lies there: PDFs, a manifest
//! with the address lines, and checksums, in one folder that appears whole.
//!
//! It must not know printers. Names of files say nothing of anybody.

use std::fs::{self, File};
use std::io;
use std::path::{Path, PathBuf};
use std::sync::Arc;

use base64::Engine;
use base64::prelude::BASE64_STANDARD as BASE64;
use chrono::{DateTime, SecondsFormat, TimeDelta, Utc};
use chrono_tz::Europe::Copenhagen;
use jobnet_messages::Language;
use serde::{Deserialize, Serialize};
use sha2::{Digest, Sha256};

use super::carrier::{Carrier, Handed, Known, NotNow, Paper, Ready, Refused, Slip, Soon, Stops};
use super::folder::{Folder, sync, write_through};
use super::message::{Channel, Content};
use super::post;

const TRAY: &str = ".tray";
const CLOSING: &str = ".closing";
const LOCK: &str = ".lock";
const MANIFEST: &str = "manifest.json";
const CHECKSUMS: &str = "SHA256SUMS";
/// No window of an envelope shows more lines.
const ADDRESS_LINES: usize = 6;

/// A letter in the tray.
#[derive(Debug, Serialize, Deserialize)]
struct Tray {
    address: Vec<String>,
    language: Language,
    pdf: String,
}

/// What a batch holds.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Manifest {
    /// When it was closed, in universal time.
    pub closed_at: String,
    /// Its letters.
    pub letters: Vec<Entry>,
}

/// A letter of a batch.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Entry {
    /// The message's id.
    pub id: String,
    /// The file beside the manifest.
    pub file: String,
    /// Its checksum.
    pub sha256: String,
    /// Its size.
    pub bytes: usize,
    /// The language of the letter.
    pub language: Language,
    /// The lines in the window.
    pub address: Vec<String>,
}

/// The channel.
pub(super) struct Letters {
    tray: Folder,
    paper: Arc<dyn Paper>,
    timeout: TimeDelta,
}

impl Letters {
    /// Opens the folder of batches.
    ///
    /// # Errors
    /// When it cannot be made.
    pub(super) fn open(
        folder: &Path,
        paper: Arc<dyn Paper>,
        timeout: TimeDelta,
    ) -> io::Result<Self> {
        Ok(Self { tray: Folder::open(&folder.join(TRAY), ".json")?, paper, timeout })
    }

    fn write(&self, content: &Content) -> Result<Vec<u8>, Refused> {
        let never = |why: &dyn std::fmt::Display| Refused::new(Stops::ForEver, why);
        let Content::Letter { address, letter, language } = content else {
            return Err(never(&"the content is of another channel"));
        };
        let lines = address.iter().filter(|line| !line.trim().is_empty()).count();
        if !(2..=ADDRESS_LINES).contains(&lines) || lines != address.len() {
            return Err(never(&"the address has no 2 to 6 lines"));
        }
        let pdf = self.paper.pdf(letter, *language, address).map_err(|error| never(&error))?;
        let tray = Tray { address: address.clone(), language: *language, pdf: BASE64.encode(pdf) };
        serde_json::to_vec(&tray).map_err(|error| never(&error))
    }
}

impl Carrier for Letters {
    fn channel(&self) -> Channel {
        Channel::Letter
    }

    fn settles_after(&self) -> TimeDelta {
        TimeDelta::zero()
    }

    fn timeout(&self) -> TimeDelta {
        self.timeout
    }

    fn prepare<'a>(
        &'a self,
        slip: &'a Slip,
        content: Content,
        _: DateTime<Utc>,
    ) -> Soon<'a, Result<Ready, Refused>> {
        Box::pin(async move { post::stage(&self.tray, slip, self.write(&content)?).await })
    }

    fn hand_over<'a>(&'a self, slip: &'a Slip, _: Ready) -> Soon<'a, Handed> {
        Box::pin(post::put(&self.tray, slip))
    }

    fn reconcile<'a>(
        &'a self,
        slip: &'a Slip,
        _: DateTime<Utc>,
        _: DateTime<Utc>,
    ) -> Soon<'a, Result<Known, NotNow>> {
        Box::pin(post::known(&self.tray, slip))
    }

    fn forget<'a>(&'a self, slip: &'a Slip) -> Soon<'a, ()> {
        Box::pin(async move { self.tray.forget(&slip.id.to_string(), &slip.token) })
    }
}

/// The name of the first batch of a day in Denmark.
fn name_of_day(now: DateTime<Utc>) -> String {
    format!("batch-{}", now.with_timezone(&Copenhagen).date_naive())
}

/// Whether a batch of today lies in the folder.
pub fn is_closed_today(folder: &Path, now: DateTime<Utc>) -> bool {
    folder.join(name_of_day(now)).exists()
}

/// Makes a batch of what lies in the tray: the folder it is in, or `None` if the tray is empty. A
/// batch that a crash left half made is finished first. Waits for another server that does the same.
///
/// # Errors
/// When the folder cannot be written, or the tray holds what this program does not write; nothing
/// is lost or batched twice then.
pub fn close_batch(folder: &Path, now: DateTime<Utc>) -> io::Result<Option<PathBuf>> {
    let lock = File::create(folder.join(LOCK))?;
    lock.lock()?;
    let closing = folder.join(CLOSING);
    fs::create_dir_all(&closing)?;
    if !closing.join(MANIFEST).exists() {
        let letters = fill(&folder.join(TRAY), &closing)?;
        if letters.is_empty() {
            return Ok(None);
        }
        describe(&closing, letters, now)?;
    }
    // The manifest stands: the batch is what it says. What it was made of goes.
    for letter in files(&closing, "json")? {
        if letter != Path::new(MANIFEST) {
            fs::remove_file(closing.join(letter))?;
        }
    }
    sync(&closing)?;
    let first = name_of_day(now);
    let names = std::iter::once(first.clone()).chain((2..).map(|n| format!("{first}-{n}")));
    let batch = names.map(|name| folder.join(name)).find(|path| !path.exists());
    let batch = batch.unwrap_or_else(|| folder.join(first));
    fs::rename(&closing, &batch)?;
    sync(folder)?;
    Ok(Some(batch))
}

/// Takes the letters out of the tray, one rename each, and returns all that are in the batch now.
fn fill(tray: &Path, closing: &Path) -> io::Result<Vec<PathBuf>> {
    if tray.exists() {
        for letter in files(tray, "json")? {
            fs::rename(tray.join(&letter), closing.join(&letter))?;
        }
    }
    files(closing, "json")
}

/// The names of the files of an ending, sorted.
fn files(folder: &Path, ending: &str) -> io::Result<Vec<PathBuf>> {
    let mut names = Vec::new();
    for entry in fs::read_dir(folder)? {
        let name = PathBuf::from(entry?.file_name());
        if name.extension().is_some_and(|extension| extension == ending) {
            names.push(name);
        }
    }
    names.sort();
    Ok(names)
}

/// Writes the PDFs, their checksums and, last, the manifest.
fn describe(closing: &Path, letters: Vec<PathBuf>, now: DateTime<Utc>) -> io::Result<()> {
    let mut entries = Vec::with_capacity(letters.len());
    for letter in letters {
        let tray: Tray = serde_json::from_slice(&fs::read(closing.join(&letter))?)?;
        let pdf = BASE64.decode(&tray.pdf).map_err(io::Error::other)?;
        let file = letter.with_extension("pdf");
        write_through(&closing.join(&file), &pdf)?;
        let sha256 = Sha256::digest(&pdf).iter().map(|byte| format!("{byte:02x}")).collect();
        entries.push(Entry {
            id: letter.with_extension("").display().to_string(),
            file: file.display().to_string(),
            sha256,
            bytes: pdf.len(),
            language: tray.language,
            address: tray.address,
        });
    }
    let sums: String =
        entries.iter().map(|entry| format!("{}  {}\n", entry.sha256, entry.file)).collect();
    write_through(&closing.join(CHECKSUMS), sums.as_bytes())?;
    let closed_at = now.to_rfc3339_opts(SecondsFormat::Secs, true);
    let manifest = serde_json::to_vec_pretty(&Manifest { closed_at, letters: entries })?;
    // Whole or not at all: it is what makes the batch one.
    let unfinished = closing.join("manifest.new");
    write_through(&unfinished, &manifest)?;
    fs::rename(unfinished, closing.join(MANIFEST))?;
    sync(closing)
}
