//! The channels that are configured.

use std::path::{Path, PathBuf};
use std::sync::Arc;

use chrono::TimeDelta;
use lettre::transport::smtp::authentication::Credentials;

use super::carrier::{Carrier, Paper};
use super::email::{Account, Email};
use super::letters::Letters;
use super::mail_log::{MailLog, Source};
use super::memo::Sender;
use super::message::Channel;
use super::post::{Mailbox, Way};
use super::send::Pace;
use super::window::Window;
use crate::config::{EmailConfig, OutboxConfig, PostConfig};

/// The longest that writing a file into a folder takes.
const FOLDER_SECONDS: i64 = 30;

/// Why a channel cannot be used.
#[derive(Debug, thiserror::Error)]
pub enum ChannelError {
    /// The sender's address is none.
    #[error("outbox.email.from: {0}")]
    From(lettre::address::AddressError),
    /// TLS cannot be set up.
    #[error("outbox.email: {0}")]
    Smtp(#[from] lettre::transport::smtp::Error),
    /// The gateway's client cannot be set up.
    #[error("outbox.post: {0}")]
    Gateway(#[from] reqwest::Error),
    /// A folder or a file cannot be used.
    #[error("{path}: {source}")]
    File {
        /// Which.
        path: PathBuf,
        /// Why.
        source: std::io::Error,
    },
}

/// The channels that are configured. Without `paper` there is none that needs a letter made.
///
/// # Errors
/// When a folder cannot be made, a secret not be read, or TLS not be set up.
pub fn open(
    config: &OutboxConfig,
    paper: Option<Arc<dyn Paper>>,
) -> Result<Vec<Arc<dyn Carrier>>, ChannelError> {
    let mut carriers: Vec<Arc<dyn Carrier>> = Vec::new();
    if let Some(email) = &config.email {
        carriers.push(Arc::new(Email::new(account(email)?)?));
    }
    if let Some(post) = &config.post {
        if paper.is_some() {
            carriers.push(Arc::new(mailbox(post, Channel::DigitalPost, paper.clone())?));
        }
        carriers.push(Arc::new(mailbox(post, Channel::NemSms, None)?));
    }
    if let (Some(letters), Some(paper)) = (&config.letters, paper) {
        let folder = &letters.folder;
        let letters = Letters::open(folder, paper, TimeDelta::seconds(FOLDER_SECONDS));
        carriers.push(Arc::new(letters.map_err(of(folder))?));
    }
    Ok(carriers)
}

/// How messages are sent.
pub fn pace(config: &OutboxConfig) -> Pace {
    Pace {
        window: Window { from: config.send_from_hour, until: config.send_until_hour },
        lease: seconds(config.lease_seconds),
        first_wait: seconds(config.first_wait_seconds),
        longest_wait: seconds(config.longest_wait_seconds),
        attempts: config.attempts,
    }
}

fn seconds(seconds: u32) -> TimeDelta {
    TimeDelta::seconds(i64::from(seconds))
}

fn of(path: &Path) -> impl Fn(std::io::Error) -> ChannelError + '_ {
    |source| ChannelError::File { path: path.to_owned(), source }
}

/// A secret that is given, or stands in a file.
fn secret(given: Option<&String>, file: Option<&PathBuf>) -> Result<Option<String>, ChannelError> {
    match (given, file) {
        (Some(given), _) => Ok(Some(given.clone())),
        (None, Some(file)) => {
            let text = std::fs::read_to_string(file).map_err(of(file))?;
            Ok(Some(text.trim_end_matches(['\r', '\n']).to_owned()))
        }
        (None, None) => Ok(None),
    }
}

fn account(config: &EmailConfig) -> Result<Account, ChannelError> {
    let password = secret(config.password.as_ref(), config.password_file.as_ref())?;
    let credentials = config.user.clone().zip(password);
    let source = match &config.log_file {
        Some(file) => Some(Source::File(file.clone())),
        None if config.log_command.is_empty() => None,
        None => Some(Source::Command(config.log_command.clone())),
    };
    Ok(Account {
        host: config.host.clone(),
        port: config.port,
        protection: config.protection,
        credentials: credentials.map(|(user, password)| Credentials::new(user, password)),
        from: config.from.parse().map_err(ChannelError::From)?,
        unsubscribe: config.unsubscribe.clone(),
        timeout: seconds(config.timeout_seconds),
        settles_after: seconds(config.settle_seconds),
        log: source.map(|source| MailLog {
            source,
            form: config.log_form,
            reaches_back: TimeDelta::hours(i64::from(config.log_reaches_back_hours)),
        }),
    })
}

fn mailbox(
    config: &PostConfig,
    channel: Channel,
    paper: Option<Arc<dyn Paper>>,
) -> Result<Mailbox, ChannelError> {
    let timeout = seconds(config.timeout_seconds);
    let way = match (&config.folder, &config.gateway_url) {
        (Some(folder), _) => Way::folder(folder).map_err(of(folder))?,
        (None, url) => {
            let file = config.gateway_token_file.as_ref();
            let token = secret(config.gateway_token.as_ref(), file)?;
            let url = url.clone().unwrap_or_default();
            Way::gateway(url, config.gateway_status_url.clone(), token, timeout)?
        }
    };
    Ok(Mailbox {
        channel,
        sender: Sender { cvr: config.sender_cvr.clone(), label: config.sender_label.clone() },
        way,
        paper,
        timeout,
        settles_after: seconds(config.settle_seconds),
    })
}
