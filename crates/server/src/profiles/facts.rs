//! What the registers know that a model may use, and what she says of it. Her origin is never
//! fetched, whatever model is shipped.

use std::collections::BTreeMap;

use chrono::{DateTime, NaiveDate, Utc};
use jobnet_api::problem::Code;
use jobnet_api::profile::{FactSay, NewFactSay, ShownFact};
use jobnet_profiling::fact::Fact;
use jobnet_rules::units::Month;
use sea_orm::entity::prelude::*;
use sea_orm::sea_query::{LockType, Query};
use sea_orm::{ActiveValue::Set, ConnectionTrait, IntoActiveModel, QueryOrder, QuerySelect};

use super::rows::fact;
use crate::db::Database;
use crate::db::registers::{
    as_of, citizen_facts, import_files, import_runs, month_to_db, stored_word, word, work_hours,
};
use crate::problem::{Failure, FieldProblem};

/// So many whole months before this one are looked at.
const MONTHS: i32 = 36;

/// Each fact with what she says of it, as the registers stood on a day.
///
/// # Errors
/// When the database fails.
pub async fn shown(
    connection: &impl ConnectionTrait,
    citizen: i32,
    today: NaiveDate,
) -> Result<Vec<ShownFact>, Failure> {
    let said = says(connection, citizen).await?;
    let say = |fact| said.get(&fact).copied().unwrap_or_default();
    let (work_as_of, months) = months_employed(connection, citizen, today).await?;
    Ok(vec![
        ShownFact {
            fact: Fact::Age,
            value: age(connection, citizen, today).await?,
            as_of: known_until(connection, "citizens", today).await?,
            say: say(Fact::Age),
        },
        ShownFact {
            fact: Fact::MonthsEmployed,
            value: months,
            as_of: work_as_of,
            say: say(Fact::MonthsEmployed),
        },
    ])
}

async fn age(
    connection: &impl ConnectionTrait,
    citizen: i32,
    today: NaiveDate,
) -> Result<Option<u8>, Failure> {
    let person = citizen_facts::Entity::find()
        .filter(citizen_facts::Column::CitizenId.eq(citizen))
        .filter(as_of(Some(today)))
        .one(connection)
        .await?;
    let years = person.and_then(|person| today.years_since(person.birth_date));
    Ok(years.and_then(|years| u8::try_from(years).ok()))
}

/// In how many of the last 36 whole months ordinary work of more than no hours is known. A month
/// without a row is one without work, once the register has been delivered at all.
async fn months_employed(
    connection: &impl ConnectionTrait,
    citizen: i32,
    today: NaiveDate,
) -> Result<(Option<NaiveDate>, Option<u8>), Failure> {
    let Some(known_until) = known_until(connection, "work_hours", today).await? else {
        return Ok((None, None));
    };
    let this_month = Month::of(today);
    let months: Vec<i32> = work_hours::Entity::find()
        .select_only()
        .column(work_hours::Column::Month)
        .distinct()
        .filter(work_hours::Column::CitizenId.eq(citizen))
        .filter(as_of(Some(today)))
        .filter(work_hours::Column::Kind.eq("ordinary"))
        .filter(work_hours::Column::Hours.gt(0))
        .filter(work_hours::Column::Month.gte(month_to_db(this_month.plus(-MONTHS))))
        .filter(work_hours::Column::Month.lt(month_to_db(this_month)))
        .into_tuple()
        .all(connection)
        .await?;
    Ok((Some(known_until), u8::try_from(months.len()).ok()))
}

/// The last day of which a register was delivered; `None`: never.
async fn known_until(
    connection: &impl ConnectionTrait,
    register: &str,
    today: NaiveDate,
) -> Result<Option<NaiveDate>, Failure> {
    let runs = Query::select()
        .column(import_files::Column::RunId)
        .from(import_files::Entity)
        .and_where(import_files::Column::File.starts_with(format!("{register}.")))
        .take();
    let newest = import_runs::Entity::find()
        .filter(import_runs::Column::Id.in_subquery(runs))
        .filter(import_runs::Column::AsOf.lte(today))
        .order_by_desc(import_runs::Column::AsOf)
        .one(connection)
        .await?;
    Ok(newest.map(|run| run.as_of))
}

async fn says(
    connection: &impl ConnectionTrait,
    citizen: i32,
) -> Result<BTreeMap<Fact, FactSay>, Failure> {
    let rows = fact::Entity::find().filter(fact::Column::CitizenId.eq(citizen)).all(connection);
    let mut says = BTreeMap::new();
    for row in rows.await? {
        let say = FactSay { is_wrong: row.is_wrong, is_left_out: row.is_left_out };
        says.insert(word(&row.fact)?, say);
    }
    Ok(says)
}

/// The facts that she says are wrong.
///
/// # Errors
/// When the database fails.
pub async fn wrong(connection: &impl ConnectionTrait, citizen: i32) -> Result<Vec<Fact>, Failure> {
    let says = says(connection, citizen).await?;
    Ok(says.into_iter().filter(|(_, say)| say.is_wrong).map(|(fact, _)| fact).collect())
}

/// Stores what she says of a fact. What is stored already is accepted whatever she has seen, and
/// changes nothing.
///
/// # Errors
/// `Conflict` when something else is stored than she has seen; `Internal` when the database fails.
/// Nothing is changed then.
pub async fn store(
    database: &Database,
    citizen: i32,
    fact: Fact,
    new: NewFactSay,
    now: DateTime<Utc>,
) -> Result<(), Failure> {
    let transaction = database.begin_write().await?;
    // So that there is a row to lock: two windows may say the first thing at once.
    let nothing = fact::ActiveModel {
        citizen_id: Set(citizen),
        fact: Set(stored_word(&fact)),
        is_wrong: Set(false),
        is_left_out: Set(false),
        saved_at: Set(now.timestamp()),
    };
    fact::Entity::insert(nothing)
        .on_conflict_do_nothing_on([fact::Column::CitizenId, fact::Column::Fact])
        .exec_without_returning(&transaction)
        .await?;
    let row = fact::Entity::find_by_id((citizen, stored_word(&fact)))
        .lock(LockType::Update)
        .one(&transaction)
        .await?;
    // Without a row another window has just taken it back: nothing is stored.
    let stored = row.as_ref().map_or_else(FactSay::default, |row| FactSay {
        is_wrong: row.is_wrong,
        is_left_out: row.is_left_out,
    });
    if stored == new.say {
        transaction.rollback().await?;
        return Ok(());
    }
    let Some(row) = row.filter(|_| stored == new.seen) else {
        transaction.rollback().await?;
        let changed = vec![("/seen", FieldProblem::AnswerChanged)];
        return Err(Failure { fields: changed, ..Failure::new(Code::Conflict) });
    };
    if new.say == FactSay::default() {
        fact::Entity::delete_by_id((citizen, stored_word(&fact))).exec(&transaction).await?;
    } else {
        let mut row = row.into_active_model();
        row.is_wrong = Set(new.say.is_wrong);
        row.is_left_out = Set(new.say.is_left_out);
        row.saved_at = Set(now.timestamp());
        fact::Entity::update(row).exec(&transaction).await?;
    }
    transaction.commit().await?;
    Ok(())
}
