//! The outbox for administrators, and links in messages for whoever has one.

use axum::http::StatusCode;
use chrono::TimeDelta;
use jobnet_server::outbox::message::{Channel, Planned};
use jobnet_server::outbox::{LINK_DAYS, enqueue, link_code, link_token, message_id};
use jobnet_server::secret;
use sea_orm::ConnectionTrait;
use serde_json::json;

use crate::support::database::both;
use crate::support::extracts::{keys, query};
use crate::support::server::{Serve, TestServer};

const OUTBOX: &str = "/api/v1/outbox";

async fn plan(server: &TestServer, step: &str) -> Planned {
    let id = "SELECT id FROM citizens WHERE register_id = 'SYN-DEMO-FULL-TIME'";
    let id = query(&server.database.database, id).await[0].replace("id=", "");
    let now = server.app.clock().now();
    let planned = Planned {
        id: message_id("checklist-2026", "unit", step, Channel::Email),
        citizen: id.parse().expect("a number"),
        channel: Channel::Email,
        trial: "checklist-2026".to_owned(),
        step: step.to_owned(),
        target: "/tjekliste".to_owned(),
        not_before: now,
    };
    assert!(enqueue(&server.database.database, &planned, now).await.expect("plans"));
    planned
}

async fn set(server: &TestServer, message: &Planned, state: &str) {
    let transaction = server.database.database.begin_write().await.expect("begins");
    let sql = format!(
        "UPDATE outbox_messages SET state = '{state}', attempts = 8, reason = 'refused: 550', \
         handed_at = 1795348800000 WHERE id = '{}'",
        message.id
    );
    transaction.execute_unprepared(&sql).await.expect("updates");
    transaction.commit().await.expect("commits");
}

#[tokio::test]
async fn an_administrator_sees_what_needs_her_and_nobody_and_may_have_the_dead_tried_again() {
    for database in both().await {
        let server = TestServer::filled(database).await;
        let (dead, doubtful) = (plan(&server, "invite").await, plan(&server, "remind").await);
        plan(&server, "later").await;
        set(&server, &dead, "dead").await;
        set(&server, &doubtful, "unknown").await;
        let cookie = server.sign_in("administrator").await;
        let headers = [("cookie", cookie.as_str())];
        let answer = server.get(OUTBOX, &headers).await;
        assert_eq!(answer.status, StatusCode::OK, "{}", answer.text());
        let mut counts = answer.json()["counts"].as_array().expect("counts").clone();
        counts.sort_by_key(ToString::to_string);
        let count = |state| json!({ "channel": "email", "state": state, "messages": 1 });
        assert_eq!(counts, ["dead", "unknown", "waiting"].map(count));
        let troubled = answer.json()["troubled"].clone();
        let of = |id: String| {
            let all = troubled.as_array().expect("messages");
            all.iter().find(|each| each["id"] == id).expect("listed").clone()
        };
        let expected = json!({
            "id": dead.id.to_string(), "channel": "email", "trial": "checklist-2026",
            "step": "invite", "state": "dead", "attempts": 8, "reason": {"trouble": "refused", "detail": "550"},
            "handed_at": "2026-11-22T12:00:00Z",
        });
        assert_eq!(of(dead.id.to_string()), expected);
        assert_eq!(of(doubtful.id.to_string())["state"], "unknown");

        let retry = async |id: &str| {
            server.post(&format!("{OUTBOX}/{id}/retry"), &headers, &json!({})).await
        };
        for _ in 0..2 {
            let answer = retry(&dead.id.to_string()).await;
            assert_eq!(answer.status, StatusCode::OK, "{}", answer.text());
            assert_eq!(answer.json(), json!({ "state": "waiting" }));
        }
        assert_eq!(retry(&doubtful.id.to_string()).await.status, StatusCode::CONFLICT);
        for nowhere in ["00000000-0000-0000-0000-000000000000", "x"] {
            assert_eq!(retry(nowhere).await.status, StatusCode::NOT_FOUND);
        }
    }
}

#[tokio::test]
async fn a_link_leads_to_its_page_until_it_ends_and_is_kind_when_it_has() {
    for database in both().await {
        let server = TestServer::filled(database).await;
        let message = plan(&server, "invite").await;
        let now = server.app.clock().now();
        let token = link_token(&keys(), message.id, now);
        let follow = async |token: &str| server.get(&format!("/l/{token}"), &[]).await;
        let answer = follow(&token).await;
        assert_eq!(answer.status, StatusCode::SEE_OTHER);
        assert_eq!(answer.header("location"), "/log-ind?til=/tjekliste", "first she signs in");
        assert_eq!(answer.header("cache-control"), "no-store");
        assert_eq!(answer.header("set-cookie"), "", "nobody is signed in by it");
        assert!(answer.body.is_empty());
        let sql = "SELECT opens FROM outbox_messages";
        assert_eq!(query(&server.database.database, sql).await, ["opens=1"]);
        let cookie = server.sign_in("citizen-full-time").await;
        let answer = server.get(&format!("/l/{token}"), &[("cookie", &cookie)]).await;
        assert_eq!(answer.header("location"), "/tjekliste", "she is signed in");

        let unknown = link_token(&keys(), message_id("x", "y", "z", Channel::Email), now);
        let ended = link_token(&keys(), message.id, now - TimeDelta::days(LINK_DAYS));
        for token in [unknown.as_str(), ended.as_str(), &token[1..], "x", "%00", "%C3%B8"] {
            let answer = follow(token).await;
            assert_eq!(answer.status, StatusCode::SEE_OTHER, "{token}");
            assert_eq!(answer.header("location"), "/log-ind?problem=link", "{token}");
        }
        assert_eq!(query(&server.database.database, sql).await, ["opens=2"]);

        // A planner may say another page.
        let id = message_id("a", "b", "c", Channel::Email);
        let other = Planned { id, target: "/ret-og-pligt".to_owned(), ..message };
        assert!(enqueue(&server.database.database, &other, now).await.expect("plans"));
        let answer = follow(&link_token(&keys(), other.id, now)).await;
        assert_eq!(answer.header("location"), "/log-ind?til=/ret-og-pligt");
    }
}

#[tokio::test]
async fn a_short_link_leads_as_far_and_as_long_and_its_code_is_nowhere() {
    for database in both().await {
        let server = TestServer::filled(database).await;
        let db = &server.database.database;
        let message = plan(&server, "invite").await;
        let now = server.app.clock().now();
        let code = link_code(db, message.id, now).await.expect("a code");
        assert_eq!(code.len(), 20);
        let stored = query(db, "SELECT code_hash FROM outbox_links").await;
        assert_eq!(stored, [format!("code_hash={}", secret::hash(&code))]);
        let follow = async |code: &str| {
            let answer = server.get(&format!("/l/{code}"), &[]).await;
            assert_eq!(answer.status, StatusCode::SEE_OTHER);
            assert_eq!(answer.header("set-cookie"), "", "nobody is signed in by it");
            answer.header("location").to_owned()
        };
        let (page, ended) = ("/log-ind?til=/tjekliste", "/log-ind?problem=link");
        assert_eq!(follow(&code).await, page);
        let again = link_code(db, message.id, now).await.expect("a code");
        assert_ne!(again, code, "of another attempt");
        assert_eq!(follow(&again).await, page);
        let opens = "SELECT opens FROM outbox_messages WHERE opened_at IS NOT NULL";
        assert_eq!(query(db, opens).await, ["opens=2"]);
        let mut other = code.clone().into_bytes();
        other[7] = if other[7] == b'w' { b'x' } else { b'w' };
        let other = String::from_utf8(other).expect("a text");
        for unknown in [other.as_str(), &code[1..], &"0".repeat(20), &"%C3%B8".repeat(10)] {
            assert_eq!(follow(unknown).await, ended, "{unknown}");
        }
        server.wait(TimeDelta::days(LINK_DAYS) - TimeDelta::seconds(1));
        assert_eq!(follow(&code).await, page);
        server.wait(TimeDelta::seconds(1));
        assert_eq!(follow(&code).await, ended);
        assert_eq!(query(db, opens).await, ["opens=3"]);
    }
}

#[tokio::test]
async fn her_data_holds_what_has_left_and_nothing_that_tells_what_a_trial_withholds() {
    for database in both().await {
        let server = TestServer::filled(database).await;
        let (sent, later) = (plan(&server, "invite").await, plan(&server, "later").await);
        set(&server, &sent, "sent").await;
        let cookie = server.sign_in("citizen-full-time").await;
        let answer = server.get("/api/v1/me/data", &[("cookie", &cookie)]).await;
        let rows = answer.json()["tables"]["outbox_messages"].clone();
        assert_eq!(rows.as_array().expect("rows").len(), 1, "{rows}");
        assert_eq!(rows[0]["id"], sent.id.to_string());
        assert!(!answer.text().contains(&later.id.to_string()));
    }
}
