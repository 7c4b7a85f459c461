//! The steps of the form: which there are, where they lead, what is done. Ten numbered questions,
//! two of which go on when an answer asks for it, then the facts, then the whole to look through.

use jobnet_api::profiling::answers::{Answer, Answers};
use jobnet_api::profiling::form::{Choice, Question, Takes};

use crate::i18n::Language;

/// How many questions have a number.
pub(super) const QUESTIONS: usize = 10;
/// How many steps the guide shows.
pub(super) const STEPS: usize = QUESTIONS + 2;

/// A page of the form.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Step {
    /// A question.
    Question(Question),
    /// What the registers tell.
    Facts,
    /// Everything, before it is sent.
    Review,
}

/// A line of the guide.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(super) struct GuideStep {
    pub(super) number: usize,
    pub(super) name: &'static str,
    /// `None`: nothing has to be done there.
    pub(super) is_done: Option<bool>,
}

/// The question that a question goes on from, or itself.
fn beginning(question: Question) -> Question {
    question.asked_after().map_or(question, |(before, _)| before)
}

/// The questions that have a number, in order.
fn numbered() -> impl Iterator<Item = Question> {
    Question::ALL.into_iter().filter(|question| question.asked_after().is_none())
}

impl Step {
    /// Its number in the guide. A question that goes on has that of its beginning: the address must
    /// not tell what she has answered.
    pub(super) fn number(self) -> usize {
        match self {
            Self::Question(question) => {
                1 + numbered().position(|known| known == beginning(question)).unwrap_or_default()
            }
            Self::Facts => QUESTIONS + 1,
            Self::Review => QUESTIONS + 2,
        }
    }

    /// The step of a number.
    pub(super) fn of(number: usize) -> Option<Self> {
        match number {
            0 => None,
            _ if number == QUESTIONS + 1 => Some(Self::Facts),
            _ if number == QUESTIONS + 2 => Some(Self::Review),
            _ => numbered().nth(number - 1).map(Self::Question),
        }
    }

    /// Its address.
    pub(super) fn address(self) -> String {
        address(self.number())
    }

    /// The steps of whoever has answered so.
    fn all(answers: &Answers) -> impl Iterator<Item = Self> {
        answers.asked().into_iter().map(Self::Question).chain([Self::Facts, Self::Review])
    }

    /// The step after it; the last one is its own.
    pub(super) fn next(self, answers: &Answers) -> Self {
        let mut rest = Self::all(answers).skip_while(|step| *step != self);
        rest.nth(1).unwrap_or(Self::Review)
    }

    /// The step before it.
    pub(super) fn previous(self, answers: &Answers) -> Option<Self> {
        Self::all(answers).take_while(|step| *step != self).last()
    }

    /// Its name in the guide.
    pub(super) fn name(self, language: Language) -> &'static str {
        match self {
            Self::Question(question) => language.question(beginning(question)).name,
            Self::Facts => language.profile().facts.name,
            Self::Review => language.profile().review.name,
        }
    }
}

/// The address of the step of a number.
pub(super) fn address(number: usize) -> String {
    format!("?trin={number}")
}

/// Where she goes on: the first question without an answer, else the facts.
pub(super) fn open_step(answers: &Answers) -> Step {
    answers.missing().first().map_or(Step::Facts, |question| Step::Question(*question))
}

/// Whether a numbered question and what it goes on with are answered.
fn is_done(answers: &Answers, beginning: Question) -> bool {
    !answers.missing().into_iter().any(|missing| self::beginning(missing) == beginning)
}

/// How many of the numbered questions are answered.
pub(super) fn done(answers: &Answers) -> usize {
    numbered().filter(|question| is_done(answers, *question)).count()
}

/// The guide.
pub(super) fn guide(answers: &Answers, language: Language) -> Vec<GuideStep> {
    let steps = (1..=STEPS).filter_map(Step::of);
    let line = |step: Step| GuideStep {
        number: step.number(),
        name: step.name(language),
        is_done: match step {
            Step::Question(question) => Some(is_done(answers, question)),
            Step::Facts | Step::Review => None,
        },
    };
    steps.map(line).collect()
}

/// Her answer after she has chosen, or with several let go of, one of the choices; `None`: nothing
/// is left.
pub(super) fn chosen(
    question: Question,
    before: Option<&Answer>,
    choice: Choice,
) -> Option<Answer> {
    let note = before.and_then(|answer| answer.note.clone());
    let mut choices = before.map(|answer| answer.choices.clone()).unwrap_or_default();
    match question.takes() {
        Takes::One => choices = vec![choice],
        Takes::Many if choices.contains(&choice) => choices.retain(|other| *other != choice),
        Takes::Many => {
            choices.retain(|other| !other.stands_alone() && !choice.stands_alone());
            choices.push(choice);
            // In the order of the question.
            let known = question.choices().iter().filter(|known| choices.contains(known));
            choices = known.copied().collect();
        }
    }
    let note = note.filter(|_| choices.contains(&Choice::OtherDifficulty));
    (!choices.is_empty()).then_some(Answer { choices, note })
}

/// An answer in words.
pub(super) fn said(answer: &Answer, language: Language) -> String {
    jobnet_messages::form::said(language.of_messages(), answer)
}

#[cfg(test)]
mod tests {
    use super::*;
    use Choice::*;

    fn answers(given: &[(Question, Choice)]) -> Answers {
        let answer = |(question, choice): &(Question, Choice)| (*question, Answer::one(*choice));
        Answers(given.iter().map(answer).collect())
    }

    #[test]
    fn there_are_ten_numbers_and_every_step_is_found_by_its_own() {
        assert_eq!(numbered().count(), QUESTIONS);
        for number in 1..=STEPS {
            assert_eq!(Step::of(number).map(Step::number), Some(number));
        }
        assert_eq!((Step::of(0), Step::of(STEPS + 1)), (None, None));
    }

    #[test]
    fn an_address_does_not_tell_an_answer() {
        for (follow_up, first) in
            [(Question::Field, Question::Education), (Question::Difficulties, Question::Difficulty)]
        {
            assert_eq!(Step::Question(follow_up).address(), Step::Question(first).address());
        }
    }

    #[test]
    fn the_way_there_is_the_way_back() {
        for given in [
            answers(&[]),
            answers(&[(Question::Education, Master), (Question::Difficulty, Yes)]),
            answers(&[(Question::Education, PrimarySchool), (Question::Difficulty, No)]),
        ] {
            let mut step = Step::Question(Question::Education);
            assert_eq!(step.previous(&given), None);
            let mut seen = 1;
            while step != Step::Review {
                let next = step.next(&given);
                assert_eq!(next.previous(&given), Some(step));
                (step, seen) = (next, seen + 1);
            }
            assert_eq!(seen, given.asked().len() + 2);
            assert_eq!(Step::Review.next(&given), Step::Review);
        }
    }

    #[test]
    fn a_question_is_done_when_what_it_goes_on_with_is_too() {
        let mut given = answers(&[(Question::Education, Master)]);
        assert_eq!(done(&given), 0);
        assert_eq!(open_step(&given), Step::Question(Question::Field));
        given.0.insert(Question::Field, Answer::one(OtherField));
        assert_eq!(done(&given), 1);
        assert_eq!(open_step(&given), Step::Question(Question::Expectation));
        let lines = guide(&given, Language::Danish);
        let states: Vec<_> = lines.iter().map(|line| line.is_done).collect();
        assert_eq!((states.len(), states[0], states[1]), (STEPS, Some(true), Some(false)));
        assert_eq!(states[10..], [None, None]);
        let all = Question::ALL.map(|question| (question, DontKnow));
        assert_eq!(open_step(&answers(&all)), Step::Facts);
        assert_eq!(done(&answers(&all)), QUESTIONS);
    }

    #[test]
    fn what_is_chosen_can_stand() {
        let many = Question::Channels;
        let mut answer = None;
        for (choice, expected) in [
            (Network, vec![Network]),
            (JobPortals, vec![JobPortals, Network]),
            (DontKnow, vec![DontKnow]),
            (SocialMedia, vec![SocialMedia]),
            (NotYet, vec![NotYet]),
            (NotYet, vec![]),
        ] {
            answer = chosen(many, answer.as_ref(), choice);
            let now = answer.as_ref().map(|answer: &Answer| answer.choices.clone());
            assert_eq!(now.unwrap_or_default(), expected);
            assert!(answer.as_ref().is_none_or(|answer| answer.check(many).is_ok()));
        }
        let one = chosen(Question::Applied, Some(&Answer::one(Applied0)), Applied1);
        assert_eq!(one, Some(Answer::one(Applied1)));
    }

    #[test]
    fn her_own_words_go_with_what_they_belong_to() {
        let before = Answer { choices: vec![OtherDifficulty], note: Some("tid".to_owned()) };
        let more = chosen(Question::Difficulties, Some(&before), Finances).unwrap();
        assert_eq!(more.note.as_deref(), Some("tid"));
        assert_eq!(said(&more, Language::Danish), "Min økonomi; Noget andet; “tid”");
        let less = chosen(Question::Difficulties, Some(&more), OtherDifficulty).unwrap();
        assert_eq!((less.note.clone(), less.check(Question::Difficulties)), (None, Ok(())));
    }
}
