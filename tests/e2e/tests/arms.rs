//! A trial that runs: each of its arms is what is shown first, nothing flickers and nothing is asked
//! for twice, the table is one click away, what was really seen is noted once, and she can read which
//! trial she is in and say no.

use std::collections::BTreeSet;

use anyhow::{Context, Result, ensure};
use jobnet_api::paths;
use jobnet_e2e::server::{Crowd, Server, root};
use jobnet_e2e::{Page, Stage, View, axe, scene_on};
use jobnet_rules::units::Month;
use jobnet_web::i18n::Language;
use jobnet_web::routes;
use serde_json::{Value, json};

use crate::citizen::{come_in, heading};

/// Arms of the trial, and what the address and the page call them.
const ARMS: [(&str, &str); 4] = [
    ("words", "ord"),
    ("counters", "taellere"),
    ("timeline", "tidslinje"),
    ("what_if", "hvad-nu-hvis"),
];

/// The protocol that is delivered.
pub(crate) fn protocol() -> Result<Value> {
    let file = root().join("crates/server/trials/visualisation-2026.json");
    let text = std::fs::read_to_string(&file).with_context(|| file.display().to_string())?;
    Ok(serde_json::from_str(&text)?)
}

/// A server on which the delivered trial runs. With a presentation: with its two framings only, in one
/// list, so that of three citizens each framing is somebody's.
pub(crate) fn with_trial(presentation: Option<&str>) -> Result<Server> {
    started(&presentation.map_or_else(protocol, of_presentation)?)
}

/// The trial with the two arms of a presentation.
pub(crate) fn of_presentation(presentation: &str) -> Result<Value> {
    let mut protocol = protocol()?;
    let arms = protocol["arms"].as_array_mut().context("arms")?;
    arms.retain(|arm| arm["settings"]["presentation"] == presentation);
    for (place, arm) in arms.iter_mut().enumerate() {
        arm["control"] = json!(place == 0);
    }
    halve(&mut protocol);
    Ok(protocol)
}

/// One list of two arms in blocks of two or four: of three citizens each arm is somebody's.
pub(crate) fn halve(protocol: &mut Value) {
    protocol["design"] = json!({ "type": "parallel" });
    protocol["strata"] = json!([]);
}

/// A server on which a trial runs.
pub(crate) fn started(protocol: &Value) -> Result<Server> {
    let mut server = Server::stopped(Crowd::Small)?;
    let file = server.folder().join("protocol.json");
    std::fs::write(&file, protocol.to_string())?;
    let key = protocol["key"].as_str().context("a key")?;
    server.tell(&["trial", "import", &file.display().to_string()])?;
    server.tell(&["trial", "register", key])?;
    server.tell(&["trial", "start", key])?;
    server.resume()?;
    Ok(server)
}

/// Her data of a kind, as she can take it away.
pub(crate) async fn rows(page: &Page, table: &str) -> Result<Vec<Value>> {
    let data = page.api(paths::MY_DATA).await?;
    Ok(data["tables"][table].as_array().cloned().unwrap_or_default())
}

/// Waits until there are so many rows of her data.
async fn until(page: &Page, table: &str, wanted: usize) -> Result<Vec<Value>> {
    // Not too often: every look is recorded.
    let script = "const [path, table, wanted] = arguments; \
         return new Promise(done => setTimeout(done, 500)).then(() => fetch(path)).then(r => r.json()) \
           .then(data => (data.tables[table] ?? []).length >= wanted);";
    let arguments = [json!(paths::MY_DATA), json!(table), json!(wanted)];
    page.wait(&format!("{wanted} rows of {table}"), script, &arguments).await?;
    rows(page, table).await
}

/// Collects, from before the first byte, every presentation and framing that ever stood on the page,
/// and what the account was in the first frame that was painted with it.
const WATCH: &str = "
window.__shown = {presentation: [], framing: [], first: null};
new MutationObserver(() => {
  for (const name of ['presentation', 'framing'])
    for (const e of document.querySelectorAll(`[data-${name}]`))
      if (!window.__shown[name].includes(e.dataset[name])) window.__shown[name].push(e.dataset[name]);
}).observe(document, {childList: true, subtree: true, attributes: true});
const look = () => {
  const account = document.querySelector('.account');
  if (account) window.__shown.first = account.dataset.presentation;
  else requestAnimationFrame(look);
};
requestAnimationFrame(look);
";

/// What decides a page stands in the first answer: nothing of it is asked for again.
const NOT_ASKED_FOR: [&str; 4] =
    [paths::MY_ACCOUNT, paths::MY_TRIALS, paths::OFREP_FLAGS, paths::OFREP_FLAG];

/// The routes of the API that were asked for since a place in the log of the server.
fn asked_since(server: &Server, place: usize) -> Vec<String> {
    let log = server.log();
    let routes = log[place..].lines().filter_map(|line| {
        let line: Value = serde_json::from_str(line).ok()?;
        Some(line["route"].as_str()?.to_owned())
    });
    routes.filter(|route| route.starts_with("/api/") || route.starts_with("/ofrep/")).collect()
}

async fn shows_first(stage: &Stage, route: &str, expected: &str, framing: &Value) -> Result<()> {
    let Stage { page, server } = stage;
    let before = server.log().len();
    page.open(route).await?;
    page.css(&format!("[data-presentation=\"{expected}\"] .goals")).await?;
    page.ready().await?;
    page.stood_still().await?;
    let shown = page.script("return window.__shown;", &[]).await?;
    let only = json!({ "presentation": [expected], "framing": [framing], "first": expected });
    ensure!(shown == only, "{route} has shown {shown}, not {only} only");
    let asked = asked_since(server, before);
    let boots = asked.iter().filter(|route| **route == paths::BOOT).count();
    let again = asked.iter().any(|route| NOT_ASKED_FOR.contains(&route.as_str()));
    ensure!(boots == 1 && !again, "{route} has asked for {asked:?}");
    // Nothing is kept from her: the other presentations and the explanation are one click away.
    let ways = "return [...document.querySelectorAll('.ways a')].map(a => a.search);";
    let ways = page.script(ways, &[]).await?;
    for (_, other) in ARMS {
        let way = json!(format!("?visning={other}"));
        ensure!(ways.as_array().is_some_and(|ways| ways.contains(&way)), "no {other} in {ways}");
    }
    page.css(".account .how > summary").await?;
    page.fits().await
}

/// Every month that was paid is in a table, one click away, and the click stands beside what she was
/// shown.
async fn table_is_one_click_away(page: &Page) -> Result<()> {
    let see = "document.querySelector('.account').scrollIntoView({behavior: 'instant'});";
    page.script(see, &[]).await?;
    until(page, "trial_exposures", 1).await?;
    ensure!(rows(page, "trial_openings").await?.is_empty(), "she has opened nothing yet");
    page.click("summary", Language::Danish.account().page.in_a_table).await?;
    let months = "const rows = document.querySelectorAll('.account [data-part=table] tbody th'); \
         return rows.length > 0 && [...rows].map(row => row.textContent.trim());";
    let months = page.wait("the months as a table", months, &[]).await?;
    let months: Vec<_> =
        months.as_array().into_iter().flatten().filter_map(Value::as_str).collect();
    let account = page.api(paths::BOOT).await?["account"].clone();
    let paid = account["payments"].as_array().context("no payments")?;
    ensure!(!paid.is_empty(), "nothing was paid to her");
    for payment in paid {
        let month: Month = payment["month"].as_str().context("no month")?.parse()?;
        let name = Language::capital(&Language::Danish.month(month));
        ensure!(months.contains(&name.as_str()), "{name} is not in {months:?}");
    }
    let opened = until(page, "trial_openings", 1).await?;
    ensure!(opened.len() == 1 && opened[0]["opened"] == "table", "{opened:?}");
    page.fits().await?;
    axe::check(page).await.context("the table")
}

async fn each_framing(presentation: &str, expected: &str, view: View) -> Result<()> {
    let server = with_trial(Some(presentation))?;
    scene_on(server, &format!("arm_{presentation}"), view, &[], async |stage| {
        let page = &stage.page;
        let watch = json!({ "source": WATCH });
        page.browser().cdp("Page.addScriptToEvaluateOnNewDocument", watch).await?;
        let mut framings = BTreeSet::new();
        let mut told = BTreeSet::new();
        for citizen in ["citizen-full-time", "citizen-part-time", "citizen-graduate"] {
            come_in(page, citizen).await?;
            let arm = page.api(paths::BOOT).await?["arm"].clone();
            ensure!(arm["presentation"] == presentation, "{citizen} has {arm}");
            if !framings.insert(arm["framing"].to_string()) {
                continue;
            }
            shows_first(stage, routes::Page::Home.path(), expected, &arm["framing"]).await?;
            axe::check(page).await?;
            let goals = page.css(".goals").await?.text().await?;
            told.insert(goals.split_whitespace().take(2).collect::<Vec<_>>().join(" "));
            table_is_one_click_away(page).await?;
            shows_first(stage, routes::Page::Hours.path(), expected, &arm["framing"]).await?;
        }
        ensure!(framings.len() == 2, "both framings, not {framings:?}");
        ensure!(told.len() == 2, "told from two sides, not {told:?}");
        Ok(())
    })
    .await
}

#[tokio::test]
async fn words_are_shown_first_from_either_side() -> Result<()> {
    each_framing(ARMS[0].0, ARMS[0].1, View::PHONE).await
}

#[tokio::test]
async fn counters_are_shown_first_from_either_side() -> Result<()> {
    each_framing(ARMS[1].0, ARMS[1].1, View::DESK).await
}

#[tokio::test]
async fn the_timeline_is_shown_first_from_either_side() -> Result<()> {
    each_framing(ARMS[2].0, ARMS[2].1, View::PHONE).await
}

#[tokio::test]
async fn what_if_is_shown_first_from_either_side() -> Result<()> {
    each_framing(ARMS[3].0, ARMS[3].1, View::DARK).await
}

/// What was noted names each statement that stood in the page, and the page's build.
async fn is_told_what_stood_there(page: &Page, noted: &Value) -> Result<()> {
    let topics = "return [...document.querySelectorAll('.account [data-topic]')] \
         .map(e => e.dataset.topic);";
    let topics = page.script(topics, &[]).await?;
    let topics = topics.as_array().context("no topics")?;
    let named: Value = match &noted["text_ids"] {
        Value::String(text) => serde_json::from_str(text)?,
        other => other.clone(),
    };
    let named = named.as_array().context("no names")?;
    ensure!(topics.len() > 3, "only {topics:?} stand there");
    for topic in topics.iter().chain([&json!("takeaway")]) {
        ensure!(named.contains(topic), "{topic} is not in {named:?}");
    }
    let build = page.script("return document.documentElement.outerHTML;", &[]).await?;
    let (build, of) = (build.as_str().unwrap_or_default(), noted["build"].as_str());
    ensure!(
        of.is_some_and(|of| !of.is_empty() && build.contains(of)),
        "{noted} is of another page"
    );
    Ok(())
}

#[tokio::test]
async fn what_she_really_saw_is_noted_once_and_what_she_opened_is_added() -> Result<()> {
    scene_on(with_trial(Some("words"))?, "exposure", View::PHONE, &[], async |stage| {
        let page = &stage.page;
        come_in(page, "citizen-full-time").await?;
        ensure!(rows(page, "trial_exposures").await?.is_empty(), "nobody has scrolled to it yet");
        let see = "document.querySelector('.account').scrollIntoView({behavior: 'instant'});";
        page.script(see, &[]).await?;
        let seen = until(page, "trial_exposures", 1).await?;
        let arm = page.api(paths::BOOT).await?["arm"].clone();
        for field in ["presentation", "framing"] {
            ensure!(seen[0][field] == arm[field], "{arm} was shown as {}", seen[0]);
        }
        ensure!(seen[0]["surface"] == "overview" && seen[0]["viewport"] == "narrow", "{seen:?}");
        is_told_what_stood_there(page, &seen[0]).await?;
        page.click(".account .how summary", "").await?;
        let opened = until(page, "trial_openings", 1).await?;
        ensure!(opened[0]["opened"] == "explanation", "{opened:?}");
        // The same day again, and the other surface.
        page.reload().await?;
        page.script(see, &[]).await?;
        page.open(routes::Page::Hours.path()).await?;
        heading(page, Language::Danish.account().page.title).await?;
        page.script(see, &[]).await?;
        let seen = until(page, "trial_exposures", 2).await?;
        let surfaces: BTreeSet<_> = seen.iter().map(|row| row["surface"].to_string()).collect();
        ensure!(seen.len() == 2 && surfaces.len() == 2, "{seen:?}");
        Ok(())
    })
    .await
}

#[tokio::test]
async fn what_she_saw_without_a_connection_is_noted_once_it_is_back() -> Result<()> {
    let expected = ["ERR_BLOCKED_BY_CLIENT"];
    let server = with_trial(Some("words"))?;
    scene_on(server, "exposure_later", View::DESK, &expected, async |stage| {
        let page = &stage.page;
        let block = async |urls: Value| {
            page.browser().cdp("Network.setBlockedURLs", json!({ "urls": urls })).await
        };
        page.browser().cdp("Network.enable", json!({})).await?;
        block(json!([format!("*{}", paths::MY_EXPOSURES)])).await?;
        come_in(page, "citizen-full-time").await?;
        let see = "document.querySelector('.account').scrollIntoView({behavior: 'instant'});";
        page.script(see, &[]).await?;
        let tried = "return performance.getEntriesByType('resource') \
             .filter(e => e.name.endsWith(arguments[0])).length >= 2;";
        page.wait("it to be tried again", tried, &[json!(paths::MY_EXPOSURES)]).await?;
        ensure!(rows(page, "trial_exposures").await?.is_empty(), "nothing can have arrived");
        block(json!([])).await?;
        let seen = until(page, "trial_exposures", 1).await?;
        ensure!(seen.len() == 1, "{seen:?}");
        Ok(())
    })
    .await
}

#[tokio::test]
async fn she_reads_which_trial_she_is_in_and_how_to_object() -> Result<()> {
    scene_on(with_trial(None)?, "my_trials", View::PHONE, &[], async |stage| {
        let page = &stage.page;
        come_in(page, "citizen-full-time").await?;
        page.open(routes::Page::MyData.path()).await?;
        let part = page.css("[data-part=trials] [data-trial]").await?;
        part.scroll_into_view().await?;
        let said = part.text().await?;
        let protocol = protocol()?;
        for text in ["title", "why", "compared", "decided_by", "objection"] {
            let text = protocol["public"][text]["da"].as_str().context("a text")?;
            ensure!(said.contains(text), "“{text}” is not in “{said}”");
        }
        // What proves the draw, as everyone reads it.
        page.click("[data-trial] .disclosure summary", "").await?;
        page.says(Language::Danish.my_trials().proof_not_yet).await?;
        let register = page.api(paths::TRIAL_REGISTER).await?;
        let shown = page.css("[data-trial] .disclosure").await?.text().await?;
        for hash in ["protocol", "seed_hash"] {
            let hash = register[0]["proof"][hash].as_str().context("a hash")?;
            ensure!(hash.len() == 64 && shown.contains(hash), "{hash} is not in “{shown}”");
        }
        page.fits().await?;
        axe::check(page).await
    })
    .await
}

#[tokio::test]
async fn she_says_no_and_gets_the_ordinary_page_at_once() -> Result<()> {
    scene_on(with_trial(Some("words"))?, "objection", View::PHONE, &[], async |stage| {
        let page = &stage.page;
        let t = Language::Danish.my_trials();
        come_in(page, "citizen-full-time").await?;
        page.css("[data-presentation=ord]").await?;
        page.open(routes::Page::MyData.path()).await?;
        page.css("[data-part=trials] [data-trial]").await?;
        // She is asked again, may stay, and finds the button where she left it.
        page.click("button", t.object).await?;
        page.says(t.object_sure).await?;
        axe::check(page).await?;
        page.click("button", t.object_no).await?;
        let focused = "return document.activeElement?.textContent.trim() === arguments[0];";
        page.wait("the focus on the button", focused, &[json!(t.object)]).await?;
        ensure!(rows(page, "trial_objections").await?.is_empty(), "she has not said it");
        page.click("button", t.object).await?;
        page.click("button", t.object_yes).await?;
        let told = "return document.activeElement?.textContent.startsWith(arguments[0]);";
        let since = t.objected.split_once('{').context("no place for the day")?.0;
        page.wait("what holds from now on", told, &[json!(since)]).await?;
        axe::check(page).await?;
        page.fits().await?;
        ensure!(rows(page, "trial_objections").await?.len() == 1, "it is not in her data");
        // The page that is open knows it too: nothing is loaded anew.
        page.click("a.logo", "").await?;
        page.css("[data-presentation=tidslinje]").await?;
        ensure!(page.api(paths::BOOT).await?["arm"].is_null(), "an arm decides her page");
        page.open(routes::Page::MyData.path()).await?;
        page.says(since.trim()).await
    })
    .await
}
