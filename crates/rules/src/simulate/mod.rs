//! What happens if: a plan played through month by month with the rules of [`crate::evaluate`].
//!
//! It knows of plans and months, not of sliders or charts.

mod types;

pub use types::{
    Holiday, KarensResult, Outcome, Plan, SimulatedKarens, SimulatedMonth, Simulation,
    SimulationEnd,
};
