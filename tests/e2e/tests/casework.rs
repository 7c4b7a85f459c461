//! What a caseworker does with one citizen: her pages, another day, the page for the talk, guest
//! access; and who may not.

use anyhow::{Context, Result, ensure};
use jobnet_api::paths;
use jobnet_e2e::figures::{compare, shown, split, truth, truth_of};
use jobnet_e2e::{Page, View, scene, scene_expecting};
use jobnet_web::i18n::Language;
use jobnet_web::routes;
use serde_json::{Value, json};

use crate::caseload::{address, citizen_of, people};
use crate::citizen::{casework, come_in, come_in_as_staff, danish, heading};

/// What could change something on a page about a citizen: nothing but the sliders of “what if”, the
/// day to look back at, tools of the chart, the language and the question for what the citizen sees
/// may be used.
pub(crate) async fn controls_that_change(page: &Page) -> Result<Value> {
    let script = "const allowed = '.what-if, .history, .chart, .ways, .how, .how-button, .unblind'; \
         return [...document.querySelectorAll( \
           'main button, main input, main select, main textarea, main form')] \
         .filter(e => !e.closest(allowed)).map(e => e.outerHTML.slice(0, 120));";
    page.script(script, &[]).await
}

#[tokio::test]
async fn a_citizens_pages_show_her_own_figures_and_nothing_that_changes_them() -> Result<()> {
    scene("citizen_of_caseworker", View::DESK, async |stage| {
        let page = &stage.page;
        for (persona, name) in [
            ("citizen-full-time", "Asta Vinterlund"),
            ("citizen-sick-listed", "Jørgen Toftelund"),
            ("citizen-new", "Sofie Brandstrup"),
            ("citizen-social-assistance", "Yasmin Kirkeby"),
        ] {
            come_in(page, persona).await?;
            let hers = truth(page).await?;
            let (own, _) = split(shown(page).await?);
            page.open(routes::Page::Hours.path()).await?;
            let hers_alone = controls_that_change(page).await?;
            ensure!(hers_alone != json!([]), "{name} cannot report missing hours herself");
            let on_assistance = persona == "citizen-social-assistance";
            let caseworker = if on_assistance { "caseworker-job-centre" } else { "caseworker" };
            come_in_as_staff(page, caseworker).await?;
            let id = citizen_of(page, name).await?;
            let account = paths::CITIZEN_ACCOUNT.replace(paths::CITIZEN_PLACE, &id);
            let told = truth_of(page, &account).await?;
            ensure!(told == hers, "{name}: her caseworker gets another account");
            page.open(&routes::Page::Citizen.about(&id)).await?;
            heading(page, danish().overview.title).await?;
            page.says(&casework().visit.whose.replace("{name}", name)).await?;
            let (seen, _) = split(shown(page).await?);
            compare(&seen, &hers).with_context(|| name.to_owned())?;
            if persona != "citizen-new" {
                ensure!(seen == own, "{name}: the overview differs:\n{seen:?}\n{own:?}");
            }
            rights_are_hers_and_change_nothing(page, &id).await.with_context(|| name.to_owned())?;
            for about in
                [routes::Page::Citizen, routes::Page::CitizenHours, routes::Page::CitizenTalk]
            {
                // A presentation that may be a matter of a trial is not hers to see.
                page.open(&format!("{}?visning=taellere", about.about(&id))).await?;
                page.says(&casework().visit.whose.replace("{name}", name)).await?;
                page.ready().await?;
                let (seen, _) = split(shown(page).await?);
                compare(&seen, &hers).with_context(|| format!("{name}, {about:?}"))?;
                let other = "return document.querySelector('[data-presentation=taellere]');";
                ensure!(page.script(other, &[]).await?.is_null(), "{about:?}: another arm");
                let changing = controls_that_change(page).await?;
                let is_print = about == routes::Page::CitizenTalk;
                let most = usize::from(is_print);
                let found = changing.as_array().map_or(0, Vec::len);
                ensure!(found == most, "{about:?} has controls: {changing:#}");
            }
        }
        Ok(())
    })
    .await
}

/// What the citizen's rights and duties look like to her caseworker: everything that the server told
/// of, and nothing to change, nor her days to take away.
async fn rights_are_hers_and_change_nothing(page: &Page, id: &str) -> Result<()> {
    let address = paths::CITIZEN_RIGHTS.replace(paths::CITIZEN_PLACE, id);
    let script = "return fetch(arguments[0]).then(answer => answer.json());";
    let told = page.script(script, &[json!(address)]).await?;
    let timeline = &told["timeline"];
    ensure!(told.as_object().is_some_and(|told| told.len() == 1), "more than a timeline: {told}");
    page.open(&routes::Page::CitizenRights.about(id)).await?;
    page.css("[data-part=rights]").await?;
    for part in ["rights", "duties"] {
        let entries = format!("[data-part={part}] [data-entry]");
        let script =
            "return [...document.querySelectorAll(arguments[0])].map(e => e.dataset.entry);";
        let shown = page.script(script, &[json!(entries)]).await?;
        let of_server = timeline[part].as_array().context("entries")?;
        let expected: Vec<_> = of_server.iter().map(|entry| entry["id"].clone()).collect();
        ensure!(!expected.is_empty() && shown == json!(expected), "{part}: {shown} {expected:?}");
    }
    // “Vis flere” of the past is the only button: it shows more, and changes nothing.
    let script = "return [...document.querySelectorAll('main button, main input, main form')] \
         .filter(e => !e.closest('[data-part=past]')).map(e => e.outerHTML.slice(0, 120));";
    let controls = page.script(script, &[]).await?;
    ensure!(controls == json!([]), "controls: {controls:#}");
    Ok(())
}

#[tokio::test]
async fn the_figures_of_another_day_are_those_of_her_citizen() -> Result<()> {
    // Nothing was known of her then: the answer is a 404.
    scene_expecting("history_of_caseworker", View::DESK, &["404"], async |stage| {
        let page = &stage.page;
        come_in_as_staff(page, "caseworker").await?;
        let id = citizen_of(page, "Asta Vinterlund").await?;
        page.open(&routes::Page::CitizenHours.about(&id)).await?;
        page.css("#history-day").await?;
        let typed = "const field = document.getElementById('history-day'); \
             field.value = arguments[0]; field.dispatchEvent(new Event('input', {bubbles: true}));";
        page.script(typed, &[json!("2020-01-01")]).await?;
        page.click("button", Language::Danish.history().show).await?;
        let asked = "return performance.getEntriesByType('resource').map(e => e.name) \
             .find(name => name.includes('as_of='));";
        let asked = page.wait("the question", asked, &[]).await?;
        let asked = asked.as_str().unwrap_or_default().to_owned();
        ensure!(asked.contains(&format!("/citizens/{id}/account?as_of=2020-01-01")), "{asked}");
        page.css("[data-part=history] .note").await?;
        Ok(())
    })
    .await
}

#[tokio::test]
async fn guest_access_asks_for_a_reason_and_leads_to_the_citizen() -> Result<()> {
    scene_expecting("guest_access", View::PHONE, &["404", "422"], async |stage| {
        let page = &stage.page;
        let people = people(stage)?;
        let stranger = people.iter().find(|p| p.fund == "Omsorgens A-kasse");
        let stranger = stranger.context("nobody of another fund")?;
        let texts = casework().guest;
        come_in_as_staff(page, "caseworker").await?;
        // Somebody who does not exist and somebody who is not hers look the same.
        page.open(&routes::Page::Citizen.about("0000000000")).await?;
        heading(page, casework().visit.missing).await?;
        page.click("link", casework().visit.to_guest).await?;
        heading(page, texts.title).await?;
        page.click("button", texts.send).await?;
        page.says(texts.error_cpr).await?;
        page.says(texts.error_no_reason).await?;
        let there = "return document.activeElement?.id === 'guest-cpr';";
        page.wait("the focus on the first field to correct", there, &[]).await?;
        page.find("field", texts.cpr).await?.send_keys("0101010101").await?;
        page.find("field", texts.reason).await?.send_keys("Hun flytter til os").await?;
        page.click("button", texts.send).await?;
        page.css("#guest-cpr-error").await?;
        page.find("field", texts.cpr).await?.clear().await?;
        page.find("field", texts.cpr).await?.send_keys(&stranger.cpr).await?;
        page.click("button", texts.send).await?;
        page.says(texts.given).await?;
        ensure!(!address(page).await?.contains(&stranger.cpr), "the address holds the number");
        let kept = "return JSON.stringify([{...localStorage}, {...sessionStorage}]) \
             + document.documentElement.outerHTML;";
        let kept = page.script(kept, &[]).await?.to_string();
        ensure!(!kept.contains(&stranger.cpr), "the browser keeps the number");
        page.click("link", texts.see).await?;
        heading(page, danish().overview.title).await?;
        page.says(&casework().visit.whose.replace("{name}", &stranger.name)).await?;
        page.says("Hun flytter til os").await
    })
    .await
}

#[tokio::test]
async fn the_page_for_the_talk_is_one_sheet_of_paper() -> Result<()> {
    scene("talk", View::DESK, async |stage| {
        let page = &stage.page;
        for (caseworker, name) in [
            ("caseworker", "Asta Vinterlund"),
            ("caseworker", "Birgit Holmegaard"),
            ("caseworker", "Malthe Søndervang"),
            ("caseworker", "Jørgen Toftelund"),
            ("caseworker", "Sofie Brandstrup"),
            ("caseworker-job-centre", "Yasmin Kirkeby"),
        ] {
            come_in_as_staff(page, caseworker).await?;
            let id = citizen_of(page, name).await?;
            page.open(&routes::Page::CitizenTalk.about(&id)).await?;
            heading(page, &casework().talk.title.replace("{name}", name)).await?;
            let account = paths::CITIZEN_ACCOUNT.replace(paths::CITIZEN_PLACE, &id);
            let truth = truth_of(page, &account).await?;
            compare(&split(shown(page).await?).0, &truth).with_context(|| name.to_owned())?;
            let paper = json!({"paperWidth": 8.27, "paperHeight": 11.69, "printBackground": false});
            let printed = page.browser().cdp("Page.printToPDF", paper).await?;
            let pages = pages_of(printed["data"].as_str().context("no PDF")?);
            ensure!(pages == 1, "{name}: {pages} sheets");
        }
        Ok(())
    })
    .await
}

/// How many pages a PDF has, which comes in base64. Each is an object of its own that says so.
fn pages_of(base64: &str) -> usize {
    const DIGITS: &[u8; 64] = b"ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789+/";
    let (mut bits, mut held, mut bytes) = (0_u32, 0, Vec::new());
    for byte in base64.bytes().filter(|byte| *byte != b'=') {
        let Some(digit) = DIGITS.iter().position(|known| *known == byte) else { continue };
        bits = (bits << 6) | u32::try_from(digit).unwrap_or_default();
        held += 6;
        if held >= 8 {
            held -= 8;
            bytes.push(u8::try_from((bits >> held) & 0xff).unwrap_or_default());
        }
    }
    let text: String = bytes.iter().map(|byte| char::from(*byte)).collect();
    text.matches("/Type /Page").count() - text.matches("/Type /Pages").count()
}

#[tokio::test]
async fn whoever_is_no_caseworker_is_refused_in_plain_words() -> Result<()> {
    scene("no_caseworker", View::DESK, async |stage| {
        let page = &stage.page;
        come_in_as_staff(page, "caseworker").await?;
        let id = citizen_of(page, "Asta Vinterlund").await?;
        for persona in ["researcher", "administrator", "citizen-part-time"] {
            if persona.starts_with("citizen") {
                come_in(page, persona).await?;
            } else {
                come_in_as_staff(page, persona).await?;
            }
            for route in [
                routes::Page::Caseload.path().to_owned(),
                routes::Page::GuestAccess.path().to_owned(),
                routes::Page::Citizen.about(&id),
                routes::Page::CitizenTalk.about(&id),
            ] {
                page.open(&route).await?;
                heading(page, casework().visit.refused).await.context(route)?;
                ensure!(!page.text().await?.contains("Vinterlund"), "{persona} sees a name");
            }
        }
        come_in_as_staff(page, "researcher").await?;
        page.says(Language::Danish.research().list.lead).await
    })
    .await
}
