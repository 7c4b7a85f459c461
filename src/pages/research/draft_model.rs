//! A draft at its beginning, and what the form puts into its lists.

use std::collections::{BTreeMap, BTreeSet};

use chrono::{Days, NaiveDate};
use jobnet_api::trials::protocol::{
    Allocation, Analysis, Arm, Bilingual, Design, Disclosure, Dispatch, Enrolment, Interim, Key,
    Measure, Multiplicity, Outcome, OutcomeRole, Power, Protocol, PublicWords, Statements, Unit,
};

/// What was chosen for each setting.
pub type Chosen = BTreeMap<String, BTreeSet<String>>;

/// A protocol in which everything is still to be said. The numbers are those that most trials
/// begin from: 5 % level, 80 % power.
pub fn empty(key: Key, today: NaiveDate) -> Protocol {
    Protocol {
        key,
        public: PublicWords::default(),
        question: String::new(),
        statements: Statements::default(),
        unit: Unit::Citizen,
        design: Design::Parallel {},
        allocation: Allocation::Blocks { multiples: vec![1, 2] },
        arms: Vec::new(),
        strata: Vec::new(),
        eligibility: Vec::new(),
        enrolment: Enrolment::SignIn,
        surface: "account".to_owned(),
        starts: today,
        ends: today.checked_add_days(Days::new(90)).unwrap_or(today),
        delayed: None,
        dispatch: Vec::new(),
        follow_up: Vec::new(),
        outcomes: Vec::new(),
        analysis: Analysis {
            primary: String::new(),
            covariates: Vec::new(),
            alpha_per_mille: 50,
            multiplicity: Multiplicity::Holm,
        },
        power: Power {
            units: 0,
            power_per_mille: 800,
            baseline_per_mille: None,
            effect_per_mille: 0,
            direction: Default::default(),
            icc_per_mille: None,
            cluster_size: None,
            cluster_variation_per_mille: None,
            attrition_per_mille: 0,
        },
        interim: Interim::None {},
        disclosure: Disclosure::Open,
    }
}

/// A key made of words: what may not stand in one becomes a hyphen.
pub fn key_of(words: &str) -> Option<Key> {
    let mut text = String::new();
    for c in words.trim().to_lowercase().chars() {
        match c {
            'a'..='z' | '0'..='9' => text.push(c),
            'æ' => text.push_str("ae"),
            'ø' => text.push_str("oe"),
            'å' => text.push_str("aa"),
            _ if !text.ends_with('-') => text.push('-'),
            _ => {}
        }
    }
    let text: String = text.trim_matches('-').chars().take(Key::MAX).collect();
    text.trim_end_matches('-').parse().ok()
}

/// A key that is not taken: `base`, or it with the first number that is free.
pub fn free_key<'a>(base: &str, taken: impl Iterator<Item = &'a Key> + Clone) -> Option<Key> {
    let is_free = |key: &Key| !taken.clone().any(|other| other == key);
    let numbered = (1_u32..1000).map(|number| format!("{base}-{number}"));
    numbered.filter_map(|text| text.parse().ok()).find(is_free)
}

/// An arm to be filled in; the first one is the control.
pub fn new_arm(arms: &[Arm]) -> Option<Arm> {
    Some(Arm {
        key: free_key("arm", arms.iter().map(|arm| &arm.key))?,
        name: Bilingual::default(),
        description: String::new(),
        weight: 1,
        control: arms.is_empty(),
        settings: BTreeMap::new(),
        known_harm: None,
    })
}

/// An outcome to be filled in: first the primary one, then a harm, then more.
pub fn new_outcome(outcomes: &[Outcome]) -> Option<Outcome> {
    let has = |role| outcomes.iter().any(|one| one.role == role);
    let (role, base) = if !has(OutcomeRole::Primary) {
        (OutcomeRole::Primary, "primary")
    } else if !has(OutcomeRole::Harm) {
        (OutcomeRole::Harm, "harm")
    } else {
        (OutcomeRole::Secondary, "secondary")
    };
    Some(Outcome {
        key: free_key(base, outcomes.iter().map(|one| &one.key))?,
        role,
        variable: String::new(),
        measure: Measure::Proportion,
        after_days: 30,
    })
}

/// A message to be filled in: nobody gets it, in no way.
pub fn new_dispatch(dispatch: &[Dispatch], message: Key) -> Option<Dispatch> {
    Some(Dispatch {
        key: free_key("message", dispatch.iter().map(|one| &one.key))?,
        message,
        arms: Vec::new(),
        channels: Vec::new(),
        after_days: 0,
        still: Vec::new(),
        lasting: Vec::new(),
    })
}

/// An arm for every combination of the values chosen; the first is the control. `named` gives the
/// words for a value in Danish and in English.
pub fn combinations(chosen: &Chosen, named: impl Fn(&str) -> (String, String)) -> Vec<Arm> {
    let mut cells: Vec<BTreeMap<String, String>> = vec![BTreeMap::new()];
    for (setting, values) in chosen.iter().filter(|(_, values)| !values.is_empty()) {
        cells = cells
            .into_iter()
            .flat_map(|cell| {
                values.iter().map(move |value| {
                    let mut cell = cell.clone();
                    cell.insert(setting.clone(), value.clone());
                    cell
                })
            })
            .collect();
    }
    let arm = |(index, settings): (usize, BTreeMap<String, String>)| {
        let words: Vec<_> = settings.values().map(|value| named(value)).collect();
        let join = |pick: fn(&(String, String)) -> &str, between: &str| {
            words.iter().map(pick).collect::<Vec<_>>().join(between)
        };
        let values: Vec<_> = settings.values().map(String::as_str).collect();
        let (da, en) = (join(|word| &word.0, ", "), join(|word| &word.1, ", "));
        Some(Arm {
            key: key_of(&values.join("-"))?,
            description: da.clone(),
            name: Bilingual { da, en },
            weight: 1,
            control: index == 0,
            settings,
            known_harm: None,
        })
    };
    if cells.len() < 2 {
        return Vec::new();
    }
    cells.into_iter().enumerate().filter_map(arm).collect()
}

#[cfg(test)]
mod tests {
    use super::*;
    use jobnet_api::trials::protocol::check::{Catalogue, Problem};

    fn chosen(settings: &[(&str, &[&str])]) -> Chosen {
        settings
            .iter()
            .map(|(setting, values)| {
                ((*setting).to_owned(), values.iter().map(|value| (*value).to_owned()).collect())
            })
            .collect()
    }

    fn named(value: &str) -> (String, String) {
        (value.to_owned(), value.to_owned())
    }

    #[test]
    fn every_combination_is_there_once_as_the_check_wants_it() {
        let ways = ["words", "counters", "timeline", "what_if"];
        let arms = combinations(
            &chosen(&[("presentation", &ways), ("framing", &["earned", "lacking"])]),
            named,
        );
        assert_eq!(arms.len(), 8);
        assert_eq!(arms.iter().filter(|arm| arm.control).count(), 1);
        let mut protocol = empty("a1".parse().unwrap(), "2026-12-01".parse().unwrap());
        protocol.arms = arms;
        protocol.design = Design::Factorial {};
        let findings = protocol.check(&Catalogue::default());
        assert!(findings.iter().all(|finding| finding.problem != Problem::NotEveryCombination));
        assert!(findings.iter().all(|finding| finding.problem != Problem::Twice));
    }

    #[test]
    fn one_value_is_no_comparison() {
        assert!(combinations(&chosen(&[("presentation", &["words"])]), named).is_empty());
        assert!(combinations(&chosen(&[]), named).is_empty());
    }

    #[test]
    fn keys_are_made_of_words() {
        let made = |words| key_of(words).map(String::from);
        assert_eq!(made("Visning af kontoen, 2026").as_deref(), Some("visning-af-kontoen-2026"));
        assert_eq!(made("Æ Ø å").as_deref(), Some("ae-oe-aa"));
        assert_eq!(made("what_if").as_deref(), Some("what-if"));
        assert_eq!(made("2026"), None);
        assert_eq!(made(" - "), None);
        assert!(made(&"æ".repeat(60)).is_some_and(|key| key.len() == Key::MAX));
    }

    #[test]
    fn new_rows_have_keys_of_their_own() {
        let mut arms = Vec::new();
        for _ in 0..3 {
            let arm = new_arm(&arms).unwrap();
            assert!(arms.iter().all(|other: &Arm| other.key != arm.key));
            arms.push(arm);
        }
        assert_eq!(arms.iter().filter(|arm| arm.control).count(), 1);
        let mut outcomes = Vec::new();
        for role in [OutcomeRole::Primary, OutcomeRole::Harm, OutcomeRole::Secondary] {
            let outcome = new_outcome(&outcomes).unwrap();
            assert_eq!(outcome.role, role);
            outcomes.push(outcome);
        }
        let first = new_dispatch(&[], "letter".parse().unwrap()).unwrap();
        let second = new_dispatch(std::slice::from_ref(&first), first.message.clone()).unwrap();
        assert_ne!(first.key, second.key);
    }
}
