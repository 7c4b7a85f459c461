//! How wide a text is, so that no two texts overlap.

/// Size and weight of a text.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct Font {
    /// **CSS pixels**, never below 12.
    pub size: f64,
    /// Bold.
    pub bold: bool,
}

impl Font {
    /// Ticks and labels.
    pub const LABEL: Self = Self { size: 13.0, bold: false };
    /// What a label is about.
    pub const LABEL_BOLD: Self = Self { size: 13.0, bold: true };
    /// Names of fields.
    pub const TITLE: Self = Self { size: 14.0, bold: false };
    /// Names of fields, bold.
    pub const TITLE_BOLD: Self = Self { size: 14.0, bold: true };
}

/// Something that knows the width of texts.
pub trait Measure {
    /// **CSS pixels**.
    fn width(&self, text: &str, font: Font) -> f64;
}

/// A cautious estimate without any font, for tests and files.
#[derive(Clone, Copy, Debug, Default)]
pub struct Estimate;

impl Measure for Estimate {
    fn width(&self, text: &str, font: Font) -> f64 {
        let em: f64 = text
            .chars()
            .map(|c| match c {
                'i' | 'j' | 'l' | 'I' | '.' | ',' | ':' | ';' | '\'' | '|' | '!' => 0.30,
                ' ' | 'f' | 't' | 'r' | '(' | ')' | '-' | '–' => 0.38,
                'm' | 'w' | 'M' | 'W' | '→' | '←' | '…' => 0.90,
                c if c.is_uppercase() => 0.68,
                _ => 0.58,
            })
            .sum();
        em * font.size * if font.bold { 1.06 } else { 1.0 }
    }
}

/// The text in lines of at most `width` **CSS pixels**, broken between words. A single word that
/// is too long stays whole.
pub fn wrap(text: &str, font: Font, width: f64, measure: &dyn Measure) -> Vec<String> {
    let mut lines: Vec<String> = Vec::new();
    for word in text.split(' ') {
        if let Some(line) = lines.last_mut() {
            let longer = format!("{line} {word}");
            if measure.width(&longer, font) <= width {
                *line = longer;
                continue;
            }
        }
        lines.push(word.to_owned());
    }
    lines
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn lines_keep_every_word_and_the_width() {
        let text = "Over 145,53 timer: ingen dagpenge for måneden";
        let lines = wrap(text, Font::LABEL, 150.0, &Estimate);
        assert_eq!(lines.join(" "), text);
        assert!(lines.len() > 1);
        assert!(lines.iter().all(|line| Estimate.width(line, Font::LABEL) <= 150.0));
        assert_eq!(wrap(text, Font::LABEL, 1.0, &Estimate).len(), 7);
    }
}
