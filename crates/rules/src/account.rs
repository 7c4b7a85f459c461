//! The account: what the rules make of one citizen's [`Case`]. Also its wire form.

use std::borrow::Cow;

use chrono::NaiveDate;
use serde::{Deserialize, Serialize};

use crate::units::{Hours, Money, Month};

/// How sure a number of law is, to be shown wherever the number is.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Status {
    /// It stands in a source that was read.
    Confirmed,
    /// It follows by arithmetic from confirmed numbers.
    Derived,
    /// Not confirmed: never shown to a citizen as a fact.
    Unconfirmed,
}

/// What ends a benefit period.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum EndedBy {
    /// The hours are used up.
    Hours,
    /// The frame (rammen) ends first.
    Frame,
}

/// The benefit period (dagpengeperiode): hours and the frame they must be used in.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Period {
    /// Hours of the ordinary period.
    pub entitled_hours: Hours,
    /// Paid and quarantine hours, at most the entitlement.
    pub used_hours: Hours,
    /// What is left of it.
    pub remaining_hours: Hours,
    /// Last day of the frame.
    pub frame_ends_on: Option<NaiveDate>,
    /// The month the last hour is paid if she is fully unemployed from now on.
    pub runs_out_month: Option<Month>,
    /// Which of hours and frame ends it.
    pub ended_by: Option<EndedBy>,
}

/// The employment account (beskæftigelseskonto).
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct EmploymentAccount {
    /// Valid work hours on it.
    pub work_hours: Hours,
    /// Benefit hours they can buy: twice the work hours, within the limit.
    pub extension_hours_available: Hours,
    /// Benefit hours already bought.
    pub extension_hours_used: Hours,
}

/// Requalification (genoptjening) for a new period.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Requalification {
    /// Work hours required.
    pub required_hours: Hours,
    /// Work hours that count.
    pub counted_hours: Hours,
    /// Work hours still missing.
    pub missing_hours: Hours,
    /// First month of the window.
    pub window_from: Option<Month>,
    /// Enough hours.
    pub met: bool,
}

/// How a karens window stands.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum KarensState {
    /// Not decided yet.
    Open,
    /// Enough hours: no day is deducted.
    Avoided,
    /// A day is deducted.
    Applies,
    /// A month of it has unknown hours.
    Unknown,
}

/// The current karens window of four months.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Karens {
    /// First month.
    pub window_from: Option<Month>,
    /// Last month.
    pub window_to: Option<Month>,
    /// Known work hours in it.
    pub work_hours: Hours,
    /// The hours that must be exceeded.
    pub threshold_hours: Hours,
    /// Hours missing to the first hundredth above the threshold.
    pub missing_hours: Hours,
    /// How it stands.
    pub state: KarensState,
}

/// Supplementary benefit (supplerende dagpenge).
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Supplementary {
    /// Weeks allowed.
    pub weeks_limit: u32,
    /// Weeks used, if known.
    pub weeks_used: Option<u32>,
}

/// Why a month pays nothing, or cannot be computed.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum PayoutReason {
    /// The hours of work are unknown.
    HoursUnknown,
    /// Fewer hours left than the minimum payout.
    BelowMinimum,
    /// No row of law gives a rate for the month.
    RateUnknown,
}

/// What a month pays, before tax.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Payout {
    /// The month.
    pub month: Month,
    /// Benefit hours.
    pub payable_hours: Option<Hours>,
    /// Kroner before tax.
    pub gross: Option<Money>,
    /// Why nothing is paid or known.
    pub reason: Option<PayoutReason>,
}

/// Social assistance of one month by the rule of 1 July 2025, before tax.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct SocialAssistanceMonth {
    /// The month.
    pub month: Month,
    /// Earnings.
    pub earned: Option<Money>,
    /// What is deducted from the rate.
    pub deduction: Option<Money>,
    /// What is paid.
    pub benefit: Option<Money>,
}

/// One figure explained: the rule, the row of law and the inputs it came from.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct TraceStep {
    /// Path of the figure in the [`Account`], such as `period.used_hours` or
    /// `payouts.2026-03.gross`.
    pub figure: Cow<'static, str>,
    /// Key of the rule applied.
    pub rule: Cow<'static, str>,
    /// Reference to the law.
    pub law: Cow<'static, str>,
    /// From when the row of law is valid.
    pub valid_from: Option<NaiveDate>,
    /// The inputs, each `name=value` or `name[month]=value`.
    pub inputs: Vec<String>,
    /// How sure the number of law is.
    pub status: Status,
}

/// Everything the rules say about one citizen on one day. The parts of dagpenge are `None` for
/// social assistance.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Account {
    /// The day that picked the rows of law.
    pub rules_as_of: NaiveDate,
    /// Benefit period.
    pub period: Option<Period>,
    /// Employment account.
    pub account: Option<EmploymentAccount>,
    /// Requalification.
    pub requalification: Option<Requalification>,
    /// Karens.
    pub karens: Option<Karens>,
    /// Supplementary benefit.
    pub supplementary: Option<Supplementary>,
    /// Every month given.
    pub payouts: Vec<Payout>,
    /// Only for social assistance.
    pub social_assistance: Option<Vec<SocialAssistanceMonth>>,
    /// Months whose hours of work are unknown.
    pub unknown_hours_months: Vec<Month>,
    /// How each figure came about.
    pub trace: Vec<TraceStep>,
}
