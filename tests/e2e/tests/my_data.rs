//! “Mine data”: who has looked, in words and by month; and the data itself, to take away.

use anyhow::{Context, Result, ensure};
use jobnet_api::paths;
use jobnet_api::profiling::fact::Fact;
use jobnet_e2e::downloads::Downloads;
use jobnet_e2e::{Page, View, axe, scene, scene_expecting};
use jobnet_web::i18n::Language;
use jobnet_web::i18n::my_data::MyDataTexts;
use jobnet_web::routes;
use serde_json::{Value, json};
use thirtyfour::Key;

use crate::citizen::{CITIZENS, come_in, danish, heading};
use crate::session::{CAME, HOLD};

fn texts() -> &'static MyDataTexts {
    Language::Danish.prose().my_data
}

/// A caseworker signs in, finds the citizen and opens her account; then signs out.
const LOOK: &str = r#"
const [surname, done] = arguments;
const post = (path, body) => fetch(path, {
  method: 'POST', headers: {'content-type': 'application/json'}, body: JSON.stringify(body)});
(async () => {
  await post('/api/v1/session/demo', {persona: 'caseworker'});
  const found = await (await post('/api/v1/caseload/search', {search: surname})).json();
  const {citizen} = found.rows[0];
  const {status} = await fetch(`/api/v1/citizens/${citizen}/account`);
  await post('/api/v1/session/end', {});
  done({found: found.total, status});
})().catch(error => done({failed: String(error)}));
"#;

async fn look_as_caseworker(page: &Page, surname: &str) -> Result<()> {
    let looked = page.driver().execute_async(LOOK, vec![json!(surname)]).await?;
    let looked = looked.json();
    ensure!(*looked == json!({"found": 1, "status": 200}), "the caseworker: {looked}");
    Ok(())
}

async fn open(page: &Page) -> Result<()> {
    page.open(routes::Page::MyData.path()).await?;
    heading(page, texts().title).await
}

#[tokio::test]
async fn a_caseworkers_look_is_told_in_words_and_drawn() -> Result<()> {
    scene("my_data", View::PHONE, async |stage| {
        let page = &stage.page;
        page.open("/").await?;
        look_as_caseworker(page, "Vinterlund").await?;
        come_in(page, CITIZENS[0]).await?;
        open(page).await?;
        let log = page.api(&format!("{}?own=false", paths::MY_ACCESS_LOG)).await?;
        let number = |row: &Value| row["number"].to_string();
        let told = log["looks"].as_array().context("no looks")?;
        let account = told.iter().find(|row| row["category"] == "account");
        let account = account.with_context(|| format!("no look at the account: {log}"))?;
        let item = page.css(&format!("[data-look=\"{}\"]", number(account))).await?;
        let said = item.text().await?;
        let by = account["by"].as_str().unwrap_or("nobody");
        for words in ["Fagenes A-kasse", texts().account, texts().casework, by] {
            ensure!(said.contains(words), "“{words}” is not in “{said}”");
        }
        let items =
            "return [...document.querySelectorAll('[data-look]')].map(e => e.dataset.look);";
        let shown = page.script(items, &[]).await?;
        ensure!(shown == json!(told.iter().map(number).collect::<Vec<_>>()), "shown: {shown}");
        let plot = page.css(".columns-plot").await?;
        let label = plot.attr("aria-label").await?.unwrap_or_default();
        ensure!(label.contains(texts().chart), "the chart is called “{label}”");
        let drawn = "const c = document.querySelector('.columns-plot canvas'); \
             const {data} = c.getContext('2d').getImageData(0, 0, c.width, c.height); \
             return new Set(new Uint32Array(data.buffer)).size > 3;";
        page.wait("the chart to be drawn", drawn, &[]).await?;
        page.click("button", Language::Danish.chart().show_table).await?;
        let cells = "return [...document.querySelectorAll('.columns td')].map(e => +e.innerText);";
        let cells = page.script(cells, &[]).await?;
        let sum: u64 = cells.as_array().into_iter().flatten().filter_map(Value::as_u64).sum();
        ensure!(
            sum == told.len() as u64,
            "the table counts {cells}, the record has {}",
            told.len()
        );
        page.fits().await
    })
    .await
}

#[tokio::test]
async fn her_own_looks_are_shown_when_she_asks_and_older_ones_too() -> Result<()> {
    scene("my_data_own", View::DESK, async |stage| {
        let page = &stage.page;
        come_in(page, CITIZENS[1]).await?;
        // More looks than one answer holds.
        let many = "const done = arguments[0]; (async () => { \
             for (let i = 0; i < 105; i++) await fetch('/api/v1/me/hours-reports'); done(true); })();";
        page.driver().execute_async(many, vec![]).await?;
        open(page).await?;
        page.says(texts().none).await?;
        page.click("label", texts().own).await?;
        let count = "return document.querySelectorAll('[data-look]').length;";
        let at_least = "return document.querySelectorAll('[data-look]').length >= arguments[0];";
        page.wait("her own looks", at_least, &[json!(100)]).await?;
        ensure!(page.script(count, &[]).await? == json!(100), "more than a page");
        let first = page.css("[data-look]").await?.text().await?;
        ensure!(first.contains(texts().self_service), "her look is told as “{first}”");
        page.click("button", texts().more).await?;
        page.wait("older ones", at_least, &[json!(105)]).await?;
        let unique = "const all = [...document.querySelectorAll('[data-look]')] \
             .map(e => +e.dataset.look); \
             return all.every((n, i) => i === 0 || n < all[i - 1]);";
        ensure!(page.script(unique, &[]).await? == json!(true), "not newest first, each once");
        Ok(())
    })
    .await
}

#[tokio::test]
async fn when_her_own_looks_do_not_come_the_box_says_so_and_keeps_the_focus() -> Result<()> {
    scene("my_data_own_fails", View::PHONE, async |stage| {
        let page = &stage.page;
        come_in(page, CITIZENS[1]).await?;
        open(page).await?;
        page.says(texts().none).await?;
        page.script(HOLD, &[json!("own=true")]).await?;
        page.tab_to(".looks-choice input").await?;
        page.press(&[Key::Space]).await?;
        page.wait("a question", "return 'letGo' in window;", &[]).await?;
        page.script("letGo(true);", &[]).await?;
        page.says(texts().failed).await?;
        let state = "const box = document.querySelector('.looks-choice input'); \
             return [box.checked, document.activeElement === box];";
        let state = page.script(state, &[]).await?;
        ensure!(state == json!([false, true]), "checked and focused: {state}");
        page.press(&[Key::Space]).await?;
        let one = "return document.querySelectorAll('[data-look]').length > 0;";
        page.wait("her own looks", one, &[]).await.map(drop)
    })
    .await
}

#[tokio::test]
async fn leaving_before_the_record_fails_to_come_harms_nothing() -> Result<()> {
    scene_expecting("my_data_left", View::DESK, &[], async |stage| {
        let page = &stage.page;
        come_in(page, CITIZENS[0]).await?;
        page.script(HOLD, &[json!("access-log")]).await?;
        page.click("link", danish().shell.my_data).await?;
        page.wait("a question", "return 'letGo' in window;", &[]).await?;
        page.click("link", danish().shell.overview).await?;
        heading(page, danish().overview.title).await?;
        page.script("letGo(true);", &[]).await?;
        page.wait("the late failure", CAME, &[]).await?;
        page.click("link", danish().shell.my_data).await?;
        heading(page, texts().title).await
    })
    .await
}

#[tokio::test]
async fn she_takes_all_her_data_away() -> Result<()> {
    scene("my_data_take", View::DESK, async |stage| {
        let page = &stage.page;
        come_in(page, CITIZENS[0]).await?;
        open(page).await?;
        let downloads = Downloads::of(page).await?;
        page.click("link", texts().json).await?;
        let saved = downloads.file("my-data.json").await?;
        let saved: Value = serde_json::from_slice(&saved)?;
        let tables = page.api(paths::MY_DATA).await?["tables"].clone();
        let but_the_record = |tables: &Value| {
            let mut tables = tables.as_object().cloned().unwrap_or_default();
            tables.retain(|name, _| !name.contains("access"));
            tables
        };
        ensure!(but_the_record(&saved["tables"]) == but_the_record(&tables), "not all: {saved}");
        page.click("link", texts().csv).await?;
        let zip = downloads.file("my-data.zip").await?;
        let entries = zip.windows(4).filter(|bytes| bytes == b"PK\x01\x02").count();
        let count = tables.as_object().map_or(0, serde_json::Map::len);
        ensure!(count > 5 && entries == count, "{entries} files for {count} tables");
        Ok(())
    })
    .await
}

/// She writes a remark on her profile and says that a fact is wrong.
const SAY: &str = r#"
const [remark, done] = arguments;
const put = (path, body) => fetch(`/api/v1/me/profile/${path}`, {
  method: 'PUT', headers: {'content-type': 'application/json'}, body: JSON.stringify(body)});
Promise.all([
  put('remark', {text: remark, seen: ''}),
  put('facts/age', {say: {is_wrong: true, is_left_out: false},
     seen: {is_wrong: false, is_left_out: false}}),
]).then(all => done(all.map(({status}) => status)), error => done(String(error)));
"#;

#[tokio::test]
async fn what_she_has_said_against_her_profile_stands_among_her_data() -> Result<()> {
    const REMARK: &str = "Jeg har fået job i Skive.";
    scene("my_data_said", View::PHONE, async |stage| {
        let page = &stage.page;
        come_in(page, CITIZENS[0]).await?;
        let said = page.driver().execute_async(SAY, vec![json!(REMARK)]).await?;
        ensure!(*said.json() == json!([204, 204]), "{}", said.json());
        open(page).await?;
        let yours = "[data-part=yours]";
        let remark = page.css(&format!("{yours} [data-part=remark] blockquote")).await?;
        ensure!(remark.text().await? == REMARK, "the remark is “{}”", remark.text().await?);
        let wrong = page.css(&format!("{yours} [data-part=said-wrong] li")).await?;
        let age = Language::Danish.fact(Fact::Age).name;
        ensure!(wrong.text().await? == age, "wrong is “{}”", wrong.text().await?);
        page.fits().await?;
        axe::check(page).await
    })
    .await
}

#[tokio::test]
async fn the_way_to_what_was_corrected_leads_there_though_it_comes_late() -> Result<()> {
    scene("my_data_corrections", View::PHONE, async |stage| {
        let page = &stage.page;
        come_in(page, CITIZENS[0]).await?;
        // Twice: what stands below the account is fetched the first time, and there the second.
        open(page).await?;
        for _ in 0..2 {
            page.click("link", texts().corrections).await?;
            heading(page, Language::Danish.account().page.title).await?;
            let there = "const title = document.getElementById('history-title'); \
                 const box = title?.getBoundingClientRect(); \
                 return document.activeElement === title && box.top > -2 && box.bottom <= innerHeight;";
            page.wait("the focus on what was corrected, in sight", there, &[]).await?;
            let at = page.driver().current_url().await?;
            ensure!(at.path() == routes::Page::Hours.path(), "she is at {at}");
            page.driver().back().await?;
            heading(page, texts().title).await?;
        }
        Ok(())
    })
    .await
}
