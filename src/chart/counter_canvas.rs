//! A counter as a picture.

use jobnet_charts::counter::{self, CounterSpec};
use leptos::prelude::*;

use crate::view::{View, view};

use super::stage::{Paper, Stage};

/// On paper: as on the screen, with more dots.
const PAPER: Paper = Paper { size: (240.0, 150.0), dots: 3.0 };

/// One counter. The words beside it are the page's.
#[component(transparent)]
pub fn CounterCanvas(
    /// What to show; changes are drawn in the next frame.
    #[prop(into)]
    spec: Signal<CounterSpec>,
    /// The whole counter in one sentence, for screen readers.
    #[prop(into)]
    label: Signal<String>,
) -> View {
    let stage = Stage::new();
    stage.draw_with(
        PAPER,
        move || spec.track(),
        move |scene| spec.with_untracked(|spec| counter::draw(scene.area, spec, scene.look)),
    );
    view! {
        <div class="counter-plot" node_ref=stage.wrapper role="img" aria-label=label>
            <canvas node_ref=stage.canvas aria-hidden="true"></canvas>
        </div>
    }
}
