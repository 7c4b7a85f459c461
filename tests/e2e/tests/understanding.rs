//! Five questions about her own account: asked in a trial, answered by keyboard or skipped, right as
//! the rules say, and not asked again; and what she has chosen when her session ends.

use anyhow::{Context, Result, ensure};
use jobnet_e2e::figures::truth;
use jobnet_e2e::{Page, View, axe, scene_on};
use jobnet_web::i18n::trial_messages::UnderstandingTexts;
use jobnet_web::i18n::{Language, fill};
use jobnet_web::routes;
use serde_json::{Value, json};
use thirtyfour::Key;

use crate::arms::{rows, with_trial};
use crate::citizen::{come_in, danish, heading, is_out};
use crate::session::{self, CLOSED, OPEN};

fn texts() -> &'static UnderstandingTexts {
    Language::Danish.understanding()
}

/// Chooses an answer by keyboard.
async fn choose(page: &Page, question: usize, answer: &str) -> Result<()> {
    let focus = "const [question, answer] = arguments; \
         const labels = document.querySelectorAll(`[data-question='${question}'] label`); \
         [...labels].find(l => l.innerText.trim() === answer)?.querySelector('input').focus();";
    page.script(focus, &[json!(question), json!(answer)]).await?;
    page.press(&[Key::Space]).await
}

async fn is_not_asked(page: &Page) -> Result<()> {
    page.open(routes::Page::Home.path()).await?;
    let answered = "return performance.getEntriesByType('resource') \
         .some(e => e.name.endsWith('/me/understanding') && e.responseEnd > 0);";
    page.wait("the server to say what is asked", answered, &[]).await?;
    let there = "return document.querySelector('[data-part=understanding]') !== null;";
    ensure!(page.script(there, &[]).await? == json!(false), "she is asked again");
    Ok(())
}

#[tokio::test]
async fn she_answers_by_keyboard_and_is_told_what_is_right() -> Result<()> {
    scene_on(with_trial(None)?, "understanding", View::PHONE, &[], async |stage| {
        let page = &stage.page;
        come_in(page, "citizen-full-time").await?;
        page.css("[data-part=understanding]").await?;
        page.stood_still().await?;
        axe::check(page).await?;
        page.tab_to("[data-part=understanding] .button-primary").await?;
        page.press(&[Key::Enter]).await?;
        let begun = "return document.activeElement?.dataset.question === '0';";
        page.wait("the focus on the first question", begun, &[]).await?;
        page.fits().await?;
        axe::check(page).await?;
        page.click("button", texts().send).await?;
        page.says(texts().incomplete).await?;
        let karens = truth(page).await?["karens"]["state"].clone();
        let karens = match karens.as_str().context("a state")? {
            "avoided" => texts().avoided,
            "applies" => texts().applies,
            "open" => texts().open,
            _ => texts().unknown,
        };
        for question in 0..5 {
            let answer = if question == 3 { karens } else { texts().dont_know };
            choose(page, question, answer).await?;
        }
        page.click("button", texts().send).await?;
        page.says(&fill(texts().result, &[("count", "1"), ("all", "5")])).await?;
        let on_result = "return document.activeElement?.id === 'understanding-next';";
        page.wait("the focus on the result", on_result, &[]).await?;
        page.fits().await?;
        axe::check(page).await?;
        let rows = rows(page, "understanding_answers").await?;
        let right: Vec<_> = rows.iter().filter(|row| row["is_right"] == "true").collect();
        ensure!(rows.len() == 5 && right.len() == 1, "{rows:?}");
        ensure!(right[0]["question"] == "karens", "{right:?}");
        is_not_asked(page).await
    })
    .await
}

#[tokio::test]
async fn she_skips_and_is_not_asked_again() -> Result<()> {
    scene_on(with_trial(None)?, "understanding_skipped", View::DESK, &[], async |stage| {
        let page = &stage.page;
        come_in(page, "citizen-part-time").await?;
        page.click("button", texts().skip).await?;
        page.says(texts().skipped).await?;
        let rows = rows(page, "understanding_checks").await?;
        ensure!(rows.len() == 1 && rows[0]["is_skipped"] == "true", "{rows:?}");
        is_not_asked(page).await
    })
    .await
}

/// What is chosen, each with the number of its question.
async fn chosen(page: &Page) -> Result<Value> {
    let chosen = "return [...document.querySelectorAll('[data-question] input:checked')].map(input => \
         [input.closest('fieldset').dataset.question, input.closest('label').innerText.trim()]);";
    page.script(chosen, &[]).await
}

#[tokio::test]
async fn what_she_has_chosen_survives_the_end_of_her_session() -> Result<()> {
    let server = with_trial(None)?;
    scene_on(server, "understanding_over", View::DESK, &["401"], async |stage| {
        let page = &stage.page;
        come_in(page, "citizen-full-time").await?;
        page.click("button", texts().begin).await?;
        page.css("[data-question='4']").await?;
        for question in [1, 3] {
            choose(page, question, texts().dont_know).await?;
        }
        let hers = json!([["1", texts().dont_know], ["3", texts().dont_know]]);
        ensure!(chosen(page).await? == hers, "they are not chosen");
        page.browser().cdp("Network.clearBrowserCookies", json!({})).await?;
        page.script("document.dispatchEvent(new Event('visibilitychange'));", &[]).await?;
        page.wait("the end", OPEN, &[json!(session::texts().ended)]).await?;
        page.says(session::texts().ended_kept).await?;
        ensure!(chosen(page).await? == json!([]), "what she has chosen is still on the screen");
        page.click("button", session::texts().again).await?;
        heading(page, danish().overview.title).await?;
        page.wait("the dialog to close", CLOSED, &[]).await?;
        page.css("[data-question='4']").await?;
        let kept = chosen(page).await?;
        ensure!(kept == hers, "now {kept} is chosen");

        page.click("button", danish().shell.sign_out).await?;
        is_out(page).await?;
        page.css("main [data-persona=citizen-full-time]").await?.click().await?;
        heading(page, danish().overview.title).await?;
        page.click("button", texts().begin).await?;
        page.css("[data-question='4']").await?;
        let still = chosen(page).await?;
        ensure!(still == json!([]), "after signing out {still} is chosen");
        Ok(())
    })
    .await
}
