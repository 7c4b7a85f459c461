//! Digital Post and NemSMS: MeMo messages into a folder, or to a gateway by HTTP.
//!
//! A gateway gets each message with its id (`X-TransaktionsId`), and may be asked for that id where
//! it has an address for it.

use std::io;
use std::path::Path;
use std::sync::Arc;
use std::time::Duration;

use chrono::{DateTime, TimeDelta, Utc};
use jobnet_api::outbox::Trouble;
use reqwest::StatusCode;
use reqwest::header::CONTENT_TYPE;

use super::carrier::{Carrier, Handed, Known, NotNow, Paper, Ready, Refused, Slip, Soon, Stops};
use super::folder::Folder;
use super::memo::{self, Post, Sender};
use super::message::{Channel, Content};

/// What of a message each place is told.
const TRANSACTION: &str = "X-TransaktionsId";
/// In the place of the id in a gateway's address.
const ID: &str = "{id}";

/// Where messages go.
pub(super) enum Way {
    /// Into a folder.
    Folder(Folder),
    /// To a gateway.
    Gateway(Gateway),
}

/// A gateway.
pub(super) struct Gateway {
    client: reqwest::Client,
    url: String,
    /// Where it says whether it has a message.
    status_url: Option<String>,
    token: Option<String>,
}

impl Way {
    pub(super) fn folder(path: &Path) -> io::Result<Self> {
        Folder::open(path, ".xml").map(Self::Folder)
    }

    pub(super) fn gateway(
        url: String,
        status_url: Option<String>,
        token: Option<String>,
        timeout: TimeDelta,
    ) -> Result<Self, reqwest::Error> {
        let timeout = Duration::from_millis(timeout.num_milliseconds().unsigned_abs());
        let redirect = reqwest::redirect::Policy::none();
        let client = reqwest::Client::builder().timeout(timeout).redirect(redirect).build()?;
        Ok(Self::Gateway(Gateway { client, url, status_url, token }))
    }
}

impl Gateway {
    fn with_token(&self, request: reqwest::RequestBuilder) -> reqwest::RequestBuilder {
        match &self.token {
            Some(token) => request.bearer_auth(token),
            None => request,
        }
    }

    async fn post(&self, slip: &Slip, body: String) -> Handed {
        let request = self
            .client
            .post(&self.url)
            .header(CONTENT_TYPE, "application/xml")
            .header(TRANSACTION, slip.id.to_string())
            .body(body);
        let answer = match self.with_token(request).send().await {
            Ok(answer) => answer.status(),
            Err(error) if error.is_connect() => {
                return Handed::Refused(Refused::new(Stops::Carrier, Trouble::Unreachable));
            }
            Err(_) => return Handed::InDoubt(Trouble::NoAnswer.into()),
        };
        let refused = |stops| {
            let trouble =
                if stops == Stops::Carrier { Trouble::Unreachable } else { Trouble::Refused };
            Handed::Refused(Refused::new(stops, trouble.with(answer.as_u16())))
        };
        match answer {
            // It has this id already.
            StatusCode::CONFLICT => Handed::Accepted,
            _ if answer.is_success() => Handed::Accepted,
            StatusCode::UNAUTHORIZED | StatusCode::FORBIDDEN | StatusCode::TOO_MANY_REQUESTS => {
                refused(Stops::Carrier)
            }
            _ if answer.is_client_error() => refused(Stops::ForEver),
            // What is behind it may have taken the message.
            _ => Handed::InDoubt(Trouble::NoAnswer.with(answer.as_u16())),
        }
    }

    async fn known(&self, slip: &Slip) -> Result<Known, NotNow> {
        let Some(url) = &self.status_url else { return Ok(Known::Unknown) };
        let request = self.client.get(url.replace(ID, &slip.id.to_string()));
        let answer = self.with_token(request).send().await;
        let answer = answer.map_err(|_| NotNow(Trouble::NoAnswer.into()))?.status();
        match answer {
            StatusCode::NOT_FOUND => Ok(Known::NotDelivered),
            _ if answer.is_success() => Ok(Known::Delivered),
            _ => Err(NotNow(Trouble::NoAnswer.with(answer.as_u16()))),
        }
    }
}

/// Digital Post or NemSMS.
pub(super) struct Mailbox {
    pub(super) channel: Channel,
    pub(super) sender: Sender,
    pub(super) way: Way,
    /// Without one there are no letters to put into a message.
    pub(super) paper: Option<Arc<dyn Paper>>,
    pub(super) timeout: TimeDelta,
    /// How long a gateway needs to know what it has.
    pub(super) settles_after: TimeDelta,
}

impl Mailbox {
    fn write(&self, slip: &Slip, content: &Content, now: DateTime<Utc>) -> Result<String, Refused> {
        let never =
            |why: &dyn std::fmt::Display| Refused::new(Stops::ForEver, Trouble::NotMade.with(why));
        match content {
            Content::DigitalPost { cpr, label, letter, language, link } => {
                let paper = self.paper.as_ref();
                let paper = paper.ok_or_else(|| Refused::new(Stops::Carrier, Trouble::NotMade))?;
                let pdf = paper.pdf(letter, *language, &[]).map_err(|error| never(&error))?;
                let action = link.as_deref().map(|url| (memo::action_label(*language), url));
                let post = Post::DigitalPost {
                    label,
                    pdf: &pdf,
                    language: *language,
                    action,
                    created: now,
                };
                memo::xml(slip.id, &self.sender, cpr, &post).map_err(|error| never(&error))
            }
            Content::NemSms { cpr, text, .. } => {
                let post = Post::NemSms { label: &self.sender.label, text };
                memo::xml(slip.id, &self.sender, cpr, &post).map_err(|error| never(&error))
            }
            _ => Err(Refused::new(Stops::ForEver, Trouble::WrongChannel)),
        }
    }
}

/// A failure of the system's files, without the name of any.
pub(super) fn disk(error: &io::Error) -> Refused {
    tracing::warn!(%error, "the folder of messages cannot be written");
    Refused::new(Stops::Carrier, Trouble::Folder.with(error.kind()))
}

/// Puts what is staged into a folder.
pub(super) async fn put(folder: &Folder, slip: &Slip) -> Handed {
    let (folder, id, token) = (folder.clone(), slip.id.to_string(), slip.token.clone());
    let put = tokio::task::spawn_blocking(move || match folder.put(&id, &token) {
        // If it can still be taken away, it was surely not handed over.
        Err(error) => match folder.known(&id, &token) {
            Ok(Known::NotDelivered) => Handed::Refused(disk(&error)),
            _ => Handed::InDoubt(Trouble::Folder.with(error.kind())),
        },
        Ok(true) => Handed::Accepted,
        Ok(false) => Handed::InDoubt(Trouble::Overtaken.into()),
    });
    put.await.unwrap_or_else(|_| Handed::InDoubt(Trouble::Folder.into()))
}

/// Stages what goes into a folder.
pub(super) async fn stage(folder: &Folder, slip: &Slip, bytes: Vec<u8>) -> Result<Ready, Refused> {
    let (folder, id, token) = (folder.clone(), slip.id.to_string(), slip.token.clone());
    let staged = tokio::task::spawn_blocking(move || folder.stage(&id, &token, &bytes)).await;
    let staged = staged.unwrap_or_else(|error| Err(io::Error::other(error)));
    staged.map(|()| Ready::Staged).map_err(|error| disk(&error))
}

/// Whether a folder got what was staged.
pub(super) async fn known(folder: &Folder, slip: &Slip) -> Result<Known, NotNow> {
    let (folder, id, token) = (folder.clone(), slip.id.to_string(), slip.token.clone());
    let known = tokio::task::spawn_blocking(move || folder.known(&id, &token)).await;
    let known = known.unwrap_or_else(|error| Err(io::Error::other(error)));
    known.map_err(|error| NotNow(Trouble::Folder.with(error.kind())))
}

impl Carrier for Mailbox {
    fn channel(&self) -> Channel {
        self.channel
    }

    fn settles_after(&self) -> TimeDelta {
        match self.way {
            Way::Folder(_) => TimeDelta::zero(),
            Way::Gateway(_) => self.settles_after,
        }
    }

    fn timeout(&self) -> TimeDelta {
        self.timeout
    }

    fn prepare<'a>(
        &'a self,
        slip: &'a Slip,
        content: Content,
        now: DateTime<Utc>,
    ) -> Soon<'a, Result<Ready, Refused>> {
        Box::pin(async move {
            let xml = self.write(slip, &content, now)?;
            match &self.way {
                Way::Folder(folder) => stage(folder, slip, xml.into_bytes()).await,
                Way::Gateway(_) => Ok(Ready::Body(xml)),
            }
        })
    }

    fn hand_over<'a>(&'a self, slip: &'a Slip, ready: Ready) -> Soon<'a, Handed> {
        Box::pin(async move {
            match (&self.way, ready) {
                (Way::Folder(folder), Ready::Staged) => put(folder, slip).await,
                (Way::Gateway(gateway), Ready::Body(body)) => gateway.post(slip, body).await,
                _ => Handed::Refused(Refused::new(Stops::ForEver, Trouble::WrongChannel)),
            }
        })
    }

    fn reconcile<'a>(
        &'a self,
        slip: &'a Slip,
        _: DateTime<Utc>,
        _: DateTime<Utc>,
    ) -> Soon<'a, Result<Known, NotNow>> {
        Box::pin(async move {
            match &self.way {
                Way::Folder(folder) => known(folder, slip).await,
                Way::Gateway(gateway) => gateway.known(slip).await,
            }
        })
    }

    fn forget<'a>(&'a self, slip: &'a Slip) -> Soon<'a, ()> {
        Box::pin(async move {
            if let Way::Folder(folder) = &self.way {
                folder.forget(&slip.id.to_string(), &slip.token);
            }
        })
    }
}
