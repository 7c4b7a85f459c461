//! Charts: what they show, where everything goes, and drawing on any plotters backend.
//!
//! Pure: no browser, no clock, no language, no law. Modules in reading order.

#![forbid(unsafe_code)]

pub mod spec;

pub mod table;

pub mod model;

pub mod window;

pub mod scale;

pub mod hover;

pub mod theme;

pub mod text;

pub mod picture;

pub mod timeline;

pub mod file;

pub mod columns;

pub mod counter;

pub mod line;

pub mod icons;

pub mod calibration;

pub mod error;
