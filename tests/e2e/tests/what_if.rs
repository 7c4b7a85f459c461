//! “What if”: the answer moves with the slider, and it is the one the rules give.

use anyhow::{Context, Result, ensure};
use jobnet_api::paths;
use jobnet_api::rules::case::Case;
use jobnet_api::rules::simulate::{Plan, simulate};
use jobnet_e2e::figures::{compare, shown, split};
use jobnet_e2e::{Page, View, chart, scene};
use jobnet_web::i18n::Language;
use jobnet_web::routes;
use serde_json::{Value, json};
use thirtyfour::Key;

use crate::citizen::{come_in, heading};

/// The answer of the rules to so many hours a week, with what the page sets at first: half a
/// year from the first of next month.
async fn expected(page: &Page, weekly_hours: f64) -> Result<Value> {
    let case: Case = serde_json::from_value(page.api(paths::MY_ACCOUNT).await?["case"].clone())?;
    let plan = json!({"from": "2026-12-01", "weekly_hours": weekly_hours, "weeks": 26});
    let plan: Plan = serde_json::from_value(plan)?;
    let simulation = simulate(&case, &plan).ok().context("the rules refuse the plan")?;
    Ok(serde_json::to_value(simulation)?)
}

/// Waits until the page shows the figures of this plan, and compares them all.
async fn shows(page: &Page, truth: &Value) -> Result<()> {
    let begun = std::time::Instant::now();
    loop {
        let (_, plan) = split(shown(page).await?);
        ensure!(!plan.is_empty(), "the page shows no figure of the plan");
        match compare(&plan, truth) {
            Ok(_) => return Ok(()),
            Err(error) if begun.elapsed().as_secs() >= 5 => return Err(error),
            Err(_) => tokio::time::sleep(std::time::Duration::from_millis(25)).await,
        }
    }
}

#[tokio::test]
async fn the_answer_moves_with_the_slider_and_is_the_one_of_the_rules() -> Result<()> {
    scene("what_if", View::PHONE, async |stage| {
        let page = &stage.page;
        come_in(page, "citizen-full-time").await?;
        page.open(&format!("{}?visning=hvad-nu-hvis", routes::Page::Hours.path())).await?;
        heading(page, Language::Danish.account().page.title).await?;
        chart::drawn(page).await?;
        let before = expected(page, 0.0).await?;
        shows(page, &before).await?;
        page.tab_to("[data-slider=hours]").await?;
        // Twenty steps of half an hour.
        page.press(&vec![Key::Right; 20]).await?;
        let field = page.css("#what-if-hours").await?;
        let typed = field.prop("value").await?;
        ensure!(typed.as_deref() == Some("10"), "the field says {typed:?} beside the slider");
        let with_work = expected(page, 10.0).await?;
        ensure!(before["outcome"] != with_work["outcome"], "ten hours a week change nothing");
        shows(page, &with_work).await?;
        field.clear().await?;
        field.send_keys("20,5").await?;
        shows(page, &expected(page, 20.5).await?).await?;
        let slider = page.css("[data-slider=hours]").await?.prop("value").await?;
        ensure!(slider.as_deref() == Some("20.5"), "the slider stands at {slider:?}");
        chart::are_sharp(page).await?;
        let kept = page.script("return [localStorage.length, location.search];", &[]).await?;
        ensure!(kept == json!([0, "?visning=hvad-nu-hvis"]), "a plan is kept: {kept}");
        Ok(())
    })
    .await
}

#[tokio::test]
async fn a_slider_dragged_quickly_ends_with_the_figures_of_its_last_position() -> Result<()> {
    scene("what_if_drag", View::DESK, async |stage| {
        let page = &stage.page;
        come_in(page, "citizen-full-time").await?;
        page.open(&format!("{}?visning=hvad-nu-hvis", routes::Page::Hours.path())).await?;
        chart::drawn(page).await?;
        // Many positions between two frames, then a few more before the next.
        let drag = "const slider = document.querySelector('[data-slider=hours]'); \
             const to = hours => { slider.value = hours; \
               slider.dispatchEvent(new Event('input', {bubbles: true})); }; \
             return new Promise(done => { \
               let left = 30; \
               const some = () => { for (let n = 0; n < 7; n += 1) to(String(left + n / 2)); \
                 left -= 5; \
                 if (left > 0) setTimeout(some); else { to('12.5'); done(true); } }; \
               some(); });";
        page.script(drag, &[]).await?;
        shows(page, &expected(page, 12.5).await?).await?;
        // Nothing that was on its way changes it afterwards, and the chart says the same.
        let settled = "return new Promise(done => requestAnimationFrame(() => \
             requestAnimationFrame(() => setTimeout(() => done( \
               [document.querySelector('.say').textContent, \
                document.querySelector('.takeaway').textContent])))));";
        let said = page.script(settled, &[]).await?;
        shows(page, &expected(page, 12.5).await?).await?;
        let (answer, takeaway) = (&said[0], &said[1]);
        ensure!(
            answer == takeaway && answer != "",
            "the chart says “{takeaway}”, the answer “{answer}”"
        );
        // What is heard, when the sliders have rested, is what is seen, doubt included.
        let heard = "return new Promise(done => { const look = () => { \
             const heard = document.querySelector('.what-if-answer [role=status]').textContent; \
             if (!heard) return requestAnimationFrame(look); \
             const seen = [...document.querySelectorAll('.what-if-answer > p')] \
                 .filter(line => line.querySelector('[data-figure]')); \
             done([heard, seen.map(line => line.textContent).join(' ')]); }; look(); });";
        let said = page.script(heard, &[]).await?;
        ensure!(said[0] == said[1], "heard and seen differ: {said}");
        Ok(())
    })
    .await
}

#[tokio::test]
async fn what_cannot_be_read_is_said_and_the_last_answer_stays() -> Result<()> {
    scene("what_if_errors", View::DESK, async |stage| {
        let page = &stage.page;
        come_in(page, "citizen-full-time").await?;
        page.open(&format!("{}?visning=hvad-nu-hvis", routes::Page::Hours.path())).await?;
        chart::drawn(page).await?;
        let field = page.css("#what-if-hours").await?;
        field.clear().await?;
        field.send_keys("10").await?;
        let answer = expected(page, 10.0).await?;
        shows(page, &answer).await?;
        field.send_keys("00 timer").await?;
        page.css("#what-if-hours[aria-invalid=true]").await?;
        page.css("#what-if-hours-error").await?;
        shows(page, &answer).await?;
        jobnet_e2e::axe::check(page).await
    })
    .await
}
