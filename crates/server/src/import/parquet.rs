//! Rows of a Parquet file, each field written as it would stand in CSV, so that one parser reads
//! both.

use std::fs;
use std::io;

use csv::ByteRecord;
use parquet::basic::ConvertedType;
use parquet::file::reader::{FileReader, SerializedFileReader};
use parquet::record::{Field, Row, reader::RowIter};
use sha2::{Digest, Sha256};

use super::folder::{File, hex};
use super::source::Unreadable;

/// A Parquet file with flat columns.
pub(super) struct ParquetRows {
    header: ByteRecord,
    rows: RowIter<'static>,
    read: u64,
    total: u64,
    bytes: u64,
    sha256: String,
}

fn unreadable(error: impl std::fmt::Display) -> Unreadable {
    Unreadable(format!("cannot be read as Parquet: {error}"))
}

impl ParquetRows {
    pub(super) fn open(file: &File) -> Result<Self, Unreadable> {
        let mut bytes = fs::File::open(&file.path).map_err(unreadable)?;
        let mut hash = HashWriter(Sha256::new());
        io::copy(&mut bytes, &mut hash).map_err(unreadable)?;
        let reader = SerializedFileReader::new(bytes).map_err(unreadable)?;
        let metadata = reader.metadata().file_metadata();
        let mut header = ByteRecord::new();
        for column in metadata.schema().get_fields() {
            if !column.is_primitive() {
                let name = column.name();
                return Err(Unreadable(format!("has a nested column “{name}”; all must be flat")));
            }
            // An interval has no form in CSV.
            if column.get_basic_info().converted_type() == ConvertedType::INTERVAL {
                let name = column.name();
                return Err(Unreadable(format!("has a column “{name}” of intervals")));
            }
            header.push_field(column.name().as_bytes());
        }
        let total = u64::try_from(metadata.num_rows()).unwrap_or(0);
        let rows = RowIter::from_file_into(Box::new(reader));
        let sha256 = hex(&hash.0.finalize());
        Ok(Self { header, rows, read: 0, total, bytes: file.bytes, sha256 })
    }

    pub(super) fn header(&self) -> &ByteRecord {
        &self.header
    }

    pub(super) fn next(&mut self, row: &mut ByteRecord) -> Result<Option<u64>, Unreadable> {
        let Some(fields) = self.rows.next() else { return Ok(None) };
        self.read += 1;
        row.clear();
        write_row(&fields.map_err(unreadable)?, row);
        Ok(Some(self.read))
    }

    pub(super) fn bytes_read(&self) -> u64 {
        // Rows are about equally long, and progress needs no more than that.
        self.bytes.saturating_mul(self.read) / self.total.max(1)
    }

    pub(super) fn sha256(self) -> String {
        self.sha256
    }
}

fn write_row(fields: &Row, row: &mut ByteRecord) {
    for (_, field) in fields.get_column_iter() {
        match field {
            Field::Null => row.push_field(b""),
            Field::Str(text) => row.push_field(text.as_bytes()),
            Field::Bytes(bytes) => row.push_field(bytes.data()),
            Field::Bool(flag) => row.push_field(if *flag { b"true" } else { b"false" }),
            // The shortest text that is this number, never with an exponent.
            Field::Double(number) => row.push_field(number.to_string().as_bytes()),
            Field::Float(number) => row.push_field(number.to_string().as_bytes()),
            Field::Date(days) => row.push_field(day(*days).as_bytes()),
            other => row.push_field(other.to_string().as_bytes()),
        }
    }
}

/// Days since 1970 as a date; as a number if it is none that a calendar has.
fn day(days: i32) -> String {
    let date = chrono::NaiveDate::from_num_days_from_ce_opt(days.saturating_add(719_163));
    date.map_or_else(|| days.to_string(), |date| date.to_string())
}

struct HashWriter(Sha256);

impl io::Write for HashWriter {
    fn write(&mut self, bytes: &[u8]) -> io::Result<usize> {
        self.0.update(bytes);
        Ok(bytes.len())
    }

    fn flush(&mut self) -> io::Result<()> {
        Ok(())
    }
}
