//! What a caseworker sees of it: to read, recorded, and nothing that tells an arm.

use axum::http::StatusCode;
use serde_json::{Value, json};

use crate::support::casework::Office;
use crate::support::database::both;
use crate::support::server::Serve;
use crate::{PROFILE, REMARK, Visitor};

#[tokio::test]
async fn a_caseworker_reads_each_profile_with_the_remark_and_the_citizen_sees_that_she_did() {
    for database in both().await {
        let office = Office::open(database).await;
        let server = &office.server;
        let hers = Visitor::of(server, "citizen-full-time").await;
        let path = format!("/api/v1/citizens/{}/profile", office.public_id("SYN-DEMO-FULL-TIME"));
        let caseworker = Visitor::of(server, "caseworker").await;
        let nothing = json!({ "submissions": [], "remark": null, "kept_days": 365 });
        assert_eq!(caseworker.get(&path).await.json(), nothing, "answers not sent are hers alone");
        let first = hers.fill_and_send("one").await;
        hers.change("outlook", &["poor"]).await;
        let newest = hers.send("two").await.json();
        hers.change("outlook", &["very_poor"]).await;
        let remark = json!({ "text": " Jeg er ikke enig. ", "seen": "" });
        assert_eq!(hers.put(REMARK, &remark).await.status, StatusCode::NO_CONTENT);

        let seen = caseworker.get(&path).await;
        assert_eq!(seen.header("cache-control"), "no-store");
        let seen = seen.json();
        let mut expected = [newest, first];
        for sent in &mut expected {
            let fields = sent.as_object_mut().expect("fields");
            fields.retain(|name, _| !["id", "receipt", "trial"].contains(&name.as_str()));
        }
        assert_eq!(seen["submissions"], json!(expected), "each as it was then, the newest first");
        assert_eq!(seen["submissions"][0]["answers"]["outlook"]["choices"], json!(["poor"]));
        let written = json!({ "text": "Jeg er ikke enig.", "written_at": "2026-11-22T12:00:00Z" });
        assert_eq!(seen["remark"], written);
        assert_eq!(hers.profile().await["remark"], written);
        for arm in ["presentation", "receipt", "trial", "draft"] {
            assert!(!seen.to_string().contains(&format!("\"{arm}\"")), "{arm}");
        }

        let log = hers.get("/api/v1/me/access-log").await.json();
        let looks = log["looks"].as_array().expect("looks");
        assert_eq!(looks.len(), 2);
        for look in looks {
            assert_eq!(
                (&look["category"], &look["purpose"], &look["role"]),
                (&json!("profile"), &json!("casework"), &json!("fund_caseworker"))
            );
        }
        // She reads and nothing else.
        for (method, path) in [("PUT", REMARK), ("DELETE", PROFILE), ("GET", PROFILE)] {
            let headers = [("cookie", caseworker.cookie.as_str())];
            let body = axum::body::Body::empty();
            let request = crate::support::server::request(method, path, &headers, body);
            assert_eq!(server.send(request).await.status, StatusCode::FORBIDDEN, "{method} {path}");
        }
        for method in ["PUT", "POST", "DELETE"] {
            let headers = [("cookie", caseworker.cookie.as_str())];
            let body = axum::body::Body::empty();
            let request = crate::support::server::request(method, &path, &headers, body);
            let refused = server.send(request).await;
            assert_eq!(refused.status, StatusCode::METHOD_NOT_ALLOWED, "{method}");
        }
        let stranger = format!("/api/v1/citizens/{}/profile", office.public_id("SYN-STRANGER"));
        assert_eq!(caseworker.get(&stranger).await.status, StatusCode::NOT_FOUND);
        // She takes her remark back.
        let blank = |seen: &str| json!({ "text": " ", "seen": seen });
        assert_eq!(hers.put(REMARK, &blank("")).await.status, StatusCode::CONFLICT);
        assert_eq!(hers.profile().await["remark"], written, "another window has not seen it");
        hers.put(REMARK, &blank("Jeg er ikke enig.")).await;
        assert_eq!(caseworker.get(&path).await.json()["remark"], Value::Null);
    }
}
