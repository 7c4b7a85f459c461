//! What the registers tell a model of her.

use std::collections::BTreeSet;
use std::fmt;

use serde::{Deserialize, Serialize};

/// A kind of fact.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, PartialOrd, Ord, Serialize, Deserialize)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema), schema(as = RegisterFact))]
#[serde(rename_all = "snake_case")]
pub enum Fact {
    /// Her age.
    Age,
    /// In how many of the last 36 months she had ordinary work.
    MonthsEmployed,
    /// Where she or her parents come from (herkomst). This app never fetches it; models that use it
    /// are shipped to show what it adds.
    Origin,
}

impl Fact {
    /// All of them.
    pub const ALL: [Self; 3] = [Self::Age, Self::MonthsEmployed, Self::Origin];

    /// Its name on the wire and in the files of models.
    pub const fn word(self) -> &'static str {
        match self {
            Self::Age => "age",
            Self::MonthsEmployed => "months_employed",
            Self::Origin => "origin",
        }
    }
}

/// As on the wire.
impl fmt::Display for Fact {
    fn fmt(&self, to: &mut fmt::Formatter<'_>) -> fmt::Result {
        self.serialize(to)
    }
}

/// Where she or her parents come from, in the classes of the Danish model.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, PartialOrd, Ord, Serialize, Deserialize)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
#[serde(rename_all = "snake_case")]
#[allow(missing_docs, reason = "each name is the class")]
pub enum Origin {
    Danish,
    WesternImmigrant,
    WesternDescendant,
    NonWesternImmigrant,
    NonWesternDescendant,
    Unknown,
}

impl Origin {
    /// All of them.
    pub const ALL: [Self; 6] = [
        Self::Danish,
        Self::WesternImmigrant,
        Self::WesternDescendant,
        Self::NonWesternImmigrant,
        Self::NonWesternDescendant,
        Self::Unknown,
    ];
}

/// What is known of her; `None`: it is not.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema), schema(as = RegisterFacts))]
#[serde(deny_unknown_fields)]
pub struct Facts {
    /// **Units**: years.
    #[serde(default)]
    pub age: Option<u8>,
    /// **Units**: months, of 36.
    #[serde(default)]
    pub months_employed: Option<u8>,
    /// Her origin.
    #[serde(default)]
    pub origin: Option<Origin>,
}

impl Facts {
    /// A fact that is a number; `None`: it is not known, or none.
    pub const fn number(&self, fact: Fact) -> Option<u8> {
        match fact {
            Fact::Age => self.age,
            Fact::MonthsEmployed => self.months_employed,
            Fact::Origin => None,
        }
    }

    /// The same with another number; as it is for what is none.
    #[must_use]
    pub const fn with_number(mut self, fact: Fact, number: u8) -> Self {
        match fact {
            Fact::Age => self.age = Some(number),
            Fact::MonthsEmployed => self.months_employed = Some(number),
            Fact::Origin => {}
        }
        self
    }

    /// The same without what she has left out.
    pub fn without(self, left_out: &BTreeSet<Fact>) -> Self {
        let keep = |fact| !left_out.contains(&fact);
        Self {
            age: self.age.filter(|_| keep(Fact::Age)),
            months_employed: self.months_employed.filter(|_| keep(Fact::MonthsEmployed)),
            origin: self.origin.filter(|_| keep(Fact::Origin)),
        }
    }
}
