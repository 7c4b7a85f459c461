//! MeMo 1.2, the form of Digital Post and NemSMS: a message as XML. The order of the elements is
//! the standard's.
//!
//! It must not know how a message is delivered.

use std::io;

use base64::Engine;
use base64::prelude::BASE64_STANDARD as BASE64;
use chrono::{DateTime, SecondsFormat, Utc};
use jobnet_messages::Language;
use quick_xml::Writer;
use quick_xml::events::{BytesDecl, BytesEnd, BytesStart, BytesText, Event};
use uuid::Uuid;

const NAMESPACE: &str = "https://DigitalPost.dk/MeMo-1";
/// No label is longer, in characters.
const LABEL: usize = 256;
/// No notification of NemSMS is longer, in characters.
const NOTIFICATION: usize = 150;
/// The name of a document without any of its own.
const UNNAMED: &str = "brev";

/// Who sends.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Sender {
    /// Eight digits.
    pub cvr: String,
    /// The authority's name.
    pub label: String,
}

/// What is sent.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Post<'a> {
    /// A letter in the mailbox.
    DigitalPost {
        /// What the mailbox shows.
        label: &'a str,
        /// The letter.
        pdf: &'a [u8],
        /// Its language.
        language: Language,
        /// The page it leads to: what its button says, and where.
        action: Option<(&'a str, &'a str)>,
        /// When it was made.
        created: DateTime<Utc>,
    },
    /// A text message.
    NemSms {
        /// What the mailbox shows.
        label: &'a str,
        /// The text.
        text: &'a str,
    },
}

/// Why a message cannot be written.
#[derive(Debug, thiserror::Error)]
pub enum MemoError {
    /// A CPR number is ten digits, a CVR number eight.
    #[error("the {0} number is none")]
    Number(&'static str),
    /// A text is longer than the standard allows, or empty.
    #[error("the {what} has {length} characters; 1 to {most} are allowed")]
    Length {
        /// Which text.
        what: &'static str,
        /// How long it is.
        length: usize,
        /// The longest.
        most: usize,
    },
    /// The XML cannot be written.
    #[error("the XML cannot be written: {0}")]
    Xml(#[from] io::Error),
}

/// A message as XML, in UTF-8.
///
/// # Errors
/// When a number is none or a text too long.
pub fn xml(id: Uuid, sender: &Sender, cpr: &str, post: &Post<'_>) -> Result<String, MemoError> {
    digits(cpr, 10, "CPR")?;
    digits(&sender.cvr, 8, "CVR")?;
    let (kind, label) = match post {
        Post::DigitalPost { label, .. } => ("DIGITALPOST", label),
        Post::NemSms { label, .. } => ("NEMSMS", label),
    };
    length(label, LABEL, "label")?;
    if let Post::NemSms { text, .. } = post {
        length(text, NOTIFICATION, "notification")?;
    }
    let mut memo = Memo(Writer::new(Vec::new()));
    memo.0.write_event(Event::Decl(BytesDecl::new("1.0", Some("UTF-8"), None)))?;
    let mut root = BytesStart::new("memo:Message");
    root.push_attribute(("xmlns:memo", NAMESPACE));
    root.push_attribute(("memoVersion", "1.2"));
    memo.0.write_event(Event::Start(root))?;
    memo.within("MessageHeader", |memo| {
        memo.text("messageType", kind)?;
        memo.text("messageUUID", &id.to_string())?;
        memo.text("label", label)?;
        if let Post::NemSms { text, .. } = post {
            memo.text("notification", text)?;
        }
        memo.text("mandatory", "false")?;
        memo.text("legalNotification", "false")?;
        memo.within("Sender", |memo| {
            memo.text("senderID", &sender.cvr)?;
            memo.text("idType", "CVR")?;
            memo.text("label", &sender.label)
        })?;
        memo.within("Recipient", |memo| {
            memo.text("recipientID", cpr)?;
            memo.text("idType", "CPR")
        })
    })?;
    if let Post::DigitalPost { label, pdf, language, action, created } = post {
        memo.within("MessageBody", |memo| {
            memo.text("createdDateTime", &created.to_rfc3339_opts(SecondsFormat::Secs, true))?;
            memo.within("MainDocument", |memo| {
                memo.within("File", |memo| {
                    memo.text("encodingFormat", "application/pdf")?;
                    memo.text("filename", &format!("{}.pdf", file_name(label)))?;
                    memo.text("language", word(*language))?;
                    memo.text("content", &BASE64.encode(pdf))
                })?;
                match action {
                    None => Ok(()),
                    Some((label, url)) => memo.within("Action", |memo| {
                        memo.text("label", label)?;
                        memo.text("actionCode", "SELVBETJENING")?;
                        memo.within("EntryPoint", |memo| memo.text("url", url))
                    }),
                }
            })
        })?;
    }
    memo.0.write_event(Event::End(BytesEnd::new("memo:Message")))?;
    String::from_utf8(memo.0.into_inner()).map_err(|error| io::Error::other(error).into())
}

/// What a button that leads to a page says.
pub(super) const fn action_label(language: Language) -> &'static str {
    match language {
        Language::Da => "Se din side",
        Language::En => "See your page",
    }
}

const fn word(language: Language) -> &'static str {
    match language {
        Language::Da => "da",
        Language::En => "en",
    }
}

/// The name of a file that every system takes, made of a text.
fn file_name(text: &str) -> String {
    let kept: String = text
        .chars()
        .map(|each| if each.is_alphanumeric() || "-_.,()".contains(each) { each } else { ' ' })
        .collect();
    let words: Vec<&str> = kept.split_whitespace().collect();
    // Some systems count bytes, and 255 of them.
    let mut name = String::new();
    for each in words.join(" ").trim_matches(['.', ' ']).chars() {
        if name.len() + each.len_utf8() > 100 {
            break;
        }
        name.push(each);
    }
    let name = name.trim_end_matches(['.', ' ']);
    if name.is_empty() { UNNAMED.to_owned() } else { name.to_owned() }
}

fn digits(text: &str, count: usize, what: &'static str) -> Result<(), MemoError> {
    let fits = text.len() == count && text.bytes().all(|byte| byte.is_ascii_digit());
    if fits { Ok(()) } else { Err(MemoError::Number(what)) }
}

fn length(text: &str, most: usize, what: &'static str) -> Result<(), MemoError> {
    let length = text.chars().count();
    if (1..=most).contains(&length) {
        Ok(())
    } else {
        Err(MemoError::Length { what, length, most })
    }
}

/// Elements of the namespace.
struct Memo(Writer<Vec<u8>>);

impl Memo {
    fn within(
        &mut self,
        name: &str,
        inner: impl FnOnce(&mut Self) -> io::Result<()>,
    ) -> io::Result<()> {
        let name = format!("memo:{name}");
        self.0.write_event(Event::Start(BytesStart::new(name.as_str())))?;
        inner(self)?;
        self.0.write_event(Event::End(BytesEnd::new(name.as_str())))
    }

    fn text(&mut self, name: &str, text: &str) -> io::Result<()> {
        // XML has no place for control characters, not even escaped.
        let text: String =
            text.chars().filter(|each| !each.is_control() || *each == '\n').collect();
        self.within(name, |memo| memo.0.write_event(Event::Text(BytesText::new(&text))))
    }
}

#[cfg(test)]
mod tests;
