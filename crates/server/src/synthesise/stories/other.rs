//! Three whose pages are of another kind: benefit by kroner, a long sickness, and no history.

use jobnet_rules::case::{Insurance, RateLevel, Scheme};
use jobnet_rules::units::{Hours, Money};

use super::super::calendar::{days_after, weekdays};
use super::super::cpr::Sex;
use super::super::ledger::LedgerMonth;
use super::super::rows::{Dossier, Measure, Sickness};
use super::super::settle::{Claim, Limits};
use super::{Facts, Scene, insured, work};

/// Social assistance at the increased rate, with earnings that come and go: under the free
/// amount, above it, and one month so high that little is left. Her rate is what the data says;
/// the rates of 2026 are not known to the rules.
pub(super) fn social_assistance(scene: &mut Scene<'_>) -> Dossier {
    let facts = Facts {
        sex: Sex::Female,
        age: 34,
        provider: false,
        registered_on: scene.day(16, 3),
        claim: Claim {
            scheme: Scheme::SocialAssistance,
            insurance: Insurance::FullTime,
            placed_on: None,
            monthly_rate: Some(Money::from_hundredths(1_249_800)),
            graduate: None,
            rate_level: Some(RateLevel::Increased),
        },
        supplementary_weeks_used: None,
    };
    // Hours at 160 kroner; the earnings, not the hours, reduce the benefit.
    let hours = [0, 0, 1_125, 1_500, 2_000, 3_500, 5_000, 5_000, 0, 2_700, 10_000, 4_000, 4_000];
    // The new system began on 1 July 2025: no older month is written.
    let start = jobnet_rules::units::Month::new(2025, 7).unwrap_or(scene.month(16));
    let mut months = scene.months(16);
    months.retain(|month| month.claim.month >= start);
    let late = [4_450, 4_300, 2_250];
    for (month, hours) in months.iter_mut().zip(hours.into_iter().chain(late)) {
        if hours > 0 {
            month.work(work("Kantinen Ved Åen", hours, 160));
        }
    }
    let mut dossier = scene.dossier(&facts);
    dossier.citizen.cv_since = Some(scene.day(16, 12));
    scene.tell(&facts, &months, &mut dossier);
    dossier.measures.push(Measure {
        kind: "company_practice",
        from: scene.day(12, 5),
        to: Some(scene.day(11, 27)),
        provider: "Kantinen Ved Åen",
        status: "completed",
    });
    dossier.contact.language = "en";
    dossier
}

/// Sick for more than six months. The fund paid the first fourteen days, the municipality since;
/// from the seventh week on every month makes the frame longer and stops the karens window.
pub(super) fn sick_listed(scene: &mut Scene<'_>) -> Dossier {
    let placed_on = scene.day(16, 1);
    let facts = Facts {
        sex: Sex::Male,
        age: 52,
        provider: true,
        registered_on: placed_on,
        claim: insured(Scheme::Dagpenge, Insurance::FullTime, placed_on),
        supplementary_weeks_used: Some(7),
    };
    let sick_from = scene.day(8, 6);
    let paid_until = days_after(sick_from, 13);
    let limits = Limits::on(Insurance::FullTime, scene.calendar.as_of);
    let mut months = scene.months(16);
    for (index, month) in months.iter_mut().enumerate() {
        match index {
            2 => month.work(work("Toft Tømrerforretning", 6_000, 205)),
            3 => month.work(work("Toft Tømrerforretning", 7_250, 205)),
            8 => month.claim.unavailable = rest_of_month(month, paid_until, limits.month),
            9.. => month.claim.claimed = false,
            _ => {}
        }
    }
    let mut dossier = scene.dossier(&facts);
    dossier.sickness.push(Sickness { from: sick_from, to: None, kind: "sickness" });
    scene.tell(&facts, &months, &mut dossier);
    dossier.job_search.clear();
    // The municipality follows up on the sickness; the fund has nothing to talk about.
    for meeting in dossier.meetings.iter_mut().filter(|meeting| meeting.on > sick_from) {
        meeting.with = "municipality";
        meeting.kind = "sickness_follow_up";
    }
    dossier
}

/// Hours of the weekdays after a day, of a month that is always the same number of hours.
fn rest_of_month(month: &LedgerMonth, until: chrono::NaiveDate, all: Hours) -> Hours {
    let (first, last) = (month.claim.month.first_day(), month.claim.month.last_day());
    let rest = weekdays(days_after(until, 1), last);
    Hours::from_hundredths(all.hundredths() * rest / weekdays(first, last).max(1))
}

/// Registered yesterday: no month has been paid, and the first meeting is booked.
pub(super) fn new(scene: &mut Scene<'_>) -> Dossier {
    let registered_on = days_after(scene.calendar.as_of, -1);
    let facts = Facts {
        sex: Sex::Female,
        age: 29,
        provider: false,
        registered_on,
        claim: insured(Scheme::Dagpenge, Insurance::FullTime, registered_on),
        supplementary_weeks_used: Some(0),
    };
    let mut dossier = scene.dossier(&facts);
    scene.tell(&facts, &[], &mut dossier);
    dossier
}
