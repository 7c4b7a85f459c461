//! A page that is still loading, and what can go wrong around one: no network, no server, no such
//! page. Each is said in words, nothing is lost, and there is a way on.

use anyhow::{Context, Result, ensure};
use jobnet_api::paths;
use jobnet_e2e::{Stage, View, chart, scene, scene_expecting};
use jobnet_web::i18n::Language;
use jobnet_web::routes::Page;
use serde_json::json;

use crate::citizen::{CITIZENS, choose, come_in, danish, heading};

#[tokio::test]
async fn while_the_answer_is_on_its_way_bones_stand_where_it_will() -> Result<()> {
    // The browser says so if the answer that the document asks for is long not used.
    scene_expecting("loading", View::PHONE, &["preload"], async |stage| {
        let page = &stage.page;
        come_in(page, "citizen-full-time").await?;
        page.open(Page::Hours.path()).await?;
        chart::drawn(page).await?;
        let hold = "const fetched = window.fetch; \
             window.fetch = async (asked, ...rest) => { \
               if ((asked.url ?? asked).toString().endsWith('BOOT')) { \
                 await new Promise(done => { window.letIn = done; }); } \
               return fetched(asked, ...rest); };";
        let hold = json!({"source": hold.replace("BOOT", paths::BOOT)});
        page.browser().cdp("Page.addScriptToEvaluateOnNewDocument", hold).await?;
        page.driver().refresh().await?;
        // The app is there and has asked; nothing has been answered.
        let waits = "return document.body?.hasAttribute('data-app-ready') \
             && typeof window.letIn === 'function';";
        page.wait("the app to wait for its answer", waits, &[]).await?;
        let bones = "const box = e => e.getBoundingClientRect(); \
             const seen = [...document.querySelectorAll('main [aria-busy=true] .bone')] \
               .filter(e => e.checkVisibility() && box(e).width > 50 && box(e).height > 20); \
             return [seen.length, seen.at(-1)?.className, \
               document.querySelector('main [role=status]')?.textContent, \
               document.querySelectorAll('[data-figure], canvas, main h1').length];";
        let seen = page.script(bones, &[]).await?;
        let wanted = json!([6, "bone bone-chart", danish().shell.loading, 0]);
        ensure!(seen == wanted, "while it loads there is {seen} and not {wanted}");
        page.fits().await?;
        page.script("window.letIn();", &[]).await?;
        heading(page, Language::Danish.account().page.title).await?;
        chart::drawn(page).await?;
        let left = "return document.querySelector('.bone') === null;";
        ensure!(page.script(left, &[]).await? == true, "bones are left");
        page.stood_still().await
    })
    .await
}

/// Two frames and what the browser has to tell of them.
const PAINTED: &str = "return new Promise(done => requestAnimationFrame(() => \
     requestAnimationFrame(() => setTimeout(done, 50))));";

#[tokio::test]
async fn the_first_picture_stands_as_it_will_before_the_second_style_sheet_has_come() -> Result<()>
{
    const TABLET: View = View { width: 800, ..View::PHONE };
    // The browser says so if a file that the document asks for is long not used.
    scene_expecting("late_style", View::PHONE, &["preload"], async |stage| {
        let page = &stage.page;
        let hold = json!({"source": "const append = HTMLHeadElement.prototype.append; \
             HTMLHeadElement.prototype.append = function(...nodes) { \
               const add = () => append.apply(this, nodes); \
               if (!nodes[0].href?.includes('/later-')) return add(); \
               window.letIn = () => { delete window.letIn; add(); }; };"});
        page.browser().cdp("Page.addScriptToEvaluateOnNewDocument", hold).await?;
        let let_in = "window.letIn?.();";
        for persona in CITIZENS {
            page.browser().cdp("Network.clearBrowserCookies", json!({})).await?;
            waits_for_style(stage, "/", "main").await?;
            page.script(let_in, &[]).await?;
            choose(page, persona).await?;
            heading(page, danish().overview.title).await?;
            for (view, path) in [
                (View::PHONE, "/"),
                (View::PHONE, Page::Hours.path()),
                (TABLET, "/"),
                (TABLET, Page::Hours.path()),
                (View::DESK, "/"),
                (View::DESK, Page::Hours.path()),
            ] {
                let place = || format!("{persona}, {path}, {} px", view.width);
                page.show_as(view).await?;
                waits_for_style(stage, path, "main h1").await.with_context(place)?;
                page.fits().await.with_context(place)?;
                // Only what the sheet moves is meant: a font may have come before it.
                page.script("window.__witness.shifts.length = 0;", &[]).await?;
                page.script(let_in, &[]).await?;
                page.ready().await?;
                // What moves is told after it is painted.
                page.script(PAINTED, &[]).await?;
                page.stood_still().await.with_context(place)?;
                page.fits().await.with_context(place)?;
            }
            page.show_as(View::PHONE).await?;
        }
        Ok(())
    })
    .await
}

/// Opens a page and waits until this much of it is drawn without its second style sheet, which waits to be let in.
async fn waits_for_style(stage: &Stage, path: &str, shown: &str) -> Result<()> {
    let page = &stage.page;
    page.driver().goto(format!("{}{path}", stage.server.address())).await?;
    let waits = "return document.querySelector(arguments[0]) !== null \
         && document.fonts.status === 'loaded' && typeof window.letIn === 'function';";
    page.wait("the second style sheet to be asked for", waits, &[json!(shown)]).await?;
    page.script(PAINTED, &[]).await.map(drop)
}

#[tokio::test]
async fn without_a_first_answer_there_is_a_way_to_try_again() -> Result<()> {
    scene_expecting("no_answer", View::PHONE, &["Failed to load resource"], async |stage| {
        let page = &stage.page;
        page.browser().cdp("Network.enable", json!({})).await?;
        let block = json!({"urls": [format!("*{}*", paths::BOOT)]});
        page.browser().cdp("Network.setBlockedURLs", block).await?;
        page.open("/").await?;
        heading(page, danish().shell.offline_title).await?;
        jobnet_e2e::axe::check(page).await?;
        page.browser().cdp("Network.setBlockedURLs", json!({"urls": []})).await?;
        page.click("button", danish().shell.retry).await?;
        heading(page, danish().landing.title).await
    })
    .await
}

#[tokio::test]
async fn a_second_file_that_does_not_come_can_be_asked_for_again() -> Result<()> {
    let expected = ["Failed to load resource", "wasm", "Failed to fetch"];
    scene_expecting("no_second_file", View::PHONE, &expected, async |stage| {
        let page = &stage.page;
        let block = async |urls: &[&str]| {
            page.browser().cdp("Network.setBlockedURLs", json!({"urls": urls})).await
        };
        page.browser().cdp("Network.enable", json!({})).await?;
        block(&["*jobnet-english*", "*jobnet-seldom*"]).await?;
        page.open(Page::Privacy.path()).await?;
        heading(page, danish().shell.offline_title).await?;
        jobnet_e2e::axe::check(page).await?;
        page.click("button", Language::English.name()).await?;
        page.says(danish().shell.offline_text).await?;
        heading(page, danish().shell.offline_title).await?;
        block(&[]).await?;
        page.click("button", danish().shell.retry).await?;
        heading(page, Language::Danish.prose().privacy.title).await?;
        page.click("button", Language::English.name()).await?;
        heading(page, Language::English.prose().privacy.title).await
    })
    .await
}

#[tokio::test]
async fn a_part_of_a_page_that_does_not_come_leaves_the_page_one_main_heading() -> Result<()> {
    let expected = ["Failed to load resource", "wasm", "Failed to fetch"];
    scene_expecting("no_part", View::DESK, &expected, async |stage| {
        let page = &stage.page;
        let block = async |urls: &[&str]| {
            page.browser().cdp("Network.setBlockedURLs", json!({"urls": urls})).await
        };
        let headings =
            "return [...document.querySelectorAll('main h1')].map(h => h.innerText.trim());";
        page.browser().cdp("Network.enable", json!({})).await?;
        // Her account on social assistance is a part of its own; what others share with it comes.
        block(&["*jobnet-some-*_0_bg.wasm"]).await?;
        come_in(page, "citizen-social-assistance").await?;
        page.says(danish().shell.offline_title).await?;
        let shown = page.script(headings, &[]).await?;
        ensure!(shown == json!([danish().overview.title]), "{shown}");
        jobnet_e2e::axe::check(page).await?;
        block(&[]).await?;
        page.click("button", danish().shell.retry).await?;
        page.css("[data-part=social-assistance]").await.map(drop)
    })
    .await
}

#[tokio::test]
async fn a_server_that_is_away_can_be_asked_again() -> Result<()> {
    scene_expecting("server_away", View::DESK, &["Failed to load resource"], async |stage| {
        stage.page.open("/").await?;
        stage.server.stop()?;
        choose(&stage.page, "citizen-new").await?;
        stage.page.says(danish().shell.offline_text).await?;
        stage.server.resume()?;
        choose(&stage.page, "citizen-new").await?;
        heading(&stage.page, danish().overview.title).await
    })
    .await
}

#[tokio::test]
async fn without_network_the_page_stays_and_says_so() -> Result<()> {
    scene("offline", View::PHONE, async |stage| {
        let page = &stage.page;
        come_in(page, "citizen-part-time").await?;
        let network = async |offline: bool| {
            let conditions = json!({"offline": offline, "latency": 0,
                "downloadThroughput": -1, "uploadThroughput": -1});
            page.browser().cdp("Network.emulateNetworkConditions", conditions).await
        };
        page.browser().cdp("Network.enable", json!({})).await?;
        let before = page.script("return document.querySelector('main').innerText;", &[]).await?;
        network(true).await?;
        page.says(danish().shell.offline_notice).await?;
        let after = page.script("return document.querySelector('main').innerText;", &[]).await?;
        let (before, after) = (before.as_str(), after.as_str());
        let kept = before.zip(after).is_some_and(|(before, after)| after.contains(before));
        ensure!(kept, "the page has changed:\n{before:?}\n{after:?}");
        network(false).await?;
        let gone = "return !document.body.innerText.includes(arguments[0]);";
        let notice = json!(danish().shell.offline_notice);
        page.wait("the notice to go", gone, &[notice]).await.map(drop)
    })
    .await
}

#[tokio::test]
async fn an_unknown_address_says_so_and_leads_home() -> Result<()> {
    scene_expecting("not_found", View::PHONE, &["404"], async |stage| {
        let page = &stage.page;
        page.open("/findes-ikke").await?;
        heading(page, danish().shell.not_found).await?;
        page.click("link", danish().shell.not_found_home).await?;
        heading(page, danish().landing.title).await
    })
    .await
}
