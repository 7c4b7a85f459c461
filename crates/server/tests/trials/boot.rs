//! The arm in the first answer, and whatever happens the ordinary page.

use axum::http::StatusCode;
use jobnet_api::trial::Step;
use jobnet_server::trials::unit;
use jobnet_trials::protocol::{DelayedControl, Design, Trigger};
use sea_orm::{ConnectionTrait, Statement};
use serde_json::{Value, json};

use crate::support::database::{both, sqlite};
use crate::support::extracts::query;
use crate::support::lots::next_two_differ;
use crate::support::server::{Beside, Serve, TestServer};
use crate::{KEY, close, count, counts, now, pause, protocol, report, run, well};

async fn boot(server: &impl Serve, cookie: &str) -> Value {
    let answer = server.get("/api/v1/boot", &[("cookie", cookie)]).await;
    assert_eq!(answer.status, StatusCode::OK, "{}", answer.text());
    let boot = answer.json();
    assert!(boot["me"]["name"].is_string());
    boot
}

#[tokio::test]
async fn the_first_answer_enrols_her_and_every_later_one_at_any_server_says_the_same() {
    for database in both().await {
        let server = TestServer::filled(database).await;
        let db = &server.database.database;
        let cookie = server.sign_in("citizen-full-time").await;
        assert_eq!(boot(&server, &cookie).await["arm"], Value::Null, "no trial");
        let trial = run(db, &protocol()).await.id;
        let (one, two) = (server.router(), server.beside());
        let mut boots = tokio::task::JoinSet::new();
        for number in 0..16 {
            let server = Beside(if number % 2 == 0 { one.clone() } else { two.router() });
            let cookie = cookie.clone();
            boots.spawn(async move { boot(&server, &cookie).await["arm"].clone() });
        }
        let mut arms = boots.join_all().await;
        // On a machine that is too busy some may have got the ordinary page.
        arms.retain(Value::is_object);
        arms.push(boot(&server, &cookie).await["arm"].clone());
        assert!(arms.iter().all(|arm| *arm == arms[0]), "{arms:?}");
        let sql = "SELECT arm, stratum, seq, block, position, algorithm FROM trial_assignments";
        let rows = query(db, sql).await;
        assert_eq!(rows.len(), 1);
        let arm = rows[0].split(' ').next().expect("an arm").replace("arm=", "");
        let arm = protocol().arm(&arm.parse().expect("a key")).expect("one of its arms").clone();
        assert_eq!(
            arms[0],
            json!({
                "trial": KEY,
                "presentation": arm.settings["presentation"],
                "framing": arm.settings["framing"],
            })
        );
        assert!(rows[0].ends_with("stratum=/dagpenge seq=0 block=0 position=0 algorithm=blocks-1"));
        let facts = query(db, "SELECT facts FROM trial_baselines").await;
        assert!(facts[0].contains("\"age\":36") && facts[0].contains("\"sick\":\"no\""));

        // She objects.
        let id =
            query(db, "SELECT citizen_id FROM trial_units").await[0].replace("citizen_id=", "");
        unit::object(db, trial, id.parse().expect("a number"), now()).await.expect("stores");
        assert_eq!(boot(&server, &cookie).await["arm"], Value::Null);
    }
}

#[tokio::test]
async fn who_may_not_be_in_it_gets_the_ordinary_page_and_no_lot() {
    for database in both().await {
        let server = TestServer::filled(database).await;
        let db = &server.database.database;
        run(db, &protocol()).await;
        for who in ["caseworker", "caseworker-job-centre", "researcher", "administrator"] {
            let cookie = server.sign_in(who).await;
            assert_eq!(boot(&server, &cookie).await["arm"], Value::Null, "{who}");
        }
        let nobody = server.get("/api/v1/boot", &[]).await.json();
        assert_eq!(nobody["arm"], Value::Null);
        assert_eq!(counts(db).await, [0, 0, 0, 0]);
        let cookie = server.sign_in("citizen-social-assistance").await;
        for _ in 0..2 {
            assert_eq!(boot(&server, &cookie).await["arm"], Value::Null);
        }
        assert_eq!(counts(db).await, [1, 0, 1, 0], "only that she was assessed");
    }
}

#[tokio::test]
async fn a_pause_counts_at_once_at_every_server_and_the_end_is_the_end() {
    for database in both().await {
        let server = TestServer::filled(database).await;
        let db = &server.database.database;
        let beside = server.beside();
        let cookie = server.sign_in("citizen-full-time").await;
        jobnet_server::trials::store::save_draft(db, &protocol(), 0).await.expect("stores");
        let mut arm = Value::Null;
        for (step, is_shown) in [
            (Step::Register {}, false),
            (Step::Start {}, true),
            (pause(), false),
            (Step::Resume {}, true),
            (close(), false),
            (report(), false),
        ] {
            let name = format!("{step:?}");
            well(db, KEY, step).await;
            let found = boot(&server, &cookie).await["arm"].clone();
            assert_eq!(found.is_object(), is_shown, "{name}");
            assert_eq!(boot(&beside, &cookie).await["arm"], found, "{name}");
            if is_shown {
                assert!(arm.is_null() || arm == found, "the same after a pause");
                arm = found;
            }
        }
        assert_eq!(count(db, "trial_assignments").await, 1);
    }
}

#[tokio::test]
async fn a_fault_of_the_trials_is_counted_and_never_breaks_her_page() {
    for database in both().await {
        let server = TestServer::filled(database).await;
        let db = &server.database.database;
        run(db, &protocol()).await;
        let cookie = server.sign_in("citizen-full-time").await;
        for broken in ["DELETE FROM trial_seeds", "DROP TABLE trial_assignments"] {
            let statement = Statement::from_string(db.read().get_database_backend(), broken);
            db.read().execute_raw(statement).await.expect("breaks");
            let boot = boot(&server, &cookie).await;
            assert_eq!(boot["arm"], Value::Null);
            assert!(boot["account"]["case"].is_object(), "her page is whole");
        }
        let text = server.app.metrics().text(db, now()).await.expect("writes");
        // Each answer asks for her account and for her checklist.
        assert!(text.contains("jobnet_trial_failures_total 4"), "{text}");
    }
}

#[tokio::test]
async fn while_another_writer_holds_the_database_she_gets_the_ordinary_page_soon() {
    let server = TestServer::filled(sqlite().await).await;
    let db = &server.database.database;
    run(db, &protocol()).await;
    let cookie = server.sign_in("citizen-full-time").await;
    let held = db.begin_write().await.expect("holds");
    let begun = std::time::Instant::now();
    assert_eq!(boot(&server, &cookie).await["arm"], Value::Null);
    // The writer that waits would do so for five.
    let waited = begun.elapsed();
    assert!(waited < std::time::Duration::from_millis(4_500), "{waited:?}");
    held.rollback().await.expect("lets go");
    assert!(boot(&server, &cookie).await["arm"].is_object());
    assert_eq!(counts(db).await, [1, 1, 0, 0]);
}

#[tokio::test]
async fn those_who_waited_get_their_turn_when_the_trial_has_ended() {
    for database in both().await {
        let server = TestServer::filled(database).await;
        let db = &server.database.database;
        // Two arms in one list: of two citizens one waits.
        let mut delayed = protocol();
        let then = "timeline-lacking".parse().expect("a key");
        delayed.arms.retain(|arm| arm.control || arm.key == then);
        delayed.delayed = Some(DelayedControl { then, trigger: Trigger::Closed {} });
        delayed.design = Design::Parallel {};
        delayed.strata.clear();
        delayed.eligibility.clear();
        run(db, &delayed).await;
        next_two_differ(db, KEY).await;
        let mut cookies = Vec::new();
        for who in ["citizen-full-time", "citizen-social-assistance"] {
            cookies.push(server.sign_in(who).await);
        }
        let mut shown = Vec::new();
        for cookie in &cookies {
            shown.push(boot(&server, cookie).await["arm"]["presentation"].clone());
        }
        well(db, KEY, close()).await;
        let mut waited = 0;
        for (cookie, shown) in cookies.iter().zip(&shown) {
            let arm = boot(&server, cookie).await["arm"].clone();
            if shown == "words" {
                waited += 1;
                assert_eq!(
                    arm,
                    json!({ "trial": KEY, "presentation": "timeline", "framing": "lacking" })
                );
            } else {
                assert_eq!((shown, arm), (&json!("timeline"), Value::Null));
            }
        }
        assert_eq!(waited, 1);
    }
}
