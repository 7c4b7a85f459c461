//! What a researcher does: from an empty form to a running trial, variants side by side, the
//! emergency brake, an alarm when the lots are wrong, data as files; and that a preview is marked and
//! writes nothing.

use anyhow::{Context, Result, ensure};
use jobnet_api::paths;
use jobnet_e2e::downloads::Downloads;
use jobnet_e2e::server::Server;
use jobnet_e2e::{Page, View, axe, scene, scene_expecting, scene_on};
use jobnet_web::i18n::research_messages::ResearchMessages;
use jobnet_web::i18n::{Language, fill};
use jobnet_web::routes;
use serde_json::{Value, json};

use crate::arms::{of_presentation, started};
use crate::citizen::{CITIZENS, come_in, come_in_as_staff, heading};
use crate::session::{self, CLOSED, OPEN};

pub(crate) const KEY: &str = "visning-af-kontoen";

pub(crate) fn research() -> ResearchMessages {
    Language::Danish.research()
}

/// Types into a field, or chooses in it, by its id.
pub(crate) async fn type_in(page: &Page, id: &str, text: &str) -> Result<()> {
    page.css(&format!("#{id}")).await?;
    let script = "const field = document.getElementById(arguments[0]); field.value = arguments[1]; \
         for (const kind of ['input', 'change']) \
           field.dispatchEvent(new Event(kind, {bubbles: true}));";
    page.script(script, &[json!(id), json!(text)]).await.map(drop)
}

/// Waits until the trial on the page is in a state.
async fn state(page: &Page, state: &str) -> Result<()> {
    page.css(&format!("[data-state={state}]")).await.map(drop)
}

/// Takes a step and confirms it, with a reason if it asks for one.
async fn step(page: &Page, name: &str, why: Option<&str>, then: &str) -> Result<()> {
    step_of(page, KEY, name, why, then).await
}

/// The same of any trial.
pub(crate) async fn step_of(
    page: &Page,
    key: &str,
    name: &str,
    why: Option<&str>,
    then: &str,
) -> Result<()> {
    page.open(&format!("{}?del=trin", routes::Page::Trial.about(key))).await?;
    page.click("button", name).await?;
    if let Some(why) = why {
        type_in(page, "step-why", why).await?;
    }
    page.click("button", research().steps.confirm).await?;
    state(page, then).await
}

/// A draft of the visualisation trial from an empty form; the page is its protocol afterwards.
pub(crate) async fn draft(page: &Page) -> Result<()> {
    let t = research();
    come_in_as_staff(page, "researcher").await?;
    page.find("field", t.list.name).await?.send_keys("Visning af kontoen").await?;
    page.click("button", t.list.begin).await?;
    page.click("link", t.list.open).await?;
    heading(page, "Visning af kontoen").await?;
    for word in ["words", "timeline", "earned", "lacking"] {
        let name = Language::Danish.word(word).context("no word")?;
        page.click("field", name).await?;
        ensure!(page.find("field", name).await?.is_selected().await?, "“{name}” is not chosen");
    }
    page.click("button", t.form.combine_make).await?;
    page.css("#f-arms-3-name-da").await?;
    page.click("button", t.form.add_outcome).await?;
    page.css("#f-outcomes-0-variable").await?;
    page.click("button", t.form.add_outcome).await?;
    type_in(page, "f-outcomes-0-variable", "Fire af fem svar er rigtige").await?;
    type_in(page, "f-outcomes-1-variable", "Klager over siden").await?;
    // Every text that still stands empty, but for a harm that an arm is known to have done.
    let empty = "return [...document.querySelectorAll('.protocol-fields textarea, \
           .protocol-fields input[type=text]:not(.input-char-11)')] \
         .filter(field => !field.value && field.id.startsWith('f-') && !/icc|known_harm/.test(field.id)) \
         .map(field => field.id);";
    let empty = page.script(empty, &[]).await?;
    for id in empty.as_array().into_iter().flatten().filter_map(Value::as_str) {
        type_in(page, id, "Det står her").await?;
    }
    for (id, text) in [
        ("f-power-baseline_per_mille", "40"),
        ("f-power-effect_per_mille", "7,5"),
        ("f-power-units", "2000"),
    ] {
        type_in(page, id, text).await?;
    }
    page.css("[data-findings=\"0\"]").await?;
    page.click("button", t.form.save).await?;
    page.says(t.form.saved).await
}

/// The arm in the first answer of a citizen.
async fn arm(page: &Page) -> Result<Value> {
    Ok(page.api(paths::BOOT).await?["arm"].clone())
}

#[tokio::test]
async fn from_an_empty_form_to_a_running_trial_and_a_pause() -> Result<()> {
    scene("trial", View::DESK, async |stage| {
        let page = &stage.page;
        let t = research();
        draft(page).await?;
        page.click("button", t.form.plan_units).await?;
        page.css("[data-part=plan] [data-drawn]").await?;
        axe::check(page).await.context("protocol")?;
        step(page, t.steps.register, None, "registered").await?;
        come_in(page, CITIZENS[0]).await?;
        ensure!(arm(page).await?.is_null(), "a registered trial shows itself");
        come_in_as_staff(page, "researcher").await?;
        step(page, t.steps.start, None, "running").await?;
        for persona in CITIZENS {
            come_in(page, persona).await?;
            let arm = arm(page).await?;
            ensure!(arm["trial"] == json!(KEY), "{persona} has {arm}");
            let shown = "return document.querySelector('[data-framing]')?.dataset.framing;";
            let shown = page.script(shown, &[]).await?;
            ensure!(shown.is_null() || shown == arm["framing"], "{persona} sees {shown}: {arm}");
        }
        come_in_as_staff(page, "researcher").await?;
        page.open(&format!("{}?del=foelg", routes::Page::Trial.about(KEY))).await?;
        page.css("[data-part=flow]").await?;
        page.says(t.watch.blind).await?;
        axe::check(page).await.context("watch")?;
        step(page, t.steps.pause, Some("Prøve af nødbremsen"), "paused").await?;
        page.open(&format!("{}?del=haendelser", routes::Page::Trial.about(KEY))).await?;
        page.says("Prøve af nødbremsen").await?;
        axe::check(page).await.context("events")?;
        come_in(page, CITIZENS[0]).await?;
        ensure!(arm(page).await?.is_null(), "a paused trial decides something");
        Ok(())
    })
    .await
}

#[tokio::test]
async fn a_step_that_was_typed_survives_the_end_of_the_session() -> Result<()> {
    let server = started(&of_presentation("words")?)?;
    scene_on(server, "trial_step_over", View::DESK, &["401"], async |stage| {
        let page = &stage.page;
        let t = research().steps;
        come_in_as_staff(page, "researcher").await?;
        let key = of_presentation("words")?["key"].as_str().context("a key")?.to_owned();
        page.open(&format!("{}?del=trin", routes::Page::Trial.about(&key))).await?;
        page.click("button", t.amend).await?;
        let typed = [
            ("step-change", "outcome"),
            ("step-role", "harm"),
            ("step-measure", "mean"),
            ("step-to", "Klager til styrelsen"),
            ("step-why", "Borgere har bedt om det"),
            ("step-unblinding", "after"),
        ];
        for (id, text) in typed {
            type_in(page, id, text).await?;
        }
        page.browser().cdp("Network.clearBrowserCookies", json!({})).await?;
        page.script("document.dispatchEvent(new Event('visibilitychange'));", &[]).await?;
        page.wait("the end", OPEN, &[json!(session::texts().ended)]).await?;
        page.says(session::texts().ended_kept).await?;
        let there = "return document.getElementById('step-why') !== null;";
        ensure!(page.script(there, &[]).await? == json!(false), "it is still on the screen");
        page.click("button", session::texts().again).await?;
        page.wait("the dialog to close", CLOSED, &[]).await?;
        page.css("#step-unblinding").await?;
        for (id, text) in typed {
            let value = page.css(&format!("#{id}")).await?.prop("value").await?;
            ensure!(value.as_deref() == Some(text), "{id} is now {value:?}");
        }
        // Whoever takes back what she typed has nothing left to lose.
        page.click("button", t.cancel).await?;
        page.browser().cdp("Network.clearBrowserCookies", json!({})).await?;
        page.script("document.dispatchEvent(new Event('visibilitychange'));", &[]).await?;
        page.wait("the end", OPEN, &[json!(session::texts().ended)]).await?;
        ensure!(!page.text().await?.contains(session::texts().ended_kept), "nothing is kept");
        Ok(())
    })
    .await
}

#[tokio::test]
async fn variants_stand_side_by_side_and_a_preview_writes_nothing() -> Result<()> {
    scene("variants", View::DESK, async |stage| {
        let page = &stage.page;
        let t = research();
        draft(page).await?;
        page.open(&format!("{}?del=varianter", routes::Page::Trial.about(KEY))).await?;
        let shown = "const marks = [...document.querySelectorAll('.variants iframe')] \
             .map(frame => frame.contentDocument) \
             .map(page => [page?.querySelector('[data-presentation]')?.dataset.presentation, \
                           page?.querySelector('[data-framing]')?.dataset.framing]) \
             .map(marks => marks.every(Boolean) && marks.join(' ')); \
             return marks.length === 4 && marks.every(Boolean) ? marks.sort() : null;";
        let four = page.wait("four variants", shown, &[]).await?;
        let expected = ["ord earned", "ord lacking", "tidslinje earned", "tidslinje lacking"];
        ensure!(four == json!(expected), "the variants show {four}");
        axe::check(page).await.context("variants")?;
        page.fits().await?;
        // A colleague who is a citizen here opens the link.
        let link = "return document.querySelector('.variants iframe').getAttribute('src');";
        let link = page.script(link, &[]).await?;
        let link = link.as_str().context("no link")?.to_owned();
        come_in(page, CITIZENS[0]).await?;
        for route in [link.clone(), link.replace('?', "?side=timer&")] {
            page.open(&route).await?;
            page.says(t.preview.mark).await?;
            page.ready().await?;
            axe::check(page).await.context("preview")?;
            // Long enough on screen for an exposure.
            let long = "window.__since ??= performance.now(); return performance.now() - window.__since > 2500;";
            page.wait("two seconds and a half", long, &[]).await?;
            let asked = "return performance.getEntriesByType('resource').map(e => new URL(e.name)) \
                 .map(address => address.pathname).filter(path => path.startsWith('/api/'));";
            let asked = page.script(asked, &[]).await?;
            let asked = asked.as_array().cloned().unwrap_or_default();
            let is_preview = |path: &Value| {
                path.as_str().is_some_and(|path| path.starts_with(paths::PREVIEWS))
            };
            ensure!(!asked.is_empty() && asked.iter().all(is_preview), "it asks {asked:?}");
            let controls = "return [...document.querySelectorAll('main form, main input:not(.what-if *)')].length;";
            ensure!(page.script(controls, &[]).await? == json!(0), "something can be typed");
        }
        Ok(())
    })
    .await
}

#[tokio::test]
async fn a_preview_is_shown_as_its_address_says() -> Result<()> {
    scene_expecting("preview", View::PHONE, &["410"], async |stage| {
        let page = &stage.page;
        draft(page).await?;
        page.open(&format!("{}?del=varianter", routes::Page::Trial.about(KEY))).await?;
        page.fits().await?;
        let link = "return document.querySelector('.variants iframe')?.getAttribute('src');";
        let link = page.wait("a variant", link, &[]).await?;
        let link = link.as_str().context("no link")?.to_owned();
        let (address, _) = link.split_once('?').context("no query")?;
        page.open(&format!("{address}?sprog=en&tema=moerk")).await?;
        page.says(Language::English.research().preview.mark).await?;
        let dark = "return getComputedStyle(document.documentElement).colorScheme === 'dark';";
        page.wait("a dark page", dark, &[]).await?;
        page.fits().await?;
        axe::check(page).await.context("dark")?;
        // The reader's own choice is not touched.
        let kept = page.script("return JSON.stringify({...localStorage});", &[]).await?;
        ensure!(!kept.to_string().contains("en"), "the browser keeps {kept}");
        page.open("/forhaandsvisning/ikke-et-link").await?;
        page.says(research().preview.ended).await
    })
    .await
}

/// Rows of a ledger whose lots went wrong: of 200 units three in four are in the first of two arms.
/// The first 120 of it were shown what it decides, ten more what the other does, and so was one for
/// whom nothing was drawn.
const LOPSIDED: &str = "
CREATE TEMP TABLE units AS
  WITH RECURSIVE n(i) AS (SELECT 0 UNION ALL SELECT i + 1 FROM n WHERE i < 199) SELECT i FROM n;
INSERT INTO trial_assignments
  (trial_id, unit, arm, stratum, seq, block, position, algorithm, assigned_at, build)
  SELECT trials.id, printf('T%04d', i), iif(i < 150, 'words-earned', 'words-lacking'), '', i, i / 2,
    i % 2, 'test', 1795348800000, 'test' FROM units, trials;
INSERT INTO trial_exposures
  (trial_id, unit, surface, day, presentation, framing, text_ids, build, viewport, shown_at,
   received_at)
  SELECT trials.id, iif(i < 130, printf('T%04d', i), 'T9999'), 'overview', '2026-11-22', 'words',
    iif(i < 120, 'earned', 'lacking'), '[]', 'test', 'wide', 1795348800000, 1795348800000
  FROM units, trials WHERE i <= 130;
";

/// A trial that runs with these lots.
fn with_wrong_lots() -> Result<Server> {
    let mut protocol = of_presentation("words")?;
    // Each lot for itself, so that all of them are told of while it runs.
    protocol["allocation"] = json!({ "type": "keyed" });
    let mut server = started(&protocol)?;
    server.stop()?;
    server.put(LOPSIDED)?;
    server.resume()?;
    Ok(server)
}

/// The rows of a CSV file without quotes, its heads first.
fn rows(bytes: &[u8]) -> Result<Vec<Vec<&str>>> {
    Ok(std::str::from_utf8(bytes)?.lines().map(|line| line.split(',').collect()).collect())
}

#[tokio::test]
async fn wrong_lots_raise_an_alarm_and_the_data_can_be_taken_home_with_a_codebook() -> Result<()> {
    scene_on(with_wrong_lots()?, "alarm", View::DESK, &[], async |stage| {
        let (page, server) = (&stage.page, &stage.server);
        let t = research();
        let trial = routes::Page::Trial.about("visualisation-2026");
        come_in_as_staff(page, "researcher").await?;
        page.open(&format!("{trial}?del=foelg")).await?;
        // 150 and 50 where 100 and 100 are expected: chi-square is 2 × 50² / 100.
        let said = page.css(".alert-error[role=alert]").await?.text().await?;
        for words in [t.watch.alarm, "χ² = 50,00", "df = 1", "p = < 0,001"] {
            ensure!(said.contains(words), "“{words}” is not in “{said}”");
        }
        let arms = "return [...document.querySelectorAll('.flow-arms dl')] \
             .map(arm => [...arm.querySelectorAll('dd')].slice(0, 4).map(dd => Number(dd.innerText)));";
        let arms = page.script(arms, &[]).await?;
        ensure!(arms == json!([[150, 120, 20, 10], [50, 0, 50, 0]]), "{arms}");
        let figures = [
            ("exposed", "120"),
            ("randomised", "200"),
            ("unexposed", "70"),
            ("crossed", "10"),
            ("strangers", "1"),
        ];
        page.says(&fill(t.watch.fidelity_text, &figures)).await?;
        page.fits().await?;
        axe::check(page).await.context("an alarm")?;

        page.open(&format!("{trial}?del=eksport")).await?;
        let looks = "SELECT COUNT(*) FROM access_log WHERE criterion LIKE 'export %'";
        let before = server.record(looks)?[0][0].as_i64().context("a count")?;
        let saved = Downloads::of(page).await?;
        let take = async |name: &str, format: &str, file: &str| {
            page.click("link", &format!("{name} ({format})")).await?;
            saved.file(file).await
        };
        let codebook = take(t.records.codebook, "CSV", "codebook.csv").await?;
        let codebook = String::from_utf8(codebook)?;
        ensure!(codebook.starts_with("table,column,meaning"), "{codebook}");
        let assignments = take(t.records.assignments, "CSV", "assignments.csv").await?;
        let exposures = take(t.records.exposures, "CSV", "exposures.csv").await?;
        for (table, bytes, expected) in
            [("assignments", &assignments, 200), ("exposures", &exposures, 131)]
        {
            let rows = rows(bytes)?;
            ensure!(rows.len() == 1 + expected, "{table} has {} rows", rows.len() - 1);
            for column in &rows[0] {
                let line = format!("\n{table},{column},");
                ensure!(codebook.contains(&line), "{column} of {table} is not explained");
            }
        }
        let arms = rows(&assignments)?;
        let first = arms.iter().filter(|row| row[2] == "words-earned").count();
        ensure!(first == 150, "{first} are in the first arm");
        let parquet = take(t.records.assignments, "Parquet", "assignments.parquet").await?;
        ensure!(parquet.starts_with(b"PAR1") && parquet.ends_with(b"PAR1"), "no Parquet file");
        let after = server.record(looks)?[0][0].as_i64().context("a count")?;
        ensure!(after == before + 4, "four files were taken, {} looks recorded", after - before);
        axe::check(page).await.context("export")
    })
    .await
}
