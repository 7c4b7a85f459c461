//! The messages to a citizen. What has not left belongs to its trial: of one that is withheld it is
//! not told before the trial has ended, for a message that is planned for later tells the arm.

use sea_orm::sea_query::{Condition, Expr, ExprTrait, Order, Query};

use super::Own::{Moment, Number, Text};
use super::{Own, Table, read};
use crate::db::Database;
use crate::outbox::State;
use crate::problem::Failure;
use crate::trials::mine;

const TABLE: &str = "outbox_messages";
const COLUMNS: [(&str, Own); 12] = [
    ("id", Text),
    ("channel", Text),
    ("trial", Text),
    ("step", Text),
    ("target", Text),
    ("not_before", Moment),
    ("state", Text),
    ("attempts", Number),
    ("handed_at", Moment),
    ("reason", Text),
    ("opened_at", Moment),
    ("opens", Number),
];
/// In these it has left, or may have.
const LEFT: [State; 4] = [State::Sent, State::HandingOver, State::InDoubt, State::Unknown];

/// Her rows.
pub(super) async fn table(database: &Database, citizen: i32) -> Result<Table, Failure> {
    let visible = mine::visible(database.read()).await.map_err(Failure::internal)?;
    let visible = visible.iter().map(|stored| stored.trial.protocol().key.to_string());
    let told = Condition::any()
        .add(Expr::col("state").is_in(LEFT.map(State::word)))
        .add(Expr::col("trial").is_in(visible.collect::<Vec<_>>()));
    let query = Query::select()
        .columns(COLUMNS.iter().map(|(column, _)| *column))
        .from(TABLE)
        .and_where(Expr::col("citizen_id").eq(citizen))
        .cond_where(told)
        .order_by("not_before", Order::Asc)
        .order_by("id", Order::Asc)
        .take();
    read(database, TABLE, &COLUMNS, &query).await
}
