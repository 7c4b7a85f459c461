//! The statements that fill a register's table: multi-row inserts, and the set-based merge of
//! staged rows into the versions that are there. Built by SeaQuery, the same for both databases.
//!
//! Must not know of files or of what a column means.

use chrono::NaiveDate;
use sea_orm::sea_query::{
    Alias, BinOper, ColumnDef, ColumnType, Condition, Expr, ExprTrait, Index, InsertStatement,
    OnConflict, Order, Query, SelectStatement, Table,
};
use sea_orm::{ConnectionTrait, DatabaseTransaction, DbBackend, DbErr, Statement, Value, Values};

use super::FOREVER;
use crate::db::dialect;

/// A column of a register's table, as the importer fills it.
#[derive(Clone, Debug)]
pub(crate) struct VersionColumn {
    /// Name in the database.
    pub(crate) name: &'static str,
    /// Type in the staging table.
    pub(crate) kind: ColumnType,
    /// Whether it belongs to the key.
    pub(crate) key: bool,
}

/// A register's table of versions and the import that fills it.
#[derive(Clone, Debug)]
pub(crate) struct Versions {
    pub(crate) table: &'static str,
    pub(crate) columns: Vec<VersionColumn>,
    pub(crate) run_id: i32,
    pub(crate) as_of: NaiveDate,
}

/// A row that cannot be merged: a newer version than the import is in the database.
#[derive(Clone, Copy, Debug)]
pub(crate) struct NewerVersion {
    /// Where the row stands in its file.
    pub(crate) line: i64,
    /// The day from which the version in the database counts.
    pub(crate) valid_from: NaiveDate,
}

/// How many rows a merge found new and changed.
#[derive(Clone, Copy, Debug, Default)]
pub(crate) struct Merged {
    pub(crate) new: u64,
    pub(crate) changed: u64,
}

impl Versions {
    fn names(&self, key: bool) -> impl Iterator<Item = &'static str> {
        self.columns.iter().filter(move |column| column.key == key).map(|column| column.name)
    }

    fn staging(&self) -> Alias {
        Alias::new(format!("staged_{}", self.table))
    }

    /// Whether no version was ever stored.
    pub(crate) async fn is_empty(&self, db: &DatabaseTransaction) -> Result<bool, DbErr> {
        let any = Query::select().expr(Expr::val(1)).from(self.table).limit(1).take();
        Ok(db.query_one(&any).await?.is_none())
    }

    /// The text of a statement that inserts so many rows as current versions; a row whose key was
    /// inserted before is left out. Its parameters are the rows' values, one row after the other.
    pub(crate) fn insert_sql(&self, backend: DbBackend, rows: usize) -> String {
        let columns = self.columns.iter().map(|column| column.name);
        // Part of the text, not parameters: binding is what a bulk insert spends its time on.
        let constants =
            [Expr::cust(self.run_id.to_string()), Expr::cust(format!("'{}'", self.as_of))];
        insert_sql(
            backend,
            Alias::new(self.table),
            columns.chain(["run_id", "valid_from"]),
            self.columns.len(),
            &constants,
            rows,
        )
    }

    /// The same for the staging table; the line in the file is the last value of each row.
    pub(crate) fn stage_sql(&self, backend: DbBackend, rows: usize) -> String {
        let columns = self.columns.iter().map(|column| column.name).chain(["line"]);
        insert_sql(backend, self.staging(), columns, self.columns.len() + 1, &[], rows)
    }

    /// Makes the staging table, visible to this connection only.
    pub(crate) async fn create_staging(&self, db: &DatabaseTransaction) -> Result<(), DbErr> {
        let mut table = Table::create();
        let mut key = Index::create();
        table.table(self.staging()).temporary();
        for column in &self.columns {
            let mut definition = ColumnDef::new_with_type(column.name, column.kind.clone());
            if column.key {
                definition.not_null();
                key.col(column.name);
            }
            table.col(definition);
        }
        table.col(ColumnDef::new("line").big_integer().not_null()).primary_key(&mut key);
        dialect::clustered(&mut table, db.get_database_backend());
        db.execute(&table).await?;
        Ok(())
    }

    /// Takes the staging table away.
    pub(crate) async fn drop_staging(&self, db: &DatabaseTransaction) -> Result<(), DbErr> {
        db.execute(&Table::drop().table(self.staging()).take()).await?;
        Ok(())
    }

    fn same(&self, key: bool) -> Condition {
        self.names(key).fold(Condition::all(), |all, name| {
            let (staged, current) =
                (Expr::col((self.staging(), name)), Expr::col((self.table, name)));
            // The key has no empty values, and only `=` can use its index.
            let operator =
                if key { BinOper::Equal } else { BinOper::Custom("IS NOT DISTINCT FROM") };
            all.add(staged.binary(operator, current))
        })
    }

    /// Staged rows beside their current version. The order of a cross join is kept by SQLite: it
    /// looks every staged row up, however large the register is.
    fn pairs(&self) -> SelectStatement {
        Query::select()
            .from(self.staging())
            .cross_join(self.table)
            .cond_where(self.same(true))
            .and_where(Expr::col((self.table, "valid_to")).eq(FOREVER))
            .take()
    }

    /// Puts into the staged rows what their current versions say in columns of which the file says
    /// nothing.
    pub(crate) async fn keep(
        &self,
        db: &DatabaseTransaction,
        columns: &[&'static str],
    ) -> Result<(), DbErr> {
        if columns.is_empty() {
            return Ok(());
        }
        let mut fill = Query::update();
        fill.table(self.staging());
        for name in columns {
            let known = Query::select()
                .column((self.table, *name))
                .from(self.table)
                .cond_where(self.same(true))
                .and_where(Expr::col((self.table, "valid_to")).eq(FOREVER))
                .take();
            fill.value(*name, Expr::SubQuery(None, Box::new(known.into())));
        }
        db.execute(&fill).await.map(drop)
    }

    /// Staged rows that would replace a version from a later day than the import's, in the order
    /// of the file, at most so many.
    pub(crate) async fn newer(
        &self,
        db: &DatabaseTransaction,
        limit: u64,
    ) -> Result<Vec<NewerVersion>, DbErr> {
        let query = self
            .pairs()
            .column((self.staging(), "line"))
            .column((self.table, "valid_from"))
            .and_where(Expr::col((self.table, "valid_from")).gt(self.as_of))
            .cond_where(self.same(false).not())
            .order_by((self.staging(), "line"), Order::Asc)
            .limit(limit)
            .take();
        let rows = db.query_all(&query).await?;
        rows.iter()
            .map(|row| {
                let (line, valid_from) = (row.try_get("", "line")?, row.try_get("", "valid_from")?);
                Ok(NewerVersion { line, valid_from })
            })
            .collect()
    }

    /// Merges the staged rows: unchanged ones are left alone, changed ones end the current version
    /// and begin another, new ones begin their first.
    pub(crate) async fn merge(&self, db: &DatabaseTransaction) -> Result<Merged, DbErr> {
        let unchanged = Query::select()
            .expr(Expr::val(1))
            .from(self.table)
            .cond_where(self.same(true))
            .and_where(Expr::col((self.table, "valid_to")).eq(FOREVER))
            .cond_where(self.same(false))
            .take();
        let staged_keys = Expr::tuple(self.names(true).map(Expr::col));
        let mut drop_unchanged = Query::delete();
        drop_unchanged.from_table(self.staging()).and_where(Expr::exists(unchanged));
        db.execute(&drop_unchanged).await?;

        let keys = Query::select().columns(self.names(true)).from(self.staging()).take();
        let replace = Query::update()
            .table(self.table)
            .value("valid_to", self.as_of)
            .value("replaced_by", self.run_id)
            .and_where(Expr::col("valid_to").eq(FOREVER))
            .and_where(staged_keys.in_subquery(keys))
            .take();
        let changed = db.execute(&replace).await?.rows_affected();

        let names = || self.columns.iter().map(|column| column.name);
        let rows = Query::select()
            .columns(names())
            .expr(Expr::val(self.run_id))
            .expr(Expr::val(self.as_of))
            .from(self.staging())
            .take();
        let insert = Query::insert()
            .into_table(self.table)
            .columns(names().chain(["run_id", "valid_from"]))
            .select_from(rows)
            .map_err(|error| DbErr::Custom(error.to_string()))?
            .take();
        let inserted = db.execute(&insert).await?.rows_affected();
        Ok(Merged { new: inserted.saturating_sub(changed), changed })
    }
}

/// Runs a statement of [`Versions::insert_sql`] or [`identities_sql`]; the number of rows that
/// were inserted.
pub(crate) async fn insert(
    db: &DatabaseTransaction,
    sql: &str,
    values: Vec<Value>,
) -> Result<u64, DbErr> {
    let statement = Statement {
        sql: sql.to_owned(),
        values: Some(Values(values)),
        db_backend: db.get_database_backend(),
    };
    Ok(db.execute_raw(statement).await?.rows_affected())
}

/// The text that inserts so many citizens: id, register id, public id.
pub(crate) fn identities_sql(backend: DbBackend, rows: usize) -> String {
    let columns = ["id", "register_id", "public_id"];
    insert_sql(backend, Alias::new("citizens"), columns.into_iter(), columns.len(), &[], rows)
}

/// The text that inserts so many sealed CPR numbers: hash, citizen, key id, sealed.
pub(crate) fn cpr_numbers_sql(backend: DbBackend, rows: usize) -> String {
    let columns = ["hash", "citizen_id", "key_id", "sealed"];
    insert_sql(backend, Alias::new("cpr_numbers"), columns.into_iter(), columns.len(), &[], rows)
}

fn insert_sql(
    backend: DbBackend,
    table: Alias,
    columns: impl Iterator<Item = &'static str>,
    parameters: usize,
    constants: &[Expr],
    rows: usize,
) -> String {
    let row = || (0..parameters).map(|_| Expr::val(0)).chain(constants.iter().cloned());
    let mut statement: InsertStatement = Query::insert()
        .into_table(table)
        .columns(columns)
        .on_conflict(OnConflict::new().do_nothing().to_owned())
        .take();
    for _ in 0..rows {
        // As many values as columns, by construction.
        statement.values_panic(row());
    }
    backend.build(&statement).sql
}
