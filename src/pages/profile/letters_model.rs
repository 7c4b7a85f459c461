//! Her letters: which are not read, and which have the words she looks for. Pure.

use std::collections::BTreeSet;

use jobnet_api::letters::{Letter, LetterKind};
use jobnet_api::messages::letter::Block;
use jobnet_api::outbox::MessageChannel;

use crate::i18n::profile_parts::LetterTexts;

/// What a letter is called in the list.
pub(super) fn title<'a>(letter: &'a Letter, t: &'a LetterTexts) -> &'a str {
    match letter.kind {
        LetterKind::ProfileReceipt { .. } => t.profile,
        LetterKind::HoursReport {} => t.hours,
        LetterKind::Message { .. } => &letter.text.title,
    }
}

/// How it came.
pub(super) const fn way(letter: &Letter, t: &LetterTexts) -> &'static str {
    match letter.kind {
        LetterKind::ProfileReceipt { .. } | LetterKind::HoursReport {} => t.receipt,
        LetterKind::Message { channel } => match channel {
            MessageChannel::Email => t.email,
            MessageChannel::DigitalPost => t.digital_post,
            MessageChannel::Letter => t.letter,
            MessageChannel::NemSms => t.sms,
        },
    }
}

/// Whether she has never opened it; `now` has those that she has opened on this page.
pub(super) fn is_unread(letter: &Letter, now: &BTreeSet<String>) -> bool {
    letter.read_at.is_none() && !now.contains(&letter.id)
}

/// Whether every word she looks for stands in it, in its title, text, sender or channel.
pub(super) fn matches(letter: &Letter, looked_for: &str, t: &LetterTexts) -> bool {
    let mut all = [title(letter, t), way(letter, t), &letter.sender, &letter.text.title].join("\n");
    for block in &letter.text.body {
        all.push('\n');
        match block {
            Block::Heading { text } | Block::Paragraph { text } | Block::Link { text, .. } => {
                all.push_str(text);
            }
            Block::List { items } | Block::Steps { items } => all.push_str(&items.join("\n")),
            Block::Facts { rows } => {
                for row in rows {
                    all.extend([row.name.as_str(), " ", row.value.as_str(), "\n"]);
                }
            }
        }
    }
    let all = all.to_lowercase();
    looked_for.to_lowercase().split_whitespace().all(|word| all.contains(word))
}

#[cfg(test)]
mod tests {
    use jobnet_api::messages::letter::Letter as Text;
    use jobnet_api::messages::message::Message;
    use jobnet_api::messages::{Language as Written, receipts};

    use super::*;
    use crate::i18n::Language;

    fn letter(id: &str, kind: LetterKind, text: Text) -> Letter {
        Letter {
            id: id.to_owned(),
            sent_at: chrono::DateTime::from_timestamp(1_795_000_000, 0).unwrap(),
            read_at: None,
            sender: "Min ledighed".to_owned(),
            kind,
            language: Written::Da,
            text,
        }
    }

    fn post() -> Letter {
        let text = Message::HealthLetter.letter(Written::Da, "");
        letter("a", LetterKind::Message { channel: MessageChannel::DigitalPost }, text)
    }

    #[test]
    fn every_word_is_looked_for_in_title_text_and_channel() {
        let t = Language::Danish.profile().letters;
        let post = post();
        for found in ["", " ", "PENSION", "pension digital", "min ledighed", &post.text.title] {
            assert!(matches(&post, found, t), "{found}");
        }
        for missing in ["pension xyz", "e-mail", "tjekliste"] {
            assert!(!matches(&post, missing, t), "{missing}");
        }
        let stamp = receipts::Stamp {
            number: "AAAA",
            date: chrono::NaiveDate::from_ymd_opt(2026, 11, 2).unwrap(),
            minutes: 600,
        };
        let sent = receipts::SentHours { month: stamp.date, hours: Some(3700), note: "Kanalen" };
        let text = receipts::of_hours(Written::Da, stamp, sent);
        let receipt = letter("b", LetterKind::HoursReport {}, text);
        for found in ["kanalen", "november", "kvittering timer"] {
            assert!(matches(&receipt, found, t), "{found}");
        }
    }

    #[test]
    fn what_was_opened_once_is_read() {
        let (mut post, mut now) = (post(), BTreeSet::new());
        assert!(is_unread(&post, &now));
        now.insert("a".to_owned());
        assert!(!is_unread(&post, &now));
        now.clear();
        post.read_at = Some(post.sent_at);
        assert!(!is_unread(&post, &now));
    }
}
