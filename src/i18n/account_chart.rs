//! The texts of a chart's controls, in both languages.

use jobnet_rules::units::{Hours, Money};

use crate::chart::ChartStrings;

use super::{Language, english, fill};

impl Language {
    /// The texts of a chart's controls.
    pub fn chart(self) -> &'static ChartStrings {
        match self {
            Self::Danish => &DANISH,
            Self::English => english::there().map_or(&DANISH, |english| english.chart),
        }
    }
}

static DANISH: ChartStrings = ChartStrings {
    role_description: "diagram",
    keys_help: "Brug pil til venstre og højre for at skifte måned, og pil op og ned for at skifte tal. Home og End går til første og sidste måned. Page Up og Page Down går et år. Enter holder en måned fast. Plus, minus og 0 zoomer. T viser tabellen. Escape går ud.",
    legend: "Vis eller skjul",
    tools: "Værktøj til diagrammet",
    zoom_in: "Zoom ind: færre måneder",
    zoom_out: "Zoom ud: flere måneder",
    zoom_reset: "Tilbage til start",
    pan_back: "Tidligere måneder",
    pan_on: "Senere måneder",
    show_table: "Vis som tabel",
    hide_table: "Skjul tabel",
    more: "Flere valg",
    download_png: "Hent billede (PNG)",
    download_svg: "Hent tegning (SVG)",
    download_csv: "Hent tal til regneark (CSV)",
    download_failed: "Filen kunne ikke laves. Brug tabellen.",
    not_drawn: "Diagrammet kan ikke tegnes. Tallene står i tabellen.",
    pin: "Sammenlign",
    nothing: "intet tal",
    pinned: |month| fill("{month} er holdt fast. Vælg en anden måned.", &[("month", month)]),
    compare: |one, other| fill("{one} mod {other}", &[("one", one), ("other", other)]),
    difference_hours: |hundredths| {
        let hours = Hours::from_hundredths(hundredths.abs());
        difference(hundredths, &Language::Danish.hours(hours), DANISH_HOURS)
    },
    difference_kroner: |hundredths| {
        let amount = Money::from_hundredths(hundredths.abs());
        difference(hundredths, &Language::Danish.kroner(amount), DANISH_KRONER)
    },
    showing: |first, last| fill("Viser {first} til {last}", &[("first", first), ("last", last)]),
    decimal: ',',
};

pub(super) static ENGLISH: ChartStrings = ChartStrings {
    role_description: "chart",
    keys_help: "Use left and right arrow to change month, and up and down arrow to change figure. Home and End go to the first and last month. Page Up and Page Down go a year. Enter pins a month. Plus, minus and 0 zoom. T shows the table. Escape leaves.",
    legend: "Show or hide",
    tools: "Tools of the chart",
    zoom_in: "Zoom in: fewer months",
    zoom_out: "Zoom out: more months",
    zoom_reset: "Back to the start",
    pan_back: "Earlier months",
    pan_on: "Later months",
    show_table: "Show as table",
    hide_table: "Hide table",
    more: "More choices",
    download_png: "Download picture (PNG)",
    download_svg: "Download drawing (SVG)",
    download_csv: "Download numbers for a spreadsheet (CSV)",
    download_failed: "The file could not be made. Use the table.",
    not_drawn: "The chart cannot be drawn. The figures are in the table.",
    pin: "Compare",
    nothing: "no figure",
    pinned: |month| fill("{month} is pinned. Choose another month.", &[("month", month)]),
    compare: |one, other| fill("{one} against {other}", &[("one", one), ("other", other)]),
    difference_hours: |hundredths| {
        let hours = Hours::from_hundredths(hundredths.abs());
        difference(hundredths, &Language::English.hours(hours), ENGLISH_HOURS)
    },
    difference_kroner: |hundredths| {
        let amount = Money::from_hundredths(hundredths.abs());
        difference(hundredths, &Language::English.kroner(amount), ENGLISH_KRONER)
    },
    showing: |first, last| fill("Showing {first} to {last}", &[("first", first), ("last", last)]),
    decimal: '.',
};

/// More, less, as much.
type Comparison = [&'static str; 3];

const DANISH_HOURS: Comparison =
    ["{amount} timer mere", "{amount} timer mindre", "lige mange timer"];
const DANISH_KRONER: Comparison = ["{amount} mere", "{amount} mindre", "lige meget"];
const ENGLISH_HOURS: Comparison = ["{amount} hours more", "{amount} hours fewer", "as many hours"];
const ENGLISH_KRONER: Comparison = ["{amount} more", "{amount} less", "as much"];

fn difference(hundredths: i64, amount: &str, [more, less, same]: Comparison) -> String {
    let text = match hundredths {
        0 => same,
        1.. => more,
        _ => less,
    };
    fill(text, &[("amount", amount)])
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_difference_says_more_less_or_the_same() {
        let hours = Language::Danish.chart().difference_hours;
        assert_eq!(hours(1_250), "12,50 timer mere");
        assert_eq!(hours(-1_250), "12,50 timer mindre");
        assert_eq!(hours(0), "lige mange timer");
        let kroner = Language::English.chart().difference_kroner;
        assert_eq!(kroner(-120_000), "DKK\u{a0}1,200 less");
    }
}
