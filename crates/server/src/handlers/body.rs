//! The body of a request: JSON, one object, and nothing in it that is not understood.

use axum::Json;
use axum::body::Bytes;
use axum::extract::{FromRequest, Request};
use axum::http::HeaderMap;
use axum::http::header::CONTENT_TYPE;
use jobnet_api::problem::Code;
use serde::de::DeserializeOwned;

use crate::problem::Failure;

/// What a request holds.
#[derive(Clone, Copy, Debug)]
pub(super) struct Body<T>(pub(super) T);

/// Whether the body is called JSON. A form of another site can send text, but not call it JSON
/// without being asked first.
pub(super) fn is_json(headers: &HeaderMap) -> bool {
    let kind = headers.get(CONTENT_TYPE).and_then(|kind| kind.to_str().ok());
    kind.and_then(|kind| kind.split(';').next())
        .is_some_and(|kind| kind.trim().eq_ignore_ascii_case("application/json"))
}

impl<T: DeserializeOwned, S: Send + Sync> FromRequest<S> for Body<T> {
    type Rejection = Failure;
    async fn from_request(request: Request, state: &S) -> Result<Self, Failure> {
        if !is_json(request.headers()) {
            return Err(Failure::new(Code::BadRequest));
        }
        let refused = |status| Failure::of_status(status);
        let bytes = Bytes::from_request(request, state)
            .await
            .map_err(|rejection| refused(rejection.status()))?;
        // A list of values would be taken for the fields in their order.
        if !bytes.trim_ascii_start().starts_with(b"{") {
            return Err(Failure::new(Code::BadRequest));
        }
        let Json(body) = Json::from_bytes(&bytes).map_err(|_| Failure::new(Code::BadRequest))?;
        Ok(Self(body))
    }
}
