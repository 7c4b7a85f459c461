//! What the page may weigh: `bench/page/budget.json`, in bytes as a browser fetches them (brotli).
//!
//! `first_load` is everything before the first picture: document, script, style sheet and the first
//! wasm file. `later` is the second part, fetched once the picture stands, and `later_style` what it
//! looks like; `english` the texts that Danish readers have in the first file; `some` what only some
//! citizens have; `seldom` what is fetched when somebody opens it; `rights` rights and duties;
//! `checklist` the checklist; `profile` the preparation form, the profile and receipts of forms;
//! `letters` letters to her; `models` the cards of the models; `staff` what only staff fetch, and
//! `staff_style` what it looks like; `research` what researchers fetch, and whoever looks at a preview;
//! `course` what came of a protocol, and the outbox. What several parts share weighs with the
//! first of them (`finish.mjs`). Fonts block nothing.

use std::collections::BTreeMap;
use std::fs;
use std::path::{Path, PathBuf};

use anyhow::{Context, Result};
use serde_json::{Value, json};

use crate::checks::Findings;
use crate::project;

/// What each part of the built page weighs.
#[derive(Debug, Default)]
struct Weights(BTreeMap<String, u64>);

/// Compares the built page with its budget.
///
/// # Errors
/// The page is not built, or the budget cannot be read.
pub(crate) fn check() -> Result<Findings> {
    let path = project::root().join("bench/page/budget.json");
    let text = fs::read_to_string(&path).with_context(|| path.display().to_string())?;
    let budget: BTreeMap<String, u64> = serde_json::from_str(&text).context("the budget")?;
    Ok(compare(&weigh(&project::dist())?, &budget))
}

/// The weights as JSON, for the benchmark of the page.
///
/// # Errors
/// The page is not built.
pub(crate) fn weights() -> Result<Value> {
    Ok(json!(weigh(&project::dist())?.0))
}

fn compare(weights: &Weights, budget: &BTreeMap<String, u64>) -> Findings {
    let mut findings = Findings::default();
    for (part, most) in budget {
        findings.rules += 1;
        let weight = weights.0.get(part).copied().unwrap_or_default();
        if weight > *most {
            let sentence = format!("{part} weighs {weight} bytes, more than {most}");
            findings.broken.push(sentence);
        }
    }
    findings
}

fn weigh(dist: &Path) -> Result<Weights> {
    let mut weights = Weights::default();
    for path in files(dist)? {
        let Some(part) = part(&path) else { continue };
        let twin = PathBuf::from(format!("{}.br", path.display()));
        let sent = if twin.exists() { &twin } else { &path };
        let bytes = fs::metadata(sent).with_context(|| sent.display().to_string())?.len();
        let sums: &[&str] = match part {
            "wasm" | "js" | "css" | "html" => &[part, "first_load"],
            _ => &[part],
        };
        for sum in sums {
            *weights.0.entry((*sum).to_owned()).or_default() += bytes;
        }
    }
    Ok(weights)
}

fn part(path: &Path) -> Option<&'static str> {
    let name = path.file_name()?.to_str()?;
    Some(match path.extension()?.to_str()? {
        "wasm" if name.starts_with("jobnet-web") => "wasm",
        "wasm" if name.starts_with("jobnet-english") => "english",
        "wasm" if name.starts_with("jobnet-some") => "some",
        "wasm" if name.starts_with("jobnet-seldom") => "seldom",
        "wasm" if name.starts_with("jobnet-checklist") => "checklist",
        "wasm" if name.starts_with("jobnet-rights") => "rights",
        "wasm" if name.starts_with("jobnet-profile") => "profile",
        "wasm" if name.starts_with("jobnet-letters") => "letters",
        "wasm" if name.starts_with("jobnet-models") => "models",
        "wasm" if name.starts_with("jobnet-staff") => "staff",
        "wasm" if name.starts_with("jobnet-research") => "research",
        "wasm" if name.starts_with("jobnet-course") => "course",
        // The second part.
        "wasm" => "later",
        "css" if name.starts_with("later") => "later_style",
        "css" if name.starts_with("staff") => "staff_style",
        "js" => "js",
        "css" if name.starts_with("research") => "research",
        "css" => "css",
        "html" => "html",
        "woff2" => "fonts",
        _ => return None,
    })
}

fn files(folder: &Path) -> Result<Vec<PathBuf>> {
    let mut found = Vec::new();
    for entry in fs::read_dir(folder).with_context(|| folder.display().to_string())? {
        let path = entry?.path();
        if path.is_dir() { found.extend(files(&path)?) } else { found.push(path) }
    }
    Ok(found)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn parts_are_weighed_as_they_are_sent_and_one_byte_too_many_is_said() {
        let folder = std::env::temp_dir().join(format!("xtask-budget-{}", std::process::id()));
        fs::create_dir_all(folder.join("fonts")).unwrap();
        for (name, bytes) in [
            ("index.html", 9),
            ("index.html.br", 4),
            ("a.js", 10),
            ("jobnet-web-1_bg.wasm", 100),
            ("jobnet-later-1_bg.wasm", 50),
            ("fonts/a.woff2", 7),
            ("favicon.svg", 1000),
        ] {
            fs::write(folder.join(name), vec![0; bytes]).unwrap();
        }
        let weights = weigh(&folder).unwrap();
        assert_eq!(weights.0["first_load"], 114);
        assert_eq!((weights.0["later"], weights.0["fonts"]), (50, 7));
        let budget = |bytes| BTreeMap::from([("first_load".to_owned(), bytes)]);
        assert!(compare(&weights, &budget(114)).broken.is_empty());
        assert_eq!(compare(&weights, &budget(113)).broken.len(), 1);
        fs::remove_dir_all(&folder).unwrap();
    }
}
