//! Her answers and facts by number: 32 bytes, in which a model that was prepared looks nothing up by
//! name. Whoever looks at many people codes each of them once.

use crate::answers::Answers;
use crate::fact::{Facts, Origin};
use crate::form::{Choice, Question};

/// More answers than any question has.
pub(crate) const PLACES: usize = 16;
const QUESTIONS: usize = Question::ALL.len();

/// Of each answer but “don't know”: its question and its place among the question's answers.
const HOMES: [(u8, u8); Choice::DontKnow as usize] = homes();
/// Of each question: the one that decides whether it is asked, and the answers that ask for it.
const ASKED_AFTER: [Option<(usize, u16)>; QUESTIONS] = asked_after();

const fn homes() -> [(u8, u8); Choice::DontKnow as usize] {
    let mut homes = [(u8::MAX, 0); Choice::DontKnow as usize];
    let mut question = 0;
    while question < QUESTIONS {
        let choices = Question::ALL[question].choices();
        assert!(choices.len() <= PLACES && Question::ALL[question] as usize == question);
        let mut place = 0;
        while place + 1 < choices.len() {
            homes[choices[place] as usize] = (question as u8, place as u8);
            place += 1;
        }
        question += 1;
    }
    homes
}

const fn asked_after() -> [Option<(usize, u16)>; QUESTIONS] {
    let mut all = [None; QUESTIONS];
    let mut question = 0;
    while question < QUESTIONS {
        if let Some((before, choices)) = Question::ALL[question].asked_after() {
            let mut mask = 0;
            let mut at = 0;
            while at < choices.len() {
                mask |= 1 << HOMES[choices[at] as usize].1;
                at += 1;
            }
            all[question] = Some((before as usize, mask));
        }
        question += 1;
    }
    all
}

/// The place of an answer among those of a question; `None`: it is not one of them.
pub(crate) fn place(question: Question, choice: Choice) -> Option<usize> {
    match HOMES.get(choice as usize) {
        Some((home, place)) => (*home == question as u8).then_some(usize::from(*place)),
        None => Some(question.choices().len() - 1),
    }
}

/// Her answers, a bit for each by its place, and her facts.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Sheet {
    answers: [u16; QUESTIONS],
    facts: Facts,
}

impl Sheet {
    /// Codes her answers and facts. What is no answer to its question is left out.
    pub fn new(answers: &Answers, facts: &Facts) -> Self {
        let mut sheet = Self { answers: [0; QUESTIONS], facts: *facts };
        for (question, answer) in &answers.0 {
            let bits = answer.choices.iter().filter_map(|choice| place(*question, *choice));
            sheet.answers[*question as usize] = bits.fold(0, |mask, place| mask | 1 << place);
        }
        sheet
    }

    /// Whether she is asked a question.
    pub(crate) fn asks(&self, question: Question) -> bool {
        ASKED_AFTER[question as usize]
            .is_none_or(|(before, choices)| self.answers[before] & choices != 0)
    }

    /// Her answers to a question, a bit for each; 0: none.
    pub(crate) fn answers(&self, question: Question) -> u16 {
        self.answers[question as usize]
    }

    /// The place of her answer to a question that takes one; `None`: nothing, or several.
    pub(crate) fn one(&self, question: Question) -> Option<usize> {
        let mask = self.answers(question);
        mask.is_power_of_two().then_some(mask.trailing_zeros() as usize)
    }

    /// The questions she is asked and has answered.
    pub(crate) fn answered(&self) -> impl Iterator<Item = Question> {
        Question::ALL.into_iter().filter(|asked| self.answers(*asked) != 0 && self.asks(*asked))
    }

    pub(crate) const fn facts(&self) -> &Facts {
        &self.facts
    }

    /// The class of her origin; that nothing is known of it is one, too.
    pub(crate) fn origin(&self) -> Origin {
        self.facts.origin.unwrap_or(Origin::Unknown)
    }

    /// The same with other answers to a question.
    pub(crate) fn answering(mut self, question: Question, answers: u16) -> Self {
        self.answers[question as usize] = answers;
        self
    }

    /// The same with other facts.
    pub(crate) fn knowing(self, facts: Facts) -> Self {
        Self { facts, ..self }
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::answers::Answer;

    #[test]
    fn every_answer_has_its_place_in_its_own_question_only() {
        for question in Question::ALL {
            for (at, choice) in question.choices().iter().enumerate() {
                assert_eq!(place(question, *choice), Some(at));
                for other in Question::ALL.into_iter().filter(|other| *other != question) {
                    let there = other.choices().iter().position(|known| known == choice);
                    assert_eq!(place(other, *choice), there, "{other:?} {choice:?}");
                }
            }
        }
    }

    #[test]
    fn a_sheet_says_what_the_answers_say() {
        let mut answers = Answers::default();
        answers.0.insert(Question::Difficulty, Answer::one(Choice::Yes));
        let several = vec![Choice::Finances, Choice::ItSkills];
        answers.0.insert(Question::Difficulties, Answer { choices: several, note: None });
        answers.0.insert(Question::Field, Answer::one(Choice::Teaching));
        answers.0.insert(Question::Applied, Answer::one(Choice::Master));
        let sheet = Sheet::new(&answers, &Facts::default());
        assert_eq!(sheet.one(Question::Difficulty), Some(0));
        assert_eq!(sheet.one(Question::Difficulties), None);
        assert_eq!(sheet.answers(Question::Difficulties), 0b100_1000);
        assert_eq!(sheet.answers(Question::Applied), 0);
        let answered: Vec<_> = sheet.answered().collect();
        assert_eq!(answered, [Question::Difficulty, Question::Difficulties]);
        for question in Question::ALL {
            assert_eq!(sheet.asks(question), answers.asks(question), "{question:?}");
        }
    }
}
