//! What the inputs of a trace measure, each with the kind of value it has.

use crate::keys::keyed_enum;

/// What kind of value a quantity has.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Kind {
    /// [`Value::Hours`](crate::trace::Value::Hours).
    Hours,
    /// [`Value::Money`](crate::trace::Value::Money).
    Money,
    /// [`Value::Count`](crate::trace::Value::Count).
    Count,
    /// [`Value::Percent`](crate::trace::Value::Percent).
    Percent,
    /// [`Value::Month`](crate::trace::Value::Month).
    Month,
    /// [`Value::Date`](crate::trace::Value::Date).
    Date,
    /// [`Value::Away`](crate::trace::Value::Away).
    Away,
    /// [`Value::Flag`](crate::trace::Value::Flag).
    Flag,
}

macro_rules! quantities {
    ($( $(#[$doc:meta])* $variant:ident = $key:literal : $kind:ident, )+) => {
        keyed_enum! {
            /// What an input measures.
            pub enum Quantity { $( $(#[$doc])* $variant = $key, )+ }
        }
        impl Quantity {
            /// The kind of its values.
            pub const fn kind(self) -> Kind {
                match self { $( Self::$variant => Kind::$kind, )+ }
            }
        }
    };
}

quantities! {
    /// Benefit hours paid in a month.
    PaidHours = "paid_hours": Hours,
    /// Kroner paid for a month.
    PaidGross = "paid_gross": Money,
    /// Kroner of holiday benefit paid for a month.
    HolidayGross = "holiday_gross": Money,
    /// The day something was reported.
    StatedOn = "stated_on": Date,
    /// Karantæne hours served in a month.
    QuarantineHours = "quarantine_hours": Hours,
    /// Ordinary work hours of a month.
    WorkHours = "work_hours": Hours,
    /// Hours of holiday in a month.
    HolidayHours = "holiday_hours": Hours,
    /// Why a month was spent away.
    Away = "away": Away,
    /// Months spent away that count.
    AwayMonths = "away_months": Count,
    /// The first day of the period.
    PlacedOn = "placed_on": Date,
    /// The day the figures are for.
    AsOf = "as_of": Date,
    /// Hours of the ordinary period.
    EntitledHours = "entitled_hours": Hours,
    /// Hours used of it.
    UsedHours = "used_hours": Hours,
    /// Hours left of it.
    RemainingHours = "remaining_hours": Hours,
    /// Months of the frame.
    FrameMonths = "frame_months": Count,
    /// Most months a frame can be lengthened by.
    FrameLengtheningLimit = "frame_lengthening_limit": Count,
    /// Last day of the frame.
    FrameEndsOn = "frame_ends_on": Date,
    /// First month of full unemployment assumed.
    FirstMonth = "first_month": Month,
    /// Hours of a full month.
    MonthHours = "month_hours": Hours,
    /// Hours below which nothing is paid.
    MinimumHours = "minimum_hours": Hours,
    /// Benefit hours that can be paid.
    PayableHours = "payable_hours": Hours,
    /// Her own monthly rate.
    MonthlyRate = "monthly_rate": Money,
    /// The highest monthly rate, used when her own is not known.
    MaximumRate = "maximum_rate": Money,
    /// A graduate's monthly rate.
    GraduateRate = "graduate_rate": Money,
    /// A graduate's monthly rate after the step.
    GraduateRateAfterStep = "graduate_rate_after_step": Money,
    /// Paid hours at which the rate changes.
    RateStepHours = "rate_step_hours": Hours,
    /// Hours paid before the month.
    HoursBefore = "hours_before": Hours,
    /// Hours of the month paid at the first rate.
    HoursAtFirstRate = "hours_at_first_rate": Hours,
    /// Months that hours stay on the account.
    AccountMonths = "account_months": Count,
    /// Hours on the account.
    AccountHours = "account_hours": Hours,
    /// Hours taken off the account for an extension.
    DrawnHours = "drawn_hours": Hours,
    /// Hours that are too old to count.
    ExpiredHours = "expired_hours": Hours,
    /// Benefit hours that one work hour buys.
    HoursPerWorkHour = "hours_per_work_hour": Count,
    /// Most hours of extension.
    ExtensionLimitHours = "extension_limit_hours": Hours,
    /// Hours of extension used.
    ExtensionHoursUsed = "extension_hours_used": Hours,
    /// Hours of extension earned.
    ExtensionHoursEarned = "extension_hours_earned": Hours,
    /// Hours required.
    RequiredHours = "required_hours": Hours,
    /// Hours that count.
    CountedHours = "counted_hours": Hours,
    /// Months of a window.
    WindowMonths = "window_months": Count,
    /// First month of a window.
    WindowFrom = "window_from": Month,
    /// Last month of a window.
    WindowTo = "window_to": Month,
    /// Hours that must be exceeded.
    ThresholdHours = "threshold_hours": Hours,
    /// Hours of one day.
    DayHours = "day_hours": Hours,
    /// One day's benefit.
    DayAmount = "day_amount": Money,
    /// What a fund rounds an amount to.
    Rounding = "rounding": Money,
    /// A limit in weeks.
    WeeksLimit = "weeks_limit": Count,
    /// Weeks used.
    WeeksUsed = "weeks_used": Count,
    /// A number of months.
    Months = "months": Count,
    /// A number of days.
    Days = "days": Count,
    /// Earnings of a month.
    Earned = "earned": Money,
    /// Earnings that are not deducted.
    FreeAmount = "free_amount": Money,
    /// Share that is deducted.
    DeductionPercent = "deduction_percent": Percent,
    /// What is deducted.
    Deduction = "deduction": Money,
    /// A level's monthly rate.
    Rate = "rate": Money,
    /// The ceiling of earnings and benefit together.
    Ceiling = "ceiling": Money,
    /// The highest rate of dagpenge, which the ceiling is a share of.
    MaximumBenefit = "maximum_benefit": Money,
    /// The share of it.
    CeilingPercent = "ceiling_percent": Percent,
    /// Provides for a child.
    Provider = "provider": Flag,
    /// Is thirty or older.
    Thirty = "thirty": Flag,
    /// Hours a week in a plan.
    WeeklyHours = "weekly_hours": Hours,
    /// Weeks in a plan.
    Weeks = "weeks": Count,
    /// First day of a plan.
    PlanFrom = "plan_from": Date,
    /// First month as a part-time insured member.
    PartTimeFrom = "part_time_from": Month,
    /// Sum of payouts.
    GrossTotal = "gross_total": Money,
    /// Hours of a sanction.
    SanctionHours = "sanction_hours": Hours,
    /// Hours of a sanction served.
    ServedHours = "served_hours": Hours,
    /// The day of a decision.
    DecidedOn = "decided_on": Date,
    /// The day of the decision before it.
    LastDecidedOn = "last_decided_on": Date,
    /// Weeks of more supplementary benefit for each month or its like above the threshold.
    WeeksPerMonth = "weeks_per_month": Count,
    /// Months, fortnights or weeks above the threshold.
    PeriodsAbove = "periods_above": Count,
    /// Months, fortnights or weeks that must be above it.
    PeriodsRequired = "periods_required": Count,
    /// Hours of a week.
    WeekHours = "week_hours": Hours,
    /// Kroner that stand for an hour of work where its hours are unknown.
    HourRate = "hour_rate": Money,
    /// Earnings required for a new period.
    RequiredEarnings = "required_earnings": Money,
}
