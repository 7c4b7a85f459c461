//! The account: what the rules make of one citizen's [`Case`](crate::case::Case). Also its wire form.

use chrono::NaiveDate;
use serde::{Deserialize, Serialize};

use crate::units::{Hours, Money, Month};

pub use crate::trace::{Status, TraceStep};

/// What ends a benefit period.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
#[serde(rename_all = "snake_case")]
pub enum EndedBy {
    /// The hours are used up.
    Hours,
    /// The frame (rammen) ends first.
    Frame,
}

/// The benefit period (dagpengeperiode): hours and the frame they must be used in.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
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
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
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
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
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
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
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
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
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
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
pub struct Supplementary {
    /// Weeks allowed.
    pub weeks_limit: u32,
    /// Weeks used, if known.
    pub weeks_used: Option<u32>,
}

/// Why a month pays nothing, or cannot be computed.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
#[serde(rename_all = "snake_case")]
pub enum PayoutReason {
    /// The hours of work are unknown.
    HoursUnknown,
    /// Fewer hours left than the minimum payout.
    BelowMinimum,
    /// No row of law gives a rate for the month.
    RateUnknown,
    /// The earnings, which reduce social assistance, are unknown.
    EarningsUnknown,
}

/// What a month pays, before tax.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
pub struct Payout {
    /// The month.
    pub month: Month,
    /// Benefit hours; `None` if unknown, and for social assistance, which is not paid by the hour.
    pub payable_hours: Option<Hours>,
    /// Kroner before tax.
    pub gross: Option<Money>,
    /// Why nothing is paid or known.
    pub reason: Option<PayoutReason>,
}

/// Social assistance of one month by the rule of 1 July 2025, before tax.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
pub struct SocialAssistanceMonth {
    /// The month.
    pub month: Month,
    /// Earnings.
    pub earned: Option<Money>,
    /// The level's monthly rate; `None` while no row of law gives one.
    pub rate: Option<Money>,
    /// The share of the earnings above the free amount; it takes the benefit at most to zero.
    pub deduction: Option<Money>,
    /// What is paid: the rate less the deduction, and no more than keeps earnings and benefit
    /// together under the ceiling.
    pub benefit: Option<Money>,
}

/// Everything the rules say about one citizen on one day. The parts of dagpenge are `None` for
/// social assistance.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
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
