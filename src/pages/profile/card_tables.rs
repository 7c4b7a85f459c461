//! The tables of a model's card: what limits would do, and how it errs in each group.

use jobnet_api::profiling::evaluate::{ErrorsAt, Evaluation, Interval};
use jobnet_api::profiling::flags::FlagRow;

use super::card_model::{between, people, thousandths, told};
use crate::i18n::{Language, fill};

/// A table: headers and rows.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(super) struct Table {
    pub(super) columns: Vec<String>,
    pub(super) rows: Vec<Vec<String>>,
}

impl Table {
    /// Headers first: `&str`, for most of them are texts of the card.
    pub(super) fn new(columns: &[&str], rows: Vec<Vec<String>>) -> Self {
        Self { columns: columns.iter().map(|&column| column.to_owned()).collect(), rows }
    }
}

/// What limits would do.
pub(super) fn cut_offs(evaluation: &Evaluation, language: Language) -> Table {
    let t = language.card();
    let mut rows = Vec::new();
    for cut_off in &evaluation.cut_offs {
        rows.push(vec![
            people(cut_off.at, language),
            people(cut_off.flagged, language),
            between(cut_off.sensitivity, language),
            between(cut_off.specificity, language),
        ]);
    }
    Table::new(&[t.h_from, t.h_flagged, t.h_found, t.h_left], rows)
}

/// Errors in each group.
pub(super) fn groups(evaluation: &Evaluation, language: Language) -> Table {
    let t = language.card();
    let mut rows = Vec::new();
    for group in &evaluation.groups {
        rows.push(vec![
            group_name(&group.by, &group.group, language),
            language.integer(group.people.into()),
            known(group.false_positive, language),
            known(group.false_negative, language),
            between(group.calibration_gap, language),
        ]);
    }
    let columns = [t.h_group, t.h_people, t.h_false_positive, t.h_false_negative, t.h_gap];
    Table::new(&columns, rows)
}

/// How often the group that a model flags is right: of all, and of each group of people.
pub(super) fn flags(rows: &[FlagRow], language: Language) -> Table {
    let t = language.card();
    let mut told = Vec::new();
    for row in rows {
        let name = match &row.group {
            Some([by, group]) => group_name(by, group, language),
            None => t.all.to_owned(),
        };
        told.push(vec![
            name,
            language.integer(row.people.into()),
            people(row.rates.flagged, language),
            known(row.rates.positive_predictive_value, language),
            known(row.rates.false_positive, language),
            known(row.rates.false_negative, language),
        ]);
    }
    let columns = [
        t.h_group,
        t.h_people,
        t.h_flagged,
        t.h_right_of_flagged,
        t.h_wrong_of_spared,
        t.h_missed_of_hit,
    ];
    Table::new(&columns, told)
}

/// How well it tells people apart within each group, and its mean error there.
pub(super) fn within_groups(evaluation: &Evaluation, language: Language) -> Table {
    let t = language.card();
    let mut rows = Vec::new();
    for group in &evaluation.groups {
        rows.push(vec![
            group_name(&group.by, &group.group, language),
            known(group.auc, language),
            told(group.brier, language, thousandths),
        ]);
    }
    Table::new(&[t.h_group, t.h_right_order, t.h_brier], rows)
}

/// One of the two errors in each group, at each limit.
pub(super) fn errors_at(
    evaluation: &Evaluation,
    error: fn(&ErrorsAt) -> Option<Interval>,
    language: Language,
) -> Table {
    let t = language.card();
    let mut columns = vec![t.h_group.to_owned()];
    for cut_off in &evaluation.cut_offs {
        columns.push(fill(t.h_at, &[("at", &people(cut_off.at, language))]));
    }
    let mut rows = Vec::new();
    for group in &evaluation.groups {
        let mut row = vec![group_name(&group.by, &group.group, language)];
        for at in &group.cut_offs {
            row.push(known(error(at), language));
        }
        rows.push(row);
    }
    Table { rows, columns }
}

/// An interval as people of a hundred, where there is one.
fn known(interval: Option<Interval>, language: Language) -> String {
    interval.map_or_else(|| "–".to_owned(), |interval| between(interval, language))
}

/// What a group of people is called.
pub(super) fn group_name(by: &str, group: &str, language: Language) -> String {
    let t = language.card();
    match (by, group) {
        ("sex", "men") => t.men.to_owned(),
        ("sex", "women") => t.women.to_owned(),
        ("age", ages) => fill(t.ages, &[("ages", ages)]),
        ("origin", "danish") => t.danish.to_owned(),
        ("origin", "western") => t.western.to_owned(),
        ("origin", "non_western") => t.non_western.to_owned(),
        // A table of somebody else's may have other groups.
        (_, other) => other.to_owned(),
    }
}
