//! Tidiness that a reader relies on: modules say what they are for and stay short, the page
//! keeps to its content security policy, and nothing of one machine, keys least of all, gets into
//! the project.

use std::fs;
use std::process::Command;

use anyhow::{Context, Result, bail};

use super::Findings;
use crate::project;

const MOST_LINES: usize = 400;

/// A name that only some part of the tree may use.
struct Reserved {
    word: &'static str,
    within: &'static str,
    only_in: &'static [&'static str],
    reason: &'static str,
}

const RESERVED: [Reserved; 4] = [
    Reserved {
        word: "gloo_net::",
        within: "src/",
        only_in: &["src/api/"],
        reason: "requests are made by src/api only",
    },
    Reserved {
        word: "web_sys::window",
        within: "src/",
        only_in: &["src/platform/"],
        reason: "the browser is reached through src/platform only",
    },
    Reserved {
        word: "style=\"",
        within: "src/",
        only_in: &[],
        reason: "the content security policy forbids style attributes; use a class or style:prop",
    },
    Reserved {
        word: "jobnet_rules::evaluate",
        within: "crates/charts/src/",
        only_in: &[],
        reason: "charts know the units of the law, not the law",
    },
];

/// Checks every file that git knows or would add.
///
/// # Errors
/// git cannot list the files, or one cannot be read.
pub(crate) fn check() -> Result<Findings> {
    let root = project::root();
    let mut findings = Findings::default();
    for name in files()? {
        let Ok(text) = fs::read_to_string(root.join(&name)) else {
            continue; // a picture or a font, or deleted and not yet committed
        };
        findings.rules += 1;
        findings.broken.extend(problems(&name, &text));
    }
    Ok(findings)
}

fn files() -> Result<Vec<String>> {
    let mut git = Command::new("git");
    git.args(["ls-files", "--cached", "--others", "--exclude-standard"]);
    let output = git.current_dir(project::root()).output().context("git cannot be started")?;
    if !output.status.success() {
        bail!("git ls-files: {}", String::from_utf8_lossy(&output.stderr).trim());
    }
    let names = String::from_utf8_lossy(&output.stdout).lines().map(str::to_owned).collect();
    Ok(names)
}

fn problems(name: &str, text: &str) -> Vec<String> {
    let mut found = Vec::new();
    if name.ends_with(".rs") {
        if !text.starts_with("//!") {
            found.push(format!("{name}: begins without `//!` (what is the module for?)"));
        }
        let lines = text.lines().count();
        if lines > MOST_LINES {
            found.push(format!("{name}: {lines} lines; stop at {MOST_LINES}"));
        }
        for rule in RESERVED.iter().filter(|rule| name.starts_with(rule.within)) {
            let may = rule.only_in.iter().any(|folder| name.starts_with(folder));
            if !may && let Some(line) = line_with(text, rule.word) {
                found.push(format!("{name}:{line}: `{}`: {}", rule.word, rule.reason));
            }
        }
    }
    if name.ends_with(".keys") {
        found.push(format!("{name}: keys are no part of the project"));
    }
    for home in machine_folders() {
        if let Some(line) = line_with(text, &home) {
            found.push(format!("{name}:{line}: `{home}` is a folder of one machine"));
        }
    }
    found
}

/// Put together here, so that this file does not find itself.
fn machine_folders() -> [String; 4] {
    ["root", "home", "Users", "work"].map(|folder| format!("/{folder}/"))
}

/// The first line with the word where it is not part of a longer path.
fn line_with(text: &str, word: &str) -> Option<usize> {
    text.lines()
        .position(|line| {
            line.match_indices(word).any(|(at, _)| {
                !word.starts_with('/')
                    || !line[..at].ends_with(|c: char| c.is_alphanumeric() || "._-}*~/".contains(c))
            })
        })
        .map(|at| at + 1)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn each_rule_finds_its_offence_and_nothing_else() {
        let long = format!("//! Long.\n{}", "x\n".repeat(MOST_LINES));
        let at_the_limit = format!("//! Long.\n{}", "x\n".repeat(MOST_LINES - 1));
        let here = format!("//! A.\nlet a = \"/{}/me\";\n", "home");
        let cases: [(&str, &str, usize); 12] = [
            ("src/a.rs", "//! A.\n", 0),
            ("src/a.rs", "use a;\n", 1),
            ("src/a.rs", &long, 1),
            ("src/a.rs", &at_the_limit, 0),
            ("src/a.rs", "//! A.\nuse gloo_net::http::Request;\n", 1),
            ("src/api/a.rs", "//! A.\nuse gloo_net::http::Request;\n", 0),
            ("src/a.rs", "//! A.\nview! { <p style=\"color: red\"> }\n", 1),
            ("crates/server/src/a.rs", "//! A.\nlet html = \"style=\\\"\";\n", 0),
            ("src/a.rs", &here, 1),
            ("docs/a.md", "see https://example.org/home/page\n", 0),
            ("docs/a.md", "no module head needed\n", 0),
            ("crates/server/jobnet.keys", "k1:00\n", 1),
        ];
        for (name, text, expected) in cases {
            let found = problems(name, text);
            assert_eq!(found.len(), expected, "{name}: {found:?}");
        }
    }
}
