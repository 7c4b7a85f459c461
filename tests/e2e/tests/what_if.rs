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

/// The answer of the rules to a plan.
async fn answer(page: &Page, plan: &Value) -> Result<Value> {
    let case: Case = serde_json::from_value(page.api(paths::MY_ACCOUNT).await?["case"].clone())?;
    let plan: Plan = serde_json::from_value(plan.clone())?;
    let simulation = simulate(&case, &plan).ok().context("the rules refuse the plan")?;
    Ok(serde_json::to_value(simulation)?)
}

/// What the page sets at first, but for the hours: half a year from the first of next month.
fn at_first(weekly_hours: f64) -> Value {
    json!({"from": "2026-12-01", "weekly_hours": weekly_hours, "weeks": 26})
}

/// The answer of the rules to so many hours a week, with what the page sets at first.
async fn expected(page: &Page, weekly_hours: f64) -> Result<Value> {
    answer(page, &at_first(weekly_hours)).await
}

/// Waits until the page shows the figures of this plan; one of them has to be another than before.
async fn moves(page: &Page, plan: &Value, before: &Value) -> Result<Value> {
    let now = answer(page, plan).await?;
    shows(page, &now).await.with_context(|| plan.to_string())?;
    let (_, figures) = split(shown(page).await?);
    ensure!(compare(&figures, before).is_err(), "{plan} changes nothing that is shown");
    Ok(now)
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
        // What is heard, when the sliders have rested, is what is seen, doubt included, and how long
        // she can have benefit beside work.
        let heard = "return new Promise(done => { const look = () => { \
             const heard = document.querySelector('.what-if-answer [role=status]').textContent; \
             if (!heard) return requestAnimationFrame(look); \
             const seen = [...document.querySelectorAll('.what-if-answer > p')] \
                 .filter(line => line.querySelector('[data-figure]') || \
                   line.matches('.note') && line.textContent !== arguments[0]); \
             done([heard, seen.map(line => line.textContent).join(' ')]); }; look(); });";
        let of_rates = json!(Language::Danish.account().what_if.rate_carried);
        let said = page.script(heard, &[of_rates]).await?;
        ensure!(said[0] == said[1], "heard and seen differ: {said}");
        Ok(())
    })
    .await
}

#[tokio::test]
async fn each_control_of_a_plan_has_its_part_in_the_answer() -> Result<()> {
    scene("what_if_controls", View::DESK, async |stage| {
        let page = &stage.page;
        come_in(page, "citizen-full-time").await?;
        page.open(&format!("{}?visning=hvad-nu-hvis", routes::Page::Hours.path())).await?;
        chart::drawn(page).await?;
        let own = expected(page, 0.0).await?;
        shows(page, &own).await?;
        let mut plan = at_first(20.0);
        let hours = page.css("#what-if-hours").await?;
        hours.clear().await?;
        hours.send_keys("20").await?;
        let mut now = moves(page, &plan, &own).await?;

        let weeks = page.css("#what-if-weeks").await?;
        weeks.clear().await?;
        weeks.send_keys("4").await?;
        plan["weeks"] = json!(4);
        now = moves(page, &plan, &now).await.context("weeks as typed")?;
        page.tab_to("[data-slider=weeks]").await?;
        page.press(&[Key::Right]).await?;
        ensure!(weeks.prop("value").await?.as_deref() == Some("5"), "the slider stands alone");
        plan["weeks"] = json!(5);
        now = moves(page, &plan, &now).await.context("weeks by the slider")?;

        // How a day is typed depends on the browser's language.
        let type_day = "const [id, day] = arguments, field = document.getElementById(id); \
             field.value = day; \
             field.dispatchEvent(new Event('change', {bubbles: true}));";
        for begins in ["2027-02-01", "2027-02-17"] {
            page.script(type_day, &[json!("what-if-start"), json!(begins)]).await?;
            plan["from"] = json!(begins);
            now = moves(page, &plan, &now).await.context("start")?;
        }
        // A year that is being typed is not judged yet.
        let typing = type_day.replace("'change'", "'input'");
        page.script(&typing, &[json!("what-if-start"), json!("0202-02-17")]).await?;
        let is_right = "return document.getElementById('what-if-start-error') === null;";
        ensure!(page.script(is_right, &[]).await? == json!(true), "it is judged while she types");
        shows(page, &now).await.context("while she types")?;
        // No day, and one too far away: said, and the last answer stays.
        for wrong in ["", "2028-02-01"] {
            page.script(type_day, &[json!("what-if-start"), json!(wrong)]).await?;
            page.css("#what-if-start[aria-invalid=true]").await?;
            page.css(".form-error #what-if-start-error").await?;
            shows(page, &now).await.context("the last answer")?;
        }
        page.script(type_day, &[json!("what-if-start"), json!("2027-02-01")]).await?;
        plan["from"] = json!("2027-02-01");
        now = moves(page, &plan, &now).await.context("start once more")?;

        page.css(".what-if details.more > summary").await?.click().await?;
        let [from, to] = ["2027-02-08", "2027-02-21"];
        page.script(type_day, &[json!("what-if-holiday-from"), json!(from)]).await?;
        page.script(type_day, &[json!("what-if-holiday-to"), json!(to)]).await?;
        plan["holidays"] = json!([{"from": from, "to": to}]);
        now = moves(page, &plan, &now).await.context("holiday")?;

        page.css("#what-if-part-time option[value='2027-02']").await?.click().await?;
        plan["part_time_from"] = json!("2027-02");
        moves(page, &plan, &now).await.context("part-time insurance")?;

        page.click("button", Language::Danish.account().what_if.reset).await?;
        shows(page, &own).await.context("her own figures again")?;
        let fields = "return [...document.querySelectorAll('.what-if-form input:not([type=range]), \
             .what-if-form select')].map(field => field.value);";
        let fields = page.script(fields, &[]).await?;
        ensure!(fields == json!(["0", "26", "2026-12-01", "", "", ""]), "after a reset: {fields}");
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
