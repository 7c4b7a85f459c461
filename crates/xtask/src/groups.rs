//! `test`: the groups, in the order in which a failure is cheapest to learn.

use std::fs;
use std::path::Path;
use std::process::{Command, ExitCode};
use std::thread;
use std::time::Instant;

use anyhow::{Result, bail};

use crate::checks::{Findings, deps, tidy};
use crate::process::{self, Show};
use crate::{api_fuzz, budget, dist, fuzz, project, python, setup, tools};

struct Group {
    name: &'static str,
    about: &'static str,
    run: fn() -> Result<Figures>,
    /// Runs when no group is named.
    by_default: bool,
}

const GROUPS: [Group; 12] = [
    Group { name: "fmt", about: "format", run: fmt, by_default: true },
    Group {
        name: "deps",
        about: "who may know whom",
        run: || findings(deps::check()?),
        by_default: true,
    },
    Group {
        name: "tidy",
        about: "module heads, lengths, reserved words",
        run: || findings(tidy::check()?),
        by_default: true,
    },
    Group {
        name: "clippy",
        about: "lints, native and for the browser",
        run: clippy,
        by_default: true,
    },
    Group {
        name: "unit",
        about: "unit, property, integration and documentation tests",
        run: unit,
        by_default: true,
    },
    Group { name: "wasm", about: "the app's parts in a browser", run: wasm, by_default: true },
    Group {
        name: "build",
        about: "the page and the server for release",
        run: build,
        by_default: true,
    },
    Group { name: "e2e", about: "the whole system in a browser", run: e2e, by_default: true },
    Group {
        name: "api",
        about: "the whole API as each role, by what it says of itself",
        run: || api(30),
        by_default: true,
    },
    Group {
        name: "memo",
        about: "what our Digital Post is compared with, written anew",
        run: memo,
        by_default: true,
    },
    Group {
        name: "deny",
        about: "licences, bans, sources, advisories",
        run: deny,
        by_default: true,
    },
    // A quarter of an hour: not for every run.
    Group {
        name: "fuzz",
        about: "the API for longer, and the fuzz targets",
        run: || {
            let (api, targets) = (api(120)?, fuzz::run(60)?);
            Ok(Figures { passed: api.passed + targets, failed: api.failed })
        },
        by_default: false,
    },
];

/// How many tests or checks passed and failed.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
struct Figures {
    passed: usize,
    failed: usize,
}

const ONE: Figures = Figures { passed: 1, failed: 0 };

impl Group {
    /// Runs it and says what came of it.
    fn figures(&self) -> Figures {
        process::say(&format!("{}: {}", self.name, self.about));
        let begun = Instant::now();
        let outcome = (self.run)();
        let figures = outcome.as_ref().copied().unwrap_or(Figures { passed: 0, failed: 1 });
        if let Err(error) = outcome {
            process::say(&format!("{}: {error:#}", self.name));
        }
        let Figures { passed, failed } = figures;
        let seconds = begun.elapsed().as_secs();
        process::say(&format!("{}: {passed} passed, {failed} failed, {seconds} s", self.name));
        figures
    }
}

/// Runs the named groups, or all; stops after the first that fails.
///
/// # Errors
/// There is no group of that name. A failing group is in the exit code.
pub(crate) fn test(names: &[&str]) -> Result<ExitCode> {
    for name in names {
        if !GROUPS.iter().any(|group| group.name == *name) {
            let known: Vec<_> =
                GROUPS.iter().map(|g| format!("{} ({})", g.name, g.about)).collect();
            bail!("there is no group `{name}`; there are: {}", known.join(", "));
        }
    }
    let chosen: Vec<&Group> = GROUPS
        .iter()
        .filter(
            |group| {
                if names.is_empty() { group.by_default } else { names.contains(&group.name) }
            },
        )
        .collect();
    let is_chosen = |name: &str| chosen.iter().any(|group| group.name == name);
    let total = thread::scope(|scope| {
        let mut total = Figures::default();
        for group in &chosen {
            // Many of these tests wait for other programs: what is built for release anyway is built
            // meanwhile, in folders of its own. What fails there fails again in its own group. (Not
            // beside the lints: both cores are busy there, and whoever waits for lints waits twice as long.)
            if group.name == "unit" && is_chosen("build") {
                scope.spawn(dist::server);
                scope.spawn(dist::page);
            }
            let figures = group.figures();
            total.passed += figures.passed;
            total.failed += figures.failed;
            if figures.failed > 0 {
                // Nobody waits for what is still being built.
                process::end_all();
                break;
            }
        }
        total
    });
    println!("{} passed, {} failed", total.passed, total.failed);
    Ok(if total.failed == 0 { ExitCode::SUCCESS } else { ExitCode::FAILURE })
}

fn cargo(arguments: &[&str]) -> Command {
    let mut cargo = Command::new("cargo");
    cargo.args(arguments).current_dir(project::root());
    cargo
}

fn findings(findings: Findings) -> Result<Figures> {
    for sentence in &findings.broken {
        println!("  {sentence}");
    }
    let failed = findings.broken.len();
    Ok(Figures { passed: findings.rules.saturating_sub(failed), failed })
}

fn fmt() -> Result<Figures> {
    process::must(
        "cargo fmt",
        &mut cargo(&["fmt", "--all", "--check", "--", "--color", "never"]),
        Show::Everything,
    )?;
    Ok(ONE)
}

/// The lints of what is run on this machine come with its build; for the browser nothing of it is run.
fn clippy() -> Result<Figures> {
    setup::for_build()?;
    const BUILDS: [(&str, &[&str]); 2] =
        [("clippy of all but the browser tests", &UNIT), ("clippy of the browser tests", &E2E)];
    const BROWSER: [&str; 4] = ["--package", "jobnet-web", "--target", "wasm32-unknown-unknown"];
    // A program without integration tests is in no build of tests but as a test of itself.
    const SELECTIONS: [(&str, &[&str], &[&str]); 4] = [
        ("clippy of this program", &["--package", "xtask"], &[]),
        ("clippy for the browser", &BROWSER, &["--all-targets"]),
        ("clippy of the page in parts", &BROWSER, &["--lib", "--features", "split"]),
        ("clippy of the charts' benchmark", &BROWSER, &["--examples", "--features", "bench"]),
    ];
    for (label, tests) in BUILDS {
        let mut build = process::cargo_linted(tests);
        process::must(label, build.arg("--no-run"), Show::Progress)?;
    }
    for (label, package, targets) in SELECTIONS {
        let arguments = [&["clippy", "--locked"], package, targets, &["--", "-D", "warnings"]];
        process::must(label, &mut cargo(&arguments.concat()), Show::Progress)?;
    }
    Ok(Figures { passed: BUILDS.len() + SELECTIONS.len(), failed: 0 })
}

/// What `unit` runs: unit, integration and documentation tests; examples are built with them.
const UNIT: [&str; 4] = ["test", "--workspace", "--locked", "--no-fail-fast"];
/// What `e2e` runs. The same selection of packages means the same features, so that no dependency is
/// compiled twice.
const E2E: [&str; 6] = ["test", "--workspace", "--locked", "--no-fail-fast", "--test", "e2e"];

fn unit() -> Result<Figures> {
    setup::for_tests()?;
    let models = dist::ModelsStand::unless_they_do()?;
    let figures = count("unit", &mut process::cargo_linted(&UNIT))?;
    // Theirs are among these tests: a build need not compile and run them again.
    if let Some(models) = models.filter(|_| figures.failed == 0) {
        models.note()?;
    }
    Ok(figures)
}

/// The messages with which a unit test compares ours are what another program writes of the same.
fn memo() -> Result<Figures> {
    let kept = project::root().join("tests/outbox");
    let written = project::target().join("xtask/memo");
    fs::create_dir_all(&written)?;
    let mut write = Command::new(python::serviceplatformen()?);
    write.arg(kept.join("memo.py")).arg(&written);
    process::must("memo.py", &mut write, Show::Everything)?;
    let mut findings = Findings::default();
    for name in ["digital_post.xml", "nem_sms.xml"] {
        findings.rules += 1;
        if fs::read(kept.join(name))? != fs::read(written.join(name))? {
            findings.broken.push(format!("tests/outbox/{name} is not what memo.py writes"));
        }
    }
    self::findings(findings)
}

fn wasm() -> Result<Figures> {
    setup::for_build()?;
    setup::for_tests()?;
    tools::WASM_BINDGEN.ensure()?;
    let mut test = cargo(&["test", "--locked", "--package", "jobnet-web", "--test", "web"]);
    test.args(["--target", "wasm32-unknown-unknown"]);
    test.env("CARGO_TARGET_WASM32_UNKNOWN_UNKNOWN_RUNNER", "wasm-bindgen-test-runner");
    test.env("PATH", tools::search_path()?).env("WASM_BINDGEN_TEST_ONLY_WEB", "1");
    test.env("WASM_BINDGEN_TEST_WEBDRIVER_JSON", project::root().join("tests/webdriver.json"));
    if let Some(chromedriver) = process::ask("which", &["chromedriver"]) {
        test.env("CHROMEDRIVER", chromedriver);
    }
    count("wasm", &mut test)
}

fn build() -> Result<Figures> {
    dist::build()?;
    let weighed = findings(budget::check()?)?;
    Ok(Figures { passed: weighed.passed + 1, ..weighed })
}

fn e2e() -> Result<Figures> {
    setup::for_tests()?;
    dist::build()?;
    empty(&project::root().join("tests/e2e/artifacts"))?;
    let mut test = process::cargo_linted(&E2E);
    test.env("JOBNET_SERVER", project::server());
    // The way of an error through the executor would bury its words; that of a panic is still told.
    test.env("RUST_LIB_BACKTRACE", "0");
    count("e2e", &mut test)
}

fn api(seconds: u32) -> Result<Figures> {
    let (passed, failed) = api_fuzz::run(seconds)?;
    Ok(Figures { passed, failed })
}

/// The fuzz targets are a workspace with a lock file of its own.
fn deny() -> Result<Figures> {
    tools::DENY.ensure()?;
    let (ours, fuzz) = (deny_of("Cargo.toml")?, deny_of("fuzz/Cargo.toml")?);
    Ok(Figures { passed: ours.passed + fuzz.passed, failed: ours.failed + fuzz.failed })
}

/// Advisories need their database, which is not everywhere to be had; the rest is always checked.
fn deny_of(manifest: &str) -> Result<Figures> {
    let check = |what: &[&str]| -> Result<Command> {
        let mut deny = tools::DENY.command()?;
        // Without `--workspace`: only what the page links, whose manifest stands at the root.
        deny.args(["--locked", "--workspace", "--config", "deny.toml"]);
        deny.args(["--manifest-path", manifest, "check", "--hide-inclusion-graph"]).args(what);
        deny.current_dir(project::root());
        Ok(deny)
    };
    process::must("cargo deny", &mut check(&["bans", "licenses", "sources"])?, Show::Progress)?;
    let outcome = process::watch("cargo deny", &mut check(&["advisories"])?, Show::Progress)?;
    if outcome.success {
        return Ok(Figures { passed: 4, failed: 0 });
    }
    if outcome.log.contains("failed to fetch advisory database") {
        process::say("deny: advisories skipped: their database cannot be reached");
        return Ok(Figures { passed: 3, failed: 0 });
    }
    println!("{}", outcome.log);
    Ok(Figures { passed: 3, failed: 1 })
}

fn empty(folder: &Path) -> Result<()> {
    if folder.exists() {
        fs::remove_dir_all(folder)?;
    }
    Ok(())
}

/// Runs tests and adds up what each test program says of itself.
fn count(label: &str, command: &mut Command) -> Result<Figures> {
    let outcome = process::watch(label, command, Show::Everything)?;
    let mut figures = add_up(&outcome.log);
    if !outcome.success && figures.failed == 0 {
        figures.failed = 1; // it did not compile, or a test program was killed
    }
    if outcome.success && figures.passed == 0 {
        bail!("no test ran");
    }
    Ok(figures)
}

fn add_up(log: &str) -> Figures {
    let mut sum = Figures::default();
    for line in log.lines() {
        let Some((_, figures)) = line.split_once("test result: ") else { continue };
        let figure = |name: &str| {
            let before = figures.split([';', '.']).find_map(|part| part.trim().strip_suffix(name));
            before.and_then(|number| number.trim().parse::<usize>().ok()).unwrap_or(0)
        };
        sum.passed += figure(" passed");
        sum.failed += figure(" failed");
    }
    sum
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn figures_of_all_test_programs_are_added_up() {
        let log = "running 3 tests
test result: ok. 3 passed; 0 failed; 0 ignored; 0 measured; 0 filtered out; finished in 0.00s
noise: 5 passed; 5 failed
test result: FAILED. 7 passed; 2 failed; 1 ignored; 0 measured; 0 filtered out; finished in 1.0s
";
        assert_eq!(add_up(log), Figures { passed: 10, failed: 2 });
        assert_eq!(add_up("error: could not compile"), Figures::default());
    }

    #[test]
    fn a_run_without_any_test_and_a_build_that_fails_are_failures() {
        let says = |script: &str| count("sh", Command::new("sh").args(["-c", script]));
        assert!(says("true").is_err());
        assert_eq!(says("exit 1").unwrap(), Figures { passed: 0, failed: 1 });
        let one = "echo 'test result: ok. 1 passed; 0 failed; 0 ignored'";
        assert_eq!(says(one).unwrap(), Figures { passed: 1, failed: 0 });
    }

    /// They run programs that are fetched from PyPI, which may be out of reach.
    #[test]
    fn what_needs_python_stops_nothing_of_the_page() {
        let place = |name| GROUPS.iter().position(|group| group.name == name).unwrap();
        for late in ["api", "memo"] {
            for early in ["wasm", "build", "e2e"] {
                assert!(place(early) < place(late), "{early} {late}");
            }
        }
    }

    #[test]
    fn an_unknown_group_is_refused() {
        assert!(test(&["no-such-group"]).is_err());
    }
}
