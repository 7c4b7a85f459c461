//! The single-page app. Modules in reading order.
//!
//! The app asks `crates/rules` for every figure and `crates/charts` for every drawing: it puts
//! them into words, lays them out and listens. It must not know a number of law.

// `#[component(transparent)]` makes a public struct of props even in a private module.
#![allow(unreachable_pub)]

// `view!` names this crate as its users do.
extern crate self as jobnet_web;

pub mod app;
pub mod routes;

pub mod state;

pub mod api;

pub mod pages;

pub mod later;

pub mod components;

pub mod chart;

pub mod i18n;

pub mod view;

pub mod platform;
