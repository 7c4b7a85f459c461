//! Several servers may start at once.

use jobnet_server::db::Database;

use crate::support::postgres::Postgres;

async fn sixteen_at_once(url: &str) {
    let mut starts = tokio::task::JoinSet::new();
    for _ in 0..16 {
        let url = url.to_owned();
        starts.spawn(async move {
            let database = Database::connect(&url, 1).await.expect("connects");
            database.migrate().await.expect("migrates");
            assert!(database.schema_is_current().await.expect("answers"));
        });
    }
    while let Some(start) = starts.join_next().await {
        start.expect("no start failed");
    }
}

#[tokio::test(flavor = "multi_thread", worker_threads = 4)]
async fn sixteen_migrations_at_once_all_succeed_on_sqlite() {
    let folder = tempfile::tempdir().expect("a temporary folder");
    sixteen_at_once(&format!("sqlite:{}", folder.path().join("new.sqlite").display())).await;
}

#[tokio::test(flavor = "multi_thread", worker_threads = 4)]
async fn sixteen_migrations_at_once_all_succeed_on_postgresql() {
    let cluster = Postgres::start();
    sixteen_at_once(&cluster.database("new")).await;
}

#[tokio::test]
async fn a_schema_that_is_behind_is_noticed() {
    let folder = tempfile::tempdir().expect("a temporary folder");
    let url = format!("sqlite:{}", folder.path().join("new.sqlite").display());
    let database = Database::connect(&url, 1).await.expect("connects");
    assert!(!database.schema_is_current().await.expect("answers"));
}
