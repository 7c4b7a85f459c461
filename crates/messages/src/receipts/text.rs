//! The texts of the receipt of a form, each named by group and number as in an agency's text system.

use serde::{Deserialize, Serialize};

use super::ReceiptTexts;

/// A text of the receipt of a form. Whoever chooses one, an arm of a trial too, names its id: its group
/// and its number in it, as `3.2`. In Jobnet's text system receipts are group 3
/// (`JobnetEnrollmentReceipt`); the numbers in it are ours, since those of Jobnet are not public.
///
/// The words are those that stored receipts and registered protocols have from before texts had ids.
#[derive(
    Clone, Copy, Debug, Default, PartialEq, Eq, Hash, PartialOrd, Ord, Serialize, Deserialize,
)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
pub enum ReceiptText {
    /// What was received, and nothing more.
    #[default]
    #[serde(rename = "3.1", alias = "plain")]
    Plain,
    /// What she can do before the talk.
    #[serde(rename = "3.2", alias = "next_steps")]
    NextSteps,
    /// What the talk is for.
    #[serde(rename = "3.3", alias = "encouraging")]
    Encouraging,
}

/// What a text says after the first sentence, which all have.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct More {
    /// A paragraph.
    pub words: &'static str,
    /// What she can do, one by one: her deadlines, her hours, the rules.
    pub steps: Option<[&'static str; 3]>,
}

impl ReceiptText {
    /// All of them.
    pub const ALL: [Self; 3] = [Self::Plain, Self::NextSteps, Self::Encouraging];

    /// Its id.
    pub const fn id(self) -> &'static str {
        match self {
            Self::Plain => "3.1",
            Self::NextSteps => "3.2",
            Self::Encouraging => "3.3",
        }
    }

    /// The text of an id, or of a word from before.
    pub fn named(name: &str) -> Option<Self> {
        Some(match name {
            "3.1" | "plain" => Self::Plain,
            "3.2" | "next_steps" => Self::NextSteps,
            "3.3" | "encouraging" => Self::Encouraging,
            _ => return None,
        })
    }
}

impl ReceiptTexts {
    /// What a text says after the first sentence; `None`: nothing.
    pub const fn more(&self, text: ReceiptText) -> Option<More> {
        match text {
            ReceiptText::Plain => None,
            ReceiptText::NextSteps => Some(More {
                words: self.next_steps,
                steps: Some([self.step_rights, self.step_hours, self.step_rules]),
            }),
            ReceiptText::Encouraging => Some(More { words: self.encouraging, steps: None }),
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::Language;
    use crate::receipts::texts;

    /// On the wire, in a protocol and in the ledger a text is its id, and the id is of group 3.
    #[test]
    fn a_text_is_named_by_group_and_number_and_found_by_its_old_word() {
        let ids = ReceiptText::ALL.map(ReceiptText::id);
        assert_eq!(ids, ["3.1", "3.2", "3.3"]);
        let before = ["plain", "next_steps", "encouraging"];
        for (text, word) in ReceiptText::ALL.into_iter().zip(before) {
            assert_eq!(serde_json::to_value(text).unwrap(), text.id());
            for name in [text.id(), word] {
                assert_eq!(ReceiptText::named(name), Some(text), "{name}");
                let read: ReceiptText = serde_json::from_value(name.into()).unwrap();
                assert_eq!(read, text, "{name}");
            }
        }
        for none in ["", "3", "3.0", "3.4", "4.1", "Plain"] {
            assert_eq!(ReceiptText::named(none), None, "{none}");
            serde_json::from_value::<ReceiptText>(none.into()).unwrap_err();
        }
    }

    #[test]
    fn each_id_has_words_of_its_own_in_each_language() {
        for language in Language::ALL {
            let said = ReceiptText::ALL.map(|text| texts(language).more(text));
            assert_eq!(said[0], None);
            let words = said.map(|more| more.map_or("", |more| more.words));
            assert!(!words[1].is_empty() && !words[2].is_empty() && words[1] != words[2]);
        }
    }
}
