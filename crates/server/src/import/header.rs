//! The header of a file: which of its columns is which of the register's.

use csv::ByteRecord;

use super::problem::{Code, Problem, shown};
use super::spec::{Column, Register};

/// Where each of a register's columns stands in a file.
#[derive(Debug)]
pub(super) struct Header {
    /// `None`: the file lacks a column that it may lack.
    places: Vec<Option<usize>>,
    width: usize,
}

impl Header {
    /// Finds every column of the register.
    ///
    /// # Errors
    /// When columns are missing that must be there, unknown or doubled: all of them.
    pub(super) fn read(
        register: &Register,
        file: &str,
        header: &ByteRecord,
        line: u64,
    ) -> Result<Self, Vec<Problem>> {
        let mut problems = Vec::new();
        let mut report = |column: Option<&str>, value: Option<String>, reason: &str| {
            problems.push(Problem {
                file: file.to_owned(),
                line,
                column: column.map(str::to_owned),
                value,
                code: Code::Header,
                reason: reason.to_owned(),
            });
        };
        for (place, name) in header.iter().enumerate() {
            if header.iter().take(place).any(|earlier| earlier == name) {
                report(None, Some(shown(name)), "is a column that stands twice in the header");
            } else if !register.columns.iter().any(|column| column.name.as_bytes() == name) {
                let names: Vec<_> = register.columns.iter().map(|column| column.name).collect();
                let reason =
                    format!("is no column of this register; these are {}", names.join(","));
                report(None, Some(shown(name)), &reason);
            }
        }
        let is_there = |column: &Column| header.iter().any(|name| name == column.name.as_bytes());
        // What may be lacking came together: half of it joined to half of what is known is nobody's.
        let has_later = register.columns.iter().any(|column| column.may_lack && is_there(column));
        let mut places = Vec::with_capacity(register.columns.len());
        for column in register.columns {
            match header.iter().position(|name| name == column.name.as_bytes()) {
                None if !column.may_lack || has_later => {
                    report(Some(column.name), None, "the header lacks this column");
                }
                place => places.push(place),
            }
        }
        if problems.is_empty() { Ok(Self { places, width: header.len() }) } else { Err(problems) }
    }

    /// The fields of a row in the register's order; `None` if it is not as wide as the header.
    pub(super) fn fields<'row>(
        &self,
        row: &'row ByteRecord,
    ) -> Option<impl Iterator<Item = &'row [u8]>> {
        let fields = self
            .places
            .iter()
            .map(move |place| place.and_then(|place| row.get(place)).unwrap_or_default());
        (row.len() == self.width).then_some(fields)
    }

    /// The columns that the file lacks, by their names in the database.
    pub(super) fn lacking(&self, register: &Register) -> Vec<&'static str> {
        let columns = register.columns.iter().zip(&self.places);
        columns.filter(|(_, place)| place.is_none()).map(|(column, _)| column.stored_as).collect()
    }

    /// How many fields a row must have.
    pub(super) fn width(&self) -> usize {
        self.width
    }
}
