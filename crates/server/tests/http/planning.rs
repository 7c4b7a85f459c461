//! Planning of trials, as the researcher's page asks for it.

use axum::http::StatusCode;
use serde_json::{Value, json};

use crate::support::database::sqlite;
use crate::support::server::{Serve, TestServer};

const PLAN: &str = "/api/v1/trials/plan";

#[tokio::test]
async fn a_plan_has_its_size_and_a_curve_through_it() {
    let server = TestServer::filled(sqlite().await).await;
    let cookie = server.sign_in("researcher").await;
    let question = json!({
        "outcome": { "type": "proportion", "baseline": 0.1 },
        "groups": { "treated": 1, "control": 1 },
        "alpha": 0.05,
        "find": { "seek": "units", "power": 0.8, "effect": 0.02 },
    });
    let answer = server.post(PLAN, &[("cookie", &cookie)], &question).await;
    assert_eq!(answer.status, StatusCode::OK, "{}", answer.text());
    let plan = answer.json();
    assert_eq!(plan["units"], json!({"treated": 3839, "control": 3839, "others": 0, "all": 7678}));
    assert_eq!((&plan["clusters"], &plan["events"]), (&Value::Null, &Value::Null));
    let curve = plan["curve"].as_array().expect("points");
    let at = curve.iter().find(|point| point["units"] == 7678).expect("the plan's own point");
    assert!(at["power"].as_f64().is_some_and(|power| (0.8..0.801).contains(&power)), "{at}");
}

#[tokio::test]
async fn what_cannot_be_planned_names_its_fields_in_the_language_asked_for() {
    let server = TestServer::filled(sqlite().await).await;
    let cookie = server.sign_in("researcher").await;
    let question = json!({
        "outcome": { "type": "time_to_event", "baseline": 0 },
        "groups": { "treated": 1, "control": 1 },
        "alpha": 0.05,
        "find": { "seek": "power", "units": 2000, "effect": 1 },
    });
    for (language, expected) in [
        ("da", ["Skriv et tal fra 0,001 til 0,999.", "Det er ingen effekt."]),
        ("en", ["Give a number from 0.001 to 0.999.", "This is no effect."]),
    ] {
        let headers = [("cookie", cookie.as_str()), ("accept-language", language)];
        let answer = server.post(PLAN, &headers, &question).await;
        assert_eq!(answer.status, StatusCode::UNPROCESSABLE_ENTITY);
        let problem = answer.json();
        let errors = problem["errors"].as_array().expect("errors");
        let pointers: Vec<_> = errors.iter().map(|error| &error["pointer"]).collect();
        assert_eq!(pointers, ["/outcome/baseline", "/find/effect"]);
        for (error, sentence) in errors.iter().zip(expected) {
            let detail = error["detail"].as_str().expect("a sentence");
            assert!(detail.starts_with(sentence), "{detail}");
        }
    }
    let unknown = json!({ "outcome": { "type": "mean" }, "hobby": 1 });
    let answer = server.post(PLAN, &[("cookie", &cookie)], &unknown).await;
    assert_eq!(answer.status, StatusCode::BAD_REQUEST);
}
