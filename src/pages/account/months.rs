//! The table of all months: every figure with the way it was calculated.

use std::sync::Arc;

use jobnet_api::account::{AccountAnswer, Register};
use jobnet_rules::trace::TraceStep;
use leptos::prelude::*;

use crate::i18n::{fill, language};
use crate::view::{View, view};

use super::explain::{line_view, steps_view};
use super::figure::{Figure, figures};
use super::months_model::{MonthRow, WorkHours, rows, sources};
use super::paid_model::trace;

/// The table, newest month first. Nothing when no month is known.
pub(super) fn months_view(answer: &AccountAnswer) -> Option<View> {
    let texts = language().account().months;
    let page = language().account().page;
    let rows = rows(answer, language());
    if rows.is_empty() {
        return None;
    }
    let trace = Arc::new(trace(answer));
    let body: Vec<_> =
        rows.into_iter().rev().map(|row| row_view(row, Arc::clone(&trace))).collect();
    let source = sources(answer, &[Register::WorkHours, Register::Benefits], language());
    Some(view! {
        <section class="section months" aria-labelledby="months-title">
            <h2 id="months-title">{texts.table_title}</h2>
            <p>{texts.newest_first} " " {page.before_tax}</p>
            <p class="small muted">{source}</p>
            <div class="table--responsive-scroll" tabindex="0" role="group" aria-label=texts.caption>
                <table class="table month-table">
                    <caption class="sr-only">{texts.caption}</caption>
                    <thead>
                        <tr>
                            <th scope="col">{texts.month}</th>
                            <th scope="col" class="num">{texts.work_hours}</th>
                            <th scope="col" class="num">{texts.payable_hours}</th>
                            <th scope="col" class="num">{texts.gross}</th>
                        </tr>
                    </thead>
                    <tbody>{body}</tbody>
                </table>
            </div>
        </section>
    })
}

fn row_view(row: MonthRow, trace: Arc<Vec<TraceStep>>) -> View {
    let language = language();
    let texts = language.account();
    let open = RwSignal::new(false);
    let by_rules = row.differs.iter().flat_map(|line| figures(line).copied());
    let explained: Vec<Figure> =
        [row.payable, row.gross].into_iter().flatten().chain(by_rules).collect();
    let detail = format!("how-{}", row.month);
    let controls = detail.clone();
    let name = fill(texts.page.how_of, &[("topic", &language.month(row.month))]);
    let work_value = match row.work {
        WorkHours::Known(hours) | WorkHours::Planned(hours) => hours.to_string(),
        WorkHours::Unknown | WorkHours::Away | WorkHours::Untold => String::new(),
    };
    let unknown = row.work == WorkHours::Unknown;
    let payable = row.payable.map(|figure| match figure.value {
        super::figure::Value::Hours(hours) => language.hours(hours),
        value => value.show(language),
    });
    let nothing = row.no_figure(language);
    let status = row.status.join(". ");
    let differs = row.differs.as_ref().map(|line| {
        view! { <span class="status">{line_view(line, &trace)}</span> }
    });
    let source =
        row.paid_source.clone().map(|source| view! { <span class="status">{source}</span> });
    let button = (!explained.is_empty()).then(|| {
        view! {
            <button type="button" class="how-button" aria-expanded=move || open.get().to_string()
                aria-controls=controls aria-label=name on:click=move |_| open.update(|open| *open = !*open)>
                {texts.page.how}
            </button>
        }
    });
    view! {
        <tr data-month=row.month.to_string() class:unknown=unknown class:unsettled=!row.settled>
            <th scope="row">
                {row.name.replace('\u{a0}', " ")}
                <span class="status">{status}</span>
                {differs}
                {source}
                {button}
            </th>
            <td class="num" data-fact="work_hours" data-value=work_value>{row.work_text(language)}</td>
            <td class="num" data-figure=path(row.payable) data-value=raw(row.payable)>{payable.unwrap_or_else(|| nothing.to_owned())}</td>
            <td class="num" data-figure=path(row.gross) data-value=raw(row.gross)>{row.gross_text(language)}</td>
        </tr>
        {move || open.get().then(|| view! {
            <tr class="how-row" id=detail.clone()>
                <td colspan="4">{steps_view(&trace, &explained)}</td>
            </tr>
        })}
    }
}

fn path(figure: Option<Figure>) -> Option<String> {
    figure.map(|figure| figure.path.to_string())
}

fn raw(figure: Option<Figure>) -> Option<String> {
    figure.map(|figure| figure.value.raw())
}
