//! The models, for everyone.

use axum::http::StatusCode;
use jobnet_api::models::Watched;
use jobnet_profiling::model::Model;
use jobnet_profiling::{shipped, synthetic};
use jobnet_server::{model_watch, secret};
use sea_orm::{ConnectionTrait, Statement};
use serde_json::{Value, json};

use crate::support::database::{both, sqlite};
use crate::support::extracts::{day, query};
use crate::support::server::{Serve, TestServer};

const MODELS: &str = "/api/v1/models";

/// What anyone is told of them.
pub(crate) async fn models(server: &impl Serve) -> Value {
    server.get(MODELS, &[]).await.json()
}

#[tokio::test]
async fn anyone_reads_the_models_and_is_told_when_nothing_has_changed() {
    let server = TestServer::filled(sqlite().await).await;
    let answer = server.get(MODELS, &[]).await;
    assert_eq!(answer.status, StatusCode::OK);
    assert_eq!(answer.header("content-type"), "application/json");
    assert_eq!(answer.header("cache-control"), "public, no-cache");
    let told = answer.json();
    assert_eq!(told["default"], shipped::DEFAULT);
    assert!(told["legal_basis"]["text"]["da"].as_str().is_some_and(|text| text.contains("opdigt")));
    let published = told["models"].as_array().expect("models");
    assert_eq!(published.len(), shipped::FILES.len());
    for (published, file) in published.iter().zip(shipped::FILES) {
        assert_eq!(published["digest"], secret::hash(file), "SHA-256 of the file");
        let model: Model = serde_json::from_value(published["model"].clone()).expect("a model");
        assert_eq!(model, Model::read(file).expect("a model"), "as it stands in its file");
    }
    let tag = answer.header("etag").to_owned();
    for known in [tag.clone(), format!("\"x\", W/{tag}")] {
        let again = server.get(MODELS, &[("if-none-match", &known)]).await;
        assert_eq!((again.status, again.text()), (StatusCode::NOT_MODIFIED, ""));
        assert_eq!(again.header("etag"), tag);
    }
    let other = server.get(MODELS, &[("if-none-match", "\"x\"")]).await;
    assert_eq!(other.status, StatusCode::OK);
}

#[tokio::test]
async fn the_newest_look_at_what_came_of_its_estimates_stands_with_a_model() {
    for database in both().await {
        let server = TestServer::filled(database).await;
        let db = &server.database.database;
        let sealed = shipped::model(shipped::DEFAULT).expect("a model");
        let mut people = synthetic::people(20_000, 11);
        let at = server.app.clock().now();
        let watched = |people: &[_], to| {
            let (drift, no_profile) = model_watch::compare(sealed, people).expect("shares");
            Watched { from: day("2026-01-01"), to: day(to), at, no_profile, drift }
        };
        // Made-up people like those it was made from; then so that more stay unemployed than it says.
        let same = watched(&people, "2026-03-31");
        model_watch::store(db, sealed, &same).await.expect("stores");
        for person in people.iter_mut().step_by(20) {
            person.came_true = true;
        }
        let nobody = people.last_mut().expect("someone");
        nobody.facts.age = None;
        let other = watched(&people, "2026-04-30");
        model_watch::store(db, sealed, &other).await.expect("stores");
        assert_eq!((same.no_profile, other.no_profile), (0, 1));
        let told = models(&server).await;
        for published in told["models"].as_array().expect("models") {
            if published["digest"] == sealed.digest.as_str() {
                let mut told = published["watched"].clone();
                let mut drift = told["drift"].take();
                assert_eq!(
                    told,
                    json!({
                        "from": "2026-01-01", "to": "2026-04-30", "at": "2026-11-22T12:00:00Z",
                        "no_profile": 1, "drift": null,
                    })
                );
                assert_eq!(drift["verdict"].take(), "stale");
                assert_eq!(drift["deviations"][0], "too_low", "{drift}");
                assert_eq!(drift["events"], json!(other.drift.events));
            } else {
                assert_eq!(published["watched"], Value::Null);
            }
        }
        assert_eq!(json!(same.drift.verdict), "current");
        for sql in ["UPDATE model_watches SET drift = '{}'", "DELETE FROM model_watches"] {
            let forged = Statement::from_string(db.read().get_database_backend(), sql);
            assert!(db.read().execute_raw(forged).await.is_err(), "{sql}");
        }
        let tree = shipped::model("tree-reconstruction").expect("a model");
        assert!(model_watch::compare(tree, &people).is_err(), "it gives no share");
    }
}

#[tokio::test]
async fn neither_too_few_people_nor_an_older_period_lift_what_a_newer_one_said() {
    let server = TestServer::filled(sqlite().await).await;
    let db = &server.database.database;
    let sealed = shipped::model(shipped::DEFAULT).expect("a model");
    let well = synthetic::people(20_000, 11);
    let mut worse = well.clone();
    for person in worse.iter_mut().step_by(20) {
        person.came_true = true;
    }
    let at = server.app.clock().now();
    for (people, to, told) in [
        (&well[..50], "2026-01-31", ("too_few", "2026-01-31")),
        (&worse[..], "2026-04-30", ("stale", "2026-04-30")),
        (&well[..50], "2026-07-31", ("stale", "2026-04-30")),
        // An older period, looked at later.
        (&well[..], "2026-03-31", ("stale", "2026-04-30")),
        // The same period with a table put right, then a newer one.
        (&well[..], "2026-04-30", ("current", "2026-04-30")),
        (&worse[..], "2026-08-31", ("stale", "2026-08-31")),
    ] {
        let (drift, no_profile) = model_watch::compare(sealed, people).expect("shares");
        let looked = Watched { from: day("2026-01-01"), to: day(to), at, no_profile, drift };
        model_watch::store(db, sealed, &looked).await.expect("stores");
        let models = models(&server).await;
        let published = models["models"].as_array().expect("models");
        let of_it = published.iter().find(|one| one["digest"] == sealed.digest.as_str());
        let watched = &of_it.expect("the model")["watched"];
        let now = (&watched["drift"]["verdict"], &watched["to"]);
        assert_eq!(now, (&json!(told.0), &json!(told.1)), "after the look at {to}");
    }
}

/// Also where an earlier version has kept them.
#[tokio::test]
async fn of_one_person_the_public_is_not_told_what_she_was_told_nor_what_came_of_her() {
    for database in both().await {
        let server = TestServer::filled(database).await;
        let db = &server.database.database;
        let sealed = shipped::model(shipped::DEFAULT).expect("a model");
        let people = synthetic::people(1, 11);
        let (drift, no_profile) = model_watch::compare(sealed, &people).expect("shares");
        assert!(drift.expected.is_some() && drift.tenths.len() == 1, "it is known here");
        let at = server.app.clock().now();
        let known = json!(drift).to_string();
        let (from, to) = (day("2026-01-01"), day("2026-03-31"));
        let looked = Watched { from, to, at, no_profile, drift };
        model_watch::store(db, sealed, &looked).await.expect("stores");
        let stored = query(db, "SELECT drift FROM model_watches").await;
        assert!(stored.iter().all(|row| row.contains("\"expected\":null")), "{stored:?}");
        let blank = json!({
            "verdict": "too_few", "deviations": [], "people": 1, "events": null,
            "expected": null, "observed": null, "in_the_large": null, "slope": null, "auc": null,
            "tenths": [], "fit": null,
        });
        let earlier = format!(
            "INSERT INTO model_watches \
               (model, digest, from_day, to_day, watched_at, no_profile, drift) \
             VALUES ('{}', '{}', '2026-01-01', '2026-04-30', 1790000000, 0, '{known}')",
            sealed.model.key, sealed.digest,
        );
        for to in ["2026-03-31", "2026-04-30"] {
            let told = models(&server).await;
            let published = told["models"].as_array().expect("models");
            let of_it = published.iter().find(|one| one["digest"] == sealed.digest.as_str());
            let watched = &of_it.expect("the model")["watched"];
            assert_eq!((&watched["to"], &watched["drift"]), (&json!(to), &blank));
            let transaction = db.begin_write().await.expect("begins");
            transaction.execute_unprepared(&earlier).await.expect("stores");
            transaction.commit().await.expect("commits");
        }
    }
}
