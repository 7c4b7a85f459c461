//! Social assistance as a timeline: pay and benefit in kroner, month by month.
//!
//! It computes nothing of law: see [`super::social_model`].

use std::iter;

use jobnet_api::account::AccountAnswer;
use jobnet_charts::model::{LegendItem, TimelineModel};
use jobnet_charts::spec::{
    At, BenefitMark, HoursMark, Layer, Marker, MarkerKind, MonthPoint, TimelineSpec, Words,
};
use jobnet_charts::table::{Cell, Column, DataTable, Row, Unit};
use jobnet_rules::account::SocialAssistanceMonth;
use jobnet_rules::units::Money;

use crate::i18n::{Language, fill};

use super::explain_model::{exact_kroner, said};
use super::months_model::newest_source;
use super::paid_model::paid;
use super::social_model::{benefit, difference, is_settled, money, months, sentences, status};
use super::timeline_model;

/// Pay and benefit as a timeline of kroner.
pub fn timeline(
    answer: &AccountAnswer,
    today: chrono::NaiveDate,
    language: Language,
) -> TimelineModel {
    let texts = language.account().social;
    let months = every_month(months(answer));
    let spec = TimelineSpec {
        months: months.iter().map(|month| point(month, answer)).collect(),
        limits: Vec::new(),
        markers: vec![Marker {
            kind: MarkerKind::Today,
            at: At::Day(today),
            label: language.account().months.today.to_owned(),
            detail: language.day_and_month(today),
        }],
        spells: Vec::new(),
        sanctions: Vec::new(),
        words: words(language),
    };
    let name = |month: Option<&SocialAssistanceMonth>| {
        month.map(|month| language.month(month.month)).unwrap_or_default()
    };
    let fetched = language.date(answer.computed_at.date_naive());
    let takeaway = sentences(answer, language).into_iter().next();
    TimelineModel {
        title: texts.chart_title.to_owned(),
        takeaway: takeaway
            .map(|line| said(&line, &answer.account.trace, language))
            .unwrap_or_default(),
        description: fill(
            texts.chart_description,
            &[("first", &name(months.first())), ("last", &name(months.last()))],
        ),
        notes: vec![texts.unconfirmed.to_owned()],
        file_note: fill(
            language.account().months.file_note,
            &[("authority", &answer.authority), ("day", &fetched)],
        ),
        file_name: "kontanthjaelp".to_owned(),
        legend: [(Layer::Benefit, texts.chart_benefit), (Layer::Hours, texts.chart_earned)]
            .map(|(layer, name)| LegendItem { layer, name: name.to_owned() })
            .to_vec(),
        table: table(&months, answer, language),
        spec,
    }
}

/// No gaps between the months: a month without facts has none.
fn every_month(known: Vec<SocialAssistanceMonth>) -> Vec<SocialAssistanceMonth> {
    let (Some(first), Some(last)) = (known.first(), known.last()) else { return known };
    let (first, last) = (first.month, last.month);
    let empty = |month| SocialAssistanceMonth {
        month,
        earned: None,
        rate: None,
        deduction: None,
        benefit: None,
    };
    (0..=last.since(first).clamp(0, 120))
        .map(|later| first.plus(later))
        .map(|month| {
            known.iter().find(|found| found.month == month).cloned().unwrap_or_else(|| empty(month))
        })
        .collect()
}

fn point(month: &SocialAssistanceMonth, answer: &AccountAnswer) -> MonthPoint {
    let settled = is_settled(answer, month.month);
    MonthPoint {
        month: month.month,
        hours: month.earned.map_or(HoursMark::Unknown, |earned| HoursMark::Known(earned.to_f64())),
        benefit: match benefit(answer, month).and_then(money) {
            Some(benefit) if settled => BenefitMark::Known(benefit.to_f64()),
            Some(benefit) => BenefitMark::Provisional(benefit.to_f64()),
            None => BenefitMark::Absent,
        },
        settled,
    }
}

fn words(language: Language) -> Words {
    let texts = language.account().social;
    Words {
        benefit: texts.chart_benefit.to_owned(),
        benefit_unit: texts.chart_unit.to_owned(),
        hours: texts.chart_earned.to_owned(),
        hours_unit: texts.chart_unit.to_owned(),
        unknown: texts.chart_unknown.to_owned(),
        ..timeline_model::words(language)
    }
}

fn table(
    months: &[SocialAssistanceMonth],
    answer: &AccountAnswer,
    language: Language,
) -> DataTable {
    let texts = language.account().social;
    let shared = language.account().months;
    let column = |header: &str| Column {
        header: header.to_owned(),
        short: header.to_owned(),
        unit: Unit::Kroner,
    };
    let status = Column {
        header: shared.status.to_owned(),
        short: shared.status.to_owned(),
        unit: Unit::Text,
    };
    let source = newest_source(answer, language);
    DataTable {
        caption: texts.caption.to_owned(),
        month_header: shared.month.to_owned(),
        columns: vec![
            column(texts.earned_column),
            column(texts.deduction_column),
            column(texts.benefit_column),
            status,
        ],
        source_header: shared.source.to_owned(),
        rows: months.iter().map(|month| row(answer, month, &source, language)).collect(),
    }
}

fn row(
    answer: &AccountAnswer,
    month: &SocialAssistanceMonth,
    source: &str,
    language: Language,
) -> Row {
    let texts = language.account().social;
    let unknown = language.account().page.not_known;
    let cell = |money: Option<Money>| {
        Some(match money {
            Some(money) => {
                Cell { text: exact_kroner(money, language), hundredths: Some(money.hundredths()) }
            }
            None => Cell { text: unknown.to_owned(), hundredths: None },
        })
    };
    let text = |money: Option<Money>| {
        money.map_or_else(|| unknown.to_owned(), |money| exact_kroner(money, language))
    };
    let benefit = benefit(answer, month).and_then(money);
    let differs = difference(answer, month, language)
        .map(|line| said(&line, &answer.account.trace, language));
    let status: Vec<_> =
        iter::once(status(answer, month, language).to_owned()).chain(differs).collect();
    let status = status.join(". ");
    let paid = paid(answer, month.month);
    let name = Language::capital(&language.month(month.month));
    Row {
        sentence: fill(
            texts.sentence,
            &[("month", &name), ("earned", &text(month.earned)), ("benefit", &text(benefit))],
        ),
        month: name,
        cells: vec![
            cell(month.earned),
            cell(month.deduction),
            cell(benefit),
            Some(Cell { text: status, hundredths: None }),
        ],
        source: paid.map_or_else(|| source.to_owned(), |paid| paid.source(answer, language)),
    }
}
