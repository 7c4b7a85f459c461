//! The job-search checklist: what a newly unemployed citizen can do, by when counted from her own
//! days, and why it helps.
//!
//! It is hers, and no record of duties done. Pure: her days and marks are parameters. It must not
//! know of databases, pages or trials, nor how an item is worded.

#![forbid(unsafe_code)]

pub mod help;
pub mod item;
pub mod mark;
pub mod plan;
