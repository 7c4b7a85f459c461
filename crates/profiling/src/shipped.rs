//! The models that are delivered with the program.

use std::sync::LazyLock;

use sha2::{Digest, Sha256};

use crate::compare::Comparisons;
use crate::model::{Model, ModelError};
use crate::names::variables;
use crate::score::Sealed;

/// Their files.
pub const FILES: [&str; 3] = [
    include_str!("../models/logistic.json"),
    include_str!("../models/logistic-with-origin.json"),
    include_str!("../models/tree-reconstruction.json"),
];

// Each names variables, and none that we do not have: else nothing compiles.
const _: () = assert!(variables(FILES[0]) > 0);
const _: () = assert!(variables(FILES[1]) > 0);
const _: () = assert!(variables(FILES[2]) > 0);

const COMPARISONS_FILE: &str = include_str!("../models/comparisons.json");

/// The model that is used unless another is chosen.
pub const DEFAULT: &str = "logistic";

/// The models.
///
/// # Panics
/// When a delivered file is no model, with the reason: none of them disappears in silence. A test
/// reads every file.
pub fn models() -> &'static [Sealed] {
    static MODELS: LazyLock<Vec<Sealed>> = LazyLock::new(|| {
        let read = |file| sealed(file).unwrap_or_else(|error| unreachable!("{error}"));
        FILES.map(read).into()
    });
    &MODELS
}

/// What the models say of the same made-up people.
///
/// # Panics
/// Never: a test reads the file.
pub fn comparisons() -> &'static Comparisons {
    static COMPARISONS: LazyLock<Comparisons> = LazyLock::new(|| {
        serde_json::from_str(COMPARISONS_FILE).unwrap_or_else(|error| unreachable!("{error}"))
    });
    &COMPARISONS
}

/// A model by its key.
pub fn model(key: &str) -> Option<&'static Sealed> {
    models().iter().find(|sealed| sealed.model.key == key)
}

/// Reads a file and seals it with its digest.
///
/// # Errors
/// Why it is no model.
pub fn sealed(file: &str) -> Result<Sealed, ModelError> {
    Sealed::new(Model::read(file)?, hex::encode(Sha256::digest(file.as_bytes())))
}
