//! RFC 9457 problem details.

use serde::{Deserialize, Serialize};

/// The media type of a [`Problem`].
pub const MEDIA_TYPE: &str = "application/problem+json";

/// What went wrong, for programs: stable, never shown to a citizen as it is.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
#[serde(rename_all = "snake_case")]
pub enum Code {
    /// The request is malformed.
    BadRequest,
    /// A field holds a value that cannot be used.
    Invalid,
    /// Nobody is signed in, or the session has ended.
    SignedOut,
    /// Signed in, but not allowed.
    Forbidden,
    /// No such thing.
    NotFound,
    /// The method is not allowed here.
    MethodNotAllowed,
    /// Something else is stored: under the same idempotency key, or changed meanwhile elsewhere.
    Conflict,
    /// A link that has ended, or is not whole.
    Gone,
    /// The body is too large.
    TooLarge,
    /// Asked too often; `Retry-After` says when to come back.
    TooOften,
    /// The server failed; nothing was stored.
    Internal,
    /// The server cannot answer now.
    Unavailable,
}

/// One field that cannot be used.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
pub struct FieldError {
    /// JSON pointer to the field.
    pub pointer: String,
    /// What is wrong, as a sentence in the language of the request.
    pub detail: String,
}

/// Problem details (RFC 9457), in the language of the request.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
pub struct Problem {
    /// A stable address that names the kind of problem.
    #[serde(rename = "type")]
    pub kind: String,
    /// The kind of problem in words.
    pub title: String,
    /// HTTP status.
    pub status: u16,
    /// What happened, that nothing was lost, and what to do.
    pub detail: String,
    /// The stable code.
    pub code: Code,
    /// The fields that cannot be used.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub errors: Vec<FieldError>,
    /// The request, to find it in the server's log.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub request_id: Option<String>,
}
