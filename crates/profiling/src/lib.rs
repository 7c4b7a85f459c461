//! Profiling as help: the preparation form, the models that estimate the risk of long-term
//! unemployment, and what explains them.
//!
//! Pure: rows, days and seeds are parameters. It must not know of databases, pages or trials.

#![forbid(unsafe_code)]

pub mod answers;
mod area;
pub mod card;
pub mod columns;
pub mod compare;
pub mod drift;
pub mod evaluate;
pub mod fact;
pub mod flags;
mod folds;
pub mod form;
pub mod logistic;
pub mod measure;
pub mod measured;
pub mod model;
mod names;
pub mod people;
mod prepared;
pub mod profile;
pub mod recipe;
pub mod schema;
pub mod score;
pub mod sheet;
pub mod shipped;
pub mod synthetic;
pub mod train;
pub mod tree;
