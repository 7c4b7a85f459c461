//! Reading inputs.

use serde_json::Value;

use super::ComputeError;

/// The inputs of one case.
pub(super) struct Inputs<'a>(pub(super) &'a Value);

impl Inputs<'_> {
    fn get(&self, name: &'static str) -> Result<&Value, ComputeError> {
        self.0.get(name).ok_or(ComputeError::Input(name))
    }

    /// A number.
    pub(super) fn real(&self, name: &'static str) -> Result<f64, ComputeError> {
        self.get(name)?.as_f64().ok_or(ComputeError::Input(name))
    }

    /// A count: a whole number, not negative.
    pub(super) fn count(&self, name: &'static str) -> Result<u64, ComputeError> {
        self.get(name)?.as_u64().ok_or(ComputeError::Input(name))
    }

    /// A number, or what holds without one.
    pub(super) fn real_or(&self, name: &'static str, default: f64) -> Result<f64, ComputeError> {
        match self.0.get(name) {
            None | Some(Value::Null) => Ok(default),
            Some(value) => value.as_f64().ok_or(ComputeError::Input(name)),
        }
    }

    /// The level, 0.05 if none is given.
    pub(super) fn alpha(&self) -> Result<f64, ComputeError> {
        self.real_or("alpha", 0.05)
    }

    /// Yes or no; no if not given.
    pub(super) fn flag(&self, name: &'static str) -> Result<bool, ComputeError> {
        match self.0.get(name) {
            None | Some(Value::Null) => Ok(false),
            Some(value) => value.as_bool().ok_or(ComputeError::Input(name)),
        }
    }

    fn list<T>(
        &self,
        name: &'static str,
        read: impl Fn(&Value) -> Option<T>,
    ) -> Result<Vec<T>, ComputeError> {
        let list = self.get(name)?.as_array().ok_or(ComputeError::Input(name))?;
        list.iter().map(|value| read(value).ok_or(ComputeError::Input(name))).collect()
    }

    /// Numbers.
    pub(super) fn reals(&self, name: &'static str) -> Result<Vec<f64>, ComputeError> {
        self.list(name, Value::as_f64)
    }

    /// Counts, or names of groups.
    pub(super) fn counts(&self, name: &'static str) -> Result<Vec<u64>, ComputeError> {
        self.list(name, Value::as_u64)
    }

    /// Causes: 0 to 255.
    pub(super) fn causes(&self, name: &'static str) -> Result<Vec<u8>, ComputeError> {
        self.list(name, |value| value.as_u64().and_then(|cause| u8::try_from(cause).ok()))
    }
}
