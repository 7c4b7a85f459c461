//! The overview of each kind of citizen, read as she reads it.

use chrono::{DateTime, NaiveDate};
use jobnet_api::account::{
    AccountAnswer, AccountFacts, Deadline, DeadlineKind, Register, SourceStamp, Spell,
};
use jobnet_rules::case::{Away, Case};
use jobnet_rules::evaluate::evaluate;

use super::model::{Overview, overview};
use crate::i18n::Language;
use crate::pages::account::figure::{Line, Piece};

fn day(text: &str) -> NaiveDate {
    text.parse().unwrap()
}

fn answer(case: &str) -> AccountAnswer {
    let case: Case = serde_json::from_str(case).unwrap();
    let facts = AccountFacts {
        computed_at: DateTime::UNIX_EPOCH,
        authority: "A-kassen Demo".into(),
        registered_on: Some(case.as_of),
        case,
        sources: vec![SourceStamp { register: Register::Benefits, as_of: day("2026-11-11") }],
        spells: vec![],
        payments: vec![],
        sanctions: vec![],
        deadlines: vec![],
        reports: vec![],
    };
    facts.evaluate().unwrap()
}

fn read(line: &Line, language: Language) -> String {
    let piece = |piece: &Piece| match piece {
        Piece::Text(text) => text.to_string(),
        Piece::Figure(figure) => figure.value.show(language),
    };
    line.iter().map(piece).collect::<String>().replace('\u{a0}', " ")
}

fn danish(answer: &AccountAnswer, today: &str) -> Overview {
    overview(answer, day(today), Language::Danish)
}

fn check(overview: &Overview, index: usize, big: &str, why: &str) {
    let answer = &overview.answers[index];
    assert_eq!(read(&answer.big, Language::Danish), big);
    assert_eq!(read(&answer.why, Language::Danish), why);
}

/// The example of the contract: March 50 hours of work, paid 110.33; April hours unknown.
const FULL_TIME: &str = r#"{ "as_of": "2026-11-22", "scheme": "dagpenge",
  "insurance": "full_time", "placed_on": "2026-03-01", "monthly_rate": 22041.00,
  "months": [
    {"month": "2026-03", "work_hours": 50.00, "paid_hours": 110.33, "settled": true},
    {"month": "2026-04", "work_hours": null, "paid_hours": 160.33, "settled": true},
    {"month": "2026-11", "work_hours": 50.00, "settled": false} ] }"#;

#[test]
fn the_next_payout_is_this_months_until_its_pay_day() {
    let overview = danish(&answer(FULL_TIME), "2026-11-22");
    // 30 November 2026 is a Monday and a banking day; (160.33 − 50.00) × 22,041 / 160.33.
    check(
        &overview,
        1,
        "15.167 kr. 30. november",
        "Før skat, for november. Regnet med 50,00 timers arbejde, så det kan ændre sig.",
    );
    assert_eq!(
        overview.source.replace('\u{a0}', " "),
        "Tal fra A-kassen Demo, opgjort 11. november 2026"
    );
}

#[test]
fn after_the_pay_day_the_next_payout_is_next_months_and_not_known() {
    let overview = danish(&answer(FULL_TIME), "2026-12-01");
    // 31 December 2026 is a Thursday, but banks are closed: the calendar of the rules decides.
    assert_eq!(read(&overview.answers[1].big, Language::Danish), "Beløbet kendes ikke endnu");
    assert!(read(&overview.answers[1].why, Language::Danish).contains("i december"));
}

#[test]
fn unknown_hours_give_no_amount() {
    let case =
        FULL_TIME.replace(r#""2026-11", "work_hours": 50.00"#, r#""2026-11", "work_hours": null"#);
    check(
        &danish(&answer(&case), "2026-11-22"),
        1,
        "Beløbet kendes ikke endnu",
        "Vi kender ikke dine timer i november. Derfor gætter vi ikke på et beløb.",
    );
}

#[test]
fn the_hours_run_out_before_the_frame() {
    let account = answer(FULL_TIME);
    let period = account.account.period.clone().unwrap();
    assert_eq!(period.remaining_hours.to_string(), "3577.34");
    let overview = danish(&account, "2026-11-22");
    let big = read(&overview.answers[2].big, Language::Danish);
    assert!(big.starts_with("Timerne, i ") && big.ends_with(" 2028"), "{big}");
    assert_eq!(
        read(&overview.answers[2].why, Language::Danish),
        "3.577,34 timer tilbage, hvis du ikke arbejder. Rammen slutter 28. februar 2029."
    );
}

#[test]
fn a_near_deadline_is_the_one_thing_to_do() {
    let mut account = answer(FULL_TIME);
    account.facts.deadlines = vec![
        Deadline { kind: DeadlineKind::BenefitCard, on: day("2026-12-10") },
        Deadline { kind: DeadlineKind::BookMeeting, on: day("2026-11-26") },
    ];
    let overview = danish(&account, "2026-11-24");
    check(&overview, 0, "Torsdag 26. november", "Book et møde med A-kassen Demo. Om 2 dage.");
    assert_eq!(
        read(&overview.task.title, Language::Danish),
        "Gør dette nu: Book et møde med A-kassen Demo"
    );
}

#[test]
fn without_deadlines_the_unknown_month_is_the_thing_to_do() {
    let overview = danish(&answer(FULL_TIME), "2026-11-22");
    check(
        &overview,
        0,
        "Ingen frist lige nu",
        "Du har ikke noget, der skal gøres inden en bestemt dag.",
    );
    let title = read(&overview.task.title, Language::Danish);
    assert_eq!(title, "Se på april 2026: dine timer er ukendte");
}

#[test]
fn a_deadline_that_has_passed_is_said() {
    let mut account = answer(FULL_TIME);
    account.facts.deadlines = vec![Deadline { kind: DeadlineKind::Cv, on: day("2026-11-20") }];
    let why = read(&danish(&account, "2026-11-22").answers[0].why, Language::Danish);
    assert_eq!(why, "Gør dit CV færdigt. Dagen er gået. Gør det så snart, du kan.");
}

#[test]
fn a_graduate_sees_when_her_rate_falls() {
    let case = r#"{ "as_of": "2026-11-22", "scheme": "graduate", "insurance": "full_time",
      "placed_on": "2026-08-01", "graduate": {"provider": false, "birth_date": "1999-01-01"},
      "months": [
        {"month": "2026-09", "work_hours": 0, "paid_hours": 160.33, "settled": true},
        {"month": "2026-10", "work_hours": 0, "paid_hours": 160.33, "settled": true} ] }"#;
    let overview = danish(&answer(case), "2026-11-22");
    assert_eq!(read(&overview.answers[2].big, Language::Danish), "Din sats, ved 481 timer");
    let why = read(&overview.answers[2].why, Language::Danish);
    assert!(why.starts_with("Du har brugt 320,66 timer. Ved 481 timer falder satsen."), "{why}");

    let provider = case.replace(r#""provider": false"#, r#""provider": true"#);
    let overview = danish(&answer(&provider), "2026-11-22");
    assert!(read(&overview.answers[2].big, Language::Danish).starts_with("Timerne, i "));
}

#[test]
fn social_assistance_is_told_in_kroner() {
    let case = r#"{ "as_of": "2025-11-22", "scheme": "social_assistance", "rate_level": "basic",
      "months": [ {"month": "2025-10", "earned": 8000, "settled": true},
                  {"month": "2025-11", "earned": 8000, "settled": false} ] }"#;
    let overview = danish(&answer(case), "2025-11-22");
    // 7,205 − 65 % of (8,000 − 5,000) = 5,255
    check(
        &overview,
        1,
        "5.255 kr.",
        "Før skat, for november. Regnet med 8.000 kr. i løn, så det kan ændre sig.",
    );
    check(
        &overview,
        2,
        "Ingen timer løber ud",
        "Kontanthjælp følger kroner. I oktober 2025 blev din hjælp 1.950 kr. lavere, fordi du tjente penge.",
    );
}

#[test]
fn a_month_on_sick_leave_promises_no_dagpenge() {
    let mut account = answer(FULL_TIME);
    account.facts.case.months.retain(|month| month.month.to_string() != "2026-11");
    account.account = evaluate(&account.case).unwrap();
    account.facts.spells = vec![Spell { kind: Away::Sickness, from: day("2026-08-03"), to: None }];
    let overview = danish(&account, "2026-11-22");
    assert_eq!(read(&overview.answers[1].big, Language::Danish), "Ingen dagpenge i november");

    let mut told = answer(&FULL_TIME.replace(
        r#""2026-11", "work_hours": 50.00"#,
        r#""2026-11", "work_hours": 0, "away": "sickness""#,
    ));
    told.facts.spells = account.spells.clone();
    let overview = danish(&told, "2026-11-22");
    assert_eq!(read(&overview.answers[1].big, Language::Danish), "Ingen dagpenge i november");
    let why = read(&overview.answers[2].why, Language::Danish);
    assert!(why.ends_with("Rammen er blevet længere, fordi du har været syg eller på barsel."));
}

#[test]
fn who_registered_yesterday_still_gets_three_answers() {
    let mut account =
        answer(r#"{ "as_of": "2026-11-22", "scheme": "dagpenge", "placed_on": "2026-11-21" }"#);
    account.facts.sources.clear();
    let overview = danish(&account, "2026-11-22");
    assert_eq!(overview.source, "A-kassen Demo har ingen tal om dig endnu");
    check(
        &overview,
        1,
        "Beløbet kendes ikke endnu",
        "Det afhænger af, hvor meget du arbejder i november. Pengene kommer 30. november.",
    );
    let big = read(&overview.answers[2].big, Language::Danish);
    assert!(big.starts_with("Timerne, i "), "{big}");
    assert_eq!(read(&overview.task.title, Language::Danish), "Du skal ikke gøre noget lige nu");
}

#[test]
fn no_place_is_left_empty_in_any_language() {
    let account = answer(FULL_TIME);
    for language in Language::ALL {
        let overview = overview(&account, day("2026-11-22"), language);
        let lines = overview.answers.iter().flat_map(|answer| [&answer.big, &answer.why]);
        for line in lines.chain([&overview.task.title, &overview.task.why]) {
            let text = read(line, language);
            assert!(!text.is_empty() && !text.contains('{'), "{text}");
        }
    }
}
