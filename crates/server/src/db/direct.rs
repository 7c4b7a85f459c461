//! Connections to a SQLite file that stay open between statements.
//!
//! A pool asks a connection whether it still lives whenever it comes back: a turn to its thread and
//! a task of its own for every statement. A file does not go away, so nothing is asked here, and
//! the connection that was used last is used next, while its thread and its pages are warm.
//!
//! It must not know what the statements say.

use std::fmt;
use std::sync::atomic::{AtomicU32, Ordering};
use std::sync::{Arc, Mutex, MutexGuard, PoisonError};

use sea_orm::prelude::async_trait::async_trait;
use sea_orm::sqlx::query::Query;
use sea_orm::sqlx::sqlite::{Sqlite, SqliteConnectOptions, SqliteConnection};
use sea_orm::sqlx::{self, AssertSqlSafe, ConnectOptions as _, Connection as _};
use sea_orm::{
    ConnAcquireErr, ConnectionTrait, DatabaseConnection, DbBackend, DbErr, ExecResult, QueryResult,
    RuntimeErr, Statement, Values,
};
use sea_query_sqlx::SqlxValues;
use tokio::sync::{Semaphore, SemaphorePermit};

use super::near::{Near, Row};
use super::{Pool, dialect};

/// After so many additions a write-ahead log is some 40 MB long: an addition changes four pages or so.
const FOLDED_AFTER: u32 = 2_500;

/// At most so many connections to one file, each opened when it is first needed.
pub(crate) struct Direct {
    options: SqliteConnectOptions,
    most: u32,
    places: Semaphore,
    idle: Mutex<Vec<SqliteConnection>>,
    near: Option<Near>,
    /// How often something was added near since the write-ahead log was folded into the file.
    added: AtomicU32,
}

impl fmt::Debug for Direct {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("Direct").field("most", &self.most).finish_non_exhaustive()
    }
}

/// A connection in use. It comes back however the statement ends: one whose caller has gone away is
/// finished by the connection's thread before the next one begins.
struct Lent<'a> {
    direct: &'a Direct,
    connection: Option<SqliteConnection>,
    /// Its statement has ended.
    is_done: bool,
    _place: SemaphorePermit<'a>,
}

impl Direct {
    pub(super) fn new(options: SqliteConnectOptions, most: u32) -> Self {
        let places = Semaphore::new(most.try_into().unwrap_or(Semaphore::MAX_PERMITS));
        let (idle, added) = (Mutex::default(), AtomicU32::new(0));
        Self { options, most, places, idle, near: None, added }
    }

    /// The same, to a file as it stands on the disk: single rows are read on the caller's own thread.
    pub(super) fn near(self) -> Self {
        Self { near: Some(Near::new(self.options.get_filename())), ..self }
    }

    /// Where they are read so, they are added so, too, with these pragmas.
    pub(super) fn writing(self, pragmas: &'static [(&'static str, &'static str)]) -> Self {
        Self { near: self.near.map(|near| near.writing(pragmas)), ..self }
    }

    /// Whether single rows are read on the caller's own thread.
    #[cfg(test)]
    pub(super) fn is_near(&self) -> bool {
        self.near.is_some()
    }

    /// What is near, while this is open.
    fn open_near(&self) -> Option<&Near> {
        self.near.as_ref().filter(|_| !self.places.is_closed())
    }

    fn idle(&self) -> MutexGuard<'_, Vec<SqliteConnection>> {
        self.idle.lock().unwrap_or_else(PoisonError::into_inner)
    }

    async fn lend(&self) -> Result<Lent<'_>, DbErr> {
        let closed = |_| DbErr::ConnectionAcquire(ConnAcquireErr::ConnectionClosed);
        let place = self.places.acquire().await.map_err(closed)?;
        let idle = self.idle().pop();
        let connection = match idle {
            Some(connection) => connection,
            None => self.options.connect().await.map_err(unconnected)?,
        };
        Ok(Lent { direct: self, connection: Some(connection), is_done: false, _place: place })
    }

    /// How many connections there are, and how many of them nobody uses.
    pub(super) fn pool(&self) -> Pool {
        let idle = u32::try_from(self.idle().len()).unwrap_or(u32::MAX);
        let free = u32::try_from(self.places.available_permits()).unwrap_or(u32::MAX);
        Pool { open: idle + self.most.saturating_sub(free), idle, ..Pool::default() }
    }

    /// Waits for what runs, then closes. What is asked afterwards fails.
    pub(super) async fn close(&self) -> Result<(), DbErr> {
        let _all = self.places.acquire_many(self.most).await;
        self.places.close();
        if let Some(near) = &self.near {
            near.close();
        }
        let connections = std::mem::take(&mut *self.idle());
        for connection in connections {
            connection.close().await.map_err(unconnected)?;
        }
        Ok(())
    }
}

impl Lent<'_> {
    fn connection(&mut self) -> Result<&mut SqliteConnection, DbErr> {
        let gone = DbErr::ConnectionAcquire(ConnAcquireErr::ConnectionClosed);
        self.connection.as_mut().ok_or(gone)
    }

    /// What a statement came to; a connection whose thread is gone does not come back.
    fn came_to<T>(mut self, result: Result<T, sqlx::Error>) -> Result<T, sqlx::Error> {
        self.is_done = true;
        if matches!(result, Err(sqlx::Error::WorkerCrashed)) {
            self.connection = None;
        }
        result
    }
}

impl Drop for Lent<'_> {
    fn drop(&mut self) {
        if let Some(connection) = self.connection.take() {
            let mut idle = self.direct.idle();
            // One that may still be at work for nobody is used last.
            if self.is_done {
                idle.push(connection);
            } else {
                idle.insert(0, connection);
            }
        }
    }
}

fn unconnected(error: sqlx::Error) -> DbErr {
    DbErr::Conn(RuntimeErr::SqlxError(error.into()))
}

fn unexecuted(error: sqlx::Error) -> DbErr {
    DbErr::Exec(RuntimeErr::SqlxError(error.into()))
}

fn unread(error: sqlx::Error) -> DbErr {
    DbErr::Query(RuntimeErr::SqlxError(error.into()))
}

/// Its plan is kept with the connection, whether it has values or not.
fn query(statement: Statement) -> Query<'static, Sqlite, SqlxValues> {
    let values = statement.values.unwrap_or(Values(Vec::new()));
    sqlx::query_with(AssertSqlSafe(statement.sql), SqlxValues(values))
}

impl Direct {
    /// Whether it was added on the caller's own thread.
    fn add_near(&self, statement: &Statement) -> bool {
        // One of the places, so that whoever closes waits for it.
        let Ok(_place) = self.places.try_acquire() else { return false };
        self.open_near().is_some_and(|near| near.execute(statement).is_ok())
    }

    /// Folding waits for the disk: on a connection's thread, not on the caller's.
    async fn fold_now_and_then(&self) {
        if self.added.fetch_add(1, Ordering::Relaxed) + 1 < FOLDED_AFTER {
            return;
        }
        self.added.store(0, Ordering::Relaxed);
        if let Err(error) = self.execute_unprepared("PRAGMA wal_checkpoint(PASSIVE)").await {
            // It grows a while longer, and is folded when the last connection closes.
            tracing::warn!(%error, "a write-ahead log was not folded into its file");
        }
    }

    async fn execute(&self, statement: Statement) -> Result<ExecResult, DbErr> {
        let mut lent = self.lend().await?;
        let done = query(statement).execute(lent.connection()?).await;
        lent.came_to(done).map(ExecResult::from).map_err(unexecuted)
    }

    async fn execute_unprepared(&self, sql: &str) -> Result<ExecResult, DbErr> {
        let mut lent = self.lend().await?;
        let text = AssertSqlSafe(sql.to_owned());
        let done = sqlx::raw_sql(text).execute(lent.connection()?).await;
        lent.came_to(done).map(ExecResult::from).map_err(unexecuted)
    }

    async fn query_one(&self, statement: Statement) -> Result<Option<QueryResult>, DbErr> {
        let mut lent = self.lend().await?;
        let row = query(statement).fetch_optional(lent.connection()?).await;
        let row = lent.came_to(row).map_err(unread)?;
        Ok(row.map(QueryResult::from))
    }

    async fn query_all(&self, statement: Statement) -> Result<Vec<QueryResult>, DbErr> {
        let mut lent = self.lend().await?;
        let rows = query(statement).fetch_all(lent.connection()?).await;
        let rows = lent.came_to(rows).map_err(unread)?;
        Ok(rows.into_iter().map(QueryResult::from).collect())
    }
}

/// Connections to a database: to a SQLite file directly, to PostgreSQL through its pool.
#[derive(Clone, Debug)]
pub struct Connections(Way);

#[derive(Clone, Debug)]
enum Way {
    Direct(Arc<Direct>),
    Pooled(DatabaseConnection),
}

impl Connections {
    pub(super) fn direct(direct: Direct) -> Self {
        Self(Way::Direct(Arc::new(direct)))
    }

    pub(super) fn pooled(pool: DatabaseConnection) -> Self {
        Self(Way::Pooled(pool))
    }

    /// How many connections there are, and how many of them nobody uses.
    pub(super) fn pool(&self) -> Pool {
        match &self.0 {
            Way::Direct(direct) => direct.pool(),
            Way::Pooled(pool) => dialect::pool(pool),
        }
    }

    /// What `read` makes of the one row that a statement finds by its key: numbers, texts and days
    /// as values. On a SQLite file it is read right here.
    ///
    /// # Errors
    /// When the database or `read` fails.
    pub(crate) async fn find<T>(
        &self,
        statement: Statement,
        read: impl Fn(Row<'_>) -> Result<T, DbErr>,
    ) -> Result<Option<T>, DbErr> {
        if let Way::Direct(direct) = &self.0
            && let Some(near) = direct.open_near()
            && let Ok(found) = near.find(&statement, &read)
        {
            return found.transpose();
        }
        let row = self.query_one_raw(statement).await?;
        row.map(|row| read(Row::Far(&row))).transpose()
    }

    /// Adds a few rows: numbers, texts and flags as values. On a SQLite file it is done right here,
    /// unless somebody else holds it.
    ///
    /// # Errors
    /// When the database fails.
    pub(crate) async fn add(&self, statement: Statement) -> Result<(), DbErr> {
        if let Way::Direct(direct) = &self.0
            && direct.add_near(&statement)
        {
            direct.fold_now_and_then().await;
            return Ok(());
        }
        self.execute_raw(statement).await.map(drop)
    }

    /// Waits for what runs, then closes.
    pub(super) async fn close(self) -> Result<(), DbErr> {
        match self.0 {
            Way::Direct(direct) => direct.close().await,
            Way::Pooled(pool) => pool.close().await,
        }
    }
}

#[async_trait]
impl ConnectionTrait for Connections {
    fn get_database_backend(&self) -> DbBackend {
        match &self.0 {
            Way::Direct(_) => DbBackend::Sqlite,
            Way::Pooled(pool) => pool.get_database_backend(),
        }
    }

    async fn execute_raw(&self, statement: Statement) -> Result<ExecResult, DbErr> {
        match &self.0 {
            Way::Direct(direct) => direct.execute(statement).await,
            Way::Pooled(pool) => pool.execute_raw(statement).await,
        }
    }

    async fn execute_unprepared(&self, sql: &str) -> Result<ExecResult, DbErr> {
        match &self.0 {
            Way::Direct(direct) => direct.execute_unprepared(sql).await,
            Way::Pooled(pool) => pool.execute_unprepared(sql).await,
        }
    }

    async fn query_one_raw(&self, statement: Statement) -> Result<Option<QueryResult>, DbErr> {
        match &self.0 {
            Way::Direct(direct) => direct.query_one(statement).await,
            Way::Pooled(pool) => pool.query_one_raw(statement).await,
        }
    }

    async fn query_all_raw(&self, statement: Statement) -> Result<Vec<QueryResult>, DbErr> {
        match &self.0 {
            Way::Direct(direct) => direct.query_all(statement).await,
            Way::Pooled(pool) => pool.query_all_raw(statement).await,
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    async fn asked(direct: &Direct, sql: &str) -> Result<i32, DbErr> {
        let row = direct.query_one(Statement::from_string(DbBackend::Sqlite, sql)).await?;
        row.unwrap().try_get("", "number")
    }

    #[test]
    fn what_is_not_simply_a_file_is_asked_through_sqlx_alone() {
        let is_near = |url: &str| dialect::sqlite_direct(url, 1).unwrap().is_near();
        assert!(is_near("sqlite:jobnet.db") && is_near("sqlite:/var/a.db?mode=rwc"));
        for url in ["sqlite::memory:", "sqlite:a.db?mode=memory", "sqlite:a.db?vfs=unix"] {
            assert!(!is_near(url), "{url}");
        }
    }

    #[tokio::test]
    async fn a_row_is_added_near_and_the_other_way_alike() {
        let folder = tempfile::tempdir().unwrap();
        let path = folder.path().join("a.db");
        let file = || SqliteConnectOptions::new().filename(&path).create_if_missing(true);
        let near = Direct::new(file(), 1).near().writing(&[("synchronous", "NORMAL")]);
        let (near, far) = (Connections::direct(near), Connections::direct(Direct::new(file(), 1)));
        let table = "PRAGMA journal_mode = WAL; CREATE TABLE t (a integer, b text, c boolean)";
        far.execute_unprepared(table).await.unwrap();
        let row = |text: Option<&str>, flag: bool| Statement {
            sql: "INSERT INTO t VALUES ($1, $2, $3)".to_owned(),
            values: Some(Values(vec![(-7_i64).into(), text.into(), flag.into()])),
            db_backend: DbBackend::Sqlite,
        };
        for connections in [&near, &far] {
            connections.add(row(Some(""), true)).await.unwrap();
            connections.add(row(None, false)).await.unwrap();
        }
        let Way::Direct(direct) = &near.0 else { panic!("not near") };
        assert_eq!(direct.added.load(Ordering::Relaxed), 2);
        let kinds = "SELECT COUNT(DISTINCT quote(a) || quote(b) || quote(c)) AS number FROM t";
        assert_eq!(asked(direct, kinds).await.unwrap(), 2);
        // While somebody else holds the file it is waited for the other way.
        let other = rusqlite::Connection::open(&path).unwrap();
        other.execute_batch("BEGIN IMMEDIATE").unwrap();
        let freed = async { other.execute_batch("COMMIT").unwrap() };
        let (added, ()) = tokio::join!(near.add(row(None, true)), freed);
        added.unwrap();
        assert_eq!(direct.added.load(Ordering::Relaxed), 2);
        assert_eq!(asked(direct, "SELECT COUNT(*) AS number FROM t").await.unwrap(), 5);
        near.clone().close().await.unwrap();
        assert!(near.add(row(None, true)).await.is_err());
    }

    #[tokio::test]
    async fn a_caller_who_goes_away_leaves_the_connection_to_the_next() {
        let folder = tempfile::tempdir().unwrap();
        let file = SqliteConnectOptions::new().filename(folder.path().join("a.db"));
        let direct = Direct::new(file.create_if_missing(true), 1);
        assert_eq!(asked(&direct, "SELECT 1 AS number").await.unwrap(), 1);
        let long = "WITH RECURSIVE n(i) AS (SELECT 1 UNION ALL SELECT i + 1 FROM n WHERE i < 200000) \
                    SELECT MAX(i) AS number FROM n";
        tokio::select! {
            biased;
            _ = asked(&direct, long) => panic!("nobody waited for it"),
            () = std::future::ready(()) => {}
        }
        assert_eq!(asked(&direct, "SELECT 2 AS number").await.unwrap(), 2);
        let pool = direct.pool();
        assert_eq!((pool.open, pool.idle), (1, 1));
        direct.close().await.unwrap();
        assert!(asked(&direct, "SELECT 3 AS number").await.is_err());
    }
}
