//! Chart specs, scales, ticks, hover index and drawing.

#![forbid(unsafe_code)]
