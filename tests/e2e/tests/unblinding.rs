//! “Vis som borgeren ser det”: by the keyboard, with a reason, in the citizen's own arm; and what she,
//! the researcher and a citizen in no trial are told of it.

use anyhow::{Result, ensure};
use jobnet_e2e::{Page, View, axe, scene_expecting, scene_on};
use jobnet_web::i18n::Language;
use jobnet_web::routes;
use serde_json::{Value, json};
use thirtyfour::Key;

use crate::arms::{rows, with_trial};
use crate::caseload::citizen_of;
use crate::citizen::{casework, come_in, come_in_as_staff, danish, heading};
use crate::session::{self, CLOSED, OPEN};

const REASON: &str = "Hun ringede og så noget andet";
/// Which pages it is about.
const COVERS: &str = "Du ser kun overblikket og timer og ydelse sådan.";

/// What stands on the page, and nothing of what the caseworker has typed.
async fn presentation(page: &Page) -> Result<Value> {
    let script = "return document.querySelector('[data-presentation]')?.dataset.presentation;";
    page.script(script, &[]).await
}

/// Opens the dialog, gives the reason and sends it, all by keys.
async fn ask(page: &Page) -> Result<()> {
    page.tab_to("#unblind-ask").await?;
    page.press(&[Key::Enter]).await?;
    page.css("dialog[open] #unblind-reason").await?;
    page.tab_to("#unblind-reason").await?;
    page.css("#unblind-reason").await?.send_keys(REASON).await?;
    page.tab_to("dialog[open] button[type=submit]").await?;
    page.press(&[Key::Enter]).await?;
    let there = "return document.activeElement?.id === 'unblinded';";
    page.wait("the focus on what is told", there, &[]).await?;
    page.ready().await
}

#[tokio::test]
async fn a_caseworker_sees_the_citizens_arm_with_a_reason_and_goes_back() -> Result<()> {
    let server = with_trial(Some("counters"))?;
    scene_on(server, "unblinding", View::PHONE, &[], async |stage| {
        let page = &stage.page;
        let texts = casework().visit;
        come_in(page, "citizen-full-time").await?;
        come_in_as_staff(page, "caseworker").await?;
        let id = citizen_of(page, "Asta Vinterlund").await?;
        page.open(&routes::Page::Citizen.about(&id)).await?;
        heading(page, danish().overview.title).await?;
        ensure!(presentation(page).await? == "tidslinje", "she is not blind at first");

        // Without a reason nothing is asked; Esc gives the focus back.
        page.tab_to("#unblind-ask").await?;
        page.press(&[Key::Enter]).await?;
        page.says(texts.unblind_recorded).await?;
        page.says(COVERS).await?;
        axe::check(page).await?;
        page.fits().await?;
        page.click("button", texts.unblind_go).await?;
        page.css("#unblind-reason-error").await?;
        let there = "return document.activeElement?.id === 'unblind-reason';";
        page.wait("the focus on the reason", there, &[]).await?;
        axe::check(page).await?;
        page.press(&[Key::Escape]).await?;
        let back = "return document.activeElement?.id === 'unblind-ask';";
        page.wait("the focus back on the button", back, &[]).await?;

        ask(page).await?;
        page.says(texts.unblinded_keep).await?;
        let told = page.css("#unblinded").await?.text().await?;
        ensure!(told.contains(COVERS), "what it covers is not said: {told}");
        page.css("[data-presentation=taellere] .goals").await?;
        axe::check(page).await?;
        page.fits().await?;
        page.click("link", texts.hours).await?;
        heading(page, Language::Danish.account().page.title).await?;
        page.css("[data-presentation=taellere] .goals").await?;
        page.says(texts.unblinded_keep).await?;
        // On the pages it does not cover nobody asks.
        page.click("link", texts.rights).await?;
        page.css("[data-part=rights]").await?;
        ensure!(!page.text().await?.contains(COVERS), "it is said where it is not so");
        page.click("link", texts.hours).await?;
        page.css("[data-presentation=taellere] .goals").await?;
        // She still changes nothing, and is asked nothing.
        let changing =
            "return document.querySelectorAll('[data-part=report], .understanding').length;";
        ensure!(page.script(changing, &[]).await? == 0, "there is something to change");
        let kept = "return JSON.stringify([{...localStorage}, {...sessionStorage}]);";
        ensure!(!page.script(kept, &[]).await?.to_string().contains(REASON), "the reason is kept");
        page.click("button", texts.blind_again).await?;
        page.css("[data-presentation=tidslinje]").await?;
        let back = "return document.activeElement?.id === 'unblind-ask';";
        page.wait("the focus on the button", back, &[]).await?;

        // She reads that it happened and why; nothing was noted as shown to her.
        come_in(page, "citizen-full-time").await?;
        page.open(routes::Page::MyData.path()).await?;
        page.says(Language::Danish.prose().my_data.unblinding).await?;
        page.says(REASON).await?;
        axe::check(page).await?;
        page.fits().await?;
        ensure!(rows(page, "trial_exposures").await?.is_empty(), "noted as hers");
        Ok(())
    })
    .await
}

#[tokio::test]
async fn a_citizen_in_no_trial_is_recorded_just_the_same() -> Result<()> {
    let server = with_trial(Some("words"))?;
    scene_on(server, "unblinding_none", View::DARK, &[], async |stage| {
        let page = &stage.page;
        let texts = casework().visit;
        come_in_as_staff(page, "caseworker").await?;
        let id = citizen_of(page, "Asta Vinterlund").await?;
        page.open(&routes::Page::CitizenHours.about(&id)).await?;
        heading(page, Language::Danish.account().page.title).await?;
        ask(page).await?;
        page.says(texts.unblinded_none).await?;
        page.css("[data-presentation=tidslinje]").await?;
        axe::check(page).await?;
        come_in(page, "citizen-full-time").await?;
        ensure!(rows(page, "unblindings").await?.len() == 1, "it is not written down");
        Ok(())
    })
    .await
}

#[tokio::test]
async fn a_reason_that_was_typed_survives_the_end_of_the_session() -> Result<()> {
    scene_expecting("unblinding_over", View::DESK, &["401"], async |stage| {
        let page = &stage.page;
        come_in_as_staff(page, "caseworker").await?;
        let id = citizen_of(page, "Asta Vinterlund").await?;
        page.open(&routes::Page::Citizen.about(&id)).await?;
        heading(page, danish().overview.title).await?;
        page.tab_to("#unblind-ask").await?;
        page.press(&[Key::Enter]).await?;
        page.css("dialog[open] #unblind-reason").await?.send_keys(REASON).await?;
        page.browser().cdp("Network.clearBrowserCookies", json!({})).await?;
        page.script("document.dispatchEvent(new Event('visibilitychange'));", &[]).await?;
        page.wait("the end", OPEN, &[json!(session::texts().ended)]).await?;
        page.says(session::texts().ended_kept).await?;
        let all = "return document.documentElement.outerHTML + \
             [...document.querySelectorAll('textarea')].map(e => e.value).join();";
        let all = page.script(all, &[]).await?.to_string();
        ensure!(!all.contains(REASON), "the reason is still on the screen");
        page.click("button", session::texts().again).await?;
        heading(page, danish().overview.title).await?;
        page.wait("the dialog to close", CLOSED, &[]).await?;
        let typed = page.css("#unblind-reason").await?.prop("value").await?;
        ensure!(typed.as_deref() == Some(REASON), "what was typed is now {typed:?}");
        Ok(())
    })
    .await
}
