//! What was really shown is stored once, as it was seen.

use axum::http::StatusCode;
use chrono::TimeDelta;
use jobnet_api::arm::Exposure;
use jobnet_api::trial::ArmFlow;
use jobnet_server::trials::{store, watch};
use jobnet_trials::protocol::Allocation;
use serde_json::{Value, json};

use crate::support::database::{both, sqlite};
use crate::support::extracts::query;
use crate::support::server::{Serve, TestServer};
use crate::{KEY, close, count, counts, now, protocol, run, well};

const EXPOSURES: &str = "/api/v1/me/exposures";

fn body() -> Value {
    json!({
        "trial": KEY,
        "surface": "overview",
        "presentation": "timeline",
        "framing": "lacking",
        "text_ids": ["account.timeline.title", "account.missing"],
        "drawing": "00ff",
        "build": "0123456789abcdef",
        "viewport": "narrow",
        "shown_at": "2026-11-22T11:59:00Z",
        "opened": ["table"],
    })
}

fn with(field: &str, value: &Value) -> Value {
    let mut body = body();
    body[field] = value.clone();
    body
}

pub(crate) fn shown() -> Exposure {
    serde_json::from_value(body()).expect("an exposure")
}

#[tokio::test]
async fn a_word_that_is_sent_again_changes_nothing_but_adds_what_was_opened() {
    for database in both().await {
        let server = TestServer::filled(database).await;
        let db = &server.database.database;
        run(db, &protocol()).await;
        let cookie = server.sign_in("citizen-full-time").await;
        let headers = [("cookie", cookie.as_str())];
        server.get("/api/v1/boot", &headers).await;
        for body in [
            body(),
            body(),
            with("opened", &json!(["explanation", "table"])),
            // The first word of a variant counts.
            with("viewport", &json!("wide")),
            with("shown_at", &json!("2026-11-22T11:59:30Z")),
        ] {
            let answer = server.post(EXPOSURES, &headers, &body).await;
            assert_eq!(answer.status, StatusCode::NO_CONTENT, "{}", answer.text());
            assert_eq!(answer.header("cache-control"), "no-store");
        }
        let sql = "SELECT surface, presentation, framing, text_ids, drawing, build, viewport, \
                   shown_at, received_at FROM trial_exposures";
        assert_eq!(
            query(db, sql).await,
            ["surface=overview presentation=timeline framing=lacking \
              text_ids=[\"account.timeline.title\",\"account.missing\"] drawing=00ff \
              build=0123456789abcdef viewport=narrow shown_at=1795348740000 \
              received_at=1795348800000"]
        );
        let opened = query(db, "SELECT opened FROM trial_openings").await;
        assert_eq!(opened, ["opened=explanation", "opened=table"]);

        // Another surface, another day, another citizen.
        server.post(EXPOSURES, &headers, &with("surface", &json!("hours"))).await;
        server.wait(TimeDelta::days(1));
        let tomorrow = json!("2026-11-23T11:59:00Z");
        let cookie = server.sign_in("citizen-full-time").await;
        let headers = [("cookie", cookie.as_str())];
        server.post(EXPOSURES, &headers, &with("shown_at", &tomorrow)).await;
        let other = server.sign_in("citizen-social-assistance").await;
        let answer =
            server.post(EXPOSURES, &[("cookie", &other)], &with("shown_at", &tomorrow)).await;
        assert_eq!(answer.status, StatusCode::NO_CONTENT, "shown without a lot is stored, too");
        assert_eq!(count(db, "trial_exposures").await, 4);
        assert_eq!(count(db, "trial_assignments").await, 1);
    }
}

#[tokio::test]
async fn another_variant_on_the_same_day_is_crossing_over_and_one_she_chose_is_opened() {
    for database in both().await {
        let server = TestServer::filled(database).await;
        let db = &server.database.database;
        // Each lot is for itself, so that what is shown is told while the trial runs.
        let mut keyed = protocol();
        keyed.allocation = Allocation::Keyed {};
        keyed.strata.clear();
        run(db, &keyed).await;
        let cookie = server.sign_in("citizen-full-time").await;
        let headers = [("cookie", cookie.as_str())];
        let arm = server.get("/api/v1/boot", &headers).await.json()["arm"].clone();
        let own = |body: Value| -> Value {
            let mut own = body;
            own["presentation"] = arm["presentation"].clone();
            own["framing"] = arm["framing"].clone();
            own
        };
        let other = json!(if arm["presentation"] == "words" { "timeline" } else { "words" });
        let send = async |body: &Value| {
            let answer = server.post(EXPOSURES, &headers, body).await;
            assert_eq!(answer.status, StatusCode::NO_CONTENT, "{}", answer.text());
        };
        let flow = async || {
            let stored = store::load(db.read(), KEY).await.expect("a trial");
            let flow = watch::watch(db.read(), &stored, now()).await.expect("counts");
            let sum = |of: fn(&ArmFlow) -> u64| flow.arms.iter().map(of).sum::<u64>();
            (sum(|arm| arm.exposed), sum(|arm| arm.crossed_over))
        };
        send(&own(body())).await;
        assert_eq!(flow().await, (1, 0));
        // Another one that she asked for herself, sent twice: it is something she opened.
        let mut chosen = own(body());
        chosen["presentation"] = other.clone();
        chosen["chosen"] = json!(true);
        chosen["opened"] = json!([]);
        send(&chosen).await;
        send(&chosen).await;
        assert_eq!(flow().await, (1, 0));
        let opened = query(db, "SELECT opened FROM trial_openings").await;
        let word = other.as_str().expect("a word");
        assert_eq!(opened, ["opened=table".to_owned(), format!("opened={word}")]);
        // Another one that she was shown, later the same day, however often it is said.
        let mut shown = own(with("shown_at", &json!("2026-11-22T12:03:00Z")));
        shown["presentation"] = other;
        send(&shown).await;
        send(&shown).await;
        send(&own(body())).await;
        assert_eq!(count(db, "trial_exposures").await, 2);
        assert_eq!(flow().await, (1, 1), "it counts, and what her arm decides still does");
    }
}

#[tokio::test]
async fn what_she_chose_before_she_was_shown_anything_is_what_she_saw() {
    let server = TestServer::filled(sqlite().await).await;
    let db = &server.database.database;
    run(db, &protocol()).await;
    let cookie = server.sign_in("citizen-full-time").await;
    let headers = [("cookie", cookie.as_str())];
    let mut chosen = body();
    chosen["chosen"] = json!(true);
    for body in [chosen.clone(), with("presentation", &json!("words")), chosen] {
        let answer = server.post(EXPOSURES, &headers, &body).await;
        assert_eq!(answer.status, StatusCode::NO_CONTENT, "{}", answer.text());
    }
    let shown = query(db, "SELECT presentation FROM trial_exposures").await;
    assert_eq!(shown, ["presentation=timeline", "presentation=words"]);
    assert_eq!(query(db, "SELECT opened FROM trial_openings").await, ["opened=table"]);
}

#[tokio::test]
async fn sent_sixteen_times_at_once_it_is_stored_once_at_two_servers() {
    for database in both().await {
        let server = TestServer::filled(database).await;
        let db = server.database.database.clone();
        run(&db, &protocol()).await;
        let cookie = server.sign_in("citizen-full-time").await;
        let (one, two) = (server.router(), server.beside());
        let mut requests = tokio::task::JoinSet::new();
        for number in 0..16 {
            let router = if number % 2 == 0 { one.clone() } else { two.router() };
            let cookie = cookie.clone();
            requests.spawn(async move {
                let server = crate::support::server::Beside(router);
                server.post(EXPOSURES, &[("cookie", &cookie)], &body()).await.status
            });
        }
        let statuses = requests.join_all().await;
        assert!(statuses.iter().all(|status| *status == StatusCode::NO_CONTENT), "{statuses:?}");
        assert_eq!(count(&db, "trial_exposures").await, 1);
        assert_eq!(count(&db, "trial_openings").await, 1);
    }
}

#[tokio::test]
async fn a_late_word_is_taken_after_the_end_and_one_about_no_trial_is_not() {
    let server = TestServer::filled(sqlite().await).await;
    let db = &server.database.database;
    let cookie = server.sign_in("citizen-full-time").await;
    let headers = [("cookie", cookie.as_str())];
    let unknown = server.post(EXPOSURES, &headers, &body()).await;
    assert_eq!(unknown.status, StatusCode::UNPROCESSABLE_ENTITY);
    assert_eq!(unknown.json()["errors"][0]["pointer"], "/trial");
    jobnet_server::trials::store::save_draft(db, &protocol(), 0).await.expect("stores");
    let draft = server.post(EXPOSURES, &headers, &body()).await;
    assert_eq!(draft.status, StatusCode::UNPROCESSABLE_ENTITY, "a draft shows nothing");
    for next in [jobnet_api::trial::Step::Register {}, jobnet_api::trial::Step::Start {}, close()] {
        well(db, KEY, next).await;
    }
    assert_eq!(server.post(EXPOSURES, &headers, &body()).await.status, StatusCode::NO_CONTENT);
}

#[tokio::test]
async fn what_is_no_word_of_our_page_is_refused_and_not_stored() {
    let server = TestServer::filled(sqlite().await).await;
    let db = &server.database.database;
    run(db, &protocol()).await;
    let cookie = server.sign_in("citizen-full-time").await;
    let headers = [("cookie", cookie.as_str())];
    for (body, status, pointer) in [
        (with("build", &json!("a b")), StatusCode::UNPROCESSABLE_ENTITY, "/build"),
        (with("drawing", &json!("no hash")), StatusCode::UNPROCESSABLE_ENTITY, "/drawing"),
        (
            with("text_ids", &json!(["x".repeat(101)])),
            StatusCode::UNPROCESSABLE_ENTITY,
            "/text_ids",
        ),
        (with("surface", &json!("radio")), StatusCode::BAD_REQUEST, ""),
        (with("more", &json!(1)), StatusCode::BAD_REQUEST, ""),
        (with("shown_at", &json!("yesterday")), StatusCode::BAD_REQUEST, ""),
    ] {
        let answer = server.post(EXPOSURES, &headers, &body).await;
        assert_eq!(answer.status, status, "{body}");
        assert_eq!(answer.json()["errors"][0]["pointer"].as_str().unwrap_or_default(), pointer);
    }
    for who in ["caseworker", "researcher", "administrator"] {
        let cookie = server.sign_in(who).await;
        let answer = server.post(EXPOSURES, &[("cookie", &cookie)], &body()).await;
        assert_eq!(answer.status, StatusCode::FORBIDDEN, "{who}");
    }
    let nobody = server.post(EXPOSURES, &[], &body()).await;
    assert_eq!(nobody.status, StatusCode::UNAUTHORIZED);
    assert_eq!(counts(db).await, [0, 0, 0, 0]);
}
