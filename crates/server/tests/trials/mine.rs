//! What a citizen may know of the trials she is in, and take away.

use axum::body::Body;
use axum::http::StatusCode;
use jobnet_api::trial::Step;
use jobnet_server::trials::store;
use jobnet_trials::protocol::{Allocation, Disclosure, Protocol};
use jobnet_trials::randomise::{Blocks, Seed};
use serde_json::{Value, json};

use crate::exposures::shown;
use crate::support::database::{both, sqlite};
use crate::support::extracts::query;
use crate::support::server::{Answer, Serve, TestServer, request};
use crate::{KEY, close, count, pause, protocol, report, run, well};

const TRIALS: &str = "/api/v1/me/trials";
const REGISTER: &str = "/api/v1/trial-register";

async fn trials(server: &TestServer, cookie: &str) -> Vec<Value> {
    let answer = server.get(TRIALS, &[("cookie", cookie)]).await;
    assert_eq!(answer.status, StatusCode::OK, "{}", answer.text());
    assert_eq!(answer.header("cache-control"), "no-store");
    answer.json().as_array().expect("a list").clone()
}

async fn object(server: &TestServer, cookie: &str, key: &str) -> Answer {
    let path = format!("{TRIALS}/{key}/objection");
    server.send(request("PUT", &path, &[("cookie", cookie)], Body::empty())).await
}

#[tokio::test]
async fn she_is_told_of_a_trial_and_at_the_end_what_was_drawn_and_found() {
    for database in both().await {
        let server = TestServer::filled(database).await;
        let db = &server.database.database;
        run(db, &protocol()).await;
        let cookie = server.sign_in("citizen-full-time").await;
        assert_eq!(trials(&server, &cookie).await, [] as [Value; 0], "she is not in it yet");
        server.get("/api/v1/boot", &[("cookie", &cookie)]).await;
        let other = server.sign_in("citizen-social-assistance").await;
        server.get("/api/v1/boot", &[("cookie", &other)]).await;
        assert_eq!(trials(&server, &other).await, [] as [Value; 0], "she may not be in it");

        let list = trials(&server, &cookie).await;
        let public = serde_json::to_value(protocol().public).expect("JSON");
        let stored = store::load(db.read(), KEY).await.expect("a trial");
        let seal = stored.trial.seal().expect("it is registered");
        let proof = json!({
            "registered_at": "2026-11-22T12:00:00Z",
            "protocol": protocol().digest().expect("a hash"),
            "seed_hash": seal.seed,
            "seed": null,
            "algorithm": "blocks-1",
        });
        assert_eq!(
            list,
            [json!({
                "key": KEY,
                "public": public,
                "state": "running",
                "since": "2026-11-22T12:00:00Z",
                "ends": "2027-05-31",
                "closed_on": null,
                "objected_on": null,
                "arm": null,
                "found": null,
                "proof": proof,
            })]
        );
        well(db, KEY, pause()).await;
        assert_eq!(trials(&server, &cookie).await[0]["state"], "paused");
        well(db, KEY, close()).await;
        let closed = trials(&server, &cookie).await[0].clone();
        let arm = query(db, "SELECT arm FROM trial_assignments").await[0].replace("arm=", "");
        let arm = protocol().arm(&arm.parse().expect("a key")).expect("one of its arms").clone();
        assert_eq!(closed["arm"]["da"], arm.name.da);
        assert_eq!((&closed["closed_on"], &closed["found"]), (&json!("2026-11-22"), &Value::Null));
        well(db, KEY, report()).await;
        assert_eq!(trials(&server, &cookie).await[0]["found"]["da"], "Ord er nok.");
    }
}

#[tokio::test]
async fn she_can_prove_her_own_lot_from_what_everyone_is_told() {
    for database in both().await {
        let server = TestServer::filled(database).await;
        let db = &server.database.database;
        let register = async || server.get(REGISTER, &[]).await.json();
        store::save_draft(db, &protocol(), 0).await.expect("stores");
        assert_eq!(register().await, json!([]), "a draft is nobody's business");
        well(db, KEY, Step::Register {}).await;
        let before = register().await;
        assert_eq!((&before[0]["key"], &before[0]["state"]), (&json!(KEY), &json!("registered")));
        well(db, KEY, Step::Start {}).await;
        let cookie = server.sign_in("citizen-full-time").await;
        server.get("/api/v1/boot", &[("cookie", &cookie)]).await;
        let hers = async || {
            let data = server.get("/api/v1/me/data", &[("cookie", &cookie)]).await.json();
            data["tables"]["trial_assignments"][0].clone()
        };
        let running = hers().await;
        for place in ["seq", "block", "position"] {
            assert_eq!(running[place], Value::Null, "it would say something of the next lot");
        }
        for next in [pause(), close()] {
            let told = register().await;
            assert_eq!(told[0]["proof"], before[0]["proof"], "it never changes");
            let secret = (&told[0]["proof"]["seed"], &told[0]["protocol"], &told[0]["found"]);
            assert_eq!(secret, (&Value::Null, &Value::Null, &Value::Null));
            well(db, KEY, next).await;
        }
        well(db, KEY, report()).await;
        let told = register().await[0].clone();
        assert_eq!(trials(&server, &cookie).await[0]["proof"], told["proof"]);
        // The seed is the one that was committed to.
        let seed: Seed = told["proof"]["seed"].as_str().expect("a seed").parse().expect("a seed");
        assert_eq!(seed.commitment().to_string(), before[0]["proof"]["seed_hash"]);
        // With the protocol and her own row, which she can take away, it gives her arm.
        let protocol: Protocol =
            serde_json::from_value(told["protocol"].clone()).expect("a protocol");
        let digest = protocol.digest().expect("a hash").to_string();
        assert_eq!(digest, before[0]["proof"]["protocol"]);
        let row = hers().await;
        let number = |name: &str| -> usize {
            row[name].as_str().expect("a number").parse().expect("a number")
        };
        let weights: Vec<u32> = protocol.arms.iter().map(|arm| arm.weight.into()).collect();
        let stratum = row["stratum"].as_str().expect("a stratum");
        let Allocation::Blocks { multiples } = &protocol.allocation else { panic!("no list") };
        let blocks = Blocks::new(&seed, "unit", stratum, &weights, multiples).expect("lots");
        let block = blocks.block(u32::try_from(number("block")).expect("a number"));
        let arm = block[number("position")];
        assert_eq!(row["arm"], protocol.arms[arm].key.as_str());
    }
}

#[tokio::test]
async fn a_withheld_trial_is_nowhere_before_it_has_ended_and_everywhere_after() {
    for database in both().await {
        let server = TestServer::filled(database).await;
        let db = &server.database.database;
        run(db, &Protocol { disclosure: Disclosure::Withheld, ..protocol() }).await;
        let cookie = server.sign_in("citizen-full-time").await;
        let headers = [("cookie", cookie.as_str())];
        let boot = server.get("/api/v1/boot", &headers).await.json();
        assert!(boot["arm"].is_object());
        let exposure = serde_json::to_value(shown()).expect("JSON");
        let answer = server.post("/api/v1/me/exposures", &headers, &exposure).await;
        assert_eq!(answer.status, StatusCode::NO_CONTENT);
        let tables = ["units", "assignments", "baselines", "exposures", "openings"];
        for is_over in [false, true] {
            if is_over {
                well(db, KEY, close()).await;
            }
            assert_eq!(trials(&server, &cookie).await.len(), usize::from(is_over));
            let data = server.get("/api/v1/me/data", &headers).await.json();
            for table in tables {
                let table = format!("trial_{table}");
                let rows = data["tables"][&table].as_array().expect("a table").len();
                assert_eq!(rows, usize::from(is_over), "{table}");
                assert_eq!(count(db, &table).await, 1, "{table}");
            }
        }
        let data = server.get("/api/v1/me/data", &headers).await.json();
        let shown = &data["tables"]["trial_exposures"][0];
        assert_eq!((&shown["trial"], &shown["presentation"]), (&json!(KEY), &json!("timeline")));
        assert_eq!(shown["shown_at"], "2026-11-22T11:59:00+00:00");
        let lot = &data["tables"]["trial_assignments"][0];
        assert_eq!((&lot["seq"], &lot["stratum"]), (&json!("0"), &json!("/dagpenge")));
    }
}

#[tokio::test]
async fn she_objects_once_and_gets_the_ordinary_page_from_then_on() {
    for database in both().await {
        let server = TestServer::filled(database).await;
        let db = &server.database.database;
        run(db, &protocol()).await;
        let cookie = server.sign_in("citizen-full-time").await;
        let headers = [("cookie", cookie.as_str())];
        let early = object(&server, &cookie, KEY).await;
        assert_eq!(early.status, StatusCode::NOT_FOUND, "she is not in it yet");
        assert_eq!(count(db, "trial_units").await, 0, "asking makes no pseudonym");
        let boot = server.get("/api/v1/boot", &headers).await.json();
        assert!(boot["arm"].is_object());
        for _ in 0..2 {
            let answer = object(&server, &cookie, KEY).await;
            assert_eq!(answer.status, StatusCode::OK, "{}", answer.text());
            assert_eq!(answer.header("cache-control"), "no-store");
            let told = answer.json();
            assert_eq!((&told["key"], &told["objected_on"]), (&json!(KEY), &json!("2026-11-22")));
            assert_eq!(told, trials(&server, &cookie).await[0]);
        }
        assert_eq!(count(db, "trial_objections").await, 1);
        let boot = server.get("/api/v1/boot", &headers).await.json();
        assert_eq!(boot["arm"], Value::Null);
        let asked = server.get("/api/v1/me/understanding", &headers).await.json();
        assert_eq!(asked["questions"], json!([]), "she is asked nothing any more");
        assert_eq!(count(db, "trial_assignments").await, 1, "what was drawn stays");
        let data = server.get("/api/v1/me/data", &headers).await.json();
        let looks = data["tables"]["access_log"].as_array().expect("looks");
        assert!(looks.iter().filter(|look| look["category"] == "trials").count() >= 2);
    }
}

#[tokio::test]
async fn an_objection_tells_nothing_of_a_trial_that_is_withheld() {
    let server = TestServer::filled(sqlite().await).await;
    let db = &server.database.database;
    run(db, &Protocol { disclosure: Disclosure::Withheld, ..protocol() }).await;
    let cookie = server.sign_in("citizen-full-time").await;
    let headers = [("cookie", cookie.as_str())];
    server.get("/api/v1/boot", &headers).await;
    let mut answers = Vec::new();
    for key in [KEY, "no-such-trial"] {
        let answer = object(&server, &cookie, key).await;
        answers.push((answer.status, answer.json()["code"].clone()));
    }
    assert_eq!(answers[0], answers[1]);
    assert_eq!(answers[0].0, StatusCode::NOT_FOUND);
    assert_eq!(count(db, "trial_objections").await, 0);
}

#[tokio::test]
async fn nobody_else_reads_it_and_her_look_is_recorded() {
    let server = TestServer::filled(sqlite().await).await;
    for who in ["caseworker", "researcher", "administrator"] {
        let cookie = server.sign_in(who).await;
        let answer = server.get(TRIALS, &[("cookie", &cookie)]).await;
        assert_eq!(answer.status, StatusCode::FORBIDDEN, "{who}");
        let answer = object(&server, &cookie, KEY).await;
        assert_eq!(answer.status, StatusCode::FORBIDDEN, "{who}");
    }
    let cookie = server.sign_in("citizen-full-time").await;
    trials(&server, &cookie).await;
    let answer = server.get("/api/v1/me/data", &[("cookie", &cookie)]).await.json();
    let looks = answer["tables"]["access_log"].as_array().expect("looks");
    assert!(looks.iter().any(|look| look["category"] == "trials"));
}
