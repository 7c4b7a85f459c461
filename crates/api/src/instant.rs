//! Instants on the wire: RFC 3339 in UTC, as the server writes them. Read to the second, without
//! the parser of chrono, which reads every format there is.

use std::borrow::Cow;

use chrono::{DateTime, Utc};
use jobnet_rules::day;
use serde::{Deserialize, Deserializer, de};

/// For `#[serde(deserialize_with)]`.
///
/// # Errors
/// Not an instant in UTC.
pub(crate) fn read<'de, D: Deserializer<'de>>(deserializer: D) -> Result<DateTime<Utc>, D::Error> {
    let text = Cow::<'de, str>::deserialize(deserializer)?;
    parse(&text).ok_or_else(|| de::Error::custom("not an instant in UTC"))
}

/// The same for what may not have happened.
///
/// # Errors
/// As [`read`].
pub(crate) fn read_option<'de, D: Deserializer<'de>>(
    deserializer: D,
) -> Result<Option<DateTime<Utc>>, D::Error> {
    let text = Option::<Cow<'de, str>>::deserialize(deserializer)?;
    text.map(|text| parse(&text).ok_or_else(|| de::Error::custom("not an instant in UTC")))
        .transpose()
}

/// `2026-11-22T10:00:00Z`, also with a fraction of a second.
fn parse(text: &str) -> Option<DateTime<Utc>> {
    let (day, time) = text.strip_suffix('Z')?.split_once('T')?;
    let time = time.split_once('.').map_or(time, |(time, _)| time);
    let mut parts = time.split(':').map(|part| part.parse::<u32>().ok());
    let mut next = || parts.next().flatten();
    let (hour, minute, second) = (next()?, next()?, next()?);
    let time = day::parse(day)?.and_hms_opt(hour, minute, second)?;
    parts.next().is_none().then(|| time.and_utc())
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn what_chrono_writes_is_read_to_the_second() {
        for (seconds, nanos) in [(0, 0), (1_795_000_000, 0), (1_795_000_001, 250_000_000)] {
            let instant = DateTime::from_timestamp(seconds, nanos).unwrap();
            let text = serde_json::to_string(&instant).unwrap();
            let read = parse(text.trim_matches('"')).unwrap();
            assert_eq!(read.timestamp(), seconds, "{text}");
        }
    }

    #[test]
    fn nothing_else_is_an_instant() {
        for text in [
            "2026-11-22",
            "2026-11-22T10:00Z",
            "2026-11-22T10:00:00",
            "2026-11-22T10:00:00+01:00",
            "2026-11-22T25:00:00Z",
            "2026-11-31T10:00:00Z",
            "2026-11-22T10:00:00:00Z",
        ] {
            assert_eq!(parse(text), None, "{text}");
        }
    }
}
