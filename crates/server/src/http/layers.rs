//! What happens around every request: its id, its line in the log, and its problem in words.

use std::any::Any;
use std::time::Instant;

use axum::Json;
use axum::body::Body;
use axum::extract::{MatchedPath, Request, State};
use axum::http::header::{
    CACHE_CONTROL, CONTENT_ENCODING, CONTENT_LANGUAGE, CONTENT_LENGTH, CONTENT_TYPE, ETAG, VARY,
};
use axum::http::{HeaderName, HeaderValue, StatusCode};
use axum::middleware::Next;
use axum::response::{IntoResponse, Response};
use jobnet_api::paths;
use jobnet_api::problem::MEDIA_TYPE;

use crate::app::App;
use crate::handlers::ofrep;
use crate::metrics::NO_ROUTE;
use crate::problem::{Failure, Language};
use crate::secret;

const X_REQUEST_ID: HeaderName = HeaderName::from_static("x-request-id");

/// The id of a request: our own, never one from outside, so that nobody writes into our log.
#[derive(Clone, Debug)]
struct RequestId(String);

/// One line and one count a request: the route's template, never its address, and nothing about
/// who asked.
pub(super) async fn log(State(app): State<App>, mut request: Request, next: Next) -> Response {
    let started = Instant::now();
    let id = secret::request_id().unwrap_or_default();
    let method = request.method().clone();
    let route = request.extensions().get::<MatchedPath>().cloned();
    request.extensions_mut().insert(RequestId(id.clone()));
    let mut response = next.run(request).await;
    if let Ok(value) = HeaderValue::from_str(&id) {
        response.headers_mut().insert(X_REQUEST_ID, value);
    }
    let route = route.as_ref().map_or(NO_ROUTE, MatchedPath::as_str);
    let status = response.status().as_u16();
    let took = started.elapsed();
    app.metrics().count(&method, route, status, took);
    let micros = u64::try_from(took.as_micros()).unwrap_or(u64::MAX);
    match response.extensions().get::<Failure>() {
        Some(Failure { internal: Some(why), .. }) => {
            tracing::error!(%method, route, status, micros, request_id = id, why, "request");
        }
        _ => tracing::info!(%method, route, status, micros, request_id = id, "request"),
    }
    response
}

/// Puts a failure into words: those of handlers, and bare error statuses of the layers inside.
pub(super) async fn problems(request: Request, next: Next) -> Response {
    let language = Language::of(request.headers());
    let id = request.extensions().get::<RequestId>().map(|id| id.0.clone());
    // A protocol of others has its own way to say what is wrong.
    let is_ofrep = request.uri().path().starts_with(paths::OFREP_FLAGS);
    let response = next.run(request).await;
    let status = response.status();
    let kind = response.headers().get(CONTENT_TYPE);
    let is_page = kind.is_some_and(|kind| kind.as_bytes().starts_with(b"text/html"));
    let is_said = is_ofrep && kind.is_some_and(|kind| kind == "application/json");
    let is_error = status.is_client_error() || status.is_server_error();
    if !is_error || is_said || (is_page && status == StatusCode::NOT_FOUND) {
        return response;
    }
    let failure = response
        .extensions()
        .get::<Failure>()
        .cloned()
        .unwrap_or_else(|| Failure::of_status(status));
    let (mut parts, _) = response.into_parts();
    let mut rendered = if is_ofrep {
        ofrep::failed(&failure, language)
    } else {
        let problem = Json(failure.to_problem(language, id));
        (failure.status(), [(CONTENT_TYPE, MEDIA_TYPE)], problem).into_response()
    };
    rendered.extensions_mut().insert(failure);
    // Such as `Allow` of a refused method, but nothing that describes the body which is gone.
    for header in [CONTENT_LENGTH, CONTENT_ENCODING, CONTENT_TYPE, ETAG] {
        parts.headers.remove(header);
    }
    for (name, value) in &parts.headers {
        // Appended: there may be several cookies.
        rendered.headers_mut().append(name, value.clone());
    }
    let headers = rendered.headers_mut();
    headers.insert(CONTENT_LANGUAGE, HeaderValue::from_static(language.tag()));
    headers.insert(CACHE_CONTROL, HeaderValue::from_static("no-store"));
    headers.append(VARY, HeaderValue::from_static("accept-language"));
    rendered
}

/// A handler panicked: a defect, but no reason to drop the connection.
pub(super) fn panicked(_: Box<dyn Any + Send + 'static>) -> Response<Body> {
    Failure::internal("a handler panicked").into_response()
}
