//! Sickness, parental leave and care: what they did to the frame and the karens window.
//!
//! Both answers are asked of the rules: with the months away, and as if there had been none.

use chrono::NaiveDate;
use jobnet_api::account::AccountAnswer;
use jobnet_rules::account::Account;
use jobnet_rules::case::Away;
use jobnet_rules::evaluate::evaluate;
use jobnet_rules::trace::Figure as Path;

use crate::i18n::Language;

use super::figure::{Line, figure, fill, word};
use super::timeline_model::{sanction_name, spell_text};

/// Is there anything to say about being away?
pub fn concerns(answer: &AccountAnswer) -> bool {
    !answer.spells.is_empty() || answer.case.months.iter().any(|month| month.away.is_some())
}

/// Is she away now? What it does stands above her account then, otherwise below.
pub fn is_away(answer: &AccountAnswer, today: NaiveDate) -> bool {
    answer.spells.iter().any(|spell| spell.lasts_on(today))
}

/// Was she away for months that do not count?
pub fn moved(answer: &AccountAnswer) -> bool {
    answer.case.months.iter().any(|month| month.away.is_some())
}

/// What her absence did, the answer first.
pub fn sentences(answer: &AccountAnswer, today: NaiveDate, language: Language) -> Vec<Line> {
    let texts = language.account().sick;
    let mut lines = Vec::new();
    if let Some(spell) = answer.spells.iter().find(|spell| spell.lasts_on(today)) {
        let text = match spell.kind {
            Away::Sickness => texts.now,
            Away::ParentalLeave => texts.now_leave,
            Away::Care => texts.now_care,
        };
        lines.push(fill(text, &[("day", word(language.date(spell.from)))]));
    }
    let without = without_absence(answer);
    lines.extend(frame(answer, without.as_ref(), language));
    lines.extend(window(answer, without.as_ref(), language));
    lines
}

/// The same account as if she had never been away.
fn without_absence(answer: &AccountAnswer) -> Option<Account> {
    let mut case = answer.case.clone();
    for month in &mut case.months {
        month.away = None;
    }
    evaluate(&case).ok()
}

fn frame(answer: &AccountAnswer, without: Option<&Account>, language: Language) -> Option<Line> {
    let texts = language.account().sick;
    let day = answer.account.period.as_ref()?.frame_ends_on?;
    let before = without?.period.as_ref()?.frame_ends_on?;
    let ends = ("day", figure(Path::FrameEndsOn, day));
    Some(if before == day {
        fill(texts.frame_same, &[ends])
    } else {
        fill(texts.frame_moved, &[ends, ("before", word(language.date(before)))])
    })
}

fn window(answer: &AccountAnswer, without: Option<&Account>, language: Language) -> Option<Line> {
    let texts = language.account().sick;
    let karens = answer.account.karens.as_ref()?;
    let (from, to) = (karens.window_from?, karens.window_to?);
    let before = without?.karens.as_ref()?;
    let moved = before.window_from != Some(from) || before.window_to != Some(to);
    let text = if moved { texts.window_moved } else { texts.window_same };
    Some(fill(
        text,
        &[("from", figure(Path::KarensFrom, from)), ("to", figure(Path::KarensTo, to))],
    ))
}

/// Every spell in words, newest first.
pub fn spells(answer: &AccountAnswer, language: Language) -> Vec<String> {
    answer.spells.iter().rev().map(|spell| spell_text(spell, language)).collect()
}

/// Every sanction in words, newest first.
pub fn sanctions(answer: &AccountAnswer, language: Language) -> Vec<String> {
    let texts = language.account().sick;
    let sentence = |sanction: &jobnet_api::account::Sanction| {
        let day = language.date(sanction.decided_on);
        let kind = ("kind", sanction_name(sanction.kind, language));
        match sanction.hours {
            Some(hours) => crate::i18n::fill(
                texts.sanction_hours,
                &[
                    kind,
                    ("day", &day),
                    ("hours", &language.short_hours(hours)),
                    ("served", &language.short_hours(sanction.served_hours)),
                ],
            ),
            None => crate::i18n::fill(texts.sanction, &[kind, ("day", &day)]),
        }
    };
    answer.sanctions.iter().rev().map(sentence).collect()
}
