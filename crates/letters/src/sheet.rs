//! A letter as the data a template is given.

use jobnet_messages::letter::{Block, Fact};
use jobnet_messages::{Language, words};
use serde::Serialize;

use crate::address::{self, Setting};
use crate::envelope::Envelope;
use crate::face::{Column, Missing, Typeface};
use crate::labels::{Labels, labels};
use crate::{LetterError, Posting};

#[derive(Debug, Serialize)]
pub(crate) struct Sheet {
    title: String,
    language: &'static str,
    body: Vec<Part>,
    sender: SenderOnSheet,
    recipient: Vec<String>,
    date: String,
    reference: String,
    labels: Labels,
    envelope: EnvelopeOnSheet,
    address_size: u32,
    address_line: u32,
}

#[derive(Debug, Serialize)]
struct SenderOnSheet {
    name: String,
    address: Vec<String>,
    contact: Vec<String>,
}

/// Tenths of a millimetre.
#[derive(Debug, Serialize)]
struct EnvelopeOnSheet {
    left: u16,
    top: u16,
    width: u16,
    return_top: u16,
    clear_below: u16,
    folds: Vec<u16>,
}

#[derive(Debug, Serialize)]
#[serde(rename_all = "snake_case", tag = "type")]
enum Part {
    Heading {
        text: String,
    },
    Paragraph {
        text: String,
    },
    List {
        items: Vec<String>,
    },
    Steps {
        items: Vec<String>,
    },
    Facts {
        rows: Vec<Row>,
    },
    /// Where it leads, and the same as it is shown on paper.
    Link {
        text: String,
        url: String,
        shown: String,
    },
}

#[derive(Debug, Serialize)]
struct Row {
    name: String,
    value: String,
}

/// Writes texts, and remembers whether a sign was replaced.
struct Writer<'a> {
    face: &'a Typeface,
    missing: Missing,
    has_replaced: bool,
}

impl Writer<'_> {
    fn text(&mut self, text: &str, column: Column) -> Result<String, LetterError> {
        let (text, is_replaced) = self.face.writable(text, column, self.missing)?;
        self.has_replaced |= is_replaced;
        Ok(text)
    }

    fn texts(&mut self, texts: &[String], column: Column) -> Result<Vec<String>, LetterError> {
        texts.iter().map(|text| self.text(text, column)).collect()
    }

    fn row(&mut self, Fact { name, value }: &Fact) -> Result<Row, LetterError> {
        Ok(Row { name: self.text(name, Column::Name)?, value: self.text(value, Column::Value)? })
    }

    fn part(&mut self, block: &Block) -> Result<Part, LetterError> {
        Ok(match block {
            Block::Heading { text } => Part::Heading { text: self.text(text, Column::Text)? },
            Block::Paragraph { text } => Part::Paragraph { text: self.text(text, Column::Text)? },
            Block::List { items } => Part::List { items: self.texts(items, Column::Text)? },
            Block::Steps { items } => Part::Steps { items: self.texts(items, Column::Text)? },
            Block::Facts { rows } => {
                let rows: Result<_, _> = rows.iter().map(|row| self.row(row)).collect();
                Part::Facts { rows: rows? }
            }
            Block::Link { text, url } => Part::Link {
                text: self.text(text, Column::Text)?,
                url: url.clone(),
                shown: self.text(url, Column::Text)?,
            },
        })
    }
}

impl Sheet {
    /// Makes the data of a letter.
    ///
    /// # Errors
    /// As [`crate::Press::print`], but those of the template.
    pub(crate) fn of(
        posting: &Posting<'_>,
        envelope: &Envelope,
        face: &Typeface,
    ) -> Result<Self, LetterError> {
        if posting.letter.title.trim().is_empty() {
            return Err(LetterError::NoTitle);
        }
        let mut writer = Writer { face, missing: posting.missing, has_replaced: false };
        let body: Result<Vec<_>, _> =
            posting.letter.body.iter().map(|block| writer.part(block)).collect();
        let mut body = body?;
        let title = writer.text(&posting.letter.title, Column::Title)?;
        let labels = labels(posting.language);
        if writer.has_replaced {
            body.push(Part::Paragraph { text: labels.replaced.to_owned() });
        }
        // A letter with a wrong name is not sent; nor is one of a wrong sender.
        writer.missing = Missing::Refuse;
        let address: Vec<&str> = posting.recipient.iter().map(|line| line.trim()).collect();
        let address: Result<Vec<_>, _> = address
            .into_iter()
            .filter(|line| !line.is_empty())
            .map(|line| face.writable(line, Column::Text, Missing::Refuse).map(|(line, _)| line))
            .collect();
        let recipient = address?;
        let Setting { size, line } = address::setting(&recipient, envelope, face)?;
        Ok(Self {
            title,
            language: match posting.language {
                Language::Da => "da",
                Language::En => "en",
            },
            body,
            sender: SenderOnSheet {
                name: writer.text(&posting.sender.name, Column::Text)?,
                address: writer.texts(&posting.sender.address, Column::Text)?,
                contact: writer.texts(&posting.sender.contact, Column::Aside)?,
            },
            recipient,
            date: words::date(posting.language, posting.date),
            reference: writer.text(posting.reference, Column::Aside)?,
            labels,
            envelope: EnvelopeOnSheet {
                left: envelope.left,
                top: envelope.top,
                width: envelope.width,
                return_top: envelope.return_top,
                clear_below: envelope.clear_below,
                folds: envelope.folds.clone(),
            },
            address_size: size,
            address_line: line,
        })
    }
}
