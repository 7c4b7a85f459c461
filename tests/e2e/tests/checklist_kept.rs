//! What of her checklist is not with the server yet: a change that was refused, one that was made
//! without a connection, a note that she has typed. None of it is lost with the page or the session,
//! and somebody else never sees it.

use anyhow::{Result, ensure};
use jobnet_api::paths;
use jobnet_checklist::item::Item;
use jobnet_e2e::{Page, View, axe, scene, scene_expecting};
use jobnet_web::i18n::Language;
use serde_json::{Value, json};
use thirtyfour::Key;

use crate::arms::rows;
use crate::checklist::{item, network, open, stands, texts};
use crate::citizen::{choose, danish, heading, is_out};
use crate::profile_states::asks_before_leaving;
use crate::session::{CLOSED, OPEN, texts as session};

const NOTE: &str = "Spørg Else om det røde værksted";

/// The next change of an item becomes one on its way that no list takes.
const SPOIL: &str = "
const real = window.fetch;
let spoilt = false;
window.fetch = (request, ...more) => {
  const url = String(request.url ?? request), method = request.method ?? more[0]?.method;
  if (spoilt || method !== 'PUT' || !url.includes('/checklist/items/')) {
    return real(request, ...more);
  }
  spoilt = true;
  const mark = {state: {type: 'later', until: '2031-01-01'}};
  return real(url, {method, headers: {'content-type': 'application/json'},
    body: JSON.stringify({mark, made_at: '2026-11-22T11:00:00Z'})});
};";

#[tokio::test]
async fn what_the_server_refuses_stays_and_is_sent_again_when_she_says_so() -> Result<()> {
    let expected = ["422"];
    scene_expecting("checklist_refused", View::PHONE, &expected, async |stage| {
        let page = &stage.page;
        open(page, "citizen-full-time").await?;
        page.script(SPOIL, &[]).await?;
        page.tab_to(&format!("{} .button", item(Item::Cv))).await?;
        page.press(&[Key::Enter]).await?;
        stands(page, Item::Cv, true, texts().refused).await?;
        page.fits().await?;
        axe::check(page).await?;
        ensure!(rows(page, "checklist_marks").await?.is_empty(), "it was stored");
        ensure!(asks_before_leaving(page).await?, "she may close it without a word");
        page.click("button", texts().send_again).await?;
        stands(page, Item::Cv, true, texts().saved).await?;
        let marks = rows(page, "checklist_marks").await?;
        ensure!(marks.len() == 1 && marks[0]["state"] == "done", "{marks:?}");
        let buttons = "return [...document.querySelectorAll('button')] \
             .filter(button => button.innerText.trim() === arguments[0]).length;";
        ensure!(page.script(buttons, &[json!(texts().send_again)]).await? == json!(0));
        ensure!(!asks_before_leaving(page).await?, "everything is stored");
        Ok(())
    })
    .await
}

/// Waits until her session has ended, and then for her to be back at her list.
async fn signs_in_again(page: &Page) -> Result<()> {
    page.wait("the end", OPEN, &[json!(session().ended)]).await?;
    page.says(session().ended_kept).await?;
    axe::check(page).await?;
    let all = "return document.documentElement.outerHTML + \
         [...document.querySelectorAll('input, textarea')].map(e => e.value).join();";
    let all = page.script(all, &[]).await?.to_string();
    ensure!(!all.contains(NOTE) && !all.contains("data-item"), "her list is still there");
    page.click("button", session().again).await?;
    page.wait("the dialog to close", CLOSED, &[]).await?;
    heading(page, texts().title).await
}

#[tokio::test]
async fn a_change_made_without_a_connection_outlives_the_session() -> Result<()> {
    let expected = ["Failed to load resource", "Failed to fetch"];
    scene_expecting("checklist_session", View::DESK, &expected, async |stage| {
        let page = &stage.page;
        open(page, "citizen-full-time").await?;
        network(page, false).await?;
        page.tab_to(&format!("{} .button", item(Item::Cv))).await?;
        page.press(&[Key::Enter]).await?;
        stands(page, Item::Cv, true, texts().waiting).await?;
        // Her session ends before she has a connection again.
        page.browser().cdp("Network.clearBrowserCookies", json!({})).await?;
        network(page, true).await?;
        signs_in_again(page).await?;
        let kept = "return fetch(arguments[0]).then(r => r.json()) \
             .then(list => list.marks.cv?.state.type === 'done');";
        page.wait("the change to arrive", kept, &[json!(paths::MY_CHECKLIST)]).await?;
        page.wait("nothing to wait", "return window.onbeforeunload === null;", &[]).await?;
        stands(page, Item::Cv, true, texts().done).await?;
        ensure!(rows(page, "checklist_marks").await?.len() == 1, "stored twice");
        Ok(())
    })
    .await
}

/// The note of an item as it stands on the page, and whether it can be seen.
async fn note(page: &Page) -> Result<(String, bool)> {
    let field = format!("{} textarea", item(Item::Cv));
    page.css(&field).await?;
    let script = "const field = document.querySelector(arguments[0]); \
         return [field.value, field.checkVisibility()];";
    let there = page.script(script, &[json!(field)]).await?;
    Ok((there[0].as_str().unwrap_or_default().to_owned(), there[1] == Value::Bool(true)))
}

/// Types a note, or more of one.
async fn type_note(page: &Page, text: &str) -> Result<()> {
    let field = "const item = document.querySelector(arguments[0]); \
         item.querySelector('details').open = true; \
         const field = item.querySelector('textarea'); \
         field.focus(); \
         field.setSelectionRange(field.value.length, field.value.length);";
    page.script(field, &[json!(item(Item::Cv))]).await?;
    page.driver().action_chain().send_keys(text).perform().await?;
    Ok(())
}

/// Goes from her list to another page, as long as the page is not loaded anew.
async fn leave_the_list(page: &Page) -> Result<()> {
    page.click("link", danish().shell.hours).await?;
    heading(page, Language::Danish.account().page.title).await
}

/// Goes to her list in the same way.
async fn back_to_the_list(page: &Page) -> Result<()> {
    page.click("link", danish().shell.checklist).await?;
    heading(page, texts().title).await
}

#[tokio::test]
async fn a_note_that_is_not_saved_outlives_the_page_and_the_session() -> Result<()> {
    scene("checklist_typed", View::DESK, async |stage| {
        let page = &stage.page;
        open(page, "citizen-graduate").await?;
        ensure!(note(page).await? == (String::new(), false), "it begins empty");
        type_note(page, NOTE).await?;
        ensure!(asks_before_leaving(page).await?, "she may close it without a word");
        leave_the_list(page).await?;
        ensure!(asks_before_leaving(page).await?, "it waits there, too");
        back_to_the_list(page).await?;
        ensure!(note(page).await? == (NOTE.to_owned(), true), "left: {:?}", note(page).await?);
        ensure!(rows(page, "checklist_marks").await?.is_empty(), "she has not saved it");

        page.browser().cdp("Network.clearBrowserCookies", json!({})).await?;
        page.script("document.dispatchEvent(new Event('visibilitychange'));", &[]).await?;
        signs_in_again(page).await?;
        ensure!(note(page).await? == (NOTE.to_owned(), true), "ended: {:?}", note(page).await?);
        let save = page.css(&format!("{} form .button", item(Item::Cv))).await?;
        save.scroll_into_view().await?;
        save.click().await?;
        stands(page, Item::Cv, false, texts().saved).await?;
        ensure!(rows(page, "checklist_marks").await?[0]["note"] == NOTE);
        ensure!(!asks_before_leaving(page).await?, "everything is stored");

        // What was taken back to what is stored does not wait.
        type_note(page, "x").await?;
        ensure!(asks_before_leaving(page).await?, "it has changed");
        page.press(&[Key::Backspace]).await?;
        ensure!(!asks_before_leaving(page).await?, "it is as it was");

        // Signing out forgets what is typed: she finds what is stored, and another person nothing.
        for (persona, stored) in [("citizen-graduate", NOTE), ("citizen-full-time", "")] {
            type_note(page, " og mere").await?;
            leave_the_list(page).await?;
            page.click("button", danish().shell.sign_out).await?;
            is_out(page).await?;
            ensure!(!asks_before_leaving(page).await?, "nothing is kept");
            choose(page, persona).await?;
            heading(page, Language::Danish.account().page.title).await?;
            back_to_the_list(page).await?;
            let there = note(page).await?;
            ensure!(there == (stored.to_owned(), false), "{persona} finds {there:?}");
        }
        Ok(())
    })
    .await
}
