//! The server as a client sees it, on a SQLite file and on a real PostgreSQL.

#[path = "../support/mod.rs"]
mod support;

mod account;
mod api;
mod migrations;
mod reports;
mod sessions;
mod site;
