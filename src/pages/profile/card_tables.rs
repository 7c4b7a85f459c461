//! The tables of a model's card: what limits would do, and how it errs in each group.

use jobnet_api::profiling::evaluate::{ErrorsAt, Evaluation, Interval};
use jobnet_api::profiling::flags::FlagRow;

use super::card_model::{between, people, thousandths};
use crate::i18n::{Language, fill};

/// A table: headers and rows.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(super) struct Table {
    pub(super) columns: Vec<String>,
    pub(super) rows: Vec<Vec<String>>,
}

/// What limits would do.
pub(super) fn cut_offs(evaluation: &Evaluation, language: Language) -> Table {
    let t = language.card();
    let rows = evaluation.cut_offs.iter().map(|cut_off| {
        vec![
            people(cut_off.at, language),
            people(cut_off.flagged, language),
            between(cut_off.sensitivity, language),
            between(cut_off.specificity, language),
        ]
    });
    let columns = [t.h_from, t.h_flagged, t.h_found, t.h_left].map(str::to_owned);
    Table { columns: columns.to_vec(), rows: rows.collect() }
}

/// Errors in each group.
pub(super) fn groups(evaluation: &Evaluation, language: Language) -> Table {
    let t = language.card();
    let none = || "–".to_owned();
    let rows = evaluation.groups.iter().map(|group| {
        let of = |interval: Option<Interval>| {
            interval.map_or_else(none, |interval| between(interval, language))
        };
        vec![
            group_name(&group.by, &group.group, language),
            language.integer(group.people.into()),
            of(group.false_positive),
            of(group.false_negative),
            between(group.calibration_gap, language),
        ]
    });
    let columns = [t.h_group, t.h_people, t.h_false_positive, t.h_false_negative, t.h_gap];
    Table { columns: columns.map(str::to_owned).to_vec(), rows: rows.collect() }
}

/// How often the group that a model flags is right: of all, and of each group of people.
pub(super) fn flags(rows: &[FlagRow], language: Language) -> Table {
    let t = language.card();
    let of = |interval: Option<Interval>| {
        interval.map_or_else(|| "–".to_owned(), |interval| between(interval, language))
    };
    let rows = rows.iter().map(|row| {
        let name = match &row.group {
            Some([by, group]) => group_name(by, group, language),
            None => t.all.to_owned(),
        };
        vec![
            name,
            language.integer(row.people.into()),
            people(row.rates.flagged, language),
            of(row.rates.false_positive),
            of(row.rates.false_negative),
            of(row.rates.positive_predictive_value),
        ]
    });
    let columns = [
        t.h_group,
        t.h_people,
        t.h_flagged,
        t.h_false_positive,
        t.h_false_negative,
        t.h_right_of_flagged,
    ];
    Table { columns: columns.map(str::to_owned).to_vec(), rows: rows.collect() }
}

/// How well it tells people apart within each group, and its mean error there.
pub(super) fn within_groups(evaluation: &Evaluation, language: Language) -> Table {
    let t = language.card();
    let decimals = |interval: Interval| {
        let [estimate, low, high] =
            [interval.estimate, interval.low, interval.high].map(|one| thousandths(one, language));
        format!("{estimate} ({})", fill(t.between, &[("low", &low), ("high", &high)]))
    };
    let rows = evaluation.groups.iter().map(|group| {
        vec![
            group_name(&group.by, &group.group, language),
            group.auc.map_or_else(|| "–".to_owned(), |auc| between(auc, language)),
            decimals(group.brier),
        ]
    });
    let columns = [t.h_group, t.h_right_order, t.h_brier].map(str::to_owned);
    Table { columns: columns.to_vec(), rows: rows.collect() }
}

/// One of the two errors in each group, at each limit.
pub(super) fn errors_at(
    evaluation: &Evaluation,
    error: fn(&ErrorsAt) -> Option<Interval>,
    language: Language,
) -> Table {
    let t = language.card();
    let at = |at: f64| fill(t.h_at, &[("at", &people(at, language))]);
    let limits = evaluation.cut_offs.iter().map(|cut_off| at(cut_off.at));
    let rows = evaluation.groups.iter().map(|group| {
        let errors = group.cut_offs.iter().map(error);
        let errors = errors
            .map(|error| error.map_or_else(|| "–".to_owned(), |error| between(error, language)));
        std::iter::once(group_name(&group.by, &group.group, language)).chain(errors).collect()
    });
    let columns = std::iter::once(t.h_group.to_owned()).chain(limits).collect();
    Table { columns, rows: rows.collect() }
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
