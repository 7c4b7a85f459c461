//! The record: nothing personal is answered that is not in it, and nobody changes it unnoticed.

use axum::http::StatusCode;
use chrono::{DateTime, TimeDelta, Utc};
use jobnet_server::caseload::refresh;
use jobnet_server::db::Database;
use jobnet_server::record::{Anchor, Break, Expired, Verified, expire, verify};
use sea_orm::sqlx::{self, FromRow};
use serde_json::{Value, json};
use sha2::{Digest, Sha256};

use crate::support::database::{TestDatabase, both, sqlite};
use crate::support::extracts::day;
use crate::support::server::{START, Serve, TestServer};

const RETENTION: &str = "SELECT handle, purpose, criterion, through_seq FROM access_log";
pub(crate) const LOG: &str = "/api/v1/me/access-log";

/// A connection of an intruder: past the program, straight into the database.
pub(crate) enum Intruder {
    Sqlite(sqlx::SqlitePool),
    Postgres(sqlx::PgPool),
}

impl Intruder {
    pub(crate) async fn break_in(database: &TestDatabase) -> Self {
        match database.kind {
            "sqlite" => {
                let url = format!("{}.access-log", database.url);
                Self::Sqlite(sqlx::SqlitePool::connect(&url).await.expect("connects"))
            }
            _ => Self::Postgres(sqlx::PgPool::connect(&database.url).await.expect("connects")),
        }
    }

    pub(crate) async fn run(&self, sql: &'static str) -> Result<u64, sqlx::Error> {
        match self {
            Self::Sqlite(pool) => Ok(sqlx::query(sql).execute(pool).await?.rows_affected()),
            Self::Postgres(pool) => Ok(sqlx::query(sql).execute(pool).await?.rows_affected()),
        }
    }

    /// Number, pseudonym, category and whether it was let through, of each line about a citizen; the
    /// newest first.
    pub(crate) async fn lines_about(&self, citizen: i32) -> Vec<(i64, String, String, bool)> {
        const SQL: &str = "SELECT seq, handle, category, allowed FROM access_log \
             WHERE citizen_id = $1 ORDER BY seq DESC";
        let lines = match self {
            Self::Sqlite(pool) => sqlx::query_as(SQL).bind(citizen).fetch_all(pool).await,
            Self::Postgres(pool) => sqlx::query_as(SQL).bind(citizen).fetch_all(pool).await,
        };
        lines.expect("reads")
    }

    /// Runs it without the triggers.
    pub(crate) async fn force(&self, sql: &'static str) {
        let triggers: &[&'static str] = match self {
            Self::Sqlite(_) => {
                &["DROP TRIGGER access_log_update", "DROP TRIGGER access_log_delete"]
            }
            Self::Postgres(_) => &["ALTER TABLE access_log DISABLE TRIGGER ALL"],
        };
        for trigger in triggers {
            self.run(trigger).await.expect("disarms");
        }
        assert!(self.run(sql).await.expect("tampers") > 0, "{sql}");
    }
}

async fn verified(database: &Database) -> Verified {
    verify(database, None).await.expect("reads").expect("the chain holds")
}

async fn broken(database: &Database) -> Break {
    verify(database, None).await.expect("reads").expect_err("the chain is broken")
}

/// A server on which her account was looked at so many times by herself.
pub(crate) async fn looked_at(database: TestDatabase, times: usize) -> (TestServer, String) {
    let server = TestServer::filled(database).await;
    let cookie = server.sign_in("citizen-full-time").await;
    for _ in 0..times {
        server.get("/api/v1/me/account", &[("cookie", &cookie)]).await;
    }
    (server, cookie)
}

#[tokio::test]
async fn every_look_is_in_the_record_and_its_citizen_can_read_it() {
    for database in both().await {
        let (server, cookie) = looked_at(database, 2).await;
        let headers = [("cookie", cookie.as_str())];
        let by_others = server.get(LOG, &headers).await.json();
        assert_eq!(by_others, json!({"looks": [], "months": [], "next": null}));
        let all = server.get(&format!("{LOG}?own=true"), &headers).await.json();
        let categories: Vec<&str> = all["looks"]
            .as_array()
            .expect("a list")
            .iter()
            .map(|look| look["category"].as_str().expect("a word"))
            .collect();
        // The look at the record that gave this answer may be in it already.
        assert!(categories.ends_with(&["access_log", "account", "account"]), "{categories:?}");
        let first = all["looks"].as_array().and_then(|looks| looks.last()).expect("a look");
        assert_eq!(first["number"], 1);
        assert_eq!(first["at"], "2026-11-22T12:00:00Z");
        assert_eq!(
            (&first["role"], &first["purpose"]),
            (&json!("citizen"), &json!("self_service"))
        );
        assert_eq!(first["relation"], "herself");
        let other = server.sign_in("citizen-social-assistance").await;
        let of_other = server.get(&format!("{LOG}?own=true"), &[("cookie", &other)]).await.json();
        assert!(!of_other.to_string().contains(first["by"].as_str().expect("a handle")));
    }
}

#[tokio::test]
async fn the_record_is_read_in_pages() {
    let (server, cookie) = looked_at(sqlite().await, 130).await;
    let headers = [("cookie", cookie.as_str())];
    let page = server.get(&format!("{LOG}?own=true&before=131"), &headers).await.json();
    assert_eq!((page["looks"].as_array().map(Vec::len), &page["next"]), (Some(100), &json!(31)));
    let page = server.get(&format!("{LOG}?own=true&before=31"), &headers).await.json();
    assert_eq!((page["looks"].as_array().map(Vec::len), &page["next"]), (Some(30), &Value::Null));
}

#[tokio::test]
async fn the_database_refuses_to_change_the_record() {
    for database in both().await {
        let (server, _) = looked_at(database, 3).await;
        let intruder = Intruder::break_in(&server.database).await;
        for sql in [
            "UPDATE access_log SET citizen_id = 2",
            "UPDATE access_log SET seq = seq + 10",
            "DELETE FROM access_log WHERE seq = 3",
            "DELETE FROM access_log",
            "INSERT INTO access_log (seq, at, handle, role, relation, purpose, category, allowed, \
             previous_hash, hash) VALUES (9, 0, '', '', '', '', '', true, '', '')",
        ] {
            let refused = intruder.run(sql).await.expect_err(sql).to_string();
            assert!(refused.contains("rows"), "{refused}");
        }
        assert_eq!(verified(&server.database.database).await.rows, 3);
    }
}

#[tokio::test]
async fn each_tampering_is_found_and_its_first_link_named() {
    for (sql, expected) in [
        ("UPDATE access_log SET citizen_id = 2 WHERE seq = 3", Break::Changed(3)),
        ("UPDATE access_log SET reason = 'x' WHERE seq >= 4", Break::Changed(4)),
        ("UPDATE access_log SET at = at - 1 WHERE seq = 1", Break::Changed(1)),
        ("UPDATE access_log SET hash = previous_hash WHERE seq = 5", Break::Changed(5)),
        ("UPDATE access_log SET previous_hash = hash WHERE seq = 2", Break::Changed(2)),
        ("DELETE FROM access_log WHERE seq IN (3, 4)", Break::Missing { from: 3, to: 4 }),
        ("DELETE FROM access_log WHERE seq = 1", Break::NoBeginning(2)),
    ] {
        for database in both().await {
            let (server, _) = looked_at(database, 6).await;
            assert_eq!(verified(&server.database.database).await.rows, 6);
            Intruder::break_in(&server.database).await.force(sql).await;
            assert_eq!(broken(&server.database.database).await, expected, "{sql}");
        }
    }
}

/// A row that was replaced by another that is whole in itself: its hash is that of its content, as
/// anyone can compute it (`docs/operations.md`).
#[tokio::test]
async fn a_row_put_in_the_place_of_another_does_not_follow_the_one_before() {
    type Row = (
        (i64, i64, String, Option<String>, String, String, String, Option<String>),
        (String, Option<String>, Option<i32>, bool, Option<i64>, Option<String>),
    );
    let (server, _) = looked_at(sqlite().await, 5).await;
    let intruder = Intruder::break_in(&server.database).await;
    let Intruder::Sqlite(pool) = &intruder else { panic!("this one is a SQLite file") };
    let read = async |columns: &'static str| {
        let sql = format!("SELECT {columns} FROM access_log WHERE seq = 3");
        let sql = sqlx::AssertSqlSafe(sql);
        sqlx::query(sql).fetch_one(pool).await.expect("a row")
    };
    let one = read("seq, at, handle, organisation, role, relation, purpose, reason").await;
    let two = read("category, criterion, citizen_id, allowed, through_seq, through_hash").await;
    let row: Row =
        (FromRow::from_row(&one).expect("a row"), FromRow::from_row(&two).expect("a row"));
    let mut fields = json!(row.0);
    let more = json!(row.1);
    fields.as_array_mut().expect("a list").extend(more.as_array().expect("a list").clone());
    let previous = "f".repeat(64);
    let hash = Sha256::digest(format!("{previous}\n{fields}"));
    let hash: String = hash.iter().map(|byte| format!("{byte:02x}")).collect();
    let sql = format!(
        "UPDATE access_log SET previous_hash = '{previous}', hash = '{hash}' WHERE seq = 3"
    );
    intruder.force(Box::leak(sql.into_boxed_str())).await;
    assert_eq!(broken(&server.database.database).await, Break::Unlinked(3));
}

#[tokio::test]
async fn an_anchor_kept_elsewhere_shows_a_cut_and_a_rewritten_log() {
    for database in both().await {
        let (server, cookie) = looked_at(database, 4).await;
        let database = &server.database.database;
        let head = verified(database).await.head.expect("rows");
        assert_eq!(head.seq, 4);
        assert_eq!(head.to_string().parse::<Anchor>().expect("an anchor"), head);
        server.get("/api/v1/me/account", &[("cookie", &cookie)]).await;
        assert_eq!(verify(database, Some(&head)).await.expect("reads").expect("holds").rows, 5);
        let other = Anchor { seq: 3, ..head.clone() };
        let found = verify(database, Some(&other)).await.expect("reads");
        assert_eq!(found, Err(Break::Rewritten(3)));
        let intruder = Intruder::break_in(&server.database).await;
        intruder.force("DELETE FROM access_log WHERE seq >= 4").await;
        assert_eq!(verified(database).await.rows, 3, "the chain alone cannot see a cut");
        let found = verify(database, Some(&head)).await.expect("reads");
        assert_eq!(found, Err(Break::CutOff(4)));
    }
}

#[tokio::test]
async fn the_command_proves_the_chain_and_names_the_first_broken_link() {
    let (server, _) = looked_at(sqlite().await, 3).await;
    let url = server.database.url.clone();
    let audit = |words: &[&str]| {
        let mut program = std::process::Command::new(env!("CARGO_BIN_EXE_jobnet-server"));
        program.args(["audit", "verify", "--database-url", &url]).args(words);
        let output = program.output().expect("runs");
        let text = |bytes: Vec<u8>| String::from_utf8(bytes).expect("UTF-8");
        (output.status.code(), text(output.stdout), text(output.stderr))
    };
    let (status, said, _) = audit(&[]);
    assert_eq!(status, Some(0));
    assert!(said.starts_with("3 entries, from number 1 on: all links hold\nanchor 3:"), "{said}");
    let anchor = said.trim().rsplit(' ').next().expect("an anchor").to_owned();
    assert_eq!(audit(&["--anchor", &anchor]).0, Some(0));
    let intruder = Intruder::break_in(&server.database).await;
    intruder.force("UPDATE access_log SET role = 'researcher' WHERE seq = 2").await;
    let (status, said, error) = audit(&[]);
    assert_eq!((status, said.as_str()), (Some(2), ""));
    assert!(error.contains("row 2 was changed"), "{error}");
}

fn at(days: i64) -> DateTime<Utc> {
    DateTime::from_timestamp(START, 0).expect("a time") + TimeDelta::days(days)
}

#[tokio::test]
async fn retention_removes_what_is_old_and_the_chain_still_holds() {
    for database in both().await {
        let (server, _) = looked_at(database, 5).await;
        server.wait(TimeDelta::days(100));
        let cookie = server.sign_in("citizen-full-time").await;
        for _ in 0..2 {
            server.get("/api/v1/me/account", &[("cookie", &cookie)]).await;
        }
        let database = &server.database.database;
        assert_eq!(expire(database, 30, at(20)).await.expect("expires"), Expired::default());
        assert_eq!(verified(database).await.rows, 7, "nothing was old enough");
        let expired = expire(database, 30, at(101)).await.expect("expires");
        assert_eq!(expired, Expired { rows: 5, through: Some(5) });
        let chain = verified(database).await;
        assert_eq!((chain.rows, chain.first), (3, Some(6)), "two looks and the retention itself");
        // What is old goes even when nothing is young, and the log goes on.
        let expired = expire(database, 30, at(500)).await.expect("expires");
        assert_eq!(expired, Expired { rows: 3, through: Some(8) });
        server.get("/api/v1/me/account", &[("cookie", &cookie)]).await;
        let chain = verified(database).await;
        assert_eq!((chain.rows, chain.first), (2, Some(9)));
        // The retention entry is the beginning now: without it the beginning is missing.
        Intruder::break_in(&server.database)
            .await
            .force("DELETE FROM access_log WHERE seq = 9")
            .await;
        assert_eq!(broken(database).await, Break::NoBeginning(10));
    }
}

#[tokio::test]
async fn the_server_itself_removes_what_is_old_and_records_that_it_did() {
    for database in both().await {
        let (server, _) = looked_at(database, 5).await;
        let database = &server.database.database;
        server.wait(TimeDelta::days(1_828));
        let jobs = jobnet_server::jobs::start(&server.app);
        let mut chain = verified(database).await;
        for _ in 0..400 {
            if chain.first != Some(1) {
                break;
            }
            tokio::time::sleep(std::time::Duration::from_millis(50)).await;
            chain = verified(database).await;
        }
        jobs.abort();
        assert_eq!((chain.rows, chain.first), (1, Some(6)), "the retention itself");
        let record = match Intruder::break_in(&server.database).await {
            Intruder::Sqlite(pool) => sqlx::query_as(RETENTION).fetch_all(&pool).await,
            Intruder::Postgres(pool) => sqlx::query_as(RETENTION).fetch_all(&pool).await,
        };
        let expected = ("system", "retention", "older than 1827 days", 5);
        let record: Vec<(String, String, String, i64)> = record.expect("reads");
        let record: Vec<_> =
            record.iter().map(|(a, b, c, d)| (a.as_str(), b.as_str(), c.as_str(), *d)).collect();
        assert_eq!(record, [expected]);
    }
}

#[tokio::test(flavor = "multi_thread", worker_threads = 4)]
async fn servers_that_write_at_the_same_time_make_one_chain() {
    for database in both().await {
        let server = TestServer::filled(database).await;
        let cookie = server.sign_in("citizen-full-time").await;
        let others = [server.beside(), server.beside(), server.beside()];
        let mut looks = tokio::task::JoinSet::new();
        for other in &others {
            for _ in 0..20 {
                let (router, cookie) = (other.router(), cookie.clone());
                looks.spawn(async move {
                    let look = crate::support::server::Beside(router);
                    look.get("/api/v1/me/account", &[("cookie", &cookie)]).await.status
                });
            }
        }
        while let Some(status) = looks.join_next().await {
            assert_eq!(status.expect("no panic"), StatusCode::OK);
        }
        let chain = verified(&server.database.database).await;
        assert_eq!((chain.rows, chain.head.map(|head| head.seq)), (60, Some(60)));
    }
}

/// Half past midnight on 1 December in Denmark is still November in Greenwich.
#[tokio::test]
async fn looks_are_counted_in_danish_months() {
    let server = TestServer::filled(sqlite().await).await;
    server.wait(TimeDelta::days(8) + TimeDelta::minutes(11 * 60 + 30));
    refresh(&server.database.database, day("2026-11-22"), at(8)).await.expect("refreshes");
    let caseworker = server.sign_in("caseworker").await;
    let list = server.post("/api/v1/caseload/search", &[("cookie", &caseworker)], &json!({})).await;
    assert_eq!(list.json()["total"], 1);
    let cookie = server.sign_in("citizen-full-time").await;
    let log = server.get(LOG, &[("cookie", &cookie)]).await.json();
    assert_eq!(log["looks"][0]["at"], "2026-11-30T23:30:00Z");
    assert_eq!(log["months"], json!([{"month": "2026-12", "looks": 1}]));
    // January has none and is left out; in February there are two, and her own do not count.
    server.wait(TimeDelta::days(65));
    let caseworker = server.sign_in("caseworker").await;
    for _ in 0..2 {
        server.post("/api/v1/caseload/search", &[("cookie", &caseworker)], &json!({})).await;
    }
    let cookie = server.sign_in("citizen-full-time").await;
    server.get("/api/v1/me/account", &[("cookie", &cookie)]).await;
    let log = server.get(LOG, &[("cookie", &cookie)]).await.json();
    let expected = json!([{"month": "2026-12", "looks": 1}, {"month": "2027-02", "looks": 2}]);
    assert_eq!(log["months"], expected);
}
