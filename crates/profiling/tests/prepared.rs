//! A prepared model against its definition, written down again without any preparation: any model,
//! any answers, any facts.

#![allow(clippy::unwrap_used, reason = "a test")]

mod support;

use jobnet_profiling::answers::{Answer, Answers};
use jobnet_profiling::fact::{Fact, Facts, Origin};
use jobnet_profiling::form::Question;
use jobnet_profiling::logistic::Logistic;
use jobnet_profiling::model::{Coding, Kind, Model, Variable};
use jobnet_profiling::profile::{Direction, Factor, Group, NoProfile, Outcome};
use jobnet_profiling::score::Sealed;
use jobnet_profiling::tree::Node;
use proptest::prelude::*;
use support::Draw;

/// Why a variable has no columns.
#[derive(Clone, Copy, PartialEq)]
enum Why {
    Missing,
    OutOfRange,
}

fn columns(variable: &Variable, answers: &Answers, facts: &Facts) -> Result<Vec<f64>, Why> {
    let flags = |is: Vec<bool>| is.into_iter().map(|is| if is { 1.0 } else { 0.0 }).collect();
    let within = |fact: Fact, least: u8, most: u8| {
        let value = facts.number(fact).ok_or(Why::Missing)?;
        if (least..=most).contains(&value) { Ok(value) } else { Err(Why::OutOfRange) }
    };
    match (&variable.coding, variable.factor) {
        (Coding::Answer { reference, columns }, Factor::Answer(question)) => {
            if !answers.asks(question) {
                return Ok(vec![0.0; columns.len()]);
            }
            let hers = answers.one(question).ok_or(Why::Missing)?;
            if !reference.contains(&hers) && !columns.contains(&hers) {
                return Err(Why::OutOfRange);
            }
            Ok(flags(columns.iter().map(|column| *column == hers).collect()))
        }
        (Coding::AnyOf { columns }, Factor::Answer(question)) => {
            if !answers.asks(question) {
                return Ok(vec![0.0; columns.len()]);
            }
            let hers = answers.0.get(&question).ok_or(Why::Missing)?;
            Ok(flags(columns.iter().map(|column| hers.choices.contains(column)).collect()))
        }
        (Coding::Number { centre, scale, least, most }, Factor::Fact(fact)) => {
            let value = within(fact, *least, *most)?;
            Ok(vec![(f64::from(value) - f64::from(*centre)) / f64::from(*scale)])
        }
        (Coding::Bands { columns, least, most }, Factor::Fact(fact)) => {
            let value = within(fact, *least, *most)?;
            let ends = columns[1..].iter().copied().chain([u8::MAX]);
            let bands = columns.iter().zip(ends);
            Ok(flags(bands.map(|(from, to)| (*from..to).contains(&value)).collect()))
        }
        (Coding::Origin { reference, columns }, _) => {
            let hers = facts.origin.filter(|origin| *origin != Origin::Unknown);
            let hers = hers.ok_or(Why::Missing)?;
            if hers != *reference && !columns.contains(&hers) {
                return Err(Why::OutOfRange);
            }
            Ok(flags(columns.iter().map(|column| *column == hers).collect()))
        }
        _ => panic!("the model was checked"),
    }
}

/// What the definition says: log odds, their variance, and the part of each variable.
fn defined(
    logistic: &Logistic,
    answers: &Answers,
    facts: &Facts,
) -> Result<(f64, f64, Vec<f64>), NoProfile> {
    let each: Vec<_> =
        logistic.variables.iter().map(|variable| columns(variable, answers, facts)).collect();
    let factors_with = |why: Why| {
        let of = each.iter().zip(&logistic.variables);
        of.filter(|(one, _)| one.as_ref().err() == Some(&why)).map(|(_, v)| v.factor).collect()
    };
    let out_of_range: Vec<Factor> = factors_with(Why::OutOfRange);
    if let Some(factor) = out_of_range.first() {
        return Err(NoProfile::OutOfRange { factor: *factor });
    }
    let missing: Vec<Factor> = factors_with(Why::Missing);
    if !missing.is_empty() {
        return Err(NoProfile::Missing { factors: missing });
    }
    let mut row = vec![1.0];
    let mut owners = vec![Vec::new()];
    for (number, one) in each.iter().flatten().enumerate() {
        row.extend(one);
        owners.extend(vec![vec![number]; one.len()]);
    }
    for [a, b] in &logistic.interactions {
        row.push(row[a + 1] * row[b + 1]);
        owners.push([owners[a + 1].clone(), owners[b + 1].clone()].concat());
    }
    let covariance = |a: usize, b: usize| {
        let (a, b) = (a.max(b), a.min(b));
        logistic.covariance[a * (a + 1) / 2 + b]
    };
    let (mut log_odds, mut variance) = (0.0, 0.0);
    let mut parts = vec![0.0; logistic.variables.len()];
    for a in 0..row.len() {
        log_odds += logistic.coefficients[a] * row[a];
        let against_base = logistic.coefficients[a] * (row[a] - logistic.means[a]);
        for owner in &owners[a] {
            parts[*owner] += against_base / owners[a].len() as f64;
        }
        for b in 0..row.len() {
            variance += row[a] * covariance(a, b) * row[b];
        }
    }
    Ok((log_odds, variance, parts))
}

fn sealed(model: &Model) -> Sealed {
    // Through its file, as every model comes.
    let file = serde_json::to_string(model).unwrap();
    Sealed::new(Model::read(&file).unwrap(), "digest".to_owned()).unwrap()
}

fn group(node: &Node, answers: &Answers, facts: &Facts) -> Result<Group, Factor> {
    let then = match node {
        Node::Leaf { group } => return Ok(*group),
        Node::Answer { question, branches } => {
            let hers = answers.one(*question).ok_or(Factor::Answer(*question))?;
            &branches.iter().find(|branch| branch.answers.contains(&hers)).unwrap().then
        }
        Node::Origin { branches } => {
            let hers = facts.origin.unwrap_or(Origin::Unknown);
            &branches.iter().find(|branch| branch.classes.contains(&hers)).unwrap().then
        }
        Node::Number { fact, from, below, otherwise } => {
            let value = facts.number(*fact).ok_or(Factor::Fact(*fact))?;
            if value < *from { below } else { otherwise }
        }
    };
    group(then, answers, facts)
}

/// Whether any other value of a factor leads to another group.
fn decides(root: &Node, answers: &Answers, facts: &Facts, factor: Factor) -> bool {
    let here = group(root, answers, facts);
    let elsewhere = |answers: &Answers, facts: &Facts| {
        let there = group(root, answers, facts);
        there.is_ok() && there != here
    };
    match factor {
        Factor::Answer(question) => question.choices().iter().any(|choice| {
            let mut other = answers.clone();
            other.0.insert(question, Answer::one(*choice));
            elsewhere(&other, facts)
        }),
        Factor::Fact(Fact::Origin) => Origin::ALL
            .iter()
            .any(|origin| elsewhere(answers, &Facts { origin: Some(*origin), ..*facts })),
        Factor::Fact(fact) => {
            (0..=120).any(|number| elsewhere(answers, &facts.with_number(fact, number)))
        }
    }
}

proptest! {
    #![proptest_config(ProptestConfig::with_cases(2_000))]

    #[test]
    fn a_regression_says_what_its_definition_says(seed: u64) {
        let mut draw = Draw(seed);
        let model = support::logistic(&mut draw);
        let (answers, facts) = (support::answers(&mut draw, 97), support::facts(&mut draw));
        let sealed = sealed(&model);
        let Kind::Logistic(logistic) = &sealed.model.kind else { panic!("drawn as one") };
        let said = sealed.profile(&answers, &facts);
        let outcome = said.clone().map(|profile| profile.outcome);
        prop_assert_eq!(outcome, sealed.outcome(&answers, &facts));
        match (defined(logistic, &answers, &facts), said) {
            (Err(why), said) => prop_assert_eq!(said, Err(why)),
            (Ok(_), Err(why)) => return Err(TestCaseError::fail(why.to_string())),
            (Ok((log_odds, variance, parts)), Ok(profile)) => {
                let Outcome::Share { expected, low, high } = profile.outcome else {
                    return Err(TestCaseError::fail("a share"));
                };
                let share = |log_odds: f64| 10_000.0 / (1.0 + (-log_odds).exp());
                let half = 1.959_963_984_540_054 * variance.sqrt();
                prop_assert!((f64::from(expected.0) - share(log_odds)).abs() <= 0.51);
                prop_assert!((f64::from(low.0) - share(log_odds - half)).abs() <= 0.51);
                prop_assert!((f64::from(high.0) - share(log_odds + half)).abs() <= 0.51);
                prop_assert_eq!(profile.effects.len(), parts.len());
                for effect in &profile.effects {
                    let place = logistic.variables.iter().position(|v| v.factor == effect.factor);
                    let part = parts[place.unwrap()];
                    prop_assert!((f64::from(effect.log_odds_thousandths) / 1e3 - part).abs() < 6e-4);
                    let way = match effect.direction {
                        Direction::Raises => part > 0.0,
                        Direction::Lowers => part < 0.0,
                        Direction::Nothing => part.abs() < 0.006,
                    };
                    prop_assert!(way, "{effect:?} {part}");
                }
                let sizes = profile.effects.iter().map(|e| e.log_odds_thousandths.unsigned_abs());
                prop_assert!(sizes.rev().is_sorted());
                let base: f64 =
                    logistic.coefficients.iter().zip(&logistic.means).map(|(a, b)| a * b).sum();
                let sum: f64 = parts.iter().sum();
                prop_assert!((sum - (log_odds - base)).abs() < 1e-9, "the parts add up");
                let used = sealed.model.factors();
                let unused: Vec<Question> = answers.asked_only().0.into_keys()
                    .filter(|question| !used.contains(&Factor::Answer(*question))).collect();
                prop_assert_eq!(profile.unused, unused);
            }
        }
    }

    #[test]
    fn a_tree_says_what_its_definition_says(seed: u64) {
        let mut draw = Draw(seed);
        let model = support::tree(&mut draw);
        let (answers, facts) = (support::answers(&mut draw, 90), support::facts(&mut draw));
        let Kind::Tree { root } = &model.kind else { panic!("drawn as one") };
        let said = sealed(&model).profile(&answers, &facts);
        match (group(root, &answers, &facts), said) {
            (Err(factor), said) => {
                prop_assert_eq!(said, Err(NoProfile::Missing { factors: vec![factor] }));
            }
            (Ok(_), Err(why)) => return Err(TestCaseError::fail(why.to_string())),
            (Ok(group), Ok(profile)) => {
                prop_assert_eq!(profile.outcome, Outcome::Group { group });
                let mut factors: Vec<_> = profile.effects.iter().map(|e| e.factor).collect();
                factors.sort_unstable();
                prop_assert_eq!(factors, model.factors());
                for effect in profile.effects {
                    prop_assert_eq!(effect.log_odds_thousandths, 0);
                    let decides = decides(root, &answers, &facts, effect.factor);
                    prop_assert_eq!(effect.direction != Direction::Nothing, decides);
                }
            }
        }
    }

    /// Answers that no form would take, and any text as a file.
    #[test]
    fn nothing_makes_it_fail(seed: u64, text in ".{0,200}", cut in 0usize..3_000) {
        let mut draw = Draw(seed);
        let model = if draw.is(50) { support::logistic(&mut draw) } else { support::tree(&mut draw) };
        let mut answers = support::answers(&mut draw, 80);
        for question in Question::ALL {
            let other = Question::ALL[draw.below(12)].choices();
            let choices = (0..draw.below(4)).map(|_| other[draw.below(other.len())]).collect();
            answers.0.insert(question, Answer { choices, note: Some(text.clone()) });
        }
        let sealed = sealed(&model);
        let facts = support::facts(&mut draw);
        let _ = sealed.profile(&answers, &facts);
        for question in Question::ALL {
            let _ = sealed.what_changes(&answers, &facts, question);
        }
        prop_assert!(Model::read(&text).is_err());
        let file = serde_json::to_string(&model).unwrap();
        prop_assert!(Model::read(&file[..cut.min(file.len() - 1)]).is_err());
    }
}

#[test]
fn what_is_drawn_is_neither_all_profiles_nor_none() {
    let mut counts = [0; 4];
    for seed in 0..2_000 {
        let mut draw = Draw(seed);
        let model = support::logistic(&mut draw);
        let (answers, facts) = (support::answers(&mut draw, 97), support::facts(&mut draw));
        let Kind::Logistic(logistic) = &model.kind else { panic!("drawn as one") };
        match sealed(&model).profile(&answers, &facts) {
            Ok(_) if logistic.interactions.is_empty() => counts[0] += 1,
            Ok(_) => counts[1] += 1,
            Err(NoProfile::Missing { .. }) => counts[2] += 1,
            Err(_) => counts[3] += 1,
        }
    }
    assert!(counts.iter().all(|count| *count > 100), "{counts:?}");
}
