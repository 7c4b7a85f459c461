//! `test fuzz`: each fuzz target for a while. What crashes one stays in `fuzz/artifacts`.

use std::fs;
use std::process::Command;

use anyhow::{Context, Result};

use crate::process::{self, Show};
use crate::{project, setup, tools};

const TARGETS: [&str; 3] = ["import", "evaluate", "claims"];

/// Runs every target for so many seconds; how many passed.
///
/// # Errors
/// A target finds a defect, or cannot be built.
pub(crate) fn run(seconds: u32) -> Result<usize> {
    tools::FUZZ.ensure()?;
    setup::cpp_compiler()?;
    let fuzz = project::root().join("fuzz");
    // cargo-fuzz has no `--locked`: what is fuzzed are the versions that are shipped.
    let mut locked = Command::new("cargo");
    locked.args(["metadata", "--locked", "--format-version", "1", "--manifest-path"]);
    locked.arg(fuzz.join("Cargo.toml"));
    process::must("fuzz/Cargo.lock", &mut locked, Show::Progress)?;
    for target in TARGETS {
        let corpus = project::target().join("fuzz-corpus").join(target);
        fs::create_dir_all(&corpus).with_context(|| corpus.display().to_string())?;
        // A stable compiler has no sanitizers; panics, overflows and hangs are found without.
        let mut command = tools::FUZZ.command()?;
        command.args(["fuzz", "run", "--sanitizer", "none", "--fuzz-dir"]).arg(&fuzz);
        command.arg("--target-dir").arg(project::target().join("fuzz")).arg(target);
        command.arg(&corpus).arg(fuzz.join("seeds").join(target)).arg("--");
        command.args([&format!("-max_total_time={seconds}"), "-timeout=20", "-max_len=4096"]);
        command.arg("-print_final_stats=1").current_dir(project::root());
        let log = process::must(&format!("fuzzing {target}"), &mut command, Show::Progress)?;
        let runs = log.lines().find(|line| line.contains("number_of_executed_units"));
        process::say(&format!("  {target}: {}", runs.unwrap_or("no count").trim()));
    }
    Ok(TARGETS.len())
}
