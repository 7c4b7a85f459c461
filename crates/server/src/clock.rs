//! The only reader of the system's clock; everything else is handed a time.

use std::fmt;
use std::sync::Arc;

use chrono::{DateTime, NaiveDate, Utc};

/// Now.
#[allow(clippy::disallowed_methods, reason = "this module is the edge where the clock is read")]
pub fn now() -> DateTime<Utc> {
    Utc::now()
}

/// Today's date in universal time.
pub fn today() -> NaiveDate {
    now().date_naive()
}

/// A clock for the parts that live as long as the server; tests set their own.
#[derive(Clone)]
pub struct Clock(Arc<dyn Fn() -> DateTime<Utc> + Send + Sync>);

impl Clock {
    /// The system's.
    pub fn system() -> Self {
        Self(Arc::new(now))
    }

    /// One that says what `read` says.
    pub fn new(read: impl Fn() -> DateTime<Utc> + Send + Sync + 'static) -> Self {
        Self(Arc::new(read))
    }

    /// One that begins at a time and goes on from there.
    pub fn starting_at(start: DateTime<Utc>) -> Self {
        let ahead = start - now();
        // At the end of all time it stands still.
        Self::new(move || now().checked_add_signed(ahead).unwrap_or(start))
    }

    /// Now by this clock.
    pub fn now(&self) -> DateTime<Utc> {
        (self.0)()
    }
}

impl fmt::Debug for Clock {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("Clock")
    }
}
