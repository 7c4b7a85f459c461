//! `bench`: runs the benchmarks and prints one table each.
//!
//! A benchmark is a program that prints a JSON array of rows on its standard output; each row
//! is an object with the same keys. Peers are measured by the same program in the same run.

use std::fs;
use std::process::{Command, Stdio};

use anyhow::{Context, Result, bail};
use serde_json::Value;

use crate::{process, project};

struct Bench {
    name: &'static str,
    /// The arguments of cargo that run it.
    cargo: &'static [&'static str],
}

/// Every benchmark. Add one here when its program exists.
const BENCHES: [Bench; 1] = [Bench {
    name: "rules",
    cargo: &["run", "--release", "--package", "jobnet-rules", "--example", "bench_evaluate"],
}];

/// Runs the named benchmarks, or all; writes `target/bench/NAME.json`.
///
/// # Errors
/// There is none of that name, or one fails.
pub(crate) fn bench(names: &[&str]) -> Result<()> {
    for name in names {
        if !BENCHES.iter().any(|bench| bench.name == *name) {
            let known: Vec<&str> = BENCHES.iter().map(|bench| bench.name).collect();
            bail!("there is no benchmark `{name}`; there are: {}", known.join(", "));
        }
    }
    let folder = project::target().join("bench");
    fs::create_dir_all(&folder).with_context(|| folder.display().to_string())?;
    for bench in BENCHES.iter().filter(|b| names.is_empty() || names.contains(&b.name)) {
        process::say(&format!("bench {}", bench.name));
        let rows = measure(bench)?;
        let path = folder.join(format!("{}.json", bench.name));
        fs::write(&path, serde_json::to_string_pretty(&rows)?)
            .with_context(|| path.display().to_string())?;
        print!("{}", table(&rows));
        process::say(&format!("written to {}", path.display()));
    }
    Ok(())
}

fn measure(bench: &Bench) -> Result<Vec<Value>> {
    let mut command = Command::new("cargo");
    command.args(bench.cargo).current_dir(project::root());
    let output = command.stdin(Stdio::null()).stderr(Stdio::inherit()).output()?;
    if !output.status.success() {
        bail!("bench {} failed with {}", bench.name, output.status);
    }
    serde_json::from_slice(&output.stdout)
        .with_context(|| format!("bench {} did not print a JSON array of rows", bench.name))
}

/// The rows as a table for the eye: text to the left, numbers to the right.
fn table(rows: &[Value]) -> String {
    let Some(first) = rows.first().and_then(Value::as_object) else {
        return "  no rows\n".to_owned();
    };
    let columns: Vec<&String> = first.keys().collect();
    let cell = |row: &Value, column: &str| match &row[column] {
        Value::Null => "–".to_owned(),
        Value::String(text) => text.clone(),
        Value::Number(n) if n.is_f64() => format!("{:.3}", n.as_f64().unwrap_or_default()),
        other => other.to_string(),
    };
    let mut lines = vec![columns.iter().map(|name| (*name).clone()).collect::<Vec<_>>()];
    lines.extend(rows.iter().map(|row| columns.iter().map(|c| cell(row, c)).collect()));
    let width = |n: usize| lines.iter().map(|line| line[n].chars().count()).max().unwrap_or(0);
    let widths: Vec<usize> = (0..columns.len()).map(width).collect();
    let mut text = String::new();
    for line in &lines {
        for (n, cell) in line.iter().enumerate() {
            let is_text = rows.iter().any(|row| row[columns[n].as_str()].is_string());
            let width = widths[n];
            text +=
                &if is_text { format!("  {cell:<width$}") } else { format!("  {cell:>width$}") };
        }
        text.truncate(text.trim_end().len());
        text.push('\n');
    }
    text
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_table_has_a_line_per_row_and_aligned_columns() {
        let rows = serde_json::json!([
            {"case": "one", "microseconds": 1.5},
            {"case": "fifty-four", "microseconds": 42.25}
        ]);
        let expected = "  case        microseconds
  one                1.500
  fifty-four        42.250
";
        assert_eq!(table(rows.as_array().unwrap()), expected);
    }
}
