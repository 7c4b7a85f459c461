//! A message at the moment it is sent: everything is asked once more, and it is written in her
//! language.

use chrono::{DateTime, NaiveDate, Utc};
use jobnet_api::paths;
use jobnet_messages::message::{Message, SMS_LENGTH};
use jobnet_messages::{Language, mail};
use jobnet_trials::dispatch::{Life, Unit, due};
use jobnet_trials::protocol::life::State;
use jobnet_trials::protocol::{self, Key};

use super::danish_day;
use crate::cpr;
use crate::db::Database;
use crate::keys::Keyring;
use crate::outbox;
use crate::outbox::message::{Channel, Compose, Composed, Content, Planned};
use crate::trials::baseline::{self, Known};
use crate::trials::{TrialError, enrol, store};

/// Writes the messages of trials.
#[derive(Clone, Debug)]
pub struct Composer {
    /// Where everything is looked up.
    pub database: Database,
    /// What opens her CPR number.
    pub keys: Keyring,
    /// The address of the site, without a slash at its end.
    pub site: String,
    /// The day as which the registers are read; `None`: that of the sending.
    pub today: Option<NaiveDate>,
}

/// The outbox' name of a protocol's channel.
pub const fn channel(channel: protocol::Channel) -> Channel {
    match channel {
        protocol::Channel::Email => Channel::Email,
        protocol::Channel::DigitalPost => Channel::DigitalPost,
        protocol::Channel::Letter => Channel::Letter,
        protocol::Channel::NemSms => Channel::NemSms,
    }
}

impl Compose for Composer {
    async fn compose(&self, message: &Planned, now: DateTime<Utc>) -> anyhow::Result<Composed> {
        Ok(self.composed(message, now).await?)
    }
}

/// Why a message cannot be written.
#[derive(Debug, thiserror::Error)]
enum ComposeError {
    #[error(transparent)]
    Trial(#[from] TrialError),
    #[error("the database failed: {0}")]
    Database(#[from] sea_orm::DbErr),
    #[error(transparent)]
    Cpr(#[from] cpr::CprError),
    #[error("the protocol of “{trial}” has no message at the step “{step}”")]
    NoMessage { trial: String, step: String },
}

impl Composer {
    async fn composed(
        &self,
        message: &Planned,
        now: DateTime<Utc>,
    ) -> Result<Composed, ComposeError> {
        let connection = self.database.read();
        let stored = store::load(connection, &message.trial).await?;
        let life = match (stored.trial.state(), stored.trial.closed()) {
            (State::Running, _) => Life::Running,
            (State::Closed | State::Reported, Some((at, _))) => Life::Closed { on: danish_day(at) },
            _ => return Ok(Composed::Wait),
        };
        let Some(enrolled) = enrol::find(connection, stored.id, message.citizen).await? else {
            return Ok(Composed::Withdraw("forgotten"));
        };
        let today = self.today.unwrap_or_else(|| danish_day(now));
        let known = baseline::known(connection, &[message.citizen], today).await?;
        let Some(known) = known.get(&message.citizen) else {
            return Ok(Composed::Withdraw("unknown"));
        };
        let arm: Key = enrolled.arm.parse().map_err(TrialError::stored)?;
        let unit = Unit {
            arm: &arm,
            enrolled_on: danish_day(enrolled.at),
            facts: &known.facts,
            reach: known.reach(enrolled.objected_at.is_some()),
        };
        let protocol = stored.trial.amended();
        let all = due(&protocol, life, &unit, today);
        let mut all = all.into_iter();
        let is_it = |due: &jobnet_trials::dispatch::Due<'_>| {
            due.step.key.as_str() == message.step && channel(due.channel) == message.channel
        };
        let Some(due) = all.find(is_it) else {
            // It was due when it was planned: the trial has been closed since, or the clock is back.
            return Ok(match life {
                Life::Closed { .. } => Composed::Withdraw("closed"),
                Life::Running | Life::Paused => Composed::Wait,
            });
        };
        if let Some(why) = due.withheld {
            return Ok(Composed::Withdraw(why.name()));
        }
        let words = Message::of_key(due.step.message.as_str()).ok_or_else(|| {
            ComposeError::NoMessage { trial: message.trial.clone(), step: message.step.clone() }
        })?;
        let cpr = match message.channel {
            Channel::DigitalPost | Channel::NemSms => {
                let hash = &known.person.cpr_hash;
                cpr::open(connection, &self.keys, message.citizen, hash).await?
            }
            Channel::Email | Channel::Letter => None,
        };
        let link = match words.page() {
            Some(_) => Some(self.link(message, now).await?),
            None => None,
        };
        let addresses = Addresses { site: &self.site, link: link.as_deref() };
        let content = content(words, message.channel, known, cpr, addresses);
        Ok(content.map_or(Composed::Withdraw("no_address"), Composed::Send))
    }

    /// Another link for each message, so that it is known which was opened. A text message has room
    /// for a short one.
    async fn link(&self, message: &Planned, now: DateTime<Utc>) -> Result<String, ComposeError> {
        let token = match message.channel {
            Channel::NemSms => outbox::link_code(&self.database, message.id, now).await?,
            Channel::Email | Channel::DigitalPost | Channel::Letter => {
                outbox::link_token(&self.keys, message.id, now)
            }
        };
        Ok(format!("{}/l/{token}", self.site))
    }
}

/// Addresses that stand in messages.
#[derive(Clone, Copy, Debug)]
pub struct Addresses<'a> {
    /// The site, without a slash at its end.
    pub site: &'a str,
    /// The page to which the message leads; `None`: the one it leads everyone to, if it leads to one.
    pub link: Option<&'a str>,
}

/// A message to somebody, by a channel, in her language; `None`: what the channel needs is not
/// known of her. `cpr` is her number, for the channels that go by it.
pub fn content(
    message: Message,
    channel: Channel,
    known: &Known,
    cpr: Option<String>,
    addresses: Addresses<'_>,
) -> Option<Content> {
    let contact = known.contact.as_ref()?;
    let language = Language::of_register(contact.language.as_deref());
    let link = message.page().map(|page| {
        addresses.link.map_or_else(|| format!("{}{page}", addresses.site), str::to_owned)
    });
    let letter = message.letter(language, link.as_deref().unwrap_or_default());
    Some(match channel {
        Channel::Email => Content::Email {
            to: contact.email.clone()?,
            subject: message.label(language).to_owned(),
            text: mail::text(&letter),
            html: mail::html(&letter, language),
            letter,
            language,
        },
        Channel::DigitalPost => Content::DigitalPost {
            cpr: cpr?,
            label: message.label(language).to_owned(),
            letter,
            language,
            link,
        },
        Channel::Letter => Content::Letter {
            address: vec![
                format!("{} {}", known.person.first_name, known.person.last_name),
                contact.street.clone()?,
                format!("{} {}", contact.postal_code.as_ref()?, contact.city.as_ref()?),
            ],
            letter,
            language,
        },
        Channel::NemSms => {
            Content::NemSms { cpr: cpr?, text: texted(message, language, addresses), language }
        }
    })
}

/// A message as a text message, with the first of these addresses for which there is room: the link of
/// the message; without one the way to its page by signing in, since the page alone would not be there
/// for whoever is not signed in; the site, where she signs in herself.
fn texted(message: Message, language: Language, addresses: Addresses<'_>) -> String {
    let site = addresses.site;
    let page = message.page().unwrap_or_default();
    let way = format!("{site}{}{page}", paths::SIGN_IN_FIRST);
    let text = message.sms(language, addresses.link.unwrap_or(&way));
    if text.chars().count() <= SMS_LENGTH { text } else { message.sms(language, site) }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_text_message_is_one_part_however_long_the_address_of_the_site_is() {
        let code = "abcdefghijABCDEFGHIJ";
        for language in Language::ALL {
            for length in 10..=110 {
                let site = format!("https://{}", "x".repeat(length - 8));
                let link = format!("{site}/l/{code}");
                let addresses = Addresses { site: &site, link: Some(&link) };
                let text = texted(Message::ChecklistInvitation, language, addresses);
                assert!(text.chars().count() <= SMS_LENGTH, "{length}: {text}");
                // Up to the longest that leaves room in Danish, which has the longer words.
                if length <= 87 {
                    assert!(text.ends_with(&link), "{length}: {text}");
                }
                if length > 89 {
                    assert!(text.ends_with(&format!(" {site}")), "{length}: {text}");
                }
            }
        }
    }
}
