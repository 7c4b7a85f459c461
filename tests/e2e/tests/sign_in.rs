//! Signing in at a real provider in a real browser, every way it can fail, and signing out there.

use anyhow::{Context, Result, ensure};
use jobnet_api::boot::SignInProblem;
use jobnet_api::paths;
use jobnet_e2e::provider::Provider;
use jobnet_e2e::server::{Crowd, Server};
use jobnet_e2e::{Page, View, axe, scene, scene_on};
use jobnet_web::i18n::Language;
use jobnet_web::i18n::prose::SignInTexts;
use jobnet_web::routes;
use serde_json::json;

use crate::citizen::{danish, heading};
use crate::report::{NOTE, fill, texts as report};

/// The provider's question.
pub(crate) const WHO: &str = "Hvem er du?";

/// The provider has none, and the browser complains.
pub(crate) const NO_ICON: &str = "favicon.ico";

pub(crate) fn texts() -> &'static SignInTexts {
    Language::Danish.prose().sign_in
}

const fn problems() -> [SignInProblem; 6] {
    [
        SignInProblem::Refused,
        SignInProblem::Level,
        SignInProblem::Expired,
        SignInProblem::Provider,
        SignInProblem::NoAccess,
        SignInProblem::Link,
    ]
}

/// A server without demo identities, and the provider it signs in at.
pub(crate) fn with_provider() -> Result<(Server, Provider)> {
    let mut server = Server::stopped(Crowd::Small)?;
    server.without_demo();
    let provider = Provider::beside(&mut server)?;
    server.resume()?;
    Ok((server, provider))
}

/// Waits for a page of the provider.
pub(crate) async fn at_provider(page: &Page, title: &str) -> Result<()> {
    let there = "return document.querySelector('h1')?.innerText === arguments[0];";
    page.wait(&format!("the provider's “{title}”"), there, &[json!(title)]).await.map(drop)
}

pub(crate) async fn choose(page: &Page, name: &str) -> Result<()> {
    at_provider(page, WHO).await?;
    page.click("button", name).await
}

pub(crate) async fn sign_in(page: &Page, name: &str) -> Result<()> {
    page.click("link", danish().landing.way_in).await?;
    choose(page, name).await
}

#[tokio::test]
async fn each_problem_says_what_happened_that_nothing_is_lost_and_what_to_do() -> Result<()> {
    scene("sign_in_problems", View::PHONE, async |stage| {
        let page = &stage.page;
        for problem in problems() {
            let route = format!("{}?problem={}", routes::Page::SignIn.path(), problem.key());
            page.open(&route).await?;
            let shown = page.css(&format!("[data-problem={}]", problem.key())).await?;
            let text = shown.text().await?;
            ensure!(text.contains("Intet er gået tabt."), "{} says “{text}”", problem.key());
            axe::check(page).await?;
            page.stood_still().await?;
        }
        page.open(&format!("{}?problem=sesame", routes::Page::SignIn.path())).await?;
        let none = "return document.querySelector('[data-problem]') === null;";
        page.wait("no problem", none, &[]).await.map(drop)
    })
    .await
}

#[tokio::test]
async fn she_signs_in_at_the_provider_comes_back_to_her_page_and_signs_out_there() -> Result<()> {
    let (server, provider) = with_provider()?;
    scene_on(server, "provider", View::PHONE, &[NO_ICON], async |stage| {
        let page = &stage.page;
        page.open(routes::Page::SignIn.path()).await?;
        heading(page, texts().title).await?;
        ensure!(!page.text().await?.contains(danish().landing.citizens), "demo identities");
        axe::check(page).await?;
        page.open(routes::Page::Hours.path()).await?;
        heading(page, danish().landing.title).await?;
        axe::check(page).await?;
        let before = stage.server.log().len();
        sign_in(page, "Asta Vinterlund").await?;
        heading(page, Language::Danish.account().page.title).await?;
        let log = stage.server.log();
        let asked = |path: &str| log[before..].matches(path).count();
        // Once to the provider and once back; then the page itself.
        ensure!((asked("/auth/login"), asked("/auth/callback")) == (1, 1), "asked more: {log}");
        let here = page.driver().current_url().await?;
        ensure!(here.path() == routes::Page::Hours.path() && here.query().is_none(), "{here}");
        let me = page.api(paths::ME).await?;
        ensure!(me["name"] == "Asta Vinterlund" && me["persona"].is_null(), "signed in as {me}");
        page.click("button", danish().shell.menu).await?;
        page.click("dialog[open] button", danish().shell.sign_out).await?;
        at_provider(page, "Log ud").await?;
        let there = page.driver().current_url().await?;
        ensure!(there.as_str().starts_with(provider.issuer()), "she is at {there}");
        page.click("button", "Log ud").await?;
        heading(page, danish().landing.title).await?;
        ensure!(page.api(paths::BOOT).await?["me"].is_null(), "still signed in");
        // The provider has forgotten her, too: it asks again.
        page.click("link", danish().landing.way_in).await?;
        at_provider(page, WHO).await
    })
    .await
}

#[tokio::test]
async fn every_way_to_fail_at_the_provider_leads_back_with_a_reason() -> Result<()> {
    let (server, mut provider) = with_provider()?;
    scene_on(server, "provider_fails", View::DESK, &[NO_ICON], async |stage| {
        let page = &stage.page;
        let ways = [
            ("Afbryd", texts().refused),
            ("Viggo Svag", texts().level),
            ("Otto Butik", texts().no_access),
        ];
        for (button, said) in ways {
            page.browser().cdp("Network.clearBrowserCookies", json!({})).await?;
            page.open("/").await?;
            sign_in(page, button).await?;
            heading(page, texts().title).await?;
            page.says(said).await?;
            ensure!(page.api(paths::BOOT).await?["me"].is_null(), "{button} is signed in");
        }
        page.browser().cdp("Network.clearBrowserCookies", json!({})).await?;
        page.open("/").await?;
        sign_in(page, "Nora Uden").await?;
        heading(page, texts().unknown).await?;
        axe::check(page).await?;
        provider.stop();
        // What the provider said of itself is forgotten with the server.
        stage.server.stop()?;
        stage.server.resume()?;
        page.browser().cdp("Network.clearBrowserCookies", json!({})).await?;
        page.open("/").await?;
        page.click("link", danish().landing.way_in).await?;
        heading(page, texts().title).await?;
        page.says(texts().provider).await
    })
    .await
}

/// With something typed, the session ends; she goes to sign in in a tab of its own.
async fn end_and_go(page: &Page) -> Result<()> {
    page.open("/").await?;
    sign_in(page, "Asta Vinterlund").await?;
    heading(page, danish().overview.title).await?;
    fill(page).await?;
    page.browser().cdp("Network.clearBrowserCookies", json!({})).await?;
    page.click("button", report().send).await?;
    let ended = "return document.querySelector('dialog[open]')?.getAttribute('aria-label') \
         === arguments[0];";
    page.wait("the end", ended, &[json!(crate::session::texts().ended)]).await?;
    let way_in = page.css("dialog[open] a[href^='/auth/login']").await?;
    way_in.click().await?;
    let handles = page.driver().windows().await?;
    let tab = handles.last().context("no new tab")?;
    page.driver().switch_to_window(tab.clone()).await?;
    Ok(())
}

#[tokio::test]
async fn what_she_typed_survives_the_way_to_the_provider_and_nobody_else_sees_it() -> Result<()> {
    for (name, kept) in [("Asta Vinterlund", NOTE), ("Birgit Holmegaard", "")] {
        let (server, _provider) = with_provider()?;
        scene_on(server, "provider_draft", View::DESK, &["401", NO_ICON], async |stage| {
            let page = &stage.page;
            let first = page.driver().window().await?;
            end_and_go(page).await?;
            choose(page, name).await?;
            heading(page, texts().there).await?;
            axe::check(page).await?;
            page.driver().close_window().await?;
            page.driver().switch_to_window(first).await?;
            page.script("document.dispatchEvent(new Event('visibilitychange'));", &[]).await?;
            heading(page, Language::Danish.account().page.title).await?;
            let note = page.find("field", report().note).await?.prop("value").await?;
            ensure!(note.as_deref() == Some(kept), "{name} sees {note:?}");
            Ok(())
        })
        .await?;
    }
    Ok(())
}
