//! Whether a model still holds: what it said of the people of a period, and what came of them.
//!
//! The rule. Nothing is said of fewer than 100 people for whom it came true or 100 for whom it did
//! not. Of more, a model is out of date when it is wrong by so much that a page would tell people
//! something else, and chance alone would make it so in one period of a hundred at most, the three
//! taken together (Bonferroni):
//! - on the whole by 0.2 log odds or more,
//! - in how far its estimates spread, by a slope below 0.8 or above 1.25,
//! - in some tenth of the people by 2 of 100 or more, which is tried exactly (binomial).
//!
//! It must not know which people or which period these are.
//!
//! **Source**: 100 and 100: Collins, Ogundimu & Altman, Statistics in Medicine 35 (2016). On the whole
//! and slope: Cox, Biometrika 45 (1958). Tenths: Hosmer, Lemeshow & Sturdivant, “Applied Logistic
//! Regression” (3rd ed., 2013), 5.2.2; as the estimates were made from other people, there is a degree
//! of freedom for each tenth. What is too much is our own choice.

use serde::{Deserialize, Serialize};
use statrs::distribution::{Binomial, ChiSquared, ContinuousCDF, DiscreteCDF};

use crate::evaluate::{Interval, Tenth};
use crate::measure::{Told, auc, calibration, in_the_large, tenths, whole, wilson};

/// From so many people on either side, something can be said.
pub const ENOUGH: u32 = 100;
/// **Units**: log odds.
const TOO_FAR: f64 = 0.2;
const SLOPES: std::ops::RangeInclusive<f64> = 0.8..=1.25;
/// **Units**: share of people.
const GAP: f64 = 0.02;
/// So often chance may find one of the three in a model that holds.
const CHANCE: f64 = 0.01 / 3.0;
/// By how much an interval of that certainty is wider than one of 95 %.
const WIDER: f64 = 2.935_199_468_866_699 / 1.959_963_984_540_054;

/// What became of a model's estimates in a period.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema), schema(as = ModelDrift))]
#[serde(deny_unknown_fields)]
pub struct Drift {
    /// Whether it holds.
    pub verdict: Verdict,
    /// What is wrong; nothing unless it is out of date.
    pub deviations: Vec<Deviation>,
    /// How many people.
    pub people: u32,
    /// For how many it came true; `None`: not told of too few people ([`Drift::told`]), as none of
    /// what follows is.
    pub events: Option<u32>,
    /// The mean estimate; `None`: of nobody.
    pub expected: Option<f64>,
    /// For which share it came true (interval by Wilson); `None`: of nobody.
    pub observed: Option<Interval>,
    /// Log odds by which the estimates are too low on the whole; `None`: it came true for nobody or
    /// everybody.
    pub in_the_large: Option<Interval>,
    /// By how much they spread too little; 1 is right. `None`: they, or what came, do not vary.
    pub slope: Option<Interval>,
    /// How often of two people the one for whom it came true has the higher estimate; `None`: there
    /// are no such two.
    pub auc: Option<Interval>,
    /// A tenth of the people in each, from the lowest estimates to the highest.
    pub tenths: Vec<Tenth>,
    /// How well the tenths fit; `None`: of nobody.
    pub fit: Option<TenthsFit>,
}

impl Drift {
    /// As it may be kept and told: of too few people how many they are and nothing else. Of one
    /// person its figures are her own estimate and what came of her.
    pub fn told(self) -> Self {
        if self.verdict != Verdict::TooFew {
            return self;
        }
        Self {
            verdict: Verdict::TooFew,
            deviations: Vec::new(),
            people: self.people,
            events: None,
            expected: None,
            observed: None,
            in_the_large: None,
            slope: None,
            auc: None,
            tenths: Vec::new(),
            fit: None,
        }
    }
}

/// Whether a model holds.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema), schema(as = ModelVerdict))]
#[serde(rename_all = "snake_case")]
pub enum Verdict {
    /// Nothing speaks against it.
    Current,
    /// It is out of date.
    Stale,
    /// Too few people to say.
    TooFew,
}

/// In what a model is wrong.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema), schema(as = ModelDeviation))]
#[serde(rename_all = "snake_case")]
pub enum Deviation {
    /// It says too little on the whole.
    TooLow,
    /// It says too much on the whole.
    TooHigh,
    /// It tells people apart more than they are.
    TooSpread,
    /// It tells people apart less than they are.
    TooNarrow,
    /// It is wrong for people of some estimates.
    Tenths,
}

/// How well the tenths fit, by a sum that other programs give, too; the rule does without it, as it is
/// rough where few are expected.
#[derive(Clone, Copy, Debug, PartialEq, Serialize, Deserialize)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema), schema(as = ModelTenthsFit))]
#[serde(deny_unknown_fields)]
pub struct TenthsFit {
    /// Hosmer and Lemeshow's sum of squares.
    pub statistic: f64,
    /// Degrees of freedom.
    pub freedom: u32,
    /// How often chance alone gives a sum as large.
    pub p: f64,
}

/// Compares what a model said with what came of it; what may be told of it: [`Drift::told`].
pub fn watch(told: &[Told]) -> Drift {
    let people = whole(told.len());
    let count = told.iter().filter(|one| one.came_true).count();
    let events = whole(count);
    let both = 0 < events && events < people;
    let tenths = tenths(told);
    let mut drift = Drift {
        verdict: Verdict::TooFew,
        deviations: Vec::new(),
        people,
        events: Some(events),
        expected: (people > 0)
            .then(|| told.iter().map(|one| one.expected).sum::<f64>() / told.len() as f64),
        observed: wilson(count, told.len()),
        in_the_large: both.then(|| in_the_large(told)),
        slope: calibration(told).ok().map(|(_, slope)| slope),
        auc: both.then(|| auc(told)),
        fit: fit(&tenths),
        tenths,
    };
    if events >= ENOUGH && people - events >= ENOUGH {
        drift.deviations = deviations(&drift);
        drift.verdict = if drift.deviations.is_empty() { Verdict::Current } else { Verdict::Stale };
    }
    drift
}

fn deviations(drift: &Drift) -> Vec<Deviation> {
    let mut found = Vec::new();
    if let Some(shift) = drift.in_the_large
        && surely_off(shift, 0.0)
        && shift.estimate.abs() >= TOO_FAR
    {
        found.push(if shift.estimate > 0.0 { Deviation::TooLow } else { Deviation::TooHigh });
    }
    if let Some(slope) = drift.slope
        && surely_off(slope, 1.0)
        && !SLOPES.contains(&slope.estimate)
    {
        found.push(if slope.estimate < 1.0 { Deviation::TooSpread } else { Deviation::TooNarrow });
    }
    if drift.tenths.iter().any(|tenth| is_off(tenth, drift.tenths.len())) {
        found.push(Deviation::Tenths);
    }
    found
}

/// Whether an estimate, which is given with its interval of 95 %, is off a value by more than chance
/// makes it.
fn surely_off(measured: Interval, value: f64) -> bool {
    let half = WIDER * (measured.high - measured.low) / 2.0;
    (measured.estimate - value).abs() > half
}

/// Whether a tenth, one of so many, is off by more than chance makes it.
fn is_off(tenth: &Tenth, of: usize) -> bool {
    let people = u64::from(tenth.people);
    let events = (tenth.observed.estimate * people as f64).round() as u64;
    let Ok(chance) = Binomial::new(tenth.expected, people) else { return false };
    let at_most = chance.cdf(events);
    let at_least = events.checked_sub(1).map_or(1.0, |fewer| chance.sf(fewer));
    let is_far = (tenth.observed.estimate - tenth.expected).abs() >= GAP;
    is_far && at_most.min(at_least) < CHANCE / of as f64 / 2.0
}

fn fit(tenths: &[Tenth]) -> Option<TenthsFit> {
    let square = |tenth: &Tenth| {
        let people = f64::from(tenth.people);
        let variance = people * tenth.expected * (1.0 - tenth.expected);
        let off = people * (tenth.observed.estimate - tenth.expected);
        // Of people for whom the model is sure, nothing else may come true.
        if off == 0.0 { 0.0 } else { off * off / variance.max(1e-12) }
    };
    let statistic: f64 = tenths.iter().map(square).sum();
    let freedom = whole(tenths.len());
    let chi_squared = ChiSquared::new(f64::from(freedom)).ok()?;
    Some(TenthsFit { statistic, freedom, p: chi_squared.sf(statistic) })
}
