//! What the server forgets by itself stands in the record, and where the record ends in the log.

use axum::http::StatusCode;
use chrono::TimeDelta;
use jobnet_server::outbox::message::Channel;
use jobnet_server::outbox::{LINK_DAYS, link_code, message_id};
use jobnet_server::record::{Anchor, Break, verify};
use jobnet_server::{jobs, log};
use sea_orm::sqlx;
use serde_json::{Value, json};

use crate::api::Log;
use crate::record::Intruder;
use crate::support::casework::Office;
use crate::support::database::both;
use crate::support::extracts::query;
use crate::support::server::{Serve, TestServer};

const WHAT: &str = "SELECT handle, category, criterion FROM access_log \
                    WHERE purpose = 'retention' ORDER BY seq";

/// Runs the server's jobs once: where the record ends, as the log says.
async fn run_jobs(server: &TestServer) -> Anchor {
    let log = Log::default();
    let target = log.clone();
    let subscriber = log::subscriber("info", move || target.clone()).expect("a filter");
    let _guard = tracing::subscriber::set_default(subscriber);
    let jobs = jobs::start(&server.app);
    let ends = |line: &str| {
        let line: Value = serde_json::from_str(line).expect("one JSON object a line");
        let is_it = line["message"] == "the record ends here";
        is_it.then(|| line["anchor"].as_str().expect("an anchor").to_owned())
    };
    let mut anchor = None;
    for _ in 0..400 {
        let bytes = log.0.lock().expect("no test panicked").clone();
        anchor = String::from_utf8(bytes).expect("UTF-8").lines().find_map(ends);
        if anchor.is_some() {
            break;
        }
        tokio::time::sleep(std::time::Duration::from_millis(50)).await;
    }
    jobs.abort();
    anchor.expect("the end is noted").parse().expect("NUMBER:HASH")
}

/// What retention wrote, and by whom.
async fn retained(intruder: &Intruder) -> Vec<(String, String, String)> {
    match intruder {
        Intruder::Sqlite(pool) => sqlx::query_as(WHAT).fetch_all(pool).await,
        Intruder::Postgres(pool) => sqlx::query_as(WHAT).fetch_all(pool).await,
    }
    .expect("reads")
}

#[tokio::test]
async fn all_that_is_forgotten_is_recorded_and_a_cut_tail_is_found_by_the_log() {
    for database in both().await {
        let office = Office::open(database).await;
        let server = &office.server;
        let db = &server.database.database;
        let cookie = server.sign_in("citizen-full-time").await;
        let answer = json!({ "answer": { "choices": ["dont_know"] }, "seen_edition": 0 });
        let path = "/api/v1/me/profile/answers/education";
        let stored = server.put(path, &[("cookie", cookie.as_str())], &answer).await;
        assert_eq!(stored.status, StatusCode::OK, "{}", stored.text());
        let intruder = Intruder::break_in(&server.database).await;
        let links = async || query(db, "SELECT COUNT(*) AS n FROM outbox_links").await;
        let (message, at) = (message_id("a", "b", "c", Channel::NemSms), server.app.clock().now());
        for at in [at - TimeDelta::days(LINK_DAYS), at] {
            link_code(db, message, at).await.expect("a code");
        }
        assert_eq!(links().await, ["n=2"]);
        run_jobs(server).await;
        assert_eq!(links().await, ["n=1"], "one has ended");
        assert!(retained(&intruder).await.is_empty(), "nothing is old: nothing is said");

        server.wait(TimeDelta::days(1_829));
        let anchor = run_jobs(server).await;
        let by_system = |category: &str, what: &str| {
            ("system".to_owned(), category.to_owned(), what.to_owned())
        };
        assert_eq!(
            retained(&intruder).await,
            [
                by_system("access_log", "older than 1827 days"),
                by_system("identity", "guest access that ended more than 1827 days ago"),
                by_system("profile", "older than 365 days"),
            ]
        );
        for table in ["guest_access", "outbox_links", "profile_answers"] {
            let left = query(db, &format!("SELECT COUNT(*) AS n FROM {table}")).await;
            assert_eq!(left, ["n=0"], "{table}");
        }
        let proved = verify(db, Some(&anchor)).await.expect("reads").expect("the chain holds");
        assert_eq!(proved.head, Some(anchor.clone()));
        intruder.force("DELETE FROM access_log WHERE category = 'profile'").await;
        assert!(verify(db, None).await.expect("reads").is_ok(), "the chain cannot see it");
        let found = verify(db, Some(&anchor)).await.expect("reads");
        assert_eq!(found, Err(Break::CutOff(anchor.seq)));
    }
}
