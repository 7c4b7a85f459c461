//! Five questions about her own account: whether she is asked now, what she answered, stored once.
//!
//! Which answer is right is for `jobnet_rules::understanding`; whose answers are compared with whose
//! is for a trial's analysis, which is given them by unit once the trial is closed
//! (`trials/export.rs`).

use std::collections::BTreeMap;

use chrono::{DateTime, Months, NaiveDate, Utc};
use jobnet_api::problem::Code;
use jobnet_api::understanding::{Answer, Judged, JudgedAnswer};
use jobnet_rules::account::Account;
use jobnet_rules::understanding::{Question, right_answers};
use sea_orm::entity::prelude::*;
use sea_orm::sea_query::{Condition, ExprTrait, JoinType, Query};
use sea_orm::{ActiveValue::Set, ConnectionTrait, QueryOrder, TryInsertResult};

use crate::db::Database;
use crate::db::registers::{stored_word, word};
use crate::problem::{Failure, FieldProblem};

#[allow(unreachable_pub, reason = "what the entity macros make must be public")]
mod check_row {
    use sea_orm::entity::prelude::*;

    #[sea_orm::model]
    #[derive(Clone, Debug, PartialEq, Eq, DeriveEntityModel)]
    #[sea_orm(table_name = "understanding_checks")]
    pub struct Model {
        #[sea_orm(primary_key, auto_increment = false)]
        pub citizen_id: i32,
        #[sea_orm(primary_key, auto_increment = false)]
        pub asked_on: Date,
        /// Seconds since 1970.
        pub answered_at: i64,
        pub is_skipped: bool,
    }

    impl ActiveModelBehavior for ActiveModel {}
}

#[allow(unreachable_pub, reason = "what the entity macros make must be public")]
mod answer_row {
    use sea_orm::entity::prelude::*;

    #[sea_orm::model]
    #[derive(Clone, Debug, PartialEq, Eq, DeriveEntityModel)]
    #[sea_orm(table_name = "understanding_answers")]
    pub struct Model {
        #[sea_orm(primary_key, auto_increment = false)]
        pub citizen_id: i32,
        #[sea_orm(primary_key, auto_increment = false)]
        pub asked_on: Date,
        #[sea_orm(primary_key, auto_increment = false)]
        pub question: String,
        pub choice: Option<String>,
        pub right_choice: String,
        pub is_right: bool,
    }

    impl ActiveModelBehavior for ActiveModel {}
}

/// What cannot be used in her answers, by JSON pointer; empty when all is well.
pub fn problems(answers: &[Answer]) -> Vec<(&'static str, FieldProblem)> {
    let once = |question: Question| {
        let mut of_question = answers.iter().filter(|answer| answer.question == question);
        let is_one = |answer: &Answer| {
            answer.choice.is_none_or(|choice| question.choices().contains(&choice))
        };
        of_question.next().is_some_and(is_one) && of_question.next().is_none()
    };
    if answers.is_empty() || Question::ALL.into_iter().all(once) {
        Vec::new()
    } else {
        vec![("/answers", FieldProblem::NotTheseAnswers)]
    }
}

/// Each answer beside the right one, in the order of the questions; `None`: her account has nothing
/// to ask about.
pub fn judge(answers: &[Answer], account: &Account) -> Option<Judged> {
    let right = right_answers(account)?;
    let judged = right.into_iter().filter_map(|(question, right)| {
        let answer = answers.iter().find(|answer| answer.question == question)?;
        let is_right = answer.choice == Some(right);
        Some(JudgedAnswer { question, choice: answer.choice, right, is_right })
    });
    Some(Judged { answers: judged.collect() })
}

/// Whether she may be asked on a day: a month after she was asked last, or later.
///
/// # Errors
/// When the database fails.
pub async fn is_due(
    connection: &impl ConnectionTrait,
    citizen: i32,
    today: NaiveDate,
) -> Result<bool, DbErr> {
    Ok(newest(connection, citizen).await?.is_none_or(|last| is_a_month_after(last.asked_on, today)))
}

fn is_a_month_after(last: NaiveDate, today: NaiveDate) -> bool {
    last.checked_add_months(Months::new(1)).is_some_and(|again| again <= today)
}

async fn newest(
    connection: &impl ConnectionTrait,
    citizen: i32,
) -> Result<Option<check_row::Model>, DbErr> {
    check_row::Entity::find()
        .filter(check_row::Column::CitizenId.eq(citizen))
        .order_by_desc(check_row::Column::AskedOn)
        .one(connection)
        .await
}

/// Stores what she answered, and returns it. The same answers within the month return what was
/// stored first, also when both arrive at the same time at different servers.
///
/// # Errors
/// `Conflict` when she gave other answers within the month; `Internal` when the database fails, and
/// then nothing is stored.
pub async fn store(
    database: &Database,
    citizen: i32,
    judged: Judged,
    today: NaiveDate,
    now: DateTime<Utc>,
) -> Result<Judged, Failure> {
    let transaction = database.begin_write().await?;
    let last = newest(&transaction, citizen).await?;
    if last.is_none_or(|last| is_a_month_after(last.asked_on, today)) {
        let row = check_row::ActiveModel {
            citizen_id: Set(citizen),
            asked_on: Set(today),
            answered_at: Set(now.timestamp()),
            is_skipped: Set(judged.answers.is_empty()),
        };
        let inserted = check_row::Entity::insert(row)
            .on_conflict_do_nothing_on([check_row::Column::CitizenId, check_row::Column::AskedOn])
            .exec_without_returning(&transaction)
            .await?;
        if matches!(inserted, TryInsertResult::Inserted(rows) if rows > 0) {
            for answer in &judged.answers {
                let row = answer_row::ActiveModel {
                    citizen_id: Set(citizen),
                    asked_on: Set(today),
                    question: Set(stored_word(&answer.question)),
                    choice: Set(answer.choice.as_ref().map(stored_word)),
                    right_choice: Set(stored_word(&answer.right)),
                    is_right: Set(answer.is_right),
                };
                answer_row::Entity::insert(row).exec_without_returning(&transaction).await?;
            }
            transaction.commit().await?;
            return Ok(judged);
        }
    }
    transaction.rollback().await?;
    let said = |judged: &Judged| -> Vec<_> {
        judged.answers.iter().map(|answer| (answer.question, answer.choice)).collect()
    };
    let first = stored(database.read(), citizen).await?;
    if said(&first) == said(&judged) { Ok(first) } else { Err(Failure::new(Code::Conflict)) }
}

/// What she answered last.
async fn stored(connection: &impl ConnectionTrait, citizen: i32) -> Result<Judged, Failure> {
    let Some(last) = newest(connection, citizen).await? else {
        return Err(Failure::internal("an answer vanished"));
    };
    let rows = answer_row::Entity::find()
        .filter(answer_row::Column::CitizenId.eq(citizen))
        .filter(answer_row::Column::AskedOn.eq(last.asked_on))
        .all(connection)
        .await?;
    let mut answers = Vec::with_capacity(rows.len());
    for row in rows {
        answers.push(JudgedAnswer {
            question: word(&row.question)?,
            choice: row.choice.as_deref().map(word).transpose()?,
            right: word(&row.right_choice)?,
            is_right: row.is_right,
        });
    }
    answers.sort_by_key(|answer| answer.question);
    Ok(Judged { answers })
}

/// One time a unit of a trial was asked.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Check {
    /// When she answered, or skipped it: seconds since 1970.
    pub answered_at: i64,
    /// Whether she skipped it.
    pub is_skipped: bool,
    /// How many questions she was asked; none of those she skipped.
    pub questions: u32,
    /// How many she answered rightly.
    pub right: u32,
}

/// What the units of a trial answered, from the lot of each until a time: unit and day → it. Who is
/// forgotten is not in it.
///
/// # Errors
/// When the database fails.
pub async fn of_trial(
    connection: &impl ConnectionTrait,
    trial: i32,
    until: DateTime<Utc>,
) -> Result<BTreeMap<(String, NaiveDate), Check>, DbErr> {
    let same = |column: &'static str, one: &'static str, other: &'static str| {
        Condition::all().add(Expr::col((one, column)).equals((other, column)))
    };
    let same_unit = same("trial_id", "d", "u").add(same("unit", "d", "u"));
    let same_check = same("citizen_id", "a", "c").add(same("asked_on", "a", "c"));
    let query = Query::select()
        .column(("u", "unit"))
        .column(("d", "assigned_at"))
        .columns([("c", "asked_on"), ("c", "answered_at"), ("c", "is_skipped")])
        .column(("a", "is_right"))
        .from_as("trial_units", "u")
        .join_as(JoinType::InnerJoin, "trial_assignments", "d", same_unit)
        .join_as(JoinType::InnerJoin, "understanding_checks", "c", same("citizen_id", "c", "u"))
        .join_as(JoinType::LeftJoin, "understanding_answers", "a", same_check)
        .and_where(Expr::col(("u", "trial_id")).eq(trial))
        .and_where(Expr::col(("c", "answered_at")).lte(until.timestamp()))
        .take();
    let mut checks: BTreeMap<(String, NaiveDate), Check> = BTreeMap::new();
    for row in connection.query_all(&query).await? {
        let answered_at: i64 = row.try_get("", "answered_at")?;
        // The lot has milliseconds.
        if answered_at < row.try_get::<i64>("", "assigned_at")?.div_euclid(1000) {
            continue;
        }
        let is_skipped = row.try_get("", "is_skipped")?;
        let check = checks
            .entry((row.try_get("", "unit")?, row.try_get("", "asked_on")?))
            .or_insert(Check { answered_at, is_skipped, questions: 0, right: 0 });
        if let Some(is_right) = row.try_get::<Option<bool>>("", "is_right")? {
            check.questions += 1;
            check.right += u32::from(is_right);
        }
    }
    Ok(checks)
}

/// Forgets everything she answered.
///
/// # Errors
/// When the database fails.
pub async fn forget(connection: &impl ConnectionTrait, citizen: i32) -> Result<(), DbErr> {
    answer_row::Entity::delete_many()
        .filter(answer_row::Column::CitizenId.eq(citizen))
        .exec(connection)
        .await?;
    check_row::Entity::delete_many()
        .filter(check_row::Column::CitizenId.eq(citizen))
        .exec(connection)
        .await?;
    Ok(())
}

#[cfg(test)]
mod tests {
    use jobnet_rules::understanding::Choice;

    use super::*;

    fn all() -> Vec<Answer> {
        Question::ALL.map(|question| Answer { question, choice: None }).to_vec()
    }

    #[test]
    fn every_question_is_answered_once_or_none_is() {
        let mut chosen = all();
        chosen[3].choice = Some(Choice::Open);
        for answers in [Vec::new(), all(), chosen] {
            assert_eq!(problems(&answers), []);
        }
        let mut of_another = all();
        of_another[0].choice = Some(Choice::Open);
        let mut twice = all();
        twice[0].question = Question::Karens;
        let mut more = all();
        more.push(more[0]);
        for answers in [all()[..4].to_vec(), of_another, twice, more] {
            assert_eq!(problems(&answers).len(), 1, "{answers:?}");
        }
    }

    #[test]
    fn a_month_ends_on_the_same_day_or_the_last() {
        for (last, today, is_due) in [
            ("2026-01-15", "2026-02-14", false),
            ("2026-01-15", "2026-02-15", true),
            ("2026-01-31", "2026-02-27", false),
            ("2026-01-31", "2026-02-28", true),
            // A day before: a clock was set back.
            ("2026-01-15", "2026-01-01", false),
        ] {
            let day = |text: &str| text.parse().unwrap();
            assert_eq!(is_a_month_after(day(last), day(today)), is_due, "{last} {today}");
        }
    }
}
