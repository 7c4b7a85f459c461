//! What she has sent: sent again with another answer, over a lost connection, with an ended session;
//! one of it deleted, or all.

use anyhow::{Result, ensure};
use jobnet_api::paths;
use jobnet_api::profiling::form::{Choice, Question};
use jobnet_e2e::{Page, View, axe, scene, scene_expecting};
use jobnet_web::i18n::Language;
use serde_json::json;

use crate::citizen::{come_in, heading};
use crate::profile::{asked, choose, fill_in, mine, review, saved, send, texts};

/// How many forms of hers there are, by their ids, the newest first.
async fn sent(page: &Page) -> Result<Vec<String>> {
    Ok(mine(page).await?.submissions.into_iter().map(|sent| sent.id).collect())
}

/// Asks to delete one of them; the dialog stands open then.
async fn ask_to_delete(page: &Page, id: &str) -> Result<()> {
    let button = format!("[data-submission=\"{id}\"] > p:last-of-type button");
    let button = page.css(&button).await?;
    button.scroll_into_view().await?;
    button.click().await?;
    page.css("dialog[open]").await.map(drop)
}

#[tokio::test]
async fn she_sends_another_answer_and_deletes_the_older_form_alone() -> Result<()> {
    scene("profile_again", View::PHONE, async |stage| {
        let page = &stage.page;
        come_in(page, "citizen-full-time").await?;
        fill_in(page).await?;
        send(page).await?;
        let first = mine(page).await?.submissions.remove(0);
        page.click("link", texts().rights.again).await?;
        heading(page, texts().review.title).await?;
        let change = page.css("[data-row=Expectation] a").await?;
        change.scroll_into_view().await?;
        change.click().await?;
        asked(page, Question::Expectation).await?;
        choose(page, Choice::Over6Months).await?;
        saved(page).await?;
        ensure!(sent(page).await? == [first.id.as_str()], "sent without being asked to");
        review(page).await?;
        send(page).await?;
        let all = mine(page).await?.submissions;
        let said: Vec<_> = all.iter().map(|s| s.answers.one(Question::Expectation)).collect();
        let both = [Choice::Over6Months, Choice::Within6Months].map(Some);
        ensure!(said == both, "she said {said:?}");
        ensure!(all[1] == first, "the older one is another now");
        let newest = all[0].id.clone();
        let share = page.css("[data-part=result] [data-share]").await?.attr("data-share").await?;

        ask_to_delete(page, &first.id).await?;
        axe::check(page).await?;
        page.click("button", texts().rights.sure_no).await?;
        let closed = "return document.querySelector('dialog[open]') === null;";
        page.wait("the dialog to close", closed, &[]).await?;
        ensure!(sent(page).await?.len() == 2, "deleted without being asked to");
        ask_to_delete(page, &first.id).await?;
        page.click("button", texts().rights.sure_yes).await?;
        page.says(texts().rights.deleted).await?;
        let rows = "return [...document.querySelectorAll('[data-submission]')] \
             .map(row => row.dataset.submission);";
        ensure!(page.script(rows, &[]).await? == json!([newest]), "the rows");
        ensure!(sent(page).await? == [newest], "what is stored");
        let now = page.css("[data-part=result] [data-share]").await?.attr("data-share").await?;
        ensure!(now == share, "her newest profile says {now:?}, before {share:?}");
        ensure!(mine(page).await?.draft.answers.0.len() == 12, "her answers are gone");
        page.fits().await?;
        axe::check(page).await
    })
    .await
}

#[tokio::test]
async fn a_form_sent_over_a_lost_connection_is_kept_and_sent_once() -> Result<()> {
    let expected = ["Failed to load resource"];
    scene_expecting("profile_sent_lost", View::PHONE, &expected, async |stage| {
        come_in(&stage.page, "citizen-full-time").await?;
        fill_in(&stage.page).await?;
        stage.server.stop()?;
        stage.page.click("button", texts().review.send).await?;
        stage.page.says(texts().review.failed_offline).await?;
        let there = "return document.activeElement?.matches('[role=alert]');";
        stage.page.wait("the focus on what went wrong", there, &[]).await?;
        axe::check(&stage.page).await?;
        stage.page.fits().await?;
        stage.server.resume()?;
        // Again: now it arrives, and only the answer is lost.
        let lost = "const [path] = arguments, real = window.fetch; \
             window.fetch = async (request, ...more) => { \
               const answer = await real(request, ...more); \
               if (!String(request.url ?? request).includes(path)) return answer; \
               window.fetch = real; throw new TypeError('no network'); };";
        stage.page.script(lost, &[json!(paths::MY_PROFILE_SUBMISSIONS)]).await?;
        stage.page.click("button", texts().review.send).await?;
        let arrived = "return window.fetch.toString().includes('native');";
        stage.page.wait("the answer to be lost", arrived, &[]).await?;
        stage.page.says(texts().review.failed_offline).await?;
        ensure!(sent(&stage.page).await?.len() == 1, "it did not arrive");
        send(&stage.page).await?;
        ensure!(sent(&stage.page).await?.len() == 1, "it was sent twice");
        Ok(())
    })
    .await
}

#[tokio::test]
async fn a_form_sent_with_an_ended_session_is_sent_when_she_is_back() -> Result<()> {
    scene_expecting("profile_sent_session", View::DESK, &["401"], async |stage| {
        let page = &stage.page;
        come_in(page, "citizen-full-time").await?;
        fill_in(page).await?;
        page.browser().cdp("Network.clearBrowserCookies", json!({})).await?;
        page.click("button", texts().review.send).await?;
        let session = Language::Danish.prose().session;
        page.says(session.ended).await?;
        page.click("button", session.again).await?;
        heading(page, texts().review.title).await?;
        ensure!(sent(page).await?.is_empty(), "sent without being asked to");
        send(page).await?;
        let all = mine(page).await?.submissions;
        ensure!(all.len() == 1 && all[0].answers.0.len() == 12, "{all:?}");
        Ok(())
    })
    .await
}

#[tokio::test]
async fn what_she_has_sent_can_be_deleted() -> Result<()> {
    scene("profile_deleted", View::DESK, async |stage| {
        let page = &stage.page;
        come_in(page, "citizen-full-time").await?;
        fill_in(page).await?;
        send(page).await?;
        page.click("button", texts().rights.delete_all).await?;
        page.css("dialog[open]").await?;
        axe::check(page).await?;
        page.click("button", texts().rights.sure_yes).await?;
        page.says(texts().rights.deleted).await?;
        page.find("link", texts().start.begin).await?;
        let left = mine(page).await?;
        ensure!(left.submissions.is_empty() && left.draft.answers.0.is_empty(), "{left:?}");
        Ok(())
    })
    .await
}
