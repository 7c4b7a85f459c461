//! The answers about money and time: what is paid next, and what runs out first.

use chrono::NaiveDate;
use jobnet_api::account::AccountAnswer;
use jobnet_rules::account::{EndedBy, Payout, PayoutReason, Period};
use jobnet_rules::case::{Away, CaseMonth, Scheme};
use jobnet_rules::duties::payout_day;
use jobnet_rules::law::{Key, fact_for};
use jobnet_rules::trace::Figure as Path;
use jobnet_rules::units::{Hours, Month};

use super::model::{Answer, text};
use crate::i18n::Language;
use crate::i18n::messages::OverviewTexts;
use crate::pages::account::figure::{Figure, Fill, Line, Value, fill};

fn figure(path: Path, value: impl Into<Value>) -> Fill {
    Fill::Figure(Figure::new(path, value))
}

/// The month that is paid next: this one until its pay day has passed.
fn next_paid_month(today: NaiveDate) -> Month {
    let month = Month::of(today);
    if today <= payout_day(month) { month } else { month.plus(1) }
}

/// Why she is away from benefit in a month, if she is: told by the month itself or, where the
/// month is not told yet, by a spell that still lasts.
fn away(answer: &AccountAnswer, month: Month) -> Option<Away> {
    match answer.case.months.iter().find(|known| known.month == month) {
        Some(known) => known.away,
        None => {
            let lasts = |spell: &&jobnet_api::account::Spell| {
                spell.from < month.first_day() && spell.to.is_none_or(|to| to >= month.last_day())
            };
            answer.spells.iter().find(lasts).map(|spell| spell.kind)
        }
    }
}

pub(super) fn payout(
    answer: &AccountAnswer,
    today: NaiveDate,
    language: Language,
    t: &OverviewTexts,
) -> Answer {
    let month = next_paid_month(today);
    let (big, why) = if answer.case.scheme == Scheme::SocialAssistance {
        assistance(answer, month, language, t)
    } else if let Some(away) = away(answer, month) {
        let why = match away {
            Away::Sickness => t.payout_sick_why,
            Away::ParentalLeave | Away::Care => t.payout_leave_why,
        };
        let month = text(language.month_name(month));
        (fill(t.payout_away, &[("month", month)]), fill(why, &[]))
    } else {
        let payout = answer.account.payouts.iter().find(|payout| payout.month == month);
        let known = answer.case.months.iter().find(|known| known.month == month);
        benefit(month, payout, known, language, t)
    };
    Answer { question: t.payout, big, why }
}

fn benefit(
    month: Month,
    payout: Option<&Payout>,
    known: Option<&CaseMonth>,
    language: Language,
    t: &OverviewTexts,
) -> (Line, Line) {
    let day = language.day_and_month(payout_day(month));
    let name = language.month_name(month);
    let names = [("month", text(name)), ("day", text(day.clone()))];
    let open = |why| (fill(t.payout_open, &[]), fill(why, &names));
    let Some(payout) = payout else { return open(t.payout_open_why) };
    let Some(gross) = payout.gross else {
        return open(match payout.reason {
            Some(PayoutReason::RateUnknown) => t.payout_rate_why,
            _ => t.payout_unknown_why,
        });
    };
    let hours = known.and_then(|known| known.work_hours).unwrap_or(Hours::ZERO);
    let why = match payout.reason {
        Some(PayoutReason::BelowMinimum) => t.payout_minimum_why,
        _ if known.is_some_and(|known| known.settled) => t.payout_settled_why,
        _ => t.payout_why,
    };
    let amount = figure(Path::Gross(month), gross);
    (
        fill(t.payout_on, &[("amount", amount), ("day", text(day))]),
        fill(why, &[("month", text(name)), ("hours", text(language.hours(hours)))]),
    )
}

fn assistance(
    answer: &AccountAnswer,
    month: Month,
    language: Language,
    t: &OverviewTexts,
) -> (Line, Line) {
    let months = answer.account.social_assistance.iter().flatten();
    let known = months.into_iter().find(|known| known.month == month);
    let name = text(language.month_name(month));
    match known.and_then(|known| Some((known.benefit?, known.earned?))) {
        Some((benefit, earned)) => (
            fill(t.payout_amount, &[("amount", figure(Path::SocialBenefit(month), benefit))]),
            fill(
                t.payout_assistance_why,
                &[("month", name), ("earned", text(language.kroner(earned)))],
            ),
        ),
        None => (fill(t.payout_open, &[]), fill(t.payout_assistance_open_why, &[("month", name)])),
    }
}

pub(super) fn runs_out(
    answer: &AccountAnswer,
    today: NaiveDate,
    language: Language,
    t: &OverviewTexts,
) -> Answer {
    let (big, why) = match &answer.account.period {
        None => assistance_deduction(answer, language, t),
        Some(period) => match rate_step(answer, period, today, language, t) {
            Some(answer) => answer,
            None => period_end(answer, period, t),
        },
    };
    Answer { question: t.runs_out, big, why }
}

/// Social assistance has no hours to run out; what her pay did to it in the newest settled month is the nearest
/// answer.
fn assistance_deduction(
    answer: &AccountAnswer,
    language: Language,
    t: &OverviewTexts,
) -> (Line, Line) {
    let months = answer.account.social_assistance.iter().flatten();
    let settled = |month| answer.case.months.iter().any(|m| m.month == month && m.settled);
    let newest = months
        .filter(|known| settled(known.month))
        .filter_map(|known| Some((known.month, known.deduction?)))
        .max_by_key(|(month, _)| *month);
    let why = match newest {
        Some((month, deduction)) => fill(
            t.assistance_no_hours_why,
            &[
                ("month", text(language.month(month))),
                ("deduction", figure(Path::SocialDeduction(month), deduction)),
            ],
        ),
        None => fill(t.assistance_no_month_why, &[]),
    };
    (fill(t.assistance_no_hours, &[]), why)
}

/// A graduate's rate falls before her hours run out, unless she provides for a child or the fund
/// has told us her rate.
fn rate_step(
    answer: &AccountAnswer,
    period: &Period,
    today: NaiveDate,
    language: Language,
    t: &OverviewTexts,
) -> Option<(Line, Line)> {
    let case = &answer.case;
    let provider = case.graduate.is_none_or(|graduate| graduate.provider);
    if case.scheme != Scheme::Graduate || provider || case.monthly_rate.is_some() {
        return None;
    }
    let (full_time, part_time) = (Key::RateStepHoursFullTime, Key::RateStepHoursPartTime);
    let step = fact_for::<Hours>(case.insurance, full_time, part_time, today)?;
    if step.value <= period.used_hours {
        return None;
    }
    let limit = || text(language.short_hours(step.value));
    let month = figure(Path::RunsOutMonth, period.runs_out_month?);
    let used = figure(Path::UsedHours, period.used_hours);
    Some((
        fill(t.rate_step, &[("limit", limit())]),
        fill(t.rate_step_why, &[("used", used), ("limit", limit()), ("month", month)]),
    ))
}

fn period_end(answer: &AccountAnswer, period: &Period, t: &OverviewTexts) -> (Line, Line) {
    let hours = || figure(Path::RemainingHours, period.remaining_hours);
    let frame = period.frame_ends_on.map(|day| figure(Path::FrameEndsOn, day));
    let (big, mut why) = match (period.ended_by, period.runs_out_month, frame) {
        (Some(EndedBy::Frame), _, Some(day)) => {
            (fill(t.frame_ends, &[("day", day)]), fill(t.frame_ends_why, &[("hours", hours())]))
        }
        (Some(_), Some(month), frame) => {
            let big = fill(t.hours_end, &[("month", figure(Path::RunsOutMonth, month))]);
            let why = match frame {
                Some(day) => fill(t.hours_end_why, &[("hours", hours()), ("day", day)]),
                None => fill(t.hours_end_short_why, &[("hours", hours())]),
            };
            (big, why)
        }
        _ => {
            let account = answer.account.account.as_ref();
            let extension = account.map(|account| account.extension_hours_available);
            let why = match extension.filter(|hours| *hours > Hours::ZERO) {
                Some(hours) => fill(
                    t.nothing_left_extend_why,
                    &[("hours", figure(Path::ExtensionHoursAvailable, hours))],
                ),
                None => fill(t.nothing_left_why, &[("authority", text(&answer.authority))]),
            };
            (fill(t.nothing_left, &[]), why)
        }
    };
    if answer.case.months.iter().any(|month| month.away.is_some()) {
        why.extend(fill(" {more}", &[("more", text(t.frame_lengthened))]));
    }
    (big, why)
}
