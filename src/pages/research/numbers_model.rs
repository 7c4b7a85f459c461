//! Numbers as researchers type and read them.

use std::str::FromStr;

/// A whole number that was typed; points and spaces may part its thousands.
pub fn read_whole<T: FromStr>(typed: &str) -> Option<T> {
    let digits: String = typed.chars().filter(|c| !matches!(c, ' ' | '.' | '\u{a0}')).collect();
    if digits.is_empty() || !digits.bytes().all(|byte| byte.is_ascii_digit()) {
        return None;
    }
    digits.parse().ok()
}

/// Per mille, from per cent that were typed with at most one decimal.
pub fn read_per_mille(typed: &str) -> Option<u16> {
    let typed = typed.trim().trim_end_matches('%').trim_end();
    let (whole, tenths) = typed.split_once([',', '.']).unwrap_or((typed, "0"));
    let is_digits = |text: &str| !text.is_empty() && text.bytes().all(|b| b.is_ascii_digit());
    if !is_digits(whole) || !is_digits(tenths) || tenths.len() != 1 {
        return None;
    }
    let whole: u16 = whole.parse().ok()?;
    whole.checked_mul(10)?.checked_add(tenths.parse().ok()?)
}

/// Per mille as per cent, without a decimal where there is none.
pub fn per_mille(value: u16) -> String {
    let (whole, tenths) = (value / 10, value % 10);
    if tenths == 0 { whole.to_string() } else { format!("{whole},{tenths}") }
}

/// A number with so many decimals, with a comma (`true`) or a point.
pub fn decimal(value: f64, decimals: usize, comma: bool) -> String {
    let text = format!("{value:.decimals$}");
    // Not “-0,00”.
    let is_zero = text.bytes().all(|byte| matches!(byte, b'-' | b'0' | b'.'));
    let text = if is_zero { text.trim_start_matches('-').to_owned() } else { text };
    let text = text.replace('-', "\u{2212}");
    if comma { text.replace('.', ",") } else { text }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn per_cent_are_read_with_at_most_one_decimal() {
        for (typed, read) in [
            ("5", Some(50)),
            (" 2,5 % ", Some(25)),
            ("80.0", Some(800)),
            ("0,1", Some(1)),
            ("", None),
            ("2,", None),
            ("2,55", None),
            ("-1", None),
            ("7000", None),
            ("x", None),
        ] {
            assert_eq!(read_per_mille(typed), read, "{typed}");
        }
        for value in 0..=1000 {
            assert_eq!(read_per_mille(&per_mille(value)), Some(value));
        }
    }

    #[test]
    fn whole_numbers_may_have_their_thousands_parted() {
        assert_eq!(read_whole::<u32>("2.000"), Some(2000));
        assert_eq!(read_whole::<u32>(" 12 "), Some(12));
        for typed in ["", "-1", "1,5", "1e3", "99999999999"] {
            assert_eq!(read_whole::<u32>(typed), None, "{typed}");
        }
    }

    #[test]
    fn decimals_are_rounded_and_nothing_is_minus_zero() {
        assert_eq!(decimal(-0.001, 2, true), "0,00");
        assert_eq!(decimal(-0.126, 2, true), "\u{2212}0,13");
        assert_eq!(decimal(1.5, 1, false), "1.5");
    }
}
