//! Her list as it stands on the screen: what the server sent, with what she has changed since.

use std::collections::{BTreeMap, BTreeSet};

use chrono::{Days, NaiveDate};
use jobnet_api::account::{AccountAnswer, DeadlineKind};
use jobnet_api::checklist::{MyChecklist, NewMark};
use jobnet_checklist::item::{Item, Phase};
use jobnet_checklist::mark::Mark;
use jobnet_checklist::plan::{Entry, Person, Progress, Status, phase, plan, progress};

use crate::i18n::{Language, fill};

/// Days since she was registered, of the made-up citizen of a preview.
const REGISTERED: u64 = 5;

/// The items of a phase.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(super) struct Group {
    pub(super) phase: Phase,
    pub(super) is_now: bool,
    pub(super) items: Vec<Item>,
}

/// What she says of an item: changed and not sent yet, or stored.
pub(super) fn mark_of(list: &MyChecklist, pending: &BTreeMap<Item, NewMark>, item: Item) -> Mark {
    let stored = || list.marks.get(&item).map(|saved| saved.mark.clone());
    pending.get(&item).map(|new| new.mark.clone()).or_else(stored).unwrap_or_default()
}

/// The items with what she has changed.
pub(super) fn entries(list: &MyChecklist, pending: &BTreeMap<Item, NewMark>) -> Vec<Entry> {
    let shown = list.entries.iter().map(|entry| {
        let state = mark_of(list, pending, entry.item).state;
        Entry { status: entry.unmarked.marked(Some(state), list.today), ..entry.clone() }
    });
    shown.collect()
}

/// How far she is, with what she has changed.
pub(super) fn how_far(list: &MyChecklist, pending: &BTreeMap<Item, NewMark>) -> Progress {
    progress(&entries(list, pending))
}

/// The items by phase: where she is first, then what is behind her, then what lies ahead.
pub(super) fn groups(list: &MyChecklist) -> Vec<Group> {
    let mut groups: Vec<Group> = Vec::new();
    for entry in &list.entries {
        match groups.iter_mut().find(|group| group.phase == entry.phase) {
            Some(group) => group.items.push(entry.item),
            None => groups.push(Group {
                phase: entry.phase,
                is_now: entry.phase == list.phase,
                items: vec![entry.item],
            }),
        }
    }
    groups.sort_by_key(|group| (!group.is_now, group.phase > list.phase, group.phase));
    groups
}

/// What a status says.
pub(super) fn status_text(status: Status, language: Language) -> String {
    let t = language.checklist();
    match status {
        Status::Ahead {} => t.not_yet.to_owned(),
        Status::Open {} => t.open.to_owned(),
        Status::Overdue {} => t.overdue.to_owned(),
        Status::Done {} => t.done.to_owned(),
        Status::SeenDone { .. } => t.seen_done.to_owned(),
        Status::NotForMe {} => t.not_for_me.to_owned(),
        Status::Later { until } => fill(t.later, &[("day", &language.date(until))]),
    }
}

/// By when; nothing once it is settled.
pub(super) fn due_text(entry: &Entry, language: Language) -> Option<String> {
    let t = language.checklist();
    let day = language.date(entry.due_on.filter(|_| !entry.status.is_settled())?);
    let text = if entry.is_duty { t.due_rule } else { t.due_advice };
    Some(fill(text, &[("day", &day)]))
}

/// The list of a made-up citizen of a preview, who has said nothing yet.
pub(super) fn made_up(answer: &AccountAnswer) -> MyChecklist {
    let today = answer.case.as_of;
    let talk = answer.deadlines.iter().find(|deadline| deadline.kind == DeadlineKind::FundMeeting);
    let she = Person {
        scheme: answer.case.scheme,
        registered_on: today.checked_sub_days(Days::new(REGISTERED)).unwrap_or(today),
        first_talk: talk.map(|talk| talk.on),
        signs: BTreeMap::new(),
        raised: BTreeSet::new(),
    };
    let entries = plan(&she, &BTreeMap::new(), today);
    MyChecklist {
        today,
        phase: phase(&she, today),
        progress: progress(&entries),
        entries,
        marks: BTreeMap::new(),
        news: Vec::new(),
        seen_on: None,
        is_shared: false,
        trial: None,
    }
}

/// A week from a day.
pub(super) fn in_a_week(today: NaiveDate) -> NaiveDate {
    today.checked_add_days(Days::new(7)).unwrap_or(today)
}

#[cfg(test)]
mod tests {
    use chrono::{DateTime, Utc};
    use jobnet_api::profiling::fact::Fact;
    use jobnet_api::profiling::profile::Factor;
    use jobnet_checklist::mark::{Reason, State};
    use jobnet_rules::case::Scheme;

    use super::*;

    fn list(today: &str) -> MyChecklist {
        let today = today.parse().unwrap();
        let she = Person {
            scheme: Scheme::Dagpenge,
            registered_on: "2026-09-01".parse().unwrap(),
            first_talk: None,
            signs: BTreeMap::new(),
            raised: BTreeSet::new(),
        };
        let entries = plan(&she, &BTreeMap::new(), today);
        MyChecklist {
            today,
            phase: phase(&she, today),
            progress: progress(&entries),
            entries,
            marks: BTreeMap::new(),
            news: Vec::new(),
            seen_on: None,
            is_shared: false,
            trial: None,
        }
    }

    fn changed(item: Item, state: State) -> BTreeMap<Item, NewMark> {
        let mark = Mark { state, note: None };
        BTreeMap::from([(item, NewMark { mark, made_at: DateTime::<Utc>::UNIX_EPOCH })])
    }

    #[test]
    fn a_change_shows_at_once_and_counts() {
        let list = list("2026-09-03");
        let done = changed(Item::Cv, State::Done {});
        let shown = entries(&list, &done);
        assert_eq!(shown.iter().find(|e| e.item == Item::Cv).unwrap().status, Status::Done {});
        let before = how_far(&list, &BTreeMap::new());
        assert_eq!(how_far(&list, &done).done, before.done + 1);
        let not = changed(Item::Cv, State::NotForMe { reason: Reason::Other });
        assert_eq!(how_far(&list, &not).of, before.of - 1);
    }

    #[test]
    fn where_she_is_comes_first_and_what_lies_ahead_last() {
        let groups = groups(&list("2026-09-20"));
        let phases: Vec<_> = groups.iter().map(|group| group.phase).collect();
        assert_eq!(phases, [Phase::Search, Phase::Start, Phase::Widen, Phase::Review]);
        assert!(groups[0].is_now && !groups[1].is_now);
    }

    #[test]
    fn a_rule_and_an_advice_are_told_apart_and_nothing_is_due_that_is_done() {
        let list = list("2026-09-03");
        let of = |item, pending: &BTreeMap<Item, NewMark>| {
            let all = entries(&list, pending);
            let entry = all.into_iter().find(|entry| entry.item == item).unwrap();
            due_text(&entry, Language::Danish)
        };
        let none = BTreeMap::new();
        let rule = of(Item::Cv, &none).unwrap();
        assert_eq!(rule, "Senest den 15.\u{a0}september\u{a0}2026. Det er en regel.");
        let advice = of(Item::Network, &none).unwrap();
        assert_eq!(advice, "Gerne inden den 14.\u{a0}september\u{a0}2026. Det er et råd.");
        assert_eq!(of(Item::Cv, &changed(Item::Cv, State::Done {})), None);
    }

    /// What registers know raises a profile as well as what she answered.
    #[test]
    fn what_her_profile_brings_up_is_not_said_to_come_of_her_answers() {
        let she = Person {
            scheme: Scheme::Dagpenge,
            registered_on: "2026-09-01".parse().unwrap(),
            first_talk: None,
            signs: BTreeMap::new(),
            raised: BTreeSet::from([Factor::Fact(Fact::Age)]),
        };
        let entries = plan(&she, &BTreeMap::new(), "2026-09-20".parse().unwrap());
        assert!(entries.iter().any(|entry| entry.is_for_her_profile));
        assert!(!Language::Danish.checklist().for_profile.contains("svar"));
        assert!(!Language::English.checklist().for_profile.contains("answer"));
    }
}
