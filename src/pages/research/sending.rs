//! When what a trial sends comes to how many, and what became of it. Never how anybody fares.

use chrono::NaiveDate;
use jobnet_api::trial_messages::{CalendarDay, CalendarLine};
use jobnet_api::trials::protocol::life::State;
use jobnet_api::trials::protocol::{Arm, Key};
use leptos::prelude::*;

use crate::chart::{ColumnsChart, ColumnsTexts};
use crate::i18n::{fill, language};
use crate::state::Clock;
use crate::view::{View, view};

use super::editor::Editor;
use super::post_model::{arm_name, by_month, channel, count, near, reasons, sums, when};

/// The days, as columns by month and as a table.
pub(super) fn calendar_view(editor: Editor, arms: &[Arm], days: &[CalendarDay]) -> View {
    let here = language();
    let t = here.post();
    let is_paused = editor.trial.with_untracked(|trial| trial.state == State::Paused);
    let inside = if days.is_empty() {
        view! { <p class="note">{t.calendar_none}</p> }
    } else {
        let (planned, expected) = sums(days);
        let said = [("planned", &*count(planned, here)), ("expected", &*count(expected, here))];
        let spec = by_month(days, here);
        let texts = ColumnsTexts {
            title: t.by_month.to_owned(),
            takeaway: fill(t.by_month_text, &said),
            month: t.month.to_owned(),
            count: t.citizens.to_owned(),
            rows: spec
                .columns
                .iter()
                .map(|column| (here.month(column.month), column.figure.clone()))
                .collect(),
        };
        view! {
            <ColumnsChart spec texts strings=here.chart()/>
            {days_view(arms, days)}
        }
    };
    view! {
        <section class="protocol-group" data-part="calendar">
            <h3>{t.calendar}</h3>
            <p>{t.calendar_lead}</p>
            {is_paused.then(|| view! { <p class="note">{t.calendar_paused}</p> })}
            {inside}
        </section>
    }
}

/// A row for each day and step, a column for each arm.
fn days_view(arms: &[Arm], days: &[CalendarDay]) -> View {
    let here = language();
    let t = here.post();
    let today = untrack(|| expect_context::<Clock>().today());
    let (shown, has_more) = near(days, today.or(days.last().map(|day| day.on)).unwrap_or_default());
    let keys: Vec<&Key> = arms
        .iter()
        .map(|arm| &arm.key)
        .filter(|key| days.iter().any(|day| day.arm == **key))
        .collect();
    let mut places: Vec<(NaiveDate, &Key)> = shown.iter().map(|day| (day.on, &day.step)).collect();
    places.dedup();
    let cell = |(on, step): (NaiveDate, &Key), arm: &Key| {
        let is_it = |day: &&&CalendarDay| day.on == on && day.step == *step && day.arm == *arm;
        let Some(day) = shown.iter().find(is_it) else { return "–".to_owned() };
        let said = |number: u64, words| {
            (number > 0).then(|| fill(words, &[("count", &count(number, here))]))
        };
        let said = [said(day.planned, t.is_planned), said(day.expected, t.is_expected)];
        said.into_iter().flatten().collect::<Vec<_>>().join(", ")
    };
    let rows: Vec<_> = places
        .into_iter()
        .map(|place| {
            let cells: Vec<_> =
                keys.iter().map(|arm| view! { <td>{cell(place, arm)}</td> }).collect();
            view! {
                <tr>
                    <th scope="row">{here.date(place.0)}</th>
                    <td>{place.1.to_string()}</td>
                    {cells}
                </tr>
            }
        })
        .collect();
    let heads: Vec<_> =
        keys.iter().map(|key| view! { <th scope="col">{arm_name(arms, key, here)}</th> }).collect();
    view! {
        {has_more.then(|| view! { <p class="small muted">{t.calendar_some}</p> })}
        <div class="chart-table" role="region" aria-label=t.calendar tabindex="0"><table class="table">
            <caption class="sr-only">{t.calendar}</caption>
            <thead><tr>
                <th scope="col">{t.day}</th><th scope="col">{t.step}</th>{heads}
            </tr></thead>
            <tbody>{rows}</tbody>
        </table></div>
    }
}

/// A row for each step, arm and channel: how far its messages have come.
pub(super) fn fates_view(arms: &[Arm], lines: &[CalendarLine]) -> View {
    let here = language();
    let t = here.post();
    let rows: Vec<_> = lines
        .iter()
        .map(|line| {
            let fates = &line.fates;
            let numbers = [
                ("planned", line.planned),
                ("waiting", fates.waiting),
                ("sent", fates.sent),
                ("delivered", fates.delivered),
                ("returned", fates.returned),
                ("opened", fates.opened),
                ("failed", fates.failed),
                ("doubtful", fates.doubtful),
            ]
            .into_iter()
            .map(|(name, number)| {
                view! { <td class="num" data-count=name>{count(number, here)}</td> }
            })
            .collect::<Vec<_>>();
            let reasons: Vec<_> = reasons(line, t)
                .into_iter()
                .map(|(reason, number)| view! { <li>{count(number, here)}" "{reason}</li> })
                .collect();
            let withheld = match reasons.len() {
                0 => view! { "–" },
                _ => view! { <ul class="reasons">{reasons}</ul> },
            };
            view! {
                <tr data-line=format!("{} {} {}", line.step, line.arm, line.channel.name())>
                    <th scope="row">{line.step.to_string()}</th>
                    <td>{arm_name(arms, &line.arm, here)}</td>
                    <td>{channel(line.channel, t)}</td>
                    <td>{when(line, t)}</td>
                    {numbers}
                    <td>{withheld}</td>
                </tr>
            }
        })
        .collect();
    let names =
        [t.planned, t.waiting, t.sent, t.delivered, t.returned, t.opened, t.dead, t.doubtful];
    let numbers: Vec<_> =
        names.into_iter().map(|name| view! { <th scope="col" class="num">{name}</th> }).collect();
    view! {
        <section class="protocol-group wide-group" data-part="fates">
            <h3>{t.fates}</h3>
            <p>{t.fates_lead}</p>
            <div class="chart-table" role="region" aria-label=t.fates tabindex="0"><table class="table fates">
                <caption class="sr-only">{t.fates}</caption>
                <thead><tr>
                    <th scope="col">{t.step}</th><th scope="col">{t.column_arm}</th>
                    <th scope="col">{t.channel}</th><th scope="col">{t.when}</th>
                    {numbers}
                    <th scope="col">{t.withheld}</th>
                </tr></thead>
                <tbody>{rows}</tbody>
            </table></div>
        </section>
    }
}
