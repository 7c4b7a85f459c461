//! Profiles: which model runs and on which law, and how long what belongs to one is kept.

use jobnet_api::profile::LegalBasis;
use jobnet_api::trials::protocol::Bilingual;
use jobnet_profiling::fact::Fact;
use jobnet_profiling::shipped;
use serde::{Deserialize, Serialize};

/// What consent is called. In the relation of a citizen to an authority it is not freely given, so
/// that no profile rests on it.
const CONSENT: [&str; 2] = ["samtykke", "consent"];

/// Profiles.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields, default)]
pub struct ProfilingConfig {
    /// Key of the delivered model that is used; one that needs no origin, which is never fetched.
    pub model: String,
    /// The law on which the model runs; without it the model does not run.
    pub legal_basis: Option<LegalBasis>,
    /// How many days what she has sent is kept after she sent it, and the rest after her last
    /// change.
    pub keep_days: u32,
}

impl Default for ProfilingConfig {
    fn default() -> Self {
        // A profile is made for the talks of one spell of unemployment.
        Self { model: shipped::DEFAULT.to_owned(), legal_basis: None, keep_days: 365 }
    }
}

/// Why profiles cannot be made like this.
#[derive(Clone, Copy, Debug, PartialEq, Eq, thiserror::Error)]
pub enum BadProfiling {
    /// No such model is delivered.
    #[error("profiling.model: there is no such model; see GET /api/v1/models")]
    UnknownModel,
    /// The model needs what is never fetched.
    #[error("profiling.model needs origin, which is never fetched: choose a model without it")]
    NeedsOrigin,
    /// A field of the legal basis is empty.
    #[error("profiling.legal_basis: give law and text, each in Danish (da) and English (en)")]
    Empty,
    /// The basis is consent.
    #[error(
        "profiling.legal_basis names consent: a profile must rest on a law, and consent to an \
         authority is not free"
    )]
    Consent,
    /// Everything would be deleted at once.
    #[error("profiling.keep_days must be at least 1")]
    KeptForNoTime,
}

impl ProfilingConfig {
    pub(super) fn check(&self) -> Result<(), BadProfiling> {
        if self.keep_days == 0 {
            return Err(BadProfiling::KeptForNoTime);
        }
        let model = shipped::model(&self.model).ok_or(BadProfiling::UnknownModel)?;
        if !model.can_do_without(Fact::Origin) {
            return Err(BadProfiling::NeedsOrigin);
        }
        let Some(LegalBasis { law, text, .. }) = &self.legal_basis else { return Ok(()) };
        let texts = [&law.da, &law.en, &text.da, &text.en].map(|text| text.trim().to_lowercase());
        if texts.iter().any(String::is_empty) {
            return Err(BadProfiling::Empty);
        }
        let names_consent = |text: &String| CONSENT.iter().any(|word| text.contains(word));
        if texts.iter().any(names_consent) { Err(BadProfiling::Consent) } else { Ok(()) }
    }

    /// What stands in the place of a law in a demonstration.
    pub fn of_demo(valid_from: chrono::NaiveDate) -> LegalBasis {
        let both = |da: &str, en: &str| Bilingual { da: da.to_owned(), en: en.to_owned() };
        LegalBasis {
            law: both(
                "Ingen lov: dette er en demonstration med opdigtede borgere",
                "No law: this is a demonstration with made-up citizens",
            ),
            text: both(
                "Alle borgere her er opdigtede. Ingens oplysninger bliver brugt. Før rigtige \
                 borgere kan få en profil, skal den lov stå her, som tillader det.",
                "Everyone here is made up. Nobody's data is used. Before real citizens can have a \
                 profile, the law that allows it must stand here.",
            ),
            valid_from,
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn with(law: &str, text: &str) -> Result<(), BadProfiling> {
        let both = |text: &str| Bilingual { da: text.to_owned(), en: text.to_owned() };
        let valid_from = "2026-01-01".parse().unwrap();
        let basis = LegalBasis { law: both(law), text: both(text), valid_from };
        ProfilingConfig { legal_basis: Some(basis), ..ProfilingConfig::default() }.check()
    }

    #[test]
    fn a_basis_is_a_law_in_both_languages_and_never_consent() {
        assert_eq!(with("Lov om et eksempel, § 1", "Den tillader det."), Ok(()));
        assert_eq!(with(" ", "Den tillader det."), Err(BadProfiling::Empty));
        for (law, text) in [
            ("Borgerens SAMTYKKE", "Hun siger ja."),
            ("Lov om et eksempel, § 1", "Kun med samtykket fra borgeren."),
            ("GDPR art. 6(1)(a)", "Consent of the citizen."),
        ] {
            assert_eq!(with(law, text), Err(BadProfiling::Consent), "{law}");
        }
        let none = ProfilingConfig { keep_days: 0, ..ProfilingConfig::default() };
        assert_eq!(none.check(), Err(BadProfiling::KeptForNoTime));
        assert_eq!(ProfilingConfig::default().check(), Ok(()));
        for (model, expected) in [
            ("logistic", Ok(())),
            ("tree-reconstruction", Ok(())),
            ("logistic-with-origin", Err(BadProfiling::NeedsOrigin)),
            ("shoe-size", Err(BadProfiling::UnknownModel)),
        ] {
            let chosen = ProfilingConfig { model: model.to_owned(), ..ProfilingConfig::default() };
            assert_eq!(chosen.check(), expected, "{model}");
        }
        let demo = ProfilingConfig::of_demo("2026-01-01".parse().unwrap());
        let prose = format!("{}. {}", demo.law.da, demo.text.da);
        assert!(jobnet_messages::lix::lix(&prose) <= 35.0, "{prose}");
        let demo = ProfilingConfig { legal_basis: Some(demo), ..ProfilingConfig::default() };
        assert_eq!(demo.check(), Ok(()));
    }
}
