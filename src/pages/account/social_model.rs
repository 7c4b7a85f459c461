//! Social assistance: benefit by kroner, month by month.
//!
//! Every figure comes from the rules, also what one thousand kroner more would do: the same case is
//! evaluated again with that pay. The rule of pay is not confirmed, and the page says so.

use jobnet_api::account::AccountAnswer;
use jobnet_charts::model::{LegendItem, TimelineModel};
use jobnet_charts::spec::{
    At, BenefitMark, HoursMark, Layer, Marker, MarkerKind, MonthPoint, TimelineSpec, Words,
};
use jobnet_charts::table::{Cell, Column, DataTable, Row, Unit};
use jobnet_rules::account::SocialAssistanceMonth;
use jobnet_rules::evaluate::evaluate;
use jobnet_rules::law::{Key, LawValue, rows as law_rows};
use jobnet_rules::order::sort_by;
use jobnet_rules::trace::Figure as Path;
use jobnet_rules::units::{Hours, Money, Month};

use crate::i18n::{Language, fill as fill_words};

use super::explain_model::exact_kroner;
use super::figure::{Line, figure, figures, fill, plain, word};
use super::timeline_model;

/// The example asked for: a thousand kroner.
const MORE: Money = Money::from_hundredths(100_000);

/// The months, oldest first.
pub fn months(answer: &AccountAnswer) -> Vec<SocialAssistanceMonth> {
    let mut months = answer.account.social_assistance.clone().unwrap_or_default();
    sort_by(&mut months, |month| month.month.index().into());
    months
}

/// The newest month in sentences, the answer first.
pub fn sentences(answer: &AccountAnswer, language: Language) -> Vec<Line> {
    let texts = language.account().social;
    let newest = months(answer)
        .into_iter()
        .max_by_key(|month| (is_settled(answer, month.month), month.month));
    let Some(newest) = newest else { return Vec::new() };
    let month = ("month", word(language.month(newest.month)));
    let first = match (newest.benefit, newest.earned) {
        (Some(benefit), _) => {
            let benefit = figure(Path::SocialBenefit(newest.month), benefit);
            fill(texts.benefit, &[month, ("benefit", benefit)])
        }
        (None, None) => fill(texts.earned_unknown, &[month]),
        (None, Some(_)) => fill(texts.rate_unknown, &[month]),
    };
    let mut lines = vec![first];
    if let Some(earned) = newest.earned {
        lines.push(fill(texts.earned, &[("earned", word(exact_kroner(earned, language)))]));
    }
    match newest.deduction {
        Some(Money::ZERO) => lines.push(fill(texts.no_deduction, &[])),
        Some(deduction) => {
            let deduction = figure(Path::SocialDeduction(newest.month), deduction);
            lines.push(fill(texts.deduction, &[("deduction", deduction)]));
        }
        None => {}
    }
    lines
}

/// What a thousand kroner more would have done in the newest month with pay.
pub fn one_thousand_more(answer: &AccountAnswer, language: Language) -> Option<Line> {
    let texts = language.account().social;
    let known = months(answer).into_iter().filter(|month| month.earned.is_some());
    let before = known.max_by_key(|month| (month.earned > Some(Money::ZERO), month.month))?;
    let after = with_more_pay(answer, before.month)?;
    let month = ("month", word(language.month(before.month)));
    let kroner = |money| word(exact_kroner(money, language));
    match (before.benefit, after.benefit, before.deduction, after.deduction) {
        (Some(before), Some(after), ..) => {
            let text = if before == after { texts.more_same } else { texts.more };
            Some(fill(text, &[month, ("before", kroner(before)), ("after", kroner(after))]))
        }
        (_, _, Some(before), Some(after)) => Some(fill(
            texts.more_deduction,
            &[month, ("before", kroner(before)), ("after", kroner(after))],
        )),
        _ => None,
    }
}

/// The month as the rules have it with a thousand kroner more pay.
fn with_more_pay(answer: &AccountAnswer, month: Month) -> Option<SocialAssistanceMonth> {
    let mut case = answer.case.clone();
    let facts = case.months.iter_mut().find(|facts| facts.month == month)?;
    facts.earned = facts.earned.map(|earned| earned + MORE);
    evaluate(&case).ok()?.social_assistance?.into_iter().find(|found| found.month == month)
}

/// The rule of 225 hours, told as history, with the numbers of its last row of law.
pub fn history(language: Language) -> Option<String> {
    let row = law_rows(Key::Rule225RequiredHours).last()?;
    let hours = language.short_hours(Hours::of(row.value)?);
    let last_day = language.date(row.valid_to?);
    Some(fill_words(language.account().social.history, &[("day", &last_day), ("hours", &hours)]))
}

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
        takeaway: takeaway.map(|line| unsure(&line, language)).unwrap_or_default(),
        description: fill_words(
            texts.chart_description,
            &[("first", &name(months.first())), ("last", &name(months.last()))],
        ),
        notes: vec![texts.unconfirmed.to_owned()],
        file_note: fill_words(
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

/// A sentence for the chart; one with a figure says that the rule is not confirmed.
fn unsure(line: &Line, language: Language) -> String {
    let said = plain(line, language);
    match figures(line).next() {
        Some(_) => format!("{said} ({}).", language.account().page.not_confirmed),
        None => said,
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

fn is_settled(answer: &AccountAnswer, month: Month) -> bool {
    answer.case.months.iter().any(|facts| facts.month == month && facts.settled)
}

fn point(month: &SocialAssistanceMonth, answer: &AccountAnswer) -> MonthPoint {
    let settled = is_settled(answer, month.month);
    MonthPoint {
        month: month.month,
        hours: month.earned.map_or(HoursMark::Unknown, |earned| HoursMark::Known(earned.to_f64())),
        benefit: match month.benefit {
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
    let source = super::months_model::newest_source(answer, language);
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
        rows: months.iter().map(|month| row(month, &source, language)).collect(),
    }
}

fn row(month: &SocialAssistanceMonth, source: &str, language: Language) -> Row {
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
    let status = Cell { text: status(month, language).to_owned(), hundredths: None };
    let name = Language::capital(&language.month(month.month));
    Row {
        sentence: fill_words(
            texts.sentence,
            &[("month", &name), ("earned", &text(month.earned)), ("benefit", &text(month.benefit))],
        ),
        month: name,
        cells: vec![cell(month.earned), cell(month.deduction), cell(month.benefit), Some(status)],
        source: source.to_owned(),
    }
}

/// How a month stands.
pub fn status(month: &SocialAssistanceMonth, language: Language) -> &'static str {
    let texts = language.account().social;
    match (month.benefit, month.earned) {
        (Some(_), _) => texts.status_known,
        (None, None) => texts.status_earned,
        (None, Some(_)) => texts.status_rate,
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::pages::account::fixtures::answer;

    fn basic(months: &str) -> AccountAnswer {
        answer(&format!(
            r#"{{"as_of": "2026-02-11", "scheme": "social_assistance", "rate_level": "basic", "months": [{months}]}}"#
        ))
    }

    fn said(line: &Line) -> String {
        plain(line, Language::Danish).replace('\u{a0}', " ")
    }

    #[test]
    fn the_published_example_and_a_thousand_more() {
        // Facts: grundsats 7,205, earned 8,000 gives a deduction of 1,950 and 5,255 of help.
        let answer = basic(r#"{"month": "2025-12", "earned": 8000, "settled": true}"#);
        let lines: Vec<_> = sentences(&answer, Language::Danish).iter().map(said).collect();
        assert_eq!(lines[0], "For december 2025 er din kontanthjælp 5.255 kr. før skat.");
        assert_eq!(lines[2], "Derfor bliver 1.950 kr. trukket fra din kontanthjælp.");
        let more = said(&one_thousand_more(&answer, Language::Danish).unwrap());
        // 65 % of 1,000 is 650.
        assert!(more.contains("4.605 kr. i stedet for 5.255 kr. i kontanthjælp."), "{more}");
    }

    #[test]
    fn without_a_rate_the_deduction_still_answers() {
        let answer = basic(r#"{"month": "2026-01", "earned": 8000, "settled": true}"#);
        let lines: Vec<_> = sentences(&answer, Language::Danish).iter().map(said).collect();
        assert!(
            lines[0].starts_with("Vi viser ikke din kontanthjælp for januar 2026"),
            "{lines:?}"
        );
        let more = said(&one_thousand_more(&answer, Language::Danish).unwrap());
        assert!(more.contains("2.600 kr. i stedet for 1.950 kr. trukket fra."), "{more}");
    }

    #[test]
    fn unknown_pay_is_said_and_never_zero() {
        let answer = basic(r#"{"month": "2025-12", "settled": true}"#);
        let lines: Vec<_> = sentences(&answer, Language::Danish).iter().map(said).collect();
        assert_eq!(lines.len(), 1);
        assert!(lines[0].contains("Vi kender ikke din løn"));
        let model = timeline(&answer, answer.case.as_of, Language::Danish);
        assert_eq!(model.spec.months[0].hours, HoursMark::Unknown);
        assert_eq!(model.table.rows[0].cells[0].as_ref().unwrap().hundredths, None);
    }

    #[test]
    fn the_old_rule_is_history_until_june_2025() {
        let told = history(Language::Danish).unwrap().replace('\u{a0}', " ");
        assert!(
            told.starts_with("Til og med 30. juni 2025 skulle mange arbejde 225 timer"),
            "{told}"
        );
    }
}
