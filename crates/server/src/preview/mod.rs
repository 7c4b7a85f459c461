//! Links to previews: the page of a made-up citizen as an arm would have it. A link carries all it
//! needs, signed, and ends; showing it reads no register and writes nothing.
//!
//! It must not know of trials, sessions or routes.

mod citizen;
mod situation;

use std::collections::BTreeMap;

use chrono::{DateTime, NaiveDate, TimeDelta, Utc};
use jobnet_api::account::AccountFacts;
use jobnet_api::arm::{self, Arm, Framing, Presentation};
use jobnet_api::trial::{Preview, PreviewAsked, PreviewCitizen, PreviewOf, Situation};
use jobnet_rules::check::CaseErrors;

use crate::assemble;
use crate::db::registers::{stored_word, word};
use crate::keys::Keyring;
use crate::synthesise;
use crate::trials::catalogue;

/// What every signed text begins with, so that no other signature can stand in for one.
const PURPOSE: &str = "preview";

/// What a link shows.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Shown {
    /// How the account is shown.
    pub presentation: Presentation,
    /// From which side.
    pub framing: Framing,
    /// Whose account.
    pub citizen: PreviewCitizen,
    /// What her data are like.
    pub situation: Situation,
    /// Which of her pages.
    pub of: PreviewOf,
}

/// A link for what was asked. Its token is
/// `PRESENTATION-FRAMING-SITUATION-PAGE-CITIZEN-UNTIL-SIGNATURE`, with seconds since 1970 as UNTIL.
pub fn link(keys: &Keyring, asked: &PreviewAsked, now: DateTime<Utc>) -> Preview {
    let until = (now + TimeDelta::hours(i64::from(asked.hours))).timestamp();
    let claims = [
        stored_word(&asked.presentation),
        stored_word(&asked.framing),
        stored_word(&asked.situation),
        asked.of.word().to_owned(),
        asked.citizen.word().to_owned(),
        until.to_string(),
    ]
    .join("-");
    let signature = keys.sign(&format!("{PURPOSE} {claims}"));
    let until = DateTime::from_timestamp(until, 0).unwrap_or(now);
    Preview { token: format!("{claims}-{signature}"), until }
}

/// What a token shows; `None`: it has ended, or we did not sign it.
pub fn read(keys: &Keyring, token: &str, now: DateTime<Utc>) -> Option<Shown> {
    // A signature may hold hyphens; what is signed holds six parts.
    let parts: Vec<&str> = token.splitn(7, '-').collect();
    let [presentation, framing, situation, of, citizen, until, signature] = parts[..] else {
        return None;
    };
    let claims = &token[..token.len() - signature.len() - 1];
    if !keys.is_signed(&format!("{PURPOSE} {claims}"), signature) {
        return None;
    }
    let until = DateTime::from_timestamp(until.parse().ok()?, 0)?;
    (now < until).then_some(Shown {
        presentation: word(presentation).ok()?,
        framing: word(framing).ok()?,
        citizen: PreviewCitizen::of_word(citizen)?,
        situation: word(situation).ok()?,
        of: PreviewOf::of_word(of)?,
    })
}

/// A citizen's facts as of a day, in a situation. A demo identity has what her story says, written
/// anew for the day: no database is read.
///
/// # Errors
/// When the rules cannot read what is written here.
pub fn facts(
    citizen: PreviewCitizen,
    situation: Situation,
    today: NaiveDate,
    now: DateTime<Utc>,
) -> Result<AccountFacts, CaseErrors> {
    let story = citizen.persona().and_then(|key| synthesise::story(key, today));
    match story.and_then(|dossier| assemble::facts_of_dossier(&dossier, today, now)) {
        Some(facts) => situation::with(facts, situation),
        None => citizen::facts(situation, today, now),
    }
}

impl Shown {
    /// As the arm of a trial that is none.
    pub fn arm(self) -> Arm {
        Arm {
            trial: arm::PREVIEW.to_owned(),
            presentation: self.presentation,
            framing: self.framing,
        }
    }

    /// As the settings of an arm.
    pub fn settings(self) -> BTreeMap<String, String> {
        BTreeMap::from([
            (catalogue::PRESENTATION.to_owned(), stored_word(&self.presentation)),
            (catalogue::FRAMING.to_owned(), stored_word(&self.framing)),
        ])
    }
}

#[cfg(test)]
mod tests {
    use jobnet_api::profile::ReceiptText;

    use super::*;

    fn ring(digit: char) -> Keyring {
        Keyring::parse(&format!("k1:{}", digit.to_string().repeat(64))).unwrap()
    }

    #[test]
    fn a_link_shows_what_was_asked_until_it_ends_and_nothing_once_it_was_changed() {
        let now = DateTime::from_timestamp(1_795_348_800, 0).unwrap();
        let keys = ring('a');
        for presentation in ["words", "counters", "timeline", "what_if"] {
            for framing in ["earned", "lacking"] {
                for situation in ["ordinary", "no_hours", "unknown_hours", "near_limit"] {
                    let asked = PreviewAsked {
                        presentation: word(presentation).unwrap(),
                        framing: word(framing).unwrap(),
                        citizen: PreviewCitizen::SickListed,
                        situation: word(situation).unwrap(),
                        hours: 2,
                        of: PreviewOf::Receipt { text: ReceiptText::NextSteps },
                    };
                    let link = link(&keys, &asked, now);
                    let shown = read(&keys, &link.token, now).unwrap();
                    assert_eq!(shown.presentation, asked.presentation);
                    assert_eq!(shown.framing, asked.framing);
                    assert_eq!((shown.situation, shown.of), (asked.situation, asked.of));
                    assert_eq!(shown.citizen, asked.citizen);
                    assert_eq!(PreviewOf::of_token(&link.token), Some(asked.of));
                    assert_eq!(PreviewCitizen::of_token(&link.token), Some(asked.citizen));
                    assert_eq!(link.until, now + TimeDelta::hours(2));
                    let last = link.until - TimeDelta::seconds(1);
                    assert!(read(&keys, &link.token, last).is_some());
                    assert_eq!(read(&keys, &link.token, link.until), None);
                    assert_eq!(read(&ring('b'), &link.token, now), None);
                    for place in 0..link.token.len() {
                        let mut changed = link.token.clone().into_bytes();
                        changed[place] = if changed[place] == b'w' { b'x' } else { b'w' };
                        let changed = String::from_utf8(changed).unwrap();
                        assert_eq!(read(&keys, &changed, now), None, "{changed}");
                        assert_eq!(read(&keys, &link.token[..place], now), None);
                    }
                }
            }
        }
    }
}
