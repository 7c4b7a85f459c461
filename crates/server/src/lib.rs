//! The server of Jobnet for the citizen. Modules in reading order.
