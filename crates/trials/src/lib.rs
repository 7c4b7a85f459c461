//! Randomised trials by the book: what a trial is, who gets which arm, and the statistics of
//! planning, watching and analysing it.
//!
//! Pure: time, seeds and rows are parameters. It must not know of databases, pages, or law.

#![forbid(unsafe_code)]

pub mod compute;
pub mod conceal;
pub mod dispatch;
pub mod planning;
pub mod protocol;
pub mod randomise;
pub mod stats;
pub mod watch;
