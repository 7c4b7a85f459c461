//! Plans against other programs and against each other.

#![allow(clippy::unwrap_used, reason = "a test")]

use jobnet_trials::planning::{
    Clusters, Direction, Find, Groups, MAX_UNITS, Outcome, POINTS, Plan, Problem, Question, Reason,
};
use proptest::prelude::*;
use serde::Deserialize;

const EQUAL: Groups = Groups { treated: 1, control: 1, others: 0 };

const fn question(outcome: Outcome, find: Find) -> Question {
    Question {
        outcome,
        groups: EQUAL,
        alpha: 0.05,
        comparisons: 1,
        clusters: None,
        attrition: 0.0,
        find,
    }
}

const fn share(baseline: f64, effect: f64) -> Question {
    question(Outcome::Proportion { baseline }, Find::Units { power: 0.8, effect })
}

/// Figures of `stats/cases.json`: R's `power.t.test` and `power.prop.test` in another form,
/// Schoenfeld's 631 events, the detectable differences.
#[test]
fn plans_are_those_of_the_textbooks() {
    let plan = share(0.1, 0.02).plan().unwrap();
    assert_eq!((plan.units.treated, plan.units.control, plan.units.all), (3839, 3839, 7678));
    let mean = question(Outcome::Mean, Find::Units { power: 0.8, effect: 0.5 }).plan().unwrap();
    assert_eq!(mean.units.all, 128);
    let detect = |groups, units| Question {
        groups,
        ..question(
            Outcome::Proportion { baseline: 0.14 },
            Find::Effect { power: 0.8, units, direction: Direction::More },
        )
    };
    let found = detect(EQUAL, 5000).plan().unwrap().effect;
    assert!((found - 0.028_602_280_797_611_03).abs() < 1e-6, "{found}");
    let groups = Groups { treated: 4, control: 1, others: 0 };
    let plan = detect(groups, 5000).plan().unwrap();
    assert!((plan.effect - 0.035_047_993_253_026_01).abs() < 1e-6, "{}", plan.effect);
    assert_eq!((plan.units.treated, plan.units.control), (4000, 1000));
    // Everyone has the event: Schoenfeld's events are units, but for those 1 in 1000 without.
    let outcome = Outcome::TimeToEvent { baseline: 0.999 };
    let plan = question(outcome, Find::Units { power: 0.8, effect: 0.8 }).plan().unwrap();
    assert_eq!(plan.events, Some(631));
    assert!((631..640).contains(&plan.units.all), "{:?}", plan.units);
}

/// 91 clusters an arm by the normal distribution (`power_cluster`): one more by Student's t, as the
/// case says itself.
#[test]
fn clusters_cost_their_design_effect_and_the_few_of_them() {
    let clusters = Clusters { size: 25.0, variation: 0.0, icc: 0.05 };
    let equal = Question { clusters: Some(clusters), ..share(0.1, 0.04) }.plan().unwrap();
    assert!((equal.design_effect - 2.2).abs() < 1e-12);
    assert_eq!(equal.clusters.unwrap().treated, 92);
    assert_eq!(equal.units.treated, 92 * 25);
    let clusters = Clusters { variation: 0.6, ..clusters };
    let unequal = Question { clusters: Some(clusters), ..share(0.1, 0.04) }.plan().unwrap();
    assert!((unequal.design_effect - 2.65).abs() < 1e-12);
    assert_eq!(unequal.clusters.unwrap().treated, 111);
    // One unit a cluster and nothing alike: only the degrees of freedom are left.
    let none = Clusters { size: 1.0, variation: 0.0, icc: 0.0 };
    let alone = Question { clusters: Some(none), ..share(0.1, 0.04) }.plan().unwrap();
    assert!(alone.units.treated - share(0.1, 0.04).plan().unwrap().units.treated <= 2);
}

#[test]
fn losses_and_comparisons_and_other_arms_cost_units() {
    let plain = share(0.3, 0.05).plan().unwrap().units;
    let lost = Question { attrition: 0.2, ..share(0.3, 0.05) }.plan().unwrap().units;
    assert!((plain.treated * 5).div_ceil(4) - lost.treated <= 1, "{lost:?} {plain:?}");
    let others = Groups { treated: 1, control: 1, others: 6 };
    let of_eight = Question { groups: others, ..share(0.3, 0.05) }.plan().unwrap().units;
    assert_eq!(of_eight.treated, plain.treated);
    assert_eq!(of_eight.others.div_ceil(6), plain.treated);
    let shared = Question { comparisons: 5, ..share(0.3, 0.05) }.plan().unwrap();
    let strict = Question { alpha: 0.01, ..share(0.3, 0.05) }.plan().unwrap();
    assert_eq!(shared.units, strict.units);
    assert!((shared.alpha - 0.01).abs() < 1e-15);
}

#[test]
fn what_cannot_be_planned_names_its_fields() {
    let nonsense = Question {
        groups: Groups { treated: 0, control: 1, others: 0 },
        alpha: f64::NAN,
        comparisons: 0,
        clusters: Some(Clusters { size: 0.5, variation: -1.0, icc: 2.0 }),
        attrition: 1.0,
        ..question(
            Outcome::Proportion { baseline: 1.0 },
            Find::Effect { power: 1.0, units: 3, direction: Direction::More },
        )
    };
    let fields: Vec<_> = nonsense.plan().unwrap_err().iter().map(|one| one.field).collect();
    assert_eq!(
        fields,
        [
            "/outcome/baseline",
            "/groups/treated",
            "/alpha",
            "/comparisons",
            "/clusters/size",
            "/clusters/variation",
            "/clusters/icc",
            "/attrition",
            "/find/power",
            "/find/units",
        ]
    );
    let refused = |question: Question| question.plan().unwrap_err();
    let effect = |reason| vec![Problem { field: "/find/effect", reason }];
    assert_eq!(refused(share(0.1, 0.0)), effect(Reason::NoEffect));
    assert_eq!(refused(share(0.1, -0.2)), effect(Reason::NoShare));
    assert_eq!(refused(share(0.1, f64::INFINITY)), effect(Reason::Between(-1.0, 1.0)));
    assert_eq!(refused(share(0.5, 0.000_1)), effect(Reason::TooSmall));
    let few = Clusters { size: 100.0, variation: 0.0, icc: 0.1 };
    let find = Find::Power { effect: 0.1, units: 150 };
    let two = Question { clusters: Some(few), find, ..share(0.1, 0.1) };
    assert_eq!(refused(two), [Problem { field: "/find/units", reason: Reason::TooFew }]);
}

#[test]
fn the_curve_passes_through_the_plan() {
    for question in [
        share(0.3, 0.05),
        share(0.3, -0.05),
        question(Outcome::Mean, Find::Power { effect: 0.3, units: 200 }),
        question(
            Outcome::TimeToEvent { baseline: 0.4 },
            Find::Effect { power: 0.9, units: 900, direction: Direction::Less },
        ),
    ] {
        let Plan { curve, units, power, effect, .. } = question.plan().unwrap();
        assert_eq!(curve.len(), POINTS as usize);
        let at = curve.iter().find(|point| point.units == units.all).unwrap();
        assert!((at.power - power).abs() < 2e-3, "{at:?} {power}");
        assert!((at.effect.unwrap() - effect).abs() < 1e-3, "{at:?} {effect}");
        let none = question.outcome.no_effect();
        for pair in curve.windows(2) {
            assert!(pair[0].units < pair[1].units && pair[0].power < pair[1].power);
            if let Some(larger) = pair[0].effect {
                let smaller = pair[1].effect.unwrap();
                assert!((smaller - none).abs() < (larger - none).abs());
            }
        }
    }
}

/// Power of t-tests by SciPy's noncentral t, of unequal groups too (`stats/power.json`).
#[test]
fn power_is_that_of_another_program() {
    #[derive(Deserialize)]
    struct File {
        cases: Vec<Case>,
    }
    #[derive(Deserialize)]
    struct Case {
        effect: f64,
        treated: u16,
        control: u16,
        alpha: f64,
        power: f64,
    }
    let file: File = serde_json::from_str(include_str!("stats/power.json")).unwrap();
    assert!(file.cases.len() >= 70);
    for Case { effect, treated, control, alpha, power } in file.cases {
        let units = u32::from(treated) + u32::from(control);
        let found = Question {
            groups: Groups { treated, control, others: 0 },
            alpha,
            ..question(Outcome::Mean, Find::Power { effect, units })
        };
        let found = found.plan().unwrap().power;
        assert!((found - power).abs() < 1e-8, "{treated}+{control} {effect}: {found} {power}");
    }
}

fn outcome() -> impl Strategy<Value = (Outcome, f64)> {
    prop_oneof![
        (0.05..0.6_f64, 0.02..0.3_f64)
            .prop_map(|(baseline, effect)| (Outcome::Proportion { baseline }, effect)),
        (0.4..0.9_f64, 0.02..0.3_f64)
            .prop_map(|(baseline, effect)| (Outcome::Proportion { baseline }, -effect)),
        (0.1..2.0_f64).prop_map(|effect| (Outcome::Mean, effect)),
        (0.1..0.9_f64, 0.3..0.9_f64)
            .prop_map(|(baseline, ratio)| (Outcome::TimeToEvent { baseline }, ratio)),
        (0.1..0.9_f64, 1.1..3.0_f64)
            .prop_map(|(baseline, ratio)| (Outcome::TimeToEvent { baseline }, ratio)),
    ]
}

fn clusters() -> impl Strategy<Value = Option<Clusters>> {
    prop_oneof![
        Just(None),
        (2.0..60.0_f64, 0.0..1.0_f64, 0.0..0.2_f64)
            .prop_map(|(size, variation, icc)| Some(Clusters { size, variation, icc })),
    ]
}

proptest! {
    #![proptest_config(ProptestConfig::with_cases(24))]

    /// The units of a plan find its effect, a tenth less do not, and what they find at least is it.
    #[test]
    fn the_three_questions_agree(
        (outcome, effect) in outcome(),
        clusters in clusters(),
        weights in (1_u16..5, 1_u16..5, 0_u16..5),
        attrition in 0.0..0.4_f64,
        power in 0.6..0.95_f64,
    ) {
        let (treated, control, others) = weights;
        let groups = Groups { treated, control, others };
        let ask = |find| Question { groups, clusters, attrition, ..question(outcome, find) };
        let plan = ask(Find::Units { power, effect }).plan().unwrap();
        let units = u32::try_from(plan.units.all).unwrap();
        prop_assume!(units < MAX_UNITS);
        let back = ask(Find::Power { effect, units }).plan().unwrap();
        prop_assert!(back.power >= power - 1e-9, "{} {power}", back.power);
        let fewer = ask(Find::Power { effect, units: units * 9 / 10 }).plan();
        if let (Ok(fewer), true) = (fewer, units > 400 && plan.clusters.is_none_or(|all| all.all > 60)) {
            prop_assert!(fewer.power < power, "{} {power}", fewer.power);
        }
        let direction = if effect < outcome.no_effect() { Direction::Less } else { Direction::More };
        let least = ask(Find::Effect { power: back.power.min(0.999), units, direction }).plan().unwrap();
        if back.power < 0.999 {
            prop_assert!((least.effect - effect).abs() < 1e-6, "{} {effect}", least.effect);
        }
    }
}
