//! The command `evaluate`: one citizen's facts (JSON) to her account (JSON), for scripts and
//! auditors. It must not know of databases or configuration; the rules are `jobnet-rules`'.

mod numbers;

use std::fs::File;
use std::io::{self, BufRead, BufReader, BufWriter, Read, Write};
use std::path::{Path, PathBuf};
use std::process::ExitCode;

use jobnet_rules::account::Account;
use jobnet_rules::check::CaseErrors;
use jobnet_rules::evaluate::evaluate;
use jobnet_rules::read::{Node, read_case};
use serde::Serialize;

/// Exit status for bad input.
const BAD_INPUT: u8 = 2;

/// Where the facts are, and in which form.
#[derive(Clone, Debug, clap::Args)]
pub struct Options {
    /// A file; `-` or nothing: standard input.
    #[arg(value_name = "FILE")]
    pub file: Option<PathBuf>,
    /// One case a line, one account a line.
    #[arg(long)]
    pub ndjson: bool,
}

/// Something in the input that cannot be used.
#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
pub struct InputProblem {
    /// Line of the input, with `--ndjson`.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub line: Option<usize>,
    /// JSON pointer (RFC 6901) to the value.
    pub pointer: String,
    /// What is wrong with it.
    pub sentence: String,
}

/// Reads, evaluates and prints. Nothing goes to standard output unless all of the input is good;
/// problems go to standard error, one JSON object a line, and the exit status is 2.
pub fn run(options: &Options) -> ExitCode {
    let mut output = Vec::new();
    let problems = match open(options.file.as_deref()) {
        Ok(input) if options.ndjson => evaluate_lines(input, &mut output),
        Ok(input) => evaluate_document(input, &mut output),
        Err(error) => vec![unreadable(&error)],
    };
    let written = if problems.is_empty() {
        io::stdout().lock().write_all(&output)
    } else {
        report(&problems)
    };
    match written {
        Ok(()) if problems.is_empty() => ExitCode::SUCCESS,
        Ok(()) => ExitCode::from(BAD_INPUT),
        Err(_closed_pipe) => ExitCode::FAILURE,
    }
}

fn open(file: Option<&Path>) -> io::Result<Box<dyn BufRead>> {
    match file {
        Some(path) if path != Path::new("-") => Ok(Box::new(BufReader::new(File::open(path)?))),
        _ => Ok(Box::new(BufReader::new(io::stdin()))),
    }
}

fn report(problems: &[InputProblem]) -> io::Result<()> {
    let mut stderr = BufWriter::new(io::stderr().lock());
    for problem in problems {
        serde_json::to_writer(&mut stderr, problem)?;
        writeln!(stderr)?;
    }
    stderr.flush()
}

/// Evaluates one document, an object or an array of them, and appends the answer to `output`.
/// Returns what is wrong; `output` is of use only when nothing is.
pub fn evaluate_document(mut input: impl Read, output: &mut Vec<u8>) -> Vec<InputProblem> {
    let mut text = String::new();
    if let Err(error) = input.read_to_string(&mut text) {
        return vec![unreadable(&error)];
    }
    let node = match serde_json::from_str(&text) {
        Ok(node) => node,
        Err(error) => return vec![not_json(&error, None)],
    };
    let written = match node {
        Node::List(nodes) => {
            let mut problems = Vec::new();
            let mut accounts = Vec::with_capacity(nodes.len());
            for (index, node) in nodes.iter().enumerate() {
                match account(node) {
                    Ok(account) => accounts.push(account),
                    Err(errors) => {
                        problems.extend(input_problems(errors, &format!("/{index}"), None));
                    }
                }
            }
            if !problems.is_empty() {
                return problems;
            }
            numbers::write_pretty(output, &accounts)
        }
        node => match account(&node) {
            Ok(account) => numbers::write_pretty(output, &account),
            Err(errors) => return input_problems(errors, "", None).collect(),
        },
    };
    written.map_err(|error| unreadable(&io::Error::from(error))).err().into_iter().collect()
}

/// Evaluates one case a line and appends one account a line to `output`; blank lines are skipped.
/// Returns what is wrong; `output` is of use only when nothing is.
pub fn evaluate_lines(input: impl BufRead, output: &mut Vec<u8>) -> Vec<InputProblem> {
    let mut problems = Vec::new();
    for (index, line) in input.lines().enumerate() {
        let number = Some(index + 1);
        let line = match line {
            Ok(line) if line.trim().is_empty() => continue,
            Ok(line) => line,
            Err(error) => {
                problems.push(InputProblem { line: number, ..unreadable(&error) });
                break;
            }
        };
        match serde_json::from_str::<Node>(&line) {
            Err(error) => problems.push(not_json(&error, number)),
            Ok(node) => match account(&node) {
                Err(errors) => problems.extend(input_problems(errors, "", number)),
                Ok(account) => {
                    if let Err(error) = numbers::write_line(output, &account) {
                        problems.push(unreadable(&io::Error::from(error)));
                    }
                }
            },
        }
    }
    problems
}

fn account(node: &Node) -> Result<Account, CaseErrors> {
    evaluate(&read_case(node)?)
}

fn input_problems(
    errors: CaseErrors,
    prefix: &str,
    line: Option<usize>,
) -> impl Iterator<Item = InputProblem> {
    errors.0.into_iter().map(move |error| InputProblem {
        line,
        pointer: format!("{prefix}{}", error.pointer),
        sentence: error.problem.to_string(),
    })
}

fn unreadable(error: &io::Error) -> InputProblem {
    let sentence = format!("The input cannot be read: {error}.");
    InputProblem { line: None, pointer: String::new(), sentence }
}

fn not_json(error: &serde_json::Error, line: Option<usize>) -> InputProblem {
    InputProblem { line, pointer: String::new(), sentence: format!("This is not JSON: {error}.") }
}
