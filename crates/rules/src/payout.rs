//! What each month pays before tax: a full month less the work hours, nothing below the minimum.
//!
//! The deduction is by hours, whatever they earned. Every month given is computed, settled or not.
//!
//! **Source**: BEK 875 af 24/6/2025; VEJ 9627 af 2021 (minimum payout).

use chrono::NaiveDate;

use crate::account::{Payout, PayoutReason};
use crate::book::Book;
use crate::case::{Case, CaseMonth, Insurance};
use crate::employment_account::work_input;
use crate::history::History;
use crate::law::{Key, fact_for};
use crate::rates::MonthRate;
use crate::trace::{Figure, Input, Quantity, Rule};
use crate::tracer::Tracer;
use crate::units::{Hours, Money};

/// The most work hours of a month that still leave a payout: the limit to draw in a chart.
///
/// **Units**: hours. **Source**: a full month less the minimum payout (VEJ 9627 af 2021).
///
/// # Examples
/// ```
/// use chrono::NaiveDate;
/// use jobnet_rules::case::Insurance;
/// use jobnet_rules::payout::most_work_hours;
/// let day = NaiveDate::from_ymd_opt(2026, 10, 11).unwrap();
/// let most = |insurance| most_work_hours(insurance, day).unwrap().to_string();
/// assert_eq!(most(Insurance::FullTime), "145.53");
/// assert_eq!(most(Insurance::PartTime), "118.00");
/// let before_the_reform = NaiveDate::from_ymd_opt(2010, 1, 1).unwrap();
/// assert_eq!(most_work_hours(Insurance::FullTime, before_the_reform), None);
/// ```
pub fn most_work_hours(insurance: Insurance, as_of: NaiveDate) -> Option<Hours> {
    let month =
        fact_for::<Hours>(insurance, Key::MonthHoursFullTime, Key::MonthHoursPartTime, as_of)?;
    let minimum = fact_for::<Hours>(
        insurance,
        Key::PayoutMinimumHoursFullTime,
        Key::PayoutMinimumHoursPartTime,
        as_of,
    )?;
    Some(month.value - minimum.value)
}

/// A full month less work hours and other deducted hours; nothing below the minimum payout.
pub(crate) fn payable(book: &Book, work: Hours, deducted: Hours) -> Hours {
    above_minimum(book.month_hours.value - work - deducted, book.minimum_hours.value)
}

/// What is left of a month if it is not below the minimum payout.
pub(crate) fn above_minimum(left: Hours, minimum: Hours) -> Hours {
    let left = left.or_zero();
    if left < minimum { Hours::ZERO } else { left }
}

/// The hours a month has paid as far as the rate's step is concerned: those reported; for a month
/// not settled and not reported, those it will pay; karantæne is not paid and so not among them.
fn paid_before_step(book: &Book, month: &CaseMonth) -> Hours {
    match (month.paid_hours, month.work_hours) {
        (Some(paid), _) => paid,
        (None, Some(work)) if !month.settled => payable(book, work, Hours::ZERO),
        (None, _) => Hours::ZERO,
    }
}

pub(crate) fn payouts(
    case: &Case,
    history: &History<'_>,
    book: &Book,
    tracer: &mut Tracer,
) -> Vec<Payout> {
    let mut hours_before = Hours::ZERO;
    let mut payouts = Vec::with_capacity(history.all.len());
    for month in &history.all {
        payouts.push(payout(case, month, book, hours_before, tracer));
        if history.placed.is_none_or(|placed| month.month >= placed) {
            hours_before += paid_before_step(book, month);
        }
    }
    payouts
}

fn payout(
    case: &Case,
    month: &CaseMonth,
    book: &Book,
    hours_before: Hours,
    tracer: &mut Tracer,
) -> Payout {
    let (payable_figure, gross_figure) =
        (Figure::PayableHours(month.month), Figure::Gross(month.month));
    let rows = [book.month_hours.row, book.minimum_hours.row];
    let month_hours = Input::hours(Quantity::MonthHours, book.month_hours.value);
    let minimum = Input::hours(Quantity::MinimumHours, book.minimum_hours.value);
    let work_input = work_input(month);
    let Some(work) = month.work_hours else {
        tracer.step(payable_figure, Rule::PayoutUnknown, &rows[..1], vec![work_input]);
        tracer.step(gross_figure, Rule::PayoutUnknown, &rows[..1], vec![work_input]);
        let reason = Some(PayoutReason::HoursUnknown);
        return Payout { month: month.month, payable_hours: None, gross: None, reason };
    };

    let payable = payable(book, work, Hours::ZERO);
    let inputs = vec![month_hours, work_input, minimum];
    tracer.step(payable_figure, Rule::PayoutHours, &rows, inputs);
    let payout =
        |gross, reason| Payout { month: month.month, payable_hours: Some(payable), gross, reason };
    if payable == Hours::ZERO {
        let inputs = vec![month_hours, work_input, minimum];
        tracer.step(gross_figure, Rule::PayoutHours, &rows, inputs);
        return payout(Some(Money::ZERO), Some(PayoutReason::BelowMinimum));
    }

    let payable_input = Input::hours(Quantity::PayableHours, payable).of(month.month);
    let Some(rate) = MonthRate::of(case, case.insurance, month.month) else {
        tracer.step(gross_figure, Rule::RateUnknown, &[], vec![payable_input]);
        return payout(None, Some(PayoutReason::RateUnknown));
    };
    let mut inputs = Vec::with_capacity(8);
    inputs.extend([payable_input, month_hours]);
    rate.explain(month.month, payable, hours_before, &mut inputs);
    tracer.step_of(gross_figure, Rule::PayoutGross, rate.rows().chain([rows[0]]), inputs);
    let gross = Some(rate.gross(payable, hours_before, book.month_hours.value));
    tracer.rounded(gross);
    payout(gross, None)
}
