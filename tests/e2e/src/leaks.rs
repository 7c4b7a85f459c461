//! Personal data of the demo population where none may be: in the server's log and the browser's.

use std::collections::{HashMap, HashSet};

use anyhow::{Context, Result, ensure};

use crate::server::{Crowd, register};

/// Who is signed in at work, and at the provider, without being in a register.
const STAFF: [&str; 7] = [
    "Karen Lindeskov",
    "Henrik Aabro",
    "Ida Rosenkvist",
    "Peter Munkholm",
    "Viggo Svag",
    "Otto Butik",
    "Nora Uden",
];
/// Needles are found by their first bytes; none is shorter.
const HEAD: usize = 5;
/// A name alone is looked for from so many letters on: `Bo` and `Per` are parts of too much.
const NAME: usize = 4;
/// Names that are words of any log.
const WORDS: [&str; 2] = ["august", "line"];

/// Everything by which someone of the demo population can be told.
pub struct Needles {
    by_head: HashMap<[u8; HEAD], Vec<String>>,
    /// First names and surnames, each of which counts as a whole word.
    names: HashSet<String>,
}

impl Needles {
    /// CPR numbers with and without hyphen, names (whole, and each alone), e-mail addresses and
    /// mobile numbers of everyone in the registers, and the names of those who work with them.
    ///
    /// # Errors
    /// A register cannot be read.
    pub fn of(crowd: Crowd) -> Result<Self> {
        let mut needles: Vec<String> = STAFF.map(str::to_owned).into();
        let mut names: HashSet<String> = words(&STAFF.join(" ")).collect();
        let citizens = register(crowd, "citizens")?;
        for row in columns(&citizens, ["cpr", "first_name", "last_name", "caseworker"])? {
            let [cpr, given, family, caseworker] = row;
            let hyphened = cpr.split_at_checked(6).map(|(day, rest)| format!("{day}-{rest}"));
            needles.extend(hyphened);
            let name = format!("{given} {family}");
            names.extend(words(&name).chain(words(caseworker)));
            needles.extend([cpr.to_owned(), name, caseworker.to_owned()]);
        }
        for [email, mobile] in columns(&register(crowd, "contacts")?, ["email", "mobile"])? {
            needles.extend([email.to_owned(), mobile.to_owned()]);
        }
        names.retain(|name| name.chars().count() >= NAME && !WORDS.contains(&name.as_str()));
        let mut by_head: HashMap<_, Vec<String>> = HashMap::new();
        for needle in needles.into_iter().map(|needle| needle.to_lowercase()) {
            let Some(head) = needle.as_bytes().first_chunk::<HEAD>() else { continue };
            let same = by_head.entry(*head).or_default();
            if !same.contains(&needle) {
                same.push(needle);
            }
        }
        Ok(Self { by_head, names })
    }

    /// The first of them that stands in a text, as it is or as it stands in an address.
    pub fn find_in(&self, text: &str) -> Option<String> {
        let text = text.to_lowercase();
        self.find(&text).or_else(|| {
            let is_encoded = text.contains(['%', '+']);
            is_encoded.then(|| self.find(&decoded(text.as_bytes()))).flatten()
        })
    }

    fn find(&self, text: &str) -> Option<String> {
        let bytes = text.as_bytes();
        let found = (0..bytes.len()).find_map(|at| {
            let same = self.by_head.get(bytes[at..].first_chunk::<HEAD>()?)?;
            same.iter().find(|needle| bytes[at..].starts_with(needle.as_bytes())).cloned()
        });
        found.or_else(|| words(text).find(|word| self.names.contains(word)))
    }

    /// # Errors
    /// Something personal stands in one of the logs; in which, and what.
    pub fn are_in_none(&self, logs: &[(&str, &str)]) -> Result<()> {
        for (name, log) in logs {
            let found = self.find_in(log);
            ensure!(found.is_none(), "personal data in the log of the {name}: {found:?}");
        }
        Ok(())
    }
}

/// These columns of a register. The registers that are made up quote nothing.
///
/// # Errors
/// The register has no such column.
pub fn columns<'a, const N: usize>(csv: &'a str, names: [&str; N]) -> Result<Vec<[&'a str; N]>> {
    let mut lines = csv.lines();
    let header: Vec<&str> = lines.next().context("no header")?.split(',').collect();
    let mut places = [0; N];
    for (place, name) in places.iter_mut().zip(names) {
        *place = header.iter().position(|each| *each == name).with_context(|| name.to_owned())?;
    }
    lines
        .map(|line| {
            let fields: Vec<&str> = line.split(',').collect();
            ensure!(fields.len() == header.len(), "a quoted field: {line}");
            Ok(places.map(|place| fields[place]))
        })
        .collect()
}

/// The words of a text in small letters.
fn words(text: &str) -> impl Iterator<Item = String> {
    let words = text.split(|letter: char| !letter.is_alphabetic());
    words.filter(|word| !word.is_empty()).map(str::to_lowercase)
}

/// A text with what addresses write otherwise.
fn decoded(text: &[u8]) -> String {
    let mut bytes = Vec::with_capacity(text.len());
    let mut at = 0;
    while at < text.len() {
        let hex = text.get(at + 1..at + 3).and_then(|hex| std::str::from_utf8(hex).ok());
        let byte = hex.and_then(|hex| u8::from_str_radix(hex, 16).ok());
        match (text[at], byte) {
            (b'%', Some(byte)) => {
                bytes.push(byte);
                at += 2;
            }
            (b'+', _) => bytes.push(b' '),
            (other, _) => bytes.push(other),
        }
        at += 1;
    }
    // A capital letter may have been written as its bytes.
    String::from_utf8_lossy(&bytes).to_lowercase()
}
