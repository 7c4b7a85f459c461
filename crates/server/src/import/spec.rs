//! The registers as data: every file, its columns, and what each of them may hold.
//!
//! The one truth for headers, parsing, keys and statements; `docs/data-format.md` is checked
//! against it.

use sea_orm::sea_query::ColumnType;

use super::problem::Code;
use super::value::Cell;

/// What a column may hold.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Kind {
    /// The id of a citizen: in `citizens` her own, elsewhere one that is known.
    Citizen,
    /// A CPR number: ten digits with a day and a month, a hyphen before the last four allowed.
    Cpr,
    /// Text of at most so many characters, without control characters or spaces around it.
    Text(usize),
    /// `YYYY-MM-DD`, years 1900 to 2200.
    Date,
    /// `YYYY-MM`, years 1900 to 2200.
    Month,
    /// Hours with at most two decimals, from 0 to so many whole hours.
    Hours(i64),
    /// Kroner with at most two decimals, 0 or more.
    Money,
    /// A whole number from 0 to so many.
    Count(i32),
    /// `true` or `false`.
    Flag,
    /// One of these words.
    Word(&'static [&'static str]),
}

/// Whether a field may be empty.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Presence {
    /// Part of what identifies a row; never empty.
    Key,
    /// Never empty.
    Required,
    /// Empty: unknown, or none.
    Optional,
}

/// A column of an extract.
#[derive(Clone, Copy, Debug)]
pub struct Column {
    /// Name in the header.
    pub name: &'static str,
    /// Name in the database.
    pub stored_as: &'static str,
    /// What it may hold.
    pub kind: Kind,
    /// Whether it may be empty.
    pub presence: Presence,
    /// Whether a header may lack it: extracts were made before it was there. They say nothing of it:
    /// what is known stays.
    pub may_lack: bool,
}

/// What two fields of a row must say about each other; the reason if they do not.
pub(super) type RowCheck = fn(&[Cell]) -> Option<(usize, Code, &'static str)>;

/// A register: one file of an extract and one table of versions.
#[derive(Clone, Copy, Debug)]
pub struct Register {
    /// The file's name without its ending.
    pub name: &'static str,
    /// The table in the database.
    pub table: &'static str,
    /// The columns, in the order of the documentation; a file may order them otherwise.
    pub columns: &'static [Column],
    pub(super) check: Option<RowCheck>,
}

/// The most hours a month can have.
const MONTH_HOURS: i64 = 744;

const fn key(name: &'static str, kind: Kind) -> Column {
    Column { name, stored_as: name, kind, presence: Presence::Key, may_lack: false }
}

const fn required(name: &'static str, kind: Kind) -> Column {
    Column { name, stored_as: name, kind, presence: Presence::Required, may_lack: false }
}

const fn optional(name: &'static str, kind: Kind) -> Column {
    Column { name, stored_as: name, kind, presence: Presence::Optional, may_lack: false }
}

/// One that came after the first extracts were made.
const fn later(name: &'static str, kind: Kind) -> Column {
    Column { may_lack: true, ..optional(name, kind) }
}

impl Column {
    const fn stored_as(self, stored_as: &'static str) -> Self {
        Self { stored_as, ..self }
    }

    pub(super) fn column_type(&self) -> ColumnType {
        match self.kind {
            Kind::Citizen | Kind::Month | Kind::Count(_) => ColumnType::Integer,
            Kind::Cpr | Kind::Text(_) | Kind::Word(_) => ColumnType::Text,
            Kind::Date => ColumnType::Date,
            Kind::Hours(_) | Kind::Money => ColumnType::BigInteger,
            Kind::Flag => ColumnType::Boolean,
        }
    }
}

/// All registers, in the order in which they are read: citizens first, since all others name one.
pub const REGISTERS: [Register; 9] = [
    Register {
        name: "citizens",
        table: "citizen_facts",
        columns: &[
            key("id", Kind::Citizen).stored_as("citizen_id"),
            required("cpr", Kind::Cpr).stored_as("cpr_hash"),
            required("first_name", Kind::Text(100)),
            required("last_name", Kind::Text(100)),
            required("birth_date", Kind::Date),
            optional("municipality", Kind::Text(100)),
            optional("fund", Kind::Text(100)),
            optional("job_centre", Kind::Text(100)),
            required("scheme", Kind::Word(&["dagpenge", "graduate", "social_assistance"])),
            optional("insurance", Kind::Word(&["full_time", "part_time"])),
            optional("monthly_rate", Kind::Money),
            optional(
                "rate_level",
                Kind::Word(&["minimum", "basic", "increased", "living_at_home"]),
            ),
            optional("provider", Kind::Flag),
            optional("placed_on", Kind::Date),
            optional("registered_on", Kind::Date),
            optional("caseworker", Kind::Text(100)),
            optional("supplementary_weeks_used", Kind::Count(520)),
            later("cv_since", Kind::Date),
        ],
        check: None,
    },
    Register {
        name: "contacts",
        table: "contacts",
        columns: &[
            key("citizen", Kind::Citizen).stored_as("citizen_id"),
            optional("email", Kind::Text(254)),
            optional("mobile", Kind::Text(20)),
            optional("language", Kind::Word(&["da", "en"])),
            optional("digital_post_exempt", Kind::Flag),
            optional("address_protected", Kind::Flag),
            optional("notification", Kind::Word(&["email", "sms", "none"])),
            optional("died_on", Kind::Date),
            later("street", Kind::Text(200)),
            later("postal_code", Kind::Text(10)),
            later("city", Kind::Text(100)),
        ],
        check: None,
    },
    Register {
        name: "work_hours",
        table: "work_hours",
        columns: &[
            key("citizen", Kind::Citizen).stored_as("citizen_id"),
            key("month", Kind::Month),
            key("employer", Kind::Text(200)),
            optional("hours", Kind::Hours(MONTH_HOURS)),
            key("kind", Kind::Word(&["ordinary", "subsidised"])),
            optional("earnings", Kind::Money),
            optional("reported_on", Kind::Date),
        ],
        check: None,
    },
    Register {
        name: "benefits",
        table: "benefits",
        columns: &[
            key("citizen", Kind::Citizen).stored_as("citizen_id"),
            key("month", Kind::Month),
            key("kind", Kind::Word(&["dagpenge", "social_assistance", "holiday"])),
            optional("paid_hours", Kind::Hours(MONTH_HOURS)),
            optional("quarantine_hours", Kind::Hours(MONTH_HOURS)),
            optional("gross", Kind::Money),
            required("settled", Kind::Flag),
            optional("as_of", Kind::Date).stored_as("stated_on"),
        ],
        check: None,
    },
    Register {
        name: "sickness",
        table: "sickness",
        columns: &[
            key("citizen", Kind::Citizen).stored_as("citizen_id"),
            key("from", Kind::Date).stored_as("from_day"),
            optional("to", Kind::Date).stored_as("to_day"),
            key("kind", Kind::Word(&["sickness", "parental_leave", "care"])),
        ],
        check: Some(|row| in_order(row, 1, 2)),
    },
    Register {
        name: "measures",
        table: "measures",
        columns: &[
            key("citizen", Kind::Citizen).stored_as("citizen_id"),
            key("kind", Kind::Text(100)),
            key("from", Kind::Date).stored_as("from_day"),
            optional("to", Kind::Date).stored_as("to_day"),
            optional("provider", Kind::Text(200)),
            required("status", Kind::Word(&["planned", "ongoing", "completed", "cancelled"])),
        ],
        check: Some(|row| in_order(row, 2, 3)),
    },
    Register {
        name: "sanctions",
        table: "sanctions",
        columns: &[
            key("citizen", Kind::Citizen).stored_as("citizen_id"),
            key("kind", Kind::Word(&["quarantine", "work_requirement", "exclusion"])),
            key("decided_on", Kind::Date),
            optional("hours", Kind::Hours(10_000)),
            optional("served_hours", Kind::Hours(10_000)),
        ],
        check: Some(|row| match (&row[3], &row[4]) {
            (Cell::Hundredths(hours), Cell::Hundredths(served)) if served > hours => {
                Some((4, Code::Order, "is more than the hours of the sanction"))
            }
            _ => None,
        }),
    },
    Register {
        name: "meetings",
        table: "meetings",
        columns: &[
            key("citizen", Kind::Citizen).stored_as("citizen_id"),
            key("with", Kind::Word(&["fund", "job_centre", "municipality"])).stored_as("party"),
            key("on", Kind::Date).stored_as("held_on"),
            key("kind", Kind::Text(100)),
            optional("held", Kind::Flag),
        ],
        check: None,
    },
    Register {
        name: "job_search",
        table: "job_search",
        columns: &[
            key("citizen", Kind::Citizen).stored_as("citizen_id"),
            key("applied_on", Kind::Date),
            key("title", Kind::Text(200)),
            key("employer", Kind::Text(200)),
            optional("channel", Kind::Text(100)),
            optional("status", Kind::Text(100)),
        ],
        check: None,
    },
];

impl Register {
    /// Whether its rows are the citizens themselves.
    pub(super) fn is_citizens(&self) -> bool {
        self.name == "citizens"
    }
}

fn in_order(row: &[Cell], from: usize, to: usize) -> Option<(usize, Code, &'static str)> {
    match (&row[from], &row[to]) {
        (Cell::Date(first), Cell::Date(last)) if first > last => {
            Some((to, Code::Order, "is before the day in “from”"))
        }
        _ => None,
    }
}
