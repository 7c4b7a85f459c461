//! The loading side: batches go into the database, straight into an empty register, by way of a
//! staging table into one that has rows.

use std::collections::HashMap;

use chrono::NaiveDate;
use sea_orm::sea_query::{Expr, ExprTrait, Func, Order, Query};
use sea_orm::{ConnectionTrait, DatabaseTransaction, DbErr};
use tokio::sync::mpsc::Receiver;

use super::folder::Folder;
use super::people::{Known, People};
use super::problem::{Code, Problem, Problems};
use super::read::{BATCH_ROWS, Message};
use super::spec::{Presence, REGISTERS};
use crate::db::registers::versions::{self, Merged, VersionColumn, Versions};
use crate::db::registers::{Dataset, FOREVER};

/// What loading found.
#[derive(Debug, Default)]
pub(super) struct Loaded {
    /// New and changed rows of each register.
    pub(super) merged: [Merged; REGISTERS.len()],
    /// Whether the database left a row out because its key was there: a file has one twice.
    pub(super) repeated_keys: bool,
    /// Rows that would replace a version of a later day.
    pub(super) problems: Problems,
}

/// The registers' tables for one import.
pub(super) struct Loader<'a> {
    db: &'a DatabaseTransaction,
    tables: Vec<Versions>,
    staged: [bool; REGISTERS.len()],
    statements: HashMap<(usize, usize), String>,
    /// Whether any version in the database counts from a later day than this import.
    has_newer: bool,
    loaded: Loaded,
}

/// The places in the cache of statements that insert citizens and their CPR numbers.
const CITIZENS: usize = REGISTERS.len();
const CPR_NUMBERS: usize = CITIZENS + 1;

impl<'a> Loader<'a> {
    /// Looks which of the folder's registers have rows, and makes staging tables for those.
    pub(super) async fn new(
        db: &'a DatabaseTransaction,
        folder: &Folder,
        run_id: i32,
        as_of: NaiveDate,
        before: Option<Dataset>,
    ) -> Result<Self, DbErr> {
        let tables: Vec<Versions> = REGISTERS
            .iter()
            .map(|register| {
                let columns = register.columns.iter().map(|column| VersionColumn {
                    name: column.stored_as,
                    kind: column.column_type(),
                    key: column.presence == Presence::Key,
                });
                Versions { table: register.table, columns: columns.collect(), run_id, as_of }
            })
            .collect();
        let mut staged = [false; REGISTERS.len()];
        for file in &folder.files {
            let table = &tables[file.register];
            staged[file.register] = !table.is_empty(db).await?;
            if staged[file.register] {
                table.create_staging(db).await?;
            }
        }
        let has_newer = before.is_some_and(|dataset| dataset.as_of > as_of);
        let (statements, loaded) = (HashMap::new(), Loaded::default());
        Ok(Self { db, tables, staged, statements, has_newer, loaded })
    }

    /// For each register whether its rows are staged.
    pub(super) fn staged(&self) -> [bool; REGISTERS.len()] {
        self.staged
    }

    /// Loads until the reader is done.
    pub(super) async fn load(
        mut self,
        folder: &Folder,
        mut messages: Receiver<Message>,
    ) -> Result<Loaded, DbErr> {
        while let Some(message) = messages.recv().await {
            match message {
                Message::Citizens(values, rows) => {
                    let inserted = self.insert(CITIZENS, values, rows).await?;
                    self.loaded.repeated_keys |= inserted < rows as u64;
                }
                Message::CprNumbers(values, rows) => {
                    // One that she had before is there already.
                    self.insert(CPR_NUMBERS, values, rows).await?;
                }
                Message::Rows(register, values, rows) => {
                    let inserted = self.insert(register, values, rows).await?;
                    self.loaded.repeated_keys |= inserted < rows as u64;
                    if !self.staged[register] {
                        self.loaded.merged[register].new += inserted;
                    }
                }
                Message::End(register, lacking) => self.end(folder, register, &lacking).await?,
            }
        }
        Ok(self.loaded)
    }

    async fn insert(
        &mut self,
        target: usize,
        values: Vec<sea_orm::Value>,
        rows: usize,
    ) -> Result<u64, DbErr> {
        let backend = self.db.get_database_backend();
        let build = || match self.tables.get(target) {
            None if target == CPR_NUMBERS => versions::cpr_numbers_sql(backend, rows),
            None => versions::identities_sql(backend, rows),
            Some(table) if self.staged[target] => table.stage_sql(backend, rows),
            Some(table) => table.insert_sql(backend, rows),
        };
        if rows == BATCH_ROWS {
            let sql = self.statements.entry((target, rows)).or_insert_with(build);
            versions::insert(self.db, sql, values).await
        } else {
            versions::insert(self.db, &build(), values).await
        }
    }

    async fn end(
        &mut self,
        folder: &Folder,
        register: usize,
        lacking: &[&'static str],
    ) -> Result<(), DbErr> {
        self.statements.retain(|(target, _), _| *target != register);
        if !self.staged[register] {
            return Ok(());
        }
        let table = &self.tables[register];
        table.keep(self.db, lacking).await?;
        let file = folder.files.iter().find(|file| file.register == register);
        let newer = if self.has_newer {
            table.newer(self.db, Problems::LIMIT as u64 + 1).await?
        } else {
            Vec::new()
        };
        for newer in newer {
            self.loaded.problems.add(Problem {
                file: file.map(|file| file.name.clone()).unwrap_or_default(),
                line: newer.line.cast_unsigned(),
                column: None,
                value: None,
                code: Code::NewerVersion,
                reason: format!(
                    "the row differs from the version that counts from {}, which is later than \
                     this import's {}; give a later --as-of",
                    newer.valid_from, table.as_of
                ),
            });
        }
        if self.loaded.problems.is_empty() && !self.loaded.repeated_keys {
            self.loaded.merged[register] = table.merge(self.db).await?;
        }
        table.drop_staging(self.db).await
    }
}

/// How many citizens are read from the database at a time.
const PAGE: u64 = 10_000;

/// The citizens of the database.
pub(super) async fn people(db: &DatabaseTransaction) -> Result<People, DbErr> {
    let mut people = People::default();
    let mut last = 0;
    loop {
        let page = Query::select()
            .columns([
                ("citizens", "id"),
                ("citizens", "register_id"),
                ("citizen_facts", "cpr_hash"),
            ])
            .from("citizens")
            .inner_join(
                "citizen_facts",
                Expr::col(("citizen_facts", "citizen_id")).equals(("citizens", "id")),
            )
            .and_where(Expr::col(("citizen_facts", "valid_to")).eq(FOREVER))
            .and_where(Expr::col(("citizens", "id")).gt(last))
            .order_by(("citizens", "id"), Order::Asc)
            .limit(PAGE)
            .take();
        let rows = db.query_all(&page).await?;
        for row in &rows {
            last = row.try_get("", "id")?;
            let (register_id, cpr_hash) =
                (row.try_get("", "register_id")?, row.try_get("", "cpr_hash")?);
            people.know(Known { id: last, register_id, cpr_hash });
        }
        if (rows.len() as u64) < PAGE {
            return Ok(people);
        }
    }
}

/// The number of the next import.
pub(super) async fn next_run(db: &DatabaseTransaction) -> Result<i32, DbErr> {
    let newest =
        Query::select().expr_as(Func::max(Expr::col("id")), "newest").from("import_runs").take();
    let row = db.query_one(&newest).await?;
    let newest: Option<i32> = row.map_or(Ok(None), |row| row.try_get("", "newest"))?;
    Ok(newest.unwrap_or(0) + 1)
}
