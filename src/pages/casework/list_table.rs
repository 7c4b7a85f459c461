//! The citizens found: a table, on a phone a card for each, and the way to more of them.

use jobnet_api::casework::{Caseload, CaseloadQuery, CaseloadRow};
use leptos::prelude::*;

use crate::i18n::{Language, fill, language};
use crate::platform::document;
use crate::routes::Page;
use crate::view::{View, view};

use super::list::Desk;
use super::list_model::{
    Cell, Column, PAGE_SIZES, aria_sort, cells, columns, pages, sorted, under_name,
};

const PAGE_SIZE: &str = "caseload-page-size";

/// The table. The roles are said, since a card on a phone is no table to the browser.
pub(super) fn table_view(desk: &Desk, answer: &Caseload) -> View {
    let language = language();
    let texts = language.casework().list;
    let columns = columns(texts);
    let heads: Vec<_> = columns.iter().map(|column| head_view(desk.clone(), *column)).collect();
    let rows: Vec<_> =
        answer.rows.iter().map(|row| row_view(desk, row, &columns, language)).collect();
    view! {
        <table class="table caseload-table" role="table">
            <caption class="sr-only">{texts.caption}</caption>
            <thead role="rowgroup"><tr role="row">{heads}</tr></thead>
            <tbody role="rowgroup">{rows}</tbody>
        </table>
    }
}

fn head_view(desk: Desk, column: Column) -> View {
    let class = if column.is_number { "num" } else { "" };
    let Some(sort) = column.sort else {
        return view! { <th scope="col" role="columnheader" class=class>{column.name}</th> };
    };
    let query = desk.query();
    let order = move || query.with(|query| aria_sort(query, sort));
    view! {
        <th scope="col" role="columnheader" class=class aria-sort=order>
            <button type="button" on:click=move |_| desk.change(|query| sorted(query, sort))>
                {column.name}
                <svg class="sort-mark" viewBox="0 0 12 16" aria-hidden="true" focusable="false">
                    <path class="up" d="M6 1l5 6H1z"></path>
                    <path class="down" d="M6 15l5-6H1z"></path>
                </svg>
            </button>
        </th>
    }
}

fn row_view(desk: &Desk, row: &CaseloadRow, columns: &[Column; 8], language: Language) -> View {
    let (born, sick) = under_name(row, language);
    let (list, citizen) = (desk.list, row.citizen.clone());
    let open = move |_| list.update(|list| list.opened = Some(citizen.clone()));
    let cells: Vec<_> = cells(row, language)
        .into_iter()
        .zip(&columns[1..])
        .map(|(cell, column)| cell_view(cell, *column, language))
        .collect();
    view! {
        <tr role="row" data-citizen=row.citizen.clone()>
            <th scope="row" role="rowheader">
                <a id=row.citizen.clone() href=Page::Citizen.about(&row.citizen) on:click=open>
                    {row.name.clone()}
                </a>
                <span class="cell-note">{born}</span>
                {sick.map(|sick| view! { <span class="cell-mark">{sick}</span> })}
            </th>
            {cells}
        </tr>
    }
}

fn cell_view(cell: Cell, column: Column, language: Language) -> View {
    let class = if column.is_number { "num" } else { "" };
    let says = match cell.says {
        Some(says) => view! { <span>{says}</span> },
        None => view! {
            <span>
                <span aria-hidden="true">"–"</span>
                <span class="sr-only">{language.casework().list.none_mark}</span>
            </span>
        },
    };
    view! {
        <td role="cell" class=class>
            <span class="cell-label">{column.name}</span>
            {says}
            {cell.note.map(|note| view! { <span class="cell-note">{note}</span> })}
        </td>
    }
}

/// Other pages of the list, and how long a page is.
pub(super) fn paging_view(desk: &Desk, answer: &Caseload) -> View {
    let language = language();
    let texts = language.casework().list;
    let (page, pages) = (answer.page, pages(answer));
    let number = |value: u64| language.integer(value.cast_signed());
    let which = fill(texts.page, &[("page", &number(page.into())), ("pages", &number(pages))]);
    let step = |text: &'static str, to: u32, is_there: bool| {
        let desk = desk.clone();
        let go = move |_| {
            if is_there {
                desk.change(|query| CaseloadQuery { page: to, ..query });
                document::go_to("");
            }
        };
        view! {
            <button type="button" class="button button-secondary"
                aria-disabled=(!is_there).to_string() on:click=go>
                {text}
            </button>
        }
    };
    let sizes: Vec<_> = PAGE_SIZES
        .map(|size| {
            let chosen = size == answer.page_size;
            view! { <option value=size.to_string() selected=chosen>{size.to_string()}</option> }
        })
        .into();
    let sizing = desk.clone();
    let resize = move |event| {
        if let Ok(page_size) = event_target_value(&event).parse() {
            sizing.change(|query| CaseloadQuery { page_size, page: 1, ..query });
        }
    };
    view! {
        <nav class="caseload-paging d-print-none" aria-label=texts.pages>
            {step(texts.previous, page.saturating_sub(1), page > 1)}
            <p class="num">{which}</p>
            {step(texts.next, page.saturating_add(1), u64::from(page) < pages)}
            <div class="caseload-size">
                <label class="form-label" for=PAGE_SIZE>{texts.page_size}</label>
                <select class="form-select" id=PAGE_SIZE on:change=resize>{sizes}</select>
            </div>
        </nav>
    }
}
