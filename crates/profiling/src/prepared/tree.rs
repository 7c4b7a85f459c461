//! A decision tree, prepared: its places by number.

use crate::fact::{Fact, Facts, Origin};
use crate::form::Question;
use crate::profile::{Direction, Effect, Factor, Group, NoProfile};
use crate::sheet::{PLACES, Sheet, place};
use crate::tree::Node;

/// The number of a place.
type Place = u32;

#[derive(Clone, Debug, PartialEq)]
enum Step {
    Leaf(Group),
    Answer { question: Question, next: [Place; PLACES] },
    Origin { next: [Place; Origin::ALL.len()] },
    Number { fact: Fact, from: u8, below: Place, otherwise: Place },
}

impl Step {
    const fn factor(&self) -> Option<Factor> {
        match self {
            Self::Leaf(_) => None,
            Self::Answer { question, .. } => Some(Factor::Answer(*question)),
            Self::Origin { .. } => Some(Factor::Fact(Fact::Origin)),
            Self::Number { fact, .. } => Some(Factor::Fact(*fact)),
        }
    }
}

/// A decision tree.
#[derive(Clone, Debug, PartialEq)]
pub(crate) struct Tree {
    /// The last one is the root.
    steps: Vec<Step>,
    /// Everything it looks at, each once.
    factors: Vec<Factor>,
    /// Of each number it looks at: a value below the first threshold, and each threshold.
    values: Vec<(Fact, u8)>,
}

/// Her way through the tree.
pub(crate) struct Way {
    pub(crate) group: Group,
    looked_at: Vec<Factor>,
}

impl Tree {
    /// Prepares a tree that was checked.
    pub(crate) fn new(root: &Node) -> Self {
        let mut factors = Vec::new();
        for factor in crate::tree::factors(root) {
            if let Err(place) = factors.binary_search(&factor) {
                factors.insert(place, factor);
            }
        }
        let mut tree = Self { steps: Vec::new(), factors, values: Vec::new() };
        tree.add(root);
        tree
    }

    fn add(&mut self, node: &Node) -> Place {
        let step = match node {
            Node::Leaf { group } => Step::Leaf(*group),
            Node::Answer { question, branches } => {
                let mut next = [0; PLACES];
                for branch in branches {
                    let then = self.add(&branch.then);
                    let places = branch.answers.iter().filter_map(|one| place(*question, *one));
                    places.for_each(|place| next[place] = then);
                }
                Step::Answer { question: *question, next }
            }
            Node::Origin { branches } => {
                let mut next = [0; Origin::ALL.len()];
                for branch in branches {
                    let then = self.add(&branch.then);
                    branch.classes.iter().for_each(|class| next[*class as usize] = then);
                }
                Step::Origin { next }
            }
            Node::Number { fact, from, below, otherwise } => {
                for value in [(*fact, 0), (*fact, *from)] {
                    if !self.values.contains(&value) {
                        self.values.push(value);
                    }
                }
                let (below, otherwise) = (self.add(below), self.add(otherwise));
                Step::Number { fact: *fact, from: *from, below, otherwise }
            }
        };
        self.steps.push(step);
        (self.steps.len() - 1) as Place
    }

    /// The group she falls into; otherwise what is missing for it.
    fn walk(&self, sheet: &Sheet, mut looks_at: impl FnMut(Factor)) -> Result<Group, Factor> {
        let mut step = self.steps.last();
        while let Some(here) = step {
            let factor = match here {
                Step::Leaf(group) => return Ok(*group),
                other => other.factor(),
            };
            factor.into_iter().for_each(&mut looks_at);
            let next = match here {
                Step::Leaf(_) => None,
                Step::Answer { question, next } if sheet.asks(*question) => {
                    sheet.one(*question).map(|place| next[place])
                }
                Step::Answer { .. } => None,
                Step::Origin { next } => Some(next[sheet.origin() as usize]),
                Step::Number { fact, from, below, otherwise } => {
                    let side = |value| if value < *from { *below } else { *otherwise };
                    sheet.facts().number(*fact).map(side)
                }
            };
            match (next, factor) {
                (None, Some(factor)) => return Err(factor),
                (next, _) => step = next.and_then(|next| self.steps.get(next as usize)),
            }
        }
        // `new` leaves no place without a way on, and every way ends.
        Ok(Group::High)
    }

    pub(crate) fn group(&self, sheet: &Sheet) -> Result<Group, NoProfile> {
        self.walk(sheet, |_| {}).map_err(missing)
    }

    pub(crate) fn way(&self, sheet: &Sheet) -> Result<Way, NoProfile> {
        let mut looked_at = Vec::with_capacity(self.factors.len());
        let look = |factor| {
            if !looked_at.contains(&factor) {
                looked_at.push(factor);
            }
        };
        let group = self.walk(sheet, look).map_err(missing)?;
        Ok(Way { group, looked_at })
    }

    /// What was looked at and would with another value have led to another group, in the order of
    /// her way; then what was looked at for nothing, and what was not. Which way it moved her is
    /// which group she is in.
    pub(crate) fn effects(&self, sheet: &Sheet, way: &Way) -> Vec<Effect> {
        let moved = match way.group {
            Group::Low => Direction::Lowers,
            Group::High => Direction::Raises,
        };
        let unseen = self.factors.iter().filter(|factor| !way.looked_at.contains(factor));
        let of_way = |factor: &Factor| {
            if self.decides(*factor, sheet, way.group) { moved } else { Direction::Nothing }
        };
        let (mut effects, of_no_use): (Vec<Effect>, Vec<Effect>) = way
            .looked_at
            .iter()
            .map(|factor| (*factor, of_way(factor)))
            .chain(unseen.map(|factor| (*factor, Direction::Nothing)))
            .map(|(factor, direction)| Effect { factor, direction, log_odds_thousandths: 0 })
            .partition(|effect| effect.direction != Direction::Nothing);
        effects.extend(of_no_use);
        effects
    }

    /// Whether another value of a factor, everything else being as it is, leads to another group.
    fn decides(&self, factor: Factor, sheet: &Sheet, group: Group) -> bool {
        let leads_elsewhere =
            |sheet: Sheet| self.walk(&sheet, |_| {}).is_ok_and(|other| other != group);
        match factor {
            Factor::Answer(question) => (0..question.choices().len())
                .any(|place| leads_elsewhere(sheet.answering(question, 1 << place))),
            Factor::Fact(Fact::Origin) => Origin::ALL.into_iter().any(|origin| {
                leads_elsewhere(sheet.knowing(Facts { origin: Some(origin), ..*sheet.facts() }))
            }),
            Factor::Fact(fact) => {
                self.values.iter().filter(|(of, _)| *of == fact).any(|(_, value)| {
                    leads_elsewhere(sheet.knowing(sheet.facts().with_number(fact, *value)))
                })
            }
        }
    }
}

fn missing(factor: Factor) -> NoProfile {
    NoProfile::Missing { factors: vec![factor] }
}
