//! A Parquet file of no register, as texts: for commands that read tables of their own.

use std::fs;
use std::path::Path;

use csv::ByteRecord;

use super::folder::{File, Format};
use super::source::Rows;

/// The names of the columns and the rows of a Parquet file, each field as it would stand in CSV.
///
/// # Errors
/// Why it cannot be read: the rest of a sentence that begins with its name.
pub(crate) fn parquet_rows(path: &Path) -> Result<(Vec<String>, Vec<Vec<String>>), String> {
    let bytes = fs::metadata(path).map_err(|error| format!("cannot be read: {error}"))?.len();
    let file = File {
        register: 0,
        name: path.display().to_string(),
        path: path.to_owned(),
        format: Format::Parquet,
        bytes,
    };
    let mut rows = Rows::open(&file).map_err(|unreadable| unreadable.0)?;
    let header = texts(rows.header())?;
    let (mut all, mut row) = (Vec::new(), ByteRecord::new());
    while rows.next(&mut row).map_err(|unreadable| unreadable.0)?.is_some() {
        all.push(texts(&row)?);
    }
    Ok((header, all))
}

fn texts(row: &ByteRecord) -> Result<Vec<String>, String> {
    let text = |field: &[u8]| String::from_utf8(field.to_vec());
    row.iter()
        .map(text)
        .collect::<Result<_, _>>()
        .map_err(|_| "holds a text that is no UTF-8".into())
}
