//! The lots of one trial: its protocol's design and allocation put to the drawing.

use super::blocks::{BadDesign, Blocks};
use super::keyed::Keyed;
use super::saturation::weights_within;
use super::seed::Seed;
use crate::protocol::{Allocation, Arm, Design, Protocol, Unit};

/// Where the arms of units are drawn.
const UNITS: &str = "unit";
/// Where the shares of a saturation design are drawn.
const SHARES: &str = "share";

/// What is drawn for whom in a trial.
#[derive(Clone, Debug)]
pub struct Lots<'a> {
    seed: &'a Seed,
    protocol: &'a Protocol,
}

/// One lot.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Lot<T> {
    /// What was drawn.
    pub drawn: T,
    /// Block and position in it, from 0; `None`: it does not come from a list.
    pub place: Option<(u32, u32)>,
}

/// Of what the units of a trial are parts.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Clusters<'a> {
    /// Nothing: each is drawn for itself.
    None,
    /// All units with the same value of this fact get the arm that is drawn for the value.
    Arm(&'a str),
    /// The share treated is drawn for each value of this fact, then each unit for itself.
    Share(&'a str),
}

impl Protocol {
    /// Of what the units are parts.
    pub fn clusters(&self) -> Clusters<'_> {
        match (&self.design, self.unit) {
            (Design::Saturation { within, .. }, _) => Clusters::Share(within),
            (_, Unit::Caseworker) => Clusters::Arm("caseworker"),
            (_, Unit::JobCentre) => Clusters::Arm("job_centre"),
            (_, Unit::Citizen) => Clusters::None,
        }
    }

    /// The version of the way in which its lots are drawn.
    pub const fn algorithm(&self) -> &'static str {
        match self.allocation {
            Allocation::Blocks { .. } => super::BLOCKS,
            Allocation::Keyed {} => super::KEYED,
        }
    }
}

impl<'a> Lots<'a> {
    /// Those of this trial.
    pub const fn new(seed: &'a Seed, protocol: &'a Protocol) -> Self {
        Self { seed, protocol }
    }

    /// The arm of a unit, or of a cluster if clusters are drawn. `last`: block and position of the
    /// lot before it in the stratum. `share`: of a saturation design, what was drawn for its region.
    ///
    /// # Errors
    /// The protocol's design gives no lots.
    pub fn arm(
        &self,
        unit: &str,
        stratum: &str,
        share: Option<u16>,
        last: Option<(u32, u32)>,
    ) -> Result<Lot<&'a Arm>, BadDesign> {
        let arms = &self.protocol.arms;
        let weights: Vec<u32> = arms.iter().map(|arm| u32::from(arm.weight)).collect();
        let weights = match share {
            None => weights,
            Some(share) => {
                let control = arms.iter().position(|arm| arm.control);
                let control = control.ok_or(BadDesign::NoWeights)?;
                weights_within(&weights, control, u32::from(share))
            }
        };
        let (index, place) = self.draw(UNITS, unit, stratum, &weights, last)?;
        let drawn = arms.get(index).ok_or(BadDesign::NoWeights)?;
        Ok(Lot { drawn, place })
    }

    /// The share treated, in per mille, of a region of a saturation design.
    ///
    /// # Errors
    /// It is no saturation design, or gives no lots.
    pub fn share(&self, region: &str, last: Option<(u32, u32)>) -> Result<Lot<u16>, BadDesign> {
        let Design::Saturation { shares, .. } = &self.protocol.design else {
            return Err(BadDesign::NoWeights);
        };
        let weights: Vec<u32> = shares.iter().map(|share| u32::from(share.weight)).collect();
        let (index, place) = self.draw(SHARES, region, "", &weights, last)?;
        let share = shares.get(index).ok_or(BadDesign::NoWeights)?;
        Ok(Lot { drawn: share.treated_per_mille, place })
    }

    fn draw(
        &self,
        purpose: &str,
        unit: &str,
        stratum: &str,
        weights: &[u32],
        last: Option<(u32, u32)>,
    ) -> Result<(usize, Option<(u32, u32)>), BadDesign> {
        match &self.protocol.allocation {
            Allocation::Blocks { multiples } => {
                let blocks = Blocks::new(self.seed, purpose, stratum, weights, multiples)?;
                let place = blocks.after(last);
                Ok((place.arm, Some((place.block, place.position))))
            }
            Allocation::Keyed {} => {
                let arm = Keyed::new(self.seed, purpose).arm(unit, weights);
                Ok((arm.ok_or(BadDesign::NoWeights)?, None))
            }
        }
    }
}
