//! One test: a server, a browser, what happens, and in the end whether anything went wrong that
//! the test did not look at.

use std::any::Any;
use std::fs;
use std::panic::AssertUnwindSafe;

use anyhow::{Context, Result, anyhow, bail};
use futures_util::FutureExt;
use serde_json::Value;

use crate::browser::{Browser, View};
use crate::leaks::Needles;
use crate::page::Page;
use crate::server::{Crowd, Server, root};

/// What a test plays on.
pub struct Stage {
    /// The system under test.
    pub server: Server,
    /// What the citizen sees.
    pub page: Page,
}

/// Plays a test. It fails on an error or panic of the test, and on anything the browser
/// complained about meanwhile: console errors, security policy violations, failed requests,
/// panics of the app. And when something personal stands in what server or browser have logged.
///
/// # Errors
/// The reason; screenshot, document and logs are then in `tests/e2e/artifacts/NAME/`.
pub async fn scene(
    name: &str,
    view: View,
    play: impl AsyncFnOnce(&mut Stage) -> Result<()>,
) -> Result<()> {
    scene_expecting(name, view, &[], play).await
}

/// Like [`scene`], for tests that provoke complaints: those that contain one of the words are
/// expected.
///
/// # Errors
/// As [`scene`].
pub async fn scene_expecting(
    name: &str,
    view: View,
    expected: &[&str],
    play: impl AsyncFnOnce(&mut Stage) -> Result<()>,
) -> Result<()> {
    scene_among(Crowd::Small, name, view, expected, play).await
}

/// Like [`scene_expecting`], among so many citizens.
///
/// # Errors
/// As [`scene`].
pub async fn scene_among(
    crowd: Crowd,
    name: &str,
    view: View,
    expected: &[&str],
    play: impl AsyncFnOnce(&mut Stage) -> Result<()>,
) -> Result<()> {
    scene_on(Server::start(crowd)?, name, view, expected, play).await
}

/// Like [`scene_expecting`], on a server of the test's own making.
///
/// # Errors
/// As [`scene`].
pub async fn scene_on(
    server: Server,
    name: &str,
    view: View,
    expected: &[&str],
    play: impl AsyncFnOnce(&mut Stage) -> Result<()>,
) -> Result<()> {
    let browser = Browser::start(view).await?;
    let mut stage = Stage { page: Page::new(browser, server.address()), server };
    let played = AssertUnwindSafe(play(&mut stage)).catch_unwind().await;
    let log = browser_log(&stage.page).await;
    let outcome = match played {
        Ok(Ok(())) => no_complaints(&stage.page, &log, expected).await,
        Ok(Err(error)) => Err(error),
        Err(panic) => Err(anyhow!("{}", panic_words(panic.as_ref()))),
    };
    // Also where something else is wrong: what fails says most.
    let outcome = match (outcome, nothing_personal(&stage.server, &log)) {
        (Err(error), Err(leak)) => Err(error.context(format!("{leak:#}"))),
        (outcome, leak) => outcome.and(leak),
    };
    let outcome = match outcome {
        Ok(()) => Ok(()),
        Err(error) => {
            let kept = keep(name, &stage, &log, &error).await;
            let note =
                kept.map_or_else(|e| format!("nothing kept: {e:#}"), |at| format!("see {at}"));
            Err(error.context(format!("{name}; {note}")))
        }
    };
    stage.page.quit().await;
    outcome
}

/// Whether nothing personal stands in what server and browser have logged.
fn nothing_personal(server: &Server, browser: &str) -> Result<()> {
    Needles::of(server.crowd())?.are_in_none(&[("server", &server.log()), ("browser", browser)])
}

async fn no_complaints(page: &Page, log: &str, expected: &[&str]) -> Result<()> {
    let violations = page.script("return window.__witness?.csp ?? [];", &[]).await?;
    let violations = violations.as_array().cloned().unwrap_or_default();
    let mut complaints: Vec<String> = violations.iter().map(Value::to_string).collect();
    let is_serious = |line: &&str| line.starts_with("SEVERE") || line.starts_with("WARNING");
    complaints.extend(log.lines().filter(is_serious).map(str::to_owned));
    complaints.retain(|line| !expected.iter().any(|word| line.contains(word)));
    if complaints.is_empty() {
        return Ok(());
    }
    bail!("the browser complains:\n  {}", complaints.join("\n  "))
}

async fn browser_log(page: &Page) -> String {
    let entries = page.driver().browser_log().await.unwrap_or_default();
    let lines = entries.iter().map(|e| format!("{} {}", e.level, e.message.replace('\n', " ")));
    lines.collect::<Vec<_>>().join("\n")
}

/// Keeps what is needed to understand a failure; gives the folder's name.
async fn keep(name: &str, stage: &Stage, log: &str, error: &anyhow::Error) -> Result<String> {
    let place = format!("tests/e2e/artifacts/{name}");
    let folder = root().join(&place);
    fs::create_dir_all(&folder).with_context(|| place.clone())?;
    fs::write(folder.join("failure.txt"), format!("{error:#}\n"))?;
    fs::write(folder.join("browser.log"), log)?;
    fs::write(folder.join("server.log"), stage.server.log())?;
    let driver = stage.page.driver();
    fs::write(folder.join("page.html"), driver.source().await.unwrap_or_default())?;
    fs::write(folder.join("page.png"), driver.screenshot_as_png().await.unwrap_or_default())?;
    Ok(place)
}

fn panic_words(panic: &(dyn Any + Send)) -> String {
    let words = panic.downcast_ref::<String>().map(String::as_str);
    words
        .or_else(|| panic.downcast_ref::<&str>().copied())
        .unwrap_or("the test panicked")
        .to_owned()
}
