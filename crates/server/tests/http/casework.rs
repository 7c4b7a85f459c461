//! What caseworkers see: their own citizens, the same figures, and nobody unrecorded.

use axum::http::StatusCode;
use chrono::TimeDelta;
use jobnet_api::casework::Caseload;
use jobnet_server::caseload::refresh;
use jobnet_server::guest::expire;
use serde_json::{Value, json};

use crate::support::casework::Office;
use crate::support::database::{both, sqlite};
use crate::support::extracts::{day, keys, query};
use crate::support::server::{Answer, Serve, TestServer};

const SEARCH: &str = "/api/v1/caseload/search";
const GUEST: &str = "/api/v1/guest-access";

pub(crate) async fn ask(server: &impl Serve, cookie: &str, body: Value) -> Answer {
    server.post(SEARCH, &[("cookie", cookie)], &body).await
}

pub(crate) fn names(answer: &Answer) -> Vec<String> {
    let rows = answer.json()["rows"].as_array().cloned().unwrap_or_default();
    rows.iter().map(|row| row["name"].as_str().expect("a name").to_owned()).collect()
}

pub(crate) async fn current(server: &TestServer) {
    let now = server.app.clock().now();
    refresh(&server.database.database, day("2026-11-22"), now).await.expect("refreshes");
}

/// The record, without times and hashes.
async fn record(server: &TestServer) -> Vec<String> {
    let url = format!("{}.access-log", server.database.url);
    let pool = sea_orm::Database::connect(&url).await.expect("connects");
    let sql = "SELECT seq, role, relation, purpose, category, citizen_id, allowed, reason, \
               criterion FROM access_log ORDER BY seq";
    let statement = sea_orm::Statement::from_string(sea_orm::DbBackend::Sqlite, sql);
    let rows = sea_orm::ConnectionTrait::query_all_raw(&pool, statement).await.expect("reads");
    let text = |row: &sea_orm::QueryResult, name: &str| -> String {
        row.try_get::<Option<String>>("", name).expect(name).unwrap_or_default()
    };
    rows.iter()
        .map(|row| {
            let words = ["role", "relation", "purpose", "category", "reason", "criterion"];
            let citizen: Option<i32> = row.try_get("", "citizen_id").expect("a number");
            let allowed: bool = row.try_get("", "allowed").expect("a flag");
            let words = words.map(|name| text(row, name)).join(" ");
            format!(
                "{} {} {words}",
                citizen.unwrap_or_default(),
                if allowed { "yes" } else { "no" }
            )
        })
        .collect()
}

#[tokio::test]
async fn a_caseload_holds_the_organisations_citizens_and_nobody_elses() {
    for database in both().await {
        let office = Office::open(database).await;
        let cookie = office.server.sign_in("caseworker").await;
        let before = ask(&office.server, &cookie, json!({})).await;
        assert_eq!(before.status, StatusCode::OK, "{}", before.text());
        let empty: Caseload = serde_json::from_slice(&before.body).expect("a caseload");
        assert!(empty.rows.is_empty() && !empty.is_current && empty.figures_as_of.is_none());

        current(&office.server).await;
        let answer = ask(&office.server, &cookie, json!({})).await;
        assert_eq!(names(&answer), ["Asta Vinterlund", "Own Ørsted"], "ø comes behind v");
        assert_eq!(answer.header("cache-control"), "no-store");
        let found = answer.json();
        assert_eq!((&found["total"], &found["is_current"]), (&json!(2), &json!(true)));
        assert_eq!(found["figures_as_of"], "2026-11-22");
        assert_eq!(found["rows"][1]["citizen"], office.public_id("SYN-OWN"));
        assert!(!answer.text().contains("SYN-") && !answer.text().contains("0183901111"));
        let cookie = office.server.sign_in("caseworker-job-centre").await;
        let answer = ask(&office.server, &cookie, json!({})).await;
        assert_eq!(names(&answer), ["Asta Vinterlund", "Own Ørsted"], "both live in Aarhus");
    }
}

#[tokio::test]
async fn the_first_list_is_what_a_search_for_nothing_finds_and_is_recorded_like_it() {
    let office = Office::open(sqlite().await).await;
    current(&office.server).await;
    for persona in ["caseworker", "caseworker-job-centre"] {
        let cookie = office.server.sign_in(persona).await;
        let headers = [("cookie", cookie.as_str())];
        let before = record(&office.server).await.len();
        let searched = ask(&office.server, &cookie, json!({})).await;
        let between = record(&office.server).await.len();
        let first = office.server.get(SEARCH, &headers).await;
        assert_eq!((first.status, first.text()), (StatusCode::OK, searched.text()));
        assert_eq!(first.header("cache-control"), "no-store");
        let lines = record(&office.server).await;
        assert_eq!(lines[before..between], lines[between..]);
        assert_eq!(lines[between..].len(), 3, "the search and two citizens: {lines:#?}");
        // Nothing may be searched for in an address.
        let named = office.server.get(&format!("{SEARCH}?search=asta"), &headers).await;
        assert_eq!(named.status, StatusCode::BAD_REQUEST);
        assert_eq!(record(&office.server).await.len(), lines.len());
    }
}

#[tokio::test]
async fn search_finds_parts_of_names_and_whole_cpr_numbers() {
    for database in both().await {
        let office = Office::open(database).await;
        current(&office.server).await;
        let cookie = office.server.sign_in("caseworker").await;
        for (search, expected) in [
            ("ørst", &["Own Ørsted"][..]),
            ("ØRSTED OWN", &["Own Ørsted"]),
            ("asta vint", &["Asta Vinterlund"]),
            ("asta ørst", &[]),
            ("%", &[]),
            ("_", &[]),
            ("\\", &[]),
            ("'; DROP TABLE caseload; --", &[]),
            ("0183901111", &["Own Ørsted"]),
            ("018390-1111", &["Own Ørsted"]),
            ("0183904444", &[]),
            ("0183909999", &[]),
            (" ", &["Asta Vinterlund", "Own Ørsted"]),
        ] {
            let answer = ask(&office.server, &cookie, json!({ "search": search })).await;
            assert_eq!(names(&answer), expected, "{search}");
        }
    }
}

#[tokio::test]
async fn a_query_that_cannot_be_used_is_named_and_unknown_fields_are_refused() {
    let office = Office::open(sqlite().await).await;
    let cookie = office.server.sign_in("caseworker").await;
    for (body, pointer) in [
        (json!({"search": "x".repeat(101)}), "/search"),
        (json!({"search": "a\u{0}"}), "/search"),
        (json!({"page": 0}), "/page"),
        (json!({"page_size": 0}), "/page_size"),
        (json!({"page_size": 101}), "/page_size"),
    ] {
        let answer = ask(&office.server, &cookie, body).await;
        assert_eq!(answer.status, StatusCode::UNPROCESSABLE_ENTITY);
        assert_eq!(answer.json()["errors"][0]["pointer"], pointer);
    }
    for body in [json!({"fund": "x"}), json!({"filters": ["rich"]}), json!({"page": -1}), json!([])]
    {
        let answer = ask(&office.server, &cookie, body.clone()).await;
        assert_eq!(answer.status, StatusCode::BAD_REQUEST, "{body}");
    }
}

#[tokio::test]
async fn a_caseworker_gets_the_same_account_as_the_citizen() {
    for database in both().await {
        let office = Office::open(database).await;
        let asta = query(
            &office.server.database.database,
            "SELECT public_id FROM citizens WHERE register_id = 'SYN-DEMO-FULL-TIME'",
        );
        let asta = asta.await[0].strip_prefix("public_id=").expect("an id").to_owned();
        let hers = office.server.sign_in("citizen-full-time").await;
        let hers = office.server.get("/api/v1/me/account", &[("cookie", &hers)]).await;
        for persona in ["caseworker", "caseworker-job-centre"] {
            let cookie = office.server.sign_in(persona).await;
            let path = format!("/api/v1/citizens/{asta}/account");
            let theirs = office.server.get(&path, &[("cookie", &cookie)]).await;
            assert_eq!(theirs.text(), hers.text());
            let card = format!("/api/v1/citizens/{asta}");
            let card = office.server.get(&card, &[("cookie", &cookie)]).await.json();
            assert_eq!(
                card,
                json!({
                    "citizen": asta, "name": "Asta Vinterlund", "birth_date": "1990-01-01",
                    "scheme": "dagpenge", "fund": "Fagenes A-kasse",
                    "job_centre": "Jobcenter Aarhus", "caseworker": null,
                    "relation": "caseload", "reason": null, "last_day": null,
                    "shares_checklist": false,
                })
            );
        }
    }
}

#[tokio::test]
async fn guest_access_asks_for_a_reason_and_lasts_a_working_day() {
    for database in both().await {
        let office = Office::open(database).await;
        let server = &office.server;
        let cookie = server.sign_in("caseworker").await;
        let headers = [("cookie", cookie.as_str())];
        let stranger = format!("/api/v1/citizens/{}/account", office.public_id("SYN-STRANGER"));
        assert_eq!(server.get(&stranger, &headers).await.status, StatusCode::NOT_FOUND);
        for (body, pointer) in [
            (json!({"cpr": "0183904444", "reason": ""}), "/reason"),
            (json!({"cpr": "0183904444", "reason": " \n"}), "/reason"),
            (json!({"cpr": "0183904444", "reason": "x".repeat(901)}), "/reason"),
            (json!({"cpr": "0183904444", "reason": "\u{7}"}), "/reason"),
            (json!({"cpr": "0183904444", "reason": "018390-4444 called"}), "/reason"),
            (json!({"cpr": "0183904444", "reason": "Asta 018390 4444"}), "/reason"),
            (json!({"cpr": "1234567890", "reason": "x"}), "/cpr"),
        ] {
            let answer = server.post(GUEST, &headers, &body).await;
            assert_eq!(answer.status, StatusCode::UNPROCESSABLE_ENTITY, "{body}");
            assert_eq!(answer.json()["errors"][0]["pointer"], pointer);
        }
        let nobody = json!({"cpr": "0183909999", "reason": "She called"});
        let answer = server.post(GUEST, &headers, &nobody).await;
        assert_eq!(answer.status, StatusCode::NOT_FOUND);
        let reason = "å".repeat(900);
        let asked = json!({"cpr": "018390-4444", "reason": reason});
        let given = server.post(GUEST, &headers, &asked).await;
        assert_eq!(given.status, StatusCode::CREATED, "{}", given.text());
        let expected = json!({"citizen": office.public_id("SYN-STRANGER"),
                              "ends_at": "2026-11-22T20:00:00Z"});
        assert_eq!(given.json(), expected);
        assert_eq!(server.get(&stranger, &headers).await.status, StatusCode::OK);
        server.wait(TimeDelta::minutes(14));
        let again = server.post(GUEST, &headers, &asked).await;
        assert_eq!(again.json(), expected, "the same again changes nothing");
        let card = format!("/api/v1/citizens/{}", office.public_id("SYN-STRANGER"));
        let card = server.get(&card, &headers).await.json();
        assert_eq!((&card["relation"], &card["reason"]), (&json!("guest"), &json!(reason)));

        let other = server.sign_in("caseworker-job-centre").await;
        let other = server.get(&stranger, &[("cookie", &other)]).await;
        assert_eq!(other.status, StatusCode::NOT_FOUND, "a reason is its writer's alone");
        server.wait(TimeDelta::hours(8));
        let cookie = server.sign_in("caseworker").await;
        let late = server.get(&stranger, &[("cookie", &cookie)]).await;
        assert_eq!(late.status, StatusCode::NOT_FOUND);

        // Kept as long as the record of the looks, which holds the reason, too.
        let database = &server.database.database;
        let rows = async || query(database, "SELECT id FROM guest_access").await.len();
        let before = rows().await;
        let after = |days| server.app.clock().now() + TimeDelta::days(days);
        assert_eq!(expire(database, 30, after(29)).await.expect("expires"), 0);
        assert_eq!(rows().await, before);
        let deleted = expire(database, 30, after(31)).await.expect("expires");
        assert_eq!((deleted, rows().await), (before as u64, 0));
    }
}

#[tokio::test]
async fn no_cpr_number_in_a_search_can_be_read_in_the_record() {
    let office = Office::open(sqlite().await).await;
    let cookie = office.server.sign_in("caseworker").await;
    let hashed = format!("CPR number {}", keys().index("0181901234"));
    for (search, recorded) in [
        ("Asta 0181901234", format!("Asta {hashed}")),
        ("018190 1234", hashed.clone()),
        ("018190-1234", hashed.clone()),
        ("01819012345", "[digits]".to_owned()),
        ("Asta", "Asta".to_owned()),
    ] {
        let answer = ask(&office.server, &cookie, json!({ "search": search })).await;
        assert_eq!(answer.status, StatusCode::OK, "{search}");
        let lines = record(&office.server).await;
        let line = lines.iter().rfind(|line| line.contains("\"search\"")).expect("a search");
        assert!(line.contains(&format!("\"search\":\"{recorded}\"")), "{search}: {line}");
    }
    let all = record(&office.server).await.join("\n");
    assert!(!all.contains("018190"), "{all}");
}

#[tokio::test]
async fn everyone_who_is_shown_is_in_the_record_and_so_is_every_attempt() {
    let office = Office::open(sqlite().await).await;
    current(&office.server).await;
    let server = &office.server;
    let cookie = server.sign_in("caseworker").await;
    let headers = [("cookie", cookie.as_str())];
    ask(server, &cookie, json!({"search": "ørsted"})).await;
    ask(server, &cookie, json!({"search": "0183901111"})).await;
    let stranger = format!("/api/v1/citizens/{}/account", office.public_id("SYN-STRANGER"));
    server.get(&stranger, &headers).await;
    server.get("/api/v1/citizens/nobody", &headers).await;
    let guest = format!("/api/v1/citizens/{}/account", office.public_id("SYN-GUEST"));
    server.get(&guest, &headers).await;
    server.post(GUEST, &headers, &json!({"cpr": "0183909999", "reason": "She called"})).await;
    server.post(GUEST, &headers, &json!({"cpr": "0183904444", "reason": "She called"})).await;
    let hash = |cpr: &str| keys().index(cpr);
    let criterion = |search: &str| {
        format!(
            "{{\"search\":\"{search}\",\"filters\":[],\"mine\":false,\"sort\":\"name\",\
             \"descending\":false,\"page\":1,\"page_size\":50}}"
        )
    };
    let by_name = criterion("ørsted");
    let by_cpr = criterion(&format!("CPR number {}", hash("0183901111")));
    let who = "fund_caseworker";
    assert_eq!(
        record(server).await,
        [
            format!("0 yes {who} caseload search caseload  {by_name}"),
            format!("3 yes {who} caseload search caseload  "),
            format!("0 yes {who} caseload search caseload  {by_cpr}"),
            format!("3 yes {who} caseload search caseload  "),
            format!("6 no {who} stranger casework account  "),
            format!("0 no {who} stranger casework identity  "),
            format!("5 yes {who} guest guest_access account She moves to us on Monday "),
            format!(
                "0 no {who} guest guest_access identity She called CPR number {}",
                hash("0183909999")
            ),
            format!(
                "0 yes {who} guest guest_access identity She called CPR number {}",
                hash("0183904444")
            ),
            format!("6 yes {who} guest guest_access identity She called "),
        ]
    );
    let hers = server.sign_in("citizen-full-time").await;
    let log = server.get("/api/v1/me/access-log", &[("cookie", &hers)]).await.json();
    assert_eq!(log["looks"], json!([]), "nobody has looked at her");
    ask(server, &cookie, json!({})).await;
    let log = server.get("/api/v1/me/access-log", &[("cookie", &hers)]).await.json();
    let look = &log["looks"][0];
    assert_eq!(
        (&look["organisation"], &look["category"]),
        (&json!("Fagenes A-kasse"), &json!("caseload"))
    );
    assert_eq!(log["months"], json!([{"month": "2026-11", "looks": 1}]));
    assert!(!log.to_string().contains("Karen"), "a pseudonym, not a name");
}
