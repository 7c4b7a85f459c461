//! Random numbers that are the same on every machine and in every version.
//!
//! ChaCha's stream is specified; how numbers are drawn from it is written out here, so that no
//! library's choice of method changes a byte of a population.

use rand_chacha::ChaCha8Rng;
use rand_chacha::rand_core::{RngCore, SeedableRng};

/// The source of chance of one population.
pub(crate) struct Random(ChaCha8Rng);

impl Random {
    /// Starts the stream of a seed.
    pub(crate) fn new(seed: u64) -> Self {
        Self(ChaCha8Rng::seed_from_u64(seed))
    }

    /// Any 64 bits.
    pub(crate) fn bits(&mut self) -> u64 {
        self.0.next_u64()
    }

    /// A number of `[0, 1)`.
    pub(crate) fn unit(&mut self) -> f64 {
        (self.bits() >> 11) as f64 / (1_u64 << 53) as f64
    }

    /// A whole number from `low` to `high`, both included; `low` if they are not in order.
    pub(crate) fn between(&mut self, low: i64, high: i64) -> i64 {
        let span = high.saturating_sub(low).max(0) as u64 + 1;
        low + ((u128::from(self.bits()) * u128::from(span)) >> 64) as i64
    }

    /// True in this share of cases.
    pub(crate) fn chance(&mut self, share: f64) -> bool {
        self.unit() < share
    }

    /// One of several.
    pub(crate) fn pick<T: Copy>(&mut self, items: &[T], otherwise: T) -> T {
        let last = items.len() as i64 - 1;
        items.get(self.between(0, last) as usize).copied().unwrap_or(otherwise)
    }

    /// One of several by weight.
    pub(crate) fn weighted(&mut self, weights: &[f64]) -> usize {
        choose(weights, self.unit())
    }
}

/// Which of several weights a number of `[0, 1)` falls on.
pub(crate) fn choose(weights: &[f64], unit: f64) -> usize {
    let mut rest = unit * weights.iter().sum::<f64>();
    for (index, weight) in weights.iter().enumerate() {
        rest -= weight;
        if rest < 0.0 {
            return index;
        }
    }
    weights.len().saturating_sub(1)
}

/// Numbers of `[0, 1)` that fill it evenly from the first on (a Kronecker sequence): shares come
/// out exact in a small population too, where independent draws would scatter around them.
#[derive(Clone, Copy)]
pub(crate) struct Even {
    at: u64,
    step: u64,
}

impl Even {
    /// Steps by the fractional part of `√prime`; two sequences of different primes are unrelated.
    pub(crate) fn new(random: &mut Random, prime: u32) -> Self {
        let step = (f64::from(prime).sqrt().fract() * (1_u64 << 53) as f64) as u64;
        Self { at: random.bits(), step: (step << 11) | 1 }
    }

    /// The next number.
    pub(crate) fn next(&mut self) -> f64 {
        self.at = self.at.wrapping_add(self.step);
        (self.at >> 11) as f64 / (1_u64 << 53) as f64
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_stream_of_a_seed_never_changes() {
        let mut random = Random::new(1);
        let drawn: Vec<i64> = (0..5).map(|_| random.between(1, 1000)).collect();
        assert_eq!(drawn, PINNED);
        let mut other = Random::new(2);
        assert_ne!(drawn, (0..5).map(|_| other.between(1, 1000)).collect::<Vec<_>>());
    }
    /// Computed by an implementation of ChaCha8 in another language.
    const PINNED: [i64; 5] = [403, 81, 597, 220, 284];

    #[test]
    fn even_numbers_fill_the_interval() {
        let mut even = Even::new(&mut Random::new(7), 2);
        let below = (0..1000).filter(|_| even.next() < 0.398).count();
        assert!((396..=400).contains(&below), "{below}");
    }

    #[test]
    fn a_range_reaches_both_ends_and_nothing_else() {
        let mut random = Random::new(3);
        let mut seen = [0; 3];
        (0..300).for_each(|_| seen[(random.between(5, 7) - 5) as usize] += 1);
        assert!(seen.iter().all(|count| *count > 50), "{seen:?}");
        assert_eq!(random.between(4, 4), 4);
    }
}
