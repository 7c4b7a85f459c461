//! The account as sentences: which sentence each state of the account calls for.
//!
//! It computes nothing of law; every figure is a field of the answer.

use jobnet_api::account::{AccountAnswer, Register};
use jobnet_api::arm::Framing;
use jobnet_rules::account::{EndedBy, Payout, PayoutReason};
use jobnet_rules::case::CaseMonth;
use jobnet_rules::trace::Figure as Path;
use jobnet_rules::units::{Hours, Money, Month};

use crate::i18n::Language;
use crate::i18n::account_messages::WordTexts;

use super::figure::{Fill, Line, Piece, and_list, figure, fill, word};
use super::goals_model::{new_period, no_karens};
use super::paid_model::{difference, paid};

/// What a statement is about; also its anchor on the page.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Topic {
    /// Hours of the period.
    Period,
    /// The frame.
    Frame,
    /// Employment account.
    Account,
    /// A new period.
    Requalification,
    /// A day without benefit.
    Karens,
    /// Benefit beside work.
    Supplementary,
    /// The newest month.
    Payout,
}

impl Topic {
    /// Anchor on the page; not shown.
    pub const fn id(self) -> &'static str {
        match self {
            Self::Period => "period",
            Self::Frame => "frame",
            Self::Account => "account",
            Self::Requalification => "requalification",
            Self::Karens => "karens",
            Self::Supplementary => "supplementary",
            Self::Payout => "payout",
        }
    }

    /// Its heading.
    pub fn title(self, language: Language) -> &'static str {
        let texts = language.account().words;
        match self {
            Self::Period => texts.period,
            Self::Frame => texts.frame,
            Self::Account => texts.account,
            Self::Requalification => texts.requalification,
            Self::Karens => texts.karens,
            Self::Supplementary => texts.supplementary,
            Self::Payout => texts.payout,
        }
    }
}

/// One topic in sentences.
#[derive(Clone, Debug, PartialEq)]
pub struct Statement {
    /// What it is about.
    pub topic: Topic,
    /// The answer, most important sentence first.
    pub answer: Vec<Line>,
    /// What it means for her.
    pub means: &'static str,
    /// Where its figures come from.
    pub registers: &'static [Register],
}

/// The one sentence that matters most: what ends, and when.
pub fn takeaway(answer: &AccountAnswer, language: Language) -> Option<Line> {
    let texts = language.account().words;
    let period = answer.account.period.as_ref()?;
    let left = figure(Path::RemainingHours, period.remaining_hours);
    if !answer.case.months.iter().any(|month| month.settled) {
        return Some(fill(texts.nothing_settled, &[("left", left)]));
    }
    if let Some(day) = period.frame_ends_on.filter(|day| *day < answer.case.as_of) {
        let day = figure(Path::FrameEndsOn, day);
        return Some(fill(texts.frame_over, &[("day", day)]));
    }
    match (period.ended_by, period.runs_out_month, period.frame_ends_on) {
        (Some(EndedBy::Hours), Some(month), _) => {
            let month = figure(Path::RunsOutMonth, month);
            let mut line = fill(texts.ends_by_hours, &[("month", month)]);
            if let Some(saved) = &answer.account.account
                && saved.extension_hours_available > Hours::ZERO
            {
                let hours = saved.extension_hours_available;
                let available = figure(Path::ExtensionHoursAvailable, hours);
                line.extend(fill(texts.then_extend, &[("available", available)]));
            }
            Some(line)
        }
        (Some(EndedBy::Frame), _, Some(day)) => {
            Some(fill(texts.ends_by_frame, &[("day", figure(Path::FrameEndsOn, day))]))
        }
        _ => match &answer.account.account {
            Some(saved) if saved.extension_hours_available > Hours::ZERO => {
                let available =
                    figure(Path::ExtensionHoursAvailable, saved.extension_hours_available);
                Some(fill(texts.used_up_can_extend, &[("available", available)]))
            }
            _ => Some(fill(texts.used_up, &[])),
        },
    }
}

/// Every topic of the account, in the order she needs them. Empty for social assistance. A trial may
/// have them told from one side.
pub fn statements(
    answer: &AccountAnswer,
    framing: Option<Framing>,
    language: Language,
) -> Vec<Statement> {
    let texts = language.account().words;
    [
        newest_payout(answer, language),
        period(answer, texts),
        frame(answer, texts),
        karens(answer, framing, texts),
        employment_account(answer, texts),
        requalification(answer, framing, texts),
        supplementary(answer, texts),
    ]
    .into_iter()
    .flatten()
    .collect()
}

/// One topic, if the account has it.
pub fn statement(
    answer: &AccountAnswer,
    topic: Topic,
    framing: Option<Framing>,
    language: Language,
) -> Option<Statement> {
    statements(answer, framing, language).into_iter().find(|statement| statement.topic == topic)
}

/// The months with unknown hours, as a warning with what to do; nothing if there are none.
pub fn unknown_months(answer: &AccountAnswer, language: Language) -> Option<Vec<Line>> {
    let months = &answer.account.unknown_hours_months;
    if months.is_empty() {
        return None;
    }
    let texts = language.account().words;
    let names: Vec<_> = months.iter().map(|month| language.month(*month)).collect();
    let names = word(and_list(&names, language));
    Some(vec![fill(texts.unknown_months, &[("months", names)]), fill(texts.unknown_months_do, &[])])
}

fn period(answer: &AccountAnswer, texts: &WordTexts) -> Option<Statement> {
    let period = answer.account.period.as_ref()?;
    Some(Statement {
        topic: Topic::Period,
        answer: vec![
            fill(
                texts.period_left,
                &[("left", figure(Path::RemainingHours, period.remaining_hours))],
            ),
            fill(
                texts.period_used,
                &[
                    ("used", figure(Path::UsedHours, period.used_hours)),
                    ("entitled", figure(Path::EntitledHours, period.entitled_hours)),
                ],
            ),
        ],
        means: texts.period_means,
        registers: &[Register::Benefits],
    })
}

fn frame(answer: &AccountAnswer, texts: &WordTexts) -> Option<Statement> {
    let day = answer.account.period.as_ref()?.frame_ends_on?;
    Some(Statement {
        topic: Topic::Frame,
        answer: vec![fill(texts.frame_ends, &[("day", figure(Path::FrameEndsOn, day))])],
        means: texts.frame_means,
        registers: &[Register::Benefits, Register::Sickness],
    })
}

fn employment_account(answer: &AccountAnswer, texts: &WordTexts) -> Option<Statement> {
    let saved = answer.account.account.as_ref()?;
    let mut lines = if saved.work_hours == Hours::ZERO {
        vec![fill(texts.account_empty, &[])]
    } else {
        vec![
            fill(
                texts.account_hours,
                &[("hours", figure(Path::AccountWorkHours, saved.work_hours))],
            ),
            fill(
                texts.account_buys,
                &[(
                    "available",
                    figure(Path::ExtensionHoursAvailable, saved.extension_hours_available),
                )],
            ),
        ]
    };
    if saved.extension_hours_used > Hours::ZERO {
        let used = figure(Path::ExtensionHoursUsed, saved.extension_hours_used);
        lines.push(fill(texts.account_used, &[("used", used)]));
    }
    Some(Statement {
        topic: Topic::Account,
        answer: lines,
        means: texts.account_means,
        registers: &[Register::WorkHours],
    })
}

fn requalification(
    answer: &AccountAnswer,
    framing: Option<Framing>,
    texts: &WordTexts,
) -> Option<Statement> {
    let found = answer.account.requalification.as_ref()?;
    let mut lines = vec![new_period(answer, framing, texts)?.1];
    if let Some(from) = found.window_from {
        let from = figure(Path::RequalificationFrom, from);
        lines.push(fill(texts.requalification_window, &[("from", from)]));
    }
    Some(Statement {
        topic: Topic::Requalification,
        answer: lines,
        means: texts.requalification_means,
        registers: &[Register::WorkHours],
    })
}

fn karens(
    answer: &AccountAnswer,
    framing: Option<Framing>,
    texts: &WordTexts,
) -> Option<Statement> {
    let karens = answer.account.karens.as_ref()?;
    let mut lines = vec![no_karens(answer, framing, texts)?.1];
    if let (Some(from), Some(to)) = (karens.window_from, karens.window_to) {
        lines.push(fill(
            texts.karens_window,
            &[
                ("hours", figure(Path::KarensWorkHours, karens.work_hours)),
                ("from", figure(Path::KarensFrom, from)),
                ("to", figure(Path::KarensTo, to)),
                ("threshold", figure(Path::KarensThreshold, karens.threshold_hours)),
            ],
        ));
    }
    Some(Statement {
        topic: Topic::Karens,
        answer: lines,
        means: texts.karens_means,
        registers: &[Register::WorkHours],
    })
}

fn supplementary(answer: &AccountAnswer, texts: &WordTexts) -> Option<Statement> {
    let weeks = answer.account.supplementary.as_ref()?;
    let limit = ("limit", figure(Path::WeeksLimit, weeks.weeks_limit));
    let line = match weeks.weeks_used {
        Some(used) => {
            fill(texts.supplementary_used, &[("used", figure(Path::WeeksUsed, used)), limit])
        }
        None => fill(texts.supplementary_unknown, &[limit]),
    };
    Some(Statement {
        topic: Topic::Supplementary,
        answer: vec![line],
        means: texts.supplementary_means,
        registers: &[Register::Benefits],
    })
}

/// The newest settled month she could be paid benefit for, or the newest one: not a month she is
/// away without benefit.
fn newest_payout(answer: &AccountAnswer, language: Language) -> Option<Statement> {
    let texts = language.account().words;
    let (facts, payout) = answer
        .account
        .payouts
        .iter()
        .filter_map(|payout| Some((month_of(answer, payout.month)?, payout)))
        .filter(|(facts, _)| facts.away.is_none())
        .max_by_key(|(facts, _)| (facts.settled, facts.month))?;
    Some(Statement {
        topic: Topic::Payout,
        answer: match facts.settled {
            true => paid_lines(answer, facts, payout, language),
            false => vec![payout_line(payout, language)],
        },
        means: texts.payout_means,
        registers: &[Register::WorkHours, Register::Benefits],
    })
}

/// What was paid for a settled month, and what the rules make of it where that differs.
fn paid_lines(
    answer: &AccountAnswer,
    facts: &CaseMonth,
    payout: &Payout,
    language: Language,
) -> Vec<Line> {
    let texts = language.account().words;
    let month = ("month", word(language.month(facts.month)));
    let Some(paid) = paid(answer, facts.month) else {
        return vec![fill(texts.payout_not_paid, &[month])];
    };
    let hours = paid.hours.map(|hours| ("hours", Fill::Figure(hours)));
    let gross = paid.gross.map(|gross| ("gross", Fill::Figure(gross)));
    let nothing = paid.hours.is_some_and(|hours| hours.value == Hours::ZERO.into())
        && paid.gross.is_none_or(|gross| gross.value == Money::ZERO.into());
    let below_minimum = nothing && payout.reason == Some(PayoutReason::BelowMinimum);
    let first = match (hours, gross) {
        _ if below_minimum => fill(texts.payout_below_minimum, &[month]),
        (Some(hours), Some(gross)) => fill(texts.payout_settled, &[month, gross, hours]),
        (Some(hours), None) => fill(texts.payout_settled_hours, &[month, hours]),
        (None, Some(gross)) => fill(texts.payout_settled_gross, &[month, gross]),
        (None, None) => fill(texts.payout_settled_unknown, &[month]),
    };
    let differs = difference(answer, facts, payout, &paid, language).map(|mut line| {
        line.push(Piece::Text(".".into()));
        line
    });
    [first].into_iter().chain(differs).collect()
}

/// What an unsettled month pays by the rules, as a sentence.
fn payout_line(payout: &Payout, language: Language) -> Line {
    let texts = language.account().words;
    let month = ("month", word(language.month(payout.month)));
    match (payout.reason, payout.payable_hours, payout.gross) {
        (Some(PayoutReason::HoursUnknown), ..) => fill(texts.payout_hours_unknown, &[month]),
        (Some(PayoutReason::BelowMinimum), ..) => fill(texts.payout_below_minimum, &[month]),
        (None, Some(hours), Some(gross)) => {
            let hours = ("hours", figure(Path::PayableHours(payout.month), hours));
            fill(
                texts.payout_unsettled,
                &[month, ("gross", figure(Path::Gross(payout.month), gross)), hours],
            )
        }
        _ => fill(texts.payout_rate_unknown, &[month]),
    }
}

/// The facts of a month.
pub fn month_of(answer: &AccountAnswer, month: Month) -> Option<&CaseMonth> {
    answer.case.months.iter().find(|facts| facts.month == month)
}
