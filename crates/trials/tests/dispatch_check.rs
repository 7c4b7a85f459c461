//! What a protocol sends is checked against the catalogue and the arms.

#![allow(clippy::unwrap_used, reason = "a test")]

use std::collections::BTreeMap;

use jobnet_trials::protocol::check::{Catalogue, FactKind, Problem};
use jobnet_trials::protocol::{
    Channel, Condition, DelayedControl, Dispatch, Key, Protocol, Trigger,
};

const FILE: &str = include_str!("protocol/complete.json");

fn protocol() -> Protocol {
    serde_json::from_str(FILE).unwrap()
}

fn key(text: &str) -> Key {
    text.parse().unwrap()
}

/// What is found about messages and the wait-list.
fn found(protocol: &Protocol) -> Vec<(String, Problem)> {
    let catalogue = Catalogue {
        facts: BTreeMap::from([
            ("scheme".to_owned(), FactKind::OneOf { values: vec!["dagpenge".to_owned()] }),
            ("age".to_owned(), FactKind::Number),
        ]),
        messages: BTreeMap::from([("hello".to_owned(), vec![Channel::Email, Channel::Letter])]),
        ..Catalogue::default()
    };
    let findings = protocol.check(&catalogue).into_iter();
    let all = findings.map(|finding| (finding.field, finding.problem));
    all.filter(|(field, _)| field.starts_with("dispatch") || field.starts_with("delayed")).collect()
}

#[test]
fn a_message_is_checked_against_the_catalogue_and_the_arms() {
    let good = Dispatch {
        key: key("hello-by-mail"),
        message: key("hello"),
        arms: vec![key("words-lacking")],
        channels: vec![Channel::Email],
        after_days: 1,
        still: vec![Condition::Between { fact: "age".into(), least: Some(18), most: None }],
        lasting: vec!["age".to_owned()],
    };
    let with = |change: fn(&mut Dispatch)| {
        let mut changed = good.clone();
        change(&mut changed);
        found(&Protocol { dispatch: vec![good.clone(), changed], ..protocol() })
    };
    let only = |change: fn(&mut Dispatch), field: &str, problem: Problem| {
        assert_eq!(with(change), [(format!("dispatch[1].{field}"), problem)], "{field}");
    };
    assert_eq!(with(|one| one.key = key("another")), []);
    only(|_| {}, "key", Problem::Twice);
    for (change, field, problem) in [
        ((|one| one.message = key("bye")) as fn(&mut Dispatch), "message", Problem::Unknown),
        (|one| one.channels.clear(), "channels", Problem::Missing),
        (|one| one.channels.push(Channel::Email), "channels", Problem::Twice),
        (|one| one.channels.push(Channel::NemSms), "channels", Problem::DoesNotFit),
        (|one| one.arms.clear(), "arms", Problem::Missing),
        (|one| one.arms.push(key("words-lacking")), "arms", Problem::Twice),
        (|one| one.arms.push(key("shoes")), "arms", Problem::Unknown),
        (|one| one.lasting.push("shoes".to_owned()), "lasting[1]", Problem::Unknown),
        (|one| one.lasting.push("scheme".to_owned()), "lasting[1]", Problem::DoesNotFit),
    ] {
        let mut changed = Dispatch { key: key("another"), ..good.clone() };
        change(&mut changed);
        let found = found(&Protocol { dispatch: vec![good.clone(), changed], ..protocol() });
        assert_eq!(found, [(format!("dispatch[1].{field}"), problem)], "{field}");
    }
    let mut delayed = protocol();
    let trigger =
        Trigger::ClosedStill { after: 0, still: Vec::new(), lasting: vec!["scheme".to_owned()] };
    delayed.delayed = Some(DelayedControl { then: key("words-lacking"), trigger });
    let wrong = [
        ("delayed.trigger.after".to_owned(), Problem::OutOfBounds),
        ("delayed.trigger.lasting[0]".to_owned(), Problem::DoesNotFit),
    ];
    assert_eq!(found(&delayed), wrong);
    if let Some(DelayedControl { trigger: Trigger::ClosedStill { after, lasting, .. }, .. }) =
        &mut delayed.delayed
    {
        (*after, *lasting) = (1, Vec::new());
    }
    let calendar = ("delayed.trigger.still".to_owned(), Problem::Missing);
    assert_eq!(found(&delayed), [calendar], "never by the calendar alone");
}

#[test]
fn a_protocol_without_messages_has_the_digest_it_had() {
    assert!(!protocol().canonical().unwrap().contains("dispatch"));
}
