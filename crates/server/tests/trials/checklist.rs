//! Her checklist: hers alone, never doubled, and to those from whom it is withheld no such thing.

use axum::body::Body;
use axum::http::StatusCode;
use jobnet_api::access::Category;
use jobnet_server::record::all_of_citizen;
use jobnet_server::trials::{store, watch};
use jobnet_trials::protocol::{Allocation, Condition, Protocol};
use serde_json::{Value, json};

use crate::support::casework::Office;
use crate::support::database::{both, sqlite};
use crate::support::extracts::{Extracts, query};
use crate::support::server::{Answer, Serve, TestServer, demo_extracts, request};
use crate::{come_to, count, now, run};

const FILE: &str = include_str!("../../trials/checklist-2026.json");
const LIST: &str = "/api/v1/me/checklist";

async fn put(server: &impl Serve, cookie: &str, path: &str, body: &Value) -> Answer {
    let headers = [("cookie", cookie), ("content-type", "application/json")];
    let path = format!("{LIST}{path}");
    server.send(request("PUT", &path, &headers, Body::from(body.to_string()))).await
}

async fn list(server: &impl Serve, cookie: &str) -> Value {
    let answer = server.get(LIST, &[("cookie", cookie)]).await;
    assert_eq!(answer.status, StatusCode::OK, "{}", answer.text());
    assert_eq!(answer.header("cache-control"), "no-store");
    answer.json()
}

fn mark(state: &Value, made_at: &str) -> Value {
    json!({ "mark": { "state": state }, "made_at": made_at })
}

/// All of an answer but what differs between any two.
pub(crate) fn plain(answer: Answer) -> (StatusCode, Vec<String>, String) {
    let id = answer.header("x-request-id").to_owned();
    let headers = answer
        .headers
        .iter()
        .filter(|(name, _)| !["date", "x-request-id"].contains(&name.as_str()));
    let mut headers: Vec<_> = headers.map(|header| format!("{header:?}")).collect();
    headers.sort();
    (answer.status, headers, answer.text().replace(&id, "ID"))
}

fn entry<'a>(list: &'a Value, item: &str) -> &'a Value {
    let entries = list["entries"].as_array().expect("entries");
    entries.iter().find(|entry| entry["item"] == item).expect(item)
}

/// The delivered protocol, with everyone of a fund in it, and everyone in one arm: one lot of a
/// thousand is of the other, so a test that draws one fails once in a thousand runs. Each lot is for
/// itself, so that it is told while it runs.
pub(crate) fn protocol(arm: &str) -> Protocol {
    let mut protocol: Protocol = serde_json::from_str(FILE).expect("a protocol");
    protocol.allocation = Allocation::Keyed {};
    protocol.strata.clear();
    protocol.eligibility.retain(|condition| !matches!(condition, Condition::Between { fact, .. } if fact == "weeks_registered"));
    for each in &mut protocol.arms {
        each.weight = if each.key.as_str() == arm { 999 } else { 1 };
    }
    protocol
}

#[tokio::test]
async fn what_she_said_last_stands_however_late_and_often_it_arrives() {
    for database in both().await {
        let server = TestServer::filled(database).await;
        let cookie = server.sign_in("citizen-full-time").await;
        let before = list(&server, &cookie).await;
        assert_eq!(before["phase"], "review", "registered in February");
        // The first talk was on 9 March, the CV was due two weeks after 27 February.
        assert_eq!(entry(&before, "cv")["due_on"], "2026-03-13");
        assert_eq!(entry(&before, "cv")["status"]["type"], "overdue");
        // The day of an advice has passed.
        assert_eq!(entry(&before, "network")["due_on"], Value::Null);
        assert_eq!(entry(&before, "first_talk")["status"]["type"], "seen_done");
        assert_eq!(before["news"], json!([]));

        let done = mark(&json!({ "type": "done" }), "2026-11-22T10:00:00Z");
        let open = mark(&json!({ "type": "open" }), "2026-11-22T09:00:00Z");
        for said in [&done, &open, &done] {
            let answer = put(&server, &cookie, "/items/cv", said).await;
            assert_eq!(answer.status, StatusCode::OK, "{}", answer.text());
            assert_eq!(answer.json()["state"]["type"], "done", "{said}");
        }
        assert_eq!(count(&server.database.database, "checklist_marks").await, 1);
        // A clock that is ahead does not lock the item.
        let ahead =
            mark(&json!({ "type": "not_for_me", "reason": "other" }), "2031-01-01T00:00:00Z");
        assert_eq!(put(&server, &cookie, "/items/cv", &ahead).await.status, StatusCode::OK);
        server.wait(chrono::TimeDelta::minutes(1));
        let again = mark(&json!({ "type": "done" }), "2026-11-22T12:01:00Z");
        let answer = put(&server, &cookie, "/items/cv", &again).await;
        assert_eq!(answer.json()["state"]["type"], "done");
        let now = list(&server, &cookie).await;
        assert_eq!(entry(&now, "cv")["status"]["type"], "done");
        assert_eq!(now["marks"]["cv"]["state"]["type"], "done");
    }
}

/// Her row as it was imported, with since when her CV is there.
fn with_cv(since: &str) -> Extracts {
    let demo = std::fs::read_to_string(demo_extracts().path().join("citizens.csv"));
    let demo = demo.expect("reads");
    let mut lines = demo.lines();
    let header = format!("{},cv_since", lines.next().expect("a header"));
    let hers = format!("{},{since}", lines.next().expect("a row"));
    Extracts::new().with_bytes("synthetic.json", br#"{"synthetic": true}"#).with(
        "citizens",
        &header,
        &[&hers],
    )
}

#[tokio::test]
async fn a_cv_of_which_the_registers_know_is_done() {
    for database in both().await {
        let server = TestServer::filled(database).await;
        let db = &server.database.database;
        let cookie = server.sign_in("citizen-full-time").await;
        let known = json!({ "type": "seen_done", "sign": "a_cv" });
        let unknown = json!({ "type": "overdue" });
        // Today, not before tomorrow, from before she registered, and taken back.
        for (since, status) in [
            ("2026-11-22", &known),
            ("2026-11-23", &unknown),
            ("2024-05-01", &known),
            ("", &unknown),
            ("2026-03-05", &known),
        ] {
            with_cv(since).import_well(db, "2026-11-22").await;
            let now = list(&server, &cookie).await;
            assert_eq!(entry(&now, "cv")["status"], *status, "“{since}”");
        }
        // An extract that lacks the column says nothing of it; her own word goes before it.
        demo_extracts().import_well(db, "2026-11-22").await;
        assert_eq!(entry(&list(&server, &cookie).await, "cv")["status"], known);
        let no = json!({ "type": "not_for_me", "reason": "other" });
        put(&server, &cookie, "/items/cv", &mark(&no, "2026-11-22T10:00:00Z")).await;
        let status = entry(&list(&server, &cookie).await, "cv")["status"].clone();
        assert_eq!(status, json!({ "type": "not_for_me" }));
    }
}

#[tokio::test]
async fn what_cannot_stand_is_refused_and_not_stored() {
    let server = TestServer::filled(sqlite().await).await;
    let cookie = server.sign_in("citizen-full-time").await;
    let later = |day: &str| mark(&json!({ "type": "later", "until": day }), "2026-11-22T10:00:00Z");
    let mut long = later("2026-12-01");
    long["mark"]["note"] = json!("æ".repeat(501));
    for (path, body, status) in [
        ("/items/cv", later("2026-11-21"), StatusCode::UNPROCESSABLE_ENTITY),
        ("/items/cv", later("2028-01-01"), StatusCode::UNPROCESSABLE_ENTITY),
        ("/items/cv", long, StatusCode::UNPROCESSABLE_ENTITY),
        ("/items/shoes", later("2026-12-01"), StatusCode::NOT_FOUND),
        ("/items/cv", json!({ "mark": {} }), StatusCode::BAD_REQUEST),
    ] {
        let answer = put(&server, &cookie, path, &body).await;
        assert_eq!(answer.status, status, "{path} {body} {}", answer.text());
    }
    assert_eq!(count(&server.database.database, "checklist_marks").await, 0);
}

#[tokio::test]
async fn from_whom_it_is_withheld_everything_is_as_if_it_did_not_exist() {
    for database in both().await {
        let server = TestServer::filled(database).await;
        let db = &server.database.database;
        run(db, &protocol("ordinary")).await;
        let cookie = server.sign_in("citizen-full-time").await;
        let headers = [("cookie", cookie.as_str())];
        let boot = server.get("/api/v1/boot", &headers).await.json();
        assert_eq!(query(db, "SELECT arm FROM trial_assignments").await, ["arm=ordinary"]);
        assert_eq!(boot["has_checklist"], false);
        let (elsewhere, large) = ("/api/v1/me/shoes", "x".repeat(300_000));
        for method in ["GET", "HEAD", "POST", "PUT", "PATCH", "DELETE", "OPTIONS", "TRACE", "BREW"]
        {
            for part in ["", "/", "/seen", "/sharing", "/items/cv", "/items/shoes", "/items"] {
                // Larger than any route takes, at one of them: so many requests are allowed.
                let large = if part == "/sharing" { large.as_str() } else { "" };
                for body in ["{\"is_shared\":true}", large] {
                    let ask = async |place: &str, cookie: &str| {
                        let path = format!("{place}{part}");
                        let headers = [("cookie", cookie), ("content-type", "application/json")];
                        let body = Body::from(body.to_owned());
                        plain(server.send(request(method, &path, &headers, body)).await)
                    };
                    let (answer, nothing) =
                        (ask(LIST, &cookie).await, ask(elsewhere, &cookie).await);
                    assert_eq!(answer, nothing, "{method} {part} {}", body.len());
                    // Who is signed out is asked to sign in, as anywhere, or told that the method is
                    // none: which ones an address has, the description says to everybody.
                    let (status, ..) = ask(LIST, "").await;
                    assert!([401, 405].contains(&status.as_u16()), "{method} {part}: {status}");
                    if method == "GET" && ["", "/", "/items"].contains(&part) {
                        assert_eq!(ask(LIST, "").await, ask(elsewhere, "").await, "{part}");
                    }
                }
            }
        }
        let data = server.get("/api/v1/me/data", &headers).await;
        assert!(data.status.is_success() && !data.text().contains("checklist"), "{}", data.text());
        let document = server.get(jobnet_api::paths::OPENAPI, &headers).await.json();
        assert!(document["paths"][LIST]["get"].is_object(), "what may be there is described");
        let done = mark(&json!({ "type": "done" }), "2026-11-22T10:00:00Z");
        for (path, body) in [
            ("/items/cv", &done),
            ("/items/cv", &json!({ "nonsense": true })),
            ("/items/shoes", &done),
            ("/sharing", &json!([])),
            ("/seen", &Value::Null),
            ("/sharing", &json!({ "is_shared": true })),
        ] {
            let answer = put(&server, &cookie, path, body).await;
            assert_eq!(answer.status, StatusCode::NOT_FOUND, "{path}");
        }
        assert_eq!(count(db, "checklists").await + count(db, "checklist_marks").await, 0);
        let log = server.get("/api/v1/me/access-log", &headers).await;
        assert!(!log.text().contains("checklist"), "{}", log.text());
        let trials = server.get("/api/v1/me/trials", &headers).await;
        assert_eq!(trials.json(), json!([]), "it is told of when it has ended");
    }
}

#[tokio::test]
async fn an_arm_that_gives_it_is_named_and_nobody_else_is_drawn_by_looking() {
    let server = TestServer::filled(sqlite().await).await;
    let db = &server.database.database;
    run(db, &protocol("checklist")).await;
    let social = server.sign_in("citizen-social-assistance").await;
    assert_eq!(list(&server, &social).await["trial"], Value::Null, "not eligible, so as usual");
    let cookie = server.sign_in("citizen-full-time").await;
    assert_eq!(list(&server, &cookie).await["trial"], "checklist-2026");
    let boot = server.get("/api/v1/boot", &[("cookie", &cookie)]).await.json();
    assert_eq!(boot["has_checklist"], true);
    assert_eq!(count(db, "trial_assignments").await, 1);
    // What she was shown of it is what her arm gives; who has no lot is counted beside, and yet does not
    // learn that there is such a trial.
    let word = json!({
        "trial": "checklist-2026", "shown": { "surface": "checklist" }, "text_ids": [],
        "drawing": null, "build": "test", "viewport": "wide", "shown_at": "2026-11-22T12:00:00Z",
    });
    let (taken, unknown) = (StatusCode::NO_CONTENT, StatusCode::UNPROCESSABLE_ENTITY);
    for (cookie, status) in [(&cookie, taken), (&cookie, taken), (&social, unknown)] {
        let sent = server.post("/api/v1/me/profile/exposures", &[("cookie", cookie)], &word).await;
        assert_eq!(sent.status, status, "{}", sent.text());
    }
    come_to(db, "trial_exposures", 2).await;
    let stored = store::load(db.read(), "checklist-2026").await.expect("a trial");
    let flow = watch::watch(db.read(), &stored, now()).await.expect("counts");
    let given = flow.arms.iter().find(|arm| arm.arm.as_str() == "checklist").expect("an arm");
    assert_eq!((given.randomised, given.exposed, given.crossed_over), (1, 1, 0));
    assert_eq!(flow.exposed_unassigned, 1);
}

#[tokio::test]
async fn her_caseworker_sees_it_only_while_she_shares_it_and_never_her_notes() {
    let office = Office::open(sqlite().await).await;
    let server = &office.server;
    let hers = server.sign_in("citizen-full-time").await;
    let caseworker = server.sign_in("caseworker").await;
    let id = office.public_id("SYN-DEMO-FULL-TIME");
    let path = format!("/api/v1/citizens/{id}/checklist");
    let look = || async { server.get(&path, &[("cookie", &caseworker)]).await };
    let mut said =
        mark(&json!({ "type": "not_for_me", "reason": "health" }), "2026-11-22T10:00:00Z");
    said["mark"]["note"] = json!("min ryg");
    assert_eq!(put(server, &hers, "/items/cv", &said).await.status, StatusCode::OK);
    assert_eq!(look().await.status, StatusCode::NOT_FOUND);
    let log = server.get("/api/v1/me/access-log", &[("cookie", &hers)]).await;
    assert!(!log.text().contains("checklist"), "nothing was shown: {}", log.text());
    for (is_shared, status) in [(true, StatusCode::OK), (false, StatusCode::NOT_FOUND)] {
        let sharing = json!({ "is_shared": is_shared });
        assert_eq!(put(server, &hers, "/sharing", &sharing).await.json(), sharing);
        let answer = look().await;
        assert_eq!(answer.status, status);
        let card = server.get(&format!("/api/v1/citizens/{id}"), &[("cookie", &caseworker)]).await;
        assert_eq!(card.json()["shares_checklist"], is_shared, "and her page leads to it");
        assert!(!answer.text().contains("ryg") && !answer.text().contains("health"));
    }
    let log = server.get("/api/v1/me/access-log", &[("cookie", &hers)]).await.json();
    let looks = log["looks"].as_array().expect("looks");
    let seen: Vec<_> = looks.iter().filter(|look| look["category"] == "checklist").collect();
    assert_eq!(seen.len(), 1, "the one look that showed it is hers to see: {log}");
    assert_eq!(seen[0]["role"], "fund_caseworker");
    assert_eq!(seen[0]["relation"], "caseload");
}

#[tokio::test]
async fn each_look_at_a_list_is_recorded_and_none_at_what_is_not_there() {
    for database in both().await {
        let office = Office::open(database).await;
        let (server, db) = (&office.server, &office.server.database.database);
        run(db, &protocol("ordinary")).await;
        let withheld = server.sign_in("citizen-full-time").await;
        assert_eq!(server.get(LIST, &[("cookie", &withheld)]).await.status, StatusCode::NOT_FOUND);
        let arms = query(db, "SELECT arm FROM trial_assignments").await;
        assert!(arms.contains(&"arm=ordinary".to_owned()), "{arms:?}");
        for persona in ["caseworker", "caseworker-job-centre"] {
            let cookie = server.sign_in(persona).await;
            let people = ["DEMO-FULL-TIME", "OWN", "GUEST", "FORMER", "STRANGER"];
            for person in people.map(|name| format!("SYN-{name}")) {
                let path = format!("/api/v1/citizens/{}/checklist", office.public_id(&person));
                let answer = server.get(&path, &[("cookie", &cookie)]).await;
                assert_eq!(answer.status, StatusCode::NOT_FOUND, "{person}");
            }
        }
        let mut attempts = 0;
        for row in query(db, "SELECT id FROM citizens").await {
            let citizen = row.trim_start_matches("id=").parse().expect("a number");
            for (look, is_allowed) in all_of_citizen(db, citizen).await.expect("reads") {
                assert_ne!(look.category, Category::Checklist, "{look:?}");
                attempts += usize::from(!is_allowed);
            }
        }
        assert_eq!(attempts, 4, "of those who must not look at all, as at any page of hers");
    }
}

#[tokio::test]
async fn what_changed_since_she_looked_is_told_until_the_next_day() {
    let server = TestServer::filled(sqlite().await).await;
    let db = &server.database.database;
    let cookie = server.sign_in("citizen-full-time").await;
    let seen = put(&server, &cookie, "/seen", &Value::Null).await;
    assert_eq!(seen.status, StatusCode::NO_CONTENT);
    assert_eq!(list(&server, &cookie).await["seen_on"], Value::Null, "not before today");
    // What the registers know they have known since January.
    for table in ["citizen_facts", "benefits", "work_hours", "meetings", "measures", "job_search"] {
        let sql =
            format!("UPDATE {table} SET valid_from = '2026-01-01' WHERE valid_to > '2026-11-22'");
        let known = sea_orm::Statement::from_string(sea_orm::DbBackend::Sqlite, sql);
        sea_orm::ConnectionTrait::execute_raw(db.read(), known).await.expect("writes");
    }
    // As if she had looked a month after she registered.
    let sql = "UPDATE checklists SET seen_on = '2026-03-27'";
    let back = sea_orm::Statement::from_string(sea_orm::DbBackend::Sqlite, sql);
    sea_orm::ConnectionTrait::execute_raw(db.read(), back).await.expect("writes");
    let now = list(&server, &cookie).await;
    assert_eq!(now["seen_on"], "2026-03-27");
    // The card is another month's, the days of the advice of the first weeks have passed, and what
    // comes after three and after six months has come up. Her talk and her CV are as they were.
    let mut news = vec![
        "benefit_card",
        "check_hours",
        "weekly_rhythm",
        "widen_search",
        "unsolicited",
        "feedback",
        "talk_about_obstacles",
        "courses",
        "review_plan",
        "measure",
        "interview_practice",
        "period_left",
        "more_talks",
    ];
    assert_eq!(now["news"], json!(news));
    put(&server, &cookie, "/seen", &Value::Null).await;
    assert_eq!(list(&server, &cookie).await["news"], json!(news), "the same all day");
    // What she says herself is no news.
    let done = mark(&json!({ "type": "done" }), "2026-11-22T10:00:00Z");
    put(&server, &cookie, "/items/courses", &done).await;
    news.retain(|item| *item != "courses");
    assert_eq!(list(&server, &cookie).await["news"], json!(news));
    // Had she looked yesterday, nothing would be.
    let sql = "UPDATE checklists SET seen_on = '2026-11-21'";
    let back = sea_orm::Statement::from_string(sea_orm::DbBackend::Sqlite, sql);
    sea_orm::ConnectionTrait::execute_raw(db.read(), back).await.expect("writes");
    let now = list(&server, &cookie).await;
    assert_eq!((&now["seen_on"], &now["news"]), (&json!("2026-11-21"), &json!([])));
}
