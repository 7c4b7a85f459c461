//! Karens: every four months one day's benefit is deducted, unless *more than* 148 (part-time 97)
//! hours were worked in them.
//!
//! Windows follow each other from the month of placement; a settled month away belongs to its
//! window, whose hours it may add to, but is not one of the four, so it lengthens the window.
//!
//! **Source**: lov om arbejdsløshedsforsikring § 56 a; BEK 875 af 24/6/2025 §§ 37–41, § 47 stk. 2.

use std::borrow::Borrow;

use chrono::NaiveDate;

use crate::account::{Karens, KarensState};
use crate::book::Book;
use crate::case::{Case, CaseMonth, Insurance};
use crate::employment_account::work_input;
use crate::history::History;
use crate::law::{Key, fact_for};
use crate::trace::{Figure, Input, Quantity, Rule, Value};
use crate::tracer::Tracer;
use crate::units::{Hours, Money, Month, div_half_up, product};

/// A karens window, both months included.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) struct Window {
    pub(crate) from: Month,
    pub(crate) to: Month,
}

/// The window that holds a month (the first one for a month before the placement).
pub(crate) fn window<M: Borrow<CaseMonth>>(
    counting: &[M],
    placed: Month,
    window_months: i32,
    holding: Month,
) -> Window {
    let mut window = Window { from: placed, to: placed.plus(window_months - 1) };
    let mut away = counting
        .iter()
        .map(Borrow::borrow)
        .filter(|month| month.away.is_some())
        .map(|month| month.month);
    let mut next_away = away.next();
    loop {
        // Every month away inside the window pushes its end by one month.
        while let Some(month) = next_away.filter(|month| *month <= window.to) {
            if month >= window.from {
                window.to = window.to.plus(1);
            }
            next_away = away.next();
        }
        if holding <= window.to {
            return window;
        }
        // Whole windows without a month away are skipped at once.
        let until = next_away.map_or(holding, |month| month.min(holding));
        let skip = (until.since(window.to) - 1).max(0) / window_months;
        window.from = window.to.plus(1 + skip * window_months);
        window.to = window.from.plus(window_months - 1);
    }
}

/// What the settled months of a window amount to.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) struct Standing {
    /// Known work hours.
    pub(crate) work_hours: Hours,
    /// How it stands.
    pub(crate) state: KarensState,
}

/// The settled months that lie in a window.
pub(crate) fn months_in<M: Borrow<CaseMonth>>(counting: &[M], window: Window) -> &[M] {
    let from = counting.partition_point(|month| month.borrow().month < window.from);
    let to = counting.partition_point(|month| month.borrow().month <= window.to);
    &counting[from..to]
}

/// How a window stands: `avoided` as soon as its hours exceed the threshold; decided otherwise
/// only when its four months are settled, and then only if its last month paid benefit.
pub(crate) fn standing<M: Borrow<CaseMonth>>(
    counting: &[M],
    window: Window,
    book: &Book,
) -> Standing {
    let months = || months_in(counting, window).iter().map(Borrow::borrow);
    let work_hours: Hours = months().filter_map(|month: &CaseMonth| month.work_hours).sum();
    let four = || months().filter(|month: &&CaseMonth| month.away.is_none());
    let settled = i32::try_from(four().count()).unwrap_or(i32::MAX);
    let state = if work_hours > book.karens_threshold.value {
        KarensState::Avoided
    } else if settled < book.karens_months.value {
        KarensState::Open
    } else if four().any(|month| month.work_hours.is_none()) {
        KarensState::Unknown
    } else if four().next_back().is_some_and(|month| month.paid_hours > Some(Hours::ZERO)) {
        KarensState::Applies
    } else {
        KarensState::Open
    };
    Standing { work_hours, state }
}

/// Hours to the first hundredth above the threshold.
fn missing(threshold: Hours, work_hours: Hours) -> Hours {
    (threshold + Hours::from_hundredths(1) - work_hours).or_zero()
}

pub(crate) fn karens(
    history: &History<'_>,
    placed: Month,
    book: &Book,
    tracer: &mut Tracer,
) -> Karens {
    let counting = &history.counting;
    let threshold = book.karens_threshold.value;
    let holding = history.last_settled().unwrap_or(history.as_of);
    let window = window(counting, placed, book.karens_months.value.max(1), holding);
    let standing = standing(counting, window, book);
    let karens = Karens {
        window_from: Some(window.from),
        window_to: Some(window.to),
        work_hours: standing.work_hours,
        threshold_hours: threshold,
        missing_hours: missing(threshold, standing.work_hours),
        state: standing.state,
    };
    trace(history, placed, book, window, &karens, tracer);
    karens
}

fn trace(
    history: &History<'_>,
    placed: Month,
    book: &Book,
    window: Window,
    karens: &Karens,
    tracer: &mut Tracer,
) {
    let window_row = [book.karens_months.row];
    let threshold_row = [book.karens_threshold.row];
    let mut inputs = vec![
        Input::month(Quantity::FirstMonth, placed),
        Input::count(Quantity::WindowMonths, book.karens_months.value.into()),
    ];
    inputs.extend(history.counting.iter().filter_map(|month| {
        let value = Value::Away(month.away?);
        Some(Input { quantity: Quantity::Away, month: Some(month.month), value })
    }));
    tracer.step(Figure::KarensFrom, Rule::KarensWindow, &window_row, inputs.clone());
    tracer.step(Figure::KarensTo, Rule::KarensWindow, &window_row, inputs);

    let months = months_in(&history.counting, window);
    let inputs = months.iter().map(|month| work_input(month)).collect();
    tracer.step(Figure::KarensWorkHours, Rule::KarensHours, &window_row, inputs);

    let threshold = Input::hours(Quantity::ThresholdHours, karens.threshold_hours);
    let work = Input::hours(Quantity::WorkHours, karens.work_hours);
    tracer.step(Figure::KarensThreshold, Rule::KarensThreshold, &threshold_row, vec![threshold]);
    let inputs = vec![threshold, work];
    tracer.step(Figure::KarensMissing, Rule::KarensMissing, &threshold_row, inputs);

    let mut inputs = vec![threshold, work, Input::month(Quantity::WindowTo, window.to)];
    let last = months.iter().rev().find(|month| month.month == window.to);
    if let Some((month, paid)) = last.and_then(|month| Some((month.month, month.paid_hours?))) {
        inputs.push(Input::hours(Quantity::PaidHours, paid).of(month));
    }
    tracer.step(Figure::KarensState, Rule::KarensState, &threshold_row, inputs);
}

/// The settled months that a karens day was taken from: each the last of a window that applied.
/// A day that was postponed to another month is not among them.
///
/// # Examples
/// ```
/// let case = serde_json::from_str(
///     r#"{"as_of": "2026-07-11", "scheme": "dagpenge", "placed_on": "2026-03-01", "months": [
///          {"month": "2026-03", "work_hours": 37, "paid_hours": 123.33, "settled": true},
///          {"month": "2026-04", "work_hours": 37, "paid_hours": 123.33, "settled": true},
///          {"month": "2026-05", "work_hours": 37, "paid_hours": 123.33, "settled": true},
///          {"month": "2026-06", "work_hours": 37, "paid_hours": 115.93, "settled": true}]}"#,
/// )?;
/// let months = jobnet_rules::karens::months_with_day(&case);
/// assert_eq!(months, ["2026-06".parse().unwrap()], "148 hours are not more than 148");
/// # Ok::<(), serde_json::Error>(())
/// ```
pub fn months_with_day(case: &Case) -> Vec<Month> {
    let history = History::of(case);
    let counting = &history.counting;
    let book = Book::of(case, case.insurance);
    let (Some(placed), Some(book)) = (history.placed, book) else { return Vec::new() };
    let takes_a_day = |month: &Month| {
        let window = window(counting, placed, book.karens_months.value.max(1), *month);
        window.to == *month && standing(counting, window, &book).state == KarensState::Applies
    };
    counting.iter().map(|month| month.month).filter(takes_a_day).collect()
}

/// One day's benefit, deducted where karens applies.
///
/// **Units**: kroner before tax, rounded half up to a whole krone (§ 47 stk. 2).
/// **Source**: monthly rate ÷ 160.33 × 7.4 (part-time: ÷ 130 × 6, the six hours not confirmed).
///
/// # Examples
/// ```
/// use chrono::NaiveDate;
/// use jobnet_rules::case::Insurance;
/// use jobnet_rules::karens::day_amount;
/// let day = NaiveDate::from_ymd_opt(2026, 6, 30).unwrap();
/// let amount = day_amount("22041".parse().unwrap(), Insurance::FullTime, day).unwrap();
/// assert_eq!(amount.to_string(), "1017.00");
/// ```
pub fn day_amount(monthly_rate: Money, insurance: Insurance, as_of: NaiveDate) -> Option<Money> {
    let day = fact_for::<Hours>(insurance, Key::DayHoursFullTime, Key::DayHoursPartTime, as_of)?;
    let month =
        fact_for::<Hours>(insurance, Key::MonthHoursFullTime, Key::MonthHoursPartTime, as_of)?;
    Some(whole_day_amount(monthly_rate, day.value, month.value))
}

pub(crate) fn whole_day_amount(monthly_rate: Money, day: Hours, month: Hours) -> Money {
    let krone = 100;
    let kroner = div_half_up(
        product(monthly_rate.hundredths(), day.hundredths()),
        month.hundredths().saturating_mul(krone),
    );
    Money::from_hundredths(kroner.saturating_mul(krone))
}
