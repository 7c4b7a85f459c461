//! The question of planning that a protocol asks, and its answer as curves and tables.

use jobnet_api::trials::planning::{
    Clusters, Direction, Find, Groups, Outcome, Plan, Point, Question,
};
use jobnet_api::trials::protocol::{
    Design, Measure, Multiplicity, OutcomeRole, Power, Protocol, Unit,
};

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

/// The question; `None`: there is no primary outcome or no second arm yet, or it is not said what a
/// share or a time is without the intervention, or whole clusters are drawn and it is not said how
/// large they are and how alike their units.
pub fn question(protocol: &Protocol, seek: Seek) -> Option<Question> {
    let power = &protocol.power;
    let primary = protocol.outcomes.iter().find(|one| one.role == OutcomeRole::Primary)?;
    let baseline = power.baseline_per_mille.map(share);
    let outcome = match primary.measure {
        Measure::Proportion => Outcome::Proportion { baseline: baseline? },
        Measure::Mean => Outcome::Mean,
        Measure::TimeToEvent => Outcome::TimeToEvent { baseline: baseline? },
    };
    let pairs = compared(protocol)?;
    let clusters = match protocol.unit {
        Unit::Citizen => None,
        Unit::Caseworker | Unit::JobCentre => Some(Clusters {
            size: power.cluster_size?.into(),
            variation: share(power.cluster_variation_per_mille.unwrap_or(0)),
            icc: share(power.icc_per_mille?),
        }),
    };
    let comparisons = match protocol.analysis.multiplicity {
        Multiplicity::Holm => u8::try_from(pairs.len()).unwrap_or(u8::MAX),
        Multiplicity::None => 1,
    };
    let asked = share(power.power_per_mille);
    Some(Question {
        outcome,
        groups: groups(protocol, &pairs)?,
        alpha: share(protocol.analysis.alpha_per_mille),
        comparisons,
        clusters,
        attrition: share(power.attrition_per_mille),
        find: match seek {
            Seek::Units => Find::Units { power: asked, effect: effect(power, outcome) },
            Seek::Effect => {
                Find::Effect { power: asked, units: power.units, direction: power.direction }
            }
        },
    })
}

/// The effect of the protocol: so far from none, the way it is registered. Added up in per mille,
/// so that nine tenths less than 1 are exactly 0.1, the least that can be planned.
fn effect(power: &Power, outcome: Outcome) -> f64 {
    let size = f64::from(power.effect_per_mille);
    let signed = match power.direction {
        Direction::More => size,
        Direction::Less => -size,
    };
    (outcome.no_effect() * 1000.0 + signed) / 1000.0
}

/// The comparisons of the analysis, as weights of the treated and of the control: every other arm
/// with the control; in a factorial trial (main effects) every other value of each factor with that
/// of the control, whatever the other factors are.
fn compared(protocol: &Protocol) -> Option<Vec<(u16, u16)>> {
    let control = protocol.control()?;
    if !matches!(protocol.design, Design::Factorial {}) {
        let others = protocol.arms.iter().filter(|arm| !arm.control);
        return Some(others.map(|arm| (arm.weight, control.weight)).collect());
    }
    let mut pairs = Vec::new();
    for (factor, of_control) in &control.settings {
        let weight = |value: &String| {
            let arms = protocol.arms.iter().filter(|arm| arm.settings.get(factor) == Some(value));
            arms.map(|arm| arm.weight).fold(0_u16, u16::saturating_add)
        };
        let mut seen = vec![of_control];
        for value in protocol.arms.iter().filter_map(|arm| arm.settings.get(factor)) {
            if !seen.contains(&value) {
                seen.push(value);
                pairs.push((weight(value), weight(of_control)));
            }
        }
    }
    Some(pairs)
}

/// The comparison that needs most units: the one whose difference is known least well.
fn groups(protocol: &Protocol, pairs: &[(u16, u16)]) -> Option<Groups> {
    let most = |a: &(u16, u16), b: &(u16, u16)| variance(*a).total_cmp(&variance(*b));
    let (treated, control) = pairs.iter().copied().max_by(most)?;
    let all: u16 = protocol.arms.iter().map(|arm| arm.weight).fold(0, u16::saturating_add);
    let others = all.saturating_sub(treated).saturating_sub(control);
    Some(Groups { treated, control, others })
}

/// The variance of a difference of two groups, but for a factor that all comparisons share.
fn variance((treated, control): (u16, u16)) -> f64 {
    1.0 / f64::from(treated) + 1.0 / f64::from(control)
}

/// The answer, ready to be shown.
#[derive(Clone, Debug, PartialEq)]
pub struct Answer {
    /// The conclusion.
    pub words: String,
    /// The power to find the plan's effect, and the smallest effect that is found with its power.
    pub curves: [Curve; 2],
    /// Units, to be taken over.
    pub units: Option<u32>,
}

/// What more units give.
#[derive(Clone, Debug, PartialEq)]
pub struct Curve {
    /// What it shows, and in what.
    pub title: String,
    /// What its axes are.
    pub axes: &'static str,
    /// Units, and values in **per cent** (an effect on means: of a standard deviation; on times: of
    /// the ratio of hazards). Not a number: no effect is large enough.
    pub points: Vec<(f64, f64)>,
    /// Rows of its table: units, value.
    pub rows: Vec<Vec<String>>,
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
    let unit = match question.outcome {
        Outcome::Proportion { .. } => t.plan_points,
        Outcome::Mean => t.plan_deviations,
        Outcome::TimeToEvent { .. } => t.plan_rate,
    };
    let per_cent = |value: f64| decimal(value * 100.0, 1, comma);
    let count = |units: u64| language.integer(i64::try_from(units).unwrap_or(i64::MAX));
    let words = fill(
        t.plan_answer,
        &[
            ("units", &count(plan.units.all)),
            ("effect", &per_cent(plan.effect - none)),
            ("unit", unit),
            ("power", &per_cent(plan.power)),
            ("treated", &count(plan.units.treated)),
            ("control", &count(plan.units.control)),
        ],
    );
    let curve = |title: String, axes: &'static str, value: &dyn Fn(&Point) -> Option<f64>| {
        let place_of = |point: &Point| {
            (place(point.units), value(point).map_or(f64::NAN, |value| value * 100.0))
        };
        let row = |point: &Point| {
            let shown = value(point).map_or_else(|| t.plan_none.to_owned(), per_cent);
            vec![count(point.units), shown]
        };
        Curve {
            title,
            axes,
            points: plan.curve.iter().map(place_of).collect(),
            rows: plan.curve.iter().step_by(4).map(row).collect(),
        }
    };
    let power = |point: &Point| Some(point.power);
    let smallest = |point: &Point| point.effect.map(|effect| (effect - none).abs());
    Answer {
        words,
        curves: [
            curve(t.plan_column_power.to_owned(), t.plan_curve_text, &power),
            curve(fill(t.plan_column_effect, &[("unit", unit)]), t.plan_effect_text, &smallest),
        ],
        units: u32::try_from(plan.units.all).ok(),
    }
}
