//! What is measured of a model, and of whom it says nothing.

#![allow(clippy::unwrap_used, reason = "a test")]

use jobnet_profiling::fact::Fact;
use jobnet_profiling::form::{Choice, Question};
use jobnet_profiling::measured::{Measured, Nothing, measure};
use jobnet_profiling::people::Person;
use jobnet_profiling::{shipped, synthetic};

fn measured(key: &str, people: &[Person]) -> Measured {
    measure(&shipped::model(key).unwrap().model, people).unwrap()
}

/// The tree as the facts write it, by hand: whom it flags, or that it cannot say.
fn is_high(person: &Person) -> Option<bool> {
    use jobnet_profiling::fact::Origin::*;
    match person.answers.one(Question::Expectation)? {
        Choice::HasJob | Choice::Within1Month | Choice::Within3Months => Some(false),
        Choice::Over6Months | Choice::MaternitySoon | Choice::RetiresSoon => Some(true),
        _ => match person.facts.origin.unwrap_or(Unknown) {
            WesternImmigrant | WesternDescendant | NonWesternDescendant => Some(true),
            Danish | NonWesternImmigrant | Unknown => {
                Some(person.facts.age? >= 56 || person.facts.months_employed? < 3)
            }
        },
    }
}

#[test]
fn a_tree_is_measured_by_whom_it_flags() {
    let mut people = synthetic::people(6_000, 9);
    // Of some the tree needs a fact that nobody knows, of others it does not.
    people.iter_mut().step_by(7).for_each(|person| person.facts.age = None);
    let found = measured("tree-reconstruction", &people);
    let told: Vec<(bool, &Person)> =
        people.iter().filter_map(|person| Some((is_high(person)?, person))).collect();
    let nothing = people.len() - told.len();
    assert!(nothing > 50 && nothing < people.len() / 7, "{nothing}");
    let why = "the model needs the fact “age”".to_owned();
    assert_eq!(found.says_nothing, [Nothing { why, people: nothing as u32 }]);
    assert_eq!((found.people as usize, &found.evaluation), (people.len(), &None));

    let flagging = found.flagging.unwrap();
    assert_eq!(flagging.people as usize, told.len());
    let share = |of: &dyn Fn(bool, &Person) -> bool, part: &dyn Fn(bool, &Person) -> bool| {
        let all: Vec<_> = told.iter().filter(|(high, person)| of(*high, person)).collect();
        let hit = all.iter().filter(|(high, person)| part(*high, person)).count();
        hit as f64 / all.len() as f64
    };
    let is = |interval: Option<jobnet_profiling::evaluate::Interval>, share: f64| {
        let interval = interval.unwrap();
        assert!((interval.estimate - share).abs() < 1e-6, "{interval:?}, not {share}");
    };
    let rates = flagging.rates;
    is(rates.sensitivity, share(&|_, one| one.came_true, &|high, _| high));
    is(rates.specificity, share(&|_, one| !one.came_true, &|high, _| !high));
    is(rates.positive_predictive_value, share(&|high, _| high, &|_, one| one.came_true));
    for group in &flagging.groups {
        let is_in = |one: &Person| one.groups[&group.by] == group.group;
        let hit = share(&|high, one| high && is_in(one), &|_, one| one.came_true);
        is(group.rates.positive_predictive_value, hit);
    }
    assert_eq!(flagging.groups.len(), 9, "{:?}", flagging.groups);
}

#[test]
fn of_whom_a_model_says_nothing_is_counted_with_the_reason() {
    let all = synthetic::people(4_000, 9);
    let mut people = all.clone();
    people[3].facts.age = None;
    people[5].facts.age = None;
    people[8].facts.age = Some(99);
    people[13].answers.0.remove(&Question::Expectation);
    let found = measured("logistic", &people);
    let said: Vec<(&str, u32)> =
        found.says_nothing.iter().map(|one| (one.why.as_str(), one.people)).collect();
    assert_eq!(
        said,
        [
            ("the model needs the fact “age”", 2),
            ("the fact “age” lies outside of what the model was made from", 1),
            ("the model needs the question “expectation”", 1),
        ]
    );
    let rest: Vec<Person> = (0..all.len())
        .filter(|place| ![3, 5, 8, 13].contains(place))
        .map(|place| all[place].clone())
        .collect();
    let of_rest = measured("logistic", &rest);
    assert_eq!(found.evaluation, of_rest.evaluation);
    assert!(of_rest.says_nothing.is_empty() && of_rest.flagging.is_none());

    for person in &mut people {
        person.facts = person.facts.without(&[Fact::Age].into());
    }
    let model = &shipped::model("logistic").unwrap().model;
    let error = measure(model, &people).unwrap_err().to_string();
    assert!(error.starts_with("of 0 people it says something, of 4000 nothing:"), "{error}");
}
