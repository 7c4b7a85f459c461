//! Who may know whom: the table of ARCHITECTURE.md, checked against what cargo resolves.

use std::collections::BTreeSet;
use std::process::Command;

use anyhow::{Context, Result, bail};
use serde_json::Value;

use super::Findings;
use crate::project;

struct Rule {
    krate: &'static str,
    /// Direct dependencies: nothing else. `None`: any crate that is not ours.
    only: Option<&'static [&'static str]>,
    /// Our own crates it may use directly.
    ours: &'static [&'static str],
    /// Nowhere in its tree, on any platform it is built for.
    never: &'static [&'static str],
    /// Whether it is built for the browser too.
    in_browser: bool,
}

const RULES: [Rule; 10] = [
    Rule {
        krate: "jobnet-rules",
        only: Some(&["chrono", "serde", "thiserror", "utoipa"]),
        ours: &[],
        never: &["web-sys", "leptos", "tokio", "axum", "sea-orm", "plotters", "rand", "getrandom"],
        in_browser: true,
    },
    Rule {
        krate: "jobnet-trials",
        only: Some(&[
            "chrono",
            "serde",
            "serde_json",
            "thiserror",
            "utoipa",
            "statrs",
            "nalgebra",
            "chacha20",
            "hmac",
            "sha2",
            "hex",
        ]),
        ours: &[],
        never: &["web-sys", "leptos", "tokio", "axum", "sea-orm", "plotters", "getrandom"],
        in_browser: true,
    },
    Rule {
        krate: "jobnet-profiling",
        only: Some(&[
            "chrono",
            "serde",
            "serde_json",
            "thiserror",
            "utoipa",
            "statrs",
            "nalgebra",
            "sha2",
            "hex",
        ]),
        ours: &[],
        never: &["web-sys", "leptos", "tokio", "axum", "sea-orm", "plotters", "getrandom"],
        in_browser: true,
    },
    Rule {
        krate: "jobnet-checklist",
        only: Some(&["jobnet-profiling", "jobnet-rules", "chrono", "serde", "thiserror", "utoipa"]),
        ours: &["jobnet-profiling", "jobnet-rules"],
        never: &["web-sys", "leptos", "tokio", "axum", "sea-orm", "plotters", "getrandom"],
        in_browser: true,
    },
    Rule {
        krate: "jobnet-messages",
        only: Some(&["jobnet-profiling", "chrono", "maud", "serde", "thiserror", "utoipa"]),
        ours: &["jobnet-profiling"],
        never: &["web-sys", "leptos", "tokio", "axum", "sea-orm", "plotters", "getrandom"],
        in_browser: true,
    },
    Rule {
        krate: "jobnet-letters",
        only: Some(&[
            "jobnet-messages",
            "chrono",
            "serde",
            "serde_json",
            "thiserror",
            "ttf-parser",
            "typst",
            "typst-layout",
            "typst-pdf",
        ]),
        ours: &["jobnet-messages"],
        never: &["leptos", "tokio", "axum", "sea-orm", "plotters", "reqwest", "getrandom"],
        in_browser: false,
    },
    Rule {
        krate: "jobnet-charts",
        only: Some(&[
            "jobnet-rules",
            "plotters",
            "plotters-backend",
            "thiserror",
            "chrono",
            "serde",
        ]),
        ours: &["jobnet-rules"],
        never: &["leptos", "tokio", "axum", "sea-orm", "plotters-canvas", "font-kit", "image"],
        in_browser: true,
    },
    Rule {
        krate: "jobnet-api",
        only: Some(&[
            "jobnet-checklist",
            "jobnet-messages",
            "jobnet-profiling",
            "jobnet-rules",
            "jobnet-trials",
            "chrono",
            "serde",
            "utoipa",
        ]),
        ours: &[
            "jobnet-checklist",
            "jobnet-messages",
            "jobnet-profiling",
            "jobnet-rules",
            "jobnet-trials",
        ],
        never: &["web-sys", "leptos", "tokio", "axum", "sea-orm", "plotters"],
        in_browser: true,
    },
    Rule {
        krate: "jobnet-web",
        only: None,
        ours: &[
            "jobnet-api",
            "jobnet-charts",
            "jobnet-checklist",
            "jobnet-messages",
            "jobnet-profiling",
            "jobnet-rules",
            "jobnet-view",
        ],
        never: &["tokio", "axum", "sea-orm", "sqlx-core"],
        in_browser: true,
    },
    Rule {
        krate: "jobnet-server",
        only: None,
        ours: &[
            "jobnet-api",
            "jobnet-checklist",
            "jobnet-letters",
            "jobnet-messages",
            "jobnet-profiling",
            "jobnet-rules",
            "jobnet-trials",
        ],
        never: &["leptos", "plotters-canvas", "web-sys", "jobnet-web"],
        in_browser: false,
    },
];

/// Checks every rule of the table.
///
/// # Errors
/// cargo cannot read the workspace.
pub(crate) fn check() -> Result<Findings> {
    let metadata = cargo(&["metadata", "--format-version=1", "--no-deps", "--locked"])?;
    let metadata: Value = serde_json::from_str(&metadata).context("cargo metadata")?;
    let mut findings = Findings::default();
    for rule in &RULES {
        let direct = direct_dependencies(&metadata, rule.krate)
            .with_context(|| format!("the table names {}, which is not here", rule.krate))?;
        findings.rules += 1 + rule.never.len();
        findings.broken.extend(unexpected(rule, &direct));
        let tree = tree(rule)?;
        findings.broken.extend(forbidden(rule, &tree));
    }
    Ok(findings)
}

/// Direct dependencies of any platform, but those for tests and build scripts.
fn direct_dependencies(metadata: &Value, krate: &str) -> Option<BTreeSet<String>> {
    let packages = metadata["packages"].as_array()?;
    let package = packages.iter().find(|package| package["name"] == krate)?;
    let all = package["dependencies"].as_array()?;
    let normal = all.iter().filter(|dependency| dependency["kind"].is_null());
    Some(normal.filter_map(|d| d["name"].as_str()).map(str::to_owned).collect())
}

fn unexpected(rule: &Rule, direct: &BTreeSet<String>) -> Vec<String> {
    let is_ours = |name: &str| name.starts_with("jobnet-");
    let allowed = |name: &str| match rule.only {
        _ if is_ours(name) => rule.ours.contains(&name),
        Some(only) => only.contains(&name),
        None => true,
    };
    let extra = direct.iter().filter(|name| !allowed(name));
    extra.map(|name| format!("{} may not depend on {name}", rule.krate)).collect()
}

fn forbidden(rule: &Rule, tree: &BTreeSet<String>) -> Vec<String> {
    let found = rule.never.iter().filter(|name| tree.contains(**name));
    found.map(|name| format!("{} reaches {name}; see cargo tree -i", rule.krate)).collect()
}

/// The names of everything it is linked with, with the features it asks for itself.
fn tree(rule: &Rule) -> Result<BTreeSet<String>> {
    let mut arguments =
        vec!["tree", "--locked", "--edges=normal,no-proc-macro", "--prefix=none", "--format={p}"];
    arguments.extend(["--package", rule.krate]);
    let native = cargo(&arguments)?;
    let browser = if rule.in_browser {
        cargo(&[&arguments[..], &["--target", "wasm32-unknown-unknown"]].concat())?
    } else {
        String::new()
    };
    let lines = native.lines().chain(browser.lines());
    Ok(lines.filter_map(|line| line.split_whitespace().next()).map(str::to_owned).collect())
}

fn cargo(arguments: &[&str]) -> Result<String> {
    let output = Command::new("cargo").args(arguments).current_dir(project::root()).output()?;
    if !output.status.success() {
        bail!("cargo {}: {}", arguments[0], String::from_utf8_lossy(&output.stderr).trim());
    }
    Ok(String::from_utf8_lossy(&output.stdout).into_owned())
}

#[cfg(test)]
mod tests {
    use super::*;

    fn names(names: &[&str]) -> BTreeSet<String> {
        names.iter().map(|name| (*name).to_owned()).collect()
    }

    #[test]
    fn a_forbidden_crate_is_found_directly_and_in_the_tree() {
        let rules = &RULES[0];
        assert!(unexpected(rules, &names(&["chrono", "serde"])).is_empty());
        assert_eq!(unexpected(rules, &names(&["chrono", "reqwest"])).len(), 1);
        assert_eq!(unexpected(rules, &names(&["jobnet-api"])).len(), 1);
        assert_eq!(forbidden(rules, &names(&["jobnet-rules", "serde", "tokio"])).len(), 1);
        let server = RULES.iter().find(|rule| rule.krate == "jobnet-server").unwrap();
        assert!(unexpected(server, &names(&["axum", "anything", "jobnet-api"])).is_empty());
        assert_eq!(unexpected(server, &names(&["jobnet-web"])).len(), 1);
    }

    #[test]
    fn dependencies_for_tests_do_not_count() {
        let metadata = serde_json::json!({"packages": [{"name": "a", "dependencies": [
            {"name": "serde", "kind": null}, {"name": "proptest", "kind": "dev"},
        ]}]});
        assert_eq!(direct_dependencies(&metadata, "a"), Some(names(&["serde"])));
        assert_eq!(direct_dependencies(&metadata, "b"), None);
    }
}
