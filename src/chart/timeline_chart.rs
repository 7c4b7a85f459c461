//! The timeline as a figure: heading, drawing, readout, legend, tools, table.

use std::sync::atomic::{AtomicU32, Ordering};

use jobnet_charts::model::TimelineModel;
use jobnet_charts::timeline;
use leptos::prelude::*;

use crate::view::{View, view};

use super::hand::Hand;
use super::keys::{Action, action};
use super::legend::Legend;
use super::overlay::Overlay;
use super::readout::{Readout, spoken};
use super::stage::{Paper, Scene, Stage};
use super::state::ChartState;
use super::toolbar::Toolbar;
use super::{Chart, ChartStrings};

/// On paper: as wide as the text of an A4 page.
const PAPER: Paper = Paper { size: (680.0, 480.0), dots: 3.0 };

/// A timeline with heading, conclusion, readout, legend, tools and table.
///
/// One tab stop for the drawing; the keys are in [`ChartStrings::keys_help`]. The wrapper of the
/// canvas counts its drawings in `data-drawn`.
#[component(transparent)]
pub fn TimelineChart(
    /// What to show; changes are drawn in the next frame.
    #[prop(into)]
    model: Signal<TimelineModel>,
    /// Texts of the controls in the reader's language.
    #[prop(into)]
    strings: &'static ChartStrings,
) -> View {
    static CHARTS: AtomicU32 = AtomicU32::new(1);
    let name = format!("chart-{}", CHARTS.fetch_add(1, Ordering::Relaxed));
    let (title_id, about_id) = (format!("{name}-title"), format!("{name}-about"));
    let keys_id = format!("{name}-keys");
    let (heading_id, labelled_by) = (title_id.clone(), title_id.clone());
    let described_by = format!("{about_id} {keys_id}");

    let state = ChartState::new();
    let stage = Stage::new();
    let chart = Chart { model, state, stage, strings };
    // Is the page being printed? Then the table is shown too.
    let paper = RwSignal::new(false);
    draw(stage, state, paper, model);
    let say = RwSignal::new(String::new());

    let act = move |wish: Action, aloud: bool| {
        let done =
            model.with_untracked(|model| state.act(wish, &model.spec, model.table.columns.len()));
        if done && aloud {
            let words = model.with_untracked(|model| spoken(wish, model, state, strings));
            say.set(words);
        }
    };
    let on_key = move |event: leptos::ev::KeyboardEvent| {
        let modifier = event.ctrl_key() || event.alt_key() || event.meta_key();
        if let Some(wish) = action(&event.key(), modifier) {
            event.prevent_default();
            act(wish, true);
        }
    };
    let on_focus = move |_| {
        if state.active.get_untracked().is_none() {
            act(Action::Months(0), true);
        }
    };
    let hand = Hand::new(stage, state, model);

    view! {
        <figure class="chart" aria-labelledby=labelled_by>
            <figcaption class="chart-head">
                <h2 id=heading_id>{move || model.with(|model| model.title.clone())}</h2>
                <p class="takeaway">{move || model.with(|model| model.takeaway.clone())}</p>
            </figcaption>
            <p class="sr-only" id=about_id>
                {move || model.with(|model| model.description.clone())}
            </p>
            <p class="sr-only" id=keys_id>{strings.keys_help}</p>
            <p class="chart-error" hidden=move || !state.failed.get()>
                {strings.not_drawn}
            </p>
            <div class="chart-body" hidden=move || state.failed.get()>
                <div
                    class="chart-plot"
                    node_ref=stage.wrapper
                    role="group"
                    tabindex="0"
                    aria-roledescription=strings.role_description
                    aria-labelledby=title_id
                    aria-describedby=described_by
                    on:keydown=on_key
                    on:focus=on_focus
                    on:pointerdown=move |event| hand.down(&event)
                    on:pointermove=move |event| hand.shift(&event)
                    on:pointerup=move |event| hand.up(&event)
                    on:pointercancel=move |event| hand.cancel(&event)
                    on:pointerleave=move |event| hand.leave(&event)
                    on:wheel=move |event| hand.wheel(&event)
                >
                    <canvas node_ref=stage.canvas aria-hidden="true"></canvas>
                    <Overlay state model/>
                </div>
                <Readout state model strings/>
            </div>
            <Legend state model strings/>
            <Toolbar chart act=Callback::new(move |wish| act(wish, true))/>
            <p class="sr-only" aria-live="polite">{move || say.get()}</p>
            {move || {
                model.with(|model| {
                    let note = |note: &String| view! { <p class="chart-note">{note.clone()}</p> };
                    model.notes.iter().map(note).collect::<Vec<_>>()
                })
            }}
            {move || {
                let shown = state.table.get() || paper.get();
                shown.then(|| crate::later::chart_table(model))
            }}
        </figure>
    }
}

/// Draws again when the months, the zoom or the hidden layers change.
fn draw(stage: Stage, state: ChartState, paper: RwSignal<bool>, model: Signal<TimelineModel>) {
    let track = move || {
        model.track();
        state.track_view();
    };
    stage.draw_with(PAPER, track, move |scene: &Scene<'_>| {
        // On paper the table follows the drawing.
        if paper.get_untracked() != scene.print {
            paper.set(scene.print);
        }
        model.with_untracked(|model| {
            let view = state.view(&model.spec, scene.width_css);
            let done = timeline::draw(scene.area, &model.spec, &view, scene.look);
            if scene.print {
                return done.map(|_| ());
            }
            if done.is_err() != state.failed.get_untracked() {
                state.failed.set(done.is_err());
            }
            if done.is_err() {
                state.table.set(true);
            }
            let (layout, done) = match done {
                Ok(layout) => (Some(layout), Ok(())),
                Err(error) => (None, Err(error)),
            };
            state.layout.set(layout);
            done
        })
    });
}
