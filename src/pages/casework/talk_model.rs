//! A citizen on one page: the main figures, and questions for the talk. Pure. A question comes from
//! a fact or a figure, never from a guess about the citizen.

use chrono::NaiveDate;
use jobnet_api::account::{AccountAnswer, Deadline};
use jobnet_api::casework::ENDS_SOON_MONTHS;
use jobnet_rules::account::{EndedBy, KarensState};
use jobnet_rules::case::Away;
use jobnet_rules::trace::Figure as Path;
use jobnet_rules::units::{Hours, Month};

use crate::i18n::casework_messages::TalkTexts;
use crate::i18n::{Language, fill as words};
use crate::pages::account::figure::{Figure, Fill, Line, Value, figure, fill, word};

use super::list_model::deadline_name;

/// The most questions there are room for.
const MOST_QUESTIONS: usize = 7;

/// A row of the main figures.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Row {
    /// What.
    pub name: &'static str,
    /// How much, or when.
    pub value: Line,
}

/// The main figures: those that are known.
pub fn figures(answer: &AccountAnswer, language: Language) -> Vec<Row> {
    let texts = language.casework().talk;
    let account = &answer.account;
    let mut rows = Vec::new();
    let mut row = |name, path, value: Option<Value>| {
        if let Some(value) = value {
            let figure = Fill::Figure(Figure { path, value });
            let text = if matches!(value, Value::Hours(_)) { texts.hours_value } else { "{hours}" };
            rows.push(Row { name, value: fill(text, &[("hours", figure)]) });
        }
    };
    if let Some(period) = &account.period {
        row(texts.left, Path::RemainingHours, Some(period.remaining_hours.into()));
        row(texts.used, Path::UsedHours, Some(period.used_hours.into()));
        row(texts.runs_out, Path::RunsOutMonth, period.runs_out_month.map(Value::from));
        row(texts.frame, Path::FrameEndsOn, period.frame_ends_on.map(Value::from));
    }
    if let Some(hours) = &account.account {
        row(texts.account, Path::AccountWorkHours, Some(hours.work_hours.into()));
    }
    if let Some(karens) = account.karens.as_ref().filter(|now| now.state == KarensState::Open) {
        row(texts.karens, Path::KarensMissing, Some(karens.missing_hours.into()));
        row(texts.karens_to, Path::KarensTo, karens.window_to.map(Value::from));
    }
    rows
}

/// The deadlines, next first, in words.
pub fn deadlines(answer: &AccountAnswer, language: Language) -> Vec<String> {
    let texts = language.casework().talk;
    answer
        .deadlines
        .iter()
        .map(|deadline| deadline_text(texts.deadline, deadline, language))
        .collect()
}

fn deadline_text(text: &str, deadline: &Deadline, language: Language) -> String {
    let what = deadline_name(deadline.kind, language.casework().list);
    words(text, &[("day", &language.date(deadline.on)), ("what", what)])
}

/// Questions for the talk, the most pressing first.
pub fn questions(answer: &AccountAnswer, today: NaiveDate, language: Language) -> Vec<Line> {
    let texts = language.casework().talk;
    let mut asked = Vec::new();
    let overdue = answer.deadlines.iter().filter(|deadline| deadline.on < today);
    asked.extend(overdue.map(|deadline| {
        let what = deadline_name(deadline.kind, language.casework().list);
        let day = word(language.date(deadline.on));
        fill(texts.overdue, &[("day", day), ("what", word(what))])
    }));
    let mut spells = answer.spells.iter();
    let lasting = spells.find(|spell| spell.kind == Away::Sickness && spell.lasts_on(today));
    asked
        .extend(lasting.map(|spell| fill(texts.sick, &[("day", word(language.date(spell.from)))])));
    asked.extend(ends_soon(answer, today, texts));
    asked.extend(karens(answer, texts));
    asked.extend(
        answer
            .account
            .unknown_hours_months
            .iter()
            .rev()
            .map(|month| fill(texts.unknown, &[("month", word(language.month(*month)))])),
    );
    asked.extend(
        answer
            .reports
            .iter()
            .rev()
            .map(|report| fill(texts.report, &[("month", word(language.month(report.month)))])),
    );
    asked.extend(answer.sanctions.iter().filter_map(|sanction| {
        let left = sanction.hours?.hundredths() - sanction.served_hours.hundredths();
        (left > 0).then(|| {
            let hours = word(language.hundredths(left));
            let day = word(language.date(sanction.decided_on));
            fill(texts.sanction, &[("hours", hours), ("day", day)])
        })
    }));
    asked.truncate(MOST_QUESTIONS);
    asked
}

fn ends_soon(answer: &AccountAnswer, today: NaiveDate, texts: &'static TalkTexts) -> Option<Line> {
    let period = answer.account.period.as_ref()?;
    let soon = Month::of(today).plus(ENDS_SOON_MONTHS);
    if period.ended_by == Some(EndedBy::Frame) {
        let day = period.frame_ends_on.filter(|day| Month::of(*day) <= soon)?;
        return Some(fill(texts.frame_ends, &[("day", figure(Path::FrameEndsOn, day))]));
    }
    let month = period.runs_out_month.filter(|month| *month <= soon)?;
    Some(fill(texts.ends, &[("month", figure(Path::RunsOutMonth, month))]))
}

fn karens(answer: &AccountAnswer, texts: &'static TalkTexts) -> Option<Line> {
    let karens = answer.account.karens.as_ref().filter(|now| now.state == KarensState::Open)?;
    // Who has not worked at all is not asked to work the whole of it.
    if karens.work_hours == Hours::ZERO {
        return None;
    }
    let missing = figure(Path::KarensMissing, karens.missing_hours);
    let month = figure(Path::KarensTo, karens.window_to?);
    Some(fill(texts.karens_open, &[("hours", missing), ("month", month)]))
}

#[cfg(test)]
mod tests {
    use jobnet_api::account::DeadlineKind;

    use super::*;
    use crate::pages::account::figure::plain;
    use crate::pages::account::fixtures::{answer, contract, day};

    fn said(answer: &AccountAnswer, today: &str) -> Vec<String> {
        let lines = questions(answer, day(today), Language::Danish);
        lines.iter().map(|line| plain(line, Language::Danish).replace('\u{a0}', " ")).collect()
    }

    #[test]
    fn a_month_with_unknown_hours_and_a_passed_deadline_are_asked_about() {
        let mut answer = contract();
        answer.facts.deadlines = vec![Deadline { kind: DeadlineKind::Cv, on: day("2026-10-01") }];
        let said = said(&answer, "2026-10-11");
        assert_eq!(said[0], "Hvad står i vejen? Fristen var 1. oktober 2026: CV.");
        let unknown = "Hvor meget arbejdede du i april 2026? Vi kender ikke dine timer.";
        assert!(said.iter().any(|line| line == unknown), "{said:?}");
    }

    #[test]
    fn karens_is_asked_about_only_where_she_works() {
        let with = |hours: u32| {
            answer(&format!(
                r#"{{"as_of": "2026-06-30", "scheme": "dagpenge", "placed_on": "2026-05-01",
                    "monthly_rate": 22041,
                    "months": [{{"month": "2026-05", "work_hours": {hours}, "settled": true}}]}}"#
            ))
        };
        let asks = |answer: AccountAnswer| {
            said(&answer, "2026-06-30").iter().any(|line| line.contains("karens"))
        };
        assert!(asks(with(40)));
        assert!(!asks(with(0)));
    }

    #[test]
    fn nothing_is_asked_where_nothing_stands_out() {
        let quiet = answer(r#"{"as_of": "2026-10-11", "scheme": "social_assistance"}"#);
        assert!(said(&quiet, "2026-10-11").is_empty());
    }

    #[test]
    fn figures_that_are_not_known_are_left_out() {
        let of_contract = figures(&contract(), Language::Danish);
        let texts = Language::Danish.casework().talk;
        assert_eq!(of_contract[0].name, texts.left);
        let quiet = answer(r#"{"as_of": "2026-10-11", "scheme": "social_assistance"}"#);
        assert!(figures(&quiet, Language::Danish).is_empty());
    }
}
