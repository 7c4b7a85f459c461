//! The example and the definitions of the contract's `evaluate`, with expected values worked out
//! by hand from them.

#![allow(clippy::unwrap_used, clippy::panic)]

use jobnet_rules::account::Account;
use jobnet_rules::case::Case;
use jobnet_rules::evaluate::evaluate;
use serde_json::{Value, json};

fn account(case: Value) -> Value {
    let case: Case = serde_json::from_value(case).unwrap();
    serde_json::to_value(evaluate(&case).unwrap()).unwrap()
}

/// Every key of `expected` must be in `actual` with the same value; more keys may be there.
#[track_caller]
fn includes(actual: &Value, expected: &Value) {
    match (actual, expected) {
        (Value::Object(actual), Value::Object(expected)) => {
            for (key, value) in expected {
                includes(actual.get(key).unwrap_or_else(|| panic!("no {key}")), value);
            }
        }
        (Value::Number(actual), Value::Number(expected)) => {
            assert_eq!(actual.as_f64(), expected.as_f64());
        }
        _ => assert_eq!(actual, expected),
    }
}

#[test]
fn the_example_of_the_contract() {
    let account = account(json!({
        "as_of": "2026-10-11", "scheme": "dagpenge", "insurance": "full_time",
        "placed_on": "2026-03-01", "monthly_rate": 22041.00, "supplementary_weeks_used": null,
        "months": [
            {"month": "2026-03", "work_hours": 50.00, "subsidised_hours": 0, "paid_hours": 110.33,
             "quarantine_hours": 0, "away": null, "settled": true},
            {"month": "2026-04", "work_hours": null, "paid_hours": 160.33, "settled": true}]
    }));
    let expected = json!({
        "rules_as_of": "2026-10-11",
        "period": {"entitled_hours": 3848.00, "used_hours": 270.66, "remaining_hours": 3577.34,
                   "frame_ends_on": "2029-02-28", "runs_out_month": "2028-03", "ended_by": "hours"},
        "account": {"work_hours": 50.00, "extension_hours_available": 100.00,
                    "extension_hours_used": 0.00},
        "requalification": {"required_hours": 1924.00, "counted_hours": 50.00,
                            "missing_hours": 1874.00, "window_from": "2026-03", "met": false},
        "karens": {"window_from": "2026-03", "window_to": "2026-06", "work_hours": 50.00,
                   "threshold_hours": 148.00, "missing_hours": 98.01, "state": "open"},
        "supplementary": {"weeks_limit": 30, "weeks_used": null},
        "payouts": [
            {"month": "2026-03", "payable_hours": 110.33, "gross": 15167.36, "reason": null},
            {"month": "2026-04", "payable_hours": null, "gross": null, "reason": "hours_unknown"}],
        "social_assistance": null,
        "unknown_hours_months": ["2026-04"],
    });
    for (key, value) in expected.as_object().unwrap() {
        if key != "payouts" {
            includes(&account[key], value);
        }
    }
    for index in 0..2 {
        includes(&account["payouts"][index], &expected["payouts"][index]);
    }
    let used = account["trace"].as_array().unwrap().iter();
    let used: Vec<_> = used.filter(|step| step["figure"] == "period.used_hours").collect();
    assert_eq!(used.len(), 1);
    assert_eq!(used[0]["status"], "confirmed");
    assert_eq!(
        used[0]["inputs"],
        json!([
            "entitled_hours=3848.00",
            "paid_hours[2026-03]=110.33",
            "paid_hours[2026-04]=160.33"
        ])
    );
}

#[test]
fn the_wire_form_reads_back_as_it_was_written() {
    let case: Case = serde_json::from_value(json!({
        "as_of": "2026-10-11", "scheme": "graduate", "placed_on": "2026-01-15",
        "graduate": {"provider": false, "birth_date": "1999-01-01"},
        "months": [{"month": "2026-02", "work_hours": 12.34, "paid_hours": 147.99, "settled": true},
                   {"month": "2026-03", "away": "sickness", "settled": true}]
    }))
    .unwrap();
    let account = evaluate(&case).unwrap();
    let text = serde_json::to_string(&account).unwrap();
    assert_eq!(serde_json::from_str::<Account>(&text).unwrap(), account);
}
