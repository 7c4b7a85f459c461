//! The drawing follows its reader's device while the page stays: another size, other pixels, other
//! colours, paper. What it comes to is what a page that is opened like that draws.

use std::fs;
use std::process::Command;

use anyhow::{Context, Result, ensure};
use jobnet_e2e::{Page, View, chart, scene};
use jobnet_web::i18n::Language;
use serde_json::json;
use thirtyfour::common::print::PrintParameters;

use crate::charts::{months, open};
use crate::citizen::come_in;

/// More pixels than any legend has.
const MANY: u64 = 1_000;

/// The drawing of a page that is opened as things are now.
async fn fresh(page: &Page) -> Result<chart::Picture> {
    open(page, "tidslinje").await?;
    chart::follows(page).await?;
    chart::picture(page).await
}

#[tokio::test]
async fn a_window_of_another_size_gets_a_drawing_of_its_size() -> Result<()> {
    scene("charts_resized", View::DESK, async |stage| {
        let page = &stage.page;
        come_in(page, "citizen-full-time").await?;
        let mut before = fresh(page).await?;
        for view in [
            View { width: 700, ..View::DESK },
            View::PHONE,
            View { width: 1000, ..View::DESK },
            View { width: 1000, ratio: 3, ..View::DESK },
            View::DESK,
        ] {
            page.script("window.isTheSame = true;", &[]).await?;
            page.show_as(view).await?;
            chart::follows(page).await.with_context(|| format!("{view:?}"))?;
            let live = chart::picture(page).await?;
            ensure!(live.store != before.store, "{view:?} has the size of before");
            let same = page.script("return window.isTheSame === true;", &[]).await?;
            ensure!(same == true, "{view:?}: the page was loaded anew");
            page.fits().await?;
            before = fresh(page).await?;
            ensure!(live == before, "{view:?}: {live:?} is left of {before:?}");
        }
        Ok(())
    })
    .await
}

#[tokio::test]
async fn other_colours_of_the_device_are_drawn_at_once() -> Result<()> {
    scene("charts_recoloured", View::DESK, async |stage| {
        let page = &stage.page;
        come_in(page, "citizen-full-time").await?;
        let at_first = fresh(page).await?;
        let light = chart::colour(page, "--ml-hours").await?;
        chart::turns(page, light, MANY).await.context("light")?;

        page.script("window.isTheSame = true;", &[]).await?;
        page.show_as(View::DARK).await?;
        let dark = chart::colour(page, "--ml-hours").await?;
        ensure!(dark != light, "dark bars are {dark:?} too");
        chart::turns(page, dark, MANY).await.context("dark")?;
        ensure!(chart::pixels_in(page, light).await? == 0, "some of it is light still");
        let same = page.script("return window.isTheSame === true;", &[]).await?;
        ensure!(same == true, "the page was loaded anew");
        let live = chart::picture(page).await?;
        ensure!(live == fresh(page).await?, "dark is drawn otherwise on a new page");

        page.show_as(View::FORCED).await?;
        chart::turns(page, dark, 0).await.context("forced colours")?;
        let live = chart::picture(page).await?;
        ensure!(live == fresh(page).await?, "forced colours are drawn otherwise on a new page");

        page.show_as(View::DESK).await?;
        chart::turns(page, light, MANY).await.context("light again")?;
        ensure!(chart::picture(page).await? == at_first, "light again is another drawing");
        Ok(())
    })
    .await
}

#[tokio::test]
async fn who_asks_for_more_contrast_gets_no_pale_text_and_no_pale_line() -> Result<()> {
    scene("charts_contrast", View::DESK, async |stage| {
        let page = &stage.page;
        come_in(page, "citizen-full-time").await?;
        fresh(page).await?;
        let ink = chart::colour(page, "--ml-ink").await?;
        let pale =
            [chart::colour(page, "--ml-axis").await?, chart::colour(page, "--ml-grid").await?];
        for pale in pale {
            ensure!(chart::pixels_in(page, pale).await? > 0, "no line in {pale:?}");
        }
        let more = json!({"media": "", "features": [
            {"name": "prefers-contrast", "value": "more"},
            {"name": "prefers-reduced-motion", "value": "reduce"},
        ]});
        page.browser().cdp("Emulation.setEmulatedMedia", more).await?;
        for pale in pale {
            chart::turns(page, pale, 0).await.context("a pale line")?;
        }
        for name in ["--ml-ink-2", "--ml-hair", "--ml-edge"] {
            let found = chart::colour(page, name).await?;
            ensure!(found == ink, "{name} is {found:?}");
        }
        // The bars keep the colour of the legend.
        let bars = chart::colour(page, "--ml-hours").await?;
        chart::turns(page, bars, MANY).await?;
        jobnet_e2e::axe::check(page).await
    })
    .await
}

/// Waits until the screen is as it was: no table, and the drawing of before.
async fn is_back(page: &Page, before: chart::Picture) -> Result<()> {
    let gone = "return document.querySelector('figure.chart .chart-table') === null;";
    page.wait("the table to go", gone, &[]).await?;
    chart::follows(page).await?;
    let now = chart::picture(page).await?;
    ensure!(now == before, "after printing {now:?} instead of {before:?}");
    Ok(())
}

#[tokio::test]
async fn on_paper_the_drawing_is_followed_by_its_table() -> Result<()> {
    scene("charts_printed", View::DESK, async |stage| {
        let page = &stage.page;
        come_in(page, "citizen-full-time").await?;
        let before = fresh(page).await?;
        let months = months(page).await?;
        is_back(page, before).await.context("before printing")?;
        // What is there when it has been printed, before the app has heard of it.
        let look = "addEventListener('afterprint', () => { \
             const canvas = document.querySelector('.chart-plot canvas'); \
             const table = document.querySelector('figure.chart .chart-table table'); \
             const follows = table && canvas.compareDocumentPosition(table) \
               & Node.DOCUMENT_POSITION_FOLLOWING; \
             window.printed = [canvas.width, canvas.height, table?.tBodies[0].rows.length, \
               Boolean(follows)]; \
           }, {once: true, capture: true});";
        page.script(look, &[]).await?;
        let pdf = page.driver().print_page(PrintParameters::default()).await?;
        let ended = "return window.printed ?? null;";
        let printed = page.wait("printing to end", ended, &[]).await?;
        // 680 × 480 CSS pixels with three dots each.
        ensure!(printed == json!([2040, 1440, months.len(), true]), "printed was {printed}");
        is_back(page, before).await?;

        let folder = tempfile::tempdir()?;
        let file = folder.path().join("page.pdf");
        fs::write(&file, pdf)?;
        let read = Command::new("pdftotext").arg(&file).arg("-").output().context("pdftotext")?;
        let text = String::from_utf8(read.stdout)?;
        let words: Vec<&str> = text.split_whitespace().collect();
        let whole = words.join(" ");
        let caption = Language::Danish.account().months.caption;
        let (above, below) = whole.split_once(caption).context("no table in the PDF")?;
        // Short names of months stand only in the drawing; that of May is no shorter.
        let short = Language::Danish.short_months().into_iter().filter(|name| *name != "maj");
        let drawn = short.filter(|name| above.split(' ').any(|word| word == *name)).count();
        ensure!(drawn >= 6, "{drawn} months in the drawing: {above}");
        for month in &months {
            let month = month.replace('\u{a0}', " ");
            ensure!(below.contains(&month), "{month} is not in the printed table");
        }
        // At 72 pixels an inch, the bars cover some thousands.
        let seen = Command::new("pdftoppm").args(["-r", "72"]).arg(&file).output();
        let [red, green, blue] = chart::colour(page, "--ml-hours").await?;
        let is_bar = |pixel: &&[u8]| [red, green, blue] == [0, 1, 2].map(|at| u64::from(pixel[at]));
        let bars = seen.context("pdftoppm")?.stdout.windows(3).filter(is_bar).count();
        ensure!(bars > 2_000, "{bars} pixels of bars on paper");
        Ok(())
    })
    .await
}

#[tokio::test]
async fn paper_has_no_tools_and_a_drawing_that_is_not_stretched() -> Result<()> {
    scene("charts_paper", View::DESK, async |stage| {
        let page = &stage.page;
        come_in(page, "citizen-full-time").await?;
        let before = fresh(page).await?;
        let paper = json!({"media": "print"});
        page.browser().cdp("Emulation.setEmulatedMedia", paper).await?;
        page.script("dispatchEvent(new Event('beforeprint'));", &[]).await?;
        let there = "const table = document.querySelector('figure.chart .chart-table'); \
             return Boolean(table?.checkVisibility()) && table.scrollWidth <= table.clientWidth;";
        page.wait("the table, as wide as the paper", there, &[]).await?;
        let tools = "return ['.chart-tools', '.chart-readout', '.chart-band', '.chart-dot'] \
             .filter(name => document.querySelector(name).checkVisibility());";
        let tools = page.script(tools, &[]).await?;
        ensure!(tools == json!([]), "on paper there are {tools}");
        let shape = "const canvas = document.querySelector('.chart-plot canvas'); \
             const box = canvas.getBoundingClientRect(); \
             return [box.width / box.height, canvas.width / canvas.height];";
        let shape = page.script(shape, &[]).await?;
        let apart = shape[0].as_f64().zip(shape[1].as_f64()).map(|(css, dots)| css / dots - 1.0);
        ensure!(apart.is_some_and(|apart| apart.abs() < 0.01), "stretched: {shape}");
        page.script("dispatchEvent(new Event('afterprint'));", &[]).await?;
        page.show_as(View::DESK).await?;
        is_back(page, before).await
    })
    .await
}
