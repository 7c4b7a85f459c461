//! Who was a caseworker's citizen once: what was known on the last day of it, and nothing later.

use axum::http::StatusCode;
use jobnet_api::boot::Role;
use jobnet_server::session::{self, NewSession};
use serde_json::json;

use crate::support::casework::{Office, moved_back};
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
            assert_eq!(ask("/profile").await.json()["submissions"], json!([]));
            assert_eq!(ask("/checklist").await.status, StatusCode::NOT_FOUND);
        }
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
