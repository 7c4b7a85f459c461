//! The page as a citizen meets it: found by role and label, read as text, used by mouse and
//! keyboard. Every wait is for a condition and names what it waited for.

use std::time::{Duration, Instant};

use anyhow::{Context, Result, anyhow, bail};
use serde_json::{Value, json};
use thirtyfour::prelude::{By, ElementQueryable, WebElement};
use thirtyfour::{Key, WebDriver};

use crate::browser::{Browser, View};

const PATIENCE: Duration = Duration::from_secs(10);

/// A browser at the address of a server.
pub struct Page {
    browser: Browser,
    address: String,
}

/// Finds what can be used, by its accessible name as a screen reader computes it.
const FIND: &str = r#"
const [roles, name] = arguments;
const shown = e => e.checkVisibility({visibilityProperty: true});
const words = e => (e.innerText ?? '').replace(/\s+/g, ' ').trim();
const label = e => {
  const by = (e.getAttribute('aria-labelledby') ?? '').split(' ').filter(Boolean);
  if (by.length) return by.map(id => words(document.getElementById(id) ?? e)).join(' ');
  if (e.getAttribute('aria-label')) return e.getAttribute('aria-label');
  if (e.labels?.length) return [...e.labels].map(words).join(' ');
  return words(e) || e.value || '';
};
const selectors = {
  button: 'button, [role=button], summary, input[type=submit]',
  link: 'a[href]',
  field: 'input, textarea, select, [role=slider]',
  heading: 'h1, h2, h3, h4, [role=heading]',
  tab: '[role=tab]',
};
const all = roles.split('|').flatMap(r => [...document.querySelectorAll(selectors[r] ?? r)]);
const named = all.filter(shown).map(e => [e, label(e)]);
const exact = named.find(([, text]) => text === name);
return (exact ?? named.find(([, text]) => text.includes(name)))?.[0] ?? null;
"#;

impl Page {
    pub(crate) fn new(browser: Browser, address: String) -> Self {
        Self { browser, address }
    }

    /// The browser's driver, for what this type does not offer.
    pub fn driver(&self) -> &WebDriver {
        &self.browser.driver
    }

    /// The browser, for the DevTools protocol.
    pub fn browser(&self) -> &Browser {
        &self.browser
    }

    pub(crate) async fn quit(self) {
        self.browser.quit().await;
    }

    /// Opens a route and waits until the app has drawn it.
    ///
    /// # Errors
    /// The app does not start.
    pub async fn open(&self, route: &str) -> Result<()> {
        self.driver().goto(format!("{}{route}", self.address)).await?;
        self.ready().await
    }

    /// Loads the page again and waits until the app has drawn it.
    ///
    /// # Errors
    /// The app does not start.
    pub async fn reload(&self) -> Result<()> {
        self.driver().refresh().await?;
        self.ready().await
    }

    /// Changes how pages are shown.
    ///
    /// # Errors
    /// The browser cannot.
    pub async fn show_as(&self, view: View) -> Result<()> {
        self.browser.show_as(view).await
    }

    /// Waits until the app has taken over from the static page and no part is still loading.
    ///
    /// # Errors
    /// It does not happen in time.
    pub async fn ready(&self) -> Result<()> {
        let condition = "return document.body?.hasAttribute('data-app-ready') \
             && document.querySelector('h1') !== null \
             && document.querySelector('[aria-busy=true]') === null \
             && document.fonts.status === 'loaded';";
        self.wait("the app to be ready", condition, &[]).await.map(drop)
    }

    /// Runs a script in the page; its arguments are in `arguments`.
    ///
    /// # Errors
    /// The script throws.
    pub async fn script(&self, script: &str, arguments: &[Value]) -> Result<Value> {
        let answer = self.driver().execute(script, arguments.to_vec()).await;
        let answer = answer.map_err(|error| anyhow!("script failed: {error}\n{script}"))?;
        Ok(answer.json().clone())
    }

    /// Waits until a script returns something truthy, and gives it.
    ///
    /// # Errors
    /// It does not in time; the message says what was waited for.
    pub async fn wait(&self, what: &str, script: &str, arguments: &[Value]) -> Result<Value> {
        let begun = Instant::now();
        loop {
            let value = self.script(script, arguments).await;
            match &value {
                Ok(Value::Null | Value::Bool(false)) => {}
                Ok(Value::String(text)) if text.is_empty() => {}
                Ok(_) => return value,
                // The document may be replaced under a script's feet.
                Err(_) if begun.elapsed() < PATIENCE => {}
                Err(_) => return value.context(format!("waiting for {what}")),
            }
            if begun.elapsed() >= PATIENCE {
                bail!("waited {} s for {what}", PATIENCE.as_secs());
            }
            tokio::time::sleep(Duration::from_millis(25)).await;
        }
    }

    /// What can be used, by roles (`button|link|field|heading|tab` or a selector) and accessible
    /// name; an exact name wins over a part of one.
    ///
    /// # Errors
    /// There is no such thing in time.
    pub async fn find(&self, roles: &str, name: &str) -> Result<WebElement> {
        let begun = Instant::now();
        loop {
            let found = self.driver().execute(FIND, vec![json!(roles), json!(name)]).await?;
            if let Ok(element) = found.element() {
                return Ok(element);
            }
            if begun.elapsed() >= PATIENCE {
                bail!("there is no {roles} “{name}” on the page");
            }
            tokio::time::sleep(Duration::from_millis(25)).await;
        }
    }

    /// The first element of a CSS selector.
    ///
    /// # Errors
    /// There is none in time.
    pub async fn css(&self, selector: &str) -> Result<WebElement> {
        let query =
            self.driver().query(By::Css(selector)).wait(PATIENCE, Duration::from_millis(25));
        query.first().await.map_err(|_| anyhow!("there is no `{selector}` on the page"))
    }

    /// Clicks it.
    ///
    /// # Errors
    /// There is no such thing, or it is covered.
    pub async fn click(&self, roles: &str, name: &str) -> Result<()> {
        let element = self.find(roles, name).await?;
        element.scroll_into_view().await?;
        element.click().await.with_context(|| format!("{roles} “{name}” cannot be clicked"))
    }

    /// What a reader sees on the page.
    ///
    /// # Errors
    /// The page is gone.
    pub async fn text(&self) -> Result<String> {
        let text = self.script("return document.body.innerText;", &[]).await?;
        Ok(text.as_str().unwrap_or_default().to_owned())
    }

    /// Waits until the page says something.
    ///
    /// # Errors
    /// It does not in time.
    pub async fn says(&self, words: &str) -> Result<()> {
        let script = "return document.body.innerText.includes(arguments[0]);";
        self.wait(&format!("the words “{words}”"), script, &[json!(words)]).await.map(drop)
    }

    /// Presses keys, wherever the focus is.
    ///
    /// # Errors
    /// The browser refuses them.
    pub async fn press(&self, keys: &[Key]) -> Result<()> {
        for key in keys {
            self.driver()
                .action_chain()
                .key_down(key.clone())
                .key_up(key.clone())
                .perform()
                .await?;
        }
        Ok(())
    }

    /// Presses Tab until what has the focus matches a CSS selector; gives the number of steps.
    ///
    /// # Errors
    /// The focus never gets there.
    pub async fn tab_to(&self, selector: &str) -> Result<usize> {
        const STEPS: usize = 200;
        let there = "return document.activeElement?.matches(arguments[0]) ?? false;";
        for step in 0..STEPS {
            if self.script(there, &[json!(selector)]).await? == Value::Bool(true) {
                return Ok(step);
            }
            self.press(&[Key::Tab]).await?;
        }
        bail!("the Tab key does not reach `{selector}`")
    }

    /// Asks the server as the page does, with the page's own session: status and body.
    ///
    /// # Errors
    /// The server does not answer.
    pub async fn fetch(&self, path: &str) -> Result<(u64, String)> {
        let script = "const [path, done] = arguments; \
             fetch(path).then(async r => done([r.status, await r.text()]), e => done(String(e)));";
        let answer = self.driver().execute_async(script, vec![json!(path)]).await?;
        match answer.json() {
            Value::Array(parts) => {
                let status = parts.first().and_then(Value::as_u64).unwrap_or_default();
                let body = parts.get(1).and_then(Value::as_str).unwrap_or_default();
                Ok((status, body.to_owned()))
            }
            failure => bail!("{path} was not answered: {failure}"),
        }
    }

    /// The answer of the API to the page's own session.
    ///
    /// # Errors
    /// The answer is not a success.
    pub async fn api(&self, path: &str) -> Result<Value> {
        let (status, body) = self.fetch(path).await?;
        if status != 200 {
            bail!("{path} answered {status}: {body}");
        }
        serde_json::from_str(&body).with_context(|| format!("{path} is no JSON"))
    }

    /// Whether nothing has moved without an input since the page was opened: a cumulative layout
    /// shift of 0.000, which is as fine as anyone reports it (a font that arrives moves text by
    /// parts of a pixel).
    ///
    /// # Errors
    /// Something has; the message says what.
    pub async fn stood_still(&self) -> Result<()> {
        const SHOWN_AS_NOTHING: f64 = 0.0005;
        let shifts = self.script("return window.__witness.shifts;", &[]).await?;
        let shifts = shifts.as_array().context("the page has no witness")?;
        let sum: f64 = shifts.iter().filter_map(|shift| shift["value"].as_f64()).sum();
        if sum < SHOWN_AS_NOTHING {
            return Ok(());
        }
        bail!("the layout shifted by {sum}: {}", json!(shifts))
    }

    /// Whether the page is wider than the window: the reader would have to scroll sideways.
    ///
    /// # Errors
    /// It is; the message names what sticks out.
    pub async fn fits(&self) -> Result<()> {
        let script = "const width = document.documentElement.clientWidth; \
             if (document.documentElement.scrollWidth <= width) return null; \
             return [...document.body.querySelectorAll('*')] \
               .filter(e => e.getBoundingClientRect().right > width + 0.5) \
               .map(e => e.outerHTML.slice(0, 120)).slice(0, 5);";
        match self.script(script, &[]).await? {
            Value::Null => Ok(()),
            wide => bail!("the page is wider than the window: {wide:#}"),
        }
    }
}
