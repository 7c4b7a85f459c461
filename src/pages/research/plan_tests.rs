//! Plans of protocols against formulas of textbooks, written out here, and against each other.

use jobnet_api::trials::planning::{Direction, Find, Groups, Question};
use jobnet_api::trials::protocol::check::Catalogue;
use jobnet_api::trials::protocol::{Measure, Multiplicity, Protocol, Unit};

use crate::i18n::Language;

use super::draft_model::{empty, new_arm, new_outcome};
use super::plan_model::{Answer, Seek, answer, place, question};

const VISUALISATION: &str = include_str!("../../../crates/server/trials/visualisation-2026.json");
const RECEIPTS: &str = include_str!("../../../crates/server/trials/receipt-texts-2026.json");

/// Quantiles of the normal distribution, from a table: of 80 % power, and of two-sided levels of
/// 5 % shared by one, two and four comparisons.
const POWER_80: f64 = 0.841_621;
const ONE: f64 = 1.959_964;
const TWO: f64 = 2.241_403;
const FOUR: f64 = 2.497_705;

fn protocol() -> Protocol {
    let mut protocol = empty("a1".parse().unwrap(), "2026-12-01".parse().unwrap());
    protocol.arms.extend(new_arm(&[]));
    protocol.arms.extend(new_arm(&protocol.arms));
    protocol.outcomes.extend(new_outcome(&[]));
    protocol.power.baseline_per_mille = Some(400);
    protocol.power.effect_per_mille = 100;
    protocol
}

fn delivered(file: &str) -> Protocol {
    serde_json::from_str(file).unwrap()
}

fn of_measure(measure: Measure) -> Protocol {
    let mut protocol = protocol();
    protocol.outcomes[0].measure = measure;
    protocol
}

fn asked(protocol: &Protocol, seek: Seek) -> Question {
    question(protocol, seek).unwrap()
}

fn units(protocol: &Protocol) -> u64 {
    asked(protocol, Seek::Units).plan().unwrap().units.all
}

fn found(protocol: &Protocol) -> f64 {
    asked(protocol, Seek::Effect).plan().unwrap().effect
}

/// Each group is rounded up to whole units.
fn is_near(units: u64, textbook: f64) -> bool {
    (0.0..5.0).contains(&(place(units) - textbook))
}

/// Two proportions in groups of unequal size, each with its own variance (Fleiss, Levin and Paik,
/// 2003, chapter 4): units of the whole trial if these shares of them are treated and control.
fn two_proportions(level: f64, [p1, p0]: [f64; 2], [treated, control]: [f64; 2]) -> f64 {
    let variance = p1 * (1.0 - p1) / treated + p0 * (1.0 - p0) / control;
    (level + POWER_80).powi(2) * variance / (p1 - p0).powi(2)
}

/// Fleiss, Levin and Paik (2003), table A.4 without continuity correction: 40 % against 50 %,
/// 5 % level, 80 % power need 385 in each group (408 with it).
#[test]
fn the_question_is_that_of_the_protocol() {
    let question = asked(&protocol(), Seek::Units);
    assert_eq!(question.comparisons, 1);
    let plan = question.plan().unwrap();
    assert!((383..=388).contains(&plan.units.control), "{:?}", plan.units);
    assert!(is_near(plan.units.all, two_proportions(ONE, [0.5, 0.4], [0.5, 0.5])));
}

/// Registered are the main effects: each of three presentations against words, and one framing
/// against the other, with Holm: the first step tests at a fourth of the level.
#[test]
fn a_factorial_trial_is_planned_for_the_comparison_that_needs_most() {
    let mut protocol = delivered(VISUALISATION);
    let question = asked(&protocol, Seek::Units);
    assert_eq!(question.comparisons, 4);
    assert_eq!(question.groups, Groups { treated: 2, control: 2, others: 4 });
    let found_by_all = units(&protocol);
    let textbook = two_proportions(FOUR, [0.58, 0.5], [0.25, 0.25]) / 0.9;
    assert!(is_near(found_by_all, textbook), "{found_by_all} {textbook}");
    // As many as are registered are enough, and not many more.
    let registered = u64::from(protocol.power.units);
    assert!((registered * 19 / 20..=registered).contains(&found_by_all), "{found_by_all}");
    let effect = found(&protocol);
    assert!((0.075..=0.08).contains(&effect), "{effect}");
    // Twice as many see words.
    for arm in protocol.arms.iter_mut().filter(|arm| arm.settings["presentation"] == "words") {
        arm.weight = 2;
    }
    let groups = asked(&protocol, Seek::Units).groups;
    assert_eq!(groups, Groups { treated: 2, control: 4, others: 4 });
    let textbook = two_proportions(FOUR, [0.58, 0.5], [0.2, 0.4]) / 0.9;
    assert!(is_near(units(&protocol), textbook), "{} {textbook}", units(&protocol));
    protocol.analysis.multiplicity = Multiplicity::None;
    assert_eq!(asked(&protocol, Seek::Units).comparisons, 1);
    // The framing alone: one comparison of halves, whatever the other factor is called.
    protocol.arms.retain(|arm| arm.settings["presentation"] == "words");
    let groups = asked(&protocol, Seek::Units).groups;
    assert_eq!(groups, Groups { treated: 2, control: 2, others: 0 });
}

/// Each of two texts against the plain one.
#[test]
fn a_parallel_trial_compares_every_arm_with_the_control() {
    let mut protocol = delivered(RECEIPTS);
    assert_eq!(asked(&protocol, Seek::Units).comparisons, 2);
    let third = 1.0 / 3.0;
    let textbook = two_proportions(TWO, [0.66, 0.6], [third, third]) / 0.95;
    assert!(is_near(units(&protocol), textbook), "{} {textbook}", units(&protocol));
    assert!(units(&protocol) <= u64::from(protocol.power.units));
    // The smallest arm needs most.
    for (arm, weight) in protocol.arms.iter_mut().zip([2, 3, 1]) {
        arm.weight = weight;
    }
    assert!(protocol.arms[0].control);
    let groups = asked(&protocol, Seek::Units).groups;
    assert_eq!(groups, Groups { treated: 1, control: 2, others: 3 });
}

/// Schoenfeld (1983): 4 (z + z)² / ln² HR events of two equal groups; by proportional hazards the
/// event comes to 1 − (1 − baseline)^HR of the treated.
#[test]
fn a_time_is_planned_the_way_it_is_to_go() {
    let mut protocol = of_measure(Measure::TimeToEvent);
    protocol.power.effect_per_mille = 200;
    for (direction, ratio) in [(Direction::More, 1.2_f64), (Direction::Less, 0.8)] {
        protocol.power.direction = direction;
        let events = 4.0 * (ONE + POWER_80).powi(2) / ratio.ln().powi(2);
        let share = f64::midpoint(1.0 - 0.6_f64.powf(ratio), 0.4);
        let needed = units(&protocol);
        assert!(is_near(needed, events / share), "{needed} {}", events / share);
        protocol.power.units = u32::try_from(needed).unwrap();
        let back = found(&protocol);
        assert!((back - ratio).abs() < 0.001, "{back} {ratio}");
    }
    // The least ratio that can be planned is reached.
    protocol.power.effect_per_mille = 900;
    assert!(asked(&protocol, Seek::Units).plan().is_ok());
}

/// The units for an effect find that effect: of every measure, citizens or clusters, both ways.
#[test]
fn both_questions_agree() {
    for measure in [Measure::Proportion, Measure::Mean, Measure::TimeToEvent] {
        for unit in [Unit::Citizen, Unit::Caseworker] {
            for direction in [Direction::More, Direction::Less] {
                for size in [30, 100] {
                    let mut protocol = of_measure(measure);
                    protocol.unit = unit;
                    protocol.power.direction = direction;
                    protocol.power.effect_per_mille = size;
                    protocol.power.cluster_size = Some(5);
                    protocol.power.icc_per_mille = Some(20);
                    let question = asked(&protocol, Seek::Units);
                    let Find::Units { effect, .. } = question.find else { panic!("{question:?}") };
                    let none = question.outcome.no_effect();
                    assert_eq!(effect > none, direction == Direction::More, "{effect}");
                    protocol.power.units = u32::try_from(units(&protocol)).unwrap();
                    let share = (found(&protocol) - none) / (effect - none);
                    let of = (measure, unit, direction, size);
                    assert!((share - 1.0).abs() < 0.01, "{share} {of:?}");
                }
            }
        }
    }
}

/// The case `power_cluster` of `crates/trials/tests/stats/cases.json`: 10 % against 14 %, 25 in a
/// cluster, ICC 0.05, coefficient of variation 0.6 give the design effects 2.2 and 2.65 and 91 and
/// 110 clusters of each group by the normal distribution, one more by Student's t.
#[test]
fn the_clusters_are_as_large_and_alike_as_the_researcher_says() {
    let mut protocol = protocol();
    protocol.unit = Unit::Caseworker;
    protocol.power.baseline_per_mille = Some(100);
    protocol.power.effect_per_mille = 40;
    assert_eq!(question(&protocol, Seek::Units), None, "it is not guessed");
    protocol.power.cluster_size = Some(25);
    assert_eq!(question(&protocol, Seek::Units), None);
    protocol.power.icc_per_mille = Some(50);
    for (variation, effect, clusters) in [(None, 2.2, 92), (Some(600), 2.65, 111)] {
        protocol.power.cluster_variation_per_mille = variation;
        let plan = asked(&protocol, Seek::Units).plan().unwrap();
        assert!((plan.design_effect - effect).abs() < 1e-12, "{}", plan.design_effect);
        assert_eq!(plan.clusters.unwrap().treated, clusters);
    }
}

#[test]
fn without_a_primary_outcome_or_a_second_arm_nothing_is_asked() {
    let mut lacking = protocol();
    lacking.outcomes.clear();
    assert_eq!(question(&lacking, Seek::Units), None);
    let mut lacking = protocol();
    lacking.arms.truncate(1);
    assert_eq!(question(&lacking, Seek::Units), None);
}

/// What the plan lacks, the check of the protocol names.
#[test]
fn what_a_share_or_a_time_is_without_the_intervention_is_not_guessed() {
    let is_named = |protocol: &Protocol| {
        let findings = protocol.check(&Catalogue::default());
        findings.iter().any(|finding| finding.field == "power.baseline_per_mille")
    };
    for (measure, is_needed) in
        [(Measure::Proportion, true), (Measure::Mean, false), (Measure::TimeToEvent, true)]
    {
        let mut protocol = of_measure(measure);
        assert!(!is_named(&protocol), "{measure:?}");
        assert!(question(&protocol, Seek::Units).is_some(), "{measure:?}");
        protocol.power.baseline_per_mille = None;
        assert_eq!(is_named(&protocol), is_needed, "{measure:?}");
        assert_eq!(question(&protocol, Seek::Effect).is_none(), is_needed, "{measure:?}");
    }
}

fn told(protocol: &Protocol, language: Language) -> Answer {
    let question = asked(protocol, Seek::Units);
    answer(&question.plan().unwrap(), &question, language)
}

#[test]
fn an_effect_is_told_in_what_its_measure_is_counted_in() {
    let measures = [Measure::Proportion, Measure::Mean, Measure::TimeToEvent];
    for (language, ten, units) in [
        (
            Language::Danish,
            "10,0",
            ["procentpoint", "procent af en standardafvigelse", "procent i farten"],
        ),
        (
            Language::English,
            "10.0",
            ["percentage points", "per cent of a standard deviation", "per cent in the rate"],
        ),
    ] {
        for (measure, unit) in measures.into_iter().zip(units) {
            let mut protocol = of_measure(measure);
            for (direction, sign) in [(Direction::More, ""), (Direction::Less, "\u{2212}")] {
                protocol.power.direction = direction;
                let told = told(&protocol, language);
                let said = format!(" {sign}{ten} {unit} ");
                assert!(told.words.contains(&said), "{} {said}", told.words);
                assert!(told.curves[1].title.ends_with(&format!("({unit})")), "{told:?}");
                assert!(!told.words.contains('{'), "{}", told.words);
            }
        }
    }
}

#[test]
fn both_curves_pass_through_the_plan_and_stand_in_tables() {
    for measure in [Measure::Proportion, Measure::Mean, Measure::TimeToEvent] {
        let protocol = of_measure(measure);
        let [power, effect] = told(&protocol, Language::Danish).curves;
        let planned = place(units(&protocol));
        let at = |points: &[(f64, f64)]| {
            points.iter().find(|(units, _)| (units - planned).abs() < 0.5).unwrap().1
        };
        assert!((80.0..80.5).contains(&at(&power.points)), "{measure:?}");
        assert!((9.9..=10.0 + 1e-9).contains(&at(&effect.points)), "{measure:?}");
        assert!(power.points.windows(2).all(|pair| pair[0].1 < pair[1].1), "{measure:?}");
        assert!(effect.points.windows(2).all(|pair| pair[0].1 > pair[1].1), "{measure:?}");
        for curve in [power, effect] {
            assert_eq!(curve.rows.len(), curve.points.len().div_ceil(4));
            assert!(curve.rows.iter().all(|row| row.len() == 2), "{:?}", curve.rows);
        }
    }
}
