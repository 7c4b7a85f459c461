//! The card says what the model's file and the form say, neither more nor less.

#![allow(clippy::unwrap_used, reason = "a test")]

use std::collections::BTreeSet;

use jobnet_profiling::card::{Card, ErrorKind, Limit, card};
use jobnet_profiling::fact::Fact;
use jobnet_profiling::form::Question;
use jobnet_profiling::profile::{Factor, Share};
use jobnet_profiling::shipped;
use serde_json::Value;

fn cards() -> Vec<Card> {
    let (all, comparisons) = (shipped::models(), shipped::comparisons());
    all.iter().map(|sealed| card(sealed, all, comparisons)).collect()
}

fn of(key: &str) -> Card {
    cards().into_iter().find(|card| card.key == key).unwrap()
}

/// The words of a file at `question`, `fact` and `answer`, and whether a tree asks for origin: read
/// from its text, without any of our types.
fn words(value: &Value, found: &mut BTreeSet<String>) {
    match value {
        Value::Object(fields) => {
            for (name, value) in fields {
                if let ("question" | "answer" | "fact", Value::String(word)) =
                    (name.as_str(), value)
                {
                    found.insert(word.clone());
                }
                words(value, found);
            }
            if fields.get("type") == Some(&"origin".into()) {
                found.insert("origin".to_owned());
            }
        }
        Value::Array(list) => list.iter().for_each(|value| words(value, found)),
        _ => {}
    }
}

#[test]
fn the_card_the_form_and_the_file_name_the_same_variables() {
    for (file, card) in shipped::FILES.iter().zip(cards()) {
        let file: Value = serde_json::from_str(file).unwrap();
        assert_eq!(file["key"], *card.key);
        let mut in_file = BTreeSet::new();
        words(&file["kind"], &mut in_file);
        let word = |factor: &Factor| match factor {
            Factor::Answer(question) => question.to_string(),
            Factor::Fact(fact) => fact.to_string(),
        };
        let on_card: BTreeSet<String> = card.uses.iter().map(|one| word(&one.factor)).collect();
        assert_eq!(on_card, in_file, "{}", card.key);
        let unused = card.unused_questions.iter().map(ToString::to_string);
        let unused: BTreeSet<String> =
            unused.chain(card.unused_facts.iter().map(ToString::to_string)).collect();
        assert!(unused.is_disjoint(&on_card), "{}", card.key);
        let form = Question::ALL.iter().map(ToString::to_string);
        let all: BTreeSet<String> = form.chain(Fact::ALL.iter().map(ToString::to_string)).collect();
        assert_eq!(&unused | &on_card, all, "{}", card.key);
    }
}

#[test]
fn the_tree_uses_one_of_ten_answers_and_gives_no_share() {
    let tree = of("tree-reconstruction");
    assert_eq!((tree.questions_used, tree.questions), (1, 10));
    assert_eq!(tree.unused_questions.len(), 11);
    assert_eq!(tree.base_rate, None);
    assert!(tree.uses.iter().all(|one| one.reach.is_none() && one.range.is_none()));
    assert_eq!(
        tree.limits,
        [
            Limit::Reconstruction {},
            Limit::GroupOnly {},
            Limit::OwnExpectation { factors: vec![Factor::Answer(Question::Expectation)] },
            Limit::UsesOrigin {},
            Limit::NotTriedOut {},
        ]
    );
}

#[test]
fn what_can_move_a_result_most_comes_first() {
    let card = of("logistic");
    let file: Value = serde_json::from_str(shipped::FILES[0]).unwrap();
    let coefficients: Vec<f64> = file["kind"]["coefficients"]
        .as_array()
        .unwrap()
        .iter()
        .map(|v| v.as_f64().unwrap())
        .collect();
    // Expectation is the first variable: seven columns and a base.
    let columns = &coefficients[1..8];
    let highest = columns.iter().copied().fold(0.0, f64::max);
    let lowest = columns.iter().copied().fold(0.0, f64::min);
    let expectation = card.uses[0];
    assert_eq!(expectation.factor, Factor::Answer(Question::Expectation));
    assert!((expectation.reach.unwrap() - (highest - lowest)).abs() < 1e-12);
    let reaches: Vec<f64> = card.uses.iter().map(|one| one.reach.unwrap()).collect();
    assert!(reaches.iter().rev().is_sorted());
    let age = card.uses.iter().find(|one| one.factor == Factor::Fact(Fact::Age)).unwrap();
    let age_in_file = file["kind"]["variables"].as_array().unwrap().iter();
    let mut age_in_file = age_in_file.filter(|one| one["factor"]["fact"] == "age");
    let coding = age_in_file.next().unwrap()["coding"].clone();
    let range = age.range.unwrap();
    assert_eq!([coding["least"].clone(), coding["most"].clone()], range.map(Value::from));
    let both = [Factor::Answer(Question::Expectation), Factor::Fact(Fact::Age)];
    assert_eq!(card.together, [both]);
    let rate = file["kind"]["base_rate"].as_f64().unwrap();
    assert_eq!(card.base_rate, Some(Share((rate * 10_000.0).round() as u16)));
}

#[test]
fn what_origin_adds_is_on_both_cards_and_the_same() {
    let (with, without) = (of("logistic-with-origin"), of("logistic"));
    let adds = without.origin.clone().unwrap();
    assert_eq!(with.origin, without.origin);
    assert_eq!((adds.with.as_str(), adds.without.as_str()), ("logistic-with-origin", "logistic"));
    assert_eq!(of("tree-reconstruction").origin, None);
    // Beside each other, once seen from either side.
    let seen = |card: &Card, other: &str| {
        card.beside.iter().find(|one| one.second.key == other).unwrap().clone()
    };
    let (a, b) = (seen(&with, "logistic"), seen(&without, "logistic-with-origin"));
    let (of_a, of_b) = (a.auc.unwrap(), b.auc.unwrap());
    assert_eq!((of_a.estimate, of_a.low, of_a.high), (-of_b.estimate, -of_b.high, -of_b.low));
    assert_eq!(adds.auc, Some(of_a));
    assert_eq!(a.flagged[0].differ, b.flagged[0].differ);
    assert_eq!(a.flagged[0].groups[0].first, b.flagged[0].groups[0].second);
    for card in cards() {
        assert_eq!(card.beside.len(), shipped::models().len() - 1);
        let digest = &shipped::model(&card.key).unwrap().digest;
        assert!(card.beside.iter().all(|one| one.first.digest == *digest));
    }
}

#[test]
fn whoever_is_served_worse_is_named() {
    for card in cards() {
        let evaluation = &shipped::model(&card.key).unwrap().model.evaluation;
        let Some(evaluation) = evaluation else { continue };
        assert!(card.limits.contains(&Limit::MadeUp {}), "{}", card.key);
        let groups = &evaluation.groups;
        for limit in &card.limits {
            match limit {
                Limit::Uneven { by, error, least, most } => {
                    let error_of = |name: &String| {
                        let of = groups.iter().find(|one| &one.by == by && &one.group == name);
                        let of = of.unwrap();
                        match error {
                            ErrorKind::FalsePositive => of.false_positive.unwrap(),
                            ErrorKind::FalseNegative => of.false_negative.unwrap(),
                        }
                    };
                    assert!(error_of(least).high < error_of(most).low);
                }
                Limit::FewPeople { by, group } => {
                    let of = groups.iter().find(|one| &one.by == by && &one.group == group);
                    assert!(of.unwrap().events < 100);
                }
                _ => {}
            }
        }
        // The false alarms of the old against those of the young: the model uses age.
        let by_age = card.limits.iter().any(|limit| {
            matches!(limit, Limit::Uneven { by, error: ErrorKind::FalsePositive, .. } if by == "age")
        });
        assert!(by_age, "{:?}", card.limits);
    }
}

#[test]
fn a_card_can_be_sent() {
    for card in cards() {
        let text = serde_json::to_string(&card).unwrap();
        let read: Card = serde_json::from_str(&text).unwrap();
        assert_eq!((read.key, read.uses.len()), (card.key, card.uses.len()));
    }
}
