//! A letter as text: the same for the page, for the printer and for Digital Post.
//!
//! It must not know fonts, windows of envelopes or addresses.

use serde::{Deserialize, Serialize};

/// A letter without its address and date.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema), schema(as = LetterText))]
pub struct Letter {
    /// Its title, which is also its heading and says the answer first.
    pub title: String,
    /// What stands below it.
    pub body: Vec<Block>,
}

/// A part of a letter.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema), schema(as = LetterBlock))]
#[serde(rename_all = "snake_case", tag = "type", try_from = "Fields")]
pub enum Block {
    /// A heading below the title.
    Heading {
        /// It.
        text: String,
    },
    /// A paragraph.
    Paragraph {
        /// It.
        text: String,
    },
    /// Points in no order.
    List {
        /// The points.
        items: Vec<String>,
    },
    /// What to do, in this order.
    Steps {
        /// The steps.
        items: Vec<String>,
    },
    /// Facts with their names.
    Facts {
        /// Name and value.
        rows: Vec<Fact>,
    },
    /// A page to go to.
    Link {
        /// What it is.
        text: String,
        /// Where.
        url: String,
    },
}

/// The fields of every [`Block`]. Read so, and not by its tag, it needs a tenth of the code: a tag may
/// stand anywhere, so everything is kept until it is found.
#[derive(Deserialize)]
struct Fields {
    #[serde(rename = "type")]
    kind: BlockKind,
    text: Option<String>,
    items: Option<Vec<String>>,
    rows: Option<Vec<Fact>>,
    url: Option<String>,
}

#[derive(Deserialize)]
#[serde(rename_all = "snake_case")]
enum BlockKind {
    Heading,
    Paragraph,
    List,
    Steps,
    Facts,
    Link,
}

impl TryFrom<Fields> for Block {
    type Error = &'static str;

    fn try_from(fields: Fields) -> Result<Self, Self::Error> {
        let Fields { kind, text, items, rows, url } = fields;
        let block = match kind {
            BlockKind::Heading => text.map(|text| Self::Heading { text }),
            BlockKind::Paragraph => text.map(|text| Self::Paragraph { text }),
            BlockKind::List => items.map(|items| Self::List { items }),
            BlockKind::Steps => items.map(|items| Self::Steps { items }),
            BlockKind::Facts => rows.map(|rows| Self::Facts { rows }),
            BlockKind::Link => text.zip(url).map(|(text, url)| Self::Link { text, url }),
        };
        block.ok_or("a part of a letter lacks a field")
    }
}

/// A fact with its name.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema), schema(as = LetterFact))]
pub struct Fact {
    /// What it is.
    pub name: String,
    /// The value, with its unit.
    pub value: String,
}

pub(crate) fn heading(text: &str) -> Block {
    Block::Heading { text: text.to_owned() }
}

pub(crate) fn paragraph(text: &str) -> Block {
    Block::Paragraph { text: text.to_owned() }
}

pub(crate) fn items(texts: &[&str]) -> Vec<String> {
    texts.iter().map(|text| (*text).to_owned()).collect()
}
