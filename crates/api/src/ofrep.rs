//! The OpenFeature Remote Evaluation Protocol, version 0.3 (`service/openapi.yaml` of
//! open-feature/protocol): how programs other than the app learn what an arm decides.
//!
//! What the flags are and what is chosen where the protocol leaves a choice: `docs/ofrep.md`.

use std::collections::BTreeMap;

use serde::{Deserialize, Serialize};

/// A link's token in this header asks for what the link shows.
pub const PREVIEW_TOKEN: &str = "x-preview-token";

/// Body of a question. Open: a client sends whatever it knows of its user (OFREP 0.3).
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
pub struct Evaluation {
    /// Whom it is about.
    pub context: Context,
}

/// Whom a question is about. Anything else in it changes nothing: what is known of her is the
/// server's to say.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
#[serde(rename_all = "camelCase")]
pub struct Context {
    /// The `handle` of who is signed in; the question is refused if it is another's.
    pub targeting_key: String,
}

/// Why a flag has its value.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
#[serde(rename_all = "SCREAMING_SNAKE_CASE")]
pub enum Reason {
    /// Drawn by lot.
    Split,
    /// A preview.
    TargetingMatch,
    /// No trial runs there.
    Disabled,
    /// A trial runs, and she is not in it.
    Unknown,
}

/// What a flag says.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
#[serde(untagged)]
pub enum Value {
    /// One setting.
    Text(String),
    /// Setting → value.
    Settings(BTreeMap<String, String>),
}

/// What is said beside a value.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
#[serde(untagged)]
pub enum Said {
    /// True or not.
    Is(bool),
    /// A text.
    Text(String),
}

/// A flag's answer. Without a value the caller keeps its own default: the ordinary page.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
pub struct Flag {
    /// The flag.
    pub key: String,
    /// Why.
    pub reason: Reason,
    /// Key of the arm.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub variant: Option<String>,
    /// What the arm decides.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub value: Option<Value>,
    /// About the trial.
    #[serde(default, skip_serializing_if = "BTreeMap::is_empty")]
    pub metadata: BTreeMap<String, Said>,
}

/// Every flag.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
pub struct Flags {
    /// In the order of their keys.
    pub flags: Vec<Flag>,
}

/// What is wrong with a question.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
#[serde(rename_all = "SCREAMING_SNAKE_CASE")]
pub enum ErrorCode {
    /// Not JSON, or not called so.
    ParseError,
    /// The context is no object.
    InvalidContext,
    /// The context names nobody.
    TargetingKeyMissing,
    /// There is no such flag.
    FlagNotFound,
}

/// A question that has no answer.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
#[serde(rename_all = "camelCase")]
pub struct EvaluationError {
    /// The flag, if one was asked for.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub key: Option<String>,
    /// What is wrong.
    pub error_code: ErrorCode,
    /// For whoever wrote the program.
    pub error_details: String,
}

/// What went wrong at our end, or before the question was read.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
#[serde(rename_all = "camelCase")]
pub struct GeneralError {
    /// As a sentence.
    pub error_details: String,
}
