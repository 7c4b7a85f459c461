//! The timeline of rights and duties: days at their thresholds, figures against the arithmetic of the
//! law, and that what is not confirmed has none.

#![allow(clippy::unwrap_used, reason = "a test that cannot read its input has failed")]

use chrono::NaiveDate;
use jobnet_rules::absence::Absence;
use jobnet_rules::case::{Away, Case};
use jobnet_rules::duties::{DeadlineKind, card_deadline, card_month};
use jobnet_rules::rights::provision::{Authority, Provision, provision, rows};
use jobnet_rules::rights::{
    Entry, Ground, History, Kind, Measure, MeasureStatus, Sanctioned, Talk, Timeline, timeline,
};
use jobnet_rules::sanctions::SanctionKind;
use jobnet_rules::units::{Hours, Money};
use serde_json::json;

fn day(text: &str) -> NaiveDate {
    text.parse().unwrap()
}

fn hours(text: &str) -> Hours {
    text.parse().unwrap()
}

fn case(as_of: &str, more: serde_json::Value) -> Case {
    let mut case = json!({ "as_of": as_of, "scheme": "dagpenge" });
    case.as_object_mut().unwrap().extend(more.as_object().unwrap().clone());
    serde_json::from_value(case).unwrap()
}

fn registered(on: &str) -> History {
    History { registered_on: Some(day(on)), ..History::default() }
}

fn on(entries: &[Entry], kind: Kind) -> Option<String> {
    let entry = entries.iter().find(|entry| entry.kind == kind)?;
    Some(entry.on.map(|on| on.to_string()).unwrap_or_default())
}

fn one(entries: &[Entry], kind: Kind) -> &Entry {
    let found: Vec<_> = entries.iter().filter(|entry| entry.kind == kind).collect();
    assert_eq!(found.len(), 1, "{kind:?} in {entries:?}");
    found[0]
}

fn sanctioned(case: &Case, sanctions: Vec<Sanctioned>) -> Timeline {
    timeline(case, &History { sanctions, ..History::default() })
}

fn sanction(kind: SanctionKind, on: &str, hours: Option<Hours>, served: &str) -> Sanctioned {
    Sanctioned { kind, decided_on: day(on), hours, served_hours: served.parse().unwrap() }
}

#[test]
fn each_provision_has_at_most_one_row_a_day_and_says_where_it_was_read() {
    for row in rows() {
        assert!(!row.source.is_empty(), "{row:?}");
        assert!(row.valid_to.is_none_or(|last| row.valid_from <= last), "{row:?}");
        for other in rows().iter().filter(|other| !std::ptr::eq(*other, row)) {
            let same = other.provision == row.provision && other.who == row.who;
            let apart = row.valid_to.is_some_and(|last| last < other.valid_from)
                || other.valid_to.is_some_and(|last| last < row.valid_from);
            assert!(!same || apart, "{row:?} and {other:?}");
        }
    }
    for of in Provision::ALL {
        assert!(rows().iter().any(|row| row.provision == *of), "{of} has no row");
    }
}

#[test]
fn the_contact_rules_changed_on_the_first_of_july_2026() {
    let talks = |on| provision(Provision::FundTalks, Authority::Fund, day(on)).unwrap().value;
    assert_eq!(talks("2026-06-30"), Some(3));
    assert_eq!(talks("2026-07-01"), Some(2));
    let kommune = |who, on| provision(Provision::MunicipalityTalks, who, day(on));
    assert!(kommune(Authority::Fund, "2026-06-30").is_none());
    assert_eq!(kommune(Authority::Fund, "2026-07-01").unwrap().value, Some(2));
    assert_eq!(kommune(Authority::Municipality, "2026-07-01").unwrap().value, Some(4));
    assert!(provision(Provision::FundTalks, Authority::Fund, day("2023-12-31")).is_none());
}

#[test]
fn talks_of_the_first_months_are_a_right_in_them_and_more_talks_after_six() {
    let of = |as_of: &str| timeline(&case(as_of, json!({})), &registered("2026-07-15"));
    // Three months: to 15 October; six: to 15 January.
    assert!(on(&of("2026-10-15").rights, Kind::FundTalks).is_some());
    assert!(on(&of("2026-10-16").rights, Kind::FundTalks).is_none());
    assert!(on(&of("2027-01-15").rights, Kind::MunicipalityTalks).is_some());
    assert!(on(&of("2027-01-16").rights, Kind::MunicipalityTalks).is_none());
    assert_eq!(on(&of("2027-01-15").coming, Kind::MoreTalks).as_deref(), Some("2027-01-15"));
    assert_eq!(on(&of("2027-01-16").coming, Kind::MoreTalks), None);
    assert_eq!(on(&of("2027-01-16").rights, Kind::MoreTalks).as_deref(), Some(""));
    // Sixteen months.
    assert_eq!(on(&of("2027-11-15").coming, Kind::JointTalk).as_deref(), Some("2027-11-15"));
    assert_eq!(on(&of("2027-11-16").coming, Kind::JointTalk), None);
}

#[test]
fn an_offer_is_coming_until_there_is_one() {
    let mut history = registered("2026-10-31");
    let coming = |history: &History| timeline(&case("2026-11-22", json!({})), history).coming;
    // The last day of a shorter month.
    assert_eq!(on(&coming(&history), Kind::Offer).as_deref(), Some("2027-04-30"));
    let measure = |status| Measure {
        name: "Praktik".to_owned(),
        provider: None,
        from: day("2026-12-01"),
        to: None,
        status,
    };
    history.measures = vec![measure(MeasureStatus::Cancelled)];
    assert!(on(&coming(&history), Kind::Offer).is_some());
    history.measures = vec![measure(MeasureStatus::Planned)];
    assert_eq!(on(&coming(&history), Kind::Offer), None);
    assert_eq!(on(&coming(&history), Kind::MeasureBegins).as_deref(), Some("2026-12-01"));
}

#[test]
fn deadlines_come_in_order_with_their_rows_and_are_over_the_day_after() {
    let history = History {
        deadlines: vec![
            (DeadlineKind::BenefitCard, day("2026-12-10")),
            (DeadlineKind::Cv, day("2026-12-05")),
            (DeadlineKind::FundMeeting, day("2026-12-05")),
        ],
        ..History::default()
    };
    let of = |as_of| timeline(&case(as_of, json!({})), &history).coming;
    let kinds: Vec<_> = of("2026-12-05").iter().map(|entry| entry.kind).collect();
    assert_eq!(kinds, [Kind::Cv, Kind::FundMeeting, Kind::BenefitCard]);
    assert_eq!(of("2026-12-06").len(), 1);
    assert!(of("2026-12-11").is_empty());
    let all = of("2026-11-22");
    let card = one(&all, Kind::BenefitCard);
    assert_eq!(card.month, Some("2026-10".parse().unwrap()));
    assert_eq!(card.id, "card-2026-10");
    assert_eq!(card.basis[0].rule, "duty.card_months");
    assert!(card.ground() == Ground::Law && !card.basis[0].law.is_empty());
    for month in ["2026-01", "2026-10", "2027-12"].map(|month| month.parse().unwrap()) {
        assert_eq!(card_month(card_deadline(month).unwrap()), Some(month));
    }
    assert_eq!(card_month(day("2026-12-11")), None);
}

#[test]
fn social_assistance_has_other_duties_and_no_figure_that_is_not_confirmed() {
    let of = |more| timeline(&case("2026-11-22", more), &registered("2026-11-01"));
    let hers = of(json!({ "scheme": "social_assistance", "rate_level": "increased" }));
    assert_eq!(one(&hers.rights, Kind::MunicipalityTalks).count, Some(4));
    assert!(hers.rights.iter().all(|entry| entry.kind != Kind::FundTalks));
    assert!(hers.duties.iter().all(|entry| !entry.ground().is_sure() && entry.count.is_none()));
    let low = of(json!({ "scheme": "social_assistance", "rate_level": "minimum" }));
    assert_eq!(one(&low.duties, Kind::WorkDuty).count, Some(37));
    let member = of(json!({}));
    assert_eq!(one(&member.duties, Kind::JobLog).ground(), Ground::Law);
    assert_eq!(one(&member.duties, Kind::ReportSickness).count, Some(1));
    // Seven days stand in the table, and are not confirmed.
    let suggestions = one(&member.duties, Kind::JobSuggestions);
    assert!(!suggestions.ground().is_sure() && suggestions.count.is_none());
    let complaint = one(&member.rights, Kind::Complaint);
    assert_eq!((complaint.ground(), complaint.count), (Ground::Unconfirmed, None));
    assert!(member.duties.iter().all(|entry| entry.kind != Kind::WorkDuty));
}

#[test]
fn karantæne_costs_the_hours_of_three_weeks_at_her_rate() {
    let decided = |hours| vec![sanction(SanctionKind::Quarantine, "2026-03-02", hours, "37")];
    // 111 × 22,041.00 ÷ 160.33 = 15,259.47 (the facts' own figure).
    let most = sanctioned(&case("2026-11-22", json!({})), decided(None));
    let cost = one(&most.past, Kind::Quarantine).cost.unwrap();
    assert_eq!(cost.hours, Some(hours("111")));
    assert_eq!(cost.left_hours, Some(hours("74")));
    assert_eq!(cost.gross, Some(Money::from_hundredths(1_525_947)));
    assert!(cost.is_at_most);
    assert_eq!(most.past[0].basis[0].rule, "sanction.quarantine_hours.full_time");
    // Her own rate, and the hours of the register: 100 × 20,000.00 ÷ 160.33 = 12,474.27.
    let own = case("2026-11-22", json!({ "monthly_rate": 20000.00 }));
    let own = sanctioned(&own, decided(Some(hours("100"))));
    let cost = one(&own.past, Kind::Quarantine).cost.unwrap();
    assert_eq!(cost.gross, Some(Money::from_hundredths(1_247_427)));
    assert!(!cost.is_at_most);
    // The 90 hours of the part-time insured are not confirmed.
    let part = case("2026-11-22", json!({ "insurance": "part_time" }));
    let unknown = sanctioned(&part, decided(None));
    let entry = one(&unknown.past, Kind::Quarantine);
    assert_eq!((entry.cost.unwrap().hours, entry.cost.unwrap().gross), (None, None));
    assert!(!entry.ground().is_sure());
    let reported = sanctioned(&part, decided(Some(hours("90"))));
    let entry = one(&reported.past, Kind::Quarantine);
    assert_eq!(entry.cost.unwrap().hours, Some(hours("90")));
    // What the fund has reported is a fact; what the law says of it is still not.
    assert_eq!(entry.ground(), Ground::Unconfirmed);
}

#[test]
fn a_work_requirement_counts_the_best_three_months_after_it() {
    let month = |month: &str, hours: &str| json!({ "month": month, "work_hours": hours.parse::<f64>().unwrap(), "settled": true });
    let of = |october: &str| {
        let months = [
            month("2026-06", "160"),
            month("2026-08", "100"),
            month("2026-09", "100"),
            month("2026-10", october),
        ];
        let decided = vec![sanction(SanctionKind::WorkRequirement, "2026-06-10", None, "0")];
        let all = sanctioned(&case("2026-11-22", json!({ "months": months })), decided);
        one(&all.past, Kind::WorkRequirement).clone()
    };
    let short = of("99.99");
    assert_eq!(short.within_months, Some(3));
    let cost = short.cost.unwrap();
    assert_eq!((cost.hours, cost.done_hours), (Some(hours("300")), hours("299.99")));
    assert_eq!(cost.left_hours, Some(hours("0.01")));
    assert_eq!(of("100").cost.unwrap().left_hours, Some(Hours::ZERO));
}

#[test]
fn sanctions_of_social_assistance_have_no_cost_that_is_confirmed() {
    let hers = case("2026-11-22", json!({ "scheme": "social_assistance" }));
    let decided = sanction(SanctionKind::Exclusion, "2026-10-01", None, "0");
    let all = sanctioned(&hers, vec![decided]);
    let entry = one(&all.past, Kind::Exclusion);
    assert_eq!(entry.cost, None);
    assert!(!entry.ground().is_sure());
}

#[test]
fn an_entry_without_a_row_of_law_says_nothing_of_the_law_or_is_not_sure() {
    let talk = Talk { with_fund: true, on: day("2026-03-09"), held: true };
    let history = History {
        // Before any row of the tables.
        registered_on: Some(day("1990-01-01")),
        deadlines: vec![(DeadlineKind::FundMeeting, day("2026-12-05"))],
        absences: vec![Absence { kind: Away::Care, from: day("2026-04-01"), to: None }],
        talks: vec![talk],
        ..History::default()
    };
    let all = timeline(&case("2026-11-22", json!({})), &history);
    let registered = one(&all.past, Kind::Registered);
    assert_eq!((registered.basis.len(), registered.ground()), (0, Ground::Unconfirmed));
    assert_eq!(one(&all.past, Kind::Care).ground(), Ground::Registers);
    assert_eq!(one(&all.coming, Kind::FundMeeting).ground(), Ground::Registers);
    let every = [all.coming, all.duties, all.rights, all.past].concat();
    for entry in every.iter().filter(|entry| entry.basis.is_empty()) {
        assert_ne!(entry.ground(), Ground::Law, "{entry:?}");
    }
}

#[test]
fn the_fund_pays_fourteen_days_of_sickness() {
    let of = |as_of: &str, to: Option<&str>| {
        let absences =
            vec![Absence { kind: Away::Sickness, from: day("2026-11-10"), to: to.map(day) }];
        let history = History { absences, ..History::default() };
        timeline(&case(as_of, json!({})), &history)
    };
    let from = |as_of, to| on(&of(as_of, to).coming, Kind::SickPayFromMunicipality);
    // 10 to 23 November are fourteen days.
    assert_eq!(from("2026-11-22", None).as_deref(), Some("2026-11-24"));
    assert_eq!(from("2026-11-24", None).as_deref(), Some("2026-11-24"));
    assert_eq!(from("2026-11-25", None), None);
    assert_eq!(from("2026-11-22", Some("2026-11-23")), None);
    assert!(from("2026-11-22", Some("2026-11-24")).is_some());
    let sick = of("2026-11-22", None);
    let review = one(&sick.rights, Kind::SickPayReview);
    assert_eq!((review.count, review.within_months), (Some(22), Some(9)));
    assert_eq!(one(&sick.past, Kind::Sickness).count, Some(6));
    assert_eq!(on(&of("2026-11-25", Some("2026-11-24")).rights, Kind::SickPayReview), None);
}

#[test]
fn what_has_happened_is_newest_first_and_nothing_of_it_is_to_come() {
    let history = History {
        registered_on: Some(day("2026-09-01")),
        applications: ["2026-09-30", "2026-10-01", "2026-10-31", "2026-11-23"].map(day).to_vec(),
        talks: vec![
            Talk { with_fund: true, on: day("2026-09-10"), held: true },
            Talk { with_fund: true, on: day("2026-10-10"), held: false },
        ],
        ..History::default()
    };
    let past = timeline(&case("2026-11-22", json!({})), &history).past;
    let told: Vec<_> = past.iter().map(|entry| (entry.kind, entry.count)).collect();
    assert_eq!(
        told,
        [
            (Kind::Applications, Some(2)),
            (Kind::TalkMissed, None),
            (Kind::Applications, Some(1)),
            (Kind::TalkHeld, None),
            (Kind::Registered, None),
        ]
    );
    let ids: std::collections::BTreeSet<_> = past.iter().map(|entry| &entry.id).collect();
    assert_eq!(ids.len(), past.len(), "each entry has a name of its own");
}

#[test]
fn nothing_known_is_no_reason_to_fail_and_neither_is_a_day_long_ago() {
    for as_of in ["1900-01-01", "2017-06-30", "2017-07-01", "2200-12-31"] {
        for scheme in ["dagpenge", "social_assistance"] {
            let history = History {
                registered_on: Some(day(as_of)),
                sanctions: vec![sanction(SanctionKind::Quarantine, as_of, None, "0")],
                absences: vec![Absence { kind: Away::Sickness, from: day(as_of), to: None }],
                ..History::default()
            };
            let all = timeline(&case(as_of, json!({ "scheme": scheme })), &history);
            assert_eq!(all.past.len(), 3, "{as_of}, {scheme}");
            let is_known = day(as_of) >= day("2017-07-01");
            assert_eq!(!all.duties.is_empty(), is_known, "{as_of}, {scheme}");
        }
    }
}

#[test]
fn the_wire_form_is_read_as_it_was_written() {
    let decided = vec![sanction(SanctionKind::Quarantine, "2026-03-02", None, "0")];
    let all = sanctioned(&case("2026-11-22", json!({})), decided);
    let wire = serde_json::to_value(&all).unwrap();
    assert_eq!(serde_json::from_value::<Timeline>(wire).unwrap(), all);
}
