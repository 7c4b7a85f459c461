//! The variables of a model's card: what it uses and how far each can move a result, what it does not.

use jobnet_api::profiling::card::{Card, Use};
use jobnet_api::profiling::profile::Factor;

use crate::i18n::{Language, fill};

use super::card_model::people;
use super::result_model::factor_name;

/// What a model looks at and what it does not: every question and every fact is in one of the two.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(super) struct Variables {
    /// What can move a result most comes first; with how much, and in which range.
    pub(super) used: Vec<String>,
    pub(super) unused: Vec<&'static str>,
    /// What counts together.
    pub(super) together: Vec<String>,
}

/// The variables of a model.
pub(super) fn variables(card: &Card, language: Language) -> Variables {
    let questions = card.unused_questions.iter().copied().map(Factor::Answer);
    let facts = card.unused_facts.iter().copied().map(Factor::Fact);
    let name = |factor| factor_name(factor, language);
    Variables {
        used: card.uses.iter().map(|used| used_text(used, language)).collect(),
        unused: questions.chain(facts).map(name).collect(),
        together: card.together.iter().map(|pair| together(*pair, language)).collect(),
    }
}

fn used_text(used: &Use, language: Language) -> String {
    let t = language.card();
    let name = factor_name(used.factor, language);
    let mut text = used.reach.map_or_else(
        || name.to_owned(),
        // The odds that it alone multiplies by, with a decimal where they are small.
        |reach| fill(t.reach, &[("name", name), ("times", &people(reach.exp() / 100.0, language))]),
    );
    if let Some([least, most]) = used.range {
        let ends = [("least", &*least.to_string()), ("most", &*most.to_string())];
        text = format!("{text} ({})", fill(t.range, &ends));
    }
    text
}

fn together(pair: [Factor; 2], language: Language) -> String {
    let names = pair.map(|factor| factor_name(factor, language)).join(" × ");
    fill(language.card().together, &[("names", &names)])
}

#[cfg(test)]
mod tests {
    use jobnet_api::profiling::fact::Fact;
    use jobnet_api::profiling::form::Question;
    use jobnet_api::profiling::shipped;

    use super::super::card_model::tests::card;
    use super::*;

    const DA: Language = Language::Danish;

    #[test]
    fn every_variable_is_named_once_for_every_model() {
        for sealed in shipped::models() {
            let told = variables(&card(&sealed.model.key), DA);
            let used = told.used.iter().map(String::as_str);
            let mut names: Vec<&str> = used.chain(told.unused).collect();
            names.sort_unstable();
            names.dedup();
            assert_eq!(names.len(), Question::ALL.len() + Fact::ALL.len(), "{}", sealed.model.key);
            assert!(
                names
                    .iter()
                    .chain(&[told.together.concat().as_str()])
                    .all(|text| !text.contains('{'))
            );
        }
    }

    /// By how much a variable can multiply the odds is e to the reach, which the card has.
    #[test]
    fn what_a_variable_can_do_is_told_with_its_range() {
        let told = variables(&card("logistic"), DA);
        let age = told.used.iter().find(|text| text.starts_with("Din alder")).unwrap();
        assert!(age.ends_with("(kun fra 18 til 66)"), "{age}");
        let coefficients = &card("logistic").uses[0];
        let times = coefficients.reach.unwrap().exp().round().to_string();
        assert!(told.used[0].contains(&format!("op til {times} gange")), "{:?}", told.used);
        assert_eq!(told.together.len(), 1);
        let tree = variables(&card("tree-reconstruction"), DA);
        assert!(tree.used.iter().all(|text| !text.contains("gange")), "{:?}", tree.used);
        // Nobody has said for whom the tree holds: it answers for every age, and its card says so.
        assert!(card("tree-reconstruction").uses.iter().all(|used| used.range.is_none()));
        assert!(DA.card().tree_text.contains("for hvilke aldre det gælder"));
        assert!(Language::English.card().tree_text.contains("for which ages it holds"));
    }
}
