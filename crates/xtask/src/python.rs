//! Programs that come from PyPI, each in an environment of its own in the shared tool cache, with
//! every package pinned.

use std::fs::{self, File};
use std::path::PathBuf;
use std::process::Command;

use anyhow::{Context, Result};

use crate::process::{self, Show};
use crate::{project, setup, stamp};

/// Schemathesis; the path of its program.
///
/// # Errors
/// Python or PyPI cannot be had.
pub(crate) fn schemathesis() -> Result<PathBuf> {
    let programs = environment("schemathesis", "schemathesis", "tests/api/requirements.txt")?;
    Ok(programs.join("schemathesis"))
}

/// WeasyPrint; the folder of its Python.
///
/// # Errors
/// Python, PyPI or the system's libraries cannot be had.
pub(crate) fn weasyprint() -> Result<PathBuf> {
    setup::text_layout()?;
    environment("weasyprint", "weasyprint", "bench/letters/requirements.txt")
}

/// `python-serviceplatformen`; the path of its Python.
///
/// # Errors
/// Python or PyPI cannot be had.
pub(crate) fn serviceplatformen() -> Result<PathBuf> {
    let what = "python_serviceplatformen";
    Ok(environment(what, "python", "tests/outbox/memo-requirements.txt")?.join("python"))
}

/// The folder of the programs of an environment that has these packages; `program` is one of them.
fn environment(what: &str, program: &str, requirements: &str) -> Result<PathBuf> {
    let requirements = project::root().join(requirements);
    let fingerprint = stamp::fingerprint(&["venv"], std::slice::from_ref(&requirements))?;
    let cache = project::tool_cache()?;
    fs::create_dir_all(&cache).with_context(|| cache.display().to_string())?;
    // A folder of its own for each list of packages: clones that differ do not disturb each other.
    let name = format!("{what}-{}", &fingerprint[..12.min(fingerprint.len())]);
    let place = cache.join(&name);
    let programs = place.join("bin");
    let mark = place.join("jobnet-stamp");
    let lock = File::create(cache.join(format!("{name}.lock")))?;
    lock.lock().context("the lock of the tool cache")?;
    // A Python that was upgraded since leaves an environment that does not start.
    let program = programs.join(program);
    let starts = || process::ask(&program.to_string_lossy(), &["--version"]).is_some();
    if stamp::is_current(&mark, &fingerprint) && starts() {
        return Ok(programs);
    }
    setup::python()?;
    process::say(&format!("Installing {what} (once per user)"));
    if place.exists() {
        fs::remove_dir_all(&place)?;
    }
    let mut venv = Command::new("python3");
    process::must("python3 -m venv", venv.args(["-m", "venv"]).arg(&place), Show::Progress)?;
    let mut pip = Command::new(place.join("bin/pip"));
    pip.args(["install", "--quiet", "--disable-pip-version-check", "--requirement"]);
    process::must("pip install", pip.arg(&requirements), Show::Progress)?;
    stamp::write(&mark, &fingerprint)?;
    Ok(programs)
}
