//! The registers' tables, one entity per register, with history.
//!
//! A row is a *version*: it counts from `valid_from` until the day before `valid_to`. Read them
//! with [`as_of`], which keeps the versions that were valid on a day. Hours and money are
//! hundredths, months are `YYYYMM`. Must not know of rules, pages or HTTP.

pub mod benefits;
pub mod citizen_facts;
pub mod citizens;
pub mod contacts;
pub mod import_files;
pub mod import_runs;
pub mod job_search;
pub mod measures;
pub mod meetings;
pub mod sanctions;
pub mod sickness;
pub(crate) mod versions;
pub mod work_hours;

use chrono::NaiveDate;
use jobnet_rules::units::Month;
use sea_orm::sea_query::{Expr, ExprTrait};
use sea_orm::{
    ColumnTrait, Condition, ConnectionTrait, DbErr, EntityTrait, QueryFilter, QueryOrder,
};
use serde::Serialize;
use serde::de::value::Error as WordError;
use serde::de::{DeserializeOwned, IntoDeserializer};

/// The `valid_to` of a current version: 31 December 9999.
pub const FOREVER: NaiveDate = match NaiveDate::from_ymd_opt(9999, 12, 31) {
    Some(day) => day,
    None => NaiveDate::MAX,
};

/// Keeps the versions that were valid on a day; without a day, the current ones. Works for every
/// register's table.
pub fn as_of(day: Option<NaiveDate>) -> Condition {
    let valid_to = Expr::col("valid_to");
    match day {
        None => Condition::all().add(valid_to.eq(FOREVER)),
        Some(day) => Condition::all().add(Expr::col("valid_from").lte(day)).add(valid_to.gt(day)),
    }
}

/// A month as the database stores it: `202603` is March 2026.
pub fn month_to_db(month: Month) -> i32 {
    month.year() * 100 + month.number() as i32
}

/// The inverse of [`month_to_db`]; `None` if the number is no month.
pub fn month_from_db(number: i32) -> Option<Month> {
    Month::new(number.div_euclid(100), u32::try_from(number.rem_euclid(100)).ok()?)
}

/// A word of the wire as it is stored.
pub(crate) fn stored_word(value: &impl Serialize) -> String {
    match serde_json::to_value(value) {
        Ok(serde_json::Value::String(word)) => word,
        _ => String::new(),
    }
}

/// The inverse of [`stored_word`].
///
/// # Errors
/// When the word is none that this program stores.
pub(crate) fn word<T: DeserializeOwned>(text: &str) -> Result<T, DbErr> {
    let word: Result<T, WordError> = T::deserialize(text.into_deserializer());
    word.map_err(|_| DbErr::Type(format!("the database holds the unknown word “{text}”")))
}

/// What the database holds.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Dataset {
    /// The newest day from which an import counts.
    pub as_of: NaiveDate,
    /// Whether any import said that its citizens are made up: then nothing here passes for real.
    pub synthetic: bool,
    /// Whether any import did not say so: then nobody is let in without proof.
    pub real: bool,
}

/// What the database holds; `None`: nothing was imported yet.
///
/// # Errors
/// When the database fails.
pub async fn dataset(db: &impl ConnectionTrait) -> Result<Option<Dataset>, DbErr> {
    let newest =
        import_runs::Entity::find().order_by_desc(import_runs::Column::AsOf).one(db).await?;
    let Some(newest) = newest else { return Ok(None) };
    let any = async |synthetic: bool| {
        let run = import_runs::Entity::find().filter(import_runs::Column::Synthetic.eq(synthetic));
        Ok::<_, DbErr>(run.one(db).await?.is_some())
    };
    let (synthetic, real) = (any(true).await?, any(false).await?);
    Ok(Some(Dataset { as_of: newest.as_of, synthetic, real }))
}
