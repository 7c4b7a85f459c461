//! Reports of missing hours: checked, stored once with a durable receipt, listed.

use chrono::{DateTime, NaiveDate, Utc};
use jobnet_api::problem::Code;
use jobnet_api::report::{HoursReport, MAX_NOTE_CHARS, NewHoursReport};
use jobnet_rules::units::{Hours, Month};
use sea_orm::entity::prelude::*;
use sea_orm::{ActiveValue::Set, ConnectionTrait, QueryOrder, TryInsertResult};

use crate::db::Database;
use crate::db::registers::{citizens, month_from_db, month_to_db};
use crate::problem::{Failure, FieldProblem};
use crate::secret;

/// No month has more hours.
const MAX_MONTH_HOURS: Hours = Hours::from_hundredths(74_400);
/// Reports are taken this many months back.
const MAX_MONTHS_BACK: i32 = 60;

#[allow(unreachable_pub, reason = "what the entity macros make must be public")]
mod report_row {
    use sea_orm::entity::prelude::*;

    use crate::db::registers::citizens;

    #[derive(Clone, Debug, PartialEq, Eq, DeriveEntityModel)]
    #[sea_orm(table_name = "hours_reports")]
    pub struct Model {
        #[sea_orm(primary_key, auto_increment = false)]
        pub id: String,
        pub citizen_id: i32,
        pub received_at: i64,
        pub recipient: String,
        pub month: i32,
        pub worked_hours: Option<i64>,
        pub note: String,
    }

    #[derive(Copy, Clone, Debug, EnumIter, DeriveRelation)]
    pub enum Relation {
        #[sea_orm(
            belongs_to = "citizens::Entity",
            from = "Column::CitizenId",
            to = "citizens::Column::Id"
        )]
        Citizen,
    }

    impl Related<citizens::Entity> for Entity {
        fn to() -> RelationDef {
            Relation::Citizen.def()
        }
    }

    impl ActiveModelBehavior for ActiveModel {}
}

#[allow(unreachable_pub, reason = "what the entity macros make must be public")]
mod receipt_row {
    use sea_orm::entity::prelude::*;

    #[sea_orm::model]
    #[derive(Clone, Debug, PartialEq, Eq, DeriveEntityModel)]
    #[sea_orm(table_name = "receipts")]
    pub struct Model {
        #[sea_orm(primary_key, auto_increment = false)]
        pub citizen_id: i32,
        #[sea_orm(primary_key, auto_increment = false)]
        pub key: String,
        pub content_hash: String,
        pub answer: String,
        pub created_at: i64,
    }

    impl ActiveModelBehavior for ActiveModel {}
}

/// A report about to be stored.
#[derive(Debug)]
pub struct Submission<'a> {
    /// Whose it is.
    pub citizen: i32,
    /// Its idempotency key.
    pub key: &'a str,
    /// Who will get it.
    pub recipient: String,
    /// What she says.
    pub report: NewHoursReport,
}

/// What cannot be used in a report, by JSON pointer; empty when all is well.
pub fn problems(report: &NewHoursReport, today: NaiveDate) -> Vec<(&'static str, FieldProblem)> {
    let mut problems = Vec::new();
    let age = Month::of(today).since(report.month);
    if age < 0 {
        problems.push(("/month", FieldProblem::MonthInFuture));
    } else if age > MAX_MONTHS_BACK {
        problems.push(("/month", FieldProblem::MonthTooOld));
    }
    if report.worked_hours.is_some_and(|hours| !(Hours::ZERO..=MAX_MONTH_HOURS).contains(&hours)) {
        problems.push(("/worked_hours", FieldProblem::HoursOutOfRange));
    }
    let note = report.note.trim();
    if note.chars().count() > MAX_NOTE_CHARS {
        problems.push(("/note", FieldProblem::TooLong(MAX_NOTE_CHARS)));
    } else if note.chars().any(|c| c.is_control() && c != '\n' && c != '\r' && c != '\t') {
        problems.push(("/note", FieldProblem::ControlCharacters));
    } else if note.is_empty() && report.worked_hours.is_none() {
        problems.push(("/note", FieldProblem::NothingSaid));
    }
    problems
}

/// Stores a report and returns its receipt. The same key with the same content returns the first
/// receipt again, also when both arrive at the same time at different servers.
///
/// # Errors
/// `Conflict` when the key came with another content before; `Internal` when the database fails,
/// and then nothing is stored.
pub async fn store(
    database: &Database,
    submission: Submission<'_>,
    now: DateTime<Utc>,
) -> Result<HoursReport, Failure> {
    let Submission { citizen, key, recipient, report } = submission;
    let content = serde_json::to_string(&report).map_err(Failure::internal)?;
    let receipt = HoursReport {
        id: secret::receipt_number().map_err(Failure::internal)?,
        // Stored in whole seconds, so that the first answer and every repetition are the same.
        received_at: DateTime::from_timestamp(now.timestamp(), 0).unwrap_or(now),
        recipient,
        month: report.month,
        worked_hours: report.worked_hours,
        note: report.note.trim().to_owned(),
    };
    let row = receipt_row::ActiveModel {
        citizen_id: Set(citizen),
        key: Set(key.to_owned()),
        content_hash: Set(secret::hash(&content)),
        answer: Set(serde_json::to_string(&receipt).map_err(Failure::internal)?),
        created_at: Set(now.timestamp()),
    };
    let transaction = database.begin_write().await?;
    let inserted = receipt_row::Entity::insert(row)
        .on_conflict_do_nothing_on([receipt_row::Column::CitizenId, receipt_row::Column::Key])
        .exec_without_returning(&transaction)
        .await?;
    if !matches!(inserted, TryInsertResult::Inserted(rows) if rows > 0) {
        let first = receipt_row::Entity::find_by_id((citizen, key.to_owned()))
            .one(&transaction)
            .await?
            .ok_or_else(|| Failure::internal("a receipt vanished"))?;
        transaction.rollback().await?;
        return if first.content_hash == secret::hash(&content) {
            serde_json::from_str(&first.answer).map_err(Failure::internal)
        } else {
            Err(Failure::new(Code::Conflict))
        };
    }
    let row = report_row::ActiveModel {
        id: Set(receipt.id.clone()),
        citizen_id: Set(citizen),
        received_at: Set(receipt.received_at.timestamp()),
        recipient: Set(receipt.recipient.clone()),
        month: Set(month_to_db(receipt.month)),
        worked_hours: Set(receipt.worked_hours.map(Hours::hundredths)),
        note: Set(receipt.note.clone()),
    };
    report_row::Entity::insert(row).exec_without_returning(&transaction).await?;
    transaction.commit().await?;
    Ok(receipt)
}

/// A citizen's reports, newest first.
///
/// # Errors
/// When the database fails.
pub async fn of_citizen(
    connection: &impl ConnectionTrait,
    citizen: i32,
) -> Result<Vec<HoursReport>, Failure> {
    let rows = report_row::Entity::find()
        .filter(report_row::Column::CitizenId.eq(citizen))
        .order_by_desc(report_row::Column::ReceivedAt)
        .order_by_asc(report_row::Column::Id)
        .all(connection)
        .await?;
    rows.into_iter().map(from_row).collect()
}

fn from_row(row: report_row::Model) -> Result<HoursReport, Failure> {
    Ok(HoursReport {
        id: row.id,
        received_at: DateTime::from_timestamp(row.received_at, 0)
            .ok_or_else(|| Failure::internal("hours_reports.received_at is no time"))?,
        recipient: row.recipient,
        month: month_from_db(row.month)
            .ok_or_else(|| Failure::internal("hours_reports.month is no month"))?,
        worked_hours: row.worked_hours.map(Hours::from_hundredths),
        note: row.note,
    })
}

/// Every report as CSV (RFC 4180), oldest first, and whose they are.
///
/// # Errors
/// When the database fails.
pub async fn csv(
    connection: &impl ConnectionTrait,
    synthetic: bool,
) -> Result<(String, Vec<i32>), Failure> {
    let rows = report_row::Entity::find()
        .find_also_related(citizens::Entity)
        .order_by_asc(report_row::Column::ReceivedAt)
        .order_by_asc(report_row::Column::Id)
        .all(connection)
        .await?;
    let mut writer = csv::Writer::from_writer(Vec::new());
    writer
        .write_record([
            "receipt",
            "received_at",
            "recipient",
            "citizen",
            "month",
            "worked_hours",
            "note",
            "synthetic",
        ])
        .map_err(Failure::internal)?;
    let mut citizens: Vec<i32> = rows.iter().map(|(row, _)| row.citizen_id).collect();
    citizens.sort_unstable();
    citizens.dedup();
    for (row, citizen) in rows {
        let citizen = citizen.map(|citizen| citizen.register_id).unwrap_or_default();
        let report = from_row(row)?;
        writer
            .write_record([
                &report.id,
                &report.received_at.to_rfc3339(),
                &report.recipient,
                &citizen,
                &report.month.to_string(),
                &report.worked_hours.map(|hours| hours.to_string()).unwrap_or_default(),
                &not_a_formula(report.note),
                &synthetic.to_string(),
            ])
            .map_err(Failure::internal)?;
    }
    let bytes = writer.into_inner().map_err(Failure::internal)?;
    Ok((String::from_utf8(bytes).map_err(Failure::internal)?, citizens))
}

/// A citizen's words must not run as a formula in an administrator's spreadsheet (OWASP, CSV
/// injection).
fn not_a_formula(text: String) -> String {
    if text.starts_with(['=', '+', '-', '@', '\t', '\r']) { format!("'{text}") } else { text }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn report(month: &str, hours: Option<i64>, note: &str) -> NewHoursReport {
        NewHoursReport {
            month: month.parse().unwrap(),
            worked_hours: hours.map(Hours::from_hundredths),
            note: note.to_owned(),
        }
    }

    #[test]
    fn each_limit_is_named() {
        let today = NaiveDate::from_ymd_opt(2026, 11, 22).unwrap();
        let (longest, longer) = ("å".repeat(900), "å".repeat(901));
        for (report, expected) in [
            (report("2026-11", Some(0), ""), vec![]),
            (report("2021-11", Some(74_400), &longest), vec![]),
            (report("2026-12", Some(1), ""), vec![("/month", FieldProblem::MonthInFuture)]),
            (report("2021-10", Some(1), ""), vec![("/month", FieldProblem::MonthTooOld)]),
            (
                report("2026-11", Some(74_401), ""),
                vec![("/worked_hours", FieldProblem::HoursOutOfRange)],
            ),
            (
                report("2026-11", Some(-1), ""),
                vec![("/worked_hours", FieldProblem::HoursOutOfRange)],
            ),
            (report("2026-11", None, " "), vec![("/note", FieldProblem::NothingSaid)]),
            (report("2026-11", None, &longer), vec![("/note", FieldProblem::TooLong(900))]),
            (report("2026-11", None, "a\0"), vec![("/note", FieldProblem::ControlCharacters)]),
        ] {
            assert_eq!(problems(&report, today), expected);
        }
    }

    #[test]
    fn notes_are_no_formulas() {
        assert_eq!(not_a_formula("=1+1".to_owned()), "'=1+1");
        assert_eq!(not_a_formula("1+1".to_owned()), "1+1");
    }
}
