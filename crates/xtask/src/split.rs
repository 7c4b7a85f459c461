//! The page in parts: what the first picture needs, and the rest (docs/decisions/0005).
//!
//! Trunk calls `wasm-bindgen` and knows nothing of splitting. So a script of that name stands before
//! the real one in its search path: it splits the wasm and gives the first part to the real one.
//! `finish.mjs` puts the parts together afterwards.

use std::ffi::OsString;
use std::fs;
use std::path::{Path, PathBuf};
use std::process::Command;

use anyhow::{Context, Result, bail};

use crate::process::{self, Show};
use crate::{project, tools};

const MAIN: &str = "jobnet-web";

/// What the linker must leave in the wasm for the split.
pub(crate) const LINK: (&str, &str) =
    ("CARGO_TARGET_WASM32_UNKNOWN_UNKNOWN_RUSTFLAGS", "-Clink-args=--emit-relocs");

/// What puts the parts together.
pub(crate) const FINISH: &str = include_str!("finish.mjs");

fn parts() -> PathBuf {
    project::target().join("xtask/split")
}

/// A search path on which `wasm-bindgen` splits first.
///
/// # Errors
/// The script cannot be written, or the tool cache has no place.
pub(crate) fn search_path() -> Result<OsString> {
    let folder = project::target().join("xtask/bin");
    fs::create_dir_all(&folder).with_context(|| folder.display().to_string())?;
    let xtask = std::env::current_exe().context("this program does not find itself")?;
    let script = format!("#!/bin/sh\nexec '{}' bindgen \"$@\"\n", xtask.display());
    let path = folder.join("wasm-bindgen");
    fs::write(&path, script).with_context(|| path.display().to_string())?;
    make_executable(&path)?;
    let others = tools::search_path()?;
    let folders = std::iter::once(folder).chain(std::env::split_paths(&others));
    std::env::join_paths(folders).context("a folder in PATH has a colon in its name")
}

fn make_executable(path: &Path) -> Result<()> {
    use std::os::unix::fs::PermissionsExt;
    fs::set_permissions(path, fs::Permissions::from_mode(0o755))
        .with_context(|| path.display().to_string())
}

/// `wasm-bindgen`, after the wasm it is given has been split.
///
/// # Errors
/// The wasm cannot be split, or `wasm-bindgen` fails.
pub(crate) fn bindgen(arguments: &[&str]) -> Result<()> {
    let mut arguments: Vec<String> = arguments.iter().map(|&word| word.to_owned()).collect();
    if let Some(input) = arguments.iter_mut().find(|word| word.ends_with(".wasm")) {
        let parts = parts();
        if parts.exists() {
            fs::remove_dir_all(&parts).with_context(|| parts.display().to_string())?;
        }
        fs::create_dir_all(&parts).with_context(|| parts.display().to_string())?;
        let mut split = tools::WASM_SPLIT.command()?;
        split.args(["--out-name", MAIN, input]).arg(&parts);
        process::must("splitting the page", &mut split, Show::Progress)?;
        *input = parts.join(format!("{MAIN}.wasm")).display().to_string();
        // The parts take memory, table and stack from the first file.
        arguments.push("--keep-lld-exports".to_owned());
    }
    let status = tools::WASM_BINDGEN.command()?.args(&arguments).status()?;
    if status.success() { Ok(()) } else { bail!("wasm-bindgen ended with {status}") }
}

/// Puts the parts into the built page.
///
/// # Errors
/// A part is missing or cannot be made smaller.
pub(crate) fn finish(dist: &Path) -> Result<()> {
    let mut node = Command::new("node");
    node.args(["--input-type=module", "--eval", FINISH, "--"]);
    node.arg(dist).arg(parts()).current_dir(project::root()).env("PATH", tools::search_path()?);
    process::must("putting the page together", &mut node, Show::Progress).map(drop)
}
