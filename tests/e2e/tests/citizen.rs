//! What every journey of a citizen begins with.

use anyhow::{Result, ensure};
use jobnet_api::paths;
use jobnet_e2e::Page;
use jobnet_web::i18n::casework_messages::CaseworkMessages;
use jobnet_web::i18n::{Language, Messages};
use serde_json::json;

/// The demo citizens: each tells one story.
pub(crate) const CITIZENS: [&str; 6] = [
    "citizen-full-time",
    "citizen-part-time",
    "citizen-graduate",
    "citizen-social-assistance",
    "citizen-sick-listed",
    "citizen-new",
];

/// The four presentations, as in the address.
pub(crate) const PRESENTATIONS: [&str; 4] = ["tidslinje", "ord", "taellere", "hvad-nu-hvis"];

/// The Danish texts, which the page shows first.
pub(crate) fn danish() -> &'static Messages {
    Language::Danish.messages()
}

/// Comes in as one of the demo identities, from the front page; whoever was signed in is not any
/// more.
pub(crate) async fn come_in(page: &Page, persona: &str) -> Result<()> {
    page.browser().cdp("Network.clearBrowserCookies", json!({})).await?;
    page.open("/").await?;
    choose(page, persona).await?;
    heading(page, danish().overview.title).await
}

/// Comes in as somebody who works with the system.
pub(crate) async fn come_in_as_staff(page: &Page, persona: &str) -> Result<()> {
    page.browser().cdp("Network.clearBrowserCookies", json!({})).await?;
    page.open("/").await?;
    choose(page, persona).await?;
    let is_caseworker = persona.starts_with("caseworker");
    let first = match persona {
        "researcher" => Language::Danish.research().list.title,
        _ if is_caseworker => casework().list.title,
        _ => danish().staff.title,
    };
    heading(page, first).await
}

/// The Danish texts of the pages of caseworkers.
pub(crate) fn casework() -> CaseworkMessages {
    Language::Danish.casework()
}

/// Chooses a demo identity of the list on the page.
pub(crate) async fn choose(page: &Page, persona: &str) -> Result<()> {
    let button = page.css(&format!("main [data-persona=\"{persona}\"]")).await?;
    button.scroll_into_view().await?;
    button.click().await?;
    Ok(())
}

/// Waits until she is signed out: the ways in are made anew once the server has said so.
pub(crate) async fn is_out(page: &Page) -> Result<()> {
    heading(page, danish().landing.title).await?;
    ensure!(page.api(paths::BOOT).await?["me"].is_null(), "still signed in");
    heading(page, danish().landing.title).await
}

/// Waits until the page has this main heading and has drawn its parts.
pub(crate) async fn heading(page: &Page, text: &str) -> Result<()> {
    let there = "return document.querySelector('h1')?.innerText.trim() === arguments[0];";
    page.wait(&format!("the heading “{text}”"), there, &[json!(text)]).await?;
    page.ready().await
}
