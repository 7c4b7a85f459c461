//! The address of the recipient, set so that the window shows all of it.

use crate::LetterError;
use crate::envelope::Envelope;
use crate::face::Typeface;

/// Sizes that are tried, the best first. Machines that sort letters cannot read smaller ones.
///
/// **Units**: tenths of a point.
const SIZES: [u32; 5] = [100, 95, 90, 85, 80];

/// How an address is set.
///
/// **Units**: tenths of a point.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) struct Setting {
    /// Size of the type.
    pub(crate) size: u32,
    /// From line to line.
    pub(crate) line: u32,
}

/// A length of an envelope, in thousandths of a point: 72 points are 25.4 mm.
fn thousandths_of_point(tenths_of_mm: u16) -> u32 {
    u32::from(tenths_of_mm) * 72_000 / 254
}

/// The largest setting in which the address fits.
///
/// # Errors
/// `AddressTooLong` or `AddressTooWide` when it fits in none.
pub(crate) fn setting(
    lines: &[String],
    envelope: &Envelope,
    face: &Typeface,
) -> Result<Setting, LetterError> {
    let count = u32::try_from(lines.len()).unwrap_or(u32::MAX);
    let height = thousandths_of_point(envelope.height);
    let width = thousandths_of_point(envelope.width);
    // A fifth of the size is between two lines.
    let is_high_enough = |size: u32| count.saturating_mul(size * 120) <= height;
    // Tenths of a point times thousandths of the size.
    let fits = |size: u32, line: &String| face.width(line) * size / 10 <= width;
    let size = SIZES
        .into_iter()
        .find(|size| is_high_enough(*size) && lines.iter().all(|line| fits(*size, line)));
    if let Some(size) = size {
        return Ok(Setting { size, line: size * 12 / 10 });
    }
    let smallest = SIZES[SIZES.len() - 1];
    if !is_high_enough(smallest) {
        return Err(LetterError::AddressTooLong {
            lines: lines.len(),
            most: usize::try_from(height / (smallest * 120)).unwrap_or_default(),
        });
    }
    let line = lines.iter().position(|line| !fits(smallest, line)).map_or(0, |at| at + 1);
    Err(LetterError::AddressTooWide { line })
}

#[cfg(test)]
mod tests {
    use super::*;

    fn set(lines: &[&str]) -> Result<Setting, LetterError> {
        let lines: Vec<String> = lines.iter().map(|line| (*line).to_owned()).collect();
        setting(&lines, &Envelope::c5(), &Typeface::new().unwrap())
    }

    #[test]
    fn an_address_is_as_large_as_the_window_allows() {
        let usual = ["Ane Marie Sørensen", "Østergade 12, 3. tv.", "8000 Aarhus C"];
        assert_eq!(set(&usual), Ok(Setting { size: 100, line: 120 }));
        assert_eq!(set(&["x"; 5]).unwrap().size, 95);
        assert_eq!(set(&["x"; 6]).unwrap().size, 80);
        // 34 signs: the longest name of an address in the Danish registers.
        assert!(set(&["Ann-Sofie Kjær Rosenbæk Christoffer"]).is_ok());
    }

    #[test]
    fn what_does_not_fit_is_refused() {
        assert_eq!(set(&["x"; 7]), Err(LetterError::AddressTooLong { lines: 7, most: 6 }));
        let wide = "W".repeat(40);
        assert_eq!(set(&["x", &wide]), Err(LetterError::AddressTooWide { line: 2 }));
    }
}
