//! Who a made-up citizen is: sex, age, home, fund, scheme, and when she registered and left.

use chrono::NaiveDate;
use jobnet_rules::case::{GraduateFacts, Insurance, RateLevel, Scheme};
use jobnet_rules::law::{self, Key};
use jobnet_rules::units::{Money, Month};

use super::calendar::days_after;
use super::cpr::{Numbers, Sex};
use super::names;
use super::random::{Even, Random, choose};
use super::reference::{AGES, REGIONS, days_at, days_beyond};
use super::rows::{Citizen, Contact};
use super::stories::{insurance_key, rate_level_key, scheme_key};

/// Days of registrations: everyone whose latest registration lies in them is in the population,
/// whether still on benefit or not, and of older registrations those who are still on benefit.
pub(crate) const INFLOW_DAYS: f64 = 364.0;

/// Share of citizens on social assistance. Not from a source: dagpenge is what this app is about.
const SOCIAL_ASSISTANCE: f64 = 0.15;
/// Share of graduates among those on dagpenge (y01dia02: 13–28 % by region in June 2026).
const GRADUATES: f64 = 0.20;
/// Share insured part-time. Not from a source.
const PART_TIME: f64 = 0.05;

/// A citizen before her history is made.
#[derive(Clone, Copy, Debug)]
pub(crate) struct Person {
    pub sex: Sex,
    pub birth_date: NaiveDate,
    pub region: usize,
    pub municipality: &'static str,
    pub scheme: Scheme,
    pub insurance: Insurance,
    pub provider: bool,
    pub monthly_rate: Option<Money>,
    pub rate_level: Option<RateLevel>,
    /// Latest registration.
    pub registered_on: NaiveDate,
    /// Last day of the spell that began then, if it is over.
    pub left_on: Option<NaiveDate>,
}

impl Person {
    /// The facts of a graduate's rate.
    pub(crate) fn graduate(&self) -> Option<GraduateFacts> {
        (self.scheme == Scheme::Graduate)
            .then_some(GraduateFacts { provider: self.provider, birth_date: self.birth_date })
    }
}

/// Draws persons, evenly where a published share must come out.
pub(crate) struct People {
    as_of: NaiveDate,
    scheme: Even,
    region: Even,
    registered: Even,
    duration: Even,
}

impl People {
    /// Starts drawing.
    pub(crate) fn new(as_of: NaiveDate, random: &mut Random) -> Self {
        Self {
            as_of,
            scheme: Even::new(random, 7),
            region: Even::new(random, 5),
            registered: Even::new(random, 2),
            duration: Even::new(random, 3),
        }
    }

    /// The next person.
    pub(crate) fn next(&mut self, random: &mut Random) -> Person {
        let scheme = match self.scheme.next() {
            unit if unit < SOCIAL_ASSISTANCE => Scheme::SocialAssistance,
            unit if unit < SOCIAL_ASSISTANCE + GRADUATES * (1.0 - SOCIAL_ASSISTANCE) => {
                Scheme::Graduate
            }
            _ => Scheme::Dagpenge,
        };
        let weights = REGIONS.map(|region| f64::from(region.full_time_unemployed));
        let region = choose(&weights, self.region.next());
        let towns = REGIONS[region].municipalities;
        let town = random.weighted(&towns.iter().map(|town| town.1).collect::<Vec<_>>());
        let part_time = scheme == Scheme::Dagpenge && random.chance(PART_TIME);
        let insurance = if part_time { Insurance::PartTime } else { Insurance::FullTime };
        let birth_date = self.birth(scheme, random);
        let age = self.as_of.years_since(birth_date).unwrap_or(18);
        let (registered_on, left_on) = match scheme {
            Scheme::SocialAssistance => {
                let days = 30.0 + 1_500.0 * random.unit().powi(2);
                let grown = self.as_of.signed_duration_since(birth_date).num_days() - 6_600;
                (days_after(self.as_of, -(days as i64).min(grown)), None)
            }
            _ => self.spell(),
        };
        let rate_level = (scheme == Scheme::SocialAssistance).then(|| level(age, random));
        Person {
            sex: if random.chance(0.52) { Sex::Female } else { Sex::Male },
            birth_date,
            region,
            municipality: towns[town].0,
            scheme,
            insurance,
            provider: random.chance(if age < 28 { 0.08 } else { 0.38 }),
            monthly_rate: self.rate(scheme, insurance, rate_level, random),
            rate_level,
            registered_on,
            left_on,
        }
    }

    /// When she registered last, and when she left if she has: the published survival holds for
    /// the registrations of every day.
    fn spell(&mut self) -> (NaiveDate, Option<NaiveDate>) {
        let older = days_beyond(INFLOW_DAYS);
        let at = self.registered.next() * (INFLOW_DAYS + older);
        let quantile = 1.0 - self.duration.next();
        let (age, days) = if at < INFLOW_DAYS {
            (at, days_at(quantile))
        } else {
            // Registered longer ago and still there: so many days that as much area lies beyond.
            let beyond = older - (at - INFLOW_DAYS);
            let (mut low, mut high) = (INFLOW_DAYS, 7.0 * 104.0);
            for _ in 0..40 {
                let middle = f64::midpoint(low, high);
                if days_beyond(middle) > beyond { low = middle } else { high = middle }
            }
            (low, f64::INFINITY)
        };
        let registered_on = days_after(self.as_of, -(age as i64));
        let last = days_after(registered_on, days.min(10_000.0) as i64);
        (registered_on, (last < self.as_of).then_some(last))
    }

    fn birth(&self, scheme: Scheme, random: &mut Random) -> NaiveDate {
        let (from, to) = if scheme == Scheme::Graduate {
            if random.chance(0.9) { (21, 31) } else { (32, 49) }
        } else {
            let weights = AGES.map(|(_, _, members)| f64::from(members));
            let (from, to, _) = AGES[random.weighted(&weights)];
            (from, to)
        };
        let days = random.between(i64::from(from) * 1461 / 4 + 1, i64::from(to + 1) * 1461 / 4);
        days_after(self.as_of, -days)
    }

    /// Her own rate where it is not the highest of the law.
    fn rate(
        &self,
        scheme: Scheme,
        insurance: Insurance,
        level: Option<RateLevel>,
        random: &mut Random,
    ) -> Option<Money> {
        let highest = law::fact_for::<Money>(
            insurance,
            Key::RateMaximumFullTime,
            Key::RateMaximumPartTime,
            self.as_of,
        );
        match (scheme, level) {
            (Scheme::Dagpenge, _) if random.chance(0.15) => {
                // Whole kroner between 70 and 99 percent.
                let percent = random.between(70, 99);
                let kroner = highest?.value.hundredths() * percent / 10_000;
                Some(Money::from_hundredths(kroner * 100))
            }
            (Scheme::SocialAssistance, Some(level)) => Some(assistance(level)),
            _ => None,
        }
    }
}

fn level(age: u32, random: &mut Random) -> RateLevel {
    match age {
        0..25 if random.chance(0.2) => RateLevel::LivingAtHome,
        0..30 if random.chance(0.15) => RateLevel::Increased,
        0..30 => RateLevel::Basic,
        _ if random.chance(0.2) => RateLevel::Minimum,
        _ => RateLevel::Increased,
    }
}

/// The rates the law had when the system began. Those living at home have none that is known:
/// theirs is invented, as data of the municipality is for the rules.
fn assistance(level: RateLevel) -> Money {
    let key = match level {
        RateLevel::Minimum => Key::SocialAssistanceRateMinimum,
        RateLevel::Basic => Key::SocialAssistanceRateBasic,
        RateLevel::Increased => Key::SocialAssistanceRateIncreased,
        RateLevel::LivingAtHome => return Money::from_hundredths(290_000),
    };
    let began = Month::new(2025, 7).map(Month::first_day).unwrap_or_default();
    law::fact::<Money>(key, began).map_or(Money::ZERO, |fact| fact.value)
}

/// Her rows of the registers of persons; `number` makes her id and her addresses her own.
pub(crate) fn describe(
    person: &Person,
    number: u64,
    numbers: &mut Numbers,
    random: &mut Random,
) -> (Citizen, Contact) {
    let women = person.sex == Sex::Female;
    let first_name = random.pick(if women { names::WOMEN } else { names::MEN }, "Kim");
    let last_name = random.pick(names::LAST, "Holm");
    let insured = person.scheme != Scheme::SocialAssistance;
    let weights: Vec<f64> = names::FUNDS.iter().map(|fund| fund.1).collect();
    let fund = names::FUNDS[random.weighted(&weights)].0;
    let staff = if insured { names::FUND_CASEWORKERS } else { names::JOB_CENTRE_CASEWORKERS };
    let citizen = Citizen {
        // A day has two thousand numbers of a sex: at five million citizens, some hundred are used.
        cpr: numbers.next(person.birth_date, person.sex).unwrap_or_default(),
        first_name,
        last_name,
        birth_date: person.birth_date,
        municipality: person.municipality,
        fund: insured.then_some(fund),
        job_centre: format!("Jobcenter {}", person.municipality),
        scheme: scheme_key(person.scheme),
        insurance: insurance_key(person.insurance),
        monthly_rate: person.monthly_rate,
        rate_level: person.rate_level.map(rate_level_key),
        provider: person.provider,
        placed_on: insured.then_some(person.registered_on),
        registered_on: person.registered_on,
        caseworker: random.pick(staff, staff[0]),
        supplementary_weeks_used: insured.then_some(0),
        cv_since: None,
    };
    let ascii =
        |name: &str| name.to_lowercase().replace('æ', "ae").replace('ø', "oe").replace('å', "aa");
    let notification = ["email", "sms", "none"][random.weighted(&[70.0, 22.0, 8.0])];
    let contact = Contact {
        email: format!("{}.{}.{number}@example.invalid", ascii(first_name), ascii(last_name)),
        mobile: random.chance(0.96).then(|| format!("+4500{:06}", random.between(0, 999_999))),
        language: if random.chance(0.07) { "en" } else { "da" },
        digital_post_exempt: random.chance(0.04),
        address_protected: random.chance(0.01),
        notification,
        died_on: None,
        street: names::street(number),
        postal_code: names::NO_POSTAL_CODE,
        city: person.municipality,
    };
    (citizen, contact)
}
