//! The tools: zoom, move, compare, and behind one button the rest. Everything a gesture does, a
//! button does too.

use leptos::prelude::*;

use super::keys::Action;
use super::menu::Menu;
use super::{Chart, ChartStrings};
use crate::view::{View, view};

#[component(transparent)]
pub(super) fn Toolbar(chart: Chart, act: Callback<Action>) -> View {
    let Chart { state, model, strings, .. } = chart;
    let total = move || model.with(|model| model.spec.months.len());
    let window = move || state.layout.with(|layout| layout.as_ref().map(|l| l.window));
    let icon = move |name: fn(&ChartStrings) -> &'static str, path, wish| {
        let name = name(strings);
        // `aria-disabled` and not `disabled`: a button that turns off must not lose the focus.
        let off = Memo::new(move |_| match (window(), wish) {
            (None, _) => true,
            (Some(window), Action::ZoomIn) => window.is_narrowest(),
            (Some(window), Action::ZoomOut) => window.is_all(total()),
            (Some(window), Action::Pan(-1)) => window.first() == 0,
            (Some(window), _) => window.last() + 1 >= total(),
        });
        view! {
            <button
                type="button"
                class="button button-secondary chart-icon"
                aria-label=name
                title=name
                aria-disabled=move || off.get().then_some("true")
                on:click=move |_| {
                    if !off.get_untracked() {
                        act.run(wish);
                    }
                }
            >
                <svg viewBox="0 0 24 24" aria-hidden="true">
                    <path d=path></path>
                </svg>
            </button>
        }
    };
    let opened = RwSignal::new(false);
    let (list, button) = (NodeRef::new(), NodeRef::new());
    let menu = Menu { chart, act, list, button };
    view! {
        <div class="chart-tools" role="group" aria-label=strings.tools>
            {icon(|s| s.pan_back, "M15 5l-7 7 7 7", Action::Pan(-1))}
            {icon(|s| s.pan_on, "M9 5l7 7-7 7", Action::Pan(1))}
            {icon(|s| s.zoom_in, "M12 5v14M5 12h14", Action::ZoomIn)}
            {icon(|s| s.zoom_out, "M5 12h14", Action::ZoomOut)}
            <button
                type="button"
                class="button button-secondary"
                aria-pressed=move || if state.pinned.get().is_some() { "true" } else { "false" }
                on:click=move |_| act.run(Action::Pin)
            >
                {strings.pin}
            </button>
            <details class="chart-menu" node_ref=list on:toggle=move |_| opened.set(true)>
                <summary
                    node_ref=button
                    class="button button-secondary chart-icon"
                    aria-label=strings.more
                    title=strings.more
                >
                    <svg viewBox="0 0 24 24" aria-hidden="true">
                        <path d="M5 12h.01M12 12h.01M19 12h.01"></path>
                    </svg>
                </summary>
                {move || opened.get().then(|| crate::later::chart_menu(menu))}
            </details>
        </div>
    }
}
