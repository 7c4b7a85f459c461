//! Requests and answers as JSON, and what can go wrong with them.

use std::sync::atomic::{AtomicU32, Ordering};

use gloo_net::Error;
use gloo_net::http::{Request, Response};
use jobnet_api::problem::{Code, Problem};
use serde::Serialize;
use serde::de::DeserializeOwned;
use wasm_bindgen::JsValue;

use super::json;
use crate::platform::keepalive;

/// Why a request brought no answer.
#[derive(Clone, Debug, PartialEq, Eq, thiserror::Error)]
pub enum ApiError {
    /// The server could not be reached: nothing was sent, or it is not known whether it arrived.
    #[error("the server could not be reached")]
    Offline,
    /// Nobody is signed in any more.
    #[error("the session has ended")]
    SignedOut,
    /// The server answered that it cannot do it, with its reasons if it gave any.
    #[error("the server could not answer")]
    Server(Option<Box<Problem>>),
}

impl ApiError {
    /// Whether the same may succeed later: the server was not reached, or could not do it just now.
    pub fn may_pass(&self) -> bool {
        match self {
            Self::Offline => true,
            Self::SignedOut => false,
            // Without reasons it was not our server that answered, or it answered an earlier session.
            Self::Server(problem) => problem
                .as_ref()
                .is_none_or(|problem| problem.status == 429 || problem.status >= 500),
        }
    }
}

const IDEMPOTENCY_KEY: &str = "Idempotency-Key";

/// How often a session has begun since the page was opened, here or in another tab.
static SESSIONS: AtomicU32 = AtomicU32::new(0);

/// A session has begun: that nobody was signed in when an earlier request was sent says nothing of
/// it.
pub fn session_began() {
    SESSIONS.fetch_add(1, Ordering::Relaxed);
}

/// How often a session has begun.
pub fn sessions() -> u32 {
    SESSIONS.load(Ordering::Relaxed)
}

/// How often somebody else, or nobody, was found to be here since the page was opened.
static PEOPLE: AtomicU32 = AtomicU32::new(0);

/// Somebody else is here, or nobody.
pub fn person_came() {
    PEOPLE.fetch_add(1, Ordering::Relaxed);
}

/// Whether nobody has been here but the first, for whom the document was made.
pub(super) fn is_first_person() -> bool {
    PEOPLE.load(Ordering::Relaxed) == 1
}

pub(super) async fn get<T: DeserializeOwned>(path: &str) -> Result<T, ApiError> {
    read(&fetched(Request::get(path).build()).await?)
}

pub(super) async fn post<B: Serialize>(path: &str, body: &B) -> Result<(), ApiError> {
    fetched(Request::post(path).json(body)).await.map(drop)
}

/// The browser goes on sending it when she leaves the page (`keepalive`), which the library cannot
/// ask for.
pub(super) async fn post_kept<B: Serialize>(path: &str, body: &B) -> Result<(), ApiError> {
    let body = written(body)?;
    let sent_in = sessions();
    let response = keepalive::post(path, &body).await;
    let response = response.map_err(|_| ApiError::Offline)?;
    checked(Response::from(response), sent_in).await.map(drop)
}

pub(super) fn written<B: Serialize>(body: &B) -> Result<String, ApiError> {
    serde_json::to_string(body).map_err(|_| ApiError::Server(None))
}

/// A body as JSON for people: each field on a line of its own.
pub(super) fn pretty<B: Serialize>(body: &B) -> Result<String, ApiError> {
    spaced(&written(body)?).map_err(|_| ApiError::Server(None))
}

fn spaced(text: &str) -> Result<String, JsValue> {
    let value = js_sys::JSON::parse(text)?;
    let space = JsValue::from_f64(2.0);
    let text = js_sys::JSON::stringify_with_replacer_and_space(&value, &JsValue::NULL, &space)?;
    Ok(String::from(text) + "\n")
}

pub(super) async fn post_for<B: Serialize, T: DeserializeOwned>(
    path: &str,
    body: &B,
) -> Result<T, ApiError> {
    read(&fetched(Request::post(path).json(body)).await?)
}

/// Asks with a body, or, where the address says it all, without.
pub(super) async fn ask<B: Serialize, T: DeserializeOwned>(
    path: &str,
    body: Option<&B>,
) -> Result<T, ApiError> {
    let request = match body {
        Some(body) => Request::post(path).json(body),
        None => Request::get(path).build(),
    };
    read(&fetched(request).await?)
}

pub(super) async fn post_once<B: Serialize, T: DeserializeOwned>(
    path: &str,
    body: &B,
    idempotency_key: &str,
) -> Result<T, ApiError> {
    let request = Request::post(path).header(IDEMPOTENCY_KEY, idempotency_key);
    read(&fetched(request.json(body)).await?)
}

pub(super) async fn put_for<B: Serialize, T: DeserializeOwned>(
    path: &str,
    body: &B,
) -> Result<T, ApiError> {
    read(&fetched(Request::put(path).json(body)).await?)
}

pub(super) async fn delete(path: &str) -> Result<(), ApiError> {
    fetched(Request::delete(path).build()).await.map(drop)
}

/// Sends a request; the text of the answer.
async fn fetched(request: Result<Request, Error>) -> Result<String, ApiError> {
    let request = request.map_err(|_| ApiError::Server(None))?;
    let sent_in = sessions();
    checked(request.send().await.map_err(|_| ApiError::Offline)?, sent_in).await
}

/// The text of an answer to what was sent in so many sessions. gloo-net gives `Ok` for every status,
/// so look.
async fn checked(response: Response, sent_in: u32) -> Result<String, ApiError> {
    let text = response.text().await;
    if response.ok() {
        return text.map_err(|_| ApiError::Offline);
    }
    let problem = text.ok().and_then(|text| read::<Problem>(&text).ok());
    let signed_out = response.status() == 401
        || problem.as_ref().is_some_and(|problem| problem.code == Code::SignedOut);
    Err(match signed_out {
        true if sessions() == sent_in => ApiError::SignedOut,
        // The session of then has ended, not the one of now: what was asked can be asked again.
        true => ApiError::Server(None),
        false => ApiError::Server(problem.map(Box::new)),
    })
}

fn read<T: DeserializeOwned>(text: &str) -> Result<T, ApiError> {
    // 204: an answer without a body is `null`.
    let text = if text.is_empty() { "null" } else { text };
    json::read(text).map_err(|_| ApiError::Server(None))
}
