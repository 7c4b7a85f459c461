//! Messages: a citizen finds those she got beside her receipts, a researcher sees what a trial sends and
//! stops it, an administrator sees what could not be sent.

use anyhow::{Result, ensure};
use jobnet_api::messages::Language as Written;
use jobnet_api::messages::message::Message;
use jobnet_api::paths;
use jobnet_e2e::server::{Crowd, Server};
use jobnet_e2e::{Page, View, axe, scene_on};
use jobnet_web::i18n::profile_parts::LetterTexts;
use jobnet_web::i18n::{Language, fill};
use jobnet_web::routes;
use serde_json::{Value, json};

use crate::arms::rows;
use crate::checklist::with_trial;
use crate::citizen::{come_in, come_in_as_staff, heading};

fn texts() -> &'static LetterTexts {
    Language::Danish.profile().letters
}

/// A row of the outbox, to the full-time persona, that was handed over at noon of a day of November.
fn row(id: &str, channel: &str, state: &str, reason: &str, day: i64) -> String {
    let at = 1_793_534_400_000 + (day - 1) * 86_400_000;
    format!(
        "INSERT INTO outbox_messages SELECT '{id}', id, '{channel}', 'checklist-2026', \
         'checklist-invitation', '/tjekliste', {at}, '{state}', 1, {at}, NULL, 0, 't', {at}, \
         {reason}, NULL, 0 FROM citizens WHERE register_id = 'SYN-DEMO-FULL-TIME';"
    )
}

fn words(id: &str, message: Message, language: Written) -> Result<String> {
    let letter = serde_json::to_string(&message.letter(language, "https://jobnet.example/x"))?;
    let code = if language == Written::Da { "da" } else { "en" };
    let letter = letter.replace('\'', "''");
    Ok(format!("INSERT INTO outbox_words VALUES ('{id}', '{code}', '{letter}');"))
}

const HEALTH: &str = "11111111-1111-5111-8111-111111111111";
const INVITATION: &str = "22222222-2222-5222-8222-222222222222";

/// A server with two messages that have reached her.
pub(crate) fn with_messages() -> Result<Server> {
    let mut server = Server::stopped(Crowd::Small)?;
    server.tell(&["migrate"])?;
    server.put(&row(HEALTH, "digital_post", "sent", "NULL", 3))?;
    server.put(&words(HEALTH, Message::HealthLetter, Written::Da)?)?;
    server.put(&row(INVITATION, "email", "sent", "NULL", 9))?;
    server.put(&words(INVITATION, Message::ChecklistInvitation, Written::En)?)?;
    server.resume()?;
    Ok(server)
}

async fn look_for(page: &Page, text: &str) -> Result<()> {
    page.css("#letters-search").await?;
    let script = "const field = document.getElementById('letters-search'); \
         field.value = arguments[0]; field.dispatchEvent(new Event('input', {bubbles: true}));";
    page.script(script, &[json!(text)]).await.map(drop)
}

#[tokio::test]
async fn she_reads_what_was_sent_to_her_and_it_stays_read() -> Result<()> {
    for (name, view) in [("letters", View::PHONE), ("letters_desk", View::DESK)] {
        scene_on(with_messages()?, name, view, &[], async |stage| {
            let page = &stage.page;
            let t = texts();
            come_in(page, "citizen-full-time").await?;
            page.open(routes::Page::Letters.path()).await?;
            heading(page, t.title).await?;
            page.says(&fill(t.unread_many, &[("count", "2")])).await?;
            page.says(t.digital_post).await?;
            page.says(t.email).await?;
            let order = "return [...document.querySelectorAll('[data-letter]')] \
                 .map(item => [item.dataset.letter, item.dataset.unread, item.innerText.includes(arguments[0])]);";
            let order = page.script(order, &[json!(t.unread)]).await?;
            ensure!(order == json!([[INVITATION, "true", true], [HEALTH, "true", true]]), "{order}");
            axe::check(page).await?;
            page.fits().await?;
            // What she looks for is in no address.
            look_for(page, "pension").await?;
            page.says(t.found_one).await?;
            look_for(page, "xyzzy").await?;
            page.says(&fill(t.found_none, &[("text", "xyzzy")])).await?;
            axe::check(page).await?;
            let address = page.script("return location.href;", &[]).await?;
            ensure!(!address.to_string().contains("xyzzy"), "{address}");
            page.click("button", t.all).await?;
            let letter = Message::HealthLetter.letter(Written::Da, "");
            page.click("link", &letter.title).await?;
            heading(page, &letter.title).await?;
            page.says(t.digital_post).await?;
            axe::check(page).await?;
            page.fits().await?;
            let file = paths::MY_LETTER_PDF.replace("{letter}", HEALTH);
            let (status, _) = page.fetch(&file).await?;
            ensure!(status == 200, "the file: {status}");
            page.click("link", t.back).await?;
            page.says(t.unread_one).await?;
            page.reload().await?;
            page.says(t.unread_one).await?;
            let read = rows(page, "letters_read").await?;
            ensure!(read.len() == 1 && read[0]["letter"] == HEALTH, "{read:?}");
            let told = "return document.querySelector('main').innerText.toLowerCase();";
            let told = page.script(told, &[]).await?.to_string();
            ensure!(!told.contains("forsøg"), "a trial shows: {told}");
            Ok(())
        })
        .await?;
    }
    Ok(())
}

#[tokio::test]
async fn a_researcher_sees_every_message_and_stops_them() -> Result<()> {
    let part = format!("{}?del=beskeder", routes::Page::Trial.about("checklist-2026"));
    for (name, view) in [("post_phone", View::PHONE), ("post", View::DESK)] {
        scene_on(with_trial("checklist")?, name, view, &[], async |stage| {
            let page = &stage.page;
            let t = Language::Danish.post();
            come_in_as_staff(page, "researcher").await?;
            page.open(&part).await?;
            page.css("[data-message=\"checklist-invitation email\"] iframe").await?;
            page.says(&Message::ChecklistInvitation.sms(Written::Da, "http")[..40]).await?;
            axe::check(page).await?;
            page.fits().await?;
            page.click("button", t.english).await?;
            page.css("[data-message] [lang=en]").await?;
            page.css("[data-line=\"checklist-invitation checklist email\"]").await?;
            page.click("button", &format!("{} …", t.stop_now)).await?;
            let why = "const field = document.getElementById('step-why'); field.value = 'Prøve'; \
                 field.dispatchEvent(new Event('input', {bubbles: true}));";
            page.css("#step-why").await?;
            page.script(why, &[]).await?;
            axe::check(page).await?;
            page.click("button", Language::Danish.research().steps.confirm).await?;
            page.says(t.stopped_text).await?;
            page.css("[data-state=paused]").await?;
            axe::check(page).await
        })
        .await?;
    }
    Ok(())
}

#[tokio::test]
async fn an_administrator_has_a_message_tried_again_and_sees_nobody() -> Result<()> {
    for (name, view) in [("outbox_phone", View::PHONE), ("outbox", View::DESK)] {
        let mut server = Server::stopped(Crowd::Small)?;
        server.tell(&["migrate"])?;
        server.put(&row(HEALTH, "email", "dead", "'refused: 550'", 3))?;
        server.put(&row(INVITATION, "letter", "unknown", "NULL", 9))?;
        server.resume()?;
        scene_on(server, name, view, &["403"], async |stage| {
            let page = &stage.page;
            let t = Language::Danish.outbox();
            come_in_as_staff(page, "administrator").await?;
            page.click("link", t.open).await?;
            heading(page, t.title).await?;
            page.css("[data-state=dead]").await?;
            page.says(&fill(t.reason_detail, &[("reason", t.trouble_refused), ("detail", "550")]))
                .await?;
            axe::check(page).await?;
            page.fits().await?;
            let told = page.api(paths::OUTBOX).await?;
            ensure!(!told.to_string().contains("citizen"), "{told}");
            page.click("button", &fill(t.retry_name, &[("id", HEALTH)])).await?;
            page.says(&fill(t.retried, &[("id", HEALTH)])).await?;
            page.says(t.dead_none).await?;
            let states: Vec<Value> =
                page.api(paths::OUTBOX).await?["counts"].as_array().cloned().unwrap_or_default();
            ensure!(states.iter().any(|count| count["state"] == "waiting"), "{states:?}");
            axe::check(page).await?;
            come_in_as_staff(page, "researcher").await?;
            page.open(routes::Page::Outbox.path()).await?;
            heading(page, Language::Danish.research().list.refused).await?;
            let (status, _) = page.fetch(paths::OUTBOX).await?;
            ensure!(status == 403, "a researcher gets the outbox: {status}");
            Ok(())
        })
        .await?;
    }
    Ok(())
}
