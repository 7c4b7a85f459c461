//! What the sources leave open is never traced as sure, and what they settle is.

#![allow(clippy::unwrap_used, clippy::panic)]

use jobnet_rules::account::Account;
use jobnet_rules::case::Case;
use jobnet_rules::evaluate::evaluate;
use jobnet_rules::simulate::{Plan, simulate};
use jobnet_rules::trace::{Status, TraceStep};
use jobnet_rules::units::Month;
use serde_json::{Map, Value, json};

/// A full-time member on 11 October 2026, with some fields added.
fn case(fields: Value) -> Case {
    let mut case: Map<String, Value> = Map::new();
    case.insert("as_of".into(), json!("2026-10-11"));
    case.insert("scheme".into(), json!("dagpenge"));
    case.extend(fields.as_object().unwrap().clone());
    serde_json::from_value(Value::Object(case)).unwrap()
}

fn account(fields: Value) -> Account {
    evaluate(&case(fields)).unwrap()
}

fn step<'a>(trace: &'a [TraceStep], figure: &str) -> &'a TraceStep {
    trace.iter().find(|step| step.figure.to_string() == figure).unwrap()
}

/// Hours and end of a graduate's period, and how sure they are.
fn graduate(placed_on: &str, insurance: &str) -> (String, String, Status) {
    let account = account(json!({"scheme": "graduate", "placed_on": placed_on,
        "insurance": insurance, "graduate": {"provider": false, "birth_date": "1999-01-01"}}));
    let period = account.period.as_ref().unwrap();
    let figures = ["entitled_hours", "used_hours", "remaining_hours", "frame_ends_on"];
    let status = figures.map(|field| step(&account.trace, &format!("period.{field}")).status);
    assert!(status.iter().all(|one| *one == status[0]), "{status:?}");
    let ends = period.frame_ends_on.unwrap().to_string();
    (period.entitled_hours.to_string(), ends, status[0])
}

#[test]
fn a_graduates_period_is_that_of_the_day_she_was_placed_on() {
    let found = |hours: &str, ends: &str, status| (hours.to_owned(), ends.to_owned(), status);
    let (before, since) = (Status::Unconfirmed, Status::Confirmed);
    let full = |placed_on| graduate(placed_on, "full_time");
    assert_eq!(full("2023-04-30"), found("3848.00", "2026-04-29", before));
    assert_eq!(full("2023-05-01"), found("1924.00", "2025-04-30", since));
    assert_eq!(full("2023-05-02"), found("1924.00", "2025-05-01", since));
    assert_eq!(full("2010-01-01"), found("3848.00", "2012-12-31", before), "before the reform");
    assert_eq!(graduate("2023-04-30", "part_time"), found("3120.00", "2026-04-29", before));
    assert_eq!(graduate("2023-05-01", "part_time"), found("1560.00", "2025-04-30", since));
    // Everybody else's period is not in doubt.
    let other = account(json!({"placed_on": "2023-04-30"}));
    assert_eq!(other.period.unwrap().entitled_hours.to_string(), "3848.00");
    assert_eq!(step(&other.trace, "period.entitled_hours").status, Status::Confirmed);
}

#[test]
fn a_plan_of_a_graduate_counts_with_the_same_period() {
    let played = |placed_on: &str| {
        let case = case(json!({"as_of": "2023-05-20", "scheme": "graduate",
            "placed_on": placed_on, "monthly_rate": 14000}));
        let simulation = simulate(&case, &Plan::nothing(case.as_of)).unwrap();
        let first = &simulation.months[0];
        let payable = format!("months.{}.payable_hours", first.month);
        let figures = ["outcome.ends_month", "outcome.requalified_in", payable.as_str()];
        let status = figures.map(|figure| step(&simulation.trace, figure).status);
        ((first.used_hours + first.remaining_hours).to_string(), status)
    };
    assert_eq!(played("2023-04-30"), ("3848.00".to_owned(), [Status::Unconfirmed; 3]));
    let (hours, status) = played("2023-05-01");
    assert_eq!(hours, "1924.00");
    assert_eq!(status[1..], [Status::Confirmed; 2]);
}

#[test]
fn how_a_fund_rounds_is_open_where_there_is_something_to_round() {
    let gross = |work: f64| {
        let account = account(json!({"monthly_rate": 16033, "placed_on": "2026-03-01",
            "months": [{"month": "2026-03", "work_hours": work}]}));
        let step = step(&account.trace, "payouts.2026-03.gross");
        let open = step.inputs.iter().any(|input| input.to_string() == "rounding=unknown");
        (account.payouts[0].gross.unwrap().to_string(), open, step.status)
    };
    // A hundred kroner an hour: one hundredth of an hour is a krone.
    assert_eq!(gross(0.0), ("16033.00".to_owned(), false, Status::Confirmed));
    assert_eq!(gross(50.0), ("11033.00".to_owned(), false, Status::Confirmed));
    assert_eq!(gross(150.0), ("0.00".to_owned(), false, Status::Confirmed));
    let odd = account(json!({"monthly_rate": 16034, "placed_on": "2026-03-01",
        "months": [{"month": "2026-03", "work_hours": 50}, {"month": "2026-04", "work_hours": 0}]}));
    // 110.33 × 16,034 ÷ 160.33 = 11,033.688…
    assert_eq!(odd.payouts[0].gross.unwrap().to_string(), "11033.69");
    // How sure the numbers of law are is another matter: the status claims nothing of the rounding.
    let rounding = |gross: &TraceStep| {
        let open = gross.inputs.iter().any(|input| input.to_string() == "rounding=unknown");
        (open, gross.status)
    };
    let of = |month: &str| rounding(step(&odd.trace, &format!("payouts.{month}.gross")));
    assert_eq!(of("2026-03"), (true, Status::Confirmed));
    assert_eq!(of("2026-04"), (false, Status::Confirmed));
    // The rate of a graduate in 2026 is worked out from a confirmed one: 110.33 × 15,759 ÷ 160.33.
    let graduate = account(json!({"scheme": "graduate", "placed_on": "2026-03-01",
        "graduate": {"provider": false, "birth_date": "1999-01-01"},
        "months": [{"month": "2026-03", "work_hours": 50}]}));
    let derived = step(&graduate.trace, "payouts.2026-03.gross");
    assert_eq!(rounding(derived), (true, Status::Derived));
}

/// How sure what hangs on the entitlement is for a graduate who has used so many hours.
fn drawn(placed_on: &str, used: f64) -> Vec<(&'static str, Status)> {
    let account = account(json!({"scheme": "graduate", "placed_on": placed_on,
        "graduate": {"provider": false, "birth_date": "1999-01-01"},
        "months": [{"month": "2025-09", "work_hours": 100, "paid_hours": used, "settled": true}]}));
    let figures = [
        "account.work_hours",
        "account.extension_hours_available",
        "requalification.counted_hours",
        "requalification.missing_hours",
        "requalification.met",
        "requalification.required_hours",
        "requalification.window_from",
        "karens.work_hours",
    ];
    figures.map(|figure| (figure, step(&account.trace, figure).status)).to_vec()
}

#[test]
fn hours_drawn_beyond_a_period_that_is_not_confirmed_are_not_confirmed_either() {
    let open = |found: Vec<(&'static str, Status)>| -> Vec<&'static str> {
        let open = found.into_iter().filter(|(_, status)| *status == Status::Unconfirmed);
        open.map(|(figure, _)| figure).collect()
    };
    let none: [&str; 0] = [];
    assert_eq!(open(drawn("2023-04-30", 0.0)), none, "nothing is used, so nothing is drawn");
    for used in [0.01, 1924.01, 3848.01] {
        let found = open(drawn("2023-04-30", used));
        assert_eq!(found.len(), 5, "{used}: {found:?}");
        assert!(!found.contains(&"requalification.required_hours"), "the law of today");
        assert!(!found.contains(&"karens.work_hours"), "nothing is drawn there");
    }
    for placed_on in ["2023-05-01", "2023-05-02"] {
        assert_eq!(open(drawn(placed_on, 1924.01)), none, "{placed_on}");
    }
}

#[test]
fn a_step_of_the_rate_is_not_sure_for_a_period_from_before_it() {
    let gross = |placed_on: &str, month: &str, provider: bool| {
        let account = account(json!({"as_of": "2023-06-20", "scheme": "graduate",
            "placed_on": placed_on,
            "graduate": {"provider": provider, "birth_date": "1999-01-01"},
            "months": [{"month": month, "work_hours": 0}]}));
        let step = step(&account.trace, &format!("payouts.{month}.gross"));
        (step.status, step.valid_from.unwrap().to_string())
    };
    let from = |status, day: &str| (status, day.to_owned());
    let (open, sure) = (Status::Unconfirmed, Status::Confirmed);
    assert_eq!(gross("2023-04-30", "2023-05", false), from(open, "2023-05-01"));
    assert_eq!(gross("2023-05-01", "2023-05", false), from(sure, "2023-05-01"));
    assert_eq!(gross("2023-05-02", "2023-05", false), from(sure, "2023-05-01"));
    // There was no step before, and there is none for a provider.
    assert_eq!(gross("2023-04-01", "2023-04", false), from(sure, "2023-01-01"));
    assert_eq!(gross("2023-04-30", "2023-05", true), from(sure, "2023-01-01"));
    assert_eq!(gross("2010-01-01", "2023-05", false), from(open, "2023-05-01"));
}

/// Placed on a day, away in a month: how sure requalification is on 11 October 2026.
fn requalification(placed_on: &str, away: &str) -> [Status; 4] {
    let account = account(json!({"placed_on": placed_on, "months": [
        {"month": away, "work_hours": 0, "away": "sickness", "settled": true},
        {"month": "2026-09", "work_hours": 37, "settled": true}]}));
    ["counted_hours", "missing_hours", "window_from", "met"]
        .map(|field| step(&account.trace, &format!("requalification.{field}")).status)
}

#[test]
fn a_month_away_that_would_lengthen_the_window_of_a_new_period_makes_it_unsure() {
    let (sure, open) = ([Status::Confirmed; 4], [Status::Unconfirmed; 4]);
    // Three years end with October 2026: they begin with November 2023.
    assert_eq!(requalification("2023-10-15", "2023-10"), sure, "before the window");
    assert_eq!(requalification("2023-10-15", "2023-11"), open);
    assert_eq!(requalification("2023-10-15", "2023-12"), open);
    // Hours from before the placement never count, so a longer window changes nothing.
    assert_eq!(requalification("2023-11-01", "2024-01"), sure);
    assert_eq!(requalification("2023-12-01", "2024-01"), sure);
    // The count is that of the contract all the same.
    let account = account(json!({"placed_on": "2023-10-15", "months": [
        {"month": "2023-10", "work_hours": 100, "settled": true},
        {"month": "2024-01", "work_hours": 0, "away": "care", "settled": true}]}));
    assert_eq!(account.requalification.unwrap().counted_hours.to_string(), "0.00");
    let limits = step(&account.trace, "requalification.required_hours");
    assert_eq!(limits.status, Status::Confirmed);
}

#[test]
fn a_plan_says_so_too_where_the_window_has_left_the_placement() {
    // Some months with benefit, one of them away, then full-time work: when it is enough hours, in
    // months after the placement, and how sure that is.
    let found = |away: Option<&str>, months: i32| {
        let placed: Month = "2024-01".parse().unwrap();
        let known: Vec<Value> = (0..months)
            .map(|index| {
                json!({"month": placed.plus(index), "work_hours": 0, "paid_hours": 20,
                       "away": away.filter(|_| index == 1), "settled": true})
            })
            .collect();
        let case = case(json!({"placed_on": "2024-01-01", "months": known}));
        let work = Plan {
            weekly_hours: "37".parse().unwrap(),
            weeks: 104,
            ..Plan::nothing(placed.plus(months).first_day())
        };
        let simulation = simulate(&case, &work).unwrap();
        let status = step(&simulation.trace, "outcome.requalified_in").status;
        (simulation.outcome.requalified_in.map(|month| month.since(placed)), status)
    };
    // 1,924 hours are worked with the twelfth month. With the 36th month after it the month of the
    // placement no longer counts.
    assert_eq!(found(Some("sickness"), 24), (Some(35), Status::Confirmed));
    assert_eq!(found(Some("sickness"), 25), (Some(36), Status::Unconfirmed));
    assert_eq!(found(Some("sickness"), 26), (None, Status::Unconfirmed), "the frame ends first");
    assert_eq!(found(None, 24), (Some(35), Status::Confirmed));
}
