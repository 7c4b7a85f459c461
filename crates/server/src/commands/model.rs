//! `jobnet-server model`: making models from tables, and measuring them. It must not know of the
//! database: what a model is and says is for `jobnet_profiling`.

use std::fs::{self, File};
use std::io::{BufWriter, Write};
use std::path::{Path, PathBuf};

use anyhow::{Context, anyhow};
use jobnet_profiling::columns;
use jobnet_profiling::measured::{measure, measure_columns};
use jobnet_profiling::model::Model;
use jobnet_profiling::people::{self, Person, Schema, form_columns};
use jobnet_profiling::recipe::Recipe;
use jobnet_profiling::synthetic;

use super::say;
use crate::import::parquet_rows;

/// What to do with models.
#[derive(Clone, Debug, clap::Subcommand)]
pub enum Command {
    /// Write a table of made-up people with their answers, and its schema beside it: same seed, same
    /// bytes.
    Sample {
        /// How many.
        #[arg(long)]
        citizens: u32,
        /// The seed.
        #[arg(long)]
        seed: u64,
        /// The table (CSV); the schema gets the same name and `.schema.json`.
        #[arg(long)]
        out: PathBuf,
    },
    /// Make a model from a table as a recipe says, and print it.
    Train {
        /// The recipe (JSON).
        recipe: PathBuf,
        /// Which table.
        #[command(flatten)]
        table: Table,
    },
    /// Measure a model on a table that it was not made from, and print the measures: of a model of
    /// shares how good they are, of a tree whom it flags, and of whom either says nothing.
    Evaluate {
        /// The file of the model.
        model: PathBuf,
        /// Which table.
        #[command(flatten)]
        table: Table,
    },
}

/// A table of people.
#[derive(Clone, Debug, clap::Args)]
pub struct Table {
    /// The table: CSV with a header, or Parquet where the name ends so.
    #[arg(long)]
    pub(super) table: PathBuf,
    /// What its columns mean (JSON); nothing: what `model sample` writes.
    #[arg(long)]
    pub(super) schema: Option<PathBuf>,
}

/// Carries it out.
///
/// # Errors
/// When a file cannot be read or written, or holds what cannot be used: which, where and why.
pub fn run(command: &Command) -> anyhow::Result<()> {
    match command {
        Command::Sample { citizens, seed, out } => sample(*citizens, *seed, out)?,
        Command::Train { recipe, table } => {
            let (path, recipe) = (recipe, text(recipe)?);
            let people = table.people()?;
            if is_of_columns(&recipe) {
                let recipe: columns::Recipe = parsed(&recipe, path)?;
                say(&serde_json::to_string_pretty(&recipe.make(&people)?)?);
            } else {
                let recipe: Recipe = parsed(&recipe, path)?;
                say(&serde_json::to_string_pretty(&recipe.make(&people)?)?);
            }
        }
        Command::Evaluate { model, table } => {
            let (path, file) = (model, text(model)?);
            let people = table.people()?;
            let what = || format!("{} is no model", path.display());
            let measured = if is_of_columns(&file) {
                measure_columns(&columns::Model::read(&file).with_context(what)?, &people)?
            } else {
                measure(&Model::read(&file).with_context(what)?, &people)?
            };
            say(&serde_json::to_string_pretty(&measured)?);
        }
    }
    Ok(())
}

fn sample(citizens: u32, seed: u64, out: &Path) -> anyhow::Result<()> {
    let file = File::create(out).with_context(|| out.display().to_string())?;
    let mut writer = csv::Writer::from_writer(BufWriter::new(file));
    let columns = form_columns();
    writer.write_record(columns.iter().map(|(name, _)| name))?;
    for person in synthetic::people(citizens, seed) {
        writer.write_record(columns.iter().map(|(_, role)| person.field(role)))?;
    }
    writer.flush()?;
    let schema = out.with_extension("schema.json");
    let mut file = File::create(&schema).with_context(|| schema.display().to_string())?;
    serde_json::to_writer_pretty(&mut file, &Schema::form())?;
    writeln!(file)?;
    say(&format!("{citizens} made-up people in {}", out.display()));
    Ok(())
}

impl Table {
    pub(super) fn people(&self) -> anyhow::Result<Vec<Person>> {
        let schema = match &self.schema {
            Some(path) => json(path)?,
            None => Schema::form(),
        };
        let name = || self.table.display().to_string();
        if self.table.extension().is_some_and(|kind| kind.eq_ignore_ascii_case("parquet")) {
            let read = parquet_rows(&self.table);
            let (header, rows) = read.map_err(|why| anyhow!("{} {why}", name()))?;
            let header: Vec<&str> = header.iter().map(String::as_str).collect();
            let rows = rows.iter().map(|row| row.iter().map(String::as_str).collect());
            return people::read(&schema, &header, rows).with_context(name);
        }
        let mut reader = csv::Reader::from_path(&self.table).with_context(name)?;
        let header = reader.headers().with_context(name)?.clone();
        let header: Vec<&str> = header.iter().collect();
        let rows = reader.records().collect::<Result<Vec<_>, _>>().with_context(name)?;
        let rows = rows.iter().map(|row| row.iter().collect());
        people::read(&schema, &header, rows).with_context(name)
    }
}

/// Whether a file is of a model of columns, or of its recipe.
fn is_of_columns(file: &str) -> bool {
    let value: Result<serde_json::Value, _> = serde_json::from_str(file);
    value.is_ok_and(|value| value.get("of").is_some())
}

fn text(path: &Path) -> anyhow::Result<String> {
    fs::read_to_string(path).with_context(|| path.display().to_string())
}

fn json<T: serde::de::DeserializeOwned>(path: &Path) -> anyhow::Result<T> {
    parsed(&text(path)?, path)
}

fn parsed<T: serde::de::DeserializeOwned>(text: &str, path: &Path) -> anyhow::Result<T> {
    serde_json::from_str(text).with_context(|| path.display().to_string())
}
