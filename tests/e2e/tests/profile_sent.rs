//! What she has sent: sent again with another answer, over a lost connection, with an ended session,
//! with words that were too long; one of it deleted, or all.

use anyhow::{Result, ensure};
use jobnet_api::paths;
use jobnet_api::profiling::form::{Choice, Question};
use jobnet_e2e::{Page, View, axe, scene, scene_expecting};
use jobnet_web::i18n::{Language, fill};
use jobnet_web::routes;
use serde_json::json;

use crate::citizen::{come_in, heading};
use crate::profile::{asked, choose, fill_in, mine, next, review, saved, send, texts};

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

/// Writes into the field for her own words, at once.
async fn write(page: &Page, words: &str) -> Result<()> {
    page.css("#answer-note").await?;
    let write = "const field = document.getElementById('answer-note'); \
         field.value = arguments[0]; field.dispatchEvent(new Event('input', {bubbles: true}));";
    page.script(write, &[json!(words)]).await.map(drop)
}

/// On one step after another, by its number in the guide.
async fn step(page: &Page, number: u32) -> Result<()> {
    let link = page.css(&format!(".guide-wide a[href='?trin={number}']")).await?;
    link.scroll_into_view().await?;
    link.click().await.map_err(Into::into)
}

#[tokio::test]
async fn words_that_are_too_long_are_named_where_she_sends_and_sent_once_they_are_shorter()
-> Result<()> {
    scene("profile_long_words", View::DESK, async |stage| {
        let page = &stage.page;
        come_in(page, "citizen-full-time").await?;
        fill_in(page).await?;
        page.open(&format!("{}?trin=10", routes::Page::Profile.path())).await?;
        asked(page, Question::Difficulty).await?;
        next(page).await?;
        asked(page, Question::Difficulties).await?;
        choose(page, Choice::OtherDifficulty).await?;
        saved(page).await?;
        write(page, &"å".repeat(305)).await?;
        page.css("[data-saving=typed]").await?;
        let over = fill(texts().form.note_over, &[("count", "5")]);
        next(page).await?;
        let error = page.css("#answer-error").await?.text().await?;
        ensure!(error.contains(&over), "“{over}” is not in “{error}”");
        let on_field = "return document.activeElement?.id === 'answer-note';";
        page.wait("the focus on her words", on_field, &[]).await?;
        axe::check(page).await?;
        // She leaves it all the same: it is named, and nothing else can bring it on its way.
        step(page, 12).await?;
        heading(page, texts().review.title).await?;
        let named = page.css("#too-long").await?.text().await?;
        let name = Language::Danish.question(Question::Difficulties).name;
        ensure!(named.contains(&over) && named.contains(name), "it says “{named}”");
        page.click("button", texts().review.send).await?;
        let on_it = "return document.activeElement?.id === 'too-long';";
        page.wait("the focus on what is in the way", on_it, &[]).await?;
        ensure!(sent(page).await?.is_empty(), "it was sent without her words");
        page.fits().await?;
        axe::check(page).await?;
        page.css("#too-long a").await?.click().await?;
        asked(page, Question::Difficulties).await?;
        write(page, "Min ryg").await?;
        saved(page).await?;
        step(page, 12).await?;
        heading(page, texts().review.title).await?;
        let gone = "return document.getElementById('too-long') === null;";
        page.wait("the note to go", gone, &[]).await?;
        send(page).await?;
        let answers = mine(page).await?.submissions.remove(0).answers;
        let note = answers.0.get(&Question::Difficulties).and_then(|answer| answer.note.as_deref());
        ensure!(note == Some("Min ryg"), "her words are {note:?}");
        Ok(())
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
