//! Days in text: `2026-10-11` and nothing else.
//!
//! The parser of chrono reads every format there is, and the page would have to carry all of it.

use chrono::NaiveDate;
use serde::{Deserialize, Deserializer, Serializer, de};
use std::borrow::Cow;

use crate::text::push_day;

/// A day of the calendar written `YYYY-MM-DD`.
///
/// # Examples
/// ```
/// use jobnet_rules::day;
/// assert_eq!(day::parse("2024-02-29").unwrap().to_string(), "2024-02-29");
/// for no_day in ["2023-02-29", "2026-1-11", "26-10-11", "2026-10-11 ", "+026-10-11", "æ26-10-1"] {
///     assert_eq!(day::parse(no_day), None, "{no_day}");
/// }
/// ```
pub fn parse(text: &str) -> Option<NaiveDate> {
    let bytes: &[u8; 10] = text.as_bytes().try_into().ok()?;
    let number = |digits: &[u8]| {
        digits.iter().try_fold(0_u32, |sum, digit| {
            digit.is_ascii_digit().then(|| 10 * sum + u32::from(digit - b'0'))
        })
    };
    let [year @ .., b'-', m1, m2, b'-', d1, d2] = bytes else { return None };
    let year = i32::try_from(number(year)?).ok()?;
    NaiveDate::from_ymd_opt(year, number(&[*m1, *m2])?, number(&[*d1, *d2])?)
}

/// For `#[serde(serialize_with)]`: what chrono writes, without its formatter, which hands on each
/// character for itself.
///
/// # Errors
/// Those of the serializer.
pub fn write<S: Serializer>(day: &NaiveDate, serializer: S) -> Result<S::Ok, S::Error> {
    let mut text = String::with_capacity(10);
    push_day(&mut text, *day);
    serializer.serialize_str(&text)
}

/// The same of a day that may be missing.
///
/// # Errors
/// Those of the serializer.
#[allow(clippy::ref_option, reason = "serde hands a reference to the field")]
pub fn write_option<S: Serializer>(
    day: &Option<NaiveDate>,
    serializer: S,
) -> Result<S::Ok, S::Error> {
    match day {
        Some(day) => write(day, serializer),
        None => serializer.serialize_none(),
    }
}

/// For `#[serde(deserialize_with)]`.
///
/// # Errors
/// Not a day.
pub fn read<'de, D: Deserializer<'de>>(deserializer: D) -> Result<NaiveDate, D::Error> {
    let text = Cow::<'de, str>::deserialize(deserializer)?;
    parse(&text).ok_or_else(|| de::Error::custom("not a day"))
}

/// For `#[serde(default, deserialize_with)]`.
///
/// # Errors
/// Neither a day nor null.
pub fn read_option<'de, D: Deserializer<'de>>(
    deserializer: D,
) -> Result<Option<NaiveDate>, D::Error> {
    let text = Option::<Cow<'de, str>>::deserialize(deserializer)?;
    let parsed = text.map(|text| parse(&text).ok_or_else(|| de::Error::custom("not a day")));
    parsed.transpose()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_day_is_written_as_chrono_writes_it() {
        #[derive(serde::Serialize)]
        struct Ours(#[serde(serialize_with = "write")] NaiveDate);
        for year in [-262_142, -1, 0, 7, 1999, 2026, 9999, 10_000, 262_142] {
            let day = NaiveDate::from_ymd_opt(year, 2, 9).unwrap();
            let (ours, theirs) = (serde_json::to_string(&Ours(day)), serde_json::to_string(&day));
            assert_eq!(ours.unwrap(), theirs.unwrap());
        }
    }
}
