//! Plans that come to a limit: the weeks of benefit beside work, and karantæne that is left to serve.
//! Every expected number is worked out by hand from the facts.

#![allow(clippy::unwrap_used, clippy::panic)]

use jobnet_rules::case::Case;
use jobnet_rules::sanctions;
use jobnet_rules::simulate::{Simulation, simulate};
use jobnet_rules::trace::Status;
use jobnet_rules::units::{Hours, Month};
use serde_json::{Map, Value, json};

fn hours(text: &str) -> Hours {
    text.parse().unwrap()
}

/// Placed on 1 March 2026, nothing settled yet, with some fields replaced.
fn played(fields: Value, weekly: f64, weeks: u16, from: &str) -> Simulation {
    let mut case: Map<String, Value> = Map::new();
    case.insert("as_of".into(), json!("2026-03-15"));
    case.insert("scheme".into(), json!("dagpenge"));
    case.insert("placed_on".into(), json!("2026-03-01"));
    case.extend(fields.as_object().unwrap().clone());
    let case: Case = serde_json::from_value(Value::Object(case)).unwrap();
    let plan = json!({"from": from, "weekly_hours": weekly, "weeks": weeks});
    simulate(&case, &serde_json::from_value(plan).unwrap()).unwrap()
}

/// Twenty hours a week from Monday 2 March 2026, when so many weeks of the thirty are used: weeks
/// used in the end, and the month from which on it is not certain.
fn beside_work(used: Option<u32>, weeks: u16) -> (Option<u32>, Option<String>) {
    let fields = json!({"supplementary_weeks_used": used});
    let outcome = played(fields, 20.0, weeks, "2026-03-02").outcome;
    (outcome.supplementary_weeks_used, outcome.supplementary_limit_month.map(|m| m.to_string()))
}

#[test]
fn benefit_beside_work_is_certain_for_thirty_weeks_and_to_the_end_of_the_month_they_end_in() {
    let from = |month: &str| Some(month.to_owned());
    // Five weeks begin in March, four in April, four in May, five in June.
    assert_eq!(beside_work(Some(20), 13), (Some(33), None), "33 weeks: the 30th is in May");
    assert_eq!(beside_work(Some(20), 14), (Some(33), from("2026-06")));
    assert_eq!(beside_work(Some(21), 9), (Some(30), None), "the 30th is the last of April");
    assert_eq!(beside_work(Some(21), 10), (Some(30), from("2026-05")));
    assert_eq!(beside_work(Some(22), 10), (Some(31), from("2026-05")));
    assert_eq!(beside_work(Some(29), 5), (Some(34), None));
    assert_eq!(beside_work(Some(29), 6), (Some(34), from("2026-04")));
    assert_eq!(beside_work(Some(30), 1), (Some(30), from("2026-03")));
    assert_eq!(beside_work(Some(31), 1), (Some(31), from("2026-03")));
    assert_eq!(beside_work(Some(31), 0), (Some(31), None), "no work: nothing to doubt");
    // Two years of it: 5 + 4 + 4 + 5 + 4 + 5 + 4 weeks begin before October.
    assert_eq!(beside_work(Some(0), 104), (Some(31), from("2026-10")));
}

#[test]
fn work_that_is_reported_but_not_settled_may_use_up_every_week_of_its_month() {
    let of = |used: u32, work: f64, weeks: u16| {
        let months = json!([{"month": "2026-03", "work_hours": work, "settled": false}]);
        let fields = json!({"supplementary_weeks_used": used, "months": months});
        // The plan is for April and later; five weeks begin in March.
        let outcome = played(fields, 20.0, weeks, "2026-04-06").outcome;
        let limit = outcome.supplementary_limit_month.map(|month| month.to_string());
        (outcome.supplementary_weeks_used, limit)
    };
    let from = |month: &str| Some(month.to_owned());
    assert_eq!(of(24, 50.0, 1), (Some(30), None), "24 + 5 + 1");
    assert_eq!(of(25, 50.0, 1), (Some(30), from("2026-04")), "25 + 5");
    assert_eq!(of(26, 50.0, 1), (Some(31), from("2026-04")));
    assert_eq!(of(30, 50.0, 0), (Some(30), from("2026-03")), "March itself");
    assert_eq!(of(25, 0.0, 1), (Some(26), None), "no work");
    assert_eq!(of(25, 0.01, 0), (Some(30), None));
    // 145.53 hours are the most with benefit beside them.
    assert_eq!(of(25, 145.53, 0), (Some(30), None));
    assert_eq!(of(25, 145.54, 0), (Some(25), None));
}

#[test]
fn weeks_that_the_fund_has_not_told_cannot_be_counted() {
    assert_eq!(beside_work(None, 1), (None, Some("2026-03".to_owned())));
    assert_eq!(beside_work(None, 0), (None, None));
}

#[test]
fn a_week_counts_on_reduced_hours_in_a_month_that_pays() {
    let used = |insurance: &str, weekly: f64| {
        let fields = json!({"supplementary_weeks_used": 7, "insurance": insurance});
        // Two weeks from Monday 16 March: at most 74 hours, so March pays.
        played(fields, weekly, 2, "2026-03-16").outcome.supplementary_weeks_used
    };
    assert_eq!(used("full_time", 36.99), Some(9));
    assert_eq!(used("full_time", 37.0), Some(7));
    assert_eq!(used("full_time", 37.01), Some(7));
    assert_eq!(used("part_time", 29.99), Some(9));
    assert_eq!(used("part_time", 30.0), Some(7));
    assert_eq!(used("part_time", 30.01), Some(7));
    // Four weeks in March: 145.52 hours leave 14.81 to pay, 145.56 too few.
    let march = |weekly: f64| {
        let fields = json!({"supplementary_weeks_used": 7});
        let march = played(fields, weekly, 4, "2026-03-02").months[0].clone();
        (march.payable_hours, march.supplementary_weeks)
    };
    assert_eq!(march(36.38), (hours("14.81"), 4));
    assert_eq!(march(36.39), (Hours::ZERO, 0));
}

/// The status of one figure of a simulation.
fn status(simulation: &Simulation, figure: &str) -> Status {
    let step = simulation.trace.iter().find(|step| step.figure.to_string() == figure);
    step.unwrap().status
}

#[test]
fn what_comes_after_the_limit_is_not_sure() {
    let used =
        |used: u32| played(json!({"supplementary_weeks_used": used}), 20.0, 14, "2026-03-02");
    let (sure, doubt) = (used(16), used(20));
    assert_eq!(sure.outcome.supplementary_limit_month, None, "16 + 14");
    for figure in ["outcome.ends_month", "outcome.karens_days", "months.2026-06.payable_hours"] {
        assert_eq!(status(&sure, figure), Status::Confirmed, "{figure}");
        assert_eq!(status(&doubt, figure), Status::Unconfirmed, "{figure}");
    }
    assert_eq!(status(&doubt, "outcome.gross_total"), Status::Unconfirmed);
    assert_eq!(status(&doubt, "months.2026-05.payable_hours"), Status::Confirmed, "paid out");
    assert_eq!(status(&doubt, "months.2026-06.gross"), Status::Unconfirmed);
    // The figures themselves are those of the other: nothing is made up.
    assert_eq!(sure.months, doubt.months);
    let ends = |simulation: &Simulation| {
        let mut steps = simulation.trace.iter();
        let step = steps.find(|step| step.figure.to_string() == "outcome.ends_month").unwrap();
        step.inputs.iter().map(ToString::to_string).collect::<Vec<_>>()
    };
    assert!(ends(&doubt).contains(&"weeks_used=33".to_owned()));
    assert!(ends(&doubt).contains(&"weeks_limit=30".to_owned()));
}

#[test]
fn a_wire_form_without_the_weeks_is_still_read() {
    let simulation = played(json!({"supplementary_weeks_used": 3}), 20.0, 4, "2026-03-02");
    let mut wire = serde_json::to_value(&simulation).unwrap();
    for outcome in ["outcome", "baseline"] {
        let fields = wire[outcome].as_object_mut().unwrap();
        assert!(fields.remove("supplementary_weeks_used").is_some());
        assert!(fields.remove("supplementary_limit_month").is_some());
    }
    let read: Simulation = serde_json::from_value(wire).unwrap();
    assert_eq!(read.outcome.supplementary_weeks_used, None);
    assert_eq!(read.months, simulation.months);
}

/// Karantæne served and hours paid in the first months.
fn served(fields: Value, months: usize) -> Vec<(String, String)> {
    let simulation = played(fields, 0.0, 0, "2026-03-01");
    let months = simulation.months[..months].iter();
    months.map(|m| (m.quarantine_hours.to_string(), m.payable_hours.to_string())).collect()
}

#[test]
fn quarantine_that_is_left_is_served_first_and_what_a_month_cannot_serve_in_the_next() {
    let pairs = |pairs: &[(&str, &str)]| -> Vec<(String, String)> {
        pairs.iter().map(|(served, paid)| ((*served).to_owned(), (*paid).to_owned())).collect()
    };
    let left = |left: f64| served(json!({"quarantine_left_hours": left}), 2);
    assert_eq!(left(0.0), pairs(&[("0.00", "160.33"), ("0.00", "160.33")]));
    assert_eq!(left(160.32), pairs(&[("160.32", "0.01"), ("0.00", "160.33")]));
    assert_eq!(left(160.33), pairs(&[("160.33", "0.00"), ("0.00", "160.33")]));
    assert_eq!(left(160.34), pairs(&[("160.33", "0.00"), ("0.01", "160.32")]));
    // 100 hours of work in March leave 60.33 to serve in; a month away serves nothing.
    let months = json!([
        {"month": "2026-03", "work_hours": 100, "settled": false},
        {"month": "2026-04", "work_hours": 0, "away": "sickness", "settled": false}]);
    let fields = json!({"quarantine_left_hours": 111, "months": months});
    assert_eq!(
        served(fields, 3),
        pairs(&[("60.33", "0.00"), ("0.00", "0.00"), ("50.67", "109.66")])
    );
    // A month that is reported but not settled adds its own.
    let months = json!([{"month": "2026-03", "work_hours": 0, "quarantine_hours": 100.33,
                         "settled": false}]);
    let fields = json!({"quarantine_left_hours": 60.01, "months": months});
    assert_eq!(served(fields, 2), pairs(&[("160.33", "0.00"), ("0.01", "160.32")]));
}

/// Karantæne served in the first three months, and hours used by the end of them, when she is insured
/// part time from a month on.
fn served_part_time(left: f64, march: f64, from: &str) -> ([String; 3], String) {
    let months = json!([{"month": "2026-03", "work_hours": 0, "quarantine_hours": march,
                         "settled": false}]);
    let case: Case = serde_json::from_value(json!({"as_of": "2026-03-15", "scheme": "dagpenge",
        "placed_on": "2026-03-01", "quarantine_left_hours": left, "months": months}))
    .unwrap();
    let plan = json!({"from": "2026-03-01", "weekly_hours": 0, "weeks": 0, "part_time_from": from});
    let played = simulate(&case, &serde_json::from_value(plan).unwrap()).unwrap();
    let served = [0, 1, 2].map(|month: usize| played.months[month].quarantine_hours.to_string());
    (served, played.months[2].used_hours.to_string())
}

#[test]
fn quarantine_left_is_converted_to_part_time_as_used_hours_are() {
    let of = |months: [&str; 3], used: &str| (months.map(str::to_owned), used.to_owned());
    // 111 × 130 ÷ 160.33 = 90.00; 130 hours are used in each month.
    assert_eq!(served_part_time(111.0, 0.0, "2026-03"), of(["90.00", "0.00", "0.00"], "390.00"));
    // 160.33 are served in March; 39.67 × 130 ÷ 160.33 = 32.17 are left, and March counts as 130.
    assert_eq!(served_part_time(200.0, 0.0, "2026-04"), of(["160.33", "32.17", "0.00"], "390.00"));
    // The same with hours of March's own; what is served before the change is not converted.
    assert_eq!(served_part_time(0.0, 200.0, "2026-04"), of(["160.33", "32.17", "0.00"], "390.00"));
    assert_eq!(served_part_time(160.33, 0.0, "2026-04").0[1], "0.00");
    assert_eq!(served_part_time(160.34, 0.0, "2026-04").0[1], "0.01");
}

#[test]
fn a_simulation_serves_quarantine_as_the_rule_of_sanctions_does() {
    let months = json!([
        {"month": "2026-03", "work_hours": 110, "settled": false},
        {"month": "2026-04", "work_hours": 150, "settled": false},
        {"month": "2026-05", "work_hours": 100.01, "settled": false}]);
    let fields = json!({"quarantine_left_hours": 111, "months": months});
    let simulation = played(fields, 0.0, 0, "2026-03-01");
    let payable = ["50.33", "0", "60.32"].map(hours);
    let months: Vec<(Month, Hours)> =
        simulation.months.iter().map(|month| month.month).zip(payable).collect();
    let rule = sanctions::serve(&months, hours("111")).value;
    let found: Vec<(Month, Hours)> =
        simulation.months[..3].iter().map(|m| (m.month, m.quarantine_hours)).collect();
    assert_eq!(found, rule.months);
    assert_eq!(rule.remaining_hours, hours("0.35"));
    assert_eq!(simulation.months[3].quarantine_hours, hours("0.35"));
    let used: Hours = simulation.months[..4].iter().map(|m| m.quarantine_hours).sum();
    assert_eq!(used, hours("111"), "hours of karantæne use up the period");
    assert_eq!(simulation.months[2].used_hours, hours("110.65"));
}

#[test]
fn quarantine_left_changes_no_figure_of_the_account_and_must_be_a_number_of_hours() {
    let account = |left: Value| {
        let case = json!({"as_of": "2026-10-11", "scheme": "dagpenge", "placed_on": "2026-03-01",
            "quarantine_left_hours": left,
            "months": [{"month": "2026-03", "work_hours": 0, "settled": true}]});
        let case: Case = serde_json::from_value(case).unwrap();
        jobnet_rules::evaluate::evaluate(&case)
    };
    assert_eq!(account(json!(74)).unwrap(), account(Value::Null).unwrap());
    let errors = account(json!(-0.01)).unwrap_err();
    assert_eq!(errors.0[0].pointer, "/quarantine_left_hours");
    let node = serde_json::from_value(json!({"as_of": "2026-10-11", "scheme": "dagpenge",
        "quarantine_left_hours": 74.005}))
    .unwrap();
    let errors = jobnet_rules::read::read_case(&node).unwrap_err();
    assert_eq!(errors.0[0].pointer, "/quarantine_left_hours");
    assert_eq!(errors.0.len(), 1);
}
