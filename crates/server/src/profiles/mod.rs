//! Profiles as the server keeps them: her answers as she gives them, what she says of the registers'
//! facts, what she has sent with what the model said of it, and her remark.
//!
//! What the form asks and what a model says is `jobnet-profiling`'s. It must not know of routes, or
//! of how an arm is drawn.

mod answers;
mod facts;
mod remarks;
mod removal;
mod rows;
mod score;
mod submissions;

use chrono::{DateTime, NaiveDate, Utc};
use jobnet_api::profile::LegalBasis;
use serde::de::DeserializeOwned;

use crate::app::App;
use crate::config::ProfilingConfig;
use crate::population::Population;
use crate::problem::Failure;

pub use answers::{draft, problems as answer_problems, store as store_answer};
pub use facts::{shown as shown_facts, store as store_fact, wrong as wrong_facts};
pub use remarks::{find as remark, problems as remark_problems, store as store_remark};
pub use removal::{delete_submission, expire, forget, withdraw};
pub use submissions::{
    Sent, answered_forms, check as check_form, check_facts, newest, of_citizen as submissions,
    results, sent_before, store as store_submission,
};

/// The law on which the model runs on a day; `None`: it does not run. A demonstration in which
/// everyone is made up needs none, and says so.
pub fn legal_basis(app: &App, population: Population, today: NaiveDate) -> Option<LegalBasis> {
    match &app.config().profiling.legal_basis {
        Some(basis) => Some(basis.clone()).filter(|basis| basis.valid_from <= today),
        None => app.is_demo_open(population).then(|| ProfilingConfig::of_demo(today)),
    }
}

/// A time as it is stored: in whole seconds, so that the first answer and every repetition are the
/// same.
fn whole_second(now: DateTime<Utc>) -> DateTime<Utc> {
    DateTime::from_timestamp(now.timestamp(), 0).unwrap_or(now)
}

/// A value of ours as it is stored. What cannot be read is not said: it may be about a person.
fn value<T: DeserializeOwned>(text: &str) -> Result<T, Failure> {
    serde_json::from_str(text)
        .map_err(|_| Failure::internal("a profile holds what this program does not write"))
}

/// The inverse of storing it.
fn time(seconds: i64) -> Result<DateTime<Utc>, Failure> {
    DateTime::from_timestamp(seconds, 0)
        .ok_or_else(|| Failure::internal("a profile holds a time that is none"))
}
