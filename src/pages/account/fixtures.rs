//! Answers for the tests of this page, made from a case by the real rules.

use chrono::{DateTime, NaiveDate};
use jobnet_api::account::{
    AccountAnswer, AccountFacts, BenefitKind, Payment, Register, SourceStamp,
};
use jobnet_rules::case::{Case, Scheme};

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

/// The example of the contract: a month with 50 hours, then one with unknown hours; the fund has
/// told the amount of the first one only.
pub fn contract() -> AccountAnswer {
    let answer = answer(
        r#"{ "as_of": "2026-10-11", "scheme": "dagpenge", "insurance": "full_time",
             "placed_on": "2026-03-01", "monthly_rate": 22041.00,
             "months": [
               {"month": "2026-03", "work_hours": 50.00, "paid_hours": 110.33, "settled": true},
               {"month": "2026-04", "work_hours": null, "paid_hours": 160.33, "settled": true} ] }"#,
    );
    let answer = with_payment(answer, "2026-03", Some("110.33"), Some("15167.36"));
    with_payment(answer, "2026-04", Some("160.33"), None)
}

/// The answer with a payment for a settled month, stated on 14 November 2026; `None` is not known.
pub fn with_payment(
    mut answer: AccountAnswer,
    month: &str,
    hours: Option<&str>,
    gross: Option<&str>,
) -> AccountAnswer {
    let kind = match answer.case.scheme {
        Scheme::SocialAssistance => BenefitKind::SocialAssistance,
        Scheme::Dagpenge | Scheme::Graduate => BenefitKind::Dagpenge,
    };
    answer.facts.payments.push(Payment {
        month: month.parse().unwrap(),
        kind,
        paid_hours: hours.map(|hours| hours.parse().unwrap()),
        gross: gross.map(|gross| gross.parse().unwrap()),
        settled: true,
        as_of: day("2026-11-14"),
    });
    answer
}

/// A day.
pub fn day(text: &str) -> NaiveDate {
    text.parse().unwrap()
}
