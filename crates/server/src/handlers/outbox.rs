//! The outbox, for administrators; and the links in messages, for whoever has one.

use axum::Json;
use axum::extract::{Path, State};
use axum::http::StatusCode;
use axum::http::header::{HeaderValue, LOCATION};
use axum::response::IntoResponse;
use jobnet_api::outbox::{Outbox, RetriedMessage};
use jobnet_api::paths;
use jobnet_api::problem::{Code, Problem};

use super::NO_STORE;
use crate::access::Visitor;
use crate::app::App;
use crate::outbox::{self, Retried};
use crate::problem::Failure;

/// How many messages are how far, and which need someone. To whom they go is not in it.
#[utoipa::path(
    get,
    path = paths::OUTBOX, operation_id = "outbox",
    responses((status = 200, body = Outbox))
)]
pub(super) async fn get(State(app): State<App>) -> Result<impl IntoResponse, Failure> {
    Ok((NO_STORE, Json(outbox::overview(app.database().read()).await?)))
}

/// Have a message that could not be sent tried again. Asking again changes nothing more.
#[utoipa::path(
    post,
    path = paths::OUTBOX_RETRY, operation_id = "retry_message",
    params(("id" = String, Path, description = "The message's id")),
    responses(
        (status = 200, body = RetriedMessage),
        (status = 404, body = Problem),
        (status = 409, body = Problem, description = "It may have left: it is not sent again"),
    )
)]
pub(super) async fn retry(
    State(app): State<App>,
    Path(id): Path<String>,
) -> Result<impl IntoResponse, Failure> {
    let id = id.parse().map_err(|_| Failure::new(Code::NotFound))?;
    match outbox::retry(app.database(), id, app.clock().now()).await? {
        Retried::Now(state) => Ok((NO_STORE, Json(RetriedMessage { state }))),
        Retried::Doubtful => Err(Failure::new(Code::Conflict)),
        Retried::Nowhere => Err(Failure::new(Code::NotFound)),
    }
}

/// Follow a link in a message: on to the page it is about, by way of signing in for whoever is not
/// signed in; with a link that has ended or is not whole, on to the page that says so. Whoever has the
/// link is led to the same page.
#[utoipa::path(
    get,
    path = paths::MESSAGE_LINK, operation_id = "message_link",
    params(("token" = String, Path, description = "The token of the link, or its short code")),
    responses((
        status = 303, description = "On to a page of the app",
        headers(("Location" = String, description = "The page")),
    ))
)]
pub(super) async fn follow(
    State(app): State<App>,
    Path(token): Path<String>,
    Visitor(session): Visitor,
) -> Result<impl IntoResponse, Failure> {
    let now = app.clock().now();
    let database = app.database().read();
    let page = match outbox::message_of_link(database, app.keys(), &token, now).await? {
        Some(id) => outbox::opened(app.database(), id, now).await?,
        None => None,
    };
    let page = match page {
        Some(page) if session.is_some() => page,
        Some(page) => format!("{}{page}", paths::SIGN_IN_FIRST),
        None => paths::LINK_ENDED.to_owned(),
    };
    let page = HeaderValue::from_str(&page).map_err(Failure::internal)?;
    let [no_store] = NO_STORE;
    Ok((StatusCode::SEE_OTHER, [no_store, (LOCATION, page)]))
}
