//! From an empty form to a contested profile: every answer is stored as it is given, what the page
//! says is what the crate works out, her remark stands beside it, her caseworker reads it and cannot
//! change anything.

use anyhow::{Context, Result, bail, ensure};
use jobnet_api::paths;
use jobnet_api::profile::{MyProfile, ProfileResult};
use jobnet_api::profiling::form::{Choice, Question};
use jobnet_api::profiling::profile::{Outcome, Profile};
use jobnet_api::profiling::shipped;
use jobnet_e2e::{Page, View, axe, scene};
use jobnet_web::i18n::Language;
use jobnet_web::i18n::profile_messages::ProfileMessages;
use jobnet_web::routes;
use serde_json::json;
use thirtyfour::Key;

use crate::caseload::citizen_of;
use crate::citizen::{casework, come_in, come_in_as_staff, heading};

const REMARK: &str = "Jeg har lige fået et kursus, som modellen ikke kender";

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

/// What she uses the page with.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
enum Hand {
    Click,
    Keys,
}

/// Goes on: the main button of a page of the form.
const ON: &str = "main form button[type=submit]";

impl Hand {
    async fn press(self, page: &Page, selector: &str) -> Result<()> {
        if self == Self::Keys {
            page.tab_to(selector).await?;
            return page.press(&[Key::Enter]).await;
        }
        let element = page.css(selector).await?;
        element.scroll_into_view().await?;
        element.click().await.with_context(|| format!("`{selector}` cannot be clicked"))
    }

    async fn choose(self, page: &Page, choice: Choice) -> Result<()> {
        if self == Self::Click {
            return choose(page, choice).await;
        }
        page.tab_to("[data-choice]").await?;
        let there = "const now = document.activeElement; \
             return now.dataset.choice === arguments[0] ? 'there' : now.type;";
        for _ in 0..20 {
            let at = page.script(there, &[json!(format!("{choice:?}"))]).await?;
            match at.as_str() {
                Some("there") => return page.press(&[Key::Space]).await,
                Some("radio") => page.press(&[Key::Down]).await?,
                _ => page.press(&[Key::Tab]).await?,
            }
        }
        bail!("the keys do not reach {choice:?}")
    }
}

/// From the front of the pages to the end of the form, without sending it.
pub(crate) async fn fill_in(page: &Page) -> Result<()> {
    fill_in_by(page, Language::Danish, Hand::Click).await
}

async fn fill_in_by(page: &Page, language: Language, hand: Hand) -> Result<()> {
    let t = language.profile();
    page.open(routes::Page::Profile.path()).await?;
    heading(page, t.start.title).await?;
    hand.press(page, "main a[href^='?trin=']").await?;
    for (question, choices) in ANSWERS {
        heading(page, language.question(question).title).await?;
        if hand == Hand::Keys {
            let on_heading = "return document.activeElement?.matches('main h1');";
            page.wait("the focus on the question", on_heading, &[]).await?;
        }
        for choice in choices {
            hand.choose(page, *choice).await?;
        }
        saved(page).await?;
        hand.press(page, ON).await?;
    }
    heading(page, t.facts.title).await?;
    hand.press(page, ON).await?;
    heading(page, t.review.title).await
}

/// Sends what was filled in, and goes from the receipt to the profile.
pub(crate) async fn send(page: &Page) -> Result<()> {
    send_by(page, Language::Danish, Hand::Click).await
}

async fn send_by(page: &Page, language: Language, hand: Hand) -> Result<()> {
    hand.press(page, ON).await?;
    heading(page, language.receipt().title).await?;
    hand.press(page, &format!("main a[href='{}']", routes::Page::Profile.path())).await?;
    heading(page, language.profile().start.title).await?;
    page.css(".profile-result").await.map(drop)
}

/// What the crate works out of what was sent.
fn worked_out(profile: &MyProfile) -> Result<Profile> {
    let sent = profile.submissions.first().context("nothing was sent")?;
    let model = shipped::model(&profile.model).context("no such model")?;
    Ok(model.profile(&sent.answers, &sent.facts)?)
}

/// People of a hundred, and the share the page shows.
async fn compare(page: &Page, truth: &Profile) -> Result<()> {
    let Outcome::Share { expected, .. } = truth.outcome else {
        return page.css("[data-group]").await.map(drop);
    };
    let count = (u32::from(expected.0) + 50) / 100;
    let shown = page.css("[data-share]").await?.attr("data-share").await?;
    ensure!(shown == Some(count.to_string()), "the page says {shown:?}, the crate {count}");
    Ok(())
}

/// From an empty form to the remark on the profile.
async fn contest(page: &Page, language: Language, hand: Hand) -> Result<()> {
    let t = language.profile();
    fill_in_by(page, language, hand).await?;
    let stored = mine(page).await?;
    ensure!(stored.draft.answers.0.len() == 12, "stored: {:?}", stored.draft.answers);
    ensure!(stored.submissions.is_empty(), "something was sent without being asked to");
    for (question, choices) in ANSWERS {
        ensure!(stored.draft.answers.0[&question].choices == choices, "{question:?}");
    }
    axe::check(page).await.context("review")?;
    send_by(page, language, hand).await?;
    let profile = mine(page).await?;
    let truth = worked_out(&profile)?;
    let sent = &profile.submissions[0];
    ensure!(sent.result == ProfileResult::Profile(truth.clone()), "the server says otherwise");
    compare(page, &truth).await?;
    page.says(t.rights.title).await?;
    axe::check(page).await.context("profile")?;
    page.fits().await?;
    // She contests it.
    if hand == Hand::Keys {
        page.tab_to("#remark").await?;
    }
    page.find("field", t.rights.remark).await?.send_keys(REMARK).await?;
    hand.press(page, "[data-part=contest] button[type=submit]").await?;
    page.css("[data-saving=saved]").await?;
    let beside = page.css("[data-part=remark] blockquote").await?.text().await?;
    ensure!(beside == REMARK, "beside the profile stands {beside}");
    axe::check(page).await.context("contested")
}

#[tokio::test]
async fn from_an_empty_form_to_a_contested_profile_in_english_with_the_keyboard() -> Result<()> {
    scene("profile_english", View::DESK, async |stage| {
        let page = &stage.page;
        come_in(page, "citizen-full-time").await?;
        page.click("button", Language::English.name()).await?;
        heading(page, Language::English.messages().overview.title).await?;
        contest(page, Language::English, Hand::Keys).await
    })
    .await
}

#[tokio::test]
async fn from_an_empty_form_to_a_contested_profile_that_her_caseworker_reads() -> Result<()> {
    scene("profile", View::PHONE, async |stage| {
        let page = &stage.page;
        come_in(page, "citizen-full-time").await?;
        contest(page, Language::Danish, Hand::Click).await?;
        let profile = mine(page).await?;
        let truth = worked_out(&profile)?;
        let sent = &profile.submissions[0];
        // The receipt is a letter.
        page.open(routes::Page::Letters.path()).await?;
        heading(page, texts().letters.title).await?;
        page.click("link", texts().letters.profile).await?;
        heading(page, Language::Danish.receipt().title).await?;
        page.css(&format!("[data-receipt=\"{}\"]", sent.id)).await?;
        axe::check(page).await.context("receipt")?;
        // Her caseworker reads it.
        page.show_as(View::DESK).await?;
        come_in_as_staff(page, "caseworker").await?;
        let id = citizen_of(page, "Asta Vinterlund").await?;
        page.open(&routes::Page::CitizenProfile.about(&id)).await?;
        heading(page, texts().result.theirs).await?;
        compare(page, &truth).await?;
        let beside = page.css("[data-part=remark] blockquote").await?.text().await?;
        ensure!(beside == REMARK, "beside the profile her caseworker sees {beside}");
        let changing = "return [...document.querySelectorAll('main button, main input, \
             main select, main textarea, main form')].map(e => e.outerHTML.slice(0, 120));";
        let changing = page.script(changing, &[]).await?;
        ensure!(changing == json!([]), "her caseworker has controls: {changing}");
        page.says(&casework().visit.whose.replace("{name}", "Asta Vinterlund")).await?;
        axe::check(page).await.context("her caseworker's page")
    })
    .await
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
        for way in ["tal", "ord", "billede"] {
            page.open(&format!("{}?visning={way}", routes::Page::Profile.path())).await?;
            page.css(&format!("[data-presentation={way}]")).await?;
            axe::check(page).await.with_context(|| way.to_owned())?;
        }
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
