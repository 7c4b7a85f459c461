//! Planning in the form of a protocol: every measure is asked both ways and answered by a sentence,
//! two curves and their tables; and what is still missing leads to its field.

use anyhow::{Context, Result, ensure};
use jobnet_e2e::{Page, View, axe, chart, scene};
use serde_json::{Value, json};

use crate::trial_forms::begin;
use crate::trials::{draft, research, type_in};

/// Forgets what the charts of the plan have drawn, so that what is seen next is drawn anew.
const WIPE: &str = "const plots = document.querySelectorAll('[data-part=plan] .columns-plot'); \
    for (const plot of plots) { \
      plot.removeAttribute('data-drawn'); \
      const canvas = plot.querySelector('canvas'); \
      canvas.width = canvas.width; \
    } \
    return document.querySelector('[data-part=plan] .lead')?.innerText ?? '';";

/// The sentence, once it is another than the last.
const SAID: &str = "const said = document.querySelector('[data-part=plan] .lead')?.innerText; \
    return said && said !== arguments[0] && said;";

/// Over how much of its width each chart of the plan has a line: what is much more blue than red.
const LINES: &str = "const plots = [...document.querySelectorAll('[data-part=plan] [data-drawn]')]; \
    const shares = plots.map(plot => { \
      const canvas = plot.querySelector('canvas'); \
      const copy = new OffscreenCanvas(canvas.width, canvas.height) \
        .getContext('2d', {willReadFrequently: true}); \
      copy.drawImage(canvas, 0, 0); \
      const pixels = copy.getImageData(0, 0, canvas.width, canvas.height).data; \
      const columns = new Set(); \
      for (let at = 0; at < pixels.length; at += 4) \
        if (pixels[at + 2] - pixels[at] > 80) columns.add((at / 4) % canvas.width); \
      return columns.size / canvas.width; \
    }); \
    return shares.length === 2 && shares.every(share => share > 0.5) && shares;";

/// Columns and rows of the tables.
const TABLES: &str = "return [...document.querySelectorAll('[data-part=plan] figure table')] \
    .map(table => [table.querySelectorAll('thead th').length, \
                   table.querySelectorAll('tbody tr').length]);";

/// Types numbers into the form and asks; the sentence, when both curves are drawn.
async fn plan(page: &Page, ask: &str, fields: &[(&str, &str)]) -> Result<String> {
    for (field, text) in fields {
        type_in(page, &format!("f-{field}"), text).await?;
    }
    let last = page.script(WIPE, &[]).await?;
    page.click("button", ask).await?;
    let said = page.wait("an answer", SAID, &[last]).await?;
    page.wait("both curves", LINES, &[]).await?;
    chart::are_sharp(page).await?;
    let tables = page.script(TABLES, &[]).await?;
    ensure!(tables == json!([[2, 11], [2, 11]]), "the tables are {tables}");
    Ok(said.as_str().unwrap_or_default().to_owned())
}

/// The number with which a sentence begins.
fn units(said: &str) -> Result<u32> {
    let first = said.split_whitespace().next().unwrap_or_default();
    first.replace('.', "").parse().with_context(|| said.to_owned())
}

/// The draft has two factors of two values each: two comparisons of halves share the level of 5 %,
/// so that z is 2.2414 + 0.8416 = 3.0830.
#[tokio::test]
async fn every_measure_is_planned_and_both_curves_are_drawn() -> Result<()> {
    scene("plans", View::DESK, async |stage| {
        let page = &stage.page;
        let t = research().form;
        draft(page).await?;

        // z √((p₁q₁ + p₀q₀) / 1,000) is the difference itself at 0.0682.
        let said = plan(page, t.plan_effect, &[]).await?;
        ensure!(units(&said)? == 2000 && said.contains(" 6,8 procentpoint "), "{said}");

        // 4 z² / 0.2² = 950.5 by the normal distribution; t needs a little more.
        let mean = [("outcomes-0-measure", "mean"), ("power-effect_per_mille", "20")];
        let said = plan(page, t.plan_units, &mean).await?;
        ensure!((951..=958).contains(&units(&said)?), "{said}");
        ensure!(said.contains(" 20,0 procent af en standardafvigelse "), "{said}");

        // 1,653.9 alone; 1 + 24 × 0.05 = 2.2 times as many in clusters of 25, and t.
        let clusters = [
            ("outcomes-0-measure", "proportion"),
            ("power-effect_per_mille", "7,5"),
            ("unit", "caseworker"),
            ("power-cluster_size", "25"),
            ("power-icc_per_mille", "5"),
        ];
        let said = plan(page, t.plan_units, &clusters).await?;
        ensure!((3650..=3750).contains(&units(&said)?), "{said}");
        ensure!(said.contains(" 7,5 procentpoint "), "{said}");

        // 4 z² / ln² 1.2 = 1,143.8 events, which come to (0.4 + 0.4583) / 2 of the units.
        let sooner = [
            ("unit", "citizen"),
            ("outcomes-0-measure", "time_to_event"),
            ("power-effect_per_mille", "20"),
        ];
        let said = plan(page, t.plan_units, &sooner).await?;
        let needed = units(&said)?;
        ensure!((2665..=2668).contains(&needed), "{said}");
        ensure!(said.contains(" 20,0 procent i farten "), "{said}");
        // 4 z² / ln² 0.8 = 763.6 events, which come to (0.4 + 0.3355) / 2 of the units.
        let said = plan(page, t.plan_units, &[("power-direction", "less")]).await?;
        ensure!((2076..=2080).contains(&units(&said)?), "{said}");
        ensure!(said.contains(" \u{2212}20,0 procent i farten "), "{said}");
        // So many find the effect that they were asked for.
        let back = needed.to_string();
        let back = [("power-direction", "more"), ("power-units", back.as_str())];
        let said = plan(page, t.plan_effect, &back).await?;
        ensure!(units(&said)? == needed && said.contains(" 20,0 procent i farten "), "{said}");
        axe::check(page).await?;
        page.show_as(View::PHONE).await?;
        page.fits().await?;
        page.show_as(View::DESK).await?;

        // What it is without the intervention is not guessed: it is missing, and leads to its field.
        type_in(page, "f-power-baseline_per_mille", "").await?;
        page.click("button", t.plan_units).await?;
        page.says(t.plan_lacks).await?;
        page.css("[data-findings=\"1\"]").await?;
        follow(page).await?;
        let focus = page.script("return document.activeElement.id;", &[]).await?;
        ensure!(focus == json!("f-power-baseline_per_mille"), "the focus is on {focus}");
        Ok(())
    })
    .await
}

/// Opens the list of what is missing and follows its first link: what it names has the focus then.
async fn follow(page: &Page) -> Result<()> {
    let list = page.css("[data-findings] summary").await?;
    list.scroll_into_view().await?;
    list.click().await?;
    page.css("[data-findings] .findings a").await?.click().await?;
    let anchor =
        "return document.querySelector('[data-findings] .findings a').getAttribute('href');";
    let anchor = page.script(anchor, &[]).await?;
    let focused = "return `#${document.activeElement?.id}` === arguments[0];";
    page.wait(&format!("the focus on {anchor}"), focused, &[anchor]).await.map(drop)
}

#[tokio::test]
async fn what_an_empty_form_lacks_leads_to_its_field() -> Result<()> {
    scene("findings", View::DESK, async |stage| {
        let page = &stage.page;
        begin(page, "En tom formular").await?;
        let count = "const all = Number(document.querySelector('[data-findings]')?.dataset.findings); \
             return all > 0 && all;";
        let count = page.wait("what is missing", count, &[]).await?;
        follow(page).await?;
        // A field that can be typed in, and that the link named.
        let typed = "return document.activeElement.matches('input, textarea, select');";
        ensure!(page.script(typed, &[]).await? == json!(true), "the first link leads to no field");
        let lost = "const links = [...document.querySelectorAll('[data-findings] .findings a')]; \
             const lost = links.filter(link => { \
               document.activeElement?.blur(); \
               link.click(); \
               return `#${document.activeElement?.id}` !== link.getAttribute('href'); \
             }); \
             return [links.length, ...lost.map(link => link.getAttribute('href'))];";
        let lost = page.script(lost, &[]).await?;
        ensure!(lost == Value::Array(vec![count]), "links, and those that lead nowhere: {lost}");
        axe::check(page).await
    })
    .await
}
