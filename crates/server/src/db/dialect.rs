//! Everything that SQLite and PostgreSQL want differently.

use std::time::Duration;

use chrono::NaiveDate;
use sea_orm::sea_query::{ColumnType, Expr, ExprTrait, Func, TableCreateStatement};
use sea_orm::sqlx::ConnectOptions as _;
use sea_orm::sqlx::sqlite::{SqliteConnectOptions, SqliteJournalMode, SqliteSynchronous};
use sea_orm::{
    ConnectOptions, ConnectionTrait, DatabaseConnection, DatabaseTransaction, DbBackend, DbErr,
    RuntimeErr, SqliteTransactionMode, Statement, TransactionOptions, Value,
};

use super::Pool;
use super::direct::Direct;

/// How long a writer waits for another one.
const BUSY_TIMEOUT: Duration = Duration::from_secs(5);
/// The key of the advisory lock around migrations: arbitrary, the same in every version.
const SCHEMA_LOCK: i64 = 0x6a6f_626e_6574;
/// The key of the advisory lock around imports.
const IMPORT_LOCK: i64 = SCHEMA_LOCK + 1;

/// How much of a SQLite file is read as memory, **bytes**.
pub(super) const MAPPED: (&str, &str) = ("mmap_size", "268435456");

/// How many pages are added to a write-ahead log before it is folded into its file.
const SELDOM_FOLDED: &str = "10000";

/// What the name of a SQLite file's access log has after the name of the file.
const RECORD_SUFFIX: &str = ".access-log";

pub(super) enum Kind {
    Sqlite,
    Postgres,
}

pub(super) fn of_url(url: &str) -> Option<Kind> {
    let scheme = url.split_once(':')?.0;
    match scheme {
        "sqlite" => Some(Kind::Sqlite),
        "postgres" | "postgresql" => Some(Kind::Postgres),
        _ => None,
    }
}

/// The access log is written for every look: folding its write-ahead log into the file, which
/// waits for the disk, happens every 40 MB in place of every 4.
///
/// A commit does not wait for the disk (`synchronous = NORMAL`): when the process dies, nothing is
/// lost; when the power fails, the last entries may be, while their answers had been sent. The chain
/// stays whole then, only shorter: an anchor kept elsewhere shows it. Waiting would cost every look
/// a turn of the disk; where that matters more, PostgreSQL waits (`docs/operations.md`).
pub(super) fn sqlite_record(url: &str) -> Result<Direct, DbErr> {
    // As `tuned` says; and what is added on the caller's thread is not folded there.
    const WRITING: [(&str, &str); 2] = [("synchronous", "NORMAL"), ("wal_autocheckpoint", "0")];
    Ok(sqlite_direct(&sqlite_record_url(url), 2)?.writing(&WRITING))
}

/// For changing its schema.
pub(super) fn sqlite_record_options(url: &str) -> ConnectOptions {
    let mut options = sqlite_options(&sqlite_record_url(url), 1);
    options.connect_lazy(true).min_connections(0);
    options
}

/// For reading, and for adding where [`Direct::writing`] says so.
pub(super) fn sqlite_direct(url: &str, connections: u32) -> Result<Direct, DbErr> {
    let options = url.parse::<SqliteConnectOptions>();
    let options = options.map_err(|error| DbErr::Conn(RuntimeErr::SqlxError(error.into())))?;
    let options =
        tuned(options, SELDOM_FOLDED, SqliteSynchronous::Normal).disable_statement_logging();
    let direct = Direct::new(options, connections);
    // What is in memory no other connection sees, and another `vfs` no other library has.
    let is_special =
        [":memory:", "mode=memory", "vfs="].iter().any(|special| url.contains(special));
    Ok(if is_special { direct } else { direct.near() })
}

pub(super) fn sqlite_options(url: &str, connections: u32) -> ConnectOptions {
    sqlite_connections(url, connections, SELDOM_FOLDED, SqliteSynchronous::Normal)
}

/// Every commit waits for the disk. The connection is made when it is first used.
pub(super) fn sqlite_durable_options(url: &str) -> ConnectOptions {
    let mut options = sqlite_connections(url, 1, "1000", SqliteSynchronous::Full);
    options.min_connections(0);
    options
}

fn sqlite_connections(
    url: &str,
    connections: u32,
    pages: &'static str,
    synchronous: SqliteSynchronous,
) -> ConnectOptions {
    let mut options = ConnectOptions::new(url);
    options
        .max_connections(connections)
        .min_connections(1)
        .sqlx_logging(false)
        // A file needs no ping before each use.
        .test_before_acquire(false)
        .map_sqlx_sqlite_opts(move |sqlite| tuned(sqlite, pages, synchronous));
    options
}

fn tuned(
    options: SqliteConnectOptions,
    pages: &'static str,
    synchronous: SqliteSynchronous,
) -> SqliteConnectOptions {
    options
        .create_if_missing(true)
        .journal_mode(SqliteJournalMode::Wal)
        .synchronous(synchronous)
        .busy_timeout(BUSY_TIMEOUT)
        .foreign_keys(true)
        .statement_cache_capacity(64)
        // Pages are read in place, and a citizen's rows in one go: the rows pass between
        // threads, and waiting for each other costs more than reading.
        .pragma(MAPPED.0, MAPPED.1)
        .pragma("wal_autocheckpoint", pages)
        .row_buffer_size(1024)
}

pub(super) fn postgres_options(url: &str, connections: u32) -> ConnectOptions {
    let mut options = ConnectOptions::new(url);
    options.max_connections(connections).min_connections(1).sqlx_logging(false);
    options
}

/// A transaction that takes SQLite's write lock at once; PostgreSQL ignores the mode.
pub(super) fn write_transaction() -> TransactionOptions {
    TransactionOptions {
        sqlite_transaction_mode: Some(SqliteTransactionMode::Immediate),
        ..TransactionOptions::default()
    }
}

/// Waits until no one else migrates, until the end of the transaction. On SQLite the write
/// transaction itself is the lock.
pub(super) async fn lock_schema(transaction: &DatabaseTransaction) -> Result<(), DbErr> {
    if transaction.get_database_backend() == DbBackend::Postgres {
        transaction
            .execute_unprepared(&format!("SELECT pg_advisory_xact_lock({SCHEMA_LOCK})"))
            .await?;
    }
    Ok(())
}

/// Stores a table's rows in the order of its primary key: on SQLite the key *is* the table then.
pub(super) fn clustered(table: &mut TableCreateStatement, backend: DbBackend) {
    if backend == DbBackend::Sqlite {
        table.extra("WITHOUT ROWID");
    }
}

/// Text that is compared byte by byte, whatever language the database is set to.
pub(super) fn bytewise_text(backend: DbBackend) -> ColumnType {
    match backend {
        DbBackend::Sqlite => ColumnType::Text,
        _ => ColumnType::custom("text COLLATE \"C\""),
    }
}

/// How many connections a pool has, and how many of them nobody uses.
pub(super) fn pool(connection: &DatabaseConnection) -> Pool {
    let (open, idle) = match connection.get_database_backend() {
        DbBackend::Sqlite => {
            let pool = connection.get_sqlite_connection_pool();
            (pool.size(), pool.num_idle())
        }
        _ => {
            let pool = connection.get_postgres_connection_pool();
            (pool.size(), pool.num_idle())
        }
    };
    Pool { open, idle: u32::try_from(idle).unwrap_or(u32::MAX), ..Pool::default() }
}

/// The rows of a select as one text, a JSON array of arrays; null or empty without any. Flags are 0
/// and 1 in SQLite.
pub(crate) fn rows_as_json(backend: DbBackend, columns: &[&'static str]) -> Expr {
    let (row, rows) = match backend {
        DbBackend::Sqlite => ("json_array", "json_group_array"),
        _ => ("json_build_array", "json_agg"),
    };
    let row = Func::cust(row).args(columns.iter().map(|column| Expr::col(*column)));
    Func::cust(rows).arg(row).cast_as("text")
}

/// A day among the values of a bulk insert. SQLite stores its text, which is cheaper to make here than
/// by the formatter that binds days: every second row has one.
pub(crate) fn day_value(backend: DbBackend, day: Option<NaiveDate>) -> Value {
    match backend {
        DbBackend::Sqlite => Value::String(day.map(|day| day.to_string())),
        _ => Value::ChronoDate(day),
    }
}

/// Takes the lock of imports until the end of the transaction; `false`: another import holds it.
/// On SQLite the write transaction itself is the lock.
pub(super) async fn try_lock_import(transaction: &DatabaseTransaction) -> Result<bool, DbErr> {
    if transaction.get_database_backend() != DbBackend::Postgres {
        return Ok(true);
    }
    let sql = format!("SELECT pg_try_advisory_xact_lock({IMPORT_LOCK}) AS taken");
    let row = transaction.query_one_raw(Statement::from_string(DbBackend::Postgres, sql)).await?;
    row.map_or(Ok(false), |row| row.try_get("", "taken"))
}

/// Gives a bulk load more memory for pages (64 MB), so that unsorted rows do not thrash the disk.
pub(super) async fn prepare_bulk_load(transaction: &DatabaseTransaction) -> Result<(), DbErr> {
    if transaction.get_database_backend() == DbBackend::Sqlite {
        transaction.execute_unprepared("PRAGMA cache_size = -65536").await?;
    }
    Ok(())
}

/// What the database says to a row that is not added at the end of a log.
pub(crate) const NOT_AT_THE_END: &str = "rows are added at the end";

/// The statements after which rows of a log can be added at its end and read, but neither changed
/// nor, unless a retention entry (`through_seq`) covers them, taken away.
pub(super) fn append_only(table: &str, backend: DbBackend) -> Vec<String> {
    let uncovered = format!("NOT EXISTS (SELECT 1 FROM {table} WHERE through_seq >= OLD.seq)");
    let message = format!("rows of {table} are only ever added");
    let elsewhere = format!("NEW.seq <> (SELECT COALESCE(MAX(seq), 0) + 1 FROM {table})");
    if backend == DbBackend::Sqlite {
        return vec![
            format!(
                "CREATE TRIGGER {table}_insert BEFORE INSERT ON {table} WHEN {elsewhere} \
                 BEGIN SELECT RAISE(ABORT, '{NOT_AT_THE_END}'); END"
            ),
            format!(
                "CREATE TRIGGER {table}_update BEFORE UPDATE ON {table} \
                 BEGIN SELECT RAISE(ABORT, '{message}'); END"
            ),
            format!(
                "CREATE TRIGGER {table}_delete BEFORE DELETE ON {table} WHEN {uncovered} \
                 BEGIN SELECT RAISE(ABORT, '{message}'); END"
            ),
        ];
    }
    let refuse = format!("RAISE EXCEPTION '{message}'");
    vec![
        format!(
            "CREATE FUNCTION {table}_insert() RETURNS trigger LANGUAGE plpgsql AS \
             $$ BEGIN IF {elsewhere} THEN RAISE EXCEPTION '{NOT_AT_THE_END}'; END IF; \
             RETURN NEW; END $$"
        ),
        format!(
            "CREATE TRIGGER {table}_insert BEFORE INSERT ON {table} \
             FOR EACH ROW EXECUTE FUNCTION {table}_insert()"
        ),
        format!(
            "CREATE FUNCTION {table}_refuse() RETURNS trigger LANGUAGE plpgsql AS \
             $$ BEGIN {refuse}; END $$"
        ),
        format!(
            "CREATE FUNCTION {table}_delete() RETURNS trigger LANGUAGE plpgsql AS \
             $$ BEGIN IF {uncovered} THEN {refuse}; END IF; RETURN OLD; END $$"
        ),
        format!(
            "CREATE TRIGGER {table}_update BEFORE UPDATE ON {table} \
             FOR EACH ROW EXECUTE FUNCTION {table}_refuse()"
        ),
        format!(
            "CREATE TRIGGER {table}_delete BEFORE DELETE ON {table} \
             FOR EACH ROW EXECUTE FUNCTION {table}_delete()"
        ),
        format!(
            "CREATE TRIGGER {table}_truncate BEFORE TRUNCATE ON {table} \
             FOR EACH STATEMENT EXECUTE FUNCTION {table}_refuse()"
        ),
    ]
}

/// The statements after which rows of a table can be added and read, but neither changed nor taken
/// away.
pub(super) fn only_added(table: &str, backend: DbBackend) -> Vec<String> {
    let message = format!("rows of {table} are only ever added");
    let events: &[&str] = match backend {
        DbBackend::Sqlite => &["UPDATE", "DELETE"],
        _ => &["UPDATE", "DELETE", "TRUNCATE"],
    };
    refused(table, &message, events, backend)
}

/// The statements after which rows of a table can be added, read and taken away, but not changed.
pub(super) fn never_changed(table: &str, backend: DbBackend) -> Vec<String> {
    refused(table, &format!("rows of {table} never change"), &["UPDATE"], backend)
}

/// The statements after which these events of a table are refused.
fn refused(table: &str, message: &str, events: &[&str], backend: DbBackend) -> Vec<String> {
    if backend == DbBackend::Sqlite {
        return refusals(table, "1", message, events);
    }
    let mut statements = vec![refuse_function(table, message)];
    for event in events {
        statements.push(format!(
            "CREATE TRIGGER {table}_no_{event} BEFORE {event} ON {table} \
             FOR EACH STATEMENT EXECUTE FUNCTION {table}_refuse()"
        ));
    }
    statements
}

/// The statements after which a table whose rows are only ever added is gone, with what refused changes.
pub(super) fn dropped(table: &str, backend: DbBackend) -> Vec<String> {
    let mut statements = vec![format!("DROP TABLE {table}")];
    if backend != DbBackend::Sqlite {
        statements.push(format!("DROP FUNCTION {table}_refuse()"));
    }
    statements
}

/// The statements after which the key and the protocol of a trial to which anything has happened
/// stay as they are.
pub(super) fn locked_protocols(backend: DbBackend) -> Vec<String> {
    let begun = "EXISTS (SELECT 1 FROM trial_events WHERE trial_id = OLD.id)";
    let message = "a protocol is locked when it is registered";
    let events = ["UPDATE OF id, key, protocol", "DELETE"];
    if backend == DbBackend::Sqlite {
        return refusals("trials", begun, message, &events);
    }
    let mut statements = vec![format!(
        "CREATE FUNCTION trials_refuse() RETURNS trigger LANGUAGE plpgsql AS \
         $$ BEGIN IF {begun} THEN RAISE EXCEPTION '{message}'; END IF; \
         IF TG_OP = 'DELETE' THEN RETURN OLD; END IF; RETURN NEW; END $$"
    )];
    for (number, event) in events.iter().enumerate() {
        statements.push(format!(
            "CREATE TRIGGER trials_locked_{number} BEFORE {event} ON trials \
             FOR EACH ROW EXECUTE FUNCTION trials_refuse()"
        ));
    }
    statements
}

/// SQLite's triggers that refuse these events of rows for which something holds.
fn refusals(table: &str, when: &str, message: &str, events: &[&str]) -> Vec<String> {
    let trigger = |(number, event)| {
        format!(
            "CREATE TRIGGER {table}_refuse_{number} BEFORE {event} ON {table} WHEN {when} \
             BEGIN SELECT RAISE(ABORT, '{message}'); END"
        )
    };
    events.iter().enumerate().map(trigger).collect()
}

/// PostgreSQL's function that refuses whatever a trigger calls it for.
fn refuse_function(table: &str, message: &str) -> String {
    format!(
        "CREATE FUNCTION {table}_refuse() RETURNS trigger LANGUAGE plpgsql AS \
         $$ BEGIN RAISE EXCEPTION '{message}'; END $$"
    )
}

/// The address of the file beside a SQLite database that holds its access log.
fn sqlite_record_url(url: &str) -> String {
    match url.split_once('?') {
        Some((path, parameters)) => format!("{path}{RECORD_SUFFIX}?{parameters}"),
        None => format!("{url}{RECORD_SUFFIX}"),
    }
}

/// Whether the database refused because another writer holds it.
pub(super) fn is_busy(error: &DbErr) -> bool {
    // sqlx gives SQLite's message, not its code, once SeaORM has wrapped it.
    error.to_string().contains("database is locked")
}
