//! What a schema says of the rows of a table beyond what each column holds: which of them count, what
//! came of them, and the groups they are in.

use std::collections::BTreeMap;

use serde::{Deserialize, Serialize};

use crate::people::TableError;

/// Something that holds of a row or does not. What a field does not tell is not known: then it holds
/// only where nothing depends on it.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case", deny_unknown_fields)]
pub enum Condition {
    /// A field is this text.
    Is {
        /// Of which column.
        column: String,
        /// The text.
        value: String,
    },
    /// A field is a number above this one.
    MoreThan {
        /// Of which column.
        column: String,
        /// The number.
        number: f64,
    },
    /// At least one of these holds.
    Any(Vec<Condition>),
    /// Each of these holds.
    All(Vec<Condition>),
}

/// Groups that are made from a column, whatever else it holds.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Grouping {
    /// What the groups are by.
    pub by: String,
    /// The column.
    pub column: String,
    /// Where each group but the first begins, the smallest first; none: each text is a group.
    #[serde(default)]
    pub bands: Vec<f64>,
}

/// The fields of a row by the names of their columns.
pub(crate) struct Fields<'a> {
    places: &'a BTreeMap<&'a str, usize>,
    row: &'a [&'a str],
    number: usize,
}

impl<'a> Fields<'a> {
    /// Those of a row, counted from 1.
    pub(crate) const fn new(
        places: &'a BTreeMap<&'a str, usize>,
        row: &'a [&'a str],
        number: usize,
    ) -> Self {
        Self { places, row, number }
    }

    /// The text of a field.
    pub(crate) fn text(&self, column: &str) -> Result<&'a str, TableError> {
        let place = self.places.get(column);
        let place = place.ok_or_else(|| TableError::NoColumn(column.to_owned()))?;
        self.row.get(*place).copied().ok_or(TableError::Short(self.number))
    }

    /// The number of a field; `None`: it is empty.
    pub(crate) fn number(&self, column: &str) -> Result<Option<f64>, TableError> {
        let text = self.text(column)?;
        if text.is_empty() {
            return Ok(None);
        }
        number(text).map(Some).map_err(|why| self.wrong(column, why))
    }

    /// What is wrong with a field.
    pub(crate) fn wrong(&self, column: &str, why: String) -> TableError {
        TableError::Field { row: self.number, column: column.to_owned(), why }
    }
}

/// Reads a number that is one.
pub(crate) fn number(text: &str) -> Result<f64, String> {
    let number: Option<f64> = text.trim().parse().ok();
    number.filter(|number| number.is_finite()).ok_or_else(|| format!("“{text}” is no number"))
}

impl Condition {
    /// The columns that it asks for.
    pub(crate) fn columns(&self) -> Vec<&str> {
        match self {
            Self::Is { column, .. } | Self::MoreThan { column, .. } => vec![column],
            Self::Any(parts) | Self::All(parts) => parts.iter().flat_map(Self::columns).collect(),
        }
    }

    /// Whether it holds; `None`: it is not known.
    pub(crate) fn holds(&self, fields: &Fields<'_>) -> Result<Option<bool>, TableError> {
        let settled = |parts: &[Self], by: bool| {
            let mut all_known = true;
            for part in parts {
                match part.holds(fields)? {
                    Some(holds) if holds == by => return Ok(Some(by)),
                    Some(_) => {}
                    None => all_known = false,
                }
            }
            Ok(all_known.then_some(!by))
        };
        match self {
            Self::Is { column, value } => {
                let text = fields.text(column)?;
                Ok((!text.is_empty() || value.is_empty()).then(|| text == value))
            }
            Self::MoreThan { column, number } => {
                Ok(fields.number(column)?.map(|field| field > *number))
            }
            Self::Any(parts) => settled(parts, true),
            Self::All(parts) => settled(parts, false),
        }
    }
}

impl Grouping {
    /// The group of a row; `None`: it is not known.
    pub(crate) fn group(&self, fields: &Fields<'_>) -> Result<Option<String>, TableError> {
        if self.bands.is_empty() {
            let text = fields.text(&self.column)?;
            return Ok((!text.is_empty()).then(|| text.to_owned()));
        }
        let Some(number) = fields.number(&self.column)? else { return Ok(None) };
        let above = self.bands.partition_point(|begins| *begins <= number);
        let (from, to) = (above.checked_sub(1).map(|at| self.bands[at]), self.bands.get(above));
        Ok(Some(match (from, to) {
            (None, Some(to)) => format!("<{to}"),
            (Some(from), Some(to)) => format!("{from}–<{to}"),
            (Some(from), None) => format!("≥{from}"),
            (None, None) => return Ok(None),
        }))
    }

    /// Whether each band begins after the one before it.
    pub(crate) fn is_in_order(&self) -> bool {
        self.bands.windows(2).all(|pair| pair[0] < pair[1])
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn holds(condition: &str, row: &[&str]) -> Option<bool> {
        let condition: Condition = serde_json::from_str(condition).unwrap();
        let places = BTreeMap::from([("a", 0), ("b", 1)]);
        condition.holds(&Fields::new(&places, row, 1)).unwrap()
    }

    /// Kleene's three values.
    #[test]
    fn what_is_not_known_decides_nothing_unless_the_rest_does() {
        let a = r#"{"is": {"column": "a", "value": "1"}}"#;
        let b = r#"{"more_than": {"column": "b", "number": 13}}"#;
        assert_eq!(holds(a, &["1", ""]), Some(true));
        assert_eq!(holds(a, &["0", ""]), Some(false));
        assert_eq!(holds(a, &["", ""]), None);
        assert_eq!(holds(b, &["", "13"]), Some(false));
        assert_eq!(holds(b, &["", "13.5"]), Some(true));
        for (row, any, all) in [
            (["1", ""], Some(true), None),
            (["0", ""], None, Some(false)),
            (["0", "14"], Some(true), Some(false)),
            (["0", "1"], Some(false), Some(false)),
            (["1", "14"], Some(true), Some(true)),
        ] {
            assert_eq!(holds(&format!(r#"{{"any": [{a}, {b}]}}"#), &row), any, "{row:?}");
            assert_eq!(holds(&format!(r#"{{"all": [{a}, {b}]}}"#), &row), all, "{row:?}");
        }
    }

    #[test]
    fn a_band_begins_at_its_number() {
        let ages = Grouping { by: "age".into(), column: "a".into(), bands: vec![30.0, 45.5] };
        let places = BTreeMap::from([("a", 0)]);
        let of = |text: &str| ages.group(&Fields::new(&places, &[text], 1)).unwrap();
        let groups = ["29.9", "30", "45.4", "45.5", "99", ""].map(of);
        let expected = ["<30", "30–<45.5", "30–<45.5", "≥45.5", "≥45.5"];
        assert_eq!(groups.each_ref().map(Option::as_deref)[..5], expected.map(Some));
        assert_eq!(groups[5], None);
        let wrong = ages.group(&Fields::new(&places, &["old"], 7)).unwrap_err().to_string();
        assert_eq!(wrong, "row 7, column “a”: “old” is no number");
    }
}
