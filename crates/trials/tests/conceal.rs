//! Whoever is told all that may be told, after every enrolment, and knows the protocol, cannot foresee
//! the next arm better than by its weight. Every list that could be drawn is gone through, with its
//! exact probability.

#![allow(clippy::unwrap_used, reason = "a test")]

use std::collections::BTreeMap;

use jobnet_trials::conceal::{Telling, Told, tells_one};
use jobnet_trials::protocol::life::State;
use jobnet_trials::protocol::{Allocation, Arm, Design, Protocol, Share, Unit};

/// A list of lots as far as it is drawn, with its probability as so many of [`Lists::all`].
#[derive(Clone)]
struct List {
    lots: Vec<Lot>,
    chance: u128,
}

#[derive(Clone, Copy, PartialEq, Eq)]
struct Lot {
    block: u32,
    arm: usize,
}

/// Every order of these arms, once.
fn orders(left: &mut [usize], so_far: &mut Vec<usize>, all: &mut Vec<Vec<usize>>) {
    if left.iter().all(|count| *count == 0) {
        all.push(so_far.clone());
        return;
    }
    for arm in 0..left.len() {
        if left[arm] > 0 {
            left[arm] -= 1;
            so_far.push(arm);
            orders(left, so_far, all);
            so_far.pop();
            left[arm] += 1;
        }
    }
}

/// Every list of at least so many lots. A block's multiple is one of `multiples`, each as likely, and
/// every order of it is as likely.
fn lists(weights: &[usize], multiples: &[usize], lots: usize) -> Vec<List> {
    let blocks: Vec<Vec<Vec<usize>>> = multiples
        .iter()
        .map(|multiple| {
            let mut left: Vec<usize> = weights.iter().map(|weight| weight * multiple).collect();
            let mut all = Vec::new();
            orders(&mut left, &mut Vec::new(), &mut all);
            all
        })
        .collect();
    // One number that every block's number of orders divides.
    let common: u128 = blocks.iter().map(|orders| orders.len() as u128).product();
    let mut done = Vec::new();
    let mut open = vec![(List { lots: Vec::new(), chance: 1 }, 0_u32)];
    while let Some((list, block)) = open.pop() {
        for orders in &blocks {
            for order in orders {
                let mut longer = list.clone();
                longer.lots.extend(order.iter().map(|arm| Lot { block, arm: *arm }));
                longer.chance *= common / orders.len() as u128;
                if longer.lots.len() > lots {
                    // Lists of fewer blocks have had fewer factors.
                    let missing = u32::try_from(lots).unwrap() - block;
                    let each = common * blocks.len() as u128;
                    longer.chance *= each.pow(missing);
                    done.push(longer);
                } else {
                    open.push((longer, block + 1));
                }
            }
        }
    }
    done
}

/// Each unit's arm, or nothing.
type View = Vec<Option<usize>>;

/// All that is told of a stratum when so many lots of its list are drawn.
fn view(telling: Telling, list: &List, drawn: usize) -> View {
    let rows = || list.lots[..drawn].iter().map(|lot| ("/a", Some(lot.block)));
    // Another stratum has gone further: that says nothing of this one.
    let told = Told::new(telling, rows().chain([("/b", Some(9))]));
    list.lots[..drawn]
        .iter()
        .map(|lot| told.tells("/a", Some(lot.block)).then_some(lot.arm))
        .collect()
}

/// All that is told of a stratum, of full blocks and by asking, in every block, about the units at these
/// places first; about all others afterwards.
fn asked(protocol: &Protocol, list: &List, drawn: usize, places: &[usize]) -> View {
    let lots = &list.lots[..drawn];
    let newest = lots.last().map(|lot| lot.block);
    let told = |(place, lot): (usize, &Lot)| {
        let first = lots.iter().position(|other| other.block == lot.block).unwrap();
        let another = !places.contains(&(place - first));
        let is_full = Some(lot.block) != newest;
        tells_one(protocol, State::Running, is_full, another).then_some(lot.arm)
    };
    lots.iter().enumerate().map(told).collect()
}

/// What is told after each of so many enrolments → the chance of each arm to be next.
fn chances(
    view: &impl Fn(&List, usize) -> View,
    lists: &[List],
    arms: usize,
    drawn: usize,
) -> BTreeMap<Vec<View>, Vec<u128>> {
    let mut chances = BTreeMap::new();
    for list in lists {
        // She asks after each enrolment, so that she also knows when something was told.
        let history: Vec<_> = (0..=drawn).map(|drawn| view(list, drawn)).collect();
        let known = chances.entry(history).or_insert_with(|| vec![0; arms]);
        known[list.lots[drawn].arm] += list.chance;
    }
    chances
}

/// Designs whose lists can all be gone through: weights, multiples, enrolments.
const DESIGNS: [(&[usize], &[usize], usize); 5] = [
    (&[1, 1], &[1, 2], 6),
    (&[1, 1], &[1], 6),
    (&[2, 1], &[1, 2], 7),
    (&[1, 1, 1], &[1, 2], 5),
    (&[1, 1], &[1, 2, 3], 6),
];

#[test]
fn nobody_can_foresee_the_next_arm_better_than_by_its_weight() {
    for (weights, multiples, most) in DESIGNS {
        let all = lists(weights, multiples, most);
        let sum: usize = weights.iter().sum();
        let mut seen = 0;
        for drawn in 0..=most {
            let view = |list: &List, drawn| view(Telling::FullBlocks, list, drawn);
            for (history, found) in chances(&view, &all, weights.len(), drawn) {
                let whole: u128 = found.iter().sum();
                for (chance, weight) in found.iter().zip(weights) {
                    let case = format!("{weights:?} {multiples:?} {history:?}: {found:?}");
                    assert_eq!(chance * sum as u128, whole * *weight as u128, "{case}");
                }
                seen += usize::from(history.last().is_some_and(|view| view.contains(&Some(0))));
            }
        }
        assert!(seen > 0, "nothing was ever told: {weights:?} {multiples:?}");
    }
}

#[test]
fn whoever_is_told_every_arm_at_once_could() {
    // That the count above can find something: of blocks of two every other arm is certain, and of
    // those of two or four, one in three who was told two alike.
    for (weights, multiples, most) in DESIGNS {
        let all = lists(weights, multiples, most);
        let certain = (0..=most).any(|drawn| {
            let view = |list: &List, drawn| view(Telling::All, list, drawn);
            let known = chances(&view, &all, weights.len(), drawn);
            known.values().any(|found| is_certain(found))
        });
        assert!(certain, "{weights:?} {multiples:?}");
    }
}

fn is_certain(found: &[u128]) -> bool {
    found.iter().filter(|chance| **chance > 0).count() == 1
}

/// The trial of these arms and blocks.
fn of(weights: &[usize], multiples: &[usize]) -> Protocol {
    let arm = protocol().arms[0].clone();
    let weight = |weight: &usize| u16::try_from(*weight).unwrap();
    let multiples = multiples.iter().map(|multiple| u8::try_from(*multiple).unwrap()).collect();
    Protocol {
        arms: weights.iter().map(|one| Arm { weight: weight(one), ..arm.clone() }).collect(),
        allocation: Allocation::Blocks { multiples },
        ..protocol()
    }
}

#[test]
fn whoever_is_told_one_arm_of_each_open_block_is_never_certain_of_the_next() {
    for (design, (weights, multiples, most)) in DESIGNS.into_iter().enumerate() {
        let all = lists(weights, multiples, most);
        let protocol = of(weights, multiples);
        let case = format!("{weights:?} {multiples:?}");
        let mut is_best = false;
        for place in 0..most {
            let view = |list: &List, drawn| asked(&protocol, list, drawn, &[place]);
            for drawn in 0..=most {
                for (history, found) in chances(&view, &all, weights.len(), drawn) {
                    assert!(!is_certain(&found), "{case} {history:?}");
                    // In blocks of two or four her best guess is right after the first: half of all
                    // are of two, and in the others two of the three that are left differ from it.
                    let whole: u128 = found.iter().sum();
                    let best = found.iter().max().unwrap();
                    assert!(design > 0 || best * 6 <= whole * 5, "{case} {history:?}");
                    is_best |= best * 6 == whole * 5;
                }
            }
        }
        assert!(design > 0 || is_best);
        // Of two in a block of two one arm tells the other: none is told. In any other design one is.
        let told = asked(&protocol, &all[0], 1, &[0]);
        let expected = (multiples.len() > 1 || weights.len() > 2).then_some(all[0].lots[0].arm);
        assert_eq!(told, [expected], "{case}");
    }
}

#[test]
fn whoever_were_told_two_arms_of_an_open_block_could_be_certain() {
    let (weights, multiples, most) = DESIGNS[0];
    let protocol = of(weights, multiples);
    let view = |list: &List, drawn| asked(&protocol, list, drawn, &[0, 1]);
    let all = lists(weights, multiples, most);
    let certain = (0..=most).any(|drawn| {
        chances(&view, &all, weights.len(), drawn).values().any(|one| is_certain(one))
    });
    assert!(certain);
}

#[test]
fn a_single_arm_is_told_as_the_design_allows_and_of_a_cluster_never() {
    let keyed = Protocol { allocation: Allocation::Keyed {}, ..protocol() };
    let clusters = Protocol { unit: Unit::Caseworker, ..protocol() };
    for (is_full, another) in [(false, false), (false, true), (true, false), (true, true)] {
        let tells = |protocol: &Protocol, state| tells_one(protocol, state, is_full, another);
        assert_eq!(tells(&protocol(), State::Running), is_full || !another);
        assert!(tells(&keyed, State::Running));
        assert!(!tells(&clusters, State::Running) && !tells(&clusters, State::Paused));
        assert!(tells(&clusters, State::Closed));
    }
}

fn protocol() -> Protocol {
    serde_json::from_str(include_str!("protocol/complete.json")).unwrap()
}

#[test]
fn what_may_be_told_follows_from_the_design_and_ends_with_the_trial() {
    let blocks = protocol();
    let keyed = Protocol { allocation: Allocation::Keyed {}, ..protocol() };
    let clusters = Protocol { unit: Unit::Caseworker, ..keyed.clone() };
    let share = |treated_per_mille| Share { treated_per_mille, weight: 1 };
    let regions = Protocol {
        design: Design::Saturation {
            within: "job_centre".to_owned(),
            shares: vec![share(0), share(1000)],
        },
        ..protocol()
    };
    for state in [State::Running, State::Paused] {
        assert_eq!(Telling::of(&blocks, state), Telling::FullBlocks);
        assert_eq!(Telling::of(&keyed, state), Telling::All);
        assert_eq!(Telling::of(&clusters, state), Telling::Nobody);
        assert_eq!(Telling::of(&regions, state), Telling::Nobody);
    }
    for state in [State::Closed, State::Reported] {
        for one in [&blocks, &keyed, &clusters, &regions] {
            assert_eq!(Telling::of(one, state), Telling::All);
        }
    }
}

#[test]
fn a_block_is_told_of_when_the_next_of_its_stratum_has_begun() {
    let rows = [("/a", Some(0)), ("/a", Some(1)), ("/b", Some(0)), ("/c", None)];
    let full = Told::new(Telling::FullBlocks, rows);
    assert!(full.tells("/a", Some(0)));
    for (stratum, block) in [("/a", Some(1)), ("/b", Some(0)), ("/c", None), ("/d", Some(0))] {
        assert!(!full.tells(stratum, block), "{stratum}");
        assert!(Told::new(Telling::All, rows).tells(stratum, block));
    }
    assert!(!Told::new(Telling::Nobody, rows).tells("/a", Some(0)));
}
