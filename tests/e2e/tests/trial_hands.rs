//! A researcher's hand in a form that has just come, or that changes: the page stays where she has gone
//! in it, and a box shows what is counted.

use anyhow::{Context, Result, ensure};
use jobnet_e2e::{View, scene};
use jobnet_web::i18n::{Language, fill};
use serde_json::json;

use crate::citizen::{come_in_as_staff, heading};
use crate::trial_forms::begin;
use crate::trials::{research, type_in};

/// Goes to the first box of the form as soon as that stands in the page.
const GO: &str = "
new MutationObserver((_, watch) => {
  const box = document.querySelector('.choices input');
  if (!box) return;
  watch.disconnect();
  box.scrollIntoView({block: 'center', behavior: 'instant'});
  window.__went = scrollY;
}).observe(document.body, {childList: true, subtree: true});
";

#[tokio::test]
async fn a_form_that_has_just_come_stays_where_she_has_gone_in_it() -> Result<()> {
    scene("form_stays", View::DESK, async |stage| {
        let page = &stage.page;
        let t = research().list;
        come_in_as_staff(page, "researcher").await?;
        page.find("field", t.name).await?.send_keys("Visning af kontoen").await?;
        page.click("button", t.begin).await?;
        page.find("link", t.open).await?;
        page.script(GO, &[]).await?;
        page.click("link", t.open).await?;
        heading(page, "Visning af kontoen").await?;
        let went = page.wait("the first box", "return window.__went;", &[]).await?;
        ensure!(went.as_f64() > Some(0.0), "there was nowhere to go");
        // Where the focus is to go is looked after once a second.
        let long = "window.__since ??= performance.now(); \
             return performance.now() - window.__since > 2200;";
        page.wait("two of these seconds", long, &[]).await?;
        let seen = "const {top, bottom} = document.querySelector('.choices input').getBoundingClientRect(); \
             return top >= 0 && bottom <= innerHeight;";
        ensure!(page.script(seen, &[]).await? == json!(true), "the page has gone back to its top");
        Ok(())
    })
    .await
}

#[tokio::test]
async fn a_box_of_another_surface_is_not_chosen_before_she_chooses_it() -> Result<()> {
    scene("boxes_of_surfaces", View::DESK, async |stage| {
        let page = &stage.page;
        let t = research().form;
        begin(page, "Visning af kontoen").await?;
        for word in ["earned", "lacking"] {
            page.click("field", Language::Danish.word(word).context("no word")?).await?;
        }
        page.says(&fill(t.combine_count, &[("count", "2")])).await?;
        for (surface, boxes) in [("profile", 4), ("account", 6)] {
            type_in(page, "f-surface", surface).await?;
            let there = "return document.querySelectorAll('#f-arms .choices input').length \
                         === arguments[0];";
            page.wait(&format!("the boxes of {surface}"), there, &[json!(boxes)]).await?;
            page.says(t.combine_none).await?;
            let chosen =
                "return document.querySelectorAll('#f-arms .choices input:checked').length;";
            let chosen = page.script(chosen, &[]).await?;
            ensure!(chosen == json!(0), "{surface} begins with {chosen} boxes chosen");
        }
        Ok(())
    })
    .await
}
