//! One citizen's rows of all registers as they stood on a day, in one row.
//!
//! Measured: what costs is not reading the rows but carrying them, cell by cell, from the
//! database's thread or process to ours. So the database makes one text (a JSON array of arrays) of
//! each register's rows. It knows tables, not rules.

use std::sync::OnceLock;

use chrono::{DateTime, NaiveDate, Utc};
use jobnet_api::account::{BenefitKind, SanctionKind};
use jobnet_rules::case::{Away, Insurance, RateLevel, Scheme};
use jobnet_rules::units::{Hours, Money, Month};
use sea_orm::sea_query::{Expr, ExprTrait, Query, SelectStatement};
use sea_orm::{ConnectionTrait, DbBackend, DbErr, Statement, Values};
use serde::Deserialize;
use serde::de::DeserializeOwned;

use super::cell;
use crate::db::{self, Connections, rows_as_json};

/// A row of a register.
trait Row: DeserializeOwned {
    const REGISTER: Register;
}

/// What is read of a register.
struct Register {
    table: &'static str,
    columns: &'static [&'static str],
    /// Rows are versions, valid for a time.
    has_versions: bool,
}

/// A type whose fields are columns of a register, in the order in which they are read.
macro_rules! register {
    (
        $(#[$doc:meta])*
        $name:ident of $table:literal $(, $versions:ident)? {
            $( $field:ident: $type:ty = $column:literal $(by $reader:literal)?, )+
        }
    ) => {
        $(#[$doc])*
        #[derive(Clone, Debug, PartialEq, Eq, Deserialize)]
        pub(super) struct $name {
            $( $(#[serde(deserialize_with = $reader)])? pub(super) $field: $type, )+
        }

        impl Row for $name {
            const REGISTER: Register = Register {
                table: $table,
                columns: &[$($column),+],
                has_versions: register!(@ $($versions)?),
            };
        }
    };
    (@ versions) => { true };
    (@) => { false };
}

register! {
    /// What the registers say about the person.
    Facts of "citizen_facts", versions {
        municipality: Option<String> = "municipality",
        fund: Option<String> = "fund",
        scheme: Scheme = "scheme",
        insurance: Option<Insurance> = "insurance",
        rate_level: Option<RateLevel> = "rate_level",
        monthly_rate: Option<Money> = "monthly_rate" by "cell::money",
        supplementary_weeks_used: Option<u32> = "supplementary_weeks_used",
        provider: Option<bool> = "provider" by "cell::optional_flag",
        birth_date: NaiveDate = "birth_date" by "cell::day",
        placed_on: Option<NaiveDate> = "placed_on" by "cell::optional_day",
        registered_on: Option<NaiveDate> = "registered_on" by "cell::optional_day",
        cv_since: Option<NaiveDate> = "cv_since" by "cell::optional_day",
    }
}

/// What kind of work hours are of.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Deserialize)]
#[serde(rename_all = "snake_case")]
pub(super) enum WorkKind {
    Ordinary,
    Subsidised,
}

register! {
    /// Hours at one employer in one month.
    Work of "work_hours", versions {
        month: Month = "month" by "cell::month",
        kind: WorkKind = "kind",
        hours: Option<Hours> = "hours" by "cell::hours",
        earnings: Option<Money> = "earnings" by "cell::money",
        reported_on: Option<NaiveDate> = "reported_on" by "cell::optional_day",
        valid_from: NaiveDate = "valid_from" by "cell::day",
    }
}

register! {
    /// One kind of benefit in one month.
    Benefit of "benefits", versions {
        month: Month = "month" by "cell::month",
        kind: BenefitKind = "kind",
        paid_hours: Option<Hours> = "paid_hours" by "cell::hours",
        quarantine_hours: Option<Hours> = "quarantine_hours" by "cell::hours",
        gross: Option<Money> = "gross" by "cell::money",
        settled: bool = "settled" by "cell::flag",
        stated_on: Option<NaiveDate> = "stated_on" by "cell::optional_day",
        valid_from: NaiveDate = "valid_from" by "cell::day",
    }
}

register! {
    /// A spell of sickness, parental leave or care.
    Absence of "sickness", versions {
        kind: Away = "kind",
        from: NaiveDate = "from_day" by "cell::day",
        to: Option<NaiveDate> = "to_day" by "cell::optional_day",
        valid_from: NaiveDate = "valid_from" by "cell::day",
    }
}

register! {
    /// A sanction.
    Sanctioned of "sanctions", versions {
        kind: SanctionKind = "kind",
        decided_on: NaiveDate = "decided_on" by "cell::day",
        hours: Option<Hours> = "hours" by "cell::hours",
        served_hours: Option<Hours> = "served_hours" by "cell::hours",
        valid_from: NaiveDate = "valid_from" by "cell::day",
    }
}

/// With whom a meeting is.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Deserialize)]
#[serde(rename_all = "snake_case")]
pub(super) enum Party {
    Fund,
    JobCentre,
    Municipality,
}

register! {
    /// A meeting.
    Meeting of "meetings", versions {
        party: Party = "party",
        on: NaiveDate = "held_on" by "cell::day",
        held: Option<bool> = "held" by "cell::optional_flag",
        valid_from: NaiveDate = "valid_from" by "cell::day",
    }
}

register! {
    /// Her own remark on missing hours.
    Remark of "hours_reports" {
        id: String = "id",
        recipient: String = "recipient",
        note: String = "note",
        month: Month = "month" by "cell::month",
        received_at: DateTime<Utc> = "received_at" by "cell::instant",
        worked_hours: Option<Hours> = "worked_hours" by "cell::hours",
    }
}

const REGISTERS: [Register; 7] = [
    Facts::REGISTER,
    Work::REGISTER,
    Benefit::REGISTER,
    Absence::REGISTER,
    Sanctioned::REGISTER,
    Meeting::REGISTER,
    Remark::REGISTER,
];

/// All rows of one citizen.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub(super) struct Records {
    /// `None`: not known on that day.
    pub(super) facts: Option<Facts>,
    pub(super) work: Vec<Work>,
    pub(super) benefits: Vec<Benefit>,
    pub(super) absences: Vec<Absence>,
    pub(super) sanctions: Vec<Sanctioned>,
    pub(super) meetings: Vec<Meeting>,
    pub(super) remarks: Vec<Remark>,
}

/// The rows of one register. Its values are citizen and day, by number: both databases take them so,
/// and each is carried once.
fn select(register: &Register, backend: DbBackend) -> SelectStatement {
    let (citizen, day) = (Expr::cust("$1"), Expr::cust("$2"));
    let mut select = Query::select();
    select
        .expr(rows_as_json(backend, register.columns))
        .from(register.table)
        .and_where(Expr::col("citizen_id").eq(citizen));
    if register.has_versions {
        select
            .and_where(Expr::col("valid_from").lte(day.clone()))
            .and_where(Expr::col("valid_to").gt(day));
    }
    select
}

/// The text of the query: built once, so that only values change and the database keeps its plan.
fn sql(backend: DbBackend) -> &'static str {
    static SQLITE: OnceLock<String> = OnceLock::new();
    static POSTGRES: OnceLock<String> = OnceLock::new();
    let text = if backend == DbBackend::Sqlite { &SQLITE } else { &POSTGRES };
    text.get_or_init(|| {
        let mut query = Query::select();
        for register in &REGISTERS {
            let rows = select(register, backend);
            query.expr_as(Expr::SubQuery(None, Box::new(rows.into())), register.table);
        }
        backend.build(&query).sql
    })
}

/// Reads a citizen's rows as they stood on a day.
///
/// # Errors
/// When the database fails or holds what no import could have written.
pub(super) async fn read(
    connection: &Connections,
    citizen: i32,
    as_of: NaiveDate,
) -> Result<Records, DbErr> {
    let db_backend = connection.get_database_backend();
    let values = Some(Values(vec![citizen.into(), as_of.into()]));
    let statement = Statement { sql: sql(db_backend).to_owned(), values, db_backend };
    // In the order of `REGISTERS`.
    let read = |row: db::Row<'_>| {
        Ok(Records {
            facts: rows(row, 0)?.pop(),
            work: rows(row, 1)?,
            benefits: rows(row, 2)?,
            absences: rows(row, 3)?,
            sanctions: rows(row, 4)?,
            meetings: rows(row, 5)?,
            remarks: rows(row, 6)?,
        })
    };
    let records = connection.find(statement, read).await?;
    records.ok_or_else(|| DbErr::RecordNotFound("a row of registers".to_owned()))
}

/// The rows of one register. What cannot be read is not said: it may be about a person.
fn rows<T: Row>(row: db::Row<'_>, at: usize) -> Result<Vec<T>, DbErr> {
    row.with_text(at, |text| {
        text.map_or(Ok(Vec::new()), |text| {
            sonic_rs::from_str(text).map_err(|error| {
                let table = T::REGISTER.table;
                DbErr::Type(format!("{table}: no import writes what is at {}", error.column()))
            })
        })
    })
}
