//! Bad input: every problem is reported, each at its place, and never a panic.

#![allow(clippy::unwrap_used, clippy::panic)]

use jobnet_rules::read::{Node, read_case};

fn problems(json: &str) -> Vec<(String, String)> {
    let node: Node = serde_json::from_str(json).unwrap();
    let errors = match read_case(&node) {
        Ok(case) => case.check(),
        Err(errors) => errors.0,
    };
    errors.into_iter().map(|found| (found.pointer, found.problem.to_string())).collect()
}

#[track_caller]
fn check(json: &str, expected: &[(&str, &str)]) {
    let found = problems(json);
    let found: Vec<_> = found.iter().map(|(at, why)| (at.as_str(), why.as_str())).collect();
    assert_eq!(found, expected);
}

fn with_months(months: &str) -> String {
    format!(r#"{{"as_of": "2026-10-11", "scheme": "dagpenge", "months": {months}}}"#)
}

#[test]
fn a_good_case_has_no_problem() {
    check(&with_months(r#"[{"month": "2026-03", "work_hours": 0.01, "settled": true}]"#), &[]);
    check(r#"{"as_of": "2026-10-11", "scheme": "dagpenge", "placed_on": null}"#, &[]);
}

#[test]
fn an_unknown_field_is_named_wherever_it_is() {
    check(
        r#"{"as_of": "2026-10-11", "scheme": "graduate", "a/b": 1,
            "graduate": {"provider": true, "birth_date": "2000-01-01", "x": null},
            "months": [{"month": "2026-03", "hours": 3}]}"#,
        &[
            ("/a~1b", "The field “a/b” is unknown."),
            ("/graduate/x", "The field “x” is unknown."),
            ("/months/0/hours", "The field “hours” is unknown."),
        ],
    );
}

#[test]
fn a_month_twice_says_where_it_stands_first() {
    check(
        &with_months(r#"[{"month": "2026-03"}, {"month": "2026-01"}, {"month": "2026-03"}]"#),
        &[("/months/2/month", "The month 2026-03 is given twice; it stands at /months/0 already.")],
    );
}

#[test]
fn an_unreadable_month_keeps_the_places_of_the_others() {
    check(
        &with_months(
            r#"[{"month": "2026-13"}, {}, {"month": "2026-01", "paid_hours": -1},
                         7, {"month": "2026-01"}]"#,
        ),
        &[
            ("/months/0/month", "“2026-13” is not a month (YYYY-MM, years 1900 to 2200)."),
            ("/months/1/month", "The field “month” is missing."),
            ("/months/3", "This must be an object, but it is a number."),
            ("/months/2/paid_hours", "-1.00 is negative; the least is 0."),
            (
                "/months/4/month",
                "The month 2026-01 is given twice; it stands at /months/2 already.",
            ),
        ],
    );
}

#[test]
fn numbers_are_exact_or_refused() {
    check(
        &with_months(
            r#"[{"month": "2026-01", "work_hours": 1.005, "paid_hours": "5", "earned": 1e300,
                 "quarantine_hours": -0.01}]"#,
        ),
        &[
            ("/months/0/work_hours", "1.005 has more than two decimals."),
            ("/months/0/paid_hours", "This must be a number, but it is a text."),
            ("/months/0/earned", &format!("1{} is too large.", "0".repeat(300))),
            ("/months/0/quarantine_hours", "-0.01 is negative; the least is 0."),
        ],
    );
    check(
        r#"{"as_of": "2026-10-11", "scheme": "dagpenge", "supplementary_weeks_used": 1.5}"#,
        &[("/supplementary_weeks_used", "1.5 is not a whole number from 0 to 4294967295.")],
    );
}

#[test]
fn days_and_words_are_checked() {
    check(
        r#"{"as_of": "2026-02-30", "scheme": "dole", "insurance": "none", "placed_on": "1-1-1"}"#,
        &[
            ("/as_of", "“2026-02-30” is not a date (YYYY-MM-DD, years 1900 to 2200)."),
            ("/scheme", "“dole” is not one of dagpenge, graduate, social_assistance."),
            ("/insurance", "“none” is not one of full_time, part_time."),
            ("/placed_on", "“1-1-1” is not a date (YYYY-MM-DD, years 1900 to 2200)."),
        ],
    );
    check(
        r#"{"as_of": "2017-06-30", "scheme": "dagpenge"}"#,
        &[("/as_of", "No rule is known for 2017-06-30: the rules begin on 2017-07-01.")],
    );
}

#[test]
fn what_is_no_case_is_said_at_the_root() {
    check("[]", &[("", "This must be an object, but it is an array.")]);
    check(
        "{}",
        &[
            ("/as_of", "The field “as_of” is missing."),
            ("/scheme", "The field “scheme” is missing."),
        ],
    );
    check(
        r#"{"as_of": "2026-01-01", "as_of": "2026-01-02", "scheme": "dagpenge", "months": 1}"#,
        &[
            ("/as_of", "The field “as_of” is given twice."),
            ("/months", "This must be an array, but it is a number."),
        ],
    );
}
