//! The end of a session: she is asked in time, nothing of hers stays on the screen, what she typed
//! waits for her and for nobody else.

use anyhow::{Context, Result, ensure};
use jobnet_api::boot::Me;
use jobnet_api::paths;
use jobnet_e2e::server::{Crowd, Server};
use jobnet_e2e::{Page, Stage, View, axe, scene, scene_expecting, scene_on};
use jobnet_web::i18n::Language;
use jobnet_web::i18n::prose::SessionTexts;
use jobnet_web::routes;
use serde_json::{Value, json};
use thirtyfour::Key;

use crate::citizen::{CITIZENS, come_in, danish, heading};
use crate::report::{NOTE, fill_in, texts as report};

pub(crate) fn texts() -> &'static SessionTexts {
    Language::Danish.prose().session
}

fn server(settings: &[(&str, &str)]) -> Result<Server> {
    let mut server = Server::stopped(Crowd::Small)?;
    for (name, value) in settings {
        server.set(name, value);
    }
    server.resume()?;
    Ok(server)
}

pub(crate) const OPEN: &str =
    "return document.querySelector('dialog[open]')?.getAttribute('aria-label') === arguments[0];";
pub(crate) const CLOSED: &str = "return document.querySelector('dialog[open]') === null;";

async fn me(page: &Page) -> Result<Me> {
    Ok(serde_json::from_value(page.api(paths::ME).await?)?)
}

#[tokio::test]
async fn she_is_asked_before_the_end_and_goes_on_by_the_keys() -> Result<()> {
    let server = server(&[("sessions.idle_seconds", "306")])?;
    scene_on(server, "session_asked", View::PHONE, &[], async |stage| {
        let page = &stage.page;
        come_in(page, CITIZENS[0]).await?;
        for view in [View::PHONE, View::DESK] {
            page.show_as(view).await?;
            goes_on(page).await.with_context(|| format!("{view:?}"))?;
        }
        Ok(())
    })
    .await
}

/// Waits for the question, and goes on.
async fn goes_on(page: &Page) -> Result<()> {
    let before = me(page).await?.session_ends_at;
    page.wait("the question", OPEN, &[json!(texts().ending)]).await?;
    let status = "return document.querySelector('dialog[open] [role=status]').innerText \
         .includes('5 min.');";
    page.wait("a word to screen readers", status, &[]).await?;
    let first = page.css("dialog[open] .countdown").await?.text().await?;
    let counts = "return document.querySelector('dialog[open] .countdown').innerText \
         !== arguments[0];";
    page.wait("the countdown", counts, &[json!(first)]).await?;
    page.fits().await?;
    axe::check(page).await?;
    page.tab_to("dialog[open] .button-primary").await?;
    let name = page.script("return document.activeElement.innerText;", &[]).await?;
    ensure!(name == texts().go_on, "the keys come to “{name}”");
    page.press(&[Key::Enter]).await?;
    page.wait("the question to go", CLOSED, &[]).await?;
    let after = me(page).await?.session_ends_at;
    ensure!(after > before, "the session ends at {after} as before");
    Ok(())
}

#[tokio::test]
async fn the_last_end_is_said_to_be_the_last() -> Result<()> {
    let server = server(&[("sessions.longest_seconds", "200")])?;
    scene_on(server, "session_last", View::DESK, &[], async |stage| {
        let page = &stage.page;
        come_in(page, CITIZENS[0]).await?;
        page.wait("the question", OPEN, &[json!(texts().ending)]).await?;
        page.says(texts().ending_last_text).await?;
        ensure!(!page.text().await?.contains(texts().go_on), "it cannot be put off");
        axe::check(page).await?;
        let dialog = page.css("dialog[open] .button-secondary").await?;
        dialog.click().await?;
        heading(page, danish().landing.title).await
    })
    .await
}

/// She types; a few seconds later the session ends by itself.
async fn until_the_end(stage: &mut Stage) -> Result<()> {
    fill_in(&stage.page).await?;
    let me = me(&stage.page).await?;
    let default = 30 * 60;
    let used = default - (me.session_ends_at - me.now).num_seconds();
    stage.server.stop()?;
    stage.server.set("sessions.idle_seconds", &(used + 6).to_string());
    stage.server.resume()?;
    let page = &stage.page;
    let returned = "document.dispatchEvent(new Event('visibilitychange'));";
    page.script(returned, &[]).await?;
    page.wait("the question", OPEN, &[json!(texts().ending)]).await?;
    page.wait("the end", OPEN, &[json!(texts().ended)]).await.map(drop)
}

#[tokio::test]
async fn an_ended_session_leaves_nothing_on_the_screen_and_brings_back_what_she_typed() -> Result<()>
{
    scene_expecting("session_over", View::DESK, &["401", "Failed to load"], async |stage| {
        until_the_end(stage).await?;
        let page = &stage.page;
        page.says(texts().ended_kept).await?;
        axe::check(page).await?;
        let all = "return document.documentElement.outerHTML + \
             [...document.querySelectorAll('input, textarea')].map(e => e.value).join();";
        let all = page.script(all, &[]).await?.to_string();
        for hers in ["Asta Vinterlund</p>", NOTE, "37,5"] {
            ensure!(!all.contains(hers), "“{hers}” is still there");
        }
        // Time enough for the next one.
        stage.server.stop()?;
        stage.server.set("sessions.idle_seconds", "1800");
        stage.server.resume()?;
        let page = &stage.page;
        page.click("button", texts().again).await?;
        heading(page, Language::Danish.account().page.title).await?;
        page.wait("the dialog to close", CLOSED, &[]).await?;
        let note = page.find("field", report().note).await?.prop("value").await?;
        ensure!(note.as_deref() == Some(NOTE), "what was typed is now {note:?}");
        Ok(())
    })
    .await
}

#[tokio::test]
async fn another_person_never_sees_what_she_typed() -> Result<()> {
    scene_expecting("session_other", View::DESK, &["401"], async |stage| {
        let page = &stage.page;
        fill_in(page).await?;
        page.browser().cdp("Network.clearBrowserCookies", json!({})).await?;
        page.click("button", report().send).await?;
        page.wait("the end", OPEN, &[json!(texts().ended)]).await?;
        let other = page.css("dialog[open] [data-persona=citizen-part-time]").await?;
        other.scroll_into_view().await?;
        other.click().await?;
        heading(page, Language::Danish.account().page.title).await?;
        page.wait("the dialog to close", CLOSED, &[]).await?;
        let note = page.find("field", report().note).await?.prop("value").await?;
        ensure!(note.as_deref() == Some(""), "the other person sees {note:?}");
        Ok(())
    })
    .await
}

#[tokio::test]
async fn after_signing_out_the_back_button_shows_nothing() -> Result<()> {
    scene("signed_out_back", View::DESK, async |stage| {
        let page = &stage.page;
        let nothing = async |page: &Page| -> Result<()> {
            heading(page, danish().landing.title).await?;
            let text = page.script("return document.documentElement.outerHTML;", &[]).await?;
            let shows = text.to_string().contains("Asta Vinterlund</p>");
            ensure!(!shows, "her name is still in the page");
            Ok(())
        };
        come_in(page, CITIZENS[0]).await?;
        page.open(routes::Page::Hours.path()).await?;
        page.open(routes::Page::MyData.path()).await?;
        page.click("button", danish().shell.sign_out).await?;
        nothing(page).await?;
        for _ in 0..2 {
            page.driver().back().await?;
            page.ready().await?;
            nothing(page).await?;
        }
        // Away from the app, the session ends elsewhere, and back.
        come_in(page, CITIZENS[0]).await?;
        page.driver().goto("about:blank").await?;
        page.browser().cdp("Network.clearBrowserCookies", json!({})).await?;
        page.driver().back().await?;
        page.ready().await?;
        nothing(page).await
    })
    .await
}

#[tokio::test]
async fn signing_out_in_one_tab_signs_out_the_others() -> Result<()> {
    scene("signed_out_tabs", View::DESK, async |stage| {
        let page = &stage.page;
        fill_in(page).await?;
        let first = page.driver().window().await?;
        let second = page.driver().new_tab().await?;
        page.driver().switch_to_window(second.clone()).await?;
        page.show_as(View::DESK).await?;
        page.open("/").await?;
        page.click("button", danish().shell.sign_out).await?;
        heading(page, danish().landing.title).await?;
        page.driver().close_window().await?;
        page.driver().switch_to_window(first).await?;
        heading(page, danish().landing.title).await?;
        let open = page.script(CLOSED, &[]).await?;
        ensure!(open == Value::Bool(true), "she signed out herself: nobody asks her back");
        let again = page.css("main [data-persona=citizen-full-time]").await?;
        again.click().await?;
        heading(page, Language::Danish.account().page.title).await?;
        let note = page.find("field", report().note).await?.prop("value").await?;
        ensure!(note.as_deref() == Some(""), "after signing out it still says {note:?}");
        Ok(())
    })
    .await
}

/// Keeps the next answer to a path back until `letGo()`; `itCame` once the page has had it and drawn.
pub(crate) const HOLD: &str = "
const [path] = arguments, real = window.fetch;
let held = false;
window.itCame = false;
window.fetch = (request, ...more) => {
  const answer = real(request, ...more);
  if (held || !String(request.url ?? request).includes(path)) return answer;
  held = true;
  return new Promise((resolve, reject) => {
    window.letGo = fails => {
      fails ? reject(new TypeError('no network')) : answer.then(resolve);
      answer.finally(() => setTimeout(() => requestAnimationFrame(() => requestAnimationFrame(
        () => { window.itCame = true; })), 100));
    };
  });
};";
/// Whether an answer that was kept back has come and been drawn.
pub(crate) const CAME: &str = "return window.itCame;";

#[tokio::test]
async fn an_answer_from_before_she_signed_out_does_not_bring_her_back() -> Result<()> {
    scene("session_late", View::DESK, async |stage| {
        let page = &stage.page;
        come_in(page, CITIZENS[0]).await?;
        page.script(HOLD, &[json!("/api/v1/boot")]).await?;
        page.script("document.dispatchEvent(new Event('visibilitychange'));", &[]).await?;
        page.wait("a question", "return 'letGo' in window;", &[]).await?;
        page.click("button", danish().shell.sign_out).await?;
        heading(page, danish().landing.title).await?;
        page.script("letGo(false);", &[]).await?;
        page.wait("the late answer", CAME, &[]).await?;
        let text = page.script("return document.documentElement.outerHTML;", &[]).await?;
        ensure!(!text.to_string().contains("Asta Vinterlund</p>"), "she is back on the screen");
        heading(page, danish().landing.title).await
    })
    .await
}

#[tokio::test]
async fn another_person_in_another_tab_is_another_person_here() -> Result<()> {
    scene("session_other_tab", View::DESK, async |stage| {
        let page = &stage.page;
        fill_in(page).await?;
        // What the other tab does: it signs in, and says so.
        let elsewhere = "const [persona, done] = arguments; (async () => { \
             await fetch('/api/v1/session/demo', {method: 'POST', \
               headers: {'content-type': 'application/json'}, body: JSON.stringify({persona})}); \
             const {handle} = await (await fetch('/api/v1/me')).json(); \
             new BroadcastChannel('signed-in').postMessage(handle); done(true); })();";
        page.driver().execute_async(elsewhere, vec![json!("citizen-part-time")]).await?;
        let hers = "return document.querySelector('.header .user')?.innerText.includes('Birgit');";
        page.wait("the other person", hers, &[]).await?;
        let note = page.find("field", report().note).await?.prop("value").await?;
        ensure!(note.as_deref() == Some(""), "the other person sees {note:?}");
        Ok(())
    })
    .await
}

/// Signs in as the same person in another tab, which says so.
async fn sign_in_elsewhere(page: &Page) -> Result<()> {
    let elsewhere = "const [persona, done] = arguments; (async () => { \
         await fetch('/api/v1/session/demo', {method: 'POST', \
           headers: {'content-type': 'application/json'}, body: JSON.stringify({persona})}); \
         const {handle} = await (await fetch('/api/v1/me')).json(); \
         new BroadcastChannel('signed-in').postMessage(handle); setTimeout(() => done(true), 50); \
       })();";
    page.driver().execute_async(elsewhere, vec![json!(CITIZENS[0])]).await.map(drop)?;
    Ok(())
}

#[tokio::test]
async fn what_was_asked_in_an_old_session_does_not_end_a_new_one() -> Result<()> {
    scene_expecting("session_old_answer", View::DESK, &["401"], async |stage| {
        let page = &stage.page;
        let letters = Language::Danish.profile().letters.title;
        for held in [paths::MY_LETTERS, paths::BOOT] {
            come_in(page, CITIZENS[0]).await?;
            // Her session is gone, and the answer that says so is late.
            page.browser().cdp("Network.clearBrowserCookies", json!({})).await?;
            page.script(HOLD, &[json!(held)]).await?;
            if held == paths::BOOT {
                page.script("document.dispatchEvent(new Event('visibilitychange'));", &[]).await?;
            } else {
                let link = "document.querySelector(`a[href=\"${arguments[0]}\"]`).click();";
                page.script(link, &[json!(routes::Page::Letters.path())]).await?;
            }
            page.wait("a question", "return 'letGo' in window;", &[]).await?;
            sign_in_elsewhere(page).await?;
            page.script("letGo(false);", &[]).await?;
            page.wait("the late answer", CAME, &[]).await?;
            let hers =
                "return document.querySelector('.header .user')?.innerText.includes('Asta');";
            page.wait("her name", hers, &[]).await?;
            ensure!(page.script(CLOSED, &[]).await? == true, "{held}: her session has ended");
            page.open(routes::Page::Letters.path()).await?;
            heading(page, letters).await?;
        }
        Ok(())
    })
    .await
}

#[tokio::test]
async fn a_page_whose_session_ended_comes_back_when_she_signs_in_elsewhere() -> Result<()> {
    scene_expecting("session_back", View::DESK, &["401"], async |stage| {
        let page = &stage.page;
        fill_in(page).await?;
        page.browser().cdp("Network.clearBrowserCookies", json!({})).await?;
        page.click("button", report().send).await?;
        page.wait("the end", OPEN, &[json!(texts().ended)]).await?;
        sign_in_elsewhere(page).await?;
        page.wait("the dialog to close", CLOSED, &[]).await?;
        heading(page, Language::Danish.account().page.title).await?;
        let note = page.find("field", report().note).await?.prop("value").await?;
        ensure!(note.as_deref() == Some(NOTE), "what was typed is now {note:?}");
        Ok(())
    })
    .await
}

/// Whether a page came back from memory, kept across the reload that follows.
const RESTORED: &str = "addEventListener('pageshow', event => { \
     if (event.persisted) sessionStorage.setItem('restored', document.body.checkVisibility()); });";

#[tokio::test]
async fn a_page_that_comes_back_from_memory_shows_nothing_of_hers() -> Result<()> {
    scene("session_memory", View::DESK, async |stage| {
        let page = &stage.page;
        come_in(page, CITIZENS[0]).await?;
        page.script(RESTORED, &[]).await?;
        let hers = page.text().await?;
        ensure!(hers.contains("Asta"), "her name is not on the page: {hers}");
        page.driver().goto("about:blank").await?;
        // She signs out elsewhere meanwhile.
        page.browser().cdp("Network.clearBrowserCookies", json!({})).await?;
        page.driver().back().await?;
        page.ready().await?;
        heading(page, danish().landing.title).await?;
        let restored = page.script("return sessionStorage.getItem('restored');", &[]).await?;
        ensure!(restored == json!("false"), "kept in memory, and on the screen: {restored}");
        Ok(())
    })
    .await
}
