//! The months of the account, ready for the table and the timeline.
//!
//! It computes nothing of law. A month with unknown hours says so; it never shows 0.

use jobnet_api::account::{AccountAnswer, Register};
use jobnet_rules::account::{Payout, PayoutReason};
use jobnet_rules::case::CaseMonth;
use jobnet_rules::order::sort_by;
use jobnet_rules::trace::Figure as Path;
use jobnet_rules::units::{Hours, Month};

use crate::i18n::{Language, fill};

use super::figure::Figure;

/// One month as a row.
#[derive(Clone, Debug, PartialEq)]
pub struct MonthRow {
    /// The month.
    pub month: Month,
    /// Its name with a capital.
    pub name: String,
    /// Work hours as reported.
    pub work: WorkHours,
    /// Away without benefit.
    pub is_away: bool,
    /// Benefit hours by the rules.
    pub payable: Option<Figure>,
    /// Kroner before tax by the rules.
    pub gross: Option<Figure>,
    /// Settled by the fund.
    pub settled: bool,
    /// How the month stands, most important first.
    pub status: Vec<String>,
}

/// The work hours of a month.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum WorkHours {
    /// Reported.
    Known(Hours),
    /// Of a plan that is tried.
    Planned(Hours),
    /// Pay was reported without hours.
    Unknown,
    /// Away without benefit, and nothing reported: not a gap in the data.
    Away,
}

/// The months known, oldest first.
pub fn rows(answer: &AccountAnswer, language: Language) -> Vec<MonthRow> {
    let mut months: Vec<&CaseMonth> = answer.case.months.iter().collect();
    sort_by(&mut months, |facts| facts.month.index().into());
    months.into_iter().map(|facts| row(answer, facts, language)).collect()
}

fn row(answer: &AccountAnswer, facts: &CaseMonth, language: Language) -> MonthRow {
    let month = facts.month;
    let payout = answer.account.payouts.iter().find(|payout| payout.month == month);
    // Away without benefit, the rules would still say what a month without work pays.
    let payout = payout.filter(|_| facts.away.is_none());
    MonthRow {
        month,
        name: Language::capital(&language.month(month)),
        work: match (facts.work_hours, facts.away) {
            (Some(hours), _) => WorkHours::Known(hours),
            (None, Some(_)) => WorkHours::Away,
            (None, None) => WorkHours::Unknown,
        },
        is_away: facts.away.is_some(),
        payable: payout
            .and_then(|payout| payout.payable_hours)
            .map(|hours| Figure::new(Path::PayableHours(month), hours)),
        gross: payout
            .and_then(|payout| payout.gross)
            .map(|gross| Figure::new(Path::Gross(month), gross)),
        settled: facts.settled,
        status: status(facts, payout, language),
    }
}

fn status(facts: &CaseMonth, payout: Option<&Payout>, language: Language) -> Vec<String> {
    let texts = language.account().months;
    let hours = |text: &str, hours: Hours| fill(text, &[("hours", &language.short_hours(hours))]);
    let mut status = Vec::new();
    if let Some(away) = facts.away {
        status.push(language.away(away).to_owned());
    } else if facts.work_hours.is_none() {
        status.push(texts.status_unknown.to_owned());
    }
    match payout.and_then(|payout| payout.reason) {
        Some(PayoutReason::BelowMinimum) => status.push(texts.below_minimum.to_owned()),
        Some(PayoutReason::RateUnknown) => status.push(texts.rate_unknown.to_owned()),
        Some(PayoutReason::EarningsUnknown) => status.push(texts.earnings_unknown.to_owned()),
        Some(PayoutReason::HoursUnknown) | None => {}
    }
    if facts.quarantine_hours > Hours::ZERO {
        status.push(hours(texts.quarantine, facts.quarantine_hours));
    }
    if facts.subsidised_hours > Hours::ZERO {
        status.push(hours(texts.subsidised, facts.subsidised_hours));
    }
    let payable = payout.and_then(|payout| payout.payable_hours);
    if let (Some(paid), Some(payable)) = (facts.paid_hours, payable)
        && facts.settled
        && paid != payable
    {
        status.push(hours(texts.paid_differs, paid));
    }
    status.push(if facts.settled { texts.settled } else { texts.not_settled }.to_owned());
    status
}

impl MonthRow {
    /// Work hours as text, without a unit when there is a number.
    pub fn work_text(&self, language: Language) -> String {
        match self.work {
            WorkHours::Known(hours) | WorkHours::Planned(hours) => language.hours(hours),
            WorkHours::Unknown => language.account().page.hours_unknown.to_owned(),
            WorkHours::Away => language.account().months.none.to_owned(),
        }
    }

    /// The whole month in one sentence, for screen readers.
    pub fn sentence(&self, language: Language) -> String {
        let texts = language.account().months;
        let work = match self.work {
            WorkHours::Known(hours) | WorkHours::Planned(hours) => {
                fill(texts.sentence_hours, &[("hours", &language.hours(hours))])
            }
            WorkHours::Unknown => texts.sentence_unknown.to_owned(),
            WorkHours::Away => String::new(),
        };
        let gross = match &self.gross {
            Some(gross) => fill(texts.sentence_gross, &[("gross", &gross.value.show(language))]),
            None => String::new(),
        };
        let status = self.status.join(". ");
        let parts = [work, gross, status];
        let said: Vec<_> = parts.iter().filter(|part| !part.is_empty()).cloned().collect();
        format!("{}: {}.", self.name, said.join(". "))
    }

    /// In place of a figure: none while she is away without benefit, otherwise not known.
    pub fn no_figure(&self, language: Language) -> &'static str {
        let texts = language.account();
        if self.is_away { texts.months.none } else { texts.page.not_known }
    }

    /// The amount with its øre, without the currency: it stands under a header that says it.
    pub fn gross_text(&self, language: Language) -> String {
        match self.gross.as_ref().map(|gross| gross.value) {
            Some(super::figure::Value::Money(money)) => language.hundredths(money.hundredths()),
            _ => self.no_figure(language).to_owned(),
        }
    }
}

/// As of when the newest facts of a register are known.
pub fn as_of(answer: &AccountAnswer, register: Register) -> Option<chrono::NaiveDate> {
    answer.sources.iter().find(|source| source.register == register).map(|source| source.as_of)
}

/// As of when the newest of the figures in a row are known.
pub fn newest_source(answer: &AccountAnswer, language: Language) -> String {
    let text = language.account().months.source_of;
    let registers = [Register::WorkHours, Register::Benefits];
    let newest = registers.into_iter().filter_map(|register| as_of(answer, register)).max();
    newest.map(|day| fill(text, &[("day", &language.date(day))])).unwrap_or_default()
}

/// Who reported the facts of some registers, and as of when: a sentence each.
pub fn sources(answer: &AccountAnswer, registers: &[Register], language: Language) -> String {
    let texts = language.account().page;
    let mut sentences = Vec::new();
    for register in registers {
        let text = match register {
            Register::WorkHours => texts.source_work_hours,
            Register::Benefits => texts.source_benefits,
            Register::Sickness => texts.source_sickness,
            Register::Sanctions => texts.source_sanctions,
            Register::Meetings => texts.source_meetings,
        };
        if let Some(day) = as_of(answer, *register) {
            let values = [("authority", answer.authority.as_str()), ("day", &language.date(day))];
            sentences.push(fill(text, &values));
        }
    }
    sentences.join(" ")
}
