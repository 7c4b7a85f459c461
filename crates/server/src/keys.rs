//! The keys under which CPR numbers are sealed and found, seeds of trials sealed and links signed.
//! They come from a file or the environment and are never in the database; the first key of the
//! ring is the one that seals and signs.
//!
//! It must not know what is sealed where.

use std::fmt;
use std::fs::OpenOptions;
use std::io::{self, Write};
use std::os::unix::fs::OpenOptionsExt;
use std::path::{Path, PathBuf};

use base64::Engine;
use base64::prelude::BASE64_URL_SAFE_NO_PAD as BASE64;
use chacha20poly1305::aead::{Aead, KeyInit, Payload};
use chacha20poly1305::{Key as CipherKey, XChaCha20Poly1305, XNonce};
use hmac::{Hmac, Mac};
use sha2::Sha256;

use crate::secret;

/// How long a nonce of XChaCha20 is: long enough to be drawn at random.
const NONCE: usize = 24;

/// One key: its id, and what is derived from it.
#[derive(Clone)]
struct Key {
    id: String,
    cipher: XChaCha20Poly1305,
    index: [u8; 32],
    links: [u8; 32],
}

/// The keys of a server; never empty.
#[derive(Clone)]
pub struct Keyring {
    active: Key,
    others: Vec<Key>,
}

/// Shows ids only, so that no key can slip into a log.
impl fmt::Debug for Keyring {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_list().entries(self.all().map(|key| &key.id)).finish()
    }
}

/// Why there is no usable ring.
#[derive(Debug, thiserror::Error)]
pub enum KeyError {
    /// The text is none.
    #[error(
        "keys are lines ID:KEY, the first one seals; ID is 1 to 32 letters and digits, KEY 64 \
         hexadecimal digits; line {0} is not"
    )]
    Malformed(usize),
    /// Two keys have one id, or there is no key.
    #[error("the keys must have different ids, and there must be at least one")]
    Ids,
    /// The file cannot be read or made.
    #[error("the keys in {path} cannot be used: {source}")]
    File {
        /// The file.
        path: PathBuf,
        /// Why.
        source: io::Error,
    },
    /// The database is sealed, and the keys are not here.
    #[error(
        "CPR numbers or seeds in the database are sealed, but there are no keys in {0}; give \
         keys.file or keys.ring"
    )]
    Missing(PathBuf),
    /// What was sealed under another key.
    #[error("something is sealed under the key “{0}”, which is not in the ring")]
    Unknown(String),
    /// What was sealed cannot be opened.
    #[error("what is sealed was changed, or its key “{0}” is another of the same id")]
    Unsealable(String),
    /// The system has no randomness.
    #[error("no random numbers: {0}")]
    Random(#[from] getrandom::Error),
}

/// Something sealed: the key's id, and nonce with ciphertext.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Sealed {
    /// The id of the key.
    pub key_id: String,
    /// Nonce and ciphertext.
    pub bytes: Vec<u8>,
}

impl Keyring {
    /// Reads lines `ID:KEY`; empty ones and those that begin with `#` are skipped, and commas
    /// count as line breaks, so that a ring fits into a variable.
    ///
    /// # Errors
    /// When a line is malformed, an id occurs twice, or there is no key.
    pub fn parse(text: &str) -> Result<Self, KeyError> {
        let lines = text.split(['\n', ',']).map(str::trim).enumerate();
        let keys = lines
            .filter(|(_, line)| !line.is_empty() && !line.starts_with('#'))
            .map(|(number, line)| Key::parse(line).ok_or(KeyError::Malformed(number + 1)))
            .collect::<Result<Vec<_>, _>>()?;
        let twice = |key: &Key| keys.iter().filter(|other| other.id == key.id).count() > 1;
        if keys.iter().any(twice) {
            return Err(KeyError::Ids);
        }
        let mut keys = keys.into_iter();
        let active = keys.next().ok_or(KeyError::Ids)?;
        Ok(Self { active, others: keys.collect() })
    }

    /// The text of a new key with this id.
    ///
    /// # Errors
    /// When the system has no randomness.
    pub fn new_line(id: &str) -> Result<String, KeyError> {
        Ok(format!("{id}:{}\n", secret::session_id()?))
    }

    /// Reads the ring of a file.
    ///
    /// # Errors
    /// When the file cannot be read or holds no ring.
    pub fn read(path: &Path) -> Result<Self, KeyError> {
        let text = std::fs::read_to_string(path)
            .map_err(|source| KeyError::File { path: path.to_owned(), source })?;
        Self::parse(&text)
    }

    /// Makes a file with a first key that only its owner can read, unless there is one already.
    ///
    /// # Errors
    /// When the file cannot be made.
    pub fn create(path: &Path) -> Result<Self, KeyError> {
        let failed = |source| KeyError::File { path: path.to_owned(), source };
        // Whole or not at all: another process may start at the same moment.
        let unfinished = path.with_added_extension(format!("{}.new", std::process::id()));
        let mut options = OpenOptions::new();
        let mut file =
            options.write(true).create(true).truncate(true).mode(0o600).open(&unfinished);
        let text = Self::new_line("k1")?;
        let written = file.as_mut().map_or(Ok(()), |file| file.write_all(text.as_bytes()));
        let linked = file.map(drop).and(written).and_then(|()| {
            match std::fs::hard_link(&unfinished, path) {
                Err(error) if error.kind() == io::ErrorKind::AlreadyExists => Ok(()),
                linked => linked,
            }
        });
        let _left_behind_at_worst = std::fs::remove_file(&unfinished);
        linked.map_err(failed)?;
        Self::read(path)
    }

    fn all(&self) -> impl Iterator<Item = &Key> {
        std::iter::once(&self.active).chain(&self.others)
    }

    fn find(&self, id: &str) -> Result<&Key, KeyError> {
        self.all().find(|key| key.id == id).ok_or_else(|| KeyError::Unknown(id.to_owned()))
    }

    /// The id of the key that seals.
    pub fn active_id(&self) -> &str {
        &self.active.id
    }

    /// Under what a text is found: its keyed hash (HMAC-SHA-256). It begins with a letter.
    pub fn index(&self, text: &str) -> String {
        self.active.index(text)
    }

    /// Under what a text may be found, while not everything is sealed by the active key.
    pub fn indexes(&self, text: &str) -> Vec<String> {
        self.all().map(|key| key.index(text)).collect()
    }

    /// The signature of a link: the keyed hash (HMAC-SHA-256) of its text, for an address.
    pub fn sign(&self, text: &str) -> String {
        BASE64.encode(mac(&self.active.links, text.as_bytes()).finalize().into_bytes())
    }

    /// Whether a key of the ring has signed this text. How long it takes does not tell how much of
    /// a signature is right.
    pub fn is_signed(&self, text: &str, signature: &str) -> bool {
        let Ok(signature) = BASE64.decode(signature) else { return false };
        self.all().any(|key| mac(&key.links, text.as_bytes()).verify_slice(&signature).is_ok())
    }

    /// Seals a text for the place that `bound_to` names: moved elsewhere it cannot be opened.
    ///
    /// # Errors
    /// When the system has no randomness.
    pub fn seal(&self, text: &str, bound_to: &str) -> Result<Sealed, KeyError> {
        let mut bytes = vec![0; NONCE];
        getrandom::fill(&mut bytes)?;
        let payload = Payload { msg: text.as_bytes(), aad: bound_to.as_bytes() };
        let nonce = XNonce::try_from(bytes.as_slice());
        let sealed = nonce.ok().and_then(|nonce| self.active.cipher.encrypt(&nonce, payload).ok());
        let sealed = sealed.ok_or_else(|| KeyError::Unsealable(self.active.id.clone()))?;
        bytes.extend(sealed);
        Ok(Sealed { key_id: self.active.id.clone(), bytes })
    }

    /// Opens what was sealed for the same place.
    ///
    /// # Errors
    /// When its key is not in the ring, or it was changed.
    pub fn open(&self, sealed: &Sealed, bound_to: &str) -> Result<String, KeyError> {
        let key = self.find(&sealed.key_id)?;
        let wrong = || KeyError::Unsealable(sealed.key_id.clone());
        let (nonce, ciphertext) = sealed.bytes.split_at_checked(NONCE).ok_or_else(wrong)?;
        let nonce = XNonce::try_from(nonce).map_err(|_| wrong())?;
        let payload = Payload { msg: ciphertext, aad: bound_to.as_bytes() };
        let text = key.cipher.decrypt(&nonce, payload).map_err(|_| wrong())?;
        String::from_utf8(text).map_err(|_| wrong())
    }
}

impl Key {
    fn parse(line: &str) -> Option<Self> {
        let (id, hex) = line.split_once(':')?;
        let id_fits = (1..=32).contains(&id.len()) && id.bytes().all(|b| b.is_ascii_alphanumeric());
        if !id_fits || hex.len() != 64 {
            return None;
        }
        let mut master = [0; 32];
        for (byte, pair) in master.iter_mut().zip(hex.as_bytes().chunks(2)) {
            *byte = u8::from_str_radix(std::str::from_utf8(pair).ok()?, 16).ok()?;
        }
        let sealing = hmac(&master, b"jobnet cpr sealing");
        let cipher = XChaCha20Poly1305::new(&CipherKey::from(sealing));
        let index = hmac(&master, b"jobnet cpr index");
        Some(Self {
            id: id.to_owned(),
            cipher,
            index,
            links: hmac(&master, b"jobnet link signing"),
        })
    }

    fn index(&self, text: &str) -> String {
        format!("h{}", BASE64.encode(hmac(&self.index, text.as_bytes())))
    }
}

fn hmac(key: &[u8; 32], text: &[u8]) -> [u8; 32] {
    mac(key, text).finalize().into_bytes().into()
}

fn mac(key: &[u8; 32], text: &[u8]) -> Hmac<Sha256> {
    // What HMAC makes of a key that is shorter than its block (RFC 2104).
    let mut block = [0; 64];
    block[..key.len()].copy_from_slice(key);
    let mut mac = <Hmac<Sha256> as KeyInit>::new(&block.into());
    mac.update(text);
    mac
}

#[cfg(test)]
mod tests {
    use super::*;

    fn ring(keys: &[(&str, char)]) -> Keyring {
        let lines = keys.iter().map(|(id, digit)| format!("{id}:{}", digit.to_string().repeat(64)));
        Keyring::parse(&lines.collect::<Vec<_>>().join("\n")).unwrap()
    }

    #[test]
    fn the_keyed_hash_is_hmac_sha_256() {
        // RFC 4231, test case 2, has a shorter key: HMAC pads it with zeros to the block.
        let mut key = [0; 32];
        key[..4].copy_from_slice(b"Jefe");
        let mac = hmac(&key, b"what do ya want for nothing?");
        assert_eq!(mac[..4], [0x5b, 0xdc, 0xc1, 0x46]);
    }

    #[test]
    fn what_was_sealed_opens_in_its_place_under_its_key_only() {
        let old = ring(&[("k1", 'a')]);
        let sealed = old.seal("0181901234", "here").unwrap();
        assert!(!sealed.bytes.windows(4).any(|part| part == b"0181"));
        assert_ne!(sealed, old.seal("0181901234", "here").unwrap(), "nonces are random");
        let both = ring(&[("k2", 'b'), ("k1", 'a')]);
        assert_eq!(both.open(&sealed, "here").unwrap(), "0181901234");
        assert!(matches!(both.open(&sealed, "there"), Err(KeyError::Unsealable(_))));
        let stranger = ring(&[("k1", 'b')]);
        assert!(matches!(stranger.open(&sealed, "here"), Err(KeyError::Unsealable(_))));
        let without = ring(&[("k2", 'b')]);
        assert!(matches!(without.open(&sealed, "here"), Err(KeyError::Unknown(id)) if id == "k1"));
        for place in 0..sealed.bytes.len() {
            let mut changed = sealed.clone();
            changed.bytes[place] ^= 1;
            assert!(both.open(&changed, "here").is_err(), "byte {place}");
        }
    }

    #[test]
    fn a_text_is_found_under_any_key_of_the_ring() {
        let (old, new) = (ring(&[("k1", 'a')]), ring(&[("k2", 'b'), ("k1", 'a')]));
        let index = old.index("0181901234");
        assert!(index.starts_with('h') && index.len() == 44 && !index.contains("0181901234"));
        assert_eq!(new.indexes("0181901234"), [new.index("0181901234"), index.clone()]);
        assert_ne!(new.index("0181901234"), index);
    }

    #[test]
    fn a_signature_is_of_one_text_by_any_key_of_the_ring() {
        let (old, both) = (ring(&[("k1", 'a')]), ring(&[("k2", 'b'), ("k1", 'a')]));
        let signature = old.sign("a link");
        assert!(old.is_signed("a link", &signature) && both.is_signed("a link", &signature));
        assert_ne!(both.sign("a link"), signature);
        assert!(!ring(&[("k2", 'b')]).is_signed("a link", &signature));
        for (text, signature) in [
            ("a lind", signature.as_str()),
            ("a link", &signature[1..]),
            ("a link", &format!("{signature}A")),
            ("a link", ""),
            ("a link", "ø"),
            ("a link", &old.index("a link")[1..]),
        ] {
            assert!(!old.is_signed(text, signature), "{text} {signature}");
        }
    }

    #[test]
    fn a_ring_is_lines_or_a_list_of_different_keys() {
        let (a, b) = ("a".repeat(64), "b".repeat(64));
        for (text, ids) in [
            (format!("# keys\n\nk2:{b}\nk1:{a}\n"), Some("[\"k2\", \"k1\"]")),
            (format!("k2:{b},k1:{a}"), Some("[\"k2\", \"k1\"]")),
            (format!("k1:{a}\nk1:{b}"), None),
            (format!("k1:{}", &a[1..]), None),
            (format!("k1:{}x", &a[1..]), None),
            (format!(":{a}"), None),
            (a.clone(), None),
            (String::new(), None),
        ] {
            let shown = Keyring::parse(&text).ok().map(|ring| format!("{ring:?}"));
            assert_eq!(shown.as_deref(), ids, "{text}");
        }
    }

    #[test]
    fn a_made_file_is_its_owners_alone_and_is_made_once() {
        use std::os::unix::fs::PermissionsExt;
        let folder = tempfile::tempdir().unwrap();
        let path = folder.path().join("jobnet.db.keys");
        let first = Keyring::create(&path).unwrap();
        let again = Keyring::create(&path).unwrap();
        assert_eq!(first.index("x"), again.index("x"));
        let mode = std::fs::metadata(&path).unwrap().permissions().mode();
        assert_eq!(mode & 0o777, 0o600);
        assert_eq!(std::fs::read_dir(folder.path()).unwrap().count(), 1);
    }
}
