//! What came of people who sent a form, beside what they were told: the shares that were stored with
//! their forms. Nothing is estimated anew.

use std::collections::BTreeMap;
use std::io::Read;

use chrono::NaiveDate;
use jobnet_api::profile::ProfileResult;
use jobnet_profiling::drift::{self, Drift};
use jobnet_profiling::measure::Told;
use jobnet_profiling::profile::Outcome;
use jobnet_profiling::score::Sealed;
use sea_orm::ConnectionTrait;
use serde::Serialize;

use super::NoShares;
use crate::problem::Failure;
use crate::profiles;

/// The column with the number of a receipt, which names a form.
const SUBMISSION: &str = "submission";
/// The column that says whether it came true: 1 or 0.
const LONG_TERM: &str = "long_term";

/// A table of what came of people, row by row: the form, and whether it came true.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Outcomes(Vec<(String, bool)>);

/// A table of outcomes that cannot be used. Rows are counted from 1, below the header.
#[derive(Debug, thiserror::Error)]
pub enum BadOutcomes {
    /// It is no CSV.
    #[error("the table of outcomes cannot be read: {0}")]
    Csv(#[from] csv::Error),
    /// A column is missing.
    #[error("the table of outcomes has no column “{0}”")]
    NoColumn(&'static str),
    /// An outcome is neither 1 nor 0.
    #[error("row {0}, column “long_term”: “{1}” is neither 1 nor 0")]
    Neither(usize, String),
    /// A form stands in two rows.
    #[error("rows {0} and {1} name the same form")]
    Twice(usize, usize),
}

impl Outcomes {
    /// Reads a CSV with a header; other columns are not read.
    ///
    /// # Errors
    /// What cannot be used in it, and where.
    pub fn read(table: impl Read) -> Result<Self, BadOutcomes> {
        let mut reader = csv::ReaderBuilder::new().trim(csv::Trim::All).from_reader(table);
        let header = reader.headers()?.clone();
        let place = |column: &'static str| {
            let place = header.iter().position(|name| name == column);
            place.ok_or(BadOutcomes::NoColumn(column))
        };
        let (submission, long_term) = (place(SUBMISSION)?, place(LONG_TERM)?);
        let mut rows: Vec<(String, bool)> = Vec::new();
        let mut seen: BTreeMap<String, usize> = BTreeMap::new();
        for (record, number) in reader.records().zip(1..) {
            let record = record?;
            let field = |place| record.get(place).unwrap_or_default().to_owned();
            let id = field(submission);
            let came_true = match field(long_term) {
                one if one == "1" => true,
                none if none == "0" => false,
                other => return Err(BadOutcomes::Neither(number, other)),
            };
            if let Some(first) = seen.insert(id.clone(), number) {
                return Err(BadOutcomes::Twice(first, number));
            }
            rows.push((id, came_true));
        }
        Ok(Self(rows))
    }
}

/// How the rows of a table and the forms of a period met. Rows are counted from 1, below the header.
#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
pub struct Rows {
    /// How many rows.
    pub rows: usize,
    /// Those that name no form which this model answered in the period; it may have been deleted.
    pub unmatched: Vec<usize>,
    /// Those of forms after which she sent another one of the table: everyone counts once.
    pub replaced: Vec<usize>,
    /// How many forms of the period no row names.
    pub forms_without_outcome: usize,
}

/// Why nothing can be compared.
#[derive(Debug, thiserror::Error)]
pub enum NotCompared {
    /// The model gives no shares.
    #[error(transparent)]
    NoShares(#[from] NoShares),
    /// No row leads to a form.
    #[error("none of the {0} rows names a form that the model answered in the period")]
    NoForm(usize),
    /// The database fails, or holds what this program cannot have written.
    #[error(transparent)]
    Failed(#[from] Failure),
}

/// What came of what a model told those whose forms were received in a period, first and last day in
/// Denmark; of how many it said nothing; and which rows are not counted. What may be told of it:
/// [`Drift::told`].
///
/// # Errors
/// See [`NotCompared`].
pub async fn compare_told(
    connection: &impl ConnectionTrait,
    sealed: &Sealed,
    outcomes: &Outcomes,
    period: (NaiveDate, NaiveDate),
) -> Result<(Drift, u32, Rows), NotCompared> {
    let forms = profiles::answered_forms(connection, &sealed.digest, period).await?;
    let numbered = outcomes.0.iter().zip(1..);
    let mut named: BTreeMap<&str, (usize, bool)> =
        numbered.map(|((id, came_true), number)| (id.as_str(), (number, *came_true))).collect();
    let mut rows = Rows {
        rows: outcomes.0.len(),
        unmatched: Vec::new(),
        replaced: Vec::new(),
        forms_without_outcome: 0,
    };
    // Of one who sent several, the last one that the table names.
    let mut last: BTreeMap<i32, (&str, (usize, bool))> = BTreeMap::new();
    for (id, citizen) in &forms {
        match named.remove(id.as_str()) {
            None => rows.forms_without_outcome += 1,
            Some(row) => {
                if let Some((_, (number, _))) = last.insert(*citizen, (id.as_str(), row)) {
                    rows.replaced.push(number);
                }
            }
        }
    }
    rows.unmatched.extend(named.into_values().map(|(number, _)| number));
    let ids: Vec<&str> = last.values().map(|(id, _)| *id).collect();
    let mut results = profiles::results(connection, &ids).await?;
    let mut told = Vec::with_capacity(ids.len());
    let mut no_profile = 0;
    for (id, (number, came_true)) in last.into_values() {
        match results.remove(id) {
            Some(ProfileResult::Profile(profile)) => match profile.outcome {
                Outcome::Share { expected, .. } => {
                    let expected = f64::from(expected.0) / 10_000.0;
                    told.push(Told { expected, came_true });
                }
                Outcome::Group { .. } => return Err(NoShares(sealed.model.key.clone()).into()),
            },
            Some(ProfileResult::NoProfile(_)) => no_profile += 1,
            // She has deleted it meanwhile.
            None => rows.unmatched.push(number),
        }
    }
    if told.is_empty() && no_profile == 0 {
        return Err(NotCompared::NoForm(rows.rows));
    }
    rows.unmatched.sort_unstable();
    rows.replaced.sort_unstable();
    Ok((drift::watch(&told), no_profile, rows))
}

#[cfg(test)]
mod tests {
    use super::*;

    fn why(table: &str) -> String {
        Outcomes::read(table.as_bytes()).unwrap_err().to_string()
    }

    #[test]
    fn a_table_of_outcomes_is_read_and_what_is_wrong_has_its_place() {
        let read = Outcomes::read("long_term,who,submission\n1,x,A\n 0 ,y, B\n".as_bytes());
        let rows = vec![("A".to_owned(), true), ("B".to_owned(), false)];
        assert_eq!(read.unwrap(), Outcomes(rows));
        assert_eq!(why("submission\nA\n"), "the table of outcomes has no column “long_term”");
        assert_eq!(why("long_term\n1\n"), "the table of outcomes has no column “submission”");
        let yes = why("submission,long_term\nA,1\nB,yes\n");
        assert_eq!(yes, "row 2, column “long_term”: “yes” is neither 1 nor 0");
        let twice = why("submission,long_term\nA,1\nB,0\nA,1\n");
        assert_eq!(twice, "rows 1 and 3 name the same form");
        assert!(why("submission,long_term\nA\n").contains("cannot be read"));
    }
}
