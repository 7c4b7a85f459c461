//! The area under the curve, of one model or two.

use crate::evaluate::Interval;
use crate::measure::Z;

/// Where each person stands among those with the other outcome: the share of them on the right side
/// of her.
///
/// **Source**: DeLong, DeLong & Clarke-Pearson, Biometrics 44 (1988); by midranks: Sun & Xu, IEEE
/// Signal Processing Letters 21 (2014).
pub(crate) struct Places {
    of_positive: Vec<f64>,
    of_negative: Vec<f64>,
}

impl Places {
    /// Of estimates and what came of them, in the same order.
    pub(crate) fn new(expected: &[f64], came_true: &[bool]) -> Self {
        let side = |side: bool| {
            let of = expected.iter().zip(came_true).filter(|(_, came_true)| **came_true == side);
            of.map(|(expected, _)| *expected).collect::<Vec<f64>>()
        };
        let (positive, negative) = (side(true), side(false));
        let (m, n) = (positive.len() as f64, negative.len() as f64);
        let among_all = midranks(&[positive.as_slice(), negative.as_slice()].concat());
        let (of_positive, of_negative) = among_all.split_at(positive.len());
        let place = |all: &[f64], among: &[f64], others: f64| {
            let own = midranks(among);
            all.iter().zip(own).map(|(all, own)| (all - own) / others).collect::<Vec<f64>>()
        };
        let below = place(of_negative, &negative, m);
        Self {
            of_positive: place(of_positive, &positive, n),
            of_negative: below.into_iter().map(|below| 1.0 - below).collect(),
        }
    }

    /// The area under the curve.
    pub(crate) fn mean(&self) -> f64 {
        self.of_positive.iter().sum::<f64>() / self.of_positive.len() as f64
    }

    /// The variance of the area.
    pub(crate) fn variance(&self) -> f64 {
        let part = |places: &[f64]| variance(places) / places.len() as f64;
        part(&self.of_positive) + part(&self.of_negative)
    }

    /// The area less another's, of the same people in the same order.
    pub(crate) fn less(&self, other: &Self) -> Interval {
        let less = |a: &[f64], b: &[f64]| a.iter().zip(b).map(|(a, b)| a - b).collect();
        let difference = Self {
            of_positive: less(&self.of_positive, &other.of_positive),
            of_negative: less(&self.of_negative, &other.of_negative),
        };
        let (estimate, spread) = (difference.mean(), Z * difference.variance().sqrt());
        Interval { estimate, low: estimate - spread, high: estimate + spread }
    }
}

/// Ranks from 1; equal values share the mean of theirs.
fn midranks(values: &[f64]) -> Vec<f64> {
    let mut order: Vec<usize> = (0..values.len()).collect();
    order.sort_by(|a, b| values[*a].total_cmp(&values[*b]));
    let mut ranks = vec![0.0; values.len()];
    let mut from = 0;
    while from < order.len() {
        let value = values[order[from]];
        let same = order[from..].iter().take_while(|place| values[**place] == value).count();
        for place in &order[from..from + same] {
            ranks[*place] = (2 * from + same + 1) as f64 / 2.0;
        }
        from += same;
    }
    ranks
}

/// Of one value there is none: it is without bounds.
pub(crate) fn variance(values: &[f64]) -> f64 {
    if values.len() < 2 {
        return f64::INFINITY;
    }
    let n = values.len() as f64;
    let mean = values.iter().sum::<f64>() / n;
    values.iter().map(|value| (value - mean).powi(2)).sum::<f64>() / (n - 1.0)
}
