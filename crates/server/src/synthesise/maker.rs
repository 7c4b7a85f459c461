//! One citizen after the other: the demo identities, then as many made-up ones as are asked for.

use chrono::NaiveDate;
use jobnet_rules::case::Scheme;
use jobnet_rules::units::{Hours, Money, Month};

use super::calendar::{Calendar, days_after};
use super::career::{Career, Careers};
use super::cpr::Numbers;
use super::events::Events;
use super::ledger::{Job, LedgerMonth, post};
use super::names;
use super::people::{People, Person, describe};
use super::random::Random;
use super::rows::Dossier;
use super::settle::Claim;

/// How many months of social assistance are written at most.
const ASSISTANCE_MONTHS: i32 = 16;

/// Makes the citizens that are not demo identities.
pub(crate) struct Population {
    calendar: Calendar,
    random: Random,
    people: People,
    careers: Careers,
    events: Events,
}

impl Population {
    pub(crate) fn new(seed: u64, as_of: NaiveDate) -> Self {
        let calendar = Calendar::new(as_of);
        let mut random = Random::new(seed);
        Self {
            calendar,
            people: People::new(as_of, &mut random),
            careers: Careers::new(calendar, &mut random),
            events: Events::new(calendar, &mut random),
            random,
        }
    }

    /// The citizen of a number.
    pub(crate) fn next(&mut self, number: u64, numbers: &mut Numbers) -> Dossier {
        let person = self.people.next(&mut self.random);
        let (citizen, contact) = describe(&person, number, numbers, &mut self.random);
        let mut dossier = Dossier::new(format!("SYN-{number:06}"), citizen, contact);
        dossier.citizen.cv_since = cv_since(&person, number, self.calendar.as_of);
        dossier.left_on = person.left_on;
        let mut claim = Claim {
            scheme: person.scheme,
            insurance: person.insurance,
            placed_on: None,
            monthly_rate: person.monthly_rate,
            graduate: person.graduate(),
            rate_level: person.rate_level,
        };
        let mut months = if person.scheme == Scheme::SocialAssistance {
            self.assistance(&person)
        } else {
            let career = self.careers.next(&person, &mut self.random);
            let Career { months, placed_on, away, supplementary_weeks } = career;
            claim.placed_on = Some(placed_on);
            dossier.citizen.placed_on = Some(placed_on);
            dossier.citizen.supplementary_weeks_used = Some(supplementary_weeks);
            dossier.sickness = away;
            months
        };
        if person.scheme != Scheme::SocialAssistance {
            dossier.sanctions = self.events.sanction(&person, &mut months, &mut self.random);
        }
        post(&mut dossier, &claim, &months, &self.calendar);
        self.events.fill(&person, &mut dossier, &mut self.random);
        dossier
    }

    /// Months of social assistance, some with earnings. The rules begin on 1 July 2025.
    fn assistance(&mut self, person: &Person) -> Vec<LedgerMonth> {
        let began = Month::new(2025, 7).unwrap_or(Month::of(self.calendar.as_of));
        let newest = self.calendar.last_claimed;
        let first = Month::of(person.registered_on)
            .plus(1)
            .max(began)
            .max(newest.plus(1 - ASSISTANCE_MONTHS));
        let works = self.random.chance(0.2);
        let employer = self.random.pick(names::SIDE_EMPLOYERS, "Byens Bageri");
        let wage = Money::from_hundredths(self.random.between(135, 185) * 100);
        let weekly = self.random.between(3, 18);
        (first.index()..=newest.index())
            .map(|index| {
                let mut month = LedgerMonth::idle(Month::from_index(index));
                if works && self.random.chance(0.7) {
                    let quarters = weekly * 17 + self.random.between(-8, 24);
                    let hours = Hours::from_hundredths(quarters.max(4) * 25);
                    month.work(Job::ordinary(employer, hours, wage));
                }
                month
            })
            .collect()
    }
}

/// Since when her CV is there: made within the two weeks that the rules give; one in ten has none. Not
/// from a source. It draws nothing, so that of a seed everything else is as it was.
fn cv_since(person: &Person, number: u64, as_of: NaiveDate) -> Option<NaiveDate> {
    let days = i64::try_from(number % 14).unwrap_or_default();
    let made_on = days_after(person.registered_on, days);
    (!number.is_multiple_of(10) && made_on <= as_of).then_some(made_on)
}
