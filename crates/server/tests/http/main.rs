//! The server as a client sees it, on a SQLite file and on a real PostgreSQL.
#![allow(clippy::expect_used, reason = "a test may panic, in its helpers too")]

#[path = "../support/mod.rs"]
mod support;

mod access;
mod account;
mod ahead;
mod api;
mod caseload;
mod casework;
mod former;
mod letters;
mod limits;
mod metrics;
mod migrations;
mod my_data;
mod my_data_columns;
mod observatory;
mod outbox;
mod planning;
mod previews;
mod record;
mod record_first;
mod reports;
mod retention;
mod rights;
mod sessions;
mod site;
mod strict;
