//! The account as a timeline: months, limits, markers, spells and the words around them.
//!
//! It computes nothing of law. Numbers become `f64` here for drawing only; the exact figures are
//! texts of the table.

use chrono::NaiveDate;
use jobnet_api::account::{AccountAnswer, SanctionKind};
use jobnet_charts::model::{LegendItem, TimelineModel};
use jobnet_charts::spec::{
    At, BenefitMark, HoursMark, Layer, Limit, Marker, MarkerKind, MonthPoint, Panel, Sanction,
    Spell, TimelineSpec, Words,
};
use jobnet_charts::table::{Cell, Column, DataTable, Row, Unit};
use jobnet_rules::simulate::SimulatedMonth;
use jobnet_rules::trace::Figure as Path;
use jobnet_rules::units::Month;

use crate::i18n::{Language, fill};

use super::explain_model::{exact_kroner, said};
use super::figure::{Figure, Value};
use super::months_model::{MonthRow, WorkHours, newest_source, rows};
use super::words_model::takeaway;

/// The timeline of an account. `today` is the server's day.
pub fn timeline(answer: &AccountAnswer, today: NaiveDate, language: Language) -> TimelineModel {
    model_of(answer, &every_month(rows(answer, language), answer, today, language), today, language)
}

pub(super) fn model_of(
    answer: &AccountAnswer,
    rows: &[MonthRow],
    today: NaiveDate,
    language: Language,
) -> TimelineModel {
    let texts = language.account();
    let spec = TimelineSpec {
        months: rows.iter().map(point).collect(),
        limits: limits(answer, language),
        markers: markers(answer, today, language),
        spells: spells(answer, language),
        sanctions: sanctions(answer, language),
        words: words(language),
    };
    let authority = ("authority", answer.authority.as_str());
    let fetched = language.date(answer.computed_at.date_naive());
    let table = table(rows, answer, language);
    TimelineModel {
        title: texts.months.timeline_title.to_owned(),
        takeaway: takeaway(answer, language)
            .map(|line| said(&line, &answer.account.trace, language))
            .unwrap_or_default(),
        description: description(&table.rows, language),
        notes: notes(&spec.months, &table.rows, language),
        file_note: fill(texts.months.file_note, &[authority, ("day", &fetched)]),
        file_name: "timer-og-ydelse".to_owned(),
        legend: legend(&spec, language),
        table,
        spec,
    }
}

/// The months known and, as empty places, those between that the registers tell nothing of and
/// those to come until her right ends.
pub(super) fn every_month(
    known: Vec<MonthRow>,
    answer: &AccountAnswer,
    today: NaiveDate,
    language: Language,
) -> Vec<MonthRow> {
    let period = answer.account.period.as_ref();
    let ends = [
        period.and_then(|period| period.frame_ends_on).map(Month::of),
        period.and_then(|period| period.runs_out_month),
    ];
    let Some(first) = known.first().map(|row| row.month).or(answer.case.placed_on.map(Month::of))
    else {
        return known;
    };
    let last_known = known.last().map_or(first, |row| row.month);
    let last =
        ends.into_iter().flatten().chain([last_known, Month::of(today)]).max().unwrap_or(first);
    let mut known = known.into_iter().peekable();
    // Ten years are more than any period and its extension.
    (0..=last.since(first).clamp(0, 120))
        .map(|later| {
            let month = first.plus(later);
            let empty = if month < last_known { untold } else { to_come };
            known.next_if(|row| row.month == month).unwrap_or_else(|| empty(month, language))
        })
        .collect()
}

/// A month that is over and of which nothing was reported: that nothing is known is not that it
/// will still be settled.
fn untold(month: Month, language: Language) -> MonthRow {
    MonthRow {
        work: WorkHours::Untold,
        settled: true,
        status: vec![language.account().months.untold.to_owned()],
        ..to_come(month, language)
    }
}

fn to_come(month: Month, language: Language) -> MonthRow {
    MonthRow {
        month,
        name: Language::capital(&language.month(month)),
        work: WorkHours::Away,
        is_away: false,
        payable: None,
        gross: None,
        settled: false,
        status: vec![language.account().months.not_settled.to_owned()],
        differs: None,
        differs_said: None,
        paid_source: None,
    }
}

pub(super) fn planned_row(month: &SimulatedMonth, language: Language) -> MonthRow {
    let at = month.month;
    MonthRow {
        month: at,
        name: Language::capital(&language.month(at)),
        work: WorkHours::Planned(month.work_hours),
        is_away: false,
        payable: Some(Figure::new(Path::PlannedPayableHours(at), month.payable_hours)),
        gross: month.gross.map(|gross| Figure::new(Path::PlannedGross(at), gross)),
        settled: false,
        status: vec![language.account().what_if.planned.to_owned()],
        differs: None,
        differs_said: None,
        paid_source: None,
    }
}

pub(super) fn point(row: &MonthRow) -> MonthPoint {
    let gross = row.gross.and_then(|gross| match gross.value {
        Value::Money(money) => Some(money.to_f64()),
        _ => None,
    });
    MonthPoint {
        month: row.month,
        hours: match row.work {
            WorkHours::Known(hours) => HoursMark::Known(hours.to_f64()),
            WorkHours::Planned(hours) => HoursMark::Planned(hours.to_f64()),
            WorkHours::Unknown => HoursMark::Unknown,
            WorkHours::Away | WorkHours::Untold => HoursMark::Absent,
        },
        benefit: match gross {
            Some(kroner) if row.settled => BenefitMark::Known(kroner),
            Some(kroner) => BenefitMark::Provisional(kroner),
            None => BenefitMark::Absent,
        },
        settled: row.settled,
    }
}

/// The most work hours that still leave a payout; not a limit of social assistance.
fn limits(answer: &AccountAnswer, language: Language) -> Vec<Limit> {
    let case = &answer.case;
    if answer.account.period.is_none() {
        return Vec::new();
    }
    let most = jobnet_rules::payout::most_work_hours(case.insurance, case.as_of);
    most.map(|hours| Limit {
        panel: Panel::Hours,
        value: hours.to_f64(),
        from: None,
        to: None,
        label: fill(language.account().months.limit, &[("hours", &language.short_hours(hours))]),
    })
    .into_iter()
    .collect()
}

fn markers(answer: &AccountAnswer, today: NaiveDate, language: Language) -> Vec<Marker> {
    let texts = language.account().months;
    let mut markers = vec![Marker {
        kind: MarkerKind::Today,
        at: At::Day(today),
        label: texts.today.to_owned(),
        detail: language.day_and_month(today),
    }];
    let Some(period) = &answer.account.period else { return markers };
    if let (Some(month), Some(jobnet_rules::account::EndedBy::Hours)) =
        (period.runs_out_month, period.ended_by)
    {
        markers.push(Marker {
            kind: MarkerKind::RunsOut,
            at: At::Month(month),
            label: texts.runs_out.to_owned(),
            detail: fill(texts.runs_out_detail, &[("month", &language.month(month))]),
        });
    }
    if let Some(day) = period.frame_ends_on {
        markers.push(Marker {
            kind: MarkerKind::FrameEnd,
            at: At::Day(day),
            label: texts.frame_ends.to_owned(),
            detail: language.date(day),
        });
    }
    markers
}

fn spells(answer: &AccountAnswer, language: Language) -> Vec<Spell> {
    answer
        .spells
        .iter()
        .map(|spell| Spell { from: spell.from, to: spell.to, label: spell_text(spell, language) })
        .collect()
}

/// A spell in words, with its days.
pub fn spell_text(spell: &jobnet_api::account::Spell, language: Language) -> String {
    let texts = language.account().months;
    let kind = ("kind", language.away(spell.kind));
    let from = language.date(spell.from);
    match spell.to {
        Some(to) => fill(texts.spell, &[kind, ("from", &from), ("to", &language.date(to))]),
        None => fill(texts.spell_open, &[kind, ("from", &from)]),
    }
}

fn sanctions(answer: &AccountAnswer, language: Language) -> Vec<Sanction> {
    let label = |kind| sanction_name(kind, language).to_owned();
    answer
        .sanctions
        .iter()
        .map(|sanction| Sanction { on: sanction.decided_on, label: label(sanction.kind) })
        .collect()
}

/// The name of a sanction.
pub fn sanction_name(kind: SanctionKind, language: Language) -> &'static str {
    let texts = language.account().months;
    match kind {
        SanctionKind::Quarantine => texts.sanction_quarantine,
        SanctionKind::WorkRequirement => texts.sanction_work_requirement,
        SanctionKind::Exclusion => texts.sanction_exclusion,
    }
}

/// What the drawing says beside the figures.
pub fn words(language: Language) -> Words {
    let texts = language.account().months;
    Words {
        benefit: texts.benefit.to_owned(),
        benefit_unit: texts.benefit_unit.to_owned(),
        hours: texts.hours.to_owned(),
        hours_unit: texts.hours_unit.to_owned(),
        unknown: texts.unknown.to_owned(),
        unsettled: texts.unsettled.to_owned(),
        empty: texts.no_months.to_owned(),
        months: language.short_months(),
        thousands: match language {
            Language::Danish => '.',
            Language::English => ',',
        },
    }
}

/// Buttons for the layers that the chart has.
pub fn legend(spec: &TimelineSpec, language: Language) -> Vec<LegendItem> {
    let texts = language.account().months;
    let limit = spec.limits.first().map(|limit| limit.label.as_str()).unwrap_or_default();
    let unknown = spec.months.iter().any(|month| month.hours == HoursMark::Unknown);
    [
        (true, Layer::Benefit, texts.benefit),
        (true, Layer::Hours, texts.work_hours),
        (!spec.limits.is_empty(), Layer::Limits, limit),
        (!spec.spells.is_empty(), Layer::Spells, texts.away),
        (!spec.sanctions.is_empty(), Layer::Sanctions, texts.sanctions),
        (unknown, Layer::Unknown, texts.unknown),
        (spec.months.iter().any(|month| !month.settled), Layer::Unsettled, texts.unsettled),
    ]
    .into_iter()
    .filter(|(there, ..)| *there)
    .map(|(_, layer, name)| LegendItem { layer, name: name.to_owned() })
    .collect()
}

pub(super) fn description(rows: &[Row], language: Language) -> String {
    let name = |row: Option<&Row>| row.map_or("", |row| row.month.as_str()).to_owned();
    let text = language.account().months.timeline_description;
    fill(text, &[("first", &name(rows.first())), ("last", &name(rows.last()))])
}

pub(super) fn notes(months: &[MonthPoint], rows: &[Row], language: Language) -> Vec<String> {
    let texts = language.account().months;
    let unknown = |(month, row): (&MonthPoint, &Row)| {
        (month.hours == HoursMark::Unknown)
            .then(|| fill(texts.note_unknown, &[("month", &row.month)]))
    };
    let mut notes: Vec<String> = months.iter().zip(rows).filter_map(unknown).collect();
    let unsettled = months.iter().any(|month| matches!(month.benefit, BenefitMark::Provisional(_)));
    notes.extend(unsettled.then(|| texts.note_unsettled.to_owned()));
    notes
}

fn table(rows: &[MonthRow], answer: &AccountAnswer, language: Language) -> DataTable {
    let texts = language.account().months;
    let column = |header: &str, short: &str, unit| Column {
        header: header.to_owned(),
        short: short.to_owned(),
        unit,
    };
    let source = newest_source(answer, language);
    DataTable {
        caption: texts.caption.to_owned(),
        month_header: texts.month.to_owned(),
        columns: vec![
            column(texts.work_hours, texts.work_hours, Unit::Hours),
            column(texts.payable_hours, texts.payable_hours, Unit::Hours),
            column(texts.gross, texts.gross_short, Unit::Kroner),
            column(texts.status, texts.status, Unit::Text),
        ],
        source_header: texts.source.to_owned(),
        rows: rows.iter().map(|row| table_row(row, &source, language)).collect(),
    }
}

pub(super) fn table_row(row: &MonthRow, source: &str, language: Language) -> Row {
    let known = |hundredths, text| Some(Cell { text, hundredths: Some(hundredths) });
    let words = |text: &str| Some(Cell { text: text.to_owned(), hundredths: None });
    let work = match row.work {
        WorkHours::Known(hours) | WorkHours::Planned(hours) => {
            known(hours.hundredths(), language.hours(hours))
        }
        WorkHours::Unknown => words(language.account().page.hours_unknown),
        WorkHours::Away | WorkHours::Untold => None,
    };
    let payable = row.payable.and_then(|figure| match figure.value {
        Value::Hours(hours) => known(hours.hundredths(), language.hours(hours)),
        _ => None,
    });
    let gross = row.gross.and_then(|figure| match figure.value {
        Value::Money(money) => known(money.hundredths(), exact_kroner(money, language)),
        _ => None,
    });
    Row {
        month: row.name.clone(),
        cells: vec![work, payable, gross, words(&row.status_text())],
        source: row.paid_source.clone().unwrap_or_else(|| source.to_owned()),
        sentence: row.sentence(language),
    }
}
