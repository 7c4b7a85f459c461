//! Signing in at a real provider where somebody or something interferes: an address that was changed
//! or opened twice, keys that change, a provider that goes down, and signing out on its side.

use anyhow::{Context, Result, ensure};
use jobnet_api::boot::SignInProblem;
use jobnet_api::paths;
use jobnet_e2e::provider::STAFF;
use jobnet_e2e::{Page, Stage, View, axe, scene_on};
use jobnet_web::i18n::Language;
use serde_json::{Value, json};

use crate::citizen::{casework, danish, heading};
use crate::session::{self, OPEN};
use crate::sign_in::{NO_ICON, WHO, at_provider, choose, sign_in, texts, with_provider};

const ASTA: &str = "Asta Vinterlund";
/// What the browser says of a page that it cannot get.
const NO_SERVER: &str = "ERR_CONNECTION_REFUSED";
const EXPECTED: [&str; 3] = [NO_ICON, NO_SERVER, "Failed to load resource"];

pub(crate) async fn forget(page: &Page) -> Result<()> {
    page.browser().cdp("Network.clearBrowserCookies", json!({})).await.map(drop)
}

/// Signs in as far as the way back from the provider: the server is away then, so that the browser
/// stands before the address and the sign-in is not finished. Meanwhile something may happen.
async fn way_back(stage: &mut Stage, meanwhile: impl FnOnce()) -> Result<String> {
    forget(&stage.page).await?;
    stage.page.open("/").await?;
    stage.page.click("link", danish().landing.way_in).await?;
    at_provider(&stage.page, WHO).await?;
    stage.server.stop()?;
    choose(&stage.page, ASTA).await?;
    let mut address = String::new();
    for _ in 0..400 {
        address = stage.page.driver().current_url().await?.to_string();
        if address.contains(paths::AUTH_CALLBACK) {
            break;
        }
        tokio::time::sleep(std::time::Duration::from_millis(25)).await;
    }
    ensure!(address.contains(paths::AUTH_CALLBACK), "the browser is at {address}");
    meanwhile();
    stage.server.resume()?;
    Ok(address)
}

/// Opens an address of the way back.
async fn go_back(page: &Page, address: &str) -> Result<()> {
    page.driver().goto(address).await?;
    page.ready().await
}

/// Nobody was signed in, and the page says why.
async fn is_refused(page: &Page, problem: SignInProblem, said: &str) -> Result<()> {
    heading(page, texts().title).await?;
    page.css(&format!("[data-problem={}]", problem.key())).await?;
    page.says(said).await?;
    axe::check(page).await
}

async fn nobody(page: &Page) -> Result<()> {
    let me = page.api(paths::BOOT).await?["me"].clone();
    ensure!(me.is_null(), "signed in as {me}");
    Ok(())
}

async fn is_asta(page: &Page) -> Result<()> {
    let me = page.api(paths::BOOT).await?["me"].clone();
    ensure!(me["name"] == ASTA, "signed in as {me}");
    Ok(())
}

#[tokio::test]
async fn a_state_that_was_tampered_with_signs_nobody_in() -> Result<()> {
    let (server, _provider) = with_provider()?;
    scene_on(server, "provider_tampered", View::PHONE, &EXPECTED, async |stage| {
        let address = way_back(stage, || ()).await?;
        let page = &stage.page;
        go_back(page, &address.replace("state=", "state=x")).await?;
        is_refused(page, SignInProblem::Expired, texts().expired).await?;
        nobody(page).await?;
        // Somebody who got hold of the address in a browser of their own.
        let address = way_back(stage, || ()).await?;
        let page = &stage.page;
        forget(page).await?;
        go_back(page, &address).await?;
        is_refused(page, SignInProblem::Expired, texts().expired).await?;
        nobody(page).await
    })
    .await
}

#[tokio::test]
async fn the_way_back_leads_in_once() -> Result<()> {
    let (server, _provider) = with_provider()?;
    scene_on(server, "provider_replayed", View::DESK, &EXPECTED, async |stage| {
        let address = way_back(stage, || ()).await?;
        let page = &stage.page;
        go_back(page, &address).await?;
        heading(page, danish().overview.title).await?;
        is_asta(page).await?;
        // Again, in the same browser: nothing begins, and her session goes on.
        let before = stage.server.log().matches(paths::AUTH_CALLBACK).count();
        go_back(page, &address).await?;
        heading(page, danish().overview.title).await?;
        is_asta(page).await?;
        let log = stage.server.log();
        ensure!(log.matches(paths::AUTH_CALLBACK).count() == before + 1, "it was not asked: {log}");
        // And when she has signed out.
        page.click("button", danish().shell.sign_out).await?;
        at_provider(page, "Log ud").await?;
        go_back(page, &address).await?;
        is_refused(page, SignInProblem::Expired, texts().expired).await?;
        nobody(page).await
    })
    .await
}

#[tokio::test]
async fn a_new_key_of_the_providers_counts_and_one_that_nobody_can_read_does_not() -> Result<()> {
    let (server, provider) = with_provider()?;
    scene_on(server, "provider_rotated", View::DESK, &[NO_ICON], async |stage| {
        let page = &stage.page;
        for rotated in [None, Some(true), Some(false)] {
            if let Some(published) = rotated {
                // What the provider published is believed for five seconds at least.
                tokio::time::sleep(std::time::Duration::from_secs(6)).await;
                provider.rotate(published)?;
            }
            forget(page).await?;
            page.open("/").await?;
            sign_in(page, ASTA).await?;
            if rotated == Some(false) {
                is_refused(page, SignInProblem::Provider, texts().provider).await?;
                nobody(page).await?;
            } else {
                heading(page, danish().overview.title).await?;
                is_asta(page).await?;
            }
        }
        Ok(())
    })
    .await
}

#[tokio::test]
async fn a_provider_that_goes_down_on_the_way_back_is_said() -> Result<()> {
    let (server, mut provider) = with_provider()?;
    scene_on(server, "provider_down", View::PHONE, &EXPECTED, async |stage| {
        let address = way_back(stage, || provider.stop()).await?;
        let page = &stage.page;
        go_back(page, &address).await?;
        is_refused(page, SignInProblem::Provider, texts().provider).await?;
        nobody(page).await
    })
    .await
}

#[tokio::test]
async fn signing_out_at_the_provider_takes_her_figures_off_the_open_page() -> Result<()> {
    let (server, provider) = with_provider()?;
    scene_on(server, "provider_signed_out", View::DESK, &["401", NO_ICON], async |stage| {
        let page = &stage.page;
        page.open("/").await?;
        sign_in(page, ASTA).await?;
        heading(page, danish().overview.title).await?;
        let first = page.driver().window().await?;
        let second = page.driver().new_tab().await?;
        page.driver().switch_to_window(second).await?;
        page.driver().goto(&format!("{}/session/end", provider.issuer())).await?;
        at_provider(page, "Log ud").await?;
        page.click("button", "Log ud").await?;
        at_provider(page, "Logget ud").await?;
        page.driver().close_window().await?;
        page.driver().switch_to_window(first).await?;
        // She comes back to the tab.
        page.script("document.dispatchEvent(new Event('visibilitychange'));", &[]).await?;
        page.wait("the end", OPEN, &[json!(session::texts().ended)]).await?;
        let all = page.script("return document.documentElement.outerHTML;", &[]).await?;
        ensure!(!all.to_string().contains(ASTA), "her name is still in the page");
        axe::check(page).await?;
        nobody(page).await?;
        let log = stage.server.log();
        ensure!(log.matches(paths::AUTH_BACKCHANNEL_LOGOUT).count() == 1, "nobody said so: {log}");
        Ok(())
    })
    .await
}

/// Every document of the server's own that the browser comes to, by its path.
const DOCUMENTS: &str = "sessionStorage.setItem('documents', \
     `${sessionStorage.getItem('documents') ?? ''}${location.pathname} `);";

/// Who asked for the account, and whether before anything else had come.
const ACCOUNT: &str = "const files = performance.getEntriesByType('resource'); \
     const asked = files.filter(file => new URL(file.name).pathname === arguments[0]); \
     const others = files.filter(file => !asked.includes(file)); \
     return [asked[0]?.initiatorType, \
       asked[0]?.startTime < Math.min(...others.map(file => file.responseEnd))];";

/// Holds every answer of the network back so long, **milliseconds**.
pub(crate) async fn hold_back(page: &Page, latency: u32) -> Result<()> {
    page.browser().cdp("Network.enable", json!({})).await?;
    let conditions = json!({"offline": false, "latency": latency,
        "downloadThroughput": -1, "uploadThroughput": -1});
    page.browser().cdp("Network.emulateNetworkConditions", conditions).await.map(drop)
}

/// The mark that the page sets when its first chart stands.
const CHART: &str = "jobnet:first-chart";

/// The rounds in which a document and what stood behind a mark came over the network: of what had come
/// by then, the longest row in which each was asked for after the answer of the one before. The
/// document's answer counts from its first byte, since the browser reads on while it comes; what the
/// browser has kept is no request, and nothing waits for fonts: until they are there, others stand in.
pub(crate) const ROUNDS: &str = "
const mark = performance.getEntriesByName(arguments[0])[0]?.startTime;
if (mark === undefined) return null;
const [page] = performance.getEntriesByType('navigation');
const asked = performance.getEntriesByType('resource')
  .filter(file => file.transferSize > 0 && file.responseEnd <= mark)
  .filter(file => !file.name.endsWith('.woff2'))
  .map(file => [new URL(file.name).pathname, file.startTime, file.responseEnd]);
asked.push([location.pathname, page.requestStart, page.responseStart]);
asked.sort((one, other) => one[2] - other[2]);
const rounds = [];
let last = 0;
for (const [path, begun, ended] of asked) {
  if (begun < last) continue;
  rounds.push(path);
  last = ended;
}
return {rounds, asked};";

/// Signing in costs at most two round trips beyond the provider's. They are counted as rounds: what
/// cannot be asked for before an answer of the round before has come is of the next one, and what is
/// under way together is of one. The provider's are those that OpenID Connect makes: to it
/// (`/auth/login`, which answers with its address), its own pages, and the way back
/// (`/auth/callback`, which answers with the address of the page, and is asked once). From there on
/// every round counts until her chart stands, be it of files or the account: each answer is
/// held back by half a second, so that what is asked for together is seen to be.
#[tokio::test]
async fn from_being_signed_in_to_a_citizens_first_chart_are_two_rounds() -> Result<()> {
    let (server, _provider) = with_provider()?;
    scene_on(server, "provider_rounds", View::DESK, &[NO_ICON], async |stage| {
        let page = &stage.page;
        page.open("/").await?;
        page.click("link", danish().landing.way_in).await?;
        at_provider(page, WHO).await?;
        let before = stage.server.log().len();
        hold_back(page, 500).await?;
        choose(page, ASTA).await?;
        let told = page.wait("her chart", ROUNDS, &[json!(CHART)]).await?;
        hold_back(page, 0).await?;
        is_asta(page).await?;
        let rounds = told["rounds"].as_array().map_or(0, Vec::len);
        ensure!(rounds == 2, "{rounds} rounds: {told:#}");
        let account = told["asked"].as_array().map(|asked| {
            let is_account = |request: &&Value| request[0] == paths::BOOT;
            asked.iter().filter(is_account).count()
        });
        ensure!(account.is_some_and(|count| count > 0), "the account was not asked for: {told:#}");
        let log = stage.server.log();
        let ours = log[before..].lines().filter_map(route).filter(|r| r.starts_with("/auth/"));
        ensure!(ours.collect::<Vec<_>>() == ["/auth/callback"], "{log}");
        Ok(())
    })
    .await
}

/// Whoever signs in comes from the provider to her first page over one way back and one document,
/// which names everything else: its files and the account, asked for beside each other and before
/// any of them has come. With the document of somebody who works with the system the files of her part
/// and her list are named, too; a citizen's has all it needs. How many rounds these are: the scene
/// before this one, and for whoever works with the system `sign_in_rounds`.
#[tokio::test]
async fn everyone_comes_from_the_provider_to_her_first_page_by_one_document() -> Result<()> {
    let (server, _provider) = with_provider()?;
    scene_on(server, "provider_first_page", View::DESK, &[NO_ICON], async |stage| {
        let page = &stage.page;
        let count = json!({"source": DOCUMENTS});
        page.browser().cdp("Page.addScriptToEvaluateOnNewDocument", count).await?;
        for (name, role, organisation) in STAFF.into_iter().chain([(ASTA, "citizen", "")]) {
            forget(page).await?;
            page.open("/").await?;
            page.script("sessionStorage.clear();", &[]).await?;
            let before = stage.server.log().len();
            sign_in(page, name).await?;
            let first = match role {
                "researcher" => Language::Danish.research().list.title,
                "administrator" => danish().staff.title,
                "citizen" => danish().overview.title,
                _ => casework().list.title,
            };
            heading(page, first).await?;
            let log = stage.server.log();
            let routes: Vec<String> = log[before..].lines().filter_map(route).collect();
            let ours: Vec<&String> = routes.iter().filter(|r| r.starts_with("/auth/")).collect();
            ensure!(ours == ["/auth/login", "/auth/callback"], "{name}: {routes:?}");
            let documents = page.script("return sessionStorage.getItem('documents');", &[]).await?;
            ensure!(documents == "/ ", "{name}: more than one document: {documents}");
            let account = page.script(ACCOUNT, &[json!(paths::BOOT)]).await?;
            ensure!(account == json!(["link", true]), "{name}: the account is asked {account}");
            let asked: Vec<&String> = routes.iter().filter(|r| r.starts_with("/api/")).collect();
            let boots = asked.iter().filter(|route| **route == paths::BOOT).count();
            let most = if role == "citizen" { 1 } else { 3 };
            ensure!(boots == 1 && asked.len() <= most, "{name}: {asked:?}");
            axe::check(page).await.context(role)?;
            let me = page.api(paths::ME).await?;
            ensure!(me["roles"] == json!([role]), "{name} is {me}");
            let theirs = me["organisation"].as_str().unwrap_or_default();
            ensure!(theirs == organisation, "{name} is of {theirs}");
        }
        Ok(())
    })
    .await
}

/// The route of a line of the log, if it tells of a request.
pub(crate) fn route(line: &str) -> Option<String> {
    let line: Value = serde_json::from_str(line).ok()?;
    line["route"].as_str().map(str::to_owned)
}
