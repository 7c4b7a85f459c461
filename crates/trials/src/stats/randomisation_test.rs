//! The test that needs no model: how often a lottery would give a difference as large as this.

use super::{StatError, size};

/// The most allocations that are gone through.
pub const MAX_ALLOCATIONS: u64 = 5_000_000;

/// A randomisation test of the difference of means, all allocations with as many treated.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct Exact {
    /// Treated less others.
    pub difference: f64,
    /// Allocations with a difference as large, in either direction.
    pub as_large: u64,
    /// All allocations.
    pub allocations: u64,
    /// Their ratio.
    pub p: f64,
}

/// Goes through every allocation of groups of units: each unit its own group for a trial of units,
/// the members of a cluster for a trial of clusters.
///
/// # Errors
/// Nobody is treated or everybody, a group is treated in part, or there are too many allocations.
pub fn exact(outcome: &[f64], treated: &[f64], group: &[u64]) -> Result<Exact, StatError> {
    super::same_length(treated.len(), outcome.len(), "treated")?;
    super::same_length(group.len(), outcome.len(), "group")?;
    super::finite(outcome, "outcome")?;
    let mut sums = std::collections::BTreeMap::<u64, (f64, f64, bool)>::new();
    for ((value, treated), group) in outcome.iter().zip(treated).zip(group) {
        let is_treated = *treated > 0.5;
        let entry = sums.entry(*group).or_insert((0.0, 0.0, is_treated));
        if entry.2 != is_treated {
            return Err(StatError::OutOfBounds("treated"));
        }
        entry.0 += value;
        entry.1 += 1.0;
    }
    let groups: Vec<(f64, f64, bool)> = sums.into_values().collect();
    let chosen = groups.iter().filter(|group| group.2).count();
    if chosen == 0 || chosen == groups.len() {
        return Err(StatError::TooFew("groups in an arm"));
    }
    let allocations = statrs::function::factorial::binomial(groups.len() as u64, chosen as u64);
    if allocations > super::real(MAX_ALLOCATIONS) {
        return Err(StatError::OutOfBounds("groups"));
    }
    let total: (f64, f64) =
        groups.iter().fold((0.0, 0.0), |sum, group| (sum.0 + group.0, sum.1 + group.1));
    let difference = |sum: (f64, f64)| sum.0 / sum.1 - (total.0 - sum.0) / (total.1 - sum.1);
    let seen = groups
        .iter()
        .filter(|group| group.2)
        .fold((0.0, 0.0), |sum, group| (sum.0 + group.0, sum.1 + group.1));
    let seen = difference(seen);
    // Sums in another order may differ in their last bits.
    let limit = seen.abs() - 1e-9 * seen.abs().max(1.0) / size(outcome.len()).max(1.0);
    let (mut as_large, mut all) = (0, 0);
    every_choice(&groups, chosen, (0.0, 0.0), &mut |sum| {
        all += 1;
        if difference(sum).abs() >= limit {
            as_large += 1;
        }
    });
    let p = super::real(as_large) / super::real(all);
    Ok(Exact { difference: seen, as_large, allocations: all, p })
}

fn every_choice(
    groups: &[(f64, f64, bool)],
    chosen: usize,
    sum: (f64, f64),
    each: &mut impl FnMut((f64, f64)),
) {
    if chosen == 0 {
        each(sum);
    } else if let [first, rest @ ..] = groups
        && groups.len() >= chosen
    {
        every_choice(rest, chosen - 1, (sum.0 + first.0, sum.1 + first.1), each);
        every_choice(rest, chosen, sum, each);
    }
}
