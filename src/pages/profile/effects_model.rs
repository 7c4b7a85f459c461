//! What moved the result and what did not, told apart by where it comes from: what she thinks herself,
//! what she has answered, what the registers knew.

use jobnet_api::profiling::answers::Answers;
use jobnet_api::profiling::fact::{Fact, Facts};
use jobnet_api::profiling::form::Question;
use jobnet_api::profiling::profile::{Direction, Effect, Factor, Profile};

use jobnet_checklist::help::items;
use jobnet_checklist::item::Item;

use crate::i18n::Language;

use super::facts::fact_said;
use super::result_model::factor_name;
use super::steps_model::said;

/// From so much on, in **thousandths of log odds**, something moved the result, not only a little.
const PLAIN: u32 = 150;
/// From so much on it moved it a lot.
const MUCH: u32 = 600;

/// What a factor did, in words.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(super) struct EffectLine {
    pub(super) factor: Factor,
    pub(super) name: &'static str,
    /// What she said, or what was known.
    pub(super) said: String,
    pub(super) did: &'static str,
    pub(super) direction: Direction,
}

/// Every factor, in groups.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub(super) struct Effects {
    /// What she thinks herself: no fact about her.
    pub(super) own: Vec<EffectLine>,
    /// What she has answered.
    pub(super) answers: Vec<EffectLine>,
    /// What the registers knew.
    pub(super) registers: Vec<EffectLine>,
    /// Her answers that the model does not use.
    pub(super) unused: Vec<&'static str>,
}

/// Something she can do, and the factors that lead there.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(super) struct Act {
    pub(super) item: Item,
    pub(super) factors: Vec<&'static str>,
}

/// What she can do: what raised the result leads first, then everything else that was looked at.
pub(super) fn acts(profile: &Profile, language: Language) -> Vec<Act> {
    let raises = |effect: &&Effect| effect.direction == Direction::Raises;
    let (first, rest): (Vec<&Effect>, Vec<&Effect>) = profile.effects.iter().partition(raises);
    let mut acts: Vec<Act> = Vec::new();
    for effect in first.into_iter().chain(rest) {
        let name = factor_name(effect.factor, language);
        for item in items(effect.factor) {
            match acts.iter_mut().find(|act| act.item == *item) {
                Some(act) => act.factors.push(name),
                None => acts.push(Act { item: *item, factors: vec![name] }),
            }
        }
    }
    acts
}

/// Whether a question asks what she thinks, not what is.
const fn is_her_own_view(question: Question) -> bool {
    matches!(question, Question::Expectation | Question::Outlook)
}

/// The effects of a profile.
pub(super) fn effects(
    profile: &Profile,
    answers: &Answers,
    facts: Facts,
    language: Language,
) -> Effects {
    let mut effects = Effects::default();
    for effect in &profile.effects {
        let line = EffectLine {
            factor: effect.factor,
            name: factor_name(effect.factor, language),
            said: what_was_said(effect.factor, answers, facts, language),
            did: did(effect, language),
            direction: effect.direction,
        };
        match effect.factor {
            Factor::Answer(question) if is_her_own_view(question) => effects.own.push(line),
            Factor::Answer(_) => effects.answers.push(line),
            Factor::Fact(_) => effects.registers.push(line),
        }
    }
    effects.unused = profile.unused.iter().map(|q| language.question(*q).name).collect();
    effects
}

fn what_was_said(factor: Factor, answers: &Answers, facts: Facts, language: Language) -> String {
    match factor {
        Factor::Answer(question) => {
            answers.0.get(&question).map(|answer| said(answer, language)).unwrap_or_default()
        }
        Factor::Fact(fact) => fact_said(fact, value(facts, fact), language),
    }
}

/// What is known of a fact that is a number.
pub(super) fn value(facts: Facts, fact: Fact) -> Option<u8> {
    match fact {
        Fact::Age => facts.age,
        Fact::MonthsEmployed => facts.months_employed,
        // Never fetched.
        Fact::Origin => None,
    }
}

fn did(effect: &Effect, language: Language) -> &'static str {
    let t = language.profile().factors;
    let size = effect.log_odds_thousandths.unsigned_abs();
    match (effect.direction, size) {
        (Direction::Nothing, _) => t.nothing,
        // A tree has no such measure.
        (Direction::Raises, 0) | (Direction::Raises, PLAIN..MUCH) => t.raises,
        (Direction::Raises, ..PLAIN) => t.raises_little,
        (Direction::Raises, _) => t.raises_much,
        (Direction::Lowers, 0) | (Direction::Lowers, PLAIN..MUCH) => t.lowers,
        (Direction::Lowers, ..PLAIN) => t.lowers_little,
        (Direction::Lowers, _) => t.lowers_much,
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use jobnet_api::profiling::answers::Answer;
    use jobnet_api::profiling::form::Choice;
    use jobnet_api::profiling::profile::{Outcome, Share};

    const DA: Language = Language::Danish;

    fn effect(factor: Factor, direction: Direction, log_odds_thousandths: i32) -> Effect {
        Effect { factor, direction, log_odds_thousandths }
    }

    #[test]
    fn what_she_thinks_stands_apart_from_what_is_known() {
        let expectation = Factor::Answer(Question::Expectation);
        let applied = Factor::Answer(Question::Applied);
        let profile = Profile {
            model: "m".to_owned(),
            version: "1".to_owned(),
            digest: String::new(),
            made: None,
            outcome: Outcome::Share { expected: Share(1), low: Share(1), high: Share(1) },
            base_rate: None,
            effects: vec![
                effect(expectation, Direction::Raises, 900),
                effect(Factor::Fact(Fact::Age), Direction::Lowers, -200),
                effect(applied, Direction::Nothing, 0),
            ],
            unused: vec![Question::KnownJob],
        };
        let answers = Answers(
            [
                (Question::Expectation, Answer::one(Choice::Over6Months)),
                (Question::Applied, Answer::one(Choice::Applied1)),
            ]
            .into(),
        );
        let facts = Facts { age: Some(31), ..Facts::default() };
        let told = effects(&profile, &answers, facts, DA);
        let one = |lines: &[EffectLine]| {
            assert_eq!(lines.len(), 1);
            (lines[0].said.clone(), lines[0].did)
        };
        let words = DA.profile().factors;
        assert_eq!(one(&told.own), ("Mere end 6 måneder".to_owned(), words.raises_much));
        assert_eq!(one(&told.registers), ("Du er 31 år.".to_owned(), words.lowers));
        assert_eq!(one(&told.answers), ("1".to_owned(), words.nothing));
        assert_eq!(told.unused, [DA.question(Question::KnownJob).name]);
    }

    #[test]
    fn each_factor_leads_to_something_she_can_do_and_what_raises_comes_first() {
        let factors = [
            Factor::Fact(Fact::Age),
            Factor::Answer(Question::Applied),
            Factor::Answer(Question::Expectation),
        ];
        let directions = [Direction::Lowers, Direction::Nothing, Direction::Raises];
        let each = factors.into_iter().zip(directions);
        let profile = Profile {
            model: "m".to_owned(),
            version: "1".to_owned(),
            digest: String::new(),
            made: None,
            outcome: Outcome::Share { expected: Share(1), low: Share(1), high: Share(1) },
            base_rate: None,
            effects: each.map(|(factor, direction)| effect(factor, direction, 0)).collect(),
            unused: vec![],
        };
        let acts = acts(&profile, DA);
        assert_eq!(acts[0].item, items(factors[2])[0]);
        for factor in factors {
            let name = factor_name(factor, DA);
            assert!(acts.iter().any(|act| act.factors.contains(&name)), "{factor:?}");
        }
        let each: std::collections::BTreeSet<_> = acts.iter().map(|act| act.item).collect();
        assert_eq!(each.len(), acts.len(), "something stands there twice");
    }

    #[test]
    fn nothing_that_a_factor_leads_to_speaks_of_a_sanction() {
        let all = Question::ALL.map(Factor::Answer).into_iter();
        for factor in all.chain(Fact::ALL.map(Factor::Fact)) {
            for item in items(factor) {
                for language in [DA, Language::English] {
                    let text = language.checklist_item(*item);
                    let said = [text.title, text.how, text.why].join(" ").to_lowercase();
                    for word in ["sanktion", "karantæne", "mister", "sanction", "lose", "stopped"]
                    {
                        assert!(!said.contains(word), "{factor:?} → {item:?}: {word} in {said}");
                    }
                }
            }
        }
    }

    #[test]
    fn words_grow_with_what_a_factor_did() {
        let factor = Factor::Fact(Fact::Age);
        let said = |direction, size| did(&effect(factor, direction, size), DA);
        let t = DA.profile().factors;
        assert_eq!(said(Direction::Raises, 0), t.raises);
        assert_eq!(said(Direction::Raises, 149), t.raises_little);
        assert_eq!(said(Direction::Raises, 150), t.raises);
        assert_eq!(said(Direction::Lowers, -599), t.lowers);
        assert_eq!(said(Direction::Lowers, -600), t.lowers_much);
        assert_eq!(said(Direction::Nothing, 3), t.nothing);
    }
}
