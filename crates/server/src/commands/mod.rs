//! Commands for whoever operates the server: what they are asked, and what they print.

pub mod audit;
pub mod compute;
pub mod keys;
pub mod model;
pub mod model_watch;
pub mod outbox;
pub mod sessions;
pub mod trial;

use std::io::{self, Write};

use chrono::{DateTime, Utc};
use jobnet_api::access::{Category, Purpose, Relation};

use crate::db::Database;
use crate::record::{self, Entry, Recorder, Unrecorded};

/// Prints a line; a reader that went away is no error of the command.
fn say(line: &str) {
    let _unread = writeln!(io::stdout(), "{line}");
}

/// Records that somebody at the server's own machine looks at many whom nobody can name, before
/// anything of them is read or printed.
async fn record_look(
    database: &Database,
    category: Category,
    criterion: String,
    now: DateTime<Utc>,
) -> Result<(), Unrecorded> {
    let entry = Entry {
        at: now,
        handle: record::SYSTEM.to_owned(),
        organisation: None,
        role: None,
        relation: Relation::Stranger,
        purpose: Purpose::Administration,
        reason: None,
        category,
        criterion: Some(criterion),
        citizen: None,
        allowed: true,
    };
    Recorder::start(database).write(vec![entry]).await
}
