//! `/om-modellen` says what stands in the models' own files: what they use and do not, how wrong they
//! are about whom, how they came true, where they disagree, what origin adds; and what others have
//! said of such models.

use anyhow::{Context, Result, ensure};
use jobnet_api::profiling::card::card;
use jobnet_api::profiling::evaluate::Interval;
use jobnet_api::profiling::model::Source;
use jobnet_api::profiling::score::Sealed;
use jobnet_api::profiling::shipped;
use jobnet_e2e::{Page, View, axe, chart, scene};
use jobnet_web::i18n::Language;
use jobnet_web::routes;
use serde_json::json;

use crate::citizen::{danish, heading};

/// The model that is public, as it was reconstructed.
const TREE: &str = "tree-reconstruction";

#[tokio::test]
async fn the_models_are_for_everyone_in_every_view() -> Result<()> {
    scene("models", View::PHONE, async |stage| {
        let page = &stage.page;
        for sealed in shipped::models() {
            let key = &sealed.model.key;
            for view in View::ALL {
                page.show_as(view).await?;
                page.open(&format!("{}?model={key}", routes::Page::Models.path())).await?;
                heading(page, Language::Danish.card().title).await?;
                page.css(&format!("[data-model=\"{key}\"]")).await?;
                page.fits().await.with_context(|| format!("{key}, {view:?}"))?;
                axe::check(page).await.with_context(|| format!("{key}, {view:?}"))?;
            }
        }
        page.says(danish().shell.demo).await
    })
    .await
}

#[tokio::test]
async fn a_card_says_what_stands_in_the_file_of_its_model() -> Result<()> {
    scene("models_said", View::DESK, async |stage| {
        let page = &stage.page;
        for sealed in shipped::models() {
            let key = &sealed.model.key;
            page.open(&format!("{}?model={key}", routes::Page::Models.path())).await?;
            page.css(&format!("[data-model=\"{key}\"]")).await?;
            page.ready().await?;
            made_of(page, sealed).await.with_context(|| key.clone())?;
            variables(page, sealed).await.with_context(|| key.clone())?;
            groups(page, sealed).await.with_context(|| key.clone())?;
            disagreement(page, sealed).await.with_context(|| key.clone())?;
        }
        origin(page).await?;
        let said = rows(page, Language::Danish.card().criticism).await?;
        let known = Language::Danish.criticism().iter();
        let known: Vec<_> = known.map(|one| [one.day, one.said, one.source]).collect();
        ensure!(json!(said) == json!(known), "what others have said: {said:?}");
        Ok(())
    })
    .await
}

async fn text(page: &Page, selector: &str) -> Result<String> {
    let text = "return document.querySelector(arguments[0])?.textContent;";
    let text = page.script(text, &[json!(selector)]).await?;
    text.as_str().map(str::to_owned).with_context(|| format!("no `{selector}`"))
}

/// The rows of the table of this name.
async fn rows(page: &Page, name: &str) -> Result<Vec<Vec<String>>> {
    let rows = "const table = [...document.querySelectorAll('.card-table')] \
           .find(table => table.getAttribute('aria-label') === arguments[0]); \
         return table && [...table.querySelectorAll('tbody tr')] \
           .map(row => [...row.cells].map(cell => cell.textContent));";
    let rows = page.script(rows, &[json!(name)]).await?;
    serde_json::from_value(rows).with_context(|| format!("no table “{name}”"))
}

/// It says of whom it was made: of people who do not exist, where it is so.
async fn made_of(page: &Page, sealed: &Sealed) -> Result<()> {
    let t = Language::Danish.card();
    page.says(match sealed.model.data.source {
        Source::Synthetic => t.synthetic,
        Source::Reconstruction => t.reconstruction,
        Source::Registers => t.registers,
    })
    .await
}

/// Every question and fact of the form is told to be used or not; nine of ten are not, by the tree.
async fn variables(page: &Page, sealed: &Sealed) -> Result<()> {
    let count = "return ['used', 'unused'].map(list => \
         document.querySelectorAll(`[data-list=${list}] li`).length);";
    let counts = page.script(count, &[]).await?;
    let used = sealed.model.factors().len();
    ensure!(counts[0] == json!(used), "{counts} lines, {used} factors");
    let unused = page.css("[data-unused]").await?.attr("data-unused").await?;
    let unused = unused.context("no number")?;
    let said = text(page, "[data-unused]").await?;
    ensure!(said.contains(&unused) && said.contains("10"), "it says {said}");
    if sealed.model.key == TREE {
        ensure!(unused == "9", "of ten answers the tree leaves {unused} unused");
    }
    Ok(())
}

/// A number as the page writes it.
fn written(number: f64, digits: usize) -> String {
    let text = format!("{number:.digits$}").replace('.', ",");
    let is_nothing = !text.contains(|letter: char| ('1'..='9').contains(&letter));
    text.replace('-', if is_nothing { "" } else { "−" })
}

/// Of a hundred, with a decimal where it is small.
fn of_hundred(share: f64) -> String {
    let hundred = share * 100.0;
    written(hundred, usize::from(hundred.abs() < 10.0))
}

/// The errors of each group are in the table, and the plot of how it came true is drawn.
async fn groups(page: &Page, sealed: &Sealed) -> Result<()> {
    let Some(evaluation) = &sealed.model.evaluation else {
        return page.css("[data-part=no-accuracy]").await.map(drop);
    };
    let told = rows(page, Language::Danish.card().groups).await?;
    ensure!(told.len() == evaluation.groups.len(), "{} groups are told", told.len());
    for (row, group) in told.iter().zip(&evaluation.groups) {
        let people: String = row[1].chars().filter(char::is_ascii_digit).collect();
        ensure!(people == group.people.to_string(), "{row:?}: {} people", group.people);
        let errors = [group.false_positive, group.false_negative, Some(group.calibration_gap)];
        for (cell, error) in row[2..].iter().zip(errors) {
            let start = error.map_or_else(|| "–".to_owned(), |e| of_hundred(e.estimate));
            ensure!(cell.starts_with(&start), "{row:?} of {group:?}");
        }
    }
    chart::are_sharp(page).await.context("the calibration")?;
    page.css(".calibration-plot canvas").await.map(drop)
}

/// It says of each other model about how many of a hundred the two disagree.
async fn disagreement(page: &Page, sealed: &Sealed) -> Result<()> {
    let own = card(sealed, shipped::models(), shipped::comparisons());
    let others = shipped::models().len() - 1;
    ensure!(own.beside.len() == others, "beside {} of {others}", own.beside.len());
    let said = text(page, "[data-part=beside] ul").await?;
    for beside in &own.beside {
        let first = beside.flagged.first().context("no number")?;
        let Interval { estimate, low, high } = first.differ;
        for number in [first.flagged, estimate, low, high].map(of_hundred) {
            ensure!(said.contains(&number), "{number} is not in “{said}”");
        }
    }
    Ok(())
}

/// What leaving origin out costs.
async fn origin(page: &Page) -> Result<()> {
    let (all, comparisons) = (shipped::models(), shipped::comparisons());
    let adds = all.iter().find_map(|sealed| card(sealed, all, comparisons).origin);
    let auc = adds.and_then(|adds| adds.auc).context("nothing is known of it")?;
    let said = text(page, "[data-part=origin]").await?;
    for number in [auc.estimate, auc.low, auc.high] {
        let number = written(number * 100.0, 2);
        ensure!(said.contains(&number), "{number} is not in “{said}”");
    }
    Ok(())
}
