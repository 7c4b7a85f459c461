//! Older profiles: opened whole, as they were then, by the citizen and by her caseworker.

use anyhow::{Result, ensure};
use jobnet_api::profile::{MyProfile, ProfileResult, Submission};
use jobnet_api::profiling::form::{Choice, Question};
use jobnet_api::profiling::profile::{Outcome, Share};
use jobnet_e2e::{Page, View, axe, scene};
use jobnet_web::i18n::Language;
use jobnet_web::routes;
use serde_json::json;

use crate::caseload::citizen_of;
use crate::citizen::{come_in, come_in_as_staff, heading};
use crate::profile::{asked, choose, fill_in, mine, saved, send, texts};

/// People of a hundred, to the nearest, and the ends of the interval, as it is shown.
fn shown(sent: &Submission) -> [String; 3] {
    let ProfileResult::Profile(profile) = &sent.result else { panic!("the model says something") };
    let Outcome::Share { expected: Share(expected), low, high } = profile.outcome else {
        panic!("a share")
    };
    let ends = [u32::from(low.0) / 100, u32::from(high.0).div_ceil(100)];
    [(u32::from(expected) + 50) / 100, ends[0], ends[1]].map(|count| count.to_string())
}

/// What she says against her profile.
const REMARK: &str = "Jeg har søgt mange flere jobs, end modellen ved";

/// Her remark stands beside every profile that is open.
async fn remarked(page: &Page) -> Result<()> {
    let beside = "return [...document.querySelectorAll('[data-part=remark] blockquote')] \
         .map(e => [e.innerText, e.closest('[data-part=whole]') !== null]);";
    let beside = page.script(beside, &[]).await?;
    ensure!(beside == json!([[REMARK, false], [REMARK, true]]), "beside them stands {beside}");
    Ok(())
}

/// Opens the one older profile and compares it with what was sent and said then.
async fn opens(page: &Page, sent: &Submission, newest: &Submission) -> Result<()> {
    let [count, low, high] = shown(sent);
    ensure!(shown(newest)[0] != count, "both say {count}: nothing could be told apart");
    let button = page.css("[data-part=history] [data-way=whole]").await?;
    button.scroll_into_view().await?;
    button.click().await?;
    let whole = page.css("[data-part=whole]").await?;
    let said = whole.text().await?;
    let there = page.css("[data-part=whole] [data-share]").await?.attr("data-share").await?;
    ensure!(there == Some(count.clone()), "the older one says {there:?}, then it said {count}");
    let ends = [("low", &*low), ("high", &*high)];
    let interval = jobnet_web::i18n::fill(texts().result.interval, &ends);
    ensure!(said.contains(&interval), "“{interval}” is not in it: {said}");
    let expectation = page.css("[data-part=whole] [data-row=Expectation]").await?.text().await?;
    let then = Language::Danish.choice(Choice::Over6Months);
    ensure!(expectation.contains(then), "then she said “{then}”, now it is {expectation}");
    let age = page.css("[data-part=whole] [data-row=Age]").await?.text().await?;
    let years = sent.facts.age.map(|age| age.to_string()).unwrap_or_default();
    ensure!(age.contains(&years), "her age then was {years}: {age}");
    page.css("[data-part=whole] [data-part=factors]").await?;
    page.css("[data-part=whole] [data-model=logistic]").await?;
    remarked(page).await?;
    axe::check(page).await?;
    page.fits().await
}

#[tokio::test]
async fn an_older_profile_opens_whole_for_her_and_for_her_caseworker() -> Result<()> {
    scene("profile_whole", View::PHONE, async |stage| {
        let page = &stage.page;
        come_in(page, "citizen-full-time").await?;
        fill_in(page).await?;
        page.open(&format!("{}?trin=2", routes::Page::Profile.path())).await?;
        for answer in [Choice::Over6Months, Choice::Within1Month] {
            asked(page, Question::Expectation).await?;
            choose(page, answer).await?;
            saved(page).await?;
            page.open(&format!("{}?trin=12", routes::Page::Profile.path())).await?;
            heading(page, texts().review.title).await?;
            send(page).await?;
            if answer == Choice::Over6Months {
                page.open(&format!("{}?trin=2", routes::Page::Profile.path())).await?;
            }
        }
        page.find("field", texts().rights.remark).await?.send_keys(REMARK).await?;
        page.click("button", texts().rights.save).await?;
        page.css("[data-part=contest] [data-saving=saved]").await?;
        let MyProfile { submissions, .. } = mine(page).await?;
        let [newest, older] = submissions.as_slice() else { panic!("two were sent") };
        opens(page, older, newest).await?;
        // At the newest there is nothing to open: it stands above.
        let buttons = "return document.querySelectorAll('[data-way=whole]').length;";
        ensure!(page.script(buttons, &[]).await? == 1, "one is older");

        page.show_as(View::DESK).await?;
        come_in_as_staff(page, "caseworker").await?;
        let id = citizen_of(page, "Asta Vinterlund").await?;
        page.open(&routes::Page::CitizenProfile.about(&id)).await?;
        heading(page, texts().result.theirs).await?;
        opens(page, older, newest).await?;
        let changing = "return document.querySelectorAll('main input, main select, \
             main textarea, main form, main button:not([data-way=whole])').length;";
        ensure!(page.script(changing, &[]).await? == 0, "her caseworker has controls");
        Ok(())
    })
    .await
}
