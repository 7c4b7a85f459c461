//! What to ask for to see an arm as a citizen would.

use jobnet_api::arm::{Framing, Presentation};
use jobnet_api::trial::{MAX_PREVIEW_HOURS, PreviewAsked, PreviewCitizen, PreviewOf, Situation};
use jobnet_api::trials::protocol::Arm;

/// What the reader of the variants has chosen.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Look {
    /// From which side, whatever the arms say; `None`: as each arm says.
    pub framing: Option<Framing>,
    /// Whose account.
    pub citizen: PreviewCitizen,
    /// What her data are like.
    pub situation: Situation,
    /// Hours the links are good for.
    pub hours: u16,
}

impl Default for Look {
    fn default() -> Self {
        Self {
            framing: None,
            citizen: PreviewCitizen::default(),
            situation: Situation::default(),
            hours: 24,
        }
    }
}

/// The presentation of a word of the file.
fn presentation(word: &str) -> Option<Presentation> {
    Some(match word {
        "words" => Presentation::Words,
        "counters" => Presentation::Counters,
        "timeline" => Presentation::Timeline,
        "what_if" => Presentation::WhatIf,
        _ => return None,
    })
}

/// The framing of a word of the file.
pub fn framing(word: &str) -> Option<Framing> {
    match word {
        "earned" => Some(Framing::Earned),
        "lacking" => Some(Framing::Lacking),
        _ => None,
    }
}

/// The situation of a word.
pub fn situation(word: &str) -> Option<Situation> {
    Some(match word {
        "ordinary" => Situation::Ordinary,
        "no_hours" => Situation::NoHours,
        "unknown_hours" => Situation::UnknownHours,
        "near_limit" => Situation::NearLimit,
        _ => return None,
    })
}

/// What to ask for; `None`: the arm shows nothing that this page knows.
pub fn asked(surface: &str, arm: &Arm, look: Look) -> Option<PreviewAsked> {
    let of = PreviewOf::of_arm(surface, &arm.settings)?;
    let (presentation, own) = match of {
        PreviewOf::Account {} => (
            presentation(arm.settings.get("presentation")?)?,
            arm.settings.get("framing").and_then(|word| framing(word)),
        ),
        // The account is not what is looked at; beside a notice it is as usual.
        _ => (Presentation::Timeline, None),
    };
    Some(PreviewAsked {
        presentation,
        framing: look.framing.or(own).unwrap_or_default(),
        citizen: look.citizen,
        situation: look.situation,
        hours: look.hours.clamp(1, MAX_PREVIEW_HOURS),
        of,
    })
}

/// The address of a preview with how it looks: nothing personal is in it.
pub fn address(page: &str, language: &str, dark: bool) -> String {
    format!("{page}?sprog={language}&tema={}", if dark { "moerk" } else { "lys" })
}

#[cfg(test)]
mod tests {
    use jobnet_api::profile::{ProfilePresentation, ReceiptText};

    use super::*;
    use crate::pages::research::draft_model::new_arm;

    #[test]
    fn an_arm_is_asked_for_as_it_is_unless_the_reader_says_otherwise() {
        let mut arm = new_arm(&[]).unwrap();
        assert_eq!(asked("account", &arm, Look::default()), None);
        arm.settings.insert("presentation".to_owned(), "counters".to_owned());
        let plain = asked("account", &arm, Look::default()).unwrap();
        assert_eq!((plain.presentation, plain.framing), (Presentation::Counters, Framing::Earned));
        arm.settings.insert("framing".to_owned(), "lacking".to_owned());
        assert_eq!(asked("account", &arm, Look::default()).unwrap().framing, Framing::Lacking);
        let look = Look {
            framing: Some(Framing::Earned),
            citizen: PreviewCitizen::Graduate,
            situation: Situation::NoHours,
            hours: u16::MAX,
        };
        let asked = asked("account", &arm, look).unwrap();
        assert_eq!((asked.citizen, asked.situation), (look.citizen, look.situation));
        assert_eq!((asked.framing, asked.hours), (Framing::Earned, MAX_PREVIEW_HOURS));
        arm.settings.insert("presentation".to_owned(), "hologram".to_owned());
        assert_eq!(super::asked("account", &arm, look), None);
    }

    #[test]
    fn each_surface_is_looked_at_by_its_own_setting() {
        let mut arm = new_arm(&[]).unwrap();
        let of = |surface: &str, arm: &Arm| {
            super::asked(surface, arm, Look::default()).map(|asked| asked.of)
        };
        arm.settings.insert("presentation".to_owned(), "icon_array".to_owned());
        let picture = PreviewOf::Profile { presentation: ProfilePresentation::IconArray };
        assert_eq!(of("profile", &arm), Some(picture));
        assert_eq!((of("receipt", &arm), of("account", &arm)), (None, None));
        arm.settings.insert("text".to_owned(), "3.3".to_owned());
        let receipt = PreviewOf::Receipt { text: ReceiptText::Encouraging };
        assert_eq!(of("receipt", &arm), Some(receipt));
        arm.settings.insert("access".to_owned(), "withheld".to_owned());
        assert_eq!(of("checklist", &arm), Some(PreviewOf::NoChecklist {}));
    }

    #[test]
    fn the_address_says_how_it_looks_and_nothing_more() {
        assert_eq!(
            address("/forhaandsvisning/a", "en", true),
            "/forhaandsvisning/a?sprog=en&tema=moerk"
        );
    }
}
