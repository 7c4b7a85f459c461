//! Signed out: what this is, that everyone is made up, and the ways in; and the language.

use anyhow::{Result, ensure};
use jobnet_api::paths;
use jobnet_e2e::{View, scene};
use jobnet_web::i18n::Language;
use jobnet_web::routes;
use serde_json::{Value, json};

use crate::citizen::{CITIZENS, choose, come_in, danish, heading};

#[tokio::test]
async fn signed_out_says_what_this_is_and_offers_every_demo_identity() -> Result<()> {
    scene("signed_out", View::PHONE, async |stage| {
        let page = &stage.page;
        page.open("/").await?;
        let (shell, landing) = (danish().shell, danish().landing);
        for words in [shell.demo, landing.title, landing.lead, landing.choose] {
            page.says(words).await?;
        }
        let personas = page.api(paths::PERSONAS).await?;
        let personas = personas.as_array().cloned().unwrap_or_default();
        ensure!(personas.len() >= CITIZENS.len(), "only {} ways in", personas.len());
        for persona in &personas {
            let key = persona["key"].as_str().unwrap_or_default();
            let button = page.css(&format!("main [data-persona=\"{key}\"]")).await?;
            let text = button.text().await?;
            let name = persona["name"].as_str().unwrap_or("no name");
            let story = text.replace(name, "").trim().to_owned();
            ensure!(text.contains(name) && story.len() > 20, "{key} is offered as “{text}”");
        }
        page.fits().await?;
        page.stood_still().await
    })
    .await
}

#[tokio::test]
async fn one_click_in_one_click_to_another_and_out_again() -> Result<()> {
    scene("in_and_out", View::DESK, async |stage| {
        let page = &stage.page;
        come_in(page, CITIZENS[0]).await?;
        let me = page.api(paths::ME).await?;
        ensure!(me["persona"] == CITIZENS[0], "signed in as {me}");
        page.says(me["name"].as_str().unwrap_or("no name")).await?;
        page.click("button", danish().shell.switch_person).await?;
        let other = page.css(&format!("dialog[open] [data-persona=\"{}\"]", CITIZENS[1])).await?;
        other.click().await?;
        let name = persona_name(&page.api(paths::PERSONAS).await?, CITIZENS[1]);
        let shown = "return document.querySelector('dialog[open]') === null \
             && document.querySelector('header').innerText.includes(arguments[0]);";
        page.wait("the other person's name", shown, &[json!(name)]).await?;
        ensure!(page.api(paths::ME).await?["persona"] == CITIZENS[1], "not switched");
        page.click("button", danish().shell.sign_out).await?;
        heading(page, danish().landing.title).await?;
        ensure!(page.api(paths::BOOT).await?["me"].is_null(), "still signed in");
        Ok(())
    })
    .await
}

fn persona_name(personas: &Value, key: &str) -> String {
    let persona = personas.as_array().into_iter().flatten().find(|row| row["key"] == key);
    persona.and_then(|row| row["name"].as_str()).unwrap_or("no name").to_owned()
}

#[tokio::test]
async fn an_address_from_a_letter_leads_to_its_page_after_sign_in() -> Result<()> {
    scene("deep_link", View::PHONE, async |stage| {
        let page = &stage.page;
        page.open(routes::Page::Hours.path()).await?;
        page.says(danish().landing.choose).await?;
        choose(page, CITIZENS[0]).await?;
        heading(page, Language::Danish.account().page.title).await?;
        page.reload().await?;
        heading(page, Language::Danish.account().page.title).await
    })
    .await
}

#[tokio::test]
async fn the_language_changes_everything_and_is_all_that_is_remembered() -> Result<()> {
    scene("language", View::DESK, async |stage| {
        let page = &stage.page;
        come_in(page, CITIZENS[0]).await?;
        let english = Language::English.messages();
        page.click("button", Language::English.name()).await?;
        heading(page, english.overview.title).await?;
        let language = page.script("return document.documentElement.lang;", &[]).await?;
        ensure!(language == "en", "the document says {language}");
        page.reload().await?;
        heading(page, english.overview.title).await?;
        let text = page.text().await?;
        for danish in [danish().shell.sign_out, danish().overview.deadline] {
            ensure!(!text.contains(danish), "“{danish}” is still there in English");
        }
        let kept = "return [Object.entries(localStorage), Object.entries(sessionStorage), \
             document.cookie];";
        let kept = page.script(kept, &[]).await?;
        let key = jobnet_web::platform::document::LANGUAGE_KEY;
        ensure!(kept == json!([[[key, "en"]], [], ""]), "the browser keeps {kept}");
        Ok(())
    })
    .await
}

#[tokio::test]
async fn every_number_of_law_is_one_click_away_with_its_source() -> Result<()> {
    scene("law", View::DESK, async |stage| {
        let page = &stage.page;
        page.open(routes::Page::Rules.path()).await?;
        heading(page, Language::Danish.prose().rules.title).await?;
        let link = page.css("main a[download]").await?.attr("href").await?;
        ensure!(link.as_deref() == Some("/law.csv"), "the link leads to {link:?}");
        let (status, rows) = page.fetch("/law.csv").await?;
        ensure!(status == 200, "/law.csv answered {status}");
        ensure!(rows == include_str!("../../../crates/rules/data/law.csv"), "not the rows of law");
        Ok(())
    })
    .await
}
