//! Requests and answers as JSON, and what can go wrong with them.

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

const IDEMPOTENCY_KEY: &str = "Idempotency-Key";

pub(super) async fn get<T: DeserializeOwned>(path: &str) -> Result<T, ApiError> {
    let response = Request::get(path).send().await.map_err(|_| ApiError::Offline)?;
    read(checked(response).await?).await
}

pub(super) async fn post<B: Serialize>(path: &str, body: &B) -> Result<(), ApiError> {
    send(path, body, None).await.map(drop)
}

/// The browser goes on sending it when she leaves the page (`keepalive`), which the library cannot
/// ask for.
pub(super) async fn post_kept<B: Serialize>(path: &str, body: &B) -> Result<(), ApiError> {
    let body = written(body)?;
    let response = keepalive::post(path, &body).await;
    let response = response.map_err(|_| ApiError::Offline)?;
    checked(Response::from(response)).await.map(drop)
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
    read(send(path, body, None).await?).await
}

pub(super) async fn post_once<B: Serialize, T: DeserializeOwned>(
    path: &str,
    body: &B,
    idempotency_key: &str,
) -> Result<T, ApiError> {
    read(send(path, body, Some(idempotency_key)).await?).await
}

pub(super) async fn put_for<B: Serialize, T: DeserializeOwned>(
    path: &str,
    body: &B,
) -> Result<T, ApiError> {
    let request = Request::put(path).json(body).map_err(|_| ApiError::Server(None))?;
    let response = request.send().await.map_err(|_| ApiError::Offline)?;
    read(checked(response).await?).await
}

pub(super) async fn delete(path: &str) -> Result<(), ApiError> {
    let response = Request::delete(path).send().await.map_err(|_| ApiError::Offline)?;
    checked(response).await.map(drop)
}

async fn send<B: Serialize>(
    path: &str,
    body: &B,
    idempotency_key: Option<&str>,
) -> Result<Response, ApiError> {
    let mut request = Request::post(path);
    if let Some(key) = idempotency_key {
        request = request.header(IDEMPOTENCY_KEY, key);
    }
    let request = request.json(body).map_err(|_| ApiError::Server(None))?;
    checked(request.send().await.map_err(|_| ApiError::Offline)?).await
}

/// gloo-net gives `Ok` for every status, so look.
async fn checked(response: Response) -> Result<Response, ApiError> {
    if response.ok() {
        return Ok(response);
    }
    let status = response.status();
    let problem = read::<Problem>(response).await.ok();
    let signed_out =
        status == 401 || problem.as_ref().is_some_and(|problem| problem.code == Code::SignedOut);
    Err(if signed_out { ApiError::SignedOut } else { ApiError::Server(problem.map(Box::new)) })
}

async fn read<T: DeserializeOwned>(response: Response) -> Result<T, ApiError> {
    let text = response.text().await.map_err(|_| ApiError::Offline)?;
    // 204: an answer without a body is `null`.
    let text = if text.is_empty() { "null" } else { &text };
    json::read(text).map_err(|_| ApiError::Server(None))
}
