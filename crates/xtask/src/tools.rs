//! Build tools at pinned versions, in a cache that every clone of this user shares.
//!
//! A tool is compiled into a root of its own beside its place and then moved there in one
//! step, under a lock: neither two clones at once nor a kill half-way leaves a broken tool.

use std::ffi::OsString;
use std::fs::{self, File};
use std::path::{Path, PathBuf};
use std::process::Command;

use anyhow::{Context, Result, bail};

use crate::process::{self, Show};
use crate::project;

/// A tool that cargo installs.
pub(crate) struct Tool {
    krate: &'static str,
    binary: &'static str,
    version: &'static str,
    /// Use the lock file it was published with.
    locked: bool,
    /// Features to install it with, beside its default ones.
    features: &'static str,
    /// What it answers that shows it is there: its version, if it knows it.
    proof: &'static str,
}

/// Builds the page. 0.22 needs a newer rustc than ours.
const TRUNK: Tool = Tool {
    krate: "trunk",
    binary: "trunk",
    version: "0.21.14",
    locked: true,
    features: "",
    proof: "--version",
};

/// Must be the version of the `wasm-bindgen` crate in Cargo.lock. Not locked: its lock file
/// names crates that have been withdrawn.
pub(crate) const WASM_BINDGEN: Tool = Tool {
    krate: "wasm-bindgen-cli",
    binary: "wasm-bindgen",
    version: "0.2.130",
    locked: false,
    features: "",
    proof: "--version",
};

/// Splits the page in parts. Must fit `wasm_split_helpers` in Cargo.lock. It does not say its
/// version: the name of its folder does.
pub(crate) const WASM_SPLIT: Tool = Tool {
    krate: "wasm_split_cli_support",
    binary: "wasm-split-cli",
    version: "0.2.4",
    locked: true,
    features: "build-binary",
    proof: "--help",
};

/// Licences, bans, sources and advisories of what we link.
pub(crate) const DENY: Tool = Tool {
    krate: "cargo-deny",
    binary: "cargo-deny",
    version: "0.20.2",
    locked: true,
    features: "",
    proof: "--version",
};

/// Drives the fuzz targets.
pub(crate) const FUZZ: Tool = Tool {
    krate: "cargo-fuzz",
    binary: "cargo-fuzz",
    version: "0.13.2",
    locked: true,
    features: "",
    proof: "--version",
};

impl Tool {
    fn name(&self) -> String {
        format!("{}-{}", self.krate, self.version)
    }

    /// Its folder of programs in the cache.
    fn bin(&self) -> Result<PathBuf> {
        Ok(project::tool_cache()?.join(self.name()).join("bin"))
    }

    /// Starts it from its own place, whatever stands on the search path.
    ///
    /// # Errors
    /// The cache has no place.
    pub(crate) fn command(&self) -> Result<Command> {
        Ok(Command::new(self.bin()?.join(self.binary)))
    }

    fn is_there(&self) -> Result<bool> {
        let program = self.bin()?.join(self.binary);
        Ok(match self.proof {
            "--version" => runs_as(&program, self.version),
            proof => process::ask(&program.to_string_lossy(), &[proof]).is_some(),
        })
    }

    /// Installs it, unless it is there.
    ///
    /// # Errors
    /// The cache cannot be written, crates.io cannot be reached, or it does not compile.
    pub(crate) fn ensure(&self) -> Result<()> {
        if self.is_there()? {
            return Ok(());
        }
        let cache = project::tool_cache()?;
        fs::create_dir_all(&cache).with_context(|| cache.display().to_string())?;
        let lock_path = cache.join(format!("{}.lock", self.name()));
        let lock = File::create(&lock_path).with_context(|| lock_path.display().to_string())?;
        if lock.try_lock().is_err() {
            process::say(&format!("Waiting: another clone is installing {}", self.name()));
            lock.lock().with_context(|| lock_path.display().to_string())?;
        }
        // The other clone may have done it meanwhile.
        if self.is_there()? { Ok(()) } else { self.install(&cache) }
    }

    fn install(&self, cache: &Path) -> Result<()> {
        process::say(&format!("Installing {} {} (once per user)", self.krate, self.version));
        let place = cache.join(self.name());
        // A name of its own: a compiler that outlived its killed command may still be writing.
        let unfinished = format!("{}.unfinished-", self.name());
        for entry in fs::read_dir(cache).with_context(|| cache.display().to_string())? {
            let entry = entry?;
            if entry.file_name().to_string_lossy().starts_with(&unfinished) {
                remove(&entry.path())?;
            }
        }
        let unfinished = cache.join(format!("{unfinished}{}", std::process::id()));
        let mut cargo = Command::new("cargo");
        cargo.args(["install", self.krate, "--version", self.version, "--root"]);
        cargo.arg(&unfinished);
        // A crate without features has none that is called “default”.
        if !self.features.is_empty() {
            cargo.args(["--features", self.features]);
        }
        if self.locked {
            cargo.arg("--locked");
        }
        // Away from the clone: its toolchain file, profile and build flags are not the tool's.
        cargo.current_dir(cache).env_remove("CARGO_TARGET_DIR").env_remove("RUSTFLAGS");
        // What counts is the time until the page is there; the tool runs for seconds.
        for (key, value) in
            [("LTO", "off"), ("OPT_LEVEL", "1"), ("CODEGEN_UNITS", "16"), ("DEBUG", "0")]
        {
            cargo.env(format!("CARGO_PROFILE_RELEASE_{key}"), value);
        }
        process::must(&format!("installing {}", self.krate), &mut cargo, Show::Progress)?;
        remove(&place)?;
        fs::rename(&unfinished, &place).with_context(|| place.display().to_string())?;
        if !self.is_there()? {
            bail!("{} was installed in {} but does not start", self.name(), place.display());
        }
        Ok(())
    }
}

/// Installs every tool of the build that is not there.
///
/// # Errors
/// The cache cannot be written, crates.io cannot be reached, or a tool does not compile.
pub(crate) fn ensure_all() -> Result<()> {
    TRUNK.ensure()?;
    WASM_BINDGEN.ensure()?;
    WASM_SPLIT.ensure()
}

/// The search path for programs: our tools, then npm's, then the machine's.
///
/// # Errors
/// The cache has no place.
pub(crate) fn search_path() -> Result<OsString> {
    let mut folders = vec![TRUNK.bin()?, WASM_BINDGEN.bin()?, WASM_SPLIT.bin()?];
    folders.push(project::root().join("node_modules/.bin"));
    folders.extend(std::env::split_paths(&std::env::var_os("PATH").unwrap_or_default()));
    std::env::join_paths(folders).context("a folder in PATH has a colon in its name")
}

/// Whether a program starts and says that it is this version.
fn runs_as(program: &Path, version: &str) -> bool {
    let said = process::ask(&program.to_string_lossy(), &["--version"]);
    said.is_some_and(|said| said.split_whitespace().any(|word| word == version))
}

fn remove(folder: &Path) -> Result<()> {
    if folder.exists() {
        fs::remove_dir_all(folder).with_context(|| folder.display().to_string())?;
    }
    Ok(())
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_pinned_wasm_bindgen_is_the_one_in_the_lock_file() {
        let lock = fs::read_to_string(project::root().join("Cargo.lock")).unwrap();
        let entry = format!("name = \"wasm-bindgen\"\nversion = \"{}\"\n", WASM_BINDGEN.version);
        assert!(lock.contains(&entry), "change WASM_BINDGEN and Cargo.lock together");
    }

    #[test]
    fn a_program_counts_only_if_it_starts_and_has_the_version() {
        let cargo = PathBuf::from("cargo");
        let said = process::ask("cargo", &["--version"]).unwrap();
        assert!(runs_as(&cargo, said.split_whitespace().nth(1).unwrap()));
        assert!(!runs_as(&cargo, "0.0.1"));
        assert!(!runs_as(&PathBuf::from("no-such-program"), "1"));
    }
}
