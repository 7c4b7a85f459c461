//! The seed of a trial, and the keys that are derived from it.

use std::fmt;
use std::str::FromStr;

use hmac::{Hmac, KeyInit, Mac};
use sha2::{Digest as _, Sha256};

use crate::protocol::Digest;

/// Stands between the parts of what is hashed; it occurs in none of them.
pub(super) const SEPARATOR: u8 = 0x1f;

/// 256 random bits from which every lot of a trial follows. Secret until the trial is reported.
#[derive(Clone, PartialEq, Eq)]
pub struct Seed([u8; 32]);

/// What is not a [`Seed`].
#[derive(Clone, Copy, Debug, PartialEq, Eq, thiserror::Error)]
#[error("a seed has 64 hexadecimal digits")]
pub struct BadSeed;

impl Seed {
    /// A seed of these random bytes.
    pub const fn new(bytes: [u8; 32]) -> Self {
        Self(bytes)
    }

    /// Its bytes: what SHA-256 commits to.
    pub const fn bytes(&self) -> &[u8; 32] {
        &self.0
    }

    /// 64 lower-case hexadecimal digits: how it is told at the end.
    pub fn reveal(&self) -> String {
        hex::encode(self.0)
    }

    /// SHA-256 of its bytes, published when the trial is registered: whoever gets the
    /// seed afterwards can see that it is the same.
    pub fn commitment(&self) -> Digest {
        Digest::of(&self.0)
    }

    /// A key for one purpose: HMAC-SHA-256 (RFC 2104) under the seed of the purpose's parts.
    pub(super) fn derive(&self, parts: &[&str]) -> [u8; 32] {
        let mut mac = keyed(&self.0);
        for (index, part) in parts.iter().enumerate() {
            if index > 0 {
                mac.update(&[SEPARATOR]);
            }
            mac.update(part.as_bytes());
        }
        mac.finalize().into_bytes().into()
    }
}

/// HMAC-SHA-256 under a key of any length.
pub(super) fn keyed(key: &[u8]) -> Hmac<Sha256> {
    // A key longer than the hash's block is hashed first (RFC 2104, section 2).
    let mut block = [0; 64];
    if key.len() > block.len() {
        block[..32].copy_from_slice(&Sha256::digest(key));
    } else {
        block[..key.len()].copy_from_slice(key);
    }
    Hmac::<Sha256>::new(&block.into())
}

/// Shows nothing of it, so that no seed can slip into a log.
impl fmt::Debug for Seed {
    fn fmt(&self, out: &mut fmt::Formatter<'_>) -> fmt::Result {
        out.write_str("Seed")
    }
}

impl FromStr for Seed {
    type Err = BadSeed;
    fn from_str(text: &str) -> Result<Self, BadSeed> {
        let bytes = hex::decode(text).map_err(|_| BadSeed)?;
        bytes.try_into().map(Self).map_err(|_| BadSeed)
    }
}
