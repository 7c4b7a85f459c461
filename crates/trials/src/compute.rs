//! Recomputes a published figure: a method by its name, inputs as JSON, a result as JSON. Behind
//! `jobnet-server trial compute`, so that anyone can check the statistics against another program.
//!
//! Names of methods, inputs and results are a format that others rely on. It must not compute
//! anything itself.

mod conduct;
mod inputs;
mod methods;
mod outcomes;
mod sizing;
mod times;

use serde::{Deserialize, Serialize};
use serde_json::Value;

use crate::stats::StatError;

/// One figure asked for.
#[derive(Clone, Debug, PartialEq, Deserialize)]
pub struct Case {
    /// Its name, given back.
    pub id: String,
    /// The method's name.
    pub method: String,
    /// What it needs.
    pub inputs: Value,
}

/// One figure, or why there is none.
#[derive(Clone, Debug, PartialEq, Serialize)]
pub struct Answer {
    /// The name asked with.
    pub id: String,
    /// The figure.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub result: Option<Value>,
    /// Why there is none.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub error: Option<String>,
}

/// Why a figure cannot be computed.
#[derive(Clone, Debug, PartialEq, Eq, thiserror::Error)]
pub enum ComputeError {
    /// There is no such method.
    #[error("there is no method “{0}”")]
    Method(String),
    /// An input is missing or of another kind.
    #[error("the input “{0}” is missing or not of the right kind")]
    Input(&'static str),
    /// The method's own word.
    #[error(transparent)]
    Stat(#[from] StatError),
}

/// Computes all of a JSON array of cases; an entry that cannot be read or computed is an error
/// entry, and the others are computed all the same.
pub fn all(cases: &[Value]) -> Vec<Answer> {
    cases.iter().map(one).collect()
}

fn one(value: &Value) -> Answer {
    let id = value.get("id").and_then(Value::as_str).unwrap_or_default().to_owned();
    match serde_json::from_value::<Case>(value.clone()) {
        Err(error) => Answer { id, result: None, error: Some(error.to_string()) },
        Ok(case) => match methods::run(&case.method, &case.inputs) {
            Ok(result) => Answer { id, result: Some(result), error: None },
            Err(error) => Answer { id, result: None, error: Some(error.to_string()) },
        },
    }
}

/// Names of all methods.
pub fn names() -> impl Iterator<Item = &'static str> {
    methods::TABLE.iter().map(|(name, _)| *name)
}
