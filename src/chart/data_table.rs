//! The same figures as a table, for who asks for it.

use jobnet_charts::model::TimelineModel;
use leptos::prelude::*;

use crate::view::{View, view};

/// The table of a chart.
pub fn table_view(model: Signal<TimelineModel>) -> View {
    View::live(move || {
        model.with(|model| {
            let table = &model.table;
            let header = |text: &str| view! { <th scope="col">{text.to_owned()}</th> };
            let columns: Vec<_> = table.columns.iter().map(|c| header(&c.header)).collect();
            let rows: Vec<_> = table
                .rows
                .iter()
                .map(|row| {
                    let cells = (0..table.columns.len()).map(|column| {
                        let cell = row.cells.get(column).and_then(Option::as_ref);
                        let text = cell.map(|cell| cell.text.clone()).unwrap_or_default();
                        view! { <td>{text}</td> }
                    });
                    view! {
                        <tr>
                            <th scope="row">{row.month.clone()}</th>
                            {cells.collect::<Vec<_>>()}
                            <td class="chart-source">{row.source.clone()}</td>
                        </tr>
                    }
                })
                .collect();
            view! {
                // Wide tables scroll inside, so the keyboard must reach them.
                <div class="chart-table" role="group" aria-label=table.caption.clone() tabindex="0">
                    <table class="table">
                        <caption>{table.caption.clone()}</caption>
                        <thead>
                            <tr>
                                {header(&table.month_header)} {columns}
                                {header(&table.source_header)}
                            </tr>
                        </thead>
                        <tbody>{rows}</tbody>
                    </table>
                </div>
            }
        })
    })
}
