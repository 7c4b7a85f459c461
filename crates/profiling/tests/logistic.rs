//! The delivered logistic model: its parts add up, its interval is Wald's, and nothing makes it fail.

use jobnet_profiling::answers::{Answer, Answers};
use jobnet_profiling::fact::{Fact, Facts};
use jobnet_profiling::form::{Choice, Question, Takes};
use jobnet_profiling::logistic::Logistic;
use jobnet_profiling::model::{Kind, Model};
use jobnet_profiling::profile::{Factor, NoProfile, Outcome, Share};
use jobnet_profiling::score::Sealed;
use jobnet_profiling::shipped;
use proptest::prelude::*;

fn default_model() -> (&'static Sealed, &'static Logistic) {
    let Some(sealed) = shipped::model(shipped::DEFAULT) else { panic!("there is a default") };
    let Kind::Logistic(logistic) = &sealed.model.kind else { panic!("the default gives a share") };
    (sealed, logistic)
}

fn answers(choices: &[(Question, Choice)]) -> Answers {
    Answers(choices.iter().map(|(question, choice)| (*question, Answer::one(*choice))).collect())
}

fn plain() -> Answers {
    answers(&[
        (Question::Education, Choice::VocationalTraining),
        (Question::Expectation, Choice::Within3Months),
        (Question::Applied, Choice::Applied1),
        (Question::Outlook, Choice::Good),
        (Question::Difficulty, Choice::No),
        (Question::KnownJob, Choice::ExactJob),
    ])
}

const FACTS: Facts = Facts { age: Some(40), months_employed: Some(24), origin: None };

#[test]
fn at_the_reference_of_every_column_the_estimate_is_the_intercept() {
    let (sealed, logistic) = default_model();
    let row = logistic.code(&plain(), &FACTS).unwrap();
    assert!(row[1..].iter().all(|value| *value == 0.0));
    let estimate = logistic.estimate(&row);
    let intercept = logistic.coefficients[0];
    assert!((estimate.expected - 1.0 / (1.0 + (-intercept).exp())).abs() < 1e-12);
    // Wald: the intercept's own standard error.
    let half = 1.959_963_984_540_054 * logistic.covariance[0].sqrt();
    assert!((estimate.low - 1.0 / (1.0 + (half - intercept).exp())).abs() < 1e-12);
    assert!((estimate.high - 1.0 / (1.0 + (-half - intercept).exp())).abs() < 1e-12);
    let profile = sealed.profile(&plain(), &FACTS).unwrap();
    assert_eq!(profile.unused, [Question::KnownJob]);
}

#[test]
fn the_default_does_without_origin_and_cannot_do_without_age() {
    let (sealed, _) = default_model();
    assert!(sealed.can_do_without(Fact::Origin) && !sealed.can_do_without(Fact::Age));
    let nameless = Facts { age: None, ..FACTS };
    let missing = NoProfile::Missing { factors: vec![Factor::Fact(Fact::Age)] };
    assert_eq!(sealed.profile(&plain(), &nameless), Err(missing));
    let young = Facts { age: Some(16), ..FACTS };
    let outside = NoProfile::OutOfRange { factor: Factor::Fact(Fact::Age) };
    assert_eq!(sealed.profile(&plain(), &young), Err(outside));
    let with = shipped::model("logistic-with-origin").unwrap();
    assert!(!with.can_do_without(Fact::Origin));
    assert!(with.profile(&plain(), &FACTS).is_err(), "it is not known where she comes from");
}

#[test]
fn everything_that_is_missing_is_named_at_once() {
    let (sealed, _) = default_model();
    let Err(NoProfile::Missing { factors }) = sealed.profile(&Answers::default(), &FACTS) else {
        panic!("it needs answers")
    };
    assert_eq!(factors.len(), 5);
}

#[test]
fn another_answer_gives_what_she_would_get_with_it() {
    let (sealed, _) = default_model();
    let found = sealed.what_changes(&plain(), &FACTS, Question::Expectation);
    assert_eq!(found.len(), Question::Expectation.choices().len());
    for (choice, outcome) in found {
        let mut other = plain();
        other.0.insert(Question::Expectation, Answer::one(choice));
        assert_eq!(outcome, sealed.profile(&other, &FACTS).map(|profile| profile.outcome));
    }
    assert_eq!(sealed.what_changes(&plain(), &FACTS, Question::Difficulties), []);
}

#[test]
fn a_file_that_does_not_hold_together_is_refused() {
    let file = shipped::FILES[0];
    assert!(Model::read(file).is_ok());
    let mut value: serde_json::Value = serde_json::from_str(file).unwrap();
    let refused = |value: &serde_json::Value| Model::read(&value.to_string()).unwrap_err();
    value["kind"]["coefficients"].as_array_mut().unwrap().pop();
    assert!(refused(&value).to_string().contains("coefficients"));
    let mut value: serde_json::Value = serde_json::from_str(file).unwrap();
    value["kind"]["colour"] = "red".into();
    assert!(refused(&value).to_string().contains("colour"));
    let mut value: serde_json::Value = serde_json::from_str(file).unwrap();
    value["format"] = 2.into();
    assert_eq!(refused(&value), jobnet_profiling::model::ModelError::Format(2));
    let mut value: serde_json::Value = serde_json::from_str(file).unwrap();
    let double = value["kind"]["variables"][0].clone();
    value["kind"]["variables"].as_array_mut().unwrap().push(double);
    assert!(refused(&value).to_string().contains("twice"));
}

#[test]
fn where_several_answers_stand_each_is_added_or_taken_away() {
    let (sealed, _) = default_model();
    let mut file: serde_json::Value = serde_json::from_str(shipped::FILES[0]).unwrap();
    let variables = file["kind"]["variables"].as_array_mut().unwrap();
    let place = variables.iter().position(|v| v["factor"]["answer"] == "applied").unwrap();
    // The column of “applied for none” becomes that of “looks nowhere yet”.
    variables[place] = serde_json::json!({
        "factor": {"answer": "channels"},
        "coding": {"type": "any_of", "columns": ["not_yet"]}
    });
    let model = Model::read(&file.to_string()).unwrap();
    let changed = Sealed::new(model, String::new()).unwrap();
    let mut her = plain();
    let channels = Answer { choices: vec![Choice::JobPortals, Choice::Network], note: None };
    her.0.insert(Question::Channels, channels);
    let now = changed.outcome(&her, &FACTS).unwrap();
    for (choice, outcome) in changed.what_changes(&her, &FACTS, Question::Channels) {
        assert_eq!(outcome.unwrap() == now, choice != Choice::NotYet, "{choice:?}");
    }
    her.0.insert(Question::Channels, Answer::one(Choice::NotYet));
    let found = changed.what_changes(&her, &FACTS, Question::Channels);
    for (choice, outcome) in found {
        // Another answer replaces the one that stands alone.
        assert_eq!(outcome.unwrap() == now, choice != Choice::NotYet, "{choice:?}");
    }
    let only = Answer::one(Choice::Network);
    her.0.insert(Question::Channels, only);
    let found = changed.what_changes(&her, &FACTS, Question::Channels);
    let missing = NoProfile::Missing { factors: vec![Factor::Answer(Question::Channels)] };
    assert!(found.contains(&(Choice::Network, Err(missing))), "nothing is left");
    assert_eq!(sealed.what_changes(&her, &FACTS, Question::Field).len(), 12);
}

/// Any answers that can stand, to any of the questions.
fn any_answers() -> impl Strategy<Value = Answers> {
    let each = Question::ALL.map(|question| {
        let choices = question.choices();
        prop::collection::vec(any::<bool>(), choices.len()).prop_map(move |chosen| {
            let all = choices.iter().zip(chosen).filter(|(_, is_chosen)| *is_chosen);
            let mut some: Vec<Choice> = all.map(|(choice, _)| *choice).collect();
            if question.takes() == Takes::One {
                some.truncate(1);
            }
            let answer = Answer { choices: some, note: None };
            answer.check(question).is_ok().then_some((question, answer))
        })
    });
    each.to_vec().prop_map(|each| Answers(each.into_iter().flatten().collect()))
}

proptest! {
    #[test]
    fn the_parts_add_up_and_the_interval_holds_the_estimate(
        answers in any_answers(),
        age in prop::option::of(any::<u8>()),
        months in prop::option::of(any::<u8>()),
    ) {
        let (sealed, logistic) = default_model();
        let facts = Facts { age, months_employed: months, origin: None };
        if let Ok(profile) = sealed.profile(&answers, &facts) {
            let row = logistic.code(&answers.asked_only(), &facts).unwrap();
            let estimate = logistic.estimate(&row);
            let sum: f64 = logistic.parts(&row).iter().sum();
            prop_assert!((sum - (estimate.log_odds - estimate.base_log_odds)).abs() < 1e-9);
            let Outcome::Share { expected, low, high } = profile.outcome else {
                return Err(TestCaseError::fail("a share"));
            };
            prop_assert!(low <= expected && expected <= high && high <= Share(10_000));
            prop_assert_eq!(profile.effects.len(), logistic.variables.len());
            let sizes = profile.effects.iter().map(|e| e.log_odds_thousandths.unsigned_abs());
            prop_assert!(sizes.rev().is_sorted());
        }
        for other in shipped::models() {
            let _ = other.profile(&answers, &facts);
        }
    }

    /// The variance of a row is its product with the whole covariance, both ways round.
    #[test]
    fn the_interval_is_the_quadratic_form(answers in any_answers(), age in 18u8..=66) {
        let (_, logistic) = default_model();
        let facts = Facts { age: Some(age), ..FACTS };
        if let Ok(row) = logistic.code(&answers.asked_only(), &facts) {
            let at = |a: usize, b: usize| {
                let (a, b) = (a.max(b), a.min(b));
                logistic.covariance[a * (a + 1) / 2 + b]
            };
            let whole: f64 = (0..row.len())
                .flat_map(|a| (0..row.len()).map(move |b| (a, b)))
                .map(|(a, b)| row[a] * at(a, b) * row[b])
                .sum();
            let estimate = logistic.estimate(&row);
            let logit = |p: f64| (p / (1.0 - p)).ln();
            let half = (logit(estimate.high) - logit(estimate.low)) / 2.0;
            prop_assert!((half - 1.959_963_984_540_054 * whole.sqrt()).abs() < 1e-7);
        }
    }
}
