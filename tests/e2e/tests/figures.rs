//! Each demo citizen's pages, read back: every figure on them is the one the rules give.

use anyhow::{Context, Result, ensure};
use jobnet_e2e::figures::{Shown, compare, shown, split, truth};
use jobnet_e2e::{Page, View, scene};
use jobnet_web::i18n::Language;
use jobnet_web::routes;
use serde_json::Value;

use crate::citizen::{PRESENTATIONS, come_in, heading};

#[tokio::test]
async fn figures_of_the_full_time_insured() -> Result<()> {
    read_back("citizen-full-time", View::PHONE, 20).await
}

#[tokio::test]
async fn figures_of_the_part_time_insured() -> Result<()> {
    read_back("citizen-part-time", View::DESK, 20).await
}

#[tokio::test]
async fn figures_of_the_graduate() -> Result<()> {
    read_back("citizen-graduate", View::PHONE, 5).await
}

#[tokio::test]
async fn figures_on_social_assistance() -> Result<()> {
    read_back("citizen-social-assistance", View::DESK, 5).await
}

#[tokio::test]
async fn figures_of_the_sick_listed() -> Result<()> {
    read_back("citizen-sick-listed", View::PHONE, 10).await
}

#[tokio::test]
async fn the_sick_listed_reads_first_what_it_does_to_frame_and_karens() -> Result<()> {
    scene("sick_listed", View::PHONE, async |stage| {
        let page = &stage.page;
        come_in(page, "citizen-sick-listed").await?;
        for path in ["/", routes::Page::Hours.path()] {
            page.open(path).await?;
            page.css("[data-part=sick]").await?;
            page.stood_still().await.context(path)?;
            let order = "const sick = [...document.querySelectorAll('[data-part=sick]')]; \
                 const account = document.querySelector('.account'); \
                 return [sick.length, \
                   (sick[0].compareDocumentPosition(account) & 4) === 4, \
                   [...sick[0].querySelectorAll('[data-figure]')].map(e => e.dataset.figure)];";
            let found = page.script(order, &[]).await?;
            let figures = ["period.frame_ends_on", "karens.window_from", "karens.window_to"];
            ensure!(found == serde_json::json!([1, true, figures]), "{path}: {found}");
            let texts = Language::Danish.account().sick;
            page.says(texts.why).await.context(path)?;
        }
        Ok(())
    })
    .await
}

#[tokio::test]
async fn figures_of_the_newly_registered() -> Result<()> {
    read_back("citizen-new", View::DESK, 3).await
}

/// Reads overview and all four presentations back, in both languages; `at_least` figures have to
/// be there in all, so that an empty page cannot pass.
async fn read_back(persona: &'static str, view: View, at_least: usize) -> Result<()> {
    scene(&format!("figures_{persona}"), view, async move |stage| {
        let page = &stage.page;
        come_in(page, persona).await?;
        let truth = truth(page).await?;
        let mut compared = compare(&of_the_account(page).await?, &truth).context("overview")?;
        for presentation in PRESENTATIONS {
            page.open(&format!("{}?visning={presentation}", routes::Page::Hours.path())).await?;
            heading(page, Language::Danish.account().page.title).await?;
            compared += compare(&of_the_account(page).await?, &truth).context(presentation)?;
            page.fits().await.context(presentation)?;
        }
        months(page, &truth).await?;
        page.open("/").await?;
        page.click("button", Language::English.name()).await?;
        heading(page, Language::English.messages().overview.title).await?;
        compared += compare(&of_the_account(page).await?, &truth).context("overview in English")?;
        ensure!(compared >= at_least, "only {compared} figures on all pages");
        Ok(())
    })
    .await
}

async fn of_the_account(page: &Page) -> Result<Vec<Shown>> {
    Ok(split(shown(page).await?).0)
}

/// The table of months has a row for each month paid out, with its hours; unknown is not zero. A
/// settled month shows what was paid, and what the rules give beside it where that is not the same.
async fn months(page: &Page, truth: &Value) -> Result<()> {
    let rows = page
        .script(
            "return [...document.querySelectorAll('tr[data-month]')].map(row => \
               [row.dataset.month, row.innerText, row.classList.contains('unknown'), \
                [...row.querySelectorAll('[data-figure]')].map(e => e.dataset.figure)]);",
            &[],
        )
        .await?;
    let rows = rows.as_array().cloned().unwrap_or_default();
    for payout in truth["payouts"].as_array().into_iter().flatten() {
        let month = &payout["month"];
        let row = rows.iter().find(|row| row[0] == *month);
        let row = row.with_context(|| format!("there is no row for {month}"))?;
        let is_unknown = payout["reason"] == "hours_unknown";
        let text = row[1].as_str().unwrap_or_default();
        let says_unknown = text.contains(Language::Danish.account().page.hours_unknown);
        ensure!(row[2] == is_unknown && says_unknown == is_unknown, "{month}: {payout} but {row}");
        let payments = truth["payments"].as_array().into_iter().flatten();
        let paid = payments.into_iter().find(|paid| paid["month"] == *month);
        let Some(gross) = paid.and_then(|paid| paid["gross"].as_f64()) else { continue };
        let name = month.as_str().unwrap_or_default();
        let shows = |path: String| row[3].as_array().is_some_and(|all| all.contains(&path.into()));
        ensure!(shows(format!("payments.{name}.gross")), "{month} does not show {gross}: {row}");
        let by_rules = payout["gross"].as_f64().filter(|_| truth["social_assistance"].is_null());
        if let Some(other) = by_rules.filter(|other| (other - gross).abs() >= 1.0) {
            let explained = shows(format!("payouts.{name}.gross"));
            ensure!(explained, "{month}: {gross} was paid, {other} by the rules is not shown");
        }
    }
    Ok(())
}
