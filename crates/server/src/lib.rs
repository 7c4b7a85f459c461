//! The server of Jobnet for the citizen, as a library for its one binary and for tests. Modules
//! in reading order: what comes later may use what comes before.
//!
//! It must not know of pages, charts or the browser; the rules of law are `jobnet-rules`'.

#![forbid(unsafe_code)]

/// Answers are made by several threads and passed between them; that is where the system's own
/// allocator spends a sixth of the time of an answer.
#[global_allocator]
static ALLOCATOR: mimalloc::MiMalloc = mimalloc::MiMalloc;

pub mod clock;
pub mod config;
pub mod keys;
pub mod log;
pub mod secret;

pub mod evaluate;

pub mod cpr;
pub mod db;
pub mod import;
pub mod synthesise;

pub mod identity;
pub mod letters;
pub mod limits;
pub mod metrics;
pub mod population;
pub mod preview;
pub mod problem;
pub mod record;
pub mod relation;
pub mod reports;
pub mod session;

pub mod access;
pub mod app;
pub mod assemble;
pub mod caseload;
pub mod checklist;
pub mod commands;
pub mod cookie;
pub mod dispatch;
pub mod guest;
pub mod handlers;
pub mod http;
pub mod jobs;
pub mod mailbox;
pub mod model_watch;
pub mod my_data;
pub mod oidc;
pub mod outbox;
pub mod post;
pub mod profiles;
pub mod rights;
pub mod site;
pub mod trials;
pub mod understanding;

// Last: it may use everything.
pub mod cli;
