//! WCAG 2.2 AA on every route, in every view, with everything open that can be opened; the page
//! fits the window and stands still.

use anyhow::{Context, Result, ensure};
use jobnet_e2e::{Page, View, axe, scene_expecting};
use jobnet_web::i18n::Language;
use jobnet_web::routes;
use serde_json::json;

use crate::caseload::citizen_of;
use crate::citizen::{CITIZENS, PRESENTATIONS, casework, come_in, come_in_as_staff, danish};
use crate::trials::{KEY, draft};

/// The parts of the page about a trial, as in the address.
const PARTS: [&str; 7] =
    ["protokol", "varianter", "beskeder", "foelg", "trin", "eksport", "haendelser"];

#[tokio::test]
async fn every_route_on_a_phone() -> Result<()> {
    every_route("axe_phone", View::PHONE).await
}

#[tokio::test]
async fn every_route_on_a_desk() -> Result<()> {
    every_route("axe_desk", View::DESK).await
}

#[tokio::test]
async fn every_route_in_the_dark() -> Result<()> {
    every_route("axe_dark", View::DARK).await
}

#[tokio::test]
async fn every_route_in_forced_colours() -> Result<()> {
    every_route("axe_forced", View::FORCED).await
}

#[tokio::test]
async fn every_route_of_research_on_a_phone() -> Result<()> {
    every_route_of_research("axe_research_phone", View::PHONE).await
}

#[tokio::test]
async fn every_route_of_research_on_a_desk() -> Result<()> {
    every_route_of_research("axe_research_desk", View::DESK).await
}

#[tokio::test]
async fn every_route_of_research_in_the_dark() -> Result<()> {
    every_route_of_research("axe_research_dark", View::DARK).await
}

#[tokio::test]
async fn every_route_of_research_in_forced_colours() -> Result<()> {
    every_route_of_research("axe_research_forced", View::FORCED).await
}

/// What researchers and administrators see of a trial, and administrators of messages.
async fn every_route_of_research(name: &str, view: View) -> Result<()> {
    // A trial that does not exist is a page, but no answer; the outbox is an administrator's.
    scene_expecting(name, view, &["404", "403"], async |stage| {
        let page = &stage.page;
        draft(page).await?;
        check(page, "/").await.context("researcher")?;
        for persona in ["researcher", "administrator"] {
            come_in_as_staff(page, persona).await?;
            check(page, routes::Page::Trials.path()).await.context(persona)?;
            for part in PARTS {
                let route = format!("{}?del={part}", routes::Page::Trial.about(KEY));
                check(page, &route).await.context(persona)?;
                let current = "return document.querySelector('.ways [aria-current]') \
                     ?.getAttribute('href') === `?del=${arguments[0]}`;";
                ensure!(page.script(current, &[json!(part)]).await? == true, "no part {part}");
            }
            let outbox = routes::Page::Outbox.path();
            check(page, outbox).await.context(persona)?;
            check(page, &routes::Page::Trial.about("no-such-trial")).await.context(persona)?;
        }
        Ok(())
    })
    .await
}

async fn every_route(name: &str, view: View) -> Result<()> {
    // A citizen who does not exist is a page, but no answer.
    scene_expecting(name, view, &["404"], async |stage| {
        let page = &stage.page;
        for route in routes::Page::ALL.into_iter().filter(|page| !page.path().contains('{')) {
            check(page, route.path()).await?;
        }
        for persona in CITIZENS {
            come_in(page, persona).await?;
            check(page, "/").await.context(persona)?;
            check(page, routes::Page::Hours.path()).await.context(persona)?;
            check(page, routes::Page::MyData.path()).await.context(persona)?;
            check(page, routes::Page::Profile.path()).await.context(persona)?;
            check(page, routes::Page::Letters.path()).await.context(persona)?;
            check(page, routes::Page::Rights.path()).await.context(persona)?;
        }
        is_as_asked(page, view).await?;
        for persona in ["administrator", "caseworker"] {
            come_in_as_staff(page, persona).await?;
            check(page, "/").await.context(persona)?;
        }
        pages_of_caseworkers(page).await?;
        come_in(page, CITIZENS[0]).await?;
        check(page, routes::Page::Caseload.path()).await.context("refused")?;
        for presentation in PRESENTATIONS {
            let route = format!("{}?visning={presentation}", routes::Page::Hours.path());
            check(page, &route).await?;
        }
        dialogs_and_errors(page, view).await
    })
    .await
}

/// The page is as dark as was asked, and what has the focus has its ring in the colour of the theme.
async fn is_as_asked(page: &Page, view: View) -> Result<()> {
    page.open("/").await?;
    let scheme = "return getComputedStyle(document.documentElement).colorScheme === 'dark' \
         && getComputedStyle(document.body).backgroundColor === 'rgb(19, 23, 28)';";
    let is_dark = page.script(scheme, &[]).await?;
    ensure!(is_dark == json!(view.dark), "dark: {is_dark}, asked for {}", view.dark);
    page.tab_to("main a, main button").await?;
    let ring = "const asked = document.createElement('i'); \
         asked.style.color = 'var(--ml-focus)'; document.body.append(asked); \
         const wanted = getComputedStyle(asked).color; asked.remove(); \
         const shown = getComputedStyle(document.activeElement); \
         return [shown.outlineStyle, shown.outlineColor === wanted];";
    let ring = page.script(ring, &[]).await?;
    ensure!(ring == json!(["solid", true]), "the ring of the focus: {ring}");
    Ok(())
}

/// Of one who has a citizen in each state, with the form in error.
async fn pages_of_caseworkers(page: &Page) -> Result<()> {
    let texts = casework();
    for page_of_all in [routes::Page::Caseload, routes::Page::GuestAccess] {
        check(page, page_of_all.path()).await?;
    }
    page.click("button", texts.guest.send).await?;
    page.css(".form-error").await?;
    axe::check(page).await.context("guest access with errors")?;
    check(page, &routes::Page::Citizen.about("00000000")).await.context("nobody")?;
    for name in ["Asta Vinterlund", "Jørgen Toftelund", "Sofie Brandstrup"] {
        page.open(routes::Page::Caseload.path()).await?;
        let id = citizen_of(page, name).await?;
        for about in [
            routes::Page::Citizen,
            routes::Page::CitizenHours,
            routes::Page::CitizenTalk,
            routes::Page::CitizenProfile,
            routes::Page::CitizenRights,
        ] {
            check(page, &about.about(&id)).await.with_context(|| name.to_owned())?;
        }
    }
    Ok(())
}

/// A route with everything on it opened; before that, it has come without a jump.
async fn check(page: &Page, route: &str) -> Result<()> {
    page.open(route).await?;
    page.fits().await.with_context(|| route.to_owned())?;
    page.stood_still().await.with_context(|| route.to_owned())?;
    says_demo(page).await.with_context(|| route.to_owned())?;
    let open = "document.querySelectorAll('details').forEach(d => d.open = true); \
         return new Promise(done => requestAnimationFrame(() => requestAnimationFrame(done)));";
    page.script(open, &[]).await?;
    page.fits().await.with_context(|| format!("{route}, opened"))?;
    axe::check(page).await.with_context(|| route.to_owned())
}

/// Over the page stands that everyone is made up, and that anyone can come in as any of them.
async fn says_demo(page: &Page) -> Result<()> {
    let bar = "const bar = document.querySelector('.demo-bar p'); \
         return bar.checkVisibility({visibilityProperty: true}) ? bar.innerText.trim() : '';";
    let bar = page.script(bar, &[]).await?;
    ensure!(bar == danish().shell.demo, "over the page stands {bar}");
    Ok(())
}

/// The dialogs of the header, and a form with errors.
async fn dialogs_and_errors(page: &Page, view: View) -> Result<()> {
    let shell = danish().shell;
    let opener = if view.width < 600 { shell.menu } else { shell.switch_person };
    page.click("button", opener).await?;
    page.css("dialog[open]").await?;
    axe::check(page).await.with_context(|| format!("dialog {opener}"))?;
    page.open(routes::Page::Hours.path()).await?;
    page.click("button", Language::Danish.report().send).await?;
    page.css("[role=alert]").await?;
    axe::check(page).await.context("a form with errors")
}
