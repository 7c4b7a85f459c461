//! The reconstructed tree against its statement in words, for every combination.

use jobnet_profiling::answers::{Answer, Answers};
use jobnet_profiling::fact::{Fact, Facts, Origin};
use jobnet_profiling::form::{Choice, Question};
use jobnet_profiling::model::Model;
use jobnet_profiling::profile::{Direction, Factor, Group, NoProfile, Outcome};
use jobnet_profiling::shipped;
use sha2::{Digest, Sha256};

/// The statement: expectation; else origin; else age from 56; else fewer than 3 months of 36.
fn stated(expectation: Choice, origin: Origin, age: u8, months: u8) -> Group {
    use Choice::*;
    use Origin::*;
    match expectation {
        HasJob | Within1Month | Within3Months => Group::Low,
        Over6Months | MaternitySoon | RetiresSoon => Group::High,
        _ => match origin {
            WesternImmigrant | WesternDescendant | NonWesternDescendant => Group::High,
            Danish | NonWesternImmigrant | Unknown if age >= 56 => Group::High,
            _ if months < 3 => Group::High,
            _ => Group::Low,
        },
    }
}

fn answered(expectation: Choice) -> Answers {
    let mut answers = Answers::default();
    answers.0.insert(Question::Expectation, Answer::one(expectation));
    answers.0.insert(Question::Outlook, Answer::one(Choice::Poor));
    answers
}

#[test]
fn every_file_is_read_and_the_default_is_one_of_them() {
    assert_eq!(shipped::models().len(), shipped::FILES.len());
    assert!(shipped::model(shipped::DEFAULT).is_some());
}

#[test]
fn the_tree_is_the_published_one_for_every_combination() {
    let tree = shipped::model("tree-reconstruction").unwrap();
    let origins = [
        Some(Origin::Danish),
        Some(Origin::WesternImmigrant),
        Some(Origin::WesternDescendant),
        Some(Origin::NonWesternImmigrant),
        Some(Origin::NonWesternDescendant),
        Some(Origin::Unknown),
        None,
    ];
    for expectation in Question::Expectation.choices() {
        for origin in origins {
            for age in [18, 55, 56, 57, 70] {
                for months in [0, 2, 3, 36] {
                    let facts = Facts { age: Some(age), months_employed: Some(months), origin };
                    let profile = tree.profile(&answered(*expectation), &facts).unwrap();
                    let group =
                        stated(*expectation, origin.unwrap_or(Origin::Unknown), age, months);
                    let said = (expectation, origin, age, months);
                    assert_eq!(profile.outcome, Outcome::Group { group }, "{said:?}");
                    assert_eq!(profile.base_rate, None);
                    assert_eq!(profile.unused, [Question::Outlook]);
                }
            }
        }
    }
}

#[test]
fn nine_of_the_ten_answers_are_unused() {
    let tree = shipped::model("tree-reconstruction").unwrap();
    assert_eq!(
        tree.model.factors(),
        [
            Factor::Answer(Question::Expectation),
            Factor::Fact(Fact::Age),
            Factor::Fact(Fact::MonthsEmployed),
            Factor::Fact(Fact::Origin),
        ]
    );
}

#[test]
fn what_moved_it_is_what_would_have_led_elsewhere() {
    let tree = shipped::model("tree-reconstruction").unwrap();
    let effect = |expectation, facts: Facts| {
        let profile = tree.profile(&answered(expectation), &facts).unwrap();
        profile.effects.iter().map(|e| (e.factor, e.direction)).collect::<Vec<_>>()
    };
    let young = Facts { age: Some(30), months_employed: Some(20), origin: None };
    // A job in sight: nothing else was looked at.
    assert_eq!(
        effect(Choice::HasJob, young),
        [
            (Factor::Answer(Question::Expectation), Direction::Lowers),
            (Factor::Fact(Fact::Age), Direction::Nothing),
            (Factor::Fact(Fact::MonthsEmployed), Direction::Nothing),
            (Factor::Fact(Fact::Origin), Direction::Nothing),
        ]
    );
    // 60 years old: fewer months would not have changed it.
    let old = Facts { age: Some(60), ..young };
    let raised: Vec<_> = effect(Choice::Within6Months, old)
        .into_iter()
        .filter(|(_, direction)| *direction == Direction::Raises)
        .map(|(factor, _)| factor)
        .collect();
    assert_eq!(raised, [Factor::Answer(Question::Expectation), Factor::Fact(Fact::Age)]);
}

#[test]
fn without_what_it_needs_it_says_nothing() {
    let tree = shipped::model("tree-reconstruction").unwrap();
    let facts = Facts { age: None, months_employed: Some(3), origin: None };
    let missing = |factor| Err(NoProfile::Missing { factors: vec![factor] });
    let none = tree.profile(&Answers::default(), &facts);
    assert_eq!(none, missing(Factor::Answer(Question::Expectation)));
    let no_age = tree.profile(&answered(Choice::DontKnow), &facts);
    assert_eq!(no_age, missing(Factor::Fact(Fact::Age)));
    assert!(tree.profile(&answered(Choice::HasJob), &facts).is_ok(), "age is not looked at");
    assert!(tree.can_do_without(Fact::Origin) && !tree.can_do_without(Fact::Age));
}

#[test]
fn a_tree_that_leads_nowhere_or_to_two_places_is_refused() {
    let refused = |from: &str, to: &str| {
        let file = include_str!("../models/tree-reconstruction.json");
        let compact = serde_json::from_str::<serde_json::Value>(file).unwrap().to_string();
        assert!(compact.contains(from), "{from} in {compact}");
        Model::read(&compact.replace(from, to)).unwrap_err().to_string()
    };
    let nowhere = refused(r#""dont_know""#, r#""has_job""#);
    assert_eq!(nowhere, "not every answer to “expectation” leads to one place");
    let several = refused(r#""question":"expectation""#, r#""question":"channels""#);
    assert_eq!(several, "not everyone gives one answer to “channels”");
    let unasked = refused(r#""question":"expectation""#, r#""question":"field""#);
    assert_eq!(unasked, "not everyone gives one answer to “field”");
    let class = refused(r#""danish","#, "");
    assert_eq!(class, "not every class of origin leads to one place");
    let below = refused(r#""from":56"#, r#""from":0"#);
    assert_eq!(below, "nothing lies below 0 of “age”");
    let number = refused(r#""fact":"age""#, r#""fact":"origin""#);
    assert_eq!(number, "origin is no number");
}

#[test]
fn the_digest_is_that_of_the_file() {
    let tree = shipped::model("tree-reconstruction").unwrap();
    let file = include_bytes!("../models/tree-reconstruction.json");
    assert_eq!(tree.digest, hex::encode(Sha256::digest(file)));
}
