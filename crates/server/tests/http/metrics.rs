//! What the server tells whoever operates it, and where.

use axum::http::StatusCode;
use jobnet_server::config::Config;
use jobnet_server::http::admin;

use crate::support::casework::Office;
use crate::support::database::{both, sqlite};
use crate::support::server::{Beside, Serve};

#[tokio::test]
async fn answers_connections_and_imports_are_counted_and_nobody_is_named() {
    for database in both().await {
        let office = Office::open(database).await;
        let cookie = office.server.sign_in("caseworker").await;
        let stranger = "/api/v1/citizens/no-such-citizen/account";
        let headers = [("cookie", cookie.as_str())];
        for _ in 0..2 {
            let answer = office.server.get(stranger, &headers).await;
            assert_eq!(answer.status, StatusCode::NOT_FOUND);
        }
        let metrics = Beside(admin::router(&office.server.app)).get("/metrics", &[]).await;
        assert_eq!(metrics.status, StatusCode::OK);
        assert!(metrics.header("content-type").starts_with("application/openmetrics-text"));
        let text = metrics.text();
        let route = "/api/v1/citizens/{citizen}/account";
        for line in [
            format!(r#"jobnet_requests_total{{method="GET",route="{route}",status="404"}} 2"#),
            format!(r#"jobnet_request_seconds_count{{route="{route}"}} 2"#),
            // 22 November 2026, the newest import of the two.
            "jobnet_import_as_of_timestamp_seconds 1795305600".to_owned(),
        ] {
            assert!(text.lines().any(|each| each == line), "{line} in:\n{text}");
        }
        assert!(text.contains("jobnet_connections{pool="), "{text}");
        assert!(!text.contains("no-such-citizen") && !text.contains("Karen"), "{text}");
    }
}

#[tokio::test]
async fn citizens_do_not_reach_the_metrics_and_by_default_nobody_does() {
    let office = Office::open(sqlite().await).await;
    let answer = office.server.get("/metrics", &[]).await;
    assert!(!answer.text().contains("jobnet_requests"), "{}", answer.text());
    let admin = Config::default().admin;
    assert!(!admin.metrics && admin.listen.ip().is_loopback());
}
