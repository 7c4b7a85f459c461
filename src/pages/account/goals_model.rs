//! How far she is from what she can reach, told from either side of the same figures.
//!
//! It computes nothing of law; every figure is a field of the answer.

use jobnet_api::account::AccountAnswer;
use jobnet_api::arm::Framing;
use jobnet_rules::account::KarensState;
use jobnet_rules::trace::Figure as Path;

use crate::i18n::account_messages::WordTexts;

use super::figure::{Line, figure, fill};

/// How far it is to a new period: the name of the text, and the sentence.
pub(super) fn new_period(
    answer: &AccountAnswer,
    framing: Option<Framing>,
    texts: &WordTexts,
) -> Option<(&'static str, Line)> {
    let found = answer.account.requalification.as_ref()?;
    let fillings = [
        ("missing", figure(Path::MissingHours, found.missing_hours)),
        ("counted", figure(Path::CountedHours, found.counted_hours)),
        ("required", figure(Path::RequiredHours, found.required_hours)),
    ];
    let (name, text) = match framing {
        _ if found.met => ("requalification_met", texts.requalification_met),
        Some(Framing::Earned) => ("requalification_earned", texts.requalification_earned),
        Some(Framing::Lacking) | None => ("requalification_missing", texts.requalification_missing),
    };
    Some((name, fill(text, &fillings)))
}

/// How far it is to no day being deducted, or that it is settled: the name of the text, and the
/// sentence.
pub(super) fn no_karens(
    answer: &AccountAnswer,
    framing: Option<Framing>,
    texts: &WordTexts,
) -> Option<(&'static str, Line)> {
    let karens = answer.account.karens.as_ref()?;
    let fillings = [
        ("missing", figure(Path::KarensMissing, karens.missing_hours)),
        ("hours", figure(Path::KarensWorkHours, karens.work_hours)),
    ];
    let (name, text) = match (karens.state, framing) {
        (KarensState::Open, Some(Framing::Earned)) => ("karens_earned", texts.karens_earned),
        (KarensState::Open, Some(Framing::Lacking)) => ("karens_lacking", texts.karens_lacking),
        (KarensState::Open, None) => ("karens_open", texts.karens_open),
        (KarensState::Avoided, _) => ("karens_avoided", texts.karens_avoided),
        (KarensState::Applies, _) => ("karens_applies", texts.karens_applies),
        (KarensState::Unknown, _) => ("karens_unknown", texts.karens_unknown),
    };
    Some((name, fill(text, &fillings)))
}
