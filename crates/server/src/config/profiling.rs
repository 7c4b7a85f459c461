//! Profiles: which model runs and on which law, and how long what belongs to one is kept.

use jobnet_api::profile::LegalBasis;
use jobnet_api::trials::protocol::Bilingual;
use jobnet_profiling::fact::Fact;
use jobnet_profiling::shipped;
use serde::{Deserialize, Serialize};

/// What consent is called. In the relation of a citizen to an authority it is not freely given, so
/// that no profile rests on it.
const CONSENT: [&str; 2] = ["samtykke", "consent"];
/// A law may say that none is needed: one of these stands at most so many words before it.
const WITHOUT: [&str; 2] = ["uden", "without"];
const NEAR: usize = 4;
/// Before those they turn it around: “ikke uden samtykke”.
const NOT: [&str; 6] = ["ikke", "aldrig", "ingen", "not", "never", "cannot"];

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
        "profiling.legal_basis names consent, or article 6(1)(a) or 9(2)(a) of the GDPR: a profile \
         must rest on a law, and consent to an authority is not free"
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
        let is_consent = |text: &String| names_consent(text) || names_its_article(text);
        if texts.iter().any(is_consent) { Err(BadProfiling::Consent) } else { Ok(()) }
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

/// Whether a text in small letters names consent, other than to say that it goes without.
fn names_consent(text: &str) -> bool {
    let words: Vec<&str> = text.split_whitespace().collect();
    words.iter().enumerate().any(|(at, word)| {
        CONSENT.iter().any(|consent| word.contains(consent)) && !go_without(&words[..at])
    })
}

/// Whether the words before “consent” say that it is not needed.
fn go_without(before: &[&str]) -> bool {
    // Short words with a full stop are shortened: “stk.”, “art.”.
    let ends = |word: &&str| word.ends_with(['.', ';', '!', '?']) && word.chars().count() > 4;
    let sentence = before.rsplit(ends).next().unwrap_or_default();
    let plain = |word: &str| word.trim_matches(|c: char| !c.is_alphanumeric()).to_owned();
    let words: Vec<String> = sentence.iter().map(|word| plain(word)).collect();
    let is_one_of = |all: &[&str], word: &String| all.contains(&word.as_str());
    let without = words.iter().rposition(|word| is_one_of(&WITHOUT, word));
    without.is_some_and(|at| {
        at + NEAR >= words.len() && !words[..at].iter().any(|word| is_one_of(&NOT, word))
    })
}

/// Whether a text in small letters names the letter of the GDPR by which consent is a basis: article
/// 6(1)(a) or 9(2)(a), “artikel 6, stk. 1, litra a”. Other laws have such letters, too.
fn names_its_article(text: &str) -> bool {
    let apart = text.replace('(', " ( ").replace(|c: char| c != '(' && !c.is_alphanumeric(), " ");
    let words = apart.split_whitespace().filter_map(|word| match word {
        "stk" | "paragraph" => None,
        "litra" | "point" | "letter" => Some("("),
        "artikel" | "article" | "gdpr" => Some("art"),
        word => Some(word),
    });
    let mut words: Vec<&str> = words.collect();
    words.dedup();
    let words = format!(" {} ", words.join(" ")).replace(" ( 1 ", " 1 ").replace(" ( 2 ", " 2 ");
    [" art 6 1 ( a ", " art 9 2 ( a "].iter().any(|article| words.contains(article))
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
            ("GDPR art. 6(1)(a)", "Hun siger ja."),
            ("GDPR, Article 6 (1) (a)", "She says yes."),
            ("GDPR 9(2)(a)", "She says yes."),
            ("Databeskyttelsesforordningens artikel 6, stk. 1, litra a", "Hun siger ja."),
            ("Forordning 2016/679", "Artikel 9, stk. 2, litra a), bruges her."),
            ("Regulation 2016/679", "Article 6, paragraph 1, point (a), is used."),
            ("Lov om et eksempel, § 1", "Det må ikke, jf. stk. 2, ske uden samtykke."),
            ("Act on an example, section 1", "It is never done without her consent."),
            ("Lov om et eksempel, § 1", "Den gælder uden undtagelse. Borgeren giver samtykke."),
        ] {
            assert_eq!(with(law, text), Err(BadProfiling::Consent), "{law} {text}");
        }
        for (law, text) in [
            ("Lov om et eksempel, § 1, stk. 2", "Oplysninger må bruges uden borgerens samtykke."),
            ("Act on an example, section 1", "Data may be used without asking for consent."),
            ("Lov om et eksempel, § 1", "Det er ikke en afgørelse. Det sker uden samtykke."),
            ("GDPR art. 6(1)(e)", "A task in the public interest."),
            ("Artikel 6, stk. 1, litra e, og artikel 9, stk. 2, litra g", "Den tillader det."),
            ("Lov om et eksempel, § 6, stk. 1, litra a", "Den tillader det."),
            ("Act on an example, with Article 6(1), a task laid down by law", "It allows it."),
        ] {
            assert_eq!(with(law, text), Ok(()), "{law} {text}");
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
