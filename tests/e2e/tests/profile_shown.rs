//! What is shown of a profile and when: nothing before she asks where her arm says so, nothing tried
//! where no law says so, of a tree a group and no share, and a warning wherever the model is out of
//! date.

use anyhow::{Context, Result, bail, ensure};
use jobnet_api::paths;
use jobnet_api::profile::ProfilePresentation;
use jobnet_api::profiling::profile::{Outcome, Profile};
use jobnet_api::profiling::shipped;
use jobnet_e2e::server::{Crowd, Server};
use jobnet_e2e::{Page, View, axe, scene, scene_on};
use jobnet_web::routes;
use serde_json::{Value, json};

use crate::arms::{halve, started};
use crate::caseload::citizen_of;
use crate::citizen::{casework, come_in, come_in_as_staff, heading};
use crate::previews::profile_ways;
use crate::profile::{fill_in, mine, next, send, texts, worked_out};

/// How much on the page says what a model said.
async fn told(page: &Page) -> Result<Value> {
    let script =
        "return document.querySelectorAll('main [data-share], main [data-outcome]').length;";
    page.script(script, &[]).await
}

/// How many items of her checklist stand there because of her profile.
async fn brought_up(page: &Page) -> Result<usize> {
    let list = page.api(paths::MY_CHECKLIST).await?;
    let entries = list["entries"].as_array().context("no entries")?;
    Ok(entries.iter().filter(|entry| entry["is_for_her_profile"] == true).count())
}

async fn ask(page: &Page) -> Result<()> {
    let button = page.css("[data-way=ask]").await?;
    button.scroll_into_view().await?;
    button.click().await?;
    Ok(())
}

#[tokio::test]
async fn nothing_that_a_model_said_is_shown_before_she_asks() -> Result<()> {
    let mut protocol = profile_ways(&["number", "none_until_asked"])?;
    halve(&mut protocol);
    scene_on(started(&protocol)?, "profile_asked", View::PHONE, &[], async |stage| {
        let page = &stage.page;
        // Of three citizens one has this arm.
        for persona in ["citizen-full-time", "citizen-social-assistance", "citizen-graduate"] {
            come_in(page, persona).await?;
            if mine(page).await?.presentation == ProfilePresentation::NoneUntilAsked {
                break;
            }
        }
        let arm = mine(page).await?.presentation;
        ensure!(arm == ProfilePresentation::NoneUntilAsked, "nobody has the arm");
        fill_in(page).await?;
        send(page).await?;
        page.css("[data-presentation=ingen]").await?;
        ensure!(told(page).await? == json!(0), "something is shown unasked");
        ensure!(brought_up(page).await? == 0, "her checklist tells what she has not asked for");
        axe::check(page).await.context("not asked")?;
        ask(page).await?;
        page.css("[data-share]").await?;
        let tells = "return fetch(arguments[0]).then(r => r.json()) \
             .then(list => list.entries.some(entry => entry.is_for_her_profile));";
        let list = [json!(paths::MY_CHECKLIST)];
        page.wait("the checklist to tell what she has asked for", tells, &list).await?;
        page.css("[data-part=history] [data-outcome]").await?;
        // The newest has no profile: the older one is not shown unasked either.
        page.open(&format!("{}?trin=11", routes::Page::Profile.path())).await?;
        heading(page, texts().facts.title).await?;
        page.css("[data-fact=Age] [data-say=left-out]").await?.click().await?;
        page.says(texts().facts.left_out_none).await?;
        next(page).await?;
        heading(page, texts().review.title).await?;
        send(page).await?;
        page.says(texts().result.none).await?;
        ensure!(told(page).await? == json!(0), "an older profile is shown unasked");
        ask(page).await?;
        let row = "return document.querySelector('[data-part=history] [data-outcome]') \
             ?.closest('li').innerText;";
        let row = page.wait("the older profile", row, &[]).await?;
        let row = row.as_str().unwrap_or_default();
        // With its interval, and of whom the model was made.
        let interval = texts().result.interval;
        let interval = interval.split('{').next().unwrap_or_default();
        for words in [interval, texts().result.logistic, texts().result.made_up] {
            ensure!(row.contains(words), "“{words}” is not in “{row}”");
        }
        axe::check(page).await.context("asked")
    })
    .await
}

#[tokio::test]
async fn without_a_law_nothing_is_tried_and_the_page_says_why() -> Result<()> {
    scene("profile_no_law", View::DESK, async |stage| {
        come_in(&stage.page, "citizen-full-time").await?;
        fill_in(&stage.page).await?;
        send(&stage.page).await?;
        stage.page.css("#what-if-expectation").await?;
        // A law that does not apply yet.
        let law = "profiling.legal_basis";
        for (part, value) in [
            ("law.da", "Lov om et eksempel, § 1"),
            ("law.en", "Act on an example, section 1"),
            ("text.da", "Den tillader det."),
            ("text.en", "It allows it."),
            ("valid_from", "2099-01-01"),
        ] {
            stage.server.set(&format!("{law}.{part}"), value);
        }
        stage.server.stop()?;
        stage.server.resume()?;
        let page = &stage.page;
        page.open(routes::Page::Profile.path()).await?;
        heading(page, texts().start.title).await?;
        page.css("[data-part=factors]").await?;
        let tried = page.script("return document.querySelectorAll('[id^=what-if]').length;", &[]);
        ensure!(tried.await? == json!(0), "the model runs without a law");
        page.click("button", texts().rights.delete_all).await?;
        page.css("dialog[open]").await?;
        page.click("button", texts().rights.sure_yes).await?;
        page.css("[data-part=no-basis]").await?;
        page.says(texts().start.no_basis_text).await?;
        axe::check(page).await
    })
    .await
}

/// The group that the crate works out, and nothing that looks like a share.
async fn grouped(page: &Page, truth: &Profile) -> Result<()> {
    let Outcome::Group { group } = truth.outcome else { bail!("a tree says {:?}", truth.outcome) };
    let shown = page.css("[data-group]").await?.attr("data-group").await?;
    ensure!(shown == Some(format!("{group:?}")), "the page says {shown:?}, the crate {group:?}");
    page.says(texts().result.group_only).await?;
    let shares = "return document.querySelectorAll('main [data-share], main .icons-plot').length \
         + document.querySelector('.profile-result').innerText.split('af 100').length - 1;";
    ensure!(page.script(shares, &[]).await? == json!(0), "a share stands beside the group");
    page.fits().await?;
    axe::check(page).await
}

#[tokio::test]
async fn a_tree_tells_a_group_and_never_a_share() -> Result<()> {
    let mut server = Server::stopped(Crowd::Small)?;
    server.set("profiling.model", "tree-reconstruction");
    server.resume()?;
    scene_on(server, "profile_tree", View::DESK, &[], async |stage| {
        let page = &stage.page;
        come_in(page, "citizen-full-time").await?;
        fill_in(page).await?;
        send(page).await?;
        let truth = worked_out(&mine(page).await?)?;
        grouped(page, &truth).await.context("the citizen")?;
        come_in_as_staff(page, "caseworker").await?;
        let id = citizen_of(page, "Asta Vinterlund").await?;
        page.open(&routes::Page::CitizenProfile.about(&id)).await?;
        heading(page, texts().result.theirs).await?;
        grouped(page, &truth).await.context("her caseworker")
    })
    .await
}

/// A look at the model that is used that found it out of date, and a later one at too few people,
/// which says nothing.
fn stale() -> Result<String> {
    let sealed = shipped::model(shipped::DEFAULT).context("no such model")?;
    let look = |verdict: &str, deviations: &[&str], to: &str| {
        let drift = json!({
            "verdict": verdict, "deviations": deviations, "people": 4000, "events": 400,
            "expected": 0.05, "observed": null, "in_the_large": null, "slope": null, "auc": null,
            "tenths": [], "fit": null,
        });
        format!(
            "INSERT INTO model_watches \
               (model, digest, from_day, to_day, watched_at, no_profile, drift) \
             VALUES ('{}', '{}', '2026-01-01', '{to}', 1790000000, 0, '{drift}');",
            sealed.model.key, sealed.digest,
        )
    };
    let looks = [("stale", &["too_low"][..], "2026-03-31"), ("too_few", &[][..], "2026-04-30")];
    Ok(looks.map(|(verdict, deviations, to)| look(verdict, deviations, to)).concat())
}

async fn warned(page: &Page) -> Result<()> {
    let words = page.css("[data-part=stale]").await?.text().await?;
    ensure!(words == texts().result.stale, "it says {words}");
    axe::check(page).await
}

#[tokio::test]
async fn a_model_that_is_out_of_date_says_so_wherever_it_says_something() -> Result<()> {
    let mut server = Server::stopped(Crowd::Small)?;
    server.put(&stale()?)?;
    server.resume()?;
    scene_on(server, "profile_stale", View::DESK, &[], async |stage| {
        let page = &stage.page;
        come_in(page, "citizen-full-time").await?;
        fill_in(page).await?;
        send(page).await?;
        warned(page).await.context("the citizen")?;
        page.open(routes::Page::Models.path()).await?;
        warned(page).await.context("the models")?;
        come_in_as_staff(page, "caseworker").await?;
        let id = citizen_of(page, "Asta Vinterlund").await?;
        page.open(&routes::Page::CitizenProfile.about(&id)).await?;
        heading(page, texts().result.theirs).await?;
        page.says(&casework().visit.whose.replace("{name}", "Asta Vinterlund")).await?;
        warned(page).await.context("her caseworker")
    })
    .await
}
