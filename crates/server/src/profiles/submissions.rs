//! What she has sent: stored once, kept as it was sent, with what the model said of it that day.

use std::collections::{BTreeMap, BTreeSet};
use std::sync::LazyLock;

use chrono::{DateTime, NaiveDate, NaiveTime, Utc};
use jobnet_api::problem::Code;
use jobnet_api::profile::{
    Draft, LegalBasis, NewSubmission, ProfileResult, ReceiptText, ShownFact, Submission,
};
use jobnet_profiling::answers::Answers;
use jobnet_profiling::fact::{Fact, Facts};
use jobnet_profiling::form::Question;
use sea_orm::entity::prelude::*;
use sea_orm::{ActiveValue::Set, ConnectionTrait, QueryOrder, QuerySelect, TryInsertResult};
use serde::Serialize;

use super::rows::submission;
use super::{answers, score, time, value, whole_second};
use crate::db::Database;
use crate::db::registers::{stored_word, word};
use crate::dispatch::danish_day;
use crate::problem::{Failure, FieldProblem};
use crate::secret;

/// A form about to be stored.
#[derive(Clone, Debug)]
pub struct Sent<'a> {
    /// Whose it is.
    pub citizen: i32,
    /// Its idempotency key.
    pub key: &'a str,
    /// What she had before her.
    pub form: &'a NewSubmission,
    /// Key of the model that is used.
    pub model: &'a str,
    /// The law on which it runs, if it may.
    pub basis: Option<&'a LegalBasis>,
    /// The facts as they are now.
    pub facts: &'a [ShownFact],
    /// The text of the receipt, and the trial that chose it.
    pub receipt: (ReceiptText, Option<String>),
}

/// What was stored under a key before; `None`: nothing.
///
/// # Errors
/// `Conflict` when it was another form; `Internal` when the database fails.
pub async fn sent_before(
    connection: &impl ConnectionTrait,
    citizen: i32,
    key: &str,
    form: &NewSubmission,
) -> Result<Option<Submission>, Failure> {
    let row = submission::Entity::find()
        .filter(submission::Column::CitizenId.eq(citizen))
        .filter(submission::Column::Key.eq(key))
        .one(connection)
        .await?;
    match row {
        Some(row) if row.content_hash != content_hash(form)? => Err(Failure::new(Code::Conflict)),
        row => row.map(read).transpose(),
    }
}

fn content_hash(form: &NewSubmission) -> Result<String, Failure> {
    Ok(secret::hash(&serde_json::to_string(form).map_err(Failure::internal)?))
}

/// Her answers as they are sent: only those to questions she is asked.
///
/// # Errors
/// `Conflict` when others are stored than she has before her; `Invalid` when some are missing, each
/// named.
fn complete(draft: Draft, seen: &BTreeMap<Question, u32>) -> Result<Answers, Failure> {
    if draft.editions != *seen {
        let changed = vec![("/editions", FieldProblem::AnswerChanged)];
        return Err(Failure { fields: changed, ..Failure::new(Code::Conflict) });
    }
    let missing = draft.answers.missing();
    if !missing.is_empty() {
        let missing = missing.into_iter().map(|one| (pointer(one), FieldProblem::NotAnswered));
        return Err(Failure::invalid(missing.collect()));
    }
    Ok(draft.answers.asked_only())
}

/// The place of an answer in a form.
fn pointer(question: Question) -> &'static str {
    static POINTERS: LazyLock<BTreeMap<Question, String>> = LazyLock::new(|| {
        let place = |question| (question, format!("/answers/{}", stored_word(&question)));
        Question::ALL.map(place).into()
    });
    POINTERS.get(&question).map_or("/answers", String::as_str)
}

/// Whether her form can be sent as she has it before her.
///
/// # Errors
/// `Conflict` when others answers are stored than she has before her; `Invalid` when some are
/// missing; `Internal` when the database fails.
pub async fn check(
    connection: &impl ConnectionTrait,
    citizen: i32,
    form: &NewSubmission,
) -> Result<(), Failure> {
    complete(answers::draft(connection, citizen).await?, &form.editions).map(drop)
}

/// Whether the facts are still those she has before her.
///
/// # Errors
/// `Conflict` when they are not.
pub fn check_facts(facts: &[ShownFact], form: &NewSubmission) -> Result<(), Failure> {
    if facts == form.facts {
        return Ok(());
    }
    let changed = vec![("/facts", FieldProblem::FactChanged)];
    Err(Failure { fields: changed, ..Failure::new(Code::Conflict) })
}

/// Stores her form with what the model says of it, and returns the receipt. The same key with the
/// same form returns the first receipt again, also when both arrive at the same time at different
/// servers.
///
/// # Errors
/// As [`check`] and [`check_facts`]; `Conflict` also when the key came with another form before.
/// Nothing is stored then.
pub async fn store(
    database: &Database,
    sent: Sent<'_>,
    now: DateTime<Utc>,
) -> Result<Submission, Failure> {
    let Sent { citizen, key, form, model, basis, facts, receipt: (receipt, trial) } = sent;
    check_facts(facts, form)?;
    let transaction = database.begin_write().await?;
    let draft = answers::locked_draft(&transaction, citizen).await?;
    let answers = complete(draft, &form.editions)?;
    let said = |is: fn(&ShownFact) -> bool| -> Vec<Fact> {
        facts.iter().filter(|fact| is(fact)).map(|fact| fact.fact).collect()
    };
    let left_out = said(|fact| fact.say.is_left_out);
    let used = used(facts, &left_out.iter().copied().collect());
    let scored = score::score(model, &answers, &used, basis);
    let submission = Submission {
        id: secret::receipt_number().map_err(Failure::internal)?,
        received_at: whole_second(now),
        answers,
        facts: used,
        left_out,
        marked_wrong: said(|fact| fact.say.is_wrong),
        result: scored.result,
        receipt,
        trial,
    };
    let row = submission::ActiveModel {
        id: Set(submission.id.clone()),
        citizen_id: Set(citizen),
        key: Set(key.to_owned()),
        content_hash: Set(content_hash(form)?),
        received_at: Set(submission.received_at.timestamp()),
        answers: Set(json(&submission.answers)?),
        facts: Set(json(&submission.facts)?),
        left_out: Set(json(&submission.left_out)?),
        marked_wrong: Set(json(&submission.marked_wrong)?),
        result: Set(json(&submission.result)?),
        model: Set(scored.model),
        model_digest: Set(scored.digest),
        receipt: Set(stored_word(&submission.receipt)),
        trial: Set(submission.trial.clone()),
        ..Default::default()
    };
    let inserted = submission::Entity::insert(row)
        .on_conflict_do_nothing_on([submission::Column::CitizenId, submission::Column::Key])
        .exec_without_returning(&transaction)
        .await?;
    if matches!(inserted, TryInsertResult::Inserted(rows) if rows > 0) {
        transaction.commit().await?;
        return Ok(submission);
    }
    let first = sent_before(&transaction, citizen, key, form).await?;
    transaction.rollback().await?;
    first.ok_or_else(|| Failure::internal("a receipt vanished"))
}

/// The facts as a model is told them.
fn used(shown: &[ShownFact], left_out: &BTreeSet<Fact>) -> Facts {
    let value = |fact| shown.iter().find(|shown| shown.fact == fact).and_then(|shown| shown.value);
    let (age, months_employed) = (value(Fact::Age), value(Fact::MonthsEmployed));
    Facts { age, months_employed, origin: None }.without(left_out)
}

/// What a citizen has sent, the newest first.
///
/// # Errors
/// When the database fails or holds what this program cannot have written.
pub async fn of_citizen(
    connection: &impl ConnectionTrait,
    citizen: i32,
) -> Result<Vec<Submission>, Failure> {
    let rows = newest_first(citizen).all(connection).await?;
    rows.into_iter().map(read).collect()
}

/// What a citizen has sent last.
///
/// # Errors
/// As [`of_citizen`].
pub async fn newest(
    connection: &impl ConnectionTrait,
    citizen: i32,
) -> Result<Option<Submission>, Failure> {
    newest_first(citizen).one(connection).await?.map(read).transpose()
}

/// The forms that were received in a period, first and last day in Denmark, and that the model of a
/// digest answered: number of the receipt and whose it is, in the order in which they came.
///
/// # Errors
/// When the database fails or holds what this program cannot have written.
pub async fn answered_forms(
    connection: &impl ConnectionTrait,
    digest: &str,
    (from, to): (NaiveDate, NaiveDate),
) -> Result<Vec<(String, i32)>, Failure> {
    const DAY: i64 = 24 * 60 * 60;
    let second = |day: NaiveDate| day.and_time(NaiveTime::MIN).and_utc().timestamp();
    // A day in Denmark begins in the one before of UTC: each form is looked at by its own day below.
    let rows: Vec<(String, i32, i64)> = submission::Entity::find()
        .select_only()
        .column(submission::Column::Id)
        .column(submission::Column::CitizenId)
        .column(submission::Column::ReceivedAt)
        .filter(submission::Column::ModelDigest.eq(digest))
        .filter(submission::Column::ReceivedAt.gte(second(from) - DAY))
        .filter(submission::Column::ReceivedAt.lt(second(to) + 2 * DAY))
        .order_by_asc(submission::Column::Number)
        .into_tuple()
        .all(connection)
        .await?;
    let mut forms = Vec::with_capacity(rows.len());
    for (id, citizen, received_at) in rows {
        if (from..=to).contains(&danish_day(time(received_at)?)) {
            forms.push((id, citizen));
        }
    }
    Ok(forms)
}

/// What was said of these forms when they were sent, by the number of the receipt.
///
/// # Errors
/// As [`answered_forms`].
pub async fn results(
    connection: &impl ConnectionTrait,
    ids: &[&str],
) -> Result<BTreeMap<String, ProfileResult>, Failure> {
    let mut results = BTreeMap::new();
    for ids in ids.chunks(500) {
        let rows: Vec<(String, String)> = submission::Entity::find()
            .select_only()
            .column(submission::Column::Id)
            .column(submission::Column::Result)
            .filter(submission::Column::Id.is_in(ids.iter().copied()))
            .into_tuple()
            .all(connection)
            .await?;
        for (id, result) in rows {
            results.insert(id, value(&result)?);
        }
    }
    Ok(results)
}

fn newest_first(citizen: i32) -> Select<submission::Entity> {
    submission::Entity::find()
        .filter(submission::Column::CitizenId.eq(citizen))
        .order_by_desc(submission::Column::Number)
}

fn read(row: submission::Model) -> Result<Submission, Failure> {
    Ok(Submission {
        id: row.id,
        received_at: time(row.received_at)?,
        answers: value(&row.answers)?,
        facts: value(&row.facts)?,
        left_out: value(&row.left_out)?,
        marked_wrong: value(&row.marked_wrong)?,
        result: value(&row.result)?,
        receipt: word(&row.receipt)?,
        trial: row.trial,
    })
}

fn json(value: &impl Serialize) -> Result<String, Failure> {
    serde_json::to_string(value).map_err(Failure::internal)
}
