//! `bench`: runs the benchmarks and prints one table each.
//!
//! A benchmark is a program that prints one JSON value on its standard output. Peers are measured
//! by the same program in the same run.

use std::env;
use std::fs;
use std::path::PathBuf;
use std::process::{Command, Stdio};

use anyhow::{Context, Result, bail};
use serde_json::Value;

use crate::{dist, process, project, python, setup, tools};

/// An example program of a crate, built for release.
macro_rules! example {
    ($package:literal, $name:literal) => {
        ["cargo", "run", "--release", "--quiet", "--package", $package, "--example", $name]
    };
}

struct Bench {
    name: &'static str,
    /// What has to be there before it starts. Programs of a folder it names are found first.
    prepare: fn() -> Result<Option<PathBuf>>,
    /// The program and its arguments.
    run: &'static [&'static str],
}

/// Every benchmark. Add one here when its program exists.
const BENCHES: [Bench; 9] = [
    Bench { name: "rules", prepare: nothing, run: &example!("jobnet-rules", "bench_evaluate") },
    Bench { name: "import", prepare: nothing, run: &example!("jobnet-server", "bench_import") },
    Bench { name: "api", prepare: nothing, run: &example!("jobnet-server", "bench_api") },
    Bench {
        name: "caseload",
        prepare: databases,
        run: &example!("jobnet-server", "bench_caseload"),
    },
    Bench { name: "trials", prepare: nothing, run: &example!("jobnet-server", "bench_trials") },
    Bench {
        name: "profiling",
        prepare: nothing,
        run: &example!("jobnet-profiling", "bench_profiling"),
    },
    Bench {
        name: "letters",
        prepare: || python::weasyprint().map(Some),
        run: &example!("jobnet-letters", "bench_letters"),
    },
    Bench { name: "charts", prepare: page, run: &["node", "bench/charts/bench.js"] },
    Bench { name: "page", prepare: page, run: &["node", "bench/page/bench.js"] },
];

fn nothing() -> Result<Option<PathBuf>> {
    Ok(None)
}

/// PostgreSQL.
fn databases() -> Result<Option<PathBuf>> {
    setup::for_tests()?;
    Ok(None)
}

/// The page and the server as they are delivered, a browser, and the peers.
fn page() -> Result<Option<PathBuf>> {
    setup::for_tests()?;
    setup::bench_packages()?;
    dist::build()?;
    Ok(None)
}

/// Runs the named benchmarks, or all; writes `target/bench/NAME.json`. `NAME.PART` measures a part
/// and leaves the others in the file as they are.
///
/// # Errors
/// There is none of that name, or one fails.
pub(crate) fn bench(names: &[&str]) -> Result<()> {
    let asked: Vec<_> =
        names.iter().map(|name| name.split_once('.').unwrap_or((name, ""))).collect();
    for (name, _) in &asked {
        if !BENCHES.iter().any(|bench| bench.name == *name) {
            let known: Vec<&str> = BENCHES.iter().map(|bench| bench.name).collect();
            bail!("there is no benchmark `{name}`; there are: {}", known.join(", "));
        }
    }
    let folder = project::target().join("bench");
    fs::create_dir_all(&folder).with_context(|| folder.display().to_string())?;
    let all = || BENCHES.iter().map(|bench| (bench, ""));
    let chosen = |(name, part)| BENCHES.iter().find(|b| b.name == name).map(|bench| (bench, part));
    let chosen: Vec<_> = asked.into_iter().filter_map(chosen).collect();
    for (bench, part) in if chosen.is_empty() { all().collect() } else { chosen } {
        process::say(&format!("bench {} {part}", bench.name));
        let programs = (bench.prepare)()?;
        let path = folder.join(format!("{}.json", bench.name));
        let earlier = if part.is_empty() { None } else { fs::read(&path).ok() };
        let result = beside(earlier.as_deref(), measure(bench, part, programs)?);
        fs::write(&path, serde_json::to_string_pretty(&result)?)
            .with_context(|| path.display().to_string())?;
        print!("{}", table(&result));
        process::say(&format!("written to {}", path.display()));
    }
    Ok(())
}

/// A result with the parts of an earlier one that it does not have itself.
fn beside(earlier: Option<&[u8]>, result: Value) -> Value {
    match (earlier.and_then(|text| serde_json::from_slice(text).ok()), result) {
        (Some(Value::Object(mut parts)), Value::Object(new)) => {
            parts.extend(new);
            Value::Object(parts)
        }
        (_, result) => result,
    }
}

fn measure(bench: &Bench, part: &str, programs: Option<PathBuf>) -> Result<Value> {
    let [program, arguments @ ..] = bench.run else { bail!("{} has no program", bench.name) };
    let mut command = Command::new(program);
    command.args(arguments).args(Some(part).filter(|part| !part.is_empty()));
    let path = tools::search_path()?;
    let path = env::join_paths(programs.into_iter().chain(env::split_paths(&path)))?;
    command.current_dir(project::root()).env("PATH", path);
    let output = command.stdin(Stdio::null()).stderr(Stdio::inherit()).output()?;
    if !output.status.success() {
        // What it found shows where it fails.
        let found = String::from_utf8_lossy(&output.stdout);
        bail!("bench {} failed with {}\n{found}", bench.name, output.status);
    }
    serde_json::from_slice(&output.stdout)
        .with_context(|| format!("bench {} did not print a JSON value", bench.name))
}

/// A line for each number or word, named by its path, numbers in a column.
fn table(result: &Value) -> String {
    let mut rows = Vec::new();
    flatten("", result, &mut rows);
    let name_width = rows.iter().map(|(name, _)| name.chars().count()).max().unwrap_or(0);
    let value_width = rows.iter().map(|(_, value)| value.chars().count()).max().unwrap_or(0);
    let line = |(name, value): &(String, String)| {
        format!("  {name:<name_width$}  {value:>value_width$}\n")
    };
    rows.iter().map(line).collect()
}

fn flatten(path: &str, value: &Value, rows: &mut Vec<(String, String)>) {
    let below =
        |name: &str| if path.is_empty() { name.to_owned() } else { format!("{path}.{name}") };
    match value {
        Value::Object(fields) => {
            fields.iter().for_each(|(name, value)| flatten(&below(name), value, rows));
        }
        Value::Array(items) => {
            let items = items.iter().enumerate();
            items.for_each(|(at, value)| flatten(&below(&at.to_string()), value, rows));
        }
        Value::String(text) => rows.push((path.to_owned(), text.clone())),
        Value::Number(number) if number.is_f64() => {
            rows.push((path.to_owned(), format!("{:.3}", number.as_f64().unwrap_or_default())));
        }
        other => rows.push((path.to_owned(), other.to_string())),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_part_stands_beside_the_parts_of_an_earlier_run() {
        let new = serde_json::json!({"step": 9});
        let both = beside(Some(br#"{"step": 12, "pointer": 1}"#), new.clone());
        assert_eq!(both, serde_json::json!({"step": 9, "pointer": 1}));
        assert_eq!(beside(Some(b"half a fi"), new.clone()), new);
        assert_eq!(beside(None, new.clone()), new);
    }

    #[test]
    fn every_number_has_a_line_named_by_its_path() {
        let result = serde_json::json!({"small": {"ratio": 1.5}, "unit": "ms", "n": [15, null]});
        let mut lines: Vec<String> = table(&result).lines().map(str::to_owned).collect();
        lines.sort();
        assert_eq!(
            lines,
            [
                "  n.0             15",
                "  n.1           null",
                "  small.ratio  1.500",
                "  unit            ms"
            ]
        );
    }
}
