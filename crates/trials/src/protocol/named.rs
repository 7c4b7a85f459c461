//! A variant of an enum is given by its name.
//!
//! serde buffers what stands inside a tagged enum, and reads the tag of a second one inside it by
//! name *or by number*. A protocol with a number there would be another file with the same
//! meaning, and so have another digest.

use serde::Deserialize;
use serde::de::{DeserializeOwned, Deserializer, Error};

/// Reads a value that stands inside a tagged enum and has such enums itself.
pub(super) fn read<'de, D, T>(deserializer: D) -> Result<T, D::Error>
where
    D: Deserializer<'de>,
    T: DeserializeOwned,
{
    let value = serde_json::Value::deserialize(deserializer)?;
    T::deserialize(value).map_err(D::Error::custom)
}
