//! What is served of karantæne where two registers tell of it, and what a simulation has still to
//! serve. Every expected number is worked out by hand: a full month is 160.33 hours.

#![allow(clippy::unwrap_used, clippy::panic)]

use jobnet_rules::case::Case;
use jobnet_rules::quarantine::{Decision, left_to_simulate, served};
use jobnet_rules::simulate::{Plan, simulate};
use jobnet_rules::units::Hours;
use serde_json::{Value, json};

fn hours(text: &str) -> Hours {
    text.parse().unwrap()
}

fn decision(on: &str, of: &str, told: Option<&str>) -> Decision {
    Decision { decided_on: on.parse().unwrap(), hours: hours(of), told: told.map(hours) }
}

/// A full-time member placed on 1 March 2026.
fn case(as_of: &str, months: Value) -> Case {
    serde_json::from_value(json!({"as_of": as_of, "scheme": "dagpenge",
        "placed_on": "2026-03-01", "months": months}))
    .unwrap()
}

/// A month that is settled, with its hours of karantæne and those paid.
fn settled(month: &str, quarantine: f64, paid: f64) -> Value {
    json!({"month": month, "work_hours": 0, "quarantine_hours": quarantine, "paid_hours": paid,
           "settled": true})
}

fn open(month: &str, quarantine: f64) -> Value {
    json!({"month": month, "work_hours": 0, "quarantine_hours": quarantine, "settled": false})
}

fn left(case: &Case, decisions: &[Decision]) -> String {
    left_to_simulate(case, decisions).unwrap_or_default().to_string()
}

/// Hours of karantæne that the months of a simulation serve.
fn simulated(case: &Case, decisions: &[Decision]) -> String {
    let quarantine_left_hours = left_to_simulate(case, decisions);
    let case = Case { quarantine_left_hours, ..case.clone() };
    let months = simulate(&case, &Plan::nothing(case.as_of)).unwrap().months;
    months.iter().map(|month| month.quarantine_hours).sum::<Hours>().to_string()
}

#[test]
fn an_old_decision_that_is_served_does_not_hide_a_new_one() {
    let closed = case("2026-10-12", json!([settled("2026-09", 50.0, 110.33)]));
    let august = settled("2026-08", 0.0, 160.33);
    let running = case("2026-09-28", json!([august, open("2026-09", 50.0)]));
    for told in [None, Some("0")] {
        let both =
            [decision("2023-02-10", "111", Some("111")), decision("2026-09-04", "111", told)];
        // 222 − 111 − 50.
        assert_eq!(left(&closed, &both), "61.00");
        assert_eq!(simulated(&closed, &both), "61.00");
        // September is played with its own 50: 111 in all, not 161.
        assert_eq!(left(&running, &both), "61.00");
        assert_eq!(simulated(&running, &both), "111.00");
        assert_eq!(served(&running, &both), ["111", "50"].map(hours));
    }
    // A hundredth of the old one that is not served comes first: it takes it from September's 50.
    for (told, expected) in [("110.99", "61.01"), ("111", "61.00")] {
        let both = [decision("2023-02-10", "111", Some(told)), decision("2026-09-04", "111", None)];
        assert_eq!(left(&closed, &both), expected);
    }
}

#[test]
fn what_months_tell_of_one_decision_and_the_register_of_another_is_added() {
    let found = |paid_in_may: f64, told: &str| {
        let months =
            json!([settled("2026-03", 111.0, 49.33), settled("2026-05", 0.0, paid_in_may)]);
        let both = [decision("2026-03-05", "111", None), decision("2026-05-04", "111", Some(told))];
        left(&case("2026-06-12", months), &both)
    };
    // May had room for 160.33 − 123.33 = 37 hours.
    assert_eq!(found(123.33, "37"), "74.00");
    assert_eq!(found(123.33, "36.99"), "74.01");
    assert_eq!(found(123.33, "37.01"), "74.00");
    assert_eq!(found(123.34, "37"), "74.01");
    assert_eq!(found(123.32, "37"), "74.00");
}

#[test]
fn what_the_register_of_sanctions_knows_first_is_played_in_the_months_to_come() {
    let told = |told| [decision("2026-09-02", "111", Some(told))];
    let september = settled("2026-09", 37.0, 123.33);
    let closed = case("2026-10-28", json!([september]));
    // 111 − 37 = 74 use up the period in October, though the register has them as served.
    assert_eq!(left(&closed, &told("111")), "74.00");
    assert_eq!(simulated(&closed, &told("111")), "74.00");
    assert_eq!(left(&closed, &told("37")), "74.00");
    assert_eq!(served(&closed, &told("111")), [hours("111")], "served all the same");
    // October is reported with 50 of them: it carries those itself, and 24 are left beside them.
    let running = case("2026-10-28", json!([september, open("2026-10", 50.0)]));
    assert_eq!(left(&running, &told("111")), "24.00");
    assert_eq!(simulated(&running, &told("111")), "74.00");
    // Decided after the last settled month: nothing of it can be settled.
    assert_eq!(left(&closed, &[decision("2026-10-01", "111", Some("111"))]), "111.00");
}

#[test]
fn a_month_that_is_neither_settled_nor_played_is_not_lost() {
    let one = [decision("2026-08-05", "111", None)];
    let months = |august: Value| json!([august, settled("2026-09", 61.0, 99.33)]);
    let gap = case("2026-10-12", months(open("2026-08", 50.0)));
    // September served 61; August's 50 are counted nowhere yet.
    assert_eq!(left(&gap, &one), "50.00");
    assert_eq!(simulated(&gap, &one), "50.00");
    let closed = case("2026-10-12", months(settled("2026-08", 50.0, 110.33)));
    assert_eq!(left(&closed, &one), "0.00");
    assert_eq!(served(&gap, &one), [hours("111")], "served on the day");
    // What an open month of an earlier period served is over.
    let earlier = json!([open("2026-02", 50.0), settled("2026-09", 0.0, 160.33)]);
    let earlier = case("2026-10-12", earlier);
    assert_eq!(left(&earlier, &[decision("2026-02-05", "111", Some("50"))]), "61.00");
}

#[test]
fn a_decision_of_which_nobody_tells_is_left_only_as_far_as_it_cannot_have_been_served() {
    let found = |on: &str, told: Option<&str>, paid: f64| {
        let case = case("2026-10-12", json!([settled("2026-09", 0.0, paid)]));
        left(&case, &[decision(on, "111", told)])
    };
    assert_eq!(found("2021-05-05", None, 160.33), "0.00", "years to serve it in");
    assert_eq!(found("2021-05-05", Some("0"), 160.33), "111.00", "the register tells");
    assert_eq!(found("2026-10-01", None, 49.33), "111.00", "after the last settled month");
    // September could have served 160.33 less the hours paid.
    for (paid, expected) in
        [(160.33, "111.00"), (60.33, "11.00"), (49.34, "0.01"), (49.33, "0.00"), (49.32, "0.00")]
    {
        assert_eq!(found("2026-09-30", None, paid), expected, "{paid}");
    }
    // Work leaves no room either, nor does a month away.
    let september = json!({"month": "2026-09", "work_hours": 100.33, "settled": true});
    let one = [decision("2026-09-01", "111", None)];
    assert_eq!(left(&case("2026-10-12", json!([september])), &one), "51.00");
    let away = json!({"month": "2026-09", "work_hours": 0, "away": "care", "settled": true});
    assert_eq!(left(&case("2026-10-12", json!([away])), &one), "111.00");
    // The months since tell.
    let months = json!([settled("2026-08", 37.0, 123.33), settled("2026-09", 0.0, 100.0)]);
    let one = [decision("2026-08-10", "111", None)];
    assert_eq!(left(&case("2026-10-12", months), &one), "74.00");
    // An old one takes nothing from a new one.
    let both = [decision("2021-05-05", "111", None), decision("2026-09-04", "111", None)];
    let closed = case("2026-10-12", json!([settled("2026-09", 50.0, 110.33)]));
    assert_eq!(left(&closed, &both), "61.00");
}

#[test]
fn the_same_is_served_for_the_timeline_and_for_what_if() {
    // 37 in the register of sanctions, 57 in the months.
    let months = json!([
        settled("2026-02", 90.0, 0.0),
        settled("2026-03", 37.0, 123.33),
        settled("2026-04", 20.0, 140.33)
    ]);
    let case = case("2026-05-12", months);
    let one = |told| [decision("2026-03-20", "111", told)];
    assert_eq!(left(&case, &one(Some("37"))), "54.00");
    assert_eq!(served(&case, &one(Some("37"))), [hours("57")]);
    assert_eq!(served(&case, &one(None)), [hours("57")]);
    // The register may know more than the months, never less.
    assert_eq!(served(&case, &one(Some("60"))), [hours("60")]);
    assert_eq!(left(&case, &one(Some("60"))), "54.00");
    assert_eq!(served(&case, &[decision("2026-05-04", "111", None)]), [hours("0")]);
    assert_eq!(served(&case, &[]), []);
}

#[test]
fn without_a_decision_or_a_placement_nothing_is_left_to_simulate() {
    let one = [decision("2026-09-02", "111", Some("0"))];
    let member = case("2026-10-12", json!([settled("2026-09", 0.0, 160.33)]));
    assert_eq!(left_to_simulate(&member, &one), Some(hours("111")));
    assert_eq!(left_to_simulate(&member, &[]), None);
    assert_eq!(left_to_simulate(&member, &[decision("2026-08-02", "111", Some("111"))]), None);
    let unplaced = Case { placed_on: None, ..member };
    assert_eq!(left_to_simulate(&unplaced, &one), None);
}
