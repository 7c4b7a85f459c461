//! Her data, complete column by column: the tables and columns of the database itself, but for a list
//! with reasons, and the values of a filled row of each table.

use std::collections::{BTreeMap, BTreeSet};
use std::io::Cursor;

use sea_orm::{ConnectionTrait, DbBackend, Statement};
use serde_json::{Value, json};

use crate::support::casework::Office;
use crate::support::database::{TestDatabase, both};
use crate::support::extracts::query;
use crate::support::server::Serve;

const DATA: &str = "/api/v1/me/data";

/// Tables with rows about a person that are no tables of the export, and why.
const NO_TABLE: [(&str, &str); 4] = [
    ("cpr_numbers", "her number stands opened among the facts"),
    ("outbox_words", "they stand with the messages"),
    ("outbox_links", "hashes of codes; the links themselves stand in the words of the messages"),
    ("outbox_probes", "messages that only try a channel, to an address of the administrator's"),
];

/// Columns that are not exported, and why; `*`: of any table.
const NO_COLUMN: [(&str, &str, &str); 22] = [
    ("*", "citizen_id", "the number of a row in this database: all are hers"),
    ("*", "run_id", "the import that brought the row; its days are exported"),
    ("*", "replaced_by", "the import that replaced the row; its days are exported"),
    ("*", "trial_id", "the trial is named"),
    ("*", "content_hash", "tells two requests apart, and says nothing of her"),
    ("citizen_facts", "cpr_hash", "the number itself is exported"),
    ("citizens", "id", "the number of a row in this database"),
    ("sessions", "id_hash", "opens her session"),
    ("sessions", "provider_session_hash", "of a session at the provider"),
    ("sessions", "subject_hash", "of her name at the provider"),
    ("identities", "subject_hash", "of her name at the provider"),
    ("unblindings", "id", "leads to what a trial decides that is withheld"),
    ("unblindings", "key", "the caseworker's browser drew it"),
    ("trial_unblindings", "id", "leads from a trial to a look"),
    ("profile_submissions", "number", "the number of a row in this database"),
    ("profile_submissions", "trial", "stands in the tables of trials, as far as she may know"),
    ("caseload", "name_key", "her name once more, for sorting"),
    ("outbox_messages", "lease_token", "which process works on it"),
    ("outbox_messages", "lease_until", "until when a process works on it"),
    ("outbox_messages", "handed_by", "which process handed it over"),
    ("outbox_events", "number", "the number of a row in this database"),
    ("access_log", "criterion", "of a search for many; the lines about her have none"),
];

/// The links of the chain: they prove the record, and say nothing of her.
const CHAIN: [&str; 4] = ["previous_hash", "hash", "through_seq", "through_hash"];

/// What the export calls a table of the database.
fn exported_table(table: &str) -> &str {
    match table {
        "citizen_facts" => "citizens",
        "citizens" => "identifiers",
        table => table,
    }
}

/// What the export calls a column.
fn exported_column<'a>(table: &str, column: &'a str) -> &'a str {
    match (table, column) {
        ("benefits", "stated_on") => "as_of",
        ("sickness" | "measures", "from_day") => "from",
        ("sickness" | "measures", "to_day") => "to",
        ("meetings", "party") => "with",
        ("meetings", "held_on") => "on",
        ("access_log", "seq") => "number",
        ("access_log", "handle") => "by",
        (_, column) => column,
    }
}

type Columns = BTreeMap<String, BTreeSet<String>>;

/// Tables and their columns, as the database lists them.
async fn schema(test: &TestDatabase) -> Columns {
    let (kind, sql) = match test.kind {
        "sqlite" => (
            DbBackend::Sqlite,
            "SELECT m.name AS t, c.name AS c FROM sqlite_master m, pragma_table_info(m.name) c \
             WHERE m.type = 'table'",
        ),
        _ => (
            DbBackend::Postgres,
            "SELECT CAST(table_name AS text) AS t, CAST(column_name AS text) AS c \
             FROM information_schema.columns WHERE table_schema = 'public'",
        ),
    };
    // On SQLite the record is a file of its own.
    let mut urls = vec![test.url.clone()];
    urls.extend((kind == DbBackend::Sqlite).then(|| format!("{}.access-log", test.url)));
    let mut columns = Columns::new();
    for url in urls {
        let database = sea_orm::Database::connect(url).await.expect("connects");
        let statement = Statement::from_string(kind, sql);
        for row in database.query_all_raw(statement).await.expect("reads") {
            let word = |name| row.try_get::<String>("", name).expect("a word");
            columns.entry(word("t")).or_default().insert(word("c"));
        }
    }
    columns
}

#[tokio::test]
async fn the_export_has_every_column_about_her_but_those_with_a_reason() {
    for database in both().await {
        let office = Office::open(database).await;
        let cookie = office.server.sign_in("citizen-full-time").await;
        let zip = office.server.get(&format!("{DATA}.zip"), &[("cookie", &cookie)]).await;
        let mut archive = zip::ZipArchive::new(Cursor::new(zip.body)).expect("an archive");
        let mut exported = Columns::new();
        for place in 0..archive.len() {
            let file = archive.by_index(place).expect("a file");
            let name = file.name().expect("a name").trim_end_matches(".csv").to_owned();
            let mut reader = csv::Reader::from_reader(file);
            let header = reader.headers().expect("a header").iter().map(str::to_owned).collect();
            exported.insert(name, header);
        }
        let schema = schema(&office.server.database).await;
        let about_someone = |columns: &BTreeSet<String>| {
            ["citizen_id", "unit", "message_id"].iter().any(|name| columns.contains(*name))
        };
        let mut unused: BTreeSet<_> =
            NO_COLUMN.iter().map(|(table, name, _)| (*table, *name)).collect();
        let mut compared = 0;
        for (table, columns) in &schema {
            let is_about = table == "citizens" || about_someone(columns);
            if !is_about || NO_TABLE.iter().any(|(name, _)| name == table) {
                continue;
            }
            let has = exported.get(exported_table(table));
            let has = has.unwrap_or_else(|| panic!("{table} is not exported, and no reason given"));
            for column in columns {
                if has.contains(exported_column(table, column)) {
                    compared += 1;
                } else if table == "access_log" && CHAIN.contains(&column.as_str()) {
                } else {
                    let reason = ["*", table.as_str()].into_iter().find(|of| {
                        NO_COLUMN.iter().any(|(each, name, _)| each == of && name == column)
                    });
                    let reason = reason.unwrap_or_else(|| panic!("{table}.{column} is missing"));
                    unused.retain(|each| *each != (reason, column.as_str()));
                }
            }
        }
        assert!(compared > 100, "{compared} columns");
        assert!(unused.is_empty(), "exported, or no column any more: {unused:?}");
    }
}

/// Column, as the database writes it, as the export has it.
type Cells = &'static [(&'static str, &'static str, &'static str)];

/// A filled row of each of our own tables.
const ROWS: [(&str, Cells); 14] = [
    (
        "guest_access",
        &[
            ("id", "'g1'", "g1"),
            ("handle", "'h1'", "h1"),
            ("organisation", "'Fonden'", "Fonden"),
            ("reason", "'She called'", "She called"),
            ("granted_at", "1795000000", "2026-11-18T11:06:40+00:00"),
            ("ends_at", "1795000060", "2026-11-18T11:07:40+00:00"),
        ],
    ),
    (
        "hours_reports",
        &[
            ("id", "'r1'", "r1"),
            ("received_at", "1795000000", "2026-11-18T11:06:40+00:00"),
            ("recipient", "'Fonden'", "Fonden"),
            ("month", "202604", "2026-04"),
            ("worked_hours", "150", "1.50"),
            ("note", "'a note'", "a note"),
        ],
    ),
    (
        "checklists",
        &[
            ("seen_on", "'2026-11-01'", "2026-11-01"),
            ("seen_before", "'2026-10-01'", "2026-10-01"),
            ("is_shared", "true", "true"),
        ],
    ),
    (
        "checklist_marks",
        &[
            ("item", "'i1'", "i1"),
            ("state", "'done'", "done"),
            ("reason", "'why'", "why"),
            ("until_day", "'2026-12-01'", "2026-12-01"),
            ("note", "'my note'", "my note"),
            ("made_at", "1795000000000", "2026-11-18T11:06:40+00:00"),
        ],
    ),
    (
        "understanding_checks",
        &[
            ("asked_on", "'2026-11-01'", "2026-11-01"),
            ("answered_at", "1795000000", "2026-11-18T11:06:40+00:00"),
            ("is_skipped", "false", "false"),
        ],
    ),
    (
        "understanding_answers",
        &[
            ("asked_on", "'2026-11-01'", "2026-11-01"),
            ("question", "'q1'", "q1"),
            ("choice", "'a'", "a"),
            ("right_choice", "'b'", "b"),
            ("is_right", "false", "false"),
        ],
    ),
    (
        "profile_answers",
        &[
            ("question", "'q1'", "q1"),
            ("answer", "'yes'", "yes"),
            ("edition", "3", "3"),
            ("saved_at", "1795000000", "2026-11-18T11:06:40+00:00"),
        ],
    ),
    (
        "profile_facts",
        &[
            ("fact", "'age'", "age"),
            ("is_wrong", "true", "true"),
            ("is_left_out", "false", "false"),
            ("saved_at", "1795000000", "2026-11-18T11:06:40+00:00"),
        ],
    ),
    (
        "profile_remarks",
        &[
            ("text", "'I do not agree'", "I do not agree"),
            ("written_at", "1795000000", "2026-11-18T11:06:40+00:00"),
        ],
    ),
    (
        "letters_read",
        &[("letter", "'l1'", "l1"), ("read_at", "1795000000000", "2026-11-18T11:06:40+00:00")],
    ),
    (
        "unblindings",
        &[("handle", "'h1'", "h1"), ("at", "1795000000000", "2026-11-18T11:06:40+00:00")],
    ),
    (
        "outbox_messages",
        &[
            ("id", "'m1'", "m1"),
            ("channel", "'email'", "email"),
            ("target", "'/breve'", "/breve"),
            ("not_before", "1795000000000", "2026-11-18T11:06:40+00:00"),
            ("state", "'sent'", "sent"),
            ("attempts", "2", "2"),
            ("due_at", "1795000001000", "2026-11-18T11:06:41+00:00"),
            ("handed_at", "1795000002000", "2026-11-18T11:06:42+00:00"),
            ("reason", "'451'", "451"),
            ("opened_at", "1795000003000", "2026-11-18T11:06:43+00:00"),
            ("opens", "4", "4"),
        ],
    ),
    (
        "outbox_events",
        &[
            ("message_id", "'m1'", "m1"),
            ("at", "1795000002000", "2026-11-18T11:06:42+00:00"),
            ("kind", "'sent'", "sent"),
            ("attempt", "2", "2"),
            ("detail", "'250'", "250"),
        ],
    ),
    (
        "receipts",
        &[
            ("key", "'k1'", "k1"),
            ("created_at", "1795000000", "2026-11-18T11:06:40+00:00"),
            ("answer", "'{}'", "{}"),
        ],
    ),
];

/// What a row needs beside what the export has of it.
fn beside(table: &str) -> &'static [(&'static str, &'static str)] {
    match table {
        "receipts" => &[("content_hash", "''")],
        "unblindings" => &[("id", "'u1'"), ("key", "'k1'"), ("content_hash", "''")],
        "outbox_messages" => &[("trial", "'t'"), ("step", "'s'"), ("lease_until", "0")],
        _ => &[],
    }
}

#[tokio::test]
async fn what_is_exported_is_what_is_stored() {
    for database in both().await {
        let office = Office::open(database).await;
        let test = &office.server.database;
        let sql = "SELECT id FROM citizens WHERE register_id = 'SYN-DEMO-FULL-TIME'";
        let id = query(&test.database, sql).await[0].replace("id=", "");
        for (table, fields) in ROWS {
            let mut row: Vec<(&str, &str)> =
                fields.iter().map(|(name, stored, _)| (*name, *stored)).collect();
            row.extend(beside(table));
            if table != "outbox_events" {
                row.push(("citizen_id", &id));
            }
            let (names, values): (Vec<_>, Vec<_>) = row.into_iter().unzip();
            let (names, values) = (names.join(", "), values.join(", "));
            let sql = format!("INSERT INTO {table} ({names}) VALUES ({values}) RETURNING 1 AS n");
            assert_eq!(query(&test.database, &sql).await.len(), 1, "{sql}");
        }
        let cookie = office.server.sign_in("citizen-full-time").await;
        let headers = [("cookie", cookie.as_str())];
        let tables = office.server.get(DATA, &headers).await.json()["tables"].clone();
        for (table, fields) in ROWS {
            let rows = tables[table].as_array().expect(table);
            assert_eq!(rows.len(), 1, "{table}");
            for (name, _, exported) in fields {
                assert_eq!(rows[0][name], json!(exported), "{table}.{name}");
            }
        }
        let session = &tables["sessions"][0];
        assert_eq!(
            (&session["persona"], &session["role"]),
            (&json!("citizen-full-time"), &json!("citizen"))
        );
        assert!(session.as_object().is_some_and(|row| row["organisation"] == Value::Null));
        assert_eq!(tables["identities"][0]["handle"], session["handle"]);
    }
}

/// She also learns who tried to look and was refused.
#[tokio::test]
async fn the_export_has_the_attempts_that_were_refused() {
    for database in both().await {
        let office = Office::open(database).await;
        let server = &office.server;
        let sql = "UPDATE citizen_facts SET fund = 'Another', job_centre = 'Another' \
                   WHERE citizen_id = (SELECT id FROM citizens WHERE register_id = \
                   'SYN-DEMO-FULL-TIME') RETURNING fund";
        assert!(!query(&server.database.database, sql).await.is_empty());
        let caseworker = server.sign_in("caseworker").await;
        let path = format!("/api/v1/citizens/{}/account", office.public_id("SYN-DEMO-FULL-TIME"));
        let refused = server.get(&path, &[("cookie", &caseworker)]).await;
        assert_eq!(refused.status, axum::http::StatusCode::NOT_FOUND);
        let cookie = server.sign_in("citizen-full-time").await;
        let headers = [("cookie", cookie.as_str())];
        server.get("/api/v1/me/account", &headers).await;
        let tables = server.get(DATA, &headers).await.json()["tables"].clone();
        let log = tables["access_log"].as_array().expect("rows");
        let of = |allowed: &str| log.iter().filter(|row| row["allowed"] == allowed).count();
        assert_eq!(of("false"), 1, "{log:?}");
        assert!(of("true") >= 1, "{log:?}");
        let attempt = log.iter().find(|row| row["allowed"] == "false").expect("an attempt");
        assert_eq!(
            (&attempt["role"], &attempt["category"]),
            (&json!("fund_caseworker"), &json!("account"))
        );
    }
}
