//! Whose arms those who run a trial are told, in the terms of the ledger: as rows that were read, and
//! as a condition of a query. The rule is `jobnet_trials::conceal`'s.

use jobnet_trials::conceal::{Telling, Told};
use sea_orm::sea_query::{Condition, Expr, ExprTrait, Query};
use sea_orm::{ConnectionTrait, DbErr};

use super::draw::UNITS;
use super::ledger::{self, Assignment};
use super::store::Stored;

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
