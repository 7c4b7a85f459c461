//! Values into the named places of a sentence.

/// The sentence with each `{name}` replaced by its value. A place without a value stays as it is,
/// which a test of the texts would find.
///
/// # Examples
/// ```
/// # use jobnet_messages::fill;
/// assert_eq!(fill("Du har {hours} timer.", &[("hours", "12,00")]), "Du har 12,00 timer.");
/// assert_eq!(fill("Uden pladser.", &[("hours", "12,00")]), "Uden pladser.");
/// ```
pub fn fill(sentence: &str, values: &[(&str, &str)]) -> String {
    let mut filled = String::with_capacity(sentence.len() + 32);
    let mut rest = sentence;
    while let Some(open) = rest.find('{') {
        let (before, place) = rest.split_at(open);
        filled.push_str(before);
        let Some(close) = place.find('}') else {
            rest = place;
            break;
        };
        let name = &place[1..close];
        match values.iter().find(|(key, _)| *key == name) {
            Some((_, value)) => filled.push_str(value),
            None => filled.push_str(&place[..=close]),
        }
        rest = &place[close + 1..];
    }
    filled.push_str(rest);
    filled
}

#[cfg(test)]
mod tests {
    use super::fill;

    #[test]
    fn a_place_without_a_value_stays() {
        assert_eq!(fill("{a} og {b}", &[("b", "2")]), "{a} og 2");
    }

    #[test]
    fn a_brace_without_an_end_is_text() {
        assert_eq!(fill("{a} { her", &[("a", "1")]), "1 { her");
    }

    #[test]
    fn a_value_with_braces_is_not_filled_again() {
        assert_eq!(fill("{a}{b}", &[("a", "{b}"), ("b", "x")]), "{b}x");
    }
}
