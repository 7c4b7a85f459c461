//! Random whole numbers and orders from a ChaCha20 keystream (RFC 8439).

use chacha20::ChaCha20Rng;
use chacha20::rand_core::{Rng, SeedableRng};

/// The keystream of a key and a nonce as words of 32 bits, lowest byte first.
pub(super) struct Keystream(ChaCha20Rng);

impl Keystream {
    /// Counter 0. `stream` is the last 64 bits of RFC 8439's nonce, the first 32 are zero.
    pub(super) fn new(key: [u8; 32], stream: u64) -> Self {
        let mut rng = ChaCha20Rng::from_seed(key);
        rng.set_stream(stream);
        Self(rng)
    }

    fn word(&mut self) -> u32 {
        self.0.next_u32()
    }

    /// A number below `bound` (at least 1), each as likely as the others.
    pub(super) fn below(&mut self, bound: u32) -> u32 {
        bounded::<32>(bound, || self.word())
    }

    /// Puts a list into a random order, each as likely as the others: Fisher and Yates in the
    /// version of Durstenfeld (CACM 7, 1964, algorithm 235), from the end.
    pub(super) fn shuffle<T>(&mut self, list: &mut [T]) {
        for last in (1..list.len()).rev() {
            // Lists are blocks: far shorter than 2³².
            let bound = u32::try_from(last).map_or(u32::MAX, |last| last.saturating_add(1));
            list.swap(last, self.below(bound) as usize);
        }
    }
}

/// A number below `bound` from random words of `BITS` bits: multiplied and shifted, and a word is
/// dropped where that would favour a number (Lemire, ACM TOMACS 29, 2019, algorithm 5).
fn bounded<const BITS: u32>(bound: u32, mut word: impl FnMut() -> u32) -> u32 {
    let mask = u64::MAX >> (64 - BITS);
    // How many of the 2^BITS words are too many.
    let surplus = (mask + 1) % u64::from(bound.max(1));
    loop {
        let product = u64::from(word()) * u64::from(bound);
        if product & mask >= surplus {
            // Below `bound`, hence 32 bits.
            return u32::try_from(product >> BITS).unwrap_or(u32::MAX);
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    /// The first bytes of a keystream.
    fn bytes(key: [u8; 32], stream: u64, from_block: usize) -> Vec<u8> {
        let mut keystream = Keystream::new(key, stream);
        let words = std::iter::repeat_with(|| keystream.word());
        words.skip(16 * from_block).take(16).flat_map(u32::to_le_bytes).collect()
    }

    #[test]
    fn the_keystream_is_that_of_rfc_8439() {
        // RFC 8439, appendix A.1, test vectors 1 to 5; key, last 64 bits of the nonce, counter.
        let zero = [0; 32];
        let mut one = zero;
        one[31] = 1;
        let mut ff = zero;
        ff[1] = 0xff;
        for (key, stream, counter, expected) in [
            (
                zero,
                0,
                0,
                "76b8e0ada0f13d90405d6ae55386bd28bdd219b8a08ded1aa836efcc8b770dc7\
                 da41597c5157488d7724e03fb8d84a376a43b8f41518a11cc387b669b2ee6586",
            ),
            (
                zero,
                0,
                1,
                "9f07e7be5551387a98ba977c732d080dcb0f29a048e3656912c6533e32ee7aed\
                 29b721769ce64e43d57133b074d839d531ed1f28510afb45ace10a1f4b794d6f",
            ),
            (
                one,
                0,
                1,
                "3aeb5224ecf849929b9d828db1ced4dd832025e8018b8160b82284f3c949aa5a\
                 8eca00bbb4a73bdad192b5c42f73f2fd4e273644c8b36125a64addeb006c13a0",
            ),
            (
                ff,
                0,
                2,
                "72d54dfbf12ec44b362692df94137f328fea8da73990265ec1bbbea1ae9af0ca\
                 13b25aa26cb4a648cb9b9d1be65b2c0924a66c54d545ec1b7374f4872e99f096",
            ),
            (
                zero,
                u64::from_le_bytes([0, 0, 0, 0, 0, 0, 0, 2]),
                0,
                "c2c64d378cd536374ae204b9ef933fcd1a8b2288b3dfa49672ab765b54ee27c7\
                 8a970e0e955c14f3a88e741b97c286f75f8fc299e8148362fa198a39531bed6d",
            ),
        ] {
            assert_eq!(hex::encode(bytes(key, stream, counter)), expected);
        }
    }

    /// What a first word gives; `None`: it is dropped.
    fn first<const BITS: u32>(bound: u32, word: u32) -> Option<u32> {
        let last = u32::MAX >> (32 - BITS);
        let mut words = [word, last].into_iter();
        let number = bounded::<BITS>(bound, || words.next().unwrap());
        words.next().map(|_| number)
    }

    #[test]
    fn every_number_is_as_likely_as_the_others() {
        // Of every word there is, each number comes from equally many, and no more words are
        // dropped than must be.
        fn enumerate<const BITS: u32>(bound: u32) {
            let words = 1_u32 << BITS;
            let mut counts = vec![0_u32; bound as usize];
            for number in (0..words).filter_map(|word| first::<BITS>(bound, word)) {
                counts[number as usize] += 1;
            }
            assert!(counts.iter().all(|count| *count == words / bound), "{bound}: {counts:?}");
        }
        (1..=256).for_each(enumerate::<8>);
        for bound in [1, 2, 3, 7, 10, 12, 4095, 4096] {
            enumerate::<12>(bound);
        }
    }

    #[test]
    fn a_word_has_32_bits() {
        for (bound, word, number) in [
            // 2³² = 3 · 1,431,655,765 + 1: one word is dropped, the first.
            (3, 0, None),
            (3, 1, Some(0)),
            (3, 0x5555_5555, Some(0)),
            (3, 0x5555_5556, Some(1)),
            (3, 0xffff_ffff, Some(2)),
            // A power of two: none is.
            (1 << 16, 0, Some(0)),
            (1 << 16, 0xffff_ffff, Some(0xffff)),
            (1, 0, Some(0)),
        ] {
            assert_eq!(first::<32>(bound, word), number, "{bound} {word}");
        }
    }

    #[test]
    fn every_order_is_as_likely_as_the_others() {
        // Pearson's chi-square of the 24 orders of four over 24,000 keys: 23 degrees of freedom,
        // 49.73 is exceeded by chance once in a thousand. The keys are fixed.
        let mut counts = std::collections::BTreeMap::<[u8; 4], u32>::new();
        for number in 0..24_000_u64 {
            let mut list = [0, 1, 2, 3];
            Keystream::new([7; 32], number).shuffle(&mut list);
            *counts.entry(list).or_default() += 1;
        }
        assert_eq!(counts.len(), 24);
        let chi: f64 =
            counts.values().map(|count| (f64::from(*count) - 1000.0).powi(2) / 1000.0).sum();
        assert!(chi < 49.73, "{chi}");
    }
}
