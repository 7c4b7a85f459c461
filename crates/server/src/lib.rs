//! The server of Jobnet for the citizen, as a library for its one binary and for tests. Modules
//! in reading order: what comes later may use what comes before.
//!
//! It must not know of pages, charts or the browser; the rules of law are `jobnet-rules`'.

#![forbid(unsafe_code)]

pub mod clock;
pub mod config;
pub mod db;
pub mod import;
pub mod synthesise;
