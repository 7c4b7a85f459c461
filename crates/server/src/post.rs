//! Everything that a message needs to leave this server, put together: what is sent, the paper of
//! letters, the queue.

use std::sync::Arc;

use chrono::NaiveDate;

use crate::clock::Clock;
use crate::config::Config;
use crate::db::Database;
use crate::dispatch::Composer;
use crate::keys::Keyring;
use crate::letters::Paper;
use crate::outbox::Office;

/// Who writes this server's messages and makes its letters. `today` is the day as which the registers
/// are read; `None`: that of the sending.
pub fn office(
    config: &Config,
    database: &Database,
    keys: &Keyring,
    clock: Clock,
    today: Option<NaiveDate>,
) -> Office<Composer> {
    let composer =
        Composer { database: database.clone(), keys: keys.clone(), site: config.base_url(), today };
    let paper = Arc::new(Paper { clock: clock.clone() });
    Office { database: database.clone(), composer, paper, clock }
}
