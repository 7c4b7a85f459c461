//! The reading pass: every row of every file is parsed and checked, good rows leave in batches.
//!
//! Runs on a thread of its own and knows nothing of the database but who receives the batches.

use csv::ByteRecord;
use sea_orm::{DbBackend, Value};
use tokio::sync::mpsc::Sender;

use super::folder::{File, Folder, hex};
use super::header::Header;
use super::people::{Identity, People};
use super::problem::{Code, Problem, Problems, shown, shown_cpr};
use super::progress::Progress;
use super::source::{Rows, Unreadable};
use super::spec::{Column, Kind, REGISTERS, Register};
use super::value::{self, Cell, Refusal};
use crate::cpr;
use crate::keys::Keyring;

/// How many rows a statement inserts.
pub(super) const BATCH_ROWS: usize = 500;

/// What the reader tells the loader.
pub(super) enum Message {
    /// Citizens who are new: id, register id, public id.
    Citizens(Vec<Value>, usize),
    /// Their CPR numbers: hash, citizen, key id, sealed.
    CprNumbers(Vec<Value>, usize),
    /// Rows of a register.
    Rows(usize, Vec<Value>, usize),
    /// The register's last row was sent; its file says nothing of these columns, by their names in
    /// the database.
    End(usize, Vec<&'static str>),
}

/// A file that was read to its end.
#[derive(Clone, Debug)]
pub(super) struct ReadFile {
    pub(super) register: usize,
    pub(super) name: String,
    pub(super) sha256: String,
    pub(super) rows: u64,
}

/// What the pass found.
#[derive(Debug, Default)]
pub(super) struct Outcome {
    pub(super) problems: Problems,
    pub(super) files: Vec<ReadFile>,
}

/// What the pass must know besides the files.
#[derive(Clone, Debug)]
pub(super) struct Terms {
    /// Whether the folder says that it is made up.
    pub(super) synthetic: bool,
    /// For each register whether its rows are staged, that is carry their line.
    pub(super) staged: [bool; REGISTERS.len()],
    /// What seals CPR numbers.
    pub(super) keys: Keyring,
    /// For which database values are made.
    pub(super) backend: DbBackend,
}

/// What goes into tables beside the register's own.
#[derive(Default)]
struct Identities {
    citizens: Vec<Value>,
    cpr_numbers: Vec<Value>,
}

/// The loader is gone; it knows why.
struct LoaderGone;

/// Reads all files of a folder. Ends early if the loader goes away.
pub(super) fn read(
    folder: &Folder,
    people: &mut People,
    terms: &Terms,
    progress: &mut Progress,
    loader: &Sender<Message>,
) -> Outcome {
    let mut outcome = Outcome::default();
    for file in &folder.files {
        let register = &REGISTERS[file.register];
        progress.begin(&file.name);
        let reader =
            FileReader { file, register, people, terms, loader, outcome: &mut outcome, row: 0 };
        match reader.read(progress) {
            Ok(()) => {}
            Err(Stop::LoaderGone) => return outcome,
            Err(Stop::Unreadable(Unreadable(reason))) => {
                outcome.problems.add(Problem {
                    file: file.name.clone(),
                    line: 0,
                    column: None,
                    value: None,
                    code: Code::File,
                    reason,
                });
            }
        }
    }
    outcome
}

enum Stop {
    LoaderGone,
    Unreadable(Unreadable),
}

impl From<Unreadable> for Stop {
    fn from(reason: Unreadable) -> Self {
        Self::Unreadable(reason)
    }
}

impl From<LoaderGone> for Stop {
    fn from(_: LoaderGone) -> Self {
        Self::LoaderGone
    }
}

struct FileReader<'a> {
    file: &'a File,
    register: &'static Register,
    people: &'a mut People,
    terms: &'a Terms,
    loader: &'a Sender<Message>,
    outcome: &'a mut Outcome,
    row: u64,
}

impl FileReader<'_> {
    fn read(mut self, progress: &mut Progress) -> Result<(), Stop> {
        let mut rows = Rows::open(self.file)?;
        let line = rows.header_line();
        let header = match Header::read(self.register, &self.file.name, rows.header(), line) {
            Ok(header) => header,
            Err(problems) => {
                problems.into_iter().for_each(|problem| self.outcome.problems.add(problem));
                return Ok(());
            }
        };
        let staged = self.terms.staged[self.file.register];
        let width = self.register.columns.len() + usize::from(staged);
        let mut batch = Vec::with_capacity(width * BATCH_ROWS);
        let mut citizens = Identities::default();
        let mut record = ByteRecord::new();
        let mut cells = Vec::with_capacity(self.register.columns.len());
        while let Some(line) = rows.next(&mut record)? {
            self.row += 1;
            if self.parse(&header, &record, line, &mut cells) {
                self.accept(&mut cells, line, &mut batch, &mut citizens, staged);
            } else if let (true, Some(Cell::Text(id))) =
                (self.register.is_citizens(), cells.first())
            {
                // Her row is bad, but she is known: her other rows are not wrong for that.
                self.people.state(id);
            }
            if batch.len() >= width * BATCH_ROWS {
                self.send(&mut batch, &mut citizens, width)?;
                progress.at(rows.bytes_read());
            }
        }
        self.send(&mut batch, &mut citizens, width)?;
        if self.register.is_citizens() {
            let taken = self.people.taken(&self.file.name);
            taken.into_iter().for_each(|problem| self.outcome.problems.add(problem));
        }
        let end = Message::End(self.file.register, header.lacking(self.register));
        self.loader.blocking_send(end).map_err(|_| LoaderGone)?;
        progress.end(self.row);
        self.outcome.files.push(ReadFile {
            register: self.file.register,
            name: self.file.name.clone(),
            sha256: rows.sha256()?,
            rows: self.row,
        });
        Ok(())
    }

    /// Parses and checks a row; whether it is good.
    fn parse(
        &mut self,
        header: &Header,
        record: &ByteRecord,
        line: u64,
        cells: &mut Vec<Cell>,
    ) -> bool {
        cells.clear();
        let Some(fields) = header.fields(record) else {
            let reason = format!(
                "the row has {} fields, the header {}; a comma or a quotation mark is missing or \
                 too many",
                record.len(),
                header.width()
            );
            self.outcome.problems.add(Problem {
                file: self.file.name.clone(),
                line,
                column: None,
                value: None,
                code: Code::Fields,
                reason,
            });
            return false;
        };
        let mut good = true;
        for (column, bytes) in self.register.columns.iter().zip(fields) {
            let cell = value::parse(column, bytes).and_then(|cell| self.known(column, cell));
            match cell {
                Ok(cell) => cells.push(cell),
                Err(refusal) => {
                    cells.push(Cell::Empty);
                    good = false;
                    self.refuse(column, bytes, line, refusal);
                }
            }
        }
        if let Some((place, code, reason)) =
            self.register.check.and_then(|check| check(cells.as_slice()))
        {
            good = false;
            let bytes = header.fields(record).and_then(|mut fields| fields.nth(place));
            let refusal = Refusal { code, reason: reason.to_owned() };
            self.refuse(&self.register.columns[place], bytes.unwrap_or_default(), line, refusal);
        }
        good
    }

    fn refuse(&mut self, column: &Column, bytes: &[u8], line: u64, refusal: Refusal) {
        let cpr = column.kind == Kind::Cpr;
        let value = if cpr { shown_cpr(bytes) } else { shown(bytes) };
        self.outcome.problems.add(Problem {
            file: self.file.name.clone(),
            line,
            column: Some(column.name.to_owned()),
            value: (!bytes.is_empty()).then_some(value),
            code: refusal.code,
            reason: refusal.reason,
        });
    }

    /// Looks citizens up, and CPR numbers in what the folder may hold.
    fn known(&self, column: &Column, cell: Cell) -> Result<Cell, Refusal> {
        match (&cell, column.kind) {
            (Cell::Text(id), Kind::Citizen) if !self.register.is_citizens() => {
                match self.people.find(id) {
                    Some(number) => Ok(Cell::Count(number)),
                    None => Err(Refusal {
                        code: Code::UnknownCitizen,
                        reason: "is a citizen who is neither in citizens nor in the database"
                            .to_owned(),
                    }),
                }
            }
            (Cell::Text(cpr), Kind::Cpr)
                if self.terms.synthetic && !value::cpr_is_synthetic(cpr) =>
            {
                Err(Refusal {
                    code: Code::Cpr,
                    reason: "could belong to a person; in a made-up folder the month is 81 to 92"
                        .to_owned(),
                })
            }
            _ => Ok(cell),
        }
    }

    fn accept(
        &mut self,
        cells: &mut Vec<Cell>,
        line: u64,
        batch: &mut Vec<Value>,
        citizens: &mut Identities,
        staged: bool,
    ) {
        if self.register.is_citizens() && !self.state(cells, line, citizens) {
            return;
        }
        let values = self.register.columns.iter().zip(cells.drain(..));
        let backend = self.terms.backend;
        batch.extend(values.map(|(column, cell)| cell.into_value(column.kind, backend)));
        if staged {
            batch.push(Value::BigInt(Some(line.cast_signed())));
        }
    }

    /// Gives the citizen of a row her number and looks at her CPR number; whether it is hers.
    fn state(&mut self, cells: &mut [Cell], line: u64, citizens: &mut Identities) -> bool {
        let [Cell::Text(register_id), Cell::Text(cpr), ..] = &cells[..] else { return false };
        let (id, new) = match self.people.state(register_id) {
            Identity::Old(id) => (id, false),
            Identity::New(id) => (id, true),
        };
        let hash = self.terms.keys.index(cpr);
        if let Some(first) = self.people.claim(&hash, id, line) {
            let refusal = Refusal {
                code: Code::CprTaken,
                reason: format!("is the CPR number of the citizen in line {first}"),
            };
            let bytes = cpr.clone().into_bytes();
            self.refuse(&self.register.columns[1], &bytes, line, refusal);
            return false;
        }
        if new {
            let mut random = [0_u8; 16];
            if getrandom::fill(&mut random).is_err() {
                return false;
            }
            citizens.citizens.push(Value::Int(Some(id)));
            citizens.citizens.push(Value::String(Some(register_id.clone())));
            citizens.citizens.push(Value::String(Some(hex(&random))));
        }
        if !self.people.has(&hash, id) {
            let Ok(sealed) = self.terms.keys.seal(cpr, &cpr::place(id, &hash)) else {
                return false;
            };
            citizens.cpr_numbers.push(Value::String(Some(hash.clone())));
            citizens.cpr_numbers.push(Value::Int(Some(id)));
            citizens.cpr_numbers.push(Value::String(Some(sealed.key_id)));
            citizens.cpr_numbers.push(Value::Bytes(Some(sealed.bytes)));
        }
        cells[1] = Cell::Text(hash);
        cells[0] = Cell::Count(id);
        true
    }

    /// Sends what was gathered, unless it is in vain: after a problem only staged rows are wanted,
    /// to be compared with the database.
    fn send(
        &mut self,
        batch: &mut Vec<Value>,
        citizens: &mut Identities,
        width: usize,
    ) -> Result<(), LoaderGone> {
        let wanted = self.outcome.problems.is_empty() || self.terms.staged[self.file.register];
        let capacity = batch.capacity();
        let rows = std::mem::replace(batch, Vec::with_capacity(capacity));
        let citizens = std::mem::take(citizens);
        if !wanted {
            return Ok(());
        }
        let Identities { citizens, cpr_numbers } = citizens;
        let (row_count, citizen_count) = (rows.len() / width, citizens.len() / 3);
        let number_count = cpr_numbers.len() / 4;
        if citizen_count > 0 {
            let message = Message::Citizens(citizens, citizen_count);
            self.loader.blocking_send(message).map_err(|_| LoaderGone)?;
        }
        if number_count > 0 {
            let message = Message::CprNumbers(cpr_numbers, number_count);
            self.loader.blocking_send(message).map_err(|_| LoaderGone)?;
        }
        if row_count > 0 {
            let message = Message::Rows(self.file.register, rows, row_count);
            self.loader.blocking_send(message).map_err(|_| LoaderGone)?;
        }
        Ok(())
    }
}
