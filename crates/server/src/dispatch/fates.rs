//! What became of a trial's messages, and on which days what is planned: counts by step, arm and
//! channel. Nobody is in them but as one of many, and nothing says how anybody fares.

use std::collections::BTreeMap;

use chrono::NaiveDate;
use jobnet_api::trial_messages::{CalendarDay, Fates};
use jobnet_trials::conceal::Telling;
use jobnet_trials::dispatch::{Life, first_day};
use jobnet_trials::protocol::{Key, Protocol};
use sea_orm::sea_query::{Condition, Expr, ExprTrait, Func, JoinType, Query};
use sea_orm::{ConnectionTrait, DbErr};

use super::row::{self, PLANNED, same_unit};
use crate::outbox::State;
use crate::outbox::receipts::Fate;
use crate::trials::TrialError;
use crate::trials::store::Stored;
use crate::trials::telling::{self, condition};

/// By step, arm and channel, of those whose arm may be told: how far what was given to the outbox has
/// come.
///
/// # Errors
/// When the database fails.
pub(super) async fn fates(
    connection: &impl ConnectionTrait,
    trial: i32,
    key: &str,
    telling: Telling,
) -> Result<BTreeMap<(String, String, String), Fates>, DbErr> {
    let same_citizen = Condition::all()
        .add(Expr::col(("u", "citizen_id")).equals(("m", "citizen_id")))
        .add(Expr::col(("u", "trial_id")).eq(trial));
    let her_copy = Condition::all()
        .add(Expr::col(("l", "citizen_id")).equals(("m", "citizen_id")))
        .add(Expr::col(("l", "letter")).equals(("m", "id")));
    let kinds = [Fate::Delivered, Fate::Returned].map(Fate::word);
    let of_event = Expr::col(("s", "id")).equals(("e", "message_id"));
    // Of both words the later one, as the alphabet has it: what came back did not stay there.
    let receipts = Query::select()
        .column(("e", "message_id"))
        .expr_as(Func::max(Expr::col(("e", "kind"))), "receipt")
        .from_as("outbox_events", "e")
        .join_as(JoinType::InnerJoin, "outbox_messages", "s", of_event)
        .and_where(Expr::col(("s", "trial")).eq(key))
        .and_where(Expr::col(("e", "kind")).is_in(kinds))
        .group_by_col(("e", "message_id"))
        .take();
    let of_message = Expr::col(("r", "message_id")).equals(("m", "id"));
    // Of those that were never opened, in either place, there is none.
    let opened = Func::coalesce([Expr::col(("m", "opened_at")), Expr::col(("l", "read_at"))]);
    let query = Query::select()
        .columns([("m", "step"), ("m", "channel"), ("m", "state"), ("m", "reason")])
        .column(("a", "arm"))
        .column(("r", "receipt"))
        .expr_as(Func::count(Expr::col(("m", "id"))), "messages")
        .expr_as(Func::count(opened), "opened")
        .from_as("outbox_messages", "m")
        .join_as(JoinType::InnerJoin, "trial_units", "u", same_citizen)
        .join_as(JoinType::InnerJoin, "trial_assignments", "a", same_unit("u"))
        .join_as(JoinType::LeftJoin, "letters_read", "l", her_copy)
        .join_subquery(JoinType::LeftJoin, receipts, "r", of_message)
        .and_where(Expr::col(("m", "trial")).eq(key))
        .cond_where(condition(telling))
        .group_by_columns([("m", "step"), ("m", "channel"), ("m", "state"), ("m", "reason")])
        .group_by_columns([("a", "arm"), ("r", "receipt")])
        .take();
    let mut fates: BTreeMap<_, Fates> = BTreeMap::new();
    for row in connection.query_all(&query).await? {
        let number = |name| row.try_get("", name).map(|n: i64| u64::try_from(n).unwrap_or(0));
        let messages = number("messages")?;
        let place =
            (row.try_get("", "step")?, row.try_get("", "arm")?, row.try_get("", "channel")?);
        let fate = fates.entry(place).or_default();
        let state: String = row.try_get("", "state")?;
        match State::of_word(&state) {
            Some(State::Waiting | State::Claimed | State::HandingOver) => fate.waiting += messages,
            Some(State::Sent) => {
                fate.sent += messages;
                fate.opened += number("opened")?;
                let receipt: Option<String> = row.try_get("", "receipt")?;
                match receipt.as_deref() {
                    Some("returned") => fate.returned += messages,
                    Some(_) => fate.delivered += messages,
                    None => {}
                }
            }
            Some(State::Dead) => fate.failed += messages,
            Some(State::InDoubt | State::Unknown) => fate.doubtful += messages,
            Some(State::Withdrawn) => {
                let reason: Option<String> = row.try_get("", "reason")?;
                *fate.withdrawn.entry(reason.unwrap_or_default()).or_default() += messages;
            }
            None => return Err(DbErr::Type(format!("outbox_messages holds the state “{state}”"))),
        }
    }
    Ok(fates)
}

/// The days on which a step comes to units of an arm, oldest first: what was planned, and what will be
/// by what is known now. Of those whose arm may be told.
///
/// # Errors
/// When the database fails.
pub(super) async fn days(
    connection: &impl ConnectionTrait,
    stored: &Stored,
    protocol: &Protocol,
    life: Life,
) -> Result<Vec<CalendarDay>, TrialError> {
    let mut days: BTreeMap<(NaiveDate, Key, Key), (u64, u64)> = BTreeMap::new();
    let planned = Query::select()
        .columns([("d", "step"), ("d", "due_on")])
        .column(("a", "arm"))
        .expr_as(Func::count_distinct(Expr::col(("d", "unit"))), "units")
        .from_as("trial_dispatches", "d")
        .join_as(JoinType::InnerJoin, "trial_assignments", "a", same_unit("d"))
        .and_where(Expr::col(("d", "trial_id")).eq(stored.id))
        .and_where(Expr::col(("d", "ruling")).eq(PLANNED))
        .cond_where(condition(telling::of(stored)))
        .group_by_columns([("d", "step"), ("d", "due_on"), ("a", "arm")])
        .take();
    for row in connection.query_all(&planned).await? {
        let key = |name| -> Result<Key, TrialError> {
            let text: String = row.try_get("", name)?;
            text.parse().map_err(TrialError::stored)
        };
        let units: i64 = row.try_get("", "units")?;
        let place = (row.try_get("", "due_on")?, key("step")?, key("arm")?);
        days.entry(place).or_default().0 += u64::try_from(units).unwrap_or(0);
    }
    for step in &protocol.dispatch {
        let objected = Query::select()
            .expr(Expr::value(1))
            .from_as("trial_objections", "o")
            .cond_where(same_unit("o"))
            .take();
        let open = row::unruled(stored.id, &step.key)
            .and_where(Expr::exists(objected).not())
            .cond_where(condition(telling::of(stored)))
            .take();
        for row in connection.query_all(&open).await? {
            let (arm, day) = row::drawn(&row)?;
            if let Some(on) = first_day(protocol, life, &arm, day, step) {
                days.entry((on, step.key.clone(), arm)).or_default().1 += 1;
            }
        }
    }
    let days = days.into_iter().map(|((on, step, arm), (planned, expected))| CalendarDay {
        on,
        step,
        arm,
        planned,
        expected,
    });
    Ok(days.collect())
}
