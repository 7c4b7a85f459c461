//! What a model says of her, what moved it, and what it would say had she answered otherwise.

use crate::answers::Answers;
use crate::fact::{Fact, Facts};
use crate::form::{Choice, Question, Takes};
use crate::model::{Kind, Model, ModelError};
use crate::prepared::Prepared;
use crate::profile::{Factor, Made, NoProfile, Outcome, Profile};
use crate::sheet::{Sheet, place};

/// What stands behind a name: a model and the digest of its file.
#[derive(Clone, Debug, PartialEq)]
pub struct Sealed {
    /// The model.
    pub model: Model,
    /// SHA-256 of its file, hexadecimal.
    pub digest: String,
    prepared: Prepared,
    /// The answers that the model uses.
    used: Vec<Question>,
}

impl Sealed {
    /// Checks a model and prepares it. The digest is the SHA-256 of its file, hexadecimal.
    ///
    /// # Errors
    /// What does not hold together.
    pub fn new(model: Model, digest: String) -> Result<Self, ModelError> {
        let prepared = Prepared::new(&model)?;
        let used = model.factors().into_iter().filter_map(|factor| match factor {
            Factor::Answer(question) => Some(question),
            Factor::Fact(_) => None,
        });
        Ok(Self { used: used.collect(), model, digest, prepared })
    }

    /// What the model says of her.
    ///
    /// # Errors
    /// Why it says nothing.
    pub fn profile(&self, answers: &Answers, facts: &Facts) -> Result<Profile, NoProfile> {
        self.profile_of(&Sheet::new(answers, facts))
    }

    /// What the model says of somebody whose answers are coded already.
    ///
    /// # Errors
    /// Why it says nothing.
    pub fn profile_of(&self, sheet: &Sheet) -> Result<Profile, NoProfile> {
        let told = self.prepared.tell(sheet)?;
        Ok(Profile {
            model: self.model.key.clone(),
            version: self.model.version.clone(),
            digest: self.digest.clone(),
            made: Some(Made::from(&self.model)),
            outcome: told.outcome,
            base_rate: told.base_rate,
            effects: told.effects,
            unused: sheet.answered().filter(|question| !self.used.contains(question)).collect(),
        })
    }

    /// What it would say for each answer to a question, everything else being as it is. Where she
    /// may choose several: with the answer if she has not chosen it, and without it if she has.
    /// Nothing for a question that she is not asked.
    pub fn what_changes(
        &self,
        answers: &Answers,
        facts: &Facts,
        question: Question,
    ) -> Vec<(Choice, Result<Outcome, NoProfile>)> {
        let sheet = Sheet::new(answers, facts);
        if !sheet.asks(question) {
            return Vec::new();
        }
        let bit = |choice: &Choice| place(question, *choice).map_or(0, |place| 1 << place);
        let alone = question.choices().iter().filter(|choice| choice.stands_alone());
        let alone: u16 = alone.map(bit).sum();
        let now = sheet.answers(question);
        let with = |choice: &Choice| match (question.takes(), bit(choice)) {
            (Takes::Many, own) if own & alone == 0 => (now & !alone) ^ own,
            (_, own) => own,
        };
        let outcome = |choice| self.prepared.outcome(&sheet.answering(question, with(choice)));
        question.choices().iter().map(|choice| (*choice, outcome(choice))).collect()
    }

    /// What the model says of her, and nothing else.
    ///
    /// # Errors
    /// Why it says nothing.
    pub fn outcome(&self, answers: &Answers, facts: &Facts) -> Result<Outcome, NoProfile> {
        self.prepared.outcome(&Sheet::new(answers, facts))
    }

    /// Whether the model says something without a fact.
    pub fn can_do_without(&self, fact: Fact) -> bool {
        let is_used = self.model.factors().contains(&Factor::Fact(fact));
        // A tree has a class for an origin that is not known.
        !is_used || (fact == Fact::Origin && matches!(self.model.kind, Kind::Tree { .. }))
    }
}
