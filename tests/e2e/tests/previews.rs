//! Arms that decide a profile, a receipt or a checklist, looked at by a researcher: side by side, of
//! a made-up citizen, and without a trace.

use anyhow::{Context, Result, ensure};
use jobnet_e2e::server::Server;
use jobnet_e2e::{Crowd, Page, View, axe, scene_on};
use jobnet_web::i18n::Language;
use jobnet_web::routes;
use serde_json::{Value, json};

use crate::citizen::come_in_as_staff;

const RECEIPTS: &str = include_str!("../../../crates/server/trials/receipt-texts-2026.json");
const CHECKLIST: &str = include_str!("../../../crates/server/trials/checklist-2026.json");
/// What a profile can be shown as.
const WAYS: [&str; 4] = ["number", "words", "icon_array", "none_until_asked"];

/// A trial of these ways to show a profile.
pub(crate) fn profile_ways(ways: &[&str]) -> Result<Value> {
    let mut profile: Value = serde_json::from_str(RECEIPTS)?;
    let arm = profile["arms"][0].clone();
    profile["key"] = json!("profile-ways");
    profile["surface"] = json!("profile");
    let arms = ways.iter().enumerate().map(|(place, way)| {
        let mut arm = arm.clone();
        arm["key"] = json!(way.replace('_', "-"));
        arm["control"] = json!(place == 0);
        arm["settings"] = json!({ "presentation": way });
        arm
    });
    profile["arms"] = arms.collect();
    Ok(profile)
}

/// Drafts of a trial on each surface.
fn with_drafts() -> Result<Server> {
    let receipts: Value = serde_json::from_str(RECEIPTS)?;
    let profile = profile_ways(&WAYS)?;
    let mut server = Server::stopped(Crowd::Small)?;
    for protocol in [receipts, profile, serde_json::from_str(CHECKLIST)?] {
        let key = protocol["key"].as_str().context("a key")?;
        let file = server.folder().join(format!("{key}.json"));
        std::fs::write(&file, protocol.to_string())?;
        server.tell(&["trial", "import", &file.display().to_string()])?;
    }
    server.resume()?;
    Ok(server)
}

/// Opens the variants of a trial and waits until every frame shows one of what is looked for.
async fn frames(page: &Page, key: &str, selector: &str, attribute: &str) -> Result<Value> {
    page.open(&format!("{}?del=varianter", routes::Page::Trial.about(key))).await?;
    let script = "const [selector, attribute] = arguments; \
         const frames = [...document.querySelectorAll('.variants iframe')]; \
         const shown = frames.map(frame => frame.contentDocument?.querySelector(selector)) \
             .map(found => found?.getAttribute(attribute)); \
         return shown.length > 0 && shown.every(word => word != null) && shown;";
    page.wait(&format!("the frames of {key}"), script, &[json!(selector), json!(attribute)]).await
}

#[tokio::test]
async fn each_surface_has_its_variants_side_by_side() -> Result<()> {
    scene_on(with_drafts()?, "surfaces", View::DESK, &[], async |stage| {
        let page = &stage.page;
        come_in_as_staff(page, "researcher").await?;
        let texts = frames(page, "receipt-texts-2026", "[data-text]", "data-text").await?;
        ensure!(texts == json!(["plain", "next_steps", "encouraging"]), "{texts}");
        let links = "return [...document.querySelectorAll('.variants iframe')] \
             .map(frame => frame.contentDocument.querySelectorAll('[data-text] li a[href]').length);";
        let links = page.script(links, &[]).await?;
        ensure!(links == json!([0, 3, 0]), "each thing to do has a link: {links}");
        axe::check(page).await.context("receipts")?;
        let ways = frames(page, "profile-ways", "[data-presentation]", "data-presentation").await?;
        ensure!(ways == json!(["tal", "ord", "billede", "ingen"]), "{ways}");
        Ok(())
    })
    .await
}

#[tokio::test]
async fn a_list_of_a_preview_can_be_tried_and_nothing_is_sent() -> Result<()> {
    scene_on(with_drafts()?, "preview_list", View::PHONE, &[], async |stage| {
        let page = &stage.page;
        come_in_as_staff(page, "researcher").await?;
        page.open(&format!("{}?del=varianter", routes::Page::Trial.about("checklist-2026")))
            .await?;
        let links = "const links = [...document.querySelectorAll('.variants iframe')] \
             .map(frame => frame.getAttribute('src')); return links.length === 2 && links;";
        let links = page.wait("both arms", links, &[]).await?;
        let [without, with] = [0, 1].map(|place| links[place].as_str().unwrap_or_default());
        page.open(without).await?;
        page.says(Language::Danish.research().preview.no_checklist).await?;
        page.open(with).await?;
        page.says(Language::Danish.checklist().title).await?;
        page.fits().await?;
        axe::check(page).await?;
        page.click("button", Language::Danish.checklist().mark_done).await?;
        let done = "return document.querySelector('[data-item][data-done=true]') !== null;";
        page.wait("it shows at once", done, &[]).await?;
        let sent = "return performance.getEntriesByType('resource').map(entry => entry.name) \
             .filter(name => name.includes('/api/v1/me'));";
        ensure!(page.script(sent, &[]).await? == json!([]), "a preview sends nothing");
        Ok(())
    })
    .await
}
