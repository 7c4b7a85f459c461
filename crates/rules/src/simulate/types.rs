//! What a simulation takes and gives: the plan, the months, the outcome. No arithmetic.

use chrono::NaiveDate;
use serde::{Deserialize, Serialize};

use crate::account::PayoutReason;
use crate::case::Away;
use crate::trace::TraceStep;
use crate::units::{Hours, Money, Month};

/// A planned holiday, first and last day included.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
#[serde(deny_unknown_fields)]
pub struct Holiday {
    /// First day.
    pub from: NaiveDate,
    /// Last day.
    pub to: NaiveDate,
}

/// “What if I work x hours a week for y weeks from this day?”
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
#[serde(deny_unknown_fields)]
pub struct Plan {
    /// First day of the work.
    pub from: NaiveDate,
    /// Ordinary, unsubsidised hours a week, spread evenly over Monday to Friday.
    pub weekly_hours: Hours,
    /// For so many weeks of seven days.
    pub weeks: u16,
    /// Holidays without benefit; no planned work on these days.
    #[serde(default)]
    pub holidays: Vec<Holiday>,
    /// Part-time insured from this month on.
    #[serde(default)]
    pub part_time_from: Option<Month>,
}

impl Plan {
    /// The plan to do nothing: no work, no holiday, no change.
    pub const fn nothing(from: NaiveDate) -> Self {
        Self {
            from,
            weekly_hours: Hours::ZERO,
            weeks: 0,
            holidays: Vec::new(),
            part_time_from: None,
        }
    }
}

/// What a karens window comes to in its fourth month.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, Serialize, Deserialize)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
#[serde(rename_all = "snake_case")]
pub enum KarensResult {
    /// Enough work hours: nothing is deducted.
    Avoided,
    /// One day is deducted from this month's benefit.
    Applied,
    /// Too few work hours, but no benefit in the fourth month to deduct from: nothing is deducted.
    NoBenefit,
    /// Too few work hours; the fourth month had karantæne or subsidised work instead of benefit, so
    /// the day is deducted in the next month with benefit.
    Postponed,
    /// One day is deducted now, postponed from a window that ended earlier.
    AppliedLate,
    /// Too few known work hours, and a month of the window has unknown hours.
    Unknown,
}

/// The end of a karens window, or a day postponed from it, in a planned month.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
pub struct SimulatedKarens {
    /// First month of the window.
    pub window_from: Month,
    /// Last month of the window: this month, unless the day was postponed.
    pub window_to: Month,
    /// Known work hours in it.
    pub work_hours: Hours,
    /// Hours that must be exceeded.
    pub threshold_hours: Hours,
    /// What it comes to.
    pub result: KarensResult,
    /// What is deducted, before tax.
    pub amount: Option<Money>,
}

/// One month as it would go.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
pub struct SimulatedMonth {
    /// The month.
    pub month: Month,
    /// Ordinary work hours: those already known and those of the plan.
    pub work_hours: Hours,
    /// Hours of planned holiday.
    pub holiday_hours: Hours,
    /// Away without benefit, as already known.
    pub away: Option<Away>,
    /// Hours of karantæne served: consumed, not paid. What a month cannot serve is left for the next.
    pub quarantine_hours: Hours,
    /// Benefit hours paid.
    pub payable_hours: Hours,
    /// Of these, hours bought from the employment account.
    pub from_extension: Hours,
    /// Weeks of work on reduced hours beside them: weeks of supplementary benefit. Of work that is
    /// reported but not settled every week that begins in the month, for each may be one.
    #[serde(default)]
    pub supplementary_weeks: u32,
    /// Kroner before tax, a karens day deducted.
    pub gross: Option<Money>,
    /// The rate is an earlier year's, since the month's own is not known yet.
    pub rate_carried_forward: bool,
    /// Why nothing is paid or known; `None` too where `away` or `quarantine_hours` say it.
    pub reason: Option<PayoutReason>,
    /// Hours of the ordinary period used by the end of the month.
    pub used_hours: Hours,
    /// Hours of it left.
    pub remaining_hours: Hours,
    /// Valid hours on the employment account.
    pub account_work_hours: Hours,
    /// Benefit hours they can buy.
    pub extension_hours_available: Hours,
    /// Benefit hours bought so far.
    pub extension_hours_used: Hours,
    /// The karens window that ends in this month, or whose day is deducted late in it.
    pub karens: Option<SimulatedKarens>,
    /// Enough hours for a new period at the end of the month.
    pub requalified: bool,
}

/// What ends the right to benefit in a simulation.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, Serialize, Deserialize)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
#[serde(rename_all = "snake_case")]
pub enum SimulationEnd {
    /// The hours of the period are used up, and nothing is on the account.
    Hours,
    /// The frame ends first.
    Frame,
    /// The hours of the period and of the extension are used up.
    Extension,
    /// The frame of the extension ends.
    ExtensionFrame,
    /// The period is used up and she has requalified: a new period can begin.
    NewPeriod,
}

/// A simulation in a few figures, comparable with another's.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
pub struct Outcome {
    /// Last month with a right to benefit from this period; `None` if nothing was left. A karens
    /// day is not paid and not used up, so it can be later than `period.runs_out_month`.
    pub ends_month: Option<Month>,
    /// What ends it.
    pub ended_by: Option<SimulationEnd>,
    /// Benefit hours that the months simulated put on the employment account.
    pub extension_hours_earned: Hours,
    /// Benefit hours of extension used in the months simulated.
    pub extension_hours_used: Hours,
    /// Karens days deducted.
    pub karens_days: u32,
    /// Karens windows with enough work hours.
    pub karens_avoided: u32,
    /// First month with enough hours for a new period.
    pub requalified_in: Option<Month>,
    /// Weeks of supplementary benefit used in the end, by those the fund has reported and those of
    /// the months; `None` if the fund's are not known. Those after the limit are not counted.
    #[serde(default)]
    pub supplementary_weeks_used: Option<u32>,
    /// From this month on benefit beside work is not certain: the weeks of it may be used up.
    #[serde(default)]
    pub supplementary_limit_month: Option<Month>,
    /// Benefit hours paid.
    pub paid_hours_total: Hours,
    /// Kroner before tax of all months whose rate is known.
    pub gross_total: Money,
    /// Months without a known rate, which the sum leaves out.
    pub months_without_rate: u32,
}

/// A plan played through month by month, beside doing nothing.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
pub struct Simulation {
    /// From the month after the last settled one to the end of the right.
    pub months: Vec<SimulatedMonth>,
    /// What the plan comes to.
    pub outcome: Outcome,
    /// What no work, no holiday and no change come to.
    pub baseline: Outcome,
    /// How the figures came about.
    pub trace: Vec<TraceStep>,
}
