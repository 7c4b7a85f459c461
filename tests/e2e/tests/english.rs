//! What is sent to a citizen and what she does with it, in English: no Danish is left, and anyone can
//! use it.

use anyhow::{Context, Result, ensure};
use jobnet_api::paths;
use jobnet_e2e::{Page, View, axe, scene_on};
use jobnet_web::i18n::Language;
use jobnet_web::routes;
use serde_json::{Value, json};

use crate::citizen::{come_in, heading};
use crate::post::with_messages;

/// Words that every Danish page has and no English one, nor a name.
const DANISH: [&str; 12] =
    ["ikke", "du", "din", "dit", "dine", "jeg", "hvor", "når", "skal", "på", "eller", "hvis"];

/// Checks that a page says nothing in Danish but what is marked as such, and names of laws.
async fn is_english(page: &Page) -> Result<()> {
    let words = "const [danish] = arguments; const found = []; \
         document.querySelectorAll('details').forEach(d => d.open = true); \
         if (document.documentElement.lang !== 'en') found.push('lang'); \
         const walker = document.createTreeWalker(document.body, NodeFilter.SHOW_TEXT); \
         while (walker.nextNode()) { \
           const text = walker.currentNode; \
           if (text.parentElement.closest('script, style, [lang=da], [data-part=rules], [data-entry] p.small')) continue; \
           const words = text.data.toLowerCase().split(/[^a-zæøå]+/); \
           if (words.some(word => danish.includes(word))) found.push(text.data.trim()); \
         } \
         return found;";
    let found = page.script(words, &[json!(DANISH)]).await?;
    ensure!(found == Value::Array(Vec::new()), "in Danish: {found:#}");
    Ok(())
}

#[tokio::test]
async fn her_list_her_letters_and_her_rights_are_in_english_too() -> Result<()> {
    scene_on(with_messages()?, "english", View::PHONE, &[], async |stage| {
        let page = &stage.page;
        let english = Language::English;
        come_in(page, "citizen-full-time").await?;
        page.click("button", english.name()).await?;
        heading(page, english.messages().overview.title).await?;
        for (path, title) in [
            (paths::CHECKLIST_PAGE, english.checklist().title),
            (routes::Page::Letters.path(), english.profile().letters.title),
            (routes::Page::Rights.path(), english.rights().title),
        ] {
            page.open(path).await?;
            heading(page, title).await?;
            is_english(page).await.context(path)?;
            page.fits().await.context(path)?;
            axe::check(page).await.context(path)?;
        }
        Ok(())
    })
    .await
}
