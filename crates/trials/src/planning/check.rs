//! Whether a question can be answered: every field out of bounds by its JSON pointer.

use std::fmt;

use super::{Find, MAX_UNITS, Outcome, Question};

/// A field that cannot be used.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct Problem {
    /// JSON pointer (RFC 6901) to the field.
    pub field: &'static str,
    /// What is wrong with it.
    pub reason: Reason,
}

/// What is wrong with a field.
#[derive(Clone, Copy, Debug, PartialEq)]
pub enum Reason {
    /// It must be a number from the first to the second.
    Between(f64, f64),
    /// It says that there is no effect.
    NoEffect,
    /// Baseline and effect together are no share between 0 and 1.
    NoShare,
    /// Not even [`MAX_UNITS`] units find an effect this small.
    TooSmall,
    /// So few units find no effect at all.
    TooFew,
    /// With these numbers there is no answer.
    NoAnswer,
}

impl Problem {
    pub(super) const fn new(field: &'static str, reason: Reason) -> Self {
        Self { field, reason }
    }
}

impl fmt::Display for Problem {
    fn fmt(&self, out: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(out, "{}: ", self.field)?;
        match self.reason {
            Reason::Between(least, most) => write!(out, "not a number from {least} to {most}"),
            Reason::NoEffect => out.write_str("no effect"),
            Reason::NoShare => out.write_str("baseline and effect together are no share"),
            Reason::TooSmall => write!(out, "not even {MAX_UNITS} units find it"),
            Reason::TooFew => out.write_str("too few to find any effect"),
            Reason::NoAnswer => out.write_str("there is no answer"),
        }
    }
}

impl std::error::Error for Problem {}

/// Collects what is wrong.
#[derive(Default)]
struct Findings(Vec<Problem>);

impl Findings {
    /// Notes a number that is not from `least` to `most`; says whether it is.
    fn between(&mut self, field: &'static str, value: f64, least: f64, most: f64) -> bool {
        let is_within = (least..=most).contains(&value);
        if !is_within {
            self.0.push(Problem::new(field, Reason::Between(least, most)));
        }
        is_within
    }
}

impl Question {
    /// Bounds are wide enough for every trial of citizens and narrow enough for every search to
    /// end.
    pub(super) fn check(&self) -> Result<(), Vec<Problem>> {
        let mut found = Findings::default();
        let baseline = match self.outcome {
            Outcome::Proportion { baseline } | Outcome::TimeToEvent { baseline } => {
                found.between("/outcome/baseline", baseline, 0.001, 0.999).then_some(baseline)
            }
            Outcome::Mean => None,
        };
        found.between("/groups/treated", self.groups.treated.into(), 1.0, 10_000.0);
        found.between("/groups/control", self.groups.control.into(), 1.0, 10_000.0);
        found.between("/groups/others", self.groups.others.into(), 0.0, 10_000.0);
        found.between("/alpha", self.alpha, 0.001, 0.2);
        found.between("/comparisons", self.comparisons.into(), 1.0, 50.0);
        if let Some(clusters) = self.clusters {
            found.between("/clusters/size", clusters.size, 1.0, 100_000.0);
            found.between("/clusters/variation", clusters.variation, 0.0, 5.0);
            found.between("/clusters/icc", clusters.icc, 0.0, 1.0);
        }
        found.between("/attrition", self.attrition, 0.0, 0.9);
        let units = |found: &mut Findings, units: u32| {
            found.between("/find/units", units.into(), 4.0, MAX_UNITS.into());
        };
        let power = |found: &mut Findings, power: f64| {
            found.between("/find/power", power, 0.5, 0.999);
        };
        match self.find {
            Find::Units { power: asked, effect } => {
                power(&mut found, asked);
                self.check_effect(&mut found, effect, baseline);
            }
            Find::Effect { power: asked, units: given, direction: _ } => {
                power(&mut found, asked);
                units(&mut found, given);
            }
            Find::Power { effect, units: given } => {
                self.check_effect(&mut found, effect, baseline);
                units(&mut found, given);
            }
        }
        if found.0.is_empty() { Ok(()) } else { Err(found.0) }
    }

    fn check_effect(&self, found: &mut Findings, effect: f64, baseline: Option<f64>) {
        const FIELD: &str = "/find/effect";
        let (least, most) = self.outcome.effects();
        if !found.between(FIELD, effect, least, most) {
            return;
        }
        // Closer to none than this is none: no trial is that large.
        if (effect - self.outcome.no_effect()).abs() < 1e-6 {
            found.0.push(Problem::new(FIELD, Reason::NoEffect));
        } else if let (Outcome::Proportion { .. }, Some(baseline)) = (self.outcome, baseline)
            && !(0.0..=1.0).contains(&(baseline + effect))
        {
            found.0.push(Problem::new(FIELD, Reason::NoShare));
        }
    }
}

impl Outcome {
    /// The least and the most an effect can be.
    pub(super) const fn effects(self) -> (f64, f64) {
        match self {
            Self::Proportion { .. } => (-1.0, 1.0),
            Self::Mean => (-10.0, 10.0),
            Self::TimeToEvent { .. } => (0.1, 10.0),
        }
    }
}
