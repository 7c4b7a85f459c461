//! Five thousand made-up citizens and what happens to them in fourteen months, as the registers come
//! to know it: with delays, corrections and all.

use std::collections::BTreeMap;

use chrono::{DateTime, Days, NaiveDate, NaiveTime, TimeZone, Utc};
use chrono_tz::Europe::Copenhagen;
use jobnet_server::db::registers::FOREVER;
use serde::Serialize;

/// The first day of the world; both trials start on it.
pub(crate) const FIRST: &str = "2026-11-01";
/// Its days: fourteen months.
pub(crate) const DAYS: u64 = 426;
/// Days before the first on which the first registers are from.
pub(crate) const BEFORE: u64 = 120;

/// Numbers that look random (SplitMix64), the same every time.
#[derive(Debug)]
pub(crate) struct Random(pub(crate) u64);

impl Random {
    fn next(&mut self) -> u64 {
        self.0 = self.0.wrapping_add(0x9e37_79b9_7f4a_7c15);
        let mut z = self.0;
        z = (z ^ (z >> 30)).wrapping_mul(0xbf58_476d_1ce4_e5b9);
        z = (z ^ (z >> 27)).wrapping_mul(0x94d0_49bb_1331_11eb);
        z ^ (z >> 31)
    }

    pub(crate) fn below(&mut self, n: u64) -> u64 {
        self.next() % n
    }

    pub(crate) fn percent(&mut self, percent: u64) -> bool {
        self.below(100) < percent
    }
}

/// A version of a row: it counts from a day until the day before another.
#[derive(Clone, Debug, Serialize)]
pub(crate) struct Version<T> {
    pub(crate) valid_from: NaiveDate,
    pub(crate) valid_to: NaiveDate,
    #[serde(flatten)]
    pub(crate) row: T,
}

#[derive(Clone, Debug, Serialize, PartialEq)]
pub(crate) struct Facts {
    pub(crate) birth_date: NaiveDate,
    pub(crate) fund: Option<&'static str>,
    pub(crate) municipality: Option<&'static str>,
    pub(crate) scheme: &'static str,
    pub(crate) registered_on: Option<NaiveDate>,
}

#[derive(Clone, Debug, Serialize, PartialEq)]
pub(crate) struct Contact {
    pub(crate) email: Option<String>,
    pub(crate) mobile: Option<String>,
    pub(crate) language: &'static str,
    pub(crate) digital_post_exempt: Option<bool>,
    pub(crate) address_protected: Option<bool>,
    pub(crate) notification: Option<&'static str>,
    pub(crate) died_on: Option<NaiveDate>,
    pub(crate) street: Option<String>,
}

#[derive(Clone, Debug, Serialize, PartialEq)]
pub(crate) struct Spell {
    pub(crate) kind: &'static str,
    pub(crate) from_day: NaiveDate,
    pub(crate) to_day: Option<NaiveDate>,
}

/// A citizen and all versions of her rows.
#[derive(Clone, Debug, Serialize)]
pub(crate) struct Citizen {
    pub(crate) number: i32,
    pub(crate) facts: Vec<Version<Facts>>,
    pub(crate) contacts: Vec<Version<Contact>>,
    pub(crate) sickness: Vec<Version<Spell>>,
    /// Trial → the day on which she objects to it.
    pub(crate) objects: BTreeMap<&'static str, NaiveDate>,
}

pub(crate) fn day(number: i64) -> NaiveDate {
    let first: NaiveDate = FIRST.parse().expect("a day");
    let days = Days::new(number.unsigned_abs());
    (if number < 0 { first - days } else { first + days }).max(first - Days::new(BEFORE))
}

/// A time of a day in Denmark.
pub(crate) fn at(day: NaiveDate, time: &str) -> DateTime<Utc> {
    let time = NaiveTime::parse_from_str(time, "%H:%M").expect("a time");
    Copenhagen.from_local_datetime(&day.and_time(time)).earliest().expect("an hour").to_utc()
}

/// The day of a time in Denmark.
pub(crate) fn today(at: DateTime<Utc>) -> NaiveDate {
    at.with_timezone(&Copenhagen).date_naive()
}

/// A time in Denmark, to the minute.
pub(crate) fn when(at: DateTime<Utc>) -> String {
    at.with_timezone(&Copenhagen).format("%Y-%m-%d %H:%M").to_string()
}

/// What is done on a day, by the time in Denmark: once it is planned, at night, in the hours of
/// sending or after them; what is due is sent, also just before and after these hours; and the letters
/// become a batch. On two days of six the server that sends is down.
pub(crate) fn tasks(day: u64) -> Vec<(&'static str, &'static str)> {
    let plans = ["00:10", "06:00", "09:30", "14:30", "22:40"];
    let mut tasks = vec![(plans[(day % 5) as usize], "plan")];
    if day % 6 < 4 {
        tasks.extend(["08:59", "09:00", "12:00", "21:59", "22:00"].map(|time| (time, "send")));
    }
    if [1, 3].contains(&(day % 6)) {
        tasks.push(("14:00", "close"));
    }
    tasks.sort_unstable();
    tasks
}

/// What happens to her messages at the end of a channel; paper always goes well.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum Fate {
    /// They are taken.
    Taken,
    /// They are refused on the day on which they are first brought.
    PutOff,
    /// They get lost once, and nobody says so until asked.
    Lost,
    /// They are taken, and nobody says so until asked.
    Unanswered,
}

pub(crate) fn fate(number: i32) -> Fate {
    match number % 10 {
        3 => Fate::PutOff,
        6 => Fate::Unanswered,
        8 => Fate::Lost,
        _ => Fate::Taken,
    }
}

/// The versions of a row that changes on some days; of two changes on a day the last one counts.
fn versions<T: Clone + PartialEq>(first: T, changes: Vec<(i64, T)>) -> Vec<Version<T>> {
    let start = day(-BEFORE.cast_signed());
    let mut all = vec![Version { valid_from: start, valid_to: FOREVER, row: first }];
    for (at, row) in changes {
        let at = day(at);
        let last = all.last_mut().expect("one");
        if last.row == row {
            continue;
        }
        if last.valid_from >= at {
            last.row = row;
            continue;
        }
        last.valid_to = at;
        all.push(Version { valid_from: at, valid_to: FOREVER, row });
    }
    all
}

pub(crate) fn citizens(count: i32, random: &mut Random) -> Vec<Citizen> {
    (1..=count).map(|number| citizen(number, random)).collect()
}

fn citizen(number: i32, random: &mut Random) -> Citizen {
    let scheme = match random.below(100) {
        0..70 => "dagpenge",
        70..85 => "graduate",
        _ => "social_assistance",
    };
    let funds = ["Fund A", "Fund B", "Fund C", "Fund D"];
    let towns = ["Aalborg", "Roskilde", "Herning"];
    let has_fund = scheme != "social_assistance" && !random.percent(2);
    let facts = Facts {
        birth_date: day(0) - Days::new(17 * 365 + 180 + random.below(48 * 365)),
        fund: has_fund.then(|| funds[random.below(4) as usize]),
        municipality: (!random.percent(2)).then(|| towns[random.below(3) as usize]),
        scheme,
        registered_on: None,
    };
    let (facts, sickness) = (registered(facts, random), sickness(random));
    let registered_on = facts.iter().find_map(|version| version.row.registered_on);
    let fifth_week = sickness.first().map(|version| version.row.from_day + Days::new(28));
    let trials = [("checklist-2026", registered_on), ("letters-2026", fifth_week)];
    let objects = trials.into_iter().filter_map(|(trial, event)| {
        let (objects, is_soon) = (random.percent(12), random.percent(60));
        let (soon, at) = (Days::new(random.below(5)), day(random.below(DAYS).cast_signed()));
        let soon = event.filter(|_| is_soon).map(|event| event + soon);
        objects.then(|| (trial, soon.unwrap_or(at).max(day(0))))
    });
    let objects = objects.collect();
    // Every fifth moves the day after her letter is written.
    let moves = fifth_week.filter(|_| number % 5 == 0).map(|on| (on - day(0)).num_days() + 1);
    Citizen { number, contacts: contacts(number, moves, random), facts, sickness, objects }
}

/// She is registered, some are again later; the register may know it only days after.
fn registered(facts: Facts, random: &mut Random) -> Vec<Version<Facts>> {
    let mut changes = Vec::new();
    if random.percent(85) {
        let mut at = random.below(DAYS + 20).cast_signed() - 40;
        for _ in 0..=u64::from(random.percent(8)) {
            let late = if random.percent(3) { 20 } else { random.below(5).cast_signed() };
            let known = Facts { registered_on: Some(day(at)), ..facts.clone() };
            changes.push((at + late, known));
            at += 60 + random.below(140).cast_signed();
        }
    }
    versions(facts, changes)
}

fn contacts(number: i32, moves: Option<i64>, random: &mut Random) -> Vec<Version<Contact>> {
    let word = match random.below(100) {
        0..55 => Some("email"),
        55..85 => Some("sms"),
        85..95 => Some("none"),
        _ => None,
    };
    let flag = |is_so, is_unknown| if is_unknown { None } else { Some(is_so) };
    let first = Contact {
        email: (!random.percent(5)).then(|| format!("c{number}@example.invalid")),
        mobile: (!random.percent(10)).then(|| format!("+45000{number:05}")),
        language: if random.percent(10) { "en" } else { "da" },
        digital_post_exempt: flag(random.percent(5), random.percent(2)),
        address_protected: flag(random.percent(3), random.percent(1)),
        notification: word,
        died_on: None,
        street: (!random.percent(5)).then(|| format!("Påfundsvej {number}")),
    };
    let mut events: Vec<(i64, u8)> = moves.map(|at| (at, 6)).into_iter().collect();
    for (kind, percent) in [(0_u8, 5), (1, 5), (2, 5), (3, 4), (4, 4), (5, 3)] {
        if random.percent(percent) {
            events.push((random.below(DAYS).cast_signed(), kind));
        }
    }
    events.sort_unstable();
    let mut now = first.clone();
    let mut changes = Vec::new();
    for (at, kind) in events {
        match kind {
            0 => now.died_on = Some(day(at - random.below(4).cast_signed())),
            1 => now.address_protected = Some(true),
            2 => now.digital_post_exempt = Some(true),
            3 => now.street = None,
            4 => now.notification = Some("none"),
            6 => now.street = now.street.is_some().then(|| format!("Nygade {number}")),
            _ => now.email = None,
        }
        changes.push((at, now.clone()));
    }
    versions(first, changes)
}

/// Spells that begin, end, follow each other or come again. A spell is open until the register
/// knows its end.
fn sickness(random: &mut Random) -> Vec<Version<Spell>> {
    let mut all = Vec::new();
    if !random.percent(60) {
        return all;
    }
    let mut from = random.below(350).cast_signed() - 60;
    for _ in 0..4 {
        let length = match random.below(10) {
            0..3 => 3 + random.below(24),
            3..7 => 25 + random.below(60),
            _ => 80 + random.below(350),
        };
        let to = from + length.cast_signed() - 1;
        let kind = if random.percent(6) { "parental_leave" } else { "sickness" };
        let (begun, ended) = (random.below(3).cast_signed(), random.below(4).cast_signed());
        let open = Spell { kind, from_day: day(from), to_day: None };
        let closed = Spell { to_day: Some(day(to)), ..open.clone() };
        let known = (day(from + begun), day(to + 1 + ended));
        if known.0 < known.1 {
            all.push(Version { valid_from: known.0, valid_to: known.1, row: open });
        }
        all.push(Version { valid_from: known.1, valid_to: FOREVER, row: closed });
        from = match random.below(10) {
            0..2 => to + 1,
            2..5 => to + 3 + random.below(60).cast_signed(),
            _ => return all,
        };
    }
    all
}
