//! Social assistance by the 2025 rule: the examples of the facts, each threshold, and silence where
//! no rate is known.

#![allow(clippy::unwrap_used, clippy::panic)]

use jobnet_rules::case::Case;
use jobnet_rules::evaluate::evaluate;
use serde_json::{Value, json};

fn account(level: &str, month: &str, earned: Value, monthly_rate: Value) -> Value {
    let case: Case = serde_json::from_value(json!({
        "as_of": "2026-10-11", "scheme": "social_assistance", "rate_level": level,
        "monthly_rate": monthly_rate,
        "months": [{"month": month, "earned": earned, "work_hours": 0, "settled": true}]
    }))
    .unwrap();
    serde_json::to_value(evaluate(&case).unwrap()).unwrap()
}

#[track_caller]
fn check(level: &str, earned: f64, deduction: f64, benefit: f64) {
    let account = account(level, "2025-09", json!(earned), Value::Null);
    let month = &account["social_assistance"][0];
    assert_eq!(month["deduction"], json!(deduction), "{level} {earned}");
    assert_eq!(month["benefit"], json!(benefit), "{level} {earned}");
    assert_eq!(account["payouts"][0]["gross"], json!(benefit));
    assert_eq!(account["payouts"][0]["payable_hours"], Value::Null, "not paid by the hour");
    assert_eq!(account["period"], Value::Null);
}

#[test]
fn the_examples_of_the_facts() {
    check("basic", 8000.0, 1950.0, 5255.0);
    check("increased", 8000.0, 3575.0, 8923.0);
}

#[test]
fn the_free_amount_is_not_deducted() {
    check("minimum", 0.0, 0.0, 6789.0);
    check("minimum", 4999.99, 0.0, 6789.0);
    check("minimum", 5000.0, 0.0, 6789.0);
    check("minimum", 5000.01, 0.01, 6788.99); // 0.65 øre, half up
    check("increased", 2500.0, 0.0, 12498.0);
    check("increased", 2501.0, 0.65, 12497.35);
}

#[test]
fn earnings_and_benefit_stay_under_the_ceiling() {
    // 65 % of 17,411 is 11,317.15; 1,180.85 and 19,911 make 21,091.85, under 21,092.
    check("increased", 19911.0, 11317.15, 1180.85);
    // 65 % of 17,500 is 11,375; 1,123 and 20,000 make 21,123, 31 too much.
    check("increased", 20000.0, 11375.0, 1092.0);
    check("increased", 21092.0, 12084.8, 0.0);
    check("increased", 30000.0, 17875.0, 0.0);
    check("basic", 16084.62, 7205.0, 0.0);
}

#[test]
fn what_is_not_known_is_not_paid() {
    let home = account("living_at_home", "2025-09", json!(1000), Value::Null);
    assert_eq!(home["social_assistance"][0]["deduction"], json!(650.0), "from the first krone");
    assert_eq!(home["social_assistance"][0]["benefit"], Value::Null);
    assert_eq!(home["payouts"][0]["reason"], json!("rate_unknown"));

    let next_year = account("basic", "2026-01", json!(8000), Value::Null);
    assert_eq!(next_year["social_assistance"][0]["deduction"], json!(1950.0));
    assert_eq!(next_year["payouts"][0]["reason"], json!("rate_unknown"));
    let own = account("basic", "2026-01", json!(8000), json!(7500));
    assert_eq!(own["social_assistance"][0]["benefit"], json!(5550.0));

    let before = account("basic", "2025-06", json!(8000), json!(7500));
    assert_eq!(before["social_assistance"][0]["deduction"], Value::Null);
    assert_eq!(before["social_assistance"][0]["benefit"], Value::Null);

    let unknown = account("basic", "2025-09", Value::Null, Value::Null);
    assert_eq!(unknown["payouts"][0]["gross"], Value::Null);
    assert_eq!(unknown["payouts"][0]["reason"], json!("earnings_unknown"));
}

#[test]
fn what_is_not_confirmed_says_so() {
    let account = account("increased", "2025-09", json!(8000), Value::Null);
    for step in account["trace"].as_array().unwrap() {
        if step["figure"] != "unknown_hours_months" {
            assert_eq!(step["status"], "unconfirmed", "{}", step["figure"]);
        }
    }
}
