//! Whose arms those who run a trial are told, in the terms of the ledger: as rows that were read, and
//! as a condition of a query. The rule is `jobnet_trials::conceal`'s.

use jobnet_trials::conceal::{self, Telling, Told};
use sea_orm::sea_query::{Condition, Expr, ExprTrait, JoinType, LockType, Query};
use sea_orm::{ConnectionTrait, DatabaseTransaction, DbErr, EntityTrait, QuerySelect};

use super::TrialError;
use super::draw::UNITS;
use super::ledger::{self, Assignment};
use super::rows::{assignment, list};
use super::store::{self, Stored};

/// Of a trial as it is now.
pub fn of(stored: &Stored) -> Telling {
    Telling::of(stored.trial.protocol(), stored.trial.state())
}

/// Of all rows of a trial.
pub fn told<'a>(stored: &Stored, rows: &'a [Assignment]) -> Told<'a> {
    Told::new(of(stored), rows.iter().map(|row| (row.stratum.as_str(), block(row))))
}

/// Whether the arm of one of those rows may be told.
pub fn tells(told: &Told<'_>, row: &Assignment) -> bool {
    told.tells(&row.stratum, block(row))
}

fn block(row: &Assignment) -> Option<u32> {
    row.block.and_then(|block| u32::try_from(block).ok())
}

/// That the arm of an assignment `a` of a query may be told.
pub(crate) fn condition(telling: Telling) -> Condition {
    let holds = |holds: bool| Condition::all().add(Expr::value(i32::from(holds)).eq(1));
    match telling {
        Telling::All => holds(true),
        Telling::Nobody => holds(false),
        Telling::FullBlocks => {
            let newer = Query::select()
                .expr(Expr::value(1))
                .from_as("trial_lists", "l")
                .and_where(Expr::col(("l", "trial_id")).equals(("a", "trial_id")))
                .and_where(Expr::col(("l", "purpose")).eq(UNITS))
                .and_where(Expr::col(("l", "stratum")).equals(("a", "stratum")))
                .and_where(Expr::col(("l", "block")).gt(Expr::col(("a", "block"))))
                .take();
            Condition::all().add(Expr::exists(newer))
        }
    }
}

/// How many units are enrolled whose arm is not told yet.
///
/// # Errors
/// When the database fails.
pub async fn held_back(connection: &impl ConnectionTrait, stored: &Stored) -> Result<u64, DbErr> {
    let told = ledger::enrolled_if(connection, stored.id, condition(of(stored))).await?;
    Ok(ledger::enrolled(connection, stored.id).await?.saturating_sub(told))
}

/// Whether a caseworker who has said why may be told the arm of a unit. Until the transaction ends the
/// list of its stratum stands still, so that of two who ask at once about one block the second finds
/// what the first was told.
///
/// # Errors
/// When the database fails or holds what cannot be read.
pub(super) async fn tells_one(
    transaction: &DatabaseTransaction,
    trial: &str,
    unit: &str,
) -> Result<bool, TrialError> {
    let stored = store::load(transaction, trial).await?;
    let row = assignment::Entity::find_by_id((stored.id, unit.to_owned())).one(transaction).await?;
    let row = row.ok_or_else(|| TrialError::stored("an assignment vanished"))?;
    let list = list::Entity::find_by_id((stored.id, UNITS.to_owned(), row.stratum.clone()))
        .lock(LockType::Update)
        .one(transaction)
        .await?;
    let newest = list.and_then(|list| list.block);
    let is_full = row.block.zip(newest).is_some_and(|(block, newest)| block < newest);
    let another = another_told(transaction, &row).await?;
    let (protocol, state) = (stored.trial.protocol(), stored.trial.state());
    Ok(conceal::tells_one(protocol, state, is_full, another))
}

/// Whether a caseworker was told the arm of another unit of its block.
async fn another_told(connection: &impl ConnectionTrait, row: &Assignment) -> Result<bool, DbErr> {
    let same_unit = Condition::all()
        .add(Expr::col(("a", "trial_id")).equals(("t", "trial_id")))
        .add(Expr::col(("a", "unit")).equals(("t", "unit")));
    let query = Query::select()
        .expr(Expr::value(1))
        .from_as("trial_unblindings", "t")
        .join_as(JoinType::InnerJoin, "trial_assignments", "a", same_unit)
        .and_where(Expr::col(("t", "trial_id")).eq(row.trial_id))
        .and_where(Expr::col(("t", "unit")).ne(row.unit.as_str()))
        .and_where(Expr::col(("a", "stratum")).eq(row.stratum.as_str()))
        .and_where(Expr::col(("a", "block")).eq(row.block))
        .limit(1)
        .take();
    Ok(connection.query_one(&query).await?.is_some())
}
