//! The account of a citizen on social assistance: kroner, not hours.

use std::sync::Arc;

use jobnet_api::account::{AccountAnswer, Register};
use jobnet_rules::account::SocialAssistanceMonth;
use jobnet_rules::trace::{Figure as Path, TraceStep};
use jobnet_rules::units::Money;
use leptos::prelude::*;

use crate::chart::TimelineChart;
use crate::i18n::{Language, fill, language};
use crate::view::{View, view};

use super::explain::{how_view, line_view, steps_view};
use super::figure::{Figure, figures};
use super::months_model::as_of;
use super::paid_model::{paid, trace};
use super::social_model::{
    benefit, difference, history, money, months, one_thousand_more, sentences, status,
};
use super::social_timeline::timeline;

/// Sentences, chart, one thousand more, and the rule that is history.
pub(crate) fn social_view(answer: &AccountAnswer) -> View {
    let texts = language().account().social;
    let trace = &trace(answer);
    let lines = sentences(answer, language());
    let shown: Vec<Figure> = lines.iter().flat_map(|line| figures(line).copied()).collect();
    let lines: Vec<_> = lines
        .iter()
        .enumerate()
        .map(|(place, line)| {
            let class = if place == 0 { "takeaway" } else { "" };
            view! { <p class=class>{line_view(line, trace)}</p> }
        })
        .collect();
    let more = one_thousand_more(answer, language()).map(|line| {
        view! {
            <section class="section" aria-labelledby="more-title" data-part="one-thousand-more">
                <h2 id="more-title">{texts.more_title}</h2>
                <p class="answer">{line_view(&line, trace)}</p>
                <p class="muted">{texts.more_note} " " {texts.unconfirmed}</p>
            </section>
        }
    });
    view! {
        <section class="section" aria-labelledby="social-title" data-part="social-assistance">
            <h2 id="social-title">{texts.title}</h2>
            {lines}
            <p>{texts.means}</p>
            <p class="note">{texts.unconfirmed}</p>
            <p class="small muted">{source(answer, language())}</p>
            {how_view(texts.title, shown, trace.clone())}
        </section>
        <div class="section">
            {picture_view(answer)}
        </div>
        {more}
        <p class="small muted">{texts.decides}</p>
    }
}

/// The chart alone.
pub(super) fn picture_view(answer: &AccountAnswer) -> View {
    let model = timeline(answer, super::today(&answer.case), language());
    view! { <TimelineChart model=Signal::stored(model) strings=language().chart()/> }
}

fn source(answer: &AccountAnswer, language: Language) -> Option<String> {
    let day = as_of(answer, Register::WorkHours)?;
    Some(fill(language.account().social.source_earned, &[("day", &language.date(day))]))
}

/// Every month, newest first, and the rule that is history.
pub(super) fn social_months_view(answer: &AccountAnswer) -> View {
    let texts = language().account().social;
    let shared = language().account().months;
    let trace = Arc::new(trace(answer));
    let rows: Vec<_> =
        months(answer).into_iter().rev().map(|month| row_view(answer, &trace, &month)).collect();
    let history = history(answer, language()).map(|told| {
        view! {
            <section class="section" aria-labelledby="rule-225-title" data-part="rule-225">
                <h2 id="rule-225-title">{texts.history_title}</h2>
                <p>{told}</p>
            </section>
        }
    });
    view! {
        <section class="section months" aria-labelledby="months-title">
            <h2 id="months-title">{shared.table_title}</h2>
            <p>{shared.newest_first} " " {language().account().page.before_tax}</p>
            <div class="table--responsive-scroll" tabindex="0" role="group" aria-label=texts.caption>
                <table class="table month-table">
                    <caption class="sr-only">{texts.caption}</caption>
                    <thead>
                        <tr>
                            <th scope="col">{shared.month}</th>
                            <th scope="col" class="num">{texts.earned_column}</th>
                            <th scope="col" class="num">{texts.deduction_column}</th>
                            <th scope="col" class="num">{texts.benefit_column}</th>
                        </tr>
                    </thead>
                    <tbody>{rows}</tbody>
                </table>
            </div>
        </section>
        {history}
    }
}

fn row_view(
    answer: &AccountAnswer,
    trace: &Arc<Vec<TraceStep>>,
    month: &SocialAssistanceMonth,
) -> View {
    let language = language();
    let texts = language.account();
    let unsure = texts.page.not_confirmed;
    let open = RwSignal::new(false);
    let deduction =
        month.deduction.map(|kroner| Figure::new(Path::SocialDeduction(month.month), kroner));
    let benefit = benefit(answer, month);
    let differs = difference(answer, month, language);
    let by_rules = differs.iter().flat_map(|line| figures(line).copied());
    let explained: Vec<Figure> =
        [deduction, benefit].into_iter().flatten().chain(by_rules).collect();
    let differs = differs.as_ref().map(|line| {
        view! { <span class="status">{line_view(line, trace)}</span> }
    });
    let source = paid(answer, month.month).map(|paid| {
        view! { <span class="status">{paid.source(answer, language)}</span> }
    });
    let trace = Arc::clone(trace);
    let detail = format!("how-{}", month.month);
    let controls = detail.clone();
    let name = fill(texts.page.how_of, &[("topic", &language.month(month.month))]);
    let button = (!explained.is_empty()).then(|| view! {
        <button type="button" class="how-button" aria-expanded=move || open.get().to_string()
            aria-controls=controls aria-label=name on:click=move |_| open.update(|open| *open = !*open)>
            {texts.page.how}
        </button>
    });
    let kroner = |money: Option<_>| {
        money.map_or_else(
            || texts.page.not_known.to_owned(),
            |money: Money| language.hundredths(money.hundredths()),
        )
    };
    // What was paid is sure; what the rules give is not.
    let by_the_rules = |figure: Option<Figure>| {
        let figure = figure.filter(|figure| !matches!(figure.path, Path::PaidGross(_)));
        figure.map(|_| format!(" ({unsure})"))
    };
    view! {
        <tr data-month=month.month.to_string()>
            <th scope="row">
                {Language::capital(&language.month(month.month)).replace('\u{a0}', " ")}
                <span class="status">{status(answer, month, language)}</span>
                {differs}
                {source}
                {button}
            </th>
            <td class="num" data-fact="earned" data-value=month.earned.map(|earned| earned.to_string())>{kroner(month.earned)}</td>
            <td class="num" data-figure=deduction.map(|f| f.path.to_string()) data-value=deduction.map(|f| f.value.raw())>{kroner(month.deduction)}{by_the_rules(deduction)}</td>
            <td class="num" data-figure=benefit.map(|f| f.path.to_string()) data-value=benefit.map(|f| f.value.raw())>{kroner(benefit.and_then(money))}{by_the_rules(benefit)}</td>
        </tr>
        {move || open.get().then(|| view! {
            <tr class="how-row" id=detail.clone()>
                <td colspan="4">{steps_view(&trace, &explained)}</td>
            </tr>
        })}
    }
}
