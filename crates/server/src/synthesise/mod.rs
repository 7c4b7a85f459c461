//! Synthetic citizens in the import format, for demonstrations, tests and benchmarks.
//!
//! The same number of citizens, seed and day give the same bytes. It must not read a database, a
//! clock or a real register: everyone it writes is made up, and every row says so by an id that
//! starts with `SYN-`.

mod personas;

pub use personas::{DEMO_FUND, DEMO_JOB_CENTRE, PersonaSpec, persona, personas};
