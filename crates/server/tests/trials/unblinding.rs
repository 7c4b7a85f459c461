//! “Vis som borgeren ser det”: a caseworker learns an arm with a reason, recorded before she does, and
//! the record tells nobody who is in a trial.

use axum::http::StatusCode;
use jobnet_server::record::verify;
use jobnet_trials::protocol::{Disclosure, Protocol};
use serde_json::{Value, json};

use crate::support::casework::Office;
use crate::support::database::{TestDatabase, both, sqlite};
use crate::support::extracts::query;
use crate::support::server::{Answer, Serve};
use crate::{KEY, close, count, pause, protocol, run, well};

const REASON: &str = "Hun ringede og så noget andet end jeg";

/// Her whose account it is, and her caseworker.
struct Scene {
    office: Office,
    citizen: String,
    hers: String,
    caseworker: String,
}

impl Scene {
    async fn open(database: TestDatabase) -> Self {
        let office = Office::open(database).await;
        let citizen = office.public_id("SYN-DEMO-FULL-TIME").to_owned();
        let hers = office.server.sign_in("citizen-full-time").await;
        let caseworker = office.server.sign_in("caseworker").await;
        Self { office, citizen, hers, caseworker }
    }

    async fn ask(&self, citizen: &str, cookie: &str, key: &str, reason: &str) -> Answer {
        let path = format!("/api/v1/citizens/{citizen}/unblinding");
        let headers = [("cookie", cookie), ("idempotency-key", key)];
        self.office.server.post(&path, &headers, &json!({ "reason": reason })).await
    }

    async fn get(&self, path: &str, cookie: &str) -> Value {
        self.office.server.get(path, &[("cookie", cookie)]).await.json()
    }

    async fn boot(&self) -> Value {
        self.get("/api/v1/boot", &self.hers).await
    }

    /// The looks of others at her data.
    async fn looks(&self) -> Vec<Value> {
        let log = self.get("/api/v1/me/access-log", &self.hers).await;
        log["looks"].as_array().expect("a list").clone()
    }
}

#[tokio::test]
async fn an_arm_is_told_with_a_reason_and_recorded_first() {
    for database in both().await {
        let scene = Scene::open(database).await;
        let db = &scene.office.server.database.database;
        run(db, &protocol()).await;
        let arm = scene.boot().await["arm"].clone();
        assert_eq!(arm["trial"], KEY);
        let told = scene.ask(&scene.citizen, &scene.caseworker, "one", REASON).await;
        assert_eq!(told.status, StatusCode::CREATED, "{}", told.text());
        assert_eq!(told.header("cache-control"), "no-store");
        assert_eq!(told.json(), json!({"at": "2026-11-22T12:00:00Z", "arm": arm}));

        let looks = scene.looks().await;
        let look = &looks[0];
        assert_eq!(
            (&look["purpose"], &look["category"], &look["relation"], &look["reason"]),
            (&json!("unblinding"), &json!("account"), &json!("caseload"), &json!(REASON))
        );
        assert_eq!(look["role"], "fund_caseworker");
        verify(db, None).await.expect("reads").expect("the chain holds");

        // The same again is the same answer, and a look of its own.
        let again = scene.ask(&scene.citizen, &scene.caseworker, "one", REASON).await;
        assert_eq!((again.status, again.json()), (StatusCode::CREATED, told.json()));
        assert_eq!(scene.looks().await.len(), looks.len() + 1);
        assert_eq!(count(db, "unblindings").await, 1);
        let other = scene.ask(&scene.citizen, &scene.caseworker, "one", "something else").await;
        assert_eq!(other.status, StatusCode::CONFLICT);
        let own = scene.office.public_id("SYN-OWN");
        let other = scene.ask(own, &scene.caseworker, "one", REASON).await;
        assert_eq!(other.status, StatusCode::CONFLICT);
        assert_eq!(scene.looks().await.len(), looks.len() + 1, "nothing was shown");

        // Nothing of it is noted as hers.
        for table in ["trial_exposures", "trial_openings", "understanding_checks"] {
            assert_eq!(count(db, table).await, 0, "{table}");
        }
    }
}

#[tokio::test]
async fn the_ordinary_page_is_recorded_as_an_arm_is_and_nobody_is_enrolled() {
    for database in both().await {
        let scene = Scene::open(database).await;
        let db = &scene.office.server.database.database;
        let nothing = scene.ask(&scene.citizen, &scene.caseworker, "none", REASON).await;
        assert_eq!(nothing.json()["arm"], Value::Null, "no trial runs");
        run(db, &protocol()).await;
        let before = scene.ask(&scene.citizen, &scene.caseworker, "before", REASON).await;
        assert_eq!(before.json()["arm"], Value::Null, "she has not come yet");
        assert_eq!(count(db, "trial_units").await, 0, "asking enrols nobody");
        scene.boot().await;
        let told = scene.ask(&scene.citizen, &scene.caseworker, "told", REASON).await;
        assert!(told.json()["arm"].is_object());
        let looks = scene.looks().await;
        let words = |look: &Value| {
            let mut look = look.clone();
            look["number"] = Value::Null;
            look
        };
        assert_eq!(looks.len(), 3);
        assert!(looks.iter().all(|look| words(look) == words(&looks[0])), "{looks:#?}");

        // As her own page: a pause counts at once, and so does her objection.
        well(db, KEY, pause()).await;
        let paused = scene.ask(&scene.citizen, &scene.caseworker, "paused", REASON).await;
        assert_eq!(paused.json()["arm"], Value::Null);
        assert_eq!(count(db, "trial_unblindings").await, 1);
    }
}

#[tokio::test]
async fn only_those_in_the_own_caseload_and_every_attempt_leaves_a_trace() {
    for database in both().await {
        let scene = Scene::open(database).await;
        let server = &scene.office.server;
        let db = &server.database.database;
        run(db, &protocol()).await;
        let mut refused = Vec::new();
        for id in ["SYN-FORMER", "SYN-GUEST", "SYN-STRANGER"] {
            let id = scene.office.public_id(id);
            refused.push(scene.ask(id, &scene.caseworker, "refused", REASON).await);
        }
        refused.push(scene.ask(&"0".repeat(32), &scene.caseworker, "refused", REASON).await);
        for answer in &refused {
            let said = |answer: &Answer| {
                let mut said = answer.json();
                said["request_id"] = Value::Null;
                (answer.status, said)
            };
            assert_eq!(said(answer), said(&refused[0]));
            assert_eq!(answer.status, StatusCode::NOT_FOUND);
        }
        for (role, status) in [
            ("citizen-full-time", StatusCode::FORBIDDEN),
            ("researcher", StatusCode::FORBIDDEN),
            ("administrator", StatusCode::FORBIDDEN),
            ("caseworker-job-centre", StatusCode::CREATED),
        ] {
            let cookie = server.sign_in(role).await;
            let answer = scene.ask(&scene.citizen, &cookie, role, REASON).await;
            assert_eq!(answer.status, status, "{role}");
        }
        assert_eq!(
            scene.ask(&scene.citizen, "", "x", REASON).await.status,
            StatusCode::UNAUTHORIZED
        );
        assert_eq!(count(db, "unblindings").await, 1);
        for reason in ["", " \n", &"x".repeat(901), "\u{7}", "Asta 018190 1234"] {
            let answer = scene.ask(&scene.citizen, &scene.caseworker, "x", reason).await;
            assert_eq!(answer.status, StatusCode::UNPROCESSABLE_ENTITY, "{reason}");
            assert_eq!(answer.json()["errors"][0]["pointer"], "/reason");
        }
        let longest = "å".repeat(900);
        let answer = scene.ask(&scene.citizen, &scene.caseworker, "long", &longest).await;
        assert_eq!(answer.status, StatusCode::CREATED);
        let path = format!("/api/v1/citizens/{}/unblinding", scene.citizen);
        let headers = [("cookie", scene.caseworker.as_str())];
        let keyless = server.post(&path, &headers, &json!({ "reason": REASON })).await;
        assert_eq!(keyless.status, StatusCode::UNPROCESSABLE_ENTITY);
        verify(db, None).await.expect("reads").expect("the chain holds");
    }
}

#[tokio::test]
async fn nothing_that_cannot_be_recorded_is_told() {
    let scene = Scene::open(sqlite().await).await;
    let database = &scene.office.server.database;
    run(&database.database, &protocol()).await;
    scene.boot().await;
    let record = sea_orm::Database::connect(format!("{}.access-log", database.url));
    let record = record.await.expect("connects");
    let gone = "ALTER TABLE access_log RENAME TO gone";
    let back = "ALTER TABLE gone RENAME TO access_log";
    let run = async |sql: &str| {
        sea_orm::ConnectionTrait::execute_unprepared(&record, sql).await.expect("runs");
    };
    run(gone).await;
    let untold = scene.ask(&scene.citizen, &scene.caseworker, "one", REASON).await;
    assert_eq!(untold.status, StatusCode::SERVICE_UNAVAILABLE);
    assert!(!untold.text().contains("presentation"), "{}", untold.text());
    assert_eq!(count(&database.database, "unblindings").await, 0, "nor is it stored");
    run(back).await;
    let told = scene.ask(&scene.citizen, &scene.caseworker, "one", REASON).await;
    assert!(told.json()["arm"].is_object(), "the same request goes through");
    assert_eq!(count(&database.database, "unblindings").await, 1);
}

#[tokio::test]
async fn a_withheld_trial_stays_withheld_from_her_until_it_ends() {
    for database in both().await {
        let scene = Scene::open(database).await;
        let db = &scene.office.server.database.database;
        run(db, &Protocol { disclosure: Disclosure::Withheld, ..protocol() }).await;
        scene.boot().await;
        let told = scene.ask(&scene.citizen, &scene.caseworker, "one", REASON).await;
        assert!(told.json()["arm"].is_object());
        let log = scene.get("/api/v1/me/access-log", &scene.hers).await.to_string();
        assert!(!log.contains(KEY) && !log.contains("trial"), "{log}");
        for is_over in [false, true] {
            if is_over {
                well(db, KEY, close()).await;
            }
            let data = scene.get("/api/v1/me/data", &scene.hers).await;
            let rows = |table: &str| data["tables"][table].as_array().expect("a table").len();
            assert_eq!(rows("unblindings"), 1, "that somebody looked is hers to know");
            assert_eq!(rows("trial_unblindings"), usize::from(is_over));
            let asked = data["tables"]["unblindings"].to_string();
            assert!(!asked.contains(KEY) && !asked.contains("presentation"), "{asked}");
        }
    }
}

#[tokio::test]
async fn a_researcher_sees_how_often_and_not_whom() {
    for database in both().await {
        let scene = Scene::open(database).await;
        let server = &scene.office.server;
        let db = &server.database.database;
        run(db, &protocol()).await;
        scene.boot().await;
        let researcher = server.sign_in("researcher").await;
        let watch = format!("/api/v1/trials/{KEY}/watch");
        assert_eq!(scene.get(&watch, &researcher).await["unblindings"], 0);
        for key in ["one", "two"] {
            scene.ask(&scene.citizen, &scene.caseworker, key, REASON).await;
        }
        // Her page is the ordinary one: no trial was told of.
        scene.ask(scene.office.public_id("SYN-OWN"), &scene.caseworker, "own", REASON).await;
        let watched = scene.get(&watch, &researcher).await;
        assert_eq!(watched["unblindings"], 2);
        let unit = query(db, "SELECT unit FROM trial_units").await[0].replace("unit=", "");
        for named in [unit.as_str(), REASON, scene.citizen.as_str()] {
            assert!(!watched.to_string().contains(named), "{named}");
        }
    }
}
