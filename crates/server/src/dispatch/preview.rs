//! What a trial sends, for those who run it: to a made-up recipient, and as counts.

use chrono::NaiveDate;
use jobnet_api::outbox::MessageChannel;
use jobnet_api::trial_messages::{CalendarLine, MessageContent, TrialMessage, TrialMessages};
use jobnet_messages::Language;
use jobnet_messages::message::Message;
use jobnet_trials::dispatch::{Life, first_day};
use jobnet_trials::protocol::life::State;
use jobnet_trials::protocol::{Dispatch, Key, Protocol};
use sea_orm::ConnectionTrait;

use super::fates::{days, fates};
use super::{Addresses, channel, content, counts, danish_day};
use crate::db::registers::{FOREVER, citizen_facts, contacts};
use crate::outbox::message::Content;
use crate::trials::TrialError;
use crate::trials::baseline::Known;
use crate::trials::store::Stored;
use crate::trials::telling;

/// Every message as its recipient sees it, and the calendar with its counts.
///
/// # Errors
/// When the database fails.
pub async fn messages(
    connection: &impl ConnectionTrait,
    stored: &Stored,
    site: &str,
) -> Result<TrialMessages, TrialError> {
    let protocol = stored.trial.amended();
    let counts = counts(connection, stored.id, telling::of(stored)).await?;
    let key = protocol.key.as_str();
    let mut fates = fates(connection, stored.id, key, telling::of(stored)).await?;
    let life = match (stored.trial.state(), stored.trial.closed()) {
        (State::Closed | State::Reported, Some((at, _))) => Life::Closed { on: danish_day(at) },
        (State::Paused, _) => Life::Paused,
        _ => Life::Running,
    };
    let days = days(connection, stored, &protocol, life).await?;
    let mut calendar = Vec::new();
    for step in &protocol.dispatch {
        let lines = arms(&protocol, step);
        for one in &step.channels {
            for line in &lines {
                let place = (step.key.to_string(), line.arm.to_string(), one.name().to_owned());
                let count = counts.get(&place).cloned().unwrap_or_default();
                calendar.push(CalendarLine {
                    step: step.key.clone(),
                    arm: line.arm.clone(),
                    channel: *one,
                    after_days: line.after_days,
                    waits_for_end: line.waits_for_end,
                    planned: count.planned,
                    withheld: count.withheld,
                    fates: fates.remove(&place).unwrap_or_default(),
                });
            }
        }
    }
    let held_back = telling::held_back(connection, stored).await?;
    Ok(TrialMessages { messages: written(&protocol, site), held_back, calendar, days })
}

/// One message as its recipient sees it; `None`: the protocol has none such.
pub fn message(
    stored: &Stored,
    site: &str,
    step: &str,
    channel: MessageChannel,
    language: Language,
) -> Option<MessageContent> {
    let all = written(&stored.trial.amended(), site);
    let is_it = |one: &TrialMessage| {
        let is_of = match one.content {
            MessageContent::Email { .. } => MessageChannel::Email,
            MessageContent::DigitalPost { .. } => MessageChannel::DigitalPost,
            MessageContent::Letter { .. } => MessageChannel::Letter,
            MessageContent::NemSms { .. } => MessageChannel::NemSms,
        };
        one.step.as_str() == step && is_of == channel && one.language == language
    };
    all.into_iter().find(is_it).map(|one| one.content)
}

/// Every message of a protocol, in its order, by channel and language.
fn written(protocol: &Protocol, site: &str) -> Vec<TrialMessage> {
    // As her own links lead on.
    let addresses = Addresses { site, link: None };
    let mut messages = Vec::new();
    for step in &protocol.dispatch {
        let arms: Vec<Key> = arms(protocol, step).into_iter().map(|line| line.arm).collect();
        for one in &step.channels {
            // A draft may name a message that there is not.
            let Some(message) = Message::of_key(step.message.as_str()) else { continue };
            for language in Language::ALL {
                let recipient = recipient(language);
                let cpr = Some(String::new());
                let seen = content(message, channel(*one), &recipient, cpr, addresses).map(seen);
                messages.extend(seen.map(|content| TrialMessage {
                    step: step.key.clone(),
                    arms: arms.clone(),
                    language,
                    content,
                }));
            }
        }
    }
    messages
}

/// An arm to which a step comes.
struct Line {
    arm: Key,
    after_days: u32,
    waits_for_end: bool,
}

fn arms(protocol: &Protocol, step: &Dispatch) -> Vec<Line> {
    let day = NaiveDate::default();
    let days = |arm: &Key, life| {
        let first = first_day(protocol, life, arm, day, step)?;
        u32::try_from((first - day).num_days()).ok()
    };
    let lines = protocol.arms.iter().filter_map(|arm| {
        let line =
            |after_days, waits_for_end| Line { arm: arm.key.clone(), after_days, waits_for_end };
        let running = days(&arm.key, Life::Running).map(|days| line(days, false));
        running.or_else(|| days(&arm.key, Life::Closed { on: day }).map(|days| line(days, true)))
    });
    lines.collect()
}

fn seen(content: Content) -> MessageContent {
    match content {
        Content::Email { subject, text, html, .. } => MessageContent::Email { subject, text, html },
        Content::DigitalPost { label, letter, .. } => MessageContent::DigitalPost { label, letter },
        Content::Letter { address, letter, .. } => MessageContent::Letter { address, letter },
        Content::NemSms { text, .. } => MessageContent::NemSms { text },
    }
}

/// Somebody who does not exist, who can be reached in every way.
fn recipient(language: Language) -> Known {
    let language = match language {
        Language::Da => "da",
        Language::En => "en",
    };
    let day = NaiveDate::default();
    let person = citizen_facts::Model {
        citizen_id: 0,
        run_id: 0,
        cpr_hash: String::new(),
        first_name: "Asta".to_owned(),
        last_name: "Opdigtet".to_owned(),
        birth_date: day,
        municipality: None,
        fund: None,
        job_centre: None,
        scheme: "dagpenge".to_owned(),
        insurance: None,
        monthly_rate: None,
        rate_level: None,
        provider: None,
        placed_on: None,
        registered_on: None,
        caseworker: None,
        supplementary_weeks_used: None,
        cv_since: None,
        valid_from: day,
        valid_to: FOREVER,
        replaced_by: None,
    };
    let contact = contacts::Model {
        citizen_id: 0,
        run_id: 0,
        email: Some("asta@example.invalid".to_owned()),
        mobile: None,
        language: Some(language.to_owned()),
        digital_post_exempt: Some(false),
        address_protected: Some(false),
        notification: None,
        died_on: None,
        street: Some("Opdigtet Allé 1".to_owned()),
        postal_code: Some("0000".to_owned()),
        city: Some("Ingensteds".to_owned()),
        valid_from: day,
        valid_to: FOREVER,
        replaced_by: None,
    };
    Known { facts: std::collections::BTreeMap::new(), person, contact: Some(contact) }
}
