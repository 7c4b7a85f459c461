//! Every figure of an account has a trace, and a trace reads back from its text.

#![allow(clippy::unwrap_used, clippy::panic)]

use std::collections::BTreeSet;

use jobnet_rules::case::Case;
use jobnet_rules::evaluate::evaluate;
use jobnet_rules::simulate::{Plan, simulate};
use jobnet_rules::trace::{self, Figure, Input, Quantity, Rule};
use jobnet_rules::units::{Hours, Money, Month};
use serde_json::{Value, json};

/// The paths of all figures in an answer, as a trace names them.
fn figures(account: &Value) -> BTreeSet<String> {
    let mut paths = BTreeSet::new();
    for part in ["period", "account", "requalification", "karens", "supplementary"] {
        if let Value::Object(fields) = &account[part] {
            paths.extend(fields.keys().map(|field| format!("{part}.{field}")));
        }
    }
    for (list, fields) in [
        ("payouts", &["payable_hours", "gross"][..]),
        ("social_assistance", &["rate", "deduction", "benefit"][..]),
    ] {
        for month in account[list].as_array().unwrap_or(&Vec::new()) {
            let name = month["month"].as_str().unwrap();
            for field in fields {
                paths.insert(format!("{list}.{name}.{field}"));
            }
        }
    }
    paths.insert("unknown_hours_months".to_owned());
    paths
}

fn check(case: Value) {
    let case: Case = serde_json::from_value(case).unwrap();
    let account = evaluate(&case).unwrap();
    let traced: Vec<String> = account.trace.iter().map(|step| step.figure.to_string()).collect();
    let unique: BTreeSet<String> = traced.iter().cloned().collect();
    assert_eq!(unique.len(), traced.len(), "a figure is explained once");
    let mut expected = figures(&serde_json::to_value(&account).unwrap());
    if account.social_assistance.is_some() {
        // Social assistance is not paid by the hour.
        expected.retain(|path| !path.ends_with(".payable_hours"));
    }
    assert_eq!(unique, expected);
    for step in &account.trace {
        for input in &step.inputs {
            assert_eq!(input.to_string().parse::<Input>().unwrap(), *input);
        }
        assert_eq!(step.figure.to_string().parse::<Figure>().unwrap(), step.figure);
    }
}

#[test]
fn every_figure_is_explained_exactly_once() {
    let months = json!([
        {"month": "2026-03", "work_hours": 50, "paid_hours": 110.33, "settled": true},
        {"month": "2026-04", "work_hours": null, "paid_hours": 160.33, "settled": true},
        {"month": "2026-05", "work_hours": 150, "quarantine_hours": 7.4, "settled": true},
        {"month": "2026-06", "work_hours": 0, "away": "care", "settled": true},
        {"month": "2027-06", "work_hours": 0}]);
    check(json!({"as_of": "2026-10-11", "scheme": "dagpenge", "placed_on": "2026-03-01",
                 "months": months}));
    check(json!({"as_of": "2026-10-11", "scheme": "graduate", "placed_on": "2026-03-01",
                 "graduate": {"provider": false, "birth_date": "1999-01-01"},
                 "insurance": "part_time", "months": months}));
    check(json!({"as_of": "2026-10-11", "scheme": "dagpenge", "months": months}));
    check(json!({"as_of": "2026-10-11", "scheme": "dagpenge", "placed_on": "2026-10-10"}));
    check(json!({"as_of": "2026-10-11", "scheme": "social_assistance", "rate_level": "basic",
        "months": [{"month": "2025-06", "earned": 1}, {"month": "2025-07", "earned": 6000},
                   {"month": "2025-08"}, {"month": "2026-01", "earned": 0}]}));
}

#[test]
fn a_simulation_is_explained_too() {
    let case: Case = serde_json::from_value(json!({
        "as_of": "2026-10-11", "scheme": "dagpenge", "placed_on": "2026-10-01"}))
    .unwrap();
    let plan: Plan = serde_json::from_value(json!({
        "from": "2026-11-02", "weekly_hours": 20, "weeks": 10}))
    .unwrap();
    let simulation = simulate(&case, &plan).unwrap();
    let traced: BTreeSet<String> =
        simulation.trace.iter().map(|step| step.figure.to_string()).collect();
    for month in &simulation.months {
        for field in ["payable_hours", "gross"] {
            assert!(traced.contains(&format!("months.{}.{field}", month.month)));
        }
        let karens = traced.contains(&format!("months.{}.karens", month.month));
        assert_eq!(karens, month.karens.is_some());
    }
    for figure in ["ends_month", "extension_hours_earned", "karens_days", "gross_total"] {
        assert!(traced.contains(&format!("outcome.{figure}")));
    }
}

#[test]
fn the_gross_of_a_month_shows_hours_rate_and_month() {
    let case: Case = serde_json::from_value(json!({
        "as_of": "2026-10-11", "scheme": "dagpenge", "placed_on": "2026-03-01",
        "months": [{"month": "2026-03", "work_hours": 50, "settled": true}]}))
    .unwrap();
    let account = evaluate(&case).unwrap();
    let step = account.trace.iter().find(|step| step.figure.to_string() == "payouts.2026-03.gross");
    let step = serde_json::to_value(step.unwrap()).unwrap();
    assert_eq!(
        step,
        json!({"figure": "payouts.2026-03.gross", "rule": "payout.gross",
               "law": "Lov om arbejdsløshedsforsikring § 47", "valid_from": "2026-01-01",
               "inputs": ["payable_hours[2026-03]=110.33", "month_hours=160.33",
                          "maximum_rate[2026-03]=22041.00", "rounding=unknown"],
               "status": "confirmed"})
    );
}

#[test]
fn keys_are_unique_and_read_back() {
    let rules: BTreeSet<&str> = Rule::ALL.iter().map(|rule| rule.key()).collect();
    assert_eq!(rules.len(), Rule::ALL.len());
    for rule in Rule::ALL {
        assert_eq!(rule.key().parse::<Rule>().unwrap(), *rule);
    }
    let quantities: BTreeSet<&str> = Quantity::ALL.iter().map(|name| name.key()).collect();
    assert_eq!(quantities.len(), Quantity::ALL.len());
    for bad in ["", "x=1", "month_hours", "month_hours=x", "month_hours[2026]=1", "away=home"] {
        assert!(bad.parse::<Input>().is_err(), "{bad}");
    }
    assert!("payouts.2026-03.net".parse::<Figure>().is_err());
}

#[test]
fn what_is_written_is_what_is_displayed() {
    use trace::Value::{Away, Count, Date, Flag, Percent, Unknown};
    let month = |index| Month::from_index(index);
    let march = month(2026 * 12 + 2);
    let hundredths = [0, 1, 10, 99, 100, 1_033, 2_204_100, -1, -1_050, i64::MAX, i64::MIN];
    let mut values = vec![Count(-3), Percent(1_250), Flag(true), Unknown];
    values.push(Away(jobnet_rules::case::Away::Sickness));
    values.extend(hundredths.map(|number| trace::Value::Hours(Hours::from_hundredths(number))));
    values.extend(hundredths.map(|number| trace::Value::Money(Money::from_hundredths(number))));
    let months = [march, month(0), month(-1), month(9_999 * 12 + 11), month(10_000 * 12)];
    values.extend(months.map(trace::Value::Month));
    for day in ["2026-03-01", "0001-12-31", "9999-12-31", "+12345-01-02", "-0044-03-15"] {
        values.push(Date(day.parse().unwrap()));
    }
    for value in values {
        for month in [None, Some(march)] {
            let input = Input { quantity: Quantity::MonthHours, month, value };
            assert_eq!(serde_json::to_value(input).unwrap(), input.to_string());
        }
    }
    for month in months {
        for figure in [Figure::Gross(month), Figure::SocialRate(month), Figure::KarensState] {
            assert_eq!(serde_json::to_value(figure).unwrap(), figure.to_string());
        }
    }
}
