//! Whoever works with the system has her first list two rounds after the provider, as a citizen has her
//! chart (`sign_in_attacked`).

use anyhow::{Context, Result, ensure};
use jobnet_api::paths;
use jobnet_e2e::provider::STAFF;
use jobnet_e2e::{View, scene_on};
use jobnet_web::i18n::Language;
use serde_json::{Value, json};

use crate::citizen::{casework, danish, heading};
use crate::sign_in::{NO_ICON, WHO, at_provider, choose, with_provider};
use crate::sign_in_attacked::{ROUNDS, forget, hold_back, route};

/// The mark of the first row, and what sets it: a citizen or a trial in a list, the words that there is
/// none, or what an administrator has instead of a list.
const ROW: &str = "first-row";
const MARK: &str = "new MutationObserver((_, observer) => {
  const rows = 'tr[data-citizen], .caseload-nobody, table.trials tbody tr, .research .note, \
    main a[download]';
  if (!document.querySelector(rows)) return;
  performance.mark('first-row');
  observer.disconnect();
}).observe(document, {childList: true, subtree: true});";

/// Her part of the page, the list it begins with, and its heading.
fn first_page(role: &str) -> (&'static str, Option<&'static str>, &'static str) {
    match role {
        "researcher" => ("research", Some(paths::TRIALS), Language::Danish.research().list.title),
        "administrator" => ("staff", None, danish().staff.title),
        _ => ("staff", Some(paths::CASELOAD), casework().list.title),
    }
}

/// As for a citizen: every round counts from the document on, each answer is held back by half a second,
/// and the browser has nothing of the page.
#[tokio::test]
async fn from_being_signed_in_to_the_first_row_of_a_list_are_two_rounds() -> Result<()> {
    let (server, _provider) = with_provider()?;
    scene_on(server, "provider_rounds_staff", View::DESK, &[NO_ICON], async |stage| {
        let page = &stage.page;
        let mark = json!({"source": MARK});
        page.browser().cdp("Page.addScriptToEvaluateOnNewDocument", mark).await?;
        for (name, role, _) in STAFF {
            let (part, list, title) = first_page(role);
            forget(page).await?;
            page.open("/").await?;
            page.click("link", danish().landing.way_in).await?;
            at_provider(page, WHO).await?;
            page.browser().cdp("Network.clearBrowserCache", json!({})).await?;
            let before = stage.server.log().len();
            hold_back(page, 500).await?;
            choose(page, name).await?;
            let told = page.wait("the first row", ROUNDS, &[json!(ROW)]).await.context(role)?;
            hold_back(page, 0).await?;
            heading(page, title).await?;
            let me = page.api(paths::ME).await?;
            ensure!(me["roles"] == json!([role]), "{name} is {me}");
            let rounds = told["rounds"].as_array().map_or(0, Vec::len);
            ensure!(rounds == 2, "{role}: {rounds} rounds: {told:#}");
            let asked = told["asked"].as_array().cloned().unwrap_or_default();
            let came = |start: &str| {
                let is_it = |path: &Value| path.as_str().is_some_and(|p| p.starts_with(start));
                asked.iter().any(|request| is_it(&request[0]))
            };
            let files = format!("/jobnet-{part}-");
            for start in [paths::BOOT, files.as_str()].into_iter().chain(list) {
                ensure!(came(start), "{role}: {start} was not asked for: {told:#}");
            }
            // What was asked for ahead is what the page asked for: once.
            let mut paths: Vec<&str> = asked.iter().filter_map(|a| a[0].as_str()).collect();
            let count = paths.len();
            paths.sort_unstable();
            paths.dedup();
            ensure!(paths.len() == count, "{role}: something came twice: {told:#}");
            let log = stage.server.log();
            let routes: Vec<String> = log[before..].lines().filter_map(route).collect();
            for path in [paths::BOOT].into_iter().chain(list) {
                let count = routes.iter().filter(|route| *route == path).count();
                ensure!(count == 1, "{role}: {path} was asked for {count} times: {routes:?}");
            }
        }
        Ok(())
    })
    .await
}
