//! Her answers, stored as she gives them. Each has an edition, drawn anew with every change: who
//! changes one says which she has seen, so that what was written in another window is not lost
//! unasked.

use chrono::{DateTime, Utc};
use jobnet_api::problem::Code;
use jobnet_api::profile::{Draft, NewAnswer, Saved};
use jobnet_profiling::answers::{Answer, AnswerError, MAX_NOTE_CHARS};
use jobnet_profiling::form::Question;
use sea_orm::entity::prelude::*;
use sea_orm::sea_query::LockType;
use sea_orm::{ActiveValue::Set, ConnectionTrait, IntoActiveModel, QuerySelect};

use super::rows::answer;
use super::{time, value, whole_second};
use crate::db::Database;
use crate::db::registers::{stored_word, word};
use crate::problem::{Failure, FieldProblem};

/// What cannot be used in it, by JSON pointer; empty when all is well.
pub fn problems(question: Question, answer: &Answer) -> Vec<(&'static str, FieldProblem)> {
    let problem = match answer.check(question) {
        Ok(()) => return control_characters(answer),
        Err(AnswerError::NoNote) => ("/answer/note", FieldProblem::NoteWithoutOther),
        Err(AnswerError::LongNote) => ("/answer/note", FieldProblem::TooLong(MAX_NOTE_CHARS)),
        Err(
            AnswerError::Empty
            | AnswerError::NotAChoice(_)
            | AnswerError::Disordered(_)
            | AnswerError::NotAlone(_),
        ) => ("/answer/choices", FieldProblem::NotTheseChoices),
    };
    vec![problem]
}

fn control_characters(answer: &Answer) -> Vec<(&'static str, FieldProblem)> {
    let is_control = |c: char| c.is_control() && c != '\n' && c != '\r' && c != '\t';
    match &answer.note {
        Some(note) if note.chars().any(is_control) => {
            vec![("/answer/note", FieldProblem::ControlCharacters)]
        }
        _ => Vec::new(),
    }
}

/// Stores an answer, or that it is taken back. The answer that is stored already is accepted from
/// whatever edition, and changes nothing.
///
/// # Errors
/// `Conflict` when another edition is stored than she has seen; `Internal` when the database fails.
/// Nothing is changed then.
pub async fn store(
    database: &Database,
    citizen: i32,
    question: Question,
    new: NewAnswer,
    now: DateTime<Utc>,
) -> Result<Saved, Failure> {
    let new_answer = new.answer.map(tidy);
    let transaction = database.begin_write().await?;
    // So that there is a row to lock: two windows may bring the first answer at once.
    let nothing = answer::ActiveModel {
        citizen_id: Set(citizen),
        question: Set(stored_word(&question)),
        answer: Set(None),
        edition: Set(0),
        saved_at: Set(now.timestamp()),
    };
    answer::Entity::insert(nothing)
        .on_conflict_do_nothing_on([answer::Column::CitizenId, answer::Column::Question])
        .exec_without_returning(&transaction)
        .await?;
    let row = answer::Entity::find_by_id((citizen, stored_word(&question)))
        .lock(LockType::Update)
        .one(&transaction)
        .await?
        .ok_or_else(|| Failure::internal("an answer vanished"))?;
    let stored = row.answer.as_deref().map(value).transpose()?;
    let edition = u32::try_from(row.edition).map_err(Failure::internal)?;
    if stored == new_answer {
        transaction.rollback().await?;
        return Ok(Saved { edition, saved_at: time(row.saved_at)? });
    }
    if edition != new.seen_edition {
        transaction.rollback().await?;
        let changed = vec![("/seen_edition", FieldProblem::AnswerChanged)];
        return Err(Failure { fields: changed, ..Failure::new(Code::Conflict) });
    }
    let next = next_edition(row.edition)?;
    let text = new_answer.as_ref().map(serde_json::to_string).transpose();
    let mut row = row.into_active_model();
    row.answer = Set(text.map_err(Failure::internal)?);
    row.edition = Set(next);
    row.saved_at = Set(now.timestamp());
    answer::Entity::update(row).exec(&transaction).await?;
    transaction.commit().await?;
    let edition = u32::try_from(next).map_err(Failure::internal)?;
    Ok(Saved { edition, saved_at: whole_second(now) })
}

/// The edition after one: drawn and not counted. A count would begin anew once she has deleted
/// everything, and a window from before would take what is stored for what it shows. That one comes
/// again happens once in two thousand million times; 0 never comes, it is none.
fn next_edition(now: i32) -> Result<i32, Failure> {
    let drawn = getrandom::u32().map_err(Failure::internal)? >> 1;
    let drawn = i32::try_from(drawn).map_err(Failure::internal)?.max(1);
    Ok(if drawn == now { drawn % i32::MAX + 1 } else { drawn })
}

/// An answer without blanks around her own words.
fn tidy(answer: Answer) -> Answer {
    let note = answer.note.map(|note| note.trim().to_owned()).filter(|note| !note.is_empty());
    Answer { note, ..answer }
}

/// Her answers as they are stored.
///
/// # Errors
/// When the database fails or holds what this program cannot have written.
pub async fn draft(connection: &impl ConnectionTrait, citizen: i32) -> Result<Draft, Failure> {
    draft_of(answer::Entity::find(), connection, citizen).await
}

/// The same; nobody changes one of them until the end of the transaction.
pub(super) async fn locked_draft(
    transaction: &sea_orm::DatabaseTransaction,
    citizen: i32,
) -> Result<Draft, Failure> {
    draft_of(answer::Entity::find().lock(LockType::Share), transaction, citizen).await
}

async fn draft_of(
    rows: Select<answer::Entity>,
    connection: &impl ConnectionTrait,
    citizen: i32,
) -> Result<Draft, Failure> {
    let rows = rows.filter(answer::Column::CitizenId.eq(citizen)).all(connection).await?;
    let mut draft = Draft::default();
    for row in rows {
        let question: Question = word(&row.question)?;
        draft.editions.insert(question, u32::try_from(row.edition).map_err(Failure::internal)?);
        if let Some(text) = &row.answer {
            draft.answers.0.insert(question, value(text)?);
        }
    }
    Ok(draft)
}

#[cfg(test)]
mod tests {
    use jobnet_profiling::form::Choice;

    use super::*;

    #[test]
    fn an_edition_is_another_one_and_never_none() {
        let mut seen = std::collections::BTreeSet::from([0]);
        let mut now = 0;
        for _ in 0..100 {
            now = next_edition(now).unwrap();
            assert!(now > 0 && seen.insert(now), "{now} comes again");
        }
    }

    #[test]
    fn a_bad_answer_is_named_by_its_field() {
        let answer = |choices: &[Choice], note: Option<&str>| Answer {
            choices: choices.to_vec(),
            note: note.map(str::to_owned),
        };
        let long = "å".repeat(301);
        let other = [Choice::OtherDifficulty];
        for (question, answer, expected) in [
            (Question::Applied, answer(&[Choice::Applied0], None), None),
            (
                Question::Applied,
                answer(&[], None),
                Some(("/answer/choices", FieldProblem::NotTheseChoices)),
            ),
            (
                Question::Applied,
                answer(&[Choice::Master], None),
                Some(("/answer/choices", FieldProblem::NotTheseChoices)),
            ),
            (
                Question::Applied,
                answer(&[Choice::Applied0], Some("x")),
                Some(("/answer/note", FieldProblem::NoteWithoutOther)),
            ),
            (Question::Difficulties, answer(&other, Some("tid\nog ro")), None),
            (
                Question::Difficulties,
                answer(&other, Some(&long)),
                Some(("/answer/note", FieldProblem::TooLong(300))),
            ),
            (
                Question::Difficulties,
                answer(&other, Some("a\0")),
                Some(("/answer/note", FieldProblem::ControlCharacters)),
            ),
        ] {
            assert_eq!(problems(question, &answer), Vec::from_iter(expected), "{answer:?}");
        }
        assert_eq!(tidy(answer(&other, Some(" tid "))).note.as_deref(), Some("tid"));
        assert_eq!(tidy(answer(&other, Some(" "))).note, None);
    }
}
