//! Folders of extracts, small and readable.

use std::fs;
use std::path::Path;

use chrono::{DateTime, NaiveDate};
use jobnet_server::db::Database;
use jobnet_server::import::{ImportError, Problem, Report, Show, When, import};
use jobnet_server::keys::Keyring;
use sea_orm::{ConnectionTrait, Statement};
use tempfile::TempDir;

pub const CITIZENS: &str = "id,cpr,first_name,last_name,birth_date,municipality,fund,job_centre,\
scheme,insurance,monthly_rate,rate_level,provider,placed_on,registered_on,caseworker,\
supplementary_weeks_used";
pub const CONTACTS: &str =
    "citizen,email,mobile,language,digital_post_exempt,address_protected,notification,died_on";
pub const WORK_HOURS: &str = "citizen,month,employer,hours,kind,earnings,reported_on";
pub const BENEFITS: &str = "citizen,month,kind,paid_hours,quarantine_hours,gross,settled,as_of";
pub const SICKNESS: &str = "citizen,from,to,kind";
pub const MEASURES: &str = "citizen,kind,from,to,provider,status";
pub const SANCTIONS: &str = "citizen,kind,decided_on,hours,served_hours";
pub const MEETINGS: &str = "citizen,with,on,kind,held";
pub const JOB_SEARCH: &str = "citizen,applied_on,title,employer,channel,status";

pub const ANNA: &str = "SYN-1,0181901234,Anna,Ødegård,1990-01-01,Aarhus,Fund A,Job centre Aarhus,\
dagpenge,full_time,22041.00,,false,2026-03-01,2026-02-27,CW-1,3";
pub const BO: &str = "SYN-2,0282852345,Bo,\"Berg, jr.\",1985-02-02,Odense,,,\
social_assistance,,,basic,,,,,";

/// A folder of extracts.
#[derive(Debug)]
pub struct Extracts(TempDir);

impl Extracts {
    pub fn new() -> Self {
        Self(tempfile::tempdir().expect("a temporary folder"))
    }

    /// One valid row or two in each register.
    pub fn valid() -> Self {
        Self::new()
            .with("citizens", CITIZENS, &[ANNA, BO])
            .with(
                "contacts",
                CONTACTS,
                &["SYN-1,anna@example.org,+4500000000,da,false,true,email,"],
            )
            .with(
                "work_hours",
                WORK_HOURS,
                &[
                    "SYN-1,2026-03,Bakery,50.00,ordinary,9500.50,2026-04-10",
                    "SYN-1,2026-03,Bakery,12.5,subsidised,2000,2026-04-10",
                    "SYN-1,2026-04,Bakery,,ordinary,9000,2026-05-10",
                    "SYN-2,2026-04,Shop,20,ordinary,3600,2026-05-10",
                ],
            )
            .with(
                "benefits",
                BENEFITS,
                &[
                    "SYN-1,2026-03,dagpenge,110.33,0,15167.36,true,2026-04-11",
                    "SYN-1,2026-04,dagpenge,160.33,,22041,false,",
                ],
            )
            .with("sickness", SICKNESS, &["SYN-1,2026-05-01,,sickness"])
            .with("measures", MEASURES, &["SYN-1,Course,2026-04-01,2026-04-30,School,completed"])
            .with("sanctions", SANCTIONS, &["SYN-1,quarantine,2026-04-20,111,37"])
            .with("meetings", MEETINGS, &["SYN-1,fund,2026-03-09,First talk,true"])
            .with("job_search", JOB_SEARCH, &["SYN-1,2026-04-02,Baker,Bread Ltd,online,answered"])
    }

    /// Writes a register.
    pub fn with(self, register: &str, header: &str, rows: &[&str]) -> Self {
        let mut text = header.to_owned() + "\n";
        rows.iter().for_each(|row| text.extend([row, "\n"]));
        self.with_bytes(&format!("{register}.csv"), text.as_bytes())
    }

    /// Writes any file.
    pub fn with_bytes(self, file: &str, bytes: &[u8]) -> Self {
        fs::write(self.path().join(file), bytes).expect("writes");
        self
    }

    /// Takes a file away.
    pub fn without(self, file: &str) -> Self {
        fs::remove_file(self.path().join(file)).expect("deletes");
        self
    }

    pub fn path(&self) -> &Path {
        self.0.path()
    }

    /// Imports the folder as of a day.
    pub async fn import(&self, database: &Database, as_of: &str) -> Result<Report, ImportError> {
        let when = When { as_of: Some(day(as_of)), ..when() };
        import(database, &keys(), self.path(), when, Show::Nothing).await
    }

    /// Imports the folder, which must be good.
    pub async fn import_well(&self, database: &Database, as_of: &str) -> (u64, u64, u64) {
        match self.import(database, as_of).await {
            Ok(report) => report.totals(),
            Err(ImportError::Rejected(problems)) => panic!("{problems}"),
            Err(error) => panic!("{error}"),
        }
    }

    /// Imports the folder, which must be refused.
    pub async fn import_badly(&self, database: &Database, as_of: &str) -> Vec<Problem> {
        match self.import(database, as_of).await {
            Err(ImportError::Rejected(problems)) => problems.list().to_vec(),
            other => panic!("expected a refusal, got {other:?}"),
        }
    }
}

/// The same as the program takes them.
pub const RING: &str = "test:0707070707070707070707070707070707070707070707070707070707070707";

/// The keys of every test.
pub fn keys() -> Keyring {
    Keyring::parse(RING).expect("a ring")
}

pub fn day(text: &str) -> NaiveDate {
    text.parse().expect("a date")
}

/// Without a day asked for, on a fixed today.
pub fn when() -> When {
    When { as_of: None, today: day("2026-11-22"), now: DateTime::default() }
}

/// The tables an import writes to; of a CPR number's row all but what is random.
pub const TABLES: [&str; 13] = [
    "citizens",
    "import_runs",
    "import_files",
    "citizen_facts",
    "contacts",
    "work_hours",
    "benefits",
    "sickness",
    "measures",
    "sanctions",
    "meetings",
    "job_search",
    "cpr_numbers",
];

/// Every row of every table of an import, as text.
pub async fn dump(database: &Database) -> Vec<String> {
    let mut rows = Vec::new();
    for table in TABLES {
        let columns = if table == "cpr_numbers" { "hash, citizen_id, key_id" } else { "*" };
        rows.extend(query(database, &format!("SELECT {columns} FROM {table}")).await);
    }
    rows
}

/// The rows of a query, each as text, sorted.
pub async fn query(database: &Database, sql: &str) -> Vec<String> {
    let db = database.read();
    let statement = Statement::from_string(db.get_database_backend(), sql);
    let rows = db.query_all_raw(statement).await.expect("queries");
    let mut rows: Vec<_> = rows.iter().map(|row| text(sql, row)).collect();
    rows.sort();
    rows
}

fn text(sql: &str, row: &sea_orm::QueryResult) -> String {
    fn get<T: sea_orm::TryGetable + ToString>(
        row: &sea_orm::QueryResult,
        name: &str,
    ) -> Option<String> {
        let value = row.try_get::<Option<T>>("", name).ok()?;
        Some(value.map(|value| value.to_string()).unwrap_or_default())
    }
    let fields = row.column_names().into_iter().map(|name| {
        let name = name.as_str();
        let text = get::<String>(row, name)
            .or_else(|| get::<NaiveDate>(row, name))
            .or_else(|| get::<i32>(row, name))
            .or_else(|| get::<i64>(row, name))
            .or_else(|| get::<bool>(row, name));
        format!("{name}={}", text.unwrap_or_else(|| panic!("{sql}: {name}")))
    });
    fields.collect::<Vec<_>>().join(" ")
}
