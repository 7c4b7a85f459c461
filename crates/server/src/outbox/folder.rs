//! A folder that others empty: each file appears in it whole, and once, whatever crashes.
//!
//! A file is first written beside the folder's files (`.staging`), under the name of its attempt.
//! Handing over is one rename. Afterwards the staged file tells: if it can be taken away, it was
//! never handed over and now never will be; if it is gone, it was. So the folder may be emptied at
//! any time, and an attempt that was thought dead can deliver nothing twice.

use std::fs::{self, File};
use std::io::{self, Write};
use std::path::{Path, PathBuf};

use super::carrier::Known;

/// Where files wait; on the same file system, and hidden from those who list the folder.
const STAGING: &str = ".staging";

/// A folder, and how files in it end.
#[derive(Clone, Debug)]
pub(super) struct Folder {
    path: PathBuf,
    ending: &'static str,
}

impl Folder {
    /// Opens a folder; it is made if it is missing.
    ///
    /// # Errors
    /// When it cannot be made.
    pub(super) fn open(path: &Path, ending: &'static str) -> io::Result<Self> {
        fs::create_dir_all(path.join(STAGING))?;
        Ok(Self { path: path.to_owned(), ending })
    }

    fn staged(&self, id: &str, token: &str) -> PathBuf {
        self.path.join(STAGING).join(format!("{id}.{token}"))
    }

    /// Writes a file beside the folder's, to the disk.
    ///
    /// # Errors
    /// When it cannot be written.
    pub(super) fn stage(&self, id: &str, token: &str, bytes: &[u8]) -> io::Result<()> {
        let path = self.staged(id, token);
        write_through(&path, bytes)?;
        sync(&self.path.join(STAGING))
    }

    /// Puts the staged file into the folder; `false`: it was not there any more.
    ///
    /// # Errors
    /// When the system refuses; whether the file is in the folder then is for [`Self::known`].
    pub(super) fn put(&self, id: &str, token: &str) -> io::Result<bool> {
        let name = self.path.join(format!("{id}{}", self.ending));
        match fs::rename(self.staged(id, token), name) {
            Err(error) if error.kind() == io::ErrorKind::NotFound => Ok(false),
            done => done.and_then(|()| sync(&self.path)).map(|()| true),
        }
    }

    /// Whether an attempt put its file into the folder; from now on it cannot any more.
    ///
    /// # Errors
    /// When the system refuses: then it is not known.
    pub(super) fn known(&self, id: &str, token: &str) -> io::Result<Known> {
        match fs::remove_file(self.staged(id, token)) {
            Ok(()) => sync(&self.path.join(STAGING)).map(|()| Known::NotDelivered),
            // A folder that is not mounted has no staged files, and says nothing.
            Err(error) if error.kind() == io::ErrorKind::NotFound => {
                fs::metadata(self.path.join(STAGING)).map(|_| Known::Delivered)
            }
            Err(error) => Err(error),
        }
    }

    /// Throws away what an attempt staged.
    pub(super) fn forget(&self, id: &str, token: &str) {
        let _gone_already = fs::remove_file(self.staged(id, token));
    }
}

/// Writes a file to the disk.
pub(super) fn write_through(path: &Path, bytes: &[u8]) -> io::Result<()> {
    let mut file = File::create(path)?;
    file.write_all(bytes)?;
    file.sync_all()
}

/// Waits until the names in a folder are on the disk.
pub(super) fn sync(folder: &Path) -> io::Result<()> {
    File::open(folder)?.sync_all()
}

#[cfg(test)]
mod tests {
    use super::*;

    fn names(folder: &Path) -> Vec<String> {
        let entries = fs::read_dir(folder).unwrap().map(|entry| entry.unwrap().file_name());
        let mut names: Vec<_> = entries.map(|name| name.into_string().unwrap()).collect();
        names.sort();
        names
    }

    #[test]
    fn a_file_appears_once_also_when_it_is_taken_away_at_once() {
        let place = tempfile::tempdir().unwrap();
        let folder = Folder::open(place.path(), ".xml").unwrap();
        folder.stage("a", "1", b"text").unwrap();
        assert_eq!(names(place.path()), [STAGING], "nothing is seen before it is handed over");
        assert!(folder.put("a", "1").unwrap());
        assert_eq!(fs::read(place.path().join("a.xml")).unwrap(), b"text");
        fs::remove_file(place.path().join("a.xml")).unwrap();
        assert_eq!(folder.known("a", "1").unwrap(), Known::Delivered);
        assert!(!folder.put("a", "1").unwrap());
        assert_eq!(names(place.path()), [STAGING]);
    }

    #[test]
    fn an_attempt_that_was_found_undelivered_can_deliver_nothing_later() {
        let place = tempfile::tempdir().unwrap();
        let folder = Folder::open(place.path(), ".xml").unwrap();
        folder.stage("a", "1", b"first").unwrap();
        assert_eq!(folder.known("a", "1").unwrap(), Known::NotDelivered);
        // Another attempt, and then the first one wakes up.
        folder.stage("a", "2", b"second").unwrap();
        assert!(!folder.put("a", "1").unwrap());
        assert!(folder.put("a", "2").unwrap());
        assert_eq!(fs::read(place.path().join("a.xml")).unwrap(), b"second");
    }

    #[test]
    fn a_folder_that_is_gone_says_nothing_of_what_was_in_it() {
        let place = tempfile::tempdir().unwrap();
        let folder = Folder::open(&place.path().join("post"), ".xml").unwrap();
        folder.stage("a", "1", b"text").unwrap();
        fs::remove_dir_all(place.path().join("post")).unwrap();
        assert!(folder.known("a", "1").is_err());
    }
}
