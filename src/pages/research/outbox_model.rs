//! The outbox in rows: how many of each channel are in each state. Pure.

use jobnet_api::outbox::{MessageChannel, MessageState, Outbox, Reason, Trouble, TroubledMessage};

use crate::i18n::{Language, fill};

/// The columns, in their order.
pub(super) const CHANNELS: [MessageChannel; 4] = [
    MessageChannel::DigitalPost,
    MessageChannel::Email,
    MessageChannel::Letter,
    MessageChannel::NemSms,
];

/// The rows, in their order: as a message lives, and at the end what needs someone.
const STATES: [MessageState; 8] = [
    MessageState::Waiting,
    MessageState::Claimed,
    MessageState::HandingOver,
    MessageState::Sent,
    MessageState::Withdrawn,
    MessageState::Dead,
    MessageState::InDoubt,
    MessageState::Unknown,
];

/// What a channel is called.
pub(super) const fn channel(channel: MessageChannel, language: Language) -> &'static str {
    let t = language.post();
    match channel {
        MessageChannel::Email => t.email,
        MessageChannel::DigitalPost => t.digital_post,
        MessageChannel::Letter => t.letter,
        MessageChannel::NemSms => t.sms,
    }
}

/// What a state is called.
pub(super) const fn state(state: MessageState, language: Language) -> &'static str {
    let t = language.outbox();
    match state {
        MessageState::Waiting => t.waiting,
        MessageState::Claimed => t.claimed,
        MessageState::HandingOver => t.handing_over,
        MessageState::InDoubt => t.in_doubt,
        MessageState::Sent => t.sent,
        MessageState::Withdrawn => t.withdrawn,
        MessageState::Dead => t.dead,
        MessageState::Unknown => t.unknown,
    }
}

/// Every state with its number in each channel; those in none too, for nobody has to wonder.
pub(super) fn counted(outbox: &Outbox) -> [(MessageState, [u32; 4]); 8] {
    STATES.map(|state| {
        let of = |channel| {
            let is_it = |count: &&jobnet_api::outbox::MessageCount| {
                count.state == state && count.channel == channel
            };
            outbox.counts.iter().filter(is_it).map(|count| count.messages).sum()
        };
        (state, CHANNELS.map(of))
    })
}

/// Why a message is where it is.
pub(super) fn reason(reason: Option<&Reason>, language: Language) -> String {
    let t = language.outbox();
    let Some(Reason { trouble, detail }) = reason else { return t.no_reason.to_owned() };
    let text = match trouble {
        Trouble::WrongChannel => t.trouble_wrong_channel,
        Trouble::BadAddress => t.trouble_bad_address,
        Trouble::NotMade => t.trouble_not_made,
        Trouble::Refused => t.trouble_refused,
        Trouble::PutOff => t.trouble_put_off,
        Trouble::Unreachable => t.trouble_unreachable,
        Trouble::NoAnswer => t.trouble_no_answer,
        Trouble::Folder => t.trouble_folder,
        Trouble::Overtaken => t.trouble_overtaken,
        Trouble::NotDelivered => t.trouble_not_delivered,
        Trouble::NobodyKnows => t.trouble_nobody_knows,
        Trouble::Log => t.trouble_log,
        Trouble::Other => t.trouble_other,
    };
    match detail {
        None => text.to_owned(),
        Some(detail) => fill(t.reason_detail, &[("reason", text), ("detail", detail.as_str())]),
    }
}

/// Where a message comes from.
pub(super) fn origin(message: &TroubledMessage) -> String {
    format!("{}, {}", message.trial, message.step)
}

#[cfg(test)]
mod tests {
    use jobnet_api::outbox::MessageCount;

    use super::*;

    #[test]
    fn every_message_is_in_one_cell_and_no_two_states_share_a_name() {
        let count = |channel, state, messages| MessageCount { channel, state, messages };
        let outbox = Outbox {
            counts: vec![
                count(MessageChannel::Email, MessageState::Sent, 7),
                count(MessageChannel::Letter, MessageState::Dead, 2),
                count(MessageChannel::NemSms, MessageState::Unknown, 1),
            ],
            troubled: Vec::new(),
        };
        let rows = counted(&outbox);
        let all: u32 = rows.iter().flat_map(|(_, numbers)| numbers).sum();
        assert_eq!(all, 10);
        assert_eq!(rows[3], (MessageState::Sent, [0, 7, 0, 0]));
        for language in Language::ALL {
            let mut names: Vec<_> = STATES.map(|one| state(one, language)).to_vec();
            names.sort_unstable();
            names.dedup();
            assert_eq!(names.len(), STATES.len());
        }
    }

    #[test]
    fn every_trouble_has_a_sentence_of_its_own_in_each_language() {
        let said = |trouble: Trouble, language| reason(Some(&trouble.into()), language);
        for language in Language::ALL {
            let mut all: Vec<_> = Trouble::ALL.map(|trouble| said(trouble, language)).to_vec();
            assert!(all.iter().all(|text| !text.contains('_')), "{all:?}");
            all.sort_unstable();
            all.dedup();
            assert_eq!(all.len(), Trouble::ALL.len());
        }
        assert!(
            Trouble::ALL
                .iter()
                .all(|one| said(*one, Language::Danish) != said(*one, Language::English))
        );
        let with = Trouble::Refused.with(550);
        let text = "Den, der skulle bringe beskeden, sagde nej (550)";
        assert_eq!(reason(Some(&with), Language::Danish), text);
        assert_eq!(reason(None, Language::English), "No reason");
    }
}
