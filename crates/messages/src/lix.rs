//! How easy Danish prose is to read: LIX = words per sentence + the share of long words (more than
//! six letters) in percent. Up to 24 is very easy, 25 to 34 easy, 35 to 44 medium.

/// The index of some prose. A place such as `{hours}` counts as one short word.
#[must_use]
pub fn lix(prose: &str) -> f64 {
    let prose = without_places(prose);
    let mut words = 0_u32;
    let mut long_words = 0_u32;
    let mut sentences = 0_u32;
    for word in prose.split_whitespace() {
        let letters = word.chars().filter(|letter| letter.is_alphabetic()).count();
        let digits = word.chars().filter(char::is_ascii_digit).count();
        if letters + digits == 0 {
            continue;
        }
        words += 1;
        long_words += u32::from(letters > 6);
        // `1. juli` and `145,53` do not end a sentence.
        let ends = word.ends_with(['.', '!', '?', ':']) && letters > 0;
        sentences += u32::from(ends);
    }
    let words = f64::from(words.max(1));
    words / f64::from(sentences.max(1)) + 100.0 * f64::from(long_words) / words
}

fn without_places(prose: &str) -> String {
    let mut text = String::with_capacity(prose.len());
    let mut inside = false;
    for letter in prose.chars() {
        match letter {
            '{' => {
                inside = true;
                text.push('x');
            }
            '}' => inside = false,
            _ if !inside => text.push(letter),
            _ => {}
        }
    }
    text
}

#[cfg(test)]
mod tests {
    use super::lix;

    #[test]
    fn counts_words_sentences_and_long_words() {
        // 9 words, 2 sentences, 2 long words (dagpengene, arbejder): 4.5 + 22.2
        let index = lix("Du får dagpengene i dag. Hun arbejder ikke mere.");
        assert!((index - (4.5 + 200.0 / 9.0)).abs() < 1e-9, "{index}");
    }

    #[test]
    fn a_number_or_a_date_does_not_end_a_sentence() {
        // 6 words, 1 sentence, no long word
        assert!((lix("Det er 1. juli i år.") - 6.0).abs() < 1e-9);
        assert!((lix("Du har {hours} af 3.848 timer.") - 6.0).abs() < 1e-9);
    }
}
