//! Reading and adding single rows of a SQLite file on the caller's own thread.
//!
//! A connection of sqlx lives on a thread of its own, and a turn there and back takes longer than
//! to read or add a few rows by their key. What is done here must be as short as that: it keeps its
//! caller's thread until it is done.
//!
//! It must not know what the statements say.

use std::path::{Path, PathBuf};
use std::sync::{Mutex, MutexGuard, PoisonError};
use std::time::Duration;

use rusqlite::types::{FromSql, Value as Argument, ValueRef};
use rusqlite::{
    CachedStatement, Connection, ErrorCode, OpenFlags, OptionalExtension, ParamsFromIter,
};
use sea_orm::{DbErr, QueryResult, RuntimeErr, Statement, TryGetable, Value};

use super::dialect::MAPPED;

type Outcome<T> = Result<T, rusqlite::Error>;

/// Statements whose plan a connection keeps.
const PLANS: usize = 32;

/// Connections to one file, opened when they are needed.
pub(super) struct Near {
    path: PathBuf,
    /// What a connection that may write is told first; `None`: none may.
    writing: Option<&'static [(&'static str, &'static str)]>,
    /// `None` once it is closed.
    idle: Mutex<Option<Vec<Connection>>>,
}

/// Why nothing was read or written here: whoever asks does it the other way.
#[derive(Debug)]
pub(super) struct Undone;

impl From<rusqlite::Error> for Undone {
    fn from(_: rusqlite::Error) -> Self {
        Self
    }
}

/// A row from here, or from a connection of sqlx.
#[derive(Clone, Copy)]
pub(crate) enum Row<'a> {
    Near(&'a rusqlite::Row<'a>),
    Far(&'a QueryResult),
}

impl Row<'_> {
    /// A value, counted from 0.
    ///
    /// # Errors
    /// When it is of another kind.
    pub(crate) fn get<T: FromSql + TryGetable>(self, at: usize) -> Result<T, DbErr> {
        match self {
            Self::Near(row) => row.get(at).map_err(of_kind),
            Self::Far(row) => row.try_get_by_index(at),
        }
    }

    /// What `read` makes of a text that may be missing, without a copy of it where that can be.
    ///
    /// # Errors
    /// When it is no text, or `read` fails.
    pub(crate) fn with_text<T>(
        self,
        at: usize,
        read: impl FnOnce(Option<&str>) -> Result<T, DbErr>,
    ) -> Result<T, DbErr> {
        match self {
            Self::Near(row) => {
                let text = match row.get_ref(at).map_err(of_kind)? {
                    ValueRef::Null => None,
                    value => Some(value.as_str().map_err(|error| of_kind(error.into()))?),
                };
                read(text)
            }
            Self::Far(row) => read(row.try_get_by_index::<Option<String>>(at)?.as_deref()),
        }
    }
}

/// Somebody else holds the file, or it must not hold what was to be added.
fn is_refusal(error: &rusqlite::Error) -> bool {
    let refusals = [ErrorCode::DatabaseBusy, ErrorCode::ConstraintViolation];
    error.sqlite_error_code().is_some_and(|code| refusals.contains(&code))
}

/// What is wrong is told by kind only: the value may be about a person.
fn of_kind(error: rusqlite::Error) -> DbErr {
    let what = match error {
        rusqlite::Error::InvalidColumnType(at, name, kind) => format!("{name} ({at}) is {kind}"),
        _ => "a column is not what was asked for".to_owned(),
    };
    DbErr::Query(RuntimeErr::Internal(what))
}

impl Near {
    /// To the file at a path, for reading.
    pub(super) fn new(path: &Path) -> Self {
        Self { path: path.to_owned(), writing: None, idle: Mutex::new(Some(Vec::new())) }
    }

    /// For writing, too, with these pragmas.
    pub(super) fn writing(self, pragmas: &'static [(&'static str, &'static str)]) -> Self {
        Self { writing: Some(pragmas), ..self }
    }

    fn idle(&self) -> MutexGuard<'_, Option<Vec<Connection>>> {
        self.idle.lock().unwrap_or_else(PoisonError::into_inner)
    }

    fn open(&self) -> Result<Connection, Undone> {
        let may = match self.writing {
            Some(_) => OpenFlags::SQLITE_OPEN_READ_WRITE,
            None => OpenFlags::SQLITE_OPEN_READ_ONLY,
        };
        let flags = may | OpenFlags::SQLITE_OPEN_NO_MUTEX;
        let connection = Connection::open_with_flags(&self.path, flags)?;
        // Whoever must wait for the file does not wait on the caller's thread.
        connection.busy_timeout(Duration::ZERO)?;
        for (name, value) in [&MAPPED].into_iter().chain(self.writing.unwrap_or_default()) {
            connection.pragma_update(None, name, value)?;
        }
        connection.set_prepared_statement_cache_capacity(PLANS);
        Ok(connection)
    }

    /// What `read` makes of the first row found, if there is one. What the file refuses (it may be
    /// busy for a moment) is asked the other way.
    pub(super) fn find<T>(
        &self,
        statement: &Statement,
        read: impl Fn(Row<'_>) -> Result<T, DbErr>,
    ) -> Result<Option<Result<T, DbErr>>, Undone> {
        self.with(statement, |statement, values| {
            statement.query_row(values, |row| Ok(read(Row::Near(row)))).optional()
        })
    }

    /// Does what a statement says, all of it or nothing.
    pub(super) fn execute(&self, statement: &Statement) -> Result<(), Undone> {
        self.writing.ok_or(Undone)?;
        self.with(statement, |statement, values| statement.execute(values)).map(drop)
    }

    fn with<T>(
        &self,
        statement: &Statement,
        act: impl FnOnce(&mut CachedStatement<'_>, ParamsFromIter<Vec<Argument>>) -> Outcome<T>,
    ) -> Result<T, Undone> {
        let values = statement.values.iter().flat_map(|values| values.0.iter());
        let values: Vec<Argument> = values.map(argument).collect::<Result<_, _>>()?;
        let idle = self.idle().as_mut().ok_or(Undone)?.pop();
        let connection = idle.map_or_else(|| self.open(), Ok)?;
        let done = connection
            .prepare_cached(&statement.sql)
            .and_then(|mut prepared| act(&mut prepared, rusqlite::params_from_iter(values)));
        // One that has failed is not used again, unless it was only refused.
        if done.as_ref().err().is_none_or(is_refusal)
            && let Some(idle) = self.idle().as_mut()
        {
            idle.push(connection);
        }
        Ok(done?)
    }

    pub(super) fn close(&self) {
        *self.idle() = None;
    }
}

/// A value as sqlx writes it; `Undone` for the kinds nobody asks by.
fn argument(value: &Value) -> Result<Argument, Undone> {
    Ok(match value {
        Value::Int(Some(number)) => Argument::Integer(i64::from(*number)),
        Value::BigInt(Some(number)) => Argument::Integer(*number),
        Value::String(Some(text)) => Argument::Text(text.clone()),
        Value::ChronoDate(Some(day)) => Argument::Text(day.to_string()),
        Value::Bool(Some(flag)) => Argument::Integer(i64::from(*flag)),
        Value::Int(None) | Value::BigInt(None) | Value::String(None) => Argument::Null,
        _ => return Err(Undone),
    })
}

#[cfg(test)]
mod tests {
    use sea_orm::{DbBackend, Values};

    use super::*;

    fn file(folder: &tempfile::TempDir) -> (Connection, Near) {
        let path = folder.path().join("a.db");
        let writer = Connection::open(&path).unwrap();
        let made = "PRAGMA journal_mode = WAL; CREATE TABLE people (id INTEGER PRIMARY KEY, day TEXT, \
                    name TEXT); INSERT INTO people VALUES (7, '2026-11-01', 'Æsel');";
        writer.execute_batch(made).unwrap();
        (writer, Near::new(&path))
    }

    fn by(sql: &str, values: Vec<Value>) -> Statement {
        Statement {
            sql: sql.to_owned(),
            values: Some(Values(values)),
            db_backend: DbBackend::Sqlite,
        }
    }

    fn name(near: &Near, id: i32) -> Option<Option<String>> {
        let statement = by("SELECT name FROM people WHERE id = $1", vec![id.into()]);
        let read = |row: Row<'_>| row.with_text(0, |text| Ok(text.map(str::to_owned)));
        near.find(&statement, read).unwrap().map(Result::unwrap)
    }

    #[test]
    fn a_row_is_read_as_it_was_last_written() {
        let folder = tempfile::tempdir().unwrap();
        let (writer, near) = file(&folder);
        assert_eq!(name(&near, 7), Some(Some("Æsel".to_owned())));
        assert_eq!(name(&near, 8), None);
        writer.execute("UPDATE people SET name = NULL", ()).unwrap();
        assert_eq!(name(&near, 7), Some(None));
        writer.execute("DELETE FROM people", ()).unwrap();
        assert_eq!(name(&near, 7), None);
    }

    #[test]
    fn a_day_and_a_text_are_asked_for_as_sqlx_writes_them() {
        let folder = tempfile::tempdir().unwrap();
        let (_writer, near) = file(&folder);
        let day = chrono::NaiveDate::from_ymd_opt(2026, 11, 1).unwrap();
        let sql = "SELECT id FROM people WHERE day = $1 AND name = $2";
        let found = near.find(&by(sql, vec![day.into(), "Æsel".into()]), |row| row.get::<i32>(0));
        assert_eq!(found.unwrap().unwrap().unwrap(), 7);
    }

    #[test]
    fn what_is_not_read_here_is_left_to_the_other_way() {
        let folder = tempfile::tempdir().unwrap();
        let (_writer, near) = file(&folder);
        let id = |row: Row<'_>| row.get::<i32>(0);
        assert!(near.find(&by("SELECT 1 WHERE 1 = $1", vec![1.5_f64.into()]), id).is_err());
        assert!(near.find(&by("DELETE FROM people RETURNING id", vec![]), id).is_err());
        assert_eq!(name(&near, 7), Some(Some("Æsel".to_owned())));
        near.close();
        assert!(near.find(&by("SELECT 1", vec![]), id).is_err());
    }

    #[test]
    fn rows_are_added_where_that_is_allowed_all_of_them_or_none() {
        let folder = tempfile::tempdir().unwrap();
        let (writer, reading) = file(&folder);
        let sql = "INSERT INTO people VALUES ($1, $2, $3), ($4, $5, $6)";
        let none = || Value::String(None);
        let rows = |first: i32, second: i32| {
            by(sql, vec![first.into(), none(), "Ø".into(), second.into(), none(), none()])
        };
        assert!(reading.execute(&rows(8, 9)).is_err());
        let near = Near::new(&folder.path().join("a.db")).writing(&[("synchronous", "NORMAL")]);
        near.execute(&rows(8, 9)).unwrap();
        assert_eq!(name(&reading, 8), Some(Some("Ø".to_owned())));
        assert_eq!(name(&near, 9), Some(None));
        assert!(near.execute(&rows(10, 7)).is_err(), "7 is taken");
        assert_eq!(name(&reading, 10), None);
        // Nobody waits here for who holds the file.
        writer.execute_batch("BEGIN IMMEDIATE").unwrap();
        assert!(near.execute(&rows(10, 11)).is_err());
        writer.execute_batch("COMMIT").unwrap();
        near.execute(&rows(10, 11)).unwrap();
        near.close();
        assert!(near.execute(&rows(12, 13)).is_err());
    }

    #[test]
    fn a_value_of_another_kind_is_not_told() {
        let folder = tempfile::tempdir().unwrap();
        let (_writer, near) = file(&folder);
        let wrong = near.find(&by("SELECT name FROM people", vec![]), |row| row.get::<i32>(0));
        let said = wrong.unwrap().unwrap().unwrap_err().to_string();
        assert!(said.contains("name") && !said.contains("sel"), "{said}");
    }
}
