//! Builds what is delivered: `dist/` with its compressed twins, and the release server.
//!
//! It does not know what the app is made of: Trunk does.

use std::fs::{self, File};
use std::path::{Path, PathBuf};
use std::process::Command;
use std::thread;

use anyhow::{Context, Result, anyhow};

use crate::process::{self, Show};
use crate::{project, setup, split, stamp, tools};

/// Builds the page and the server, each only if something it is made of has changed.
///
/// # Errors
/// Something is missing and cannot be installed, or does not compile.
pub(crate) fn build() -> Result<()> {
    setup::for_build()?;
    // Both at once: linking the page keeps one core busy for a long time and the other idle,
    // and on a fresh machine the server compiles while the tools do.
    thread::scope(|scope| {
        let server = scope.spawn(server);
        let models = scope.spawn(models);
        let page = page();
        let server = server.join().map_err(|_| anyhow!("building the server panicked"))?;
        let models = models.join().map_err(|_| anyhow!("checking the models panicked"))?;
        page.and(server).and(models)
    })
}

/// Whoever else builds the same thing waits until this is let go of.
fn lock(name: &str) -> Result<File> {
    let place = project::target().join("xtask").join(name);
    let path = || place.display().to_string();
    fs::create_dir_all(place.parent().unwrap_or(&place)).with_context(path)?;
    let lock = File::create(&place).with_context(path)?;
    lock.lock().with_context(path)?;
    Ok(lock)
}

/// Nothing is delivered with a model that says of itself what does not come out again when it is made
/// anew: the card on its page could lie then. In the selection of all packages, as the tests: what others
/// wrote is not compiled again; ours is, since a lint stops no build.
fn models() -> Result<()> {
    let _lock = lock("models.lock")?;
    let Some(stand) = ModelsStand::unless_they_do()? else { return Ok(()) };
    let mut cargo = Command::new("cargo");
    cargo.args(["test", "--workspace", "--locked", "--test", "shipped", "--test", "card"]);
    cargo.current_dir(project::root());
    process::must("the models and their cards", &mut cargo, Show::Progress)?;
    stand.note()
}

/// That the models are what their cards say, as far as it will have been tested.
pub(crate) struct ModelsStand {
    mark: PathBuf,
    fingerprint: String,
}

impl ModelsStand {
    /// Of the models as they are now; `None` when it is known of them.
    ///
    /// # Errors
    /// A file cannot be read.
    pub(crate) fn unless_they_do() -> Result<Option<Self>> {
        let inputs = ["Cargo.lock", "crates/profiling"].map(|name| project::root().join(name));
        let fingerprint = stamp::fingerprint(&["models"], &inputs)?;
        let mark = project::target().join("xtask/models.stamp");
        let is_known = stamp::is_current(&mark, &fingerprint);
        Ok((!is_known).then_some(Self { mark, fingerprint }))
    }

    /// Their tests (`shipped`, `card`) have passed.
    ///
    /// # Errors
    /// It cannot be written down.
    pub(crate) fn note(self) -> Result<()> {
        stamp::write(&self.mark, &self.fingerprint)
    }
}

/// Builds the server.
///
/// # Errors
/// It does not compile.
pub(crate) fn server() -> Result<()> {
    let mut cargo = Command::new("cargo");
    cargo.args(["build", "--release", "--locked", "--package", "jobnet-server"]);
    cargo.current_dir(project::root());
    if let Some(build) = server_build() {
        cargo.env("JOBNET_BUILD", build);
    }
    process::must("server", &mut cargo, Show::Progress).map(drop)
}

/// Name, version and the commit by which what the server is made of was last changed: it stands in the
/// ledger of a trial. `None`: this is no clone, and the server says its version alone.
fn server_build() -> Option<String> {
    let git = |arguments: &[&str]| {
        let mut git = Command::new("git");
        git.args(arguments).arg("--").args(SERVER_INPUTS).current_dir(project::root());
        let output = git.output().ok().filter(|output| output.status.success())?;
        String::from_utf8(output.stdout).ok()
    };
    let commit = git(&["log", "-1", "--format=%H"])?;
    let changes = git(&["status", "--porcelain"])?;
    build_name(commit.trim(), !changes.trim().is_empty())
}

/// The first 12 digits of a commit behind name and version, with a word if the files are not those of it.
fn build_name(commit: &str, is_changed: bool) -> Option<String> {
    let commit = commit.get(..12).filter(|id| id.bytes().all(|byte| byte.is_ascii_hexdigit()))?;
    let changed = if is_changed { " changed" } else { "" };
    Some(format!("jobnet-server {} {commit}{changed}", env!("CARGO_PKG_VERSION")))
}

/// Everything the server is made of.
const SERVER_INPUTS: [&str; 11] = [
    "Cargo.lock",
    "Cargo.toml",
    "crates/api",
    "crates/checklist",
    "crates/letters",
    "crates/messages",
    "crates/profiling",
    "crates/rules",
    "crates/server",
    "crates/trials",
    "rust-toolchain.toml",
];

/// Builds the page, if something it is made of has changed.
///
/// # Errors
/// Something is missing and cannot be installed, or does not compile.
pub(crate) fn page() -> Result<()> {
    let _lock = lock("page.lock")?;
    setup::for_build()?;
    tools::ensure_all()?;
    let root = project::root();
    let steps = ["page 2", split::FINISH, COMPRESS];
    let fingerprint = stamp::fingerprint(&steps, &PAGE_INPUTS.map(|name| root.join(name)))?;
    let mark = project::target().join("xtask/dist.stamp");
    if stamp::is_current(&mark, &fingerprint) && project::dist().join("index.html").exists() {
        return Ok(());
    }
    process::say("Building the page");
    let mut trunk = trunk(&["build", "--release", "--offline", "--locked", "--features", "split"])?;
    trunk.arg("--dist").arg(project::dist());
    trunk.env("PATH", split::search_path()?).env(split::LINK.0, split::LINK.1);
    process::must("page", &mut trunk, Show::Progress)?;
    split::finish(&project::dist())?;
    process::say(&format!("Page built: {}", compress_all(&project::dist())?.trim()));
    stamp::write(&mark, &fingerprint)
}

const COMPRESS: &str = include_str!("compress.mjs");

/// Everything the page is made of. The lock files stand for what is not in the clone.
const PAGE_INPUTS: [&str; 18] = [
    ".cargo/config.toml",
    "Cargo.lock",
    "Cargo.toml",
    "Trunk.toml",
    "crates/api",
    "crates/charts",
    "crates/checklist",
    "crates/messages",
    "crates/profiling",
    "crates/rules",
    "crates/trials",
    "crates/view",
    "index.html",
    "package-lock.json",
    "public",
    "rust-toolchain.toml",
    "src",
    "style",
];

/// Trunk with the tools it looks for in its search path.
///
/// # Errors
/// The tool cache has no place.
pub(crate) fn trunk(arguments: &[&str]) -> Result<Command> {
    let mut trunk = Command::new("trunk");
    trunk.args(arguments).current_dir(project::root()).env("PATH", tools::search_path()?);
    trunk.env("TRUNK_SKIP_VERSION_CHECK", "true").env_remove("NO_COLOR");
    Ok(trunk)
}

/// Writes `NAME.br` and `NAME.gz` beside each file that gets smaller by it; says how large
/// everything is.
fn compress_all(folder: &Path) -> Result<String> {
    let mut node = Command::new("node");
    node.args(["--input-type=module", "--eval", COMPRESS, "--"]).arg(folder);
    process::must("compressing the page", &mut node, Show::Progress)
}

#[cfg(test)]
mod tests {
    use std::io::Read;

    use super::*;

    #[test]
    fn a_build_is_named_by_the_commit_and_what_is_none_is_not() {
        let commit = "0123456789abcdef0123456789abcdef01234567";
        let version = env!("CARGO_PKG_VERSION");
        let plain = format!("jobnet-server {version} 0123456789ab");
        assert_eq!(build_name(commit, false), Some(plain.clone()));
        assert_eq!(build_name(commit, true), Some(format!("{plain} changed")));
        for none in ["", "0123", "fatal: no repository", "åæø"] {
            assert_eq!(build_name(none, false), None, "{none}");
        }
        for input in SERVER_INPUTS {
            assert!(project::root().join(input).exists(), "{input}");
        }
    }

    #[test]
    fn twins_unpack_to_the_same_bytes_and_only_smaller_ones_are_kept() {
        let folder = std::env::temp_dir().join(format!("xtask-dist-{}", std::process::id()));
        fs::create_dir_all(folder.join("sub")).unwrap();
        let text = "month,hours\n".repeat(500);
        fs::write(folder.join("sub/a.css"), &text).unwrap();
        fs::write(folder.join("tiny.js"), "1").unwrap();
        fs::write(folder.join("font.woff2"), &text).unwrap();
        fs::write(folder.join("gone.css.br"), "of an earlier build").unwrap();
        for _ in 0..2 {
            assert!(compress_all(&folder).unwrap().starts_with("3 files, "));
        }
        let mut unpacked = Vec::new();
        let packed = fs::read(folder.join("sub/a.css.br")).unwrap();
        brotli_decompressor::BrotliDecompress(&mut &packed[..], &mut unpacked).unwrap();
        assert_eq!(unpacked, text.as_bytes());
        let mut unpacked = String::new();
        let packed = File::open(folder.join("sub/a.css.gz")).unwrap();
        flate2::read::GzDecoder::new(packed).read_to_string(&mut unpacked).unwrap();
        assert_eq!(unpacked, text);
        for absent in ["tiny.js.br", "tiny.js.gz", "font.woff2.br", "gone.css.br"] {
            assert!(!folder.join(absent).exists(), "{absent}");
        }
        fs::remove_dir_all(&folder).unwrap();
    }
}
