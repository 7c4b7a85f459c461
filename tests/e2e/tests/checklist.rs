//! Her checklist: marked by keyboard, kept through a lost connection, hers alone; and where a trial
//! withholds it, no trace of one.

use anyhow::{Result, ensure};
use jobnet_api::paths;
use jobnet_checklist::item::Item;
use jobnet_e2e::server::Server;
use jobnet_e2e::{Crowd, Page, View, axe, scene, scene_expecting, scene_on};
use jobnet_web::i18n::checklist_messages::ChecklistTexts;
use jobnet_web::i18n::{Language, fill};
use jobnet_web::routes;
use serde_json::{Value, json};
use thirtyfour::Key;

use crate::arms::rows;
use crate::caseload::citizen_of;
use crate::citizen::{CITIZENS, come_in, come_in_as_staff, danish, heading};
use crate::profile_states::asks_before_leaving;
use crate::shared_computer::HERS;

const PROTOCOL: &str = include_str!("../../../crates/server/trials/checklist-2026.json");

pub(crate) fn texts() -> &'static ChecklistTexts {
    Language::Danish.checklist()
}

pub(crate) fn item(item: Item) -> String {
    format!("[data-item={}]", item.key())
}

pub(crate) async fn open(page: &Page, persona: &str) -> Result<()> {
    come_in(page, persona).await?;
    page.open(paths::CHECKLIST_PAGE).await?;
    heading(page, texts().title).await
}

/// Waits until an item is as it should be and says how its change is doing.
pub(crate) async fn stands(page: &Page, which: Item, is_done: bool, sent: &str) -> Result<()> {
    let there = "const [selector, done, sent] = arguments; \
         const item = document.querySelector(selector); \
         return item?.dataset.done === done && item.innerText.includes(sent);";
    let arguments = [json!(item(which)), json!(is_done.to_string()), json!(sent)];
    page.wait(&format!("{which:?}: {is_done}, {sent}"), there, &arguments).await.map(drop)
}

/// Gives the browser a connection, or takes it.
pub(crate) async fn network(page: &Page, is_there: bool) -> Result<()> {
    page.browser().cdp("Network.enable", json!({})).await?;
    let conditions = json!({"offline": !is_there, "latency": 0,
        "downloadThroughput": -1, "uploadThroughput": -1});
    page.browser().cdp("Network.emulateNetworkConditions", conditions).await.map(drop)
}

#[tokio::test]
async fn she_marks_items_by_keyboard_and_the_server_keeps_them() -> Result<()> {
    scene("checklist", View::PHONE, async |stage| {
        let page = &stage.page;
        open(page, "citizen-new").await?;
        page.stood_still().await?;
        page.fits().await?;
        axe::check(page).await?;
        page.tab_to(&format!("{} .button", item(Item::Cv))).await?;
        page.press(&[Key::Enter]).await?;
        let focus = "return document.activeElement?.dataset.item;";
        ensure!(page.script(focus, &[]).await? == json!("cv"), "the focus is lost");
        stands(page, Item::Cv, true, texts().saved).await?;
        ensure!(page.script(focus, &[]).await? == json!("cv"), "the focus is lost later");
        // Not for her, and why.
        page.tab_to(&format!("{} [aria-expanded]", item(Item::Network))).await?;
        page.press(&[Key::Enter]).await?;
        axe::check(page).await?;
        page.click("button", texts().reason_trade).await?;
        stands(page, Item::Network, true, texts().saved).await?;
        ensure!(page.script(focus, &[]).await? == json!("network"), "the focus is lost");
        let marks = rows(page, "checklist_marks").await?;
        let said = |item: &str| marks.iter().find(|row| row["item"] == item).cloned();
        ensure!(said("cv").is_some_and(|row| row["state"] == "done"), "{marks:?}");
        ensure!(said("network").is_some_and(|row| row["reason"] == "not_my_trade"), "{marks:?}");
        page.reload().await?;
        stands(page, Item::Cv, true, texts().done).await?;
        // Taken back.
        page.tab_to(&format!("{} .actions .function-link", item(Item::Cv))).await?;
        page.press(&[Key::Enter]).await?;
        stands(page, Item::Cv, false, texts().saved).await?;
        let list = page.api(paths::MY_CHECKLIST).await?;
        ensure!(list["marks"]["cv"]["state"]["type"] == "open", "{list}");
        // Put off by a week, and the page says until when.
        let which = Item::FirstApplications;
        page.tab_to(&format!("{} .actions .function-link", item(which))).await?;
        let name = page.script("return document.activeElement.innerText;", &[]).await?;
        ensure!(name == texts().mark_later, "the keys come to “{name}”");
        page.press(&[Key::Enter]).await?;
        stands(page, which, false, texts().saved).await?;
        let until = fill(texts().later, &[("day", &Language::Danish.date("2026-11-29".parse()?))]);
        stands(page, which, false, &until).await?;
        axe::check(page).await?;
        let list = page.api(paths::MY_CHECKLIST).await?;
        let state = json!({ "type": "later", "until": "2026-11-29" });
        ensure!(list["marks"][which.key()]["state"] == state, "{list}");
        page.reload().await?;
        stands(page, which, false, &until).await
    })
    .await
}

#[tokio::test]
async fn without_a_connection_a_change_shows_at_once_and_is_sent_when_it_can_be() -> Result<()> {
    let expected = ["Failed to load resource", "Failed to fetch"];
    scene_expecting("checklist_offline", View::DESK, &expected, async |stage| {
        let page = &stage.page;
        open(page, "citizen-full-time").await?;
        network(page, false).await?;
        page.tab_to(&format!("{} .button", item(Item::Cv))).await?;
        page.press(&[Key::Enter]).await?;
        stands(page, Item::Cv, true, texts().waiting).await?;
        // Another change of the same item meanwhile: only the last one counts.
        page.tab_to(&format!("{} .actions .function-link", item(Item::Cv))).await?;
        page.press(&[Key::Enter]).await?;
        page.tab_to(&format!("{} .button", item(Item::Cv))).await?;
        page.press(&[Key::Enter]).await?;
        stands(page, Item::Cv, true, "").await?;
        ensure!(asks_before_leaving(page).await?, "she may close it without a word");
        // It outlives a walk to another page, and is sent from there.
        page.click("link", danish().shell.hours).await?;
        let left = "return !document.querySelector('[data-item]');";
        page.wait("the other page", left, &[]).await?;
        ensure!(asks_before_leaving(page).await?, "it waits there, too");
        network(page, true).await?;
        let kept = "return fetch(arguments[0]).then(r => r.json()) \
             .then(list => list.marks.cv?.state.type === 'done');";
        page.wait("the change to arrive", kept, &[json!(paths::MY_CHECKLIST)]).await?;
        page.wait("nothing to wait", "return window.onbeforeunload === null;", &[]).await?;
        ensure!(!asks_before_leaving(page).await?, "everything is stored");
        page.click("link", danish().shell.checklist).await?;
        heading(page, texts().title).await?;
        stands(page, Item::Cv, true, texts().done).await?;
        ensure!(rows(page, "checklist_marks").await?.len() == 1);
        Ok(())
    })
    .await
}

#[tokio::test]
async fn what_has_changed_since_she_looked_stands_first_and_leads_to_the_items() -> Result<()> {
    let mut server = Server::stopped(Crowd::Small)?;
    server.tell(&["migrate"])?;
    // What the registers know they have known since January.
    for table in ["citizen_facts", "benefits", "work_hours", "meetings", "measures", "job_search"] {
        server.put(&format!(
            "UPDATE {table} SET valid_from = '2026-01-01' WHERE valid_to > '2026-11-22';"
        ))?;
    }
    server.put(
        "INSERT INTO checklists (citizen_id, seen_on, is_shared) SELECT id, '2026-03-27', false \
         FROM citizens WHERE register_id = 'SYN-DEMO-FULL-TIME';",
    )?;
    server.resume()?;
    scene_on(server, "checklist_news", View::PHONE, &[], async |stage| {
        let page = &stage.page;
        open(page, "citizen-full-time").await?;
        let told = page.api(paths::MY_CHECKLIST).await?;
        let news: Vec<Item> = serde_json::from_value(told["news"].clone())?;
        // Since March she has applied for jobs, week after week, and a benefit card is due.
        let expected =
            [Item::FirstApplications, Item::JobLog, Item::BenefitCard, Item::WeeklyRhythm];
        ensure!(news == expected && told["seen_on"] == "2026-03-27", "{told}");
        let day = Language::Danish.date("2026-03-27".parse()?);
        page.says(&fill(texts().news_since, &[("day", &day)])).await?;
        let titles: Vec<_> =
            news.iter().map(|item| Language::Danish.checklist_item(*item).title).collect();
        let shown = "return [...document.querySelectorAll('[data-part=news] li')] \
             .map(e => e.innerText.trim());";
        ensure!(page.script(shown, &[]).await? == json!(titles), "{titles:?}");
        axe::check(page).await?;
        page.tab_to("[data-part=news] a").await?;
        page.press(&[Key::Enter]).await?;
        let there = "return document.activeElement?.dataset.item === arguments[0];";
        page.wait("the item", there, &[json!(news[0].key())]).await?;
        // All day the same.
        page.reload().await?;
        page.says(&fill(texts().news_since, &[("day", &day)])).await
    })
    .await
}

#[tokio::test]
async fn a_cv_of_which_the_registers_know_is_done_already() -> Result<()> {
    scene("checklist_cv", View::PHONE, async |stage| {
        let page = &stage.page;
        open(page, "citizen-part-time").await?;
        stands(page, Item::Cv, true, texts().sign_cv).await?;
        let asked = "return document.querySelectorAll(arguments[0]).length;";
        let buttons = json!(format!("{} > .actions", item(Item::Cv)));
        ensure!(page.script(asked, &[buttons]).await? == json!(0), "she is asked for it");
        page.fits().await?;
        axe::check(page).await
    })
    .await
}

#[tokio::test]
async fn a_note_is_kept_and_she_decides_who_sees_the_list() -> Result<()> {
    scene("checklist_note", View::DESK, async |stage| {
        let page = &stage.page;
        open(page, "citizen-graduate").await?;
        let opened = "document.querySelector(arguments[0] + ' details').open = true;";
        page.script(opened, &[json!(item(Item::Cv))]).await?;
        page.tab_to(&format!("{} textarea", item(Item::Cv))).await?;
        page.driver().action_chain().send_keys("Spørg Else").perform().await?;
        let save = page.css(&format!("{} form .button", item(Item::Cv))).await?;
        save.scroll_into_view().await?;
        save.click().await?;
        stands(page, Item::Cv, false, texts().saved).await?;
        ensure!(rows(page, "checklist_marks").await?[0]["note"] == "Spørg Else");
        page.says(texts().sharing_off).await?;
        page.click("button", texts().share).await?;
        page.says(texts().sharing_on).await?;
        ensure!(rows(page, "checklists").await?[0]["is_shared"] == "true");
        page.click("button", texts().unshare).await?;
        page.says(texts().sharing_off).await
    })
    .await
}

#[tokio::test]
async fn every_citizen_has_a_list_that_anyone_can_use() -> Result<()> {
    for (name, view) in [("dark", View::DARK), ("forced", View::FORCED), ("desk", View::DESK)] {
        scene(&format!("checklist_{name}"), view, async |stage| {
            let page = &stage.page;
            for persona in CITIZENS {
                open(page, persona).await?;
                let open = "document.querySelectorAll('details').forEach(d => d.open = true);";
                page.script(open, &[]).await?;
                page.fits().await?;
                axe::check(page).await?;
                let list = page.api(paths::MY_CHECKLIST).await?;
                let number = |name: &str| list["progress"][name].to_string();
                let progress = [("done", &*number("done")), ("of", &*number("of"))];
                page.says(&fill(texts().progress, &progress)).await?;
            }
            Ok(())
        })
        .await?;
    }
    Ok(())
}

/// A server on which the trial runs, with as nearly everyone in one arm as a protocol may say.
pub(crate) fn with_trial(arm: &str) -> Result<Server> {
    let mut protocol: Value = serde_json::from_str(PROTOCOL)?;
    let arms = protocol["arms"].as_array_mut().into_iter().flatten();
    arms.for_each(|each| each["weight"] = json!(if each["key"] == arm { 999 } else { 1 }));
    // Each lot is for itself, so that what is shown is told while it runs.
    protocol["allocation"] = json!({ "type": "keyed" });
    protocol["strata"] = json!([]);
    let eligible = protocol["eligibility"].as_array_mut();
    eligible.into_iter().for_each(|all| all.retain(|c| c["fact"] != "weeks_registered"));
    let server = Server::stopped(Crowd::Small)?;
    let file = server.folder().join("checklist.json");
    std::fs::write(&file, protocol.to_string())?;
    server.tell(&["trial", "import", &file.display().to_string()])?;
    server.tell(&["trial", "register", "checklist-2026"])?;
    server.tell(&["trial", "start", "checklist-2026"])?;
    let mut server = server;
    server.resume()?;
    Ok(server)
}

/// That no page to which a citizen's first one leads, by its menu or otherwise, speaks of a list or leads
/// to one.
pub(crate) async fn no_trace(page: &Page) -> Result<()> {
    let led_to = "return [...new Set([...document.links] \
         .filter(link => link.origin === location.origin && !link.pathname.startsWith('/api/')) \
         .map(link => link.pathname))];";
    let traces = "return document.body.innerText.toLowerCase().includes('tjekliste') \
         || [...document.links].some(link => link.href.includes('tjekliste'));";
    page.open("/").await?;
    let all: Vec<String> = serde_json::from_value(page.script(led_to, &[]).await?)?;
    for its in HERS {
        ensure!(all.iter().any(|path| path == its.path()), "her menu leads to {all:?}");
    }
    for path in all {
        page.open(&path).await?;
        ensure!(page.script(traces, &[]).await? == json!(false), "{path} speaks of a list");
    }
    Ok(())
}

#[tokio::test]
async fn where_it_is_withheld_there_is_no_trace_of_it() -> Result<()> {
    scene_on(with_trial("ordinary")?, "checklist_withheld", View::DESK, &["404"], async |stage| {
        let page = &stage.page;
        come_in(page, "citizen-full-time").await?;
        no_trace(page).await?;
        let (status, _) = page.fetch(paths::MY_CHECKLIST).await?;
        ensure!(status == 404, "{status}");
        for route in [paths::CHECKLIST_PAGE, "/findes-ikke"] {
            page.open(route).await?;
            heading(page, danish().shell.not_found).await?;
            let status = "return performance.getEntriesByType('navigation')[0].responseStatus;";
            ensure!(page.script(status, &[]).await? == json!(404), "{route}");
        }
        Ok(())
    })
    .await
}

#[tokio::test]
async fn where_it_is_given_the_link_leads_to_it() -> Result<()> {
    scene_on(with_trial("checklist")?, "checklist_given", View::DESK, &[], async |stage| {
        let page = &stage.page;
        come_in(page, "citizen-full-time").await?;
        page.click("link", danish().shell.checklist).await?;
        heading(page, texts().title).await?;
        ensure!(page.api(paths::MY_CHECKLIST).await?["trial"] == "checklist-2026");
        page.reload().await?;
        heading(page, texts().title).await?;
        // What was really on screen is noted; she is not told of the trial while it runs.
        let sent = "return performance.getEntriesByType('resource') \
             .some(entry => entry.name.endsWith(arguments[0]));";
        page.wait("the word of it", sent, &[json!(paths::MY_PROFILE_EXPOSURES)]).await?;
        ensure!(rows(page, "trial_exposures").await?.is_empty());
        come_in_as_staff(page, "researcher").await?;
        let flow = page.api(&paths::TRIAL_WATCH.replace("{trial}", "checklist-2026")).await?;
        let given =
            flow["arms"].as_array().into_iter().flatten().find(|arm| arm["arm"] == "checklist");
        ensure!(given.is_some_and(|arm| arm["exposed"] == 1), "{flow:#}");
        Ok(())
    })
    .await
}

#[tokio::test]
async fn her_caseworker_reads_it_at_the_talk_while_she_shares_it() -> Result<()> {
    scene("checklist_shared", View::DESK, async |stage| {
        let page = &stage.page;
        open(page, "citizen-full-time").await?;
        page.tab_to(&format!("{} .button", item(Item::Cv))).await?;
        page.press(&[Key::Enter]).await?;
        stands(page, Item::Cv, true, texts().saved).await?;
        page.click("button", texts().share).await?;
        page.says(texts().sharing_on).await?;
        come_in_as_staff(page, "caseworker").await?;
        let id = citizen_of(page, "Asta Vinterlund").await?;
        page.open(&routes::Page::CitizenTalk.about(&id)).await?;
        page.says(texts().shared_lead).await?;
        let row = format!("[data-part=shared-list] tr{}", item(Item::Cv));
        ensure!(page.css(&row).await?.text().await?.ends_with(texts().done));
        let controls = "return document.querySelectorAll( \
             '[data-part=shared-list] button, [data-part=shared-list] input').length;";
        ensure!(page.script(controls, &[]).await? == json!(0), "it is hers to change");
        axe::check(page).await?;
        come_in(page, "citizen-full-time").await?;
        page.open(paths::CHECKLIST_PAGE).await?;
        page.click("button", texts().unshare).await?;
        page.says(texts().sharing_off).await?;
        come_in_as_staff(page, "caseworker").await?;
        page.open(&routes::Page::CitizenTalk.about(&id)).await?;
        page.ready().await?;
        let there = "return document.querySelector('[data-part=shared-list]') !== null;";
        ensure!(page.script(there, &[]).await? == json!(false), "shared no longer");
        Ok(())
    })
    .await
}
