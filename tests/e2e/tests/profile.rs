//! The form and the profile, part by part: the keys, the facts, other answers; and what every test
//! of them begins with.

use anyhow::{Context, Result, ensure};
use jobnet_api::paths;
use jobnet_api::profile::{MyProfile, ProfileResult};
use jobnet_api::profiling::form::{Choice, Question};
use jobnet_api::profiling::profile::{Outcome, Profile, Share};
use jobnet_api::profiling::shipped;
use jobnet_e2e::{Page, View, axe, scene};
use jobnet_web::i18n::profile_messages::ProfileMessages;
use jobnet_web::i18n::{Language, fill};
use jobnet_web::routes;
use serde_json::{Value, json};
use thirtyfour::Key;

use crate::citizen::{come_in, heading};

/// One way through the form, with both questions that go on.
pub(crate) const ANSWERS: [(Question, &[Choice]); 12] = [
    (Question::Education, &[Choice::Master]),
    (Question::Field, &[Choice::SocialScience]),
    (Question::Expectation, &[Choice::Within6Months]),
    (Question::Ending, &[Choice::FixedTermEnded]),
    (Question::Notice, &[Choice::Known1To3Months]),
    (Question::Applied, &[Choice::Applied0]),
    (Question::Outlook, &[Choice::Poor]),
    (Question::KnownJob, &[Choice::SeveralJobs]),
    (Question::Channels, &[Choice::JobPortals, Choice::Network]),
    (Question::Considering, &[Choice::Commute]),
    (Question::Difficulty, &[Choice::Yes]),
    (Question::Difficulties, &[Choice::Finances]),
];

pub(crate) fn texts() -> ProfileMessages {
    Language::Danish.profile()
}

/// Waits until a question has the page.
pub(crate) async fn asked(page: &Page, question: Question) -> Result<()> {
    heading(page, Language::Danish.question(question).title).await
}

pub(crate) async fn choose(page: &Page, choice: Choice) -> Result<()> {
    let input = page.css(&format!("[data-choice=\"{choice:?}\"]")).await?;
    input.scroll_into_view().await?;
    input.click().await.with_context(|| format!("{choice:?} cannot be chosen"))
}

/// Waits until the answer on the page is stored.
pub(crate) async fn saved(page: &Page) -> Result<()> {
    page.css("[data-saving=saved]").await.map(drop)
}

pub(crate) async fn next(page: &Page) -> Result<()> {
    page.click("button", texts().form.next).await
}

pub(crate) async fn mine(page: &Page) -> Result<MyProfile> {
    Ok(serde_json::from_value(page.api(paths::MY_PROFILE).await?)?)
}

/// Stores an answer for each question, as another page of hers would.
const ANSWER: &str = "const [answers, done] = arguments; (async () => { \
     for (const [path, choices] of answers) { \
       const {status} = await fetch(path, {method: 'PUT', \
         headers: {'content-type': 'application/json'}, \
         body: JSON.stringify({answer: {choices}, seen_edition: 0})}); \
       if (status >= 300) return done(`${path} answered ${status}`); \
     } done('stored'); })();";

/// To the end of the form, without sending it. Filling it in by hand is `profile_contest.rs`.
pub(crate) async fn fill_in(page: &Page) -> Result<()> {
    let answers: Result<Vec<Value>> = ANSWERS
        .into_iter()
        .map(|(question, choices)| {
            let question = serde_json::to_value(question)?;
            let key = question.as_str().context("a question has a name")?;
            Ok(json!([paths::MY_PROFILE_ANSWER.replace("{question}", key), choices]))
        })
        .collect();
    let stored = page.driver().execute_async(ANSWER, vec![json!(answers?)]).await?;
    ensure!(*stored.json() == "stored", "{}", stored.json());
    review(page).await
}

/// Opens the last page of the form.
pub(crate) async fn review(page: &Page) -> Result<()> {
    page.open(&format!("{}?trin=12", routes::Page::Profile.path())).await?;
    heading(page, texts().review.title).await
}

/// Sends what was filled in, and goes from the receipt to the profile.
pub(crate) async fn send(page: &Page) -> Result<()> {
    page.click("button", texts().review.send).await?;
    heading(page, Language::Danish.receipt().title).await?;
    let link = format!("main a[href='{}']", routes::Page::Profile.path());
    let link = page.css(&link).await?;
    link.scroll_into_view().await?;
    link.click().await?;
    heading(page, texts().start.title).await?;
    page.css(".profile-result").await.map(drop)
}

/// What the crate works out of what was sent.
pub(crate) fn worked_out(profile: &MyProfile) -> Result<Profile> {
    let sent = profile.submissions.first().context("nothing was sent")?;
    let model = shipped::model(&profile.model).context("no such model")?;
    Ok(model.profile(&sent.answers, &sent.facts)?)
}

/// The share the page shows as people of a hundred, how sure it is, how it was for all, and that the
/// model was made of made-up people: however the profile is presented, no number stands without.
pub(crate) async fn compare(page: &Page, truth: &Profile, language: Language) -> Result<()> {
    let Outcome::Share { expected, low, high } = truth.outcome else {
        return page.css("[data-group]").await.map(drop);
    };
    let t = language.profile().result;
    let of_hundred = |share: Share| (u32::from(share.0) + 50) / 100;
    let count = of_hundred(expected);
    let shown = page.css("[data-share]").await?.attr("data-share").await?;
    ensure!(shown == Some(count.to_string()), "the page says {shown:?}, the crate {count}");
    let base = of_hundred(truth.base_rate.context("the model tells how it was for all")?);
    let ends = [u32::from(low.0) / 100, u32::from(high.0).div_ceil(100)].map(|end| end.to_string());
    let beside = "return document.querySelector('[data-share]').parentElement.textContent;";
    let beside = page.script(beside, &[]).await?;
    for words in [
        fill(t.base, &[("base", &base.to_string())]),
        fill(t.interval, &[("low", &*ends[0]), ("high", &*ends[1])]),
    ] {
        ensure!(beside.as_str().is_some_and(|all| all.contains(&words)), "no “{words}”: {beside}");
    }
    let made_up = page.css(".profile-result [data-part=made-up]").await?.text().await?;
    ensure!(made_up == t.made_up, "of whom the model was made it says “{made_up}”");
    Ok(())
}

#[tokio::test]
async fn the_form_is_filled_in_with_the_keyboard_alone() -> Result<()> {
    scene("profile_keys", View::DESK, async |stage| {
        let page = &stage.page;
        come_in(page, "citizen-part-time").await?;
        page.open(routes::Page::Profile.path()).await?;
        page.tab_to("main a[href^='?trin=']").await?;
        page.press(&[Key::Enter]).await?;
        let first = ANSWERS[0].0;
        asked(page, first).await?;
        let on_heading = "return document.activeElement?.matches('main h1');";
        page.wait("the focus on the question", on_heading, &[]).await?;
        // Enter without an answer says what is missing and leads there.
        page.tab_to("main button[type=submit]").await?;
        page.press(&[Key::Enter]).await?;
        page.says(texts().form.missing).await?;
        let on_answer = "return document.activeElement?.matches('[data-choice]');";
        page.wait("the focus on the answers", on_answer, &[]).await?;
        axe::check(page).await?;
        page.press(&[Key::Space]).await?;
        saved(page).await?;
        // The arrow keys move between the answers, and each is stored.
        page.press(&[Key::Down, Key::Down]).await?;
        let script = "const [path] = arguments; return fetch(path).then(r => r.json()) \
             .then(p => p.draft.answers.education?.choices[0] === 'vocational_upper_secondary');";
        page.wait("the answer of the arrow keys", script, &[json!(paths::MY_PROFILE)]).await?;
        page.tab_to("main button[type=submit]").await?;
        page.press(&[Key::Enter]).await?;
        asked(page, Question::Expectation).await?;
        page.wait("the focus on the next question", on_heading, &[]).await?;
        // The browser's own way back.
        page.driver().back().await?;
        asked(page, first).await
    })
    .await
}

#[tokio::test]
async fn a_fact_is_shown_before_it_is_used_and_can_be_left_out() -> Result<()> {
    scene("profile_facts", View::DESK, async |stage| {
        let page = &stage.page;
        come_in(page, "citizen-full-time").await?;
        fill_in(page).await?;
        page.open(&format!("{}?trin=11", routes::Page::Profile.path())).await?;
        heading(page, texts().facts.title).await?;
        page.says(Language::Danish.fact(jobnet_api::profiling::fact::Fact::Age).source).await?;
        axe::check(page).await?;
        page.css("[data-fact=Age] [data-say=left-out]").await?.click().await?;
        page.says(texts().facts.left_out_none).await?;
        page.css("[data-fact=MonthsEmployed] [data-say=wrong]").await?.click().await?;
        page.says(texts().facts.wrong_then).await?;
        next(page).await?;
        heading(page, texts().review.title).await?;
        page.says(Language::Danish.receipt().left_out).await?;
        page.says(Language::Danish.receipt().wrong).await?;
        send(page).await?;
        page.says(texts().result.none).await?;
        let sent = mine(page).await?.submissions.remove(0);
        ensure!(sent.facts.age.is_none(), "her age was used: {:?}", sent.facts);
        ensure!(matches!(sent.result, ProfileResult::NoProfile(_)), "{:?}", sent.result);
        axe::check(page).await
    })
    .await
}

#[tokio::test]
async fn other_answers_are_tried_in_the_page_and_nothing_is_sent() -> Result<()> {
    scene("profile_what_if", View::DESK, async |stage| {
        let page = &stage.page;
        come_in(page, "citizen-full-time").await?;
        fill_in(page).await?;
        send(page).await?;
        let profile = mine(page).await?;
        let sent = &profile.submissions[0];
        let model = shipped::model(&profile.model).context("no such model")?;
        let tried = Choice::Over6Months;
        let all = model.what_changes(&sent.answers, &sent.facts, Question::Expectation);
        let (_, then) = all.into_iter().find(|(choice, _)| *choice == tried).context("no such")?;
        let Outcome::Share { expected, .. } = then? else { return Ok(()) };
        let select = "const field = document.getElementById('what-if-expectation'); \
             field.value = arguments[0]; \
             field.dispatchEvent(new Event('change', {bubbles: true}));";
        let asked = "return performance.getEntriesByType('resource').length;";
        let before = page.script(asked, &[]).await?;
        page.script(select, &[json!(format!("{tried:?}"))]).await?;
        let told = page.css("[data-told=true]").await?.text().await?;
        let count = ((u32::from(expected.0) + 50) / 100).to_string();
        ensure!(told.contains(&format!(" {count} af 100")), "{count} is not in “{told}”");
        ensure!(page.script(asked, &[]).await? == before, "something was sent");
        page.click("button", texts().what_if.reset).await?;
        page.css("[data-told=false]").await?;
        let truth = worked_out(&profile)?;
        for way in ["tal", "ord", "billede"] {
            page.open(&format!("{}?visning={way}", routes::Page::Profile.path())).await?;
            page.css(&format!("[data-presentation={way}]")).await?;
            compare(page, &truth, Language::Danish).await.with_context(|| way.to_owned())?;
            // In words the number is one click away.
            let number = "return document.querySelector('[data-share]').checkVisibility();";
            ensure!(page.script(number, &[]).await? == (way != "ord"), "{way}: the number");
            axe::check(page).await.with_context(|| way.to_owned())?;
        }
        Ok(())
    })
    .await
}
