//! A folder of extracts: which files it has, and what its manifest says.

use std::fs;
use std::path::{Path, PathBuf};

use chrono::NaiveDate;
use serde::Deserialize;
use sha2::{Digest, Sha256};

use super::problem::{Code, Problem, Problems};
use super::spec::REGISTERS;

/// The file that says that a folder is made up.
pub(super) const MANIFEST: &str = "synthetic.json";

/// One file to read.
#[derive(Clone, Debug)]
pub(super) struct File {
    /// Place of its register in [`REGISTERS`].
    pub(super) register: usize,
    pub(super) name: String,
    pub(super) path: PathBuf,
    pub(super) format: Format,
    pub(super) bytes: u64,
}

/// How a file is written.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Format {
    Csv,
    Parquet,
}

/// What `synthetic.json` says.
#[derive(Clone, Debug)]
pub(super) struct Manifest {
    pub(super) synthetic: bool,
    pub(super) as_of: Option<NaiveDate>,
    pub(super) sha256: String,
}

/// The files of a folder, in the order in which they are read.
#[derive(Clone, Debug)]
pub(super) struct Folder {
    pub(super) files: Vec<File>,
    pub(super) manifest: Option<Manifest>,
}

fn problem(file: &str, code: Code, reason: impl Into<String>) -> Problem {
    let reason = reason.into();
    Problem { file: file.to_owned(), line: 0, column: None, value: None, code, reason }
}

impl Folder {
    /// Looks at a folder. A file that looks like an extract but has no register's name is a
    /// problem: it would be left out in silence otherwise.
    pub(super) fn open(path: &Path, problems: &mut Problems) -> Self {
        let mut folder = Self { files: Vec::new(), manifest: None };
        let entries = match fs::read_dir(path) {
            Ok(entries) => entries,
            Err(error) => {
                let name = path.display().to_string();
                problems.add(problem(&name, Code::File, format!("cannot be read: {error}")));
                return folder;
            }
        };
        let mut names: Vec<_> = entries.filter_map(|entry| Some(entry.ok()?.file_name())).collect();
        names.sort();
        for name in names {
            let (name, path) = (name.to_string_lossy().into_owned(), path.join(&name));
            if name == MANIFEST {
                match manifest(&path) {
                    Ok(manifest) => folder.manifest = Some(manifest),
                    Err(reason) => problems.add(problem(&name, Code::Manifest, reason)),
                }
            } else if let Some((stem, format)) = extract(&name) {
                folder.add(name.clone(), &stem, path, format, problems);
            }
        }
        if folder.files.is_empty() && problems.is_empty() {
            let name = path.display().to_string();
            problems.add(problem(&name, Code::File, "has no register extract"));
        }
        folder.files.sort_by_key(|file| file.register);
        folder
    }

    fn add(
        &mut self,
        name: String,
        stem: &str,
        path: PathBuf,
        format: Format,
        problems: &mut Problems,
    ) {
        let Some(register) = REGISTERS.iter().position(|register| register.name == stem) else {
            let names: Vec<_> = REGISTERS.iter().map(|register| register.name).collect();
            let reason = format!("is the file of no register; these are {}", names.join(", "));
            return problems.add(problem(&name, Code::File, reason));
        };
        if let Some(other) = self.files.iter().find(|file| file.register == register) {
            let reason = format!("is of the same register as {}", other.name);
            return problems.add(problem(&name, Code::File, reason));
        }
        let bytes = fs::metadata(&path).map(|metadata| metadata.len()).unwrap_or(0);
        self.files.push(File { register, name, path, format, bytes });
    }

    /// The files' names in reading order, the manifest last.
    pub(super) fn names(&self) -> Vec<&str> {
        self.files.iter().map(|file| file.name.as_str()).chain([MANIFEST]).collect()
    }
}

fn extract(name: &str) -> Option<(String, Format)> {
    let (stem, ending) = name.rsplit_once('.')?;
    let format = match ending.to_ascii_lowercase().as_str() {
        "csv" => Format::Csv,
        "parquet" => Format::Parquet,
        _ => return None,
    };
    Some((stem.to_owned(), format))
}

#[derive(Deserialize)]
struct ManifestFile {
    synthetic: bool,
    as_of: Option<NaiveDate>,
}

fn manifest(path: &Path) -> Result<Manifest, String> {
    let bytes = fs::read(path).map_err(|error| format!("cannot be read: {error}"))?;
    let ManifestFile { synthetic, as_of } =
        serde_json::from_slice(&bytes).map_err(|error| format!("is not a manifest: {error}"))?;
    Ok(Manifest { synthetic, as_of, sha256: hex(&Sha256::digest(&bytes)) })
}

pub(super) fn hex(bytes: &[u8]) -> String {
    const DIGITS: &[u8; 16] = b"0123456789abcdef";
    let digit = |value: u8| char::from(DIGITS[usize::from(value)]);
    bytes.iter().flat_map(|byte| [digit(byte >> 4), digit(byte & 15)]).collect()
}
