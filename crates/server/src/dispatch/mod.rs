//! What trials send: once a day who is enrolled without signing in, and which messages are due; and
//! at the moment of sending once more whether they still are, and what they say.
//!
//! Who gets what when is the protocol's and `jobnet_trials::dispatch`'. It must not know how a
//! message is sent: that is the outbox'.

mod calendar;
mod compose;
mod enrol;
mod fates;
mod plan;
mod preview;
#[allow(unreachable_pub, reason = "what the entity macros make must be public")]
mod row;

use std::future::Future;

use chrono::{DateTime, NaiveDate, Utc};
use chrono_tz::Europe::Copenhagen;
use jobnet_trials::dispatch::Life;
use sea_orm::{DatabaseTransaction, DbErr};

use crate::db::Database;
use crate::keys::Keyring;
use crate::outbox::message::Planned;
use crate::trials::{Running, Serving, TrialError};

pub use calendar::{Count, counts};
pub use compose::{Addresses, Composer, channel, content};
pub use enrol::enrol;
pub use plan::plan;
pub use preview::{message, messages};

/// Why a day's work could not be done. What was done before stays, and the rest is done next time.
#[derive(Debug, thiserror::Error)]
pub enum DispatchError {
    /// The trials failed.
    #[error(transparent)]
    Trial(#[from] TrialError),
    /// The database failed.
    #[error("the database failed: {0}")]
    Database(#[from] DbErr),
    /// What takes the messages refused them.
    #[error("the messages could not be queued: {0}")]
    Queue(#[source] anyhow::Error),
}

/// What a day brought.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct Done {
    /// Citizens enrolled.
    pub enrolled: u64,
    /// Messages planned.
    pub planned: u64,
    /// Messages that will never be sent.
    pub withheld: u64,
}

/// What takes the messages that are planned.
pub trait Queue: Send {
    /// Takes them, within the transaction that notes that they are planned: both or neither.
    ///
    /// # Errors
    /// It cannot; nothing is noted then.
    fn take(
        &mut self,
        transaction: &DatabaseTransaction,
        planned: &[Planned],
    ) -> impl Future<Output = anyhow::Result<()>> + Send;
}

/// Enrols who is to be enrolled without signing in, and plans what is due, in every trial that
/// serves. The same day twice changes nothing. `today` is the day as which the registers are read,
/// `queue` takes what is planned within the transaction that notes it.
///
/// # Errors
/// When the database or the queue fails.
pub async fn day(
    database: &Database,
    keys: &Keyring,
    serving: &Serving,
    today: NaiveDate,
    now: DateTime<Utc>,
    queue: &mut impl Queue,
) -> Result<Done, DispatchError> {
    let mut done = Done::default();
    let trials = serving.now(database, keys).await?;
    let begun = serving.begun(database, keys).await?;
    for trial in trials {
        done.enrolled += enrol(database, &trial, &begun, today, now).await?;
        if !trial.protocol.dispatch.is_empty() {
            let (planned, withheld) = plan(database, &trial, today, now, queue).await?;
            done.planned += planned;
            done.withheld += withheld;
        }
    }
    Ok(done)
}

/// Where a trial that serves is in its life.
fn life(trial: &Running) -> Life {
    trial.closed.map_or(Life::Running, |at| Life::Closed { on: danish_day(at) })
}

/// The day of a time in Denmark.
pub(crate) fn danish_day(at: DateTime<Utc>) -> NaiveDate {
    at.with_timezone(&Copenhagen).date_naive()
}
