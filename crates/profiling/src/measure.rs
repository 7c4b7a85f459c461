//! Measures of how well estimates do: telling people apart, being right on the whole, erring alike in
//! groups.

use std::collections::BTreeMap;

use crate::area::{Places, variance};
use crate::evaluate::{CutOff, ErrorsAt, Evaluation, GroupErrors, Interval, Tenth};
use crate::logistic::inverse_logit;
use crate::train::{FitError, Table, fit};

/// The 97.5 % point of the normal distribution.
pub(crate) const Z: f64 = 1.959_963_984_540_054;
/// Fewer people say nothing of how a model errs, and a number of theirs could point at one of them.
///
/// **Units**: people.
pub const LEAST_IN_GROUP: usize = 20;
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
    /// Of each person, in the order of the estimates, and as many.
    pub groups: Vec<Option<String>>,
}

/// Everything about some estimates. Groups of fewer than [`LEAST_IN_GROUP`] people are left out.
///
/// # Errors
/// When an estimate is no probability, and when they cannot be calibrated: everybody or nobody has the
/// outcome, the estimates do not vary, or they tell the outcome apart perfectly.
pub fn evaluation(told: &[Told], traits: &[Trait], folds: u8) -> Result<Evaluation, FitError> {
    if let Some(row) = told.iter().position(|one| !(0.0..=1.0).contains(&one.expected)) {
        return Err(FitError::NoNumber(row));
    }
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
/// higher estimate; ties count half. Interval by DeLong; of one person alone it says nothing.
pub(crate) fn auc(told: &[Told]) -> Interval {
    let expected: Vec<f64> = told.iter().map(|one| one.expected).collect();
    let came_true: Vec<bool> = told.iter().map(|one| one.came_true).collect();
    let places = Places::new(&expected, &came_true);
    let spread = Z * places.variance().sqrt();
    let estimate = places.mean();
    Interval { estimate, low: (estimate - spread).max(0.0), high: (estimate + spread).min(1.0) }
}

/// The mean squared error, with the interval of a mean; of one person alone it says nothing.
///
/// **Source**: Brier, Monthly Weather Review 78 (1950), for two outcomes.
pub fn brier(told: &[Told]) -> Interval {
    let squared = told.iter().map(|one| {
        let came_true = f64::from(u8::from(one.came_true));
        (one.expected - came_true).powi(2)
    });
    let squared: Vec<f64> = squared.collect();
    let n = squared.len() as f64;
    let (estimate, spread) = (squared.iter().sum::<f64>() / n, Z * (variance(&squared) / n).sqrt());
    Interval { estimate, low: (estimate - spread).max(0.0), high: (estimate + spread).min(1.0) }
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

/// The log odds to add to all estimates so that they are right on the whole. Where everybody or nobody
/// has the outcome there are none: the interval has an end without bounds.
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
        low: (centre - spread).clamp(0.0, p),
        high: (centre + spread).clamp(p, 1.0),
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

impl Trait {
    /// The people of each group that is large enough, by their places, in the order of its names.
    pub(crate) fn members(&self) -> BTreeMap<&String, Vec<usize>> {
        let mut members: BTreeMap<&String, Vec<usize>> = BTreeMap::new();
        for (place, group) in self.groups.iter().enumerate() {
            if let Some(name) = group {
                members.entry(name).or_default().push(place);
            }
        }
        members.retain(|_, people| people.len() >= LEAST_IN_GROUP);
        members
    }
}

/// How estimates err in each group of a trait.
fn group_errors(told: &[Told], by: &Trait, at: f64) -> Vec<GroupErrors> {
    let of = |(name, places): (&String, Vec<usize>)| {
        let people: Vec<Told> = places.into_iter().map(|place| told[place]).collect();
        let events = people.iter().filter(|one| one.came_true).count();
        let errors = errors_at(&people, at);
        GroupErrors {
            by: by.name.clone(),
            group: name.clone(),
            people: whole(people.len()),
            events: whole(events),
            auc: (events.min(people.len() - events) > 1).then(|| auc(&people)),
            brier: brier(&people),
            false_positive: errors.false_positive,
            false_negative: errors.false_negative,
            calibration_gap: gap(&people, events),
            cut_offs: CUT_OFFS.iter().map(|at| errors_at(&people, *at)).collect(),
        }
    };
    by.members().into_iter().map(of).collect()
}

fn errors_at(people: &[Told], at: f64) -> ErrorsAt {
    let count = |came_true: bool, flagged: bool| {
        let is = |one: &&Told| one.came_true == came_true && (one.expected >= at) == flagged;
        people.iter().filter(is).count()
    };
    let (hit, missed) = (count(true, true), count(true, false));
    let (false_alarm, left_alone) = (count(false, true), count(false, false));
    ErrorsAt {
        at,
        false_positive: wilson(false_alarm, false_alarm + left_alone),
        false_negative: wilson(missed, missed + hit),
    }
}

/// The share for which it came true less the mean estimate: the share's interval, moved by the mean.
fn gap(people: &[Told], events: usize) -> Interval {
    let mean = people.iter().map(|one| one.expected).sum::<f64>() / people.len() as f64;
    let observed = wilson(events, people.len()).unwrap_or(NOBODY);
    Interval {
        estimate: observed.estimate - mean,
        low: observed.low - mean,
        high: observed.high - mean,
    }
}
