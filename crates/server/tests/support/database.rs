//! Empty databases with the schema, of both kinds.

use std::sync::Arc;
use std::sync::atomic::{AtomicU32, Ordering};
use std::sync::{LazyLock, Mutex, Weak};

use jobnet_server::db::Database;
use tempfile::TempDir;

use super::postgres::Postgres;

/// An empty database; what it lives in goes away with it.
#[derive(Debug)]
pub struct TestDatabase {
    pub database: Database,
    pub url: String,
    /// `sqlite` or `postgres`.
    pub kind: &'static str,
    _folder: Option<TempDir>,
    cluster: Option<Arc<Postgres>>,
}

impl TestDatabase {
    /// The same PostgreSQL database over connections whose statements the server writes down.
    pub async fn listened_to(&self) -> Self {
        let cluster = self.cluster.clone().expect("this one is PostgreSQL");
        cluster.listen_to(&self.url);
        let url = self.url.clone();
        let database = open(url.clone()).await;
        Self { database, url, kind: self.kind, _folder: None, cluster: Some(cluster) }
    }

    /// What was said over them, without the values.
    pub fn statements(&self) -> Vec<String> {
        self.cluster.as_ref().expect("this one is PostgreSQL").statements(&self.url)
    }
}

/// One cluster per test program, as long as a test uses it.
static CLUSTER: LazyLock<Mutex<Weak<Postgres>>> = LazyLock::new(Mutex::default);
static NUMBER: AtomicU32 = AtomicU32::new(0);

async fn open(url: String) -> Database {
    let database = Database::connect(&url, 2).await.expect("connects");
    database.migrate().await.expect("migrates");
    database
}

/// A SQLite file.
pub async fn sqlite() -> TestDatabase {
    let folder = tempfile::tempdir().expect("a temporary folder");
    let url = format!("sqlite:{}", folder.path().join("test.sqlite").display());
    let database = open(url.clone()).await;
    TestDatabase { database, url, kind: "sqlite", _folder: Some(folder), cluster: None }
}

/// A database of a PostgreSQL cluster that this test program shares.
pub async fn postgres() -> TestDatabase {
    let (cluster, url) = {
        // Held while the database is made: PostgreSQL copies one template at a time.
        let mut shared = CLUSTER.lock().expect("no test panicked here");
        let cluster = shared.upgrade().unwrap_or_else(|| {
            let cluster = Arc::new(Postgres::start());
            *shared = Arc::downgrade(&cluster);
            cluster
        });
        let url = cluster.database(&format!("test_{}", NUMBER.fetch_add(1, Ordering::Relaxed)));
        (cluster, url)
    };
    let database = open(url.clone()).await;
    TestDatabase { database, url, kind: "postgres", _folder: None, cluster: Some(cluster) }
}

/// One of each kind.
pub async fn both() -> [TestDatabase; 2] {
    [sqlite().await, postgres().await]
}
