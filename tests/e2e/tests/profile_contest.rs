//! From an empty form to a contested profile, in both languages, on a phone and on a desk, by hand and
//! by keys, accessible at every stop: every answer is stored as it is given, what the page says is
//! what the crate works out, her remark stands beside it, her caseworker reads it and cannot change
//! anything.

use anyhow::{Context, Result, bail, ensure};
use jobnet_api::profile::ProfileResult;
use jobnet_api::profiling::form::Choice;
use jobnet_e2e::{Page, View, axe, scene};
use jobnet_web::i18n::Language;
use jobnet_web::routes;
use serde_json::json;
use thirtyfour::Key;

use crate::caseload::citizen_of;
use crate::citizen::{casework, come_in, come_in_as_staff, heading};
use crate::narrow::NARROW;
use crate::profile::{ANSWERS, choose, compare, mine, saved, worked_out};

const REMARK: &str = "Jeg har lige fået et kursus, som modellen ikke kender";

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

/// A page she stops at: it can be used, and it fits.
async fn stop(page: &Page, name: &str) -> Result<()> {
    page.fits().await.with_context(|| name.to_owned())?;
    axe::check(page).await.with_context(|| name.to_owned())
}

/// From the front of the pages to the end of the form, without sending it.
async fn fill_in_by(page: &Page, language: Language, hand: Hand) -> Result<()> {
    let t = language.profile();
    page.open(routes::Page::Profile.path()).await?;
    heading(page, t.start.title).await?;
    stop(page, "start").await?;
    hand.press(page, "main a[href^='?trin=']").await?;
    for (question, choices) in ANSWERS {
        heading(page, language.question(question).title).await?;
        if hand == Hand::Keys {
            let on_heading = "return document.activeElement?.matches('main h1');";
            page.wait("the focus on the question", on_heading, &[]).await?;
        }
        stop(page, &format!("{question:?}")).await?;
        for choice in choices {
            hand.choose(page, *choice).await?;
        }
        saved(page).await?;
        hand.press(page, ON).await?;
    }
    heading(page, t.facts.title).await?;
    stop(page, "facts").await?;
    hand.press(page, ON).await?;
    heading(page, t.review.title).await?;
    stop(page, "review").await
}

/// Sends what was filled in, and goes from the receipt to the profile.
async fn send_by(page: &Page, language: Language, hand: Hand) -> Result<()> {
    hand.press(page, ON).await?;
    heading(page, language.receipt().title).await?;
    stop(page, "receipt").await?;
    hand.press(page, &format!("main a[href='{}']", routes::Page::Profile.path())).await?;
    heading(page, language.profile().start.title).await?;
    page.css(".profile-result").await.map(drop)
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
    send_by(page, language, hand).await?;
    let profile = mine(page).await?;
    let truth = worked_out(&profile)?;
    let sent = &profile.submissions[0];
    ensure!(sent.result == ProfileResult::Profile(truth.clone()), "the server says otherwise");
    compare(page, &truth, language).await?;
    page.says(t.rights.title).await?;
    stop(page, "profile").await?;
    // She contests it.
    if hand == Hand::Keys {
        page.tab_to("#remark").await?;
    }
    page.find("field", t.rights.remark).await?.send_keys(REMARK).await?;
    hand.press(page, "[data-part=contest] button[type=submit]").await?;
    page.css("[data-saving=saved]").await?;
    let beside = page.css("[data-part=remark] blockquote").await?.text().await?;
    ensure!(beside == REMARK, "beside the profile stands {beside}");
    stop(page, "contested").await?;
    // What the models are, in her language.
    let models = format!("[data-part=about] a[href='{}']", routes::Page::Models.path());
    hand.press(page, &models).await?;
    heading(page, language.card().title).await?;
    stop(page, "models").await
}

/// In English.
async fn in_english(name: &str, view: View, hand: Hand) -> Result<()> {
    scene(name, view, async |stage| {
        let page = &stage.page;
        come_in(page, "citizen-full-time").await?;
        page.click("button", Language::English.name()).await?;
        heading(page, Language::English.messages().overview.title).await?;
        contest(page, Language::English, hand).await
    })
    .await
}

#[tokio::test]
async fn a_contested_profile_in_english_with_the_keyboard() -> Result<()> {
    in_english("profile_english", View::DESK, Hand::Keys).await
}

#[tokio::test]
async fn a_contested_profile_in_english_on_a_phone() -> Result<()> {
    in_english("profile_english_phone", View::PHONE, Hand::Click).await
}

#[tokio::test]
async fn a_contested_profile_on_a_desk_with_the_keyboard() -> Result<()> {
    scene("profile_desk", View::DESK, async |stage| {
        come_in(&stage.page, "citizen-full-time").await?;
        contest(&stage.page, Language::Danish, Hand::Keys).await
    })
    .await
}

#[tokio::test]
async fn a_contested_profile_on_a_phone_that_her_caseworker_reads() -> Result<()> {
    scene("profile", View::PHONE, async |stage| {
        let page = &stage.page;
        come_in(page, "citizen-full-time").await?;
        contest(page, Language::Danish, Hand::Click).await?;
        let profile = mine(page).await?;
        let truth = worked_out(&profile)?;
        let sent = &profile.submissions[0];
        let t = Language::Danish.profile();
        // The receipt is a letter.
        page.open(routes::Page::Letters.path()).await?;
        heading(page, t.letters.title).await?;
        page.click("link", t.letters.profile).await?;
        heading(page, Language::Danish.receipt().title).await?;
        page.css(&format!("[data-receipt=\"{}\"]", sent.id)).await?;
        axe::check(page).await.context("receipt")?;
        // Her caseworker reads it.
        page.show_as(View::DESK).await?;
        come_in_as_staff(page, "caseworker").await?;
        let id = citizen_of(page, "Asta Vinterlund").await?;
        page.open(&routes::Page::CitizenProfile.about(&id)).await?;
        heading(page, t.result.theirs).await?;
        compare(page, &truth, Language::Danish).await?;
        let beside = page.css("[data-part=remark] blockquote").await?.text().await?;
        ensure!(beside == REMARK, "beside the profile her caseworker sees {beside}");
        let changing = "return [...document.querySelectorAll('main button, main input, \
             main select, main textarea, main form')].map(e => e.outerHTML.slice(0, 120));";
        let changing = page.script(changing, &[]).await?;
        ensure!(changing == json!([]), "her caseworker has controls: {changing}");
        page.says(&casework().visit.whose.replace("{name}", "Asta Vinterlund")).await?;
        for view in [View::DESK, View::PHONE, NARROW] {
            page.show_as(view).await?;
            page.css(".icons-plot[data-drawn]").await?;
            let name = || format!("her caseworker's page, {view:?}");
            stop(page, &name()).await?;
        }
        Ok(())
    })
    .await
}
