//! The wire between app and server: types, error codes and paths, each written once.
//!
//! It must not know of databases, HTTP libraries or pages.

#![forbid(unsafe_code)]

pub mod access;
pub mod account;
pub mod arm;
pub mod boot;
pub mod casework;
pub mod checklist;
pub mod data;
mod instant;
pub mod letters;
pub mod models;
pub mod my_trials;
pub mod ofrep;
pub mod outbox;
pub mod paths;
pub mod preview;
pub mod problem;
pub mod profile;
pub mod profile_exposure;
pub mod report;
pub mod rights;
pub mod trial;
pub mod trial_messages;
pub mod unblinding;
pub mod understanding;

pub use jobnet_messages as messages;
pub use jobnet_profiling as profiling;
pub use jobnet_rules as rules;
pub use jobnet_trials as trials;
