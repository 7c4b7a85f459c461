//! Reads a case from any self-describing format and reports *every* problem in it, each with its
//! JSON pointer; serde alone stops at the first.
//!
//! For input from outside (`jobnet-server evaluate`): deserialise a [`Node`], then [`read_case`].

use std::fmt;

use chrono::NaiveDate;
use serde::de::{Deserialize, Deserializer, MapAccess, SeqAccess, Visitor};

use crate::case::{Away, Case, CaseMonth, GraduateFacts, Insurance, RateLevel, Scheme};
use crate::check::{CaseErrors, Problem, Problems, known_year};
use crate::day;
use crate::units::{Hours, Money, Month};

/// A value of JSON, with the fields of an object in their order, repeated ones included.
#[derive(Clone, Debug, PartialEq)]
pub enum Node {
    /// `null`.
    Null,
    /// `true` or `false`.
    Flag(bool),
    /// A number, as its shortest decimal text.
    Number(String),
    /// A text.
    Text(String),
    /// An array.
    List(Vec<Node>),
    /// An object.
    Object(Vec<(String, Node)>),
}

struct NodeVisitor;

impl<'de> Visitor<'de> for NodeVisitor {
    type Value = Node;

    fn expecting(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("a value")
    }
    fn visit_unit<E>(self) -> Result<Node, E> {
        Ok(Node::Null)
    }
    fn visit_bool<E>(self, flag: bool) -> Result<Node, E> {
        Ok(Node::Flag(flag))
    }
    fn visit_i64<E>(self, number: i64) -> Result<Node, E> {
        Ok(Node::Number(number.to_string()))
    }
    fn visit_u64<E>(self, number: u64) -> Result<Node, E> {
        Ok(Node::Number(number.to_string()))
    }
    fn visit_f64<E>(self, number: f64) -> Result<Node, E> {
        Ok(Node::Number(number.to_string()))
    }
    fn visit_str<E>(self, text: &str) -> Result<Node, E> {
        Ok(Node::Text(text.to_owned()))
    }
    fn visit_seq<A: SeqAccess<'de>>(self, mut items: A) -> Result<Node, A::Error> {
        let mut list = Vec::new();
        while let Some(item) = items.next_element()? {
            list.push(item);
        }
        Ok(Node::List(list))
    }
    fn visit_map<A: MapAccess<'de>>(self, mut fields: A) -> Result<Node, A::Error> {
        let mut object = Vec::new();
        while let Some(field) = fields.next_entry()? {
            object.push(field);
        }
        Ok(Node::Object(object))
    }
}

impl<'de> Deserialize<'de> for Node {
    fn deserialize<D: Deserializer<'de>>(deserializer: D) -> Result<Self, D::Error> {
        deserializer.deserialize_any(NodeVisitor)
    }
}

impl Node {
    const fn kind(&self) -> &'static str {
        match self {
            Self::Null => "null",
            Self::Flag(_) => "true or false",
            Self::Number(_) => "a number",
            Self::Text(_) => "a text",
            Self::List(_) => "an array",
            Self::Object(_) => "an object",
        }
    }
}

/// Reads a case and checks it.
///
/// # Errors
/// Every problem found: unknown, repeated and missing fields, wrong types, bad numbers, months and
/// dates, and what [`Case::check`] finds.
///
/// # Examples
/// ```
/// let node = serde_json::from_str(r#"{"as_of": "2026-10-11", "scheme": "dole", "x": 1}"#)?;
/// let errors = jobnet_rules::read::read_case(&node).unwrap_err();
/// let pointers: Vec<_> = errors.0.iter().map(|problem| problem.pointer.as_str()).collect();
/// assert_eq!(pointers, ["/x", "/scheme"]);
/// # Ok::<(), serde_json::Error>(())
/// ```
pub fn read_case(node: &Node) -> Result<Case, CaseErrors> {
    let mut problems = Problems::new();
    let read = case(node, &mut problems);
    let mut problems = problems.into_vec();
    if let Some((case, places)) = read {
        // What was unreadable stands as a harmless value and cannot be a problem a second time.
        problems.extend(case.check_as(|index| places.get(index).copied().unwrap_or(index)));
        if problems.is_empty() {
            return Ok(case);
        }
    }
    Err(CaseErrors(problems))
}

const CASE_FIELDS: &[&str] = &[
    "as_of",
    "scheme",
    "insurance",
    "placed_on",
    "monthly_rate",
    "supplementary_weeks_used",
    "quarantine_left_hours",
    "graduate",
    "rate_level",
    "months",
];
const GRADUATE_FIELDS: &[&str] = &["provider", "birth_date"];
const MONTH_FIELDS: &[&str] = &[
    "month",
    "work_hours",
    "subsidised_hours",
    "paid_hours",
    "quarantine_hours",
    "away",
    "settled",
    "earned",
];

/// The fields of one object, read one by one.
struct Fields<'a, 'p> {
    fields: &'a [(String, Node)],
    pointer: String,
    problems: &'p mut Problems,
}

impl<'a, 'p> Fields<'a, 'p> {
    fn of(
        node: &'a Node,
        pointer: String,
        known: &[&str],
        problems: &'p mut Problems,
    ) -> Option<Self> {
        let Node::Object(fields) = node else {
            problems.add(pointer, wrong_type("an object", node));
            return None;
        };
        for (index, (name, _)) in fields.iter().enumerate() {
            let at = || format!("{pointer}/{}", name.replace('~', "~0").replace('/', "~1"));
            if !known.contains(&name.as_str()) {
                problems.add(at(), Problem::UnknownField(name.clone()));
            } else if fields[..index].iter().any(|(earlier, _)| earlier == name) {
                problems.add(at(), Problem::FieldTwice(name.clone()));
            }
        }
        Some(Self { fields, pointer, problems })
    }

    fn at(&self, name: &str) -> String {
        format!("{}/{name}", self.pointer)
    }

    /// The value of a field; absent and null are the same.
    fn get(&self, name: &str) -> Option<&'a Node> {
        let (_, node) = self.fields.iter().find(|(field, _)| field == name)?;
        (*node != Node::Null).then_some(node)
    }

    /// A value read by `read`; `None` if absent or, with a problem reported, unreadable.
    fn optional<T>(
        &mut self,
        name: &str,
        read: impl FnOnce(&Node) -> Result<T, Problem>,
    ) -> Option<T> {
        let read = read(self.get(name)?);
        read.map_err(|problem| self.problems.add(self.at(name), problem)).ok()
    }

    fn required<T>(
        &mut self,
        name: &'static str,
        read: impl FnOnce(&Node) -> Result<T, Problem>,
    ) -> Option<T> {
        if self.get(name).is_none() {
            self.problems.add(self.at(name), Problem::MissingField(name));
        }
        self.optional(name, read)
    }
}

/// The case, and the place in the input of each month that could be read.
fn case(node: &Node, problems: &mut Problems) -> Option<(Case, Vec<usize>)> {
    let mut fields = Fields::of(node, String::new(), CASE_FIELDS, problems)?;
    let as_of = fields.required("as_of", date);
    let scheme = fields.required("scheme", |node| word(node, SCHEMES));
    let insurance = fields.optional("insurance", |node| word(node, INSURANCES));
    let placed_on = fields.optional("placed_on", date);
    let monthly_rate = fields.optional("monthly_rate", money);
    let supplementary_weeks_used = fields.optional("supplementary_weeks_used", whole);
    let quarantine_left_hours = fields.optional("quarantine_left_hours", hours);
    let rate_level = fields.optional("rate_level", |node| word(node, RATE_LEVELS));
    let graduate = fields.get("graduate").and_then(|node| graduate(node, fields.problems));
    let (places, months) = match fields.get("months") {
        None => Default::default(),
        Some(Node::List(nodes)) => nodes
            .iter()
            .enumerate()
            .filter_map(|(place, node)| Some((place, month(place, node, fields.problems)?)))
            .unzip(),
        Some(other) => {
            fields.problems.add("/months", wrong_type("an array", other));
            Default::default()
        }
    };
    let case = Case {
        // A missing day or scheme is a problem already; these stand in so that the rest is checked.
        as_of: as_of.unwrap_or(crate::law::FIRST_DAY),
        scheme: scheme.unwrap_or(Scheme::Dagpenge),
        insurance: insurance.unwrap_or(Insurance::FullTime),
        placed_on,
        monthly_rate,
        supplementary_weeks_used,
        quarantine_left_hours,
        graduate,
        rate_level,
        months,
    };
    Some((case, places))
}

fn graduate(node: &Node, problems: &mut Problems) -> Option<GraduateFacts> {
    let mut fields = Fields::of(node, "/graduate".to_owned(), GRADUATE_FIELDS, problems)?;
    let provider = fields.required("provider", flag);
    let birth_date = fields.required("birth_date", date);
    Some(GraduateFacts { provider: provider?, birth_date: birth_date? })
}

fn month(place: usize, node: &Node, problems: &mut Problems) -> Option<CaseMonth> {
    let mut fields = Fields::of(node, format!("/months/{place}"), MONTH_FIELDS, problems)?;
    let month = fields.required("month", |node| Ok(text(node)?.parse::<Month>()?));
    let work_hours = fields.optional("work_hours", hours);
    let subsidised_hours = fields.optional("subsidised_hours", hours).unwrap_or_default();
    let paid_hours = fields.optional("paid_hours", hours);
    let quarantine_hours = fields.optional("quarantine_hours", hours).unwrap_or_default();
    let away = fields.optional("away", |node| word(node, AWAYS));
    let settled = fields.optional("settled", flag).unwrap_or_default();
    let earned = fields.optional("earned", money);
    Some(CaseMonth {
        month: month?,
        work_hours,
        subsidised_hours,
        paid_hours,
        quarantine_hours,
        away,
        settled,
        earned,
    })
}

type Words<T> = (&'static [(&'static str, T)], &'static str);

const SCHEMES: Words<Scheme> = (
    &[
        ("dagpenge", Scheme::Dagpenge),
        ("graduate", Scheme::Graduate),
        ("social_assistance", Scheme::SocialAssistance),
    ],
    "dagpenge, graduate, social_assistance",
);
const INSURANCES: Words<Insurance> = (
    &[("full_time", Insurance::FullTime), ("part_time", Insurance::PartTime)],
    "full_time, part_time",
);
const RATE_LEVELS: Words<RateLevel> = (
    &[
        ("minimum", RateLevel::Minimum),
        ("basic", RateLevel::Basic),
        ("increased", RateLevel::Increased),
        ("living_at_home", RateLevel::LivingAtHome),
    ],
    "minimum, basic, increased, living_at_home",
);
const AWAYS: Words<Away> = (
    &[("sickness", Away::Sickness), ("parental_leave", Away::ParentalLeave), ("care", Away::Care)],
    "sickness, parental_leave, care",
);

fn wrong_type(expected: &'static str, node: &Node) -> Problem {
    Problem::WrongType { expected, found: node.kind() }
}

fn text(node: &Node) -> Result<&str, Problem> {
    if let Node::Text(text) = node { Ok(text) } else { Err(wrong_type("a text", node)) }
}

fn number(node: &Node) -> Result<&str, Problem> {
    if let Node::Number(number) = node { Ok(number) } else { Err(wrong_type("a number", node)) }
}

fn flag(node: &Node) -> Result<bool, Problem> {
    if let Node::Flag(flag) = node { Ok(*flag) } else { Err(wrong_type("true or false", node)) }
}

fn hours(node: &Node) -> Result<Hours, Problem> {
    Ok(number(node)?.parse()?)
}

fn money(node: &Node) -> Result<Money, Problem> {
    Ok(number(node)?.parse()?)
}

fn whole(node: &Node) -> Result<u32, Problem> {
    let number = number(node)?;
    number.parse().map_err(|_| Problem::Whole(number.to_owned()))
}

fn date(node: &Node) -> Result<NaiveDate, Problem> {
    let text = text(node)?;
    let day = day::parse(text).filter(|day| known_year(*day));
    day.ok_or_else(|| Problem::Date(text.to_owned()))
}

fn word<T: Copy>(node: &Node, (words, allowed): Words<T>) -> Result<T, Problem> {
    let found = text(node)?;
    let word = words.iter().find(|(word, _)| *word == found);
    word.map(|(_, value)| *value)
        .ok_or_else(|| Problem::UnknownWord { found: found.to_owned(), allowed })
}
