//! The benefit period (dagpengeperiode): consumption, what is left, the frame (rammen) and when it
//! runs out.
//!
//! **Source**: lov om arbejdsløshedsforsikring §§ 55–56; BEK 109 af 30/1/2023 § 9.

use std::borrow::Borrow;

use chrono::{Months, NaiveDate};

use crate::account::{EndedBy, Period};
use crate::book::Book;
use crate::case::CaseMonth;
use crate::history::History;
use crate::trace::{Figure, Input, Quantity, Rule, Value};
use crate::tracer::Tracer;
use crate::units::{Hours, Month};

/// Hours that the settled months took from the rights of a citizen.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) struct Consumption {
    /// Of the ordinary period, at most the entitlement.
    pub(crate) used: Hours,
    /// Beyond it: hours of extension.
    pub(crate) extension_used: Hours,
}

impl Consumption {
    /// Paid and quarantine hours: karantæne is not paid, but it is consumed.
    pub(crate) fn of<M: Borrow<CaseMonth>>(counting: &[M], entitled: Hours) -> Self {
        let total: Hours = counting
            .iter()
            .map(Borrow::borrow)
            .map(|month| month.paid_hours.unwrap_or_default() + month.quarantine_hours)
            .sum();
        Self { used: total.min(entitled), extension_used: (total - entitled).or_zero() }
    }
}

/// The months away that lengthen the frame.
pub(crate) fn lengthening_months<M: Borrow<CaseMonth>>(counting: &[M], limit: i32) -> i32 {
    let away = counting.iter().filter(|month| (*month).borrow().away.is_some()).count();
    i32::try_from(away).unwrap_or(limit).min(limit)
}

/// The day before the same date so many months later. Where that month has no such date (the 31st
/// of a short month), its last day stands for it, as in the counting of other Danish time limits.
pub(crate) fn frame_end(placed_on: NaiveDate, months: i32) -> NaiveDate {
    placed_on
        .checked_add_months(Months::new(months.unsigned_abs()))
        .and_then(|day| day.pred_opt())
        .unwrap_or(NaiveDate::MAX)
}

/// How many months of full benefit an amount of hours lasts, a part of a month counting as one.
pub(crate) fn full_months(hours: Hours, month_hours: Hours) -> i32 {
    let (hours, month_hours) = (hours.hundredths().max(0), month_hours.hundredths().max(1));
    i32::try_from((hours + month_hours - 1) / month_hours).unwrap_or(i32::MAX / 2)
}

/// The month of the last paid hour if she is fully unemployed from `first` on.
fn runs_out(
    remaining: Hours,
    month_hours: Hours,
    first: Month,
    frame_ends: Month,
) -> Option<(Month, EndedBy)> {
    if remaining <= Hours::ZERO {
        return None;
    }
    let by_hours = first.plus(full_months(remaining, month_hours) - 1);
    Some(if frame_ends < by_hours {
        (frame_ends, EndedBy::Frame)
    } else {
        (by_hours, EndedBy::Hours)
    })
}

pub(crate) fn period(
    history: &History<'_>,
    placed_on: NaiveDate,
    book: &Book,
    consumption: Consumption,
    tracer: &mut Tracer,
) -> Period {
    let entitled = book.entitled_hours.value;
    let remaining = entitled - consumption.used;
    let away = lengthening_months(&history.counting, book.frame_lengthening.value);
    let frame_ends_on = frame_end(placed_on, book.frame_months.value.saturating_add(away));
    let first = history.next_month();
    let end = runs_out(remaining, book.month_hours.value, first, Month::of(frame_ends_on));
    let period = Period {
        entitled_hours: entitled,
        used_hours: consumption.used,
        remaining_hours: remaining,
        frame_ends_on: Some(frame_ends_on),
        runs_out_month: end.map(|(month, _)| month),
        ended_by: end.map(|(_, by)| by),
    };
    trace(history, placed_on, book, &period, first, tracer);
    period
}

fn trace(
    history: &History<'_>,
    placed_on: NaiveDate,
    book: &Book,
    period: &Period,
    first: Month,
    tracer: &mut Tracer,
) {
    let entitled_row = book.entitled_hours.row;
    let entitled = Input::hours(Quantity::EntitledHours, period.entitled_hours);
    tracer.step(Figure::EntitledHours, Rule::PeriodEntitlement, &[entitled_row], vec![entitled]);

    let mut inputs = Vec::with_capacity(history.counting.len() + 2);
    inputs.push(entitled);
    for month in &history.counting {
        if let Some(paid) = month.paid_hours {
            inputs.push(Input::hours(Quantity::PaidHours, paid).of(month.month));
        }
        if month.quarantine_hours != Hours::ZERO {
            let served = Input::hours(Quantity::QuarantineHours, month.quarantine_hours);
            inputs.push(served.of(month.month));
        }
    }
    tracer.step(Figure::UsedHours, Rule::PeriodConsumption, &[entitled_row], inputs);

    let used = Input::hours(Quantity::UsedHours, period.used_hours);
    let inputs = vec![entitled, used];
    tracer.step(Figure::RemainingHours, Rule::PeriodRemaining, &[entitled_row], inputs);

    let frame_row = book.frame_months.row;
    let lengthening_row = book.frame_lengthening.row;
    let mut inputs = vec![
        Input::date(Quantity::PlacedOn, placed_on),
        Input::count(Quantity::FrameMonths, book.frame_months.value.into()),
    ];
    let away = lengthening_months(&history.counting, book.frame_lengthening.value);
    if away > 0 {
        let limit = book.frame_lengthening.value;
        inputs.push(Input::count(Quantity::AwayMonths, away.into()));
        inputs.push(Input::count(Quantity::FrameLengtheningLimit, limit.into()));
    }
    inputs.extend(history.counting.iter().filter_map(|month| {
        let value = Value::Away(month.away?);
        Some(Input { quantity: Quantity::Away, month: Some(month.month), value })
    }));
    tracer.step(Figure::FrameEndsOn, Rule::PeriodFrame, &[frame_row, lengthening_row], inputs);

    let mut inputs = vec![
        Input::hours(Quantity::RemainingHours, period.remaining_hours),
        Input::hours(Quantity::MonthHours, book.month_hours.value),
        Input::count(
            Quantity::Months,
            full_months(period.remaining_hours, book.month_hours.value).into(),
        ),
        Input::month(Quantity::FirstMonth, first),
    ];
    inputs.extend(period.frame_ends_on.map(|day| Input::date(Quantity::FrameEndsOn, day)));
    let rows = [book.month_hours.row, frame_row];
    tracer.step(Figure::RunsOutMonth, Rule::PeriodRunsOut, &rows, inputs.clone());
    tracer.step(Figure::EndedBy, Rule::PeriodRunsOut, &rows, inputs);
}
