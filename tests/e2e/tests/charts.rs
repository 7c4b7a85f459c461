//! The timeline: drawn sharp, walked by keyboard, pointed at, zoomed, taken away as files.

use anyhow::{Context, Result, bail, ensure};
use jobnet_e2e::downloads::Downloads;
use jobnet_e2e::{Page, View, chart, scene};
use jobnet_web::chart::ChartStrings;
use jobnet_web::i18n::Language;
use jobnet_web::routes;
use serde_json::{Value, json};
use thirtyfour::Key;

use crate::citizen::{come_in, heading};

const PLOT: &str = ".chart-plot";

fn texts() -> &'static ChartStrings {
    Language::Danish.chart()
}

async fn open(page: &Page, presentation: &str) -> Result<()> {
    page.open(&format!("{}?visning={presentation}", routes::Page::Hours.path())).await?;
    heading(page, Language::Danish.account().page.title).await?;
    chart::drawn(page).await.map(drop)
}

/// Chooses something behind the last tool.
async fn choose(page: &Page, name: &str) -> Result<()> {
    page.css(".chart-menu > summary").await?.click().await?;
    page.click("button", name).await
}

/// The months of the table of the chart, which holds the same data. It is closed again.
async fn months(page: &Page) -> Result<Vec<String>> {
    choose(page, texts().show_table).await?;
    page.css(".chart-table").await?;
    let script = "return [...document.querySelectorAll('.chart-table tbody th')] \
         .map(cell => cell.textContent.trim());";
    let months = page.script(script, &[]).await?;
    choose(page, texts().hide_table).await?;
    Ok(months.as_array().into_iter().flatten().filter_map(text).collect())
}

fn text(value: &Value) -> Option<String> {
    value.as_str().map(str::to_owned)
}

/// What the readout shows, as one line.
async fn readout(page: &Page) -> Result<String> {
    let script = "return document.querySelector('.chart-readout').textContent;";
    Ok(text(&page.script(script, &[]).await?).unwrap_or_default())
}

/// Waits until a screen reader has been told something with these words.
async fn spoken(page: &Page, words: &str) -> Result<()> {
    let script = "return [...document.querySelectorAll('figure.chart [aria-live]')] \
         .some(e => e.textContent.includes(arguments[0]));";
    page.wait(&format!("“{words}” to be read aloud"), script, &[json!(words)]).await.map(drop)
}

#[tokio::test]
async fn every_drawing_is_sharp_on_phone_and_desk_and_in_the_dark() -> Result<()> {
    scene("charts_sharp", View::PHONE, async |stage| {
        let page = &stage.page;
        come_in(page, "citizen-full-time").await?;
        for view in [View::PHONE, View::DESK, View::DARK] {
            page.show_as(view).await?;
            for presentation in ["tidslinje", "taellere", "hvad-nu-hvis"] {
                let place = || format!("{presentation}, {view:?}");
                open(page, presentation).await.with_context(place)?;
                chart::are_sharp(page).await.with_context(place)?;
                page.stood_still().await.with_context(place)?;
            }
        }
        let marked = "return performance.getEntriesByName('jobnet:first-chart').length;";
        ensure!(page.script(marked, &[]).await? == 1, "the first chart is not marked");
        Ok(())
    })
    .await
}

#[tokio::test]
async fn the_timeline_is_walked_by_keyboard_with_one_tab_stop() -> Result<()> {
    scene("charts_keyboard", View::DESK, async |stage| {
        let page = &stage.page;
        come_in(page, "citizen-full-time").await?;
        open(page, "tidslinje").await?;
        let months = months(page).await?;
        let [first, second, .., last] = months.as_slice() else { bail!("too few: {months:?}") };
        page.tab_to(PLOT).await?;
        page.press(&[Key::Home]).await?;
        spoken(page, first).await?;
        ensure!(readout(page).await?.contains(first.as_str()), "Home: {}", readout(page).await?);
        page.press(&[Key::Right]).await?;
        spoken(page, second).await?;
        page.press(&[Key::Left, Key::Left]).await?;
        spoken(page, first).await?;
        page.press(&[Key::End]).await?;
        spoken(page, last).await?;
        page.press(&[Key::Down]).await?;
        spoken(page, ": ").await?;
        page.press(&[Key::Enter]).await?;
        spoken(page, &(texts().pinned)(last)).await?;
        page.press(&[Key::Home]).await?;
        spoken(page, &(texts().compare)(first, last)).await?;
        let both = readout(page).await?;
        ensure!(both.contains(&(texts().compare)(first, last)), "two months: {both}");
        page.press(&[Key::Escape, Key::Escape, Key::Tab]).await?;
        let left = "return !document.activeElement.closest(arguments[0]);";
        ensure!(page.script(left, &[json!(PLOT)]).await? == true, "a second tab stop");
        // What she reaches next stands below: the legend, then the tools.
        let order = "const top = e => document.querySelector(e).getBoundingClientRect().top; \
             return ['.chart-plot', '.chart-legend', '.chart-tools'].map(top);";
        let order = page.script(order, &[]).await?;
        let tops: Vec<f64> =
            order.as_array().into_iter().flatten().filter_map(Value::as_f64).collect();
        ensure!(tops.len() == 3 && tops.is_sorted(), "not from top to bottom: {tops:?}");
        Ok(())
    })
    .await
}

#[tokio::test]
async fn zoom_by_key_and_button_says_what_is_shown_and_draws_again() -> Result<()> {
    scene("charts_zoom", View::PHONE, async |stage| {
        let page = &stage.page;
        come_in(page, "citizen-part-time").await?;
        open(page, "tidslinje").await?;
        let drawn = async || Ok::<_, anyhow::Error>(chart::drawn(page).await?[0]);
        let mut before = drawn().await?;
        page.tab_to(PLOT).await?;
        page.driver().active_element().await?.send_keys("+").await?;
        spoken(page, (texts().showing)("", "").split_whitespace().next().unwrap_or("x")).await?;
        for name in [texts().zoom_in, texts().pan_back, texts().zoom_reset] {
            if name == texts().zoom_reset {
                page.css(".chart-menu > summary").await?.click().await?;
            }
            let again = "return Number(document.querySelector('[data-drawn]').dataset.drawn) \
                 > arguments[0];";
            page.wait("another drawing", again, &[json!(before)]).await?;
            before = drawn().await?;
            page.click("button", name).await?;
        }
        chart::are_sharp(page).await.map(drop)
    })
    .await
}

#[tokio::test]
async fn a_pointer_reads_months_without_drawing_again() -> Result<()> {
    scene("charts_pointer", View::DESK, async |stage| {
        let page = &stage.page;
        come_in(page, "citizen-full-time").await?;
        open(page, "tidslinje").await?;
        let plot = page.css(PLOT).await?;
        plot.scroll_into_view().await?;
        let before = chart::drawn(page).await?;
        let mut seen = Vec::new();
        for x in [-120, 0, 120] {
            page.driver().action_chain().move_to_element_with_offset(&plot, x, 0).perform().await?;
            let shown = "const r = document.querySelector('.chart-readout:not(.is-away)'); \
                 const month = r?.querySelector('.chart-month')?.textContent; \
                 return month && !arguments[0].includes(month) ? month : null;";
            let month = page.wait("another month in the readout", shown, &[json!(seen)]).await?;
            seen.extend(text(&month));
        }
        let months = months(page).await?;
        let at = |name: &String| months.iter().position(|month| month == name);
        ensure!(seen.iter().map(at).is_sorted(), "not from left to right: {seen:?}");
        ensure!(chart::drawn(page).await? == before, "a pointer made the canvas draw");
        Ok(())
    })
    .await
}

#[tokio::test]
async fn legend_and_table_show_and_hide() -> Result<()> {
    scene("charts_legend", View::PHONE, async |stage| {
        let page = &stage.page;
        come_in(page, "citizen-full-time").await?;
        open(page, "tidslinje").await?;
        let before = chart::drawn(page).await?[0];
        page.css(".chart-legend button[aria-pressed=true]").await?.click().await?;
        page.css(".chart-legend button[aria-pressed=false]").await?;
        let again =
            "return Number(document.querySelector('[data-drawn]').dataset.drawn) > arguments[0];";
        page.wait("another drawing", again, &[json!(before)]).await?;
        choose(page, texts().show_table).await?;
        page.css(".chart-table").await?;
        jobnet_e2e::axe::check(page).await?;
        page.fits().await
    })
    .await
}

#[tokio::test]
async fn picture_drawing_and_numbers_can_be_taken_away() -> Result<()> {
    scene("charts_files", View::DESK, async |stage| {
        let page = &stage.page;
        come_in(page, "citizen-full-time").await?;
        open(page, "tidslinje").await?;
        let months = months(page).await?;
        let downloads = Downloads::of(page).await?;
        for (name, ending) in [
            (texts().download_png, "png"),
            (texts().download_svg, "svg"),
            (texts().download_csv, "csv"),
        ] {
            choose(page, name).await?;
            let bytes = downloads.file(ending).await?;
            let content = String::from_utf8_lossy(&bytes);
            match ending {
                "png" => {
                    ensure!(bytes.starts_with(b"\x89PNG") && bytes.len() > 5_000, "no picture")
                }
                "svg" => {
                    ensure!(content.contains("<svg") && content.contains("</svg>"), "no drawing")
                }
                _ => {
                    let missing = months.iter().find(|month| !content.contains(month.as_str()));
                    let (lines, rows) = (content.lines().count(), months.len());
                    ensure!(lines > rows || missing.is_none(), "{lines} lines for {rows} months");
                }
            }
        }
        Ok(())
    })
    .await
}
