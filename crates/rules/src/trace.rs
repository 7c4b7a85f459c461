//! How a figure came about: the rule, the inputs and the row of law, as data.
//!
//! A trace is never a sentence: the page puts [`Rule`]s and [`Quantity`]s into words, exhaustively,
//! so that a rule without an explanation does not compile. On the wire everything here is a short
//! text (`payouts.2026-03.gross`, `paid_hours[2026-03]=110.33`).

use std::borrow::Cow;
use std::fmt::{self, Write};
use std::str::FromStr;

use chrono::NaiveDate;
use serde::ser::SerializeSeq;
use serde::{Deserialize, Deserializer, Serialize, Serializer, de};

use crate::case::Away;
use crate::day;
use crate::keys::keyed_enum;
use crate::law::Row;
use crate::text::{push_day, push_hundredths, push_month};
use crate::units::{Hours, Money, Month};

pub use crate::figure::Figure;
pub use crate::quantity::{Kind, Quantity};

/// How sure a number of law is, to be shown wherever the number is.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
#[serde(rename_all = "snake_case")]
pub enum Status {
    /// It stands in a source that was read.
    Confirmed,
    /// It follows by arithmetic from confirmed numbers.
    Derived,
    /// Not confirmed: never shown to a citizen as a fact.
    Unconfirmed,
}

keyed_enum! {
    /// A way to get from inputs to a figure. Each is explained in words by the page.
    pub enum Rule {
        /// The hours of a benefit period.
        PeriodEntitlement = "period.entitlement",
        /// Paid and quarantine hours use up the period, at most the entitlement.
        PeriodConsumption = "period.consumption",
        /// Entitlement less consumption.
        PeriodRemaining = "period.remaining",
        /// Months from the placement, lengthened by months away.
        PeriodFrame = "period.frame",
        /// Remaining hours divided by a full month, not beyond the frame.
        PeriodRunsOut = "period.runs_out",
        /// Known ordinary work hours, less what an extension used, less what is too old.
        AccountHours = "account.hours",
        /// Each hour on the account gives two benefit hours, up to a limit.
        AccountExtension = "account.extension",
        /// Hours paid beyond the entitlement came from the account.
        AccountUsed = "account.used",
        /// The work hours a new period takes.
        RequalificationRequirement = "requalification.requirement",
        /// The hours on the account count.
        RequalificationCounted = "requalification.counted",
        /// Requirement less counted hours.
        RequalificationMissing = "requalification.missing",
        /// The months in which hours count.
        RequalificationWindow = "requalification.window",
        /// Four months each from the placement; months away are not counted.
        KarensWindow = "karens.window",
        /// Known work hours in the window.
        KarensHours = "karens.hours",
        /// The hours that must be exceeded.
        KarensThreshold = "karens.threshold",
        /// Hours to the first hundredth above the threshold.
        KarensMissing = "karens.missing",
        /// Avoided, applied, open or unknown.
        KarensState = "karens.state",
        /// One day's benefit, in whole kroner.
        KarensDay = "karens.day",
        /// The weeks with supplementary benefit.
        SupplementaryLimit = "supplementary.limit",
        /// The weeks used, as the fund reported them.
        SupplementaryUsed = "supplementary.used",
        /// A full month less work hours, nothing below the minimum.
        PayoutHours = "payout.hours",
        /// Payable hours × monthly rate ÷ the hours of a month.
        PayoutGross = "payout.gross",
        /// What was really paid for a month, as the fund or the municipality reported it.
        PaymentReported = "payments.reported",
        /// The month's hours of work are unknown.
        PayoutUnknown = "payout.unknown",
        /// No row of law gives a rate for the month.
        RateUnknown = "payout.rate_unknown",
        /// Months whose hours of work are unknown.
        UnknownHours = "hours.unknown",
        /// The level's monthly rate.
        SocialAssistanceRate = "social_assistance.rate",
        /// A share of the earnings above the free amount is deducted.
        SocialAssistanceDeduction = "social_assistance.deduction",
        /// Rate less deduction, earnings and benefit together under a ceiling.
        SocialAssistanceBenefit = "social_assistance.benefit",
        /// Earnings required when nothing is left.
        IncomeRequirement = "income_requirement",
        /// Long use of benefits shortens the period.
        Shortening = "shortening",
        /// More supplementary weeks for months with many work hours.
        SupplementaryExtension = "supplementary.extension",
        /// New supplementary weeks after enough months with many work hours.
        SupplementaryRenewal = "supplementary.renewal",
        /// Work hours above three full months are worked off before benefits.
        ExcessHours = "excess_hours",
        /// Karantæne is served in hours that would have been paid.
        Quarantine = "sanctions.quarantine",
        /// The right is lost until enough hours have been worked.
        WorkRequirement = "sanctions.work_requirement",
        /// 225 hours of ordinary work in twelve months (until June 2025).
        Rule225 = "rule_225",
        /// What happens to the right in a planned month.
        SimulationMonth = "simulation.month",
        /// When the right ends with the plan.
        SimulationEnd = "simulation.end",
        /// Work hours of the plan and what they buy.
        SimulationExtension = "simulation.extension",
        /// Karens days with the plan.
        SimulationKarens = "simulation.karens",
        /// When the plan gives the right to a new period.
        SimulationRequalification = "simulation.requalification",
        /// What the plan pays before tax.
        SimulationGross = "simulation.gross",
    }
}

/// The value of an input.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Value {
    /// Hours.
    Hours(Hours),
    /// Kroner.
    Money(Money),
    /// A number of months, weeks, days or times.
    Count(i64),
    /// A share, in hundredths of a percent.
    Percent(i64),
    /// A month.
    Month(Month),
    /// A day.
    Date(NaiveDate),
    /// A reason to be away.
    Away(Away),
    /// Yes or no.
    Flag(bool),
    /// Not known; never the same as zero.
    Unknown,
}

/// One input of a figure: `paid_hours[2026-03]=110.33` or `month_hours=160.33`.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Input {
    /// What it measures.
    pub quantity: Quantity,
    /// Of which month, if of one.
    pub month: Option<Month>,
    /// How much.
    pub value: Value,
}

impl Input {
    pub(crate) const fn hours(quantity: Quantity, hours: Hours) -> Self {
        Self { quantity, month: None, value: Value::Hours(hours) }
    }
    pub(crate) const fn money(quantity: Quantity, money: Money) -> Self {
        Self { quantity, month: None, value: Value::Money(money) }
    }
    pub(crate) const fn count(quantity: Quantity, count: i64) -> Self {
        Self { quantity, month: None, value: Value::Count(count) }
    }
    pub(crate) const fn percent(quantity: Quantity, hundredths: i64) -> Self {
        Self { quantity, month: None, value: Value::Percent(hundredths) }
    }
    pub(crate) const fn month(quantity: Quantity, month: Month) -> Self {
        Self { quantity, month: None, value: Value::Month(month) }
    }
    pub(crate) const fn date(quantity: Quantity, date: NaiveDate) -> Self {
        Self { quantity, month: None, value: Value::Date(date) }
    }
    pub(crate) const fn flag(quantity: Quantity, flag: bool) -> Self {
        Self { quantity, month: None, value: Value::Flag(flag) }
    }
    pub(crate) const fn unknown(quantity: Quantity) -> Self {
        Self { quantity, month: None, value: Value::Unknown }
    }
    /// The same input, of one month.
    pub(crate) const fn of(mut self, month: Month) -> Self {
        self.month = Some(month);
        self
    }
}

impl fmt::Display for Value {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Self::Hours(hours) => hours.fmt(f),
            Self::Money(money) => money.fmt(f),
            Self::Count(count) => count.fmt(f),
            Self::Percent(percent) => Hours::from_hundredths(*percent).fmt(f),
            Self::Month(month) => month.fmt(f),
            Self::Date(date) => date.fmt(f),
            Self::Away(away) => f.write_str(away.key()),
            Self::Flag(flag) => flag.fmt(f),
            Self::Unknown => f.write_str("unknown"),
        }
    }
}

impl fmt::Display for Input {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(self.quantity.key())?;
        if let Some(month) = self.month {
            write!(f, "[{month}]")?;
        }
        write!(f, "={}", self.value)
    }
}

/// The text is not an input of a trace.
#[derive(Clone, Debug, PartialEq, Eq, thiserror::Error)]
#[error("“{0}” is not an input such as month_hours=160.33 or paid_hours[2026-03]=110.33")]
pub struct InputError(String);

impl FromStr for Input {
    type Err = InputError;
    fn from_str(text: &str) -> Result<Self, InputError> {
        parse_input(text).ok_or_else(|| InputError(text.to_owned()))
    }
}

fn parse_input(text: &str) -> Option<Input> {
    let (name, value) = text.split_once('=')?;
    let (name, month) = match name.split_once('[') {
        Some((name, month)) => (name, Some(month.strip_suffix(']')?.parse().ok()?)),
        None => (name, None),
    };
    let quantity: Quantity = name.parse().ok()?;
    if value == "unknown" {
        return Some(Input { quantity, month, value: Value::Unknown });
    }
    let value = match quantity.kind() {
        Kind::Hours => Value::Hours(value.parse().ok()?),
        Kind::Money => Value::Money(value.parse().ok()?),
        Kind::Count => Value::Count(value.parse().ok()?),
        Kind::Percent => Value::Percent(value.parse::<Hours>().ok()?.hundredths()),
        Kind::Month => Value::Month(value.parse().ok()?),
        Kind::Date => Value::Date(day::parse(value)?),
        Kind::Away => Value::Away(value.parse().ok()?),
        Kind::Flag => Value::Flag(value.parse().ok()?),
    };
    Some(Input { quantity, month, value })
}

impl Input {
    fn push(&self, text: &mut String) {
        text.push_str(self.quantity.key());
        if let Some(month) = self.month {
            text.push('[');
            push_month(text, month);
            text.push(']');
        }
        text.push('=');
        match self.value {
            Value::Hours(hours) => push_hundredths(text, hours.hundredths()),
            Value::Money(money) => push_hundredths(text, money.hundredths()),
            Value::Percent(percent) => push_hundredths(text, percent),
            Value::Month(month) => push_month(text, month),
            Value::Date(day) => push_day(text, day),
            Value::Count(_) | Value::Away(_) | Value::Flag(_) | Value::Unknown => {
                let _never_fails = write!(text, "{}", self.value);
            }
        }
    }
}

impl Serialize for Input {
    fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        let mut text = String::with_capacity(64);
        self.push(&mut text);
        serializer.serialize_str(&text)
    }
}

/// All inputs of a step through one text.
fn write_inputs<S: Serializer>(inputs: &[Input], serializer: S) -> Result<S::Ok, S::Error> {
    let mut list = serializer.serialize_seq(Some(inputs.len()))?;
    let mut text = String::with_capacity(64);
    for input in inputs {
        text.clear();
        input.push(&mut text);
        list.serialize_element(text.as_str())?;
    }
    list.end()
}

impl<'de> Deserialize<'de> for Input {
    fn deserialize<D: Deserializer<'de>>(deserializer: D) -> Result<Self, D::Error> {
        let text = String::deserialize(deserializer)?;
        text.parse().map_err(de::Error::custom)
    }
}

/// One figure explained: the rule, the row of law and the inputs it came from.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
pub struct TraceStep {
    /// The figure explained.
    #[cfg_attr(feature = "openapi", schema(value_type = String, example = "payouts.2026-03.gross"))]
    pub figure: Figure,
    /// The rule applied.
    #[cfg_attr(feature = "openapi", schema(value_type = String, example = "payout.gross"))]
    pub rule: Rule,
    /// Reference to the law, in Danish; empty when the figure is a reported fact.
    #[cfg_attr(feature = "openapi", schema(value_type = String))]
    pub law: Cow<'static, str>,
    /// From when the newest of the rows of law used is valid.
    #[serde(serialize_with = "day::write_option")]
    pub valid_from: Option<NaiveDate>,
    /// What went in, numbers of law included.
    #[cfg_attr(feature = "openapi", schema(value_type = Vec<String>, example = json!(["month_hours=160.33", "work_hours[2026-03]=50.00"])))]
    #[serde(serialize_with = "write_inputs")]
    pub inputs: Vec<Input>,
    /// How sure the least sure number of law used is.
    pub status: Status,
}

/// A result with its explanation, for figures that are not part of an account.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Explained<T> {
    /// The result.
    pub value: T,
    /// The rule applied.
    pub rule: Rule,
    /// Reference to the law, in Danish.
    pub law: Cow<'static, str>,
    /// From when the newest of the rows of law used is valid.
    pub valid_from: Option<NaiveDate>,
    /// What went in, numbers of law included.
    pub inputs: Vec<Input>,
    /// How sure the least sure number of law used is.
    pub status: Status,
}

impl<T> Explained<T> {
    pub(crate) fn new(value: T, rule: Rule, rows: &[&'static Row], inputs: Vec<Input>) -> Self {
        Self {
            value,
            rule,
            law: Cow::Borrowed(rows.first().map_or("", |row| row.legal_ref)),
            valid_from: rows.iter().map(|row| row.valid_from).max(),
            inputs,
            status: rows.iter().map(|row| row.status).max().unwrap_or(Status::Confirmed),
        }
    }
}
