//! The registers' tables, one entity per register, with history.
