//! What the law says about unemployment benefits and working hours, once, for browser and server.
//!
//! Pure: no clock, no randomness, no I/O, no floats in a calculation. Money is øre, hours are
//! hundredths, dates are dates; every number of law is a row of dated data ([`law`]), and every
//! result carries the [`trace`] of the rows and inputs it came from. The crate must not know of
//! databases, pages or languages: a trace is data that others put into words.
//!
//! In reading order: [`units`] → [`case`] (input) → [`evaluate`] → [`account`] (output), with one
//! module per rule; [`simulate`] plays a plan through the same rules.

#![forbid(unsafe_code)]

mod figure;
mod keys;
mod quantity;
mod text;

pub mod units;

pub mod day;
pub mod order;

pub mod case;
pub mod check;
pub mod read;

pub mod law;
pub mod trace;

pub mod account;
pub mod evaluate;

mod book;
pub mod calendar;
mod history;
mod tracer;

mod employment_account;
pub mod karens;
pub mod payout;
mod period;
pub mod rates;
mod social_assistance;

pub mod absence;
pub mod deductions;
pub mod duties;
pub mod excess;
pub mod income_requirement;
pub mod quarantine;
pub mod rights;
pub mod rule_225;
pub mod sanctions;
pub mod shortening;
pub mod supplementary;
pub mod understanding;

pub mod simulate;
