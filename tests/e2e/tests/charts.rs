//! The timeline: drawn sharp, walked by keyboard, pointed at, zoomed.

use anyhow::{Context, Result, bail, ensure};
use jobnet_e2e::{Page, View, chart, scene};
use jobnet_web::chart::ChartStrings;
use jobnet_web::i18n::Language;
use jobnet_web::routes;
use serde_json::{Value, json};
use thirtyfour::Key;

use crate::citizen::{come_in, heading};

pub(crate) const PLOT: &str = ".chart-plot";

pub(crate) fn texts() -> &'static ChartStrings {
    Language::Danish.chart()
}

pub(crate) async fn open(page: &Page, presentation: &str) -> Result<()> {
    page.open(&format!("{}?visning={presentation}", routes::Page::Hours.path())).await?;
    heading(page, Language::Danish.account().page.title).await?;
    chart::drawn(page).await.map(drop)
}

/// Chooses something behind the last tool.
pub(crate) async fn choose(page: &Page, name: &str) -> Result<()> {
    page.css(".chart-menu > summary").await?.click().await?;
    page.click("button", name).await
}

/// The table of the chart, which holds the same data, heads first. It is closed again.
pub(crate) async fn table(page: &Page) -> Result<Vec<Vec<String>>> {
    choose(page, texts().show_table).await?;
    page.css("figure.chart .chart-table").await?;
    let script = "return [...document.querySelectorAll('figure.chart .chart-table tr')] \
         .map(row => [...row.cells].map(cell => cell.textContent.trim()));";
    let rows = page.script(script, &[]).await?;
    choose(page, texts().hide_table).await?;
    let cells = |row: &Value| row.as_array().into_iter().flatten().filter_map(text).collect();
    Ok(rows.as_array().into_iter().flatten().map(cells).collect())
}

/// The months of the table.
pub(crate) async fn months(page: &Page) -> Result<Vec<String>> {
    Ok(table(page).await?.into_iter().skip(1).filter_map(|row| row.into_iter().next()).collect())
}

pub(crate) fn text(value: &Value) -> Option<String> {
    value.as_str().map(str::to_owned)
}

/// What the readout shows, as one line.
pub(crate) async fn readout(page: &Page) -> Result<String> {
    let script = "return document.querySelector('.chart-readout').textContent;";
    Ok(text(&page.script(script, &[]).await?).unwrap_or_default())
}

/// Waits until a screen reader has been told something with these words.
async fn spoken(page: &Page, words: &str) -> Result<()> {
    let script = "return [...document.querySelectorAll('figure.chart [aria-live]')] \
         .some(e => e.textContent.includes(arguments[0]));";
    page.wait(&format!("“{words}” to be read aloud"), script, &[json!(words)]).await.map(drop)
}

/// Waits until a screen reader has been told exactly this.
async fn told(page: &Page, sentence: &str) -> Result<()> {
    let script = "return [...document.querySelectorAll('figure.chart [aria-live]')] \
         .some(e => e.textContent === arguments[0]);";
    page.wait(&format!("just “{sentence}” to be read aloud"), script, &[json!(sentence)])
        .await
        .map(drop)
}

/// The figures of the month in the readout, each with its name.
async fn figures(page: &Page) -> Result<Vec<(String, String)>> {
    let script = "return [...document.querySelectorAll('.chart-readout dt')] \
         .map(name => [name.textContent, name.nextElementSibling.textContent]);";
    let rows = page.script(script, &[]).await?;
    let pair = |row: &Value| text(&row[0]).zip(text(&row[1]));
    Ok(rows.as_array().into_iter().flatten().filter_map(pair).collect())
}

/// The months shown, by their places in the table, once a screen reader has been told of others than
/// before.
pub(crate) async fn shown(
    page: &Page,
    months: &[String],
    before: Option<(usize, usize)>,
) -> Result<(usize, usize)> {
    let sentence = |(first, last): (usize, usize)| (texts().showing)(&months[first], &months[last]);
    let all =
        (0..months.len()).flat_map(|first| (first..months.len()).map(move |last| (first, last)));
    let others: Vec<_> = all.filter(|window| Some(*window) != before).collect();
    let sentences: Vec<_> = others.iter().map(|window| sentence(*window)).collect();
    let script = "const [live] = document.querySelectorAll('figure.chart [aria-live]'); \
         return [arguments[0].indexOf(live.textContent)].find(place => place >= 0) ?? null;";
    let place = page.wait("other months to be read aloud", script, &[json!(sentences)]).await?;
    let place = place.as_u64().and_then(|place| usize::try_from(place).ok());
    place.and_then(|place| others.get(place)).copied().context("no months are read aloud")
}

/// How often the one chart of the page has been drawn.
pub(crate) async fn drawings(page: &Page) -> Result<u64> {
    chart::drawn(page).await?.first().copied().context("no chart")
}

/// Waits until it has been drawn again.
pub(crate) async fn again(page: &Page, before: u64) -> Result<()> {
    let script =
        "return Number(document.querySelector('[data-drawn]').dataset.drawn) > arguments[0];";
    page.wait("another drawing", script, &[json!(before)]).await.map(drop)
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
        // Up and down name one figure after the other, and say what the readout shows of it.
        let figures = figures(page).await?;
        let [one, other, ..] = figures.as_slice() else { bail!("too few: {figures:?}") };
        ensure!(one.0 != other.0, "two figures with one name: {figures:?}");
        for (key, (name, figure)) in [(Key::Down, one), (Key::Down, other), (Key::Up, one)] {
            page.press(&[key]).await?;
            let figure = if figure == "–" { texts().nothing } else { figure.as_str() };
            told(page, &format!("{first}. {name}: {figure}")).await?;
        }
        page.press(&[Key::Up]).await?;
        let sentence = "return document.querySelector('figure.chart [aria-live]').textContent;";
        let whole = text(&page.script(sentence, &[]).await?).unwrap_or_default();
        ensure!(whole.starts_with(&format!("{first}: ")), "the whole month: “{whole}”");
        page.press(&[Key::End]).await?;
        spoken(page, last).await?;
        // The table opens and closes without a way to the menu, and the keys stay where they are.
        let is_open = "return arguments[0] \
             === (document.querySelector('figure.chart .chart-table') !== null);";
        for (open, words) in [(true, Language::Danish.account().months.caption), (false, "")] {
            page.driver().active_element().await?.send_keys("t").await?;
            told(page, words).await?;
            page.wait("the table by a key", is_open, &[json!(open)]).await?;
        }
        let there = "return document.activeElement.matches(arguments[0]);";
        ensure!(page.script(there, &[json!(PLOT)]).await? == true, "the focus has moved");
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
        let months = months(page).await?;
        let at_first = chart::picture(page).await?;
        page.tab_to(PLOT).await?;
        let drawn = drawings(page).await?;
        page.driver().active_element().await?.send_keys("+").await?;
        let mut before = shown(page, &months, None).await?;
        again(page, drawn).await?;
        let count = |(first, last): (usize, usize)| last - first + 1;
        for name in [texts().zoom_in, texts().pan_back, texts().zoom_reset] {
            let drawn = drawings(page).await?;
            if name == texts().zoom_reset {
                choose(page, name).await?;
            } else {
                page.click("button", name).await?;
            }
            let now = shown(page, &months, Some(before)).await?;
            again(page, drawn).await?;
            let is_right = if name == texts().zoom_in {
                count(now) < count(before)
            } else if name == texts().pan_back {
                count(now) == count(before) && now.0 < before.0
            } else {
                count(now) > count(before)
            };
            ensure!(is_right, "{name}: the months {before:?} became {now:?}");
            before = now;
        }
        ensure!(chart::picture(page).await? == at_first, "the start is drawn otherwise");
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
