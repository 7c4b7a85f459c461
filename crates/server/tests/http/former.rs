//! Who was a caseworker's citizen once: what was known on the last day of it, and nothing later but
//! her remark on the profile they see.

use axum::http::StatusCode;
use jobnet_api::boot::Role;
use jobnet_server::db::Database;
use jobnet_server::session::{self, NewSession};
use sea_orm::ConnectionTrait;
use serde_json::json;

use crate::support::casework::{Office, moved_again, moved_back};
use crate::support::database::both;
use crate::support::extracts::query;
use crate::support::server::Serve;

/// Her own cookie.
async fn herself(office: &Office) -> String {
    let app = &office.server.app;
    let id =
        query(app.database(), "SELECT id FROM citizens WHERE register_id = 'SYN-FORMER'").await;
    let new = NewSession {
        persona: None,
        subject: "https://provider.example former".to_owned(),
        provider_session: None,
        citizen: Some(id[0].replace("id=", "").parse().expect("a number")),
        name: "Former Æbelø".to_owned(),
        role: Role::Citizen,
        organisation: None,
    };
    let now = app.clock().now();
    let id = session::start(app.database(), new, None, app.lifetimes(), now).await;
    format!("sid={}", id.expect("starts"))
}

/// Does something in the database.
async fn run(database: &Database, statement: &str) {
    let transaction = database.begin_write().await.expect("begins");
    transaction.execute_unprepared(statement).await.expect(statement);
    transaction.commit().await.expect("commits");
}

/// What was corrected the day it came was never in force: whose citizen she was by it never had her.
#[tokio::test]
async fn a_day_that_was_corrected_the_same_day_makes_nobody_a_former_caseworker() {
    for database in both().await {
        let office = Office::open(database).await;
        let server = &office.server;
        let db = &server.database.database;
        moved_back().import_well(db, "2026-11-23").await;
        moved_again().import_well(db, "2026-11-23").await;
        let id = office.public_id("SYN-FORMER");
        let cookie = server.sign_in("caseworker").await;
        let path = format!("/api/v1/citizens/{id}");
        let card = server.get(&path, &[("cookie", cookie.as_str())]).await.json();
        let told = (&card["relation"], &card["last_day"]);
        assert_eq!(told, (&json!("former"), &json!("2026-11-21")), "{card}");
    }
}

#[tokio::test]
async fn a_former_caseworker_sees_her_as_she_left_and_nothing_of_where_she_went() {
    for database in both().await {
        let office = Office::open(database).await;
        let server = &office.server;
        let hers = herself(&office).await;
        let hers = [("cookie", hers.as_str()), ("idempotency-key", "former-1")];
        let report = json!({ "month": "2026-10", "worked_hours": 1, "note": "Senere" });
        let reported = server.post("/api/v1/me/hours-reports", &hers, &report).await;
        assert_eq!(reported.status, StatusCode::CREATED, "{}", reported.text());
        let own = server.get("/api/v1/me/account", &hers).await.text().to_owned();
        assert!(own.contains("Senere") && own.contains("Videns A-kasse"), "{own}");

        // A form and a remark of her last day there; the form was sent once more since.
        for question in [
            "education",
            "expectation",
            "ending",
            "notice",
            "applied",
            "outlook",
            "known_job",
            "channels",
            "considering",
            "difficulty",
        ] {
            let answer = json!({ "answer": { "choices": ["dont_know"] }, "seen_edition": 0 });
            let path = format!("/api/v1/me/profile/answers/{question}");
            let stored = server.put(&path, &hers, &answer).await;
            assert_eq!(stored.status, StatusCode::OK, "{}", stored.text());
        }
        let profile = server.get("/api/v1/me/profile", &hers).await.json();
        let form = json!({ "editions": profile["draft"]["editions"], "facts": profile["facts"] });
        let sent = server.post("/api/v1/me/profile/submissions", &hers, &form).await;
        assert_eq!(sent.status, StatusCode::CREATED, "{}", sent.text());
        let remark = json!({ "text": "Fra før", "seen": "" });
        let said = server.put("/api/v1/me/profile/remark", &hers, &remark).await;
        assert!(said.status.is_success(), "{}", said.text());
        for statement in [
            "INSERT INTO profile_submissions (id, citizen_id, key, content_hash, received_at, \
             answers, facts, left_out, marked_wrong, result, model, model_digest, receipt, trial) \
             SELECT 'before', citizen_id, 'before', content_hash, received_at - 86400, answers, \
             facts, left_out, marked_wrong, result, model, model_digest, receipt, trial \
             FROM profile_submissions",
            "UPDATE profile_remarks SET written_at = written_at - 86400",
        ] {
            run(&server.database.database, statement).await;
        }
        let sent_before = "SELECT received_at FROM profile_submissions WHERE id = 'before'";
        assert_eq!(query(&server.database.database, sent_before).await.len(), 1);

        let id = office.public_id("SYN-FORMER");
        for persona in ["caseworker", "caseworker-job-centre"] {
            let cookie = server.sign_in(persona).await;
            let ask = async |path: &str| {
                let path = format!("/api/v1/citizens/{id}{path}");
                server.get(&path, &[("cookie", cookie.as_str())]).await
            };
            let card = ask("").await;
            assert_eq!(
                card.json(),
                json!({
                    "citizen": id, "name": "Former Æbelø", "birth_date": "1990-01-01",
                    "scheme": "dagpenge", "fund": "Fagenes A-kasse",
                    "job_centre": "Jobcenter Aarhus", "caseworker": null, "relation": "former",
                    "reason": null, "last_day": "2026-11-21", "shares_checklist": false,
                })
            );
            let account = ask("/account").await;
            assert_eq!(account.status, StatusCode::OK, "{}", account.text());
            for later in ["Senere", "Videns", "Odense"] {
                assert!(!account.text().contains(later), "{later}: {}", account.text());
            }
            assert!(account.text().contains("Fagenes A-kasse"), "{}", account.text());
            let told = account.json();
            assert_eq!(told["case"]["as_of"], "2026-11-21", "{told}");
            // Her own view of that day, but for the remark that she wrote today.
            let mut that_day =
                server.get("/api/v1/me/account?as_of=2026-11-21", &hers).await.json();
            that_day["reports"] = json!([]);
            assert_eq!(told, that_day);
            assert_eq!(ask("/account?as_of=2026-11-21").await.json(), told);
            let later = ask("/account?as_of=2026-11-22").await;
            assert_eq!(later.status, StatusCode::UNPROCESSABLE_ENTITY);
            assert_eq!(ask("/account?as_of=2020-01-01").await.status, StatusCode::NOT_FOUND);
            let rights = ask("/rights").await;
            assert_eq!(rights.json()["timeline"]["today"], "2026-11-21", "{}", rights.text());
            let profile = ask("/profile").await.json();
            let seen = profile["submissions"].as_array().expect("submissions");
            assert_eq!(seen.len(), 1, "{profile}");
            let received = seen[0]["received_at"].as_str().expect("a time");
            assert!(received.starts_with("2026-11-21"), "{received}");
            assert_eq!(profile["remark"]["text"], "Fra før");
            assert_eq!(ask("/checklist").await.status, StatusCode::NOT_FOUND);
        }
        // What she has said since against the profile they see stands beside it.
        let said = server
            .put(
                "/api/v1/me/profile/remark",
                &hers,
                &json!({ "text": "Senere", "seen": "Fra før" }),
            )
            .await;
        assert!(said.status.is_success(), "{}", said.text());
        let cookie = server.sign_in("caseworker").await;
        let path = format!("/api/v1/citizens/{id}/profile");
        let profile = server.get(&path, &[("cookie", cookie.as_str())]).await.json();
        assert_eq!(profile["remark"]["text"], "Senere", "{profile}");
        assert_eq!(profile["submissions"].as_array().map(Vec::len), Some(1), "{profile}");
        // Beside no profile of theirs it stands nowhere.
        run(&server.database.database, "DELETE FROM profile_submissions WHERE id = 'before'").await;
        let profile = server.get(&path, &[("cookie", cookie.as_str())]).await.json();
        assert_eq!((&profile["submissions"], &profile["remark"]), (&json!([]), &json!(null)));
        let log = server.get("/api/v1/me/access-log", &hers).await.json();
        let looks = log["looks"].as_array().expect("looks");
        assert!(looks.len() >= 8, "{log}");
        assert!(looks.iter().all(|look| look["relation"] == "former"), "{log}");

        // She comes back: hers again, as she is now.
        moved_back().import_well(&server.database.database, "2026-11-23").await;
        let cookie = server.sign_in("caseworker").await;
        let headers = [("cookie", cookie.as_str())];
        let card = server.get(&format!("/api/v1/citizens/{id}"), &headers).await.json();
        assert_eq!((&card["relation"], &card["last_day"]), (&json!("caseload"), &json!(null)));
        let path = format!("/api/v1/citizens/{id}/account");
        let account = server.get(&path, &headers).await;
        assert!(account.text().contains("Senere"), "{}", account.text());
    }
}
