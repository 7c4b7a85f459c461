//! Arms looked at by a researcher: side by side, of any citizen who is made up, as each toggle says,
//! and without a trace.

use std::collections::BTreeSet;

use anyhow::{Context, Result, ensure};
use jobnet_api::paths;
use jobnet_api::trial::PreviewCitizen;
use jobnet_e2e::figures::{Shown, compare};
use jobnet_e2e::server::{Server, evaluate};
use jobnet_e2e::{Crowd, Page, View, axe, scene_on};
use jobnet_web::i18n::Language;
use jobnet_web::routes;
use serde_json::{Value, json};

use crate::arms::{halve, protocol};
use crate::citizen::{PRESENTATIONS, come_in, come_in_as_staff};
use crate::trials::{research, type_in};

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

/// The four presentations of the account, each from the same side.
fn four_ways() -> Result<Value> {
    let mut protocol = protocol()?;
    let arms = protocol["arms"].as_array_mut().context("arms")?;
    arms.retain(|arm| arm["settings"]["framing"] == "earned");
    for (place, arm) in arms.iter_mut().enumerate() {
        arm["control"] = json!(place == 0);
    }
    halve(&mut protocol);
    Ok(protocol)
}

/// Drafts of a trial on each surface.
fn with_drafts() -> Result<Server> {
    let receipts: Value = serde_json::from_str(RECEIPTS)?;
    let profile = profile_ways(&WAYS)?;
    let mut server = Server::stopped(Crowd::Small)?;
    for protocol in [receipts, profile, serde_json::from_str(CHECKLIST)?, four_ways()?] {
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
        ensure!(texts == json!(["3.1", "3.2", "3.3"]), "{texts}");
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

/// What the frames say the registers know of her: the first number in each of the two sentences.
const KNOWN: &str = "
const frames = [...document.querySelectorAll('.variants iframe')];
const known = frames.map(frame => ['Age', 'MonthsEmployed']
  .map(fact => frame.contentDocument?.querySelector(`[data-row=${fact}] dd`)?.innerText)
  .map(words => Number(words?.match(/[0-9]+/)?.[0] ?? NaN)));
const is_whose = frame => new URL(frame.src).pathname.split('-')[4] === arguments[0];
const is_there = frame => frame.contentDocument?.location.pathname === new URL(frame.src).pathname;
return frames.length === 3 && frames.every(is_whose) && frames.every(is_there)
  && known.flat().every(Number.isInteger) && known;
";

#[tokio::test]
async fn a_receipt_is_that_of_the_citizen_who_is_chosen() -> Result<()> {
    // A frame that is made anew gives up what it was fetching.
    let expected = ["Failed to fetch", "Failed to load resource", "loading was aborted"];
    scene_on(with_drafts()?, "whose_receipt", View::DESK, &expected, async |stage| {
        let page = &stage.page;
        // What her own form says of her.
        let mut own = Vec::new();
        for citizen in PreviewCitizen::ALL {
            let Some(persona) = citizen.persona() else { continue };
            come_in(page, persona).await?;
            let facts = page.api(paths::MY_PROFILE).await?["facts"].clone();
            let value = |fact: &str| {
                let mut all = facts.as_array().into_iter().flatten();
                all.find(|one| one["fact"] == fact).map(|one| one["value"].clone())
            };
            let age = value("age").context("no age")?;
            own.push((citizen, json!([age, value("months_employed").context("no months")?])));
        }
        come_in_as_staff(page, "researcher").await?;
        page.open(&format!("{}?del=varianter", routes::Page::Trial.about("receipt-texts-2026")))
            .await?;
        let mut different = BTreeSet::new();
        for (citizen, own) in own {
            type_in(page, "variant-citizen", citizen.word()).await?;
            let known = page.wait("her receipts", KNOWN, &[json!(citizen.word())]).await?;
            ensure!(known == json!([own, own, own]), "{citizen:?} is {known}, not {own}");
            different.insert(own.to_string());
        }
        ensure!(different.len() == 6, "{different:?}");
        let said =
            "return document.querySelector('.variants iframe').contentDocument.body.innerText;";
        let said = page.script(said, &[]).await?;
        let words = Language::Danish.research().preview.same_answers;
        ensure!(said.as_str().is_some_and(|said| said.contains(words)), "{said}");
        type_in(page, "variant-citizen", "full_time").await?;
        page.wait("a receipt with work", KNOWN, &[json!("full_time")]).await?;
        type_in(page, "variant-situation", "no_hours").await?;
        let idle = "return [...document.querySelectorAll('.variants iframe')].every(frame => \
             /[^0-9]0[^0-9]/.test(frame.contentDocument \
               ?.querySelector('[data-row=MonthsEmployed] dd')?.innerText));";
        page.wait("no month of work", idle, &[]).await.map(drop)
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

/// What the pages in the frames are like, once all four are as is asked for.
const LOOKS: &str = "
const looks = [...document.querySelectorAll('.variants iframe')].map(frame => {
  const page = frame.contentDocument;
  const path = new URL(frame.src).pathname;
  const is_there = page?.location.pathname === path && page.querySelector('[data-preview]')
    && page.querySelector('main h1') && !page.querySelector('[aria-busy=true]');
  if (!is_there) return null;
  const token = path.split('/').pop();
  const [, , situation, , citizen] = token.split('-');
  const root = page.documentElement;
  return {
    token, situation, citizen,
    presentation: page.querySelector('[data-presentation]')?.dataset.presentation ?? null,
    framing: page.querySelector('[data-framing]')?.dataset.framing ?? null,
    language: root.lang,
    dark: frame.contentWindow.getComputedStyle(root).colorScheme === 'dark',
    wide: frame.contentWindow.innerWidth > 1000,
    figures: [...page.querySelectorAll('[data-figure]')]
      .filter(e => e.checkVisibility({visibilityProperty: true}))
      .map(e => [e.dataset.figure, e.dataset.value ?? '', e.innerText.trim(), root.lang]),
  };
});
const wanted = Object.entries(arguments[0]);
const is_wanted = look => look && wanted.every(([name, value]) => look[name] === value);
return looks.length === 4 && looks.every(is_wanted) && looks;
";

async fn looks(page: &Page, wanted: &Value) -> Result<Vec<Value>> {
    let looks = page
        .wait(&format!("four frames with {wanted}"), LOOKS, std::slice::from_ref(wanted))
        .await?;
    looks.as_array().cloned().context("no frames")
}

/// Compares every figure of an account in a frame with what the rules make of the case that the link
/// leads to; gives that case, and how many were compared.
async fn is_true(page: &Page, look: &Value) -> Result<(Value, usize)> {
    let token = look["token"].as_str().context("no token")?;
    let boot = page.api(&paths::PREVIEW.replace("{token}", token)).await?;
    let case = boot["account"]["case"].clone();
    let truth = evaluate(&case)?;
    let text = |value: &Value| value.as_str().unwrap_or_default().to_owned();
    let figures = look["figures"].as_array().context("no figures")?.iter();
    let figures = figures.map(|row| Shown {
        path: text(&row[0]),
        value: text(&row[1]),
        text: text(&row[2]),
        language: text(&row[3]),
    });
    // Plans and payments are not of the account.
    let of_the_account =
        |figure: &Shown| truth.get(figure.path.split('.').next().unwrap_or_default()).is_some();
    let figures: Vec<_> = figures.filter(of_the_account).collect();
    let compared = compare(&figures, &truth).with_context(|| token.to_owned())?;
    Ok((case, compared))
}

/// Rows that a citizen of a trial leaves.
fn traces(server: &Server) -> Result<Value> {
    let tables = ["units", "assignments", "baselines", "exclusions", "exposures", "openings"];
    let counts = tables.map(|table| format!("(SELECT COUNT(*) FROM trial_{table})"));
    server.rows(&format!("SELECT {}", counts.join(", ")))
}

#[tokio::test]
async fn each_toggle_changes_every_frame_and_any_demo_citizen_can_be_looked_at() -> Result<()> {
    // A frame that is made anew gives up what it was fetching.
    // A frame that is made anew gives up what it was fetching.
    let expected = ["Failed to fetch", "Failed to load resource", "loading was aborted"];
    scene_on(with_drafts()?, "toggles", View::DESK, &expected, async |stage| {
        let (page, server) = (&stage.page, &stage.server);
        let t = research().variants;
        come_in_as_staff(page, "researcher").await?;
        page.open(&format!("{}?del=varianter", routes::Page::Trial.about("visualisation-2026")))
            .await?;
        let plain = json!({ "framing": "earned", "language": "da", "dark": false, "wide": false,
            "citizen": "made_up", "situation": "ordinary" });
        let shown = looks(page, &plain).await?;
        let shown: BTreeSet<_> =
            shown.iter().filter_map(|look| look["presentation"].as_str()).collect();
        ensure!(shown == BTreeSet::from(PRESENTATIONS), "{shown:?}");
        let before = traces(server)?;

        let mut wanted = plain.clone();
        let toggles = [
            (t.wide, "wide", json!(true)),
            (t.dark, "dark", json!(true)),
            (t.english, "language", json!("en")),
        ];
        for (button, name, value) in &toggles {
            page.click("button", button).await?;
            wanted[*name] = value.clone();
            looks(page, &wanted).await?;
        }
        axe::check(page).await.context("wide, dark and English")?;
        for (button, name, _) in &toggles {
            page.click("button", button).await?;
            wanted[*name] = plain[*name].clone();
            looks(page, &wanted).await?;
        }
        for framing in ["lacking", "earned"] {
            type_in(page, "variant-framing", framing).await?;
            wanted["framing"] = json!(framing);
            looks(page, &wanted).await?;
        }

        let mut cases = BTreeSet::new();
        for citizen in PreviewCitizen::ALL {
            type_in(page, "variant-citizen", citizen.word()).await?;
            // On social assistance the account is one, whatever the arm.
            let by_the_hour = citizen != PreviewCitizen::SocialAssistance;
            wanted["citizen"] = json!(citizen.word());
            wanted["framing"] = if by_the_hour { json!("earned") } else { Value::Null };
            let mut figures = 0;
            for look in looks(page, &wanted).await? {
                let (case, compared) = is_true(page, &look).await?;
                figures += compared;
                cases.insert(case.to_string());
            }
            ensure!(figures > 0, "no figure of {citizen:?} is shown");
            let story = Language::Danish.messages().identities;
            if let Some(story) = citizen.persona().and_then(|key| story.of(key)) {
                page.says(story).await?;
            }
        }
        ensure!(cases.len() == PreviewCitizen::ALL.len(), "{} are different", cases.len());
        wanted["framing"] = json!("earned");
        type_in(page, "variant-citizen", "full_time").await?;
        wanted["citizen"] = json!("full_time");
        for situation in ["no_hours", "unknown_hours", "near_limit"] {
            type_in(page, "variant-situation", situation).await?;
            wanted["situation"] = json!(situation);
            for look in looks(page, &wanted).await? {
                let (case, _) = is_true(page, &look).await?;
                let months = case["months"].as_array().context("no months")?;
                let unknown = months.iter().filter(|month| month["work_hours"].is_null()).count();
                let worked = months.iter().any(|month| month["work_hours"].as_f64() > Some(0.0));
                let expected = match situation {
                    "no_hours" => unknown == 0 && !worked,
                    "unknown_hours" => unknown == 2 && worked,
                    _ => months.len() > 20 && worked,
                };
                ensure!(expected, "{situation}: {case}");
            }
        }
        page.fits().await?;
        axe::check(page).await.context("near the limit")?;
        let after = traces(server)?;
        ensure!(before == after, "the previews have left {after}, and there were {before}");
        Ok(())
    })
    .await
}
