//! Above the list: search, filters, and on a phone the order.

use std::time::Duration;

use jobnet_api::casework::{CaseloadFilter, CaseloadQuery, CaseloadSort, MAX_SEARCH_CHARS};
use leptos::leptos_dom::helpers::debounce;
use leptos::prelude::*;

use crate::i18n::language;
use crate::view::{View, view};

use super::list::Desk;
use super::list_model::{FILTERS, columns, filter_text, toggled};

/// How long she may pause while she types before it is searched for.
const PAUSE: Duration = Duration::from_millis(250);
const SEARCH: &str = "caseload-search";
const SEARCH_HINT: &str = "caseload-search-hint";
const SORT: &str = "caseload-sort";

/// Search, filters and order.
#[component(transparent)]
pub(super) fn Tools(desk: Desk) -> View {
    let texts = language().casework().list;
    let query = desk.query();
    let typed = RwSignal::new(query.get_untracked().search);
    // “Show all” empties the field; while she types, the field is ahead of the query.
    Effect::new(move |before: Option<String>| {
        let search = query.with(|query| query.search.clone());
        if search.is_empty() && before.is_some_and(|before| !before.is_empty()) {
            typed.set(String::new());
        }
        search
    });
    let searching = desk.clone();
    let mut search = debounce(PAUSE, move |text: String| {
        searching.change(|query| CaseloadQuery {
            search: text.trim().to_owned(),
            page: 1,
            ..query
        });
    });
    let on_input = move |event| {
        let text = event_target_value(&event);
        typed.set(text.clone());
        search(text);
    };
    let mine = {
        let desk = desk.clone();
        move |_| desk.change(|query| CaseloadQuery { mine: !query.mine, page: 1, ..query })
    };
    let filters: Vec<_> = FILTERS.map(|filter| filter_view(desk.clone(), filter)).into();
    view! {
        <div class="caseload-tools">
            <form class="form-group" role="search" novalidate=true
                on:submit=|event| event.prevent_default()>
                <label class="form-label" for=SEARCH>{texts.search}</label>
                <span class="form-hint" id=SEARCH_HINT>{texts.search_hint}</span>
                <input class="form-input" type="search" id=SEARCH autocomplete="off"
                    maxlength=MAX_SEARCH_CHARS.to_string() spellcheck="false"
                    aria-describedby=SEARCH_HINT
                    prop:value=move || typed.get()
                    on:input=on_input/>
            </form>
            <div class="caseload-filters" role="group" aria-label=texts.filters>
                <button type="button" class="toggle"
                    aria-pressed=move || query.with(|query| query.mine.to_string())
                    on:click=mine>
                    {texts.mine}
                </button>
                {filters}
            </div>
            {order_view(desk)}
        </div>
    }
}

fn filter_view(desk: Desk, filter: CaseloadFilter) -> View {
    let language = language();
    let (query, answer) = (desk.query(), desk.answer());
    let text = move || {
        answer.with(|answer| {
            let counts = answer.as_ref().map(|answer| answer.counts).unwrap_or_default();
            let (name, count) = filter_text(filter, &counts, language);
            format!("{name} ({count})")
        })
    };
    let pressed = move || query.with(|query| query.filters.contains(&filter).to_string());
    view! {
        <button type="button" class="toggle" aria-pressed=pressed
            on:click=move |_| desk.change(|query| toggled(query, filter))>
            {text}
        </button>
    }
}

/// The order, where there are no columns to sort by.
fn order_view(desk: Desk) -> View {
    let texts = language().casework().list;
    let query = desk.query();
    let sorts: Vec<(CaseloadSort, &str)> =
        columns(texts).iter().filter_map(|column| Some((column.sort?, column.name))).collect();
    let options: Vec<_> = sorts
        .iter()
        .enumerate()
        .map(|(place, (sort, name))| {
            let (sort, name) = (*sort, *name);
            let chosen = move || query.with(|query| query.sort == sort);
            view! { <option value=place.to_string() prop:selected=chosen>{name}</option> }
        })
        .collect();
    let turning = desk.clone();
    let turn = move |_| {
        turning.change(|query| CaseloadQuery { descending: !query.descending, page: 1, ..query });
    };
    let choose = move |event| {
        let place: Option<usize> = event_target_value(&event).parse().ok();
        if let Some((sort, _)) = place.and_then(|place| sorts.get(place)) {
            let sort = *sort;
            desk.change(|query| CaseloadQuery { sort, descending: false, page: 1, ..query });
        }
    };
    view! {
        <div class="caseload-order">
            <label class="form-label" for=SORT>{texts.sort}</label>
            <select class="form-select" id=SORT on:change=choose>{options}</select>
            <button type="button" class="toggle"
                aria-pressed=move || query.with(|query| query.descending.to_string())
                on:click=turn>
                {texts.largest_first}
            </button>
        </div>
    }
}
