//! The three counters of the 2016 design, drawn anew: a speedometer toward a limit, a savings pig,
//! an hourglass. Words and exact figures stand beside them as HTML.

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
