//! Thresholds of part-time insured members, graduates and rare rules: at each, one hundredth below
//! and one above. Those of full-time members stand with the rules they belong to.

#![allow(clippy::unwrap_used, clippy::panic)]

use jobnet_rules::case::{Case, Insurance};
use jobnet_rules::evaluate::evaluate;
use jobnet_rules::rates::with_supplement;
use jobnet_rules::rule_225::rule_225;
use jobnet_rules::sanctions::work_requirement;
use jobnet_rules::shortening::{ShortenedRight, shortening};
use jobnet_rules::supplementary::{PayPeriod, extension_weeks};
use jobnet_rules::units::{Hours, Month};
use serde_json::{Value, json};

use Insurance::{FullTime, PartTime};

fn hours(text: &str) -> Hours {
    text.parse().unwrap()
}
fn month(text: &str) -> Month {
    text.parse().unwrap()
}

/// The account of a member placed on 1 January 2026 with these months.
fn account(scheme: &str, insurance: &str, months: Value) -> Value {
    let mut case = json!({"as_of": "2026-10-11", "scheme": scheme, "insurance": insurance,
        "placed_on": "2026-01-01", "months": months});
    if scheme == "graduate" {
        case["graduate"] = json!({"provider": false, "birth_date": "1999-01-01"});
    }
    let case: Case = serde_json::from_value(case).unwrap();
    serde_json::to_value(evaluate(&case).unwrap()).unwrap()
}

#[test]
fn the_hours_of_a_period_and_what_goes_beyond() {
    let check = |scheme: &str, insurance: &str, paid: f64, expected: [f64; 3]| {
        let months = json!([{"month": "2026-01", "work_hours": 0, "paid_hours": paid,
            "settled": true}]);
        let found = account(scheme, insurance, months);
        let (period, konto) = (&found["period"], &found["account"]);
        let found =
            json!([period["used_hours"], period["remaining_hours"], konto["extension_hours_used"]]);
        assert_eq!(found, json!(expected), "{scheme} {insurance} {paid}");
    };
    check("dagpenge", "part_time", 3119.99, [3119.99, 0.01, 0.0]);
    check("dagpenge", "part_time", 3120.0, [3120.0, 0.0, 0.0]);
    check("dagpenge", "part_time", 3120.01, [3120.0, 0.0, 0.01]);
    check("graduate", "full_time", 1923.99, [1923.99, 0.01, 0.0]);
    check("graduate", "full_time", 1924.0, [1924.0, 0.0, 0.0]);
    check("graduate", "full_time", 1924.01, [1924.0, 0.0, 0.01]);
    check("graduate", "part_time", 1559.99, [1559.99, 0.01, 0.0]);
    check("graduate", "part_time", 1560.0, [1560.0, 0.0, 0.0]);
    check("graduate", "part_time", 1560.01, [1560.0, 0.0, 0.01]);
}

#[test]
fn the_account_and_a_new_period_of_part_time_members() {
    let found = |work: f64| {
        let months = json!([{"month": "2026-01", "work_hours": work, "settled": true}]);
        account("dagpenge", "part_time", months)
    };
    let buys = |work| found(work)["account"]["extension_hours_available"].clone();
    assert_eq!([buys(779.99), buys(780.0), buys(780.01)], [1559.98, 1560.0, 1560.0]);
    let met = |work| found(work)["requalification"]["met"].clone();
    assert_eq!([met(1257.99), met(1258.0), met(1258.01)], [false, true, true]);
}

#[test]
fn the_step_of_part_time_members_comes_with_the_hour_after_390() {
    let february = |paid: f64| {
        let months = json!([{"month": "2026-01", "work_hours": 0, "paid_hours": paid,
                             "settled": true},
                            {"month": "2026-02", "work_hours": 0}]);
        account("graduate", "part_time", months)["payouts"][1]["gross"].clone()
    };
    // 130 hours at 10,506 kroner; after the step 7,225: 0.01 hour is 25 øre of difference.
    assert_eq!([february(259.99), february(260.0), february(260.01)], [10506.0, 10506.0, 10505.75]);
    assert_eq!([february(389.99), february(390.0), february(390.01)], [7225.25, 7225.0, 7225.0]);

    let supplement = |before| with_supplement(PartTime, month("2026-05"), hours(before));
    assert_eq!(supplement("390.01"), supplement("390"));
    assert_ne!(supplement("389.99"), supplement("390"));
}

#[test]
fn earnings_at_the_free_amount_and_at_the_ceiling_of_the_increased_rate() {
    let check = |earned: f64, deduction: f64, benefit: f64| {
        let case: Case = serde_json::from_value(json!({
            "as_of": "2025-10-11", "scheme": "social_assistance", "rate_level": "increased",
            "months": [{"month": "2025-09", "earned": earned, "work_hours": 0, "settled": true}]
        }))
        .unwrap();
        let account = serde_json::to_value(evaluate(&case).unwrap()).unwrap();
        let found = &account["social_assistance"][0];
        let found = json!([found["deduction"], found["benefit"]]);
        assert_eq!(found, json!([deduction, benefit]), "{earned}");
    };
    check(2499.99, 0.0, 12498.0);
    check(2500.0, 0.0, 12498.0);
    check(2500.01, 0.01, 12497.99);
    // 19,911.44 and 1,180.56 are 21,092.00, the ceiling; one øre more and it binds.
    check(19911.43, 11317.43, 1180.57);
    check(19911.44, 11317.44, 1180.56);
    check(19911.45, 11317.44, 1180.55);
}

#[test]
fn rare_rules_at_their_thresholds() {
    let short = |worked: &str, insurance| {
        let work = [(month("2026-02"), hours(worked))];
        let decided_on = "2026-01-15".parse().unwrap();
        let found = work_requirement(&work, decided_on, insurance).unwrap().value;
        (found.missing_hours, found.met_in.is_some())
    };
    for (insurance, below, at, above) in
        [(FullTime, "299.99", "300", "300.01"), (PartTime, "149.99", "150", "150.01")]
    {
        assert_eq!(short(below, insurance), (hours("0.01"), false));
        assert_eq!(short(at, insurance), (Hours::ZERO, true));
        assert_eq!(short(above, insurance), (Hours::ZERO, true));
    }

    let missing = |worked: &str| {
        let work = [(month("2025-06"), Some(hours(worked)))];
        rule_225(&work, month("2025-06")).unwrap().value.missing_hours
    };
    let found = [missing("224.99"), missing("225"), missing("225.01")];
    assert_eq!(found, [hours("0.01"), Hours::ZERO, Hours::ZERO]);

    let is_shortened = |total: &str| {
        let paid = [(month("2026-10"), hours(total))];
        let right = ShortenedRight::Period(hours("1000"));
        shortening(&paid, month("2026-10"), PartTime, right).unwrap().value.is_some()
    };
    let found = [is_shortened("6239.99"), is_shortened("6240"), is_shortened("6240.01")];
    assert_eq!(found, [false, true, true]);

    let weeks = |period, worked: &str, count| {
        let work = vec![Some(hours(worked)); count];
        let on = "2026-10-11".parse().unwrap();
        extension_weeks(period, &work, FullTime, on).unwrap().value
    };
    for (period, count, below, at, above) in [
        (PayPeriod::Week, 4, "33.99", "34", "34.01"),
        (PayPeriod::Fortnight, 2, "67.99", "68", "68.01"),
        (PayPeriod::Month, 1, "145.99", "146", "146.01"),
    ] {
        let found = [below, at, above].map(|worked| weeks(period, worked, count));
        assert_eq!(found, [0, 0, 4], "{period:?}");
    }
}
