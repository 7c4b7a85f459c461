//! The exact figures of a chart as texts: the table, the readout of a month and the CSV file.
//!
//! One truth for all three: a figure is formatted once, by the app, and never from a float.

/// The months of a chart as a table. Row `i` belongs to month `i` of the chart.
#[derive(Clone, Debug, Default, PartialEq)]
pub struct DataTable {
    /// What the table shows.
    pub caption: String,
    /// Header of the first column: “Måned”.
    pub month_header: String,
    /// The other columns.
    pub columns: Vec<Column>,
    /// Header of the last column, with [`Row::source`]: “Kilde”.
    pub source_header: String,
    /// One row a month.
    pub rows: Vec<Row>,
}

/// A column.
#[derive(Clone, Debug, PartialEq)]
pub struct Column {
    /// Header with unit: “Dagpenge før skat, kr.”.
    pub header: String,
    /// Short name for the readout: “Dagpenge før skat”.
    pub short: String,
    /// What its numbers count.
    pub unit: Unit,
}

/// What the numbers of a column count.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Unit {
    /// Hours.
    Hours,
    /// Kroner.
    Kroner,
    /// Words, no numbers.
    Text,
}

/// A month.
#[derive(Clone, Debug, Default, PartialEq)]
pub struct Row {
    /// Full name of the month: “Oktober 2026”.
    pub month: String,
    /// One cell a column; `None`: nothing to say, shown as an empty cell.
    pub cells: Vec<Option<Cell>>,
    /// As of when and from whom: “Opgjort 11. november 2026”.
    pub source: String,
    /// The whole month in one sentence, for screen readers.
    pub sentence: String,
}

/// A figure.
#[derive(Clone, Debug, Default, PartialEq)]
pub struct Cell {
    /// As shown, with unit if the readout needs one: “11.593 kr.”, “76,00”, “Ukendt”.
    pub text: String,
    /// **Hundredths** of an hour or of a krone, exact; `None` for words and unknown figures.
    pub hundredths: Option<i64>,
}

impl DataTable {
    /// What month `b` has more (or less) than month `a`, in **hundredths**, column by column.
    /// `None` where a column has no number in one of them.
    pub fn differences(&self, a: usize, b: usize) -> Vec<Option<i64>> {
        let number =
            |row: usize, column: usize| self.rows.get(row)?.cells.get(column)?.as_ref()?.hundredths;
        (0..self.columns.len())
            .map(|column| number(b, column)?.checked_sub(number(a, column)?))
            .collect()
    }

    /// The table as CSV (RFC 4180, UTF-8 with byte order mark, `;` between fields as Danish
    /// spreadsheets expect). Numbers are written in full with this decimal sign and no thousands
    /// sign; a figure without a number as its text; `note` goes into a last column of every row,
    /// so that a copied row still says what it is.
    pub fn csv(&self, decimal: char, note: &str) -> String {
        let mut csv = String::from('\u{feff}');
        let headers = self.columns.iter().map(|column| column.header.as_str());
        let ends = [self.source_header.as_str(), ""];
        push_line(&mut csv, [self.month_header.as_str()].into_iter().chain(headers).chain(ends));
        for row in &self.rows {
            let cells: Vec<String> = (0..self.columns.len())
                .map(|column| match row.cells.get(column) {
                    Some(Some(cell)) => cell.csv(decimal),
                    _ => String::new(),
                })
                .collect();
            let ends = [row.source.as_str(), note];
            let cells = cells.iter().map(String::as_str);
            push_line(&mut csv, [row.month.as_str()].into_iter().chain(cells).chain(ends));
        }
        csv
    }
}

impl Cell {
    fn csv(&self, decimal: char) -> String {
        match self.hundredths {
            None => self.text.clone(),
            Some(hundredths) => {
                let sign = if hundredths < 0 { "-" } else { "" };
                let value = hundredths.unsigned_abs();
                format!("{sign}{}{decimal}{:02}", value / 100, value % 100)
            }
        }
    }
}

fn push_line<'a>(csv: &mut String, fields: impl Iterator<Item = &'a str>) {
    for (place, field) in fields.enumerate() {
        if place > 0 {
            csv.push(';');
        }
        // A spreadsheet must never run a text as a formula.
        let formula = field.starts_with(['=', '+', '@', '\t', '\r']);
        if formula || field.contains([';', '"', '\n', '\r']) {
            csv.push('"');
            if formula {
                csv.push('\'');
            }
            csv.push_str(&field.replace('"', "\"\""));
            csv.push('"');
        } else {
            csv.push_str(field);
        }
    }
    csv.push_str("\r\n");
}

#[cfg(test)]
mod tests {
    use super::*;

    fn cell(text: &str, hundredths: Option<i64>) -> Option<Cell> {
        Some(Cell { text: text.into(), hundredths })
    }

    fn table() -> DataTable {
        let column =
            |header: &str, unit| Column { header: header.into(), short: header.into(), unit };
        let row = |month: &str, cells| Row { month: month.into(), cells, ..Row::default() };
        DataTable {
            month_header: "Måned".into(),
            columns: vec![column("Timer", Unit::Hours), column("Bemærk; ning", Unit::Text)],
            rows: vec![
                row("Juli 2026", vec![cell("96,05", Some(9_605)), None]),
                row("August 2026", vec![cell("Ukendt", None), cell("=1+1", None)]),
                row("September 2026", vec![cell("−0,50", Some(-50)), cell("\"ja\"", None)]),
            ],
            ..DataTable::default()
        }
    }

    #[test]
    fn csv_writes_full_numbers_and_never_a_zero_for_unknown() {
        let expected = "\u{feff}Måned;Timer;\"Bemærk; ning\";;\r\n\
            Juli 2026;96,05;;;Opdigtet\r\n\
            August 2026;Ukendt;\"'=1+1\";;Opdigtet\r\n\
            September 2026;-0,50;\"\"\"ja\"\"\";;Opdigtet\r\n";
        assert_eq!(table().csv(',', "Opdigtet"), expected);
    }

    #[test]
    fn a_difference_needs_two_numbers() {
        assert_eq!(table().differences(0, 2), vec![Some(-9_655), None]);
        assert_eq!(table().differences(0, 1), vec![None, None]);
        assert_eq!(table().differences(0, 9), vec![None, None]);
    }
}
