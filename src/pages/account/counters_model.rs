//! Three counters: karens as a dial, the account as a savings pig, the period as an hourglass.
//!
//! It computes nothing of law. Numbers become `f64` here for drawing only.

use jobnet_api::account::AccountAnswer;
use jobnet_api::arm::Framing;
use jobnet_charts::counter::{CounterSpec, Mark};
use jobnet_rules::trace::Figure as Path;
use jobnet_rules::units::Hours;

use crate::i18n::{Language, fill};

use super::figure::Figure;
use super::words_model::{Statement, Topic, statement};

/// A counter: the drawing, its value, and the sentences of its topic.
#[derive(Clone, Debug, PartialEq)]
pub struct Counter {
    /// The drawing.
    pub spec: CounterSpec,
    /// The drawing in one sentence, for screen readers.
    pub label: String,
    /// The value under it.
    pub value: Figure,
    /// What the value counts.
    pub unit: &'static str,
    /// What it means in sentences.
    pub statement: Statement,
}

/// The counters of an account. Empty for social assistance.
pub fn counters(
    answer: &AccountAnswer,
    framing: Option<Framing>,
    language: Language,
) -> Vec<Counter> {
    [karens(answer, framing, language), account(answer, language), hourglass(answer, language)]
        .into_iter()
        .flatten()
        .collect()
}

fn mark(hours: Hours, words: &str, language: Language) -> Mark {
    Mark { at: hours.to_f64(), figure: language.short_hours(hours), words: words.to_owned() }
}

fn karens(answer: &AccountAnswer, framing: Option<Framing>, language: Language) -> Option<Counter> {
    let texts = language.counters();
    let karens = answer.account.karens.as_ref()?;
    let (hours, threshold) = (karens.work_hours, karens.threshold_hours);
    // The dial ends at a round number that leaves room behind the limit and the needle.
    let reach = hours.hundredths().max(threshold.hundredths().saturating_mul(4) / 3);
    let step = 5_000;
    let end = Hours::from_hundredths(reach.div_euclid(step).saturating_add(1) * step);
    Some(Counter {
        spec: CounterSpec::Speedometer {
            value: hours.to_f64(),
            planned: None,
            limit: mark(threshold, "", language),
            end: mark(end, "", language),
        },
        label: fill(
            texts.karens_label,
            &[
                ("hours", &language.short_hours(hours)),
                ("threshold", &language.short_hours(threshold)),
            ],
        ),
        value: Figure::new(Path::KarensWorkHours, hours),
        unit: texts.karens_unit,
        statement: statement(answer, Topic::Karens, framing, language)?,
    })
}

fn account(answer: &AccountAnswer, language: Language) -> Option<Counter> {
    let texts = language.counters();
    let saved = answer.account.account.as_ref()?.work_hours;
    let required = answer.account.requalification.as_ref()?.required_hours;
    Some(Counter {
        spec: CounterSpec::SavingsPig {
            saved: saved.to_f64(),
            marks: vec![mark(required, texts.mark_new_period, language)],
        },
        label: fill(
            texts.account_label,
            &[
                ("hours", &language.short_hours(saved)),
                ("required", &language.short_hours(required)),
            ],
        ),
        value: Figure::new(Path::AccountWorkHours, saved),
        unit: texts.account_unit,
        statement: statement(answer, Topic::Account, None, language)?,
    })
}

fn hourglass(answer: &AccountAnswer, language: Language) -> Option<Counter> {
    let texts = language.counters();
    let period = answer.account.period.as_ref()?;
    Some(Counter {
        spec: CounterSpec::Hourglass {
            left: mark(period.remaining_hours, texts.left, language),
            used: mark(period.used_hours, texts.used, language),
        },
        label: fill(
            texts.hourglass_label,
            &[
                ("left", &language.short_hours(period.remaining_hours)),
                ("used", &language.short_hours(period.used_hours)),
            ],
        ),
        value: Figure::new(Path::RemainingHours, period.remaining_hours),
        unit: texts.hourglass_unit,
        statement: statement(answer, Topic::Period, None, language)?,
    })
}
