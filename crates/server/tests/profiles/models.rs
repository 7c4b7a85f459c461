//! The models, for everyone.

use axum::http::StatusCode;
use jobnet_profiling::model::Model;
use jobnet_profiling::shipped;
use jobnet_server::secret;
use serde_json::Value;

use crate::support::database::sqlite;
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
