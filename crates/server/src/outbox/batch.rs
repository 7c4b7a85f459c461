//! Closing a batch: everyone whose letter lies in the tray is asked about once more, and what may
//! still go becomes a folder that appears whole: PDFs, a manifest with the address lines, checksums.
//!
//! It must not know printers, nor why a letter may not go. Names of files say nothing of anybody.

use std::fs::{self, File};
use std::io;
use std::path::{Path, PathBuf};

use base64::Engine;
use base64::prelude::BASE64_STANDARD as BASE64;
use chrono::{DateTime, SecondsFormat, Utc};
use chrono_tz::Europe::Copenhagen;
use jobnet_messages::Language;
use sea_orm::DbErr;
use serde::{Deserialize, Serialize};
use sha2::{Digest, Sha256};
use uuid::Uuid;

use super::folder::{sync, write_through};
use super::letters::{TRAY, Tray};
use super::message::{Compose, Composed, Content};
use super::outcome::{self, Came};
use super::queue;
use super::state::State;
use crate::db::Database;

const CLOSING: &str = ".closing";
const LOCK: &str = ".lock";
/// The name of the newest batch: whoever prints may have taken its folder away.
const CLOSED: &str = ".closed";
const MANIFEST: &str = "manifest.json";
const CHECKSUMS: &str = "SHA256SUMS";

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

/// What came of the tray.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Closed {
    /// The folder of the batch; `None`: there was no letter that may go.
    pub batch: Option<PathBuf>,
    /// Letters that were taken out for good; why stands at each message.
    pub withheld: usize,
    /// Letters that were taken out to be written anew, to another address.
    pub anew: usize,
    /// Letters that still lie in the tray.
    pub waiting: usize,
}

/// Why no batch could be made. Nothing is lost or batched twice then.
#[derive(Debug, thiserror::Error)]
pub enum CloseError {
    /// The folder cannot be written, or holds what this program does not write.
    #[error("the folder of letters: {0}")]
    Folder(#[from] io::Error),
    /// The database failed.
    #[error("the database failed: {0}")]
    Database(#[from] DbErr),
}

/// The name of the first batch of a day in Denmark.
fn name_of_day(now: DateTime<Utc>) -> String {
    format!("batch-{}", now.with_timezone(&Copenhagen).date_naive())
}

/// Whether a batch of today has been made.
pub fn is_closed_today(folder: &Path, now: DateTime<Utc>) -> bool {
    let first = name_of_day(now);
    let newest = fs::read_to_string(folder.join(CLOSED)).unwrap_or_default();
    number(&newest, &first).is_some() || folder.join(first).exists()
}

/// Which batch of a day has this name, from 1 on; `None`: none of that day.
fn number(name: &str, first: &str) -> Option<u32> {
    match name.strip_prefix(first)? {
        "" => Some(1),
        more => more.strip_prefix('-')?.parse().ok(),
    }
}

/// Makes a batch of what lies in the tray and `composer` would still send. What a crash left of one
/// is asked about with it: it has not appeared. Waits for another server that does the same.
///
/// # Errors
/// When the folder or the database fails.
pub async fn close_batch(
    database: &Database,
    composer: &impl Compose,
    folder: &Path,
    now: DateTime<Utc>,
) -> Result<Closed, CloseError> {
    let place = folder.to_owned();
    let (lock, letters) = aside(move || begin(&place)).await?;
    let mut closed = Closed::default();
    let mut going = Vec::with_capacity(letters.len());
    for letter in letters {
        let path = folder.join(CLOSING).join(&letter);
        match rule(database, composer, &path, now).await? {
            Ruling::Goes => {
                going.push(letter);
                continue;
            }
            Ruling::Waits => {
                closed.waiting += 1;
                put_back(folder, &letter)?;
                continue;
            }
            Ruling::Withheld => closed.withheld += 1,
            Ruling::Anew => closed.anew += 1,
        }
        fs::remove_file(path)?;
    }
    if !going.is_empty() {
        let place = folder.to_owned();
        let batch = aside(move || {
            // Also if nobody waits for this any more, nobody else begins before it has ended.
            let _lock = lock;
            describe(&place.join(CLOSING), going, now)?;
            finish(&place, now)
        });
        closed.batch = Some(batch.await?);
    }
    Ok(closed)
}

/// Work on files, on a thread that may wait for them.
async fn aside<T: Send + 'static>(
    work: impl FnOnce() -> io::Result<T> + Send + 'static,
) -> io::Result<T> {
    tokio::task::spawn_blocking(work).await.unwrap_or_else(|error| Err(io::Error::other(error)))
}

/// Locks the folder and takes the letters out of the tray, one rename each: what comes into it from
/// now on is of the next batch.
fn begin(folder: &Path) -> io::Result<(File, Vec<PathBuf>)> {
    let lock = File::create(folder.join(LOCK))?;
    lock.lock()?;
    let closing = folder.join(CLOSING);
    fs::create_dir_all(&closing)?;
    // A batch that has not appeared is none, however long ago a crash left it. Its letters are asked
    // about again.
    if closing.join(MANIFEST).exists() {
        undo(&closing)?;
    }
    for letter in files(&closing, "json")? {
        put_back(folder, &letter)?;
    }
    fs::remove_dir_all(&closing)?;
    fs::create_dir(&closing)?;
    let tray = folder.join(TRAY);
    let letters = if tray.exists() { files(&tray, "json")? } else { Vec::new() };
    for letter in &letters {
        fs::rename(tray.join(letter), closing.join(letter))?;
    }
    Ok((lock, letters))
}

/// Makes the letters of a batch anew that [`finish`] has begun to take away, and it no batch any more.
fn undo(closing: &Path) -> io::Result<()> {
    let manifest: Manifest = serde_json::from_slice(&fs::read(closing.join(MANIFEST))?)?;
    for entry in manifest.letters {
        let Entry { id, file, language, address, .. } = entry;
        let letter = closing.join(id).with_extension("json");
        if !letter.exists() {
            let pdf = BASE64.encode(fs::read(closing.join(file))?);
            write_through(&letter, &serde_json::to_vec(&Tray { address, language, pdf })?)?;
        }
    }
    fs::remove_file(closing.join(MANIFEST))?;
    sync(closing)
}

/// Puts a letter back into the tray, unless a newer one of the same message lies there.
fn put_back(folder: &Path, letter: &Path) -> io::Result<()> {
    let (from, to) = (folder.join(CLOSING).join(letter), folder.join(TRAY).join(letter));
    if to.exists() { fs::remove_file(from) } else { fs::rename(from, to) }
}

/// What becomes of a letter.
enum Ruling {
    Goes,
    Waits,
    Withheld,
    Anew,
}

/// Asks about a letter, and stores it if it does not go: before the letter itself is thrown away.
async fn rule(
    database: &Database,
    composer: &impl Compose,
    path: &Path,
    now: DateTime<Utc>,
) -> Result<Ruling, CloseError> {
    let name = path.file_stem().unwrap_or_default().to_string_lossy();
    let found = match name.parse::<Uuid>() {
        Ok(id) => queue::find(database.read(), id).await?,
        Err(_) => None,
    };
    let message = match found {
        Some((message, State::Sent)) => message,
        // A crash came before the letter was thrown away.
        Some((_, State::Withdrawn)) => return Ok(Ruling::Withheld),
        // Whoever put it there has not said so yet, or puts another in its place.
        Some(_) => return Ok(Ruling::Waits),
        None => {
            tracing::warn!(letter = %name, "a letter in the tray is of no message");
            return Ok(Ruling::Waits);
        }
    };
    let (came, ruling) = match composer.compose(&message, now).await {
        Ok(Composed::Send(Content::Letter { address, .. })) if address == tray(path)?.address => {
            return Ok(Ruling::Goes);
        }
        Ok(Composed::Send(_)) => (Came::TakenBack { again: now }, Ruling::Anew),
        Ok(Composed::Withdraw(reason)) => {
            (Came::Withdrawn { reason: reason.to_owned() }, Ruling::Withheld)
        }
        Ok(Composed::Wait) => return Ok(Ruling::Waits),
        Err(error) => {
            tracing::warn!(id = %message.id, %error, "a letter could not be asked about");
            return Ok(Ruling::Waits);
        }
    };
    outcome::take_back(database, message.id, &came, now).await?;
    Ok(ruling)
}

/// A letter as it lay in the tray.
fn tray(path: &Path) -> io::Result<Tray> {
    Ok(serde_json::from_slice(&fs::read(path)?)?)
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
        let tray = tray(&closing.join(&letter))?;
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

/// Lets a batch with its manifest appear. What it was made of goes.
fn finish(folder: &Path, now: DateTime<Utc>) -> io::Result<PathBuf> {
    let closing = folder.join(CLOSING);
    for letter in files(&closing, "json")? {
        if letter != Path::new(MANIFEST) {
            fs::remove_file(closing.join(letter))?;
        }
    }
    sync(&closing)?;
    let first = name_of_day(now);
    let newest = fs::read_to_string(folder.join(CLOSED)).unwrap_or_default();
    let mut next = number(&newest, &first).map_or(1, |last| last.saturating_add(1));
    let name = loop {
        let name = if next == 1 { first.clone() } else { format!("{first}-{next}") };
        if !folder.join(&name).exists() {
            break name;
        }
        next = next.saturating_add(1);
    };
    let batch = folder.join(&name);
    fs::rename(&closing, &batch)?;
    sync(folder)?;
    // Whole or not at all. A crash before it: the batch that has appeared still says which is the next.
    let unfinished = folder.join(".closed.new");
    write_through(&unfinished, name.as_bytes())?;
    fs::rename(unfinished, folder.join(CLOSED))?;
    sync(folder)?;
    Ok(batch)
}

#[cfg(test)]
mod tests {
    use super::number;

    #[test]
    fn the_newest_batch_says_which_is_the_next() {
        let day = "batch-2026-11-26";
        let of = |name: &str| number(name, day);
        assert_eq!([of(day), of("batch-2026-11-26-12")], [Some(1), Some(12)]);
        assert_eq!([of(""), of("batch-2026-11-25-2"), of("batch-2026-11-26x")], [None; 3]);
    }
}
