//! Cells of registers as the database writes them into JSON, read into what they mean. It must not
//! know which register a cell is of.

use std::fmt;

use chrono::{DateTime, NaiveDate, Utc};
use jobnet_rules::day as days;
use jobnet_rules::units::{Hours, Money, Month};
use serde::de::{Error, Visitor};
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

/// A flag: SQLite has 0 and 1, PostgreSQL false and true. Asked for as what it is: to try one and then
/// the other would make the text of an error for each.
struct Flag;

impl Visitor<'_> for Flag {
    type Value = bool;

    fn expecting(&self, out: &mut fmt::Formatter<'_>) -> fmt::Result {
        out.write_str("a flag")
    }

    fn visit_bool<E: Error>(self, flag: bool) -> Result<bool, E> {
        Ok(flag)
    }

    fn visit_u64<E: Error>(self, flag: u64) -> Result<bool, E> {
        match flag {
            0 => Ok(false),
            1 => Ok(true),
            _ => Err(E::custom("no flag")),
        }
    }
}

/// A flag that may be missing.
struct OptionalFlag;

impl<'de> Visitor<'de> for OptionalFlag {
    type Value = Option<bool>;

    fn expecting(&self, out: &mut fmt::Formatter<'_>) -> fmt::Result {
        Flag.expecting(out)
    }

    fn visit_none<E: Error>(self) -> Result<Option<bool>, E> {
        Ok(None)
    }

    fn visit_some<D: Deserializer<'de>>(self, deserializer: D) -> Result<Option<bool>, D::Error> {
        deserializer.deserialize_any(Flag).map(Some)
    }
}

/// Yes or no.
pub(super) fn flag<'de, D: Deserializer<'de>>(deserializer: D) -> Result<bool, D::Error> {
    deserializer.deserialize_any(Flag)
}

/// Yes, no or unknown.
pub(super) fn optional_flag<'de, D: Deserializer<'de>>(
    deserializer: D,
) -> Result<Option<bool>, D::Error> {
    deserializer.deserialize_option(OptionalFlag)
}
