//! The messages to a citizen, with the words of those that have left and what happened to each. What
//! has not left belongs to its trial: of one that is withheld it is not told before the trial has
//! ended, for a message that is planned for later tells the arm; nor by what trial one was sent that
//! she has got.

use sea_orm::sea_query::{CaseStatement, Condition, Expr, ExprTrait, JoinType, Order, Query};

use super::Own::{Moment, Number, Text};
use super::{Own, Table, read};
use crate::db::Database;
use crate::outbox::State;
use crate::problem::Failure;
use crate::trials::mine;

const TABLE: &str = "outbox_messages";
const COLUMNS: [(&str, Own); 15] = [
    ("id", Text),
    ("channel", Text),
    ("trial", Text),
    ("step", Text),
    ("target", Text),
    ("not_before", Moment),
    ("state", Text),
    ("attempts", Number),
    ("due_at", Moment),
    ("handed_at", Moment),
    ("reason", Text),
    ("opened_at", Moment),
    ("opens", Number),
    ("language", Text),
    ("letter", Text),
];
const EVENTS: &str = "outbox_events";
const EVENT_COLUMNS: [(&str, Own); 5] =
    [("message_id", Text), ("at", Moment), ("kind", Text), ("attempt", Number), ("detail", Text)];
/// In these it has left, or may have.
const LEFT: [State; 4] = [State::Sent, State::HandingOver, State::InDoubt, State::Unknown];

/// Her messages, and their events.
pub(super) async fn tables(database: &Database, citizen: i32) -> Result<[Table; 2], Failure> {
    let visible = mine::visible(database.read()).await.map_err(Failure::internal)?;
    let visible = visible.iter().map(|stored| stored.trial.protocol().key.to_string());
    let visible: Vec<String> = visible.collect();
    let is_visible = || Expr::col(("m", "trial")).is_in(visible.clone());
    let hers_and_told = Condition::all().add(Expr::col(("m", "citizen_id")).eq(citizen)).add(
        Condition::any()
            .add(Expr::col(("m", "state")).is_in(LEFT.map(State::word)))
            .add(is_visible()),
    );
    let words_of = Expr::col(("w", "message_id")).equals(("m", "id"));
    let mut messages = Query::select();
    for (column, _) in COLUMNS {
        match column {
            "trial" | "step" => {
                let shown = CaseStatement::new().case(is_visible(), Expr::col(("m", column)));
                messages.expr_as(shown, column)
            }
            "language" | "letter" => messages.column(("w", column)),
            _ => messages.column(("m", column)),
        };
    }
    let messages = messages
        .from_as(TABLE, "m")
        .join_as(JoinType::LeftJoin, "outbox_words", "w", words_of)
        .cond_where(hers_and_told.clone())
        .order_by(("m", "not_before"), Order::Asc)
        .order_by(("m", "id"), Order::Asc)
        .take();
    let event_of = Expr::col(("e", "message_id")).equals(("m", "id"));
    let events = Query::select()
        .columns(EVENT_COLUMNS.map(|(column, _)| ("e", column)))
        .from_as(EVENTS, "e")
        .join_as(JoinType::InnerJoin, TABLE, "m", event_of)
        .cond_where(hers_and_told)
        .order_by(("e", "number"), Order::Asc)
        .take();
    Ok([
        read(database, TABLE, &COLUMNS, &messages).await?,
        read(database, EVENTS, &EVENT_COLUMNS, &events).await?,
    ])
}
