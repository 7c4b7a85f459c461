//! Randomly permuted blocks: in each stratum the arms come in blocks, each a random order of every
//! arm as often as its weight says, and how long a block is, is drawn too, so that its last arms
//! cannot be guessed (CONSORT 2025, item 17b).
//!
//! A block follows from the seed, the stratum and the number of the block alone, so that the next
//! lot is found without drawing all before it.

use super::draw::Keystream;
use super::seed::Seed;

/// The longest block.
pub const MAX_BLOCK: u32 = 10_000;

/// The blocks of one stratum.
#[derive(Clone)]
pub struct Blocks {
    key: [u8; 32],
    weights: Vec<u32>,
    multiples: Vec<u8>,
}

/// The place of a unit in its stratum. All count from 0.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub struct Place {
    /// Which of the weights.
    pub arm: usize,
    /// The number of the block.
    pub block: u32,
    /// The place in the block.
    pub position: u32,
}

/// A design from which no lots can be drawn.
#[derive(Clone, Copy, Debug, PartialEq, Eq, thiserror::Error)]
pub enum BadDesign {
    /// No weight is above zero.
    #[error("no arm has a weight")]
    NoWeights,
    /// No multiple, or one that is zero.
    #[error("a block holds the weights at least once")]
    NoMultiples,
    /// A block would be too long.
    #[error("a block would be longer than {MAX_BLOCK}")]
    TooLong,
}

impl Blocks {
    /// The blocks of a stratum. `purpose` keeps the lots of one trial's stages apart. A block has
    /// every arm as often as its weight times one of the `multiples`, drawn anew for each block.
    ///
    /// # Errors
    /// When no lots can be drawn so.
    pub fn new(
        seed: &Seed,
        purpose: &str,
        stratum: &str,
        weights: &[u32],
        multiples: &[u8],
    ) -> Result<Self, BadDesign> {
        let total: u64 = weights.iter().map(|weight| u64::from(*weight)).sum();
        if total == 0 {
            return Err(BadDesign::NoWeights);
        }
        let most = multiples.iter().copied().max().ok_or(BadDesign::NoMultiples)?;
        if multiples.contains(&0) {
            return Err(BadDesign::NoMultiples);
        }
        if total * u64::from(most) > u64::from(MAX_BLOCK) {
            return Err(BadDesign::TooLong);
        }
        Ok(Self {
            key: seed.derive(&["jobnet trials", super::BLOCKS, purpose, stratum]),
            weights: weights.to_vec(),
            multiples: multiples.to_vec(),
        })
    }

    /// The arms of a block in their order.
    pub fn block(&self, number: u32) -> Vec<usize> {
        let mut keystream = Keystream::new(self.key, u64::from(number));
        let count = u32::try_from(self.multiples.len()).unwrap_or(u32::MAX);
        let multiple = self.multiples[keystream.below(count) as usize];
        let times = |weight: u32| weight as usize * usize::from(multiple);
        let mut arms: Vec<usize> = (0..)
            .zip(&self.weights)
            .flat_map(|(arm, weight)| std::iter::repeat_n(arm, times(*weight)))
            .collect();
        keystream.shuffle(&mut arms);
        arms
    }

    /// The place after this one; after nothing: the first.
    pub fn after(&self, last: Option<(u32, u32)>) -> Place {
        if let Some((block, position)) = last {
            let arms = self.block(block);
            let position = position.saturating_add(1);
            if let Some(arm) = arms.get(position as usize) {
                return Place { arm: *arm, block, position };
            }
        }
        let block = last.map_or(0, |(block, _)| block.wrapping_add(1));
        // No block is empty: a weight and every multiple are above zero.
        let arm = self.block(block).first().copied().unwrap_or_default();
        Place { arm, block, position: 0 }
    }

    /// Every place from the first on.
    pub fn places(&self) -> impl Iterator<Item = Place> + '_ {
        (0..=u32::MAX).flat_map(|block| {
            let arms = (0..).zip(self.block(block));
            arms.map(move |(position, arm)| Place { arm, block, position })
        })
    }
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;

    use super::*;

    fn blocks(byte: u8, stratum: &str, weights: &[u32], multiples: &[u8]) -> Blocks {
        Blocks::new(&Seed::new([byte; 32]), "unit", stratum, weights, multiples).unwrap()
    }

    proptest! {
        #[test]
        fn every_block_is_balanced_and_as_long_as_one_of_the_multiples_says(
            byte: u8,
            number: u32,
            stratum in ".{0,20}",
            weights in prop::collection::vec(0_u32..6, 1..6),
            multiples in prop::collection::vec(1_u8..5, 1..4),
        ) {
            prop_assume!(weights.iter().any(|weight| *weight > 0));
            let arms = blocks(byte, &stratum, &weights, &multiples).block(number);
            let total = weights.iter().sum::<u32>() as usize;
            prop_assert_eq!(arms.len() % total, 0);
            let multiple = arms.len() / total;
            prop_assert!(multiples.iter().any(|each| usize::from(*each) == multiple));
            for (arm, weight) in weights.iter().enumerate() {
                let times = arms.iter().filter(|each| **each == arm).count();
                prop_assert_eq!(times, *weight as usize * multiple);
            }
        }

        #[test]
        fn the_next_place_is_found_from_the_last_one_as_from_the_beginning(
            byte: u8,
            weights in prop::collection::vec(1_u32..4, 1..4),
        ) {
            let blocks = blocks(byte, "/a", &weights, &[1, 2, 3]);
            let mut last = None;
            for place in blocks.places().take(60) {
                prop_assert_eq!(blocks.after(last), place);
                last = Some((place.block, place.position));
            }
        }
    }

    #[test]
    fn every_order_of_a_block_is_as_likely_as_the_others() {
        // Weights 2 and 1 once or twice: 3 orders of three, 15 of six. Chi-square over 18 cells
        // with exact expectations: 17 degrees of freedom, 40.79 once in a thousand.
        let blocks = blocks(3, "", &[2, 1], &[1, 2]);
        let mut counts = std::collections::BTreeMap::<Vec<usize>, u32>::new();
        let draws = 18_000;
        for number in 0..draws {
            *counts.entry(blocks.block(number)).or_default() += 1;
        }
        assert_eq!(counts.len(), 18);
        let chi: f64 = counts
            .iter()
            .map(|(arms, count)| {
                let orders = if arms.len() == 3 { 3.0 } else { 15.0 };
                let expected = f64::from(draws) / 2.0 / orders;
                (f64::from(*count) - expected).powi(2) / expected
            })
            .sum();
        assert!(chi < 40.79, "{chi}");
    }

    #[test]
    fn strata_stages_and_seeds_do_not_follow_each_other() {
        let arms = |blocks: &Blocks| -> Vec<usize> {
            blocks.places().take(2000).map(|place| place.arm).collect()
        };
        let seed = Seed::new([1; 32]);
        let of = |seed: &Seed, purpose: &str, stratum: &str| {
            arms(&Blocks::new(seed, purpose, stratum, &[1, 1], &[1, 2, 4]).unwrap())
        };
        let lists = [
            of(&seed, "unit", ""),
            of(&seed, "unit", "/a"),
            of(&seed, "unit", "/b"),
            of(&seed, "cluster", "/a"),
            of(&Seed::new([2; 32]), "unit", "/a"),
        ];
        for (index, one) in lists.iter().enumerate() {
            for other in &lists[index + 1..] {
                // Of 2000 places about half agree by chance; blocks make it a little less spread.
                let same = one.iter().zip(other).filter(|(a, b)| a == b).count();
                assert!((900..=1100).contains(&same), "{same}");
            }
        }
    }

    #[test]
    fn a_list_that_was_drawn_is_drawn_again() {
        // Pins version 1: these lots were computed by the independent program in
        // `tests/vectors/blocks.py`.
        let vectors: serde_json::Value =
            serde_json::from_str(include_str!("../../tests/vectors/blocks.json")).unwrap();
        for case in vectors.as_array().unwrap() {
            let list = |name: &str| -> Vec<u32> {
                case[name].as_array().unwrap().iter().map(|n| n.as_u64().unwrap() as u32).collect()
            };
            let multiples: Vec<u8> = list("multiples").iter().map(|n| *n as u8).collect();
            let seed: Seed = case["seed"].as_str().unwrap().parse().unwrap();
            assert_eq!(seed.commitment().to_string(), case["commitment"]);
            let text = |name: &str| case[name].as_str().unwrap();
            let (purpose, stratum) = (text("purpose"), text("stratum"));
            let blocks =
                Blocks::new(&seed, purpose, stratum, &list("weights"), &multiples).unwrap();
            let places = case["places"].as_array().unwrap();
            for (place, expected) in blocks.places().zip(places) {
                let found = serde_json::json!([place.block, place.position, place.arm]);
                assert_eq!(found, *expected, "{stratum}");
            }
        }
    }

    #[test]
    fn what_cannot_be_drawn_is_refused() {
        let seed = Seed::new([0; 32]);
        for (weights, multiples, expected) in [
            (vec![], vec![1], BadDesign::NoWeights),
            (vec![0, 0], vec![1], BadDesign::NoWeights),
            (vec![1, 1], vec![], BadDesign::NoMultiples),
            (vec![1, 1], vec![1, 0], BadDesign::NoMultiples),
            (vec![5_000, 1], vec![1, 2], BadDesign::TooLong),
            (vec![u32::MAX, u32::MAX], vec![255], BadDesign::TooLong),
        ] {
            let refused = Blocks::new(&seed, "unit", "", &weights, &multiples).err();
            assert_eq!(refused, Some(expected));
        }
    }
}
