//! Hours, money and months as exact integers, and their one decimal form on the wire.
//!
//! Floats appear here only, at the edge of JSON, and are refused when they are not exact.

use std::fmt;
use std::ops::{Add, AddAssign, Neg, Sub, SubAssign};
use std::str::FromStr;

use chrono::{Datelike, NaiveDate};
use serde::{Deserialize, Deserializer, Serialize, Serializer, de};

use crate::text::push_month;

/// A number of hours in **hundredths of an hour**: 7 hours and 24 minutes are 7.40 hours.
///
/// On the wire: a JSON number of hours with at most two decimals.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct Hours(i64);

/// An amount of money in **øre** (hundredths of a krone).
///
/// On the wire: a JSON number of kroner with at most two decimals.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct Money(i64);

/// The largest magnitude accepted from outside, in hundredths: a billion whole units. Sums of a
/// life's worth of months stay far inside `i64`, and every value is exact as an `f64`.
pub(crate) const MAX_HUNDREDTHS: i64 = 100_000_000_000;

/// Why a decimal number is not an amount of hours or kroner.
#[derive(Clone, Debug, PartialEq, Eq, thiserror::Error)]
pub enum DecimalError {
    /// Not a decimal number at all.
    #[error("“{0}” is not a decimal number")]
    NotANumber(String),
    /// More than two decimals.
    #[error("{0} has more than two decimals")]
    TooManyDecimals(String),
    /// Larger than any real figure could be.
    #[error("{0} is too large")]
    TooLarge(String),
}

/// Reads `-12`, `12.3` or `12.34` as hundredths.
fn parse_hundredths(text: &str) -> Result<i64, DecimalError> {
    let not_a_number = || DecimalError::NotANumber(text.to_owned());
    let (negative, digits) = match text.strip_prefix('-') {
        Some(rest) => (true, rest),
        None => (false, text),
    };
    let (whole, decimals) = digits.split_once('.').unwrap_or((digits, ""));
    let all_digits = |s: &str| s.bytes().all(|b| b.is_ascii_digit());
    if whole.is_empty() || !all_digits(whole) || !all_digits(decimals) || digits.ends_with('.') {
        return Err(not_a_number());
    }
    if decimals.trim_end_matches('0').len() > 2 {
        return Err(DecimalError::TooManyDecimals(text.to_owned()));
    }
    let whole: i64 = whole.parse().map_err(|_| DecimalError::TooLarge(text.to_owned()))?;
    let hundredths = decimals
        .bytes()
        .chain([b'0', b'0'])
        .take(2)
        .fold(0_i64, |sum, digit| sum * 10 + i64::from(digit - b'0'));
    let value = whole
        .checked_mul(100)
        .and_then(|value| value.checked_add(hundredths))
        .filter(|value| *value <= MAX_HUNDREDTHS)
        .ok_or_else(|| DecimalError::TooLarge(text.to_owned()))?;
    Ok(if negative { -value } else { value })
}

/// The float must be the one nearest to a number of hundredths, so `110.33` is exactly 11,033
/// hundredths and `0.1 + 0.2` is refused.
fn deserialize_hundredths<'de, D: Deserializer<'de>>(deserializer: D) -> Result<i64, D::Error> {
    let value = f64::deserialize(deserializer)?;
    let hundredths = (value * 100.0).round();
    let is_exact = hundredths / 100.0 == value;
    if is_exact && hundredths.abs() <= MAX_HUNDREDTHS as f64 {
        return Ok(hundredths as i64);
    }
    Err(de::Error::custom("not a number of at most a billion with at most two decimals"))
}

macro_rules! hundredths {
    ($name:ident, $unit:literal) => {
        impl $name {
            /// None of it.
            pub const ZERO: Self = Self(0);

            #[doc = concat!("From hundredths of one ", $unit, ".")]
            pub const fn from_hundredths(hundredths: i64) -> Self {
                Self(hundredths)
            }

            #[doc = concat!("Hundredths of one ", $unit, ".")]
            pub const fn hundredths(self) -> i64 {
                self.0
            }

            /// For drawing only: an inexact number on an axis, never the input of a rule.
            pub fn to_f64(self) -> f64 {
                self.0 as f64 / 100.0
            }

            /// The same amount, or zero if it is negative.
            pub fn or_zero(self) -> Self {
                Self(self.0.max(0))
            }
        }

        impl Add for $name {
            type Output = Self;
            fn add(self, other: Self) -> Self {
                Self(self.0.saturating_add(other.0))
            }
        }
        impl Sub for $name {
            type Output = Self;
            fn sub(self, other: Self) -> Self {
                Self(self.0.saturating_sub(other.0))
            }
        }
        impl AddAssign for $name {
            fn add_assign(&mut self, other: Self) {
                *self = *self + other;
            }
        }
        impl SubAssign for $name {
            fn sub_assign(&mut self, other: Self) {
                *self = *self - other;
            }
        }
        impl Neg for $name {
            type Output = Self;
            fn neg(self) -> Self {
                Self(self.0.saturating_neg())
            }
        }
        impl std::iter::Sum for $name {
            fn sum<I: Iterator<Item = Self>>(items: I) -> Self {
                items.fold(Self::ZERO, |sum, item| sum + item)
            }
        }

        impl FromStr for $name {
            type Err = DecimalError;
            fn from_str(text: &str) -> Result<Self, DecimalError> {
                parse_hundredths(text).map(Self)
            }
        }

        /// Always two decimals and a point: the form of traces, CSV files and tests. Pages format
        /// by locale.
        impl fmt::Display for $name {
            fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
                let sign = if self.0 < 0 { "-" } else { "" };
                let value = self.0.unsigned_abs();
                write!(f, "{sign}{}.{:02}", value / 100, value % 100)
            }
        }

        impl Serialize for $name {
            fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
                serializer.serialize_f64(self.to_f64())
            }
        }
        impl<'de> Deserialize<'de> for $name {
            fn deserialize<D: Deserializer<'de>>(deserializer: D) -> Result<Self, D::Error> {
                deserialize_hundredths(deserializer).map(Self)
            }
        }
    };
}
hundredths!(Hours, "hour");
hundredths!(Money, "krone");

/// A calendar month.
///
/// On the wire and in text: `2026-03`.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct Month(i32);

/// The text is not a month `YYYY-MM` between the years 1900 and 2200.
#[derive(Clone, Debug, PartialEq, Eq, thiserror::Error)]
#[error("“{0}” is not a month (YYYY-MM, years 1900 to 2200)")]
pub struct MonthError(String);

impl Month {
    /// The month of a year (1900–2200), counted 1–12.
    pub fn new(year: i32, month: u32) -> Option<Self> {
        ((1900..=2200).contains(&year) && (1..=12).contains(&month))
            .then(|| Self(year * 12 + month as i32 - 1))
    }

    /// The month that a day lies in.
    pub fn of(day: NaiveDate) -> Self {
        Self(day.year() * 12 + day.month0() as i32)
    }

    /// A running number: two months differ by it as many months as lie between them.
    pub const fn index(self) -> i32 {
        self.0
    }

    /// The inverse of [`Month::index`].
    pub const fn from_index(index: i32) -> Self {
        Self(index)
    }

    /// The calendar year.
    pub const fn year(self) -> i32 {
        self.0.div_euclid(12)
    }

    /// The month of the year, 1–12.
    pub const fn number(self) -> u32 {
        self.0.rem_euclid(12) as u32 + 1
    }

    /// This many months later (earlier, if negative).
    pub const fn plus(self, months: i32) -> Self {
        Self(self.0.saturating_add(months))
    }

    /// How many months later than `other` this is.
    pub const fn since(self, other: Self) -> i32 {
        self.0 - other.0
    }

    /// Its first day.
    pub fn first_day(self) -> NaiveDate {
        NaiveDate::from_ymd_opt(self.year(), self.number(), 1).unwrap_or(NaiveDate::MAX)
    }

    /// Its last day.
    pub fn last_day(self) -> NaiveDate {
        self.plus(1).first_day().pred_opt().unwrap_or(NaiveDate::MAX)
    }
}

impl fmt::Display for Month {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "{:04}-{:02}", self.year(), self.number())
    }
}

impl FromStr for Month {
    type Err = MonthError;
    fn from_str(text: &str) -> Result<Self, MonthError> {
        let parse = || {
            let (year, month) = text.split_once('-')?;
            let digits = |s: &str, n: usize| s.len() == n && s.bytes().all(|b| b.is_ascii_digit());
            if !digits(year, 4) || !digits(month, 2) {
                return None;
            }
            Self::new(year.parse().ok()?, month.parse().ok()?)
        };
        parse().ok_or_else(|| MonthError(text.to_owned()))
    }
}

impl Serialize for Month {
    fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        let mut text = String::with_capacity(8);
        push_month(&mut text, *self);
        serializer.serialize_str(&text)
    }
}

impl<'de> Deserialize<'de> for Month {
    fn deserialize<D: Deserializer<'de>>(deserializer: D) -> Result<Self, D::Error> {
        let text = String::deserialize(deserializer)?;
        text.parse().map_err(de::Error::custom)
    }
}

/// A quotient rounded half up, for amounts that are not negative.
pub(crate) fn div_half_up(numerator: i128, divisor: i64) -> i64 {
    let divisor = i128::from(divisor.max(1));
    i64::try_from((2 * numerator + divisor).div_euclid(2 * divisor)).unwrap_or(i64::MAX)
}

/// A product that cannot overflow.
pub(crate) fn product(a: i64, b: i64) -> i128 {
    i128::from(a) * i128::from(b)
}

/// How the units look in the server's API document: the wire form again, for readers.
#[cfg(feature = "openapi")]
mod openapi {
    use utoipa::openapi::schema::{ObjectBuilder, Schema, SchemaFormat, Type};
    use utoipa::openapi::{KnownFormat, RefOr};
    use utoipa::{PartialSchema, ToSchema};

    use super::{Hours, Money, Month};

    fn decimal(description: &str) -> RefOr<Schema> {
        ObjectBuilder::new()
            .schema_type(Type::Number)
            .format(Some(SchemaFormat::KnownFormat(KnownFormat::Double)))
            .multiple_of(Some(0.01))
            .description(Some(description))
            .into()
    }

    impl PartialSchema for Hours {
        fn schema() -> RefOr<Schema> {
            decimal("Hours with at most two decimals")
        }
    }
    impl ToSchema for Hours {}

    impl PartialSchema for Money {
        fn schema() -> RefOr<Schema> {
            decimal("Kroner with at most two decimals")
        }
    }
    impl ToSchema for Money {}

    impl PartialSchema for Month {
        fn schema() -> RefOr<Schema> {
            ObjectBuilder::new()
                .schema_type(Type::String)
                .pattern(Some("^[0-9]{4}-(0[1-9]|1[0-2])$"))
                .description(Some("A calendar month"))
                .into()
        }
    }
    impl ToSchema for Month {}
}
