//! People to train and evaluate on: what they answered, what the registers knew, what came of it.
//!
//! It must not know where a table is read from.

use serde::{Deserialize, Serialize};
use std::collections::BTreeMap;
use thiserror::Error;

use crate::answers::{Answer, Answers};
use crate::fact::{Fact, Facts, Origin};
use crate::form::{Choice, Question};
use crate::schema::{Condition, Fields, Grouping, number};

/// A person.
#[derive(Clone, Debug, Default, PartialEq)]
pub struct Person {
    /// What she answered.
    pub answers: Answers,
    /// What the registers knew.
    pub facts: Facts,
    /// The groups she is in, by trait: `sex` → `women`.
    pub groups: BTreeMap<String, String>,
    /// What columns say that are neither of the form nor of our registers.
    pub columns: BTreeMap<String, Value>,
    /// The fold she is in; `None`: the table does not say.
    pub fold: Option<u8>,
    /// She was unemployed for more than 26 weeks.
    pub came_true: bool,
}

/// What stands in a column that is neither of the form nor of our registers.
#[derive(Clone, Debug, PartialEq)]
pub enum Value {
    /// A number.
    Number(f64),
    /// A word.
    Word(String),
}

/// What the columns of a table mean; a column that is not named is not read.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Schema {
    /// Column → what it holds.
    pub columns: BTreeMap<String, Role>,
    /// Which rows count; `None`: all. Of whom it is not known does not count.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub rows: Option<Condition>,
    /// When it came true, where no column is the outcome.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub outcome: Option<Condition>,
    /// Groups that are made from columns.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub groups: Vec<Grouping>,
    /// The column that says in which fold each person is, counted from 0.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub folds: Option<String>,
}

/// What a column holds.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case", tag = "role", deny_unknown_fields)]
pub enum Role {
    /// Answers to a question, as on the wire; several are parted by `|`. Empty: she was not asked.
    Answer {
        /// Which.
        question: Question,
    },
    /// A fact: a whole number, or a class of origin. Empty: not known.
    Fact {
        /// Which.
        fact: Fact,
    },
    /// The group she is in. Empty: not known.
    Group {
        /// By which trait.
        by: String,
    },
    /// A number of a model that knows nothing of the form. Empty: not known.
    Number {},
    /// A word of such a model. Empty: not known.
    Word {},
    /// `1` or `0`: whether it came true.
    Outcome {},
}

/// A table that cannot be used.
#[derive(Clone, Debug, PartialEq, Eq, Error)]
pub enum TableError {
    /// The schema names a column that is not there.
    #[error("the table has no column “{0}”")]
    NoColumn(String),
    /// The table has two columns of a name that the schema names.
    #[error("the table has more than one column “{0}”")]
    TwoColumns(String),
    /// No column holds the outcome.
    #[error("one column must hold the outcome")]
    NoOutcome,
    /// Bands that do not rise.
    #[error("the bands of “{0}” are not in order")]
    Bands(String),
    /// Two columns hold the same.
    #[error("the columns “{0}” and “{1}” hold the same")]
    Twice(String, String),
    /// A row without a field for every column.
    #[error("row {0} is shorter than the header")]
    Short(usize),
    /// A field that does not hold what its column should.
    #[error("row {row}, column “{column}”: {why}")]
    Field {
        /// Counted from 1, without the header.
        row: usize,
        /// Its column.
        column: String,
        /// What is wrong.
        why: String,
    },
}

/// Reads the people of a table.
///
/// # Errors
/// The first thing that is wrong.
pub fn read<'a>(
    schema: &Schema,
    header: &[&str],
    rows: impl IntoIterator<Item = Vec<&'a str>>,
) -> Result<Vec<Person>, TableError> {
    let places = places(schema, header)?;
    let mut people = Vec::new();
    for (number, row) in rows.into_iter().enumerate() {
        let fields = Fields::new(&places, &row, number + 1);
        if let Some(counts) = &schema.rows
            && counts.holds(&fields)? != Some(true)
        {
            continue;
        }
        people.push(person(schema, &fields)?);
    }
    Ok(people)
}

fn person(schema: &Schema, fields: &Fields<'_>) -> Result<Person, TableError> {
    let mut person = Person::default();
    for (column, role) in &schema.columns {
        let put = put(&mut person, column, role, fields.text(column)?);
        put.map_err(|why| fields.wrong(column, why))?;
    }
    for grouping in &schema.groups {
        if let Some(group) = grouping.group(fields)? {
            person.groups.insert(grouping.by.clone(), group);
        }
    }
    if let Some(came_true) = &schema.outcome {
        let column = || came_true.columns().first().copied().unwrap_or_default();
        let holds = came_true.holds(fields)?;
        person.came_true =
            holds.ok_or_else(|| fields.wrong(column(), "the outcome is not known".to_owned()))?;
    }
    if let Some(column) = &schema.folds {
        let text = fields.text(column)?;
        let fold =
            text.parse().map_err(|_| fields.wrong(column, format!("“{text}” is no fold")))?;
        person.fold = Some(fold);
    }
    Ok(person)
}

/// Where each column of the schema stands in the table.
fn places<'a>(schema: &'a Schema, header: &[&str]) -> Result<BTreeMap<&'a str, usize>, TableError> {
    let mut places = BTreeMap::new();
    let mut roles: Vec<(&String, &Role)> = Vec::new();
    for (column, role) in &schema.columns {
        let is_twice = |other: &&Role| *other == role && !role.can_stand_twice();
        if let Some((other, _)) = roles.iter().find(|(_, other)| is_twice(other)) {
            return Err(TableError::Twice((*other).clone(), column.clone()));
        }
        roles.push((column, role));
    }
    let conditions = schema.rows.iter().chain(&schema.outcome).flat_map(Condition::columns);
    let groups = schema.groups.iter().map(|grouping| grouping.column.as_str());
    let named = schema.columns.keys().map(String::as_str).chain(conditions).chain(groups);
    for column in named.chain(schema.folds.as_deref()) {
        let mut found = header.iter().enumerate().filter(|(_, name)| **name == column);
        let (place, _) = found.next().ok_or_else(|| TableError::NoColumn(column.to_owned()))?;
        if found.next().is_some() {
            return Err(TableError::TwoColumns(column.to_owned()));
        }
        places.insert(column, place);
    }
    for (number, grouping) in schema.groups.iter().enumerate() {
        let role = Role::Group { by: grouping.by.clone() };
        let of_column = roles.iter().find(|(_, other)| **other == role).map(|(column, _)| *column);
        let earlier = schema.groups[..number].iter().find(|other| other.by == grouping.by);
        if let Some(other) = of_column.or(earlier.map(|other| &other.column)) {
            return Err(TableError::Twice(other.clone(), grouping.column.clone()));
        }
        if !grouping.is_in_order() {
            return Err(TableError::Bands(grouping.by.clone()));
        }
    }
    let outcome = roles.iter().find(|(_, role)| **role == Role::Outcome {});
    match (outcome, &schema.outcome) {
        (None, None) => Err(TableError::NoOutcome),
        (Some((column, _)), Some(_)) => {
            Err(TableError::Twice((*column).clone(), "outcome".to_owned()))
        }
        _ => Ok(places),
    }
}

impl Role {
    /// Whether several columns may hold something of the kind.
    const fn can_stand_twice(&self) -> bool {
        matches!(self, Self::Number {} | Self::Word {})
    }
}

fn put(person: &mut Person, column: &str, role: &Role, field: &str) -> Result<(), String> {
    match role {
        Role::Outcome {} => {
            person.came_true = match field {
                "1" => true,
                "0" => false,
                _ => return Err(format!("“{field}” is neither 1 nor 0")),
            };
        }
        _ if field.is_empty() => {}
        Role::Answer { question } => {
            let word = |text: &str| -> Result<Choice, String> {
                serde_json::from_value(text.into()).map_err(|_| format!("“{text}” is no answer"))
            };
            let choices = field.split('|').map(word).collect::<Result<Vec<_>, _>>()?;
            let answer = Answer { choices, note: None };
            answer.check(*question).map_err(|error| error.to_string())?;
            person.answers.0.insert(*question, answer);
        }
        Role::Fact { fact: Fact::Origin } => {
            let origin: Result<Origin, _> = serde_json::from_value(field.into());
            person.facts.origin =
                Some(origin.map_err(|_| format!("“{field}” is no class of origin"))?);
        }
        Role::Fact { fact } => {
            let number = field.parse().map_err(|_| format!("“{field}” is no whole number"))?;
            match fact {
                Fact::Age => person.facts.age = Some(number),
                Fact::MonthsEmployed => person.facts.months_employed = Some(number),
                Fact::Origin => {}
            }
        }
        Role::Group { by } => {
            person.groups.insert(by.clone(), field.to_owned());
        }
        Role::Number {} => {
            person.columns.insert(column.to_owned(), Value::Number(number(field)?));
        }
        Role::Word {} => {
            person.columns.insert(column.to_owned(), Value::Word(field.to_owned()));
        }
    }
    Ok(())
}

/// A word of the wire.
pub(crate) fn word(value: &impl Serialize) -> String {
    match serde_json::to_value(value) {
        Ok(serde_json::Value::String(word)) => word,
        _ => String::new(),
    }
}

/// The columns of a table that this program writes, with what they hold.
pub fn form_columns() -> Vec<(String, Role)> {
    let answers = Question::ALL.map(|question| (word(&question), Role::Answer { question }));
    let facts = Fact::ALL.map(|fact| (word(&fact), Role::Fact { fact }));
    let groups = ["age", "origin", "sex"]
        .map(|by| (format!("{by}_group"), Role::Group { by: by.to_owned() }));
    let outcome = ("unemployed_more_than_26_weeks".to_owned(), Role::Outcome {});
    answers.into_iter().chain(facts).chain(groups).chain([outcome]).collect()
}

impl Schema {
    /// That of a table that this program writes.
    pub fn form() -> Self {
        let columns = form_columns().into_iter().collect();
        Self { columns, rows: None, outcome: None, groups: Vec::new(), folds: None }
    }
}

impl Person {
    /// What stands in a column of hers.
    pub fn field(&self, role: &Role) -> String {
        match role {
            Role::Answer { question } => {
                let answer = self.answers.0.get(question);
                let choices = answer.into_iter().flat_map(|answer| &answer.choices);
                choices.map(word).collect::<Vec<_>>().join("|")
            }
            Role::Fact { fact: Fact::Origin } => {
                self.facts.origin.map(|origin| word(&origin)).unwrap_or_default()
            }
            Role::Fact { fact } => {
                self.facts.number(*fact).map(|number| number.to_string()).unwrap_or_default()
            }
            Role::Group { by } => self.groups.get(by).cloned().unwrap_or_default(),
            // No table of ours has any.
            Role::Number {} | Role::Word {} => String::new(),
            Role::Outcome {} => u8::from(self.came_true).to_string(),
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn schema() -> Schema {
        serde_json::from_str(
            r#"{"columns": {
                "q2": {"role": "answer", "question": "expectation"},
                "q8": {"role": "answer", "question": "channels"},
                "age": {"role": "fact", "fact": "age"},
                "origin": {"role": "fact", "fact": "origin"},
                "sex": {"role": "group", "by": "sex"},
                "long": {"role": "outcome"}}}"#,
        )
        .unwrap()
    }

    const HEADER: [&str; 7] = ["id", "q2", "q8", "age", "origin", "sex", "long"];

    #[test]
    fn a_table_is_read_by_its_schema() {
        let row = vec!["7", "within3_months", "job_portals|network", "34", "", "women", "1"];
        let people = read(&schema(), &HEADER, [row]).unwrap();
        let person = &people[0];
        assert_eq!(person.answers.one(Question::Expectation), Some(Choice::Within3Months));
        assert!(person.answers.has(Question::Channels, Choice::Network));
        assert_eq!((person.facts.age, person.facts.origin), (Some(34), None));
        assert_eq!(person.groups["sex"], "women");
        assert!(person.came_true);
    }

    #[test]
    fn made_up_people_come_back_as_they_were_written() {
        let people = crate::synthetic::people(50, 3);
        let columns = form_columns();
        let header: Vec<&str> = columns.iter().map(|(name, _)| name.as_str()).collect();
        let rows: Vec<Vec<String>> = people
            .iter()
            .map(|person| columns.iter().map(|(_, role)| person.field(role)).collect())
            .collect();
        let rows = rows.iter().map(|row| row.iter().map(String::as_str).collect());
        assert_eq!(read(&Schema::form(), &header, rows).unwrap(), people);
    }

    #[test]
    fn what_is_wrong_is_said_with_its_place() {
        let of = |row: [&'static str; 7]| {
            read(&schema(), &HEADER, [row.to_vec()]).unwrap_err().to_string()
        };
        let soon = of(["", "soon", "", "", "", "", "1"]);
        assert_eq!(soon, "row 1, column “q2”: “soon” is no answer");
        let order = of(["", "", "network|job_portals", "", "", "", "1"]);
        assert!(order.starts_with("row 1, column “q8”"), "{order}");
        assert!(of(["", "", "", "300", "", "", "1"]).contains("whole number"));
        assert!(of(["", "", "", "", "", "", "yes"]).contains("neither 1 nor 0"));
        let missing = read(&schema(), &HEADER[..6], []).unwrap_err();
        assert_eq!(missing, TableError::NoColumn("long".to_owned()));
        let short = read(&schema(), &HEADER, [vec!["7", "dont_know"]]).unwrap_err();
        assert_eq!(short, TableError::Short(1));
        let header = ["age", "q2", "q8", "age", "origin", "sex", "long"];
        let two = read(&schema(), &header, []).unwrap_err();
        assert_eq!(two, TableError::TwoColumns("age".to_owned()));
        let mut twice = schema();
        twice.columns.insert("id".to_owned(), Role::Group { by: "sex".to_owned() });
        let twice = read(&twice, &HEADER, []).unwrap_err();
        assert_eq!(twice, TableError::Twice("id".to_owned(), "sex".to_owned()));
        let none = Schema { columns: BTreeMap::new(), ..schema() };
        assert_eq!(read(&none, &HEADER, []), Err(TableError::NoOutcome));
    }
}
