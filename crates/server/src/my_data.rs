//! Everything the database holds about a citizen, as tables of text: her registers with their
//! history, what she sent, who looked, what was computed ahead, and the trials she is in.
//!
//! The registers' columns are those of the import (`import::spec`), so that none can be forgotten.

mod looks;
mod messages;
mod trials;

use std::io::{Cursor, Write};

use chrono::{DateTime, NaiveDate, Utc};
use jobnet_api::data::MyData;
use jobnet_rules::units::{Hours, Money, Month};
use sea_orm::sea_query::{Expr, ExprTrait, Order, Query, SelectStatement};
use sea_orm::{ConnectionTrait, QueryResult, TryGetable};
use zip::ZipWriter;
use zip::write::SimpleFileOptions;

use crate::app::App;
use crate::checklist;
use crate::cpr;
use crate::db::Database;
use crate::db::registers::{FOREVER, month_from_db};
use crate::import::spec::{Column, Kind, Presence, REGISTERS, Register};
use crate::keys::Keyring;
use crate::problem::Failure;
use crate::trials::arm::Enrol;

/// A table: its name, its columns, and its rows in that order.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Table {
    name: &'static str,
    columns: Vec<&'static str>,
    rows: Vec<Vec<Option<String>>>,
}

/// What a column of one of our own tables holds.
#[derive(Clone, Copy)]
enum Own {
    Text,
    Day,
    /// Seconds since 1970.
    Time,
    /// Milliseconds since 1970.
    Moment,
    Number,
    Month,
    Hundredths,
    Flag,
}

/// Our own tables that have rows about citizens, by `citizen_id`.
const OWN: [(&str, &[(&str, Own)]); 16] = [
    (
        "hours_reports",
        &[
            ("id", Own::Text),
            ("received_at", Own::Time),
            ("recipient", Own::Text),
            ("month", Own::Month),
            ("worked_hours", Own::Hundredths),
            ("note", Own::Text),
        ],
    ),
    ("receipts", &[("key", Own::Text), ("created_at", Own::Time), ("answer", Own::Text)]),
    (
        "guest_access",
        &[
            ("id", Own::Text),
            ("handle", Own::Text),
            ("organisation", Own::Text),
            ("reason", Own::Text),
            ("granted_at", Own::Time),
            ("ends_at", Own::Time),
        ],
    ),
    // Why stands in the record; what was shown, in the tables of trials.
    ("unblindings", &[("handle", Own::Text), ("at", Own::Moment)]),
    ("identities", &[("handle", Own::Text), ("name", Own::Text), ("created_at", Own::Time)]),
    (
        "sessions",
        &[
            ("handle", Own::Text),
            ("name", Own::Text),
            ("role", Own::Text),
            ("organisation", Own::Text),
            ("persona", Own::Text),
            ("created_at", Own::Time),
            ("seen_at", Own::Time),
        ],
    ),
    (
        "understanding_checks",
        &[("asked_on", Own::Day), ("answered_at", Own::Time), ("is_skipped", Own::Flag)],
    ),
    (
        "understanding_answers",
        &[
            ("asked_on", Own::Day),
            ("question", Own::Text),
            ("choice", Own::Text),
            ("right_choice", Own::Text),
            ("is_right", Own::Flag),
        ],
    ),
    (
        "checklist_marks",
        &[
            ("item", Own::Text),
            ("state", Own::Text),
            ("reason", Own::Text),
            ("until_day", Own::Day),
            ("note", Own::Text),
            ("made_at", Own::Moment),
        ],
    ),
    ("checklists", &[("seen_on", Own::Day), ("seen_before", Own::Day), ("is_shared", Own::Flag)]),
    (
        "profile_answers",
        &[
            ("question", Own::Text),
            ("answer", Own::Text),
            ("edition", Own::Number),
            ("saved_at", Own::Time),
        ],
    ),
    (
        "profile_facts",
        &[
            ("fact", Own::Text),
            ("is_wrong", Own::Flag),
            ("is_left_out", Own::Flag),
            ("saved_at", Own::Time),
        ],
    ),
    // Which trial chose the text of a receipt stands in the tables of trials, as far as she may
    // know of it now.
    (
        "profile_submissions",
        &[
            ("id", Own::Text),
            ("key", Own::Text),
            ("received_at", Own::Time),
            ("answers", Own::Text),
            ("facts", Own::Text),
            ("left_out", Own::Text),
            ("marked_wrong", Own::Text),
            ("result", Own::Text),
            ("model", Own::Text),
            ("model_digest", Own::Text),
            ("receipt", Own::Text),
        ],
    ),
    ("letters_read", &[("letter", Own::Text), ("read_at", Own::Moment)]),
    ("profile_remarks", &[("text", Own::Text), ("written_at", Own::Time)]),
    (
        "caseload",
        &[
            ("name", Own::Text),
            ("birth_date", Own::Day),
            ("fund", Own::Text),
            ("job_centre", Own::Text),
            ("caseworker", Own::Text),
            ("scheme", Own::Text),
            ("registered_on", Own::Day),
            ("remaining_hours", Own::Hundredths),
            ("runs_out_month", Own::Month),
            ("frame_ends_on", Own::Day),
            ("karens_state", Own::Text),
            ("karens_window_to", Own::Month),
            ("karens_missing", Own::Hundredths),
            ("sick_since", Own::Day),
            ("deadline_kind", Own::Text),
            ("deadline_on", Own::Day),
        ],
    ),
];

/// Everything about a citizen.
///
/// # Errors
/// When the database fails, or a CPR number cannot be opened.
pub async fn collect(app: &App, citizen: i32) -> Result<Vec<Table>, Failure> {
    let (database, keys) = (app.database(), app.keys());
    let has_no_list = checklist::is_withheld(app, citizen, Enrol::Never).await?;
    let mut tables = vec![identifiers(database, citizen).await?];
    for register in &REGISTERS {
        tables.push(of_register(database, keys, register, citizen).await?);
    }
    for (name, columns) in OWN {
        let table = own(database, name, columns, citizen).await?;
        // What is withheld from her by a trial is not named; what she has written is hers all the same.
        if has_no_list && table.rows.is_empty() && checklist::TABLES.contains(&name) {
            continue;
        }
        tables.push(table);
    }
    tables.extend(messages::tables(database, citizen).await?);
    tables.extend(trials::tables(database, citizen).await?);
    tables.push(looks::table(database, citizen).await?);
    Ok(tables)
}

/// Under what she is known.
async fn identifiers(database: &Database, citizen: i32) -> Result<Table, Failure> {
    let columns = vec!["register_id", "public_id"];
    let query = Query::select()
        .columns(columns.clone())
        .from("citizens")
        .and_where(Expr::col("id").eq(citizen))
        .take();
    let rows = database.read().query_all(&query).await?;
    let rows = rows.iter().map(|row| Ok(vec![text(row, "register_id")?, text(row, "public_id")?]));
    Ok(Table { name: "identifiers", columns, rows: rows.collect::<Result<_, Failure>>()? })
}

async fn of_register(
    database: &Database,
    keys: &Keyring,
    register: &Register,
    citizen: i32,
) -> Result<Table, Failure> {
    let columns: Vec<&Column> =
        register.columns.iter().filter(|column| column.kind != Kind::Citizen).collect();
    let mut query = Query::select();
    query
        .columns(columns.iter().map(|column| column.stored_as))
        .columns(["valid_from", "valid_to"])
        .from(register.table)
        .and_where(Expr::col("citizen_id").eq(citizen));
    for column in columns.iter().filter(|column| column.presence == Presence::Key) {
        query.order_by(column.stored_as, Order::Asc);
    }
    query.order_by("run_id", Order::Asc);
    let mut rows = Vec::new();
    for row in database.read().query_all(&query).await? {
        let mut fields = Vec::with_capacity(columns.len() + 2);
        for column in &columns {
            let field = match column.kind {
                Kind::Cpr => {
                    let hash: String = row.try_get("", column.stored_as)?;
                    let opened = cpr::open(database.read(), keys, citizen, &hash).await;
                    opened.map_err(Failure::internal)?
                }
                _ => field(&row, column)?,
            };
            fields.push(field);
        }
        fields.push(day(&row, "valid_from")?);
        fields.push(day(&row, "valid_to")?.filter(|day| *day != FOREVER.to_string()));
        rows.push(fields);
    }
    let names = columns.iter().map(|column| column.name).chain(["valid_from", "valid_to"]);
    Ok(Table { name: register.name, columns: names.collect(), rows })
}

/// A field as the extract had it.
fn field(row: &QueryResult, column: &Column) -> Result<Option<String>, Failure> {
    let name = column.stored_as;
    match column.kind {
        Kind::Citizen | Kind::Cpr | Kind::Text(_) | Kind::Word(_) => text(row, name),
        Kind::Date => day(row, name),
        Kind::Month => month(row, name),
        Kind::Hours(_) => hundredths(row, name),
        Kind::Money => {
            Ok(get::<i64>(row, name)?.map(|oere| Money::from_hundredths(oere).to_string()))
        }
        Kind::Count(_) => Ok(get::<i32>(row, name)?.map(|count| count.to_string())),
        Kind::Flag => Ok(get::<bool>(row, name)?.map(|flag| flag.to_string())),
    }
}

async fn own(
    database: &Database,
    name: &'static str,
    columns: &[(&'static str, Own)],
    citizen: i32,
) -> Result<Table, Failure> {
    let query = Query::select()
        .columns(columns.iter().map(|(column, _)| *column))
        .from(name)
        .and_where(Expr::col("citizen_id").eq(citizen))
        .take();
    read(database, name, columns, &query).await
}

/// The table of a query.
async fn read(
    database: &Database,
    name: &'static str,
    columns: &[(&'static str, Own)],
    query: &SelectStatement,
) -> Result<Table, Failure> {
    let mut rows = Vec::new();
    for row in database.read().query_all(query).await? {
        let fields = columns.iter().map(|(column, kind)| match kind {
            Own::Text => text(&row, column),
            Own::Day => day(&row, column),
            Own::Time => Ok(get::<i64>(&row, column)?
                .and_then(|time| DateTime::from_timestamp(time, 0).map(|time| time.to_rfc3339()))),
            Own::Moment => Ok(get::<i64>(&row, column)?
                .and_then(DateTime::from_timestamp_millis)
                .map(|time| time.to_rfc3339())),
            Own::Number => Ok(get::<i32>(&row, column)?.map(|number| number.to_string())),
            Own::Month => month(&row, column),
            Own::Hundredths => hundredths(&row, column),
            Own::Flag => Ok(get::<bool>(&row, column)?.map(|flag| flag.to_string())),
        });
        rows.push(fields.collect::<Result<Vec<_>, Failure>>()?);
    }
    Ok(Table { name, columns: columns.iter().map(|(column, _)| *column).collect(), rows })
}

fn get<T: TryGetable>(row: &QueryResult, name: &str) -> Result<Option<T>, Failure> {
    Ok(row.try_get("", name)?)
}

fn text(row: &QueryResult, name: &str) -> Result<Option<String>, Failure> {
    get(row, name)
}

fn day(row: &QueryResult, name: &str) -> Result<Option<String>, Failure> {
    Ok(get::<NaiveDate>(row, name)?.map(|day| day.to_string()))
}

fn month(row: &QueryResult, name: &str) -> Result<Option<String>, Failure> {
    let wrong = |number| Failure::internal(format!("{name} holds {number}, which is no month"));
    let month = |number| month_from_db(number).ok_or_else(|| wrong(number));
    Ok(get::<i32>(row, name)?.map(month).transpose()?.map(|month: Month| month.to_string()))
}

fn hundredths(row: &QueryResult, name: &str) -> Result<Option<String>, Failure> {
    Ok(get::<i64>(row, name)?.map(|hours| Hours::from_hundredths(hours).to_string()))
}

/// The tables as one JSON value.
pub fn json(tables: Vec<Table>, exported_at: DateTime<Utc>) -> MyData {
    let tables = tables.into_iter().map(|table| {
        let columns = table.columns;
        let rows = table
            .rows
            .into_iter()
            .map(|row| columns.iter().map(|column| (*column).to_owned()).zip(row).collect());
        (table.name.to_owned(), rows.collect())
    });
    MyData { exported_at, tables: tables.collect() }
}

/// The tables as a ZIP archive of CSV files (UTF-8, RFC 4180), one per table. The texts are as they
/// are stored: nothing is put in front of one that a spreadsheet would take for a formula.
///
/// # Errors
/// When a file cannot be written, which only a defect can cause.
pub fn zip(tables: &[Table]) -> Result<Vec<u8>, Failure> {
    let mut archive = ZipWriter::new(Cursor::new(Vec::new()));
    for table in tables {
        let file = format!("{}.csv", table.name);
        archive.start_file(file, SimpleFileOptions::default()).map_err(Failure::internal)?;
        let mut writer = csv::Writer::from_writer(Vec::new());
        writer.write_record(&table.columns).map_err(Failure::internal)?;
        for row in &table.rows {
            let fields = row.iter().map(|field| field.as_deref().unwrap_or_default());
            writer.write_record(fields).map_err(Failure::internal)?;
        }
        let bytes = writer.into_inner().map_err(Failure::internal)?;
        archive.write_all(&bytes).map_err(Failure::internal)?;
    }
    Ok(archive.finish().map_err(Failure::internal)?.into_inner())
}
