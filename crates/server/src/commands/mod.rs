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

/// Prints a line; a reader that went away is no error of the command.
fn say(line: &str) {
    let _unread = writeln!(io::stdout(), "{line}");
}
