//! The caseload: figures of every citizen, computed ahead by the rules, so that thousands can be
//! searched and sorted. A row is a copy of what the citizen's own account says on a day; nothing
//! is computed here by other means.
//!
//! Modules in reading order. They must not know of routes or pages.

mod refresh;
#[allow(unreachable_pub, reason = "what the entity macros make must be public")]
mod row;
mod search;
mod state;

pub use refresh::refresh;
pub use search::{Page, Scope, problems, search};
pub use state::{State, is_current, state};

/// A text as names are sorted and found: lower case, and the Danish letters behind `z`, in their
/// order; `aa` is the old way to write `å`.
pub(crate) fn fold(text: &str) -> String {
    let lower = text.to_lowercase().replace("aa", "å");
    let mut folded = String::with_capacity(lower.len());
    for letter in lower.chars() {
        match letter {
            'æ' | 'ä' => folded.push_str("{a"),
            'ø' | 'ö' => folded.push_str("{b"),
            'å' => folded.push_str("{c"),
            _ => folded.push(letter),
        }
    }
    folded
}

#[cfg(test)]
mod tests {
    use super::fold;

    #[test]
    fn names_are_in_the_danish_order() {
        let mut names = ["Åkær", "Zeuthen", "Ørsted", "andersen", "Aabro", "Æbelø", "Bøgh", "Berg"];
        names.sort_by_key(|name| fold(name));
        assert_eq!(
            names,
            ["andersen", "Berg", "Bøgh", "Zeuthen", "Æbelø", "Ørsted", "Aabro", "Åkær"]
        );
    }
}
