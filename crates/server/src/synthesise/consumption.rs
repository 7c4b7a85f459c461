//! How much of her period a citizen has used: published shares, met among those who can.

use super::random::Random;
use super::reference::CONSUMPTION;

/// Keeps the shares of [`CONSUMPTION`] while citizens come one by one. Not everyone can be
/// everywhere: who has been registered for seven months has used more than three. Whoever is free
/// goes where most are missing.
#[derive(Default)]
pub(crate) struct Shares {
    given: [f64; CONSUMPTION.len()],
    all: f64,
}

impl Shares {
    /// Months of benefit to have used at the end of the last settled month, by a citizen who has
    /// used `own` in her latest spell and has a right to `most`.
    pub(crate) fn next(&mut self, own: f64, most: f64, random: &mut Random) -> f64 {
        let total: f64 = CONSUMPTION.iter().map(|(_, persons)| f64::from(*persons)).sum();
        self.all += 1.0;
        let mut best = (f64::NEG_INFINITY, 0, 0.0, CONSUMPTION[0].0);
        let mut low = 0.0;
        for (index, (high, persons)) in CONSUMPTION.into_iter().enumerate() {
            let missing = self.all * f64::from(persons) / total - self.given[index];
            if own < high && low + MARGIN < most && missing > best.0 {
                best = (missing, index, low, high);
            }
            low = high;
        }
        let (_, index, low, high) = best;
        self.given[index] += 1.0;
        // Karens days and the like take up to MARGIN from what is planned.
        let from = own.max(low + if index == 0 { 0.05 } else { MARGIN });
        let to = (high - 0.05).min(most - 0.1).max(from);
        from + (to - from) * random.unit()
    }
}

/// Months.
const MARGIN: f64 = 0.5;
