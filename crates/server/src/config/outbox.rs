//! The outbox: when messages leave, and by which channels. Without any nothing is sent, and
//! messages wait.

use std::path::PathBuf;

use serde::{Deserialize, Serialize};

use crate::outbox::{LogForm, Protection};

/// The outbox.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields, default)]
pub struct OutboxConfig {
    /// The hour of the day in Denmark from which messages leave.
    pub send_from_hour: u32,
    /// The hour at which no more do; 24 is midnight.
    pub send_until_hour: u32,
    /// How long a message belongs to the server that took it. Servers' clocks must not differ by as
    /// much.
    pub lease_seconds: u32,
    /// How often a message is tried.
    pub attempts: u32,
    /// The wait after the first attempt that failed; it doubles.
    pub first_wait_seconds: u32,
    /// The longest wait.
    pub longest_wait_seconds: u32,
    /// E-mail; without it none is sent.
    pub email: Option<EmailConfig>,
    /// Digital Post and NemSMS; without it neither is sent.
    pub post: Option<PostConfig>,
    /// Letters on paper; without it none is made.
    pub letters: Option<LettersConfig>,
}

/// E-mail.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields, default)]
pub struct EmailConfig {
    /// The mail server.
    pub host: String,
    /// Its port.
    pub port: u16,
    /// `starttls`, `tls`, or on a loopback address `none`.
    pub protection: Protection,
    /// As whom to sign in there.
    pub user: Option<String>,
    /// The password.
    pub password: Option<String>,
    /// A file with the password.
    pub password_file: Option<PathBuf>,
    /// Who writes: `Name <address>`. The address's domain is that of the Message-IDs.
    pub from: String,
    /// Where she says that she wants no more: a `mailto:` or `https://` address.
    pub unsubscribe: Option<String>,
    /// The longest that the server may take.
    pub timeout_seconds: u32,
    /// How soon after a message was handed over the server's log tells of it.
    pub settle_seconds: u32,
    /// The log of the mail server.
    pub log_file: Option<PathBuf>,
    /// In place of a file, a command that prints it: program and arguments.
    pub log_command: Vec<String>,
    /// `postfix` or `message_ids`.
    pub log_form: LogForm,
    /// How far back the log surely reaches.
    pub log_reaches_back_hours: u32,
}

/// Digital Post and NemSMS.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields, default)]
pub struct PostConfig {
    /// The authority's CVR number.
    pub sender_cvr: String,
    /// Its name.
    pub sender_label: String,
    /// A folder for the messages.
    pub folder: Option<PathBuf>,
    /// In place of a folder, the address of a gateway.
    pub gateway_url: Option<String>,
    /// Where the gateway says whether it has a message, with `{id}` in the place of its id.
    pub gateway_status_url: Option<String>,
    /// What the gateway knows us by.
    pub gateway_token: Option<String>,
    /// A file with that.
    pub gateway_token_file: Option<PathBuf>,
    /// The longest that the gateway may take.
    pub timeout_seconds: u32,
    /// How soon it knows what it has.
    pub settle_seconds: u32,
}

/// Letters on paper.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields, default)]
pub struct LettersConfig {
    /// The folder in which batches appear.
    pub folder: PathBuf,
    /// The hour of the day in Denmark from which a day's batch is made.
    pub close_from_hour: u32,
    /// Who writes, at the head of each letter; without it the name of the site in her language.
    pub sender: Option<String>,
    /// Where a letter comes back to that cannot be delivered, line by line. It stands in the window of
    /// the envelope. Without one no letter says where it comes back to.
    pub sender_address: Vec<String>,
}

impl Default for OutboxConfig {
    fn default() -> Self {
        Self {
            send_from_hour: 9,
            send_until_hour: 22,
            lease_seconds: 300,
            attempts: 8,
            first_wait_seconds: 60,
            longest_wait_seconds: 3600,
            email: None,
            post: None,
            letters: None,
        }
    }
}

impl Default for EmailConfig {
    fn default() -> Self {
        Self {
            host: String::new(),
            port: 587,
            protection: Protection::Starttls,
            user: None,
            password: None,
            password_file: None,
            from: String::new(),
            unsubscribe: None,
            timeout_seconds: 60,
            settle_seconds: 120,
            log_file: None,
            log_command: Vec::new(),
            log_form: LogForm::Postfix,
            log_reaches_back_hours: 24,
        }
    }
}

impl Default for PostConfig {
    fn default() -> Self {
        Self {
            sender_cvr: String::new(),
            sender_label: String::new(),
            folder: None,
            gateway_url: None,
            gateway_status_url: None,
            gateway_token: None,
            gateway_token_file: None,
            timeout_seconds: 60,
            settle_seconds: 120,
        }
    }
}

/// Name and address of whoever writes stand on one line in the window of the envelope.
const MOST_SENDER_SIGNS: usize = 80;

impl Default for LettersConfig {
    fn default() -> Self {
        Self {
            folder: PathBuf::new(),
            close_from_hour: 14,
            sender: None,
            sender_address: Vec::new(),
        }
    }
}

/// Why messages cannot be sent like this.
#[derive(Clone, Debug, PartialEq, Eq, thiserror::Error)]
pub enum BadOutbox {
    /// Not two hours of a day in their order.
    #[error(
        "outbox.send_from_hour must be before outbox.send_until_hour, and that at most 24, but \
         they are {0} and {1}"
    )]
    Window(u32, u32),
    /// A number that must not be nothing.
    #[error("outbox.{0} must be at least 1")]
    Nothing(&'static str),
    /// A message could be taken from a server that still hands it over.
    #[error(
        "outbox.lease_seconds ({lease}) must be at least twice outbox.{channel}.timeout_seconds \
         ({timeout})"
    )]
    Lease {
        /// The lease.
        lease: u32,
        /// Of which channel.
        channel: &'static str,
        /// Its timeout.
        timeout: u32,
    },
    /// What a channel cannot do without, or has twice.
    #[error("outbox.{0}")]
    Channel(&'static str),
}

impl OutboxConfig {
    pub(super) fn check(&self) -> Result<(), BadOutbox> {
        let (from, until) = (self.send_from_hour, self.send_until_hour);
        if from >= until || until > 24 {
            return Err(BadOutbox::Window(from, until));
        }
        let numbers = [
            ("attempts", self.attempts),
            ("first_wait_seconds", self.first_wait_seconds),
            ("longest_wait_seconds", self.longest_wait_seconds),
        ];
        if let Some((name, _)) = numbers.into_iter().find(|(_, number)| *number == 0) {
            return Err(BadOutbox::Nothing(name));
        }
        let timeouts = [
            ("email", self.email.as_ref().map(|email| email.timeout_seconds)),
            ("post", self.post.as_ref().map(|post| post.timeout_seconds)),
        ];
        for (channel, timeout) in timeouts {
            let Some(timeout) = timeout else { continue };
            let lease = self.lease_seconds;
            if timeout == 0 || lease / 2 < timeout {
                return Err(BadOutbox::Lease { lease, channel, timeout });
            }
        }
        self.email.as_ref().map_or(Ok(()), EmailConfig::check)?;
        self.post.as_ref().map_or(Ok(()), PostConfig::check)?;
        self.letters.as_ref().map_or(Ok(()), LettersConfig::check)
    }

    /// Without secrets.
    pub(super) fn redact(&mut self) {
        let hide = |secret: &mut Option<String>| *secret = secret.take().map(|_| "…".to_owned());
        if let Some(email) = &mut self.email {
            hide(&mut email.password);
        }
        if let Some(post) = &mut self.post {
            hide(&mut post.gateway_token);
        }
    }
}

impl EmailConfig {
    fn check(&self) -> Result<(), BadOutbox> {
        let is_near = ["127.0.0.1", "localhost", "::1"].contains(&self.host.as_str());
        let wrong = if self.host.is_empty() {
            "email.host is missing"
        } else if self.from.parse::<lettre::message::Mailbox>().is_err() {
            "email.from must be an address, as Name <name@example.org>"
        } else if self.protection == Protection::None && !is_near {
            "email.protection may be none on a loopback address only"
        } else if self.password.is_some() && self.password_file.is_some() {
            "email.password and email.password_file cannot both be given"
        } else if self.user.is_some() != (self.password.is_some() || self.password_file.is_some()) {
            "email.user and a password go together"
        } else if self.log_file.is_some() && !self.log_command.is_empty() {
            "email.log_file and email.log_command cannot both be given"
        } else {
            return Ok(());
        };
        Err(BadOutbox::Channel(wrong))
    }
}

impl PostConfig {
    fn check(&self) -> Result<(), BadOutbox> {
        let is_cvr =
            self.sender_cvr.len() == 8 && self.sender_cvr.bytes().all(|byte| byte.is_ascii_digit());
        let is_safe = |url: &String| {
            ["https://", "http://127.0.0.1", "http://localhost", "http://[::1]"]
                .iter()
                .any(|start| url.starts_with(start))
        };
        let mut urls = self.gateway_url.iter().chain(&self.gateway_status_url);
        let wrong = if !is_cvr {
            "post.sender_cvr must be eight digits"
        } else if self.sender_label.trim().is_empty() {
            "post.sender_label is missing"
        } else if self.folder.is_some() == self.gateway_url.is_some() {
            "post: give either folder or gateway_url"
        } else if !urls.all(is_safe) {
            "post: a gateway's address must begin with https://"
        } else if self.gateway_token.is_some() && self.gateway_token_file.is_some() {
            "post.gateway_token and post.gateway_token_file cannot both be given"
        } else {
            return Ok(());
        };
        Err(BadOutbox::Channel(wrong))
    }
}

impl LettersConfig {
    fn check(&self) -> Result<(), BadOutbox> {
        let mut sender = self.sender.iter().chain(&self.sender_address);
        // Without a name of its own the longer one of the site.
        let site = if self.sender.is_none() { jobnet_messages::SITE_EN } else { "" };
        let signs: usize = sender.clone().map(|line| line.chars().count() + 2).sum();
        let wrong = if self.folder.as_os_str().is_empty() {
            "letters.folder is missing"
        } else if self.close_from_hour > 23 {
            "letters.close_from_hour must be 0 to 23"
        } else if sender.any(|line| line.trim().is_empty()) {
            "letters.sender, or a line of letters.sender_address, is empty"
        } else if signs + site.len() > MOST_SENDER_SIGNS {
            "letters.sender and letters.sender_address are too long for one small line of the window"
        } else {
            return Ok(());
        };
        Err(BadOutbox::Channel(wrong))
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn email(change: impl FnOnce(&mut EmailConfig)) -> OutboxConfig {
        let mut email = EmailConfig {
            host: "mail.example.org".to_owned(),
            from: "Jobnet <no-reply@jobnet.example>".to_owned(),
            ..EmailConfig::default()
        };
        change(&mut email);
        OutboxConfig { email: Some(email), ..OutboxConfig::default() }
    }

    fn post(change: impl FnOnce(&mut PostConfig)) -> OutboxConfig {
        let mut post = PostConfig {
            sender_cvr: "12345678".to_owned(),
            sender_label: "A".to_owned(),
            folder: Some("post".into()),
            ..PostConfig::default()
        };
        change(&mut post);
        OutboxConfig { post: Some(post), ..OutboxConfig::default() }
    }

    fn letters(change: impl FnOnce(&mut LettersConfig)) -> OutboxConfig {
        let mut letters = LettersConfig { folder: "print".into(), ..LettersConfig::default() };
        change(&mut letters);
        OutboxConfig { letters: Some(letters), ..OutboxConfig::default() }
    }

    #[test]
    fn what_could_send_twice_in_the_open_or_never_is_refused() {
        let fine = [
            OutboxConfig::default(),
            email(|_| {}),
            email(|email| {
                email.protection = Protection::None;
                email.host = "127.0.0.1".to_owned();
            }),
            post(|_| {}),
            letters(|_| {}),
            OutboxConfig { send_from_hour: 0, send_until_hour: 24, ..OutboxConfig::default() },
        ];
        for config in fine {
            assert_eq!(config.check(), Ok(()), "{config:?}");
        }
        let wrong = [
            OutboxConfig { send_from_hour: 22, ..OutboxConfig::default() },
            OutboxConfig { send_until_hour: 25, ..OutboxConfig::default() },
            OutboxConfig { attempts: 0, ..OutboxConfig::default() },
            OutboxConfig { lease_seconds: 119, ..email(|_| {}) },
            OutboxConfig { lease_seconds: 119, ..post(|_| {}) },
            OutboxConfig { letters: Some(LettersConfig::default()), ..OutboxConfig::default() },
            letters(|letters| letters.sender_address = vec![String::new()]),
            letters(|letters| letters.sender = Some(" ".to_owned())),
            letters(|letters| letters.sender_address = vec!["x".repeat(78)]),
            letters(|letters| letters.close_from_hour = 24),
            email(|email| email.host.clear()),
            email(|email| email.from = "nobody".to_owned()),
            email(|email| email.protection = Protection::None),
            email(|email| email.user = Some("u".to_owned())),
            email(|email| email.password = Some("p".to_owned())),
            post(|post| post.sender_cvr = "1234567".to_owned()),
            post(|post| post.folder = None),
            post(|post| post.gateway_url = Some("https://g.example".to_owned())),
            post(|post| {
                post.folder = None;
                post.gateway_url = Some("http://g.example".to_owned());
            }),
        ];
        for config in wrong {
            assert!(config.check().is_err(), "{config:?}");
        }
    }

    #[test]
    fn secrets_are_not_printed() {
        let mut config = email(|email| email.password = Some("secret-1".to_owned()));
        config.post = post(|post| post.gateway_token = Some("secret-2".to_owned())).post;
        config.redact();
        assert!(!format!("{config:?}").contains("secret"));
    }
}
