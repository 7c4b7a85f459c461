//! The rows about a citizen in the ledgers of trials. Of a trial that is withheld nothing before it
//! has ended: to know of it would undo the comparison (`docs/trials.md`).

use jobnet_trials::protocol::life::State;
use sea_orm::sea_query::{CaseStatement, Condition, Expr, ExprTrait, JoinType, Order, Query};

use super::Own::{Day, Moment, Number, Text};
use super::{Own, Table, read};
use crate::db::Database;
use crate::problem::Failure;
use crate::trials::mine;
use crate::trials::store::Stored;

/// The tables that have rows about a unit, and their columns beside the trial and the unit.
const TABLES: [(&str, &[(&str, Own)]); 9] = [
    ("trial_units", &[]),
    (
        "trial_assignments",
        &[
            ("cluster", Text),
            ("arm", Text),
            ("stratum", Text),
            ("seq", Number),
            ("block", Number),
            ("position", Number),
            ("algorithm", Text),
            ("assigned_at", Moment),
            ("build", Text),
        ],
    ),
    ("trial_baselines", &[("facts", Text)]),
    ("trial_exclusions", &[("reason", Text), ("at", Moment)]),
    ("trial_objections", &[("at", Moment)]),
    (
        "trial_exposures",
        &[
            ("surface", Text),
            ("day", Day),
            ("presentation", Text),
            ("framing", Text),
            ("text_ids", Text),
            ("drawing", Text),
            ("build", Text),
            ("viewport", Text),
            ("shown_at", Moment),
            ("received_at", Moment),
        ],
    ),
    (
        "trial_openings",
        &[("surface", Text), ("day", Day), ("opened", Text), ("received_at", Moment)],
    ),
    (
        "trial_dispatches",
        &[
            ("step", Text),
            ("channel", Text),
            ("due_on", Day),
            ("ruled_at", Moment),
            ("ruling", Text),
        ],
    ),
    ("trial_unblindings", &[("presentation", Text), ("framing", Text), ("at", Moment)]),
];

/// Columns that are hers when the trial has ended.
const PLACE: [&str; 3] = ["seq", "block", "position"];

/// Her rows in each of them.
pub(super) async fn tables(database: &Database, citizen: i32) -> Result<Vec<Table>, Failure> {
    let visible = mine::visible(database.read()).await.map_err(Failure::internal)?;
    // Whoever knows where in a block her lot was can reckon the next one.
    let is_over =
        |stored: &&Stored| matches!(stored.trial.state(), State::Closed | State::Reported);
    let ended: Vec<i32> = visible.iter().filter(is_over).map(|trial| trial.id).collect();
    let visible: Vec<i32> = visible.iter().map(|trial| trial.id).collect();
    let mut tables = Vec::with_capacity(TABLES.len());
    for (name, own) in TABLES {
        let columns = [&[("trial", Text), ("unit", Text)], own].concat();
        let same_unit = Condition::all()
            .add(Expr::col(("x", "trial_id")).equals(("u", "trial_id")))
            .add(Expr::col(("x", "unit")).equals(("u", "unit")));
        let same_trial = Expr::col(("t", "id")).equals(("u", "trial_id"));
        let mut query = Query::select();
        query.expr_as(Expr::col(("t", "key")), "trial").column(("u", "unit"));
        for (column, _) in own {
            let value = Expr::col(("x", *column));
            if PLACE.contains(column) {
                let has_ended = Expr::col(("u", "trial_id")).is_in(ended.clone());
                query.expr_as(CaseStatement::new().case(has_ended, value), *column);
            } else {
                query.expr_as(value, *column);
            }
        }
        let query = query
            .from_as("trial_units", "u")
            .join_as(JoinType::InnerJoin, "trials", "t", same_trial)
            .join_as(JoinType::InnerJoin, name, "x", same_unit)
            .and_where(Expr::col(("u", "citizen_id")).eq(citizen))
            .and_where(Expr::col(("u", "trial_id")).is_in(visible.clone()))
            .order_by(("u", "trial_id"), Order::Asc)
            .take();
        tables.push(read(database, name, &columns, &query).await?);
    }
    Ok(tables)
}
