//! The one function of power, and its inverses by search.
//!
//! An estimate lies so many standard errors from no effect; the design effect multiplies its
//! variance. Means are tested on n − 2 degrees of freedom, whatever is drawn in clusters on the
//! number of clusters − 2 (Donner and Klar, 2000), because caseworkers are few; the rest by the
//! normal distribution. Events are expected as under proportional hazards (Schoenfeld, Biometrics
//! 39 (1983) 499).

use super::{Clusters, Direction, MAX_UNITS, Outcome, POINTS, Point, Question, Size};
use crate::stats::power::{Test, design_effect, power_of_shift, shift_needed};
use crate::stats::{StatError, root};

pub(super) struct Model {
    outcome: Outcome,
    /// Shares of all units.
    treated: f64,
    control: f64,
    others: f64,
    clusters: Option<Clusters>,
    design_effect: f64,
    /// Share of the units whose outcome is known.
    known: f64,
    alpha: f64,
}

impl Model {
    pub(super) fn new(question: &Question) -> Result<Self, StatError> {
        let [treated, control, others] =
            [question.groups.treated, question.groups.control, question.groups.others]
                .map(f64::from);
        let all = treated + control + others;
        // Losses make clusters smaller too.
        let known = 1.0 - question.attrition;
        let effect = match question.clusters {
            Some(Clusters { size, variation, icc }) => {
                design_effect((size * known).max(1.0), icc, variation)?
            }
            None => 1.0,
        };
        Ok(Self {
            outcome: question.outcome,
            treated: treated / all,
            control: control / all,
            others: others / all,
            clusters: question.clusters,
            design_effect: effect,
            known,
            alpha: question.alpha / f64::from(question.comparisons),
        })
    }

    pub(super) const fn alpha(&self) -> f64 {
        self.alpha
    }

    pub(super) const fn design_effect(&self) -> f64 {
        self.design_effect
    }

    /// Standard errors between `effect` and none, with `units` enrolled.
    fn shift(&self, units: f64, effect: f64) -> f64 {
        let (treated, control) =
            (units * self.known * self.treated, units * self.known * self.control);
        let squared = match self.outcome {
            Outcome::Proportion { baseline } => {
                let other = baseline + effect;
                let variance =
                    other * (1.0 - other) / treated + baseline * (1.0 - baseline) / control;
                effect * effect / variance
            }
            Outcome::Mean => effect * effect / (1.0 / treated + 1.0 / control),
            Outcome::TimeToEvent { .. } => {
                let share = self.treated / (self.treated + self.control);
                effect.ln().powi(2) * self.all_events(units, effect) * share * (1.0 - share)
            }
        };
        (squared / self.design_effect).sqrt()
    }

    /// Events of both groups; 0 for other outcomes.
    fn all_events(&self, units: f64, ratio: f64) -> f64 {
        let Outcome::TimeToEvent { baseline } = self.outcome else { return 0.0 };
        let with = 1.0 - (1.0 - baseline).powf(ratio);
        units * self.known * (self.treated * with + self.control * baseline)
    }

    pub(super) fn events(&self, units: f64, effect: f64) -> Option<u64> {
        match self.outcome {
            Outcome::TimeToEvent { .. } => Some(whole(self.all_events(units, effect))),
            Outcome::Proportion { .. } | Outcome::Mean => None,
        }
    }

    /// Degrees of freedom of the test; `None`: it is the normal one.
    fn freedom(&self, units: f64) -> Option<f64> {
        let compared = units * (self.treated + self.control);
        match (self.clusters, self.outcome) {
            (Some(Clusters { size, .. }), _) => Some(compared / size - 2.0),
            (None, Outcome::Mean) => Some(compared * self.known - 2.0),
            (None, _) => None,
        }
    }

    pub(super) fn power(&self, units: f64, effect: f64) -> Result<f64, StatError> {
        power_of_shift(self.shift(units, effect), self.freedom(units), self.alpha)
    }

    /// The fewest units there can be: two units, or clusters, of each group.
    fn fewest(&self) -> f64 {
        let each = self.clusters.map_or(1.0 / self.known, |clusters| clusters.size);
        2.0 * each / self.treated.min(self.control)
    }

    /// The units that find an effect, as a number that need not be whole.
    pub(super) fn units(&self, effect: f64, test: Test) -> Result<f64, StatError> {
        let lacking =
            |units: f64| self.power(units, effect).map_or(f64::NAN, |power| power - test.power());
        let fewest = self.fewest();
        if lacking(fewest) >= 0.0 {
            return Ok(fewest);
        }
        root(fewest, f64::from(MAX_UNITS).max(fewest), "a number of units", lacking)
    }

    /// The smallest effect that so many units find.
    pub(super) fn effect(
        &self,
        units: f64,
        direction: Direction,
        test: Test,
    ) -> Result<f64, StatError> {
        let needed = shift_needed(test, self.freedom(units))?;
        let lacking = |effect: f64| self.shift(units, effect) - needed;
        let (least, most) = self.outcome.effects();
        let (least, most) = match self.outcome {
            Outcome::Proportion { baseline } => (-baseline, 1.0 - baseline),
            Outcome::Mean | Outcome::TimeToEvent { .. } => (least, most),
        };
        let none = self.outcome.no_effect();
        let (from, to) = if direction == Direction::Less { (least, none) } else { (none, most) };
        root(from, to, "an effect", lacking)
    }

    /// Whole units and clusters of each group, rounded up.
    pub(super) fn sizes(&self, units: f64) -> (Size, Option<Size>) {
        let of = |each: f64| {
            let parts = [self.treated, self.control, self.others];
            let [treated, control, others] = parts.map(|part| whole(units * part / each));
            Size { treated, control, others, all: treated + control + others }
        };
        let Some(Clusters { size, .. }) = self.clusters else { return (of(1.0), None) };
        let clusters = of(size);
        let of_size = |clusters: u64| whole(crate::stats::real(clusters) * size);
        let [treated, control, others] =
            [clusters.treated, clusters.control, clusters.others].map(of_size);
        let all = treated + control + others;
        (Size { treated, control, others, all }, Some(clusters))
    }

    /// The same of units whose number is given: groups as the weights say, the rest to the control.
    pub(super) fn split(&self, units: u32) -> (Size, Option<Size>) {
        let all = u64::from(units);
        let near = |part: f64| whole((f64::from(units) * part - 0.5).max(0.0));
        let (treated, others) = (near(self.treated), near(self.others));
        let control = all.saturating_sub(treated + others);
        let (_, clusters) = self.sizes(f64::from(units));
        (Size { treated, control, others, all }, clusters)
    }

    /// From a fifth of the plan's units to twice as many, the plan's own among them.
    pub(super) fn curve(
        &self,
        planned: u64,
        effect: f64,
        power: f64,
        direction: Direction,
    ) -> Vec<Point> {
        // A power of almost 1, as may be found, has no inverse.
        let test = Test::new(self.alpha, power.min(0.999)).ok();
        let planned = crate::stats::real(planned);
        let least = (planned / 5.0).max(self.fewest()).min(planned);
        let half = (POINTS - 1) / 2;
        let below = (0..half).map(|step| least + (planned - least) * share(step, half));
        let above = (0..=half).map(|step| planned * (1.0 + share(step, half)));
        let mut units: Vec<u64> = below.chain(above).map(whole).collect();
        units.dedup();
        let point = |units: u64| {
            let enrolled = crate::stats::real(units);
            let power = self.power(enrolled, effect).ok()?;
            let effect = test.and_then(|test| self.effect(enrolled, direction, test).ok());
            Some(Point { units, power, effect })
        };
        units.into_iter().filter_map(point).collect()
    }
}

fn share(step: u32, of: u32) -> f64 {
    f64::from(step) / f64::from(of)
}

/// The next whole number; what rounding alone lifts above one stays there.
#[expect(
    clippy::cast_possible_truncation,
    clippy::cast_sign_loss,
    reason = "not negative, and at most some hundred million"
)]
fn whole(number: f64) -> u64 {
    (number * (1.0 - 1e-12)).ceil() as u64
}
