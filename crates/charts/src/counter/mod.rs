//! The three counters of the 2016 design, drawn anew: a speedometer toward a limit, a savings pig,
//! an hourglass. Words and exact figures stand beside them as HTML.

mod draw;

use plotters::coord::Shift;
use plotters::prelude::{DrawingArea, DrawingBackend};

use crate::error::ChartError;
use crate::picture::{Look, Picture, present};

/// A counter. All numbers are **hours**; texts are in the reader's language.
#[derive(Clone, Debug, PartialEq)]
pub enum CounterSpec {
    /// Hours toward a limit.
    Speedometer {
        /// Known hours.
        value: f64,
        /// Known and planned hours together; `None`: no plan.
        planned: Option<f64>,
        /// The limit.
        limit: Mark,
        /// End of the dial.
        end: Mark,
    },
    /// Hours saved, with what they are enough for.
    SavingsPig {
        /// Hours in it.
        saved: f64,
        /// Marks on it, lowest first; the highest is where it is full.
        marks: Vec<Mark>,
    },
    /// Hours left above, hours used below.
    Hourglass {
        /// What is left: hours, figure (“448,16”), words (“timer tilbage”).
        left: Mark,
        /// What is used.
        used: Mark,
    },
}

/// A number with its words.
#[derive(Clone, Debug, PartialEq)]
pub struct Mark {
    /// **Hours**.
    pub at: f64,
    /// The number as text, drawn bold: “1.924”.
    pub figure: String,
    /// What it is: “ny periode”. May be empty.
    pub words: String,
}

/// Draws a counter over the whole area, as large as fits.
///
/// # Errors
/// A number is not finite, or the backend fails.
pub fn draw<DB: DrawingBackend>(
    area: &DrawingArea<DB, Shift>,
    spec: &CounterSpec,
    look: Look<'_>,
) -> Result<(), ChartError> {
    if let Some(number) = spec.numbers().into_iter().find(|number| !number.is_finite()) {
        return Err(ChartError::NotFinite(number));
    }
    let (width, height) = area.dim_in_pixel();
    // The sheet grows and shrinks with its canvas, as a pixel ratio does.
    let dpr = (f64::from(width) / draw::SHEET.0).min(f64::from(height) / draw::SHEET.1);
    let mut picture = Picture::new(Look { dpr, ..look });
    draw::paint(&mut picture, spec);
    picture.play(area)?;
    present(area)
}

impl CounterSpec {
    fn numbers(&self) -> Vec<f64> {
        match self {
            Self::Speedometer { value, planned, limit, end } => {
                [*value, limit.at, end.at].into_iter().chain(*planned).collect()
            }
            Self::SavingsPig { saved, marks } => {
                marks.iter().map(|mark| mark.at).chain([*saved]).collect()
            }
            Self::Hourglass { left, used } => vec![left.at, used.at],
        }
    }
}
