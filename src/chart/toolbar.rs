//! The tools: zoom, move, compare, table, files. Everything a gesture does, a button does too.

use jobnet_charts::model::TimelineModel;
use leptos::prelude::*;

use super::ChartStrings;
use super::files::{self, FileKind};
use super::keys::Action;
use super::stage::Stage;
use super::state::ChartState;
use crate::platform::canvas;
use crate::view::{View, view};

#[component(transparent)]
pub(super) fn Toolbar(
    state: ChartState,
    model: Signal<TimelineModel>,
    strings: Signal<&'static ChartStrings>,
    stage: Stage,
    table_id: String,
    act: Callback<Action>,
) -> View {
    let total = move || model.with(|model| model.spec.months.len());
    let window = move || state.layout.with(|layout| layout.as_ref().map(|l| l.window));
    let at_start = move || window().is_none_or(|window| window.first() == 0);
    let at_end = move || window().is_none_or(|window| window.last() + 1 >= total());
    let narrowest = move || window().is_none_or(|window| window.is_narrowest());
    let all = move || window().is_none_or(|window| window.is_all(total()));
    let text = move |pick: fn(&ChartStrings) -> &'static str| move || pick(strings.get());
    view! {
        <div class="chart-tools" role="group" aria-label=text(|s| s.tools)>
            <Icon name=text(|s| s.pan_back) path="M15 5l-7 7 7 7" off=at_start act wish=Action::Pan(-1)/>
            <Icon name=text(|s| s.pan_on) path="M9 5l7 7-7 7" off=at_end act wish=Action::Pan(1)/>
            <Icon name=text(|s| s.zoom_in) path="M12 5v14M5 12h14" off=narrowest act wish=Action::ZoomIn/>
            <Icon name=text(|s| s.zoom_out) path="M5 12h14" off=all act wish=Action::ZoomOut/>
            <Icon
                name=text(|s| s.zoom_reset)
                path="M5 5v5h5M5.5 10a7 7 0 1 1-.4 4"
                off=move || state.window.get().is_none()
                act
                wish=Action::ZoomReset
            />
            <button
                type="button"
                class="button button-secondary"
                aria-pressed=move || if state.pinned.get().is_some() { "true" } else { "false" }
                on:click=move |_| act.run(Action::Pin)
            >
                {text(|s| s.pin)}
            </button>
            <button
                type="button"
                class="button button-secondary"
                aria-expanded=move || if state.table.get() { "true" } else { "false" }
                aria-controls=table_id
                on:click=move |_| state.table.update(|table| *table = !*table)
            >
                {move || {
                    let s = strings.get();
                    if state.table.get() { s.hide_table } else { s.show_table }
                }}
            </button>
            <Files state model strings stage/>
        </div>
    }
}

/// A button with a picture and a name that is read and shown on pointing.
#[component(transparent)]
fn Icon(
    name: impl Fn() -> &'static str + Copy + Send + Sync + 'static,
    path: &'static str,
    off: impl Fn() -> bool + Copy + Send + Sync + 'static,
    act: Callback<Action>,
    wish: Action,
) -> View {
    // `aria-disabled` and not `disabled`: a button that turns off must not lose the focus.
    let disabled = move || off().then_some("true");
    view! {
        <button
            type="button"
            class="button button-secondary chart-icon"
            aria-label=name
            title=name
            aria-disabled=disabled
            on:click=move |_| {
                if !off() {
                    act.run(wish);
                }
            }
        >
            <svg viewBox="0 0 24 24" aria-hidden="true">
                <path d=path></path>
            </svg>
        </button>
    }
}

/// The files, behind one button.
#[component(transparent)]
fn Files(
    state: ChartState,
    model: Signal<TimelineModel>,
    strings: Signal<&'static ChartStrings>,
    stage: Stage,
) -> View {
    let failed = RwSignal::new(false);
    let list = NodeRef::<leptos::html::Details>::new();
    let item = move |kind: FileKind, name: fn(&ChartStrings) -> &'static str| {
        let save = move |_| {
            failed.set(false);
            let Some(wrapper) = stage.wrapper.get_untracked() else { return };
            let (family, width) = (canvas::font_family(&wrapper), canvas::size_of(&wrapper).0);
            model.with_untracked(|model| {
                let view = state.view(&model.spec, width);
                let decimal = strings.get_untracked().decimal;
                files::save(kind, model, &view, decimal, family, move || failed.set(true));
            });
            if let Some(list) = list.get_untracked() {
                list.set_open(false);
            }
        };
        view! {
            <li>
                <button type="button" class="function-link" on:click=save>
                    {move || name(strings.get())}
                </button>
            </li>
        }
    };
    view! {
        <details class="chart-files" node_ref=list>
            <summary class="button button-secondary">{move || strings.get().download}</summary>
            <ul class="no-max-width">
                {item(FileKind::Png, |s| s.download_png)} {item(FileKind::Svg, |s| s.download_svg)}
                {item(FileKind::Csv, |s| s.download_csv)}
            </ul>
        </details>
        <p class="chart-error" role="alert">
            {move || failed.get().then(|| strings.get().download_failed)}
        </p>
    }
}
