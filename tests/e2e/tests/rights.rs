//! Her rights, duties and deadlines: what is shown is what the rules say, what a decision costs, her
//! days as a calendar file, by keyboard alone.

use std::collections::BTreeSet;
use std::fs;

use anyhow::{Context, Result, ensure};
use icalendar::{Calendar, Component, DatePerhapsTime};
use jobnet_api::paths;
use jobnet_api::rights::MyRights;
use jobnet_e2e::downloads::Downloads;
use jobnet_e2e::server::TODAY;
use jobnet_e2e::{Page, View, axe, scene, scene_expecting};
use jobnet_rules::rights::Entry;
use jobnet_rules::units::Money;
use jobnet_web::i18n::Language;
use jobnet_web::i18n::rights_messages::RightsTexts;
use jobnet_web::routes;
use serde_json::{Value, json};
use thirtyfour::Key;

use crate::citizen::{CITIZENS, come_in, danish, heading};

fn texts() -> &'static RightsTexts {
    Language::Danish.rights()
}

async fn open(page: &Page, persona: &str) -> Result<MyRights> {
    come_in(page, persona).await?;
    page.open(routes::Page::Rights.path()).await?;
    heading(page, texts().title).await?;
    Ok(serde_json::from_value(page.api(paths::MY_RIGHTS).await?)?)
}

/// The names of the entries in a part of the page.
async fn shown(page: &Page, part: &str) -> Result<Vec<String>> {
    let ids = "return [...document.querySelectorAll(`[data-part=${arguments[0]}] li[data-entry]`)] \
         .map(e => e.dataset.entry);";
    Ok(serde_json::from_value(page.script(ids, &[json!(part)]).await?)?)
}

fn ids(entries: &[Entry]) -> Vec<String> {
    entries.iter().map(|entry| entry.id.clone()).collect()
}

#[tokio::test]
async fn every_citizen_sees_what_the_rules_say_of_her() -> Result<()> {
    scene("rights", View::PHONE, async |stage| {
        let page = &stage.page;
        for persona in CITIZENS {
            let told = open(page, persona).await?;
            let context = || persona.to_owned();
            let timeline = &told.timeline;
            ensure!(timeline.today.to_string() == TODAY, "{}", timeline.today);
            let next = timeline.coming.iter().find(|entry| entry.kind.is_duty());
            let first = page.css("[data-part=next]").await?;
            ensure!(first.attr("data-entry").await? == next.map(|entry| entry.id.clone()));
            if let Some(next) = next {
                let day = Language::Danish.date(next.on.with_context(context)?);
                let said = first.text().await?;
                ensure!(
                    said.contains(&day.replace('\u{a0}', " ")) || said.contains(&day),
                    "{said}"
                );
            }
            let mut coming = ids(&timeline.coming);
            coming.retain(|id| next.is_none_or(|next| next.id != *id));
            ensure!(shown(page, "coming").await? == coming, "{persona}: {coming:?}");
            ensure!(shown(page, "rights").await? == ids(&timeline.rights), "{persona}");
            ensure!(shown(page, "duties").await? == ids(&timeline.duties), "{persona}");
            let past: Vec<_> = ids(&timeline.past).into_iter().take(10).collect();
            ensure!(shown(page, "past").await? == past, "{persona}: {past:?}");
            // Every deadline of the first page is here, on the same day.
            let boot = page.api(paths::BOOT).await?;
            for due in boot["account"]["deadlines"].as_array().into_iter().flatten() {
                let is_here = timeline.coming.iter().any(|entry| {
                    entry.on.map(|on| json!(on.to_string())).as_ref() == Some(&due["on"])
                });
                ensure!(is_here, "{persona}: {due} is not on the timeline");
            }
            // What is not confirmed sends her to who knows, and shows no figure.
            let unsure = "return [...document.querySelectorAll('li[data-sure=false]')] \
                 .filter(e => !e.closest('[data-part=past]')).map(e => e.innerText);";
            let unsure = page.script(unsure, &[]).await?;
            for text in unsure.as_array().into_iter().flatten().filter_map(Value::as_str) {
                ensure!(text.contains("Spørg") && !text.contains(|c: char| c.is_ascii_digit()));
            }
            page.fits().await.with_context(context)?;
            axe::check(page).await.with_context(context)?;
        }
        Ok(())
    })
    .await
}

#[tokio::test]
async fn a_decision_is_told_with_what_it_costs_in_hours_and_kroner() -> Result<()> {
    scene("rights_decision", View::DESK, async |stage| {
        let folder = stage.server.folder().join("decision");
        fs::create_dir(&folder)?;
        let manifest = json!({ "synthetic": true, "as_of": TODAY });
        fs::write(folder.join("synthetic.json"), manifest.to_string())?;
        let sanctions = "citizen,kind,decided_on,hours,served_hours\n\
             SYN-DEMO-FULL-TIME,quarantine,2026-10-05,111,37\n\
             SYN-DEMO-SOCIAL-ASSISTANCE,exclusion,2026-10-05,,\n";
        fs::write(folder.join("sanctions.csv"), sanctions)?;
        stage.server.tell(&["import", &folder.display().to_string()])?;
        let page = &stage.page;
        open(page, "citizen-full-time").await?;
        let boot = page.api(paths::BOOT).await?;
        let case = &boot["account"]["case"];
        // 111 hours of her rate, or of the highest of 2026, a month being 160.33 hours; half up.
        let own = case["monthly_rate"].as_f64().map(|rate| (rate * 100.0).round() as i64);
        let rate = own.unwrap_or(2_204_100);
        let gross = Money::from_hundredths((2 * 11_100 * rate + 16_033) / (2 * 16_033));
        let said = page.css("[data-entry=quarantine-2026-10-05]").await?.text().await?;
        let said = said.replace('\u{a0}', " ");
        let gross = Language::Danish.kroner_and_ore(gross).replace('\u{a0}', " ");
        for words in ["111 timer", "37 timer", "74 timer", &gross, "§ 63", texts().read] {
            ensure!(said.contains(words), "“{words}” is not in “{said}”");
        }
        let link = page.css("[data-entry=quarantine-2026-10-05] a").await?.attr("href").await?;
        ensure!(
            link.as_deref().is_some_and(|link| link.ends_with("/regler#sanctions")),
            "{link:?}"
        );
        open(page, "citizen-social-assistance").await?;
        let said = page.css("[data-entry=exclusion-2026-10-05]").await?.text().await?;
        ensure!(said.contains("Spørg din kommune") && !said.contains(" kr."), "{said}");
        page.fits().await?;
        axe::check(page).await
    })
    .await
}

#[tokio::test]
async fn her_days_are_a_calendar_file_that_others_can_read_and_tells_nothing() -> Result<()> {
    scene("rights_calendar", View::DESK, async |stage| {
        let page = &stage.page;
        let told = open(page, "citizen-new").await?;
        let downloads = Downloads::of(page).await?;
        page.tab_to("[data-part=coming] .button").await?;
        page.press(&[Key::Enter]).await?;
        let file = String::from_utf8(downloads.file(".ics").await?)?;
        let calendar: Calendar = file.parse().map_err(anyhow::Error::msg)?;
        let events: Vec<_> =
            calendar.components.iter().filter_map(|component| component.as_event()).collect();
        let days: Vec<_> = events.iter().map(|event| event.get_start()).collect();
        let due: Vec<_> =
            told.timeline.coming.iter().map(|entry| entry.on.map(DatePerhapsTime::Date)).collect();
        ensure!(!due.is_empty() && days == due, "{days:?}, not {due:?}");
        let names: BTreeSet<_> = events.iter().filter_map(|event| event.get_uid()).collect();
        ensure!(names.len() == due.len(), "{names:?}");
        for word in ["ledig", "dagpenge", "sanktion", "a-kasse", "Brandstrup", "SYN-"] {
            ensure!(!file.contains(word), "the file says “{word}”: {file}");
        }
        Ok(())
    })
    .await
}

#[tokio::test]
async fn she_reads_on_by_keyboard_and_the_focus_goes_along() -> Result<()> {
    scene("rights_keyboard", View::PHONE, async |stage| {
        let page = &stage.page;
        let told = open(page, "citizen-full-time").await?;
        let all = told.timeline.past.len();
        ensure!(all > 10, "only {all} things have happened");
        page.tab_to("[data-part=past] .button").await?;
        page.press(&[Key::Enter]).await?;
        let there = "return document.querySelectorAll('[data-part=past] li[data-entry]').length \
             === arguments[0] && document.activeElement?.id === 'past-10';";
        page.wait("more of the past", there, &[json!(all.min(20))]).await?;
        page.fits().await?;
        axe::check(page).await
    })
    .await
}

#[tokio::test]
async fn without_an_answer_the_page_says_so_and_tries_again_and_the_menu_leads_to_it() -> Result<()>
{
    let expected = ["Failed to load resource", "Failed to fetch"];
    scene_expecting("rights_failed", View::DESK, &expected, async |stage| {
        let page = &stage.page;
        come_in(page, "citizen-graduate").await?;
        page.browser().cdp("Network.enable", json!({})).await?;
        let blocked = async |urls: Value| {
            page.browser().cdp("Network.setBlockedURLs", json!({ "urls": urls })).await
        };
        blocked(json!(["*/api/v1/me/rights"])).await?;
        page.click("link", danish().shell.rights).await?;
        page.css(".problem").await?;
        axe::check(page).await?;
        blocked(json!([])).await?;
        page.click("button", danish().shell.retry).await?;
        heading(page, texts().title).await
    })
    .await
}
