//! A trial's data under pseudonyms, as CSV and Parquet, and the codebook of their columns. The
//! pseudonyms are random and of this trial alone; what leads from them to a citizen never leaves the
//! server.
//!
//! Until the trial is closed the arm is told only where nobody can reckon the next one from it
//! (`telling.rs`), and with it what was shown; the order within a day and the places in blocks are left
//! out. What was answered about the account is an outcome: until then that file is refused.

use std::collections::{BTreeMap, BTreeSet};
use std::fmt;
use std::str::FromStr;
use std::sync::Arc;

use chrono::{DateTime, SecondsFormat};
use chrono_tz::Europe::Copenhagen;
use jobnet_api::profile::ReceiptText;
use jobnet_trials::protocol::Protocol;
use jobnet_trials::protocol::eligible::Fact;
use jobnet_trials::protocol::life::State;
use parquet::data_type::{ByteArray, ByteArrayType};
use parquet::errors::ParquetError;
use parquet::file::properties::WriterProperties;
use parquet::file::writer::SerializedFileWriter;
use parquet::schema::parser::parse_message_type;
use sea_orm::ConnectionTrait;

use super::catalogue::{ACCOUNT, RECEIPT};
use super::codebook::{self, Column};
use super::store::Stored;
use super::{TrialError, ledger, telling, watch};
use crate::understanding;

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
    Understanding,
    Codebook,
}

#[derive(Clone, Copy, Debug, PartialEq, Eq)]
enum Format {
    Csv,
    Parquet,
}

const PARTS: [(Part, &str); 5] = [
    (Part::Assignments, "assignments"),
    (Part::Exposures, "exposures"),
    (Part::Baseline, "baseline"),
    (Part::Understanding, "understanding"),
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

#[derive(Debug, Default)]
struct Table {
    columns: Vec<String>,
    rows: Vec<Vec<Option<String>>>,
}

impl Table {
    /// The columns are those of the codebook.
    fn of(part: &str, protocol: &Protocol) -> Self {
        let columns = codebook::columns(protocol).into_iter();
        let columns = columns.filter(|column| column.table == part).map(|column| column.name);
        Self { columns: columns.collect(), rows: Vec::new() }
    }
}

/// The bytes of a file.
///
/// # Errors
/// `NotClosed` when it holds an outcome and the trial is not over; others when the database fails or
/// holds what cannot be read.
pub async fn export(
    connection: &impl ConnectionTrait,
    stored: &Stored,
    file: File,
) -> Result<Vec<u8>, TrialError> {
    let table = match file.part {
        Part::Assignments => assignments(connection, stored).await?,
        Part::Exposures => exposures(connection, stored).await?,
        Part::Baseline => baseline(connection, stored).await?,
        Part::Understanding => answered(connection, stored).await?,
        Part::Codebook => meanings(stored.trial.protocol()),
    };
    match file.format {
        Format::Csv => csv(&table),
        Format::Parquet => parquet(&table).map_err(TrialError::stored),
    }
}

fn is_over(stored: &Stored) -> bool {
    matches!(stored.trial.state(), State::Closed | State::Reported)
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
    stored: &Stored,
) -> Result<Table, TrialError> {
    let mut table = Table::of("assignments", stored.trial.protocol());
    let is_over = is_over(stored);
    let number = |number: Option<i32>| number.filter(|_| is_over).map(|number| number.to_string());
    let rows = ledger::assignments(connection, stored.id).await?;
    let told = telling::told(stored, &rows);
    for row in &rows {
        table.rows.push(vec![
            Some(row.unit.clone()),
            // Of a caseworker it is the name.
            row.cluster.clone().filter(|_| is_over),
            telling::tells(&told, row).then(|| row.arm.clone()),
            Some(row.stratum.clone()),
            number(row.seq),
            number(row.block),
            number(row.position),
            Some(row.algorithm.clone()),
            time(row.assigned_at, is_over)?,
            Some(row.build.clone()),
        ]);
    }
    // In an order that says nothing of when: by pseudonym.
    table.rows.sort();
    Ok(table)
}

async fn exposures(
    connection: &impl ConnectionTrait,
    stored: &Stored,
) -> Result<Table, TrialError> {
    let mut opened: BTreeMap<(String, String, chrono::NaiveDate), Vec<String>> = BTreeMap::new();
    for row in ledger::openings(connection, stored.id).await? {
        opened.entry((row.unit, row.surface, row.day)).or_default().push(row.opened);
    }
    let shown = ledger::exposures(connection, stored.id).await?;
    // Read afterwards: whoever was shown something and is enrolled is among them.
    let assigned = ledger::assignments(connection, stored.id).await?;
    let told = telling::told(stored, &assigned);
    let held_back = assigned.iter().filter(|row| !telling::tells(&told, row));
    let held_back: BTreeSet<&str> = held_back.map(|row| row.unit.as_str()).collect();
    let mut table = Table::of("exposures", stored.trial.protocol());
    // What she was shown tells her arm, and on some surfaces that she was shown anything.
    for row in shown.into_iter().filter(|row| !held_back.contains(row.unit.as_str())) {
        let texts: Vec<String> = serde_json::from_str(&row.text_ids).map_err(TrialError::stored)?;
        let key = (row.unit.clone(), row.surface.clone(), row.day);
        let presentation = presentation(&row.surface, row.presentation);
        table.rows.push(vec![
            Some(row.unit),
            Some(row.surface),
            Some(row.day.to_string()),
            Some(presentation),
            Some(row.framing),
            Some(texts.join(" ")),
            row.drawing,
            Some(row.build),
            Some(row.viewport),
            time(row.shown_at, is_over(stored))?,
            opened.get(&key).map(|opened| opened.join(" ")),
        ]);
    }
    Ok(table)
}

/// How something was shown, as the codebook has it: a text of a receipt by its id, also where a word is
/// stored from before texts had ids.
fn presentation(surface: &str, stored: String) -> String {
    match ReceiptText::named(&stored) {
        Some(text) if surface == RECEIPT => text.id().to_owned(),
        _ => stored,
    }
}

async fn baseline(connection: &impl ConnectionTrait, stored: &Stored) -> Result<Table, TrialError> {
    let mut table = Table::of("baseline", stored.trial.protocol());
    for row in ledger::baselines(connection, stored.id).await? {
        let known = watch::facts(&row.facts)?;
        let values = codebook::facts().map(|name| {
            known.get(name).map(|fact| match fact {
                Fact::Value(value) => value.clone(),
                Fact::Number(number) => number.to_string(),
            })
        });
        table.rows.push(std::iter::once(Some(row.unit)).chain(values).collect());
    }
    Ok(table)
}

/// Only in trials of the account somebody is asked about it.
async fn answered(connection: &impl ConnectionTrait, stored: &Stored) -> Result<Table, TrialError> {
    let protocol = stored.trial.protocol();
    let Some((closed, _)) = stored.trial.closed() else {
        return Err(TrialError::NotClosed(protocol.key.to_string()));
    };
    let mut table = Table::of("understanding", protocol);
    if protocol.surface != ACCOUNT {
        return Ok(table);
    }
    let checks = understanding::of_trial(connection, stored.id, closed).await?;
    for ((unit, asked_on), check) in checks {
        let count = |count: u32| Some(count.to_string()).filter(|_| !check.is_skipped);
        let at = DateTime::from_timestamp(check.answered_at, 0)
            .ok_or_else(|| TrialError::stored("a time that is none"))?;
        table.rows.push(vec![
            Some(unit),
            Some(asked_on.to_string()),
            Some(at.to_rfc3339_opts(SecondsFormat::Secs, true)),
            Some(if check.is_skipped { "yes" } else { "no" }.to_owned()),
            count(check.questions),
            count(check.right),
        ]);
    }
    Ok(table)
}

fn meanings(protocol: &Protocol) -> Table {
    let columns = ["table", "column", "meaning", "unit", "coding"].map(str::to_owned).to_vec();
    let rows = codebook::columns(protocol).into_iter().map(|column| {
        let Column { table, name, meaning, unit, coding } = column;
        vec![
            Some(table.to_owned()),
            Some(name),
            Some(meaning.to_owned()),
            Some(unit.to_owned()).filter(|unit| !unit.is_empty()),
            Some(coding),
        ]
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
    let fields: Vec<String> =
        table.columns.iter().map(|name| format!("OPTIONAL BYTE_ARRAY {name} (UTF8);")).collect();
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
