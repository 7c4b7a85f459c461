//! Rows of a file, one at a time, whatever its format; CSV is read here, Parquet in `parquet`.
//!
//! Gives bytes, not meaning. The hash is of the very bytes that were read.

use std::fs;
use std::io::{self, Read};

use csv::ByteRecord;
use sha2::{Digest, Sha256};

use super::folder::{File, Format, hex};
use super::parquet::ParquetRows;

/// A file that cannot be read further: the rest of a sentence that begins with its name.
#[derive(Debug)]
pub(super) struct Unreadable(pub(super) String);

/// An open file.
pub(super) enum Rows {
    Csv(Box<CsvRows>),
    Parquet(Box<ParquetRows>),
}

impl Rows {
    /// Opens a file and reads its header.
    pub(super) fn open(file: &File) -> Result<Self, Unreadable> {
        Ok(match file.format {
            Format::Csv => Self::Csv(Box::new(CsvRows::open(file)?)),
            Format::Parquet => Self::Parquet(Box::new(ParquetRows::open(file)?)),
        })
    }

    /// The names of the columns, as they stand there.
    pub(super) fn header(&self) -> &ByteRecord {
        match self {
            Self::Csv(rows) => &rows.header,
            Self::Parquet(rows) => rows.header(),
        }
    }

    /// The line of the header; 0 in Parquet, where it has none.
    pub(super) fn header_line(&self) -> u64 {
        match self {
            Self::Csv(_) => 1,
            Self::Parquet(_) => 0,
        }
    }

    /// Reads the next row and says in which line it begins; `None` after the last one.
    pub(super) fn next(&mut self, row: &mut ByteRecord) -> Result<Option<u64>, Unreadable> {
        match self {
            Self::Csv(rows) => rows.next(row),
            Self::Parquet(rows) => rows.next(row),
        }
    }

    /// How far reading is, in bytes of the file.
    pub(super) fn bytes_read(&self) -> u64 {
        match self {
            Self::Csv(rows) => rows.reader.position().byte(),
            Self::Parquet(rows) => rows.bytes_read(),
        }
    }

    /// After the last row: the SHA-256 of the file, in hexadecimal.
    pub(super) fn sha256(self) -> Result<String, Unreadable> {
        match self {
            Self::Csv(rows) => Ok(hex(&rows.reader.into_inner().hash.finalize())),
            Self::Parquet(rows) => Ok(rows.sha256()),
        }
    }
}

/// A CSV file (RFC 4180): a byte order mark, CRLF and empty lines are tolerated.
pub(super) struct CsvRows {
    reader: csv::Reader<Hashing>,
    header: ByteRecord,
}

fn unreadable(error: impl std::fmt::Display) -> Unreadable {
    Unreadable(format!("cannot be read: {error}"))
}

impl CsvRows {
    fn open(file: &File) -> Result<Self, Unreadable> {
        let file = fs::File::open(&file.path).map_err(unreadable)?;
        let mut reader = csv::ReaderBuilder::new()
            .has_headers(false)
            .flexible(true)
            .buffer_capacity(1 << 16)
            .from_reader(Hashing { file, hash: Sha256::new() });
        let mut header = ByteRecord::new();
        if !reader.read_byte_record(&mut header).map_err(unreadable)? {
            return Err(Unreadable("is empty; the first line names the columns".to_owned()));
        }
        Ok(Self { reader, header })
    }

    fn next(&mut self, row: &mut ByteRecord) -> Result<Option<u64>, Unreadable> {
        if !self.reader.read_byte_record(row).map_err(unreadable)? {
            return Ok(None);
        }
        Ok(Some(row.position().map_or(0, csv::Position::line)))
    }
}

/// A file that hashes what is read from it.
struct Hashing {
    file: fs::File,
    hash: Sha256,
}

impl Read for Hashing {
    fn read(&mut self, buffer: &mut [u8]) -> io::Result<usize> {
        let read = self.file.read(buffer)?;
        self.hash.update(&buffer[..read]);
        Ok(read)
    }
}
