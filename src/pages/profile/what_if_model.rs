//! What the model would say had she answered otherwise. It shows what the model looks at, not what
//! would happen.

use jobnet_api::profiling::answers::{Answer, Answers};
use jobnet_api::profiling::fact::Facts;
use jobnet_api::profiling::form::{Choice, Question, Takes};
use jobnet_api::profiling::model::Model;
use jobnet_api::profiling::profile::{Factor, NoProfile, Outcome};
use jobnet_api::profiling::score::Sealed;

use crate::i18n::{Language, fill};

use super::result_model::{no_profile, of_hundred, short};

/// The questions she can try other answers to: those that the model looks at and that take one.
pub(super) fn questions(model: &Model, answers: &Answers) -> Vec<Question> {
    let used = model.factors();
    let is_tried = |question: &Question| {
        question.takes() == Takes::One
            && answers.asks(*question)
            && used.contains(&Factor::Answer(*question))
    };
    Question::ALL.into_iter().filter(is_tried).collect()
}

/// Her answers with one of them changed.
pub(super) fn with(answers: &Answers, question: Question, choice: Option<Choice>) -> Answers {
    let mut changed = answers.clone();
    match choice {
        Some(choice) => changed.0.insert(question, Answer::one(choice)),
        None => changed.0.remove(&question),
    };
    changed
}

/// What the model would say.
///
/// # Errors
/// Why it would say nothing.
pub(super) fn outcome(
    model: &Sealed,
    answers: &Answers,
    facts: &Facts,
) -> Result<Outcome, NoProfile> {
    model.outcome(&answers.asked_only(), facts)
}

/// The same in words, beside what it says now.
pub(super) fn told(
    now: &Result<Outcome, NoProfile>,
    then: &Result<Outcome, NoProfile>,
    language: Language,
) -> String {
    let t = language.profile().what_if;
    match (now, then) {
        (_, Err(why)) => no_profile(why, language).swap_remove(0),
        (Ok(now), Ok(then)) if now == then => t.same.to_owned(),
        (
            Ok(Outcome::Share { expected: now, .. }),
            Ok(Outcome::Share { expected: then, low, high }),
        ) => {
            let (low, high) = super::result_model::bounds(*low, *high);
            fill(
                t.share,
                &[
                    ("then", &of_hundred(*then).to_string()),
                    ("now", &of_hundred(*now).to_string()),
                    ("low", &low.to_string()),
                    ("high", &high.to_string()),
                ],
            )
        }
        (_, Ok(then)) => fill(t.other, &[("outcome", &short(*then, language))]),
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use jobnet_api::profiling::profile::{Group, Share};
    use jobnet_api::profiling::shipped;

    const DA: Language = Language::Danish;

    fn share(expected: u16) -> Result<Outcome, NoProfile> {
        Ok(Outcome::Share {
            expected: Share(expected),
            low: Share(expected - 200),
            high: Share(expected + 300),
        })
    }

    #[test]
    fn another_answer_leads_where_the_model_says() {
        let tree = shipped::model("tree-reconstruction").unwrap();
        let answers = with(&Answers::default(), Question::Expectation, Some(Choice::Over6Months));
        assert_eq!(questions(&tree.model, &answers), [Question::Expectation]);
        let facts = Facts { age: Some(30), months_employed: Some(20), origin: None };
        let now = outcome(tree, &answers, &facts);
        assert_eq!(now, Ok(Outcome::Group { group: Group::High }));
        let sooner = with(&answers, Question::Expectation, Some(Choice::Within3Months));
        let then = outcome(tree, &sooner, &facts);
        assert_eq!(then, Ok(Outcome::Group { group: Group::Low }));
        assert!(told(&now, &then, DA).contains(DA.profile().result.group_low));
        let nothing = with(&answers, Question::Expectation, None);
        assert!(outcome(tree, &nothing, &facts).is_err());
    }

    #[test]
    fn two_shares_are_told_beside_each_other_with_the_interval() {
        let said = told(&share(2_200), &share(3_100), DA);
        for number in ["22", "31", "29", "34"] {
            assert!(said.contains(number), "{number} in {said}");
        }
        assert_eq!(told(&share(2_200), &share(2_200), DA), DA.profile().what_if.same);
    }
}
