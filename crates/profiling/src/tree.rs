//! A decision tree: questions in turn, ending in a group. It gives no share and no interval.

use serde::{Deserialize, Serialize};

use crate::fact::{Fact, Origin};
use crate::form::{Choice, Question, Takes};
use crate::model::ModelError;
use crate::profile::{Factor, Group};

/// A place in the tree.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case", tag = "type", deny_unknown_fields)]
pub enum Node {
    /// It ends here.
    Leaf {
        /// The group.
        group: Group,
    },
    /// By the one answer to a question.
    Answer {
        /// Which.
        question: Question,
        /// Where each answer leads: every answer of the question once.
        branches: Vec<AnswerBranch>,
    },
    /// By her origin. That nothing is known of it is [`Origin::Unknown`].
    Origin {
        /// Where each class leads: every class once.
        branches: Vec<OriginBranch>,
    },
    /// By a number.
    Number {
        /// Which.
        fact: Fact,
        /// Where the second branch begins.
        from: u8,
        /// Smaller numbers.
        below: Box<Node>,
        /// This number and larger ones.
        otherwise: Box<Node>,
    },
}

/// Where some answers lead.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct AnswerBranch {
    /// The answers.
    pub answers: Vec<Choice>,
    /// Where to.
    pub then: Node,
}

/// Where some classes of origin lead.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct OriginBranch {
    /// The classes.
    pub classes: Vec<Origin>,
    /// Where to.
    pub then: Node,
}

impl Node {
    const fn factor(&self) -> Option<Factor> {
        match self {
            Self::Leaf { .. } => None,
            Self::Answer { question, .. } => Some(Factor::Answer(*question)),
            Self::Origin { .. } => Some(Factor::Fact(Fact::Origin)),
            Self::Number { fact, .. } => Some(Factor::Fact(*fact)),
        }
    }

    fn children(&self) -> Vec<&Self> {
        match self {
            Self::Leaf { .. } => Vec::new(),
            Self::Answer { branches, .. } => branches.iter().map(|branch| &branch.then).collect(),
            Self::Origin { branches } => branches.iter().map(|branch| &branch.then).collect(),
            Self::Number { below, otherwise, .. } => vec![below, otherwise],
        }
    }
}

/// Whether every answer leads somewhere, and to one place only.
pub(crate) fn check(node: &Node) -> Result<(), ModelError> {
    let wrong = |why: String| Err(ModelError::Inconsistent(why));
    match node {
        Node::Leaf { .. } => {}
        Node::Answer { question, branches } => {
            if question.takes() == Takes::Many || question.asked_after().is_some() {
                return wrong(format!("not everyone gives one answer to “{question}”"));
            }
            let mut led: Vec<Choice> = branches.iter().flat_map(|b| b.answers.clone()).collect();
            led.sort_unstable();
            let mut all = question.choices().to_vec();
            all.sort_unstable();
            if led != all {
                return wrong(format!("not every answer to “{question}” leads to one place"));
            }
        }
        Node::Origin { branches } => {
            let mut led: Vec<Origin> = branches.iter().flat_map(|b| b.classes.clone()).collect();
            led.sort_unstable();
            if led != Origin::ALL {
                return wrong("not every class of origin leads to one place".to_owned());
            }
        }
        Node::Number { fact: Fact::Origin, .. } => return wrong("origin is no number".to_owned()),
        Node::Number { from: 0, fact, .. } => {
            return wrong(format!("nothing lies below 0 of “{fact}”"));
        }
        Node::Number { .. } => {}
    }
    node.children().into_iter().try_for_each(check)
}

/// What the tree looks at.
pub(crate) fn factors(node: &Node) -> Vec<Factor> {
    let below = node.children().into_iter().flat_map(factors);
    node.factor().into_iter().chain(below).collect()
}
