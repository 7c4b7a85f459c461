//! The registers: citizens, one table of versions per register, and the log of imports.

use sea_orm_migration::prelude::*;
use sea_orm_migration::sea_orm::DbBackend;

use crate::db::dialect;

/// Migration.
#[derive(DeriveMigrationName)]
pub(super) struct Migration;

/// One column: name, type, whether it may be empty.
type Field = (&'static str, ColumnType, bool);

const TEXT: ColumnType = ColumnType::Text;
const HUNDREDTHS: ColumnType = ColumnType::BigInteger;
const DAY: ColumnType = ColumnType::Date;
const MONTH: ColumnType = ColumnType::Integer;
const FLAG: ColumnType = ColumnType::Boolean;

/// A register's table: its key (after the citizen) and its other columns.
struct Register {
    table: &'static str,
    key: &'static [Field],
    content: &'static [Field],
}

const REGISTERS: &[Register] = &[
    Register {
        table: "citizen_facts",
        key: &[],
        content: &[
            ("cpr", TEXT, false),
            ("first_name", TEXT, false),
            ("last_name", TEXT, false),
            ("birth_date", DAY, false),
            ("municipality", TEXT, true),
            ("fund", TEXT, true),
            ("job_centre", TEXT, true),
            ("scheme", TEXT, false),
            ("insurance", TEXT, true),
            ("monthly_rate", HUNDREDTHS, true),
            ("rate_level", TEXT, true),
            ("provider", FLAG, true),
            ("placed_on", DAY, true),
            ("registered_on", DAY, true),
            ("caseworker", TEXT, true),
            ("supplementary_weeks_used", ColumnType::Integer, true),
        ],
    },
    Register {
        table: "contacts",
        key: &[],
        content: &[
            ("email", TEXT, true),
            ("mobile", TEXT, true),
            ("language", TEXT, true),
            ("digital_post_exempt", FLAG, true),
            ("address_protected", FLAG, true),
            ("notification", TEXT, true),
            ("died_on", DAY, true),
        ],
    },
    Register {
        table: "work_hours",
        key: &[("month", MONTH, false), ("employer", TEXT, false), ("kind", TEXT, false)],
        content: &[
            ("hours", HUNDREDTHS, true),
            ("earnings", HUNDREDTHS, true),
            ("reported_on", DAY, true),
        ],
    },
    Register {
        table: "benefits",
        key: &[("month", MONTH, false), ("kind", TEXT, false)],
        content: &[
            ("paid_hours", HUNDREDTHS, true),
            ("quarantine_hours", HUNDREDTHS, true),
            ("gross", HUNDREDTHS, true),
            ("settled", FLAG, false),
            ("stated_on", DAY, true),
        ],
    },
    Register {
        table: "sickness",
        key: &[("from_day", DAY, false), ("kind", TEXT, false)],
        content: &[("to_day", DAY, true)],
    },
    Register {
        table: "measures",
        key: &[("kind", TEXT, false), ("from_day", DAY, false)],
        content: &[("to_day", DAY, true), ("provider", TEXT, true), ("status", TEXT, false)],
    },
    Register {
        table: "sanctions",
        key: &[("kind", TEXT, false), ("decided_on", DAY, false)],
        content: &[("hours", HUNDREDTHS, true), ("served_hours", HUNDREDTHS, true)],
    },
    Register {
        table: "meetings",
        key: &[("party", TEXT, false), ("held_on", DAY, false), ("kind", TEXT, false)],
        content: &[("held", FLAG, true)],
    },
    Register {
        table: "job_search",
        key: &[("applied_on", DAY, false), ("title", TEXT, false), ("employer", TEXT, false)],
        content: &[("channel", TEXT, true), ("status", TEXT, true)],
    },
];

fn column(&(name, ref kind, optional): &Field) -> ColumnDef {
    let mut column = ColumnDef::new_with_type(Alias::new(name), kind.clone());
    if !optional {
        column.not_null();
    }
    column
}

/// A table of versions. Its key begins with the citizen, so that all rows of one citizen lie side
/// by side; the run that brought a version makes it unique, also when a row is corrected twice
/// on one day.
fn versions(register: &Register, backend: DbBackend) -> TableCreateStatement {
    let mut table = Table::create();
    let mut key = Index::create();
    table.table(Alias::new(register.table)).col(column(&("citizen_id", MONTH, false)));
    key.col("citizen_id");
    for field in register.key {
        table.col(column(field));
        key.col(field.0);
    }
    key.col("run_id");
    for field in register.content {
        table.col(column(field));
    }
    table
        .col(column(&("run_id", ColumnType::Integer, false)))
        .col(column(&("valid_from", DAY, false)))
        .col(ColumnDef::new("valid_to").date().not_null().default("9999-12-31"))
        .col(column(&("replaced_by", ColumnType::Integer, true)))
        .primary_key(&mut key);
    dialect::clustered(&mut table, backend);
    table
}

fn citizens() -> TableCreateStatement {
    Table::create()
        .table("citizens")
        .col(ColumnDef::new("id").integer().not_null().primary_key())
        .col(ColumnDef::new("register_id").text().not_null().unique_key())
        .col(ColumnDef::new("public_id").text().not_null().unique_key())
        .to_owned()
}

fn runs() -> TableCreateStatement {
    Table::create()
        .table("import_runs")
        .col(ColumnDef::new("id").integer().not_null().primary_key())
        .col(ColumnDef::new("imported_at").big_integer().not_null())
        .col(ColumnDef::new("as_of").date().not_null())
        .col(ColumnDef::new("synthetic").boolean().not_null())
        .col(ColumnDef::new("new_rows").big_integer().not_null())
        .col(ColumnDef::new("changed_rows").big_integer().not_null())
        .col(ColumnDef::new("unchanged_rows").big_integer().not_null())
        .to_owned()
}

fn files() -> TableCreateStatement {
    Table::create()
        .table("import_files")
        .col(ColumnDef::new("run_id").integer().not_null())
        .col(ColumnDef::new("file").text().not_null())
        .col(ColumnDef::new("sha256").text().not_null())
        .col(ColumnDef::new("row_count").big_integer().not_null())
        .primary_key(Index::create().col("run_id").col("file"))
        .to_owned()
}

#[async_trait::async_trait]
impl MigrationTrait for Migration {
    async fn up(&self, manager: &SchemaManager) -> Result<(), DbErr> {
        for table in [citizens(), runs(), files()] {
            manager.create_table(table).await?;
        }
        for register in REGISTERS {
            manager.create_table(versions(register, manager.get_database_backend())).await?;
        }
        Ok(())
    }

    async fn down(&self, manager: &SchemaManager) -> Result<(), DbErr> {
        let names = REGISTERS.iter().map(|register| register.table);
        for table in names.chain(["import_files", "import_runs", "citizens"]) {
            manager.drop_table(Table::drop().table(Alias::new(table)).to_owned()).await?;
        }
        Ok(())
    }
}
