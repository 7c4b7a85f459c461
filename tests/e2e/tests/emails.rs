//! E-mails as they are sent, opened in a browser: on a phone, in the light and in the dark, in both
//! languages.

use std::fs;

use anyhow::{Context, Result, ensure};
use jobnet_api::messages::message::Message;
use jobnet_api::messages::{Language, mail};
use jobnet_e2e::{View, axe, scene};
use serde_json::json;

const LINK: &str = "https://jobnet.example/l/0123456789abcdef0123456789abcdef0123456789abcdef";

#[tokio::test]
async fn anyone_can_read_every_email_and_it_loads_nothing() -> Result<()> {
    for (name, view) in [("emails", View::PHONE), ("emails_dark", View::DARK)] {
        scene(name, view, async |stage| {
            let page = &stage.page;
            for message in Message::ALL {
                for language in Language::ALL {
                    let context = || format!("{message:?} in {language:?}");
                    let letter = message.letter(language, LINK);
                    let file = stage.server.folder().join("email.html");
                    fs::write(&file, mail::html(&letter, language))?;
                    page.driver().goto(format!("file://{}", file.display())).await?;
                    let title = page.css("h1").await?.text().await?;
                    ensure!(title == letter.title, "{title}");
                    axe::check(page).await.with_context(context)?;
                    page.fits().await.with_context(context)?;
                    let loaded = "return performance.getEntriesByType('resource').length;";
                    ensure!(page.script(loaded, &[]).await? == json!(0), "{}", context());
                }
            }
            // As every scene ends: on a page of the app.
            page.open("/").await
        })
        .await?;
    }
    Ok(())
}
