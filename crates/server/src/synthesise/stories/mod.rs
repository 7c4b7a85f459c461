//! The data of the demo identities: each is written by hand to tell one story, dated back from
//! the day of the extract. Months are counted back from the first one that is not settled.

mod dagpenge;
mod other;

use chrono::{Datelike, NaiveDate};
use jobnet_rules::case::{GraduateFacts, Insurance, RateLevel, Scheme};
use jobnet_rules::units::{Hours, Money, Month};

use super::calendar::{Calendar, days_after, weekday_from};
use super::cpr::{Numbers, Sex};
use super::ledger::{Job, LedgerMonth, post};
use super::names;
use super::personas::{DEMO_FUND, DEMO_JOB_CENTRE, PERSONAS, PersonaSpec};
use super::rows::{Citizen, Contact, Dossier, JobSearch, Meeting};
use super::settle::Claim;

/// The demo citizens' dossiers, in the order of the personas.
pub(crate) fn dossiers(calendar: &Calendar, numbers: &mut Numbers) -> Vec<Dossier> {
    PERSONAS
        .iter()
        .filter_map(|persona| {
            let mut scene = Scene { calendar: *calendar, persona, numbers: &mut *numbers };
            Some(match persona.key {
                "citizen-full-time" => dagpenge::full_time(&mut scene),
                "citizen-part-time" => dagpenge::part_time(&mut scene),
                "citizen-graduate" => dagpenge::graduate(&mut scene),
                "citizen-social-assistance" => other::social_assistance(&mut scene),
                "citizen-sick-listed" => other::sick_listed(&mut scene),
                "citizen-new" => other::new(&mut scene),
                _ => return None,
            })
        })
        .collect()
}

/// Who a story is about.
struct Facts {
    sex: Sex,
    /// Years old on the day of the extract; her birthday is on the 14th of the month before.
    age: i32,
    provider: bool,
    registered_on: NaiveDate,
    claim: Claim,
    supplementary_weeks_used: Option<u32>,
}

/// Where a story is told.
struct Scene<'a> {
    calendar: Calendar,
    persona: &'static PersonaSpec,
    numbers: &'a mut Numbers,
}

impl Scene<'_> {
    /// The month so many months before the first that is not settled: 1 is the last settled.
    fn month(&self, back: i32) -> Month {
        self.calendar.last_settled.plus(1 - back)
    }

    /// A day of that month; its last one, if it has fewer days.
    fn day(&self, back: i32, day: u32) -> NaiveDate {
        let month = self.month(back);
        month.first_day().with_day(day).unwrap_or_else(|| month.last_day())
    }

    /// Months on benefit, settled or not, from one to the last that can be claimed.
    fn months(&self, from: i32) -> Vec<LedgerMonth> {
        let last = 1 - self.calendar.last_claimed.since(self.calendar.last_settled);
        (last..=from).rev().map(|back| LedgerMonth::idle(self.month(back))).collect()
    }

    fn dossier(&mut self, facts: &Facts) -> Dossier {
        let (first_name, last_name) =
            self.persona.name.split_once(' ').unwrap_or((self.persona.name, ""));
        let birthday = Month::of(self.calendar.as_of).plus(-1 - 12 * facts.age);
        let birth_date = birthday.first_day().with_day(14).unwrap_or(birthday.first_day());
        let by_hour = facts.claim.scheme != Scheme::SocialAssistance;
        let citizen = Citizen {
            cpr: self.numbers.next(birth_date, facts.sex).unwrap_or_default(),
            first_name,
            last_name,
            birth_date,
            municipality: "Aarhus",
            fund: by_hour.then_some(DEMO_FUND),
            job_centre: DEMO_JOB_CENTRE.to_owned(),
            scheme: scheme_key(facts.claim.scheme),
            insurance: insurance_key(facts.claim.insurance),
            monthly_rate: facts.claim.monthly_rate,
            rate_level: facts.claim.rate_level.map(rate_level_key),
            provider: facts.provider,
            placed_on: facts.claim.placed_on,
            registered_on: facts.registered_on,
            caseworker: if by_hour { "Karen Lindeskov" } else { "Henrik Aabro" },
            supplementary_weeks_used: facts.supplementary_weeks_used,
            cv_since: None,
        };
        let user = format!("{first_name}.{last_name}").to_lowercase();
        let ascii = user.replace('æ', "ae").replace('ø', "oe").replace('å', "aa");
        let contact = Contact {
            email: format!("{ascii}@example.invalid"),
            mobile: Some(format!("+45001000{:02}", facts.age)),
            language: "da",
            digital_post_exempt: false,
            address_protected: false,
            notification: "email",
            died_on: None,
            street: names::street(u64::from(facts.age.unsigned_abs())),
            postal_code: names::NO_POSTAL_CODE,
            city: "Aarhus",
        };
        let id = self.persona.citizen_id.unwrap_or_default().to_owned();
        Dossier::new(id, citizen, contact)
    }

    /// Settles the months and writes meetings and job log that fit the story.
    fn tell(&self, facts: &Facts, months: &[LedgerMonth], dossier: &mut Dossier) {
        post(dossier, &facts.claim, months, &self.calendar);
        self.meetings(facts, dossier);
        self.job_log(facts, dossier);
    }

    /// One meeting soon after registration and one every six weeks; the next in `next` days.
    fn meetings(&self, facts: &Facts, dossier: &mut Dossier) {
        let with = if dossier.citizen.fund.is_some() { "fund" } else { "municipality" };
        let today = self.calendar.as_of;
        let mut on = weekday_from(days_after(facts.registered_on, 10));
        let mut kind = "first_meeting";
        while on < today {
            dossier.meetings.push(Meeting { with, on, kind, held: Some(true) });
            on = weekday_from(days_after(on, 42));
            kind = "follow_up";
        }
        let next = if kind == "first_meeting" { on } else { weekday_from(days_after(today, 4)) };
        dossier.meetings.push(Meeting { with, on: next, kind, held: None });
    }

    /// Six applications in the last four weeks, if she was registered by then.
    fn job_log(&self, facts: &Facts, dossier: &mut Dossier) {
        const LOG: [(i64, &str, &str, &str, &str); 6] = [
            (26, "Social- og sundhedshjælper", "Hjemmeplejen Skovbo", "web", "rejected"),
            (22, "Kontorassistent", "Lyngby Regnskab", "email", "applied"),
            (17, "Butiksassistent", "Havnens Brugs", "unsolicited", "rejected"),
            (12, "Receptionist", "Hotel Klitgaard", "web", "interview"),
            (8, "Lagermedarbejder", "Nordlager", "web", "applied"),
            (3, "Kundeservicemedarbejder", "Fjordens Forsyning", "web", "applied"),
        ];
        for (days, title, employer, channel, status) in LOG {
            let applied_on = days_after(self.calendar.as_of, -days);
            if applied_on >= facts.registered_on {
                dossier.job_search.push(JobSearch { applied_on, title, employer, channel, status });
            }
        }
    }
}

/// A fund member's claim at the highest rate, or the graduate's.
fn insured(scheme: Scheme, insurance: Insurance, placed_on: NaiveDate) -> Claim {
    Claim {
        scheme,
        insurance,
        placed_on: Some(placed_on),
        monthly_rate: None,
        graduate: None,
        rate_level: None,
    }
}

/// Work known to eIndkomst, at a usual wage.
fn work(employer: &'static str, hours: i64, wage: i64) -> Job {
    Job::ordinary(employer, Hours::from_hundredths(hours), Money::from_hundredths(wage * 100))
}

/// The register's word for a scheme.
pub(crate) fn scheme_key(scheme: Scheme) -> &'static str {
    match scheme {
        Scheme::Dagpenge => "dagpenge",
        Scheme::Graduate => "graduate",
        Scheme::SocialAssistance => "social_assistance",
    }
}

/// The register's word for an insurance.
pub(crate) fn insurance_key(insurance: Insurance) -> &'static str {
    match insurance {
        Insurance::FullTime => "full_time",
        Insurance::PartTime => "part_time",
    }
}

/// The register's word for a rate level.
pub(crate) fn rate_level_key(level: RateLevel) -> &'static str {
    match level {
        RateLevel::Minimum => "minimum",
        RateLevel::Basic => "basic",
        RateLevel::Increased => "increased",
        RateLevel::LivingAtHome => "living_at_home",
    }
}

/// What decides a graduate's rate, from the register's own fields.
fn graduate_facts(provider: bool, age: i32, calendar: &Calendar) -> GraduateFacts {
    let birthday = Month::of(calendar.as_of).plus(-1 - 12 * age);
    let birth_date = birthday.first_day().with_day(14).unwrap_or(birthday.first_day());
    GraduateFacts { provider, birth_date }
}
