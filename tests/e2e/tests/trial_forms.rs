//! The form of a protocol, filled in as a researcher would: everything can be set in it, and what is
//! stored is what was meant. A protocol is written here as its file; the form knows nothing of that.

use anyhow::{Context, Result, ensure};
use jobnet_api::paths;
use jobnet_api::trials::protocol::Protocol;
use jobnet_e2e::{Page, View, axe, scene};
use jobnet_web::i18n::Language;
use jobnet_web::routes;
use serde_json::{Value, json};

use crate::arms::protocol;
use crate::citizen::{come_in_as_staff, heading};
use crate::trials::research;

const LETTERS: &str = include_str!("../../../crates/server/trials/letters-2026.json");
const NOTICE: &str = include_str!("../../../crates/server/trials/generic-notice-2023.json");

/// Begins an empty draft of this name and opens its form.
pub(crate) async fn begin(page: &Page, name: &str) -> Result<()> {
    let t = research();
    come_in_as_staff(page, "researcher").await?;
    page.find("field", t.list.name).await?.send_keys(name).await?;
    page.click("button", t.list.begin).await?;
    page.click("link", t.list.open).await?;
    heading(page, name).await
}

/// A field of the file as it is typed: id of the input, and what stands in it.
type Typed = (String, String);

/// Facts that may be any text: their values are typed.
const TEXTS: [&str; 4] = ["municipality", "fund", "job_centre", "caseworker"];

fn is_text(condition: &Value) -> bool {
    condition["fact"].as_str().is_some_and(|fact| TEXTS.contains(&fact))
}

/// A share in per cent, as people write it.
fn per_cent(per_mille: &Value) -> String {
    let per_mille = per_mille.as_u64().unwrap_or_default();
    let (whole, tenths) = (per_mille / 10, per_mille % 10);
    if tenths == 0 { whole.to_string() } else { format!("{whole},{tenths}") }
}

/// Everything that is typed or chosen, of a part of the file.
fn typed(id: &str, value: &Value, out: &mut Vec<Typed>) {
    match value {
        Value::Object(fields) => {
            for (name, field) in fields {
                match (name.as_str(), field) {
                    // The way of a design, an allocation, a look or a wait is chosen.
                    ("type", way) => {
                        let id = id.trim_end_matches("-trigger");
                        out.push((id.to_owned(), way.as_str().unwrap_or_default().to_owned()));
                    }
                    // No rule looks, so that there is nothing to choose.
                    ("is" | "enrolment" | "interim", _) => {}
                    ("shares", Value::Array(shares)) => {
                        let share = |one: &Value| {
                            let treated = per_cent(&one["treated_per_mille"]);
                            let weight = one["weight"].as_u64().unwrap_or_default();
                            if weight == 1 { treated } else { format!("{treated} × {weight}") }
                        };
                        let all: Vec<_> = shares.iter().map(share).collect();
                        out.push((format!("{id}-shares"), all.join("; ")));
                    }
                    ("values", Value::Array(all)) if is_text(value) => {
                        let all: Vec<_> = all.iter().map(text).collect();
                        out.push((format!("{id}-values"), all.join(", ")));
                    }
                    ("multiples", Value::Array(all)) => {
                        let all: Vec<_> = all.iter().map(Value::to_string).collect();
                        out.push((format!("{id}-multiples"), all.join(", ")));
                    }
                    (name, number) if name.ends_with("_per_mille") => {
                        out.push((format!("{id}-{name}"), per_cent(number)));
                    }
                    (name, field) => typed(&format!("{id}-{name}"), field, out),
                }
            }
        }
        Value::Array(items) => {
            for (place, item) in items.iter().enumerate().filter(|(_, item)| item.is_object()) {
                typed(&format!("{id}-{place}"), item, out);
            }
        }
        Value::String(text) => out.push((id.to_owned(), text.clone())),
        Value::Number(number) => out.push((id.to_owned(), number.to_string())),
        Value::Null | Value::Bool(_) => {}
    }
}

/// What comes first decides what there is to choose from later.
fn turn(id: &str) -> usize {
    let order = ["f-surface", "f-arms", "f-outcomes", "f-unit", "f-design", "f-delayed"];
    order.iter().position(|start| id.starts_with(start)).unwrap_or(order.len())
}

/// Types into every input until all say what they should.
const FILL: &str = "let lacks = []; \
    for (const [id, text] of arguments[0]) { \
      const field = document.getElementById(id); \
      if (field?.value === text) continue; \
      lacks.push(id); \
      if (!field) continue; \
      field.value = text; \
      for (const kind of ['input', 'change']) field.dispatchEvent(new Event(kind, {bubbles: true})); \
    } \
    window.__lacks = lacks; \
    return lacks.length === 0;";

async fn fill(page: &Page, fields: &[Typed]) -> Result<()> {
    let filled = page.wait("the form to be filled in", FILL, &[json!(fields)]).await;
    match filled {
        Ok(_) => Ok(()),
        Err(error) => {
            let lacks = page.script("return window.__lacks;", &[]).await?;
            Err(error.context(format!("without {lacks}")))
        }
    }
}

/// Ticks boxes of a list, by their words.
async fn tick(page: &Page, list: &str, values: &Value) -> Result<()> {
    let script = "const [list, name] = arguments; \
         const box = [...document.querySelectorAll(`#${list} label.check`)] \
           .find(label => label.innerText.trim() === name)?.querySelector('input'); \
         if (box && !box.checked) box.click(); \
         return box?.checked ?? false;";
    for value in values.as_array().into_iter().flatten().filter_map(Value::as_str) {
        let name = Language::Danish.word(value).unwrap_or(value);
        page.wait(&format!("{name} in {list}"), script, &[json!(list), json!(name)]).await?;
    }
    Ok(())
}

/// Adds rows until there are as many as in a list of the file.
async fn rows(page: &Page, list: &str, add: &str, last: &str, wanted: &Value) -> Result<()> {
    let wanted = wanted.as_array().map_or(0, Vec::len);
    let script = "const [list, add, last, wanted] = arguments; \
         const there = place => document.getElementById(`f-${list}-${place}-${last}`); \
         if (wanted === 0 || there(wanted - 1)) return true; \
         const buttons = [...document.querySelectorAll(`#f-${list} button`)]; \
         buttons.findLast(button => button.innerText === add)?.click(); \
         return false;";
    let arguments = [json!(list), json!(add), json!(last), json!(wanted)];
    page.wait(&format!("{wanted} rows of {list}"), script, &arguments).await.map(drop)
}

async fn conditions(page: &Page, list: &str, conditions: &Value) -> Result<()> {
    for (place, one) in conditions.as_array().into_iter().flatten().enumerate() {
        if !is_text(one) {
            tick(page, &format!("f-{list}-{place}"), &one["values"]).await?;
        }
    }
    Ok(())
}

/// Fills in the form on the page with all that a file says, and stores it. The key stays.
pub(crate) async fn fill_in(page: &Page, protocol: &Value) -> Result<()> {
    let t = research().form;
    let mut file = protocol.clone();
    file.as_object_mut().context("a protocol")?.remove("key");
    fill(page, &[("f-surface".to_owned(), text(&file["surface"]))]).await?;
    rows(page, "arms", t.add_arm, "key", &file["arms"]).await?;
    rows(page, "outcomes", t.add_outcome, "key", &file["outcomes"]).await?;
    rows(page, "dispatch", t.add_message, "message", &file["dispatch"]).await?;
    rows(page, "follow_up", t.add_follow_up, "what", &file["follow_up"]).await?;
    rows(page, "eligibility", t.add_condition, "fact", &file["eligibility"]).await?;
    let control =
        file["arms"].as_array().and_then(|arms| arms.iter().position(|arm| arm["control"] == true));
    let control = format!("#f-arms-{} input[type=radio]", control.context("no control")?);
    let control = page.css(&control).await?;
    control.scroll_into_view().await?;
    control.click().await?;
    let mut all = Vec::new();
    typed("f", &file, &mut all);
    all.sort_by_key(|(id, _)| turn(id));
    let is_later = |(id, _): &Typed| id.contains("-still-");
    let (later, now): (Vec<_>, Vec<_>) = all.into_iter().partition(is_later);
    fill(page, &now).await?;
    let still = &file["delayed"]["trigger"]["still"];
    rows(page, "delayed-trigger-still", t.add_condition, "fact", still).await?;
    let messages = file["dispatch"].as_array().cloned().unwrap_or_default();
    for (place, message) in messages.iter().enumerate() {
        let list = format!("dispatch-{place}-still");
        rows(page, &list, t.add_condition, "fact", &message["still"]).await?;
    }
    fill(page, &later).await?;
    conditions(page, "eligibility", &file["eligibility"]).await?;
    conditions(page, "delayed-trigger-still", still).await?;
    for (place, message) in messages.iter().enumerate() {
        let list = format!("dispatch-{place}");
        conditions(page, &format!("{list}-still"), &message["still"]).await?;
        // Arms are chosen by their names.
        let arms = file["arms"].as_array().into_iter().flatten();
        let gets = |arm: &&Value| {
            message["arms"].as_array().is_some_and(|keys| keys.contains(&arm["key"]))
        };
        let names: Value = arms.filter(gets).map(|arm| arm["name"]["da"].clone()).collect();
        tick(page, &format!("f-{list}-arms"), &names).await?;
        tick(page, &format!("f-{list}-channels"), &message["channels"]).await?;
        tick(page, &format!("f-{list}-lasting"), &message["lasting"]).await?;
    }
    tick(page, "f-strata", &file["strata"]).await?;
    tick(page, "f-analysis-covariates", &file["analysis"]["covariates"]).await?;
    tick(page, "f-delayed-trigger-lasting", &file["delayed"]["trigger"]["lasting"]).await?;
    save(page).await
}

fn text(value: &Value) -> String {
    value.as_str().unwrap_or_default().to_owned()
}

async fn save(page: &Page) -> Result<()> {
    page.click("button", research().form.save).await?;
    page.says(research().form.saved).await
}

/// Compares what is stored of a trial with a file.
pub(crate) async fn is_stored(page: &Page, key: &str, file: &Value) -> Result<()> {
    let stored = page.api(&paths::TRIAL_PROTOCOL.replace("{trial}", key)).await?;
    let mut file = file.clone();
    file["key"] = json!(key);
    // Both as the types have them: what is left out stands for what it means.
    let read = |value: Value| serde_json::from_value::<Protocol>(value).context("a protocol");
    let (stored, file) = (serde_json::to_value(read(stored)?)?, serde_json::to_value(read(file)?)?);
    for (name, field) in file.as_object().into_iter().flatten() {
        ensure!(stored[name] == *field, "{name} is {:#}, not {field:#}", stored[name]);
    }
    ensure!(stored == file, "{stored} is not {file}");
    Ok(())
}

/// Two arms of the delivered trial, and what a change makes of it.
fn changed(change: Value) -> Result<Value> {
    let mut file = protocol()?;
    file["arms"].as_array_mut().context("arms")?.truncate(2);
    file["design"] = json!({ "type": "parallel" });
    for (name, value) in change.as_object().into_iter().flatten() {
        file[name] = value.clone();
    }
    Ok(file)
}

/// Every design, way of drawing, wait and message that there is, but those of the delivered trial.
fn designs() -> Result<[(&'static str, Value); 4]> {
    let shares = json!([
        { "treated_per_mille": 0, "weight": 1 },
        { "treated_per_mille": 125, "weight": 2 },
        { "treated_per_mille": 1000, "weight": 1 },
    ]);
    let still = json!([
        { "is": "between", "fact": "age", "least": 18, "most": 66 },
        { "is": "one_of", "fact": "scheme", "values": ["dagpenge"] },
        { "is": "one_of", "fact": "municipality", "values": ["101", "461"] },
    ]);
    let saturation = changed(json!({
        "design": { "type": "saturation", "within": "job_centre", "shares": shares },
        "strata": ["job_centre"],
        "delayed": { "then": "words-lacking",
            "trigger": { "type": "days", "after": 45, "still": still } },
    }))?;
    let mut clusters = changed(json!({
        "unit": "caseworker",
        "allocation": { "type": "keyed" },
        "strata": [],
        "delayed": { "then": "words-lacking", "trigger": { "type": "closed_still", "after": 184,
            "still": [], "lasting": ["sick_leave_days"] } },
        "disclosure": "withheld",
    }))?;
    for (name, value) in
        [("icc_per_mille", 35), ("cluster_size", 25), ("cluster_variation_per_mille", 600)]
    {
        clusters["power"][name] = json!(value);
    }
    clusters["power"]["direction"] = json!("less");
    let mut receipts = changed(json!({
        "surface": "receipt",
        "enrolment": "first_use",
        "unit": "citizen",
        "delayed": { "then": "words-lacking", "trigger": { "type": "closed" } },
        "allocation": { "type": "blocks", "multiples": [1, 3, 4] },
    }))?;
    for (place, text) in ["3.1", "3.3"].into_iter().enumerate() {
        receipts["arms"][place]["settings"] = json!({ "text": text });
    }
    let letters = serde_json::from_str(LETTERS)?;
    Ok([
        ("Andele", saturation),
        ("Hele grupper", clusters),
        ("Kvitteringer", receipts),
        ("Breve", letters),
    ])
}

#[tokio::test]
async fn every_design_can_be_set_in_the_form_and_goes_through_a_file() -> Result<()> {
    scene("designs", View::DESK, async |stage| {
        let page = &stage.page;
        let t = research();
        for (name, file) in designs()? {
            let key = name.to_lowercase().replace(' ', "-");
            begin(page, name).await?;
            fill_in(page, &file).await.with_context(|| name.to_owned())?;
            page.css("[data-findings=\"0\"]").await.with_context(|| name.to_owned())?;
            is_stored(page, &key, &file).await.with_context(|| name.to_owned())?;
            axe::check(page).await.with_context(|| name.to_owned())?;
            // Out as a file, and into another empty form, which then shows it.
            let stored = page.api(&paths::TRIAL_PROTOCOL.replace("{trial}", &key)).await?;
            let path = stage.server.folder().join(format!("{key}.json"));
            std::fs::write(&path, stored.to_string())?;
            begin(page, &format!("{name} igen")).await?;
            page.css("#protocol-file").await?.send_keys(path.display().to_string()).await?;
            let chosen = "const value = id => document.getElementById(id)?.value; \
                 return value('f-design') === arguments[0] && value('f-surface') === arguments[1];";
            let shown = [file["design"]["type"].clone(), file["surface"].clone()];
            page.wait("the form to show the file", chosen, &shown).await?;
            save(page).await?;
            is_stored(page, &format!("{key}-igen"), &file)
                .await
                .with_context(|| name.to_owned())?;
        }
        let unseen = "return [...document.querySelectorAll('.check input')] \
             .filter(box => getComputedStyle(box).appearance === 'none').length;";
        ensure!(page.script(unseen, &[]).await? == json!(0), "boxes that nobody sees");
        page.show_as(View::PHONE).await?;
        page.fits().await?;
        // What was registered is changed by one more outcome, whole.
        let trial = routes::Page::Trial.about("andele");
        crate::trials::step_of(page, "andele", t.steps.register, None, "registered").await?;
        page.open(&format!("{trial}?del=trin")).await?;
        page.click("button", t.steps.amend).await?;
        let outcome = [
            ("step-change", "outcome"),
            ("step-role", "harm"),
            ("step-measure", "mean"),
            ("step-to", "Klager til styrelsen"),
            ("step-after", "90"),
            ("step-key", "complaints"),
            ("step-why", "Borgere har bedt om det"),
            ("step-unblinding", "before"),
        ];
        fill(page, &outcome.map(|(id, text)| (id.to_owned(), text.to_owned()))).await?;
        axe::check(page).await.context("amendment")?;
        page.fits().await?;
        page.click("button", t.steps.confirm).await?;
        page.says(t.steps.done).await?;
        let told = page.api(&paths::TRIAL.replace("{trial}", "andele")).await?;
        let expected = json!({ "type": "outcome", "outcome": { "key": "complaints", "role": "harm",
            "variable": "Klager til styrelsen", "measure": "mean", "after_days": 90 } });
        ensure!(told["entries"][1]["event"]["amendment"]["change"] == expected, "{told:#}");
        page.open(&format!("{trial}?del=haendelser")).await?;
        page.says("Klager til styrelsen").await
    })
    .await
}

#[tokio::test]
async fn a_notice_with_a_published_harm_can_be_looked_at_and_not_started() -> Result<()> {
    scene("harm", View::PHONE, async |stage| {
        let page = &stage.page;
        let t = research();
        let notice: Value = serde_json::from_str(NOTICE)?;
        let harm = &notice["arms"][2]["known_harm"];
        begin(page, "En besked til alle").await?;
        fill_in(page, &notice).await?;
        is_stored(page, "en-besked-til-alle", &notice).await?;
        let trial = routes::Page::Trial.about("en-besked-til-alle");
        for part in ["protokol", "trin"] {
            page.open(&format!("{trial}?del={part}")).await?;
            page.css("[data-harm]").await?;
            page.says(harm["found"]["da"].as_str().context("a harm")?).await?;
            page.says(harm["source"].as_str().context("a source")?).await?;
            axe::check(page).await.context(part)?;
            page.fits().await?;
        }
        let steps = "return document.querySelectorAll('.steps-list button').length;";
        ensure!(page.script(steps, &[]).await? == json!(0), "it can be registered");
        page.open(&format!("{trial}?del=varianter")).await?;
        let link = "const links = [...document.querySelectorAll('.variants iframe')] \
             .map(frame => frame.getAttribute('src')); return links.length === 3 && links[2];";
        let link = page.wait("three variants", link, &[]).await?;
        page.open(link.as_str().context("no link")?).await?;
        page.css("[data-part=generic-notice]").await?;
        page.says(t.preview.notice_text).await?;
        page.says(t.preview.notice_harm).await?;
        page.fits().await?;
        axe::check(page).await
    })
    .await
}
