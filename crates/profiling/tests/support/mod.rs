//! What tests draw: answers, facts and models at random, the same for the same seed.

#![allow(dead_code, reason = "not every test draws everything")]

use jobnet_profiling::answers::{Answer, Answers};
use jobnet_profiling::fact::{Fact, Facts, Origin};
use jobnet_profiling::form::{Choice, Question, Takes};
use jobnet_profiling::logistic::Logistic;
use jobnet_profiling::model::{Coding, Data, FORMAT, Kind, Model, Source, Target, Variable};
use jobnet_profiling::profile::{Factor, Group};
use jobnet_profiling::tree::{AnswerBranch, Node, OriginBranch};

/// A linear congruential generator (Knuth's MMIX constants).
pub(crate) struct Draw(pub(crate) u64);

impl Draw {
    pub(crate) fn below(&mut self, bound: usize) -> usize {
        self.0 =
            self.0.wrapping_mul(6_364_136_223_846_793_005).wrapping_add(1_442_695_040_888_963_407);
        ((self.0 >> 33) as usize) % bound.max(1)
    }

    pub(crate) fn is(&mut self, of_hundred: usize) -> bool {
        self.below(100) < of_hundred
    }

    /// From −1 to 1.
    pub(crate) fn even(&mut self) -> f64 {
        self.below(2_000_001) as f64 / 1e6 - 1.0
    }

    fn share_out<T: Copy>(&mut self, all: &[T], parts: usize) -> Vec<Vec<T>> {
        let mut shared = vec![Vec::new(); parts];
        for one in all {
            shared[self.below(parts)].push(*one);
        }
        shared
    }
}

/// Answers that can stand; not to every question.
pub(crate) fn answers(draw: &mut Draw, given: usize) -> Answers {
    let mut answers = Answers::default();
    for question in Question::ALL {
        let all = question.choices();
        let choices: Vec<Choice> = match question.takes() {
            Takes::One => vec![all[draw.below(all.len())]],
            Takes::Many if draw.is(25) => {
                let alone: Vec<_> = all.iter().filter(|one| one.stands_alone()).collect();
                vec![*alone[draw.below(alone.len())]]
            }
            Takes::Many => {
                let some = all.iter().filter(|one| !one.stands_alone() && draw.is(40));
                some.copied().collect()
            }
        };
        let answer = Answer { choices, note: None };
        if draw.is(given) && answer.check(question).is_ok() {
            answers.0.insert(question, answer);
        }
    }
    answers
}

pub(crate) fn facts(draw: &mut Draw) -> Facts {
    Facts {
        age: draw.is(95).then(|| draw.below(80) as u8),
        months_employed: draw.is(95).then(|| draw.below(37) as u8),
        origin: draw.is(90).then(|| Origin::ALL[draw.below(Origin::ALL.len())]),
    }
}

fn number(draw: &mut Draw, most: u8) -> Coding {
    let least = draw.below(3) as u8;
    if draw.is(50) {
        let (centre, scale) = (draw.below(40) as u8, 1 + draw.below(20) as u8);
        return Coding::Number { centre, scale, least, most };
    }
    let columns: Vec<u8> = (least + 1..=most).filter(|_| draw.is(10)).collect();
    let columns = if columns.is_empty() { vec![least + 1] } else { columns };
    Coding::Bands { columns, least, most }
}

fn variables(draw: &mut Draw) -> Vec<Variable> {
    let mut variables = Vec::new();
    let mut put = |factor, coding: Coding| {
        if coding.columns() > 0 {
            variables.push(Variable { factor, coding });
        }
    };
    put(Factor::Fact(Fact::MonthsEmployed), number(draw, 36));
    for question in Question::ALL {
        let all = question.choices();
        if question.takes() == Takes::Many {
            let columns = all.iter().copied().filter(|_| draw.is(40)).collect();
            put(Factor::Answer(question), Coding::AnyOf { columns });
        } else if draw.is(60) {
            let mut parts = draw.share_out(all, 3);
            // Mostly, a model has seen every answer.
            let unseen = if draw.is(20) { parts.pop() } else { None };
            let (columns, mut reference) = (parts.swap_remove(0), parts.concat());
            reference.extend(unseen.filter(|_| reference.is_empty()).into_iter().flatten());
            if !reference.is_empty() {
                put(Factor::Answer(question), Coding::Answer { reference, columns });
            }
        }
    }
    if draw.is(50) {
        put(Factor::Fact(Fact::Age), number(draw, 70));
    }
    if draw.is(30) {
        let known = &Origin::ALL[..5];
        let columns = known[1..].iter().copied().filter(|_| draw.is(80)).collect();
        put(Factor::Fact(Fact::Origin), Coding::Origin { reference: known[0], columns });
    }
    variables
}

/// A logistic model that holds together.
pub(crate) fn logistic(draw: &mut Draw) -> Model {
    let variables = variables(draw);
    let columns: usize = variables.iter().map(|variable| variable.coding.columns()).sum();
    let owner: Vec<usize> = variables
        .iter()
        .enumerate()
        .flat_map(|(at, variable)| vec![at; variable.coding.columns()])
        .collect();
    let mut interactions: Vec<[usize; 2]> = Vec::new();
    for _ in 0..draw.below(6) {
        let (a, b) = (draw.below(columns), draw.below(columns));
        let stands = |pair: &[usize; 2]| pair == &[a, b] || pair == &[b, a];
        if owner[a] != owner[b] && !interactions.iter().any(stands) {
            interactions.push([a, b]);
        }
    }
    let size = 1 + columns + interactions.len();
    // The product of a matrix with itself turned round is a covariance.
    let root: Vec<Vec<f64>> =
        (0..size).map(|_| (0..size).map(|_| draw.even() / 20.0).collect()).collect();
    let dot = |a: usize, b: usize| root[a].iter().zip(&root[b]).map(|(a, b)| a * b).sum();
    let mut means: Vec<f64> = (0..size).map(|_| draw.even().abs()).collect();
    means[0] = 1.0;
    let logistic = Logistic {
        coefficients: (0..size).map(|_| draw.even()).collect(),
        means,
        covariance: (0..size)
            .flat_map(|a| (0..=a).map(move |b| (a, b)))
            .map(|(a, b)| dot(a, b))
            .collect(),
        base_rate: 0.01 + draw.even().abs() * 0.98,
        variables,
        interactions,
    };
    model(Kind::Logistic(logistic))
}

fn model(kind: Kind) -> Model {
    Model {
        format: FORMAT,
        key: "drawn".to_owned(),
        version: "1".to_owned(),
        made_on: chrono::NaiveDate::default(),
        target: Target::UnemployedMoreThan26Weeks,
        data: Data { source: Source::Synthetic, people: None, events: None, seed: None },
        kind,
        evaluation: None,
    }
}

/// A tree that holds together.
pub(crate) fn tree(draw: &mut Draw) -> Model {
    model(Kind::Tree { root: node(draw, 5) })
}

fn node(draw: &mut Draw, depth: usize) -> Node {
    let kind = if depth == 0 { 0 } else { draw.below(6) };
    match kind {
        0 => Node::Leaf { group: if draw.is(50) { Group::Low } else { Group::High } },
        1 => {
            let classes = draw.share_out(&Origin::ALL, 2);
            let branch = |classes| OriginBranch { classes, then: node(draw, depth - 1) };
            Node::Origin { branches: classes.into_iter().map(branch).collect() }
        }
        2 | 3 => Node::Number {
            fact: if kind == 2 { Fact::Age } else { Fact::MonthsEmployed },
            from: 1 + draw.below(36) as u8,
            below: Box::new(node(draw, depth - 1)),
            otherwise: Box::new(node(draw, depth - 1)),
        },
        _ => {
            let questions = [Question::Education, Question::Expectation, Question::Applied];
            let question = questions[draw.below(3)];
            let parts = draw.share_out(question.choices(), 3);
            let branch = |answers| AnswerBranch { answers, then: node(draw, depth - 1) };
            Node::Answer { question, branches: parts.into_iter().map(branch).collect() }
        }
    }
}
