//! The list of citizens in words: columns, counts, cells. Pure: an answer and a language in. It
//! computes no law: each figure is a field of the answer.

use jobnet_api::account::{Deadline, DeadlineKind};
use jobnet_api::casework::{
    Caseload, CaseloadCounts, CaseloadFilter, CaseloadQuery, CaseloadRow, CaseloadSort,
};
use jobnet_rules::account::KarensState;
use jobnet_rules::case::Scheme;

use crate::i18n::casework_messages::CaseloadTexts;
use crate::i18n::{Language, fill};

/// The filters, in the order they stand in.
pub const FILTERS: [CaseloadFilter; 4] = [
    CaseloadFilter::BenefitEndsSoon,
    CaseloadFilter::KarensAhead,
    CaseloadFilter::New,
    CaseloadFilter::SickListed,
];

/// How many citizens may stand on a page.
pub const PAGE_SIZES: [u32; 3] = [25, 50, 100];

/// A column of the table.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Column {
    /// What stands in it.
    pub name: &'static str,
    /// How to sort by it, if one can.
    pub sort: Option<CaseloadSort>,
    /// Whether it holds numbers.
    pub is_number: bool,
}

/// The columns.
pub fn columns(texts: &CaseloadTexts) -> [Column; 8] {
    let column = |name, sort, is_number| Column { name, sort, is_number };
    [
        column(texts.name, Some(CaseloadSort::Name), false),
        column(texts.scheme, None, false),
        column(texts.registered, Some(CaseloadSort::RegisteredOn), false),
        column(texts.left, None, true),
        column(texts.runs_out, Some(CaseloadSort::RunsOut), false),
        column(texts.karens, Some(CaseloadSort::KarensMissing), true),
        column(texts.deadline, Some(CaseloadSort::NextDeadline), false),
        column(texts.caseworker, None, false),
    ]
}

/// What a cell says, and what stands under it.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Cell {
    /// `None`: there is no such thing for this citizen.
    pub says: Option<String>,
    /// In small print.
    pub note: Option<String>,
}

impl Cell {
    fn of(says: Option<String>) -> Self {
        Self { says, note: None }
    }
}

/// The cells of a citizen, without the first: her name.
pub fn cells(row: &CaseloadRow, language: Language) -> [Cell; 7] {
    let texts = language.casework().list;
    [
        Cell::of(Some(scheme(row.scheme, texts).to_owned())),
        Cell::of(row.registered_on.map(|day| language.date(day))),
        Cell::of(row.remaining_hours.map(|hours| language.short_hours(hours))),
        Cell::of(row.runs_out_month.map(|month| language.month(month))),
        karens(row, language, texts),
        deadline(row.next_deadline.as_ref(), language, texts),
        Cell::of(row.caseworker.clone()),
    ]
}

/// Under her name: when she was born, and since when she is sick.
pub fn under_name(row: &CaseloadRow, language: Language) -> (String, Option<String>) {
    let texts = language.casework().list;
    let born = fill(texts.born, &[("day", &language.date(row.birth_date))]);
    let sick = row.sick_since.map(|day| fill(texts.sick_since, &[("day", &language.date(day))]));
    (born, sick)
}

fn scheme(scheme: Scheme, texts: &CaseloadTexts) -> &'static str {
    match scheme {
        Scheme::Dagpenge => texts.dagpenge,
        Scheme::Graduate => texts.graduate,
        Scheme::SocialAssistance => texts.assistance,
    }
}

fn karens(row: &CaseloadRow, language: Language, texts: &CaseloadTexts) -> Cell {
    let until = row
        .karens_window_to
        .map(|month| fill(texts.karens_until, &[("month", &language.month(month))]));
    let says = row.karens_state.and_then(|state| match state {
        KarensState::Open => row.karens_missing_hours.map(|hours| language.short_hours(hours)),
        KarensState::Avoided => Some(texts.karens_avoided.to_owned()),
        KarensState::Applies => Some(texts.karens_applies.to_owned()),
        KarensState::Unknown => Some(texts.unknown.to_owned()),
    });
    Cell { note: until.filter(|_| says.is_some()), says }
}

fn deadline(next: Option<&Deadline>, language: Language, texts: &CaseloadTexts) -> Cell {
    let Some(next) = next else { return Cell::default() };
    Cell {
        says: Some(language.date(next.on)),
        note: Some(deadline_name(next.kind, texts).to_owned()),
    }
}

/// What a deadline is about, in few words.
pub fn deadline_name(kind: DeadlineKind, texts: &CaseloadTexts) -> &'static str {
    match kind {
        DeadlineKind::FundMeeting => texts.meeting_fund,
        DeadlineKind::JobCentreMeeting => texts.meeting_job_centre,
        DeadlineKind::Cv => texts.cv,
        DeadlineKind::BenefitCard => texts.card,
        DeadlineKind::BookMeeting => texts.book,
    }
}

/// A filter with the number of citizens it would leave.
pub fn filter_text(
    filter: CaseloadFilter,
    counts: &CaseloadCounts,
    language: Language,
) -> (&'static str, String) {
    let texts = language.casework().list;
    let (name, count) = match filter {
        CaseloadFilter::BenefitEndsSoon => (texts.ends_soon, counts.benefit_ends_soon),
        CaseloadFilter::KarensAhead => (texts.karens_ahead, counts.karens_ahead),
        CaseloadFilter::New => (texts.new, counts.new),
        CaseloadFilter::SickListed => (texts.sick, counts.sick_listed),
    };
    (name, language.integer(count.cast_signed()))
}

/// How many citizens there are, and which of them are shown.
pub fn count_text(answer: &Caseload, language: Language) -> String {
    let texts = language.casework().list;
    let number = |value: u64| language.integer(value.cast_signed());
    let before = u64::from(answer.page.saturating_sub(1)) * u64::from(answer.page_size);
    match answer.total {
        0 => texts.none.to_owned(),
        1 => texts.count_one.to_owned(),
        total => fill(
            texts.count,
            &[
                ("total", &number(total)),
                ("from", &number((before + 1).min(total))),
                ("to", &number((before + answer.rows.len() as u64).min(total))),
            ],
        ),
    }
}

/// How many pages there are, at least one.
pub fn pages(answer: &Caseload) -> u64 {
    answer.total.div_ceil(u64::from(answer.page_size.max(1))).max(1)
}

/// The query with a filter turned on or off, from its first page.
pub fn toggled(mut query: CaseloadQuery, filter: CaseloadFilter) -> CaseloadQuery {
    if query.filters.contains(&filter) {
        query.filters.retain(|chosen| *chosen != filter);
    } else {
        query.filters.push(filter);
    }
    query.page = 1;
    query
}

/// The query sorted by a column: the same column again turns the order around.
pub fn sorted(mut query: CaseloadQuery, sort: CaseloadSort) -> CaseloadQuery {
    query.descending = query.sort == sort && !query.descending;
    query.sort = sort;
    query.page = 1;
    query
}

/// What `aria-sort` says of a column.
pub fn aria_sort(query: &CaseloadQuery, sort: CaseloadSort) -> &'static str {
    match (query.sort == sort, query.descending) {
        (false, _) => "none",
        (true, false) => "ascending",
        (true, true) => "descending",
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn answer(total: u64, page: u32, rows: usize) -> Caseload {
        let row = CaseloadRow {
            citizen: "a1".into(),
            name: "A B".into(),
            birth_date: "1990-01-01".parse().unwrap(),
            scheme: Scheme::Dagpenge,
            registered_on: None,
            caseworker: None,
            remaining_hours: None,
            runs_out_month: None,
            frame_ends_on: None,
            karens_state: Some(KarensState::Unknown),
            karens_window_to: Some("2026-12".parse().unwrap()),
            karens_missing_hours: None,
            sick_since: None,
            next_deadline: None,
        };
        Caseload {
            rows: vec![row; rows],
            total,
            counts: CaseloadCounts::default(),
            page,
            page_size: 50,
            figures_as_of: None,
            is_current: true,
        }
    }

    #[test]
    fn the_count_says_which_citizens_are_shown() {
        let said = |answer| count_text(&answer, Language::Danish);
        assert_eq!(said(answer(0, 1, 0)), "Ingen borgere passer.");
        assert_eq!(said(answer(1, 1, 1)), "1 borger.");
        assert_eq!(said(answer(1070, 2, 50)), "1.070 borgere. Du ser nummer 51 til 100.");
        assert_eq!(said(answer(1070, 22, 20)), "1.070 borgere. Du ser nummer 1.051 til 1.070.");
        assert_eq!([0, 1, 50, 51].map(|total| pages(&answer(total, 1, 0))), [1, 1, 1, 2]);
    }

    #[test]
    fn unknown_is_said_and_is_not_the_same_as_none() {
        let cells = cells(&answer(1, 1, 1).rows[0], Language::Danish);
        assert_eq!(cells[2], Cell::default());
        assert_eq!(cells[4].says.as_deref(), Some("ukendt"));
        assert_eq!(cells[4].note.as_deref(), Some("til og med december\u{a0}2026"));
    }

    #[test]
    fn sorting_twice_turns_around_and_every_change_begins_at_the_first_page() {
        let query = CaseloadQuery { page: 3, ..CaseloadQuery::default() };
        let once = sorted(query.clone(), CaseloadSort::RunsOut);
        assert_eq!(aria_sort(&once, CaseloadSort::RunsOut), "ascending");
        assert_eq!(aria_sort(&once, CaseloadSort::Name), "none");
        let twice = sorted(once.clone(), CaseloadSort::RunsOut);
        assert_eq!(aria_sort(&twice, CaseloadSort::RunsOut), "descending");
        let filtered = toggled(query.clone(), CaseloadFilter::New);
        assert_eq!(filtered.filters, [CaseloadFilter::New]);
        assert!(toggled(filtered.clone(), CaseloadFilter::New).filters.is_empty());
        assert_eq!([once.page, filtered.page], [1, 1]);
    }
}
