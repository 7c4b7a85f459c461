//! CPR numbers in the database: sealed, found by keyed hash, sealed anew under another key.
//!
//! It must not know of extracts, sessions or pages.

use std::path::PathBuf;

use sea_orm::sea_query::{Condition, Expr, ExprTrait, OnConflict, Order, Query};
use sea_orm::{ConnectionTrait, DatabaseTransaction, DbErr};

use crate::config::Config;
use crate::db::Database;
use crate::db::registers::FOREVER;
use crate::keys::{KeyError, Keyring, Sealed};

/// How many numbers one transaction seals anew.
const PAGE: u64 = 1_000;

/// Why CPR numbers cannot be had.
#[derive(Debug, thiserror::Error)]
pub enum CprError {
    /// The keys are wrong or missing.
    #[error(transparent)]
    Keys(#[from] KeyError),
    /// The database failed.
    #[error("the database failed: {0}")]
    Database(#[from] DbErr),
}

/// A text is no CPR number.
#[derive(Clone, Copy, Debug, PartialEq, Eq, thiserror::Error)]
pub enum NoCpr {
    /// Not ten digits.
    #[error("is not a CPR number: ten digits")]
    Digits,
    /// Ten digits that are no day and month.
    #[error("is not a CPR number: it begins with no day and month")]
    Day,
}

/// The ten digits of a CPR number; a hyphen before the last four is dropped.
///
/// # Errors
/// When it is none.
pub fn parse(text: &str) -> Result<String, NoCpr> {
    let digits = match text.split_once('-') {
        Some((day, number)) if day.len() == 6 => format!("{day}{number}"),
        _ => text.to_owned(),
    };
    if digits.len() != 10 || !digits.bytes().all(|byte| byte.is_ascii_digit()) {
        return Err(NoCpr::Digits);
    }
    let two = |at: usize| digits[at..at + 2].parse().unwrap_or(0_u32);
    let (day, month) = (two(0), two(2));
    // Replacement numbers have 60 more on the day, synthetic ones 80 more on the month.
    let day = if day > 60 { day - 60 } else { day };
    let month = if month > 80 { month - 80 } else { month };
    if (1..=31).contains(&day) && (1..=12).contains(&month) { Ok(digits) } else { Err(NoCpr::Day) }
}

/// The shortest run of digits that is blotted: a birthday is one.
const TELLING: usize = 6;

/// A text for the record: every CPR number in it, however it is spaced, as `named` has it, and
/// every other run of six or more digits blotted. It may be a CPR number with a slip.
pub fn veiled(text: &str, named: impl Fn(&str) -> String) -> String {
    let mut veiled = String::with_capacity(text.len());
    let mut end = 0;
    for run in runs(text) {
        veiled.push_str(&text[end..run.start]);
        let written = &text[run.clone()];
        let digits: String = written.chars().filter(|c| c.is_numeric()).collect();
        match parse(&digits) {
            Ok(number) => veiled.push_str(&named(&number)),
            Err(_) if digits.chars().count() >= TELLING => veiled.push_str("[digits]"),
            Err(_) => veiled.push_str(written),
        }
        end = run.end;
    }
    veiled.push_str(&text[end..]);
    veiled
}

/// Whether a text has a CPR number in it: ten digits in one, among more of them, or spaced behind
/// the sixth. A date and an hour are none.
pub fn stands_in(text: &str) -> bool {
    runs(text).into_iter().any(|run| {
        let written = &text[run];
        let digits: String = written.chars().filter(char::is_ascii_digit).collect();
        let mut groups = vec![0];
        for group in written.split(|c: char| !c.is_ascii_digit()).filter(|group| !group.is_empty())
        {
            groups.push(groups.last().copied().unwrap_or(0) + group.len());
        }
        (0..(digits.len() + 1).saturating_sub(10)).any(|start| {
            let is_whole = !groups.iter().any(|&gap| start < gap && gap < start + 10);
            let is_spaced = [0, 6, 10].iter().all(|at| groups.contains(&(start + at)));
            (is_whole || is_spaced) && parse(&digits[start..start + 10]).is_ok()
        })
    })
}

/// Where the runs of digits of a text stand, with what separates the digits of a number.
fn runs(text: &str) -> Vec<std::ops::Range<usize>> {
    let mut runs: Vec<std::ops::Range<usize>> = Vec::new();
    let mut is_open = false;
    for (at, c) in text.char_indices() {
        if c.is_numeric() {
            let end = at + c.len_utf8();
            match runs.last_mut().filter(|_| is_open) {
                Some(run) => run.end = end,
                None => runs.push(at..end),
            }
            is_open = true;
        } else {
            is_open &= c.is_whitespace() || "-‐‑‒–—./".contains(c);
        }
    }
    runs
}

/// The ring of this database: as configured, or the file beside it, which is made when nothing is
/// sealed yet.
///
/// # Errors
/// When the ring is malformed, or the database is sealed and there is none.
pub async fn keyring(config: &Config, database: &Database) -> Result<Keyring, CprError> {
    if let Some(ring) = &config.keys.ring {
        return Ok(Keyring::parse(ring)?);
    }
    let path = config.keys.file.clone().unwrap_or_else(|| default_file(&config.database.url));
    if path.exists() {
        return Ok(Keyring::read(&path)?);
    }
    for table in ["cpr_numbers", "trial_seeds"] {
        let sealed = Query::select().expr(Expr::val(1)).from(table).limit(1).take();
        if database.read().query_one(&sealed).await?.is_some() {
            return Err(KeyError::Missing(path).into());
        }
    }
    Ok(Keyring::create(&path)?)
}

/// Beside a SQLite file; else in the working folder.
fn default_file(url: &str) -> PathBuf {
    let path = url.strip_prefix("sqlite:").map(|path| path.strip_prefix("//").unwrap_or(path));
    let path = path.and_then(|path| path.split('?').next()).filter(|path| !path.is_empty());
    path.map_or_else(|| PathBuf::from("jobnet.keys"), |path| PathBuf::from(format!("{path}.keys")))
}

/// The citizen who has this CPR number now.
///
/// # Errors
/// When the database fails.
pub async fn find(
    connection: &impl ConnectionTrait,
    keys: &Keyring,
    cpr: &str,
) -> Result<Option<i32>, DbErr> {
    let query = Query::select()
        .column(("cpr_numbers", "citizen_id"))
        .from("cpr_numbers")
        .inner_join(
            "citizen_facts",
            Condition::all()
                .add(
                    Expr::col(("citizen_facts", "citizen_id"))
                        .equals(("cpr_numbers", "citizen_id")),
                )
                .add(Expr::col(("citizen_facts", "cpr_hash")).equals(("cpr_numbers", "hash"))),
        )
        .and_where(Expr::col(("cpr_numbers", "hash")).is_in(keys.indexes(cpr)))
        .and_where(Expr::col(("citizen_facts", "valid_to")).eq(FOREVER))
        .take();
    let row = connection.query_one(&query).await?;
    row.map(|row| row.try_get("", "citizen_id")).transpose()
}

/// The number behind a hash in the facts of a citizen.
///
/// # Errors
/// When the database fails, or the number cannot be opened.
pub async fn open(
    connection: &impl ConnectionTrait,
    keys: &Keyring,
    citizen: i32,
    hash: &str,
) -> Result<Option<String>, CprError> {
    let query = Query::select()
        .columns(["key_id", "sealed"])
        .from("cpr_numbers")
        .and_where(Expr::col("hash").eq(hash))
        .and_where(Expr::col("citizen_id").eq(citizen))
        .take();
    let Some(row) = connection.query_one(&query).await? else { return Ok(None) };
    let sealed = Sealed { key_id: row.try_get("", "key_id")?, bytes: row.try_get("", "sealed")? };
    Ok(Some(keys.open(&sealed, &place(citizen, hash))?))
}

/// What a sealed number is bound to.
pub(crate) fn place(citizen: i32, hash: &str) -> String {
    format!("{citizen} {hash}")
}

/// Whether anything is sealed under another key than the active one: then the same number has two
/// hashes, and an import would take every citizen for changed.
///
/// # Errors
/// When the database fails.
pub async fn is_mixed(connection: &impl ConnectionTrait, keys: &Keyring) -> Result<bool, DbErr> {
    let other = Query::select()
        .expr(Expr::val(1))
        .from("cpr_numbers")
        .and_where(Expr::col("key_id").ne(keys.active_id()))
        .limit(1)
        .take();
    Ok(connection.query_one(&other).await?.is_some())
}

/// Seals what an earlier version of this program stored as it was. How many numbers.
///
/// # Errors
/// When the database fails; what is done stays done.
pub async fn seal_plain(database: &Database, keys: &Keyring) -> Result<u64, CprError> {
    let page = Query::select()
        .distinct()
        .columns(["citizen_id", "cpr_hash"])
        .from("citizen_facts")
        .and_where(Expr::cust("cpr_hash < 'a'"))
        .limit(PAGE)
        .take();
    let mut sealed = 0;
    loop {
        if database.read().query_one(&page).await?.is_none() {
            return Ok(sealed);
        }
        let transaction = database.begin_write().await?;
        for row in transaction.query_all(&page).await? {
            let citizen: i32 = row.try_get("", "citizen_id")?;
            let cpr: String = row.try_get("", "cpr_hash")?;
            replace(&transaction, keys, citizen, &cpr, &cpr).await?;
            sealed += 1;
        }
        transaction.commit().await?;
    }
}

/// Seals everything under the active key that is sealed under another one. How many numbers.
/// Servers that know both keys go on meanwhile.
///
/// # Errors
/// When the database fails or a number cannot be opened; what is done stays done.
pub async fn rotate(database: &Database, keys: &Keyring) -> Result<u64, CprError> {
    let mut sealed = seal_plain(database, keys).await?;
    let page = Query::select()
        .columns(["hash", "citizen_id", "key_id", "sealed"])
        .from("cpr_numbers")
        .and_where(Expr::col("key_id").ne(keys.active_id()))
        .order_by("hash", Order::Asc)
        .limit(PAGE)
        .take();
    loop {
        let transaction = database.begin_write().await?;
        let rows = transaction.query_all(&page).await?;
        if rows.is_empty() {
            transaction.rollback().await?;
            return Ok(sealed);
        }
        for row in rows {
            let (hash, citizen): (String, i32) =
                (row.try_get("", "hash")?, row.try_get("", "citizen_id")?);
            let old =
                Sealed { key_id: row.try_get("", "key_id")?, bytes: row.try_get("", "sealed")? };
            let cpr = keys.open(&old, &place(citizen, &hash))?;
            replace(&transaction, keys, citizen, &hash, &cpr).await?;
            let mut delete = Query::delete();
            delete
                .from_table("cpr_numbers")
                .and_where(Expr::col("hash").eq(hash))
                .and_where(Expr::col("citizen_id").eq(citizen));
            transaction.execute(&delete).await?;
            sealed += 1;
        }
        transaction.commit().await?;
    }
}

/// Stores a number sealed, and its hash in every version of the citizen's facts that had `old`.
async fn replace(
    transaction: &DatabaseTransaction,
    keys: &Keyring,
    citizen: i32,
    old: &str,
    cpr: &str,
) -> Result<(), CprError> {
    let hash = keys.index(cpr);
    let sealed = keys.seal(cpr, &place(citizen, &hash))?;
    let mut insert = Query::insert();
    insert
        .into_table("cpr_numbers")
        .columns(["hash", "citizen_id", "key_id", "sealed"])
        // As many values as columns.
        .values_panic([
            Expr::val(hash.as_str()),
            Expr::val(citizen),
            Expr::val(sealed.key_id),
            Expr::val(sealed.bytes),
        ])
        .on_conflict(OnConflict::new().do_nothing().to_owned());
    transaction.execute(&insert).await?;
    let mut update = Query::update();
    update
        .table("citizen_facts")
        .value("cpr_hash", hash)
        .and_where(Expr::col("citizen_id").eq(citizen))
        .and_where(Expr::col("cpr_hash").eq(old));
    transaction.execute(&update).await?;
    Ok(())
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_keys_of_a_file_are_beside_it() {
        for (url, path) in [
            ("sqlite:jobnet.db", "jobnet.db.keys"),
            ("sqlite:///var/lib/jobnet.db?mode=rwc", "/var/lib/jobnet.db.keys"),
            ("postgres://user@db/jobnet", "jobnet.keys"),
        ] {
            assert_eq!(default_file(url), PathBuf::from(path));
        }
    }

    #[test]
    fn no_number_that_could_be_a_cpr_number_is_left_in_a_text() {
        let veil = |text: &str| veiled(text, |number| format!("<{}>", &number[6..]));
        for (text, expected) in [
            ("Asta", "Asta"),
            ("Asta 0181901234", "Asta <1234>"),
            ("018190 1234", "<1234>"),
            ("018190-1234", "<1234>"),
            ("(018190 – 1234), Asta", "(<1234>), Asta"),
            ("01 81 90 12 34", "<1234>"),
            ("01819012345", "[digits]"),
            ("018190-12345 Asta", "[digits] Asta"),
            ("018190", "[digits]"),
            ("018190-123", "[digits]"),
            ("Asta1990", "Asta1990"),
            ("Asta 12, 0181901234, 34", "Asta 12, <1234>, 34"),
            ("12 0181901234", "[digits]"),
            ("9999999999", "[digits]"),
            ("０１８１９０１２３４", "[digits]"),
            ("", ""),
        ] {
            assert_eq!(veil(text), expected, "{text}");
        }
    }

    #[test]
    fn a_cpr_number_in_a_text_is_found_and_a_date_is_none() {
        for (text, expected) in [
            ("Asta 0181901234 ringede", true),
            ("018190 1234", true),
            ("018190-1234", true),
            ("01 81 90 1234", true),
            ("018190–1234.", true),
            ("01819012345", true),
            ("Hun ringede 22-11-2026 10", false),
            ("Hun ringede 22.11.2026 10.30", false),
            ("Telefon 12 34 56 78", false),
            ("Sag 99999999999", false),
            ("", false),
        ] {
            assert_eq!(stands_in(text), expected, "{text}");
        }
    }
}
