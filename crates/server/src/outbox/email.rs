//! E-mail by SMTP: text and HTML of the same words. A message whose answer was lost is looked for
//! in the log of the server that took it, by its Message-ID, which is made of the message's id.

use std::time::Duration;

use chrono::{DateTime, TimeDelta, Utc};
use jobnet_api::outbox::{Reason, Trouble};
use lettre::message::header::{self, ContentType, Header, HeaderName, HeaderValue};
use lettre::message::{Mailbox, Message, MultiPart, SinglePart};
use lettre::transport::smtp::PoolConfig;
use lettre::transport::smtp::authentication::Credentials;
use lettre::transport::smtp::client::{Tls, TlsParameters};
use lettre::{AsyncSmtpTransport, AsyncTransport, Tokio1Executor};
use uuid::Uuid;

use super::carrier::{Carrier, Handed, Known, NotNow, Ready, Refused, Slip, Soon, Stops};
use super::mail_log::MailLog;
use super::message::{Channel, Content};

/// How connections to the server are protected.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, serde::Serialize, serde::Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Protection {
    /// `STARTTLS`, which must succeed.
    #[default]
    Starttls,
    /// TLS from the first byte.
    Tls,
    /// None: on a loopback address only.
    None,
}

/// A mail server, and as whom we write.
pub(super) struct Account {
    pub(super) host: String,
    pub(super) port: u16,
    pub(super) protection: Protection,
    pub(super) credentials: Option<Credentials>,
    pub(super) from: Mailbox,
    pub(super) unsubscribe: Option<String>,
    pub(super) timeout: TimeDelta,
    pub(super) settles_after: TimeDelta,
    pub(super) log: Option<MailLog>,
}

/// The channel.
pub(super) struct Email {
    transport: AsyncSmtpTransport<Tokio1Executor>,
    account: Account,
}

impl Email {
    /// Prepares the way to the server; nothing is connected yet.
    ///
    /// # Errors
    /// When TLS cannot be set up.
    pub(super) fn new(account: Account) -> Result<Self, lettre::transport::smtp::Error> {
        let tls = || TlsParameters::new(account.host.clone());
        let tls = match account.protection {
            Protection::Starttls => Tls::Required(tls()?),
            Protection::Tls => Tls::Wrapper(tls()?),
            Protection::None => Tls::None,
        };
        let timeout = Duration::from_millis(account.timeout.num_milliseconds().unsigned_abs());
        let builder = AsyncSmtpTransport::<Tokio1Executor>::builder_dangerous(&account.host)
            .port(account.port)
            .tls(tls)
            .timeout(Some(timeout))
            // One at a time: the messages of a server leave one after another.
            .pool_config(PoolConfig::new().max_size(1));
        let builder = match account.credentials.clone() {
            Some(credentials) => builder.credentials(credentials),
            None => builder,
        };
        Ok(Self { transport: builder.build(), account })
    }

    /// The Message-ID of a message: the same in every attempt.
    fn message_id(&self, id: Uuid) -> String {
        format!("<{id}@{}>", self.account.from.email.domain())
    }

    fn write(&self, id: Uuid, content: Content, now: DateTime<Utc>) -> Result<Message, Refused> {
        let Content::Email { to, subject, text, html, language, .. } = content else {
            return Err(Refused::new(Stops::ForEver, Trouble::WrongChannel));
        };
        // The address is hers, and stays out of the reason.
        let to = to.parse().map_err(|_| Refused::new(Stops::ForEver, Trouble::BadAddress))?;
        let language = match language {
            jobnet_messages::Language::Da => "da",
            jobnet_messages::Language::En => "en",
        };
        let mut message = Message::builder()
            .message_id(Some(self.message_id(id)))
            .date(now.into())
            .from(self.account.from.clone())
            .to(Mailbox::new(None, to))
            .subject(subject)
            .header(AutoSubmitted("auto-generated".to_owned()))
            .header(ContentLanguage(language.to_owned()));
        if let Some(address) = &self.account.unsubscribe {
            message = message.header(ListUnsubscribe(format!("<{address}>")));
        }
        let part = |kind: ContentType, body: String| {
            SinglePart::builder()
                .header(kind)
                .header(header::ContentTransferEncoding::QuotedPrintable)
                .body(body)
        };
        let both = MultiPart::alternative()
            .singlepart(part(ContentType::TEXT_PLAIN, text))
            .singlepart(part(ContentType::TEXT_HTML, html));
        message
            .multipart(both)
            .map_err(|error| Refused::new(Stops::ForEver, Trouble::NotMade.with(error)))
    }
}

/// A header whose value is one text.
macro_rules! text_header {
    ($(#[$meta:meta])* $name:ident, $text:literal) => {
        $(#[$meta])*
        #[derive(Clone)]
        struct $name(String);

        impl Header for $name {
            fn name() -> HeaderName {
                HeaderName::new_from_ascii_str($text)
            }

            fn parse(text: &str) -> Result<Self, Box<dyn std::error::Error + Send + Sync>> {
                Ok(Self(text.to_owned()))
            }

            fn display(&self) -> HeaderValue {
                HeaderValue::new(Self::name(), self.0.clone())
            }
        }
    };
}

text_header!(
    /// That no person wrote it, so that nobody's out-of-office answers it (RFC 3834).
    AutoSubmitted,
    "Auto-Submitted"
);
text_header!(
    /// In which language it is.
    ContentLanguage,
    "Content-Language"
);
text_header!(
    /// Where she says that she wants no more of them.
    ListUnsubscribe,
    "List-Unsubscribe"
);

/// What a failure to hand over means. The server's words may hold her address: only its code is
/// kept.
fn refusal(error: &lettre::transport::smtp::Error) -> Handed {
    let of = |trouble: Trouble| {
        let detail = error.status().map(|code| code.to_string());
        Reason { trouble, detail }
    };
    if error.is_permanent() {
        Handed::Refused(Refused::new(Stops::ForEver, of(Trouble::Refused)))
    } else if error.is_transient() {
        Handed::Refused(Refused::new(Stops::ForNow, of(Trouble::PutOff)))
    } else if error.is_client() {
        // Such as an address that this server cannot write.
        Handed::Refused(Refused::new(Stops::ForEver, Trouble::Refused))
    } else {
        Handed::InDoubt(Trouble::NoAnswer.into())
    }
}

impl Carrier for Email {
    fn channel(&self) -> Channel {
        Channel::Email
    }

    fn settles_after(&self) -> TimeDelta {
        self.account.settles_after
    }

    fn timeout(&self) -> TimeDelta {
        self.account.timeout
    }

    fn prepare<'a>(
        &'a self,
        slip: &'a Slip,
        content: Content,
        now: DateTime<Utc>,
    ) -> Soon<'a, Result<Ready, Refused>> {
        Box::pin(async move {
            let message = self.write(slip.id, content, now)?;
            // A server that is down stops here, where nothing is in doubt yet.
            match self.transport.test_connection().await {
                Ok(true) => Ok(Ready::Mail(Box::new(message))),
                Ok(false) => Err(Refused::new(Stops::Carrier, Trouble::Unreachable)),
                Err(error) => {
                    tracing::warn!(%error, "the mail server cannot be reached");
                    Err(Refused::new(Stops::Carrier, Trouble::Unreachable))
                }
            }
        })
    }

    fn hand_over<'a>(&'a self, _: &'a Slip, ready: Ready) -> Soon<'a, Handed> {
        Box::pin(async move {
            let Ready::Mail(message) = ready else {
                return Handed::Refused(Refused::new(Stops::ForEver, Trouble::WrongChannel));
            };
            match self.transport.send(*message).await {
                Ok(_) => Handed::Accepted,
                Err(error) => refusal(&error),
            }
        })
    }

    fn reconcile<'a>(
        &'a self,
        slip: &'a Slip,
        handed_at: DateTime<Utc>,
        now: DateTime<Utc>,
    ) -> Soon<'a, Result<Known, NotNow>> {
        Box::pin(async move {
            match &self.account.log {
                None => Ok(Known::Unknown),
                Some(log) => {
                    let domain = self.account.from.email.domain();
                    log.known(&self.message_id(slip.id), domain, now - handed_at).await
                }
            }
        })
    }

    fn forget<'a>(&'a self, _: &'a Slip) -> Soon<'a, ()> {
        Box::pin(async {})
    }
}
