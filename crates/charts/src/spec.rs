//! What a timeline shows: months, limits, markers, spells and the words beside them.
//!
//! Every text arrives here in the reader's language; this module knows no language, no law and no
//! colour. Hours and kroner are `f64`, good for drawing only: exact figures are texts in
//! [`crate::table::DataTable`].

use chrono::{Datelike, NaiveDate};
use jobnet_rules::units::Month;

use crate::error::ChartError;

/// A citizen's months: benefit as steps above, work hours as bars below, on one time axis.
#[derive(Clone, Debug, PartialEq)]
pub struct TimelineSpec {
    /// Consecutive months, oldest first, to the last month a reader may look at (such as the month
    /// after the frame ends). May be empty.
    pub months: Vec<MonthPoint>,
    /// Limits, each a line with words.
    pub limits: Vec<Limit>,
    /// Today, the month the hours run out, the end of the frame.
    pub markers: Vec<Marker>,
    /// Sickness, leave and care.
    pub spells: Vec<Spell>,
    /// Sanctions.
    pub sanctions: Vec<Sanction>,
    /// Texts of the drawing.
    pub words: Words,
}

/// One month.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct MonthPoint {
    /// Which.
    pub month: Month,
    /// Work hours.
    pub hours: HoursMark,
    /// Benefit before tax.
    pub benefit: BenefitMark,
    /// Is the month settled (opgjort)? Months that are not are hatched.
    pub settled: bool,
}

/// How the work hours of a month are drawn.
#[derive(Clone, Copy, Debug, PartialEq)]
pub enum HoursMark {
    /// Nothing is known or expected: an empty place (a month to come).
    Absent,
    /// Pay was reported without hours: a dotted box with “?”. Never drawn as zero.
    Unknown,
    /// **Hours**, reported: a solid bar.
    Known(f64),
    /// **Hours**, planned or simulated: an outlined bar.
    Planned(f64),
}

/// How the benefit of a month is drawn.
#[derive(Clone, Copy, Debug, PartialEq)]
pub enum BenefitMark {
    /// Nothing is known: a gap in the line.
    Absent,
    /// **Kroner** before tax, settled: a solid step.
    Known(f64),
    /// **Kroner** before tax, provisional, planned or simulated: a dashed step.
    Provisional(f64),
}

/// Which of the two fields something belongs to.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Panel {
    /// Benefit, above.
    Benefit,
    /// Work hours, below.
    Hours,
}

/// A limit over some months, drawn as a dashed line with words above it.
#[derive(Clone, Debug, PartialEq)]
pub struct Limit {
    /// In which field.
    pub panel: Panel,
    /// **Hours** or **kroner**, by the field.
    pub value: f64,
    /// First month it holds for; `None`: from the beginning.
    pub from: Option<Month>,
    /// Last month it holds for; `None`: to the end.
    pub to: Option<Month>,
    /// What it means, in words: “Over 145,53 timer: ingen dagpenge for måneden”.
    pub label: String,
}

/// What a vertical line says.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum MarkerKind {
    /// The day the page counts as today.
    Today,
    /// The hours run out (an estimate): dotted.
    RunsOut,
    /// The frame ends: thick.
    FrameEnd,
}

/// Where a vertical line stands.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum At {
    /// At the end of this day if it is a last day, else at its beginning: see [`Marker`].
    Day(NaiveDate),
    /// In the middle of a month, when the day is not known.
    Month(Month),
}

/// A vertical line through both fields with words above them. A frame end stands at the end of its
/// last day, everything else at the beginning of its day.
#[derive(Clone, Debug, PartialEq)]
pub struct Marker {
    /// What it is.
    pub kind: MarkerKind,
    /// Where it stands.
    pub at: At,
    /// What it is, in words, drawn bold: “Rammen slutter”.
    pub label: String,
    /// When, in words: “31. maj 2027”.
    pub detail: String,
}

/// Days of sickness, leave or care.
#[derive(Clone, Debug, PartialEq)]
pub struct Spell {
    /// First day.
    pub from: NaiveDate,
    /// Last day; `None` while it lasts.
    pub to: Option<NaiveDate>,
    /// What and when, in words: “Syg 9.–22. feb.”.
    pub label: String,
}

/// A sanction, drawn as a flag on its day.
#[derive(Clone, Debug, PartialEq)]
pub struct Sanction {
    /// The day of the decision.
    pub on: NaiveDate,
    /// What, in words: “Karantæne”.
    pub label: String,
}

/// The texts of the drawing, in the reader's language.
#[derive(Clone, Debug, PartialEq)]
pub struct Words {
    /// Name of the upper field, drawn bold: “Dagpenge”.
    pub benefit: String,
    /// Its unit: “kr. om måneden før skat”.
    pub benefit_unit: String,
    /// Name of the lower field, drawn bold: “Arbejde”.
    pub hours: String,
    /// Its unit: “timer om måneden”.
    pub hours_unit: String,
    /// Above a month with unknown hours: “Timer ukendt”.
    pub unknown: String,
    /// Over the hatching: “Ikke opgjort endnu”.
    pub unsettled: String,
    /// In place of the chart when there are no months: “Ingen måneder endnu”.
    pub empty: String,
    /// Short names of the months, January first: “jan”.
    pub months: [&'static str; 12],
    /// Between thousands: `.` in Danish, `,` in English.
    pub thousands: char,
}

/// A part of the timeline that a reader can show or hide.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub enum Layer {
    /// The benefit line.
    Benefit,
    /// The bars.
    Hours,
    /// The limits.
    Limits,
    /// Sickness, leave and care.
    Spells,
    /// Sanctions.
    Sanctions,
    /// The boxes of months with unknown hours.
    Unknown,
    /// The hatching.
    Unsettled,
}

/// The layers a reader has hidden.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct Hidden(u8);

impl Hidden {
    /// Is the layer drawn?
    pub fn shows(self, layer: Layer) -> bool {
        self.0 & (1 << layer as u8) == 0
    }

    /// The same with this layer the other way round.
    pub fn toggled(self, layer: Layer) -> Self {
        Self(self.0 ^ (1 << layer as u8))
    }
}

impl TimelineSpec {
    /// Where a day begins on the time axis: **months** since the beginning of the first month.
    pub fn x_of_day(&self, day: NaiveDate) -> f64 {
        let Some(first) = self.months.first() else { return 0.0 };
        let month = Month::of(day);
        let days = f64::from(month.last_day().day().max(1));
        f64::from(month.since(first.month)) + f64::from(day.day0()) / days
    }

    /// Where a marker stands: **months** since the beginning of the first month.
    pub fn x_of_marker(&self, marker: &Marker) -> f64 {
        match (marker.at, marker.kind) {
            (At::Month(month), _) => self.x_of_day(month.first_day()) + 0.5,
            (At::Day(day), MarkerKind::FrameEnd) => self.x_of_day(day.succ_opt().unwrap_or(day)),
            (At::Day(day), _) => self.x_of_day(day),
        }
    }

    /// The place of a month in [`TimelineSpec::months`].
    pub fn index_of(&self, month: Month) -> Option<usize> {
        let first = self.months.first()?.month;
        let index = usize::try_from(month.since(first)).ok()?;
        (index < self.months.len()).then_some(index)
    }

    /// The place of the month that today lies in; the last settled month if no marker says today.
    pub fn focus(&self) -> usize {
        let today = self.markers.iter().find(|m| m.kind == MarkerKind::Today).and_then(|m| {
            self.index_of(match m.at {
                At::Day(day) => Month::of(day),
                At::Month(month) => month,
            })
        });
        today.or_else(|| self.months.iter().rposition(|m| m.settled)).unwrap_or(0)
    }

    /// # Errors
    /// The months are not consecutive, or a number to draw is not finite.
    pub fn check(&self) -> Result<(), ChartError> {
        for pair in self.months.windows(2) {
            if pair[1].month.since(pair[0].month) != 1 {
                return Err(ChartError::MonthsNotConsecutive {
                    month: pair[0].month,
                    next: pair[1].month,
                });
            }
        }
        let of_months = self.months.iter().flat_map(|m| [m.hours.value(), m.benefit.value()]);
        let of_limits = self.limits.iter().map(|limit| Some(limit.value));
        match of_months.chain(of_limits).flatten().find(|value| !value.is_finite()) {
            Some(value) => Err(ChartError::NotFinite(value)),
            None => Ok(()),
        }
    }
}

impl HoursMark {
    /// **Hours**, if there is a number.
    pub fn value(self) -> Option<f64> {
        match self {
            Self::Known(hours) | Self::Planned(hours) => Some(hours),
            Self::Absent | Self::Unknown => None,
        }
    }
}

impl BenefitMark {
    /// **Kroner**, if there is a number.
    pub fn value(self) -> Option<f64> {
        match self {
            Self::Known(kroner) | Self::Provisional(kroner) => Some(kroner),
            Self::Absent => None,
        }
    }
}
