//! At 320 px (WCAG 1.4.10) and on paper: “Mine data” and the pages of caseworkers; and an answer that
//! comes when its page has been left.

use anyhow::{Result, ensure};
use jobnet_api::paths;
use jobnet_e2e::{View, scene, scene_expecting};
use jobnet_web::routes;
use serde_json::json;

use crate::caseload::citizen_of;
use crate::citizen::{casework, come_in, come_in_as_staff, heading};

pub(crate) const NARROW: View = View { width: 320, ..View::PHONE };

#[tokio::test]
async fn mine_data_and_the_pages_of_caseworkers_fit_320_pixels() -> Result<()> {
    scene("narrow", NARROW, async |stage| {
        let page = &stage.page;
        come_in_as_staff(page, "caseworker").await?;
        page.fits().await?;
        let id = citizen_of(page, "Asta Vinterlund").await?;
        for route in [
            routes::Page::GuestAccess.path().to_owned(),
            routes::Page::Citizen.about(&id),
            routes::Page::CitizenHours.about(&id),
            routes::Page::CitizenProfile.about(&id),
            routes::Page::CitizenRights.about(&id),
            routes::Page::CitizenTalk.about(&id),
        ] {
            page.open(&route).await?;
            page.css("h1").await?;
            page.ready().await?;
            page.stood_still().await?;
            page.fits().await?;
        }
        page.open(&routes::Page::Citizen.about(&id)).await?;
        page.click("button", casework().visit.unblind).await?;
        page.says(casework().visit.unblind_recorded).await?;
        page.fits().await?;
        // Asta has been looked at by now.
        come_in(page, "citizen-full-time").await?;
        page.open(routes::Page::MyData.path()).await?;
        page.css(".looks li").await?;
        page.ready().await?;
        page.fits().await
    })
    .await
}

#[tokio::test]
async fn mine_data_on_paper_has_the_looks_and_no_controls() -> Result<()> {
    scene("paper_of_my_data", View::DESK, async |stage| {
        let page = &stage.page;
        come_in_as_staff(page, "caseworker").await?;
        let id = citizen_of(page, "Asta Vinterlund").await?;
        page.open(&routes::Page::Citizen.about(&id)).await?;
        page.css("h1").await?;
        page.ready().await?;
        come_in(page, "citizen-full-time").await?;
        page.open(routes::Page::MyData.path()).await?;
        page.css(".looks li").await?;
        let media = json!({"media": "print"});
        page.browser().cdp("Emulation.setEmulatedMedia", media).await?;
        let shown = "return [...document.querySelectorAll('button, input, select')] \
             .filter(e => e.checkVisibility()).map(e => e.outerHTML.slice(0, 120));";
        let controls = page.script(shown, &[]).await?;
        ensure!(controls == json!([]), "controls on paper: {controls:#}");
        let looks = "return document.querySelectorAll('.looks li').length > 0 \
             && document.querySelector('.looks li').checkVisibility();";
        ensure!(page.script(looks, &[]).await? == true, "the looks are not printed");
        // The table of a chart is, too, though nobody has opened it.
        let table = "const table = document.querySelector('figure.chart .disclosure table'); \
             return [table?.closest('details').open, table?.checkVisibility(), \
               table?.getBoundingClientRect().height > 20];";
        let table = page.script(table, &[]).await?;
        ensure!(table == json!([false, true, true]), "open, seen, high: {table}");
        Ok(())
    })
    .await
}

#[tokio::test]
async fn a_guest_answer_that_comes_late_changes_nothing_on_the_next_page() -> Result<()> {
    scene_expecting("late_guest", View::DESK, &["404", "422"], async |stage| {
        let page = &stage.page;
        let (texts, list) = (casework().guest, casework().list);
        come_in_as_staff(page, "caseworker").await?;
        page.open(routes::Page::GuestAccess.path()).await?;
        heading(page, texts.title).await?;
        let slow = "const fetched = window.fetch; window.__late = 0; \
             window.fetch = async (asked, ...rest) => { \
               const answer = await fetched(asked, ...rest); \
               if ((asked.url ?? asked).toString().endsWith(arguments[0])) { \
                 await new Promise(done => setTimeout(done, 1500)); window.__late += 1; } \
               return answer; };";
        let slow = slow.replace("arguments[0]", &format!("'{}'", paths::GUEST_ACCESS));
        page.script(&slow, &[]).await?;
        page.find("field", texts.cpr).await?.send_keys("0101010101").await?;
        page.find("field", texts.reason).await?.send_keys("Hun ringede").await?;
        page.click("button", texts.send).await?;
        // As by a link: the app stays, and with it the request.
        let link = "document.querySelector(`a[href=\"${arguments[0]}\"]`).click();";
        page.script(link, &[json!(routes::Page::Caseload.path())]).await?;
        heading(page, list.title).await?;
        page.wait("the late answer", "return window.__late === 1;", &[]).await?;
        page.stood_still().await?;
        heading(page, list.title).await?;
        ensure!(!page.text().await?.contains(texts.failed), "it is told on another page");
        Ok(())
    })
    .await
}
