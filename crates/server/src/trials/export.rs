//! A trial's data under pseudonyms, as CSV and Parquet, and the codebook of their columns. The
//! pseudonyms are random and of this trial alone; what leads from them to a citizen never leaves the
//! server.
//!
//! Until the trial is closed the order within a day and the places in blocks are left out: who knows
//! them could reckon the next lot.

use std::collections::{BTreeMap, BTreeSet};
use std::fmt;
use std::str::FromStr;
use std::sync::Arc;

use chrono::{DateTime, SecondsFormat};
use chrono_tz::Europe::Copenhagen;
use jobnet_trials::protocol::eligible::Fact;
use jobnet_trials::protocol::life::State;
use parquet::data_type::{ByteArray, ByteArrayType};
use parquet::errors::ParquetError;
use parquet::file::properties::WriterProperties;
use parquet::file::writer::SerializedFileWriter;
use parquet::schema::parser::parse_message_type;
use sea_orm::ConnectionTrait;

use super::store::Stored;
use super::{TrialError, ledger, watch};

/// A file of the export.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct File {
    part: Part,
    format: Format,
}

#[derive(Clone, Copy, Debug, PartialEq, Eq)]
enum Part {
    Assignments,
    Exposures,
    Baseline,
    Codebook,
}

#[derive(Clone, Copy, Debug, PartialEq, Eq)]
enum Format {
    Csv,
    Parquet,
}

const PARTS: [(Part, &str); 4] = [
    (Part::Assignments, "assignments"),
    (Part::Exposures, "exposures"),
    (Part::Baseline, "baseline"),
    (Part::Codebook, "codebook"),
];
const FORMATS: [(Format, &str); 2] = [(Format::Csv, "csv"), (Format::Parquet, "parquet")];

/// There is no such file.
#[derive(Clone, Copy, Debug, PartialEq, Eq, thiserror::Error)]
#[error("there is no such file")]
pub struct NoFile;

impl FromStr for File {
    type Err = NoFile;
    fn from_str(text: &str) -> Result<Self, NoFile> {
        let (part, format) = text.split_once('.').ok_or(NoFile)?;
        let part = PARTS.iter().find(|(_, name)| *name == part).ok_or(NoFile)?.0;
        let format = FORMATS.iter().find(|(_, name)| *name == format).ok_or(NoFile)?.0;
        Ok(Self { part, format })
    }
}

impl fmt::Display for File {
    fn fmt(&self, out: &mut fmt::Formatter<'_>) -> fmt::Result {
        let part = PARTS.iter().find(|(part, _)| *part == self.part).map_or("", |part| part.1);
        let format = FORMATS.iter().find(|(one, _)| *one == self.format).map_or("", |one| one.1);
        write!(out, "{part}.{format}")
    }
}

impl File {
    /// Its media type.
    pub const fn media_type(self) -> &'static str {
        match self.format {
            Format::Csv => "text/csv; charset=utf-8; header=present",
            Format::Parquet => "application/vnd.apache.parquet",
        }
    }
}

/// Columns of the tables, and what they mean: the codebook. Facts are columns of the baseline by
/// their names in the protocol.
const COLUMNS: [(&str, &str, &str); 23] = [
    ("assignments", "unit", "pseudonym of the citizen in this trial"),
    ("assignments", "cluster", "what was drawn by lot for her, if she was not drawn herself"),
    ("assignments", "arm", "arm that was drawn"),
    ("assignments", "stratum", "values of the strata in the protocol's order, each after /"),
    (
        "assignments",
        "seq",
        "place in the list of the stratum, from 0; empty until the trial is closed",
    ),
    ("assignments", "block", "block of the list, from 0; empty until the trial is closed"),
    ("assignments", "position", "place in the block, from 0; empty until the trial is closed"),
    ("assignments", "algorithm", "how the lot was drawn, with its version"),
    ("assignments", "assigned_at", "when, UTC; only the Danish day until the trial is closed"),
    ("assignments", "build", "program that drew the lot"),
    ("exposures", "unit", "pseudonym"),
    (
        "exposures",
        "surface",
        "where it was shown: overview or hours (the account), profile, receipt or checklist",
    ),
    ("exposures", "day", "Danish day on which at least half of it was on screen for a second"),
    (
        "exposures",
        "presentation",
        "how account or profile was really shown; of a receipt its text; of a checklist: given",
    ),
    ("exposures", "framing", "from which side the account was told; empty elsewhere"),
    ("exposures", "text_ids", "names of the texts, separated by spaces"),
    ("exposures", "drawing", "hash of the drawing's specification"),
    ("exposures", "build", "build of the page"),
    ("exposures", "viewport", "narrow, medium or wide window"),
    ("exposures", "shown_at", "when, UTC; only the Danish day until the trial is closed"),
    ("exposures", "opened", "what she opened that day, separated by spaces"),
    ("baseline", "unit", "pseudonym"),
    ("baseline", "(a fact)", "its value when she was enrolled; empty: not known"),
];

/// Facts that name somebody, and so stay in the server.
const KEPT: [&str; 1] = ["caseworker"];

#[derive(Debug, Default)]
struct Table {
    columns: Vec<String>,
    rows: Vec<Vec<Option<String>>>,
}

impl Table {
    fn of(part: &str) -> Self {
        let columns = COLUMNS.iter().filter(|(table, ..)| *table == part);
        Self { columns: columns.map(|(_, name, _)| (*name).to_owned()).collect(), rows: Vec::new() }
    }
}

/// The bytes of a file.
///
/// # Errors
/// When the database fails or holds what cannot be read.
pub async fn export(
    connection: &impl ConnectionTrait,
    stored: &Stored,
    file: File,
) -> Result<Vec<u8>, TrialError> {
    let is_over = matches!(stored.trial.state(), State::Closed | State::Reported);
    let table = match file.part {
        Part::Assignments => assignments(connection, stored.id, is_over).await?,
        Part::Exposures => exposures(connection, stored.id, is_over).await?,
        Part::Baseline => baseline(connection, stored.id).await?,
        Part::Codebook => codebook(),
    };
    match file.format {
        Format::Csv => csv(&table),
        Format::Parquet => parquet(&table).map_err(TrialError::stored),
    }
}

fn time(at: i64, is_over: bool) -> Result<Option<String>, TrialError> {
    let at = DateTime::from_timestamp_millis(at)
        .ok_or_else(|| TrialError::stored("a time that is none"))?;
    Ok(Some(if is_over {
        at.to_rfc3339_opts(SecondsFormat::Millis, true)
    } else {
        at.with_timezone(&Copenhagen).date_naive().to_string()
    }))
}

async fn assignments(
    connection: &impl ConnectionTrait,
    trial: i32,
    is_over: bool,
) -> Result<Table, TrialError> {
    let mut table = Table::of("assignments");
    let number = |number: Option<i32>| number.filter(|_| is_over).map(|number| number.to_string());
    let mut rows = ledger::assignments(connection, trial).await?;
    // In an order that says nothing of when.
    rows.sort_by(|one, other| one.unit.cmp(&other.unit));
    for row in rows {
        table.rows.push(vec![
            Some(row.unit),
            row.cluster,
            Some(row.arm),
            Some(row.stratum),
            number(row.seq),
            number(row.block),
            number(row.position),
            Some(row.algorithm),
            time(row.assigned_at, is_over)?,
            Some(row.build),
        ]);
    }
    Ok(table)
}

async fn exposures(
    connection: &impl ConnectionTrait,
    trial: i32,
    is_over: bool,
) -> Result<Table, TrialError> {
    let mut opened: BTreeMap<(String, String, chrono::NaiveDate), Vec<String>> = BTreeMap::new();
    for row in ledger::openings(connection, trial).await? {
        opened.entry((row.unit, row.surface, row.day)).or_default().push(row.opened);
    }
    let mut table = Table::of("exposures");
    for row in ledger::exposures(connection, trial).await? {
        let texts: Vec<String> = serde_json::from_str(&row.text_ids).map_err(TrialError::stored)?;
        let key = (row.unit.clone(), row.surface.clone(), row.day);
        table.rows.push(vec![
            Some(row.unit),
            Some(row.surface),
            Some(row.day.to_string()),
            Some(row.presentation),
            Some(row.framing),
            Some(texts.join(" ")),
            row.drawing,
            Some(row.build),
            Some(row.viewport),
            time(row.shown_at, is_over)?,
            opened.get(&key).map(|opened| opened.join(" ")),
        ]);
    }
    Ok(table)
}

async fn baseline(connection: &impl ConnectionTrait, trial: i32) -> Result<Table, TrialError> {
    let mut units = Vec::new();
    let mut names = BTreeSet::new();
    for row in ledger::baselines(connection, trial).await? {
        let facts = watch::facts(&row.facts)?;
        names.extend(facts.keys().filter(|name| !KEPT.contains(&name.as_str())).cloned());
        units.push((row.unit, facts));
    }
    let columns = std::iter::once("unit".to_owned()).chain(names.iter().cloned()).collect();
    let rows = units
        .into_iter()
        .map(|(unit, facts)| {
            let values = names.iter().map(|name| {
                facts.get(name).map(|fact| match fact {
                    Fact::Value(value) => value.clone(),
                    Fact::Number(number) => number.to_string(),
                })
            });
            std::iter::once(Some(unit)).chain(values).collect()
        })
        .collect();
    Ok(Table { columns, rows })
}

fn codebook() -> Table {
    let columns = ["table", "column", "meaning"].map(str::to_owned).to_vec();
    let rows = COLUMNS.iter().map(|(table, column, meaning)| {
        [table, column, meaning].map(|text| Some((*text).to_owned())).to_vec()
    });
    Table { columns, rows: rows.collect() }
}

fn csv(table: &Table) -> Result<Vec<u8>, TrialError> {
    let mut writer = csv::Writer::from_writer(Vec::new());
    writer.write_record(&table.columns).map_err(TrialError::stored)?;
    for row in &table.rows {
        let fields = row.iter().map(|field| field.as_deref().unwrap_or_default());
        writer.write_record(fields).map_err(TrialError::stored)?;
    }
    writer.into_inner().map_err(TrialError::stored)
}

/// Every column is text that may be missing: a codebook that programs of all kinds can follow is
/// worth more than narrow types.
fn parquet(table: &Table) -> Result<Vec<u8>, ParquetError> {
    let fields: Vec<String> = table
        .columns
        .iter()
        .map(|name| format!("OPTIONAL BYTE_ARRAY {} (UTF8);", field_name(name)))
        .collect();
    let schema = parse_message_type(&format!("message rows {{ {} }}", fields.join(" ")))?;
    let properties = WriterProperties::builder()
        .set_compression(parquet::basic::Compression::ZSTD(parquet::basic::ZstdLevel::default()))
        .build();
    let mut writer = SerializedFileWriter::new(Vec::new(), Arc::new(schema), Arc::new(properties))?;
    let mut group = writer.next_row_group()?;
    let mut place = 0;
    while let Some(mut column) = group.next_column()? {
        let cells = || table.rows.iter().filter_map(|row| row.get(place));
        let values: Vec<ByteArray> =
            cells().flatten().map(|text| ByteArray::from(text.as_str())).collect();
        let levels: Vec<i16> = cells().map(|cell| i16::from(cell.is_some())).collect();
        column.typed::<ByteArrayType>().write_batch(&values, Some(&levels), None)?;
        column.close()?;
        place += 1;
    }
    group.close()?;
    writer.into_inner()
}

/// The placeholder of the codebook is no name that the format's own grammar can read.
fn field_name(name: &str) -> String {
    name.chars().map(|c| if c.is_ascii_alphanumeric() || c == '_' { c } else { '_' }).collect()
}

#[cfg(test)]
mod tests {
    use parquet::file::reader::{FileReader, SerializedFileReader};
    use parquet::record::Field;

    use super::*;

    #[test]
    fn every_file_has_a_name_and_nothing_else_is_one() {
        for (part, _) in PARTS {
            for (format, _) in FORMATS {
                let file = File { part, format };
                assert_eq!(file.to_string().parse(), Ok(file));
            }
        }
        for name in ["", "assignments", "seeds.csv", "assignments.CSV", "a.b.csv"] {
            assert_eq!(name.parse::<File>(), Err(NoFile), "{name}");
        }
    }

    #[test]
    fn what_is_written_as_parquet_is_read_again() {
        let cell = |text: &str| Some(text.to_owned());
        let table = Table {
            columns: vec!["unit".to_owned(), "fund".to_owned()],
            rows: vec![vec![cell("a"), None], vec![cell("ø\n,"), cell("7")]],
        };
        let bytes = axum::body::Bytes::from(parquet(&table).unwrap());
        let reader = SerializedFileReader::new(bytes).unwrap();
        let rows: Vec<Vec<Option<String>>> = reader
            .get_row_iter(None)
            .unwrap()
            .map(|row| {
                let row = row.unwrap();
                let cells = row.get_column_iter().map(|(_, field)| match field {
                    Field::Str(text) => Some(text.clone()),
                    Field::Null => None,
                    other => panic!("{other:?}"),
                });
                cells.collect()
            })
            .collect();
        assert_eq!(rows, table.rows);
        let text = String::from_utf8(csv(&table).unwrap()).unwrap();
        assert_eq!(text, "unit,fund\na,\n\"ø\n,\",7\n");
    }
}
