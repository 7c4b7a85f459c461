//! What is not understood is refused, in bodies and in addresses.

use std::collections::BTreeSet;

use axum::body::Body;
use axum::http::StatusCode;
use jobnet_api::preview::PreviewAsked;
use jobnet_api::trial::Draft;
use jobnet_api::trials::planning::Question;
use jobnet_api::trials::protocol::{Allocation, Condition, Design};
use jobnet_server::handlers;
use serde_json::{Map, Value, json};

use crate::support::database::sqlite;
use crate::support::server::{Serve, TestServer, request};

/// Bodies that may hold what we do not know, and why.
const OPEN: [(&str, &str); 3] = [
    // OFREP 0.3: the evaluation context holds whatever a client knows of its user.
    ("/ofrep/v1/evaluate/flags", "post"),
    ("/ofrep/v1/evaluate/flags/{key}", "post"),
    // OpenID Connect Back-Channel Logout 1.0, 2.5: other parameters may be there and are ignored.
    ("/auth/backchannel-logout", "post"),
];

/// Where in a schema an object may have fields that nobody named.
fn open_objects(document: &Value, schema: &Value, at: &str, found: &mut BTreeSet<String>) {
    if let Some(pointer) = schema["$ref"].as_str() {
        // Each named schema once: some hold themselves.
        let name = pointer.rsplit('/').next().unwrap_or_default();
        if at.split(' ').any(|part| part == name) {
            return;
        }
        let pointer = pointer.strip_prefix('#').expect("of this document");
        let schema = document.pointer(pointer).expect("a schema");
        return open_objects(document, schema, &format!("{at} {name}"), found);
    }
    let fields = schema["properties"].as_object().cloned().unwrap_or_default();
    let is_closed = schema["additionalProperties"] == json!(false);
    // A map by key: its values are looked into below.
    let is_map = fields.is_empty() && schema["additionalProperties"].is_object();
    let is_object = schema["type"] == "object"
        || schema["type"].as_array().is_some_and(|kinds| kinds.contains(&json!("object")));
    if (is_object || !fields.is_empty()) && !is_closed && !is_map {
        found.insert(at.to_owned());
    }
    for (name, field) in &fields {
        open_objects(document, field, &format!("{at} .{name}"), found);
    }
    for name in ["oneOf", "anyOf", "allOf", "prefixItems"] {
        for (number, part) in schema[name].as_array().into_iter().flatten().enumerate() {
            // Of the forms beside a tag the description does not say that they are closed: the test
            // below tries them.
            let mut part = part.clone();
            let has_tag = part["properties"]
                .as_object()
                .is_some_and(|fields| fields.values().any(|field| field["enum"].is_array()));
            if name == "oneOf" && has_tag {
                part["additionalProperties"] = json!(false);
            }
            open_objects(document, &part, &format!("{at} {name}{number}"), found);
        }
    }
    for name in ["items", "additionalProperties", "propertyNames"] {
        if schema[name].is_object() {
            open_objects(document, &schema[name], &format!("{at} {name}"), found);
        }
    }
}

#[test]
fn no_body_may_hold_a_field_that_is_not_described() {
    let document: Value = serde_json::to_value(handlers::document()).expect("JSON");
    let (mut bodies, mut open) = (0, BTreeSet::new());
    for (path, operations) in document["paths"].as_object().expect("paths") {
        for (method, operation) in operations.as_object().expect("operations") {
            let content = operation["requestBody"]["content"].as_object();
            for (kind, body) in content.unwrap_or(&Map::new()) {
                if OPEN.contains(&(path.as_str(), method.as_str())) {
                    continue;
                }
                assert_eq!(kind, "application/json", "{method} {path}");
                bodies += 1;
                open_objects(&document, &body["schema"], &format!("{method} {path}"), &mut open);
            }
        }
    }
    assert!(bodies >= 19, "{bodies}");
    // Its description serves a bigger answer, too; that the server refuses more is tried below.
    open.retain(|at| !at.ends_with(" ChecklistMark"));
    assert_eq!(open, BTreeSet::new());
}

/// What the description does not say.
#[tokio::test]
async fn a_field_beside_a_tag_is_refused_too() {
    let server = TestServer::filled(sqlite().await).await;
    let cookie = server.sign_in("citizen-full-time").await;
    let post = async |shown: Value| {
        let body = json!({
            "trial": "none", "shown": shown, "text_ids": [], "drawing": null, "build": "x",
            "viewport": "wide", "shown_at": "2026-11-22T12:00:00Z",
        });
        server.post("/api/v1/me/profile/exposures", &[("cookie", &cookie)], &body).await.status
    };
    for (shown, more) in [
        (json!({"surface": "profile", "presentation": "number"}), "arm"),
        (json!({"surface": "receipt", "text": "plain"}), "presentation"),
        (json!({"surface": "checklist"}), "text"),
    ] {
        let usual = post(shown.clone()).await;
        assert_ne!(usual, StatusCode::BAD_REQUEST, "{shown}");
        let mut strange = shown.clone();
        strange[more] = json!("x");
        assert_eq!(post(strange).await, StatusCode::BAD_REQUEST, "{shown}");
    }
    let say = async |mark: Value| {
        let body = json!({"mark": mark, "made_at": "2026-11-22T12:00:00Z"});
        server.put("/api/v1/me/checklist/items/cv", &[("cookie", &cookie)], &body).await.status
    };
    assert_eq!(say(json!({"state": {"type": "done"}})).await, StatusCode::OK);
    for strange in [
        json!({"state": {"type": "done"}, "made_at": "2026-11-22T12:00:00Z"}),
        json!({"state": {"type": "done", "reason": "other"}}),
    ] {
        assert_eq!(say(strange.clone()).await, StatusCode::BAD_REQUEST, "{strange}");
    }
    let researcher = server.sign_in("researcher").await;
    let step = json!({"step": "register", "why": "x"});
    let taken = server.post("/api/v1/trials/none/steps", &[("cookie", &researcher)], &step).await;
    assert_eq!(taken.status, StatusCode::BAD_REQUEST);
}

/// The objects in a body, as JSON pointers; but for those that are maps.
fn objects(value: &Value, at: &str, found: &mut Vec<String>) {
    const MAPS: [&str; 1] = ["/settings"];
    match value {
        Value::Object(fields) => {
            if !MAPS.iter().any(|map| at.ends_with(map)) {
                found.push(at.to_owned());
            }
            for (name, field) in fields {
                objects(field, &format!("{at}/{name}"), found);
            }
        }
        Value::Array(items) => {
            for (place, item) in items.iter().enumerate() {
                objects(item, &format!("{at}/{place}"), found);
            }
        }
        _ => {}
    }
}

/// In whichever object of a body a field more stands, it is refused. How many objects there are.
fn one_more_is_refused<T: serde::de::DeserializeOwned>(body: &Value) -> usize {
    let read = |body: Value| serde_json::from_value::<T>(body).map(|_| ());
    read(body.clone()).expect("a body");
    let mut found = Vec::new();
    objects(body, "", &mut found);
    for at in &found {
        let mut strange = body.clone();
        strange.pointer_mut(at).expect("an object")["hobby"] = json!(1);
        assert!(read(strange).is_err(), "{at} of {body}");
    }
    found.len()
}

/// The forms beside a tag, of which the description does not say that they are closed.
#[test]
fn a_field_more_is_refused_wherever_it_stands() {
    let mut count = 0;
    let folder = concat!(env!("CARGO_MANIFEST_DIR"), "/trials");
    for entry in std::fs::read_dir(folder).expect("a folder") {
        let text = std::fs::read(entry.expect("an entry").path()).expect("reads");
        let protocol: Value = serde_json::from_slice(&text).expect("JSON");
        count += one_more_is_refused::<Draft>(&json!({"protocol": protocol, "version": 0}));
    }
    assert!(count > 150, "{count}");
    for condition in [
        json!({"is": "between", "fact": "sick_days", "least": 1}),
        json!({"is": "one_of", "fact": "scheme", "values": ["dagpenge"]}),
    ] {
        one_more_is_refused::<Condition>(&condition);
    }
    for design in [
        json!({"type": "parallel"}),
        json!({"type": "saturation", "within": "region", "shares": []}),
    ] {
        one_more_is_refused::<Design>(&design);
    }
    for allocation in [json!({"type": "keyed"}), json!({"type": "blocks", "multiples": [1, 2]})] {
        one_more_is_refused::<Allocation>(&allocation);
    }
    for of in [
        json!({"surface": "account"}),
        json!({"surface": "profile", "presentation": "number"}),
        json!({"surface": "receipt", "text": "plain"}),
        json!({"surface": "checklist"}),
        json!({"surface": "no_checklist"}),
        json!({"surface": "generic_notice"}),
    ] {
        one_more_is_refused::<PreviewAsked>(&json!({
            "presentation": "words", "framing": "earned", "situation": "ordinary", "hours": 1, "of": of,
        }));
    }
    for find in [
        json!({"seek": "units", "power": 0.8, "effect": 0.02}),
        json!({"seek": "power", "units": 2000, "effect": 1}),
    ] {
        for outcome in [
            json!({"type": "proportion", "baseline": 0.1}),
            json!({"type": "time_to_event", "baseline": 0.1}),
        ] {
            one_more_is_refused::<Question>(&json!({
                "outcome": outcome, "groups": {"treated": 1, "control": 1}, "alpha": 0.05, "find": find,
            }));
        }
    }
}

#[tokio::test]
async fn a_parameter_that_a_route_does_not_know_is_refused_and_a_body_it_does_not_read_is_not() {
    let server = TestServer::filled(sqlite().await).await;
    let cookie = server.sign_in("citizen-full-time").await;
    let headers = [("cookie", cookie.as_str())];
    for path in [
        "/api/v1/boot?name=Asta&cpr=018190-1234",
        "/api/v1/me?a",
        "/api/v1/me/account?as_of=2026-11-22&asof=2026-11-22",
        "/api/openapi.json?v=2",
        "/auth/login?return_to=/&prompt=none",
    ] {
        let answer = server.get(path, &headers).await;
        assert_eq!(answer.status, StatusCode::BAD_REQUEST, "{path}");
        assert_eq!(answer.header("content-type"), "application/problem+json", "{path}");
        assert_eq!(answer.json()["code"], "bad_request", "{path}");
    }
    // Who is not signed in learns that first.
    let stranger = server.get("/api/v1/me/account?asof=1", &[]).await;
    assert_eq!(stranger.status, StatusCode::UNAUTHORIZED);
    // Mail programs write words of their own behind a link; a page has no parameters to misspell.
    let link = server.get("/l/x?utm_source=mail", &[]).await;
    assert_ne!(link.status, StatusCode::BAD_REQUEST);
    assert_eq!(server.get("/?utm_source=mail", &[]).await.status, StatusCode::OK);
    let plain = server.get("/api/v1/me", &headers).await;
    assert_eq!(server.get("/api/v1/me?", &headers).await.body, plain.body);
    let body = json!({"role": "administrator"}).to_string();
    let with_body = server.send(request("GET", "/api/v1/me", &headers, Body::from(body))).await;
    assert_eq!((with_body.status, with_body.body), (StatusCode::OK, plain.body));
    let out = server.post("/api/v1/session/end", &headers, &json!({"stay": true})).await;
    assert_eq!(out.status, StatusCode::NO_CONTENT);
}
