//! “Her mangler timer”: what was typed becomes a report, or a list of what to correct.
//!
//! It must not know how a report is sent.

use jobnet_api::account::AccountAnswer;
use jobnet_api::report::{MAX_NOTE_CHARS, NewHoursReport};
use jobnet_rules::units::{Hours, Month};

use crate::i18n::{Language, fill};
use crate::state::ReportDraft;

/// A field of the form.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Field {
    /// The month.
    Month,
    /// The hours.
    Hours,
    /// Her words.
    Note,
}

impl Field {
    /// The id of its input.
    pub const fn id(self) -> &'static str {
        match self {
            Self::Month => "report-month",
            Self::Hours => "report-hours",
            Self::Note => "report-note",
        }
    }
}

/// Something to correct.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Problem {
    /// Where.
    pub field: Field,
    /// What, as an instruction.
    pub text: String,
}

/// The report that was typed.
///
/// # Errors
/// What to correct, in the order of the fields.
pub fn check(draft: &ReportDraft, language: Language) -> Result<NewHoursReport, Vec<Problem>> {
    let texts = language.report();
    let mut problems = Vec::new();
    let mut problem = |field, text: String| problems.push(Problem { field, text });

    let month: Option<Month> = draft.month.parse().ok();
    if month.is_none() {
        problem(Field::Month, texts.error_month.to_owned());
    }
    let note = draft.note.trim();
    let typed = draft.hours.trim();
    let hours = if typed.is_empty() { None } else { parse_hours(typed) };
    let most = month.map(hours_in);
    match hours {
        None if !typed.is_empty() => problem(Field::Hours, texts.error_hours.to_owned()),
        None if note.is_empty() => problem(Field::Hours, texts.error_nothing.to_owned()),
        Some(hours) if most.is_some_and(|most| hours > most) => {
            let most = most.map(|most| language.short_hours(most)).unwrap_or_default();
            problem(Field::Hours, fill(texts.error_hours_many, &[("max", &most)]));
        }
        None | Some(_) => {}
    }
    if note.chars().count() > MAX_NOTE_CHARS {
        let most = MAX_NOTE_CHARS.to_string();
        problem(Field::Note, fill(texts.error_note, &[("max", &most)]));
    }
    match month {
        Some(month) if problems.is_empty() => {
            Ok(NewHoursReport { month, worked_hours: hours, note: note.to_owned() })
        }
        _ => Err(problems),
    }
}

/// Hours as people type them, with a comma or a point; not negative.
pub fn parse_hours(typed: &str) -> Option<Hours> {
    let hours: Hours = typed.trim().replace(',', ".").parse().ok()?;
    (hours >= Hours::ZERO).then_some(hours)
}

/// The hours there are in a month at all, by the calendar.
fn hours_in(month: Month) -> Hours {
    let days = month.plus(1).first_day().signed_duration_since(month.first_day()).num_days();
    Hours::from_hundredths(days.saturating_mul(2_400))
}

/// Characters left for the note; negative when there are too many.
pub fn characters_left(note: &str) -> i64 {
    let limit = i64::try_from(MAX_NOTE_CHARS).unwrap_or(i64::MAX);
    limit.saturating_sub(i64::try_from(note.trim().chars().count()).unwrap_or(i64::MAX))
}

/// The months she can choose, newest first: those known, and from her registration until today.
pub fn months(answer: &AccountAnswer, today: chrono::NaiveDate) -> Vec<Month> {
    let last = Month::of(today);
    let known = answer.case.months.iter().map(|facts| facts.month);
    let first = known.chain(answer.registered_on.map(Month::of)).min().unwrap_or(last);
    (0..=last.since(first).clamp(0, 120)).map(|back| last.plus(-back)).collect()
}

#[cfg(test)]
mod tests {
    use super::*;

    fn draft(month: &str, hours: &str, note: &str) -> ReportDraft {
        ReportDraft {
            month: month.into(),
            hours: hours.into(),
            note: note.into(),
            ..ReportDraft::default()
        }
    }

    fn fields(draft: &ReportDraft) -> Vec<Field> {
        match check(draft, Language::Danish) {
            Ok(_) => Vec::new(),
            Err(problems) => problems.into_iter().map(|problem| problem.field).collect(),
        }
    }

    #[test]
    fn a_comma_and_a_point_are_the_same_and_unknown_hours_stay_unknown() {
        let report =
            check(&draft("2026-08", " 37,5 ", " Vagt i uge 33 "), Language::Danish).unwrap();
        assert_eq!(report.worked_hours, Some(Hours::from_hundredths(3_750)));
        assert_eq!(report.note, "Vagt i uge 33");
        let report = check(&draft("2026-08", "37.5", ""), Language::English).unwrap();
        assert_eq!(report.worked_hours, Some(Hours::from_hundredths(3_750)));
        let report = check(&draft("2026-08", "", "Ved ikke"), Language::Danish).unwrap();
        assert_eq!(report.worked_hours, None);
    }

    #[test]
    fn each_wrong_field_is_named_in_order() {
        let long = "æ".repeat(MAX_NOTE_CHARS + 1);
        assert_eq!(fields(&draft("", "", "")), [Field::Month, Field::Hours]);
        assert_eq!(fields(&draft("2026-08", "mange", "")), [Field::Hours]);
        assert_eq!(fields(&draft("2026-08", "1,234", "x")), [Field::Hours]);
        assert_eq!(fields(&draft("2026-08", "-1", "x")), [Field::Hours]);
        assert_eq!(fields(&draft("august", "12", &long)), [Field::Month, Field::Note]);
        assert!(fields(&draft("2026-08", "12", &"æ".repeat(MAX_NOTE_CHARS))).is_empty());
    }

    #[test]
    fn a_month_has_no_more_hours_than_its_days() {
        assert!(fields(&draft("2026-02", "672", "")).is_empty());
        assert_eq!(fields(&draft("2026-02", "672,01", "")), [Field::Hours]);
        assert!(fields(&draft("2028-02", "696", "")).is_empty());
    }

    #[test]
    fn the_rest_of_the_note_can_be_counted() {
        assert_eq!(characters_left("æøå"), 897);
        assert_eq!(characters_left(&"x".repeat(MAX_NOTE_CHARS + 2)), -2);
    }
}
