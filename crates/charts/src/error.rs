//! Why a chart cannot be drawn.

use jobnet_rules::units::Month;

/// Why a chart cannot be drawn. The page then shows the table alone.
#[derive(Clone, Debug, PartialEq, thiserror::Error)]
pub enum ChartError {
    /// Months must follow each other without gap or repetition.
    #[error("the month after {month} is {next}: months must be consecutive")]
    MonthsNotConsecutive {
        /// A month.
        month: Month,
        /// What followed it.
        next: Month,
    },
    /// A number to draw is NaN or infinite.
    #[error("{0} cannot be drawn: it is not a finite number")]
    NotFinite(f64),
    /// The backend refused.
    #[error("the drawing surface failed: {0}")]
    Surface(String),
}
