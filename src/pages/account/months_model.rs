//! The months of the account, ready for the table and the timeline.
//!
//! It computes nothing of law. A month with unknown hours says so; it never shows 0.

use jobnet_api::account::{AccountAnswer, Register};
use jobnet_rules::account::{Payout, PayoutReason};
use jobnet_rules::case::CaseMonth;
use jobnet_rules::order::sort_by;
use jobnet_rules::trace::Figure as Path;
use jobnet_rules::units::{Hours, Money, Month};

use crate::i18n::{Language, fill};

use super::explain_model::said;
use super::figure::{Figure, Line};
use super::paid_model::{Paid, difference, paid};

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
    /// Benefit hours: as paid once the month is settled, until then by the rules.
    pub payable: Option<Figure>,
    /// Kroner before tax, likewise.
    pub gross: Option<Figure>,
    /// Settled by the fund.
    pub settled: bool,
    /// How the month stands, most important first.
    pub status: Vec<String>,
    /// What the rules make of the month, where that is not what was paid.
    pub differs: Option<Line>,
    /// The same as text.
    pub differs_said: Option<String>,
    /// Who reported the payment, and when.
    pub paid_source: Option<String>,
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
    /// The registers tell nothing of the month.
    Untold,
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
    let paid = paid(answer, month).filter(|_| facts.settled);
    let by_rules = payout.filter(|_| !facts.settled);
    let differs = payout
        .zip(paid)
        .and_then(|(payout, paid)| difference(answer, facts, payout, &paid, language));
    let text = |line: &Line| said(line, &answer.account.trace, language);
    MonthRow {
        month,
        name: Language::capital(&language.month(month)),
        work: match (facts.work_hours, facts.away) {
            (Some(hours), _) => WorkHours::Known(hours),
            (None, Some(_)) => WorkHours::Away,
            (None, None) => WorkHours::Unknown,
        },
        is_away: facts.away.is_some(),
        payable: match by_rules {
            Some(payout) => {
                payout.payable_hours.map(|hours| Figure::new(Path::PayableHours(month), hours))
            }
            None => paid.and_then(|paid| paid.hours),
        },
        gross: match by_rules {
            Some(payout) => payout.gross.map(|gross| Figure::new(Path::Gross(month), gross)),
            None => paid.and_then(|paid| paid.gross),
        },
        settled: facts.settled,
        status: status(facts, payout, paid, language),
        differs_said: differs.as_ref().map(text),
        differs,
        paid_source: paid.map(|paid| paid.source(answer, language)),
    }
}

fn status(
    facts: &CaseMonth,
    payout: Option<&Payout>,
    paid: Option<Paid>,
    language: Language,
) -> Vec<String> {
    let texts = language.account().months;
    let hours = |text: &str, hours: Hours| fill(text, &[("hours", &language.short_hours(hours))]);
    let mut status = Vec::new();
    if let Some(away) = facts.away {
        status.push(language.away(away).to_owned());
    } else if facts.work_hours.is_none() {
        status.push(texts.status_unknown.to_owned());
    }
    // A rule that knows no amount is no news where the amount paid is known.
    let is_paid =
        paid.and_then(|paid| paid.gross).is_some_and(|paid| paid.value != Money::ZERO.into());
    match payout.and_then(|payout| payout.reason).filter(|_| !is_paid) {
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
    if facts.settled && facts.away.is_none() && paid.is_none() {
        status.push(texts.not_paid.to_owned());
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
            WorkHours::Untold => language.account().months.not_reported.to_owned(),
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
            WorkHours::Away | WorkHours::Untold => String::new(),
        };
        let text = if self.settled { texts.sentence_paid } else { texts.sentence_gross };
        let gross = match &self.gross {
            Some(gross) => fill(text, &[("gross", &gross.value.show(language))]),
            None => String::new(),
        };
        let parts = [work, gross, self.status_text()];
        let said: Vec<_> = parts.iter().filter(|part| !part.is_empty()).cloned().collect();
        format!("{}: {}.", self.name, said.join(". "))
    }

    /// How the month stands, and what the rules make of it where that is not what was paid.
    pub fn status_text(&self) -> String {
        let status: Vec<&str> =
            self.status.iter().chain(&self.differs_said).map(String::as_str).collect();
        status.join(". ")
    }

    /// In place of a figure: none while she is away without benefit, not reported where a settled
    /// month has no payment, otherwise not known.
    pub fn no_figure(&self, language: Language) -> &'static str {
        let texts = language.account();
        if self.is_away {
            texts.months.none
        } else if self.settled && self.paid_source.is_none() {
            texts.months.not_reported
        } else {
            texts.page.not_known
        }
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
