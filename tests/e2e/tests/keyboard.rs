//! Whole journeys of those who work with the system, by keyboard alone, on a phone and on a desk, and
//! accessible at every stop.

use anyhow::{Context, Result, ensure};
use jobnet_e2e::{Crowd, Page, View, axe, scene, scene_among};
use jobnet_web::routes;
use serde_json::{Value, json};
use thirtyfour::Key;

use crate::caseload::{address, counted, names, people, registered};
use crate::citizen::{casework, danish, heading};
use crate::trials::{draft, research};

/// Goes to something by the Tab key and presses Enter on it.
pub(crate) async fn enter(page: &Page, selector: &str) -> Result<()> {
    page.tab_to(selector).await?;
    let seen = "const e = document.activeElement, box = e.getBoundingClientRect(); \
         return e.matches(':focus-visible') && box.bottom > 0 && box.top < innerHeight;";
    page.wait(&format!("`{selector}` to be seen"), seen, &[]).await?;
    page.press(&[Key::Enter]).await
}

/// The page that has come: it can be used, and it fits.
pub(crate) async fn stop(page: &Page, title: &str) -> Result<()> {
    heading(page, title).await?;
    page.fits().await.with_context(|| title.to_owned())?;
    axe::check(page).await.with_context(|| title.to_owned())
}

/// From the front page, with nobody signed in.
pub(crate) async fn come_in(page: &Page, persona: &str) -> Result<()> {
    page.browser().cdp("Network.clearBrowserCookies", json!({})).await?;
    page.open("/").await?;
    stop(page, danish().landing.title).await?;
    enter(page, &format!("main [data-persona=\"{persona}\"]")).await
}

/// In the list, by a filter to a citizen, to the page for the talk and back to her place in the list.
async fn caseworker(name: &str, view: View, persona: &str) -> Result<()> {
    scene(name, view, async |stage| {
        let page = &stage.page;
        come_in(page, persona).await?;
        stop(page, casework().list.title).await?;
        let count = "return document.querySelectorAll('tr[data-citizen]').length;";
        let all = page.script(count, &[]).await?;
        let filter = ".caseload-filters button:nth-child(4)";
        enter(page, filter).await?;
        let narrowed = "return document.querySelector('.caseload [aria-busy=true]') === null \
             && document.querySelector('.caseload').getAttribute('aria-busy') === null \
             && document.querySelector(arguments[0]).getAttribute('aria-pressed') === 'true' \
             && document.querySelectorAll('tr[data-citizen]').length < arguments[1];";
        page.wait("fewer citizens", narrowed, &[json!(filter), all.clone()]).await?;
        let left = page.script(count, &[]).await?;
        ensure!(left.as_u64() > Some(0), "of {all} citizens none is left");
        axe::check(page).await.context("filtered")?;
        page.tab_to("tr[data-citizen] a").await?;
        let id = page.script("return document.activeElement.id;", &[]).await?;
        let id = id.as_str().context("no citizen")?.to_owned();
        page.press(&[Key::Enter]).await?;
        stop(page, danish().overview.title).await?;
        enter(page, ".visit-parts li:last-child a").await?;
        let there = routes::Page::CitizenTalk.about(&id);
        let at = "return location.pathname === arguments[0] \
             && document.activeElement?.tagName === 'H1';";
        page.wait("the page for the talk", at, &[json!(there)]).await?;
        page.ready().await?;
        page.fits().await?;
        axe::check(page).await.context("talk")?;
        enter(page, ".visit-back").await?;
        stop(page, casework().list.title).await?;
        let same = "return document.activeElement?.id === arguments[0];";
        page.wait("the focus on the same citizen", same, &[json!(id)]).await?;
        ensure!(page.script(count, &[]).await? == left, "the filter is gone");
        Ok(())
    })
    .await
}

/// Waits until the focus is on something, by its selector.
async fn focus_on(page: &Page, selector: &str) -> Result<()> {
    let there = "return document.activeElement?.matches(arguments[0]) ?? false;";
    page.wait(&format!("the focus on `{selector}`"), there, &[json!(selector)]).await.map(drop)
}

/// A long list: who registered last comes first, to the next page and back, and somebody by her name.
async fn long_list(name: &str, view: View) -> Result<()> {
    scene_among(Crowd::Large, name, view, &[], async |stage| {
        let page = &stage.page;
        let people = people(stage)?;
        let ours: Vec<_> = people.iter().filter(|p| p.fund == "Fagenes A-kasse").collect();
        let texts = casework().list;
        come_in(page, "caseworker").await?;
        counted(page, ours.len()).await?;
        stop(page, texts.title).await?;

        if view.width < 600 {
            // There are no columns to sort by.
            page.tab_to("#caseload-sort").await?;
            page.driver().active_element().await?.send_keys(texts.registered).await?;
            enter(page, ".caseload-order .toggle").await?;
            page.css(".caseload-order .toggle[aria-pressed=true]").await?;
            page.ready().await?;
            focus_on(page, ".caseload-order .toggle").await?;
        } else {
            let column = "thead th:nth-child(3)";
            for order in ["ascending", "descending"] {
                enter(page, &format!("{column} button")).await?;
                page.css(&format!("{column}[aria-sort={order}]")).await?;
                page.ready().await?;
                focus_on(page, &format!("{column} button")).await?;
            }
        }
        let mut days = registered(page, &ours).await?;
        ensure!(days.len() > 20, "of few it is known when they registered: {days:?}");
        let first = names(page).await?;

        let pages = ours.len().div_ceil(first.len());
        enter(page, ".caseload-paging > button:last-of-type").await?;
        page.says(&format!("Side 2 af {pages}")).await?;
        days.extend(registered(page, &ours).await?);
        let mut sorted = days.clone();
        sorted.sort_by(|one, other| other.cmp(one));
        ensure!(days == sorted, "not from the last to the first: {days:?}");
        focus_on(page, "h1").await?;
        enter(page, ".caseload-paging > button:first-of-type").await?;
        page.says(&format!("Side 1 af {pages}")).await?;
        ensure!(names(page).await? == first, "back on another page");
        page.fits().await?;

        page.tab_to("#caseload-search").await?;
        page.driver().active_element().await?.send_keys("vinterl").await?;
        counted(page, 1).await?;
        ensure!(names(page).await? == ["Asta Vinterlund"], "{:?}", names(page).await?);
        focus_on(page, "#caseload-search").await?;
        page.fits().await?;
        axe::check(page).await.context("found")?;
        page.press(&vec![Key::Backspace; 7]).await?;
        counted(page, ours.len()).await
    })
    .await
}

/// To a trial in the list, to its variants, and one of them in the dark.
async fn researcher(name: &str, view: View) -> Result<()> {
    scene(name, view, async |stage| {
        let page = &stage.page;
        draft(page).await?;
        come_in(page, "researcher").await?;
        stop(page, research().list.title).await?;
        enter(page, "table.trials a").await?;
        stop(page, "Visning af kontoen").await?;
        enter(page, ".ways a[href$=\"del=varianter\"]").await?;
        page.says(research().variants.lead).await?;
        let frames = "const pages = [...document.querySelectorAll('.variants iframe')] \
               .map(frame => frame.contentDocument); \
             return pages.length === 4 && pages.every(page => \
               page?.querySelector('[data-presentation]') \
               && getComputedStyle(page.documentElement).colorScheme.includes(arguments[0]));";
        page.wait("four variants", frames, &[json!("light")]).await?;
        page.ready().await?;
        page.fits().await?;
        axe::check(page).await.context("variants")?;
        enter(page, ".variant-tools .toggle:nth-child(2)").await?;
        page.wait("four dark variants", frames, &[json!("dark")]).await?;
        enter(page, ".variants a[target=_blank]").await?;
        let opened: Value = json!(page.driver().windows().await?.len());
        ensure!(opened == json!(2), "a variant opens beside: {opened} windows");
        ensure!(address(page).await?.ends_with("del=varianter"), "{}", address(page).await?);
        Ok(())
    })
    .await
}

#[tokio::test]
async fn a_funds_caseworker_on_a_phone() -> Result<()> {
    caseworker("keys_fund_phone", View::PHONE, "caseworker").await
}

#[tokio::test]
async fn a_funds_caseworker_on_a_desk() -> Result<()> {
    caseworker("keys_fund_desk", View::DESK, "caseworker").await
}

#[tokio::test]
async fn a_job_centres_caseworker_on_a_phone() -> Result<()> {
    caseworker("keys_centre_phone", View::PHONE, "caseworker-job-centre").await
}

#[tokio::test]
async fn a_job_centres_caseworker_on_a_desk() -> Result<()> {
    caseworker("keys_centre_desk", View::DESK, "caseworker-job-centre").await
}

#[tokio::test]
async fn a_long_list_on_a_phone() -> Result<()> {
    long_list("keys_list_phone", View::PHONE).await
}

#[tokio::test]
async fn a_long_list_on_a_desk() -> Result<()> {
    long_list("keys_list_desk", View::DESK).await
}

#[tokio::test]
async fn a_researcher_on_a_phone() -> Result<()> {
    researcher("keys_researcher_phone", View::PHONE).await
}

#[tokio::test]
async fn a_researcher_on_a_desk() -> Result<()> {
    researcher("keys_researcher_desk", View::DESK).await
}
