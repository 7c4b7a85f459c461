//! A change after registration is checked as the protocol was: it cannot make of it one that could not be
//! registered.

#![allow(clippy::unwrap_used, reason = "a test")]

use chrono::{DateTime, NaiveDate, Utc};
use jobnet_trials::protocol::check::{Catalogue, Finding, Problem};
use jobnet_trials::protocol::life::{
    Amendment, Any, Change, Entry, Event, Refused, State, Unblinding,
};
use jobnet_trials::protocol::{Digest, Protocol};

fn protocol() -> Protocol {
    serde_json::from_str(include_str!("protocol/complete.json")).unwrap()
}

fn at(second: i64) -> DateTime<Utc> {
    DateTime::from_timestamp(1_800_000_000 + second, 0).unwrap()
}

fn amended(change: Change) -> Event {
    let (why, unblinding) = ("more are needed".to_owned(), Unblinding::Before);
    Event::Amended { amendment: Amendment { change, why, unblinding } }
}

/// In every state in which it may be changed.
fn trials() -> Vec<Any> {
    let registered =
        Event::Registered { protocol: protocol().digest().unwrap(), seed: Digest::of(b"seed") };
    let why = || "a fault".to_owned();
    let steps =
        [registered, Event::Started {}, Event::Paused { why: why() }, Event::Closed { why: why() }];
    let entries: Vec<Entry> =
        steps.into_iter().zip(0..).map(|(event, second)| Entry { at: at(second), event }).collect();
    (1..=entries.len()).map(|many| Any::replay(protocol(), &entries[..many]).unwrap()).collect()
}

#[test]
fn a_change_that_could_not_be_registered_is_refused_with_what_is_wrong_with_it() {
    let starts = protocol().starts;
    let before = starts.pred_opt().unwrap();
    let finding = |field: &str, problem| vec![Finding { field: field.to_owned(), problem }];
    let cases = [
        (Change::Ends { ends: before }, finding("ends", Problem::EndsBeforeStart)),
        (Change::Ends { ends: NaiveDate::MIN }, finding("ends", Problem::EndsBeforeStart)),
        (Change::Units { units: 0 }, finding("power.units", Problem::Missing)),
    ];
    let states: Vec<State> = trials().iter().map(Any::state).collect();
    assert_eq!(states, [State::Registered, State::Running, State::Paused, State::Closed]);
    for trial in trials() {
        for (change, findings) in cases.clone() {
            let refused = trial.clone().after(&Catalogue::default(), amended(change), at(9));
            assert_eq!(refused, Err(Refused::BadChange(findings)));
        }
        // It may end the day it begins, and have one unit.
        for change in [Change::Ends { ends: starts }, Change::Units { units: 1 }] {
            let changed = trial.clone().after(&Catalogue::default(), amended(change), at(9));
            assert_eq!(changed.unwrap().state(), trial.state());
        }
    }
}

#[test]
fn the_findings_are_those_of_the_whole_protocol() {
    let mut protocol = protocol();
    protocol.ends = protocol.starts.pred_opt().unwrap();
    protocol.power.units = 0;
    let found = protocol.check(&Catalogue::default());
    for (field, problem) in [("ends", Problem::EndsBeforeStart), ("power.units", Problem::Missing)]
    {
        assert!(found.contains(&Finding { field: field.to_owned(), problem }), "{found:?}");
    }
}
