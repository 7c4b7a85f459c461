//! The database: connecting, transactions and the schema. One code path for SQLite and PostgreSQL.
//!
//! What differs between the two stands in `dialect` and nowhere else.

mod dialect;
mod direct;
pub mod migrations;
mod near;
pub mod registers;

pub(crate) use dialect::{NOT_AT_THE_END, day_value, rows_as_json};
pub use direct::Connections;
pub(crate) use near::Row;

use sea_orm::{
    ConnectOptions, ConnectionTrait, DatabaseConnection, DatabaseTransaction, DbBackend, DbErr,
    TransactionTrait,
};
use sea_orm_migration::MigratorTrait;

use migrations::{Migrator, RecordMigrator};

/// A connected database: on SQLite one writer and a pool of readers, on PostgreSQL one pool.
///
/// The access log of a SQLite database is a second file beside it: what is read must be recorded
/// also while an import holds the first file's one write lock.
#[derive(Clone, Debug)]
pub struct Database {
    writer: DatabaseConnection,
    reader: Connections,
    record: Connections,
    /// For changing the schema of the access log.
    record_schema: DatabaseConnection,
    durable: DatabaseConnection,
}

/// Connections to the database.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub(crate) struct Pool {
    pub(crate) name: &'static str,
    pub(crate) open: u32,
    pub(crate) idle: u32,
}

/// Why a database cannot be used.
#[derive(Debug, thiserror::Error)]
pub enum DatabaseError {
    /// Neither SQLite nor PostgreSQL.
    #[error("the database address must begin with sqlite: or postgres:")]
    UnknownScheme,
    /// The database refused.
    #[error("the database failed: {0}")]
    Database(#[from] DbErr),
}

impl Database {
    /// Connects to `sqlite:PATH` (created when missing) or `postgres://…`.
    ///
    /// # Errors
    /// When the address is of another kind or the database cannot be reached.
    pub async fn connect(url: &str, readers: u32) -> Result<Self, DatabaseError> {
        let open = async |options: ConnectOptions| sea_orm::Database::connect(options).await;
        match dialect::of_url(url).ok_or(DatabaseError::UnknownScheme)? {
            dialect::Kind::Sqlite => {
                let writer = open(dialect::sqlite_options(url, 1)).await?;
                let reader = Connections::direct(dialect::sqlite_direct(url, readers)?);
                let record = Connections::direct(dialect::sqlite_record(url)?);
                let record_schema = open(dialect::sqlite_record_options(url)).await?;
                let durable = open(dialect::sqlite_durable_options(url)).await?;
                Ok(Self { writer, reader, record, record_schema, durable })
            }
            dialect::Kind::Postgres => {
                let pool = open(dialect::postgres_options(url, readers)).await?;
                Ok(Self {
                    writer: pool.clone(),
                    reader: Connections::pooled(pool.clone()),
                    record: Connections::pooled(pool.clone()),
                    record_schema: pool.clone(),
                    durable: pool,
                })
            }
        }
    }

    /// For reading outside a transaction.
    pub fn read(&self) -> &Connections {
        &self.reader
    }

    /// How many connections there are, for each pool.
    pub(crate) fn pools(&self) -> Vec<Pool> {
        let pool = |name, pool: Pool| Pool { name, ..pool };
        match self.reader.get_database_backend() {
            DbBackend::Sqlite => vec![
                pool("read", self.reader.pool()),
                pool("write", dialect::pool(&self.writer)),
                pool("record", self.record.pool()),
            ],
            _ => vec![pool("all", self.reader.pool())],
        }
    }

    /// For the access log.
    pub(crate) fn record(&self) -> &Connections {
        &self.record
    }

    /// Begins a transaction that may write. On SQLite it waits for other writers here, so that it
    /// cannot fail half-way with “database is locked”.
    ///
    /// # Errors
    /// When the database fails, or another writer holds it for longer than the busy timeout.
    pub async fn begin_write(&self) -> Result<DatabaseTransaction, DbErr> {
        self.writer.begin_with_options(dialect::write_transaction()).await
    }

    /// The same, and what is committed survives that the power fails: for what is done outside the
    /// database right after.
    ///
    /// # Errors
    /// As [`Self::begin_write`].
    pub async fn begin_durable(&self) -> Result<DatabaseTransaction, DbErr> {
        self.durable.begin_with_options(dialect::write_transaction()).await
    }

    /// Begins the transaction of an import, fit for bulk loads; `None`: another import, or another
    /// writer that does not end, holds the database.
    ///
    /// # Errors
    /// When the database fails.
    pub async fn begin_import(&self) -> Result<Option<DatabaseTransaction>, DbErr> {
        let transaction = match self.begin_write().await {
            Err(error) if dialect::is_busy(&error) => return Ok(None),
            begun => begun?,
        };
        dialect::prepare_bulk_load(&transaction).await?;
        Ok(dialect::try_lock_import(&transaction).await?.then_some(transaction))
    }

    /// Brings the schema up. Safe when several processes start at once: one of them migrates, the
    /// others wait for it.
    ///
    /// # Errors
    /// When a migration fails; nothing of any pending migration remains then.
    pub async fn migrate(&self) -> Result<(), DbErr> {
        // Nothing to do needs no lock: a start must not wait for an import that is running.
        if self.schema_is_current().await? {
            return Ok(());
        }
        let transaction = self.begin_write().await?;
        dialect::lock_schema(&transaction).await?;
        Migrator::up(&transaction, None).await?;
        transaction.commit().await?;
        let options = dialect::write_transaction();
        let transaction = self.record_schema.begin_with_options(options).await?;
        dialect::lock_schema(&transaction).await?;
        RecordMigrator::up(&transaction, None).await?;
        transaction.commit().await
    }

    /// Whether every migration known to this program has been applied. Also a ping.
    ///
    /// # Errors
    /// When the database cannot be reached.
    pub async fn schema_is_current(&self) -> Result<bool, DbErr> {
        Ok(Migrator::get_pending_migrations_read_only(&self.reader).await?.is_empty()
            && RecordMigrator::get_pending_migrations_read_only(&self.record).await?.is_empty())
    }

    /// Closes the connections; on SQLite this also folds the write-ahead log into the file.
    ///
    /// # Errors
    /// When the database fails.
    pub async fn close(self) -> Result<(), DbErr> {
        self.record.close().await?;
        self.record_schema.close().await?;
        self.durable.close().await?;
        self.reader.close().await?;
        self.writer.close().await
    }
}
