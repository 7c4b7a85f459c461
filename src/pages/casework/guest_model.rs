//! “Gæsteadgang”: what was typed becomes a request, or a list of what to correct.

use jobnet_api::casework::{MAX_REASON_CHARS, NewGuestAccess};

use crate::i18n::{Language, fill};
use crate::state::GuestDraft;

/// A field of the form.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Field {
    /// The CPR number.
    Cpr,
    /// Why.
    Reason,
}

impl Field {
    /// The id of its input.
    pub const fn id(self) -> &'static str {
        match self {
            Self::Cpr => "guest-cpr",
            Self::Reason => "guest-reason",
        }
    }

    /// The field of a JSON pointer in the answer of the server.
    pub fn of(pointer: &str) -> Option<Self> {
        match pointer {
            "/cpr" => Some(Self::Cpr),
            "/reason" => Some(Self::Reason),
            _ => None,
        }
    }
}

/// Something to correct.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Problem {
    /// Where.
    pub field: Field,
    /// What, as an instruction.
    pub text: String,
}

/// The request that was typed. Whether a number can be one, the server knows.
///
/// # Errors
/// What to correct, in the order of the fields.
pub fn check(draft: &GuestDraft, language: Language) -> Result<NewGuestAccess, Vec<Problem>> {
    let texts = language.casework().guest;
    let mut problems = Vec::new();
    let cpr = draft.cpr.trim();
    let digits = cpr.chars().filter(char::is_ascii_digit).count();
    if digits != 10 || cpr.chars().any(|c| !c.is_ascii_digit() && c != '-') {
        problems.push(Problem { field: Field::Cpr, text: texts.error_cpr.to_owned() });
    }
    match check_reason(&draft.reason, language) {
        Ok(reason) if problems.is_empty() => Ok(NewGuestAccess { cpr: cpr.to_owned(), reason }),
        Ok(_) => Err(problems),
        Err(text) => {
            problems.push(Problem { field: Field::Reason, text });
            Err(problems)
        }
    }
}

/// A reason as it is sent.
///
/// # Errors
/// What to correct.
pub fn check_reason(reason: &str, language: Language) -> Result<String, String> {
    let texts = language.casework().guest;
    let reason = reason.trim();
    if reason.is_empty() {
        Err(texts.error_no_reason.to_owned())
    } else if reason.chars().count() > MAX_REASON_CHARS {
        Err(fill(texts.error_reason, &[("max", &MAX_REASON_CHARS.to_string())]))
    } else {
        Ok(reason.to_owned())
    }
}

/// How many characters she may still write; negative when there are too many.
pub fn characters_left(reason: &str) -> i64 {
    let most = i64::try_from(MAX_REASON_CHARS).unwrap_or(i64::MAX);
    most - i64::try_from(reason.trim().chars().count()).unwrap_or(i64::MAX)
}

#[cfg(test)]
mod tests {
    use super::*;

    fn wrong(cpr: &str, reason: &str) -> Vec<Field> {
        let draft = GuestDraft { cpr: cpr.into(), reason: reason.into() };
        let found = check(&draft, Language::Danish).err().unwrap_or_default();
        found.into_iter().map(|problem| problem.field).collect()
    }

    #[test]
    fn each_field_is_checked_and_trimmed() {
        assert_eq!(wrong("", " \n"), [Field::Cpr, Field::Reason]);
        assert_eq!(wrong("010190123", "hun flytter"), [Field::Cpr]);
        assert_eq!(wrong("010190 1234x", "hun flytter"), [Field::Cpr]);
        assert_eq!(wrong(" 010190-1234 ", &"å".repeat(900)), []);
        assert_eq!(wrong("0101901234", &"å".repeat(901)), [Field::Reason]);
        assert_eq!(characters_left(&"å".repeat(901)), -1);
    }
}
