//! The messages to a citizen, with the words of those that have left. What has not left belongs to its trial: of one that is withheld it is
//! not told before the trial has ended, for a message that is planned for later tells the arm; nor by what trial
//! one was sent that she has got.

use sea_orm::sea_query::{CaseStatement, Condition, Expr, ExprTrait, JoinType, Order, Query};

use super::Own::{Moment, Number, Text};
use super::{Own, Table, read};
use crate::db::Database;
use crate::outbox::State;
use crate::problem::Failure;
use crate::trials::mine;

const TABLE: &str = "outbox_messages";
const COLUMNS: [(&str, Own); 14] = [
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
    ("language", Text),
    ("letter", Text),
];
/// In these it has left, or may have.
const LEFT: [State; 4] = [State::Sent, State::HandingOver, State::InDoubt, State::Unknown];

/// Her rows.
pub(super) async fn table(database: &Database, citizen: i32) -> Result<Table, Failure> {
    let visible = mine::visible(database.read()).await.map_err(Failure::internal)?;
    let visible = visible.iter().map(|stored| stored.trial.protocol().key.to_string());
    let visible: Vec<String> = visible.collect();
    let is_visible = || Expr::col(("m", "trial")).is_in(visible.clone());
    let told = Condition::any()
        .add(Expr::col(("m", "state")).is_in(LEFT.map(State::word)))
        .add(is_visible());
    let same_message = Expr::col(("w", "message_id")).equals(("m", "id"));
    let mut query = Query::select();
    for (column, _) in COLUMNS {
        match column {
            "trial" | "step" => {
                let shown = CaseStatement::new().case(is_visible(), Expr::col(("m", column)));
                query.expr_as(shown, column)
            }
            "language" | "letter" => query.column(("w", column)),
            _ => query.column(("m", column)),
        };
    }
    let query = query
        .from_as(TABLE, "m")
        .join_as(JoinType::LeftJoin, "outbox_words", "w", same_message)
        .and_where(Expr::col(("m", "citizen_id")).eq(citizen))
        .cond_where(told)
        .order_by(("m", "not_before"), Order::Asc)
        .order_by(("m", "id"), Order::Asc)
        .take();
    read(database, TABLE, &COLUMNS, &query).await
}
