//! The project's commands: `cargo xtask run|test|build|dev|bench`. Modules in reading order.
//!
//! Everything a fresh clone needs is installed, built and started from here, by the same
//! steps on a developer's machine and in CI. No module knows how the app or the server work
//! inside; they are built and started as anyone would.

mod api_fuzz;
mod bench;
mod budget;
mod checks;
mod demo;
mod dist;
mod fuzz;
mod groups;
mod http;
mod process;
mod project;
mod provider;
mod python;
mod run;
mod setup;
mod split;
mod stamp;
mod tools;

use std::process::ExitCode;

use anyhow::{Result, bail};

const USAGE: &str = "\
Usage: cargo xtask COMMAND

  run [--port 8080] [--citizens 2000]   install what is missing, build, serve the demo;
      [--oidc]                          with a provider to sign in at, on the next port
  build                                 dist/ and the release server
  test [GROUP…]                         all groups, or the named ones, in order
  dev [--port 8080]                     live reload; the API of a demo server behind its proxy
  bench [NAME…|NAME.PART…]              all benchmarks, or the named ones
  setup                                 only install what is missing
";

fn main() -> ExitCode {
    process::start_clock();
    let arguments: Vec<String> = std::env::args().skip(1).collect();
    let words: Vec<&str> = arguments.iter().map(String::as_str).collect();
    match dispatch(&words) {
        Ok(code) => code,
        Err(error) => {
            process::say(&format!("Failed: {error:#}"));
            ExitCode::FAILURE
        }
    }
}

fn dispatch(words: &[&str]) -> Result<ExitCode> {
    match words {
        ["run", options @ ..] => run::run(&run::Options::parse(options)?)?,
        ["dev", options @ ..] => run::dev(&run::Options::parse(options)?)?,
        ["announce", port] => run::announce(port.parse()?)?,
        ["build"] => dist::build()?,
        ["weights"] => println!("{}", budget::weights()?),
        ["bindgen", arguments @ ..] => split::bindgen(arguments)?,
        ["setup"] => {
            setup::for_build()?;
            tools::ensure_all()?;
        }
        ["test", names @ ..] => return groups::test(names),
        ["bench", names @ ..] => bench::bench(names)?,
        ["help" | "--help" | "-h"] => print!("{USAGE}"),
        [] => bail!("no command given\n\n{USAGE}"),
        [other, ..] => bail!("there is no command `{other}`\n\n{USAGE}"),
    }
    Ok(ExitCode::SUCCESS)
}
