//! What goes wrong, as RFC 9457 problem details in Danish or English.
//!
//! Handlers return a [`Failure`]; one layer (`http::layers`) renders it in the language of the
//! request. What failed inside is logged there and never reaches the client.

mod language;
mod texts;

use axum::http::StatusCode;
use axum::response::{IntoResponse, Response};
use jobnet_api::problem::{Code, FieldError, Problem};
use sea_orm::DbErr;

pub use language::Language;
pub use texts::FieldProblem;

/// A request that was not carried out.
#[derive(Clone, Debug, PartialEq, thiserror::Error)]
#[error("{code:?}{}", internal.as_ref().map(|why| format!(": {why}")).unwrap_or_default())]
pub struct Failure {
    /// What went wrong, for programs.
    pub code: Code,
    /// The fields that cannot be used, by JSON pointer.
    pub fields: Vec<(&'static str, FieldProblem)>,
    /// For the log only.
    pub internal: Option<String>,
}

impl Failure {
    /// Without particulars.
    pub const fn new(code: Code) -> Self {
        Self { code, fields: Vec::new(), internal: None }
    }

    /// One or more fields hold values that cannot be used.
    pub const fn invalid(fields: Vec<(&'static str, FieldProblem)>) -> Self {
        Self { code: Code::Invalid, fields, internal: None }
    }

    /// The server failed; `why` goes to the log.
    pub fn internal(why: impl ToString) -> Self {
        Self { code: Code::Internal, fields: Vec::new(), internal: Some(why.to_string()) }
    }

    /// What a bare response of this status means.
    pub fn of_status(status: StatusCode) -> Self {
        Self::new(match status {
            StatusCode::UNAUTHORIZED => Code::SignedOut,
            StatusCode::FORBIDDEN => Code::Forbidden,
            StatusCode::NOT_FOUND => Code::NotFound,
            StatusCode::METHOD_NOT_ALLOWED => Code::MethodNotAllowed,
            StatusCode::CONFLICT => Code::Conflict,
            StatusCode::GONE => Code::Gone,
            StatusCode::PAYLOAD_TOO_LARGE => Code::TooLarge,
            StatusCode::TOO_MANY_REQUESTS => Code::TooOften,
            StatusCode::SERVICE_UNAVAILABLE => Code::Unavailable,
            status if status.is_client_error() => Code::BadRequest,
            _ => Code::Internal,
        })
    }

    /// The status of the answer.
    pub const fn status(&self) -> StatusCode {
        match self.code {
            Code::BadRequest => StatusCode::BAD_REQUEST,
            Code::Invalid => StatusCode::UNPROCESSABLE_ENTITY,
            Code::SignedOut => StatusCode::UNAUTHORIZED,
            Code::Forbidden => StatusCode::FORBIDDEN,
            Code::NotFound => StatusCode::NOT_FOUND,
            Code::MethodNotAllowed => StatusCode::METHOD_NOT_ALLOWED,
            Code::Conflict => StatusCode::CONFLICT,
            Code::Gone => StatusCode::GONE,
            Code::TooLarge => StatusCode::PAYLOAD_TOO_LARGE,
            Code::TooOften => StatusCode::TOO_MANY_REQUESTS,
            Code::Internal => StatusCode::INTERNAL_SERVER_ERROR,
            Code::Unavailable => StatusCode::SERVICE_UNAVAILABLE,
        }
    }

    /// The problem as it is sent.
    pub fn to_problem(&self, language: Language, request_id: Option<String>) -> Problem {
        let text = texts::of(self.code, language);
        Problem {
            kind: format!("urn:jobnet:problem:{}", texts::key(self.code)),
            title: text.title.to_owned(),
            status: self.status().as_u16(),
            detail: text.detail.to_owned(),
            code: self.code,
            errors: self
                .fields
                .iter()
                .map(|(pointer, problem)| FieldError {
                    pointer: (*pointer).to_owned(),
                    detail: problem.text(language),
                })
                .collect(),
            request_id,
        }
    }
}

impl From<DbErr> for Failure {
    fn from(error: DbErr) -> Self {
        Self::internal(format!("database: {error}"))
    }
}

/// The status with the failure attached; the layer adds the body.
impl IntoResponse for Failure {
    fn into_response(self) -> Response {
        let mut response = self.status().into_response();
        response.extensions_mut().insert(self);
        response
    }
}
