//! The single-page app. Modules in reading order.
//!
//! The app asks `crates/rules` for every figure and `crates/charts` for every drawing: it puts
//! them into words, lays them out and listens. It must not know a number of law.

// `#[component]` makes a public struct of props even in a private module.
#![allow(unreachable_pub)]

pub mod app;
pub mod routes;

pub mod state;

pub mod api;

pub mod pages;

pub mod components;

pub mod chart;

pub mod i18n;

pub mod platform;
