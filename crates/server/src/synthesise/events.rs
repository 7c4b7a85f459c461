//! What happens beside hours and money: sanctions, short sickness, meetings, measures, job log.

use chrono::{Datelike, NaiveDate};
use jobnet_rules::case::{Insurance, Scheme};
use jobnet_rules::law::{self, Key};
use jobnet_rules::units::{Hours, Month};

use super::calendar::{Calendar, days_after, is_weekday, weekday_from};
use super::ledger::LedgerMonth;
use super::names;
use super::people::Person;
use super::random::{Even, Random};
use super::reference::{REGIONS, SANCTION_KINDS};
use super::rows::{Dossier, JobSearch, Measure, Meeting, Sanction, Sickness};

/// Draws events; sanctions of the latest whole quarter evenly by region.
pub(crate) struct Events {
    calendar: Calendar,
    quarter: i32,
    sanctioned: [Even; REGIONS.len()],
}

/// A quarter as a running number.
fn quarter(month: Month) -> i32 {
    month.index().div_euclid(3)
}

/// The latest quarter that is over and settled on a day.
pub fn latest_quarter(as_of: NaiveDate) -> [Month; 3] {
    let next = Calendar::new(as_of).last_settled.plus(1);
    let first = Month::from_index((quarter(next) - 1) * 3);
    [first, first.plus(1), first.plus(2)]
}

impl Events {
    pub(crate) fn new(calendar: Calendar, random: &mut Random) -> Self {
        Self {
            calendar,
            quarter: quarter(latest_quarter(calendar.as_of)[0]),
            sanctioned: std::array::from_fn(|_| Even::new(random, 13)),
        }
    }

    /// Sanctions, at most one a quarter and one karantæne in all; writes into the months what
    /// they cost.
    pub(crate) fn sanction(
        &mut self,
        person: &Person,
        months: &mut [LedgerMonth],
        random: &mut Random,
    ) -> Vec<Sanction> {
        let mut sanctions = Vec::new();
        let mut quarters: Vec<i32> =
            months.iter().filter(|m| m.claim.claimed).map(|m| quarter(m.claim.month)).collect();
        quarters.dedup();
        for at in quarters {
            let share = REGIONS[person.region].sanctioned_percent / 100.0;
            let hit = if at == self.quarter {
                self.sanctioned[person.region].next() < share
            } else {
                random.chance(share)
            };
            let claimed = |m: &&mut LedgerMonth| m.claim.claimed && quarter(m.claim.month) == at;
            let Some(month) = months.iter_mut().find(claimed).filter(|_| hit) else { continue };
            let from = person.registered_on;
            let start = month.claim.month.first_day();
            let latest = month.claim.month.last_day().min(self.calendar.as_of);
            let latest = person.left_on.map_or(latest, |left| latest.min(left.max(start)));
            let earliest = if Month::of(from) == month.claim.month { from } else { start };
            let earliest = earliest.min(latest);
            let span = latest.signed_duration_since(earliest).num_days();
            let decided_on = days_after(earliest, random.between(0, span));
            let kind = SANCTION_KINDS[random.weighted(&SANCTION_KINDS.map(|kind| kind.1))].0;
            let quarantine = kind == "quarantine"
                && !sanctions.iter().any(|sanction: &Sanction| sanction.hours.is_some());
            let hours = quarantine.then(|| quarantine_hours(person.insurance, decided_on));
            if let Some(hours) = hours {
                month.claim.quarantine = hours;
            }
            let kind = if quarantine || kind == "work_requirement" { kind } else { "exclusion" };
            sanctions.push(Sanction { kind, decided_on, hours, served_hours: Hours::ZERO });
        }
        sanctions
    }

    /// Everything else, once the months are settled.
    pub(crate) fn fill(&self, person: &Person, dossier: &mut Dossier, random: &mut Random) {
        let served: Hours = dossier.benefits.iter().map(|row| row.quarantine_hours).sum();
        for sanction in dossier.sanctions.iter_mut().filter(|sanction| sanction.hours.is_some()) {
            sanction.served_hours = served;
        }
        let end = person.left_on.unwrap_or(self.calendar.as_of);
        let days = end.signed_duration_since(person.registered_on).num_days();
        if days > 20 && random.chance(0.12) {
            self.short_sickness(person, days, dossier, random);
        }
        self.meetings(person, end, dossier, random);
        if days > 90 && random.chance(0.4) {
            self.measure(person, days, dossier, random);
        }
        self.job_log(person, end, days, dossier, random);
    }

    /// Two to nine days, which the fund pays; what is not over by the day of the extract lasts.
    fn short_sickness(
        &self,
        person: &Person,
        days: i64,
        dossier: &mut Dossier,
        random: &mut Random,
    ) {
        let from = days_after(person.registered_on, random.between(3, days));
        let to = days_after(from, random.between(1, 8));
        let to = match person.left_on {
            Some(left) => Some(to.min(left)),
            None => Some(to).filter(|to| *to < self.calendar.as_of),
        };
        dossier.sickness.push(Sickness { from, to, kind: "sickness" });
    }

    fn meetings(
        &self,
        person: &Person,
        end: NaiveDate,
        dossier: &mut Dossier,
        random: &mut Random,
    ) {
        let insured = person.scheme != Scheme::SocialAssistance;
        let party = |on: NaiveDate| match on.signed_duration_since(person.registered_on).num_days()
        {
            _ if !insured => "municipality",
            ..90 => "fund",
            _ => "job_centre",
        };
        let year_ago = days_after(self.calendar.as_of, -200);
        let mut on = weekday_from(days_after(person.registered_on, random.between(5, 14)));
        let mut kind = "first_meeting";
        while on < end {
            if on >= year_ago {
                let held = Some(random.chance(0.94));
                dossier.meetings.push(Meeting { with: party(on), on, kind, held });
            }
            on = weekday_from(days_after(on, random.between(35, 56)));
            kind = "follow_up";
        }
        if person.left_on.is_none() && random.chance(0.85) {
            let ahead = weekday_from(days_after(end, random.between(2, 35)));
            let on = if kind == "first_meeting" { on.max(days_after(end, 1)) } else { ahead };
            dossier.meetings.push(Meeting { with: party(on), on, kind, held: None });
        }
    }

    fn measure(&self, person: &Person, days: i64, dossier: &mut Dossier, random: &mut Random) {
        let from = weekday_from(days_after(person.registered_on, random.between(60, days)));
        let to = days_after(from, random.between(2, 13) * 7 - 3);
        let today = self.calendar.as_of;
        let status = match () {
            () if from > today => "planned",
            () if random.chance(0.06) => "cancelled",
            () if to >= today && person.left_on.is_none() => "ongoing",
            () => "completed",
        };
        let weights: Vec<f64> = names::MEASURES.iter().map(|measure| measure.1).collect();
        let kind = names::MEASURES[random.weighted(&weights)].0;
        let provider = random.pick(names::EMPLOYERS, "Nordlager");
        dossier.measures.push(Measure { kind, from, to: Some(to), provider, status });
    }

    /// About one and a half applications a week in the last four weeks.
    fn job_log(
        &self,
        person: &Person,
        end: NaiveDate,
        days: i64,
        dossier: &mut Dossier,
        random: &mut Random,
    ) {
        let channels: Vec<f64> = names::CHANNELS.iter().map(|channel| channel.1).collect();
        let outcomes: Vec<f64> = names::OUTCOMES.iter().map(|outcome| outcome.1).collect();
        let (share, all) =
            if person.scheme == Scheme::SocialAssistance { (0.08, 28) } else { (0.29, 28) };
        for back in (0..days.min(all)).rev() {
            let applied_on = days_after(end, -back);
            if !is_weekday(applied_on) || !random.chance(share) {
                continue;
            }
            dossier.job_search.push(JobSearch {
                applied_on,
                title: random.pick(names::TITLES, "Kok"),
                employer: random.pick(names::EMPLOYERS, "Nordlager"),
                channel: names::CHANNELS[random.weighted(&channels)].0,
                status: names::OUTCOMES[random.weighted(&outcomes)].0,
            });
        }
    }
}

/// Hours of karantæne by the law.
fn quarantine_hours(insurance: Insurance, day: NaiveDate) -> Hours {
    let day = day.with_day(1).unwrap_or(day);
    law::fact_for::<Hours>(
        insurance,
        Key::SanctionQuarantineHoursFullTime,
        Key::SanctionQuarantineHoursPartTime,
        day,
    )
    .map_or(Hours::ZERO, |fact| fact.value)
}
