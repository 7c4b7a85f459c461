//! The employment account (beskæftigelseskonto): hours of ordinary work, what an extension took
//! from them, and what they can still buy; and requalification (genoptjening), which counts the
//! same hours.
//!
//! The rest is kept in **half hundredths** of an hour, since half an account hour pays one benefit
//! hour: nothing is lost by rounding. Subsidised hours earn nothing.
//!
//! **Source**: lov om arbejdsløshedsforsikring § 55 a, § 56; BEK 610 af 10/6/2024 § 12, § 23.
//! The law lengthens the three years of requalification for sickness; here the window is that of
//! the contract, not lengthened, so a count is never too high. Where a month away in the window would
//! let older hours of the period count, the figures are traced as `unconfirmed`.

use std::borrow::Borrow;

use chrono::NaiveDate;

use crate::account::{EmploymentAccount, Requalification};
use crate::book::Book;
use crate::case::CaseMonth;
use crate::history::History;
use crate::law::Fact;
use crate::period::Consumption;
use crate::trace::{Figure, Input, Quantity, Rule, Status};
use crate::tracer::Tracer;
use crate::units::{Hours, Month};

/// The hours on an account on a day.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) struct Balance {
    /// Valid hours in half hundredths.
    half_hundredths: i64,
    /// Half hundredths taken by an extension.
    drawn: i64,
    /// Half hundredths that are too old.
    expired: i64,
}

impl Balance {
    /// Extension hours are drawn first, half an hour each, from the oldest hours; then what is
    /// left of months up to `oldest_expired` drops out. Never below zero.
    pub(crate) fn of<M: Borrow<CaseMonth>>(
        counting: &[M],
        extension_used: Hours,
        hours_per_work_hour: i32,
        oldest_expired: Month,
    ) -> Self {
        let to_draw =
            extension_used.hundredths().saturating_mul(2) / i64::from(hours_per_work_hour.max(1));
        let mut left_to_draw = to_draw;
        let mut balance = Self { half_hundredths: 0, drawn: 0, expired: 0 };
        for month in counting.iter().map(Borrow::borrow) {
            let Some(hours) = month.work_hours else { continue };
            let earned = hours.hundredths().saturating_mul(2);
            let drawn = earned.min(left_to_draw);
            left_to_draw -= drawn;
            balance.drawn += drawn;
            if month.month <= oldest_expired {
                balance.expired += earned - drawn;
            } else {
                balance.half_hundredths += earned - drawn;
            }
        }
        balance
    }

    /// Valid work hours, rounded down to hundredths.
    pub(crate) const fn work_hours(self) -> Hours {
        Hours::from_hundredths(self.half_hundredths / 2)
    }

    /// Benefit hours the unrounded rest buys, within what is left of the limit.
    pub(crate) fn extension_available(self, book: &Book, extension_used: Hours) -> Hours {
        let per_hour = i64::from(book.hours_per_work_hour.value);
        let bought = self.half_hundredths.saturating_mul(per_hour) / 2;
        let limit = (book.extension_limit.value - extension_used).or_zero();
        Hours::from_hundredths(bought).min(limit)
    }
}

/// The last month whose hours are too old on a day of `as_of`.
pub(crate) fn oldest_expired(as_of: Month, account_months: &Fact<i32>) -> Month {
    as_of.plus(account_months.value.saturating_neg())
}

pub(crate) fn balance(history: &History<'_>, book: &Book, extension_used: Hours) -> Balance {
    let expired = oldest_expired(history.as_of, &book.account_months);
    let per_hour = book.hours_per_work_hour.value;
    Balance::of(&history.counting, extension_used, per_hour, expired)
}

pub(crate) fn account(
    history: &History<'_>,
    as_of: NaiveDate,
    book: &Book,
    consumption: Consumption,
    tracer: &mut Tracer,
) -> EmploymentAccount {
    let extension_used = consumption.extension_used;
    let balance = balance(history, book, extension_used);
    let account = EmploymentAccount {
        work_hours: balance.work_hours(),
        extension_hours_available: balance.extension_available(book, extension_used),
        extension_hours_used: extension_used,
    };

    let mut inputs = Vec::with_capacity(history.counting.len() + 5);
    inputs.push(Input::date(Quantity::AsOf, as_of));
    inputs.push(Input::count(Quantity::AccountMonths, book.account_months.value.into()));
    inputs.push(Input::month(
        Quantity::WindowFrom,
        oldest_expired(history.as_of, &book.account_months).plus(1),
    ));
    if balance.drawn > 0 {
        let drawn = Hours::from_hundredths(balance.drawn.div_euclid(2) + balance.drawn % 2);
        inputs.push(Input::hours(Quantity::DrawnHours, drawn));
    }
    if balance.expired > 0 {
        let expired = Hours::from_hundredths(balance.expired / 2);
        inputs.push(Input::hours(Quantity::ExpiredHours, expired));
    }
    inputs.extend(history.counting.iter().map(|month| work_input(month)));
    let rows = [book.account_months.row];
    tracer.step(Figure::AccountWorkHours, Rule::AccountHours, &rows, inputs);

    let inputs = vec![
        Input::hours(Quantity::AccountHours, account.work_hours),
        Input::count(Quantity::HoursPerWorkHour, book.hours_per_work_hour.value.into()),
        Input::hours(Quantity::ExtensionLimitHours, book.extension_limit.value),
        Input::hours(Quantity::ExtensionHoursUsed, extension_used),
    ];
    let rows = [book.hours_per_work_hour.row, book.extension_limit.row];
    tracer.step(Figure::ExtensionHoursAvailable, Rule::AccountExtension, &rows, inputs);

    let inputs = vec![
        Input::hours(Quantity::EntitledHours, book.entitled_hours.value),
        Input::hours(Quantity::PaidHours, consumption.used + extension_used),
    ];
    let rows = [book.hours_per_work_hour.row, book.entitled_hours.row];
    tracer.step(Figure::ExtensionHoursUsed, Rule::AccountUsed, &rows, inputs);
    account
}

/// Marks what hangs on an entitlement that is not confirmed: hours used beyond it are drawn from the
/// account. Where nothing is used nothing is drawn, whatever the entitlement.
pub(crate) fn doubt_drawn(book: &Book, consumption: Consumption, tracer: &mut Tracer) {
    let is_sure = book.entitled_hours.row.status != Status::Unconfirmed;
    if is_sure || consumption.used == Hours::ZERO {
        return;
    }
    tracer.unconfirm(|figure| {
        matches!(
            figure,
            Figure::AccountWorkHours
                | Figure::ExtensionHoursAvailable
                | Figure::CountedHours
                | Figure::MissingHours
                | Figure::RequalificationMet
        )
    });
}

pub(crate) fn work_input(month: &CaseMonth) -> Input {
    match month.work_hours {
        Some(hours) => Input::hours(Quantity::WorkHours, hours),
        None => Input::unknown(Quantity::WorkHours),
    }
    .of(month.month)
}

/// The hours on the account count; hours that an extension took do not.
pub(crate) fn requalification(
    history: &History<'_>,
    placed: Month,
    book: &Book,
    counted: Hours,
    tracer: &mut Tracer,
) -> Requalification {
    let required = book.required_hours.value;
    let months = book.requalification_months.value;
    let window_from = placed.max(history.as_of.plus(1_i32.saturating_sub(months)));
    let requalification = Requalification {
        required_hours: required,
        counted_hours: counted,
        missing_hours: (required - counted).or_zero(),
        window_from: Some(window_from),
        met: counted >= required,
    };

    let row = [book.required_hours.row];
    let need = Input::hours(Quantity::RequiredHours, required);
    let count = Input::hours(Quantity::CountedHours, counted);
    let from = Input::month(Quantity::WindowFrom, window_from);
    tracer.step(Figure::RequiredHours, Rule::RequalificationRequirement, &row, vec![need]);
    let inputs = vec![Input::hours(Quantity::AccountHours, counted), from];
    tracer.step(Figure::CountedHours, Rule::RequalificationCounted, &row, inputs);
    tracer.step(Figure::MissingHours, Rule::RequalificationMissing, &row, vec![need, count]);
    let inputs = vec![
        Input::month(Quantity::FirstMonth, placed),
        Input::month(Quantity::WindowTo, history.as_of),
        Input::count(Quantity::WindowMonths, months.into()),
    ];
    let window_row = [book.requalification_months.row];
    tracer.step(Figure::RequalificationFrom, Rule::RequalificationWindow, &window_row, inputs);
    tracer.step(Figure::RequalificationMet, Rule::RequalificationMissing, &row, vec![need, count]);
    let mut in_window = history.counting.iter().filter(|month| month.month >= window_from);
    if window_from > placed && in_window.any(|month| month.away.is_some()) {
        tracer.unconfirm(|figure| {
            matches!(
                figure,
                Figure::CountedHours
                    | Figure::MissingHours
                    | Figure::RequalificationFrom
                    | Figure::RequalificationMet
            )
        });
    }
    requalification
}
