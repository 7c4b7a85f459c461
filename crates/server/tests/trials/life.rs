//! Drafts, steps, and the seed.

use jobnet_api::trial::Step;
use jobnet_server::keys::Keyring;
use jobnet_server::trials::{TrialError, catalogue, seed, store};
use jobnet_trials::protocol::life::{Refused, State};
use jobnet_trials::randomise::cross;

use crate::support::database::both;
use crate::support::extracts::{RING, keys, query};
use crate::{KEY, close, pause, protocol, report, run, step, well};

#[test]
fn the_delivered_protocol_lacks_nothing() {
    assert_eq!(protocol().check(catalogue::catalogue()), []);
    let arms = cross(&[
        ("presentation", &["words", "counters", "timeline", "what_if"]),
        ("framing", &["earned", "lacking"]),
    ]);
    let settings: Vec<_> = protocol().arms.into_iter().map(|arm| arm.settings).collect();
    assert_eq!(settings, arms);
}

#[tokio::test]
async fn a_draft_is_changed_by_one_at_a_time_and_locked_when_it_is_registered() {
    for test in both().await {
        let db = &test.database;
        let mut changed = protocol();
        changed.question.push_str(" Really?");
        assert!(matches!(store::load(db.read(), KEY).await, Err(TrialError::Unknown(_))));
        assert_eq!(store::save_draft(db, &protocol(), 0).await.expect("stores"), 1);
        let again = store::save_draft(db, &protocol(), 0).await;
        assert!(matches!(again, Err(TrialError::Taken(key)) if key == KEY));
        assert_eq!(store::save_draft(db, &changed, 1).await.expect("stores"), 2);
        let late = store::save_draft(db, &protocol(), 1).await;
        assert!(matches!(late, Err(TrialError::Changed { asked: 1, found: 2 })));
        assert!(matches!(step(db, KEY, Step::Start {}).await, Err(TrialError::Refused(_))));
        let registered = well(db, KEY, Step::Register {}).await;
        assert_eq!(registered.trial.protocol(), &changed);
        let locked = store::save_draft(db, &protocol(), registered.version).await;
        assert!(matches!(locked, Err(TrialError::Locked)));
        let stored = store::load(db.read(), KEY).await.expect("loads");
        assert_eq!((stored.trial.state(), stored.version), (State::Registered, 3));
        assert_eq!(stored, registered);
    }
}

#[tokio::test]
async fn an_incomplete_protocol_is_a_draft_and_not_registered() {
    for test in both().await {
        let db = &test.database;
        let mut incomplete = protocol();
        incomplete.statements.harms.clear();
        store::save_draft(db, &incomplete, 0).await.expect("stores");
        match step(db, KEY, Step::Register {}).await {
            Err(TrialError::Refused(Refused::Incomplete(findings))) => {
                assert_eq!(findings[0].field, "statements.harms");
            }
            other => panic!("{other:?}"),
        }
        assert_eq!(crate::count(db, "trial_seeds").await, 0);
        assert_eq!(crate::count(db, "trial_events").await, 0);
    }
}

#[tokio::test]
async fn every_step_is_noted_with_who_took_it_and_a_wrong_one_changes_nothing() {
    for test in both().await {
        let db = &test.database;
        run(db, &protocol()).await;
        let refused = step(db, KEY, Step::Pause { why: " ".to_owned() }).await;
        assert!(matches!(refused, Err(TrialError::Refused(Refused::NoReason))));
        for next in [pause(), Step::Resume {}, close()] {
            well(db, KEY, next).await;
        }
        assert!(step(db, KEY, Step::Start {}).await.is_err());
        assert!(step(db, KEY, Step::Register {}).await.is_err());
        let stored = well(db, KEY, report()).await;
        let names: Vec<_> = stored.events.iter().map(|told| told.entry.event.name()).collect();
        let expected = ["registered", "started", "paused", "resumed", "closed", "reported"];
        assert_eq!(names, expected);
        assert!(stored.events.iter().all(|told| told.by == "7K3M-Q2ZD"));
        assert_eq!(stored.version, 7);
    }
}

#[tokio::test]
async fn two_trials_never_decide_the_same_surface_whoever_is_first() {
    for test in both().await {
        let db = &test.database;
        let other = jobnet_trials::protocol::Protocol {
            key: "another".parse().expect("a key"),
            ..protocol()
        };
        for protocol in [&protocol(), &other] {
            store::save_draft(db, protocol, 0).await.expect("stores");
            well(db, protocol.key.as_str(), Step::Register {}).await;
        }
        let (one, two) =
            tokio::join!(step(db, KEY, Step::Start {}), step(db, "another", Step::Start {}));
        assert_ne!(one.is_ok(), two.is_ok(), "{one:?} {two:?}");
        let (on, off) = if one.is_ok() { (KEY, "another") } else { ("another", KEY) };
        let refused = one.err().or(two.err()).expect("one is refused");
        assert!(matches!(refused, TrialError::SurfaceTaken(key) if key == on));
        well(db, on, pause()).await;
        assert!(step(db, off, Step::Start {}).await.is_err(), "it may go on");
        well(db, on, close()).await;
        well(db, off, Step::Start {}).await;
    }
}

#[tokio::test]
async fn the_seed_is_sealed_and_told_only_when_the_trial_is_reported() {
    for test in both().await {
        let db = &test.database;
        run(db, &protocol()).await;
        let stored = well(db, KEY, close()).await;
        assert!(seed::told(db.read(), &keys(), &stored).await.expect("answers").is_none());
        let drawn = seed::open(db.read(), &keys(), stored.id).await.expect("opens");
        assert_eq!(Some(drawn.commitment()), stored.trial.seal().map(|seal| seal.seed));
        let hex = if test.kind == "sqlite" { "hex(sealed)" } else { "encode(sealed, 'hex')" };
        let rows = query(db, &format!("SELECT {hex} AS sealed FROM trial_seeds")).await;
        assert!(!rows[0].to_lowercase().contains(&drawn.reveal()));
        assert_eq!(format!("{drawn:?}"), "Seed");

        // Other keys: not to be opened by the wrong ones, sealed anew by both.
        let wrong = Keyring::parse(&format!("other:{}", "1".repeat(64))).expect("a ring");
        assert!(seed::open(db.read(), &wrong, stored.id).await.is_err());
        assert!(seed::rotate(db, &wrong).await.is_err());
        let both = Keyring::parse(&format!("other:{},{RING}", "1".repeat(64))).expect("a ring");
        assert_eq!(seed::rotate(db, &both).await.expect("rotates"), 1);
        assert_eq!(seed::rotate(db, &both).await.expect("rotates"), 0);
        let opened = seed::open(db.read(), &wrong, stored.id).await.expect("opens");
        assert_eq!(opened, drawn);

        let stored = well(db, KEY, report()).await;
        let told = seed::told(db.read(), &wrong, &stored).await.expect("answers");
        assert_eq!(told, Some(drawn));
    }
}
