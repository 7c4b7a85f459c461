//! Which months a reader sees: the window of zoom and pan, always whole months.

use crate::spec::{MarkerKind, TimelineSpec};

/// Months `first .. first + count` of a timeline. Never empty unless the timeline is.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct Window {
    first: usize,
    count: usize,
}

/// Fewer months than this are not a course of time.
const FEWEST: usize = 3;

/// Months of the past that a first view always shows, if there are any.
const PAST_FIRST: usize = 3;

impl Window {
    /// As near to `first` and `count` as a timeline of `total` months allows.
    pub fn new(first: usize, count: usize, total: usize) -> Self {
        let count = count.max(FEWEST).min(total);
        Self { first: first.min(total - count), count }
    }

    /// How many months a chart of this width (**CSS pixels**) shows at first.
    pub fn months_for(width_css: f64) -> usize {
        if width_css >= 1060.0 {
            21
        } else if width_css >= 588.0 {
            14
        } else {
            12
        }
    }

    /// The first view: ends with the frame if today is still well inside, else has today about two
    /// thirds along.
    pub fn initial(spec: &TimelineSpec, width_css: f64) -> Self {
        let total = spec.months.len();
        let count = Self::months_for(width_css).min(total);
        let focus = spec.focus();
        let last = spec
            .markers
            .iter()
            .filter(|marker| marker.kind != MarkerKind::Today)
            .map(|marker| spec.x_of_marker(marker).ceil().max(0.0) as usize)
            .max()
            .unwrap_or(focus + 1);
        let with_end = (last + 1).saturating_sub(count);
        let shows_past = with_end + PAST_FIRST <= focus;
        let two_thirds = focus.saturating_sub(count * 2 / 3);
        let first = if shows_past { with_end.max(two_thirds) } else { two_thirds };
        Self::new(first, count, total)
    }

    /// The first month.
    pub fn first(self) -> usize {
        self.first
    }

    /// How many months.
    pub fn count(self) -> usize {
        self.count
    }

    /// The last month; 0 if there is none.
    pub fn last(self) -> usize {
        (self.first + self.count).saturating_sub(1)
    }

    /// Is the month in it?
    pub fn contains(self, month: usize) -> bool {
        (self.first..self.first + self.count).contains(&month)
    }

    /// `factor` times as many months, with the month `around` staying where it is.
    pub fn zoomed(self, factor: f64, around: usize, total: usize) -> Self {
        if !factor.is_finite() || factor <= 0.0 {
            return self;
        }
        let target = self.count as f64 * factor;
        let count = if factor < 1.0 { target.floor() } else { target.ceil() } as usize;
        let count = count.max(FEWEST).min(total);
        let around = around.clamp(self.first, self.last());
        let share = (around - self.first) as f64 / self.count.max(1) as f64;
        let before = (share * count as f64).round() as usize;
        Self::new(around.saturating_sub(before), count, total)
    }

    /// Moved by this many months, later if positive.
    pub fn panned(self, months: isize, total: usize) -> Self {
        Self::new(self.first.saturating_add_signed(months), self.count, total)
    }

    /// Moved just so far that the month is in it.
    pub fn with(self, month: usize, total: usize) -> Self {
        if month < self.first {
            Self::new(month, self.count, total)
        } else if month > self.last() {
            Self::new((month + 1).saturating_sub(self.count), self.count, total)
        } else {
            self
        }
    }

    /// Are these all months there are?
    pub fn is_all(self, total: usize) -> bool {
        self.count >= total
    }

    /// Is it as narrow as it gets?
    pub fn is_narrowest(self) -> bool {
        self.count <= FEWEST
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use proptest::prelude::*;

    #[test]
    fn zooming_keeps_the_month_in_sight() {
        let window = Window::new(10, 20, 54);
        assert_eq!(window.zoomed(0.5, 20, 54), Window::new(15, 10, 54));
        assert_eq!(window.zoomed(0.01, 12, 54).count(), FEWEST);
        assert!(window.zoomed(100.0, 12, 54).is_all(54));
        assert_eq!(window.zoomed(f64::NAN, 12, 54), window);
    }

    #[test]
    fn following_a_month_moves_no_further_than_needed() {
        let window = Window::new(10, 5, 54);
        assert_eq!(window.with(12, 54), window);
        assert_eq!(window.with(15, 54), Window::new(11, 5, 54));
        assert_eq!(window.with(9, 54), Window::new(9, 5, 54));
    }

    proptest! {
        #[test]
        fn it_never_leaves_the_timeline(total in 0_usize..80, first in 0_usize..99,
            count in 0_usize..99, months in -99_isize..99, factor in 0.0..4.0_f64,
            around in 0_usize..99) {
            let window = Window::new(first, count, total);
            for window in [
                window,
                window.panned(months, total),
                window.zoomed(factor, around, total),
                window.with(around, total),
            ] {
                prop_assert!(window.first() + window.count() <= total);
                prop_assert!(window.count() >= FEWEST.min(total));
            }
        }

        #[test]
        fn zooming_in_and_panning_keep_their_promises(around in 10_usize..20,
                                                      factor in 0.2..1.0_f64) {
            let window = Window::new(8, 14, 60).zoomed(factor, around, 60);
            prop_assert!(window.contains(around));
        }
    }
}
