//! What she is told around her profile: what the form is for, who sees it and how long it is kept, the
//! law, why a fact of a register is used, what she thinks herself apart from it, and what she can do.

use std::collections::{BTreeMap, BTreeSet};

use anyhow::{Context, Result, ensure};
use jobnet_api::profile::MyProfile;
use jobnet_api::profiling::fact::Fact;
use jobnet_api::profiling::form::Question;
use jobnet_api::profiling::profile::{Effect, Factor, Profile};
use jobnet_checklist::help::items;
use jobnet_e2e::{Page, View, axe, scene};
use jobnet_web::i18n::{Language, fill};
use jobnet_web::routes;
use serde_json::{Value, json};

use crate::citizen::{come_in, heading};
use crate::profile::{fill_in, mine, send, texts, worked_out};

async fn text(page: &Page, selector: &str) -> Result<String> {
    page.css(selector).await?;
    let text = "return document.querySelector(arguments[0])?.textContent;";
    let text = page.script(text, &[json!(selector)]).await?;
    text.as_str().map(str::to_owned).with_context(|| format!("no `{selector}`"))
}

/// The law, and how long it is kept.
fn law_and_days(profile: &MyProfile) -> Result<[String; 3]> {
    let law = profile.legal_basis.as_ref().context("no law says that it may run")?;
    let days = fill(texts().rights.kept_days, &[("days", &profile.kept_days.to_string())]);
    Ok([law.law.da.clone(), law.text.da.clone(), days])
}

/// Why each fact is used, and where it is from, stands there before it is used.
async fn facts(page: &Page, profile: &MyProfile) -> Result<()> {
    page.open(&format!("{}?trin=11", routes::Page::Profile.path())).await?;
    heading(page, texts().facts.title).await?;
    let known = profile.facts.iter().filter(|shown| shown.fact != Fact::Origin);
    let mut count = 0;
    for shown in known {
        let said = text(page, &format!("[data-fact={:?}]", shown.fact)).await?;
        let of_fact = Language::Danish.fact(shown.fact);
        for words in [texts().facts.why, of_fact.why, texts().facts.source, of_fact.source] {
            ensure!(said.contains(words), "“{words}” is not in “{said}”");
        }
        let value = shown.value.context("nothing is known")?.to_string();
        ensure!(said.contains(&value), "{value} is not in “{said}”");
        count += 1;
    }
    ensure!(count == 2, "{count} facts are used");
    page.says(texts().facts.origin).await
}

/// Who changes her answers later comes to the end of the form at once: source and reason stand there,
/// too, beside what is used.
async fn facts_again(page: &Page, profile: &MyProfile) -> Result<()> {
    page.click("link", texts().rights.again).await?;
    heading(page, texts().review.title).await?;
    let until = texts().facts.as_of.split('{').next().unwrap_or_default();
    for shown in profile.facts.iter().filter(|shown| shown.fact != Fact::Origin) {
        let row = text(page, &format!("[data-row={:?}]", shown.fact)).await?;
        let of_fact = Language::Danish.fact(shown.fact);
        for words in [of_fact.source, of_fact.why, until, texts().review.used] {
            ensure!(row.contains(words), "“{words}” is not in “{row}”");
        }
    }
    axe::check(page).await?;
    page.fits().await
}

/// What she thinks herself, what she has answered, and what the registers knew stand apart.
async fn apart(page: &Page, truth: &Profile) -> Result<()> {
    let groups = "return Object.fromEntries( \
         [...document.querySelectorAll('[data-part=factors] dl.effects')].map(list => { \
           let head = list; while (head.tagName !== 'H3') head = head.previousElementSibling; \
           return [head.textContent, \
             [...list.querySelectorAll('[data-factor]')].map(e => e.dataset.factor)]; }));";
    let told: BTreeMap<String, BTreeSet<String>> =
        serde_json::from_value(page.script(groups, &[]).await?)?;
    let t = texts().factors;
    let mut known: BTreeMap<String, BTreeSet<String>> = BTreeMap::new();
    for Effect { factor, .. } in &truth.effects {
        let title = match factor {
            Factor::Answer(Question::Expectation | Question::Outlook) => t.own,
            Factor::Answer(_) => t.answers,
            Factor::Fact(_) => t.registers,
        };
        known.entry(title.to_owned()).or_default().insert(format!("{factor:?}"));
    }
    ensure!(told == known, "told: {told:?}; the crate: {known:?}");
    ensure!(known.len() == 3, "only {known:?}");
    page.says(t.own_text).await
}

/// Each factor leads to all that the table says, and nothing else is there.
async fn acts(page: &Page, truth: &Profile) -> Result<()> {
    let told = "return Object.fromEntries([...document.querySelectorAll( \
         '[data-part=acts] [data-item]')].map(e => [e.dataset.item, e.textContent]));";
    let told: BTreeMap<String, String> = serde_json::from_value(page.script(told, &[]).await?)?;
    let mut known = BTreeSet::new();
    for Effect { factor, .. } in &truth.effects {
        let name = match factor {
            Factor::Answer(question) => Language::Danish.question(*question).name,
            Factor::Fact(fact) => Language::Danish.fact(*fact).name,
        };
        for item in items(*factor) {
            let said = told.get(item.key());
            let said = said.with_context(|| format!("{factor:?} does not lead to {item:?}"))?;
            let title = Language::Danish.checklist_item(*item).title;
            for words in [name, title] {
                ensure!(said.contains(words), "“{words}” is not in “{said}”");
            }
            known.insert(item.key().to_owned());
        }
    }
    ensure!(told.keys().eq(known.iter()), "told: {:?}; the table: {known:?}", told.keys());
    let rules = "return [...document.querySelectorAll('[data-part=acts] a')].map(a => a.pathname) \
         .includes(arguments[0]);";
    let rules = page.script(rules, &[json!(routes::Page::Rules.path())]).await?;
    ensure!(rules == Value::Bool(false), "it leads to the rules on sanctions");
    page.says(texts().factors.act_text).await
}

#[tokio::test]
async fn who_sees_it_how_long_by_which_law_why_a_fact_is_used_and_what_she_can_do() -> Result<()> {
    scene("profile_said", View::PHONE, async |stage| {
        let page = &stage.page;
        come_in(page, "citizen-full-time").await?;
        page.open(routes::Page::Profile.path()).await?;
        heading(page, texts().start.title).await?;
        let profile = mine(page).await?;
        let law_and_days = law_and_days(&profile)?;
        let before = text(page, "main").await?;
        let (start, rights) = (texts().start, texts().rights);
        let told = [start.voluntary_text, start.purpose_text, start.who_text, start.kept_text];
        for words in told.into_iter().chain(law_and_days.iter().map(String::as_str)) {
            ensure!(before.contains(words), "“{words}” is not in “{before}”");
        }
        facts(page, &profile).await?;
        fill_in(page).await?;
        send(page).await?;
        let about = text(page, "[data-part=about]").await?;
        let told = [rights.who, rights.who_text, rights.kept, start.basis];
        for words in told.into_iter().chain(law_and_days.iter().map(String::as_str)) {
            ensure!(about.contains(words), "“{words}” is not in “{about}”");
        }
        let record = format!("[data-part=about] a[href='{}']", routes::Page::MyData.path());
        page.css(&record).await?;
        ensure!(text(page, "[data-part=help]").await?.contains(rights.text), "that it is a help");
        let truth = worked_out(&mine(page).await?)?;
        apart(page, &truth).await?;
        acts(page, &truth).await?;
        axe::check(page).await?;
        facts_again(page, &profile).await
    })
    .await
}
