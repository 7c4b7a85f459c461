//! Receipts: that something was received, what it was, and what comes next.
//!
//! The words are those of the page; a letter is made of them for paper and for files. It must not
//! know who she is.

mod da;
mod en;
mod text;

use chrono::NaiveDate;
use jobnet_profiling::answers::Answers;
use jobnet_profiling::fact::{Fact, Facts};

use crate::letter::{self, Block, Letter};
use crate::{Language, fill, form, texts, words};

pub use text::{More, ReceiptText};

texts! {
    /// What a receipt says.
    ReceiptTexts {
        /// Heading of the receipt of a form.
        title,
        /// Its number and time: `{id}`, `{date}`, `{time}`.
        number,
        /// Heading: what she has sent.
        sent,
        /// Heading: what comes next.
        next,
        /// Text: plain. Every other one comes after it.
        plain,
        /// Text: what she can do.
        next_steps,
        /// The same, one by one: her deadlines.
        step_rights,
        /// As above: her hours.
        step_hours,
        /// As above: the rules.
        step_rules,
        /// Text: what the talk is for.
        encouraging,
        /// That it was voluntary, and how it is withdrawn.
        voluntary,
        /// Heading of the receipt of missing hours.
        hours_title,
        /// Month and hours: `{month}`, `{hours}`.
        hours_said,
        /// Month only: `{month}`.
        hours_month,
        /// What becomes of it.
        hours_next,
        /// The registers do not tell.
        unknown,
        /// A fact she has left out.
        left_out,
        /// A fact she has marked as wrong.
        wrong,
    }
}

/// The words of receipts.
pub const fn texts(language: Language) -> &'static ReceiptTexts {
    match language {
        Language::Da => &da::TEXTS,
        Language::En => &en::TEXTS,
    }
}

/// Number and time of a receipt.
#[derive(Clone, Copy, Debug)]
pub struct Stamp<'a> {
    /// The number.
    pub number: &'a str,
    /// The day, in Denmark.
    pub date: NaiveDate,
    /// The time of that day, in Denmark.
    ///
    /// **Units**: minutes after midnight.
    pub minutes: u32,
}

impl Stamp<'_> {
    fn told(&self, language: Language) -> String {
        let (date, time) = (words::date(language, self.date), words::time(language, self.minutes));
        let values = [("id", self.number), ("date", &*date), ("time", &*time)];
        fill(texts(language).number, &values)
    }
}

/// A form as it was sent.
#[derive(Clone, Copy, Debug)]
pub struct SentForm<'a> {
    /// Her answers.
    pub answers: &'a Answers,
    /// The facts that were used.
    pub facts: Facts,
    /// The facts she had left out.
    pub left_out: &'a [Fact],
    /// The facts she had marked as wrong.
    pub marked_wrong: &'a [Fact],
}

/// The receipt of a form, with this text. It says nothing of what a model said.
pub fn of_form(
    language: Language,
    stamp: Stamp<'_>,
    text: ReceiptText,
    sent: SentForm<'_>,
) -> Letter {
    let t = texts(language);
    let mut body = vec![paragraph(stamp.told(language)), heading(t.next), paragraph(t.plain)];
    if let Some(More { words, steps }) = t.more(text) {
        body.push(paragraph(words));
        body.extend(steps.map(|steps| Block::List { items: steps.map(str::to_owned).to_vec() }));
    }
    body.extend([paragraph(t.voluntary), heading(t.sent)]);
    body.push(Block::Facts { rows: rows(language, sent) });
    Letter { title: t.title.to_owned(), body }
}

/// What was sent: answers, facts that were used, facts that were left out or called wrong.
fn rows(language: Language, sent: SentForm<'_>) -> Vec<letter::Fact> {
    let t = texts(language);
    let answers = sent.answers.asked().into_iter().filter_map(|question| {
        let value = form::said(language, sent.answers.0.get(&question)?);
        Some(letter::Fact { name: form::question(language, question).title.to_owned(), value })
    });
    let known = [(Fact::Age, sent.facts.age), (Fact::MonthsEmployed, sent.facts.months_employed)];
    let facts = known.into_iter().map(|(fact, value)| {
        let said = if sent.left_out.contains(&fact) {
            t.left_out.to_owned()
        } else {
            form::fact_said(language, fact, value)
        };
        let wrong = sent.marked_wrong.contains(&fact).then(|| t.wrong.to_owned());
        let lines: Vec<String> = std::iter::once(said).chain(wrong).collect();
        letter::Fact { name: form::fact(language, fact).name.to_owned(), value: lines.join("\n") }
    });
    answers.chain(facts).collect()
}

/// A report of missing hours as it was sent.
#[derive(Clone, Copy, Debug)]
pub struct SentHours<'a> {
    /// A day of the month.
    pub month: NaiveDate,
    /// How many hours she says she worked.
    ///
    /// **Units**: hundredths of an hour.
    pub hours: Option<i64>,
    /// Her own words; may be empty.
    pub note: &'a str,
}

/// The receipt of a report of missing hours.
pub fn of_hours(language: Language, stamp: Stamp<'_>, sent: SentHours<'_>) -> Letter {
    let t = texts(language);
    let month = words::month(language, sent.month);
    let said = match sent.hours {
        Some(hours) => {
            let hours = words::short_hundredths(language, hours);
            fill(t.hours_said, &[("hours", &*hours), ("month", &*month)])
        }
        None => fill(t.hours_month, &[("month", &*month)]),
    };
    let note = (!sent.note.is_empty()).then(|| paragraph(format!("“{}”", sent.note)));
    let mut body = vec![paragraph(said)];
    body.extend(note);
    body.extend([paragraph(t.hours_next), paragraph(stamp.told(language))]);
    Letter { title: t.hours_title.to_owned(), body }
}

fn paragraph(text: impl Into<String>) -> Block {
    Block::Paragraph { text: text.into() }
}

fn heading(text: &str) -> Block {
    Block::Heading { text: text.to_owned() }
}

#[cfg(test)]
mod tests {
    use jobnet_profiling::answers::Answer;
    use jobnet_profiling::form::{Choice, Question};

    use super::*;

    fn stamp() -> Stamp<'static> {
        let date = NaiveDate::from_ymd_opt(2026, 11, 26).unwrap();
        Stamp { number: "A1-B2", date, minutes: 9 * 60 + 5 }
    }

    #[test]
    fn a_form_is_told_as_it_was_sent() {
        let answers = Answers([(Question::KnownJob, Answer::one(Choice::NoJobInMind))].into());
        let sent = SentForm {
            answers: &answers,
            facts: Facts { age: Some(43), months_employed: None, origin: None },
            left_out: &[Fact::MonthsEmployed],
            marked_wrong: &[Fact::Age],
        };
        let letter = of_form(Language::Da, stamp(), ReceiptText::NextSteps, sent);
        assert_eq!(letter.title, "Vi har fået dine svar");
        let number = "Kvittering A1-B2. Sendt 26.\u{a0}november\u{a0}2026 kl. 9.05.";
        assert_eq!(letter.body.first(), Some(&paragraph(number)));
        let Some(Block::Facts { rows }) = letter.body.last() else { panic!("{letter:?}") };
        let rows: Vec<_> = rows.iter().map(|row| (&*row.name, &*row.value)).collect();
        assert_eq!(
            rows,
            [
                ("Ved du, hvilket job du vil have?", "Nej, ikke endnu"),
                ("Din alder", "Du er 43 år.\nDu siger, det er forkert"),
                (form::fact(Language::Da, Fact::MonthsEmployed).name, "Bliver ikke brugt"),
            ]
        );
        let lists = |text| {
            let letter = of_form(Language::En, stamp(), text, sent);
            letter.body.iter().filter(|block| matches!(block, Block::List { .. })).count()
        };
        assert_eq!(ReceiptText::ALL.map(lists), [0, 1, 0]);
    }

    /// What the protocol of the trial says of its arms: the same, and after it something.
    #[test]
    fn every_text_is_the_plain_one_and_what_the_protocol_promises_after_it() {
        let (answers, none) = (Answers::default(), Facts::default());
        let sent = SentForm { answers: &answers, facts: none, left_out: &[], marked_wrong: &[] };
        for (language, promised) in [
            (Language::Da, ["sagsbehandler hjælper dig", "egne spørgsmål", "profil afgør ikke"]),
            (Language::En, ["caseworker helps you", "own questions", "profile decides nothing"]),
        ] {
            let body = |text| of_form(language, stamp(), text, sent).body;
            let plain = body(ReceiptText::Plain);
            let rest = plain.len() - 3;
            assert_eq!(plain[2], paragraph(texts(language).plain));
            for text in [ReceiptText::NextSteps, ReceiptText::Encouraging] {
                let other = body(text);
                assert_eq!(other[..3], plain[..3], "{text:?}");
                assert_eq!(other[other.len() - rest..], plain[3..], "{text:?}");
            }
            let Block::List { items } = &body(ReceiptText::NextSteps)[4] else { panic!("no list") };
            assert!((1..=5).contains(&items.len()), "{items:?}");
            for words in promised {
                assert!(texts(language).encouraging.contains(words), "{words}");
            }
        }
    }

    #[test]
    fn missing_hours_are_told_with_her_own_words() {
        let month = NaiveDate::from_ymd_opt(2026, 3, 1).unwrap();
        let sent = SentHours { month, hours: Some(3_750), note: "Vagt den 3." };
        let letter = of_hours(Language::En, stamp(), sent);
        let expected = [
            "You wrote that you worked 37.50 hours in March\u{a0}2026.",
            "“Vagt den 3.”",
            texts(Language::En).hours_next,
            "Receipt A1-B2. Sent 26\u{a0}November\u{a0}2026 at 09:05.",
        ];
        assert_eq!(letter.body, expected.map(paragraph));
        let bare = SentHours { hours: None, note: "", ..sent };
        let letter = of_hours(Language::Da, stamp(), bare);
        assert_eq!(letter.body.len(), 3);
        assert_eq!(letter.body[0], paragraph("Du skrev, at der mangler timer i marts\u{a0}2026."));
    }
}
