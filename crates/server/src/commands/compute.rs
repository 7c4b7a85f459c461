//! `jobnet-server trial compute`: figures of trials again from their inputs, for scripts and
//! auditors. It must not know of databases or configuration; the statistics are `jobnet-trials`'.

use std::fs::File;
use std::io::{self, BufReader, Read, Write};
use std::path::{Path, PathBuf};
use std::process::ExitCode;

use jobnet_trials::compute;
use serde_json::{Value, json};

/// Exit status for bad input.
const BAD_INPUT: u8 = 2;

/// Where the cases are.
#[derive(Clone, Debug, clap::Args)]
pub struct Options {
    /// A file; `-` or nothing: standard input.
    #[arg(value_name = "FILE")]
    file: Option<PathBuf>,
}

/// Reads an array of `{id, method, inputs}`, or an object that has it as `cases`, and prints an
/// array of `{id, result}`. A case that cannot be computed is `{id, error}`; input that is no such
/// array gives one JSON object on standard error, nothing on standard output, and exit status 2.
pub fn run(options: &Options) -> ExitCode {
    let written = match read(options.file.as_deref()) {
        Ok(cases) => print(&compute::all(&cases)).map(|()| ExitCode::SUCCESS),
        Err(sentence) => {
            let problem = json!({ "pointer": "", "sentence": sentence });
            writeln!(io::stderr(), "{problem}").map(|()| ExitCode::from(BAD_INPUT))
        }
    };
    // Whoever reads has gone.
    written.unwrap_or(ExitCode::FAILURE)
}

fn print(answers: &[compute::Answer]) -> io::Result<()> {
    let mut output = io::stdout().lock();
    serde_json::to_writer_pretty(&mut output, answers)?;
    writeln!(output)
}

fn read(file: Option<&Path>) -> Result<Vec<Value>, String> {
    let unreadable = |error: io::Error| format!("The input cannot be read: {error}.");
    let mut text = String::new();
    let mut input: Box<dyn Read> = match file {
        Some(path) if path != Path::new("-") => {
            Box::new(BufReader::new(File::open(path).map_err(unreadable)?))
        }
        _ => Box::new(io::stdin()),
    };
    input.read_to_string(&mut text).map_err(unreadable)?;
    let mut document: Value =
        serde_json::from_str(&text).map_err(|error| format!("This is not JSON: {error}."))?;
    let cases = document.get_mut("cases").map(Value::take).unwrap_or(document);
    match cases {
        Value::Array(cases) => Ok(cases),
        _ => Err("An array of cases is expected.".to_owned()),
    }
}
