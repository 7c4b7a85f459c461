//! The texts of the chart's controls: filled once per language by `i18n`.

/// The texts of buttons, keys and announcements. What a chart shows (title, months, figures) comes
/// with the [`jobnet_charts::model::TimelineModel`] instead.
pub struct ChartStrings {
    /// What a screen reader calls the chart: “diagram”.
    pub role_description: &'static str,
    /// How to use the keys, read when the chart gets focus: left and right for months, up and down
    /// for figures, Home and End, Page Up and Page Down for years, Enter to pin a month, plus,
    /// minus and 0 for zoom, T for the table, Escape to leave.
    pub keys_help: &'static str,
    /// Name of the group of legend buttons: “Vis eller skjul”.
    pub legend: &'static str,
    /// Name of the group of tools: “Værktøj til diagrammet”.
    pub tools: &'static str,
    /// “Zoom ind: færre måneder”.
    pub zoom_in: &'static str,
    /// “Zoom ud: flere måneder”.
    pub zoom_out: &'static str,
    /// “Tilbage til start”: the months shown first.
    pub zoom_reset: &'static str,
    /// “Tidligere måneder”: moves the window back.
    pub pan_back: &'static str,
    /// “Senere måneder”: moves the window on.
    pub pan_on: &'static str,
    /// “Vis som tabel”.
    pub show_table: &'static str,
    /// “Skjul tabel”.
    pub hide_table: &'static str,
    /// “Flere valg”: opens the start, the table and the files.
    pub more: &'static str,
    /// “Hent billede (PNG)”.
    pub download_png: &'static str,
    /// “Hent tegning (SVG)”.
    pub download_svg: &'static str,
    /// “Hent tal til regneark (CSV)”.
    pub download_csv: &'static str,
    /// The file could not be made: “Filen kunne ikke laves. Brug tabellen.”
    pub download_failed: &'static str,
    /// In place of a chart that cannot be drawn: “Diagrammet kan ikke tegnes. Tallene står i
    /// tabellen.”
    pub not_drawn: &'static str,
    /// Button that is pressed while a month is pinned: “Sammenlign”. Short: it stands among tools.
    pub pin: &'static str,
    /// Said for a figure that a month does not have: “intet tal”.
    pub nothing: &'static str,
    /// Says that a month is pinned and what to do next, from its name.
    pub pinned: fn(&str) -> String,
    /// What is compared with what, months or figures, from the one pointed at and the pinned one:
    /// “Oktober 2026 mod juli 2026”, “76,00 mod 96,00”.
    pub compare: fn(&str, &str) -> String,
    /// A difference in **hundredths** of an hour in words: “12,50 timer mere”, “lige meget”.
    pub difference_hours: fn(i64) -> String,
    /// A difference in **øre** in words: “1.200 kr. mindre”, “lige meget”.
    pub difference_kroner: fn(i64) -> String,
    /// The months shown, after zoom or move, from the first and the last: “Viser …til …”.
    pub showing: fn(&str, &str) -> String,
    /// The decimal sign of the CSV file.
    pub decimal: char,
}
