//! Answers for the tests of this page, made from a case by the real rules.

use chrono::{DateTime, NaiveDate};
use jobnet_api::account::{AccountAnswer, AccountFacts, Register, SourceStamp};
use jobnet_rules::case::Case;

/// The answer the server would give for a case.
pub fn answer(case: &str) -> AccountAnswer {
    let case: Case = serde_json::from_str(case).unwrap();
    let as_of = case.as_of;
    let facts = AccountFacts {
        computed_at: DateTime::from_timestamp(1_795_000_000, 0).unwrap(),
        authority: "Demokassen".into(),
        registered_on: case.placed_on,
        sources: [Register::WorkHours, Register::Benefits, Register::Sickness]
            .map(|register| SourceStamp { register, as_of })
            .to_vec(),
        case,
        spells: Vec::new(),
        payments: Vec::new(),
        sanctions: Vec::new(),
        deadlines: Vec::new(),
        reports: Vec::new(),
    };
    facts.evaluate().unwrap()
}

/// The example of the contract: a month with 50 hours, then one with unknown hours.
pub fn contract() -> AccountAnswer {
    answer(
        r#"{ "as_of": "2026-10-11", "scheme": "dagpenge", "insurance": "full_time",
             "placed_on": "2026-03-01", "monthly_rate": 22041.00,
             "months": [
               {"month": "2026-03", "work_hours": 50.00, "paid_hours": 110.33, "settled": true},
               {"month": "2026-04", "work_hours": null, "paid_hours": 160.33, "settled": true} ] }"#,
    )
}

/// A day.
pub fn day(text: &str) -> NaiveDate {
    text.parse().unwrap()
}
