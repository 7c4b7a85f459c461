//! The instruments see what they are there to see: each is held against a page with that fault.

use anyhow::{Context, Result, bail, ensure};
use jobnet_e2e::leaks::Needles;
use jobnet_e2e::server::register;
use jobnet_e2e::{Crowd, View, axe, chart, scene, scene_expecting};
use serde_json::json;

/// A page that is right in every way the instruments know, but for what is put into its body.
fn page(body: &str) -> String {
    let html = format!(
        "<!doctype html><html lang=en><title>Page</title><meta charset=utf-8>\
         <body data-app-ready><main><h1>Page</h1>{body}</main></body></html>"
    );
    let encoded: String = html.bytes().map(|byte| format!("%{byte:02x}")).collect();
    format!("data:text/html,{encoded}")
}

#[tokio::test]
async fn axe_finds_a_picture_without_words() -> Result<()> {
    scene("axe", View::DESK, async |stage| {
        let driver = stage.page.driver();
        driver.goto(page("<p>Words</p>")).await?;
        axe::check(&stage.page).await?;
        driver.goto(page("<img src='data:image/gif;base64,R0lGODlhAQABAAAAACw='>")).await?;
        let found = axe::check(&stage.page).await.err().map(|error| error.to_string());
        ensure!(found.is_some_and(|words| words.contains("image-alt")), "nothing found");
        Ok(())
    })
    .await
}

#[tokio::test]
async fn complaints_of_the_browser_fail_a_test_unless_expected() -> Result<()> {
    let complain = async |expected: &[&str]| {
        scene_expecting("complaint", View::DESK, expected, async |stage| {
            stage.page.driver().goto(page("<p>Words</p>")).await?;
            stage.page.script("console.error('panicked at somewhere');", &[]).await.map(drop)
        })
        .await
    };
    complain(&["panicked at somewhere"]).await?;
    let failure = complain(&[]).await.err().map(|error| format!("{error:#}"));
    ensure!(failure.is_some_and(|words| words.contains("panicked at somewhere")), "it passed");
    std::fs::remove_dir_all(jobnet_e2e::server::root().join("tests/e2e/artifacts/complaint"))?;
    Ok(())
}

#[tokio::test]
async fn personal_data_in_a_log_fails_a_test() -> Result<()> {
    let needles = Needles::of(Crowd::Small)?;
    let citizens = register(Crowd::Small, "citizens")?;
    let contacts = register(Crowd::Small, "contacts")?;
    let row = citizens.lines().nth(7).and_then(|row| row.split(',').nth(1));
    let cpr = row.context("no citizen")?;
    let email = contacts.split([',', '\n']).find(|field| field.contains('@')).context("none")?;
    for told in [
        cpr.to_owned(),
        format!("{}-{}", &cpr[..6], &cpr[6..]),
        email.to_owned(),
        email.replace('@', "%40").to_uppercase(),
        "Malthe Søndervang".to_owned(),
        "Malthe+S%C3%B8ndervang".to_owned(),
        "Karen Lindeskov".to_owned(),
        "malthe".to_owned(),
        "S%C3%B8ndervang".to_owned(),
    ] {
        let log = format!("{{\"level\":\"INFO\",\"path\":\"/x?y={told}\"}}");
        ensure!(needles.find_in(&log).is_some(), "{told} is not found");
    }
    // A name within another word is none, nor is a word that is a name as well.
    let clean = "{\"level\":\"INFO\",\"path\":\"/timer-og-ydelse\",\"took\":\"1.75ms per line\", \
         \"why\":\"Annals of Holmium\"}";
    ensure!(needles.find_in(clean).is_none(), "found where there is none");

    let told = format!("console.log('she is {cpr}');");
    // A scene that fails tells both.
    for fails in [false, true] {
        let played = scene("told", View::DESK, async |stage| {
            stage.page.driver().goto(page("<p>Words</p>")).await?;
            stage.page.script(&told, &[]).await?;
            ensure!(!fails, "it is otherwise wrong");
            Ok(())
        });
        let said = played.await.err().map(|error| format!("{error:#}")).unwrap_or_default();
        ensure!(said.contains("personal data"), "it passed: {said}");
        ensure!(said.contains("it is otherwise wrong") == fails, "it says {said}");
    }
    std::fs::remove_dir_all(jobnet_e2e::server::root().join("tests/e2e/artifacts/told"))?;
    Ok(())
}

#[tokio::test]
async fn a_jump_of_the_layout_and_a_page_too_wide_are_seen() -> Result<()> {
    scene("layout", View::PHONE, async |stage| {
        let page_at = &stage.page;
        page_at.driver().goto(page("<div id=gap></div><p>Words to be moved down</p>")).await?;
        page_at.fits().await?;
        page_at.stood_still().await?;
        let grow = "requestAnimationFrame(() => requestAnimationFrame(() => { \
             document.getElementById('gap').style.height = '300px'; }));";
        page_at.script(grow, &[]).await?;
        let shifts = "return window.__witness.shifts.length > 0;";
        page_at.wait("the shift to be seen", shifts, &[]).await?;
        ensure!(page_at.stood_still().await.is_err(), "the jump is not reported");
        let widen = "document.getElementById('gap').style.width = '900px';";
        page_at.script(widen, &[]).await?;
        ensure!(page_at.fits().await.is_err(), "the width is not reported");
        Ok(())
    })
    .await
}

#[tokio::test]
async fn a_blank_and_a_blurred_canvas_are_seen() -> Result<()> {
    scene("canvas", View::PHONE, async |stage| {
        let view = &stage.page;
        let canvas = "<div data-drawn=1><canvas id=c width=200 height=100 \
             style='width:100px;height:50px'></canvas></div>";
        view.driver().goto(page(canvas)).await?;
        ensure!(chart::are_sharp(view).await.is_err(), "a blank canvas passes");
        let draw = "const c = document.getElementById('c').getContext('2d'); \
             ['red', 'blue'].forEach((colour, n) => { c.fillStyle = colour; \
               c.fillRect(20 * n, 0, 10, 10); });";
        view.script(draw, &[]).await?;
        let seen = chart::are_sharp(view).await?;
        ensure!(seen[0].store == (200.0, 100.0) && seen[0].ratio == 2.0, "{seen:?}");
        ensure!(chart::pixels_in(view, [255, 0, 0]).await? == 100, "red is not counted");
        let before = chart::picture(view).await?;
        ensure!(chart::picture(view).await? == before, "the same drawing is another");
        // The same pixels at another place.
        view.script("c.getContext('2d').fillRect(20, 10, 10, 10);", &[]).await?;
        let once = chart::picture(view).await?;
        let move_it = "const context = c.getContext('2d'); \
             context.clearRect(20, 10, 10, 10); context.fillRect(20, 11, 10, 10);";
        view.script(move_it, &[]).await?;
        let moved = chart::picture(view).await?;
        ensure!(once != before && moved != before && moved != once, "a change is not seen");
        view.script("document.getElementById('c').style.width = '180px';", &[]).await?;
        ensure!(chart::are_sharp(view).await.is_err(), "a blurred canvas passes");
        Ok(())
    })
    .await
}

#[tokio::test]
async fn the_browser_is_as_asked() -> Result<()> {
    let asked = View { width: 777, ratio: 3, dark: true, forced_colors: true };
    scene("view", asked, async |stage| {
        stage.page.driver().goto(page("<p>Words</p>")).await?;
        let seen = "const is = query => matchMedia(query).matches; \
             return [innerWidth, devicePixelRatio, navigator.language, \
               Intl.DateTimeFormat().resolvedOptions().timeZone, \
               is('(prefers-color-scheme: dark)'), is('(forced-colors: active)'), \
               is('(prefers-reduced-motion: reduce)')];";
        let seen = stage.page.script(seen, &[]).await?;
        let expected = json!([777, 3, "da", "Europe/Copenhagen", true, true, true]);
        if seen != expected {
            bail!("{seen} instead of {expected}");
        }
        Ok(())
    })
    .await
}

#[tokio::test]
async fn things_are_found_by_role_and_name_and_reached_by_keyboard() -> Result<()> {
    scene("find", View::DESK, async |stage| {
        let view = &stage.page;
        let body = "<label for=h>Hours a week</label><input id=h type=number>\
             <button hidden>Send</button><button>Send all</button>\
             <button id=s onclick='document.title = this.textContent'>Send</button>";
        view.driver().goto(page(body)).await?;
        view.click("button", "Send").await?;
        ensure!(view.driver().title().await? == "Send", "the exact name does not win");
        let field = view.find("field", "Hours a week").await?;
        field.send_keys("12").await?;
        ensure!(field.value().await?.as_deref() == Some("12"), "the field has not taken it");
        view.script("document.activeElement.blur();", &[]).await?;
        ensure!(view.tab_to("#s").await? <= 4, "too many steps");
        Ok(())
    })
    .await
}
