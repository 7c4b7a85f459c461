//! The demo database: synthetic citizens, made and imported by the server's own commands.

use std::fs;
use std::path::{Path, PathBuf};
use std::process::Command;

use anyhow::{Context, Result};

use crate::process::{self, Show};
use crate::{project, stamp};

/// The same seed and size give the same people on every machine.
const SEED: &str = "2026";

/// Makes the database unless one of this size by the same code is there; gives its URL.
///
/// # Errors
/// The server's commands fail, or `data/` cannot be written.
pub(crate) fn ensure(citizens: u32) -> Result<String> {
    let root = project::root();
    let made_by = ["db", "import", "synthesise", "cpr.rs", "keys.rs"]
        .map(|dir| root.join("crates/server/src").join(dir));
    let count = citizens.to_string();
    let fingerprint = stamp::fingerprint(&[&count, SEED], &made_by)?;
    let place = place();
    if stamp::is_current(&place.join("stamp"), &fingerprint) {
        return Ok(url(&place));
    }
    process::say(&format!("Making a demo database of {citizens} synthetic citizens"));
    // Made aside and moved into place whole: a kill half-way leaves no half database.
    let unfinished = root.join("data/demo.unfinished");
    remove(&unfinished)?;
    fs::create_dir_all(&unfinished).with_context(|| unfinished.display().to_string())?;
    let registers = unfinished.join("registers");
    let mut synthesise = Command::new(project::server());
    synthesise.args(["synthesise", "--citizens", &count, "--seed", SEED, "--out"]);
    synthesise.arg(&registers).current_dir(&root);
    process::must("synthesise", &mut synthesise, Show::Progress)?;
    // First what was known then, so that corrections have a history.
    for folder in [registers.join("earlier"), registers] {
        let mut import = Command::new(project::server());
        import.arg("import").arg(&folder).args(["--database-url", &url(&unfinished)]);
        process::must("import", import.current_dir(&root), Show::Progress)?;
    }
    stamp::write(&unfinished.join("stamp"), &fingerprint)?;
    remove(&place)?;
    fs::rename(&unfinished, &place).with_context(|| place.display().to_string())?;
    Ok(url(&place))
}

/// The folder of the demo database and of the registers it was made of.
pub(crate) fn place() -> PathBuf {
    project::root().join("data/demo")
}

fn url(folder: &Path) -> String {
    format!("sqlite://{}?mode=rwc", folder.join("jobnet.sqlite").display())
}

fn remove(folder: &PathBuf) -> Result<()> {
    if folder.exists() {
        fs::remove_dir_all(folder).with_context(|| folder.display().to_string())?;
    }
    Ok(())
}
