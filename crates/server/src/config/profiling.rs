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
/// Anywhere in the same sentence they turn it around: “ikke uden samtykke”, “uden samtykke laves
/// ingen profil”.
const NOT: [&str; 15] = [
    "ikke", "ej", "aldrig", "ingen", "intet", "hverken", "not", "never", "cannot", "no", "nothing",
    "none", "nobody", "neither", "nor",
];
/// What an article is called, and what may stand for it.
const ARTICLE: [&str; 7] =
    ["artikel", "artikler", "artiklerne", "article", "articles", "arts", "gdpr"];
/// Between two articles.
const AND: [&str; 4] = ["og", "eller", "and", "or"];
/// Between a letter and its article.
const OF: [&str; 3] = ["i", "af", "of"];

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
    // Short words with a full stop are shortened: “stk.”, “art.”.
    let ends = |word: &&str| word.ends_with(['.', '!', '?']) && word.chars().count() > 4;
    words.split_inclusive(ends).any(|sentence| {
        let apart = |c: char| !c.is_alphanumeric() && !matches!(c, '\'' | '’');
        let words = sentence.iter().flat_map(|word| word.split(apart));
        let words: Vec<&str> = words.filter(|word| !word.is_empty()).collect();
        words.iter().enumerate().any(|(at, word)| {
            CONSENT.iter().any(|consent| word.contains(consent)) && !goes_without(&words, at)
        })
    })
}

/// Whether a sentence says that consent, which stands at this place in it, is not needed.
fn goes_without(sentence: &[&str], at: usize) -> bool {
    let without = sentence.iter().take(at).rposition(|word| WITHOUT.contains(word));
    without.is_some_and(|place| place + NEAR >= at) && !is_negated(sentence)
}

fn is_negated(sentence: &[&str]) -> bool {
    sentence.iter().enumerate().any(|(at, word)| {
        let word = word.trim_matches(['\'', '’']);
        // “Act no. 5” denies nothing.
        let next = sentence.get(at + 1).and_then(|next| next.chars().next());
        let is_number = word == "no" && next.is_some_and(|digit| digit.is_ascii_digit());
        (NOT.contains(&word) && !is_number) || word.ends_with("n't") || word.ends_with("n’t")
    })
}

/// Whether a text in small letters names the letter of the GDPR by which consent is a basis: article
/// 6(1)(a) or 9(2)(a), “artikel 6, stk. 1, litra a”, “… a)”. Other laws have such letters, too.
fn names_its_article(text: &str) -> bool {
    let mut words = Vec::new();
    for chunk in text.split_whitespace() {
        if chunk.contains('§') {
            words.push("§");
        }
        // “a” alone may be a word: “article 6(1), a task laid down by law”.
        let alone = chunk.trim_end_matches(|c: char| !c.is_alphanumeric() && c != ')');
        for piece in chunk.split(|c: char| !c.is_alphanumeric()).filter(|piece| !piece.is_empty()) {
            match piece {
                "stk" | "paragraph" | "paragraphs" => {}
                "litra" | "point" | "points" | "letter" => words.push("("),
                word if ARTICLE.contains(&word) => words.push("art"),
                "a" if alone != "a" => words.extend(["(", "a"]),
                word => words.push(word),
            }
        }
    }
    words.dedup();
    let words = format!(" {} ", words.join(" "));
    // “articles 6(1)(e) and 9(2)(a)”: the second goes without the word.
    let is_named = words.contains(" art ");
    let leads = std::iter::once("art").chain(AND.into_iter().filter(|_| is_named));
    let after = leads.flat_map(|lead| [format!(" {lead} 6 1 ( a "), format!(" {lead} 9 2 ( a ")]);
    // “point (a) of article 6(1)”.
    let before =
        OF.into_iter().flat_map(|of| ["6 1", "9 2"].map(|at| format!(" ( a {of} art {at} ")));
    after.chain(before).any(|article| words.contains(&article))
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
            ("Lov om et eksempel, § 1", "Uden samtykke laves ingen profil."),
            ("Act on an example, section 1", "Without consent no profile is made."),
            ("Act on an example, section 1", "Without consent; no profile is made."),
            ("Act on an example, section 1", "Without consent a profile isn’t made."),
            ("Act on an example, section 1", "No profile is made without the citizen's consent"),
            ("Act on an example, section 1", "Without consent nothing is done, and none is made."),
            ("Lov om et eksempel, § 1", "Der sker intet uden samtykke"),
            ("Articles 6(1)(a) and 6(1)(e) of the GDPR", "She says yes."),
            ("Articles 6(1)(e) and 9(2)(a) of the GDPR", "She says yes."),
            ("Artikel 6, stk. 1, a), i forordningen", "Hun siger ja."),
            ("GDPR, artikel 6, stk. 1, litra e, og 9, stk. 2, litra a", "Hun siger ja."),
            ("GDPR art. 6(1)a", "She says yes."),
            ("Point (a) of Article 6(1) of Regulation 2016/679", "She says yes."),
        ] {
            assert_eq!(with(law, text), Err(BadProfiling::Consent), "{law} {text}");
        }
        for (law, text) in [
            ("Lov om et eksempel, § 1, stk. 2", "Oplysninger må bruges uden borgerens samtykke."),
            ("Act on an example, section 1", "Data may be used without asking for consent."),
            ("Lov om et eksempel, § 1", "Det er ikke en afgørelse. Det sker uden samtykke."),
            ("Lov om et eksempel, § 1", "Det sker uden samtykke fra borgeren. Ingen kan sige nej."),
            ("Act no. 5", "By Act no. 5 of 2026 it is done without consent of the citizen."),
            ("GDPR art. 6(1)(e)", "A task in the public interest."),
            ("Artikel 6, stk. 1, litra e, og artikel 9, stk. 2, litra g", "Den tillader det."),
            ("Lov om et eksempel, § 6, stk. 1, litra a", "Den tillader det."),
            ("Lov om et eksempel, § 6, stk. 1, a), og § 9, stk. 2, litra a", "Den tillader det."),
            ("GDPR art. 6(1)(e) og lov om et eksempel, § 9, stk. 2, a)", "Den tillader det."),
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
