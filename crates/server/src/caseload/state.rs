//! What day and which import the figures are of, and whether that is still the newest.

use chrono::{DateTime, NaiveDate, Utc};
use sea_orm::sea_query::{Expr, Func, OnConflict, Query};
use sea_orm::{ConnectionTrait, DbErr};

/// Of what the figures in the caseload are, all of them.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct State {
    /// The day.
    pub as_of: NaiveDate,
    /// The number of the newest import that is in them.
    pub run: i32,
}

/// Of what the figures are; `None`: they were never computed.
///
/// # Errors
/// When the database fails.
pub async fn state(connection: &impl ConnectionTrait) -> Result<Option<State>, DbErr> {
    let query = Query::select().columns(["as_of", "run_id"]).from("caseload_state").take();
    let row = connection.query_one(&query).await?;
    row.map(|row| Ok(State { as_of: row.try_get("", "as_of")?, run: row.try_get("", "run_id")? }))
        .transpose()
}

/// The number of the newest import; `None`: there was none.
pub(super) async fn newest_run(connection: &impl ConnectionTrait) -> Result<Option<i32>, DbErr> {
    let newest =
        Query::select().expr_as(Func::max(Expr::col("id")), "newest").from("import_runs").take();
    connection.query_one(&newest).await?.map_or(Ok(None), |row| row.try_get("", "newest"))
}

/// Whether all figures are of this day and of the newest import.
///
/// # Errors
/// When the database fails.
pub async fn is_current(
    connection: &impl ConnectionTrait,
    today: NaiveDate,
) -> Result<bool, DbErr> {
    Ok(match newest_run(connection).await? {
        Some(run) => state(connection).await? == Some(State { as_of: today, run }),
        None => true,
    })
}

pub(super) async fn write(
    connection: &impl ConnectionTrait,
    state: State,
    now: DateTime<Utc>,
) -> Result<(), DbErr> {
    let columns = ["as_of", "run_id", "computed_at"];
    let mut insert = Query::insert();
    insert
        .into_table("caseload_state")
        .columns(["id"].into_iter().chain(columns))
        // As many values as columns.
        .values_panic([
            Expr::val(1),
            Expr::val(state.as_of),
            Expr::val(state.run),
            Expr::val(now.timestamp()),
        ])
        .on_conflict(OnConflict::column("id").update_columns(columns).to_owned());
    connection.execute(&insert).await?;
    Ok(())
}
