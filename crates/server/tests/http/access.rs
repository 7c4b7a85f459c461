//! Who may do what: every route of the description, as every role, about citizens who stand to it
//! in every way, against the one table.

use axum::body::Body;
use axum::http::StatusCode;
use jobnet_api::access::Relation;
use jobnet_api::boot::Role;
use jobnet_server::access::{Rule, TABLE, Who};
use jobnet_server::handlers;
use sea_orm::{ConnectionTrait, Statement};
use serde_json::{Value, json};

use crate::support::casework::{Office, PEOPLE};
use crate::support::database::{both, postgres, sqlite};
use crate::support::server::{Answer, Serve, TestServer, request};

const ROLES: [(Role, &str); 5] = [
    (Role::Citizen, "citizen-full-time"),
    (Role::FundCaseworker, "caseworker"),
    (Role::JobCentreCaseworker, "caseworker-job-centre"),
    (Role::Researcher, "researcher"),
    (Role::Administrator, "administrator"),
];

/// The routes of the description: what anyone can find out about.
fn routes() -> Vec<(String, String)> {
    let document: Value = serde_json::to_value(handlers::document()).expect("JSON");
    let paths = document["paths"].as_object().expect("paths");
    let of_path = |(path, operations): (&String, &Value)| {
        let methods = operations.as_object().expect("operations").keys();
        methods.map(|method| (method.to_uppercase(), path.clone())).collect::<Vec<_>>()
    };
    paths.iter().flat_map(of_path).collect()
}

fn rule(method: &str, path: &str) -> &'static Rule {
    let of_route = |rule: &&Rule| rule.method.as_str() == method && rule.path == path;
    TABLE.iter().find(of_route).unwrap_or_else(|| panic!("{method} {path} is not in the table"))
}

/// What the table says: refused with this status, or let through.
fn expected(rule: &Rule, role: Option<Role>, relation: Relation) -> Option<StatusCode> {
    let role = match (rule.who, role) {
        (Who::Public | Who::Everyone, _) => return None,
        (_, None) => return Some(StatusCode::UNAUTHORIZED),
        (_, Some(role)) => role,
    };
    match rule.who {
        Who::Public | Who::Everyone | Who::SignedIn => None,
        Who::Roles(roles) => (!roles.contains(&role)).then_some(StatusCode::FORBIDDEN),
        Who::About(rules) => match rules.iter().find(|(each, _)| *each == role) {
            None => Some(StatusCode::FORBIDDEN),
            Some((_, relations)) if relations.contains(&relation) => None,
            Some(_) => Some(StatusCode::NOT_FOUND),
        },
    }
}

#[tokio::test]
async fn the_table_holds_for_every_route_role_and_relation() {
    for database in both().await {
        let office = Office::open(database).await;
        // What a citizen does not share looks like what is not there.
        let db = office.server.database.database.read();
        let shared = "INSERT INTO checklists (citizen_id, is_shared) SELECT id, true FROM citizens";
        let shared = Statement::from_string(db.get_database_backend(), shared);
        db.execute_raw(shared).await.expect("inserts");
        let mut seen = 0;
        for (method, path) in routes() {
            let rule = rule(&method, &path);
            let names_citizen = path.contains("{citizen}");
            let about: Vec<(Relation, String)> = match names_citizen {
                true => PEOPLE
                    .iter()
                    .map(|(relation, id)| (*relation, office.public_id(id).to_owned()))
                    .chain([(Relation::Stranger, "0".repeat(32))])
                    .collect(),
                false => vec![(Relation::Herself, String::new())],
            };
            for (relation, id) in about {
                let address = path.replace("{citizen}", &id).replace("{item}", "cv");
                for (role, persona) in
                    [None].into_iter().chain(ROLES.map(Some)).map(|who| who.unzip())
                {
                    // Anew each time: some routes end a session.
                    let cookie = match persona {
                        Some(persona) => office.server.sign_in(persona).await,
                        None => String::new(),
                    };
                    let headers = [("cookie", cookie.as_str())];
                    let asked = request(&method, &address, &headers, Body::empty());
                    let answer = office.server.send(asked).await;
                    let refused =
                        [StatusCode::UNAUTHORIZED, StatusCode::FORBIDDEN, StatusCode::NOT_FOUND];
                    // What is not there, be it a trial, a letter of hers or a message, is no refusal.
                    let is_missing = answer.status == StatusCode::NOT_FOUND
                        && ["{trial}", "{id}", "{letter}"].iter().any(|name| path.contains(name));
                    let refusal = Some(answer.status)
                        .filter(|status| refused.contains(status) && !is_missing);
                    let expected = expected(rule, role, relation);
                    assert_eq!(refusal, expected, "{method} {path} as {role:?}, {relation:?}");
                    seen += 1;
                }
            }
        }
        assert!(seen > TABLE.len() * ROLES.len());
    }
}

/// An answer without what differs from request to request.
fn shape(answer: &Answer) -> (StatusCode, Vec<(String, String)>, Value) {
    let mut headers: Vec<_> = answer
        .headers
        .iter()
        .filter(|(name, _)| name.as_str() != "x-request-id")
        .map(|(name, value)| (name.to_string(), format!("{value:?}")))
        .collect();
    headers.sort();
    let mut body = answer.json();
    body["request_id"] = json!(null);
    (answer.status, headers, body)
}

#[tokio::test]
async fn a_citizen_who_must_not_be_seen_looks_like_one_who_does_not_exist() {
    for database in both().await {
        let office = Office::open(database).await;
        let (people, mut compared) = (PEOPLE, Vec::new());
        for (role, persona) in ROLES {
            let cookie = office.server.sign_in(persona).await;
            let headers = [("cookie", cookie.as_str())];
            for (method, path) in routes() {
                if !path.contains("{citizen}") {
                    continue;
                }
                // Also whom she may see at other addresses: the one she had, the one she is a guest of.
                let rule = rule(&method, &path);
                let hidden = people.iter().filter(|(relation, _)| {
                    *relation == Relation::Stranger
                        || expected(rule, Some(role), *relation) == Some(StatusCode::NOT_FOUND)
                });
                let hidden: Vec<_> = hidden.collect();
                compared.extend(hidden.iter().map(|(relation, _)| *relation));
                let hidden = hidden.iter().map(|(_, id)| office.public_id(id));
                let nobody = "0".repeat(32);
                let mut shapes = Vec::new();
                for id in hidden.chain([nobody.as_str(), "x", "%F0"]) {
                    let address = path.replace("{citizen}", id);
                    let asked = request(&method, &address, &headers, Body::empty());
                    shapes.push(shape(&office.server.send(asked).await));
                }
                assert!(shapes.windows(2).all(|pair| pair[0] == pair[1]), "{path} {shapes:#?}");
            }
        }
        for relation in [Relation::Former, Relation::Guest] {
            assert!(compared.contains(&relation), "{relation:?} may see everything");
        }
    }
}

#[tokio::test]
async fn a_researcher_gets_403_from_every_route_that_is_about_a_person() {
    let office = Office::open(sqlite().await).await;
    let cookie = office.server.sign_in("researcher").await;
    let mut about_people = 0;
    for (method, path) in routes() {
        let personal = ["/me/", "/citizens/", "/caseload", "/guest-access", "/administration/"];
        if !personal.iter().any(|part| path.contains(part)) {
            continue;
        }
        about_people += 1;
        let address = path.replace("{citizen}", office.public_id("SYN-OWN"));
        let headers = [("cookie", cookie.as_str())];
        let answer = office.server.send(request(&method, &address, &headers, Body::empty())).await;
        assert_eq!(answer.status, StatusCode::FORBIDDEN, "{method} {path}");
    }
    assert!(about_people >= 5);
    let boot = office.server.get("/api/v1/boot", &[("cookie", &cookie)]).await.json();
    assert_eq!(boot["account"], Value::Null);
}

/// All that a caseworker can do but read, whatever the table says of it.
#[tokio::test]
async fn a_caseworker_can_change_these_few_things_and_no_others() {
    let office = Office::open(sqlite().await).await;
    let own = office.public_id("SYN-OWN");
    for persona in ["caseworker", "caseworker-job-centre"] {
        let mut open = Vec::new();
        for (method, path) in routes() {
            if method == "GET" || path.starts_with("/auth/") {
                continue;
            }
            let cookie = office.server.sign_in(persona).await;
            let headers = [("cookie", cookie.as_str())];
            let asked = request(&method, &path.replace("{citizen}", own), &headers, Body::empty());
            if office.server.send(asked).await.status != StatusCode::FORBIDDEN {
                open.push(format!("{method} {path}"));
            }
        }
        open.sort();
        assert_eq!(
            open,
            [
                "POST /api/v1/caseload/search",
                "POST /api/v1/citizens/{citizen}/unblinding",
                "POST /api/v1/guest-access",
                "POST /api/v1/session/demo",
                "POST /api/v1/session/end",
                "POST /api/v1/session/extend",
            ],
            "{persona}"
        );
    }
}

/// Time is not measured here: what is asked of the database is the same, one statement after another.
#[tokio::test]
async fn for_who_must_not_be_seen_the_same_is_done_as_for_who_does_not_exist() {
    let office = Office::open(postgres().await).await;
    let database = office.server.database.listened_to().await;
    let server = TestServer::new(database, office.server.app.config().clone());
    let cookie = server.sign_in("caseworker").await;
    let headers = [("cookie", cookie.as_str())];
    let ids = ["0".repeat(32), office.public_id("SYN-STRANGER").to_owned(), "0".repeat(32)];
    for (method, path) in routes().iter().filter(|(_, path)| path.contains("{citizen}")) {
        let mut done = Vec::new();
        for id in &ids {
            let before = server.database.statements().len();
            let address = path.replace("{citizen}", id);
            let asked = request(method, &address, &headers, Body::empty());
            assert_eq!(server.send(asked).await.status, StatusCode::NOT_FOUND, "{path}");
            done.push(server.database.statements().split_off(before));
        }
        // The first question of all may find out where the record ends.
        assert_eq!(done[1], done[2], "{method} {path}");
        let recorded = |statements: &[String]| {
            statements.iter().filter(|sql| sql.contains("INSERT INTO \"access_log\"")).count()
        };
        assert_eq!(recorded(&done[1]), 1, "{:#?}", done[1]);
        assert!(done[1].iter().any(|sql| sql.contains("FROM \"citizens\"")), "{:#?}", done[1]);
    }
}
