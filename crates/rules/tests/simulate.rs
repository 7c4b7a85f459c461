//! Plans played through, with every expected number worked out by hand from the facts.

#![allow(clippy::unwrap_used, clippy::panic)]

use jobnet_rules::case::Case;
use jobnet_rules::evaluate::evaluate;
use jobnet_rules::simulate::{KarensResult, Plan, Simulation, SimulationEnd, simulate};
use jobnet_rules::trace::Status;
use jobnet_rules::units::{Hours, Money, Month};
use serde_json::{Value, json};

fn hours(text: &str) -> Hours {
    text.parse().unwrap()
}
fn kroner(text: &str) -> Money {
    text.parse().unwrap()
}
fn month(text: &str) -> Month {
    text.parse().unwrap()
}

/// Placed on 1 March 2026, nothing settled yet.
fn case(months: Value) -> Case {
    serde_json::from_value(json!({
        "as_of": "2026-03-15", "scheme": "dagpenge", "placed_on": "2026-03-01",
        "monthly_rate": 22041, "months": months
    }))
    .unwrap()
}

fn plan(value: Value) -> Plan {
    serde_json::from_value(value).unwrap()
}

fn played(months: Value, the_plan: Value) -> Simulation {
    simulate(&case(months), &plan(the_plan)).unwrap()
}

#[test]
fn doing_nothing_uses_up_the_period_less_six_karens_days() {
    let simulation =
        played(json!([]), json!({"from": "2026-03-01", "weekly_hours": 0, "weeks": 0}));
    let paid: Vec<String> =
        simulation.months[..5].iter().map(|month| month.payable_hours.to_string()).collect();
    assert_eq!(paid, ["160.33", "160.33", "160.33", "152.93", "160.33"]);
    assert_eq!(simulation.months[2].gross, Some(kroner("22041.00")));
    let fourth = &simulation.months[3];
    assert_eq!(fourth.gross, Some(kroner("21024.00")), "22,041 less 1,017");
    let karens = fourth.karens.unwrap();
    assert_eq!(karens.result, KarensResult::Applied);
    assert_eq!(karens.amount, Some(kroner("1017")));
    assert_eq!(karens.window_from, month("2026-03"));
    assert_eq!(fourth.used_hours, hours("633.92"), "3 × 160.33 + 152.93");

    // 6 × 633.92 = 3,803.52 in 24 months; 44.48 are left for the 25th.
    assert_eq!(simulation.months.len(), 25);
    let last = &simulation.months[24];
    assert_eq!(last.payable_hours, hours("44.48"));
    assert_eq!(last.gross, Some(kroner("6114.79")));
    assert_eq!(last.remaining_hours, Hours::ZERO);
    let outcome = &simulation.outcome;
    assert_eq!(outcome.ends_month, Some(month("2028-03")));
    assert_eq!(outcome.ended_by, Some(SimulationEnd::Hours));
    assert_eq!(outcome.karens_days, 6);
    assert_eq!(outcome.gross_total, kroner("528996.79"), "18 × 22,041 + 6 × 21,024 + 6,114.79");
    assert_eq!(outcome.paid_hours_total, hours("3848"));
    assert_eq!(*outcome, simulation.baseline);
}

#[test]
fn half_time_work_avoids_karens_and_buys_an_extension() {
    let simulation =
        played(json!([]), json!({"from": "2026-03-02", "weekly_hours": 20, "weeks": 26}));
    let work: Vec<String> =
        simulation.months[..7].iter().map(|month| month.work_hours.to_string()).collect();
    assert_eq!(work, ["88.00", "88.00", "84.00", "88.00", "92.00", "80.00", "0.00"]);
    let august = &simulation.months[5];
    assert_eq!(august.payable_hours, hours("80.33"));
    assert_eq!(august.used_hours, hours("441.98"));
    assert_eq!(august.account_work_hours, hours("520"));
    assert_eq!(august.extension_hours_available, hours("1040"));

    // June 2028: 68.69 hours of the period are left; 84.24 come from the account.
    let june = simulation.months.iter().find(|m| m.month == month("2028-06")).unwrap();
    assert_eq!(june.payable_hours, hours("152.93"));
    assert_eq!(june.from_extension, hours("84.24"));
    assert_eq!(june.extension_hours_available, hours("955.76"));
    let last = simulation.months.last().unwrap();
    assert_eq!((last.month, last.payable_hours), (month("2029-01"), hours("1.18")));
    let outcome = &simulation.outcome;
    assert_eq!(outcome.ends_month, Some(month("2029-01")));
    assert_eq!(outcome.ended_by, Some(SimulationEnd::Extension));
    assert_eq!((outcome.karens_days, outcome.karens_avoided), (6, 2));
    assert_eq!(outcome.extension_hours_earned, hours("1040"));
    assert_eq!(outcome.extension_hours_used, hours("1040"));
    assert_eq!(outcome.requalified_in, None);
}

#[test]
fn work_from_a_wednesday_on_counts_by_its_days_in_each_month() {
    let begun = |weekly: f64, weeks: u16| {
        played(json!([]), json!({"from": "2026-03-18", "weekly_hours": weekly, "weeks": weeks}))
    };
    // To Tuesday 5 May: 10, 22 and 3 weekdays of 4.10 hours; weeks begin on Wednesdays.
    let simulation = begun(20.5, 7);
    let found: Vec<_> = simulation.months[..4]
        .iter()
        .map(|month| {
            (month.work_hours.to_string(), month.payable_hours.to_string(), month.gross.unwrap())
        })
        .collect();
    let expected = [
        ("41.00", "119.33", "16404.62"),
        ("90.20", "70.13", "9640.96"),
        ("12.30", "148.03", "20350.09"),
        ("0.00", "152.93", "21024.00"),
    ];
    let expected =
        expected.map(|(work, paid, gross)| (work.to_owned(), paid.to_owned(), kroner(gross)));
    assert_eq!(found, expected);
    let weeks = simulation.months[..4].iter().map(|month| month.supplementary_weeks);
    assert_eq!(weeks.collect::<Vec<_>>(), [2, 5, 0, 0]);
    assert_eq!(simulation.months[3].account_work_hours, hours("143.50"), "seven weeks of 20.50");
    assert_eq!(simulation.months[3].used_hours, hours("490.42"));

    // Four weeks over two months: exactly 148 hours do not avoid the karens day of June.
    let june = |weekly| begun(weekly, 4).months[3].karens.unwrap();
    assert_eq!((june(37.0).work_hours, june(37.0).result), (hours("148"), KarensResult::Applied));
    assert_eq!(june(37.01).result, KarensResult::Avoided);
}

#[test]
fn a_year_of_full_time_work_requalifies_to_the_hour() {
    let full = played(json!([]), json!({"from": "2026-03-02", "weekly_hours": 37, "weeks": 60}));
    // 260 weekdays of 7.40 hours end with February 2027: exactly 1,924 hours.
    assert_eq!(full.outcome.requalified_in, Some(month("2027-02")));
    assert_eq!(full.outcome.ended_by, Some(SimulationEnd::NewPeriod));
    assert_eq!(full.outcome.ends_month, Some(month("2029-02")), "the frame");
    assert_eq!(full.months[0].payable_hours, Hours::ZERO, "162.80 hours of work");
    assert_eq!(full.months[11].work_hours, hours("148"), "20 weekdays: 12.33 hours are too few");
    assert_eq!(full.months[11].payable_hours, Hours::ZERO);

    let less = played(json!([]), json!({"from": "2026-03-02", "weekly_hours": 36.99, "weeks": 60}));
    assert_eq!(less.outcome.requalified_in, Some(month("2027-03")));
}

#[test]
fn a_new_period_comes_before_the_account() {
    let months =
        json!([{"month": "2026-03", "work_hours": 1924, "paid_hours": 3800, "settled": true}]);
    let simulation = played(months, json!({"from": "2026-04-01", "weekly_hours": 0, "weeks": 0}));
    assert_eq!(simulation.months.len(), 1);
    let april = &simulation.months[0];
    assert_eq!((april.payable_hours, april.from_extension), (hours("48"), Hours::ZERO));
    assert_eq!(simulation.outcome.ends_month, Some(month("2026-04")));
    assert_eq!(simulation.outcome.ended_by, Some(SimulationEnd::NewPeriod));
}

#[test]
fn a_holiday_is_not_paid_and_not_used_up() {
    let simulation = played(
        json!([]),
        json!({"from": "2026-03-01", "weekly_hours": 0, "weeks": 0,
               "holidays": [{"from": "2026-03-02", "to": "2026-03-15"}]}),
    );
    let march = &simulation.months[0];
    assert_eq!(march.holiday_hours, hours("74"), "ten days of 7.40");
    assert_eq!(march.payable_hours, hours("86.33"));
    assert_eq!(march.used_hours, hours("86.33"));
    assert_eq!(simulation.months[3].holiday_hours, Hours::ZERO);
}

#[test]
fn part_time_insurance_keeps_full_months_full() {
    let simulation = played(
        json!([{"month": "2026-03", "work_hours": 0, "paid_hours": 160.33, "settled": true}]),
        json!({"from": "2026-04-01", "weekly_hours": 0, "weeks": 0, "part_time_from": "2026-04"}),
    );
    let april = &simulation.months[0];
    assert_eq!(april.month, month("2026-04"));
    assert_eq!(april.payable_hours, hours("130"));
    assert_eq!(april.gross, Some(kroner("14694")), "two thirds of 22,041");
    assert_eq!(april.used_hours, hours("260"));
    assert_eq!(april.remaining_hours, hours("2860"));
    let june = &simulation.months[2];
    assert_eq!(june.karens.unwrap().threshold_hours, hours("97"));
    assert_eq!(june.payable_hours, hours("124"), "a day of six hours");
    assert_ne!(simulation.outcome.gross_total, simulation.baseline.gross_total);
}

#[test]
fn the_karens_threshold_must_be_exceeded() {
    let check = |work: f64, expected| {
        let months = json!([
            {"month": "2026-03", "work_hours": work, "paid_hours": 20, "settled": true},
            {"month": "2026-04", "work_hours": 0, "paid_hours": 160.33, "settled": true},
            {"month": "2026-05", "work_hours": 0, "paid_hours": 160.33, "settled": true}]);
        let simulation =
            played(months, json!({"from": "2026-06-01", "weekly_hours": 0, "weeks": 0}));
        assert_eq!(simulation.months[0].karens.unwrap().result, expected, "{work}");
    };
    check(147.99, KarensResult::Applied);
    check(148.00, KarensResult::Applied);
    check(148.01, KarensResult::Avoided);
}

#[test]
fn karens_without_benefit_in_the_fourth_month_is_not_deducted() {
    // Full-time work in June only: 22 weekdays of 6 hours = 132 hours is under the threshold, and
    // leaves 28.33 hours; 7 hours a day = 154 avoids it; a holiday all June leaves nothing.
    let june = |the_plan: Value| {
        let simulation = played(json!([]), the_plan);
        let june = simulation.months[3].clone();
        (june.karens.unwrap().result, june.payable_hours)
    };
    let work = json!({"from": "2026-06-01", "weekly_hours": 30, "weeks": 5});
    assert_eq!(june(work), (KarensResult::Applied, hours("20.93")), "28.33 − 7.40");
    let more = json!({"from": "2026-06-01", "weekly_hours": 33, "weeks": 5});
    assert_eq!(june(more), (KarensResult::Applied, hours("0")), "15.13 − 7.40 is below 14.80");
    let holiday = json!({"from": "2026-06-01", "weekly_hours": 0, "weeks": 0,
                         "holidays": [{"from": "2026-06-01", "to": "2026-06-30"}]});
    assert_eq!(june(holiday), (KarensResult::NoBenefit, hours("0")));
}

#[test]
fn a_month_with_unknown_hours_leaves_karens_unknown() {
    let months = json!([
        {"month": "2026-03", "work_hours": null, "paid_hours": 160.33, "settled": true},
        {"month": "2026-04", "work_hours": 0, "paid_hours": 160.33, "settled": true},
        {"month": "2026-05", "work_hours": 0, "paid_hours": 160.33, "settled": true}]);
    let simulation = played(months, json!({"from": "2026-06-01", "weekly_hours": 0, "weeks": 0}));
    let june = &simulation.months[0];
    assert_eq!(june.karens.unwrap().result, KarensResult::Unknown);
    assert_eq!(june.payable_hours, hours("160.33"));
}

#[test]
fn what_is_known_of_an_unsettled_month_is_kept() {
    let months = json!([
        {"month": "2026-03", "work_hours": 50, "settled": false},
        {"month": "2026-04", "work_hours": 0, "away": "sickness", "settled": false},
        {"month": "2026-05", "work_hours": 0, "quarantine_hours": 111, "settled": false}]);
    let simulation = played(months, json!({"from": "2026-03-02", "weekly_hours": 5, "weeks": 1}));
    let [march, april, may] = &simulation.months[..3] else { panic!() };
    assert_eq!(march.work_hours, hours("55"));
    assert_eq!(march.payable_hours, hours("105.33"));
    assert_eq!((april.payable_hours, april.reason), (Hours::ZERO, None));
    assert_eq!((may.payable_hours, may.quarantine_hours), (hours("49.33"), hours("111")));
    assert_eq!(may.used_hours, hours("265.66"), "105.33 + 49.33 + 111");
    assert!(simulation.months[3].karens.is_none(), "April lengthens the window to July");
    assert_eq!(simulation.months[4].karens.unwrap().work_hours, hours("55"));
}

#[test]
fn rates_not_known_yet_are_carried_forward_and_marked() {
    let case: Case = serde_json::from_value(json!({
        "as_of": "2026-11-22", "scheme": "dagpenge", "placed_on": "2026-11-01"
    }))
    .unwrap();
    let simulation = simulate(&case, &Plan::nothing(case.as_of)).unwrap();
    assert!(!simulation.months[1].rate_carried_forward);
    assert!(simulation.months[2].rate_carried_forward, "January 2027");
    assert_eq!(simulation.months[2].gross, Some(kroner("22041")));
}

#[test]
fn the_frame_can_end_first() {
    let simulation =
        played(json!([]), json!({"from": "2026-03-02", "weekly_hours": 18, "weeks": 170}));
    // 18 hours a week for three years would requalify only with 1,924 hours: after 107 weeks.
    assert_eq!(simulation.outcome.ended_by, Some(SimulationEnd::NewPeriod));
    let case: Case = serde_json::from_value(json!({
        "as_of": "2026-03-15", "scheme": "dagpenge", "placed_on": "2024-01-15",
        "months": [{"month": "2026-02", "work_hours": 0, "paid_hours": 0, "settled": true}]
    }))
    .unwrap();
    let outcome = simulate(&case, &Plan::nothing(case.as_of)).unwrap().outcome;
    assert_eq!(outcome.ended_by, Some(SimulationEnd::Frame));
    assert_eq!(outcome.ends_month, Some(month("2027-01")));
    assert_eq!(outcome.ends_month, evaluate(&case).unwrap().period.unwrap().runs_out_month);
}

#[test]
fn an_extension_ends_18_months_after_the_frame() {
    // The frame ends on 31 December 2025, the extension's with June 2027, though 900 hours of work
    // would buy 1,800 hours.
    let case: Case = serde_json::from_value(json!({
        "as_of": "2027-04-11", "scheme": "dagpenge", "placed_on": "2023-01-01",
        "months": [
            {"month": "2023-01", "work_hours": 0, "paid_hours": 3848, "settled": true},
            {"month": "2025-06", "work_hours": 900, "paid_hours": 0, "settled": true},
            {"month": "2027-03", "work_hours": 0, "paid_hours": 0, "settled": true}]
    }))
    .unwrap();
    let simulation = simulate(&case, &Plan::nothing(case.as_of)).unwrap();
    assert_eq!(simulation.outcome.ended_by, Some(SimulationEnd::ExtensionFrame));
    assert_eq!(simulation.outcome.ends_month, Some(month("2027-06")));
    assert_eq!(simulation.outcome.extension_hours_used, hours("480.99"));
}

#[test]
fn a_frame_that_has_ended_agrees_with_the_account() {
    let case: Case = serde_json::from_value(json!({
        "as_of": "2026-03-15", "scheme": "dagpenge", "placed_on": "2022-01-15"
    }))
    .unwrap();
    let outcome = simulate(&case, &Plan::nothing(case.as_of)).unwrap().outcome;
    assert_eq!(outcome.ends_month, Some(month("2025-01")));
    assert_eq!(outcome.ends_month, evaluate(&case).unwrap().period.unwrap().runs_out_month);
}

#[test]
fn bad_plans_are_refused_with_every_problem() {
    let errors = simulate(
        &case(json!([])),
        &plan(json!({"from": "1066-10-14", "weekly_hours": -1, "weeks": 1,
                     "holidays": [{"from": "2026-05-02", "to": "2026-05-01"}]})),
    )
    .unwrap_err();
    let pointers: Vec<_> = errors.0.iter().map(|problem| problem.pointer.as_str()).collect();
    assert_eq!(pointers, ["/plan/from", "/plan/weekly_hours", "/plan/holidays/0"]);

    let kontanthjælp: Case = serde_json::from_value(json!({
        "as_of": "2026-03-15", "scheme": "social_assistance", "rate_level": "basic"
    }))
    .unwrap();
    assert!(simulate(&kontanthjælp, &Plan::nothing(kontanthjælp.as_of)).is_err());
}

#[test]
fn the_wire_form_reads_back_as_it_was_written() {
    let simulation =
        played(json!([]), json!({"from": "2026-03-02", "weekly_hours": 20, "weeks": 26}));
    let text = serde_json::to_string(&simulation).unwrap();
    assert_eq!(serde_json::from_str::<Simulation>(&text).unwrap(), simulation);
}

#[test]
fn karens_is_postponed_past_a_month_of_quarantine() {
    // Karantæne takes all that June would have paid, and the rest of July; July pays a day less.
    let months = json!([
        {"month": "2026-06", "work_hours": 60, "quarantine_hours": 111, "settled": false},
        {"month": "2026-07", "work_hours": 50, "settled": false}]);
    let simulation = played(months, json!({"from": "2026-03-02", "weekly_hours": 0, "weeks": 0}));
    let [june, july, august] = &simulation.months[3..6] else { panic!() };
    assert_eq!(june.karens.unwrap().result, KarensResult::Postponed);
    assert_eq!((june.payable_hours, june.quarantine_hours), (Hours::ZERO, hours("100.33")));
    let late = july.karens.unwrap();
    assert_eq!(late.result, KarensResult::AppliedLate);
    assert_eq!((late.window_from, late.window_to), (month("2026-03"), month("2026-06")));
    assert_eq!(july.quarantine_hours, hours("10.67"), "111 − 100.33");
    assert_eq!(july.payable_hours, hours("92.26"), "160.33 − 50 − 10.67 − 7.40");
    assert_eq!(july.gross, Some(kroner("12683.53")), "99.66 hours at 22,041 ÷ 160.33, less 1,017");
    assert!(august.karens.is_none(), "only once");
    assert_eq!(august.quarantine_hours, Hours::ZERO);
}

/// The status of one figure of a simulation.
fn status(simulation: &Simulation, figure: &str) -> Status {
    let step = simulation.trace.iter().find(|step| step.figure.to_string() == figure);
    step.unwrap().status
}

#[test]
fn what_hangs_on_an_open_question_says_so() {
    // 3,848 hours end with 0.08 hours in the 25th month if karens days are used up, and with 44.48
    // if not: the same month, so there is no doubt.
    let nothing = json!({"from": "2026-03-01", "weekly_hours": 0, "weeks": 0});
    let sure = played(json!([]), nothing.clone());
    assert_eq!(status(&sure, "outcome.ends_month"), Status::Confirmed);
    // Her own rate; only how the fund rounds the last month's 6,114.79 is not known, and the inputs say so.
    assert_eq!(status(&sure, "outcome.gross_total"), Status::Confirmed);
    let mut steps = sure.trace.iter();
    let total = steps.find(|step| step.figure.to_string() == "outcome.gross_total").unwrap();
    assert_eq!(total.inputs.last().unwrap().to_string(), "rounding=unknown");
    // 0.08 hours less: the period lasts 24 months to the hour, and March's work buys 320.50 hours
    // more. Five days of 7.40 hours reach into one month more if they are not used up.
    let used = json!([{"month": "2026-03", "work_hours": 160.25, "paid_hours": 0.08,
                       "settled": true}]);
    let doubt = played(used, nothing);
    assert_eq!(status(&doubt, "outcome.ends_month"), Status::Unconfirmed);

    let part_time = json!({"from": "2026-03-01", "weekly_hours": 0, "weeks": 0,
                           "part_time_from": "2026-05"});
    let converted = played(json!([]), part_time);
    assert_eq!(status(&converted, "months.2026-04.gross"), Status::Confirmed);
    assert_eq!(status(&converted, "months.2026-05.gross"), Status::Unconfirmed);
    assert_eq!(status(&converted, "outcome.ends_month"), Status::Unconfirmed);

    let case: Case = serde_json::from_value(json!({
        "as_of": "2026-11-22", "scheme": "dagpenge", "placed_on": "2026-11-01"
    }))
    .unwrap();
    let carried = simulate(&case, &Plan::nothing(case.as_of)).unwrap();
    assert_eq!(status(&carried, "months.2026-12.gross"), Status::Confirmed);
    assert_eq!(status(&carried, "months.2027-01.gross"), Status::Unconfirmed);
    assert_eq!(status(&carried, "outcome.gross_total"), Status::Unconfirmed);
}
