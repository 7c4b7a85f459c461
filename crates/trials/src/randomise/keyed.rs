//! The arm of a unit as a keyed hash of its name: for large open trials, without a list. Nobody who
//! lacks the key can compute it. It is not balanced within strata.

use hmac::{Hmac, Mac};
use sha2::Sha256;

use super::seed::{SEPARATOR, Seed, keyed};

/// Assigns by HMAC-SHA-256 (RFC 2104) under a key of the trial's own: with a shared one the same
/// people would come first in every trial.
#[derive(Clone)]
pub struct Keyed(Hmac<Sha256>);

impl Keyed {
    /// Under the key that follows from the seed; `purpose` keeps the lots of one trial's stages
    /// apart.
    pub fn new(seed: &Seed, purpose: &str) -> Self {
        Self::with_key(&seed.derive(&["jobnet trials", super::KEYED, purpose]))
    }

    /// Under this key.
    pub fn with_key(key: &[u8]) -> Self {
        let mut mac = keyed(key);
        mac.update(b"arm");
        mac.update(&[SEPARATOR]);
        Self(mac)
    }

    /// The first 64 bits, highest byte first, of the hash of `arm`, the byte 1F and the unit.
    pub fn hash(&self, unit: &str) -> u64 {
        let mut mac = self.0.clone();
        mac.update(unit.as_bytes());
        let hash: [u8; 32] = mac.finalize().into_bytes().into();
        let [a, b, c, d, e, f, g, h, ..] = hash;
        u64::from_be_bytes([a, b, c, d, e, f, g, h])
    }

    /// The unit's place in the weights; `None` if none is above zero.
    pub fn arm(&self, unit: &str, weights: &[u32]) -> Option<usize> {
        let total = weights.iter().map(|weight| u64::from(*weight)).sum();
        let mut bucket = scale(self.hash(unit), total);
        weights.iter().position(|weight| {
            let within = bucket < u64::from(*weight);
            bucket = bucket.saturating_sub(u64::from(*weight));
            within
        })
    }
}

/// A hash as a number below `total`: `(hash · total) / 2⁶⁴`, as flagd's fractional evaluation (v2)
/// does it. With 64 bits no number is favoured by more than `total` in 2⁶⁴.
pub const fn scale(hash: u64, total: u64) -> u64 {
    ((hash as u128 * total as u128) >> 64) as u64
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_hash_is_that_of_the_golden_vectors() {
        let vectors: serde_json::Value =
            serde_json::from_str(include_str!("../../tests/vectors/hmac.json")).unwrap();
        let keyed = Keyed::with_key(vectors["key"].as_str().unwrap().as_bytes());
        let cases = vectors["cases"].as_array().unwrap();
        assert_eq!(cases.len(), 9);
        for case in cases {
            let hash = keyed.hash(case["id"].as_str().unwrap());
            assert_eq!(format!("{hash:016x}"), case["hmac_sha256_u64_hex"].as_str().unwrap());
        }
    }

    #[test]
    fn hmac_takes_keys_of_any_length() {
        // RFC 4231, test cases 2 (short key) and 6 (longer than a block), first 64 bits.
        let hash = |key: &[u8], text: &[u8]| {
            let mut mac = keyed(key);
            mac.update(text);
            hex::encode(&mac.finalize().into_bytes()[..8])
        };
        assert_eq!(hash(b"Jefe", b"what do ya want for nothing?"), "5bdcc146bf60754e");
        let text = b"Test Using Larger Than Block-Size Key - Hash Key First";
        assert_eq!(hash(&[0xaa; 131], text), "60e431591ee0b67f");
    }

    #[test]
    fn a_hash_is_scaled_in_order_and_evenly() {
        assert_eq!(scale(0, 10_000), 0);
        assert_eq!(scale(u64::MAX, 10_000), 9_999);
        assert_eq!(scale(1 << 63, 10_000), 5_000);
        assert_eq!(scale((1 << 63) - 1, 10_000), 4_999);
        assert_eq!(scale(u64::MAX, 1), 0);
        assert_eq!(scale(u64::MAX, 0), 0);
    }

    #[test]
    fn arms_get_their_share_and_trials_do_not_follow_each_other() {
        let weights = [1, 2, 0, 1];
        let one = Keyed::new(&Seed::new([1; 32]), "unit");
        let other = Keyed::new(&Seed::new([2; 32]), "unit");
        let mut counts = [0_u32; 4];
        let mut both = [0_u32; 16];
        for number in 0..40_000 {
            let unit = format!("unit-{number}");
            let arm = one.arm(&unit, &weights).unwrap();
            counts[arm] += 1;
            both[arm * 4 + other.arm(&unit, &weights).unwrap()] += 1;
        }
        assert_eq!(counts[2], 0, "an arm without weight gets nobody");
        // Chi-square against the weights, 2 degrees of freedom, and of the nine pairs against
        // independence with known shares, 8: 13.82 and 26.12 once in a thousand.
        let chi = |found: &[u32], share: &dyn Fn(usize) -> f64| -> f64 {
            found
                .iter()
                .enumerate()
                .filter(|(cell, _)| share(*cell) > 0.0)
                .map(|(cell, count)| {
                    let expected = 40_000.0 * share(cell);
                    (f64::from(*count) - expected).powi(2) / expected
                })
                .sum()
        };
        let share = |arm: usize| f64::from(weights[arm]) / 4.0;
        assert!(chi(&counts, &share) < 13.82);
        assert!(chi(&both, &|cell| share(cell / 4) * share(cell % 4)) < 26.12);
        assert_eq!(one.arm("unit", &[0, 0]), None);
        assert_eq!(one.arm("unit", &[]), None);
    }
}
