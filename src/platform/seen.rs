//! Whether a part of the page has really been on screen.

use std::cell::Cell;
use std::rc::Rc;

use wasm_bindgen::closure::Closure;
use wasm_bindgen::{JsCast, JsValue};
use web_sys::{Element, IntersectionObserver, IntersectionObserverEntry, IntersectionObserverInit};

use super::window;

/// So long, in **milliseconds**, it must be on screen.
const SECOND: i32 = 1_000;

/// Hears of what has come on screen or left it.
type Listens = Closure<dyn FnMut(js_sys::Array)>;

/// Watches the first element of a selector until it has been on screen for a second: at least half
/// of it, or half of the window if it is taller. Dropped, it watches no longer.
pub struct Watch {
    observer: Option<IntersectionObserver>,
    timer: Rc<Cell<Option<i32>>>,
    _callbacks: (Listens, Rc<Closure<dyn FnMut()>>),
}

impl Watch {
    /// Calls `seen` once. While something of `not_yet` is in it, it is not there.
    pub fn new(
        selector: &'static str,
        not_yet: &'static str,
        seen: impl FnOnce() + 'static,
    ) -> Self {
        let timer = Rc::new(Cell::new(None::<i32>));
        let on_screen = Rc::new(Cell::new(false));
        let seen = Cell::new(Some(seen));
        let (clock, is_on) = (Rc::clone(&timer), Rc::clone(&on_screen));
        let again: Rc<Cell<Option<js_sys::Function>>> = Rc::new(Cell::new(None));
        let repeat = Rc::clone(&again);
        let over = Rc::new(Closure::<dyn FnMut()>::new(move || {
            clock.set(None);
            let here = find(selector);
            let is_ready = here
                .as_ref()
                .is_some_and(|element| matches!(element.query_selector(not_yet), Ok(None)));
            if is_ready && !is_hidden() {
                if let Some(seen) = seen.take() {
                    seen();
                }
            } else if is_on.get()
                && here.is_some()
                && let Some(function) = repeat.take()
            {
                clock.set(wait(&function));
                repeat.set(Some(function));
            }
        }));
        let function: js_sys::Function =
            over.as_ref().as_ref().unchecked_ref::<js_sys::Function>().clone();
        again.set(Some(function.clone()));
        let clock = Rc::clone(&timer);
        let callback = Closure::<dyn FnMut(js_sys::Array)>::new(move |entries: js_sys::Array| {
            for entry in entries.iter() {
                let entry: IntersectionObserverEntry = entry.unchecked_into();
                let is_seen = is_half(&entry);
                on_screen.set(is_seen);
                match (is_seen, clock.get()) {
                    (true, None) => clock.set(wait(&function)),
                    (false, Some(handle)) => {
                        stop(handle);
                        clock.set(None);
                    }
                    _ => {}
                }
            }
        });
        let observer = observer(&callback);
        if let (Some(observer), Some(element)) = (&observer, find(selector)) {
            observer.observe(&element);
        }
        Self { observer, timer, _callbacks: (callback, over) }
    }
}

impl Drop for Watch {
    fn drop(&mut self) {
        if let Some(observer) = &self.observer {
            observer.disconnect();
        }
        if let Some(handle) = self.timer.take() {
            stop(handle);
        }
    }
}

fn observer(callback: &Listens) -> Option<IntersectionObserver> {
    let options = IntersectionObserverInit::new();
    // Often enough that half a window is not missed on an element many windows tall.
    let steps: js_sys::Array =
        (0..=40).map(|step| JsValue::from_f64(f64::from(step) / 40.0)).collect();
    options.set_threshold(&steps);
    IntersectionObserver::new_with_options(callback.as_ref().unchecked_ref(), &options).ok()
}

fn is_half(entry: &IntersectionObserverEntry) -> bool {
    let window = entry.root_bounds().map_or(f64::INFINITY, |bounds| bounds.height());
    entry.is_intersecting()
        && (entry.intersection_ratio() >= 0.5 || entry.intersection_rect().height() >= window / 2.0)
}

fn find(selector: &str) -> Option<Element> {
    window()?.document()?.query_selector(selector).ok().flatten()
}

fn is_hidden() -> bool {
    window().and_then(|window| window.document()).is_none_or(|document| document.hidden())
}

fn wait(function: &js_sys::Function) -> Option<i32> {
    window()?.set_timeout_with_callback_and_timeout_and_arguments_0(function, SECOND).ok()
}

fn stop(handle: i32) {
    if let Some(window) = window() {
        window.clear_timeout_with_handle(handle);
    }
}
