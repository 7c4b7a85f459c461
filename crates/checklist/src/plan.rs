//! Her list on a day: which items she has, by when, how far she is, and what has changed.

use std::collections::{BTreeMap, BTreeSet};

use chrono::{Days, NaiveDate};
use jobnet_profiling::profile::Factor;
use jobnet_rules::case::Scheme;
use jobnet_rules::duties;
use jobnet_rules::units::Month;
use serde::{Deserialize, Serialize};

use crate::help;
use crate::item::{Due, Item, Phase, Sign};
use crate::mark::{Mark, State};

/// What the list is made from.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Person {
    /// Her scheme.
    pub scheme: Scheme,
    /// The day she registered.
    pub registered_on: NaiveDate,
    /// Her first talk, booked or held; `None`: none is known.
    pub first_talk: Option<NaiveDate>,
    /// What the registers show, with the day from which they did.
    pub signs: BTreeMap<Sign, NaiveDate>,
    /// What raised her profile; empty: she has none, or nothing did.
    pub raised: BTreeSet<Factor>,
}

/// An item of her list.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema), schema(as = ChecklistEntry))]
pub struct Entry {
    /// Which.
    pub item: Item,
    /// When it comes up.
    pub phase: Phase,
    /// By when; `None`: the rules have no day for it, or the day of an advice has passed.
    #[serde(default, deserialize_with = "jobnet_rules::day::read_option")]
    pub due_on: Option<NaiveDate>,
    /// Whether the day is a rule's; otherwise it is advice.
    pub is_duty: bool,
    /// How far she is.
    pub status: Status,
    /// How far she would be if she had said nothing: the page shows a change of hers at once by it.
    pub unmarked: Status,
    /// It stands here because of her profile.
    pub is_for_her_profile: bool,
}

/// How far she is.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema), schema(as = ChecklistStatus))]
#[serde(rename_all = "snake_case", tag = "type")]
pub enum Status {
    /// It does not come up yet.
    Ahead {},
    /// It is to be done.
    Open {},
    /// It is a duty whose day has passed. Whether it was done in time is not known here.
    Overdue {},
    /// She has said that it is done.
    Done {},
    /// The registers show that it is done.
    SeenDone {
        /// What shows it.
        sign: Sign,
    },
    /// She has said that it is not for her.
    NotForMe {},
    /// She will look at it again.
    Later {
        /// When.
        until: NaiveDate,
    },
}

impl Status {
    /// The status with what she says of it on a day.
    #[must_use]
    pub fn marked(self, mark: Option<State>, today: NaiveDate) -> Self {
        match mark {
            Some(State::Done {}) => Self::Done {},
            Some(State::NotForMe { .. }) => Self::NotForMe {},
            Some(State::Later { until }) if until > today && !self.is_settled() => {
                Self::Later { until }
            }
            _ => self,
        }
    }

    /// Whether nothing is left to do.
    pub const fn is_settled(self) -> bool {
        matches!(self, Self::Done {} | Self::SeenDone { .. } | Self::NotForMe {})
    }
}

/// How many items up to now are done.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema), schema(as = ChecklistProgress))]
pub struct Progress {
    /// Done, by her word or the registers'.
    pub done: u8,
    /// Of so many that have come up and are for her.
    pub of: u8,
}

/// Days after registration on which a phase begins.
const fn begins(phase: Phase) -> u64 {
    match phase {
        Phase::Start => 0,
        Phase::Search => 14,
        Phase::Widen => 91,
        Phase::Review => 182,
    }
}

/// The phase she is in on a day.
pub fn phase(person: &Person, today: NaiveDate) -> Phase {
    let days = u64::try_from((today - person.registered_on).num_days()).unwrap_or(0);
    [Phase::Review, Phase::Widen, Phase::Search]
        .into_iter()
        .find(|phase| days >= begins(*phase))
        .unwrap_or(Phase::Start)
}

/// Her list on a day: by phase; within it, what is for her profile first, otherwise as the items
/// stand.
pub fn plan(person: &Person, marks: &BTreeMap<Item, Mark>, today: NaiveDate) -> Vec<Entry> {
    let now = phase(person, today);
    let mut entries: Vec<Entry> = Item::ALL
        .into_iter()
        .filter(|item| item.spec().schemes.contains(&person.scheme))
        .map(|item| entry(person, item, marks.get(&item), now, today))
        .collect();
    entries.sort_by_key(|entry| (entry.phase, !entry.is_for_her_profile));
    entries
}

fn entry(person: &Person, item: Item, mark: Option<&Mark>, now: Phase, today: NaiveDate) -> Entry {
    let spec = item.spec();
    let is_for_her_profile =
        person.raised.iter().any(|factor| help::items(*factor).contains(&item));
    // What her profile asks for comes up at once.
    let phase = if is_for_her_profile { spec.phase.min(now) } else { spec.phase };
    let is_duty = matches!(spec.due, Due::CvDeadline | Due::CardDeadline);
    // Advice that was not followed in time is still advice, and nobody is late with it.
    let due_on = due_on(person, spec.due, today).filter(|day| is_duty || *day >= today);
    let seen = spec.sign.filter(|sign| person.signs.get(sign).is_some_and(|day| *day <= today));
    let unmarked = match seen {
        Some(sign) => Status::SeenDone { sign },
        None if phase > now => Status::Ahead {},
        None if is_duty && due_on.is_some_and(|day| day < today) => Status::Overdue {},
        None => Status::Open {},
    };
    let status = unmarked.marked(mark.map(|mark| mark.state), today);
    Entry { item, phase, due_on, is_duty, status, unmarked, is_for_her_profile }
}

fn due_on(person: &Person, due: Due, today: NaiveDate) -> Option<NaiveDate> {
    match due {
        Due::CvDeadline => duties::cv_deadline(person.registered_on),
        Due::CardDeadline => duties::card_deadline(Month::of(today)),
        Due::Days(days) => person.registered_on.checked_add_days(Days::new(u64::from(days))),
        Due::BeforeFirstTalk => person
            .first_talk
            .or_else(|| duties::first_meeting_deadline(person.registered_on, person.scheme))?
            .pred_opt()
            .map(|day| day.max(person.registered_on)),
    }
}

/// How many of the items that have come up are done. What is not for her does not count.
pub fn progress(entries: &[Entry]) -> Progress {
    let up = entries
        .iter()
        .filter(|entry| !matches!(entry.status, Status::Ahead {} | Status::NotForMe {}));
    let count = |n: usize| u8::try_from(n).unwrap_or(u8::MAX);
    let of = count(up.clone().count());
    let done = count(up.filter(|entry| entry.status.is_settled()).count());
    Progress { done, of }
}

/// What became different between two lists: items that are new, came up, became due earlier or
/// later, passed their day, or were seen done by the registers. What she changed herself is no news.
pub fn news(before: &[Entry], now: &[Entry]) -> Vec<Item> {
    let is_hers = |status: Status| {
        matches!(status, Status::Done {} | Status::NotForMe {} | Status::Later { .. })
    };
    now.iter()
        .filter(|entry| !is_hers(entry.status) && !matches!(entry.status, Status::Ahead {}))
        .filter(|entry| {
            let old = before.iter().find(|old| old.item == entry.item);
            old.is_none_or(|old| {
                let moved = entry.due_on != old.due_on && !entry.status.is_settled();
                old.status != entry.status || moved
            })
        })
        .map(|entry| entry.item)
        .collect()
}
