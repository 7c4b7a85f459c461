//! Her answers: what may be answered, which questions she is asked, what is still missing.

use std::collections::BTreeMap;

use serde::{Deserialize, Serialize};
use thiserror::Error;

use crate::form::{Choice, Question, Takes};

/// The longest text of her own, in characters.
pub const MAX_NOTE_CHARS: usize = 300;

/// An answer.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema), schema(as = FormAnswer))]
#[serde(deny_unknown_fields)]
pub struct Answer {
    /// What she chose, in the order of the question's answers.
    pub choices: Vec<Choice>,
    /// Her own words, with [`Choice::OtherDifficulty`] only.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    #[cfg_attr(feature = "openapi", schema(max_length = 300))]
    pub note: Option<String>,
}

/// An answer that cannot stand.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Error)]
pub enum AnswerError {
    /// Nothing is chosen.
    #[error("nothing is chosen")]
    Empty,
    /// The question has no such answer.
    #[error("the question has no answer {0:?}")]
    NotAChoice(Choice),
    /// An answer stands twice, or in another order than the question's.
    #[error("the answer {0:?} stands twice or out of order")]
    Disordered(Choice),
    /// More than one answer where one is asked for, or beside one that stands alone.
    #[error("the answer {0:?} stands alone")]
    NotAlone(Choice),
    /// A text that nothing asks for.
    #[error("a text of her own goes with “other” only")]
    NoNote,
    /// A text that is too long.
    #[error("a text of her own is at most {MAX_NOTE_CHARS} characters long")]
    LongNote,
}

impl Answer {
    /// One answer without a text.
    pub fn one(choice: Choice) -> Self {
        Self { choices: vec![choice], note: None }
    }

    /// Whether it can be the answer to a question.
    ///
    /// # Errors
    /// Why it cannot.
    pub fn check(&self, question: Question) -> Result<(), AnswerError> {
        let first = *self.choices.first().ok_or(AnswerError::Empty)?;
        let place = |choice| question.choices().iter().position(|known| *known == choice);
        let mut last = None;
        for choice in &self.choices {
            let here = place(*choice).ok_or(AnswerError::NotAChoice(*choice))?;
            if last.is_some_and(|last| here <= last) {
                return Err(AnswerError::Disordered(*choice));
            }
            last = Some(here);
        }
        if self.choices.len() > 1 {
            if question.takes() == Takes::One {
                return Err(AnswerError::NotAlone(first));
            }
            if let Some(alone) = self.choices.iter().find(|choice| choice.stands_alone()) {
                return Err(AnswerError::NotAlone(*alone));
            }
        }
        match &self.note {
            Some(_) if !self.choices.contains(&Choice::OtherDifficulty) => Err(AnswerError::NoNote),
            Some(note) if note.chars().count() > MAX_NOTE_CHARS => Err(AnswerError::LongNote),
            _ => Ok(()),
        }
    }
}

/// Her answers so far.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema), schema(as = FormAnswers))]
#[serde(transparent)]
pub struct Answers(pub BTreeMap<Question, Answer>);

impl Answers {
    /// What she answered to a question that takes one answer; `None`: nothing, or several.
    pub fn one(&self, question: Question) -> Option<Choice> {
        match self.0.get(&question)?.choices.as_slice() {
            [choice] => Some(*choice),
            _ => None,
        }
    }

    /// Whether she has chosen an answer.
    pub fn has(&self, question: Question, choice: Choice) -> bool {
        self.0.get(&question).is_some_and(|answer| answer.choices.contains(&choice))
    }

    /// Whether she is asked a question.
    pub fn asks(&self, question: Question) -> bool {
        question
            .asked_after()
            .is_none_or(|(before, choices)| choices.iter().any(|choice| self.has(before, *choice)))
    }

    /// The questions she is asked, in their order.
    pub fn asked(&self) -> Vec<Question> {
        Question::ALL.into_iter().filter(|question| self.asks(*question)).collect()
    }

    /// The questions she is asked and has not answered.
    pub fn missing(&self) -> Vec<Question> {
        self.asked().into_iter().filter(|question| !self.0.contains_key(question)).collect()
    }

    /// The same without answers to questions she is no longer asked.
    pub fn asked_only(&self) -> Self {
        let asked = self.0.iter().filter(|(question, _)| self.asks(**question));
        Self(asked.map(|(question, answer)| (*question, answer.clone())).collect())
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn an_answer_stands_only_where_it_is_one() {
        use Choice::*;
        let check = |question, choices: &[Choice], note: Option<&str>| {
            Answer { choices: choices.to_vec(), note: note.map(str::to_owned) }.check(question)
        };
        assert_eq!(check(Question::Applied, &[Applied1], None), Ok(()));
        assert_eq!(check(Question::Applied, &[], None), Err(AnswerError::Empty));
        assert_eq!(check(Question::Applied, &[Master], None), Err(AnswerError::NotAChoice(Master)));
        let two = check(Question::Applied, &[Applied0, Applied1], None);
        assert_eq!(two, Err(AnswerError::NotAlone(Applied0)));
        assert_eq!(check(Question::Channels, &[JobPortals, Network], None), Ok(()));
        let twice = check(Question::Channels, &[Network, Network], None);
        assert_eq!(twice, Err(AnswerError::Disordered(Network)));
        let alone = check(Question::Channels, &[Network, NotYet], None);
        assert_eq!(alone, Err(AnswerError::NotAlone(NotYet)));
        assert_eq!(check(Question::Difficulties, &[OtherDifficulty], Some("tid")), Ok(()));
        let no_note = check(Question::Difficulties, &[Finances], Some("tid"));
        assert_eq!(no_note, Err(AnswerError::NoNote));
        let long = "x".repeat(MAX_NOTE_CHARS + 1);
        let long = check(Question::Difficulties, &[OtherDifficulty], Some(&long));
        assert_eq!(long, Err(AnswerError::LongNote));
    }

    #[test]
    fn a_question_that_goes_on_is_asked_after_its_answer_only() {
        let mut answers = Answers::default();
        assert_eq!(answers.asked().len(), 10);
        assert_eq!(answers.missing().len(), 10);
        answers.0.insert(Question::Difficulty, Answer::one(Choice::Yes));
        answers.0.insert(Question::Difficulties, Answer::one(Choice::Finances));
        assert!(answers.asks(Question::Difficulties));
        answers.0.insert(Question::Difficulty, Answer::one(Choice::No));
        assert!(!answers.asked_only().0.contains_key(&Question::Difficulties));
        assert_eq!(answers.missing().len(), 9);
    }

    #[test]
    fn every_question_has_its_number_of_answers_and_ends_in_dont_know() {
        let counts = [10, 11, 7, 7, 5, 4, 4, 4, 6, 6, 2, 9];
        for (question, count) in Question::ALL.into_iter().zip(counts) {
            let choices = question.choices();
            assert_eq!(choices.len(), count + 1, "{question:?}");
            assert_eq!(choices.last(), Some(&Choice::DontKnow), "{question:?}");
        }
    }
}
