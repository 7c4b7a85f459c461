//! Who gets which arm: pure functions of a seed and a design, so that anyone who has the seed can
//! recompute every lot.
//!
//! Whoever does not have the seed can neither learn nor foresee an arm (allocation concealment,
//! CONSORT 2025, item 18). What is drawn never changes for a version that was released: a better
//! way gets a new version beside the old one.
//!
//! It must not know where seeds are kept and who is enrolled.

mod blocks;
mod draw;
mod factorial;
mod keyed;
mod lots;
mod saturation;
mod seed;
mod verify;

pub use blocks::{BadDesign, Blocks, MAX_BLOCK, Place};
pub use factorial::cross;
pub use keyed::{Keyed, scale};
pub use lots::{Clusters, Lot, Lots};
pub use saturation::weights_within;
pub use seed::{BadSeed, Seed};
pub use verify::{Mistake, Row, verify};

/// Version of [`Blocks`].
pub const BLOCKS: &str = "blocks-1";
/// Version of [`Keyed`].
pub const KEYED: &str = "keyed-1";
