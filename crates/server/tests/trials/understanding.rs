//! Five questions about her own account: asked in a trial only, at most once a month, judged by the
//! rules, stored once, and told by unit when the trial is over.

use axum::http::StatusCode;
use chrono::TimeDelta;
use jobnet_server::trials::enrol::{Assessed, enrol};
use jobnet_server::trials::{Serving, store, unit};
use sea_orm::{ConnectionTrait, Statement};
use serde_json::{Value, json};

use crate::enrolment::facts;
use crate::ledger::sql;
use crate::support::database::{TestDatabase, both, sqlite};
use crate::support::extracts::{day, keys, query};
use crate::support::server::{Beside, START, Serve, TestServer};
use crate::{KEY, close, count, now, pause, protocol, report, run, well};

const UNDERSTANDING: &str = "/api/v1/me/understanding";

/// A server, and a citizen who is in a trial.
async fn in_a_trial(server: &TestServer) -> String {
    let cookie = server.sign_in("citizen-full-time").await;
    server.get("/api/v1/boot", &[("cookie", &cookie)]).await;
    cookie
}

async fn asked(server: &impl Serve, cookie: &str) -> Value {
    let answer = server.get(UNDERSTANDING, &[("cookie", cookie)]).await;
    assert_eq!(answer.status, StatusCode::OK, "{}", answer.text());
    assert_eq!(answer.header("cache-control"), "no-store");
    answer.json()["questions"].clone()
}

/// The first answer to every question, or that she does not know.
fn answers(questions: &Value, is_known: bool) -> Value {
    let answer = |asked: &Value| {
        let choice = if is_known { asked["choices"][0].clone() } else { Value::Null };
        json!({ "question": asked["question"], "choice": choice })
    };
    let questions = questions.as_array().expect("questions");
    json!({ "answers": questions.iter().map(answer).collect::<Vec<_>>() })
}

#[tokio::test]
async fn she_is_asked_in_a_trial_only_and_told_what_is_right_as_her_account_says() {
    for database in both().await {
        let server = TestServer::filled(database).await;
        let db = &server.database.database;
        let cookie = in_a_trial(&server).await;
        let headers = [("cookie", cookie.as_str())];
        assert_eq!(asked(&server, &cookie).await, json!([]), "no trial");
        let answer = server.post(UNDERSTANDING, &headers, &json!({ "answers": [] })).await;
        assert_eq!(answer.status, StatusCode::NOT_FOUND);
        run(db, &protocol()).await;
        assert_eq!(asked(&server, &cookie).await, json!([]), "asking enrols nobody");
        assert_eq!(count(db, "trial_units").await, 0);

        in_a_trial(&server).await;
        let questions = asked(&server, &cookie).await;
        assert_eq!(questions.as_array().expect("questions").len(), 5);
        let answer = server.post(UNDERSTANDING, &headers, &answers(&questions, true)).await;
        assert_eq!(answer.status, StatusCode::OK, "{}", answer.text());
        let judged = answer.json();
        let account = server.get("/api/v1/me/account", &headers).await.json()["account"].clone();
        for judged in judged["answers"].as_array().expect("answers") {
            assert_eq!(judged["is_right"], json!(judged["choice"] == judged["right"]), "{judged}");
        }
        // What the page shows as figures is what is right.
        let hours = |value: &Value| value.as_f64().expect("hours");
        let right = |place: usize| judged["answers"][place]["right"].as_str().expect("a choice");
        let bound = |right: &str| right.strip_prefix("at_most_").map(|most| most.parse::<f64>());
        for (place, figure) in [
            (0, &account["period"]["remaining_hours"]),
            (2, &account["requalification"]["missing_hours"]),
            (4, &account["account"]["extension_hours_available"]),
        ] {
            let figure = hours(figure);
            match bound(right(place)) {
                Some(most) => assert!(figure > 0.0 && figure <= most.expect("a bound")),
                None if right(place) == "none" => assert!(figure == 0.0),
                None => assert!(figure > 1_000.0, "{figure}"),
            }
        }
        assert_eq!(right(3), account["karens"]["state"]);

        let data = server.get("/api/v1/me/data", &headers).await.json();
        let rows = data["tables"]["understanding_answers"].as_array().expect("rows");
        assert_eq!(rows.len(), 5, "it is in what she can take away");
        assert_eq!(data["tables"]["understanding_checks"][0]["is_skipped"], "false");
        assert_eq!(asked(&server, &cookie).await, json!([]), "not again this month");

        let id = query(db, "SELECT citizen_id FROM understanding_checks").await;
        let id = id[0].replace("citizen_id=", "").parse().expect("a number");
        unit::forget(db, id).await.expect("forgets");
        assert_eq!(count(db, "understanding_answers").await, 0);
        assert_eq!(count(db, "understanding_checks").await, 0);
    }
}

#[tokio::test]
async fn sent_again_it_is_stored_once_and_other_answers_wait_a_month() {
    for database in both().await {
        let server = TestServer::filled(database).await;
        let db = server.database.database.clone();
        run(&db, &protocol()).await;
        let cookie = in_a_trial(&server).await;
        let headers = [("cookie", cookie.as_str())];
        let questions = asked(&server, &cookie).await;
        let (said, other) = (answers(&questions, false), answers(&questions, true));
        let (one, two) = (server.router(), server.beside());
        let mut requests = tokio::task::JoinSet::new();
        for number in 0..8 {
            let server = Beside(if number % 2 == 0 { one.clone() } else { two.router() });
            let (cookie, said) = (cookie.clone(), said.clone());
            requests.spawn(async move {
                let answer = server.post(UNDERSTANDING, &[("cookie", &cookie)], &said).await;
                (answer.status, answer.text().to_owned())
            });
        }
        let found = requests.join_all().await;
        assert!(found.iter().all(|each| *each == found[0]), "{found:?}");
        assert_eq!(found[0].0, StatusCode::OK, "{}", found[0].1);
        let conflict = server.post(UNDERSTANDING, &headers, &other).await;
        assert_eq!(conflict.status, StatusCode::CONFLICT);
        let sql = "SELECT COUNT(*) AS n FROM understanding_answers WHERE choice IS NULL";
        assert_eq!(query(&db, sql).await, ["n=5"]);
        assert_eq!(count(&db, "understanding_checks").await, 1);
    }
}

#[tokio::test]
async fn skipping_counts_as_being_asked_and_a_pause_asks_nobody() {
    for database in both().await {
        let server = TestServer::filled(database).await;
        let db = &server.database.database;
        run(db, &protocol()).await;
        let cookie = in_a_trial(&server).await;
        let skipped = json!({ "answers": [] });
        let answer = server.post(UNDERSTANDING, &[("cookie", &cookie)], &skipped).await;
        assert_eq!((answer.status, answer.json()), (StatusCode::OK, skipped));
        assert_eq!(asked(&server, &cookie).await, json!([]));
        let sql = "SELECT asked_on FROM understanding_checks";
        assert_eq!(query(db, sql).await, ["asked_on=2026-11-22"]);
        // As if it had been a month ago.
        let sql = "UPDATE understanding_checks SET asked_on = '2026-10-22'";
        let back = Statement::from_string(db.read().get_database_backend(), sql);
        db.read().execute_raw(back).await.expect("writes");
        assert_eq!(asked(&server, &cookie).await.as_array().map(Vec::len), Some(5));
        well(db, KEY, pause()).await;
        assert_eq!(asked(&server, &cookie).await, json!([]));
    }
}

#[tokio::test]
async fn what_is_no_answer_is_refused_and_not_stored() {
    let server = TestServer::filled(sqlite().await).await;
    let db = &server.database.database;
    run(db, &protocol()).await;
    let cookie = in_a_trial(&server).await;
    let headers = [("cookie", cookie.as_str())];
    let questions = asked(&server, &cookie).await;
    let mut of_another = answers(&questions, true);
    of_another["answers"][0]["choice"] = json!("open");
    let mut few = answers(&questions, true);
    few["answers"].as_array_mut().expect("answers").pop();
    for body in [of_another, few] {
        let answer = server.post(UNDERSTANDING, &headers, &body).await;
        assert_eq!(answer.status, StatusCode::UNPROCESSABLE_ENTITY, "{body}");
        assert_eq!(answer.json()["errors"][0]["pointer"], "/answers");
    }
    let unknown = json!({ "answers": [{ "question": "shoe_size", "choice": null }] });
    let answer = server.post(UNDERSTANDING, &headers, &unknown).await;
    assert_eq!(answer.status, StatusCode::BAD_REQUEST);
    assert_eq!(count(db, "understanding_checks").await, 0);
}

/// A check as it is stored: so many seconds after the lot, and which answers were right; none: skipped.
async fn answered(test: &TestDatabase, citizen: i32, day: &str, after: i64, right: &[bool]) {
    let at = START + after;
    let check = format!(
        "INSERT INTO understanding_checks (citizen_id, asked_on, answered_at, is_skipped) \
         VALUES ({citizen}, '{day}', {at}, {})",
        right.is_empty()
    );
    sql(test, &check).await.expect("inserts");
    for (number, is_right) in right.iter().enumerate() {
        let answer = format!(
            "INSERT INTO understanding_answers \
             (citizen_id, asked_on, question, choice, right_choice, is_right) \
             VALUES ({citizen}, '{day}', 'q{number}', NULL, 'none', {is_right})"
        );
        sql(test, &answer).await.expect("inserts");
    }
}

#[tokio::test]
async fn what_was_answered_is_told_by_unit_when_the_trial_is_over_and_never_before() {
    for database in both().await {
        let server = TestServer::filled(database).await;
        let (test, db) = (&server.database, &server.database.database);
        run(db, &protocol()).await;
        let trials = Serving::default().now(db, &keys()).await.expect("answers");
        let mut units = Vec::new();
        for citizen in 1..=4 {
            let known = facts("dagpenge", "Centre 1");
            let found = enrol(db, &trials[0], citizen, &known, day("2026-11-22"), now(), "b").await;
            let Ok(Assessed::Enrolled(enrolled)) = found else { panic!("{found:?}") };
            units.push(enrolled.unit);
        }
        // The first answers twice, once with three right; the second skips; the third answered before her
        // lot and after the end; the fourth is forgotten; the fifth is in no trial.
        answered(test, 1, "2026-11-22", 0, &[true, false, true, true, false]).await;
        answered(test, 1, "2026-12-22", 30 * 86_400, &[true; 5]).await;
        answered(test, 2, "2026-11-23", 86_400, &[]).await;
        answered(test, 3, "2026-10-01", -1, &[true; 5]).await;
        answered(test, 3, "2027-03-01", 100 * 86_400, &[true; 5]).await;
        answered(test, 4, "2026-11-23", 86_400, &[true; 5]).await;
        answered(test, 5, "2026-11-23", 86_400, &[true; 5]).await;
        unit::forget(db, 4).await.expect("forgets");
        answered(test, 4, "2026-11-24", 86_400, &[true; 5]).await;

        let cookie = server.sign_in("researcher").await;
        let headers = [("cookie", cookie.as_str())];
        let path = |format: &str| format!("/api/v1/trials/{KEY}/export/understanding.{format}");
        let refused = async || {
            for format in ["csv", "parquet"] {
                let answer = server.get(&path(format), &headers).await;
                assert_eq!(answer.status, StatusCode::UNPROCESSABLE_ENTITY, "{}", answer.text());
                assert_eq!(answer.json()["errors"][0]["pointer"], "/file");
                assert!(!units.iter().any(|unit| answer.text().contains(unit.as_str())));
            }
        };
        refused().await;
        well(db, KEY, pause()).await;
        refused().await;
        let ended = now() + TimeDelta::days(60);
        let later = async |step| {
            store::take(db, &keys(), KEY, step, "system", ended).await.expect("the step is taken");
        };
        later(close()).await;

        let mut expected = vec![
            format!("{},2026-11-22,2026-11-22T12:00:00Z,no,5,3", units[0]),
            format!("{},2026-12-22,2026-12-22T12:00:00Z,no,5,5", units[0]),
            format!("{},2026-11-23,2026-11-23T12:00:00Z,yes,,", units[1]),
        ];
        expected.sort();
        expected.insert(0, "unit,asked_on,answered_at,skipped,questions,right".to_owned());
        for is_reported in [false, true] {
            if is_reported {
                later(report()).await;
            }
            let answer = server.get(&path("csv"), &headers).await;
            assert_eq!(answer.status, StatusCode::OK, "{}", answer.text());
            assert_eq!(answer.text().lines().collect::<Vec<_>>(), expected);
            let parquet = server.get(&path("parquet"), &headers).await;
            assert!(parquet.body.starts_with(b"PAR1") && parquet.body.ends_with(b"PAR1"));
        }
    }
}
