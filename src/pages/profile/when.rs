//! When something happened, as it is told.

use chrono::{DateTime, Utc};
use jobnet_rules::day;

use crate::i18n::{fill, language};
use crate::platform::beat;

/// `{date}` and `{time}` of a sentence, in Denmark.
pub(super) fn when(at: DateTime<Utc>, sentence: &str) -> String {
    let here = language();
    let told = beat::in_denmark(at.timestamp()).and_then(|(date, minutes)| {
        let date = here.date(day::parse(&date)?);
        Some(fill(sentence, &[("date", &date), ("time", &here.time(minutes))]))
    });
    told.unwrap_or_default()
}

/// The day, in Denmark.
pub(super) fn on(at: DateTime<Utc>) -> String {
    when(at, "{date}")
}
