//! Protocols: what may be registered, the steps of a life, the lock, and who is eligible.

#![allow(clippy::unwrap_used, reason = "a test")]

use std::collections::BTreeMap;

use chrono::{DateTime, TimeDelta, Utc};
use jobnet_trials::protocol::check::{Catalogue, FactKind, Problem};
use jobnet_trials::protocol::eligible::{Excluded, Fact, Facts};
use jobnet_trials::protocol::life::{
    Amendment, Any, Change, Entry, Event, Refused, State, Unblinding,
};
use jobnet_trials::protocol::{
    Allocation, Bilingual, Condition, DelayedControl, Design, Digest, Enrolment, Interim, Key,
    Outcome, Protocol, Trigger, Unit,
};
use serde_json::{Value, json};

/// A complete protocol, as a file.
const FILE: &str = include_str!("protocol/complete.json");
/// `json.dumps(p, sort_keys=True, separators=(',', ':'), ensure_ascii=False)` and `hashlib.sha256`
/// of Python 3.11 on the same file.
const DIGEST: &str = include_str!("protocol/complete.sha256");

fn protocol() -> Protocol {
    serde_json::from_str(FILE).unwrap()
}

fn catalogue() -> Catalogue {
    let list = |values: &[&str]| values.iter().map(|value| (*value).to_owned()).collect();
    Catalogue {
        facts: BTreeMap::from([
            ("scheme".to_owned(), FactKind::OneOf { values: list(&["dagpenge", "graduate"]) }),
            ("age".to_owned(), FactKind::Number),
            ("job_centre".to_owned(), FactKind::Text),
        ]),
        surfaces: BTreeMap::from([(
            "account".to_owned(),
            BTreeMap::from([
                ("presentation".to_owned(), list(&["words", "timeline"])),
                ("framing".to_owned(), list(&["earned", "lacking"])),
            ]),
        )]),
        enrolment: BTreeMap::from([("account".to_owned(), Enrolment::SignIn)]),
        messages: BTreeMap::new(),
        harmful: BTreeMap::from([(
            "account".to_owned(),
            BTreeMap::from([("presentation".to_owned(), list(&["notice"]))]),
        )]),
    }
}

fn at(hour: i64) -> DateTime<Utc> {
    DateTime::from_timestamp(1_800_000_000, 0).unwrap() + TimeDelta::hours(hour)
}

fn key(text: &str) -> Key {
    text.parse().unwrap()
}

fn blocks(multiples: &[u8]) -> Allocation {
    Allocation::Blocks { multiples: multiples.to_vec() }
}

fn found(protocol: &Protocol) -> Vec<(String, Problem)> {
    let findings = protocol.check(&catalogue());
    findings.into_iter().map(|finding| (finding.field, finding.problem)).collect()
}

fn facts(scheme: &str, age: i64) -> Facts {
    Facts::from([
        ("scheme".to_owned(), Fact::Value(scheme.to_owned())),
        ("age".to_owned(), Fact::Number(age)),
        ("job_centre".to_owned(), Fact::Value("101".to_owned())),
    ])
}

#[test]
fn the_canonical_form_is_that_of_another_implementation() {
    assert_eq!(protocol().digest().unwrap().to_string(), DIGEST.trim());
    let pretty = serde_json::to_string_pretty(&protocol()).unwrap();
    let again: Protocol = serde_json::from_str(&pretty).unwrap();
    assert_eq!(again, protocol());
    let mut changed = protocol();
    changed.arms[1].weight += 1;
    assert_ne!(changed.digest().unwrap(), protocol().digest().unwrap());
}

#[test]
fn a_digest_of_sha_256_is_that_of_the_standard() {
    // FIPS 180-2, appendix B.1.
    let expected = "ba7816bf8f01cfea414140de5dae2223b00361a396177a9cb410ff61f20015ad";
    assert_eq!(Digest::of(b"abc").to_string(), expected);
    assert!("ba78".parse::<Digest>().is_err());
}

#[test]
fn a_complete_protocol_has_nothing_in_its_way() {
    assert_eq!(found(&protocol()), []);
}

#[test]
fn what_is_wrong_is_named_by_its_field() {
    type Spoil = fn(&mut Protocol);
    let cases: [(Spoil, &str, Problem); 21] = [
        (|p| p.public.why.da.clear(), "public.why.da", Problem::Missing),
        (|p| p.statements.funding = " ".into(), "statements.funding", Problem::Missing),
        (|p| p.ends = p.starts.pred_opt().unwrap(), "ends", Problem::EndsBeforeStart),
        (|p| p.arms[1].weight = 0, "arms[1].weight", Problem::OutOfBounds),
        (|p| p.arms[1].key = p.arms[0].key.clone(), "arms[1].key", Problem::Twice),
        (|p| p.arms[1].control = true, "arms.control", Problem::NotOne),
        (|p| drop(p.arms.pop()), "arms.settings", Problem::NotEveryCombination),
        (
            |p| drop(p.arms[0].settings.insert("presentation".into(), "film".into())),
            "arms[0].settings.presentation",
            Problem::Unknown,
        ),
        // Its harm is published, whether the arm says so or not.
        (
            |p| drop(p.arms[0].settings.insert("presentation".into(), "notice".into())),
            "arms[0].settings.presentation",
            Problem::KnownHarm,
        ),
        (|p| p.unit = Unit::Caseworker, "power.cluster_size", Problem::Missing),
        (|p| p.power.cluster_size = Some(0), "power.cluster_size", Problem::OutOfBounds),
        (|p| p.surface = "radio".into(), "surface", Problem::Unknown),
        (|p| p.enrolment = Enrolment::FirstUse, "enrolment", Problem::DoesNotFit),
        (|p| p.strata.push("shoe_size".into()), "strata[1]", Problem::Unknown),
        (
            |p| {
                p.eligibility =
                    vec![Condition::Between { fact: "age".into(), least: Some(9), most: Some(8) }];
            },
            "eligibility[0]",
            Problem::OutOfBounds,
        ),
        (|p| p.outcomes.retain(|o| o.key.as_str() != "left"), "outcomes.harm", Problem::Missing),
        (|p| p.power.baseline_per_mille = None, "power.baseline_per_mille", Problem::Missing),
        (
            |p| {
                p.delayed =
                    Some(DelayedControl { then: key("words-earned"), trigger: Trigger::Closed {} });
            },
            "delayed.then",
            Problem::DoesNotFit,
        ),
        // However often it stands there.
        (|p| p.allocation = blocks(&[2]), "allocation.multiples", Problem::OneLength),
        (|p| p.allocation = blocks(&[1, 1]), "allocation.multiples", Problem::OneLength),
        (
            |p| p.interim = Interim::Anytime { outcome: key("left"), alpha_per_mille: 10 },
            "interim",
            Problem::NoEarlyLook,
        ),
    ];
    for (spoil, field, problem) in cases {
        let mut spoiled = protocol();
        spoil(&mut spoiled);
        let found = found(&spoiled);
        assert!(found.contains(&(field.to_owned(), problem)), "{field}: {found:?}");
    }
}

#[test]
fn what_is_refused_is_said_with_what_to_do() {
    let said = |change: fn(&mut Protocol)| -> String {
        let mut spoiled = protocol();
        change(&mut spoiled);
        let findings = spoiled.check(&catalogue());
        assert_eq!(findings.len(), 1, "{findings:?}");
        findings[0].to_string()
    };
    let one = said(|p| p.allocation = blocks(&[1]));
    assert!(one.contains("such as 1 and 2") && one.contains("computed"), "{one}");
    let early =
        said(|p| p.interim = Interim::Anytime { outcome: key("left"), alpha_per_mille: 10 });
    assert!(early.contains("“none”") && early.contains("close it by hand"), "{early}");
}

#[test]
fn a_field_that_is_not_known_is_refused_wherever_it_stands() {
    let mut file: Value = serde_json::from_str(FILE).unwrap();
    file["delayed"] = json!({ "then": "words-lacking", "trigger": { "type": "closed" } });
    let read = |file: &Value| serde_json::from_value::<Protocol>(file.clone());
    assert!(read(&file).is_ok());
    // Each object of the file, but the settings of an arm, whose names are the surface's.
    for place in objects(&file, "").iter().filter(|place| !place.ends_with("/settings")) {
        let mut more = file.clone();
        more.pointer_mut(place).unwrap()["wieght"] = json!(1);
        let error = read(&more).unwrap_err().to_string();
        assert!(error.contains("wieght"), "{place}: {error}");
    }
    let check = |kind: &str, object: &Value| {
        let read = match kind {
            "design" => serde_json::from_value::<Design>(object.clone()).map(drop),
            "allocation" => serde_json::from_value::<Allocation>(object.clone()).map(drop),
            "trigger" => serde_json::from_value::<Trigger>(object.clone()).map(drop),
            "interim" => serde_json::from_value::<Interim>(object.clone()).map(drop),
            _ => serde_json::from_value::<Event>(object.clone()).map(drop),
        };
        assert_eq!(read.is_err(), object.get("wieght").is_some(), "{kind} {object}: {read:?}");
    };
    let digest = Digest::of(b"seed");
    for (kind, object) in [
        ("design", json!({ "type": "parallel" })),
        ("design", json!({ "type": "factorial" })),
        ("design", json!({ "type": "saturation", "within": "job_centre", "shares": [] })),
        ("allocation", json!({ "type": "keyed" })),
        ("allocation", json!({ "type": "blocks", "multiples": [1] })),
        ("trigger", json!({ "type": "closed" })),
        ("trigger", json!({ "type": "days", "after": 9 })),
        ("interim", json!({ "type": "none" })),
        ("interim", json!({ "type": "anytime", "outcome": "left", "alpha_per_mille": 50 })),
        ("event", json!({ "type": "started" })),
        ("event", json!({ "type": "resumed" })),
        ("event", json!({ "type": "registered", "protocol": digest, "seed": digest })),
        ("event", json!({ "type": "closed", "why": "full" })),
    ] {
        check(kind, &object);
        let mut more = object;
        more["wieght"] = json!(1);
        check(kind, &more);
    }
}

/// The places of all objects in a value.
fn objects(value: &Value, place: &str) -> Vec<String> {
    let mut places = Vec::new();
    match value {
        Value::Object(fields) => {
            places.push(place.to_owned());
            for (name, field) in fields {
                places.extend(objects(field, &format!("{place}/{name}")));
            }
        }
        Value::Array(items) => {
            for (index, item) in items.iter().enumerate() {
                places.extend(objects(item, &format!("{place}/{index}")));
            }
        }
        _ => {}
    }
    places
}

#[test]
fn an_arm_with_a_published_harm_is_never_registered() {
    let mut harmful = protocol();
    harmful.arms[1].known_harm = Some(jobnet_trials::protocol::KnownHarm {
        found: Bilingual { da: "Færre arbejdede.".into(), en: "Fewer worked.".into() },
        source: "Cairo and Mahlstedt, Journal of Public Economics 226 (2023)".into(),
    });
    let registered =
        Event::Registered { protocol: harmful.digest().unwrap(), seed: Digest::of(b"seed") };
    let trial = Any::replay(harmful, &[]).unwrap();
    match trial.after(&catalogue(), registered, at(0)) {
        Err(Refused::Incomplete(findings)) => {
            assert!(findings.iter().any(|finding| finding.problem == Problem::KnownHarm));
        }
        other => panic!("{other:?}"),
    }
}

/// Every event in every state: only the seven steps of the life.
#[test]
fn there_are_no_other_steps_than_those_of_the_life() {
    let events = [
        Event::Registered { protocol: protocol().digest().unwrap(), seed: Digest::of(b"seed") },
        Event::Started {},
        Event::Paused { why: "a fault".into() },
        Event::Resumed {},
        Event::Closed { why: "full".into() },
        Event::Reported { found: Bilingual::default() },
    ];
    let mut states = vec![Any::replay(protocol(), &[]).unwrap()];
    let mut steps = Vec::new();
    let mut index = 0;
    while let Some(trial) = states.get(index).cloned() {
        for event in &events {
            if let Ok(next) = trial.clone().after(&catalogue(), event.clone(), at(0)) {
                steps.push((trial.state(), next.state()));
                if !states.iter().any(|state| state.state() == next.state()) {
                    states.push(next);
                }
            }
        }
        index += 1;
    }
    let expected = [
        (State::Draft, State::Registered),
        (State::Registered, State::Running),
        (State::Running, State::Paused),
        (State::Running, State::Closed),
        (State::Paused, State::Running),
        (State::Paused, State::Closed),
        (State::Closed, State::Reported),
    ];
    assert_eq!(steps, expected);
}

#[test]
fn a_stored_trial_is_the_one_that_was_locked() {
    let locked = protocol().digest().unwrap();
    let entries = [
        Entry {
            at: at(0),
            event: Event::Registered { protocol: locked, seed: Digest::of(b"seed") },
        },
        Entry { at: at(1), event: Event::Started {} },
        Entry { at: at(2), event: Event::Closed { why: "full".into() } },
    ];
    let trial = Any::replay(protocol(), &entries).unwrap();
    assert_eq!((trial.state(), trial.closed()), (State::Closed, Some((at(2), "full"))));
    assert_eq!(trial.started(), Some(at(1)));
    let mut changed = protocol();
    changed.question.push('?');
    assert!(matches!(
        Any::replay(changed, &entries),
        Err(Refused::AnotherProtocol { registered, .. }) if registered == locked
    ));
    let mut disordered = entries.clone();
    disordered[2].at = at(-1);
    assert_eq!(Any::replay(protocol(), &disordered), Err(Refused::OutOfOrder));
}

#[test]
fn an_amendment_stands_beside_the_locked_protocol() {
    let locked = protocol().digest().unwrap();
    let registered = Event::Registered { protocol: locked, seed: Digest::of(b"seed") };
    let amended = |change: Change, why: &str| Event::Amended {
        amendment: Amendment { change, why: why.to_owned(), unblinding: Unblinding::Before },
    };
    let draft = Any::replay(protocol(), &[]).unwrap();
    assert!(matches!(
        draft.clone().after(&catalogue(), amended(Change::Units { units: 9 }, "more"), at(0)),
        Err(Refused::NoSuchStep { from: State::Draft, to: "amended" })
    ));
    let trial = draft.after(&catalogue(), registered, at(0)).unwrap();
    let refused = trial.clone().after(&catalogue(), amended(Change::Units { units: 9 }, ""), at(1));
    assert_eq!(refused, Err(Refused::NoReason));
    let mut primary = protocol().outcomes[0].clone();
    primary.key = key("another");
    let refused = trial.clone().after(
        &catalogue(),
        amended(Change::Outcome { outcome: primary }, "x"),
        at(1),
    );
    assert_eq!(refused, Err(Refused::PrimaryOutcome));
    // One more harm, with a key of its own, that says what is measured.
    let mut harm = protocol().outcomes.into_iter().find(|one| one.key.as_str() == "left").unwrap();
    let add = |outcome: &Outcome| {
        let change = amended(Change::Outcome { outcome: outcome.clone() }, "asked for");
        trial.clone().after(&catalogue(), change, at(1))
    };
    assert_eq!(add(&harm), Err(Refused::BadOutcome));
    harm.key = key("complaints");
    let added = add(&harm).unwrap();
    assert_eq!(added.amended().outcomes.last(), Some(&harm));
    assert_eq!(added.protocol().outcomes.len() + 1, added.amended().outcomes.len());
    harm.variable = " ".to_owned();
    assert_eq!(add(&harm), Err(Refused::BadOutcome));
    let trial =
        trial.after(&catalogue(), amended(Change::Units { units: 9 }, "more"), at(1)).unwrap();
    assert_eq!(trial.amended().power.units, 9);
    assert_eq!(trial.protocol().digest().unwrap(), locked);
}

#[test]
fn who_is_eligible_has_a_stratum_and_who_is_not_a_reason() {
    let protocol = protocol();
    assert_eq!(protocol.assess(&facts("dagpenge", 30)), Ok("/101".to_owned()));
    assert_eq!(protocol.assess(&facts("graduate", 30)), Err(Excluded::Unmet("scheme".to_owned())));
    assert_eq!(protocol.assess(&facts("dagpenge", 17)), Err(Excluded::Unmet("age".to_owned())));
    assert_eq!(protocol.assess(&facts("dagpenge", 18)), Ok("/101".to_owned()));
    let mut unknown = facts("dagpenge", 30);
    unknown.remove("job_centre");
    assert_eq!(protocol.assess(&unknown), Err(Excluded::Unknown("job_centre".to_owned())));
}

#[test]
fn a_wait_list_ends_for_the_control_alone_and_only_if_its_conditions_still_hold() {
    let mut protocol = protocol();
    let still = vec![Condition::OneOf { fact: "scheme".into(), values: vec!["dagpenge".into()] }];
    protocol.delayed = Some(DelayedControl {
        then: key("timeline-lacking"),
        trigger: Trigger::Days { after: 180, still },
    });
    let served = |arm: &str, hours: i64, scheme: &str| {
        let served = protocol.served(&key(arm), at(0), None, at(hours), &facts(scheme, 30));
        served.map(|arm| arm.key.to_string())
    };
    let day = 24;
    assert_eq!(served("words-earned", 180 * day - 1, "dagpenge").unwrap(), "words-earned");
    assert_eq!(served("words-earned", 180 * day, "dagpenge").unwrap(), "timeline-lacking");
    assert_eq!(served("words-earned", 180 * day, "graduate").unwrap(), "words-earned");
    assert_eq!(served("words-lacking", 180 * day, "dagpenge").unwrap(), "words-lacking");
    assert_eq!(served("no-such-arm", 0, "dagpenge"), None);
}
