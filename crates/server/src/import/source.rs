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
    reader: csv::Reader<Lines>,
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
            .terminator(csv::Terminator::Any(b'\n'))
            .buffer_capacity(1 << 16)
            .from_reader(Lines { file, hash: Sha256::new(), held_return: false, last: b'\n' });
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
        // The record's own position lies before the empty lines above it, so the lines are counted
        // back from its end.
        let breaks = row.as_slice().iter().filter(|byte| **byte == b'\n').count() as u64;
        Ok(Some(self.reader.position().line().saturating_sub(1 + breaks)))
    }
}

/// A text file as lines that all end in a line feed: CRLF loses its carriage return, the last line
/// gains an end. Hashes the bytes as they stand in the file.
struct Lines {
    file: fs::File,
    hash: Sha256,
    /// A carriage return at the end of a chunk: what it is depends on the next one.
    held_return: bool,
    last: u8,
}

impl Read for Lines {
    fn read(&mut self, buffer: &mut [u8]) -> io::Result<usize> {
        loop {
            let held = usize::from(self.held_return);
            if held > 0 {
                buffer[0] = b'\r';
            }
            let read = self.file.read(&mut buffer[held..])?;
            self.hash.update(&buffer[held..held + read]);
            self.held_return = false;
            let mut length = held + read;
            if length == 0 {
                if self.last == b'\n' || buffer.is_empty() {
                    return Ok(0);
                }
                buffer[0] = b'\n';
                length = 1;
            } else if read > 0 {
                length = self.drop_returns(buffer, length);
            }
            if length > 0 {
                self.last = buffer[length - 1];
                return Ok(length);
            }
        }
    }
}

impl Lines {
    /// Drops each carriage return before a line feed; how many bytes are left.
    fn drop_returns(&mut self, buffer: &mut [u8], length: usize) -> usize {
        if !buffer[..length].contains(&b'\r') {
            return length;
        }
        let mut kept = 0;
        for at in 0..length {
            let byte = buffer[at];
            if byte == b'\r' && at + 1 == length {
                self.held_return = true;
            } else if byte != b'\r' || buffer[at + 1] != b'\n' {
                buffer[kept] = byte;
                kept += 1;
            }
        }
        kept
    }
}
