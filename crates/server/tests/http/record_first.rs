//! First the record, then what is told or changed: without the record nothing is.

use axum::http::StatusCode;
use sea_orm::sqlx;
use serde_json::{Value, json};

use crate::record::{Intruder, LOG, looked_at};
use crate::support::casework::Office;
use crate::support::database::{both, sqlite};
use crate::support::extracts::query;
use crate::support::server::{Serve, TestServer};

#[tokio::test]
async fn without_the_record_there_is_no_answer() {
    for database in both().await {
        let server = TestServer::filled(database).await;
        let cookie = server.sign_in("citizen-full-time").await;
        let intruder = Intruder::break_in(&server.database).await;
        intruder.run("ALTER TABLE access_log RENAME TO gone").await.expect("renames");
        for path in ["/api/v1/boot", "/api/v1/me/account", "/api/v1/me/hours-reports"] {
            let answer = server.get(path, &[("cookie", &cookie)]).await;
            assert_eq!(answer.status, StatusCode::SERVICE_UNAVAILABLE, "{path}");
            assert!(!answer.text().contains("Fagenes"), "{path}");
        }
        intruder.run("ALTER TABLE gone RENAME TO access_log").await.expect("renames");
        let answer = server.get("/api/v1/me/account", &[("cookie", &cookie)]).await;
        assert_eq!(answer.status, StatusCode::OK, "and then there is again");
    }
}

#[tokio::test]
async fn without_the_record_nothing_is_changed() {
    const REMARK: &str = "/api/v1/me/profile/remark";
    const PROFILE: &str = "/api/v1/me/profile";
    const REPORTS: &str = "/api/v1/me/hours-reports";
    const ITEM: &str = "/api/v1/me/checklist/items/cv";
    const SHARING: &str = "/api/v1/me/checklist/sharing";
    for database in both().await {
        let server = TestServer::filled(database).await;
        let cookie = server.sign_in("citizen-full-time").await;
        let headers = [("cookie", cookie.as_str()), ("idempotency-key", "one")];
        let first = json!({ "text": "first", "seen": "" });
        assert_eq!(server.put(REMARK, &headers, &first).await.status, StatusCode::NO_CONTENT);
        let intruder = Intruder::break_in(&server.database).await;
        intruder.run("ALTER TABLE access_log RENAME TO gone").await.expect("renames");
        let report = json!({ "month": "2026-04", "worked_hours": 1.5 });
        let done = json!({ "mark": { "state": { "type": "done" } },
                           "made_at": "2026-11-22T10:00:00Z" });
        let shared = json!({ "is_shared": true });
        for answer in [
            server.put(ITEM, &headers, &done).await,
            server.put(SHARING, &headers, &shared).await,
            server.put(REMARK, &headers, &json!({ "text": "second", "seen": "first" })).await,
            server.delete(PROFILE, &headers).await,
            server.post(REPORTS, &headers, &report).await,
        ] {
            assert_eq!(answer.status, StatusCode::SERVICE_UNAVAILABLE, "{}", answer.text());
        }
        let of = async |sql: &str| query(&server.database.database, sql).await;
        assert_eq!(of("SELECT text FROM profile_remarks").await, ["text=first"]);
        assert!(of("SELECT id FROM hours_reports").await.is_empty());
        assert!(of("SELECT item FROM checklist_marks").await.is_empty());
        assert!(of("SELECT is_shared FROM checklists").await.is_empty());
        intruder.run("ALTER TABLE gone RENAME TO access_log").await.expect("renames");
        assert_eq!(server.delete(PROFILE, &headers).await.status, StatusCode::NO_CONTENT);
        assert!(of("SELECT text FROM profile_remarks").await.is_empty(), "and then it is");
        assert_eq!(server.put(ITEM, &headers, &done).await.status, StatusCode::OK);
    }
}

#[tokio::test]
async fn each_answer_that_tells_of_her_checklist_is_a_look_of_hers() {
    const LIST: &str = "/api/v1/me/checklist";
    for database in both().await {
        let server = TestServer::filled(database).await;
        let cookie = server.sign_in("citizen-social-assistance").await;
        let headers = [("cookie", cookie.as_str())];
        let looks = async || {
            let log = server.get(&format!("{LOG}?own=true"), &headers).await.json();
            let looks = log["looks"].as_array().expect("looks");
            let hers = looks.iter().filter(|look| look["category"] == "checklist");
            hers.inspect(|look| assert_eq!(look["relation"], "herself")).count()
        };
        assert_eq!(server.get(LIST, &headers).await.status, StatusCode::OK);
        assert_eq!(looks().await, 1);
        let said = |state: &str, hour: u32| {
            json!({ "mark": { "state": { "type": state } },
                    "made_at": format!("2026-11-22T{hour}:00:00Z") })
        };
        for (part, body, answered, lines) in [
            ("items/cv", said("done", 11), Some("done"), 2),
            // An older word: what stands is answered, which is not what was sent.
            ("items/cv", said("open", 10), Some("done"), 3),
            ("sharing", json!({ "is_shared": true }), Some("true"), 4),
            // It answers nothing.
            ("seen", Value::Null, None, 4),
        ] {
            let answer = server.put(&format!("{LIST}/{part}"), &headers, &body).await;
            assert!(answer.status.is_success(), "{part}: {}", answer.text());
            match answered {
                Some(word) => assert!(answer.text().contains(word), "{part}: {}", answer.text()),
                None => assert!(answer.text().is_empty(), "{part}: {}", answer.text()),
            }
            assert_eq!(looks().await, lines, "{part}");
        }
    }
}

#[tokio::test]
async fn without_the_record_nobody_is_given_access_to_anybody() {
    let cpr = "0183904444";
    for database in both().await {
        let office = Office::open(database).await;
        let server = &office.server;
        let cookie = server.sign_in("caseworker").await;
        let headers = [("cookie", cookie.as_str()), ("idempotency-key", "one")];
        let before = query(&server.database.database, "SELECT id FROM guest_access").await;
        let intruder = Intruder::break_in(&server.database).await;
        intruder.run("ALTER TABLE access_log RENAME TO gone").await.expect("renames");
        let reason = json!({ "reason": "She called" });
        let guest = json!({ "cpr": cpr, "reason": "She called" });
        let nobody = json!({ "cpr": "0183909999", "reason": "She called" });
        let own = format!("/api/v1/citizens/{}/unblinding", office.public_id("SYN-OWN"));
        for answer in [
            server.post("/api/v1/guest-access", &headers, &guest).await,
            server.post("/api/v1/guest-access", &headers, &nobody).await,
            server.post(&own, &headers, &reason).await,
        ] {
            assert_eq!(answer.status, StatusCode::SERVICE_UNAVAILABLE, "{}", answer.text());
        }
        let of = async |sql: &str| query(&server.database.database, sql).await;
        assert_eq!(of("SELECT id FROM guest_access").await, before);
        assert!(of("SELECT id FROM unblindings").await.is_empty());
        intruder.run("ALTER TABLE gone RENAME TO access_log").await.expect("renames");
        let given = server.post("/api/v1/guest-access", &headers, &guest).await;
        assert_eq!(given.status, StatusCode::CREATED, "and then there is again");
        let told = server.post(&own, &headers, &reason).await;
        assert_eq!(told.status, StatusCode::CREATED, "{}", told.text());
    }
}

#[tokio::test]
async fn whose_a_handle_is_is_told_after_it_is_recorded_and_she_can_read_it() {
    let (server, cookie) = looked_at(sqlite().await, 1).await;
    let url = server.database.url.clone();
    let headers = [("cookie", cookie.as_str())];
    let me = server.get("/api/v1/me", &headers).await.json();
    let handle = me["handle"].as_str().expect("a handle").to_owned();
    let whois = |handle: &str| {
        let mut program = std::process::Command::new(env!("CARGO_BIN_EXE_jobnet-server"));
        program.args(["audit", "whois", handle, "--database-url", &url]);
        let output = program.output().expect("runs");
        let said = String::from_utf8(output.stdout).expect("UTF-8");
        (output.status.success(), said)
    };
    let intruder = Intruder::break_in(&server.database).await;
    let Intruder::Sqlite(pool) = &intruder else { panic!("this one is a SQLite file") };
    let log = "SELECT handle, criterion, citizen_id, allowed FROM access_log \
               WHERE purpose = 'administration' ORDER BY seq";
    let recorded = async || {
        let rows: Vec<(String, String, Option<i32>, bool)> =
            sqlx::query_as(log).fetch_all(pool).await.expect("reads");
        rows
    };
    assert_eq!(whois("Asta Vinterlund"), (false, String::new()), "no name is looked up");
    assert!(recorded().await.is_empty(), "and none is kept");
    assert_eq!(whois("0000-0000"), (false, String::new()));
    assert_eq!(whois(&handle), (true, "Asta Vinterlund\n".to_owned()));
    let asked = |handle: &str| format!("handle {handle}");
    assert_eq!(
        recorded().await,
        [
            ("system".to_owned(), asked("0000-0000"), None, false),
            ("system".to_owned(), asked(&handle), Some(1), true),
        ]
    );
    let looks = server.get(LOG, &headers).await.json()["looks"].clone();
    assert_eq!(
        (&looks[0]["role"], &looks[0]["purpose"], &looks[0]["category"]),
        (&Value::Null, &json!("administration"), &json!("identity"))
    );
    assert_eq!(looks.as_array().map(Vec::len), Some(1));
    intruder.run("DROP TRIGGER access_log_insert").await.ok();
    intruder.run("ALTER TABLE access_log RENAME COLUMN criterion TO gone").await.expect("renames");
    assert_eq!(whois(&handle), (false, String::new()), "no record, no name");
}
