//! The months of a case in order, and which of them count.
//!
//! Only settled months from the month of placement on count, for everything but payouts.

use crate::case::{Case, CaseMonth};
use crate::order::sort_by;
use crate::units::Month;

/// The months of a case, oldest first.
pub(crate) struct History<'a> {
    /// Every month given.
    pub(crate) all: Vec<&'a CaseMonth>,
    /// Settled months from the month of placement on.
    pub(crate) counting: Vec<&'a CaseMonth>,
    /// The month of placement, if placed.
    pub(crate) placed: Option<Month>,
    /// The month of the day asked for.
    pub(crate) as_of: Month,
}

impl<'a> History<'a> {
    pub(crate) fn of(case: &'a Case) -> Self {
        let placed = case.placed_on.map(Month::of);
        let mut all: Vec<&CaseMonth> = case.months.iter().collect();
        if !all.is_sorted_by_key(|month| month.month) {
            sort_by(&mut all, |month| month.month.index().into());
        }
        let from_placement = |month: &CaseMonth| placed.is_none_or(|placed| month.month >= placed);
        let counting =
            all.iter().copied().filter(|month| month.settled && from_placement(month)).collect();
        Self { all, counting, placed, as_of: Month::of(case.as_of) }
    }

    /// The last month that counts.
    pub(crate) fn last_settled(&self) -> Option<Month> {
        self.counting.last().map(|month| month.month)
    }

    /// The first month that is not settled yet: the one after the last settled or, without any,
    /// the month of the day asked for.
    pub(crate) fn next_month(&self) -> Month {
        self.last_settled().map_or(self.as_of, |month| month.plus(1))
    }
}
