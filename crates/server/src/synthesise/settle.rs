//! What the fund or the municipality pays for months that were planned: the synthetic twin of a
//! settlement. Every number of law and every amount comes from `jobnet_rules`.

use chrono::NaiveDate;
use jobnet_rules::case::{Case, CaseMonth, GraduateFacts, Insurance, RateLevel, Scheme};
use jobnet_rules::evaluate::evaluate;
use jobnet_rules::law::{self, Key};
use jobnet_rules::units::{Hours, Money, Month};

/// What decides a citizen's benefit, apart from her months.
#[derive(Clone, Copy, Debug)]
pub(crate) struct Claim {
    pub scheme: Scheme,
    pub insurance: Insurance,
    pub placed_on: Option<NaiveDate>,
    pub monthly_rate: Option<Money>,
    pub graduate: Option<GraduateFacts>,
    pub rate_level: Option<RateLevel>,
}

/// One month of a citizen.
#[derive(Clone, Copy, Debug)]
pub(crate) struct ClaimMonth {
    pub month: Month,
    /// She asked for benefit for the month.
    pub claimed: bool,
    /// Ordinary hours she worked, whether or not eIndkomst knows them.
    pub work: Hours,
    /// Hours she could not be paid for other than by work: not registered yet, sick at the
    /// municipality's expense, on holiday.
    pub unavailable: Hours,
    /// Karantæne decided in the month: it is served from here on, in hours that would have been
    /// paid.
    pub quarantine: Hours,
    /// Away without benefit: not one of the four months of a karens window.
    pub away: bool,
    /// Earnings in kroner.
    pub earned: Money,
}

impl ClaimMonth {
    /// A month without work, fully on benefit.
    pub(crate) fn idle(month: Month) -> Self {
        Self {
            month,
            claimed: true,
            work: Hours::ZERO,
            unavailable: Hours::ZERO,
            quarantine: Hours::ZERO,
            away: false,
            earned: Money::ZERO,
        }
    }
}

/// What a month came to. Kroner are unknown where the law knows no rate for the month.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub(crate) struct Settled {
    pub paid: Hours,
    pub quarantine: Hours,
    pub gross: Option<Money>,
}

/// Numbers of law a settlement needs, for one insurance.
#[derive(Clone, Copy, Debug)]
pub(crate) struct Limits {
    /// Benefit hours of a full month.
    pub month: Hours,
    /// Hours of a day.
    pub day: Hours,
    minimum: Hours,
    karens: Hours,
    window: i32,
}

impl Limits {
    /// The limits on a day; zero where the law has none.
    pub(crate) fn on(insurance: Insurance, day: NaiveDate) -> Self {
        let hours = |full_time, part_time| {
            law::fact_for::<Hours>(insurance, full_time, part_time, day)
                .map_or(Hours::ZERO, |fact| fact.value)
        };
        Self {
            month: hours(Key::MonthHoursFullTime, Key::MonthHoursPartTime),
            day: hours(Key::DayHoursFullTime, Key::DayHoursPartTime),
            minimum: hours(Key::PayoutMinimumHoursFullTime, Key::PayoutMinimumHoursPartTime),
            karens: hours(Key::KarensThresholdHoursFullTime, Key::KarensThresholdHoursPartTime),
            window: law::fact::<i32>(Key::KarensWindowMonths, day).map_or(4, |fact| fact.value),
        }
    }
}

impl Limits {
    /// What is left of a month after hours that cannot be paid; nothing below the minimum.
    pub(crate) fn payable(&self, not_paid: Hours) -> Hours {
        let payable = (self.month - not_paid).or_zero();
        if payable < self.minimum { Hours::ZERO } else { payable }
    }
}

/// What every month pays. The months are in order, from the month of placement on.
pub(crate) fn settle(claim: &Claim, months: &[ClaimMonth], as_of: NaiveDate) -> Vec<Settled> {
    if claim.scheme == Scheme::SocialAssistance {
        return social_assistance(claim, months, as_of);
    }
    let limits = Limits::on(claim.insurance, as_of);
    let mut settled = Vec::with_capacity(months.len());
    let mut owed = Hours::ZERO;
    let (mut in_window, mut worked) = (0, Hours::ZERO);
    for month in months {
        let payable = match month.claimed {
            true => limits.payable(month.work + month.unavailable),
            false => Hours::ZERO,
        };
        owed += month.quarantine;
        let quarantine = payable.min(owed);
        owed -= quarantine;
        let mut paid = payable - quarantine;
        if !month.away {
            in_window += 1;
            worked += month.work;
        }
        if in_window == limits.window {
            // The karens day. What it takes is not paid and not consumed.
            if worked <= limits.karens && !month.away {
                paid = (paid - limits.day).or_zero();
            }
            (in_window, worked) = (0, Hours::ZERO);
        }
        // What karantæne or karens left may be below the minimum.
        let paid = limits.payable(limits.month - paid);
        settled.push(Settled { paid, quarantine, gross: None });
    }
    let case = Case {
        months: months
            .iter()
            .zip(&settled)
            .map(|(month, settled)| CaseMonth {
                // Hours that are not paid, for whatever reason, are entered as work: then the
                // law pays exactly the paid hours.
                work_hours: Some(limits.month - settled.paid),
                paid_hours: Some(settled.paid),
                quarantine_hours: settled.quarantine,
                ..case_month(month)
            })
            .collect(),
        ..case(claim, as_of)
    };
    for (settled, gross) in settled.iter_mut().zip(gross(&case)) {
        settled.gross = gross;
    }
    settled
}

fn social_assistance(claim: &Claim, months: &[ClaimMonth], as_of: NaiveDate) -> Vec<Settled> {
    let case = Case { months: months.iter().map(case_month).collect(), ..case(claim, as_of) };
    gross(&case).into_iter().map(|gross| Settled { gross, ..Settled::default() }).collect()
}

fn case(claim: &Claim, as_of: NaiveDate) -> Case {
    Case {
        as_of,
        scheme: claim.scheme,
        insurance: claim.insurance,
        placed_on: claim.placed_on,
        monthly_rate: claim.monthly_rate,
        supplementary_weeks_used: None,
        quarantine_left_hours: None,
        graduate: claim.graduate,
        rate_level: claim.rate_level,
        months: Vec::new(),
    }
}

fn case_month(month: &ClaimMonth) -> CaseMonth {
    CaseMonth {
        month: month.month,
        work_hours: Some(month.work),
        subsidised_hours: Hours::ZERO,
        paid_hours: None,
        quarantine_hours: Hours::ZERO,
        away: None,
        settled: true,
        earned: Some(month.earned),
    }
}

/// Kroner of every month by the law.
fn gross(case: &Case) -> Vec<Option<Money>> {
    let Ok(account) = evaluate(case) else {
        // The cases made here are valid: months in order, no negative number.
        return vec![None; case.months.len()];
    };
    account.payouts.iter().map(|payout| payout.gross).collect()
}
