//! What the browser saves: a folder for it, and the files once they are whole.

use std::fs;
use std::time::{Duration, Instant};

use anyhow::{Result, bail};
use serde_json::json;
use tempfile::TempDir;

use crate::Page;

/// A folder into which this page saves.
pub struct Downloads(TempDir);

impl Downloads {
    /// Tells the browser to save without asking.
    ///
    /// # Errors
    /// The browser does not take it.
    pub async fn of(page: &Page) -> Result<Self> {
        let folder = tempfile::tempdir()?;
        let allow = json!({"behavior": "allow", "downloadPath": folder.path()});
        page.browser().cdp("Browser.setDownloadBehavior", allow).await?;
        Ok(Self(folder))
    }

    /// The file with this ending of its name.
    ///
    /// # Errors
    /// None is saved in time.
    pub async fn file(&self, ending: &str) -> Result<Vec<u8>> {
        let begun = Instant::now();
        while begun.elapsed() < Duration::from_secs(10) {
            for entry in fs::read_dir(self.0.path())? {
                let path = entry?.path();
                if path.to_string_lossy().ends_with(ending) {
                    // The browser reserves the name with an empty file and moves the whole one there.
                    let bytes = fs::read(path)?;
                    if !bytes.is_empty() {
                        return Ok(bytes);
                    }
                }
            }
            tokio::time::sleep(Duration::from_millis(25)).await;
        }
        bail!("no {ending} was saved")
    }
}
