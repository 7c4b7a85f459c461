//! The timeline in words.

use chrono::NaiveDate;
use jobnet_rules::case::{Case, Scheme};
use jobnet_rules::duties::DeadlineKind;
use jobnet_rules::rights::{History, Kind, Sanctioned, Talk, Timeline, timeline};
use jobnet_rules::sanctions::SanctionKind;
use jobnet_rules::units::Hours;
use serde_json::json;

use super::model::{EntryView, Words, entry, left, next, rules};
use crate::i18n::Language;

fn day(text: &str) -> NaiveDate {
    text.parse().unwrap()
}

fn case(scheme: &str) -> Case {
    serde_json::from_value(json!({ "as_of": "2026-11-22", "scheme": scheme })).unwrap()
}

fn said(timeline: &Timeline, kind: Kind, scheme: Scheme) -> EntryView {
    let all = [&timeline.coming, &timeline.duties, &timeline.rights, &timeline.past];
    let found = all.into_iter().flatten().find(|entry| entry.kind == kind).unwrap();
    entry(found, timeline.today, Words { language: Language::Danish, scheme })
}

fn decided(kind: SanctionKind, served: &str) -> History {
    let served_hours: Hours = served.parse().unwrap();
    let decision = Sanctioned { kind, decided_on: day("2026-03-02"), hours: None, served_hours };
    History { sanctions: vec![decision], ..History::default() }
}

#[test]
fn the_next_thing_to_do_is_the_first_duty_with_its_last_day() {
    let history = History {
        registered_on: Some(day("2026-05-30")),
        deadlines: vec![(DeadlineKind::BenefitCard, day("2026-12-10"))],
        ..History::default()
    };
    let timeline = timeline(&case("dagpenge"), &history);
    // An offer and more talks, on 30 November, come before it and are no duty.
    assert_eq!(timeline.coming[0].kind, Kind::Offer);
    let first = next(&timeline).unwrap();
    assert_eq!(first.kind, Kind::BenefitCard);
    let card = said(&timeline, Kind::BenefitCard, Scheme::Dagpenge);
    assert_eq!(card.title, "Send dit dagpengekort for oktober\u{a0}2026");
    assert_eq!(card.when.as_deref(), Some("Senest torsdag den 10.\u{a0}december\u{a0}2026."));
    assert_eq!(card.anchor, Some("duties"));
    assert_eq!(card.rule.as_deref(), Some("Regel: BEK 875 af 24/6/2025."));
    let left = |today| left(first, day(today), Language::Danish).unwrap();
    assert_eq!(left("2026-12-08"), "Der er 2 dage til.");
    assert_eq!(left("2026-12-09"), "Det er i morgen.");
    assert_eq!(left("2026-12-10"), "Det er i dag.");
}

#[test]
fn a_rule_that_is_not_confirmed_sends_her_to_those_who_know() {
    let history = History { registered_on: Some(day("2026-11-21")), ..History::default() };
    for (scheme, name, who) in [
        (Scheme::Dagpenge, "dagpenge", "din a-kasse"),
        (Scheme::SocialAssistance, "social_assistance", "din kommune"),
    ] {
        let timeline = timeline(&case(name), &history);
        let absence = said(&timeline, Kind::ReportAbsence, scheme);
        assert!(!absence.is_sure && absence.rule.is_none() && absence.anchor.is_none());
        assert!(absence.says[0].contains(&format!("Spørg {who}")), "{:?}", absence.says);
        let all = [timeline.duties, timeline.rights].concat();
        for unsure in all.iter().filter(|entry| !entry.ground().is_sure()) {
            let words = Words { language: Language::Danish, scheme };
            let shown = entry(unsure, timeline.today, words);
            let text = [shown.says.concat(), shown.act.unwrap_or_default(), shown.title].concat();
            assert!(!text.chars().any(|c| c.is_ascii_digit()), "a figure: {text}");
        }
    }
}

#[test]
fn who_has_no_fund_is_never_sent_to_one() {
    // A demand of work is made of dagpenge only, and says so.
    let decisions = [SanctionKind::Exclusion, SanctionKind::Quarantine];
    for language in Language::ALL {
        for kind in decisions {
            let mut history = decided(kind, "0");
            history.registered_on = Some(day("2026-05-30"));
            history.applications = vec![day("2026-11-02")];
            history.talks = vec![Talk { with_fund: false, on: day("2026-10-01"), held: false }];
            let timeline = timeline(&case("social_assistance"), &history);
            let words = Words { language, scheme: Scheme::SocialAssistance };
            let all = [timeline.coming, timeline.duties, timeline.rights, timeline.past].concat();
            for one in &all {
                let shown = entry(one, timeline.today, words);
                let text =
                    [vec![shown.title], shown.says, shown.act.into_iter().collect()].concat();
                let text = text.concat().to_lowercase();
                for word in ["a-kasse", "dagpenge", "the fund", "your fund"] {
                    assert!(!text.contains(word), "{:?}: {text}", one.kind);
                }
            }
        }
    }
}

#[test]
fn what_a_decision_costs_is_told_in_hours_and_kroner() {
    let one = timeline(&case("dagpenge"), &decided(SanctionKind::Quarantine, "37"));
    let shown = said(&one, Kind::Quarantine, Scheme::Dagpenge);
    assert_eq!(
        shown.costs,
        [
            "Det koster 111 timer uden dagpenge. Du er færdig med 37 timer. Der er 74 timer tilbage.",
            "Det svarer til højst 15.259,47\u{a0}kr. før skat.",
        ]
    );
    assert_eq!(shown.anchor, Some("sanctions"));
    assert!(shown.act.unwrap().contains("klage"));
    let served = timeline(&case("dagpenge"), &decided(SanctionKind::Quarantine, "111"));
    let shown = said(&served, Kind::Quarantine, Scheme::Dagpenge);
    assert_eq!(shown.costs[0], "Det kostede 111 timer uden dagpenge. Du er færdig med dem alle.");
    let work = timeline(&case("dagpenge"), &decided(SanctionKind::WorkRequirement, "0"));
    let shown = said(&work, Kind::WorkRequirement, Scheme::Dagpenge);
    assert!(shown.costs[0].contains("300 timer inden for 3 måneder"), "{:?}", shown.costs);
    let hers = timeline(&case("social_assistance"), &decided(SanctionKind::Exclusion, "0"));
    let shown = said(&hers, Kind::Exclusion, Scheme::SocialAssistance);
    assert_eq!(shown.costs, ["Vi ved ikke, hvad det koster. Spørg din kommune."]);
}

#[test]
fn each_rule_is_told_once_with_its_source_and_its_day() {
    let history = History { registered_on: Some(day("2026-05-30")), ..History::default() };
    let timeline = timeline(&case("dagpenge"), &history);
    let rules = rules(&timeline, Language::Danish);
    let of_talks = "Regel: VEJ 9117 af 16/1/2026. Kilde: star.dk; VEJ 9117 af 16/1/2026. \
         Reglen gælder fra den 1.\u{a0}juli\u{a0}2026.";
    assert_eq!(rules.iter().filter(|rule| *rule == of_talks).count(), 1, "{rules:?}");
    let once: std::collections::BTreeSet<_> = rules.iter().collect();
    assert_eq!(once.len(), rules.len());
    // An entry says its rule, and not since when.
    let offer = said(&timeline, Kind::Offer, Scheme::Dagpenge);
    assert_eq!(offer.rule.as_deref(), Some("Regel: VEJ 9117 af 16/1/2026."));
    assert!(rules.iter().all(|rule| !rule.contains('{')));
}

#[test]
fn no_text_has_a_place_left_open() {
    let history = History {
        registered_on: Some(day("2026-10-21")),
        applications: vec![day("2026-11-01")],
        ..decided(SanctionKind::Quarantine, "0")
    };
    for (scheme, name) in
        [(Scheme::Graduate, "dagpenge"), (Scheme::SocialAssistance, "social_assistance")]
    {
        let timeline = timeline(&case(name), &history);
        for language in Language::ALL {
            let all = [&timeline.coming, &timeline.duties, &timeline.rights, &timeline.past];
            for found in all.into_iter().flatten() {
                let shown = entry(found, timeline.today, Words { language, scheme });
                let rule = shown.rule.into_iter().collect();
                let texts = [shown.says, shown.costs, rule, vec![shown.title]].concat();
                assert!(texts.iter().all(|text| !text.contains('{')), "{texts:?}");
            }
        }
    }
}
