//! The project's commands: `cargo xtask run|test|build|dev|bench`.

fn main() {}
