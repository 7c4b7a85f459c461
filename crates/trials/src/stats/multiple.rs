//! p-values adjusted for how many there are.

use super::StatError;

/// A way to adjust.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub enum Adjustment {
    /// Times their number.
    Bonferroni,
    /// Holm (1979): the planned one, for several arms or primary outcomes.
    Holm,
    /// Hochberg (1988).
    Hochberg,
    /// Benjamini and Hochberg (1995): the share of false discoveries, for exploration only.
    BenjaminiHochberg,
    /// Benjamini and Yekutieli (2001), under any dependence.
    BenjaminiYekutieli,
}

/// Adjusted p-values, in the order given.
///
/// # Errors
/// One is not a probability.
pub fn adjust(p_values: &[f64], adjustment: Adjustment) -> Result<Vec<f64>, StatError> {
    if p_values.iter().any(|p| !(0.0..=1.0).contains(p)) {
        return Err(StatError::OutOfBounds("p"));
    }
    let number = super::size(p_values.len());
    let mut order: Vec<usize> = (0..p_values.len()).collect();
    order.sort_by(|one, other| p_values[*one].total_cmp(&p_values[*other]));
    let harmonic: f64 = (1..=p_values.len()).map(|rank| 1.0 / super::size(rank)).sum();
    let scaled: Vec<f64> = order
        .iter()
        .enumerate()
        .map(|(index, place)| {
            let rank = super::size(index + 1);
            let factor = match adjustment {
                Adjustment::Bonferroni => number,
                Adjustment::Holm | Adjustment::Hochberg => number - rank + 1.0,
                Adjustment::BenjaminiHochberg => number / rank,
                Adjustment::BenjaminiYekutieli => number * harmonic / rank,
            };
            (p_values[*place] * factor).min(1.0)
        })
        .collect();
    let monotone: Vec<f64> = match adjustment {
        Adjustment::Bonferroni => scaled,
        Adjustment::Holm => running(scaled.into_iter(), f64::max),
        Adjustment::Hochberg | Adjustment::BenjaminiHochberg | Adjustment::BenjaminiYekutieli => {
            let mut backwards = running(scaled.into_iter().rev(), f64::min);
            backwards.reverse();
            backwards
        }
    };
    let mut adjusted = vec![0.0; p_values.len()];
    for (place, p) in order.into_iter().zip(monotone) {
        adjusted[place] = p;
    }
    Ok(adjusted)
}

fn running(values: impl Iterator<Item = f64>, keep: fn(f64, f64) -> f64) -> Vec<f64> {
    let mut last: Option<f64> = None;
    values
        .map(|value| {
            let kept = last.map_or(value, |last| keep(last, value));
            last = Some(kept);
            kept
        })
        .collect()
}
