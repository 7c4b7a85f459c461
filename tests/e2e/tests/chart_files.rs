//! What the timeline gives away: its table holds the figures of the rules, and so do the files; in
//! the picture and the drawing stands what is seen on the page.

use anyhow::{Context, Result, bail, ensure};
use jobnet_api::paths;
use jobnet_e2e::downloads::Downloads;
use jobnet_e2e::figures::truth;
use jobnet_e2e::{Page, View, chart, scene};
use jobnet_web::i18n::Language;
use serde_json::{Value, json};

use crate::charts::{PLOT, again, choose, drawings, open, shown, table, text, texts};
use crate::citizen::come_in;

/// Danish months as the table begins a row with them.
const MONTHS: [&str; 12] = [
    "Januar",
    "Februar",
    "Marts",
    "April",
    "Maj",
    "Juni",
    "Juli",
    "August",
    "September",
    "Oktober",
    "November",
    "December",
];

/// `2026-03` as the table writes it: `Marts 2026`.
fn name_of(month: &str) -> Result<String> {
    let (year, number) = month.split_once('-').with_context(|| format!("{month} is no month"))?;
    let name = number.parse::<usize>().ok().and_then(|number| MONTHS.get(number.checked_sub(1)?));
    Ok(format!("{} {year}", name.with_context(|| format!("{month} is no month"))?))
}

/// A Danish number, with or without `kr.`: `18.549,27 kr.`
fn number(cell: &str) -> Option<f64> {
    let cell = cell.trim_end_matches("kr.").trim().replace('.', "").replace('−', "-");
    let looks_like_one = cell.contains(|c: char| c.is_ascii_digit());
    looks_like_one.then(|| cell.replace(',', ".").parse().ok()).flatten()
}

/// Holds a cell against a figure; an unknown one must not be shown as a number.
fn holds(cell: &str, figure: &Value, place: &str) -> Result<()> {
    let same = match figure.as_f64() {
        Some(figure) => number(cell).is_some_and(|cell| (cell - figure).abs() < 0.005),
        None => number(cell).is_none(),
    };
    ensure!(same, "{place}: the table says “{cell}”, the rules {figure}");
    Ok(())
}

/// Every month of the case in the table: her hours, and what was paid or, until it is settled, what
/// the rules give. Gives how many figures there were.
async fn is_true(page: &Page) -> Result<usize> {
    let (truth, answer) = (truth(page).await?, page.api(paths::MY_ACCOUNT).await?);
    let rows = table(page).await?;
    let of = |list: &str, month: &Value| {
        let mut rows = truth[list].as_array().into_iter().flatten();
        rows.find(|row| row["month"] == *month).cloned().unwrap_or_default()
    };
    let mut figures = 0;
    for facts in answer["case"]["months"].as_array().into_iter().flatten() {
        let name = name_of(facts["month"].as_str().unwrap_or_default())?;
        let row = rows.iter().find(|row| row[0].replace('\u{a0}', " ") == name);
        let Some([_, work, payable, gross, ..]) = row.map(Vec::as_slice) else {
            bail!("{name} is not in the table");
        };
        holds(work, &facts["work_hours"], &name)?;
        let is_unknown = facts["work_hours"].is_null() && facts["away"].is_null();
        let says_unknown = work == Language::Danish.account().page.hours_unknown;
        ensure!(says_unknown == is_unknown, "{name}: “{work}” for {facts}");
        let (payable_hours, paid) = if facts["settled"] == true {
            let paid = of("payments", &facts["month"]);
            (paid["paid_hours"].clone(), paid["gross"].clone())
        } else if facts["away"].is_null() {
            let payout = of("payouts", &facts["month"]);
            (payout["payable_hours"].clone(), payout["gross"].clone())
        } else {
            (Value::Null, Value::Null)
        };
        holds(payable, &payable_hours, &name)?;
        holds(gross, &paid, &name)?;
        let known = [&facts["work_hours"], &payable_hours, &paid];
        figures += known.iter().filter(|figure| figure.is_number()).count();
    }
    Ok(figures)
}

#[tokio::test]
async fn the_table_of_the_chart_has_the_figures_of_the_rules() -> Result<()> {
    scene("charts_truth", View::DESK, async |stage| {
        let page = &stage.page;
        for (persona, at_least) in [("citizen-full-time", 20), ("citizen-part-time", 20)] {
            come_in(page, persona).await?;
            open(page, "tidslinje").await?;
            let figures = is_true(page).await.context(persona)?;
            ensure!(figures >= at_least, "{persona}: only {figures} figures in the table");
        }
        Ok(())
    })
    .await
}

/// A CSV file by the rules of RFC 4180, with semicolons.
fn rows_of(csv: &str) -> Vec<Vec<String>> {
    let (mut rows, mut row, mut field) = (Vec::new(), Vec::new(), String::new());
    let mut letters = csv.chars().peekable();
    let mut is_quoted = false;
    while let Some(letter) = letters.next() {
        match letter {
            '"' if is_quoted && letters.next_if_eq(&'"').is_some() => field.push('"'),
            '"' => is_quoted = !is_quoted,
            ';' if !is_quoted => row.push(std::mem::take(&mut field)),
            '\r' if !is_quoted => {}
            '\n' if !is_quoted => {
                row.push(std::mem::take(&mut field));
                rows.push(std::mem::take(&mut row));
            }
            _ => field.push(letter),
        }
    }
    rows
}

/// The same heads, months, figures and words as in the table, and in every row that she is made up.
fn is_the_table(csv: &str, table: &[Vec<String>]) -> Result<()> {
    let csv = csv.strip_prefix('\u{feff}').context("no byte order mark")?;
    let rows = rows_of(csv);
    ensure!(rows.len() == table.len(), "{} rows instead of {}", rows.len(), table.len());
    for (place, (row, shown)) in rows.iter().zip(table).enumerate() {
        let Some((note, cells)) = row.split_last() else { bail!("row {place} is empty") };
        ensure!(cells.len() == shown.len(), "row {place}: {cells:?} for {shown:?}");
        ensure!((place == 0) != note.contains("opdigtet"), "row {place} ends with “{note}”");
        for (cell, shown) in cells.iter().zip(shown) {
            let same = match (number(cell), number(shown)) {
                // A month has a number in it, and is none.
                (Some(cell), Some(shown)) => (cell - shown).abs() < 0.000_1,
                _ => cell == shown,
            };
            ensure!(same, "row {place}: “{cell}” in the file, “{shown}” in the table");
        }
    }
    Ok(())
}

/// What stands in a drawing: its texts, the filled boxes of one colour with width and height, and how
/// many pieces of a line, which are boxes too, there are in another.
fn read_svg(svg: &str, [bar, line]: [String; 2]) -> Result<Value> {
    let svg = roxmltree::Document::parse(svg)?;
    let all = |name: &'static str| svg.descendants().filter(move |node| node.has_tag_name(name));
    let is = |node: &roxmltree::Node<'_, '_>, name: &str, colour: &str| {
        node.attribute(name).is_some_and(|found| found.eq_ignore_ascii_case(colour))
    };
    let size = |node: roxmltree::Node<'_, '_>, name: &str| {
        node.attribute(name).and_then(|size| size.parse::<f64>().ok())
    };
    let texts: Vec<&str> = all("text").filter_map(|text| Some(text.text()?.trim())).collect();
    let bars: Vec<_> = all("rect")
        .filter(|rect| is(rect, "fill", &bar))
        .map(|rect| [size(rect, "width"), size(rect, "height")])
        .collect();
    let lines = all("rect").filter(|rect| is(rect, "fill", &line)).count();
    Ok(json!({ "texts": texts, "bars": bars, "lines": lines }))
}

/// A picture, decoded by the browser: width, height, how many colours it has, and how many pixels
/// are in one of them.
async fn read_png(page: &Page, png: &[u8], [red, green, blue]: [u64; 3]) -> Result<[u64; 4]> {
    let script = "const [bytes, red, green, blue] = arguments; \
         const file = new Blob([new Uint8Array(bytes)], {type: 'image/png'}); \
         return createImageBitmap(file).then(picture => { \
           const {width, height} = picture; \
           const copy = new OffscreenCanvas(width, height).getContext('2d'); \
           copy.drawImage(picture, 0, 0); \
           const pixels = new Uint32Array(copy.getImageData(0, 0, width, height).data.buffer); \
           const wanted = (0xff000000 | blue << 16 | green << 8 | red) >>> 0; \
           const bars = pixels.filter(pixel => pixel === wanted).length; \
           return [width, height, new Set(pixels).size, bars]; \
         });";
    let bytes = [json!(png), json!(red), json!(green), json!(blue)];
    let found = page.script(script, &bytes).await?;
    let part = |at: usize| found[at].as_u64().context("it is no picture");
    Ok([part(0)?, part(1)?, part(2)?, part(3)?])
}

fn hex([red, green, blue]: [u64; 3]) -> String {
    format!("#{red:02x}{green:02x}{blue:02x}")
}

#[tokio::test]
async fn picture_drawing_and_numbers_can_be_taken_away() -> Result<()> {
    scene("charts_files", View::DESK, async |stage| {
        let page = &stage.page;
        come_in(page, "citizen-full-time").await?;
        open(page, "tidslinje").await?;
        let rows = table(page).await?;
        let months: Vec<String> = rows.iter().skip(1).map(|row| row[0].clone()).collect();
        // Which months are seen is read aloud after a zoom.
        page.tab_to(PLOT).await?;
        let drawn = drawings(page).await?;
        page.driver().active_element().await?.send_keys("+").await?;
        let (first, last) = shown(page, &months, None).await?;
        again(page, drawn).await?;
        let seen = &rows[first + 1..=last + 1];
        let downloads = Downloads::of(page).await?;
        let saved = async |name: &str, ending: &str| {
            choose(page, name).await?;
            downloads.file(ending).await
        };
        let csv = String::from_utf8(saved(texts().download_csv, "csv").await?)?;
        is_the_table(&csv, &rows).context("CSV")?;

        let hours = chart::colour(page, "--ml-hours").await?;
        let benefit = chart::colour(page, "--ml-benefit").await?;
        let svg = String::from_utf8(saved(texts().download_svg, "svg").await?)?;
        let drawing = read_svg(&svg, [hex(hours), hex(benefit)])?;
        let words: Vec<String> =
            drawing["texts"].as_array().context("no SVG")?.iter().filter_map(text).collect();
        let whole = words.join(" ");
        let head = "return [...document.querySelector('.chart-head').children] \
             .map(e => e.textContent);";
        let head = page.script(head, &[]).await?;
        let said = Language::Danish.account().months;
        let head = head.as_array().into_iter().flatten().filter_map(text);
        let axes = [said.benefit, said.benefit_unit, said.hours, said.hours_unit];
        for there in head.chain(axes.map(str::to_owned)) {
            ensure!(whole.contains(&there), "“{there}” is not in the drawing: {whole}");
        }
        // Under the fields the months seen, one after the other; beside them round numbers.
        let short = Language::Danish.short_months();
        let labels: Vec<&str> =
            words.iter().map(String::as_str).filter(|word| short.contains(word)).collect();
        let wanted: Vec<String> =
            seen.iter().map(|row| row[0].to_lowercase().chars().take(3).collect()).collect();
        ensure!(labels == wanted, "the axis says {labels:?} for {wanted:?}");
        let ticks = words.iter().filter(|word| number(word).is_some_and(|n| n % 5.0 == 0.0));
        ensure!(ticks.count() >= 6, "no numbers beside the fields: {words:?}");
        // A bar for each month seen whose hours are known.
        let bars = drawing["bars"].as_array().context("no bars")?;
        let known = seen.iter().filter(|row| number(&row[1]).is_some()).count();
        ensure!(known > 2 && bars.len() == known, "{} bars for {known} months", bars.len());
        ensure!(drawing["lines"].as_u64() > Some(0), "no line of benefit");

        let area: f64 = bars
            .iter()
            .filter_map(|bar| bar[0].as_f64().zip(bar[1].as_f64()))
            .map(|(w, h)| w * h)
            .sum();
        let png = saved(texts().download_png, "png").await?;
        let [width, height, colours, pixels] = read_png(page, &png, hours).await?;
        ensure!((width, height) == (2400, 1440) && colours > 10, "{width} × {height}, {colours}");
        // Two pixels each way for one of the drawing; words and lines lie over the bars.
        let covered = f64::from(u32::try_from(pixels)?) / (4.0 * area);
        ensure!((0.85..1.15).contains(&covered), "the bars cover {covered} of their area");
        Ok(())
    })
    .await
}
