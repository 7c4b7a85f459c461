//! What several tests need: databases to test on, and folders of extracts.
#![allow(dead_code, unreachable_pub, clippy::expect_used, reason = "each test uses a part of it")]

pub mod casework;
pub mod database;
pub mod extracts;
pub mod lots;
pub mod postgres;
pub mod provider;
pub mod server;
pub mod smtp;
