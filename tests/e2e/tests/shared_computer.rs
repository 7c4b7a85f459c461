//! A shared computer: what is left of her in the browser when she has signed out. There are no demo
//! identities, so that not even her name stands anywhere.

use std::collections::BTreeSet;

use anyhow::{Context, Result, ensure};
use jobnet_e2e::{Page, View, figures, scene_on};
use jobnet_web::i18n::Language;
use jobnet_web::platform::document::LANGUAGE_KEY;
use jobnet_web::routes;
use serde_json::json;

use crate::citizen::{danish, heading};
use crate::sign_in::{NO_ICON, at_provider, sign_in, with_provider};

/// Her pages.
const HERS: [routes::Page; 6] = [
    routes::Page::Home,
    routes::Page::Hours,
    routes::Page::Profile,
    routes::Page::Letters,
    routes::Page::Rights,
    routes::Page::MyData,
];

/// All that a browser can keep for a page.
const KEPT: &str = "return (async () => ({ \
     local: Object.entries(localStorage), session: Object.entries(sessionStorage), \
     cookie: document.cookie, databases: await indexedDB.databases(), \
     caches: await caches.keys(), \
     workers: (await navigator.serviceWorker.getRegistrations()).length}))();";

/// The lines that can be read on the page.
async fn lines(page: &Page) -> Result<BTreeSet<String>> {
    let text = page.text().await?;
    Ok(text.lines().map(|line| line.trim().to_owned()).filter(|line| !line.is_empty()).collect())
}

/// The whole document, with what stands in its fields.
async fn all(page: &Page) -> Result<String> {
    let all = "return [document.documentElement.outerHTML, document.title, \
         ...[...document.querySelectorAll('input, textarea')].map(e => e.value)] \
         .join(' ').replaceAll('&nbsp;', '\\u00a0');";
    let all = page.script(all, &[]).await?;
    Ok(all.as_str().unwrap_or_default().to_owned())
}

/// Nothing is there but the page that everyone sees, and in the browser the language she chose.
async fn nothing(page: &Page, hers: &BTreeSet<String>, everyones: &BTreeSet<String>) -> Result<()> {
    heading(page, danish().landing.title).await?;
    let all = all(page).await?;
    for text in hers {
        ensure!(!all.contains(text.as_str()), "“{text}” is still in the page");
    }
    let more: Vec<_> = lines(page).await?.difference(everyones).cloned().collect();
    ensure!(more.is_empty(), "only she sees {more:?}");
    let kept = page.script(KEPT, &[]).await?;
    let nothing = json!({"local": [[LANGUAGE_KEY, "da"]], "session": [], "cookie": "",
        "databases": [], "caches": [], "workers": 0});
    ensure!(kept == nothing, "the browser keeps {kept}");
    Ok(())
}

#[tokio::test]
async fn nothing_of_hers_is_left_after_signing_out_nor_by_going_back() -> Result<()> {
    let (server, _provider) = with_provider()?;
    // The provider's own pages do not all come back.
    let expected = [NO_ICON, "Failed to load resource"];
    scene_on(server, "shared_computer", View::DESK, &expected, async |stage| {
        let page = &stage.page;
        page.open("/").await?;
        // What a browser may keep: what she likes to read in.
        page.click("button", Language::Danish.name()).await?;
        let stored = "return localStorage.length === 1;";
        page.wait("the language to be kept", stored, &[]).await?;
        let (everyones, before) = (lines(page).await?, all(page).await?);
        sign_in(page, "Asta Vinterlund").await?;
        heading(page, danish().overview.title).await?;
        let mut hers = BTreeSet::from(["Asta".to_owned(), "Vinterlund".to_owned()]);
        for its in HERS {
            page.open(its.path()).await?;
            let shown = figures::shown(page).await?;
            ensure!(!shown.is_empty() || its != routes::Page::Hours, "no figure of hers");
            hers.extend(shown.into_iter().map(|figure| figure.text));
            // What is about her and not about everyone has a number or a day in it.
            let has_digit = |line: &String| line.contains(|letter: char| letter.is_ascii_digit());
            hers.extend(lines(page).await?.into_iter().filter(has_digit));
        }
        hers.retain(|text| text.chars().count() >= 4 && !before.contains(text.as_str()));
        ensure!(hers.len() > 30, "so little is hers: {hers:?}");
        ensure!(page.script(KEPT, &[]).await?["cookie"] == "", "a script can read the cookie");

        page.click("button", danish().shell.sign_out).await?;
        at_provider(page, "Log ud").await?;
        page.click("button", "Log ud").await?;
        nothing(page, &hers, &everyones).await.context("signed out")?;
        let mut came_back = BTreeSet::new();
        let last = page.script("return history.length;", &[]).await?.as_u64().unwrap_or(1);
        for _ in 1..last {
            page.driver().back().await?;
            let at = page.driver().current_url().await?;
            if at.as_str().starts_with(&stage.server.address()) {
                page.ready().await?;
                nothing(page, &hers, &everyones).await.with_context(|| at.to_string())?;
                came_back.insert(at.path().to_owned());
            }
        }
        for its in HERS {
            ensure!(came_back.contains(its.path()), "back at {came_back:?}");
        }
        Ok(())
    })
    .await
}
