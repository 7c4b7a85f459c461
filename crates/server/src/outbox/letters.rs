//! Letters on paper: each goes into a tray, until a batch is made of what lies there
//! (`super::batch`).

use std::io;
use std::path::Path;
use std::sync::Arc;

use base64::Engine;
use base64::prelude::BASE64_STANDARD as BASE64;
use chrono::{DateTime, TimeDelta, Utc};
use jobnet_api::outbox::Trouble;
use jobnet_messages::Language;
use serde::{Deserialize, Serialize};

use super::carrier::{Carrier, Handed, Known, NotNow, Paper, Ready, Refused, Slip, Soon, Stops};
use super::folder::Folder;
use super::message::{Channel, Content};
use super::post;

/// Where letters wait, in the folder of batches.
pub(super) const TRAY: &str = ".tray";
/// No window of an envelope shows more lines.
const ADDRESS_LINES: usize = 6;

/// A letter in the tray.
#[derive(Debug, Serialize, Deserialize)]
pub(super) struct Tray {
    pub(super) address: Vec<String>,
    pub(super) language: Language,
    /// The file, as BASE64.
    pub(super) pdf: String,
}

/// The channel.
pub(super) struct Letters {
    tray: Folder,
    paper: Arc<dyn Paper>,
    timeout: TimeDelta,
}

impl Letters {
    /// Opens the folder of batches.
    ///
    /// # Errors
    /// When it cannot be made.
    pub(super) fn open(
        folder: &Path,
        paper: Arc<dyn Paper>,
        timeout: TimeDelta,
    ) -> io::Result<Self> {
        Ok(Self { tray: Folder::open(&folder.join(TRAY), ".json")?, paper, timeout })
    }

    fn write(&self, content: &Content) -> Result<Vec<u8>, Refused> {
        let never =
            |why: &dyn std::fmt::Display| Refused::new(Stops::ForEver, Trouble::NotMade.with(why));
        let Content::Letter { address, letter, language } = content else {
            return Err(Refused::new(Stops::ForEver, Trouble::WrongChannel));
        };
        let lines = address.iter().filter(|line| !line.trim().is_empty()).count();
        if !(2..=ADDRESS_LINES).contains(&lines) || lines != address.len() {
            let lines = Trouble::BadAddress.with("no 2 to 6 lines");
            return Err(Refused::new(Stops::ForEver, lines));
        }
        let pdf = self.paper.pdf(letter, *language, address).map_err(|error| never(&error))?;
        let tray = Tray { address: address.clone(), language: *language, pdf: BASE64.encode(pdf) };
        serde_json::to_vec(&tray).map_err(|error| never(&error))
    }
}

impl Carrier for Letters {
    fn channel(&self) -> Channel {
        Channel::Letter
    }

    fn settles_after(&self) -> TimeDelta {
        TimeDelta::zero()
    }

    fn timeout(&self) -> TimeDelta {
        self.timeout
    }

    fn prepare<'a>(
        &'a self,
        slip: &'a Slip,
        content: Content,
        _: DateTime<Utc>,
    ) -> Soon<'a, Result<Ready, Refused>> {
        Box::pin(async move { post::stage(&self.tray, slip, self.write(&content)?).await })
    }

    fn hand_over<'a>(&'a self, slip: &'a Slip, _: Ready) -> Soon<'a, Handed> {
        Box::pin(post::put(&self.tray, slip))
    }

    fn reconcile<'a>(
        &'a self,
        slip: &'a Slip,
        _: DateTime<Utc>,
        _: DateTime<Utc>,
    ) -> Soon<'a, Result<Known, NotNow>> {
        Box::pin(post::known(&self.tray, slip))
    }

    fn forget<'a>(&'a self, slip: &'a Slip) -> Soon<'a, ()> {
        Box::pin(async move { self.tray.forget(&slip.id.to_string(), &slip.token) })
    }
}
