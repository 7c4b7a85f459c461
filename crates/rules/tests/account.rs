//! The rules of the account at their thresholds, with expected values from the facts or worked out
//! by hand from the contract's definitions.

#![allow(clippy::unwrap_used, clippy::panic)]

use jobnet_rules::case::Case;
use jobnet_rules::evaluate::evaluate;
use serde_json::{Map, Value, json};

/// Evaluates a full-time member placed on 1 March 2026, with some fields replaced.
fn account(fields: Value) -> Value {
    let mut case: Map<String, Value> = Map::new();
    case.insert("as_of".into(), json!("2026-10-11"));
    case.insert("scheme".into(), json!("dagpenge"));
    case.insert("placed_on".into(), json!("2026-03-01"));
    case.extend(fields.as_object().unwrap().clone());
    let case: Case = serde_json::from_value(Value::Object(case)).unwrap();
    serde_json::to_value(evaluate(&case).unwrap()).unwrap()
}

/// Settled months from a first one on, of (work hours, paid hours).
fn settled(first: &str, months: &[(Value, Value)]) -> Value {
    let first: jobnet_rules::units::Month = first.parse().unwrap();
    let month = |(index, (work, paid)): (usize, &(Value, Value))| {
        let month = first.plus(i32::try_from(index).unwrap()).to_string();
        json!({"month": month, "work_hours": work, "paid_hours": paid, "settled": true})
    };
    months.iter().enumerate().map(month).collect()
}

fn worked(hours: f64) -> (Value, Value) {
    (json!(hours), json!(0))
}

#[track_caller]
fn check(actual: &Value, expected: Value) {
    assert_eq!(*actual, expected);
}

#[test]
fn payouts_by_the_published_table_of_2026() {
    for (work, payable, gross, reason) in [
        (0.0, 160.33, 22041.00, Value::Null),
        (50.0, 110.33, 15167.36, Value::Null),
        (100.0, 60.33, 8293.73, Value::Null),
        (145.52, 14.81, 2035.97, Value::Null), // 14.81 × 22,041 ÷ 160.33 = 2,035.970…
        (145.53, 14.80, 2034.60, Value::Null),
        (145.54, 0.0, 0.0, json!("below_minimum")),
        (146.0, 0.0, 0.0, json!("below_minimum")),
        (500.0, 0.0, 0.0, json!("below_minimum")),
    ] {
        let account = account(json!({"months": [{"month": "2026-05", "work_hours": work}]}));
        check(
            &account["payouts"],
            json!([{"month": "2026-05", "payable_hours": payable, "gross": gross,
                    "reason": reason}]),
        );
    }
}

#[test]
fn part_time_members_have_limits_of_their_own() {
    for (work, payable, gross) in
        [(0.0, 130.0, 14694.0), (117.99, 12.01, 1357.5), (118.0, 12.0, 1356.37), (118.01, 0.0, 0.0)]
    {
        let account = account(json!({"insurance": "part_time",
            "months": [{"month": "2026-05", "work_hours": work}]}));
        check(&account["payouts"][0]["payable_hours"], json!(payable));
        check(&account["payouts"][0]["gross"], json!(gross));
        check(&account["period"]["entitled_hours"], json!(3120.0));
        check(&account["requalification"]["required_hours"], json!(1258.0));
        check(&account["karens"]["threshold_hours"], json!(97.0));
    }
}

#[test]
fn payouts_cover_every_month_given_in_order_and_others_nothing_unsettled() {
    let account = account(json!({"months": [
        {"month": "2026-06", "work_hours": 10, "paid_hours": 150.33},
        {"month": "2026-01", "work_hours": 20, "paid_hours": 140.33, "settled": true}]}));
    check(&account["payouts"][0]["month"], json!("2026-01"));
    check(&account["payouts"][1]["month"], json!("2026-06"));
    check(&account["period"]["used_hours"], json!(0.0));
    check(&account["account"]["work_hours"], json!(0.0));
}

#[test]
fn rates_change_on_1_january_and_end_where_they_are_not_known() {
    let months = ["2022-12", "2023-06", "2024-06", "2025-12", "2026-01", "2026-12", "2027-01"];
    let months: Vec<_> =
        months.iter().map(|month| json!({"month": month, "work_hours": 0})).collect();
    let account = account(json!({"months": months}));
    let gross: Vec<_> =
        account["payouts"].as_array().unwrap().iter().map(|p| &p["gross"]).collect();
    let expected = json!([19351.0, 19728.0, 20359.0, 21092.0, 22041.0, 22041.0, null]);
    assert_eq!(gross, expected.as_array().unwrap().iter().collect::<Vec<_>>());
    check(&account["payouts"][6]["reason"], json!("rate_unknown"));
    check(&account["payouts"][6]["payable_hours"], json!(160.33));
}

#[test]
fn a_rate_of_her_own_is_used_for_every_month() {
    let account = account(json!({"monthly_rate": 18000.5, "months": [
        {"month": "2019-01", "work_hours": 0}, {"month": "2031-01", "work_hours": 0}]}));
    check(&account["payouts"][0]["gross"], json!(18000.5));
    check(&account["payouts"][1]["gross"], json!(18000.5));
}

#[test]
fn a_graduates_rate_falls_after_481_hours() {
    let graduate = |provider: bool, birth_date: &str| {
        account(json!({
            "scheme": "graduate", "placed_on": "2026-01-01",
            "graduate": {"provider": provider, "birth_date": birth_date},
            "months": settled("2026-01", &vec![(json!(0), json!(160.33)); 5]),
        }))
    };
    // 480.99 hours before April: 0.01 h at 15,759 and 160.32 h at 10,838.
    let young = graduate(false, "1999-01-01");
    check(&young["period"]["entitled_hours"], json!(1924.0));
    check(&young["period"]["frame_ends_on"], json!("2027-12-31"));
    check(&young["payouts"][2]["gross"], json!(15759.0));
    check(&young["payouts"][3]["gross"], json!(10838.31));
    check(&young["payouts"][4]["gross"], json!(10838.0));
    // Thirty on the first of the month: 13,690 instead.
    check(&graduate(false, "1996-04-01")["payouts"][3]["gross"], json!(13690.13));
    check(&graduate(false, "1996-04-02")["payouts"][3]["gross"], json!(10838.31));
    check(&graduate(false, "1996-04-02")["payouts"][4]["gross"], json!(13690.0));
    // A provider's rate has no step.
    check(&graduate(true, "1999-01-01")["payouts"][4]["gross"], json!(18074.0));
}

#[test]
fn the_step_comes_with_the_hour_after_481() {
    let april = |paid: f64| {
        let account = account(json!({
            "scheme": "graduate", "placed_on": "2026-01-01",
            "graduate": {"provider": false, "birth_date": "1999-01-01"},
            "months": [{"month": "2026-01", "work_hours": 0, "paid_hours": paid, "settled": true},
                       {"month": "2026-02", "work_hours": 0}]}));
        account["payouts"][1]["gross"].clone()
    };
    check(&april(320.67), json!(15759.0)); // 160.33 hours to the step
    check(&april(320.68), json!(15758.69)); // the last 0.01 h at 10,838
    check(&april(480.99), json!(10838.31));
    check(&april(481.0), json!(10838.0));
    check(&april(481.01), json!(10838.0));
}

#[test]
fn a_graduate_without_facts_has_no_rate() {
    let account = account(json!({"scheme": "graduate",
        "months": [{"month": "2026-05", "work_hours": 0}]}));
    check(&account["payouts"][0]["reason"], json!("rate_unknown"));
}

#[test]
fn used_and_remaining_make_the_entitlement() {
    let used = |paid: f64, quarantine: f64| {
        let account = account(json!({"months": [{"month": "2026-03", "work_hours": 0,
            "paid_hours": paid, "quarantine_hours": quarantine, "settled": true}]}));
        let (period, konto) = (&account["period"], &account["account"]);
        json!([period["used_hours"], period["remaining_hours"], konto["extension_hours_used"]])
    };
    check(&used(3847.99, 0.0), json!([3847.99, 0.01, 0.0]));
    check(&used(3736.99, 111.0), json!([3847.99, 0.01, 0.0])); // karantæne is consumed
    check(&used(3848.0, 0.0), json!([3848.0, 0.0, 0.0]));
    check(&used(3848.01, 0.0), json!([3848.0, 0.0, 0.01]));
}

#[test]
fn the_frame_is_lengthened_by_settled_months_away_at_most_two_years() {
    let frame = |placed_on: &str, away: usize, is_settled: bool| {
        let months: Vec<_> = (0..away)
            .map(|index| {
                let (year, month) = (2020 + index / 12, index % 12 + 1);
                json!({"month": format!("{year}-{month:02}"), "work_hours": 0,
                       "away": "parental_leave", "settled": is_settled})
            })
            .collect();
        account(json!({"placed_on": placed_on, "months": months}))["period"]["frame_ends_on"]
            .clone()
    };
    check(&frame("2020-01-01", 0, true), json!("2022-12-31"));
    check(&frame("2020-01-01", 1, true), json!("2023-01-31"));
    check(&frame("2020-01-01", 1, false), json!("2022-12-31"));
    check(&frame("2020-01-01", 24, true), json!("2024-12-31"));
    check(&frame("2020-01-01", 25, true), json!("2024-12-31"));
    check(&frame("2020-01-15", 1, true), json!("2023-02-14"));
    // February 2023 has no 31st: its last day stands for it.
    check(&frame("2020-01-31", 1, true), json!("2023-02-27"));
}

#[test]
fn it_runs_out_with_the_last_hour_or_the_frame() {
    let end = |paid: f64, placed_on: &str| {
        let account = account(json!({"placed_on": placed_on, "months": [{"month": "2026-03",
            "work_hours": 0, "paid_hours": paid, "settled": true}]}));
        json!([account["period"]["runs_out_month"], account["period"]["ended_by"]])
    };
    check(&end(3847.99, "2026-03-01"), json!(["2026-04", "hours"]));
    check(&end(3687.67, "2026-03-01"), json!(["2026-04", "hours"])); // 160.33 left
    check(&end(3687.66, "2026-03-01"), json!(["2026-05", "hours"])); // 160.34 left
    check(&end(3848.0, "2026-03-01"), json!([null, null]));
    // 3,848 hours last 25 months from April 2026: to April 2028.
    check(&end(0.0, "2025-04-15"), json!(["2028-04", "hours"])); // frame to 14 April 2028
    check(&end(0.0, "2025-04-01"), json!(["2028-03", "frame"]));
}

#[test]
fn without_a_settled_month_it_runs_out_from_the_month_asked_for() {
    let account = account(json!({}));
    check(&account["period"]["runs_out_month"], json!("2028-10"));
    check(&account["karens"]["window_from"], json!("2026-07"));
    check(&account["karens"]["window_to"], json!("2026-10"));
    check(&account["karens"]["state"], json!("open"));
}

#[test]
fn one_work_hour_buys_two_benefit_hours_within_the_limit() {
    let konto = |hours: f64| {
        let account = account(json!({"months": settled("2026-03", &[worked(hours)])}));
        json!([account["account"]["work_hours"], account["account"]["extension_hours_available"]])
    };
    check(&konto(300.0), json!([300.0, 600.0]));
    check(&konto(961.99), json!([961.99, 1923.98]));
    check(&konto(962.0), json!([962.0, 1924.0]));
    check(&konto(962.01), json!([962.01, 1924.0]));
}

#[test]
fn an_extension_draws_half_hours_from_the_oldest_exactly() {
    let konto = |paid: f64| {
        let account = account(json!({"placed_on": "2023-10-01", "months": [
            {"month": "2023-10", "work_hours": 100, "paid_hours": 3848, "settled": true},
            {"month": "2023-11", "work_hours": 200, "paid_hours": paid, "settled": true}]}));
        let konto = &account["account"];
        json!([
            konto["work_hours"],
            konto["extension_hours_available"],
            konto["extension_hours_used"],
            account["requalification"]["counted_hours"]
        ])
    };
    // October 2023 is 36 months before October 2026: what is left of its 100 hours drops out.
    check(&konto(0.0), json!([200.0, 400.0, 0.0, 200.0]));
    check(&konto(120.0), json!([200.0, 400.0, 120.0, 200.0])); // 60 drawn, 40 dropped
    check(&konto(200.0), json!([200.0, 400.0, 200.0, 200.0]));
    check(&konto(200.01), json!([199.99, 399.99, 200.01, 199.99])); // 199.995 left
    check(&konto(300.0), json!([150.0, 300.0, 300.0, 150.0]));
    check(&konto(600.0), json!([0.0, 0.0, 600.0, 0.0]));
    check(&konto(3000.0), json!([0.0, 0.0, 3000.0, 0.0])); // never below zero
}

#[test]
fn what_is_left_of_the_limit_bounds_an_extension() {
    let account = account(json!({"placed_on": "2023-11-01", "months": [
        {"month": "2023-11", "work_hours": 1500, "paid_hours": 4848, "settled": true}]}));
    // 1,000 used, 500 drawn: 1,000 hours buy 2,000, but 924 are left of 1,924.
    check(&account["account"]["work_hours"], json!(1000.0));
    check(&account["account"]["extension_hours_available"], json!(924.0));
}

#[test]
fn subsidised_and_unknown_hours_earn_nothing() {
    let account = account(json!({"months": [
        {"month": "2026-03", "work_hours": 30, "subsidised_hours": 100, "settled": true},
        {"month": "2026-04", "work_hours": null, "settled": true},
        {"month": "2026-02", "work_hours": null, "settled": true},
        {"month": "2026-05", "work_hours": null}]}));
    check(&account["account"]["work_hours"], json!(30.0));
    check(&account["unknown_hours_months"], json!(["2026-04"]));
}

#[test]
fn requalification_needs_1924_hours() {
    let met = |insurance: &str, hours: f64| {
        let months = settled("2026-03", &[worked(hours)]);
        let account = account(json!({"insurance": insurance, "months": months}));
        let found = &account["requalification"];
        json!([found["missing_hours"], found["met"]])
    };
    check(&met("full_time", 1923.99), json!([0.01, false]));
    check(&met("full_time", 1924.0), json!([0.0, true]));
    check(&met("full_time", 1924.01), json!([0.0, true]));
    check(&met("part_time", 1257.99), json!([0.01, false]));
    check(&met("part_time", 1258.0), json!([0.0, true]));
    let window = |placed_on: &str| {
        account(json!({"placed_on": placed_on}))["requalification"]["window_from"].clone()
    };
    check(&window("2023-10-31"), json!("2023-11"));
    check(&window("2023-11-01"), json!("2023-11"));
    check(&window("2023-12-01"), json!("2023-12"));
}

#[test]
fn karens_is_avoided_only_above_the_threshold() {
    let karens = |insurance: &str, hours: f64| {
        let mut months = vec![(json!(0), json!(160.33)); 3];
        months.insert(0, worked(hours));
        let months = settled("2026-03", &months);
        let account = account(json!({"insurance": insurance, "months": months}));
        json!([account["karens"]["state"], account["karens"]["missing_hours"]])
    };
    check(&karens("full_time", 147.99), json!(["applies", 0.02]));
    check(&karens("full_time", 148.0), json!(["applies", 0.01]));
    check(&karens("full_time", 148.01), json!(["avoided", 0.0]));
    check(&karens("part_time", 96.99), json!(["applies", 0.02]));
    check(&karens("part_time", 97.0), json!(["applies", 0.01]));
    check(&karens("part_time", 97.01), json!(["avoided", 0.0]));
}

#[test]
fn karens_stands_by_the_months_of_its_window() {
    let karens = |months: Value| account(json!({"months": months}))["karens"].clone();
    let state = |months: &[(Value, Value)]| karens(settled("2026-03", months))["state"].clone();
    let paid = (json!(0), json!(160.33));
    let unknown = (Value::Null, json!(160.33));
    check(&state(&[paid.clone(), paid.clone(), paid.clone()]), json!("open"));
    check(&state(&[worked(150.0)]), json!("avoided"));
    check(&state(&[unknown.clone(), paid.clone(), paid.clone(), paid.clone()]), json!("unknown"));
    check(&state(&[unknown, worked(148.01), paid.clone(), paid.clone()]), json!("avoided"));
    check(&state(&[paid.clone(), paid.clone(), paid.clone(), worked(0.0)]), json!("open"));
    let fifth = karens(settled("2026-03", &vec![paid; 5]));
    check(&fifth["window_from"], json!("2026-07"));
    check(&fifth["window_to"], json!("2026-10"));
    check(&fifth["state"], json!("open"));
}

#[test]
fn a_month_away_is_not_one_of_the_four() {
    let months = |last: &str| {
        let all = ["2026-03", "2026-04", "2026-05", "2026-06", "2026-07", "2026-08"];
        all.iter()
            .filter(|month| **month <= last)
            .map(|month| {
                json!({"month": month, "work_hours": 37, "paid_hours": 100, "settled": true,
                       "away": if *month == "2026-05" { json!("sickness") } else { Value::Null }})
            })
            .collect::<Vec<_>>()
    };
    let karens = |last: &str| {
        let karens = account(json!({"months": months(last)}))["karens"].clone();
        json!([karens["window_from"], karens["window_to"], karens["work_hours"], karens["state"]])
    };
    // Its 37 hours lie in the window all the same: five months hold 185.
    check(&karens("2026-06"), json!(["2026-03", "2026-07", 148.0, "open"]));
    check(&karens("2026-07"), json!(["2026-03", "2026-07", 185.0, "avoided"]));
    check(&karens("2026-08"), json!(["2026-08", "2026-11", 37.0, "open"]));
}

#[test]
fn supplementary_weeks_are_what_is_reported() {
    let account = account(json!({"supplementary_weeks_used": 31}));
    check(&account["supplementary"], json!({"weeks_limit": 30, "weeks_used": 31}));
}

#[test]
fn without_a_placement_nothing_that_counts_from_it_is_made_up() {
    let account = account(json!({"placed_on": null,
        "months": [{"month": "2026-05", "work_hours": 0, "settled": true}]}));
    for part in ["period", "account", "requalification", "karens"] {
        check(&account[part], Value::Null);
    }
    check(&account["payouts"][0]["gross"], json!(22041.0));
}

#[test]
fn a_correction_moves_every_counter_by_as_much() {
    let with = |work: f64, paid: f64| {
        let mut months = vec![(json!(20), json!(140.33)); 7];
        months[5] = (json!(work), json!(paid));
        account(json!({"months": settled("2026-03", &months)}))
    };
    // August was reported with 10 hours and corrected to 40.
    let (before, after) = (with(10.0, 150.33), with(40.0, 120.33));
    let get = |account: &Value, pointer: &str| account.pointer(pointer).unwrap().as_f64().unwrap();
    for (pointer, moved) in [
        ("/period/used_hours", -30.0),
        ("/period/remaining_hours", 30.0),
        ("/account/work_hours", 30.0),
        ("/account/extension_hours_available", 60.0),
        ("/requalification/counted_hours", 30.0),
        ("/requalification/missing_hours", -30.0),
        ("/karens/work_hours", 30.0),
        ("/karens/missing_hours", -30.0),
        ("/payouts/5/payable_hours", -30.0),
        ("/payouts/5/gross", -4124.18), // 30 × 137.4727…
    ] {
        let difference = get(&after, pointer) - get(&before, pointer);
        assert!((difference - moved).abs() < 0.005, "{pointer}: {difference}");
    }
}
