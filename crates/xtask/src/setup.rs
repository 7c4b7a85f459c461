//! What the machine needs: the wasm target, npm packages, and for tests a browser, PostgreSQL and
//! readers of PDF. Everything is looked for first and installed only if missing.

use std::fs::{self, File};
use std::path::Path;
use std::process::Command;

use anyhow::{Context, Result, bail};

use crate::process::{self, Show};
use crate::{project, stamp};

const WASM_TARGET: &str = "wasm32-unknown-unknown";

/// Everything for a build but the tools, which are built beside the server.
///
/// # Errors
/// Something is missing and cannot be installed; the sentence says what to do.
pub(crate) fn for_build() -> Result<()> {
    wasm_target()?;
    npm_packages()
}

/// What the tests need: a browser, PostgreSQL, readers of PDF, Python for the mail server, the provider
/// they sign in at and the client of flags.
///
/// # Errors
/// Something is missing and cannot be installed; the sentence says what to do.
pub(crate) fn for_tests() -> Result<()> {
    provider_packages()?;
    flag_packages()?;
    install(&SYSTEM_PACKAGES)?;
    python()
}

/// Python, for the tests of the API from outside and the mail server of the outbox's tests.
///
/// # Errors
/// It is missing and cannot be installed.
pub(crate) fn python() -> Result<()> {
    install(&[
        ("python3", || process::ask("python3", &["--version"]).is_some()),
        ("python3-venv", || process::ask("python3", &["-c", "import venv, ensurepip"]).is_some()),
    ])
}

/// The library that lays out text, for the peer of the benchmark of letters.
///
/// # Errors
/// It is missing and cannot be installed.
pub(crate) fn text_layout() -> Result<()> {
    let has = |name: &str| process::ask("ldconfig", &["-p"]).is_some_and(|all| all.contains(name));
    if has("libpangoft2-1.0.so.0") && has("libharfbuzz-subset.so.0") {
        return Ok(());
    }
    install(&[("libpangoft2-1.0-0", || false), ("libharfbuzz-subset0", || false)])
}

/// A compiler of C++, for the engine of the fuzz targets.
///
/// # Errors
/// It is missing and cannot be installed.
pub(crate) fn cpp_compiler() -> Result<()> {
    install(&[("g++", || process::ask("c++", &["--version"]).is_some())])
}

fn install(packages: &[SystemPackage]) -> Result<()> {
    let missing: Vec<&str> =
        packages.iter().filter(|(_, is_there)| !is_there()).map(|(package, _)| *package).collect();
    if missing.is_empty() {
        return Ok(());
    }
    process::say(&format!("Installing with apt-get: {}", missing.join(" ")));
    apt_get(&["update", "-qq"])?;
    apt_get(&[&["install", "-y", "-qq", "--no-install-recommends"], &missing[..]].concat())
        .with_context(|| format!("the tests need {} from Debian", missing.join(", ")))
}

/// Debian packages, and how to see that they are there.
type SystemPackage = (&'static str, fn() -> bool);
const SYSTEM_PACKAGES: [SystemPackage; 6] = [
    ("chromium", || process::ask("chromium", &["--version"]).is_some()),
    ("chromium-driver", || process::ask("chromedriver", &["--version"]).is_some()),
    ("postgresql", || {
        fs::read_dir("/usr/lib/postgresql")
            .is_ok_and(|versions| versions.flatten().any(|v| v.path().join("bin/initdb").exists()))
    }),
    // Letters are read again by programs that did not write them.
    ("qpdf", || process::ask("qpdf", &["--version"]).is_some()),
    ("poppler-utils", || process::ask("pdftotext", &["-v"]).is_some()),
    // A browser without any font draws no text.
    ("fonts-dejavu-core", || Path::new("/usr/share/fonts/truetype").is_dir()),
];

fn apt_get(arguments: &[&str]) -> Result<()> {
    let is_root = process::ask("id", &["-u"]).is_some_and(|id| id == "0");
    let mut command = Command::new(if is_root { "apt-get" } else { "sudo" });
    if !is_root {
        command.args(["-n", "apt-get"]);
    }
    // Nothing may ask, and no service may be started: the tests start their own.
    command.args(arguments).env("DEBIAN_FRONTEND", "noninteractive").env("RUNLEVEL", "1");
    process::must("apt-get", &mut command, Show::Progress).map(drop)
}

fn wasm_target() -> Result<()> {
    let root = project::root();
    let sysroot = Command::new("rustc").args(["--print", "sysroot"]).current_dir(&root).output();
    let sysroot = sysroot.context("`rustc` cannot be started: install Rust with rustup")?;
    let sysroot = String::from_utf8_lossy(&sysroot.stdout).trim().to_owned();
    if Path::new(&sysroot).join("lib/rustlib").join(WASM_TARGET).is_dir() {
        return Ok(());
    }
    process::say(&format!("Installing the Rust target {WASM_TARGET}"));
    let mut rustup = Command::new("rustup");
    rustup.args(["target", "add", WASM_TARGET]).current_dir(&root);
    process::must("rustup", &mut rustup, Show::Progress).map(drop)
}

fn npm_packages() -> Result<()> {
    npm_ci(&project::root(), "npm")
}

/// The packages of the test provider, which nothing else needs.
///
/// # Errors
/// npm is missing or fails.
pub(crate) fn provider_packages() -> Result<()> {
    npm_ci(&project::root().join("tests/oidc"), "npm-oidc")
}

/// The peers of the benchmarks and what drives the browser in them, which nothing else needs.
///
/// # Errors
/// npm is missing or fails.
pub(crate) fn bench_packages() -> Result<()> {
    npm_ci(&project::root().join("bench"), "npm-bench")
}

/// The packages of the OpenFeature client, which nothing else needs.
fn flag_packages() -> Result<()> {
    npm_ci(&project::root().join("tests/ofrep"), "npm-ofrep")
}

/// Installs the packages of a folder unless they are there.
fn npm_ci(folder: &Path, name: &str) -> Result<()> {
    let inputs = ["package.json", "package-lock.json", ".npmrc"].map(|name| folder.join(name));
    let fingerprint = stamp::fingerprint(&["npm ci"], &inputs)?;
    let mark = folder.join("node_modules/.jobnet-stamp");
    if stamp::is_current(&mark, &fingerprint) {
        return Ok(());
    }
    let lock_path = project::target().join(format!("xtask/{name}.lock"));
    fs::create_dir_all(project::target().join("xtask"))?;
    let lock = File::create(&lock_path).with_context(|| lock_path.display().to_string())?;
    lock.lock().with_context(|| lock_path.display().to_string())?;
    if stamp::is_current(&mark, &fingerprint) {
        return Ok(());
    }
    if process::ask("npm", &["--version"]).is_none() {
        bail!("Node.js with npm is needed for the design system: `apt-get install nodejs npm`");
    }
    process::say("Installing npm packages");
    let mut npm = Command::new("npm");
    npm.arg("ci").current_dir(folder);
    process::must("npm ci", &mut npm, Show::Progress)?;
    stamp::write(&mark, &fingerprint)
}
