//! `jobnet-server sessions`: ending them from outside, at every server at once.

use super::say;
use crate::db::Database;
use crate::session::{self, Which};

/// What to do with sessions.
#[derive(Clone, Debug, clap::Subcommand)]
pub enum Command {
    /// End sessions; whoever had one signs in again.
    End(End),
}

/// Which sessions.
#[derive(Clone, Debug, clap::Args)]
#[group(required = true, multiple = false)]
pub struct End {
    /// Those of one handle, as 7K3M-Q2ZD.
    #[arg(long)]
    handle: Option<String>,
    /// All of them.
    #[arg(long)]
    all: bool,
}

/// Does it and prints how many.
///
/// # Errors
/// When the database fails.
pub async fn run(database: &Database, command: &Command) -> anyhow::Result<()> {
    let Command::End(end) = command;
    let which = match &end.handle {
        Some(handle) => Which::Handle(handle.clone()),
        None => Which::All,
    };
    let ended = session::revoke(database, &which).await?;
    say(&format!("{ended} sessions ended"));
    Ok(())
}
