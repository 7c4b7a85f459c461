//! Letters as files: in which words, and how many at once.
//!
//! What a letter says is for `jobnet-messages`, how it looks for `jobnet-letters`. It must not know
//! who may read it.

use std::fmt;
use std::sync::{Arc, LazyLock};

use chrono::{DateTime, NaiveDate, Timelike, Utc};
use chrono_tz::Europe::Copenhagen;
use jobnet_api::profile::Submission;
use jobnet_api::report::HoursReport;
use jobnet_letters::envelope::Envelope;
use jobnet_letters::{LetterError, Missing, Posting, Press, Sender};
use jobnet_messages::Language;
use jobnet_messages::letter::Letter;
use jobnet_messages::message::sms_title;
use jobnet_messages::receipts::{self, SentForm, SentHours, Stamp};
use tokio::sync::Semaphore;

use crate::clock::Clock;
use crate::config::{Config, LettersConfig};
use crate::outbox::{Kept, carrier};
use crate::problem::Failure;

/// So many are made at the same time; others wait. Each takes a core for tens of milliseconds.
const AT_ONCE: usize = 2;

/// Fonts and template, read once.
static PRESS: LazyLock<Result<Press, LetterError>> = LazyLock::new(|| Press::new(Envelope::c5()));

/// A letter, and what stands around it.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Dated {
    /// The text.
    pub letter: Letter,
    /// Its language.
    pub language: Language,
    /// The day, in Denmark.
    pub date: NaiveDate,
    /// Its number.
    pub number: String,
    /// Name and address, line by line; none to whom has it before her on the page.
    pub recipient: Vec<String>,
}

impl Dated {
    fn new(
        language: Language,
        at: DateTime<Utc>,
        number: &str,
        letter: impl FnOnce(Stamp<'_>) -> Letter,
    ) -> Self {
        let told = at.with_timezone(&Copenhagen);
        let date = told.date_naive();
        let stamp = Stamp { number, date, minutes: told.hour() * 60 + told.minute() };
        Self {
            letter: letter(stamp),
            language,
            date,
            number: number.to_owned(),
            recipient: Vec::new(),
        }
    }

    /// The receipt of a form.
    pub fn of_form(language: Language, sent: &Submission) -> Self {
        let form = SentForm {
            answers: &sent.answers,
            facts: sent.facts,
            left_out: &sent.left_out,
            marked_wrong: &sent.marked_wrong,
        };
        Self::new(language, sent.received_at, &sent.id, |stamp| {
            receipts::of_form(language, stamp, sent.receipt, form)
        })
    }

    /// A message as she got it.
    pub fn of_message(kept: Kept) -> Self {
        let mut letter = kept.letter;
        if letter.title.is_empty() {
            sms_title(kept.language).clone_into(&mut letter.title);
        }
        let date = kept.sent_at.with_timezone(&Copenhagen).date_naive();
        Self { letter, language: kept.language, date, number: String::new(), recipient: Vec::new() }
    }

    /// The receipt of a report of missing hours.
    pub fn of_report(language: Language, report: &HoursReport) -> Self {
        let sent = SentHours {
            month: report.month.first_day(),
            hours: report.worked_hours.map(|hours| hours.hundredths()),
            note: &report.note,
        };
        Self::new(language, report.received_at, &report.id, |stamp| {
            receipts::of_hours(language, stamp, sent)
        })
    }
}

/// Who writes on paper.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Origin {
    /// The name; without one it is that of the site.
    name: Option<String>,
    /// Where a letter comes back to, line by line.
    address: Vec<String>,
}

impl Origin {
    /// As it is configured. Without an address letters do not say where they come back to; those of a
    /// demo show one that is clearly none.
    pub fn of(config: &Config) -> Self {
        let letters = config.outbox.letters.clone().unwrap_or_default();
        let LettersConfig { sender, sender_address, .. } = letters;
        let address = if sender_address.is_empty() && config.server.demo {
            ["Opdigtet Demovej 1", "0000 Ingensteds"].map(str::to_owned).to_vec()
        } else {
            sender_address
        };
        Self { name: sender, address }
    }

    fn sender(&self, language: Language) -> Sender {
        Sender {
            name: self.name.clone().unwrap_or_else(|| language.site().to_owned()),
            address: self.address.clone(),
            contact: Vec::new(),
        }
    }
}

/// Makes files, a few at a time.
#[derive(Clone)]
pub struct Printer {
    origin: Origin,
    places: Arc<Semaphore>,
}

impl fmt::Debug for Printer {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_tuple("Printer").field(&self.places.available_permits()).finish()
    }
}

impl Printer {
    /// One whose letters are from somebody.
    pub fn new(origin: Origin) -> Self {
        Self { origin, places: Arc::new(Semaphore::new(AT_ONCE)) }
    }

    /// The letter as a PDF file.
    ///
    /// # Errors
    /// `Internal` when it cannot be made.
    pub async fn pdf(&self, dated: Dated) -> Result<Vec<u8>, Failure> {
        // It goes into the thread: one that nobody waits for any more still takes its core.
        let permit = Arc::clone(&self.places).acquire_owned().await.map_err(Failure::internal)?;
        let origin = self.origin.clone();
        let made = tokio::task::spawn_blocking(move || {
            let made = print(&dated, &origin);
            drop(permit);
            made
        });
        made.await.map_err(Failure::internal)?.map_err(Failure::internal)
    }
}

/// Makes the letters of the outbox, dated on the day on which they are made.
#[derive(Clone, Debug)]
pub struct Paper {
    /// The clock.
    pub clock: Clock,
    /// Who writes.
    pub origin: Origin,
}

impl carrier::Paper for Paper {
    fn pdf(
        &self,
        letter: &Letter,
        language: Language,
        address: &[String],
    ) -> anyhow::Result<Vec<u8>> {
        let date = self.clock.now().with_timezone(&Copenhagen).date_naive();
        Ok(set(letter, &self.origin.sender(language), language, address, date, "")?)
    }
}

fn print(dated: &Dated, origin: &Origin) -> Result<Vec<u8>, LetterError> {
    let Dated { letter, language, recipient, date, number } = dated;
    let ours = || Sender { name: language.site().to_owned(), ..Sender::default() };
    // What has no envelope is not sent back.
    let sender = if recipient.is_empty() { ours() } else { origin.sender(*language) };
    set(letter, &sender, *language, recipient, *date, number)
}

fn set(
    letter: &Letter,
    sender: &Sender,
    language: Language,
    recipient: &[String],
    date: NaiveDate,
    reference: &str,
) -> Result<Vec<u8>, LetterError> {
    let press = PRESS.as_ref().map_err(Clone::clone)?;
    press.print(&Posting {
        letter,
        language,
        sender,
        recipient,
        date,
        reference,
        // Her own words or her name may be in it.
        missing: Missing::Replace,
    })
}
