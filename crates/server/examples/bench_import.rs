//! `bench import`: how fast extracts go into SQLite, beside a bare loop of prepared single-row
//! inserts over the same rows (no parsing, no validation, no history).
//!
//! Prints one JSON object; all runs are interleaved, each in a process and a database of its own.
//! `cargo run --release -p jobnet-server --example bench_import -- [CITIZENS] [RUNS]`

use std::error::Error;
use std::fmt::Write as _;
use std::fs;
use std::io::{BufWriter, Write};
use std::path::Path;
use std::process::Command;
use std::time::Instant;

use chrono::{DateTime, NaiveDate};
use jobnet_server::db::Database;
use jobnet_server::import::{Show, When, import};
use jobnet_server::keys::Keyring;

type Outcome<T> = Result<T, Box<dyn Error>>;

const MONTHS: usize = 36;

fn main() -> Outcome<()> {
    let arguments: Vec<String> = std::env::args().skip(1).collect();
    let number = |at: usize, default| {
        arguments.get(at).and_then(|text| text.parse().ok()).unwrap_or(default)
    };
    match arguments.first().map(String::as_str) {
        Some("ours") => ours(Path::new(&arguments[1]), Path::new(&arguments[2])),
        Some("bare") => bare(number(1, 0), Path::new(&arguments[2])),
        _ => compare(number(0, 100_000), number(1, 5)),
    }
}

/// One row of work hours; the same for both.
struct WorkHours {
    citizen: usize,
    month: i32,
    employer: &'static str,
    hours: Option<i64>,
    kind: &'static str,
    earnings: i64,
    reported_on: String,
}

/// The rows of so many citizens, sorted as an extract is.
fn rows(citizens: usize) -> impl Iterator<Item = WorkHours> {
    const EMPLOYERS: [&str; 5] =
        ["Nordbageriet ApS", "Havnens Lager A/S", "Kommunen", "Skov & Have I/S", "12345678"];
    (1..=citizens).flat_map(|citizen| {
        (0..MONTHS).map(move |index| {
            let number = citizen * 31 + index * 7;
            let month = i32::try_from(index).unwrap_or(0);
            let (year, month) = (2023 + month / 12, 1 + month % 12);
            WorkHours {
                citizen,
                month: year * 100 + month,
                employer: EMPLOYERS[number % EMPLOYERS.len()],
                hours: (number % 50 != 0).then_some(i64::try_from(number % 16_033).unwrap_or(0)),
                kind: if number % 20 == 0 { "subsidised" } else { "ordinary" },
                earnings: i64::try_from(number % 4_000_000).unwrap_or(0),
                reported_on: format!("{:04}-{:02}-10", year + month / 12, month % 12 + 1),
            }
        })
    })
}

/// Writes the folders `citizens` and `hours`.
fn write_extracts(folder: &Path, citizens: usize) -> Outcome<()> {
    for name in ["citizens", "hours"] {
        fs::create_dir_all(folder.join(name))?;
        fs::write(folder.join(name).join("synthetic.json"), r#"{"synthetic":true}"#)?;
    }
    let mut file = BufWriter::new(fs::File::create(folder.join("citizens/citizens.csv"))?);
    writeln!(
        file,
        "id,cpr,first_name,last_name,birth_date,municipality,fund,job_centre,scheme,insurance,\
         monthly_rate,rate_level,provider,placed_on,registered_on,caseworker,\
         supplementary_weeks_used"
    )?;
    for citizen in 1..=citizens {
        let (day, month, rest) = (citizen % 28 + 1, 81 + citizen / 28 % 12, citizen / 336);
        writeln!(
            file,
            "SYN-{citizen:06},{day:02}{month:02}{rest:06},Anna,Berg,1990-01-01,Aarhus,Fund,Centre,\
             dagpenge,full_time,22041.00,,false,2023-01-01,2022-12-30,CW-1,0"
        )?;
    }
    file.flush()?;
    let mut file = BufWriter::new(fs::File::create(folder.join("hours/work_hours.csv"))?);
    writeln!(file, "citizen,month,employer,hours,kind,earnings,reported_on")?;
    let mut hours = String::new();
    for row in rows(citizens) {
        hours.clear();
        if let Some(hundredths) = row.hours {
            write!(hours, "{}.{:02}", hundredths / 100, hundredths % 100)?;
        }
        writeln!(
            file,
            "SYN-{:06},{:04}-{:02},{},{hours},{},{}.{:02},{}",
            row.citizen,
            row.month / 100,
            row.month % 100,
            row.employer,
            row.kind,
            row.earnings / 100,
            row.earnings % 100,
            row.reported_on
        )?;
    }
    Ok(file.flush()?)
}

/// The import itself; prints seconds, rows and peak memory in MB.
#[tokio::main]
async fn ours(folder: &Path, file: &Path) -> Outcome<()> {
    let database = Database::connect(&format!("sqlite:{}", file.display()), 1).await?;
    database.migrate().await?;
    let keys = Keyring::parse(&Keyring::new_line("bench")?)?;
    let today = NaiveDate::from_ymd_opt(2026, 11, 22).ok_or("a date")?;
    let when = When { as_of: None, today, now: DateTime::default() };
    import(&database, &keys, &folder.join("citizens"), when, Show::Nothing).await?;
    let begun = Instant::now();
    let report = import(&database, &keys, &folder.join("hours"), when, Show::Nothing).await?;
    let seconds = begun.elapsed().as_secs_f64();
    let status = fs::read_to_string("/proc/self/status")?;
    let peak = status.lines().find_map(|line| line.strip_prefix("VmHWM:"));
    let kilobytes: f64 =
        peak.and_then(|text| text.split_whitespace().next()).unwrap_or("0").parse()?;
    Ok(writeln!(std::io::stdout(), "{seconds} {} {}", report.totals().0, kilobytes / 1024.0)?)
}

/// The peer; prints seconds and rows. The rows are in memory before the clock starts.
fn bare(citizens: usize, file: &Path) -> Outcome<()> {
    let rows: Vec<WorkHours> = rows(citizens).collect();
    let mut connection = rusqlite::Connection::open(file)?;
    connection.execute_batch(
        "PRAGMA journal_mode = WAL; PRAGMA synchronous = NORMAL;
         CREATE TABLE work_hours (citizen INTEGER NOT NULL, month INTEGER NOT NULL,
             employer TEXT NOT NULL, hours INTEGER, kind TEXT NOT NULL, earnings INTEGER,
             reported_on TEXT, PRIMARY KEY (citizen, month, employer, kind)) WITHOUT ROWID;",
    )?;
    let begun = Instant::now();
    let transaction = connection.transaction()?;
    {
        let mut insert =
            transaction.prepare("INSERT INTO work_hours VALUES (?, ?, ?, ?, ?, ?, ?)")?;
        for row in &rows {
            insert.execute((
                i64::try_from(row.citizen)?,
                row.month,
                row.employer,
                row.hours,
                row.kind,
                row.earnings,
                &row.reported_on,
            ))?;
        }
    }
    transaction.commit()?;
    let seconds = begun.elapsed().as_secs_f64();
    Ok(writeln!(std::io::stdout(), "{seconds} {} 0", rows.len())?)
}

/// Runs one of the two in a process of its own: rows per second, and its peak memory.
fn measure(which: &str, source: &str, folder: &Path) -> Outcome<(f64, f64)> {
    let file = folder.join("bench.sqlite");
    let mut child = Command::new(std::env::current_exe()?);
    let output = child.arg(which).arg(source).arg(&file).output()?;
    if !output.status.success() {
        return Err(String::from_utf8_lossy(&output.stderr).into());
    }
    for ending in ["", "-wal", "-shm"] {
        let path = folder.join(format!("bench.sqlite{ending}"));
        if path.exists() {
            fs::remove_file(path)?;
        }
    }
    let text = String::from_utf8(output.stdout)?;
    let mut numbers = text.split_whitespace().map(str::parse::<f64>);
    let mut next = || numbers.next().ok_or("the run printed too little");
    let (seconds, rows, peak) = (next()??, next()??, next()??);
    Ok((rows / seconds, peak))
}

fn median(values: &mut [f64]) -> f64 {
    values.sort_by(f64::total_cmp);
    values[values.len() / 2]
}

fn compare(citizens: usize, runs: usize) -> Outcome<()> {
    let folder = tempfile::tempdir()?;
    write_extracts(folder.path(), citizens)?;
    let source = folder.path().to_string_lossy().into_owned();
    let (mut ours, mut bare, mut ratios) = (Vec::new(), Vec::new(), Vec::new());
    let mut peak = 0.0_f64;
    for run in 0..runs {
        // Whoever goes second finds a warmer disk: they take turns.
        let mut pair = [(0.0, 0.0); 2];
        for which in if run % 2 == 0 { [0, 1] } else { [1, 0] } {
            pair[which] = if which == 0 {
                measure("ours", &source, folder.path())?
            } else {
                measure("bare", &citizens.to_string(), folder.path())?
            };
        }
        let [(our_rate, our_peak), (bare_rate, _)] = pair;
        peak = peak.max(our_peak);
        ours.push(our_rate);
        bare.push(bare_rate);
        ratios.push(our_rate / bare_rate);
    }
    let result = serde_json::json!({
        "rows": citizens * MONTHS,
        "runs": runs,
        "ours_rows_per_s": median(&mut ours).round(),
        "bare_rows_per_s": median(&mut bare).round(),
        "ratio": (median(&mut ratios) * 1_000.0).round() / 1_000.0,
        "ratio_min": (ratios[0] * 1_000.0).round() / 1_000.0,
        "ratio_max": (ratios[ratios.len() - 1] * 1_000.0).round() / 1_000.0,
        "peak_rss_mb": peak.round(),
    });
    Ok(writeln!(std::io::stdout(), "{result}")?)
}
