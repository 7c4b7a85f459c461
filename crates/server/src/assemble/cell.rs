//! Cells of registers as the database writes them into JSON, read into what they mean. It must not
//! know which register a cell is of.

use chrono::{DateTime, NaiveDate, Utc};
use jobnet_rules::day as days;
use jobnet_rules::units::{Hours, Money, Month};
use serde::de::Error;
use serde::{Deserialize, Deserializer};

use crate::db::registers::month_from_db;

/// `202603` is March 2026.
pub(super) fn month<'de, D: Deserializer<'de>>(deserializer: D) -> Result<Month, D::Error> {
    month_from_db(i32::deserialize(deserializer)?).ok_or_else(|| D::Error::custom("no month"))
}

/// Hundredths of an hour.
pub(super) fn hours<'de, D: Deserializer<'de>>(deserializer: D) -> Result<Option<Hours>, D::Error> {
    Ok(Option::<i64>::deserialize(deserializer)?.map(Hours::from_hundredths))
}

/// Øre.
pub(super) fn money<'de, D: Deserializer<'de>>(deserializer: D) -> Result<Option<Money>, D::Error> {
    Ok(Option::<i64>::deserialize(deserializer)?.map(Money::from_hundredths))
}

/// `2026-03-01`.
pub(super) fn day<'de, D: Deserializer<'de>>(deserializer: D) -> Result<NaiveDate, D::Error> {
    days::parse(<&str>::deserialize(deserializer)?).ok_or_else(|| D::Error::custom("no day"))
}

/// A day or nothing.
pub(super) fn optional_day<'de, D: Deserializer<'de>>(
    deserializer: D,
) -> Result<Option<NaiveDate>, D::Error> {
    let text = Option::<&str>::deserialize(deserializer)?;
    text.map(|text| days::parse(text).ok_or_else(|| D::Error::custom("no day"))).transpose()
}

/// Seconds since 1970 UTC.
pub(super) fn instant<'de, D: Deserializer<'de>>(
    deserializer: D,
) -> Result<DateTime<Utc>, D::Error> {
    let seconds = i64::deserialize(deserializer)?;
    DateTime::from_timestamp(seconds, 0).ok_or_else(|| D::Error::custom("no time"))
}

/// A flag: SQLite has 0 and 1, PostgreSQL false and true.
#[derive(Deserialize)]
#[serde(untagged)]
enum Flag {
    Word(bool),
    Number(u8),
}

impl From<Flag> for bool {
    fn from(flag: Flag) -> Self {
        match flag {
            Flag::Word(word) => word,
            Flag::Number(number) => number != 0,
        }
    }
}

/// Yes or no.
pub(super) fn flag<'de, D: Deserializer<'de>>(deserializer: D) -> Result<bool, D::Error> {
    Flag::deserialize(deserializer).map(bool::from)
}

/// Yes, no or unknown.
pub(super) fn optional_flag<'de, D: Deserializer<'de>>(
    deserializer: D,
) -> Result<Option<bool>, D::Error> {
    Ok(Option::<Flag>::deserialize(deserializer)?.map(bool::from))
}
