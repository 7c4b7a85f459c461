//! A citizen's months: the spell that began with her latest registration, what came after it, and
//! the spells, jobs and leaves before it in the same benefit period.

use chrono::NaiveDate;
use jobnet_rules::case::Scheme;
use jobnet_rules::units::{Hours, Money, Month};

use super::calendar::{Calendar, days_after, weekdays};
use super::consumption::Shares;
use super::ledger::{Job, LedgerMonth};
use super::names;
use super::people::Person;
use super::random::{Even, Random};
use super::reference::IN_JOB_AFTER_3_MONTHS_PERCENT;
use super::rows::Sickness;
use super::settle::Limits;

/// Share of citizens who work beside benefits in some months. Not from a source.
const SIDE_JOB: f64 = 0.25;
/// Months of work beside benefits, at most: the law allows 30 weeks of it.
const SIDE_JOB_MONTHS: usize = 6;
/// Less than this is what rounding leaves, not work.
const CRUMB: Hours = Hours::from_hundredths(25);
/// No period reaches back further: its frame is 36 months.
const OLDEST_MONTHS: i32 = 35;

/// A career as the registers will hold it.
pub(crate) struct Career {
    /// Months from placement on, oldest first, without gaps.
    pub months: Vec<LedgerMonth>,
    /// First day of the benefit period.
    pub placed_on: NaiveDate,
    /// Long sickness and leave.
    pub away: Vec<Sickness>,
    /// Weeks in which she worked beside benefits.
    pub supplementary_weeks: u32,
}

/// Makes careers, so that the shares of the whole come out.
pub(crate) struct Careers {
    calendar: Calendar,
    paid_lately: Shares,
    others: Shares,
    leaves_to_job: Even,
}

/// Why months between two spells were spent off benefit.
#[derive(Clone, Copy, PartialEq, Eq)]
enum Gap {
    Job,
    Subsidised,
    Nothing,
    Away(&'static str),
}

impl Careers {
    pub(crate) fn new(calendar: Calendar, random: &mut Random) -> Self {
        let leaves_to_job = Even::new(random, 11);
        Self { calendar, paid_lately: Shares::default(), others: Shares::default(), leaves_to_job }
    }

    /// The career of a person on dagpenge.
    pub(crate) fn next(&mut self, person: &Person, random: &mut Random) -> Career {
        let limits = Limits::on(person.insurance, self.calendar.as_of);
        let mut maker = Maker {
            calendar: self.calendar,
            limits,
            side: None,
            employer: random.pick(names::EMPLOYERS, "Nordlager"),
            wage: wage(150, 260, random),
        };
        if random.chance(SIDE_JOB) {
            let employer = random.pick(names::SIDE_EMPLOYERS, "Byens Bageri");
            maker.side = Some((employer, wage(140, 190, random), random.between(3, 22)));
        }
        let to_job = self.leaves_to_job.next() < IN_JOB_AFTER_3_MONTHS_PERCENT / 100.0;
        let mut current = maker.current(person, to_job, random);
        maker.add_side_job(&mut current, person, random);

        let used: Hours = current
            .iter()
            .filter(|month| month.claim.claimed && self.calendar.settled(month.claim.month))
            .map(|month| maker.planned(month))
            .sum();
        let last = current.iter().find(|m| m.claim.month == self.calendar.last_settled);
        let lately =
            last.is_some_and(|month| month.claim.claimed && maker.planned(month) > Hours::ZERO);
        let shares = if lately { &mut self.paid_lately } else { &mut self.others };
        let most = if person.scheme == Scheme::Graduate { 12.0 } else { 24.0 };
        let month_hours = limits.month.to_f64();
        let target = shares.next(used.to_f64() / month_hours, most, random);
        let earlier = Hours::from_hundredths((target * month_hours * 100.0) as i64) - used;
        let mut career = maker.before(person, earlier, random);
        career.months.extend(current);
        let beside = career.months.iter().filter(|m| m.claim.claimed && m.jobs.len() == 1).count();
        career.supplementary_weeks = (beside as u32 * 3).min(30);
        career
    }
}

fn wage(low: i64, high: i64, random: &mut Random) -> Money {
    Money::from_hundredths(random.between(low, high) * 100)
}

/// What the months of one person are made with.
struct Maker {
    calendar: Calendar,
    limits: Limits,
    /// Employer, wage and usual hours a week beside benefits.
    side: Option<(&'static str, Money, i64)>,
    /// The ordinary job before and after.
    employer: &'static str,
    wage: Money,
}

impl Maker {
    /// Hours a month would pay, before karens and sanctions.
    fn planned(&self, month: &LedgerMonth) -> Hours {
        self.limits.payable(month.claim.work + month.claim.unavailable)
    }

    /// The share of a month's hours that falls on the weekdays between two days.
    fn hours_of(&self, month: Month, from: NaiveDate, to: NaiveDate) -> Hours {
        let (first, last) = (month.first_day(), month.last_day());
        let on = weekdays(from.max(first), to.min(last));
        let all = weekdays(first, last).max(1);
        Hours::from_hundredths(self.limits.month.hundredths() * on / all)
    }

    fn job(&self, hours: Hours) -> Job {
        Job::ordinary(self.employer, hours, self.wage)
    }

    /// The spell of the latest registration, and the months since.
    fn current(&self, person: &Person, to_job: bool, random: &mut Random) -> Vec<LedgerMonth> {
        let today = self.calendar.as_of;
        let from_job = person.scheme != Scheme::Graduate && random.chance(0.7);
        let first = Month::of(person.registered_on);
        // Of months that are not over only the benefit is written, once it can be asked for.
        let newest = Month::of(today).plus(-1).max(self.calendar.last_claimed);
        let until = person.left_on.unwrap_or(Month::of(today).last_day());
        let mut months = Vec::new();
        for index in first.index()..=newest.index() {
            let month = Month::from_index(index);
            let on = self.hours_of(month, person.registered_on, until);
            let mut entry = LedgerMonth::idle(month);
            entry.claim.claimed = on > Hours::ZERO;
            let rest = self.limits.month - on;
            // What is not spent on benefit lies before or after the spell. Where both are in one
            // month, weekdays divide it; else it is all one of them, whatever rounding leaves.
            let begins = person.registered_on > month.first_day();
            let ends = person.left_on.is_some_and(|left| left < month.last_day());
            let before = match (begins && month == first, ends) {
                (false, _) => Hours::ZERO,
                (true, false) => rest,
                (true, true) => {
                    let until = days_after(person.registered_on, -1);
                    let before = self.hours_of(month, month.first_day(), until);
                    if rest - before < CRUMB { rest } else { before }
                }
            };
            // Hours of a new job are not reported before they are worked.
            let over = month < Month::of(today);
            for (hours, worked) in [(before, from_job), (rest - before, to_job && over)] {
                if worked && hours > Hours::ZERO {
                    entry.claim.work += hours;
                } else {
                    entry.claim.unavailable += hours;
                }
            }
            let worked = std::mem::take(&mut entry.claim.work);
            if worked > Hours::ZERO {
                entry.work(self.job(worked));
            }
            months.push(entry);
        }
        months
    }

    /// Work beside benefits in some months of the latest spell that follow each other.
    fn add_side_job(&self, months: &mut [LedgerMonth], person: &Person, random: &mut Random) {
        let Some((employer, wage, weekly)) = self.side else { return };
        let on: Vec<usize> = (0..months.len()).filter(|i| months[*i].claim.claimed).collect();
        let skip = random.between(0, on.len() as i64 / 2) as usize;
        for index in on.into_iter().skip(skip).take(SIDE_JOB_MONTHS) {
            let month = &mut months[index];
            let free = self.limits.month - month.claim.work - month.claim.unavailable;
            // Five weeks of an hour more or less; now and then nearly a full month.
            let usual = weekly * 433 + random.between(-300, 600);
            let much = random.chance(0.03);
            let hours = if much { free.hundredths() * 19 / 20 } else { usual };
            let quarters = hours.min(free.hundredths()) / 25 * 25;
            if quarters <= 0
                || person.left_on.is_some_and(|left| left < month.claim.month.first_day())
            {
                continue;
            }
            let mut job = Job::ordinary(employer, Hours::from_hundredths(quarters), wage);
            let settled = month.claim.month < self.calendar.last_settled;
            if random.chance(0.03) {
                job.known = false;
            } else if settled && random.chance(0.02) {
                let other = quarters + random.between(-40, 60) * 25;
                job.first = Some(Hours::from_hundredths(other.clamp(25, 14_500)));
            }
            month.work(job);
        }
    }

    /// The period's months before the latest registration, in which she used so many hours.
    fn before(&self, person: &Person, hours: Hours, random: &mut Random) -> Career {
        let mut left = hours;
        let mut back: Vec<LedgerMonth> = Vec::new();
        let mut away = Vec::new();
        let mut month = Month::of(person.registered_on).plus(-1);
        let mut placed_on = person.registered_on;
        let oldest = Month::of(self.calendar.as_of).plus(-OLDEST_MONTHS);
        let tenth = Hours::from_hundredths(self.limits.month.hundredths() / 10);
        while left > tenth && month > oldest {
            let needed = (left.hundredths() / self.limits.month.hundredths()) as i32 + 2;
            let spare = month.since(oldest) - needed;
            let (gap, length) =
                if back.is_empty() && spare < 1 { (Gap::Nothing, 0) } else { gap(spare, random) };
            for _ in 0..length {
                back.push(self.off(month, gap));
                month = month.plus(-1);
            }
            if let Gap::Away(kind) = gap
                && length > 0
            {
                // Of a sickness the fund pays the first fourteen days.
                let paid = if kind == "sickness" { 14 } else { 0 };
                let from = days_after(month.plus(1).first_day(), -paid);
                let to = Some(month.plus(length).last_day());
                away.push(Sickness { from, to, kind });
            }
            for _ in 0..random.between(2, 7) {
                if left <= tenth || month <= oldest {
                    break;
                }
                let mut entry = LedgerMonth::idle(month);
                placed_on = month.first_day();
                if left < self.limits.month {
                    placed_on = self.start_within(month, left);
                    let on = self.hours_of(month, placed_on, month.last_day());
                    entry.claim.unavailable = self.limits.month - on;
                }
                left -= self.planned(&entry);
                back.push(entry);
                month = month.plus(-1);
            }
        }
        // Time off before the first spell of the period is not part of it.
        while back.last().is_some_and(|entry| !entry.claim.claimed) {
            back.pop();
        }
        if back.is_empty() {
            placed_on = person.registered_on;
        }
        away.retain(|spell| spell.from >= placed_on);
        back.reverse();
        Career { months: back, placed_on, away, supplementary_weeks: 0 }
    }

    /// The weekday of a month from which on it holds so many hours.
    fn start_within(&self, month: Month, hours: Hours) -> NaiveDate {
        let (first, last) = (month.first_day(), month.last_day());
        first
            .iter_days()
            .take_while(|day| *day <= last)
            .find(|day| self.hours_of(month, *day, last) <= hours)
            .unwrap_or(last)
    }

    fn off(&self, month: Month, gap: Gap) -> LedgerMonth {
        let mut entry = LedgerMonth::idle(month);
        entry.claim.claimed = false;
        match gap {
            Gap::Job => entry.work(self.job(self.limits.month)),
            Gap::Subsidised => {
                entry.work(Job { subsidised: true, ..self.job(self.limits.month) });
            }
            Gap::Nothing => {}
            Gap::Away(_) => entry.claim.away = true,
        }
        entry
    }
}

/// What a gap was, and how many months long.
fn gap(spare: i32, random: &mut Random) -> (Gap, i32) {
    let (gap, longest) = match random.weighted(&[74.0, 4.0, 12.0, 7.0, 2.5, 0.5]) {
        0 => (Gap::Job, 5),
        1 => (Gap::Subsidised, 3),
        2 => (Gap::Nothing, 3),
        3 => (Gap::Away("sickness"), 4),
        4 => (Gap::Away("parental_leave"), 6),
        _ => (Gap::Away("care"), 2),
    };
    let length = random.between(1, longest).min(i64::from(spare).max(0)) as i32;
    (if length == 0 { Gap::Nothing } else { gap }, length)
}
