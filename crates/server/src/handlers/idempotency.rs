//! The name of a request, so that sending it again is safe (IETF draft “Idempotency-Key”).

use axum::extract::FromRequestParts;
use axum::http::HeaderName;
use axum::http::request::Parts;

use crate::problem::{Failure, FieldProblem};

const IDEMPOTENCY_KEY: HeaderName = HeaderName::from_static("idempotency-key");
/// No key is longer, in bytes.
const LONGEST: usize = 200;

/// The key that a request carries.
#[derive(Clone, Debug)]
pub(super) struct IdempotencyKey(pub(super) String);

impl<S: Sync> FromRequestParts<S> for IdempotencyKey {
    type Rejection = Failure;
    async fn from_request_parts(parts: &mut Parts, _: &S) -> Result<Self, Failure> {
        let key = parts.headers.get(IDEMPOTENCY_KEY).and_then(|value| value.to_str().ok());
        key.filter(|key| (1..=LONGEST).contains(&key.len()))
            .map(|key| Self(key.to_owned()))
            .ok_or_else(|| {
                Failure::invalid(vec![("/Idempotency-Key", FieldProblem::IdempotencyKey)])
            })
    }
}
