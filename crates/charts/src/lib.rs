//! Charts: what they show, where everything goes, and drawing on any plotters backend.
//!
//! Pure: no browser, no clock, no language, no law. Modules in reading order.

#![forbid(unsafe_code)]

pub mod counter;
pub mod error;
pub mod model;
pub mod spec;
pub mod table;
