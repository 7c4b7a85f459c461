//! What a recipe makes of people, and what it refuses.

#![allow(clippy::unwrap_used, reason = "a test")]

use jobnet_profiling::answers::Answer;
use jobnet_profiling::fact::Fact;
use jobnet_profiling::form::{Choice, Question};
use jobnet_profiling::logistic::{Logistic, inverse_logit};
use jobnet_profiling::model::{Coding, Kind, Model};
use jobnet_profiling::people::Person;
use jobnet_profiling::profile::{Factor, NoProfile};
use jobnet_profiling::recipe::{Recipe, TrainingError};
use jobnet_profiling::synthetic;
use jobnet_profiling::train::FitError;
use serde_json::{Value, json};

fn recipe(change: impl FnOnce(&mut Value)) -> Recipe {
    let mut recipe = json!({
        "key": "small", "version": "1", "made_on": "2026-11-26", "source": "registers", "folds": 4,
        "variables": [
            {"factor": {"answer": "difficulty"},
             "coding": {"type": "answer", "reference": ["no", "dont_know"], "columns": ["yes"]}},
            {"factor": {"fact": "age"},
             "coding": {"type": "number", "centre": 40, "scale": 10, "least": 18, "most": 66}}
        ],
        "interactions": [[0, 1]]
    });
    change(&mut recipe);
    serde_json::from_value(recipe).unwrap()
}

fn logistic(model: &Model) -> &Logistic {
    let Kind::Logistic(logistic) = &model.kind else { panic!("it is a regression") };
    logistic
}

/// At a maximum, what is expected of any column's people is what came of them.
#[test]
fn of_every_column_as_many_are_expected_as_there_were() {
    let people = synthetic::people(4_000, 5);
    let made = recipe(|_| {}).try_out(&people).unwrap();
    let logistic = logistic(&made.model);
    let mut left = vec![0.0; logistic.coefficients.len()];
    for person in &people {
        let row = logistic.code(&person.answers, &person.facts).unwrap();
        let expected =
            inverse_logit(row.iter().zip(&logistic.coefficients).map(|(x, b)| x * b).sum());
        let residual = f64::from(u8::from(person.came_true)) - expected;
        left.iter_mut().zip(&row).for_each(|(sum, value)| *sum += residual * value);
    }
    // The coefficients are written with six decimals.
    assert!(left.iter().all(|sum| sum.abs() < 1e-3), "{left:?}");
    let data = &made.model.data;
    let events = people.iter().filter(|person| person.came_true).count();
    assert_eq!((data.people, data.events), (Some(4_000), u32::try_from(events).ok()));
    assert_eq!(made.model.evaluation.unwrap().folds, 4);
}

/// Nobody is estimated by a model that she was in: what came of her alone changes nothing of it.
#[test]
fn nobody_is_estimated_by_a_model_made_from_her() {
    let people = synthetic::people(2_000, 5);
    // With the product, those with difficulties tell nothing of the others.
    let recipe = recipe(|recipe| recipe["interactions"] = json!([]));
    let expected = recipe.try_out(&people).unwrap().expected;
    let mut other = people.clone();
    other[7].came_true = !other[7].came_true;
    let found = recipe.try_out(&other).unwrap().expected;
    for (place, (a, b)) in expected.iter().zip(&found).enumerate() {
        assert_eq!(a == b, place % 4 == 7 % 4, "{place}");
    }
}

#[test]
fn the_range_of_a_number_is_that_of_the_people() {
    let mut people = synthetic::people(3_000, 5);
    people.retain(|person| (25..=60).contains(&person.facts.age.unwrap()));
    let ages = || people.iter().filter_map(|person| person.facts.age);
    let model = recipe(|_| {}).make(&people).unwrap();
    let Coding::Number { least, most, .. } = logistic(&model).variables[1].coding else {
        panic!("age is a number")
    };
    assert_eq!((Some(least), Some(most)), (ages().min(), ages().max()));
    let bands = json!({"type": "bands", "columns": [30, 45], "least": 18, "most": 66});
    let banded = recipe(|recipe| recipe["variables"][1]["coding"] = bands);
    // The product would be of a column that is another now.
    let model = Recipe { interactions: Vec::new(), ..banded }.make(&people).unwrap();
    let Coding::Bands { least, most, .. } = logistic(&model).variables[1].coding else {
        panic!("age is in bands")
    };
    assert_eq!((Some(least), Some(most)), (ages().min(), ages().max()));
}

#[test]
fn what_cannot_be_made_is_said() {
    let people = synthetic::people(2_000, 5);
    let of =
        |people: &[Person], change: &dyn Fn(&mut Value)| recipe(change).make(people).unwrap_err();
    assert_eq!(of(&people, &|recipe| recipe["folds"] = 1.into()), TrainingError::Folds(1));
    assert_eq!(of(&[], &|_| {}), TrainingError::Fit(FitError::OneOutcome));

    let mut nameless = people.clone();
    nameless[2].facts.age = None;
    let why = NoProfile::Missing { factors: vec![Factor::Fact(Fact::Age)] };
    assert_eq!(of(&nameless, &|_| {}), TrainingError::Person { person: 3, why });
    let narrow = |recipe: &mut Value| recipe["variables"][1]["coding"]["most"] = 50.into();
    let error = of(&people, &narrow).to_string();
    assert!(error.starts_with("person ") && error.contains("age"), "{error}");

    let mut easy = people.clone();
    for person in &mut easy {
        person.answers.0.insert(Question::Difficulty, Answer::one(Choice::No));
    }
    let error = of(&easy, &|_| {}).to_string();
    assert_eq!(error, "“difficulty: yes” says nothing that other columns do not say");

    let wrong = |recipe: &mut Value| recipe["variables"][1]["factor"] = json!({"fact": "origin"});
    assert!(matches!(of(&people, &wrong), TrainingError::Model(_)));
    let nowhere = |recipe: &mut Value| recipe["interactions"] = json!([[0, 9]]);
    assert!(matches!(of(&people, &nowhere), TrainingError::Model(_)));

    let mut apart = people;
    for person in &mut apart {
        person.came_true = person.facts.age.unwrap() > 40;
    }
    assert_eq!(of(&apart, &|_| {}), TrainingError::Fit(FitError::Separated));
}
