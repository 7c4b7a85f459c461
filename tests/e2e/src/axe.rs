//! Accessibility by axe-core: WCAG 2.2 A and AA, nothing switched off.

use std::fs;
use std::sync::OnceLock;

use anyhow::{Context, Result, anyhow, bail};
use serde_json::{Value, json};

use crate::page::Page;
use crate::server::root;

const TAGS: [&str; 5] = ["wcag2a", "wcag2aa", "wcag21a", "wcag21aa", "wcag22aa"];

/// Checks the page as it stands.
///
/// # Errors
/// There is a violation: each with its rule, place and axe's explanation.
pub async fn check(page: &Page) -> Result<()> {
    let driver = page.driver();
    if page.script("return typeof window.axe === 'undefined';", &[]).await? == Value::Bool(true) {
        driver.execute(source()?, Vec::new()).await.context("axe-core")?;
    }
    let run = "const [tags, done] = arguments; \
         axe.run(document, {runOnly: tags, resultTypes: ['violations']}) \
           .then(r => done({checked: r.passes.length, violations: r.violations}), \
                 e => done({failed: String(e)}));";
    let result = driver.execute_async(run, vec![json!(TAGS)]).await?.json().clone();
    if let Some(reason) = result.get("failed") {
        bail!("axe-core did not run: {reason}");
    }
    // A page that passes nothing was not looked at.
    if result["checked"].as_u64().unwrap_or(0) == 0 {
        bail!("axe-core checked nothing");
    }
    let violations = result["violations"].as_array().cloned().unwrap_or_default();
    let nodes = violations.iter().flat_map(|violation| {
        let nodes = violation["nodes"].as_array().cloned().unwrap_or_default();
        let rule = violation["id"].as_str().unwrap_or_default().to_owned();
        nodes
            .into_iter()
            .map(move |node| format!("{rule}: {} {}", node["html"], node["failureSummary"]))
    });
    let nodes: Vec<String> = nodes.collect();
    if nodes.is_empty() { Ok(()) } else { bail!("axe-core finds:\n  {}", nodes.join("\n  ")) }
}

fn source() -> Result<&'static str> {
    static SOURCE: OnceLock<Result<String, String>> = OnceLock::new();
    let path = root().join("node_modules/axe-core/axe.min.js");
    let read = || fs::read_to_string(&path).map_err(|e| format!("{}: {e}", path.display()));
    SOURCE.get_or_init(read).as_deref().map_err(|error| anyhow!("{error}; run cargo xtask setup"))
}
