//! The only reader of the system's clock; everything else is handed a time.

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
