//! Rows and columns as a table: the first cell of a row is its heading.

use crate::view::{View, view};

/// The table, with a caption for those who do not see where it stands.
pub fn rows_view(caption: String, columns: Vec<String>, rows: Vec<Vec<String>>) -> View {
    let heads: Vec<_> =
        columns.into_iter().map(|column| view! { <th scope="col">{column}</th> }).collect();
    let rows: Vec<_> = rows
        .into_iter()
        .map(|row| {
            let mut cells = row.into_iter();
            let head = cells.next().unwrap_or_default();
            let cells: Vec<_> = cells.map(|cell| view! { <td>{cell}</td> }).collect();
            view! { <tr><th scope="row">{head}</th>{cells}</tr> }
        })
        .collect();
    view! {
        <table class="table">
            <caption class="sr-only">{caption}</caption>
            <thead><tr>{heads}</tr></thead>
            <tbody>{rows}</tbody>
        </table>
    }
}
