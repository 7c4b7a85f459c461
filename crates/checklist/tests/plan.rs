//! The list against days counted by hand, and against what must hold for every list.

#![allow(clippy::unwrap_used, reason = "a test may panic, in its helpers too")]

use std::collections::{BTreeMap, BTreeSet};

use chrono::{Days, NaiveDate};
use jobnet_checklist::item::{Item, Phase, Sign};
use jobnet_checklist::mark::{Mark, MarkError, Reason, State};
use jobnet_checklist::plan::{Entry, Person, Progress, Status, news, phase, plan, progress};
use jobnet_profiling::form::Question;
use jobnet_profiling::profile::Factor;
use jobnet_rules::case::Scheme;
use proptest::prelude::*;

fn day(text: &str) -> NaiveDate {
    text.parse().unwrap()
}

fn person(scheme: Scheme) -> Person {
    Person {
        scheme,
        registered_on: day("2026-09-01"),
        first_talk: None,
        signs: BTreeMap::new(),
        raised: BTreeSet::new(),
    }
}

fn marked(state: State) -> Mark {
    Mark { state, note: None }
}

fn of(entries: &[Entry], item: Item) -> &Entry {
    entries.iter().find(|entry| entry.item == item).unwrap()
}

#[test]
fn days_are_counted_from_her_own_registration_and_talk() {
    let mut she = person(Scheme::Dagpenge);
    let no_marks = BTreeMap::new();
    let today = day("2026-09-02");
    let entries = plan(&she, &no_marks, today);
    // Two weeks for the CV; the day before the last day of the fund's first talk; the card of
    // September, one month and ten days after its end; 28 days for the rhythm.
    assert_eq!(of(&entries, Item::Cv).due_on, Some(day("2026-09-15")));
    assert_eq!(of(&entries, Item::Network).due_on, Some(day("2026-09-14")));
    assert_eq!(of(&entries, Item::BenefitCard).due_on, Some(day("2026-11-10")));
    assert_eq!(of(&entries, Item::WeeklyRhythm).due_on, Some(day("2026-09-29")));
    // A week with the municipality.
    let social = plan(&person(Scheme::SocialAssistance), &no_marks, today);
    assert_eq!(of(&social, Item::Network).due_on, Some(day("2026-09-07")));
    // A booked talk counts, and never gives a day before she registered.
    she.first_talk = Some(day("2026-09-08"));
    assert_eq!(of(&plan(&she, &no_marks, today), Item::Network).due_on, Some(day("2026-09-07")));
    she.first_talk = Some(day("2026-09-01"));
    let first = plan(&she, &no_marks, she.registered_on);
    assert_eq!(of(&first, Item::Network).due_on, Some(day("2026-09-01")));
}

#[test]
fn nobody_is_late_with_an_advice_and_a_duty_that_may_have_been_done_is_said() {
    let she = person(Scheme::Dagpenge);
    let entries = plan(&she, &BTreeMap::new(), day("2026-10-01"));
    let network = of(&entries, Item::Network);
    assert_eq!((network.status, network.due_on), (Status::Open {}, None));
    let cv = of(&entries, Item::Cv);
    assert_eq!((cv.status, cv.due_on), (Status::Overdue {}, Some(day("2026-09-15"))));
}

#[test]
fn phases_begin_at_two_weeks_three_months_and_half_a_year() {
    let she = person(Scheme::Dagpenge);
    for (date, expected) in [
        ("2026-08-31", Phase::Start),
        ("2026-09-14", Phase::Start),
        ("2026-09-15", Phase::Search),
        ("2026-11-30", Phase::Search),
        ("2026-12-01", Phase::Widen),
        ("2027-03-01", Phase::Widen),
        ("2027-03-02", Phase::Review),
    ] {
        assert_eq!(phase(&she, day(date)), expected, "{date}");
    }
}

#[test]
fn her_word_goes_before_the_registers_and_both_before_the_calendar() {
    let mut she = person(Scheme::Dagpenge);
    let today = day("2026-10-01");
    let item = Item::FirstApplications;
    let status = |she: &Person, state: Option<State>| {
        let marks = state.map(|state| (item, marked(state))).into_iter().collect();
        of(&plan(she, &marks, today), item).status
    };
    let later = State::Later { until: day("2026-10-08") };
    assert_eq!(status(&she, None), Status::Open {});
    assert_eq!(status(&she, Some(later)), Status::Later { until: day("2026-10-08") });
    let now = State::Later { until: today };
    assert_eq!(status(&she, Some(now)), Status::Open {});
    she.signs.insert(Sign::AnApplication, day("2026-10-02"));
    assert_eq!(status(&she, None), Status::Open {}, "it is not known yet");
    she.signs.insert(Sign::AnApplication, today);
    let seen = Status::SeenDone { sign: Sign::AnApplication };
    assert_eq!(status(&she, None), seen);
    assert_eq!(status(&she, Some(later)), seen);
    let no = State::NotForMe { reason: Reason::Health };
    assert_eq!(status(&she, Some(no)), Status::NotForMe {});
    assert_eq!(status(&she, Some(State::Done {})), Status::Done {});
}

#[test]
fn what_raised_her_profile_comes_up_at_once_and_first() {
    let mut she = person(Scheme::Dagpenge);
    let today = day("2026-09-03");
    let before = plan(&she, &BTreeMap::new(), today);
    assert_eq!(of(&before, Item::WidenSearch).status, Status::Ahead {});
    she.raised.insert(Factor::Answer(Question::KnownJob));
    let now = plan(&she, &BTreeMap::new(), today);
    let widen = of(&now, Item::WidenSearch);
    assert_eq!((widen.phase, widen.status), (Phase::Start, Status::Open {}));
    let first: Vec<_> = now.iter().take(2).map(|entry| entry.item).collect();
    assert_eq!(first, [Item::FirstTalk, Item::WidenSearch]);
    assert_eq!(news(&before, &now), [Item::WidenSearch]);
}

#[test]
fn progress_counts_what_has_come_up_and_is_for_her() {
    let she = person(Scheme::Dagpenge);
    let today = day("2026-09-02");
    let mut marks = BTreeMap::new();
    assert_eq!(progress(&plan(&she, &marks, today)), Progress { done: 0, of: 9 });
    marks.insert(Item::Cv, marked(State::Done {}));
    marks.insert(Item::Network, marked(State::NotForMe { reason: Reason::Other }));
    assert_eq!(progress(&plan(&she, &marks, today)), Progress { done: 1, of: 8 });
}

#[test]
fn what_she_did_herself_is_no_news_and_what_the_registers_saw_is() {
    let mut she = person(Scheme::Dagpenge);
    let today = day("2026-09-05");
    let before = plan(&she, &BTreeMap::new(), today);
    let marks = BTreeMap::from([(Item::Cv, marked(State::Done {}))]);
    she.signs.insert(Sign::ATalk, today);
    she.first_talk = Some(today);
    let now = plan(&she, &marks, today);
    let items = news(&before, &now);
    assert!(items.contains(&Item::FirstTalk) && !items.contains(&Item::Cv), "{items:?}");
    assert!(items.contains(&Item::Network), "its day has moved");
    assert_eq!(news(&now, &now), []);
}

#[test]
fn a_mark_stands_only_with_a_day_and_a_note_that_can_be_kept() {
    let today = day("2026-09-05");
    let later = |until| marked(State::Later { until: day(until) }).check(today);
    assert_eq!(later("2026-09-05"), Ok(()));
    assert_eq!(later("2026-09-04"), Err(MarkError::Past(day("2026-09-04"))));
    assert_eq!(later("2027-09-07"), Err(MarkError::TooLate(day("2027-09-07"))));
    let long = Mark { state: State::Done {}, note: Some("æ".repeat(501)) };
    assert_eq!(long.check(today), Err(MarkError::LongNote));
    let unknown = r#"{"state":{"type":"open","by":"me"}}"#;
    assert!(serde_json::from_str::<Mark>(unknown).is_err());
    assert!(serde_json::from_str::<Mark>(r#"{"state":{"type":"open"}}"#).is_ok());
}

fn schemes() -> impl Strategy<Value = Scheme> {
    prop_oneof![Just(Scheme::Dagpenge), Just(Scheme::Graduate), Just(Scheme::SocialAssistance)]
}

proptest! {
    /// Time never takes an item away, moves her back a phase, or undoes what is done; and no day
    /// that can be written makes the list fail.
    #[test]
    fn time_only_goes_forward(scheme in schemes(), start in 0u64..80_000, after in 0u64..800, step in 0u64..60) {
        let mut she = person(scheme);
        she.registered_on = day("1990-01-01").checked_add_days(Days::new(start)).unwrap();
        let today = she.registered_on.checked_add_days(Days::new(after)).unwrap();
        let then = today.checked_add_days(Days::new(step)).unwrap();
        let marks = BTreeMap::from([(Item::Cv, marked(State::Done {}))]);
        let (now, later) = (plan(&she, &marks, today), plan(&she, &marks, then));
        prop_assert_eq!(now.len(), later.len());
        prop_assert!(phase(&she, today) <= phase(&she, then));
        prop_assert_eq!(of(&later, Item::Cv).status, Status::Done {});
        let (p, q) = (progress(&now), progress(&later));
        prop_assert!(p.done <= p.of && p.of <= q.of && p.done <= q.done);
        for entry in &now {
            let due = entry.due_on;
            prop_assert!(due.is_none_or(|day| day >= she.registered_on), "{:?}", entry);
            prop_assert_eq!(entry.status == Status::Overdue {}, entry.is_duty && entry.phase <= phase(&she, today)
                && !entry.status.is_settled() && due.is_some_and(|day| day < today));
        }
    }
}
