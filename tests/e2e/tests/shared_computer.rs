//! A shared computer: what is left in the browser of a citizen or a caseworker who has signed out. In
//! most of it there are no demo identities, so that not even her name stands anywhere.

use std::collections::BTreeSet;

use anyhow::{Context, Result, ensure};
use jobnet_e2e::{Page, View, figures, scene_expecting, scene_on};
use jobnet_web::i18n::Language;
use jobnet_web::platform::document::LANGUAGE_KEY;
use jobnet_web::routes;
use serde_json::json;
use thirtyfour::Key;

use crate::caseload::{Person, counted, people};
use crate::citizen::{casework, choose, danish, heading, is_out};
use crate::sign_in::{NO_ICON, at_provider, sign_in, with_provider};

/// Her pages.
pub(crate) const HERS: [routes::Page; 6] = [
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
        let (everyones, before) = of_everyone(page).await?;
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

/// The page that everyone sees: its lines, and the whole of it.
async fn of_everyone(page: &Page) -> Result<(BTreeSet<String>, String)> {
    page.open("/").await?;
    // What a browser may keep: what she likes to read in.
    page.click("button", Language::Danish.name()).await?;
    let stored = "return localStorage.length === 1;";
    page.wait("the language to be kept", stored, &[]).await?;
    Ok((lines(page).await?, all(page).await?))
}

/// Whether a search for a name finds her: all its words stand in hers.
fn is_found(person: &Person, name: &str) -> bool {
    let (hers, name) = (person.name.to_lowercase(), name.to_lowercase());
    name.split(' ').all(|word| hers.contains(word))
}

/// Somebody of the fund and of no job centre of a demo caseworker, whom her name finds alone.
fn only_the_funds(people: &[Person]) -> Result<&Person> {
    let ours = || people.iter().filter(|person| person.fund == "Fagenes A-kasse");
    let is_alone = |one: &&Person| ours().filter(|other| is_found(other, &one.name)).count() == 1;
    let mut found = ours().filter(|person| person.job_centre != "Jobcenter Aarhus");
    found.find(is_alone).context("nobody is the fund's alone")
}

const REASON: &str = "Hun ringede om sin visning";
const REASON_FIELD: &str = "dialog[open] #unblind-reason";

/// Where there is nobody to sign out at, the page stays: what it keeps in memory must go.
#[tokio::test]
async fn nothing_of_a_caseworkers_search_and_visit_is_left_for_the_next_one() -> Result<()> {
    let expected = ["404", "Failed to load resource"];
    scene_expecting("shared_computer_staff", View::DESK, &expected, async |stage| {
        let page = &stage.page;
        let people = people(stage)?;
        let citizen = only_the_funds(&people)?;
        let of_fund = people.iter().filter(|person| person.fund == citizen.fund).count();
        let of_centre = people.iter().filter(|p| p.job_centre == "Jobcenter Aarhus").count();
        let (everyones, before) = of_everyone(page).await?;
        choose(page, "caseworker").await?;
        heading(page, casework().list.title).await?;
        page.css("#caseload-search").await?.send_keys(&citizen.name).await?;
        counted(page, 1).await?;
        page.click("link", &citizen.name).await?;
        heading(page, danish().overview.title).await?;
        let mut hers = BTreeSet::from([citizen.name.clone(), REASON.to_owned()]);
        let has_digit = |line: &String| line.contains(|letter: char| letter.is_ascii_digit());
        hers.extend(lines(page).await?.into_iter().filter(has_digit));
        hers.retain(|text| text.chars().count() >= 4 && !before.contains(text.as_str()));
        ensure!(hers.len() > 5, "so little is hers: {hers:?}");
        page.tab_to("#unblind-ask").await?;
        page.press(&[Key::Enter]).await?;
        page.css(REASON_FIELD).await?.send_keys(REASON).await?;
        page.press(&[Key::Escape]).await?;

        page.click("button", danish().shell.sign_out).await?;
        nothing(page, &hers, &everyones).await.context("signed out")?;
        page.driver().back().await?;
        page.ready().await?;
        nothing(page, &hers, &everyones).await.context("back at the list")?;
        page.driver().forward().await?;
        page.ready().await?;
        nothing(page, &hers, &everyones).await.context("at the visit again")?;

        // The next one, at the address of the visit.
        choose(page, "caseworker-job-centre").await?;
        heading(page, casework().visit.missing).await?;
        ensure!(!all(page).await?.contains(&citizen.name), "the next one sees her name");
        page.click("a.logo", "").await?;
        counted(page, of_centre).await?;
        let search = page.css("#caseload-search").await?.prop("value").await?;
        ensure!(search.as_deref() == Some(""), "the next one sees the search {search:?}");
        ensure!(!all(page).await?.contains(&citizen.name), "the next one sees her in a list");
        page.click("button", danish().shell.sign_out).await?;
        is_out(page).await?;

        // Herself again: what she typed and signed out of is forgotten, too.
        choose(page, "caseworker").await?;
        counted(page, of_fund).await?;
        let search = page.css("#caseload-search").await?.prop("value").await?;
        ensure!(search.as_deref() == Some(""), "her search {search:?} is there again");
        page.click("link", &citizen.name).await?;
        heading(page, danish().overview.title).await?;
        page.tab_to("#unblind-ask").await?;
        page.press(&[Key::Enter]).await?;
        let reason = page.css(REASON_FIELD).await?.prop("value").await?;
        ensure!(reason.as_deref() == Some(""), "her reason {reason:?} is there again");
        Ok(())
    })
    .await
}

/// At a provider the page is left: what comes back from the browser's memory must show nothing.
#[tokio::test]
async fn nothing_of_a_caseworkers_visit_comes_back_from_the_provider() -> Result<()> {
    let (server, _provider) = with_provider()?;
    let expected = [NO_ICON, "Failed to load resource"];
    scene_on(server, "shared_computer_fund", View::DESK, &expected, async |stage| {
        let page = &stage.page;
        let people = people(stage)?;
        let citizen = only_the_funds(&people)?;
        let (everyones, before) = of_everyone(page).await?;
        sign_in(page, "Karen Lindeskov").await?;
        heading(page, casework().list.title).await?;
        page.css("#caseload-search").await?.send_keys(&citizen.name).await?;
        counted(page, 1).await?;
        page.click("link", &citizen.name).await?;
        heading(page, danish().overview.title).await?;
        let mut hers = BTreeSet::from([citizen.name.clone(), "Lindeskov".to_owned()]);
        hers.retain(|text| !before.contains(text.as_str()));
        ensure!(hers.len() == 2, "everyone sees the names");
        page.click("button", danish().shell.sign_out).await?;
        at_provider(page, "Log ud").await?;
        page.click("button", "Log ud").await?;
        nothing(page, &hers, &everyones).await.context("signed out")?;
        let mut came_back = 0;
        let last = page.script("return history.length;", &[]).await?.as_u64().unwrap_or(1);
        for _ in 1..last {
            page.driver().back().await?;
            let at = page.driver().current_url().await?;
            if at.as_str().starts_with(&stage.server.address()) {
                page.ready().await?;
                nothing(page, &hers, &everyones).await.with_context(|| at.to_string())?;
                came_back += 1;
            }
        }
        ensure!(came_back >= 2, "the way back leads past her pages");
        page.open("/").await?;
        sign_in(page, "Henrik Aabro").await?;
        heading(page, casework().list.title).await?;
        let search = page.css("#caseload-search").await?.prop("value").await?;
        ensure!(search.as_deref() == Some(""), "the next one sees the search {search:?}");
        ensure!(!all(page).await?.contains(&citizen.name), "the next one sees her");
        Ok(())
    })
    .await
}
