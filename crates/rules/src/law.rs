//! The numbers of law: dated rows, picked by a day. The rows are `data/law.csv`; a change of law is
//! a change there, not in code.
//!
//! It knows what is in force on a day, not what is done with it.

use chrono::NaiveDate;

use crate::case::Insurance;
use crate::trace::{Status, Value};
use crate::units::{Hours, Money};

/// One number of law and the days on which it is in force.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Row {
    /// Which number it is.
    pub key: Key,
    /// The number with its unit.
    pub value: Value,
    /// First day in force.
    pub valid_from: NaiveDate,
    /// Last day in force; `None` while no end is known.
    pub valid_to: Option<NaiveDate>,
    /// Reference to the law, in Danish.
    pub legal_ref: &'static str,
    /// Where the number was read, or how it was derived; empty in the page, which shows the law.
    pub source: &'static str,
    /// How sure it is.
    pub status: Status,
}

const fn day(year: i32, month: u32, day: u32) -> NaiveDate {
    match NaiveDate::from_ymd_opt(year, month, day) {
        Some(day) => day,
        None => panic!("data/law.csv has a day that does not exist"),
    }
}

/// A text that nobody downloads.
const fn on_server(text: &'static str) -> &'static str {
    if cfg!(target_arch = "wasm32") { "" } else { text }
}

include!(concat!(env!("OUT_DIR"), "/law_rows.rs"));

/// The day from which the rules of this crate apply: the dagpenge reform of 2017. The facts know
/// its months, not which part began on which day: so nobody is shown this day as the one from which
/// a number holds.
pub const FIRST_DAY: NaiveDate = day(2017, 7, 1);

/// Every row of a number, oldest first.
pub fn rows(key: Key) -> &'static [Row] {
    let (start, end) = RANGES[key as usize];
    &ROWS[start..end]
}

/// The row in force on a day; `None` if no row of law is known for it.
///
/// # Examples
/// ```
/// use chrono::NaiveDate;
/// use jobnet_rules::law::{Key, row};
/// let day = NaiveDate::from_ymd_opt(2026, 10, 11).unwrap();
/// let rate = row(Key::RateMaximumFullTime, day).unwrap();
/// assert_eq!(rate.value.to_string(), "22041.00");
/// let next_year = NaiveDate::from_ymd_opt(2027, 1, 1).unwrap();
/// assert!(row(Key::RateMaximumFullTime, next_year).is_none(), "not known yet");
/// ```
pub fn row(key: Key, as_of: NaiveDate) -> Option<&'static Row> {
    let rows = rows(key);
    let after = rows.partition_point(|row| row.valid_from <= as_of);
    let row = rows.get(after.checked_sub(1)?)?;
    row.valid_to.is_none_or(|last| as_of <= last).then_some(row)
}

/// The newest row in force on a day or, if none is, before it.
pub fn row_or_earlier(key: Key, as_of: NaiveDate) -> Option<&'static Row> {
    let rows = rows(key);
    let after = rows.partition_point(|row| row.valid_from <= as_of);
    rows.get(after.checked_sub(1)?)
}

/// Picks the number for an insurance where the law has one for each.
pub const fn by_insurance(insurance: Insurance, full_time: Key, part_time: Key) -> Key {
    match insurance {
        Insurance::FullTime => full_time,
        Insurance::PartTime => part_time,
    }
}

/// A number of law in its type, and the row it stands in.
#[derive(Clone, Copy, Debug)]
pub struct Fact<T> {
    /// The number.
    pub value: T,
    /// Its row.
    pub row: &'static Row,
}

/// A number that has its own unit in the law.
pub trait LawValue: Sized {
    /// The number, if the row has this unit.
    fn of(value: Value) -> Option<Self>;
}

impl LawValue for Hours {
    fn of(value: Value) -> Option<Self> {
        if let Value::Hours(hours) = value { Some(hours) } else { None }
    }
}

impl LawValue for Money {
    fn of(value: Value) -> Option<Self> {
        if let Value::Money(money) = value { Some(money) } else { None }
    }
}

/// A count of months, weeks, days, years or times.
impl LawValue for i32 {
    fn of(value: Value) -> Option<Self> {
        if let Value::Count(count) = value { Self::try_from(count).ok() } else { None }
    }
}

/// A share in hundredths of a percent.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Percent(pub i64);

impl LawValue for Percent {
    fn of(value: Value) -> Option<Self> {
        if let Value::Percent(hundredths) = value { Some(Self(hundredths)) } else { None }
    }
}

/// The number in force on a day, in its type.
pub fn fact<T: LawValue>(key: Key, as_of: NaiveDate) -> Option<Fact<T>> {
    let row = row(key, as_of)?;
    Some(Fact { value: T::of(row.value)?, row })
}

/// [`fact`] for a number that differs by insurance.
pub fn fact_for<T: LawValue>(
    insurance: Insurance,
    full_time: Key,
    part_time: Key,
    as_of: NaiveDate,
) -> Option<Fact<T>> {
    fact(by_insurance(insurance, full_time, part_time), as_of)
}
