//! Where an envelope shows the address, and where the sheet is folded for it.
//!
//! It must not know what an address is.

/// The window of an envelope, on the sheet behind it. Another printer may have another one, so it is
/// configuration.
///
/// **Units**: tenths of a millimetre, from the upper left corner of the sheet.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Envelope {
    /// Left edge of the address.
    pub left: u16,
    /// Upper edge of the address.
    pub top: u16,
    /// Width of the address.
    pub width: u16,
    /// Height of the address.
    pub height: u16,
    /// Where the line with the sender's own address begins, which the window shows too.
    pub return_top: u16,
    /// The window may show what stands above this: nothing but the two addresses does.
    pub clear_below: u16,
    /// Where the sheet is folded, from its upper edge.
    pub folds: Vec<u16>,
}

impl Envelope {
    /// C5, an A4 sheet folded once.
    ///
    /// **Source**: the Danish Agency for Digital Government's sample sheet for remote print with the
    /// new place of the window (“ny rudeplacering”), as OS2Forms' module for Digital Post gives its
    /// measures: a zone of 115 × 89 mm at 17 mm from the left and 25 mm from the top, in which the
    /// recipient has 59 × 21 mm at 4 mm and 16 mm.
    pub fn c5() -> Self {
        Self {
            left: 170 + 40,
            top: 250 + 160,
            width: 590,
            height: 210,
            return_top: 365,
            clear_below: 250 + 890,
            folds: vec![1485],
        }
    }
}
