//! Everything that a message needs to leave this server, put together: what is sent, the paper of
//! letters, the queue.

use std::sync::Arc;

use chrono::{DateTime, NaiveDate, Utc};
use sea_orm::DatabaseTransaction;

use crate::clock::Clock;
use crate::config::Config;
use crate::db::Database;
use crate::dispatch::{Composer, Queue};
use crate::keys::Keyring;
use crate::letters::{Origin, Paper};
use crate::outbox::message::Planned;
use crate::outbox::{Office, enqueue_in};

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
    let origin = Origin::of(config);
    let paper = Arc::new(Paper { clock: clock.clone(), origin });
    Office { database: database.clone(), composer, paper, clock }
}

/// Puts what trials plan into the outbox.
#[derive(Clone, Copy, Debug)]
pub struct Tray {
    /// When it is planned.
    pub now: DateTime<Utc>,
}

impl Queue for Tray {
    async fn take(
        &mut self,
        transaction: &DatabaseTransaction,
        planned: &[Planned],
    ) -> anyhow::Result<()> {
        for one in planned {
            enqueue_in(transaction, one, self.now).await?;
        }
        Ok(())
    }
}
