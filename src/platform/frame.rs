//! The next frame: many wishes become one piece of work.

use std::cell::Cell;
use std::rc::Rc;

use wasm_bindgen::JsCast;
use wasm_bindgen::closure::Closure;

use super::window;

/// Draws at most once a frame, and never after it is dropped.
pub struct Frame {
    pending: Rc<Cell<Option<i32>>>,
    callback: Closure<dyn FnMut()>,
}

impl Frame {
    /// Will call `draw` in the frame after each request.
    pub fn new(mut draw: impl FnMut() + 'static) -> Self {
        let pending = Rc::new(Cell::new(None));
        let done = Rc::clone(&pending);
        let callback = Closure::<dyn FnMut()>::new(move || {
            done.set(None);
            draw();
        });
        Self { pending, callback }
    }

    /// Asks for a drawing in the next frame.
    pub fn request(&self) {
        if self.pending.get().is_some() {
            return;
        }
        let handle = window().and_then(|window| {
            window.request_animation_frame(self.callback.as_ref().unchecked_ref()).ok()
        });
        self.pending.set(handle);
    }
}

impl Drop for Frame {
    fn drop(&mut self) {
        if let (Some(handle), Some(window)) = (self.pending.get(), window()) {
            // The only error is a window that is gone.
            let _ = window.cancel_animation_frame(handle);
        }
    }
}

/// Does something at once, but not twice between two frames: what is asked for meanwhile is done once
/// in the next frame.
pub struct Pace {
    work: Rc<dyn Fn()>,
    again: Rc<Cell<bool>>,
    frame: Frame,
}

impl Pace {
    /// Will do `work` after each request.
    pub fn new(work: impl Fn() + 'static) -> Self {
        let work: Rc<dyn Fn()> = Rc::new(work);
        let again = Rc::new(Cell::new(false));
        let (late, asked) = (Rc::clone(&work), Rc::clone(&again));
        let frame = Frame::new(move || {
            if asked.take() {
                late();
            }
        });
        Self { work, again, frame }
    }

    /// Asks for it.
    pub fn request(&self) {
        if self.frame.pending.get().is_some() {
            self.again.set(true);
        } else {
            self.frame.request();
            (self.work)();
        }
    }
}

/// Marks a moment for measuring, the first time only. Returns whether it was the first.
pub fn mark_once(name: &str) -> bool {
    let Some(performance) = window().and_then(|window| window.performance()) else { return false };
    let is_first = performance.get_entries_by_name(name).length() == 0;
    if is_first {
        let _ = performance.mark(name);
    }
    is_first
}
