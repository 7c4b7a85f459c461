//! The form and the profile when something is in the way: another tab, no network, the end of the
//! session, another device; and in every view.

use anyhow::{Context, Result, ensure};
use jobnet_api::paths;
use jobnet_api::profile::FactSay;
use jobnet_api::profiling::fact::Fact;
use jobnet_api::profiling::form::{Choice, Question};
use jobnet_e2e::{Page, View, axe, scene, scene_expecting};
use jobnet_web::i18n::{Language, fill};
use jobnet_web::routes;
use serde_json::{Value, json};

use crate::checklist::network;
use crate::citizen::{come_in, danish, heading};
use crate::profile::{ANSWERS, asked, choose, fill_in, mine, next, saved, send, texts};

#[tokio::test]
async fn she_goes_on_where_she_left_on_another_device() -> Result<()> {
    scene("profile_resumed", View::DESK, async |stage| {
        let page = &stage.page;
        come_in(page, "citizen-graduate").await?;
        page.open(routes::Page::Profile.path()).await?;
        page.click("link", texts().start.begin).await?;
        for (question, choices) in &ANSWERS[..3] {
            asked(page, *question).await?;
            choose(page, choices[0]).await?;
            saved(page).await?;
            next(page).await?;
        }
        // Nothing but the session is taken along.
        come_in(page, "citizen-graduate").await?;
        page.open(routes::Page::Profile.path()).await?;
        let progress = fill(texts().start.progress, &[("done", "2"), ("all", "10")]);
        page.says(&progress).await?;
        page.click("link", texts().start.go_on).await?;
        asked(page, Question::Ending).await
    })
    .await
}

#[tokio::test]
async fn two_tabs_are_asked_which_answer_counts() -> Result<()> {
    scene_expecting("profile_tabs", View::PHONE, &["409"], async |stage| {
        let page = &stage.page;
        come_in(page, "citizen-full-time").await?;
        let step = format!("{}?trin=5", routes::Page::Profile.path());
        page.open(&step).await?;
        asked(page, Question::Applied).await?;
        // What the other tab does.
        let elsewhere = "const [path, done] = arguments; fetch(path, {method: 'PUT', \
             headers: {'content-type': 'application/json'}, body: JSON.stringify({ \
               answer: {choices: ['applied_0']}, seen_edition: 0})}).then(r => done(r.status));";
        let path = paths::MY_PROFILE_ANSWER.replace("{question}", "applied");
        page.driver().execute_async(elsewhere, vec![json!(path)]).await?;
        choose(page, Choice::Applied2To5).await?;
        let both = page.css("[data-part=conflict]").await?.text().await?;
        for choice in [Choice::Applied0, Choice::Applied2To5] {
            let words = Language::Danish.choice(choice);
            ensure!(both.contains(words), "“{words}” is not shown: {both}");
        }
        axe::check(page).await?;
        page.fits().await?;
        let now = mine(page).await?.draft.answers.one(Question::Applied);
        ensure!(now == Some(Choice::Applied0), "the later answer wins without asking");
        page.click("button", texts().form.keep_here).await?;
        saved(page).await?;
        let now = mine(page).await?.draft.answers.one(Question::Applied);
        ensure!(now == Some(Choice::Applied2To5), "her choice is not stored: {now:?}");
        Ok(())
    })
    .await
}

#[tokio::test]
async fn an_answer_waits_for_the_connection() -> Result<()> {
    let expected = ["Failed to load resource"];
    scene_expecting("profile_offline", View::PHONE, &expected, async |stage| {
        let page = &stage.page;
        come_in(page, "citizen-full-time").await?;
        page.open(&format!("{}?trin=2", routes::Page::Profile.path())).await?;
        asked(page, Question::Expectation).await?;
        ensure!(!asks_before_leaving(page).await?, "nothing waits yet");
        stage.server.stop()?;
        choose(&stage.page, Choice::Over6Months).await?;
        stage.page.css("[data-saving=failed]").await?;
        stage.page.says(texts().form.not_saved).await?;
        axe::check(&stage.page).await?;
        ensure!(asks_before_leaving(&stage.page).await?, "she may close it without a word");
        // She can go on; the page says what is not stored.
        next(&stage.page).await?;
        asked(&stage.page, Question::Ending).await?;
        stage.page.css("[data-part=not-saved]").await?;
        stage.server.resume()?;
        stage.page.click("button", texts().form.retry).await?;
        let gone = "return document.querySelector('[data-part=not-saved]') === null;";
        stage.page.wait("the warning to go", gone, &[]).await?;
        // It goes when the answer is on its way again; its question says when it has arrived.
        stage.page.click("button", texts().form.back).await?;
        asked(&stage.page, Question::Expectation).await?;
        saved(&stage.page).await?;
        let now = mine(&stage.page).await?.draft.answers.one(Question::Expectation);
        ensure!(now == Some(Choice::Over6Months), "stored is {now:?}");
        ensure!(!asks_before_leaving(&stage.page).await?, "everything is stored");
        Ok(())
    })
    .await
}

/// Waits until every answer is stored, and the page says so where she is.
async fn all_saved(page: &Page, expected: &[(Question, Choice)]) -> Result<()> {
    page.css("[data-part=saved-others]").await?;
    page.says(texts().form.saved_others).await?;
    saved(page).await?;
    let now = mine(page).await?.draft.answers;
    for (question, choice) in expected {
        ensure!(now.one(*question) == Some(*choice), "of {question:?} is stored {now:?}");
    }
    ensure!(!asks_before_leaving(page).await?, "everything is stored");
    Ok(())
}

#[tokio::test]
async fn what_waits_is_sent_without_a_click_when_the_connection_is_back() -> Result<()> {
    let expected = ["Failed to load resource", "Failed to fetch"];
    scene_expecting("profile_online_again", View::DESK, &expected, async |stage| {
        let page = &stage.page;
        come_in(page, "citizen-full-time").await?;
        page.open(&format!("{}?trin=2", routes::Page::Profile.path())).await?;
        asked(page, Question::Expectation).await?;
        network(page, false).await?;
        choose(page, Choice::Over6Months).await?;
        page.css("[data-saving=failed]").await?;
        page.says(texts().form.not_saved).await?;
        next(page).await?;
        asked(page, Question::Ending).await?;
        choose(page, Choice::FixedTermEnded).await?;
        page.css("[data-saving=failed]").await?;
        page.css("[data-part=not-saved]").await?;
        ensure!(asks_before_leaving(page).await?, "she may close it without a word");
        // It waits in memory: nothing of it is in what the browser keeps.
        let kept = "return JSON.stringify([{...localStorage}, {...sessionStorage}, \
             location.href]).toLowerCase();";
        let kept = page.script(kept, &[]).await?;
        ensure!(!kept.to_string().contains("over6"), "the browser keeps {kept}");
        network(page, true).await?;
        let first = (Question::Expectation, Choice::Over6Months);
        let second = (Question::Ending, Choice::FixedTermEnded);
        all_saved(page, &[first, second]).await?;
        axe::check(page).await?;
        // Said once, and not after every answer from here on.
        let is_gone = "return document.querySelector('[data-part=saved-others]') === null;";
        choose(page, Choice::Resigned).await?;
        page.wait("it to be said no more", is_gone, &[]).await?;
        saved(page).await?;
        ensure!(page.script(is_gone, &[]).await? == Value::Bool(true), "it is said again");

        // Of a server that is there again no browser tells: the next answer that arrives does.
        stage.server.stop()?;
        choose(&stage.page, Choice::FixedTermEnded).await?;
        stage.page.css("[data-saving=failed]").await?;
        next(&stage.page).await?;
        asked(&stage.page, Question::Notice).await?;
        stage.page.css("[data-part=not-saved]").await?;
        stage.server.resume()?;
        choose(&stage.page, Choice::KnownUnder1Month).await?;
        let third = (Question::Notice, Choice::KnownUnder1Month);
        all_saved(&stage.page, &[first, second, third]).await
    })
    .await
}

/// Whether the browser asks before the page is closed.
pub(crate) async fn asks_before_leaving(page: &Page) -> Result<bool> {
    let asks = "const event = new Event('beforeunload', { cancelable: true }); \
         return !window.dispatchEvent(event);";
    Ok(page.script(asks, &[]).await? == Value::Bool(true))
}

/// Says something of her age that another tab has said otherwise meanwhile: it waits for her choice.
async fn meet_another_say(page: &Page) -> Result<()> {
    let elsewhere = "const [path, done] = arguments; fetch(path, {method: 'PUT', \
         headers: {'content-type': 'application/json'}, body: JSON.stringify({ \
           say: {is_wrong: true, is_left_out: false}, \
           seen: {is_wrong: false, is_left_out: false}})}).then(r => done(r.status));";
    let path = paths::MY_PROFILE_FACT.replace("{fact}", "age");
    page.driver().execute_async(elsewhere, vec![json!(path)]).await?;
    let left_out = page.css("[data-fact=Age] [data-say=left-out]").await?;
    left_out.scroll_into_view().await?;
    left_out.click().await?;
    page.css("[data-part=conflict]").await.map(drop)
}

#[tokio::test]
async fn signing_out_forgets_what_is_not_sent() -> Result<()> {
    scene_expecting("profile_signed_out", View::DESK, &["409"], async |stage| {
        let page = &stage.page;
        come_in(page, "citizen-full-time").await?;
        page.open(&format!("{}?trin=11", routes::Page::Profile.path())).await?;
        page.css("[data-fact=Age]").await?;
        meet_another_say(page).await?;
        ensure!(asks_before_leaving(page).await?, "what she said is not stored");
        page.click("button", danish().shell.sign_out).await?;
        heading(page, danish().landing.title).await?;
        ensure!(!asks_before_leaving(page).await?, "what she said is still there");
        Ok(())
    })
    .await
}

#[tokio::test]
async fn two_tabs_are_asked_what_counts_of_a_fact() -> Result<()> {
    scene_expecting("profile_fact_tabs", View::PHONE, &["409"], async |stage| {
        let page = &stage.page;
        come_in(page, "citizen-full-time").await?;
        page.open(&format!("{}?trin=11", routes::Page::Profile.path())).await?;
        heading(page, texts().facts.title).await?;
        page.css("[data-fact=Age]").await?;
        meet_another_say(page).await?;
        let both = page.css("[data-part=conflict]").await?.text().await?;
        for words in [texts().facts.wrong, texts().facts.leave_out] {
            ensure!(both.contains(words), "“{words}” is not shown: {both}");
        }
        ensure!(asks_before_leaving(page).await?, "what she said here is not stored");
        axe::check(page).await?;
        page.fits().await?;
        let age = async || -> Result<FactSay> {
            let profile = mine(page).await?;
            let age = profile.facts.iter().find(|fact| fact.fact == Fact::Age);
            Ok(age.context("her age is shown")?.say)
        };
        let there = FactSay { is_wrong: true, is_left_out: false };
        ensure!(age().await? == there, "the later one wins without asking");
        page.click("button", texts().form.keep_here).await?;
        let gone = "return document.querySelector('[data-part=conflict]') === null;";
        page.wait("the question to go", gone, &[]).await?;
        let stored = "const [path] = arguments; return fetch(path).then(r => r.json()).then(p => \
             p.facts.find(f => f.fact === 'age').say.is_left_out);";
        page.wait("what she chose to be stored", stored, &[json!(paths::MY_PROFILE)]).await?;
        let here = FactSay { is_wrong: false, is_left_out: true };
        ensure!(age().await? == here, "her choice is not stored: {:?}", age().await?);
        Ok(())
    })
    .await
}

#[tokio::test]
async fn an_answer_waits_for_her_to_sign_in_again_and_for_nobody_else() -> Result<()> {
    scene_expecting("profile_session", View::DESK, &["401"], async |stage| {
        let page = &stage.page;
        come_in(page, "citizen-full-time").await?;
        page.open(&format!("{}?trin=2", routes::Page::Profile.path())).await?;
        asked(page, Question::Expectation).await?;
        page.browser().cdp("Network.clearBrowserCookies", json!({})).await?;
        choose(page, Choice::Over6Months).await?;
        let session = Language::Danish.prose().session;
        page.says(session.ended).await?;
        page.click("button", session.again).await?;
        asked(page, Question::Expectation).await?;
        saved(page).await?;
        let now = mine(page).await?.draft.answers.one(Question::Expectation);
        ensure!(now == Some(Choice::Over6Months), "stored is {now:?}");
        // After signing out nothing of it waits.
        page.browser().cdp("Network.clearBrowserCookies", json!({})).await?;
        choose(page, Choice::Within1Month).await?;
        page.says(session.ended).await?;
        let other = page.css("dialog[open] [data-persona=citizen-part-time]").await?;
        other.scroll_into_view().await?;
        other.click().await?;
        asked(page, Question::Expectation).await?;
        let chosen = "return document.querySelector('[data-choice]:checked') === null;";
        ensure!(page.script(chosen, &[]).await? == Value::Bool(true), "another's answer is here");
        Ok(())
    })
    .await
}

#[tokio::test]
async fn what_was_answered_elsewhere_meanwhile_is_not_overwritten_by_signing_in_again() -> Result<()>
{
    scene_expecting("profile_elsewhere", View::DESK, &["401", "409"], async |stage| {
        let page = &stage.page;
        come_in(page, "citizen-full-time").await?;
        page.open(&format!("{}?trin=2", routes::Page::Profile.path())).await?;
        asked(page, Question::Expectation).await?;
        let session = page.browser().cdp("Network.getCookies", json!({})).await?;
        page.browser().cdp("Network.clearBrowserCookies", json!({})).await?;
        choose(page, Choice::Over6Months).await?;
        let texts_of_session = Language::Danish.prose().session;
        page.says(texts_of_session.ended).await?;
        // Another device has its own session.
        for cookie in session["cookies"].as_array().context("no cookies")? {
            let cookie = json!({
                "name": cookie["name"],
                "value": cookie["value"],
                "path": cookie["path"],
                "secure": cookie["secure"],
                "httpOnly": cookie["httpOnly"],
                "url": stage.server.address(),
            });
            page.browser().cdp("Network.setCookie", cookie).await?;
        }
        let elsewhere = "const [path, choice, done] = arguments; fetch(path, {method: 'PUT', \
             headers: {'content-type': 'application/json'}, body: JSON.stringify({ \
               answer: {choices: [choice]}, seen_edition: 0})}).then(r => done(r.status));";
        let path = paths::MY_PROFILE_ANSWER.replace("{question}", "expectation");
        page.driver()
            .execute_async(elsewhere, vec![json!(path), json!(Choice::Within1Month)])
            .await?;
        let now = mine(page).await?.draft.answers.one(Question::Expectation);
        ensure!(now == Some(Choice::Within1Month), "elsewhere she answered {now:?}");
        page.browser().cdp("Network.clearBrowserCookies", json!({})).await?;
        page.click("button", texts_of_session.again).await?;
        let both = page.css("[data-part=conflict]").await?.text().await?;
        for choice in [Choice::Within1Month, Choice::Over6Months] {
            let words = Language::Danish.choice(choice);
            ensure!(both.contains(words), "“{words}” is not shown: {both}");
        }
        // Away and back again with the question open: it is asked again.
        page.click("link", texts().form.pause).await?;
        heading(page, texts().start.title).await?;
        page.driver().back().await?;
        page.css("[data-part=conflict]").await?;
        let now = mine(page).await?.draft.answers.one(Question::Expectation);
        ensure!(now == Some(Choice::Within1Month), "it was overwritten unasked: {now:?}");
        page.click("button", texts().form.keep_here).await?;
        saved(page).await?;
        let now = mine(page).await?.draft.answers.one(Question::Expectation);
        ensure!(now == Some(Choice::Over6Months), "her choice is not stored: {now:?}");
        Ok(())
    })
    .await
}

#[tokio::test]
async fn a_fact_that_has_changed_elsewhere_is_shown_before_it_is_sent() -> Result<()> {
    scene_expecting("profile_fact_elsewhere", View::PHONE, &["409"], async |stage| {
        let page = &stage.page;
        come_in(page, "citizen-full-time").await?;
        fill_in(page).await?;
        let elsewhere = "const [path, done] = arguments; fetch(path, {method: 'PUT', \
             headers: {'content-type': 'application/json'}, body: JSON.stringify({ \
               say: {is_wrong: false, is_left_out: true}, \
               seen: {is_wrong: false, is_left_out: false}})}).then(r => done(r.status));";
        let path = paths::MY_PROFILE_FACT.replace("{fact}", "age");
        page.driver().execute_async(elsewhere, vec![json!(path)]).await?;
        page.click("button", texts().review.send).await?;
        page.says(texts().review.changed).await?;
        let row = page.css("[data-row=Age]").await?.text().await?;
        ensure!(row.contains(Language::Danish.receipt().left_out), "her age: {row}");
        ensure!(mine(page).await?.submissions.is_empty(), "what she had not seen was sent");
        axe::check(page).await?;
        send(page).await?;
        page.says(texts().result.none).await
    })
    .await
}

#[tokio::test]
async fn the_form_and_the_profile_are_for_everyone_in_every_view() -> Result<()> {
    scene("profile_views", View::DESK, async |stage| {
        let page = &stage.page;
        come_in(page, "citizen-full-time").await?;
        fill_in(page).await?;
        for view in View::ALL {
            page.show_as(view).await?;
            for step in [1, 8, 11, 12] {
                page.open(&format!("{}?trin={step}", routes::Page::Profile.path())).await?;
                page.fits().await.with_context(|| format!("step {step}, {view:?}"))?;
                axe::check(page).await.with_context(|| format!("step {step}, {view:?}"))?;
            }
        }
        page.show_as(View::DESK).await?;
        send(page).await?;
        for view in View::ALL {
            page.show_as(view).await?;
            page.open(routes::Page::Profile.path()).await?;
            page.css(".icons-plot[data-drawn]").await?;
            page.fits().await.with_context(|| format!("profile, {view:?}"))?;
            axe::check(page).await.with_context(|| format!("profile, {view:?}"))?;
        }
        // The same in English.
        page.click("button", Language::English.name()).await?;
        heading(page, Language::English.profile().start.title).await?;
        axe::check(page).await
    })
    .await
}
