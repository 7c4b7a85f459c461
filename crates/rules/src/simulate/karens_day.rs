//! The karens day of one simulated month: of the window that ends in it, or postponed to it.
//!
//! A postponed day and a day of the month's own window never fall together here: the month's own
//! comes first, and the other lapses, for the sources do not say that two are taken at once.

use crate::account::KarensState;
use crate::book::Book;
use crate::case::CaseMonth;
use crate::karens::{Window, months_in, standing, window};
use crate::simulate::{KarensResult, SimulatedKarens};
use crate::units::{Hours, Money, Month};

/// What a month's karens comes to, and the hours it takes.
pub(super) struct KarensDay {
    pub(super) karens: Option<SimulatedKarens>,
    pub(super) deducted: Hours,
}

/// What the month, the last of the list, would have without karens.
#[derive(Clone, Copy)]
pub(super) struct KarensMonth {
    /// Benefit hours.
    pub(super) benefit: Hours,
    /// Karantæne or subsidised work in it.
    pub(super) instead: bool,
    /// One day's benefit, if the rate is known.
    pub(super) amount: Option<Money>,
}

impl KarensDay {
    pub(super) fn of(
        counting: &[CaseMonth],
        placed: Month,
        book: &Book,
        month: KarensMonth,
    ) -> Self {
        let Some((current, before)) = counting.split_last() else { return Self::nothing() };
        let own = window(counting, placed, book.karens_months.value.max(1), current.month);
        if own.to == current.month {
            let result = match short_of_hours(counting, own, book) {
                Ok(()) if month.benefit > Hours::ZERO => KarensResult::Applied,
                Ok(()) if month.instead => KarensResult::Postponed,
                Ok(()) => KarensResult::NoBenefit,
                Err(result) => result,
            };
            return Self::with(counting, own, book, result, month.amount);
        }
        if month.benefit > Hours::ZERO
            && let Some(postponed) = postponed(before, placed, book)
        {
            let result = KarensResult::AppliedLate;
            return Self::with(counting, postponed, book, result, month.amount);
        }
        Self::nothing()
    }

    const fn nothing() -> Self {
        Self { karens: None, deducted: Hours::ZERO }
    }

    fn with(
        counting: &[CaseMonth],
        window: Window,
        book: &Book,
        result: KarensResult,
        amount: Option<Money>,
    ) -> Self {
        let applied = matches!(result, KarensResult::Applied | KarensResult::AppliedLate);
        let karens = SimulatedKarens {
            window_from: window.from,
            window_to: window.to,
            work_hours: standing(counting, window, book).work_hours,
            threshold_hours: book.karens_threshold.value,
            result,
            amount: if applied { amount } else { None },
        };
        let deducted = if applied { book.day_hours.value } else { Hours::ZERO };
        Self { karens: Some(karens), deducted }
    }
}

/// `Ok` if a window whose months have all passed has too few hours; otherwise what it comes to.
fn short_of_hours(counting: &[CaseMonth], window: Window, book: &Book) -> Result<(), KarensResult> {
    if standing(counting, window, book).state == KarensState::Avoided {
        return Err(KarensResult::Avoided);
    }
    // A month that was never reported is as unknown as one without hours.
    let known = months_in(counting, window).iter();
    let known = known.filter(|month| month.away.is_none() && month.work_hours.is_some()).count();
    let four = usize::try_from(book.karens_months.value).unwrap_or(usize::MAX);
    if known >= four { Ok(()) } else { Err(KarensResult::Unknown) }
}

/// A window that ended with karantæne or subsidised work instead of benefit, if nothing has been
/// paid since.
fn postponed(before: &[CaseMonth], placed: Month, book: &Book) -> Option<Window> {
    let paid = |month: &&CaseMonth| month.paid_hours > Some(Hours::ZERO);
    let last_paid = before.iter().rev().find(paid).map(|month| month.month);
    let unpaid = before.iter().filter(|month| last_paid.is_none_or(|paid| month.month > paid));
    unpaid
        .filter(|month| {
            month.quarantine_hours > Hours::ZERO || month.subsidised_hours > Hours::ZERO
        })
        .map(|month| (month, window(before, placed, book.karens_months.value.max(1), month.month)))
        .find(|(month, window)| {
            window.to == month.month && short_of_hours(before, *window, book).is_ok()
        })
        .map(|(_, window)| window)
}
