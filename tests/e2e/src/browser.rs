//! A real browser with a fixed language, time zone and size, and a log of everything it
//! complains about.

use std::io::{BufRead, BufReader};
use std::process::{Child, Command, Stdio};

use anyhow::{Context, Result, anyhow};
use serde_json::{Value, json};
use thirtyfour::common::capabilities::chrome::ChromeCapabilities;
use thirtyfour::{ChromiumLikeCapabilities, WebDriver};

/// How the browser shows pages.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct View {
    /// Width in CSS pixels.
    pub width: u32,
    /// Device pixels per CSS pixel.
    pub ratio: u32,
    /// The reader asked for a dark page.
    pub dark: bool,
    /// The reader's system replaces colours.
    pub forced_colors: bool,
}

impl View {
    /// A small phone.
    pub const PHONE: Self = Self { width: 360, ratio: 2, dark: false, forced_colors: false };
    /// A desk.
    pub const DESK: Self = Self { width: 1280, ratio: 1, dark: false, forced_colors: false };
    /// A desk at night.
    pub const DARK: Self = Self { dark: true, ..Self::DESK };
    /// A desk with a high-contrast theme.
    pub const FORCED: Self = Self { forced_colors: true, ..Self::DESK };

    /// Every view that accessibility is checked in.
    pub const ALL: [Self; 4] = [Self::PHONE, Self::DESK, Self::DARK, Self::FORCED];
}

/// A browser session and its driver; both end with [`Browser::quit`], or at the latest with this
/// value.
pub struct Browser {
    /// The session.
    pub driver: WebDriver,
    chromedriver: Chromedriver,
}

const ARGUMENTS: [&str; 11] = [
    "--headless",
    "--no-sandbox",
    "--disable-gpu",
    "--disable-quic",
    "--no-first-run",
    "--disable-background-networking",
    "--disable-component-update",
    "--disable-sync",
    "--disable-dev-shm-usage",
    "--hide-scrollbars",
    "--lang=da",
];

/// Collects, from before the first byte of a page, what must never happen on it.
const WITNESS: &str = "
window.__witness = {csp: [], shifts: []};
document.addEventListener('securitypolicyviolation', e =>
  window.__witness.csp.push(`${e.effectiveDirective} blocked ${e.blockedURI} ${e.sample}`));
new PerformanceObserver(list => {
  for (const shift of list.getEntries()) {
    if (shift.hadRecentInput) continue;
    const moved = shift.sources.map(s => s.node?.outerHTML?.slice(0, 120) ?? s.node?.nodeName);
    window.__witness.shifts.push({value: shift.value, moved});
  }
}).observe({type: 'layout-shift', buffered: true});
";

impl Browser {
    /// Starts a browser.
    ///
    /// # Errors
    /// Chromium or chromedriver is missing, or they do not fit each other.
    pub async fn start(view: View) -> Result<Self> {
        let chromedriver = Chromedriver::start()?;
        let mut capabilities = ChromeCapabilities::new();
        for argument in ARGUMENTS {
            capabilities.add_arg(argument)?;
        }
        capabilities.add_experimental_option("prefs", json!({"intl.accept_languages": "da"}))?;
        capabilities.set_logging_prefs("browser", thirtyfour::LoggingPrefsLogLevel::All)?;
        let driver = WebDriver::new(&chromedriver.address, capabilities)
            .await
            .context("the browser does not start")?;
        let browser = Self { driver, chromedriver };
        let zone = json!({"timezoneId": "Europe/Copenhagen"});
        browser.cdp("Emulation.setTimezoneOverride", zone).await?;
        browser.cdp("Page.enable", json!({})).await?;
        let witness = json!({"source": WITNESS});
        browser.cdp("Page.addScriptToEvaluateOnNewDocument", witness).await?;
        browser.show_as(view).await?;
        Ok(browser)
    }

    /// Changes how pages are shown.
    ///
    /// # Errors
    /// The browser cannot.
    pub async fn show_as(&self, view: View) -> Result<()> {
        let size = json!({
            "width": view.width,
            "height": if view.width < 600 { 740 } else { 900 },
            "deviceScaleFactor": view.ratio,
            "mobile": false,
        });
        self.cdp("Emulation.setDeviceMetricsOverride", size).await?;
        let feature = |name: &str, value: &str| json!({"name": name, "value": value});
        let features = json!({"media": "", "features": [
            feature("prefers-color-scheme", if view.dark { "dark" } else { "light" }),
            feature("forced-colors", if view.forced_colors { "active" } else { "none" }),
            feature("prefers-reduced-motion", "reduce"),
        ]});
        self.cdp("Emulation.setEmulatedMedia", features).await?;
        Ok(())
    }

    /// Sends a command of the DevTools protocol.
    ///
    /// # Errors
    /// The browser refuses it.
    pub async fn cdp(&self, method: &str, parameters: Value) -> Result<Value> {
        let answer = self.driver.cdp().send_raw(method, parameters).await;
        answer.map_err(|error| anyhow!("{method}: {error}"))
    }

    /// Ends the session and the driver.
    pub async fn quit(self) {
        // A browser that has already gone is what is wanted.
        self.driver.quit().await.ok();
        drop(self.chromedriver);
    }
}

struct Chromedriver {
    address: String,
    process: Child,
}

impl Chromedriver {
    /// It takes a free port of IPv4 and then wants the same one of IPv6, which a browser of another
    /// test may have taken meanwhile; then it ends at once, and is started anew.
    fn start() -> Result<Self> {
        let mut started = Self::start_once();
        for _ in 0..4 {
            if started.is_ok() {
                break;
            }
            started = Self::start_once();
        }
        started
    }

    fn start_once() -> Result<Self> {
        let mut command = Command::new("chromedriver");
        command.arg("--port=0").stdin(Stdio::null()).stdout(Stdio::piped()).stderr(Stdio::null());
        let mut process = command.spawn().context("chromedriver is not installed")?;
        let output = process.stdout.take().context("chromedriver has no output")?;
        let mut lines = BufReader::new(output).lines();
        let port = lines
            .by_ref()
            .map_while(Result::ok)
            .find_map(|line| {
                line.split_once("successfully on port ").map(|(_, rest)| rest.to_owned())
            })
            .context("chromedriver does not say its port")?;
        // Its output has to be read to the end, or it would block.
        std::thread::spawn(move || lines.for_each(drop));
        let port = port.trim_end_matches('.');
        Ok(Self { address: format!("http://127.0.0.1:{port}"), process })
    }
}

impl Drop for Chromedriver {
    fn drop(&mut self) {
        // Both fail only if it has already ended.
        self.process.kill().ok();
        self.process.wait().ok();
    }
}
