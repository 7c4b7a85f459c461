//! `jobnet-server`: nothing but the way into the library, where all of it is compiled once.

use std::process::ExitCode;

fn main() -> ExitCode {
    jobnet_server::cli::main()
}
