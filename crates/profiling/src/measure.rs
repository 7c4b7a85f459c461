//! Measures of how well estimates do: telling people apart, being right on the whole, erring alike in
//! groups.

use crate::evaluate::{CutOff, Evaluation, GroupErrors, Interval, Tenth};
use crate::logistic::inverse_logit;
use crate::train::{FitError, Table, fit};

/// The 97.5 % point of the normal distribution.
const Z: f64 = 1.959_963_984_540_054;
/// The shares at which flagging is told of.
const CUT_OFFS: [f64; 9] = [0.02, 0.05, 0.10, 0.15, 0.20, 0.30, 0.40, 0.50, 0.66];

/// An estimate with what came of it.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct Told {
    /// **Units**: probability.
    pub expected: f64,
    /// It came true.
    pub came_true: bool,
}

/// The groups of people by one trait; `None`: not known of her.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Trait {
    /// Its name.
    pub name: String,
    /// Of each person, in the order of the estimates.
    pub groups: Vec<Option<String>>,
}

/// Everything about some estimates.
///
/// # Errors
/// When they cannot be calibrated: everybody or nobody has the outcome, or the estimates do not vary.
pub fn evaluation(told: &[Told], traits: &[Trait], folds: u8) -> Result<Evaluation, FitError> {
    let events = told.iter().filter(|one| one.came_true).count();
    if events == 0 || events == told.len() {
        return Err(FitError::OneOutcome);
    }
    let base_rate = events as f64 / told.len() as f64;
    let (in_the_large, slope) = calibration(told)?;
    Ok(Evaluation {
        folds,
        people: whole(told.len()),
        events: whole(events),
        auc: auc(told),
        brier: brier(told),
        calibration_in_the_large: in_the_large,
        calibration_slope: slope,
        tenths: tenths(told),
        cut_offs: CUT_OFFS.iter().map(|at| cut_off(told, *at)).collect(),
        groups: traits.iter().flat_map(|by| group_errors(told, by, base_rate)).collect(),
        group_cut_off: base_rate,
    })
}

pub(crate) fn whole(count: usize) -> u32 {
    u32::try_from(count).unwrap_or(u32::MAX)
}

/// The area under the curve: how often of two people, one of whom it came true for, she has the
/// higher estimate; ties count half. Interval by DeLong.
///
/// **Source**: DeLong, DeLong & Clarke-Pearson, Biometrics 44 (1988); by midranks: Sun & Xu, IEEE
/// Signal Processing Letters 21 (2014).
pub fn auc(told: &[Told]) -> Interval {
    let side = |came_true: bool| {
        let of: Vec<f64> =
            told.iter().filter(|one| one.came_true == came_true).map(|one| one.expected).collect();
        of
    };
    let (positive, negative) = (side(true), side(false));
    let (m, n) = (positive.len() as f64, negative.len() as f64);
    let all: Vec<f64> = positive.iter().chain(&negative).copied().collect();
    let (among_all, among_positive, among_negative) =
        (midranks(&all), midranks(&positive), midranks(&negative));
    let of_positive: Vec<f64> =
        among_positive.iter().zip(&among_all).map(|(own, all)| (all - own) / n).collect();
    let of_negative: Vec<f64> = among_negative
        .iter()
        .zip(&among_all[positive.len()..])
        .map(|(own, all)| 1.0 - (all - own) / m)
        .collect();
    let estimate = of_positive.iter().sum::<f64>() / m;
    let spread = Z * (variance(&of_positive) / m + variance(&of_negative) / n).sqrt();
    Interval { estimate, low: (estimate - spread).max(0.0), high: (estimate + spread).min(1.0) }
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

fn variance(values: &[f64]) -> f64 {
    let n = values.len() as f64;
    let mean = values.iter().sum::<f64>() / n;
    values.iter().map(|value| (value - mean).powi(2)).sum::<f64>() / (n - 1.0).max(1.0)
}

/// The mean squared error.
///
/// **Source**: Brier, Monthly Weather Review 78 (1950), for two outcomes.
pub fn brier(told: &[Told]) -> f64 {
    let squared = told.iter().map(|one| {
        let came_true = f64::from(u8::from(one.came_true));
        (one.expected - came_true).powi(2)
    });
    squared.sum::<f64>() / told.len() as f64
}

fn logit(p: f64) -> f64 {
    let p = p.clamp(1e-12, 1.0 - 1e-12);
    (p / (1.0 - p)).ln()
}

/// Calibration in the large (the intercept when the slope is 1) and the slope.
///
/// **Source**: Cox, Biometrika 45 (1958); Van Calster et al., BMC Medicine 17:230 (2019).
pub(crate) fn calibration(told: &[Told]) -> Result<(Interval, Interval), FitError> {
    let etas: Vec<[f64; 1]> = told.iter().map(|one| [logit(one.expected)]).collect();
    let rows = etas.iter().zip(told).map(|(eta, one)| (eta.as_slice(), one.came_true));
    let slope = fit(&Table::new(rows)?)?;
    let around = |estimate: f64, deviation: f64| Interval {
        estimate,
        low: estimate - Z * deviation,
        high: estimate + Z * deviation,
    };
    Ok((in_the_large(told), around(slope.coefficients[1], slope.covariance[2].sqrt())))
}

/// The log odds to add to all estimates so that they are right on the whole.
pub fn in_the_large(told: &[Told]) -> Interval {
    let mut shift = 0.0;
    let mut information = 0.0;
    for _ in 0..50 {
        let (mut score, mut weight) = (0.0, 0.0);
        for one in told {
            let p = inverse_logit(logit(one.expected) + shift);
            score += f64::from(u8::from(one.came_true)) - p;
            weight += p * (1.0 - p);
        }
        information = weight;
        let step: f64 = if weight > 0.0 { score / weight } else { 0.0 };
        shift += step.clamp(-2.0, 2.0);
        if step.abs() < 1e-12 {
            break;
        }
    }
    let spread = if information > 0.0 { Z / information.sqrt() } else { f64::INFINITY };
    Interval { estimate: shift, low: shift - spread, high: shift + spread }
}

/// A share with Wilson's interval; `None`: of nobody.
///
/// **Source**: Wilson, Journal of the American Statistical Association 22 (1927).
pub fn wilson(count: usize, of: usize) -> Option<Interval> {
    if of == 0 {
        return None;
    }
    let (n, p) = (of as f64, count as f64 / of as f64);
    let z2 = Z * Z;
    let centre = (p + z2 / (2.0 * n)) / (1.0 + z2 / n);
    let spread = Z / (1.0 + z2 / n) * (p * (1.0 - p) / n + z2 / (4.0 * n * n)).sqrt();
    Some(Interval {
        estimate: p,
        low: (centre - spread).max(0.0),
        high: (centre + spread).min(1.0),
    })
}

const NOBODY: Interval = Interval { estimate: 0.0, low: 0.0, high: 1.0 };

/// A tenth of the people in each. Equal estimates stay together, or the order of the rows would
/// matter: some may be larger then, and there may be fewer.
pub fn tenths(told: &[Told]) -> Vec<Tenth> {
    let mut sorted = told.to_vec();
    sorted.sort_by(|a, b| a.expected.total_cmp(&b.expected));
    let bound = |part: usize| match sorted.get((sorted.len() * part / 10).max(1) - 1) {
        Some(last) if part > 0 => sorted.partition_point(|one| one.expected <= last.expected),
        _ => 0,
    };
    let parts = (0..10).map(|part| &sorted[bound(part)..bound(part + 1)]);
    parts
        .filter(|people| !people.is_empty())
        .map(|people| {
            let events = people.iter().filter(|one| one.came_true).count();
            Tenth {
                people: whole(people.len()),
                expected: people.iter().map(|one| one.expected).sum::<f64>() / people.len() as f64,
                observed: wilson(events, people.len()).unwrap_or(NOBODY),
            }
        })
        .collect()
}

fn cut_off(told: &[Told], at: f64) -> CutOff {
    let count = |came_true: bool, flagged: bool| {
        let is = |one: &&Told| one.came_true == came_true && (one.expected >= at) == flagged;
        told.iter().filter(is).count()
    };
    let (hit, missed) = (count(true, true), count(true, false));
    let (false_alarm, left_alone) = (count(false, true), count(false, false));
    CutOff {
        at,
        flagged: (hit + false_alarm) as f64 / told.len() as f64,
        sensitivity: wilson(hit, hit + missed).unwrap_or(NOBODY),
        specificity: wilson(left_alone, left_alone + false_alarm).unwrap_or(NOBODY),
    }
}

/// How estimates err in each group of a trait, in the order of the groups' names.
fn group_errors(told: &[Told], by: &Trait, at: f64) -> Vec<GroupErrors> {
    let mut names: Vec<&String> = by.groups.iter().flatten().collect();
    names.sort_unstable();
    names.dedup();
    let of = |name: &String| {
        let is_in = |group: &Option<String>| group.as_ref() == Some(name);
        let people: Vec<Told> = told
            .iter()
            .zip(&by.groups)
            .filter(|(_, group)| is_in(group))
            .map(|(one, _)| *one)
            .collect();
        let events = people.iter().filter(|one| one.came_true).count();
        let flagged = |came_true: bool| {
            let is = |one: &&Told| one.came_true == came_true && one.expected >= at;
            people.iter().filter(is).count()
        };
        let others = people.len() - events;
        GroupErrors {
            by: by.name.clone(),
            group: name.clone(),
            people: whole(people.len()),
            events: whole(events),
            false_positive: wilson(flagged(false), others),
            false_negative: wilson(events - flagged(true), events),
            calibration_gap: gap(&people),
        }
    };
    names.into_iter().map(of).collect()
}

/// The share for which it came true less the mean estimate.
fn gap(people: &[Told]) -> Interval {
    let differences: Vec<f64> =
        people.iter().map(|one| f64::from(u8::from(one.came_true)) - one.expected).collect();
    let n = people.len() as f64;
    let estimate = differences.iter().sum::<f64>() / n;
    let spread = Z * (variance(&differences) / n).sqrt();
    Interval { estimate, low: estimate - spread, high: estimate + spread }
}

/// Of people whom two models look at, the share about whom they disagree when each flags the same
/// share of them: those with its highest estimates.
pub fn disagreement(a: &[f64], b: &[f64], flagged: f64) -> f64 {
    let count = (a.len() as f64 * flagged).round() as usize;
    let top = |estimates: &[f64]| {
        let mut order: Vec<usize> = (0..estimates.len()).collect();
        order.sort_by(|x, y| estimates[*y].total_cmp(&estimates[*x]).then(x.cmp(y)));
        let mut is_in = vec![false; estimates.len()];
        order.into_iter().take(count).for_each(|place| is_in[place] = true);
        is_in
    };
    let differ = top(a).into_iter().zip(top(b)).filter(|(a, b)| a != b).count();
    differ as f64 / (a.len() as f64).max(1.0)
}
