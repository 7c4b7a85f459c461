//! A citizen's whole visit, signing in at a provider and failing to, an objection to a trial, and a
//! caseworker's guest access, by keyboard alone, on a phone and on a desk, and accessible at every stop.

use anyhow::{Context, Result, ensure};
use jobnet_api::boot::SignInProblem;
use jobnet_api::paths;
use jobnet_e2e::downloads::Downloads;
use jobnet_e2e::{Page, View, chart, scene, scene_on};
use jobnet_web::i18n::Language;
use jobnet_web::routes;
use serde_json::{Value, json};
use thirtyfour::Key;

use crate::arms::{rows, with_trial};
use crate::caseload::people;
use crate::citizen::{casework, danish};
use crate::keyboard::{come_in, enter, stop};
use crate::sign_in::{NO_ICON, WHO, at_provider, texts, with_provider};
use crate::sign_in_attacked::forget;

const REASON: &str = "Hun flytter til os";

/// Goes to another page of the menu, which on a phone is in a drawer.
async fn go(page: &Page, view: View, to: routes::Page, title: &str) -> Result<()> {
    let link = format!("a[href=\"{}\"]", to.path());
    if view.width < 600 {
        enter(page, ".button-menu-open").await?;
        enter(page, &format!("dialog[open] {link}")).await?;
    } else {
        enter(page, &format!(".navigation-menu {link}")).await?;
    }
    stop(page, title).await
}

/// What a screen reader has been told of the chart last.
async fn spoken(page: &Page, before: &Value) -> Result<Value> {
    let script = "const told = [...document.querySelectorAll('figure.chart [aria-live]')] \
         .map(e => e.textContent.trim()).join(' '); return told !== arguments[0] ? told : null;";
    page.wait("another month to be read aloud", script, std::slice::from_ref(before)).await
}

/// From the front page through the chart and the record to the way out.
async fn citizen(name: &str, view: View) -> Result<()> {
    scene(name, view, async |stage| {
        let page = &stage.page;
        come_in(page, "citizen-full-time").await?;
        stop(page, danish().overview.title).await?;

        go(page, view, routes::Page::Hours, Language::Danish.account().page.title).await?;
        chart::drawn(page).await?;
        page.tab_to(".chart-plot").await?;
        page.press(&[Key::Home]).await?;
        let first = spoken(page, &json!("")).await?;
        page.press(&[Key::Right]).await?;
        spoken(page, &first).await?;
        enter(page, ".chart-menu > summary").await?;
        enter(page, ".chart-menu li:nth-child(2) button").await?;
        page.css(".chart-table").await?;
        let back = "return document.activeElement.matches('.chart-menu > summary');";
        page.wait("the focus on what opened the menu", back, &[]).await?;
        let rows = "return document.querySelectorAll('.chart-table tbody tr').length;";
        let rows = page.script(rows, &[]).await?;
        ensure!(rows.as_u64() > Some(6), "the table has {rows} rows");

        let my_data = Language::Danish.prose().my_data;
        go(page, view, routes::Page::MyData, my_data.title).await?;
        page.tab_to(".looks-choice input").await?;
        page.press(&[Key::Space]).await?;
        page.css("[data-look]").await?;
        let downloads = Downloads::of(page).await?;
        enter(page, "a[download=\"my-data.json\"]").await?;
        let saved: Value = serde_json::from_slice(&downloads.file("my-data.json").await?)?;
        ensure!(saved["tables"].is_object(), "she takes away {saved}");

        sign_out(page, view).await?;
        stop(page, danish().landing.title).await
    })
    .await
}

async fn sign_out(page: &Page, view: View) -> Result<()> {
    if view.width < 600 {
        enter(page, ".button-menu-open").await?;
        enter(page, "dialog[open] .log-off").await
    } else {
        enter(page, ".portal-user .log-off").await
    }
}

/// To the provider, in, out again, and out at the provider.
async fn provider(name: &str, view: View) -> Result<()> {
    let (server, _provider) = with_provider()?;
    scene_on(server, name, view, &[NO_ICON], async |stage| {
        let page = &stage.page;
        page.open("/").await?;
        stop(page, danish().landing.title).await?;
        enter(page, "main a[href^=\"/auth/login\"]").await?;
        at_provider(page, WHO).await?;
        enter(page, "button[value=\"SYN-DEMO-FULL-TIME\"]").await?;
        stop(page, danish().overview.title).await?;
        let me = page.api(paths::ME).await?;
        ensure!(me["name"] == "Asta Vinterlund", "signed in as {me}");
        sign_out(page, view).await?;
        at_provider(page, "Log ud").await?;
        enter(page, "button[name=logout]").await?;
        stop(page, danish().landing.title).await?;
        ensure!(page.api(paths::BOOT).await?["me"].is_null(), "still signed in");
        Ok(())
    })
    .await
}

/// She breaks off at the provider, and is somebody of whom the provider is not sure enough: each time
/// she hears where she is and why, and the next thing to use is the way to try again.
async fn failures(name: &str, view: View) -> Result<()> {
    let (server, _provider) = with_provider()?;
    scene_on(server, name, view, &[NO_ICON], async |stage| {
        let page = &stage.page;
        let way_in = "main a[href^=\"/auth/login\"]";
        page.open("/").await?;
        stop(page, danish().landing.title).await?;
        enter(page, way_in).await?;
        for (who, problem, said) in [
            ("", SignInProblem::Refused, texts().refused),
            ("low", SignInProblem::Level, texts().level),
        ] {
            at_provider(page, WHO).await?;
            enter(page, &format!("button[value=\"{who}\"]")).await?;
            stop(page, texts().title).await?;
            let told = "return location.search === arguments[0] \
                 && document.querySelector('main [role=alert]').innerText.includes(arguments[1]) \
                 && document.activeElement.matches('main h1');";
            let search = format!("?problem={}", problem.key());
            page.wait("the focus on the heading", told, &[json!(search), json!(said)]).await?;
            // Whom the provider knows by now it would not ask again.
            forget(page).await?;
            page.press(&[Key::Tab]).await?;
            let next = "return document.activeElement.matches(arguments[0]);";
            let is_next = page.script(next, &[json!(way_in)]).await?;
            ensure!(is_next == true, "the way to try again is not next after “{said}”");
            enter(page, way_in).await?;
        }
        at_provider(page, WHO).await
    })
    .await
}

/// She says no to a trial.
async fn objection(name: &str, view: View) -> Result<()> {
    scene_on(with_trial(Some("words"))?, name, view, &[], async |stage| {
        let page = &stage.page;
        let t = Language::Danish.my_trials();
        come_in(page, "citizen-full-time").await?;
        stop(page, danish().overview.title).await?;
        let my_data = Language::Danish.prose().my_data;
        go(page, view, routes::Page::MyData, my_data.title).await?;
        page.css("[data-part=trials] [data-trial]").await?;
        enter(page, "[data-trial] button[id^=objection-]").await?;
        let told = "return document.activeElement?.textContent.trim().startsWith(arguments[0]);";
        page.wait("the focus on the question", told, &[json!(t.object_sure)]).await?;
        enter(page, "[data-trial] .note .button-primary").await?;
        let since = t.objected.split_once('{').context("no place for the day")?.0;
        page.wait("what holds from now on", told, &[json!(since.trim())]).await?;
        stop(page, my_data.title).await?;
        ensure!(rows(page, "trial_objections").await?.len() == 1, "it is not in her data");
        Ok(())
    })
    .await
}

/// A caseworker writes why she looks at somebody else's citizen, and looks.
async fn guest(name: &str, view: View) -> Result<()> {
    scene(name, view, async |stage| {
        let page = &stage.page;
        let people = people(stage)?;
        let stranger = people.iter().find(|person| person.fund == "Omsorgens A-kasse");
        let stranger = stranger.context("nobody of another fund")?;
        come_in(page, "caseworker").await?;
        stop(page, casework().list.title).await?;
        go(page, view, routes::Page::GuestAccess, casework().guest.title).await?;
        page.tab_to("#guest-cpr").await?;
        page.driver().active_element().await?.send_keys(&stranger.cpr).await?;
        page.press(&[Key::Tab]).await?;
        let there = "return document.activeElement?.id;";
        ensure!(page.script(there, &[]).await? == "guest-reason", "the reason is not next");
        page.driver().active_element().await?.send_keys(REASON).await?;
        enter(page, ".guest-form button[type=submit]").await?;
        page.says(casework().guest.given).await?;
        let on_link = "return document.activeElement?.href?.includes(arguments[0]);";
        let citizen = routes::Page::Citizen.about("");
        page.wait("the focus on the way to her", on_link, &[json!(citizen)]).await?;
        page.press(&[Key::Enter]).await?;
        stop(page, danish().overview.title).await?;
        page.says(&casework().visit.whose.replace("{name}", &stranger.name)).await?;
        page.says(REASON).await
    })
    .await
}

#[tokio::test]
async fn a_citizen_on_a_phone() -> Result<()> {
    citizen("keys_citizen_phone", View::PHONE).await
}

#[tokio::test]
async fn a_citizen_on_a_desk() -> Result<()> {
    citizen("keys_citizen_desk", View::DESK).await
}

#[tokio::test]
async fn at_a_provider_on_a_phone() -> Result<()> {
    provider("keys_provider_phone", View::PHONE).await
}

#[tokio::test]
async fn at_a_provider_on_a_desk() -> Result<()> {
    provider("keys_provider_desk", View::DESK).await
}

#[tokio::test]
async fn failing_at_a_provider_on_a_phone() -> Result<()> {
    failures("keys_failures_phone", View::PHONE).await
}

#[tokio::test]
async fn failing_at_a_provider_on_a_desk() -> Result<()> {
    failures("keys_failures_desk", View::DESK).await
}

#[tokio::test]
async fn an_objection_on_a_phone() -> Result<()> {
    objection("keys_objection_phone", View::PHONE).await
}

#[tokio::test]
async fn an_objection_on_a_desk() -> Result<()> {
    objection("keys_objection_desk", View::DESK).await
}

#[tokio::test]
async fn guest_access_on_a_phone() -> Result<()> {
    guest("keys_guest_phone", View::PHONE).await
}

#[tokio::test]
async fn guest_access_on_a_desk() -> Result<()> {
    guest("keys_guest_desk", View::DESK).await
}
