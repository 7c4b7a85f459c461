//! What stands behind the last of the tools: back to the start, the table, the files.

use leptos::html::{Details, Summary};
use leptos::prelude::*;

use super::Chart;
use super::files::{self, FileKind};
use super::keys::Action;
use crate::platform::canvas;
use crate::platform::measure::TextMeter;
use crate::view::{View, view};

/// The chart that the choices are about, and the menu they stand in.
#[derive(Clone, Copy)]
pub struct Menu {
    pub(super) chart: Chart,
    /// Does what a button asks for, and says it.
    pub(super) act: Callback<Action>,
    /// The menu itself: a choice closes it.
    pub(super) list: NodeRef<Details>,
    /// What opens it.
    pub(super) button: NodeRef<Summary>,
}

/// The choices.
pub fn menu_view(menu: Menu) -> View {
    let Menu { chart: Chart { state, model, strings, stage }, act, list, button } = menu;
    let failed = RwSignal::new(false);
    let close = move || {
        if let Some(list) = list.get_untracked() {
            list.set_open(false);
        }
        // The choice is gone with the menu: the button that opened it gets the focus.
        if let Some(button) = button.get_untracked() {
            // It fails only for an element that is gone.
            let _ = button.focus();
        }
    };
    let save = move |kind: FileKind| {
        failed.set(false);
        let Some(wrapper) = stage.wrapper.get_untracked() else { return };
        let (meter, width) = (TextMeter::of(&wrapper), canvas::size_of(&wrapper).0);
        model.with_untracked(|model| {
            let view = state.view(&model.spec, width);
            files::save(kind, model, &view, strings.decimal, &meter, move || failed.set(true));
        });
    };
    let item = move |name: View, chosen: Box<dyn Fn()>| {
        let chosen = move |_| {
            chosen();
            close();
        };
        view! {
            <li>
                <button type="button" class="function-link" on:click=chosen>
                    {name}
                </button>
            </li>
        }
    };
    let file = move |name: &'static str, kind| item(View::text(name), Box::new(move || save(kind)));
    let table =
        View::live(move || if state.table.get() { strings.hide_table } else { strings.show_table });
    view! {
        <ul class="no-max-width">
            {item(View::text(strings.zoom_reset), Box::new(move || act.run(Action::ZoomReset)))}
            {item(table, Box::new(move || act.run(Action::Table)))}
            {file(strings.download_png, FileKind::Png)}
            {file(strings.download_svg, FileKind::Svg)}
            {file(strings.download_csv, FileKind::Csv)}
        </ul>
        <p class="chart-error" role="alert">
            {move || failed.get().then_some(strings.download_failed)}
        </p>
    }
}
