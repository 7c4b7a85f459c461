//! Presentation “what if”: sliders and fields, the answer at once, the timeline of the plan.
//!
//! The rules run here in the browser on every input. Nothing is stored and nothing is sent: what
//! was set lives in these signals and nowhere else.

use std::sync::Arc;
use std::time::Duration;

use chrono::NaiveDate;
use jobnet_api::account::AccountAnswer;
use jobnet_rules::day;
use jobnet_rules::simulate::{Holiday, Plan, Simulation, Simulator};
use jobnet_rules::units::Hours;
use leptos::prelude::*;

use crate::chart::TimelineChart;
use crate::i18n::{Language, fill, language};
use crate::platform::frame::Pace;
use crate::view::{IntoView, View, view};

use super::explain::{line_view, steps_view};
use super::explain_model::said;
use super::figure::Line;
use super::plan_timeline::PlanTimeline;
use super::report_model::parse_hours;
use super::what_if_model::{
    MOST_WEEKS, Row, Settings, begins, beside_work, carries_rate, most_weekly_hours, rows,
    sentences, spoken, starts,
};

/// A screen reader hears the answer when she has stopped moving for this long.
const QUIET: Duration = Duration::from_millis(700);

/// The fields as typed; a field that cannot be read keeps the last plan that could.
#[derive(Clone, Copy)]
struct Fields {
    hours: RwSignal<String>,
    weeks: RwSignal<String>,
    start: RwSignal<String>,
    holiday_from: RwSignal<String>,
    holiday_to: RwSignal<String>,
    part_time: RwSignal<String>,
}

impl Fields {
    fn of(settings: &Settings, language: Language) -> Self {
        Self {
            hours: RwSignal::new(language.short_hours(settings.weekly_hours)),
            weeks: RwSignal::new(settings.weeks.to_string()),
            start: RwSignal::new(settings.start.to_string()),
            holiday_from: RwSignal::new(String::new()),
            holiday_to: RwSignal::new(String::new()),
            part_time: RwSignal::new(String::new()),
        }
    }

    fn reset(self, settings: &Settings, language: Language) {
        self.hours.set(language.short_hours(settings.weekly_hours));
        self.weeks.set(settings.weeks.to_string());
        self.start.set(settings.start.to_string());
        for text in [self.holiday_from, self.holiday_to, self.part_time] {
            text.set(String::new());
        }
    }

    fn weekly_hours(self, most: Hours) -> Option<Hours> {
        self.hours.with(|typed| parse_hours(typed)).filter(|hours| *hours <= most)
    }

    fn weeks(self) -> Option<u16> {
        self.weeks.with(|typed| typed.trim().parse().ok()).filter(|weeks| *weeks <= MOST_WEEKS)
    }

    fn start(self, today: NaiveDate) -> Option<NaiveDate> {
        let (first, last) = begins(today);
        self.start.with(|typed| day::parse(typed)).filter(|day| (first..=last).contains(day))
    }

    /// No holiday, a holiday, or days that make none.
    fn holiday(self) -> Result<Option<Holiday>, ()> {
        let (from, to) = (self.holiday_from.get(), self.holiday_to.get());
        if from.is_empty() && to.is_empty() {
            return Ok(None);
        }
        match (day::parse(&from), day::parse(&to)) {
            (Some(from), Some(to)) if from <= to => Ok(Some(Holiday { from, to })),
            _ => Err(()),
        }
    }

    fn settings(self, most: Hours, today: NaiveDate) -> Option<Settings> {
        Some(Settings {
            weekly_hours: self.weekly_hours(most)?,
            weeks: self.weeks()?,
            start: self.start(today)?,
            holiday: self.holiday().ok()?,
            part_time_from: self.part_time.get().parse().ok(),
        })
    }
}

/// A plan that was played.
struct Played {
    settings: Settings,
    plan: Simulation,
    /// Without work.
    nothing: Arc<Simulation>,
    /// The answer in sentences.
    lines: Vec<Line>,
}

impl Played {
    fn new(settings: Settings, plan: Simulation, nothing: Arc<Simulation>) -> Self {
        let lines = sentences(&settings, &plan, &nothing, language());
        Self { settings, plan, nothing, lines }
    }
}

/// Sliders, answer, timeline.
#[component(transparent)]
pub(super) fn WhatIf(answer: Arc<AccountAnswer>) -> View {
    let language = language();
    let texts = language.account().what_if;
    let today = super::today(&answer.case);
    let own = Settings::own(today);
    let most = most_weekly_hours(&answer);
    let weeks_limit = answer.account.supplementary.as_ref().map_or(0, |weeks| weeks.weeks_limit);
    let fields = Fields::of(&own, language);
    let cannot = || view! { <p class="note">{texts.cannot}</p> };
    let Ok(simulator) = Simulator::new(&answer.case) else { return cannot() };
    let Ok(nothing) = simulator.play(&Plan::nothing(own.start)) else { return cannot() };
    let unplanned = Arc::new(nothing.clone());
    let played = RwSignal::new(Played::new(own.clone(), nothing, Arc::clone(&unplanned)));
    let timeline = PlanTimeline::new(&answer, today, language);
    let chart = RwSignal::new(timeline.own());
    let settings = Memo::new(move |_| fields.settings(most, today));
    let step = Pace::new(move || {
        let Some(settings) = settings.get_untracked() else { return };
        let Ok(plan) = simulator.play(&settings.plan()) else { return };
        let now = Played::new(settings, plan, Arc::clone(&unplanned));
        chart.update(|model| match now.lines.first() {
            Some(line) if !now.settings.is_nothing() => {
                timeline.show(model, &now.plan, said(line, &now.plan.trace, language));
            }
            _ => *model = timeline.own(),
        });
        played.set(now);
    });
    Effect::new(move |first: Option<()>| {
        // Read, not only tracked: a memo that nobody reads follows nothing.
        settings.with(|_| ());
        if first.is_some() {
            step.request();
        }
    });
    view! {
        <div class="what-if" data-part="what-if">
            <div class="what-if-head">
                <h2>{texts.title}</h2>
                <p>{texts.promise}</p>
            </div>
            <form class="what-if-form" novalidate=true on:submit=|event| event.prevent_default()>
                {work_view(fields, most, today)}
                {more_view(fields, today)}
                <button type="button" class="button button-secondary"
                    on:click=move |_| fields.reset(&own, language)>
                    {texts.reset}
                </button>
            </form>
            <div class="what-if-answer">{answer_view(played, weeks_limit)}</div>
        </div>
        <TimelineChart model=chart strings=language.chart()/>
    }
}

/// Hours, weeks and first day.
fn work_view(fields: Fields, most: Hours, today: NaiveDate) -> View {
    let language = language();
    let texts = language.account().what_if;
    let max = language.short_hours(most);
    let most_weeks = MOST_WEEKS.to_string();
    let hours_wrong = Memo::new(move |_| fields.weekly_hours(most).is_none());
    let weeks_wrong = Memo::new(move |_| fields.weeks().is_none());
    let error_hours = fill(texts.error_hours, &[("max", &max)]);
    let error_weeks = fill(texts.error_weeks, &[("max", &most_weeks)]);
    let slid_hours = move || fields.weekly_hours(most).unwrap_or_default();
    let slid_weeks = move || fields.weeks().unwrap_or_default();
    let start_wrong = Memo::new(move |_| fields.start(today).is_none());
    let start_error = language.report().error_day.to_owned();
    let start_error = error_view("what-if-start-error", start_wrong, start_error);
    let (first, last) = begins(today);
    view! {
        <fieldset>
            <legend class="form-label">{texts.work}</legend>
            <div class="form-group" class:form-error=move || hours_wrong.get()>
                <label class="form-label" for="what-if-hours">{texts.hours}</label>
                <span class="form-hint" id="what-if-hours-hint">{fill(texts.hours_hint, &[("max", &max)])}</span>
                {error_view("what-if-hours-error", hours_wrong, error_hours)}
                <div class="pair">
                    <input type="range" min="0" step="0.5" max=most.to_string() aria-label=texts.hours_slider
                        data-slider="hours"
                        prop:value=move || slid_hours().to_string()
                        aria-valuetext=move || format!("{} {}", language.short_hours(slid_hours()), texts.hours_unit)
                        on:input=move |event| {
                            if let Some(hours) = parse_hours(&event_target_value(&event)) {
                                fields.hours.set(language.short_hours(hours));
                            }
                        }/>
                    <div class="form-input-wrapper form-input-wrapper--suffix">
                        <input class="form-input" id="what-if-hours" type="text" inputmode="decimal" autocomplete="off"
                            aria-describedby="what-if-hours-hint what-if-hours-error"
                            aria-invalid=move || hours_wrong.get().then_some("true")
                            prop:value=move || fields.hours.get()
                            on:input=move |event| fields.hours.set(event_target_value(&event))/>
                        <div class="form-input-suffix" aria-hidden="true">{texts.hours_unit}</div>
                    </div>
                </div>
            </div>
            <div class="form-group" class:form-error=move || weeks_wrong.get()>
                <label class="form-label" for="what-if-weeks">{texts.weeks}</label>
                <span class="form-hint" id="what-if-weeks-hint">{fill(texts.weeks_hint, &[("max", &most_weeks)])}</span>
                {error_view("what-if-weeks-error", weeks_wrong, error_weeks)}
                <div class="pair">
                    <input type="range" min="0" step="1" max=most_weeks.clone() aria-label=texts.weeks_slider
                        data-slider="weeks"
                        prop:value=move || slid_weeks().to_string()
                        aria-valuetext=move || format!("{} {}", slid_weeks(), texts.weeks_unit)
                        on:input=move |event| fields.weeks.set(event_target_value(&event))/>
                    <div class="form-input-wrapper form-input-wrapper--suffix">
                        <input class="form-input" id="what-if-weeks" type="text" inputmode="numeric" autocomplete="off"
                            aria-describedby="what-if-weeks-hint what-if-weeks-error"
                            aria-invalid=move || weeks_wrong.get().then_some("true")
                            prop:value=move || fields.weeks.get()
                            on:input=move |event| fields.weeks.set(event_target_value(&event))/>
                        <div class="form-input-suffix" aria-hidden="true">{texts.weeks_unit}</div>
                    </div>
                </div>
            </div>
            {day_view("what-if-start", texts.start, fields.start, (first, Some(last)),
                "what-if-start-error", start_wrong, start_error)}
        </fieldset>
    }
}

/// Holiday and part-time insurance.
fn more_view(fields: Fields, today: NaiveDate) -> View {
    let language = language();
    let texts = language.account().what_if;
    let holiday_wrong = Memo::new(move |_| fields.holiday().is_err());
    let months: Vec<_> = starts(today)
        .into_iter()
        .map(|month| {
            let key = month.to_string();
            let chosen = {
                let key = key.clone();
                move || fields.part_time.with(|part_time| *part_time == key)
            };
            let name = Language::capital(&language.month(month));
            view! { <option value=key prop:selected=chosen>{name}</option> }
        })
        .collect();
    let day = move |id, label, text| {
        let described = "what-if-holiday-hint what-if-holiday-error";
        day_view(id, label, text, (today, None), described, holiday_wrong, View::none())
    };
    view! {
        <details class="more">
            <summary>{texts.more}</summary>
            <p class="form-hint" id="what-if-holiday-hint">{texts.holiday_hint}</p>
            {error_view("what-if-holiday-error", holiday_wrong, texts.error_holiday.to_owned())}
            <div class="days">
                {day("what-if-holiday-from", texts.holiday_from, fields.holiday_from)}
                {day("what-if-holiday-to", texts.holiday_to, fields.holiday_to)}
            </div>
            <div class="form-group">
                <label class="form-label" for="what-if-part-time">{texts.part_time}</label>
                <select class="form-select" id="what-if-part-time"
                    on:change=move |event| fields.part_time.set(event_target_value(&event))>
                    <option value="" prop:selected=move || fields.part_time.with(String::is_empty)>{texts.part_time_never}</option>
                    {months}
                </select>
            </div>
        </details>
    }
}

/// A field for a day from `first` on. A year that is being typed (0002, 0020 …) is not judged yet.
fn day_view(
    id: &'static str,
    label: &'static str,
    text: RwSignal<String>,
    (first, last): (NaiveDate, Option<NaiveDate>),
    described: &'static str,
    wrong: Memo<bool>,
    error: View,
) -> View {
    view! {
        <div class="form-group" class:form-error=move || wrong.get()>
            <label class="form-label" for=id>{label}</label>
            {error}
            <input class="form-input" type="date" id=id min=first.to_string()
                max=last.map(|last| last.to_string())
                aria-describedby=described
                aria-invalid=move || wrong.get().then_some("true")
                prop:value=move || text.get()
                on:change=move |event| text.set(event_target_value(&event))/>
        </div>
    }
}

fn error_view(id: &'static str, wrong: Memo<bool>, text: String) -> View {
    let prefix = language().report().error_prefix;
    (move || {
        let text = text.clone();
        wrong.get().then(|| {
            view! {
                <span class="form-error-message" id=id><span class="sr-only">{prefix}</span>{text}</span>
            }
        })
    })
    .into_view()
}

/// The answer: sentences, the table, and how it was calculated.
fn answer_view(played: RwSignal<Played>, weeks_limit: u32) -> View {
    let language = language();
    let texts = language.account().what_if;
    let heard = RwSignal::new(String::new());
    let mut speak =
        leptos::leptos_dom::helpers::debounce(QUIET, move |text: String| heard.set(text));
    // The outside world here is the screen reader: it hears the answer once, after a pause.
    Effect::new(move |first: Option<()>| {
        let text = played.with(|played| spoken(&played.lines, &played.plan, weeks_limit, language));
        if first.is_some() {
            speak(text);
        }
    });
    let shown = move || {
        played.with(|played| {
            let line = |(place, line): (usize, &Line)| {
                let class = if place == 0 { "say" } else { "" };
                view! { <p class=class>{line_view(line, &played.plan.trace)}</p> }
            };
            played.lines.iter().enumerate().map(line).collect::<Vec<_>>()
        })
    };
    let rows_of =
        move |played: &Played| rows(&played.settings, &played.plan, &played.nothing, language);
    let table = move || played.with(rows_of).into_iter().map(row_view).collect::<Vec<_>>();
    let carried = Memo::new(move |_| played.with(|played| carries_rate(&played.plan)));
    let beside = move || {
        let note = played.with(|played| beside_work(&played.plan.outcome, weeks_limit, language));
        note.map(|note| view! { <p class="note">{note}</p> })
    };
    let opened = RwSignal::new(false);
    let steps = move || {
        played.with(|played| {
            let figures: Vec<_> =
                rows_of(played).into_iter().filter_map(|row| row.figure).collect();
            steps_view(&played.plan.trace, &figures)
        })
    };
    view! {
        {shown}
        <p class="sr-only" role="status" aria-live="polite">{move || heard.get()}</p>
        <table class="table before-after">
            <caption class="sr-only">{texts.caption}</caption>
            <thead>
                <tr>
                    <th scope="col">{texts.what}</th>
                    <th scope="col" class="num">{texts.before}</th>
                    <th scope="col" class="num">{texts.after}</th>
                </tr>
            </thead>
            <tbody>{table}</tbody>
        </table>
        {beside}
        {move || carried.get().then(|| view! { <p class="note">{texts.rate_carried}</p> })}
        <p class="small muted">{texts.estimate}</p>
        <details class="how" on:toggle=move |_| opened.set(true)>
            <summary>{language.account().page.how}</summary>
            {move || opened.get().then(steps)}
        </details>
    }
}

fn row_view(row: Row) -> View {
    let changed = row.before != row.after;
    view! {
        <tr class:changed=changed>
            <th scope="row">{row.label}</th>
            <td class="num">{row.before}</td>
            <td class="num" data-figure=row.figure.map(|figure| figure.path.to_string())
                data-value=row.figure.map(|figure| figure.value.raw())>{row.after}</td>
        </tr>
    }
}
