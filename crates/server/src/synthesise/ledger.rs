//! Months that were planned, turned into register rows: settled, paid, and in two cases first
//! written otherwise and corrected later.

use chrono::NaiveDate;
use jobnet_rules::absence::{Absence, away_months};
use jobnet_rules::case::{Away, Scheme};
use jobnet_rules::units::{Hours, Money, Month};

use super::calendar::{Calendar, days_after};
use super::rows::{Benefit, Dossier, WorkHours};
use super::settle::{Claim, ClaimMonth, Settled, settle};

/// Work at one employer in one month.
#[derive(Clone, Copy, Debug)]
pub(crate) struct Job {
    pub employer: &'static str,
    pub hours: Hours,
    /// The employer reported the hours.
    pub known: bool,
    /// Øre an hour, whole kroner.
    pub wage: Money,
    /// Paid for in part by the public: it earns no rights.
    pub subsidised: bool,
    /// What the employer reported first, if that was corrected later.
    pub first: Option<Hours>,
}

/// One month of a citizen's ledger.
#[derive(Clone, Debug)]
pub(crate) struct LedgerMonth {
    pub claim: ClaimMonth,
    pub jobs: Vec<Job>,
}

impl Job {
    /// Ordinary work that eIndkomst knows.
    pub(crate) fn ordinary(employer: &'static str, hours: Hours, wage: Money) -> Self {
        Self { employer, hours, known: true, wage, subsidised: false, first: None }
    }
}

impl LedgerMonth {
    /// A month on benefit without work.
    pub(crate) fn idle(month: Month) -> Self {
        Self { claim: ClaimMonth::idle(month), jobs: Vec::new() }
    }

    /// Adds work at an employer.
    pub(crate) fn work(&mut self, job: Job) {
        if !job.subsidised {
            self.claim.work += job.hours;
        }
        self.claim.earned += earnings(job.hours, job.wage);
        self.jobs.push(job);
    }
}

/// Kroner for hours at a wage of whole kroner, exact.
pub(crate) fn earnings(hours: Hours, wage: Money) -> Money {
    Money::from_hundredths(hours.hundredths() * (wage.hundredths() / 100))
}

/// Settles the months and writes their rows into the dossier.
pub(crate) fn post(
    dossier: &mut Dossier,
    claim: &Claim,
    months: &[LedgerMonth],
    calendar: &Calendar,
) {
    let away = away(dossier, claim, calendar);
    let claims: Vec<ClaimMonth> = months
        .iter()
        .map(|month| ClaimMonth { away: away.contains(&month.claim.month), ..month.claim })
        .collect();
    let settled = settle(claim, &claims, calendar.as_of);
    post_work(dossier, months, calendar);
    for (month, settled) in months.iter().zip(&settled).filter(|(month, _)| month.claim.claimed) {
        let known = calendar.benefit_known(month.claim.month);
        dossier.benefits.push(benefit(claim, month.claim.month, settled, calendar, known));
    }
    post_earlier(dossier, claim, months, &claims, calendar);
}

/// The months that the dossier's sickness and leave take out of the karens windows.
fn away(dossier: &Dossier, claim: &Claim, calendar: &Calendar) -> Vec<Month> {
    let Some(placed_on) = claim.placed_on.filter(|_| !dossier.sickness.is_empty()) else {
        return Vec::new();
    };
    let spells: Vec<Absence> = dossier
        .sickness
        .iter()
        .map(|spell| Absence {
            kind: match spell.kind {
                "parental_leave" => Away::ParentalLeave,
                "care" => Away::Care,
                _ => Away::Sickness,
            },
            from: spell.from,
            to: spell.to,
        })
        .collect();
    let months = away_months(&spells, placed_on, calendar.as_of, claim.insurance);
    months.into_iter().map(|(month, _)| month).collect()
}

fn post_work(dossier: &mut Dossier, months: &[LedgerMonth], calendar: &Calendar) {
    for month in months {
        for job in &month.jobs {
            let reported_on = calendar.reported(month.claim.month);
            let row = WorkHours {
                month: month.claim.month,
                employer: job.employer,
                hours: job.known.then_some(job.hours),
                kind: if job.subsidised { "subsidised" } else { "ordinary" },
                earnings: Some(earnings(job.hours, job.wage)),
                reported_on,
            };
            if let Some(first) = job.first {
                dossier.earlier.work_hours.push(WorkHours {
                    hours: Some(first),
                    earnings: Some(earnings(first, job.wage)),
                    ..row.clone()
                });
                let corrected = corrected_on(calendar);
                dossier.work_hours.push(WorkHours { reported_on: corrected, ..row });
            } else {
                dossier.work_hours.push(row);
            }
        }
    }
}

/// The benefits that were paid before a correction, and the day of the new settlement.
fn post_earlier(
    dossier: &mut Dossier,
    claim: &Claim,
    months: &[LedgerMonth],
    claims: &[ClaimMonth],
    calendar: &Calendar,
) {
    if dossier.earlier.work_hours.is_empty() {
        return;
    }
    let first: Vec<ClaimMonth> = months
        .iter()
        .zip(claims)
        .map(|(month, claim)| {
            let corrected = month.jobs.iter().filter_map(|job| Some((job.hours, job.first?)));
            let more: Hours = corrected.map(|(now, first)| first - now).sum();
            ClaimMonth { work: claim.work + more, ..*claim }
        })
        .collect();
    let before = settle(claim, &first, calendar.as_of);
    for (month, settled) in months.iter().zip(&before).filter(|(month, _)| month.claim.claimed) {
        let known = calendar.benefit_known(month.claim.month);
        let old = benefit(claim, month.claim.month, settled, calendar, known);
        let now = dossier.benefits.iter_mut().find(|now| now.month == month.claim.month);
        if let Some(now) = now.filter(|now| **now != old) {
            now.as_of = days_after(corrected_on(calendar), 3);
            dossier.earlier.benefits.push(old);
        }
    }
}

/// The day employers corrected what this population corrects; three days later the funds had
/// settled again.
fn corrected_on(calendar: &Calendar) -> NaiveDate {
    days_after(calendar.as_of, -8)
}

/// The day of the extract that came before the corrections.
pub(crate) fn earlier_as_of(as_of: NaiveDate) -> NaiveDate {
    days_after(as_of, -10)
}

fn benefit(
    claim: &Claim,
    month: Month,
    settled: &Settled,
    calendar: &Calendar,
    as_of: NaiveDate,
) -> Benefit {
    let by_the_hour = claim.scheme != Scheme::SocialAssistance;
    Benefit {
        month,
        kind: if by_the_hour { "dagpenge" } else { "social_assistance" },
        paid_hours: by_the_hour.then_some(settled.paid),
        quarantine_hours: settled.quarantine,
        gross: settled.gross,
        settled: calendar.settled(month),
        as_of,
    }
}
