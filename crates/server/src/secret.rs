//! Random ids and the hashes that are stored in their place.

use base64::Engine;
use base64::prelude::BASE64_URL_SAFE_NO_PAD;
use sha2::{Digest, Sha256};

/// What is easy to read aloud: without I, L, O and U.
const ALPHABET: &[u8; 32] = b"0123456789ABCDEFGHJKMNPQRSTVWXYZ";

/// A session id: 256 random bits as 64 hexadecimal digits.
///
/// # Errors
/// When the system has no randomness.
pub fn session_id() -> Result<String, getrandom::Error> {
    let mut bytes = [0; 32];
    getrandom::fill(&mut bytes)?;
    Ok(hex(&bytes))
}

/// A request id for the log: 64 random bits as 16 hexadecimal digits.
///
/// # Errors
/// When the system has no randomness.
pub fn request_id() -> Result<String, getrandom::Error> {
    Ok(format!("{:016x}", getrandom::u64()?))
}

/// The number of a receipt, easy to read aloud: twelve characters without I, L, O and U, as
/// `7K3M-Q2ZD-90VX` (60 random bits).
///
/// # Errors
/// When the system has no randomness.
pub fn receipt_number() -> Result<String, getrandom::Error> {
    groups_of_four(3)
}

/// The pseudonym of someone who signs in, as `7K3M-Q2ZD` (40 random bits).
///
/// # Errors
/// When the system has no randomness.
pub fn handle() -> Result<String, getrandom::Error> {
    groups_of_four(2)
}

/// Whether a text has the form of a [`handle`].
pub fn is_handle(text: &str) -> bool {
    let is_group = |group: &str| group.len() == 4 && group.bytes().all(|b| ALPHABET.contains(&b));
    text.split_once('-').is_some_and(|(first, second)| is_group(first) && is_group(second))
}

/// The pseudonym of a citizen in a trial: 128 random bits as 32 hexadecimal digits.
///
/// # Errors
/// When the system has no randomness.
pub fn unit() -> Result<String, getrandom::Error> {
    let mut bytes = [0; 16];
    getrandom::fill(&mut bytes)?;
    Ok(hex(&bytes))
}

/// The code of a short link: 120 random bits as 20 characters of an address.
///
/// # Errors
/// When the system has no randomness.
pub fn link_code() -> Result<String, getrandom::Error> {
    let mut bytes = [0; 15];
    getrandom::fill(&mut bytes)?;
    Ok(BASE64_URL_SAFE_NO_PAD.encode(bytes))
}

fn groups_of_four(groups: usize) -> Result<String, getrandom::Error> {
    let mut bits = getrandom::u64()?;
    let mut number = String::with_capacity(5 * groups);
    for place in 0..4 * groups {
        if place > 0 && place % 4 == 0 {
            number.push('-');
        }
        number.push(char::from(ALPHABET[(bits % 32) as usize]));
        bits /= 32;
    }
    Ok(number)
}

/// SHA-256 of a text as 64 hexadecimal digits.
pub fn hash(text: &str) -> String {
    hex(&Sha256::digest(text.as_bytes()))
}

fn hex(bytes: &[u8]) -> String {
    const DIGITS: &[u8; 16] = b"0123456789abcdef";
    let digit = |nibble: u8| char::from(DIGITS[usize::from(nibble & 15)]);
    bytes.iter().fold(String::with_capacity(bytes.len() * 2), |mut text, byte| {
        text.extend([digit(byte >> 4), digit(*byte)]);
        text
    })
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_hash_is_sha_256() {
        // FIPS 180-2, appendix B.1.
        assert_eq!(hash("abc"), "ba7816bf8f01cfea414140de5dae2223b00361a396177a9cb410ff61f20015ad");
    }

    #[test]
    fn ids_have_their_form_and_differ() {
        let (one, other) = (session_id().unwrap(), session_id().unwrap());
        assert_ne!(one, other);
        assert!(one.len() == 64 && one.bytes().all(|byte| byte.is_ascii_hexdigit()));
        let receipt = receipt_number().unwrap();
        assert_eq!(receipt.split('-').map(str::len).collect::<Vec<_>>(), [4, 4, 4]);
        assert!(is_handle(&handle().unwrap()));
        for other in
            ["", "7K3M", "7K3M-Q2Z", "7K3M-Q2ZD-90VX", "7k3m-q2zd", "7K3M-Q2ZI", "0181-90123"]
        {
            assert!(!is_handle(other), "{other}");
        }
        let (one, other) = (unit().unwrap(), unit().unwrap());
        assert!(one.len() == 32 && one != other);
        let (one, other) = (link_code().unwrap(), link_code().unwrap());
        assert!(one.len() == 20 && one != other);
        let fits = |byte: u8| byte.is_ascii_alphanumeric() || b"-_".contains(&byte);
        assert!(one.bytes().all(fits), "{one}");
    }
}
