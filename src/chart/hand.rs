//! Carrying out what fingers, mouse and wheel wish for.

use std::cell::RefCell;
use std::rc::Rc;

use jobnet_charts::model::TimelineModel;
use jobnet_charts::window::Window;
use leptos::ev::{PointerEvent, WheelEvent};
use leptos::prelude::*;

use super::gestures::{Gesture, Wish};
use super::stage::Stage;
use super::state::ChartState;
use crate::platform::canvas;

/// The reader's hand over one timeline.
#[derive(Clone, Copy)]
pub(super) struct Hand {
    stage: Stage,
    state: ChartState,
    model: Signal<TimelineModel>,
    gesture: StoredValue<Rc<RefCell<Gesture>>, LocalStorage>,
    /// The window when the gesture began.
    start: StoredValue<Window>,
}

/// The wheel's pixels that double the months shown.
const WHEEL_DOUBLE: f64 = 300.0;

impl Hand {
    pub(super) fn new(stage: Stage, state: ChartState, model: Signal<TimelineModel>) -> Self {
        let gesture = StoredValue::new_local(Rc::default());
        Self { stage, state, model, gesture, start: StoredValue::new(Window::default()) }
    }

    pub(super) fn down(self, event: &PointerEvent) {
        if event.pointer_type() == "mouse" && event.button() != 0 {
            return;
        }
        let x = self.x_of(event.client_x());
        if self.gesture.get_value().borrow_mut().press(event.pointer_id(), x) {
            self.start.set_value(self.window());
        }
    }

    pub(super) fn shift(self, event: &PointerEvent) {
        let x = self.x_of(event.client_x());
        let gesture = self.gesture.get_value();
        let wish = gesture.borrow_mut().shift(event.pointer_id(), x);
        if gesture.borrow().is_active()
            && wish.is_some()
            && let Some(wrapper) = self.stage.wrapper.get_untracked()
        {
            // The rest of the drag belongs to the chart, also outside it. A pointer that is gone
            // cannot be captured: no harm.
            let _ = wrapper.set_pointer_capture(event.pointer_id());
        }
        self.grant(wish, event);
    }

    pub(super) fn up(self, event: &PointerEvent) {
        let x = self.x_of(event.client_x());
        let wish = self.gesture.get_value().borrow_mut().lift(event.pointer_id(), x);
        self.start.set_value(self.window());
        self.grant(wish, event);
    }

    pub(super) fn cancel(self, event: &PointerEvent) {
        self.gesture.get_value().borrow_mut().cancel(event.pointer_id());
        self.start.set_value(self.window());
    }

    /// The mouse leaves: no month is pointed at. A finger that leaves has just tapped.
    pub(super) fn leave(self, event: &PointerEvent) {
        if event.pointer_type() == "mouse" && !self.gesture.get_value().borrow().is_active() {
            self.state.active.set(None);
        }
    }

    /// Ctrl and wheel (also a pinch on a touch pad) zoom; the wheel alone scrolls the page.
    pub(super) fn wheel(self, event: &WheelEvent) {
        if !event.ctrl_key() {
            return;
        }
        event.prevent_default();
        let factor = (event.delta_y().clamp(-WHEEL_DOUBLE, WHEEL_DOUBLE) / WHEEL_DOUBLE).exp2();
        // One notch changes at least one month.
        let factor = if factor < 1.0 { factor.min(0.9) } else { factor.max(1.1) };
        if let Some(around) = self.month_at(self.x_of(event.client_x())) {
            self.state.zoom(factor, around, self.total());
        }
    }

    fn grant(self, wish: Option<Wish>, event: &PointerEvent) {
        match wish {
            Some(Wish::Point(x)) => self.point(x),
            Some(Wish::Tap(x)) => {
                self.point(x);
                let month = self.state.active.get_untracked();
                let is_mouse = event.pointer_type() == "mouse";
                // A click pins and lets go as Enter does. A finger points only where it taps: its
                // next tap compares, and one on the pinned month lets go.
                self.state.pinned.update(|pinned| match *pinned {
                    Some(_) if is_mouse || *pinned == month => *pinned = None,
                    Some(_) => {}
                    None => *pinned = month,
                });
            }
            Some(Wish::Drag(css)) => {
                let band = self
                    .state
                    .layout
                    .with_untracked(|layout| Some(layout.as_ref()?.plot.as_ref()?.x.px_per_unit()));
                if let Some(band) = band {
                    let months = -(css / band.max(1.0)).round() as isize;
                    self.state.set_window(self.start.get_value().panned(months, self.total()));
                }
            }
            Some(Wish::Pinch { factor, at }) => {
                let around = self.month_at(at).unwrap_or(0);
                let window = self.start.get_value().zoomed(factor, around, self.total());
                self.state.set_window(window);
            }
            None => {}
        }
    }

    fn point(self, x: f64) {
        let month = self.month_at(x);
        if month != self.state.active.get_untracked() {
            self.state.active.set(month);
        }
    }

    fn x_of(self, client_x: i32) -> f64 {
        let left = self.stage.wrapper.get_untracked().map_or(0.0, |el| canvas::corner_of(&el).0);
        f64::from(client_x) - left
    }

    fn month_at(self, x: f64) -> Option<usize> {
        self.state.layout.with_untracked(|layout| layout.as_ref()?.month_at(x))
    }

    fn window(self) -> Window {
        self.state.layout.with_untracked(|layout| {
            layout.as_ref().map_or_else(Window::default, |layout| layout.window)
        })
    }

    fn total(self) -> usize {
        self.model.with_untracked(|model| model.spec.months.len())
    }
}
