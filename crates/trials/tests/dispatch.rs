//! Who gets which letter when, in the trials as they are delivered, whatever happens to her.

#![allow(clippy::unwrap_used, reason = "a test")]

use std::collections::{BTreeMap, BTreeSet};

use chrono::{Days, NaiveDate};
use jobnet_trials::dispatch::{Due, Life, Reach, Unit, Wish, Withheld, due};
use jobnet_trials::planning::Direction;
use jobnet_trials::protocol::eligible::{Fact, Facts};
use jobnet_trials::protocol::{Channel, Key, OutcomeRole, Protocol};
use proptest::prelude::*;

const LETTERS: &str = include_str!("../../server/trials/letters-2026.json");
const CHECKLIST: &str = include_str!("../../server/trials/checklist-2026.json");

fn letters() -> Protocol {
    serde_json::from_str(LETTERS).unwrap()
}

#[test]
fn the_letters_are_to_make_sick_leave_shorter() {
    let protocol = letters();
    let primary = protocol.outcomes.iter().find(|one| one.role == OutcomeRole::Primary).unwrap();
    assert!(primary.variable.starts_with("days on sick leave"), "{}", primary.variable);
    assert_eq!(protocol.power.direction, Direction::Less);
}

fn day(number: u64) -> NaiveDate {
    NaiveDate::from_ymd_opt(2026, 11, 1).unwrap() + Days::new(number)
}

fn key(text: &str) -> Key {
    text.parse().unwrap()
}

const REACHED: Reach = Reach {
    objects: false,
    is_dead: false,
    is_protected: false,
    has_digital_post: true,
    has_email: true,
    has_address: true,
    has_mobile: true,
    wish: Wish::Sms,
};

fn sick(days: Option<u64>) -> Facts {
    let word = if days.is_some() { "yes" } else { "no" };
    let mut facts = Facts::from([("sick".to_owned(), Fact::Value(word.to_owned()))]);
    if let Some(days) = days {
        facts.insert("sick_leave_days".to_owned(), Fact::Number(days.cast_signed()));
    }
    facts
}

/// What is due on a day, as step, channel and reason.
fn on(protocol: &Protocol, life: Life, arm: &str, facts: &Facts, reach: Reach, at: u64) -> String {
    let (arm, enrolled_on) = (key(arm), day(0));
    let unit = Unit { arm: &arm, enrolled_on, facts, reach };
    let said = due(protocol, life, &unit, day(at)).into_iter().map(|due: Due<'_>| {
        let why = due.withheld.map_or("send", Withheld::name);
        format!("{} {} {why} {}", due.step.key, due.channel.name(), (due.on - day(0)).num_days())
    });
    said.collect::<Vec<_>>().join(", ")
}

#[test]
fn every_arm_of_the_letters_gets_what_the_protocol_says() {
    let protocol = letters();
    let run = |arm, at| on(&protocol, Life::Running, arm, &sick(Some(28 + at)), REACHED, at);
    assert_eq!(run("digital", 0), "letter-digital digital_post send 0");
    assert_eq!(run("digital", 31), "letter-digital digital_post send 0");
    assert_eq!(run("physical", 31), "letter-physical letter send 0");
    assert_eq!(run("physical-follow-up", 29), "letter-physical letter send 0");
    assert_eq!(
        run("physical-follow-up", 30),
        "letter-physical letter send 0, follow-up letter send 30"
    );
    assert_eq!(run("later", 400), "", "never by the calendar alone");
}

#[test]
fn the_control_waits_for_the_end_and_for_six_months_and_only_those_still_sick_get_it() {
    let protocol = letters();
    let closed = |on| Life::Closed { on: day(on) };
    let at = |life, facts: &Facts, at| on(&protocol, life, "later", facts, REACHED, at);
    let late = "letter-digital digital_post send";
    for (closed_on, at_day, said) in [
        (100, 183, String::new()),
        (100, 184, format!("{late} 184")),
        (300, 299, String::new()),
        (300, 300, format!("{late} 300")),
    ] {
        assert_eq!(at(closed(closed_on), &sick(Some(28 + at_day)), at_day), said, "{at_day}");
    }
    let recovered = "letter-digital digital_post recovered 184";
    assert_eq!(at(closed(100), &sick(None), 184), recovered);
    // Sick again since yesterday is not still sick; nor is it a day less than since enrolment.
    assert_eq!(at(closed(100), &sick(Some(1)), 184), recovered);
    assert_eq!(at(closed(100), &sick(Some(183)), 184), recovered);
    assert_eq!(at(Life::Paused, &sick(Some(300)), 300), "");
    assert_eq!(at(Life::Running, &sick(Some(300)), 300), "");
    // The others get nothing more when the trial has closed.
    let other = on(&protocol, closed(10), "physical-follow-up", &sick(Some(70)), REACHED, 40);
    assert_eq!(other, "");
}

#[test]
fn who_cannot_be_reached_is_named_with_the_reason() {
    let protocol: Protocol = serde_json::from_str(CHECKLIST).unwrap();
    let facts = Facts::new();
    let said = |reach| on(&protocol, Life::Running, "checklist", &facts, reach, 1);
    let both = |email: &str, sms: &str| {
        format!("checklist-invitation email {email} 1, checklist-invitation nem_sms {sms} 1")
    };
    for (reach, email, sms) in [
        (REACHED, "send", "send"),
        (Reach { wish: Wish::Email, ..REACHED }, "send", "unwanted"),
        (Reach { wish: Wish::Unknown, ..REACHED }, "send", "unwanted"),
        (Reach { wish: Wish::Nothing, ..REACHED }, "unwanted", "unwanted"),
        (Reach { has_email: false, ..REACHED }, "no_email", "send"),
        (Reach { has_mobile: false, ..REACHED }, "send", "no_mobile"),
        (Reach { has_digital_post: false, ..REACHED }, "send", "exempt"),
        (Reach { objects: true, is_dead: true, ..REACHED }, "objected", "objected"),
        (Reach { is_dead: true, is_protected: true, ..REACHED }, "died", "died"),
        (Reach { is_protected: true, has_email: false, ..REACHED }, "protected", "protected"),
    ] {
        assert_eq!(said(reach), both(email, sms), "{reach:?}");
    }
    assert_eq!(on(&protocol, Life::Running, "checklist", &facts, REACHED, 0), "");
    assert_eq!(on(&protocol, Life::Running, "ordinary", &facts, REACHED, 99), "");
    let letter = |reach| on(&letters(), Life::Running, "physical", &sick(Some(28)), reach, 0);
    let lost = letter(Reach { has_address: false, ..REACHED });
    assert_eq!(lost, "letter-physical letter no_address 0");
}

/// What happens to a made-up unit: days from enrolment.
#[derive(Clone, Debug)]
struct Story {
    arm: usize,
    /// Her sick leave ends, and perhaps another begins.
    recovers: Option<u64>,
    falls_ill_again: Option<u64>,
    dies: Option<u64>,
    is_protected_from: Option<u64>,
    objects: Option<u64>,
    pauses: Option<(u64, u64)>,
    closes: Option<u64>,
}

fn story() -> impl Strategy<Value = Story> {
    let some = || proptest::option::of(0_u64..420);
    let pauses = proptest::option::of((0_u64..200, 1_u64..60));
    (0_usize..4, some(), some(), some(), some(), some(), pauses, some()).prop_map(
        |(arm, recovers, again, dies, is_protected_from, objects, pauses, closes)| Story {
            arm,
            recovers,
            falls_ill_again: again.filter(|again| recovers.is_some_and(|r| r < *again)),
            dies,
            is_protected_from,
            objects,
            pauses,
            closes,
        },
    )
}

impl Story {
    fn life(&self, at: u64) -> Life {
        match (self.closes, self.pauses) {
            (Some(closes), _) if at >= closes => Life::Closed { on: day(closes) },
            (_, Some((from, days))) if (from..from + days).contains(&at) => Life::Paused,
            _ => Life::Running,
        }
    }

    fn sick_days(&self, at: u64) -> Option<u64> {
        match (self.recovers, self.falls_ill_again) {
            (_, Some(again)) if at >= again => Some(at - again),
            (Some(recovers), _) if at >= recovers => None,
            _ => Some(28 + at),
        }
    }

    fn reach(&self, at: u64) -> Reach {
        let since = |day: Option<u64>| day.is_some_and(|day| at >= day);
        Reach {
            objects: since(self.objects),
            is_dead: since(self.dies),
            is_protected: since(self.is_protected_from),
            ..REACHED
        }
    }
}

proptest! {
    #[test]
    fn nobody_gets_anything_too_early_twice_or_after_what_ends_it(story in story()) {
        let protocol = letters();
        let arm = &protocol.arms[story.arm];
        let mut ruled = BTreeSet::new();
        let mut sent: BTreeMap<(&str, Channel), u64> = BTreeMap::new();
        for at in 0..420 {
            let facts = sick(story.sick_days(at));
            let unit =
                Unit { arm: &arm.key, enrolled_on: day(0), facts: &facts, reach: story.reach(at) };
            let all = due(&protocol, story.life(at), &unit, day(at));
            let distinct: BTreeSet<_> = all.iter().map(|due| (&due.step.key, due.channel)).collect();
            prop_assert_eq!(distinct.len(), all.len(), "a step is named twice on a day");
            for due in all {
                prop_assert!(due.on <= day(at));
                // As the planner does: what was ruled once is not ruled again.
                let name = (due.step.key.as_str(), due.channel);
                if ruled.insert(name) && due.withheld.is_none() {
                    sent.insert(name, at);
                }
            }
        }
        for (name, at) in &sent {
            let before = |end: Option<u64>| end.is_none_or(|end| *at < end);
            prop_assert!(before(story.recovers) && before(story.dies), "{name:?} {at}");
            prop_assert!(before(story.is_protected_from) && before(story.objects));
            prop_assert!(story.life(*at) != Life::Paused);
            if arm.control {
                prop_assert!(*at >= 184 && story.closes.is_some_and(|closes| *at >= closes));
            } else {
                prop_assert!(before(story.closes));
            }
            prop_assert!(name.0 != "follow-up" || *at >= 30);
        }
        let most = if arm.key.as_str() == "physical-follow-up" { 2 } else { 1 };
        prop_assert!(sent.len() <= most);
        // And nobody is forgotten whom nothing stops.
        let ends = [story.recovers, story.dies, story.is_protected_from, story.objects];
        let is_never_stopped = ends.iter().all(Option::is_none) && story.pauses.is_none();
        if is_never_stopped && story.closes.is_none_or(|closes| closes > 30) && !arm.control {
            prop_assert_eq!(sent.len(), most);
        }
        if is_never_stopped && arm.control && story.closes.is_some() {
            let expected = story.closes.map(|closes| closes.max(184));
            prop_assert_eq!(sent.values().next().copied(), expected);
        }
    }
}
