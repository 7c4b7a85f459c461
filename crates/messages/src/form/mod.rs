//! The preparation form in words: its questions, its answers and the facts of registers.
//!
//! It must not know who answers, nor what a model says.

mod da;
mod en;

use jobnet_profiling::answers::Answer;
use jobnet_profiling::fact::Fact;
use jobnet_profiling::form::{Choice, Question};

use crate::{Language, fill, receipts};

/// A question in words.
#[derive(Clone, Copy, Debug)]
pub struct QuestionTexts {
    /// In a list.
    pub name: &'static str,
    /// Asked.
    pub title: &'static str,
    /// What helps to answer; may be empty.
    pub hint: &'static str,
}

/// A fact of a register in words.
#[derive(Clone, Copy, Debug)]
pub struct FactTexts {
    /// What it is.
    pub name: &'static str,
    /// What it says: `{value}`.
    pub says: &'static str,
    /// The same for one.
    pub says_one: &'static str,
    /// Where it comes from.
    pub source: &'static str,
    /// Why it is used.
    pub why: &'static str,
}

/// A question.
pub const fn question(language: Language, question: Question) -> QuestionTexts {
    match language {
        Language::Da => da::question(question),
        Language::En => en::question(question),
    }
}

/// An answer.
pub const fn choice(language: Language, choice: Choice) -> &'static str {
    match language {
        Language::Da => da::choice(choice),
        Language::En => en::choice(choice),
    }
}

/// A fact of a register.
pub const fn fact(language: Language, fact: Fact) -> FactTexts {
    match language {
        Language::Da => da::fact(fact),
        Language::En => en::fact(fact),
    }
}

/// What was answered, with her own words if there are some.
pub fn said(language: Language, answer: &Answer) -> String {
    let words = answer.choices.iter().map(|one| choice(language, *one).to_owned());
    let note = answer.note.as_ref().filter(|note| !note.trim().is_empty());
    words.chain(note.map(|note| format!("“{note}”"))).collect::<Vec<_>>().join("; ")
}

/// What a register says of her; `None`: it does not tell.
pub fn fact_said(language: Language, about: Fact, value: Option<u8>) -> String {
    let texts = fact(language, about);
    match value {
        Some(value) => {
            let says = if value == 1 { texts.says_one } else { texts.says };
            fill(says, &[("value", &value.to_string())])
        }
        None => receipts::texts(language).unknown.to_owned(),
    }
}
