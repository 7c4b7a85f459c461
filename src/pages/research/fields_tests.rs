//! The fields of a protocol: what is read can be written, and every design can be typed.

use jobnet_api::trials::protocol::{Arm, Outcome, OutcomeRole, Protocol};
use serde_json::{Value, json};

use super::draft_model::{empty, new_arm, new_outcome};
use super::fields_model::{Field, Kind};

/// Protocols that use what a design may have: shares of regions, a wait.
fn protocols() -> Vec<Protocol> {
    let plain = empty("a1".parse().unwrap(), "2026-12-01".parse().unwrap());
    let read = |change: Value| {
        let mut file = serde_json::to_value(&plain).unwrap();
        for (name, value) in change.as_object().unwrap() {
            file[name] = value.clone();
        }
        serde_json::from_value::<Protocol>(file).unwrap()
    };
    let saturation = json!({"type": "saturation", "within": "municipality", "shares": [
        {"treated_per_mille": 125, "weight": 2}, {"treated_per_mille": 1000, "weight": 1}]});
    let days = json!({"then": "b", "trigger": {"type": "days", "after": 14}});
    let still = json!({"then": "b", "trigger":
        {"type": "closed_still", "after": 9, "lasting": ["sick_leave_days"]}});
    let power = json!({"units": 9, "power_per_mille": 800, "effect_per_mille": 1,
        "direction": "less", "icc_per_mille": 15, "cluster_size": 42, "cluster_variation_per_mille": 450});
    vec![
        plain.clone(),
        read(json!({"design": saturation, "delayed": days})),
        read(json!({"design": {"type": "factorial"}, "delayed": still, "power": power})),
        read(json!({"allocation": {"type": "keyed"}, "unit": "job_centre"})),
    ]
}

#[test]
fn what_is_read_from_a_field_can_be_written_to_it() {
    for mut protocol in protocols() {
        for field in Field::ALL {
            let before = protocol.clone();
            let value = field.get(&protocol);
            // Nothing stands there: there is nothing to choose, and no number to write.
            let absent = value.is_empty() && field.kind() != Kind::Area;
            // Choosing a way again begins it anew.
            let anew = [Field::Design, Field::Delayed].contains(field);
            if absent || anew {
                continue;
            }
            assert_eq!(field.set(&mut protocol, &value), Some(()), "{field:?}");
            assert_eq!(protocol, before, "{field:?}");
        }
    }
}

/// From a draft in which nothing is said, the fields that stand alone make every design, wait
/// and plan of the others, part by part.
#[test]
fn every_design_can_be_typed() {
    for wanted in protocols() {
        let mut typed = empty(wanted.key.clone(), wanted.starts);
        for key in ["a", "b"] {
            let arm = new_arm(&typed.arms).map(|arm| Arm { key: key.parse().unwrap(), ..arm });
            typed.arms.extend(arm);
        }
        let harm = new_outcome(&[]).map(|one| Outcome { role: OutcomeRole::Harm, ..one });
        typed.outcomes.extend(harm);
        for field in Field::ALL {
            let value = field.get(&wanted);
            if !value.is_empty() {
                assert_eq!(field.set(&mut typed, &value), Some(()), "{field:?}");
            }
        }
        typed.arms.clear();
        typed.outcomes.clear();
        assert_eq!(typed, wanted);
    }
}

#[test]
fn what_cannot_be_read_changes_nothing() {
    let day = "2026-12-01".parse().unwrap();
    let mut protocol = empty("a1".parse().unwrap(), day);
    let before = protocol.clone();
    for (field, typed) in [
        (Field::Units, "mange"),
        (Field::Units, "-4"),
        (Field::Alpha, "5,55"),
        (Field::Starts, "1. maj"),
        (Field::Unit, "city"),
        (Field::Direction, "sideways"),
        (Field::Multiples, "1, 300"),
        (Field::Shares, "0; half"),
        (Field::Shares, "50 × many"),
        (Field::ClusterSize, "30,5"),
        // There is no arm to wait for, and nobody looks.
        (Field::Delayed, "days"),
        (Field::Interim, "anytime"),
    ] {
        assert_eq!(field.set(&mut protocol, typed), None, "{field:?}");
    }
    assert_eq!(protocol, before);
}

#[test]
fn a_rule_that_came_with_a_file_can_be_taken_out() {
    let mut protocol = empty("a1".parse().unwrap(), "2026-12-01".parse().unwrap());
    let rule = json!({"type": "anytime", "outcome": "left", "alpha_per_mille": 25});
    protocol.interim = serde_json::from_value(rule).unwrap();
    assert_eq!(Field::Interim.get(&protocol), "anytime");
    assert_eq!(Field::Interim.set(&mut protocol, "none"), Some(()));
    assert_eq!(Field::Interim.get(&protocol), "none");
}
