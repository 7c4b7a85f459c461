//! Shared parts of the browser tests.
