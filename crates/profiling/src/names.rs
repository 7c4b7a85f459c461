//! That a delivered model names no variable that the form and the registers do not have: found while
//! compiling, so that no program can be built with such a file. The card is worked out from the file.

use crate::fact::Fact;
use crate::form::Question;

/// Before the name of a variable in a file.
const MARKS: [&[u8]; 3] = [b"\"answer\": \"", b"\"question\": \"", b"\"fact\": \""];

/// How many variables a file names, each time it does; a name that nobody has ends the compilation.
pub(crate) const fn variables(file: &str) -> usize {
    let file = file.as_bytes();
    let (mut at, mut count) = (0, 0);
    while at < file.len() {
        let mut mark = if file[at] == b'"' { 0 } else { MARKS.len() };
        while mark < MARKS.len() {
            if stands(file, at, MARKS[mark]) {
                assert!(
                    is_known(file, at + MARKS[mark].len()),
                    "a model names an unknown variable"
                );
                count += 1;
            }
            mark += 1;
        }
        at += 1;
    }
    count
}

/// Whether a name of ours, and the end of it, stands at a place.
const fn is_known(file: &[u8], at: usize) -> bool {
    let mut place = 0;
    while place < Question::ALL.len() {
        if is_name(file, at, Question::ALL[place].word().as_bytes()) {
            return true;
        }
        place += 1;
    }
    place = 0;
    while place < Fact::ALL.len() {
        if is_name(file, at, Fact::ALL[place].word().as_bytes()) {
            return true;
        }
        place += 1;
    }
    false
}

const fn is_name(file: &[u8], at: usize, name: &[u8]) -> bool {
    stands(file, at, name) && stands(file, at + name.len(), b"\"")
}

const fn stands(file: &[u8], at: usize, text: &[u8]) -> bool {
    if at + text.len() > file.len() {
        return false;
    }
    let mut place = 0;
    while place < text.len() {
        if file[at + place] != text[place] {
            return false;
        }
        place += 1;
    }
    true
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_name_of_nobody_is_found() {
        assert_eq!(
            variables(r#"{"fact": "age"} {"answer": "known_job"} {"question": "field"}"#),
            3
        );
        for wrong in ["aged", "ag", "", "Age", "age_"] {
            let file = format!(r#"{{"fact": "{wrong}"}}"#);
            assert!(std::panic::catch_unwind(|| variables(&file)).is_err(), "{wrong}");
        }
    }

    #[test]
    fn the_names_are_those_of_the_wire() {
        for question in Question::ALL {
            assert_eq!(question.word(), question.to_string());
        }
        for fact in Fact::ALL {
            assert_eq!(fact.word(), fact.to_string());
        }
    }
}
