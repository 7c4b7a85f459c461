//! The caseworker's list: searched, filtered, sorted, paged, and found again on the way back. What
//! it must hold is read from the registers that were imported.

use std::collections::BTreeSet;

use anyhow::{Context, Result, ensure};
use jobnet_e2e::{Crowd, Page, Stage, View, scene, scene_among, scene_expecting};
use serde_json::{Value, json};
use thirtyfour::Key;

use crate::citizen::{casework, come_in_as_staff, danish, heading};

/// Somebody of the register of citizens.
pub(crate) struct Person {
    pub(crate) cpr: String,
    pub(crate) name: String,
    pub(crate) fund: String,
    pub(crate) job_centre: String,
    registered_on: String,
    caseworker: String,
}

/// Everybody in the register of citizens.
pub(crate) fn people(stage: &Stage) -> Result<Vec<Person>> {
    let file = stage.server.register("citizens")?;
    let mut lines = file.lines();
    let names: Vec<&str> = lines.next().context("no header")?.split(',').collect();
    let mut found = Vec::new();
    for line in lines {
        let cells: Vec<&str> = line.split(',').collect();
        let cell = |name: &str| {
            let place = names.iter().position(|column| *column == name);
            place.and_then(|place| cells.get(place)).copied().unwrap_or_default().to_owned()
        };
        found.push(Person {
            cpr: cell("cpr"),
            name: format!("{} {}", cell("first_name"), cell("last_name")),
            fund: cell("fund"),
            job_centre: cell("job_centre"),
            registered_on: cell("registered_on"),
            caseworker: cell("caseworker"),
        });
    }
    Ok(found)
}

/// The random id of a citizen in the list shown.
pub(crate) async fn citizen_of(page: &Page, name: &str) -> Result<String> {
    let script = "return [...document.querySelectorAll('tr[data-citizen]')] \
         .find(row => row.querySelector('a').innerText.trim() === arguments[0])?.dataset.citizen;";
    let id = page.wait(&format!("{name} in the list"), script, &[json!(name)]).await?;
    Ok(id.as_str().unwrap_or_default().to_owned())
}

/// The names in the list, in its order, once nothing is on its way.
pub(crate) async fn names(page: &Page) -> Result<Vec<String>> {
    page.ready().await?;
    let script = "return [...document.querySelectorAll('tr[data-citizen] a')] \
         .map(link => link.innerText.trim());";
    let names = page.script(script, &[]).await?;
    let names = names.as_array().cloned().unwrap_or_default();
    Ok(names.iter().filter_map(Value::as_str).map(str::to_owned).collect())
}

/// When those in the list registered, as the register says, in the order of the list. Of a name that
/// two share it is not known.
pub(crate) async fn registered(page: &Page, people: &[&Person]) -> Result<Vec<String>> {
    let day = |name: &String| {
        let mut of_name = people.iter().filter(|person| person.name == *name);
        let day = of_name.next().filter(|_| of_name.next().is_none())?.registered_on.clone();
        Some(day).filter(|day| !day.is_empty())
    };
    Ok(names(page).await?.iter().filter_map(day).collect())
}

/// Waits until the list says how many there are, and nothing is on its way.
pub(crate) async fn counted(page: &Page, total: usize) -> Result<()> {
    let script = "return Number((document.querySelector('.caseload [role=status]')?.innerText ?? '') \
         .split(' ')[0].replaceAll('.', '')) === arguments[0];";
    page.wait(&format!("{total} citizens"), script, &[json!(total)]).await?;
    page.ready().await
}

async fn focused(page: &Page) -> Result<String> {
    let id = page.script("return document.activeElement?.id ?? '';", &[]).await?;
    Ok(id.as_str().unwrap_or_default().to_owned())
}

/// The address of the page.
pub(crate) async fn address(page: &Page) -> Result<String> {
    Ok(page.driver().current_url().await?.to_string())
}

#[tokio::test]
async fn the_list_is_searched_filtered_sorted_and_paged() -> Result<()> {
    scene_among(Crowd::Large, "caseload", View::DESK, &[], async |stage| {
        let page = &stage.page;
        let people = people(stage)?;
        let ours: Vec<_> = people.iter().filter(|p| p.fund == "Fagenes A-kasse").collect();
        come_in_as_staff(page, "caseworker").await?;
        counted(page, ours.len()).await?;
        ensure!(names(page).await?.len() == 50, "{} rows at first", names(page).await?.len());

        page.find("field", casework().list.page_size).await?.send_keys("100").await?;
        page.wait(
            "100 rows",
            "return document.querySelectorAll('tr[data-citizen]').length === 100;",
            &[],
        )
        .await?;
        let mut seen: Vec<String> = names(page).await?;
        let pages = ours.len().div_ceil(100);
        for number in 2..=pages {
            page.click("button", casework().list.next).await?;
            page.says(&format!("Side {number} af {pages}")).await?;
            let more = names(page).await?;
            ensure!(more.len() <= 100, "{} rows in the page", more.len());
            seen.extend(more);
        }
        let mut expected: Vec<_> = ours.iter().map(|p| p.name.clone()).collect();
        expected.sort();
        seen.sort();
        ensure!(seen == expected, "the pages hold others than the register");

        page.find("field", casework().list.search).await?.send_keys("vinterl").await?;
        counted(page, 1).await?;
        ensure!(names(page).await? == ["Asta Vinterlund"], "{:?}", names(page).await?);
        ensure!(!address(page).await?.contains("vinterl"), "the address says whom she looks for");
        let kept = page
            .script("return JSON.stringify([{...localStorage}, {...sessionStorage}]);", &[])
            .await?;
        ensure!(!kept.to_string().contains("vinterl"), "the browser keeps the search: {kept}");
        page.find("field", casework().list.search).await?.clear().await?;
        page.css("#caseload-search").await?.send_keys("x").await?;
        page.press(&[Key::Backspace]).await?;
        counted(page, ours.len()).await?;

        page.click("button", casework().list.mine).await?;
        let mine = ours.iter().filter(|p| p.caseworker == "Karen Lindeskov").count();
        counted(page, mine).await?;
        page.click("button", casework().list.mine).await?;
        counted(page, ours.len()).await?;

        page.click("button", casework().list.new).await?;
        // Within 28 days before the day of the server.
        let new: BTreeSet<_> = ours
            .iter()
            .filter(|p| *p.registered_on >= *"2026-10-25")
            .map(|p| p.name.clone())
            .collect();
        counted(page, new.len()).await?;
        let shown: BTreeSet<_> = names(page).await?.into_iter().collect();
        ensure!(shown == new, "new are {new:?}, shown {shown:?}");
        page.click("button", casework().list.new).await?;
        counted(page, ours.len()).await?;

        for (order, column) in [("ascending", 2), ("descending", 2)] {
            page.click("button", casework().list.registered).await?;
            page.css(&format!("th[aria-sort={order}]")).await?;
            page.ready().await?;
            let days = registered(page, &ours).await?;
            let mut sorted = days.clone();
            sorted.sort();
            if order == "descending" {
                sorted.reverse();
            }
            ensure!(days.len() > 20 && days == sorted, "column {column} {order}: {days:?}");
        }
        page.stood_still().await
    })
    .await
}

#[tokio::test]
async fn a_job_centre_sees_its_own_and_nobody_else() -> Result<()> {
    scene("caseload_job_centre", View::PHONE, async |stage| {
        let page = &stage.page;
        let people = people(stage)?;
        let ours: BTreeSet<_> = people
            .iter()
            .filter(|p| p.job_centre == "Jobcenter Aarhus")
            .map(|p| p.name.clone())
            .collect();
        come_in_as_staff(page, "caseworker-job-centre").await?;
        counted(page, ours.len()).await?;
        let shown: BTreeSet<_> = names(page).await?.into_iter().collect();
        ensure!(shown == ours, "{shown:?}");
        page.fits().await?;
        page.find("field", casework().list.search).await?.send_keys("ingen ved det").await?;
        page.says(casework().list.none).await?;
        page.click("button", casework().list.reset).await?;
        counted(page, ours.len()).await
    })
    .await
}

#[tokio::test]
async fn the_keyboard_leads_to_a_citizen_and_back_to_the_same_place() -> Result<()> {
    scene_among(Crowd::Large, "caseload_keyboard", View::DESK, &[], async |stage| {
        let page = &stage.page;
        come_in_as_staff(page, "caseworker").await?;
        page.tab_to("#caseload-search").await?;
        page.css("#caseload-search").await?.send_keys("sen").await?;
        let narrowed = "return document.querySelector('[aria-busy=true]') === null \
             && document.querySelector('.caseload [role=status]').innerText !== arguments[0];";
        let before = page
            .script("return document.querySelector('.caseload [role=status]').innerText;", &[])
            .await?;
        page.wait("fewer citizens", narrowed, &[before]).await?;
        let first = names(page).await?;
        ensure!(first.len() > 10, "{} citizens are called so", first.len());
        page.tab_to("tr[data-citizen]:nth-child(8) a").await?;
        let place = focused(page).await?;
        for back_by_link in [true, false] {
            page.press(&[Key::Enter]).await?;
            heading(page, danish().overview.title).await?;
            let heard = "return document.activeElement?.tagName === 'H1';";
            page.wait("the focus on the heading of the page that has come", heard, &[]).await?;
            ensure!(address(page).await?.ends_with(&place), "{}", address(page).await?);
            if back_by_link {
                page.tab_to(".visit-back").await?;
                page.press(&[Key::Enter]).await?;
            } else {
                page.driver().back().await?;
            }
            heading(page, casework().list.title).await?;
            let there = "return document.activeElement?.id === arguments[0];";
            page.wait("the focus on the same citizen", there, &[json!(place)]).await?;
            ensure!(names(page).await? == first, "the list is another");
            let text = "return document.querySelector('#caseload-search').value;";
            ensure!(page.script(text, &[]).await? == "sen", "the search is gone");
            let seen = "const box = document.activeElement.getBoundingClientRect(); \
                 return box.top >= 0 && box.bottom <= innerHeight;";
            ensure!(page.script(seen, &[]).await? == true, "the place is out of sight");
        }
        Ok(())
    })
    .await
}

#[tokio::test]
async fn a_list_that_does_not_come_stays_and_can_be_asked_for_again() -> Result<()> {
    let expected = ["Failed to load resource"];
    scene_expecting("caseload_offline", View::PHONE, &expected, async |stage| {
        let page = &stage.page;
        come_in_as_staff(page, "caseworker").await?;
        let before = names(page).await?;
        let block = async |urls: &[&str]| {
            page.browser().cdp("Network.setBlockedURLs", json!({"urls": urls})).await
        };
        page.browser().cdp("Network.enable", json!({})).await?;
        block(&["*caseload/search*"]).await?;
        page.click("button", casework().list.mine).await?;
        page.says(casework().list.failed).await?;
        ensure!(names(page).await? == before, "the list has gone");
        jobnet_e2e::axe::check(page).await?;
        page.open("/").await?;
        heading(page, danish().shell.offline_title).await?;
        block(&[]).await?;
        page.click("button", danish().shell.retry).await?;
        heading(page, casework().list.title).await?;
        ensure!(names(page).await? == before, "another list");
        Ok(())
    })
    .await
}
