//! One citizen's rows of all registers as they stood on a day, in one round trip.
//!
//! Measured: on SQLite a round trip costs more than the rows it brings, so the registers are read
//! by one `UNION ALL` over columns of a common shape. It knows tables, not rules.

use std::sync::OnceLock;

use chrono::NaiveDate;
use jobnet_rules::units::{Hours, Money, Month};
use sea_orm::sea_query::{Expr, ExprTrait, Query, SelectStatement, UnionType};
use sea_orm::{
    ConnectionTrait, DbBackend, DbErr, QueryResult, Statement, TryGetable, Value, Values,
};

use crate::db::registers::month_from_db;

/// What the registers say about the person.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub(super) struct Facts {
    pub(super) municipality: Option<String>,
    pub(super) fund: Option<String>,
    pub(super) scheme: String,
    pub(super) insurance: Option<String>,
    pub(super) rate_level: Option<String>,
    pub(super) monthly_rate: Option<Money>,
    pub(super) supplementary_weeks_used: Option<i64>,
    pub(super) provider: Option<bool>,
    pub(super) birth_date: Option<NaiveDate>,
    pub(super) placed_on: Option<NaiveDate>,
    pub(super) registered_on: Option<NaiveDate>,
}

/// Hours at one employer in one month.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(super) struct Work {
    pub(super) month: Month,
    pub(super) kind: String,
    pub(super) hours: Option<Hours>,
    pub(super) earnings: Option<Money>,
    pub(super) reported_on: Option<NaiveDate>,
    pub(super) valid_from: NaiveDate,
}

/// One kind of benefit in one month.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(super) struct Benefit {
    pub(super) month: Month,
    pub(super) kind: String,
    pub(super) paid_hours: Option<Hours>,
    pub(super) quarantine_hours: Option<Hours>,
    pub(super) gross: Option<Money>,
    pub(super) settled: bool,
    pub(super) stated_on: Option<NaiveDate>,
    pub(super) valid_from: NaiveDate,
}

/// A spell of sickness, parental leave or care.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(super) struct Absence {
    pub(super) kind: String,
    pub(super) from: NaiveDate,
    pub(super) to: Option<NaiveDate>,
    pub(super) valid_from: NaiveDate,
}

/// A sanction.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(super) struct Sanctioned {
    pub(super) kind: String,
    pub(super) decided_on: NaiveDate,
    pub(super) hours: Option<Hours>,
    pub(super) served_hours: Option<Hours>,
    pub(super) valid_from: NaiveDate,
}

/// A meeting.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(super) struct Meeting {
    pub(super) party: String,
    pub(super) on: NaiveDate,
    pub(super) held: Option<bool>,
    pub(super) valid_from: NaiveDate,
}

/// Her own remark on missing hours.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(super) struct Remark {
    pub(super) id: String,
    pub(super) recipient: String,
    pub(super) note: String,
    pub(super) month: Month,
    pub(super) received_at: i64,
    pub(super) worked_hours: Option<Hours>,
}

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

/// The columns that every part of the query has, with the SQL type of each.
const COLUMNS: [(&str, &str); 15] = [
    ("part", "integer"),
    ("month", "integer"),
    ("kind", "text"),
    ("text_a", "text"),
    ("text_b", "text"),
    ("text_c", "text"),
    ("text_d", "text"),
    ("day_a", "date"),
    ("day_b", "date"),
    ("day_c", "date"),
    ("number_a", "bigint"),
    ("number_b", "bigint"),
    ("number_c", "bigint"),
    ("flag", "boolean"),
    ("valid_from", "date"),
];

/// One register: its table, and which of its columns stand in which common column.
struct Part {
    number: i32,
    table: &'static str,
    columns: &'static [(&'static str, &'static str)],
    /// Rows are versions, valid for a time.
    has_versions: bool,
}

const FACTS: i32 = 1;
const WORK: i32 = 2;
const BENEFITS: i32 = 3;
const ABSENCES: i32 = 4;
const SANCTIONS: i32 = 5;
const MEETINGS: i32 = 6;
const REMARKS: i32 = 7;

const PARTS: [Part; 7] = [
    Part {
        number: FACTS,
        table: "citizen_facts",
        columns: &[
            ("month", "supplementary_weeks_used"),
            ("kind", "scheme"),
            ("text_a", "municipality"),
            ("text_b", "fund"),
            ("text_c", "insurance"),
            ("text_d", "rate_level"),
            ("day_a", "birth_date"),
            ("day_b", "placed_on"),
            ("day_c", "registered_on"),
            ("number_a", "monthly_rate"),
            ("flag", "provider"),
        ],
        has_versions: true,
    },
    Part {
        number: WORK,
        table: "work_hours",
        columns: &[
            ("month", "month"),
            ("kind", "kind"),
            ("day_a", "reported_on"),
            ("number_a", "hours"),
            ("number_b", "earnings"),
        ],
        has_versions: true,
    },
    Part {
        number: BENEFITS,
        table: "benefits",
        columns: &[
            ("month", "month"),
            ("kind", "kind"),
            ("day_a", "stated_on"),
            ("number_a", "paid_hours"),
            ("number_b", "quarantine_hours"),
            ("number_c", "gross"),
            ("flag", "settled"),
        ],
        has_versions: true,
    },
    Part {
        number: ABSENCES,
        table: "sickness",
        columns: &[("kind", "kind"), ("day_a", "from_day"), ("day_b", "to_day")],
        has_versions: true,
    },
    Part {
        number: SANCTIONS,
        table: "sanctions",
        columns: &[
            ("kind", "kind"),
            ("day_a", "decided_on"),
            ("number_a", "hours"),
            ("number_b", "served_hours"),
        ],
        has_versions: true,
    },
    Part {
        number: MEETINGS,
        table: "meetings",
        columns: &[("kind", "party"), ("day_a", "held_on"), ("flag", "held")],
        has_versions: true,
    },
    Part {
        number: REMARKS,
        table: "hours_reports",
        columns: &[
            ("month", "month"),
            ("kind", "id"),
            ("text_a", "recipient"),
            ("text_b", "note"),
            ("number_a", "received_at"),
            ("number_b", "worked_hours"),
        ],
        has_versions: false,
    },
];

/// One part of the query. Its values are, in this order: citizen, and for versions twice the day.
fn select(part: &Part) -> SelectStatement {
    let mut select = Query::select();
    for (name, kind) in COLUMNS {
        let own = part.columns.iter().find(|(common, _)| *common == name).map(|(_, own)| *own);
        match (name, own) {
            ("part", _) => select.expr_as(Expr::cust(part.number.to_string()), name),
            (_, Some(own)) => select.expr_as(Expr::col(own), name),
            ("valid_from", None) if part.has_versions => select.column(name),
            _ => select.expr_as(Expr::cust(format!("CAST(NULL AS {kind})")), name),
        };
    }
    select.from(part.table).and_where(Expr::col("citizen_id").eq(0));
    if part.has_versions {
        select
            .and_where(Expr::col("valid_from").lte(NaiveDate::MIN))
            .and_where(Expr::col("valid_to").gt(NaiveDate::MIN));
    }
    select
}

/// The text of the query: built once, so that only values change and the database keeps its plan.
fn sql(backend: DbBackend) -> &'static str {
    static SQLITE: OnceLock<String> = OnceLock::new();
    static POSTGRES: OnceLock<String> = OnceLock::new();
    let text = if backend == DbBackend::Sqlite { &SQLITE } else { &POSTGRES };
    text.get_or_init(|| {
        let [first, rest @ ..] = &PARTS;
        let mut query = select(first);
        for part in rest {
            query.union(UnionType::All, select(part));
        }
        backend.build(&query).sql
    })
}

/// Reads a citizen's rows as they stood on a day.
///
/// # Errors
/// When the database fails or holds what no import could have written.
pub(super) async fn read(
    connection: &impl ConnectionTrait,
    citizen: i32,
    as_of: NaiveDate,
) -> Result<Records, DbErr> {
    let db_backend = connection.get_database_backend();
    let mut values: Vec<Value> = Vec::with_capacity(3 * PARTS.len());
    for part in &PARTS {
        values.push(citizen.into());
        if part.has_versions {
            values.extend([as_of.into(), as_of.into()]);
        }
    }
    let statement =
        Statement { sql: sql(db_backend).to_owned(), values: Some(Values(values)), db_backend };
    let mut records = Records::default();
    for row in connection.query_all_raw(statement).await? {
        add(&mut records, &Row(row))?;
    }
    Ok(records)
}

/// A row of the query, read by the place of a column in [`COLUMNS`].
struct Row(QueryResult);

impl Row {
    fn get<T: TryGetable>(&self, name: &str) -> Result<T, DbErr> {
        let place = COLUMNS.iter().position(|(column, _)| *column == name).unwrap_or_default();
        self.0.try_get_by_index(place)
    }

    fn month(&self) -> Result<Month, DbErr> {
        let number: i32 = self.get("month")?;
        month_from_db(number).ok_or_else(|| DbErr::Type(format!("{number} is no month")))
    }

    fn hours(&self, name: &str) -> Result<Option<Hours>, DbErr> {
        Ok(self.get::<Option<i64>>(name)?.map(Hours::from_hundredths))
    }

    fn money(&self, name: &str) -> Result<Option<Money>, DbErr> {
        Ok(self.get::<Option<i64>>(name)?.map(Money::from_hundredths))
    }
}

fn add(records: &mut Records, row: &Row) -> Result<(), DbErr> {
    match row.get::<i32>("part")? {
        FACTS => {
            records.facts = Some(Facts {
                municipality: row.get("text_a")?,
                fund: row.get("text_b")?,
                scheme: row.get("kind")?,
                insurance: row.get("text_c")?,
                rate_level: row.get("text_d")?,
                monthly_rate: row.money("number_a")?,
                supplementary_weeks_used: row.get::<Option<i32>>("month")?.map(i64::from),
                provider: row.get("flag")?,
                birth_date: row.get("day_a")?,
                placed_on: row.get("day_b")?,
                registered_on: row.get("day_c")?,
            });
        }
        WORK => records.work.push(Work {
            month: row.month()?,
            kind: row.get("kind")?,
            hours: row.hours("number_a")?,
            earnings: row.money("number_b")?,
            reported_on: row.get("day_a")?,
            valid_from: row.get("valid_from")?,
        }),
        BENEFITS => records.benefits.push(Benefit {
            month: row.month()?,
            kind: row.get("kind")?,
            paid_hours: row.hours("number_a")?,
            quarantine_hours: row.hours("number_b")?,
            gross: row.money("number_c")?,
            settled: row.get("flag")?,
            stated_on: row.get("day_a")?,
            valid_from: row.get("valid_from")?,
        }),
        ABSENCES => records.absences.push(Absence {
            kind: row.get("kind")?,
            from: row.get("day_a")?,
            to: row.get("day_b")?,
            valid_from: row.get("valid_from")?,
        }),
        SANCTIONS => records.sanctions.push(Sanctioned {
            kind: row.get("kind")?,
            decided_on: row.get("day_a")?,
            hours: row.hours("number_a")?,
            served_hours: row.hours("number_b")?,
            valid_from: row.get("valid_from")?,
        }),
        MEETINGS => records.meetings.push(Meeting {
            party: row.get("kind")?,
            on: row.get("day_a")?,
            held: row.get("flag")?,
            valid_from: row.get("valid_from")?,
        }),
        _ => records.remarks.push(Remark {
            id: row.get("kind")?,
            recipient: row.get("text_a")?,
            note: row.get("text_b")?,
            month: row.month()?,
            received_at: row.get("number_a")?,
            worked_hours: row.hours("number_b")?,
        }),
    }
    Ok(())
}
