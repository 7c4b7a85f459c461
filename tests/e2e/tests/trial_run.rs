//! The visualisation trial from an empty form to 2,000 made-up citizens: the arms that the ledger has
//! are what they are shown, the ledger can be proved, and the figures of its conduct are those that
//! `jobnet-server trial compute` gives for the rows of the ledger.

use std::collections::BTreeMap;

use anyhow::{Context, Result, ensure};
use jobnet_api::paths;
use jobnet_api::trials::protocol::Digest;
use jobnet_e2e::server::{Crowd, Server};
use jobnet_e2e::{Page, View, axe, scene_on};
use jobnet_web::routes;
use serde_json::{Value, json};

use crate::arms::protocol;
use crate::citizen::{CITIZENS, come_in, come_in_as_staff};
use crate::trial_forms::{begin, fill_in, is_stored};
use crate::trials::{research, step_of};

const KEY: &str = "hvordan-viser-vi-timer";
const NAME: &str = "Hvordan viser vi timer";
/// So many ask at once.
const CLIENTS: usize = 4;
/// So many of each arm are looked at in the browser, besides the demo citizens.
const LOOKED_AT: usize = 2;

/// A citizen of the registers, signed in without a browser.
struct Visitor {
    id: i64,
    session: String,
}

/// Everyone in the registers but the demo citizens has a session. How one is made is tested where
/// someone signs in (`sign_in.rs`).
fn sign_all_in(server: &Server) -> Result<Vec<Visitor>> {
    let citizens = "SELECT id FROM citizens WHERE register_id NOT LIKE 'SYN-DEMO-%' ORDER BY id";
    let mut visitors = Vec::new();
    let mut sql = String::from("BEGIN;\n");
    for row in server.rows(citizens)?.as_array().into_iter().flatten() {
        let id = row[0].as_i64().context("an id")?;
        let session = Digest::of(format!("session {id}").as_bytes()).to_string();
        let hash = Digest::of(session.as_bytes());
        let subject = Digest::of(format!("subject {id}").as_bytes());
        sql.push_str(&format!(
            "INSERT INTO sessions (id_hash, handle, citizen_id, name, role, subject_hash, \
             created_at, seen_at) VALUES ('{hash}', 'T{id:07}', {id}, 'Prøve', 'citizen', \
             '{subject}', unixepoch(), unixepoch());\n"
        ));
        visitors.push(Visitor { id, session });
    }
    sql.push_str("COMMIT;");
    server.put(&sql)?;
    Ok(visitors)
}

/// Lets all of them come to their page, several at a time; the arm of each answer.
fn all_come(address: &str, visitors: &[Visitor]) -> Result<BTreeMap<i64, Value>> {
    let each = visitors.len().div_ceil(CLIENTS);
    std::thread::scope(|scope| {
        let clients: Vec<_> = visitors
            .chunks(each)
            .map(|some| {
                scope.spawn(move || {
                    some.iter()
                        .map(|one| {
                            let boot = Server::get(address, paths::BOOT, &one.session)?;
                            Ok((one.id, boot["arm"].clone()))
                        })
                        .collect::<Result<Vec<_>>>()
                })
            })
            .collect();
        let mut arms = BTreeMap::new();
        for client in clients {
            let some = client.join().map_err(|_| anyhow::anyhow!("a client panicked"))?;
            arms.extend(some?);
        }
        Ok(arms)
    })
}

/// The arm of each citizen in the ledger.
fn ledger(server: &Server) -> Result<BTreeMap<i64, String>> {
    let sql =
        "SELECT citizen_id, arm FROM trial_assignments JOIN trial_units USING (trial_id, unit)";
    let rows = server.rows(sql)?;
    let row = |row: &Value| Some((row[0].as_i64()?, row[1].as_str()?.to_owned()));
    rows.as_array().into_iter().flatten().map(|one| row(one).context("a row")).collect()
}

/// What an arm of the protocol shows.
fn settings(protocol: &Value, arm: &str) -> Result<Value> {
    let arms = protocol["arms"].as_array().context("arms")?;
    let found = arms.iter().find(|one| one["key"] == arm);
    Ok(found.with_context(|| format!("no arm {arm}"))?["settings"].clone())
}

/// A presentation as the page calls it.
fn called(presentation: &Value) -> &str {
    match presentation.as_str().unwrap_or_default() {
        "words" => "ord",
        "counters" => "taellere",
        "timeline" => "tidslinje",
        _ => "hvad-nu-hvis",
    }
}

/// Whether the page shows what the arm of the ledger decides.
async fn shows(page: &Page, settings: &Value) -> Result<()> {
    let (presentation, framing) = (called(&settings["presentation"]), &settings["framing"]);
    let script = "const of = name => document.querySelector(`[data-${name}]`)?.dataset[name]; \
         return of('presentation') && [of('presentation'), of('framing')];";
    let shown = page.wait("a presentation", script, &[]).await?;
    ensure!(shown == json!([presentation, framing]), "{settings} is shown as {shown}");
    Ok(())
}

/// What `trial compute` finds.
fn compute(server: &Server, method: &str, inputs: Value) -> Result<Value> {
    let file = server.folder().join("cases.json");
    let case = json!([{ "id": "live", "method": method, "inputs": inputs }]);
    std::fs::write(&file, case.to_string())?;
    let said = server.tell(&["trial", "compute", &file.display().to_string()])?;
    let answers: Value = serde_json::from_str(&said)?;
    ensure!(answers[0]["error"].is_null(), "{answers}");
    Ok(answers[0]["result"].clone())
}

fn near(found: &Value, expected: &Value) -> Result<()> {
    let (found, expected) = (found.as_f64().context("found")?, expected.as_f64().context("none")?);
    ensure!((found - expected).abs() <= 1e-9 * (1.0 + expected.abs()), "{found}, not {expected}");
    Ok(())
}

/// That an assignment's block is full: the next one of its stratum has begun.
const IS_TOLD: &str = "block < (SELECT MAX(block) FROM trial_assignments AS others WHERE \
     others.trial_id = trial_assignments.trial_id AND others.stratum = trial_assignments.stratum)";

/// The arms that may be told, in the order in which they came to be: when the next block began.
const TOLD_IN_ORDER: &str = "WITH r AS (SELECT arm, stratum, block, \
     ROW_NUMBER() OVER (ORDER BY assigned_at, stratum, seq, unit) AS place FROM trial_assignments), \
     b AS (SELECT stratum, block, MIN(place) AS began FROM r GROUP BY stratum, block) \
     SELECT r.arm FROM r JOIN b AS next ON next.stratum = r.stratum AND next.block = \
     (SELECT MIN(block) FROM b WHERE b.stratum = r.stratum AND b.block > r.block) \
     ORDER BY next.began, r.place";

/// The largest e-value so far, 1 before the first unit, and the last one: unit by unit, what the
/// prior of 50 for each of the equal arms and those before say of it against what the weights say.
fn e_values(server: &Server, keys: &[&str]) -> Result<(f64, f64)> {
    let told = server.rows(TOLD_IN_ORDER)?;
    let arms = keys.len() as f64;
    let mut seen = vec![0.0; keys.len()];
    let (mut before, mut log, mut largest) = (0.0, 0.0_f64, 0.0_f64);
    for row in told.as_array().into_iter().flatten() {
        let arm = keys.iter().position(|key| row[0] == *key).context("no arm")?;
        log += ((50.0 + seen[arm]) / (50.0 * arms + before) * arms).ln();
        largest = largest.max(log);
        seen[arm] += 1.0;
        before += 1.0;
    }
    Ok((largest.exp(), log.exp()))
}

/// The figures that a researcher watches, from the rows of the ledger.
fn figures_agree(server: &Server, file: &Value, watch: &Value) -> Result<()> {
    let arms = file["arms"].as_array().context("arms")?;
    let keys: Vec<_> = arms.iter().filter_map(|arm| arm["key"].as_str()).collect();
    let told = server.rows(&format!("SELECT arm FROM trial_assignments WHERE {IS_TOLD}"))?;
    let told: Vec<&Value> = told.as_array().into_iter().flatten().map(|row| &row[0]).collect();
    let sizes: Vec<_> =
        keys.iter().map(|key| told.iter().filter(|arm| **arm == key).count()).collect();
    let held_back = ledger(server)?.len() - told.len();
    ensure!(watch["held_back"] == json!(held_back), "{} are held back", watch["held_back"]);
    let told: Vec<_> = watch["arms"].as_array().into_iter().flatten().collect();
    for (arm, size) in told.iter().zip(&sizes) {
        ensure!(arm["randomised"] == json!(size), "{arm} has {size}");
    }
    let ones = vec![1; keys.len()];
    let pearson = compute(
        server,
        "Sample ratio mismatch, Pearson chi-square",
        json!({ "observed": sizes, "weights": ones }),
    )?;
    let ratio = &watch["sample_ratio"];
    near(&ratio["chi_square"], &pearson["chi2"])?;
    ensure!(ratio["degrees_of_freedom"] == pearson["df"] && ratio["alarm"] == false, "{ratio}");
    let anytime = compute(
        server,
        "Anytime-valid SRM e-process (Dirichlet-multinomial Bayes factor; Lindon & Malek 2022)",
        json!({ "n": sizes, "theta0": ones.iter().map(|_| 1.0 / 8.0).collect::<Vec<_>>(),
            "dirichlet_prior": ones.iter().map(|_| 50.0).collect::<Vec<_>>() }),
    )?;
    let (largest, last) = e_values(server, &keys)?;
    near(&json!(last), &anytime["e"])?;
    near(&ratio["e_value"], &json!(largest))?;
    balance_agrees(server, &keys, watch)
}

/// The means and shares of one arm beside the control, reckoned by the database.
fn balance_agrees(server: &Server, keys: &[&str], watch: &Value) -> Result<()> {
    let of = |arm: &str| -> Result<Value> {
        let rows = server.rows(&format!(
            "SELECT AVG(age), COUNT(*), SUM(age * age), SUM(age), AVG(scheme = 'dagpenge') FROM \
             (SELECT json_extract(facts, '$.age') AS age, json_extract(facts, '$.scheme') AS scheme \
              FROM trial_baselines JOIN trial_assignments USING (trial_id, unit) \
              WHERE arm = '{arm}' AND {IS_TOLD})"
        ))?;
        let number = |place: usize| rows[0][place].as_f64().context("a number");
        let (count, sum) = (number(1)?, number(3)?);
        let deviation = ((number(2)? - sum * sum / count) / (count - 1.0)).sqrt();
        Ok(json!([number(0)?, deviation, number(4)?]))
    };
    let (control, other) = (of(keys[0])?, of(keys[3])?);
    let found = compute(
        server,
        "Standardised mean difference for the baseline table (no p-values: CONSORT advises against baseline significance tests)",
        json!({ "m1": other[0], "s1": other[1], "p1": other[2],
            "m0": control[0], "s0": control[1], "p0": control[2] }),
    )?;
    let row = |fact: &str, value: Value| {
        let rows = watch["balance"].as_array().into_iter().flatten();
        let mut rows = rows.filter(|row| row["arm"] == keys[3] && row["fact"] == fact);
        rows.find(|row| row["value"] == value).with_context(|| format!("no row of {fact}"))
    };
    near(&row("age", Value::Null)?["difference"], &found["smd_cont"])?;
    near(&row("scheme", json!("dagpenge"))?["difference"], &found["smd_bin"])
}

/// The delivered trial with room for 2,000.
fn wanted() -> Result<Value> {
    let mut file = protocol()?;
    file["power"]["units"] = json!(2000);
    Ok(file)
}

#[tokio::test]
async fn from_an_empty_form_to_2000_citizens_who_see_what_was_drawn_for_them() -> Result<()> {
    let mut server = Server::stopped(Crowd::Trial)?;
    let visitors = sign_all_in(&server)?;
    server.resume()?;
    scene_on(server, "run", View::DESK, &[], async |stage| {
        let (page, server) = (&stage.page, &stage.server);
        let t = research();
        let file = wanted()?;
        begin(page, NAME).await?;
        fill_in(page, &file).await?;
        page.css("[data-findings=\"0\"]").await?;
        is_stored(page, KEY, &file).await?;
        step_of(page, KEY, t.steps.register, None, "registered").await?;
        step_of(page, KEY, t.steps.start, None, "running").await?;

        // Most come by no browser, and meanwhile the demo citizens in one.
        let address = server.address();
        let crowd = std::thread::spawn(move || (all_come(&address, &visitors), visitors));
        for persona in CITIZENS {
            come_in(page, persona).await?;
            let arm = page.api(paths::BOOT).await?["arm"].clone();
            if persona == "citizen-social-assistance" {
                ensure!(arm.is_null(), "she may not be in it, and has {arm}");
            } else {
                shows(page, &arm).await.with_context(|| persona.to_owned())?;
            }
        }
        let (answers, visitors) =
            crowd.join().map_err(|_| anyhow::anyhow!("the crowd panicked"))?;
        let answers = answers?;

        let drawn = ledger(server)?;
        ensure!(drawn.len() >= 2000, "{} are enrolled", drawn.len());
        let mut sizes: BTreeMap<&str, usize> = BTreeMap::new();
        let mut seen = 0;
        for visitor in &visitors {
            let answer = &answers[&visitor.id];
            let Some(arm) = drawn.get(&visitor.id) else {
                ensure!(answer.is_null(), "without a lot she gets {answer}");
                continue;
            };
            let settings = settings(&file, arm)?;
            for name in ["presentation", "framing"] {
                ensure!(answer[name] == settings[name], "{arm} is answered as {answer}");
            }
            // Some of every arm are looked at: what stands in the ledger stands on the screen.
            let size = sizes.entry(arm).or_default();
            *size += 1;
            if *size <= LOOKED_AT {
                seen += 1;
                page.browser().cdp("Network.clearBrowserCookies", json!({})).await?;
                let cookie = json!({ "name": "sid", "value": visitor.session,
                    "url": server.address(), "httpOnly": true });
                page.browser().cdp("Network.setCookie", cookie).await?;
                page.open("/").await?;
                shows(page, &settings).await?;
            }
        }
        ensure!(seen == 8 * LOOKED_AT && sizes.len() == 8, "{seen} were looked at of {sizes:?}");

        come_in_as_staff(page, "researcher").await?;
        page.open(&format!("{}?del=foelg", routes::Page::Trial.about(KEY))).await?;
        page.css("[data-part=flow]").await?;
        axe::check(page).await.context("watch")?;
        // Whoever is held back is said to be.
        page.css("[data-part=held-back]").await?;
        let watch = page.api(&paths::TRIAL_WATCH.replace("{trial}", KEY)).await?;
        figures_agree(server, &file, &watch)?;
        let proved = server.tell(&["trial", "verify", KEY])?;
        let expected = format!("{} units of {KEY}: every lot is as drawn", drawn.len());
        ensure!(proved.trim() == expected, "{proved}");
        Ok(())
    })
    .await
}
