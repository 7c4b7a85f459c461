//! The delivered logistic models, and files that are none.

#![allow(clippy::unwrap_used, reason = "a test")]

use jobnet_profiling::answers::{Answer, Answers};
use jobnet_profiling::fact::{Fact, Facts};
use jobnet_profiling::form::{Choice, Question};
use jobnet_profiling::logistic::Logistic;
use jobnet_profiling::model::{Kind, Model};
use jobnet_profiling::profile::{Factor, NoProfile};
use jobnet_profiling::score::Sealed;
use jobnet_profiling::shipped;
use serde_json::{Value, json};

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

/// What a change of the file is refused for; its last step is where the change goes.
fn refused(at: &str, change: impl Fn(&mut Value)) -> String {
    let mut value: Value = serde_json::from_str(shipped::FILES[0]).unwrap();
    change(value.pointer_mut(at).unwrap());
    Model::read(&value.to_string()).unwrap_err().to_string()
}

#[test]
fn a_file_that_does_not_hold_together_is_refused_for_that() {
    assert!(Model::read(shipped::FILES[0]).is_ok());
    let set = |at: &str, to: Value| refused(at, |value| *value = to.clone());
    let pop = |at: &str| {
        refused(at, |value| {
            value.as_array_mut().unwrap().pop();
        })
    };
    let add = |at: &str, more: Value| {
        refused(at, |value| match value {
            Value::Array(list) => list.push(more.clone()),
            other => other["more"] = more.clone(),
        })
    };
    let twice = |at: &str| {
        refused(at, |value| {
            let list = value.as_array_mut().unwrap();
            list.push(list[0].clone());
        })
    };
    let cases = [
        (set("/format", 1.into()), "format 1"),
        (set("/key", "Model".into()), "small letters"),
        (set("/version", "".into()), "version"),
        (set("/made_on", "yesterday".into()), "cannot be read"),
        (set("/data/events", 39_999.into()), "base rate is not that of its data"),
        (set("/data/events", 40_001.into()), "more people than there were"),
        (add("/kind", 1.into()), "unknown field `more`"),
        (add("/data", 1.into()), "unknown field `more`"),
        (add("/kind/variables/0", 1.into()), "unknown field `more`"),
        (add("/evaluation", 1.into()), "unknown field `more`"),
        (pop("/kind/coefficients"), "coefficients"),
        (pop("/kind/means"), "means"),
        (pop("/kind/covariance"), "triangle"),
        (set("/kind/coefficients/0", 1e9.into()), "larger than"),
        (set("/kind/means/0", 0.5.into()), "mean of the intercept"),
        (set("/kind/covariance/0", (-0.1).into()), "negative variance"),
        (set("/kind/covariance/1", 5.into()), "negative variance"),
        (set("/kind/base_rate", 0.into()), "base rate"),
        (twice("/kind/variables"), "enters twice"),
        (twice("/kind/interactions"), "stands twice"),
        (set("/kind/interactions/0", json!([0, 99])), "not there"),
        (set("/kind/interactions/0", json!([0, 1])), "one variable"),
        (set("/kind/variables/0/factor", json!({"answer": "channels"})), "no one answer"),
        (set("/kind/variables/0/factor", json!({"fact": "age"})), "does not go with it"),
        (add("/kind/variables/0/coding/columns", "master".into()), "not those of the question"),
        (twice("/kind/variables/0/coding/columns"), "not those of the question"),
        (set("/evaluation/auc/low", 0.99.into()), "outside of its interval"),
        (set("/evaluation/brier/high", 7.into()), "a measured share is none"),
        (set("/evaluation/group_cut_off", 7.into()), "a share is none"),
        (pop("/evaluation/groups/0/cut_offs"), "other cut-offs"),
        (pop("/evaluation/tenths"), "the tenths are not all"),
        (set("/evaluation/events", 50_000.into()), "more people than there were"),
    ];
    for (said, expected) in cases {
        assert!(said.contains(expected), "{said}, not {expected}");
    }
    let said = refused("/kind/variables/0/factor", |value| *value = json!({"answer": "channels"}));
    assert_eq!(said, "the question “channels”: several answers are no one answer");
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
