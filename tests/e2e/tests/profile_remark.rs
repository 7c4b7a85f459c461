//! Her remark on her profile: written, taken back, met by another one, over a lost connection and with
//! an ended session. What she has typed is never lost, and nothing of another place is overwritten
//! unasked.

use anyhow::{Context, Result, ensure};
use jobnet_api::paths;
use jobnet_e2e::{Page, View, axe, scene_expecting};
use jobnet_web::i18n::Language;
use serde_json::json;

use crate::citizen::{come_in, heading};
use crate::profile::{fill_in, mine, send, texts};
use crate::profile_states::asks_before_leaving;

const REMARK: &str = "Jeg begynder på et kursus i næste uge";
/// What she writes somewhere else.
const OTHER: &str = "Skrevet på telefonen";

/// With a profile, and the remark typed, but not stored.
async fn typed(page: &Page) -> Result<()> {
    come_in(page, "citizen-full-time").await?;
    fill_in(page).await?;
    send(page).await?;
    page.find("field", texts().rights.remark).await?.send_keys(REMARK).await.map_err(Into::into)
}

async fn save(page: &Page, then: &str) -> Result<()> {
    page.click("button", texts().rights.save).await?;
    page.css(&format!("[data-part=contest] [data-saving={then}]")).await.map(drop)
}

/// What stands in the field.
async fn field(page: &Page) -> Result<String> {
    let field = page.find("field", texts().rights.remark).await?;
    Ok(field.prop("value").await?.unwrap_or_default())
}

/// What stands beside her profile, and what is stored; empty: nothing.
async fn beside(page: &Page) -> Result<[String; 2]> {
    let shown = "return document.querySelector('[data-part=remark] blockquote')?.innerText ?? '';";
    let shown = page.script(shown, &[]).await?.as_str().unwrap_or_default().to_owned();
    let stored = mine(page).await?.remark.map(|remark| remark.text).unwrap_or_default();
    Ok([shown, stored])
}

#[tokio::test]
async fn a_remark_is_taken_back_and_another_one_is_not_overwritten_unasked() -> Result<()> {
    scene_expecting("profile_remark", View::DESK, &["409"], async |stage| {
        let page = &stage.page;
        typed(page).await?;
        ensure!(asks_before_leaving(page).await?, "what she typed is not stored");
        save(page, "saved").await?;
        ensure!(beside(page).await? == [REMARK; 2], "{:?}", beside(page).await?);
        ensure!(!asks_before_leaving(page).await?, "everything is stored");

        page.click("button", texts().rights.take_back).await?;
        let gone = "return document.querySelector('[data-part=remark]') === null \
             && document.querySelector('[data-way=take-back]') === null;";
        page.wait("the remark to go", gone, &[]).await?;
        ensure!(beside(page).await? == ["", ""], "{:?}", beside(page).await?);
        ensure!(field(page).await?.is_empty(), "the field has {}", field(page).await?);
        page.click("button", texts().rights.save).await?;
        page.says(texts().rights.empty).await?;
        let there = "return document.activeElement?.id === 'remark';";
        page.wait("the focus on the field", there, &[]).await?;

        let elsewhere = "const [path, text, done] = arguments; fetch(path, {method: 'PUT', \
             headers: {'content-type': 'application/json'}, \
             body: JSON.stringify({text, seen: ''})}).then(r => done(r.status));";
        let arguments = vec![json!(paths::MY_PROFILE_REMARK), json!(OTHER)];
        page.driver().execute_async(elsewhere, arguments).await?;
        page.find("field", texts().rights.remark).await?.send_keys(REMARK).await?;
        save(page, "changed").await?;
        page.says(texts().rights.changed).await?;
        ensure!(beside(page).await? == [OTHER; 2], "{:?}", beside(page).await?);
        ensure!(field(page).await? == REMARK, "what she typed is now {}", field(page).await?);
        page.fits().await?;
        axe::check(page).await?;
        save(page, "saved").await?;
        ensure!(beside(page).await? == [REMARK; 2], "{:?}", beside(page).await?);
        Ok(())
    })
    .await
}

#[tokio::test]
async fn a_remark_over_a_lost_connection_waits_for_her() -> Result<()> {
    let expected = ["Failed to load resource"];
    scene_expecting("profile_remark_lost", View::PHONE, &expected, async |stage| {
        typed(&stage.page).await?;
        stage.server.stop()?;
        save(&stage.page, "failed").await?;
        stage.page.says(texts().rights.failed).await?;
        axe::check(&stage.page).await?;
        ensure!(asks_before_leaving(&stage.page).await?, "she may close it without a word");
        stage.server.resume()?;
        let page = &stage.page;
        ensure!(field(page).await? == REMARK, "what she typed is now {}", field(page).await?);
        save(page, "saved").await?;
        ensure!(beside(page).await? == [REMARK; 2], "{:?}", beside(page).await?);
        Ok(())
    })
    .await
}

#[tokio::test]
async fn a_remark_waits_for_her_to_sign_in_again() -> Result<()> {
    scene_expecting("profile_remark_session", View::DESK, &["401"], async |stage| {
        let page = &stage.page;
        typed(page).await?;
        page.browser().cdp("Network.clearBrowserCookies", json!({})).await?;
        page.click("button", texts().rights.save).await?;
        let session = Language::Danish.prose().session;
        page.says(session.ended).await?;
        let all = page.script("return document.documentElement.outerHTML;", &[]).await?;
        ensure!(!all.to_string().contains(REMARK), "her words are still there");
        page.click("button", session.again).await?;
        heading(page, texts().start.title).await?;
        page.css("[data-part=contest]").await?;
        let kept = field(page).await.context("the field")?;
        ensure!(kept == REMARK, "what she typed is now {kept}");
        ensure!(beside(page).await? == ["", ""], "stored without being asked to");
        save(page, "saved").await?;
        ensure!(beside(page).await? == [REMARK; 2], "{:?}", beside(page).await?);
        Ok(())
    })
    .await
}
