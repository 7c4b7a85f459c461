//! The checks that keep the project's own rules true: who may know whom, and tidiness.

pub(crate) mod deps;
pub(crate) mod tidy;

/// What a check found.
#[derive(Debug, Default)]
pub(crate) struct Findings {
    /// How many rules were checked.
    pub(crate) rules: usize,
    /// Each broken rule, as a sentence with its place.
    pub(crate) broken: Vec<String>,
}
