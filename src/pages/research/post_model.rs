//! What a trial sends, in rows: reasons in words, days near today, months as columns. Pure.

use std::collections::BTreeMap;

use chrono::NaiveDate;
use jobnet_api::rules::units::Month;
use jobnet_api::trial_messages::{CalendarDay, CalendarLine, MessageContent};
use jobnet_api::trials::protocol::{Arm, Channel, Key};
use jobnet_charts::columns::{Column, ColumnsSpec};

use crate::i18n::post_messages::PostTexts;
use crate::i18n::{Language, fill};

/// So many days before today and from today on are shown.
const DAYS: usize = 30;
/// So many months are shown as columns at most.
const MONTHS: usize = 12;

/// A number as it is told.
pub(super) fn count(number: u64, language: Language) -> String {
    language.integer(i64::try_from(number).unwrap_or(i64::MAX))
}

/// What a channel is called.
pub(super) const fn channel(channel: Channel, t: &PostTexts) -> &'static str {
    match channel {
        Channel::Email => t.email,
        Channel::DigitalPost => t.digital_post,
        Channel::Letter => t.letter,
        Channel::NemSms => t.sms,
    }
}

/// By which channel a message comes.
pub(super) const fn channel_of(content: &MessageContent) -> Channel {
    match content {
        MessageContent::Email { .. } => Channel::Email,
        MessageContent::DigitalPost { .. } => Channel::DigitalPost,
        MessageContent::Letter { .. } => Channel::Letter,
        MessageContent::NemSms { .. } => Channel::NemSms,
    }
}

/// What an arm is called.
pub(super) fn arm_name(arms: &[Arm], key: &Key, language: Language) -> String {
    let name = arms.iter().find(|arm| arm.key == *key).map(|arm| match language {
        Language::Danish => &arm.name.da,
        Language::English => &arm.name.en,
    });
    name.filter(|name| !name.trim().is_empty()).map_or_else(|| key.to_string(), Clone::clone)
}

/// When a step comes.
pub(super) fn when(line: &CalendarLine, t: &PostTexts) -> String {
    let days = line.after_days.to_string();
    match (line.waits_for_end, line.after_days) {
        (true, _) => fill(t.after_end, &[("days", &days)]),
        (false, 0) => t.at_once.to_owned(),
        (false, 1) => t.next_day.to_owned(),
        (false, _) => fill(t.after_days, &[("days", &days)]),
    }
}

/// Why messages of a line were withheld, each with how many: before they came to the queue, and when
/// they were about to leave it.
pub(super) fn reasons(line: &CalendarLine, t: &PostTexts) -> Vec<(String, u64)> {
    let mut all: BTreeMap<&str, u64> = BTreeMap::new();
    for (reason, messages) in line.withheld.iter().chain(&line.fates.withdrawn) {
        *all.entry(reason).or_default() += messages;
    }
    all.into_iter().map(|(reason, messages)| (words(reason, t).to_owned(), messages)).collect()
}

fn words<'a>(reason: &'a str, t: &PostTexts) -> &'a str {
    match reason {
        "objected" => t.objected,
        "died" => t.died,
        "protected" => t.protected,
        "recovered" => t.recovered,
        "exempt" => t.exempt,
        "no_email" => t.no_email,
        "no_address" => t.no_address,
        "no_mobile" => t.no_mobile,
        "unwanted" => t.unwanted,
        "closed" => t.closed,
        "forgotten" => t.forgotten,
        "unknown" => t.unknown,
        other => other,
    }
}

/// The days near today on which something happens, and whether there are others.
pub(super) fn near(days: &[CalendarDay], today: NaiveDate) -> (Vec<&CalendarDay>, bool) {
    let mut dates: Vec<NaiveDate> = days.iter().map(|day| day.on).collect();
    dates.dedup();
    let split = dates.partition_point(|day| *day < today);
    let shown = &dates[split.saturating_sub(DAYS)..Ord::min(split + DAYS, dates.len())];
    let near = days.iter().filter(|day| shown.contains(&day.on)).collect();
    (near, shown.len() < dates.len())
}

/// Citizens to whom something comes, by month: the newest twelve months up to the last.
pub(super) fn by_month(days: &[CalendarDay], language: Language) -> ColumnsSpec {
    let mut sums: BTreeMap<Month, u64> = BTreeMap::new();
    for day in days {
        *sums.entry(Month::of(day.on)).or_default() += day.planned + day.expected;
    }
    let (first, last) = (sums.keys().next().copied(), sums.keys().next_back().copied());
    let mut months = Vec::new();
    if let (Some(first), Some(last)) = (first, last) {
        let mut month = first;
        while month <= last {
            months.push(month);
            month = next(month);
        }
    }
    let from = months.len().saturating_sub(MONTHS);
    let columns = months[from..].iter().map(|month| {
        let sum = sums.get(month).copied().unwrap_or(0);
        Column {
            month: *month,
            count: u32::try_from(sum).unwrap_or(u32::MAX),
            figure: count(sum, language),
        }
    });
    ColumnsSpec { columns: columns.collect(), months: language.short_months() }
}

fn next(month: Month) -> Month {
    let first = month.first_day();
    // A day of the month after it, whatever month it is.
    Month::of(first.checked_add_days(chrono::Days::new(31)).unwrap_or(first))
}

/// Planned and expected, in all.
pub(super) fn sums(days: &[CalendarDay]) -> (u64, u64) {
    days.iter()
        .fold((0, 0), |(planned, expected), day| (planned + day.planned, expected + day.expected))
}

#[cfg(test)]
mod tests {
    use super::*;

    fn key(text: &str) -> Key {
        text.parse().unwrap()
    }

    fn on(day: u32) -> CalendarDay {
        let first = NaiveDate::from_ymd_opt(2026, 11, 1).unwrap();
        let on = first.checked_add_days(chrono::Days::new(day.into())).unwrap();
        CalendarDay { on, step: key("step"), arm: key("arm"), planned: 2, expected: 1 }
    }

    #[test]
    fn only_days_near_today_are_shown_and_it_says_so() {
        let days: Vec<_> = (0..100).map(on).collect();
        let today = days[50].on;
        let (near_ones, more) = near(&days, today);
        assert_eq!((near_ones.len(), more), (60, true));
        assert_eq!((near_ones[0].on, near_ones[59].on), (days[20].on, days[79].on));
        let (near_ones, more) = near(&days[..10], today);
        assert_eq!((near_ones.len(), more), (10, false));
        assert!(near(&[], today).0.is_empty());
    }

    #[test]
    fn months_without_anything_stand_there_too() {
        let spec = by_month(&[on(0), on(1), on(70)], Language::Danish);
        let columns: Vec<_> =
            spec.columns.iter().map(|one| (one.month.number(), one.count)).collect();
        assert_eq!(columns, [(11, 6), (12, 0), (1, 3)]);
        assert!(by_month(&[], Language::Danish).columns.is_empty());
        assert_eq!(sums(&[on(0), on(1)]), (4, 2));
    }

    #[test]
    fn what_was_withheld_early_and_late_is_one_sum_in_words() {
        let t = Language::Danish.post();
        let mut line = CalendarLine {
            step: key("step"),
            arm: key("arm"),
            channel: Channel::Letter,
            after_days: 0,
            waits_for_end: false,
            planned: 5,
            withheld: [("recovered".to_owned(), 2)].into(),
            fates: jobnet_api::trial_messages::Fates::default(),
        };
        line.fates.withdrawn = [("recovered".to_owned(), 1), ("closed".to_owned(), 1)].into();
        let expected = [(t.closed.to_owned(), 1), (t.recovered.to_owned(), 3)];
        assert_eq!(reasons(&line, t), expected);
        assert_eq!(when(&line, t), t.at_once);
        line.after_days = 1;
        assert_eq!(when(&line, t), t.next_day);
        line.after_days = 30;
        assert!(when(&line, t).contains("30"));
        // Every reason the rules know has words of its own.
        for why in jobnet_api::trials::dispatch::Withheld::ALL {
            assert_ne!(words(why.name(), t), why.name());
        }
    }
}
