//! What researchers do through the API: from a draft to a told trial, watched and taken away.

use axum::body::Body;
use axum::http::StatusCode;
use jobnet_server::trials::enrol::{Assessed, enrol};
use jobnet_server::trials::{Serving, exposure, seed, store, unit};
use sea_orm::{ConnectionTrait, Statement};
use serde_json::{Value, json};

use crate::enrolment::facts;
use crate::exposures::shown;
use crate::support::database::both;
use crate::support::extracts::{day, keys, query};
use crate::support::server::{Answer, Serve, TestServer, request};
use crate::{FILE, KEY, now};

const TRIALS: &str = "/api/v1/trials";

fn draft(version: u32) -> Value {
    let protocol: Value = serde_json::from_str(FILE).expect("JSON");
    json!({"protocol": protocol, "version": version})
}

pub(crate) struct Researcher<'a> {
    pub(crate) server: &'a TestServer,
    pub(crate) cookie: String,
}

impl Researcher<'_> {
    pub(crate) async fn get(&self, part: &str) -> Answer {
        self.server.get(&format!("{TRIALS}{part}"), &[("cookie", &self.cookie)]).await
    }

    pub(crate) async fn post(&self, part: &str, body: &Value) -> Answer {
        self.server.post(&format!("{TRIALS}{part}"), &[("cookie", &self.cookie)], body).await
    }

    async fn put(&self, part: &str, body: &Value) -> Answer {
        let headers = [("cookie", self.cookie.as_str()), ("content-type", "application/json")];
        let path = format!("{TRIALS}{part}");
        self.server.send(request("PUT", &path, &headers, Body::from(body.to_string()))).await
    }

    async fn step(&self, step: Value) -> Answer {
        self.post(&format!("/{KEY}/steps"), &step).await
    }

    pub(crate) async fn well(&self, step: Value) -> Value {
        let answer = self.step(step).await;
        assert_eq!(answer.status, StatusCode::OK, "{}", answer.text());
        answer.json()
    }
}

fn pointer(answer: &Answer) -> String {
    assert_eq!(answer.status, StatusCode::UNPROCESSABLE_ENTITY, "{}", answer.text());
    answer.json()["errors"][0]["pointer"].as_str().expect("a pointer").to_owned()
}

#[tokio::test]
async fn a_trial_goes_from_a_draft_to_being_told_and_by_no_other_way() {
    for database in both().await {
        let server = TestServer::filled(database).await;
        let me = Researcher { server: &server, cookie: server.sign_in("researcher").await };
        assert_eq!(me.get("").await.json(), json!([]));
        let catalogue = me.get("/catalogue").await.json();
        assert!(catalogue["surfaces"]["account"]["presentation"].is_array(), "{catalogue}");

        let mut lacking = draft(0);
        lacking["protocol"]["statements"]["funding"] = json!("");
        let made = me.post("", &lacking).await;
        assert_eq!(made.status, StatusCode::CREATED, "{}", made.text());
        let made = made.json();
        assert_eq!(
            made["findings"],
            json!([{"field": "statements.funding", "problem": "missing"}])
        );
        assert_eq!(pointer(&me.post("", &draft(0)).await), "/protocol/key", "it is taken");
        assert_eq!(pointer(&me.step(json!({"step": "register"})).await), "/step");
        assert_eq!(pointer(&me.step(json!({"step": "start"})).await), "/step");

        let one = me.put(&format!("/{KEY}"), &draft(1)).await;
        assert_eq!((one.status, &one.json()["version"]), (StatusCode::OK, &json!(2)));
        assert_eq!(pointer(&me.put(&format!("/{KEY}"), &draft(1)).await), "/version");
        assert_eq!(pointer(&me.put("/another", &draft(2)).await), "/protocol/key");

        let locked = me.well(json!({"step": "register"})).await;
        assert_eq!(locked["state"], "registered");
        assert_eq!(locked["seed"], Value::Null, "it is not told yet");
        assert_eq!(locked["seal"]["protocol"].as_str().map(str::len), Some(64));
        assert_eq!(pointer(&me.put(&format!("/{KEY}"), &draft(3)).await), "/protocol");
        me.well(json!({"step": "start"})).await;
        assert_eq!(pointer(&me.step(json!({"step": "pause", "why": " "})).await), "/why");
        me.well(json!({"step": "pause", "why": "a fault"})).await;
        me.well(json!({"step": "resume"})).await;
        let amendment = json!({"change": {"type": "units", "units": 999}, "why": "more", "unblinding": "before"});
        me.well(json!({"step": "amend", "amendment": amendment})).await;
        for change in
            [json!({"type": "units", "units": 0}), json!({"type": "ends", "ends": "2026-10-31"})]
        {
            let amendment = json!({"change": change, "why": "more", "unblinding": "before"});
            let refused = me.step(json!({"step": "amend", "amendment": amendment})).await;
            assert_eq!(pointer(&refused), "/amendment/change");
        }
        assert_eq!(me.get("").await.json()[0]["planned"], 999);
        me.well(json!({"step": "close", "why": "enough"})).await;
        let found = json!({"da": "Ord er nok.", "en": "Words do."});
        let told = me.well(json!({"step": "report", "found": found})).await;
        assert_eq!(
            (&told["state"], told["entries"].as_array().map(Vec::len)),
            (&json!("reported"), Some(7))
        );
        assert_eq!(told["seed"].as_str().map(str::len), Some(64), "{}", told["seed"]);
        assert_eq!(pointer(&me.step(json!({"step": "start"})).await), "/step");
        assert_eq!(me.get("/nobody").await.status, StatusCode::NOT_FOUND);

        // The file that goes out is the one that came in.
        let file = me.get(&format!("/{KEY}/protocol.json")).await;
        assert_eq!(file.json(), serde_json::from_str::<Value>(FILE).expect("JSON"));
        let name = "attachment; filename=\"visualisation-2026.json\"";
        assert_eq!(file.header("content-disposition"), name);
    }
}

#[tokio::test]
async fn nobody_else_sees_a_trial_and_nothing_tells_the_next_arm() {
    for database in both().await {
        let server = TestServer::filled(database).await;
        let me = Researcher { server: &server, cookie: server.sign_in("researcher").await };
        me.post("", &draft(0)).await;
        for who in ["citizen-full-time", "caseworker"] {
            let other = Researcher { server: &server, cookie: server.sign_in(who).await };
            for part in ["", "/catalogue", "/visualisation-2026", "/visualisation-2026/watch"] {
                assert_eq!(other.get(part).await.status, StatusCode::FORBIDDEN, "{who} {part}");
            }
            assert_eq!(other.step(json!({"step": "register"})).await.status, StatusCode::FORBIDDEN);
        }
        me.well(json!({"step": "register"})).await;
        let database = server.database.database.read();
        let stored = store::load(database, "visualisation-2026").await.expect("a trial");
        let seed = seed::open(database, &keys(), stored.id).await.expect("a seed").reveal();
        for part in ["", "/visualisation-2026", "/visualisation-2026/watch"] {
            let answer = me.get(part).await;
            assert_eq!(answer.status, StatusCode::OK, "{part}");
            assert!(!answer.text().contains(&seed), "{part}: {}", answer.text());
        }
        let trial = me.get("/visualisation-2026").await.json();
        assert_eq!(trial["seed"], Value::Null);
        assert!(trial["seal"]["seed"].is_string(), "what it hashes to is told: {trial}");
    }
}

#[tokio::test]
async fn the_flow_counts_everyone_and_the_export_leaves_out_what_tells_the_next_lot() {
    for database in both().await {
        let server = TestServer::filled(database).await;
        let me = Researcher { server: &server, cookie: server.sign_in("researcher").await };
        me.post("", &draft(0)).await;
        me.well(json!({"step": "register"})).await;
        me.well(json!({"step": "start"})).await;
        let empty = me.get(&format!("/{KEY}/watch")).await.json();
        assert_eq!((&empty["assessed"], &empty["sample_ratio"]), (&json!(0), &Value::Null));

        let db = &server.database.database;
        let trial = Serving::default().now(db, &keys()).await.expect("answers")[0].clone();
        let mut presentations = Vec::new();
        for citizen in 0..50 {
            let scheme = if citizen < 40 { "dagpenge" } else { "social_assistance" };
            let known = facts(scheme, "Centre 1");
            let found = enrol(db, &trial, citizen, &known, day("2026-11-22"), now(), "b").await;
            if let Ok(Assessed::Enrolled(enrolled)) = found {
                let arm =
                    trial.protocol.arm(&enrolled.arm.parse().expect("a key")).expect("an arm");
                presentations.push(arm.settings.clone());
            }
        }
        assert_eq!(presentations.len(), 40);
        // Ten saw what their arm decides, one of them also something else; one more was never drawn.
        for (citizen, settings) in (0..10).zip(&presentations) {
            let mut word = shown();
            let setting = |name: &str| json!(settings[name]);
            word.presentation = serde_json::from_value(setting("presentation")).expect("known");
            word.framing = serde_json::from_value(setting("framing")).expect("known");
            exposure::store(db, trial.id, citizen, &word, now()).await.expect("stores");
        }
        let mut word = shown();
        word.surface = jobnet_api::arm::Surface::Hours;
        let own = &presentations[0]["presentation"];
        let other = if own == "words" { "timeline" } else { "words" };
        word.presentation = serde_json::from_value(json!(other)).expect("known");
        exposure::store(db, trial.id, 0, &word, now()).await.expect("stores");
        exposure::store(db, trial.id, 77, &shown(), now()).await.expect("stores");

        let sum = |watch: &Value, name: &str| -> u64 {
            let arms = watch["arms"].as_array().expect("arms");
            arms.iter().map(|arm| arm[name].as_u64().expect("a number")).sum()
        };
        let running = me.get(&format!("/{KEY}/watch")).await.json();
        assert_eq!(running["assessed"], 50);
        // The last block, of eight or sixteen, is held back; whoever was never drawn is not.
        let held_back = running["held_back"].as_u64().expect("a number");
        assert!((1..=16).contains(&held_back), "{running}");
        assert_eq!(sum(&running, "randomised") + held_back, 40);
        assert_eq!(running["exposed_unassigned"], 1);
        let rows = |answer: Answer| -> Vec<String> {
            assert_eq!(answer.status, StatusCode::OK, "{}", answer.text());
            answer.text().lines().map(str::to_owned).collect()
        };
        let file = |name: &str| format!("/{KEY}/export/{name}");
        let listed = rows(me.get(&file("assignments.csv")).await);
        assert_eq!(listed.len(), 41);
        assert_eq!(
            listed[0],
            "unit,cluster,arm,stratum,seq,block,position,algorithm,assigned_at,build"
        );
        assert!(listed[1..].iter().all(|row| row.contains(",/dagpenge,,,,blocks-1,2026-11-22,")));
        let without = listed.iter().filter(|row| row.contains(",,,/dagpenge,")).count();
        assert_eq!(without as u64, held_back, "the arm of the others stands there");

        me.well(json!({"step": "close", "why": "enough"})).await;
        let watch = me.get(&format!("/{KEY}/watch")).await.json();
        assert_eq!((&watch["assessed"], &watch["held_back"]), (&json!(50), &json!(0)));
        assert_eq!(watch["excluded"], json!({"unmet:scheme": 10}));
        let sum = |name: &str| sum(&watch, name);
        assert_eq!((sum("randomised"), sum("analysed")), (40, 40));
        assert_eq!((sum("exposed"), sum("unexposed"), sum("crossed_over")), (10, 30, 1));
        assert_eq!((sum("objected"), sum("forgotten")), (0, 0));
        assert_eq!(watch["exposed_unassigned"], 1);
        assert_eq!(watch["enrolment"], json!([{"day": "2026-11-22", "units": 40}]));
        assert_eq!(watch["sample_ratio"]["degrees_of_freedom"], 7);
        assert_eq!(watch["sample_ratio"]["alarm"], false);
        assert!(!watch.to_string().contains("job_centre"), "names are in no table");

        // Whoever is lost after the draw is counted where she was drawn, and analysed there.
        let arm_of = async |citizen: i32| -> usize {
            let sql = format!(
                "SELECT arm FROM trial_assignments JOIN trial_units USING (trial_id, unit) \
                 WHERE citizen_id = {citizen}"
            );
            let arm = query(db, &sql).await[0].replace("arm=", "");
            let place = trial.protocol.arms.iter().position(|one| one.key.as_str() == arm);
            place.expect("an arm")
        };
        let (no, gone) = (arm_of(3).await, arm_of(4).await);
        unit::object(db, trial.id, 3, now()).await.expect("stores");
        unit::object(db, trial.id, 45, now()).await.expect("stores, of one who is not in it");
        unit::forget(db, 4).await.expect("forgets");
        let lost = me.get(&format!("/{KEY}/watch")).await.json();
        for (place, arm) in lost["arms"].as_array().expect("arms").iter().enumerate() {
            let expected = (json!(u64::from(place == no)), json!(u64::from(place == gone)));
            assert_eq!((&arm["objected"], &arm["forgotten"]), (&expected.0, &expected.1));
            assert_eq!(arm["analysed"], watch["arms"][place]["analysed"]);
        }

        let closed = rows(me.get(&file("assignments.csv")).await);
        assert!(
            closed[1..].iter().all(|row| !row.contains(",,,,") && row.contains("T12:00:00.000Z"))
        );
        assert_eq!(rows(me.get(&file("exposures.csv")).await).len(), 13);
        let baseline = rows(me.get(&file("baseline.csv")).await);
        assert_eq!(baseline.len(), 40, "one is forgotten");
        let parquet = me.get(&file("assignments.parquet")).await;
        assert!(parquet.body.starts_with(b"PAR1") && parquet.body.ends_with(b"PAR1"));
        assert_eq!(me.get(&file("seeds.csv")).await.status, StatusCode::NOT_FOUND);

        let looks = looks(&server).await.join("|");
        let all = ["watch of the trial", "export assignments.csv of", "export baseline.csv of"];
        for look in all {
            assert!(looks.contains(look), "{looks}");
        }
    }
}

#[tokio::test]
async fn every_look_at_a_trial_is_in_the_record_and_without_it_nothing_is_shown() {
    for database in both().await {
        let server = TestServer::filled(database).await;
        let me = Researcher { server: &server, cookie: server.sign_in("researcher").await };
        me.post("", &draft(0)).await;
        let parts = [
            ("", "list of all trials"),
            ("/visualisation-2026", "look of the trial visualisation-2026"),
            ("/visualisation-2026/protocol.json", "protocol of the trial visualisation-2026"),
            ("/visualisation-2026/watch", "watch of the trial visualisation-2026"),
            ("/visualisation-2026/messages", "messages of the trial visualisation-2026"),
        ];
        for (part, _) in parts {
            assert_eq!(me.get(part).await.status, StatusCode::OK, "{part}");
        }
        assert_eq!(looks(&server).await, parts.map(|(_, look)| look));
        let pool = sea_orm::Database::connect(record_url(&server)).await.expect("connects");
        pool.execute_unprepared("ALTER TABLE access_log RENAME TO gone").await.expect("renames");
        for (part, _) in parts {
            let answer = me.get(part).await;
            assert_eq!(answer.status, StatusCode::SERVICE_UNAVAILABLE, "{part}");
            assert!(!answer.text().contains("Visning"), "{part}: {}", answer.text());
        }
    }
}

/// Where the record is. On SQLite it is a file of its own.
fn record_url(server: &TestServer) -> String {
    match server.database.kind {
        "sqlite" => format!("{}.access-log", server.database.url),
        _ => server.database.url.clone(),
    }
}

/// What was looked at, as the record has it.
pub(crate) async fn looks(server: &TestServer) -> Vec<String> {
    let pool = sea_orm::Database::connect(record_url(server)).await.expect("connects");
    let sql = "SELECT criterion FROM access_log WHERE category = 'trials' ORDER BY seq";
    let statement = Statement::from_string(pool.get_database_backend(), sql);
    let rows = pool.query_all_raw(statement).await.expect("reads");
    let text = |row: &sea_orm::QueryResult| row.try_get::<String>("", "criterion").expect("text");
    rows.iter().map(text).collect()
}
