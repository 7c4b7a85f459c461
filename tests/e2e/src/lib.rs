//! The stage on which the browser tests play: the real release server on a database of its own,
//! a real browser, and the instruments to read what a citizen would see. Modules in reading
//! order.
//!
//! It knows nothing of how app and server work inside: it starts them as `cargo xtask run` does
//! and reads the page, the public API and the `evaluate` command.

pub mod axe;
pub mod browser;
pub mod chart;
pub mod downloads;
pub mod figures;
pub mod leaks;
pub mod page;
pub mod provider;
pub mod scene;
pub mod server;

pub use browser::View;
pub use page::Page;
pub use scene::{Stage, scene, scene_among, scene_expecting, scene_on};
pub use server::Crowd;
