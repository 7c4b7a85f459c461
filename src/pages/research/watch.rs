//! “Følg forsøget”: who was assessed, enrolled, shown what; whether the lots are right. Never an
//! outcome by arm.

use std::sync::Arc;

use jobnet_api::trial::{ArmFlow, Watch};
use leptos::prelude::*;
use leptos::task::spawn_local;

use crate::api::{self, ApiError};
use crate::chart::{LineChart, LineTexts};
use crate::components::PageSkeleton;
use crate::i18n::{Language, fill, language};
use crate::state::Clock;
use crate::state::Session;
use crate::view::{View, view};

use super::editor::{Editor, again_view, failed_view};
use super::watch_model::{balance, cumulated, enrolment_rows, ratio_words, reached_on, reason};

/// Days that say how fast enrolment goes.
const WINDOW: u64 = 14;

/// What stands between thousands on an axis.
pub(super) fn thousands() -> char {
    if language() == Language::Danish { '.' } else { ',' }
}

fn count(units: u64) -> String {
    language().integer(i64::try_from(units).unwrap_or(i64::MAX))
}

/// The part.
pub(super) fn watch_view(editor: Editor) -> View {
    let t = language().research().watch;
    let told = RwSignal::new(None::<Result<Arc<Watch>, ApiError>>);
    let session = expect_context::<Session>();
    let key = editor.protocol.with_untracked(|protocol| protocol.key.clone());
    let ask = move || {
        let key = key.clone();
        spawn_local(async move {
            let answer = api::trials::watch(key.as_str()).await.map(Arc::new);
            if let Err(error) = &answer {
                session.note_error(error);
            }
            told.try_set(Some(answer));
        });
    };
    ask();
    let is_told = Memo::new(move |_| told.with(Option::is_some));
    let again = again_view(t.again, is_told, ask);
    view! {
        <h2>{t.title}</h2>
        <p>{t.lead}</p>
        <p class="note">{t.blind}</p>
        {move || match told.get() {
            None => view! { <PageSkeleton label=t.loading/> },
            Some(Err(error)) => failed_view("watch-failed", t.failed, &error),
            Some(Ok(watch)) => answer_view(editor, &watch),
        }}
        {again}
    }
}

fn answer_view(editor: Editor, watch: &Watch) -> View {
    let t = language().research().watch;
    let is_alarm = watch.sample_ratio.as_ref().is_some_and(|ratio| ratio.alarm);
    let words = ratio_words(watch.sample_ratio.as_ref(), language());
    view! {
        {flow_view(watch)}
        <section class="protocol-group">
            <h3>{t.ratio}</h3>
            <p>{t.ratio_lead}</p>
            {if is_alarm {
                view! {
                    <div class="alert alert-error" role="alert"><div class="alert-body">
                        <h4 class="alert-heading">{t.alarm}</h4>
                        <p class="alert-text">{words}</p>
                    </div></div>
                }
            } else {
                view! { <p>{words}</p> }
            }}
        </section>
        {enrolment_view(editor, watch)}
        {balance_view(watch)}
        {fidelity_view(watch)}
    }
}

/// The flow of CONSORT 2025, as lists in lists.
fn flow_view(watch: &Watch) -> View {
    let t = language().research().watch;
    let in_arms: u64 = watch.arms.iter().map(|arm| arm.randomised).sum();
    let randomised = in_arms + watch.held_back;
    let excluded: u64 = watch.excluded.values().sum();
    let reasons: Vec<_> = watch
        .excluded
        .iter()
        .map(|(code, units)| {
            let words = reason(code, language());
            view! { <li>{words}": "<strong>{count(*units)}</strong></li> }
        })
        .collect();
    let arms: Vec<_> = watch.arms.iter().map(arm_view).collect();
    let clusters: Vec<_> = watch
        .clusters
        .iter()
        .map(|one| {
            let arm = watch.arms.iter().find(|arm| arm.arm.as_str() == one.drawn);
            let drawn = arm.map_or_else(|| format!("{} ‰", one.drawn), arm_name);
            view! { <li>{drawn}": "<strong>{count(one.clusters)}</strong></li> }
        })
        .collect();
    view! {
        <section class="protocol-group" data-part="flow">
            <h3>{t.flow}</h3>
            <ol class="flow">
                <li class="flow-box">{t.assessed}": "<strong>{count(watch.assessed)}</strong></li>
                <li class="flow-box flow-side">
                    {t.excluded}": "<strong>{count(excluded)}</strong>
                    {(!reasons.is_empty()).then(|| view! { <ul>{reasons}</ul> })}
                </li>
                <li class="flow-box">
                    {t.randomised}": "<strong>{count(randomised)}</strong>
                    {held_back_view(watch.held_back)}
                </li>
                {(!clusters.is_empty()).then(|| view! {
                    <li class="flow-box" data-part="clusters">{t.clusters}<ul>{clusters}</ul></li>
                })}
                <li><ul class="flow-arms">{arms}</ul></li>
            </ol>
        </section>
    }
}

/// How many are in no arm here yet, and why.
fn held_back_view(units: u64) -> View {
    let t = language().research().watch;
    if units == 0 {
        return View::none();
    }
    view! { <p data-part="held-back">{fill(t.held_back, &[("count", &count(units))])}</p> }
}

fn arm_name(arm: &ArmFlow) -> String {
    let name = if language() == Language::Danish { &arm.name.da } else { &arm.name.en };
    if name.is_empty() { arm.arm.to_string() } else { name.clone() }
}

fn arm_view(arm: &ArmFlow) -> View {
    let t = language().research().watch;
    let rows: Vec<_> = [
        (t.arm_randomised, arm.randomised),
        (t.arm_exposed, arm.exposed),
        (t.arm_unexposed, arm.unexposed),
        (t.arm_crossed, arm.crossed_over),
        (t.arm_objected, arm.objected),
        (t.arm_forgotten, arm.forgotten),
        (t.arm_analysed, arm.analysed),
    ]
    .into_iter()
    .map(|(name, units)| view! { <div><dt>{name}</dt><dd>{count(units)}</dd></div> })
    .collect();
    view! { <li class="flow-box"><h4>{arm_name(arm)}</h4><dl>{rows}</dl></li> }
}

fn enrolment_view(editor: Editor, watch: &Watch) -> View {
    let t = language().research().watch;
    let planned = editor.protocol.with_untracked(|protocol| protocol.power.units);
    let all: u64 = watch.enrolment.iter().map(|one| one.units).sum();
    let today = untrack(|| expect_context::<Clock>().today());
    let reached = today.and_then(|day| reached_on(&watch.enrolment, planned, day, WINDOW));
    let takeaway = match reached {
        Some(day) => fill(t.enrolment_until, &[("day", &language().date(day))]),
        None => String::new(),
    };
    let sum = fill(t.enrolment_sum, &[("count", &count(all)), ("planned", &count(planned.into()))]);
    let texts = LineTexts {
        title: sum,
        takeaway: format!("{takeaway} {}", t.enrolment_axis),
        columns: [t.enrolment_day, t.enrolment_units, t.enrolment_all].map(str::to_owned).to_vec(),
        rows: enrolment_rows(&watch.enrolment, language()),
    };
    if watch.enrolment.is_empty() {
        return view! {
            <section class="protocol-group"><h3>{t.enrolment}</h3><p>{t.enrolment_none}</p></section>
        };
    }
    let points = cumulated(&watch.enrolment);
    view! {
        <section class="protocol-group">
            <h3>{t.enrolment}</h3>
            <LineChart points texts thousands=thousands() strings=language().chart()/>
        </section>
    }
}

fn balance_view(watch: &Watch) -> View {
    let t = language().research().watch;
    let rows: Vec<_> = balance(watch, language())
        .into_iter()
        .map(|row| {
            let [fact, arm, in_arm, in_control, difference] = row.cells;
            let mark = row.is_notable.then(|| view! { <strong>" "{t.notable}</strong> });
            view! {
                <tr>
                    <th scope="row">{fact}</th><td>{arm}</td><td class="num">{in_arm}</td>
                    <td class="num">{in_control}</td><td class="num">{difference}{mark}</td>
                </tr>
            }
        })
        .collect();
    if rows.is_empty() {
        return View::none();
    }
    view! {
        <section class="protocol-group">
            <h3>{t.balance}</h3>
            <p>{t.balance_lead}</p>
            <div class="chart-table" role="region" aria-label=t.balance tabindex="0"><table class="table">
                <caption class="sr-only">{t.balance}</caption>
                <thead><tr>
                    <th scope="col">{t.balance_fact}</th><th scope="col">{t.balance_arm}</th>
                    <th scope="col" class="num">{t.balance_in_arm}</th>
                    <th scope="col" class="num">{t.balance_in_control}</th>
                    <th scope="col" class="num">{t.balance_difference}</th>
                </tr></thead>
                <tbody>{rows}</tbody>
            </table></div>
        </section>
    }
}

fn fidelity_view(watch: &Watch) -> View {
    let t = language().research().watch;
    let sum = |of: fn(&ArmFlow) -> u64| watch.arms.iter().map(of).sum::<u64>();
    let figures = [
        ("exposed", count(sum(|arm| arm.exposed))),
        ("randomised", count(sum(|arm| arm.randomised))),
        ("unexposed", count(sum(|arm| arm.unexposed))),
        ("crossed", count(sum(|arm| arm.crossed_over))),
        ("strangers", count(watch.exposed_unassigned)),
    ];
    let values: Vec<_> = figures.iter().map(|(name, value)| (*name, value.as_str())).collect();
    view! {
        <section class="protocol-group">
            <h3>{t.fidelity}</h3>
            <p>{fill(t.fidelity_text, &values)}</p>
            <p data-part="unblindings">{fill(t.unblindings, &[("count", &count(watch.unblindings))])}</p>
            <p class="small muted">{t.fidelity_kept}</p>
        </section>
    }
}
