//! The question of planning that a protocol asks, and its answer as a curve and a table.

use jobnet_api::trials::planning::{Clusters, Find, Groups, Outcome, Plan, Question};
use jobnet_api::trials::protocol::{Design, Measure, Multiplicity, OutcomeRole, Protocol, Unit};

use crate::i18n::{Language, fill};

use super::numbers_model::decimal;

/// What is sought.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Seek {
    /// How many units find the effect of the protocol.
    Units,
    /// The smallest effect that the protocol's units find.
    Effect,
}

fn share(per_mille: u16) -> f64 {
    f64::from(per_mille) / 1000.0
}

/// The question; `None`: there is no primary outcome or no second arm yet, or whole clusters are drawn
/// and it is not said how large they are and how alike their units.
pub fn question(protocol: &Protocol, seek: Seek) -> Option<Question> {
    let power = &protocol.power;
    let primary = protocol.outcomes.iter().find(|one| one.role == OutcomeRole::Primary)?;
    let baseline = share(power.baseline_per_mille.unwrap_or(500));
    let outcome = match primary.measure {
        Measure::Proportion => Outcome::Proportion { baseline },
        Measure::Mean => Outcome::Mean,
        Measure::TimeToEvent => Outcome::TimeToEvent { baseline },
    };
    let difference = share(power.effect_per_mille);
    // The effect on a time is a ratio of hazards: so much less than 1.
    let is_time = primary.measure == Measure::TimeToEvent;
    let effect = if is_time { 1.0 - difference } else { difference };
    let groups = groups(protocol)?;
    let clusters = match protocol.unit {
        Unit::Citizen => None,
        Unit::Caseworker | Unit::JobCentre => Some(Clusters {
            size: power.cluster_size?.into(),
            variation: share(power.cluster_variation_per_mille.unwrap_or(0)),
            icc: share(power.icc_per_mille?),
        }),
    };
    let others = protocol.arms.len().saturating_sub(1);
    let comparisons = match protocol.analysis.multiplicity {
        Multiplicity::Holm => u8::try_from(others.max(1)).unwrap_or(u8::MAX),
        Multiplicity::None => 1,
    };
    Some(Question {
        outcome,
        groups,
        alpha: share(protocol.analysis.alpha_per_mille),
        comparisons,
        clusters,
        attrition: share(power.attrition_per_mille),
        find: match seek {
            Seek::Units => Find::Units { power: share(power.power_per_mille), effect },
            Seek::Effect => Find::Effect {
                power: share(power.power_per_mille),
                units: power.units,
                direction: Default::default(),
            },
        },
    })
}

/// The control and the arm compared with it; in a factorial trial the halves of the first factor.
fn groups(protocol: &Protocol) -> Option<Groups> {
    let all: u16 = protocol.arms.iter().map(|arm| arm.weight).fold(0, u16::saturating_add);
    let control = protocol.control()?;
    if matches!(protocol.design, Design::Factorial {}) {
        let (factor, value) = control.settings.iter().next()?;
        let of = |same: bool| {
            let arms = protocol.arms.iter();
            let fits = arms.filter(|arm| (arm.settings.get(factor) == Some(value)) == same);
            fits.map(|arm| arm.weight).fold(0, u16::saturating_add)
        };
        return Some(Groups { treated: of(false), control: of(true), others: 0 });
    }
    let treated = protocol.arms.iter().find(|arm| !arm.control)?.weight;
    let others = all.saturating_sub(treated).saturating_sub(control.weight);
    Some(Groups { treated, control: control.weight, others })
}

/// The answer, ready to be shown.
#[derive(Clone, Debug, PartialEq)]
pub struct Answer {
    /// The conclusion.
    pub words: String,
    /// Units and power in **per cent**.
    pub power: Vec<(f64, f64)>,
    /// Units and smallest effect in **per cent** (of a standard deviation for means).
    pub effect: Vec<(f64, f64)>,
    /// Rows of the table: units, power, smallest effect.
    pub rows: Vec<[String; 3]>,
    /// Units, to be taken over.
    pub units: Option<u32>,
}

/// A number of people as a place on an axis: exact up to 2⁵³.
#[expect(clippy::cast_precision_loss, reason = "people are fewer than 2^53")]
pub fn place(count: u64) -> f64 {
    count as f64
}

/// The answer to a question.
pub fn answer(plan: &Plan, question: &Question, language: Language) -> Answer {
    let t = language.research().form;
    let comma = language == Language::Danish;
    let none = question.outcome.no_effect();
    let per_cent = |value: f64| decimal(value * 100.0, 1, comma);
    let size = |effect: f64| (effect - none).abs();
    let count = |units: u64| language.integer(i64::try_from(units).unwrap_or(i64::MAX));
    let words = fill(
        t.plan_answer,
        &[
            ("units", &count(plan.units.all)),
            ("effect", &per_cent(size(plan.effect))),
            ("power", &per_cent(plan.power)),
            ("treated", &count(plan.units.treated)),
            ("control", &count(plan.units.control)),
        ],
    );
    let effect = |effect: Option<f64>| effect.map_or(f64::NAN, |effect| size(effect) * 100.0);
    let row = |point: &jobnet_api::trials::planning::Point| {
        let smallest = point.effect.map_or_else(|| t.plan_none.to_owned(), |e| per_cent(size(e)));
        [count(point.units), per_cent(point.power), smallest]
    };
    Answer {
        words,
        power: plan.curve.iter().map(|point| (place(point.units), point.power * 100.0)).collect(),
        effect: plan.curve.iter().map(|point| (place(point.units), effect(point.effect))).collect(),
        rows: plan.curve.iter().step_by(4).map(row).collect(),
        units: u32::try_from(plan.units.all).ok(),
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::pages::research::draft_model::{empty, new_arm, new_outcome};

    fn protocol() -> Protocol {
        let mut protocol = empty("a1".parse().unwrap(), "2026-12-01".parse().unwrap());
        protocol.arms.extend(new_arm(&[]));
        protocol.arms.extend(new_arm(&protocol.arms));
        protocol.outcomes.extend(new_outcome(&[]));
        protocol.power.baseline_per_mille = Some(400);
        protocol.power.effect_per_mille = 100;
        protocol
    }

    /// Fleiss, Levin and Paik (2003), table A.4 without continuity correction: 40 % against 50 %,
    /// 5 % level, 80 % power need 385 in each group (408 with it).
    #[test]
    fn the_question_is_that_of_the_protocol() {
        let protocol = protocol();
        let question = question(&protocol, Seek::Units).unwrap();
        assert_eq!(question.comparisons, 1);
        let plan = question.plan().unwrap();
        assert!((383..=388).contains(&plan.units.control), "{:?}", plan.units);
        let answer = answer(&plan, &question, Language::Danish);
        assert!(answer.words.contains("10,0"), "{}", answer.words);
        assert_eq!(answer.power.len(), plan.curve.len());
        assert!(answer.power.windows(2).all(|pair| pair[0].1 <= pair[1].1));
    }

    #[test]
    fn both_questions_agree() {
        let mut protocol = protocol();
        let units = question(&protocol, Seek::Units).unwrap().plan().unwrap().units.all;
        protocol.power.units = u32::try_from(units).unwrap();
        let found = question(&protocol, Seek::Effect).unwrap().plan().unwrap().effect;
        assert!((found - 0.1).abs() < 0.001, "{found}");
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
            let plan = question(&protocol, Seek::Units).unwrap().plan().unwrap();
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
}
