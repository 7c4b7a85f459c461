//! “Her mangler timer”: what a citizen says is missing is stored, receipted and shown as her
//! remark; nothing she typed is lost on the way.

use anyhow::{Context, Result, ensure};
use jobnet_api::paths;
use jobnet_e2e::figures::truth;
use jobnet_e2e::{Page, View, scene, scene_expecting};
use jobnet_web::i18n::Language;
use jobnet_web::i18n::account_parts::ReportTexts;
use jobnet_web::routes;
use serde_json::json;

use crate::citizen::{come_in, heading};

pub(crate) const NOTE: &str = "Jeg var på arbejde i to uger";

pub(crate) fn texts() -> &'static ReportTexts {
    Language::Danish.report()
}

/// Comes in, goes to the form and fills it in, but does not send it.
pub(crate) async fn fill_in(page: &Page) -> Result<()> {
    come_in(page, "citizen-full-time").await?;
    fill(page).await
}

/// Goes to the form and fills it in.
pub(crate) async fn fill(page: &Page) -> Result<()> {
    page.open(routes::Page::Hours.path()).await?;
    heading(page, Language::Danish.account().page.title).await?;
    let choose = "const s = document.getElementById(arguments[0]); \
         s.value = [...s.options].map(o => o.value).find(v => v !== ''); \
         s.dispatchEvent(new Event('change', {bubbles: true})); return s.value;";
    let select = page.find("select", texts().month).await?;
    let id = select.id().await?.context("the list of months has no id")?;
    let month = page.script(choose, &[json!(id)]).await?;
    ensure!(month.as_str().is_some_and(|month| month.len() == 7), "no month to choose: {month}");
    page.find("field", texts().hours).await?.send_keys("37,5").await?;
    page.find("field", texts().note).await?.send_keys(NOTE).await?;
    Ok(())
}

#[tokio::test]
async fn a_report_gets_a_receipt_that_survives_a_reload_and_changes_no_figure() -> Result<()> {
    scene("report", View::PHONE, async |stage| {
        let page = &stage.page;
        fill_in(page).await?;
        let before = truth(page).await?;
        page.click("button", texts().send).await?;
        let receipt = page.css("[data-receipt]").await?;
        let number = receipt.attr("data-receipt").await?.context("a receipt without a number")?;
        let stored = page.api(paths::MY_ACCOUNT).await?["reports"].clone();
        let mine = stored.as_array().into_iter().flatten().find(|row| row["id"] == *number);
        let mine = mine.with_context(|| format!("{number} is not stored: {stored}"))?;
        ensure!(mine["note"] == NOTE && mine["worked_hours"] == 37.5, "stored as {mine}");
        let recipient = mine["recipient"].as_str().unwrap_or("nobody").to_owned();
        let said = receipt.text().await?;
        ensure!(said.contains(&number) && said.contains(&recipient), "the receipt says {said}");
        page.reload().await?;
        let remark = page.css(&format!("[data-remark=\"{number}\"]")).await?.text().await?;
        ensure!(remark.contains(NOTE) && remark.contains(&recipient), "the remark says {remark}");
        ensure!(truth(page).await? == before, "a remark has changed a figure");
        Ok(())
    })
    .await
}

#[tokio::test]
async fn an_empty_form_says_what_is_missing_and_leads_there() -> Result<()> {
    scene("report_errors", View::DESK, async |stage| {
        let page = &stage.page;
        come_in(page, "citizen-full-time").await?;
        page.open(routes::Page::Hours.path()).await?;
        heading(page, Language::Danish.account().page.title).await?;
        page.click("button", texts().send).await?;
        let on_summary = "return document.activeElement?.matches('[role=alert]');";
        page.wait("the focus on the summary of errors", on_summary, &[]).await?;
        let invalid = "return document.querySelectorAll('[aria-invalid=true]').length;";
        ensure!(page.script(invalid, &[]).await?.as_u64() >= Some(1), "no field is marked");
        let link = page.css("[role=alert] a").await?;
        link.click().await?;
        let led = "return document.activeElement?.getAttribute('aria-invalid') === 'true';";
        page.wait("the focus on the field", led, &[]).await?;
        Ok(())
    })
    .await
}

#[tokio::test]
async fn a_lost_connection_loses_nothing_and_sends_once() -> Result<()> {
    let expected = ["Failed to load resource"];
    scene_expecting("report_lost", View::PHONE, &expected, async |stage| {
        fill_in(&stage.page).await?;
        stage.server.stop()?;
        stage.page.click("button", texts().send).await?;
        stage.page.says(texts().failed).await?;
        stage.server.resume()?;
        stage.page.click("button", texts().send).await?;
        stage.page.css("[data-receipt]").await?;
        let reports = stage.page.api(paths::MY_ACCOUNT).await?["reports"].clone();
        let mine = reports.as_array().into_iter().flatten().filter(|row| row["note"] == NOTE);
        ensure!(mine.count() == 1, "stored as {reports}");
        Ok(())
    })
    .await
}

#[tokio::test]
async fn an_ended_session_asks_her_back_and_keeps_what_she_typed() -> Result<()> {
    scene_expecting("session_ended", View::DESK, &["401"], async |stage| {
        let page = &stage.page;
        fill_in(page).await?;
        page.browser().cdp("Network.clearBrowserCookies", json!({})).await?;
        page.click("button", texts().send).await?;
        let texts_of_session = Language::Danish.prose().session;
        page.says(texts_of_session.ended).await?;
        page.click("button", texts_of_session.again).await?;
        let closed = "return document.querySelector('dialog[open]') === null;";
        page.wait("the dialog to close", closed, &[]).await?;
        let note = page.find("field", texts().note).await?.prop("value").await?;
        ensure!(note.as_deref() == Some(NOTE), "what was typed is now {note:?}");
        page.click("button", texts().send).await?;
        page.css("[data-receipt]").await.map(drop)
    })
    .await
}
