//! Canvas elements: sharp at any pixel ratio, sized with their box, saved as files.

use wasm_bindgen::closure::Closure;
use wasm_bindgen::{JsCast, JsValue};
use web_sys::{Blob, CanvasRenderingContext2d, Element, HtmlCanvasElement, ResizeObserver};

use super::window;

/// Device pixels per CSS pixel.
pub fn pixel_ratio() -> f64 {
    let ratio = window().map_or(1.0, |window| window.device_pixel_ratio());
    if ratio.is_finite() && ratio > 0.0 { ratio } else { 1.0 }
}

/// A canvas that is not in the page.
pub fn create() -> Option<HtmlCanvasElement> {
    window()?.document()?.create_element("canvas").ok()?.dyn_into().ok()
}

/// Its drawing context.
pub fn context(canvas: &HtmlCanvasElement) -> Option<CanvasRenderingContext2d> {
    canvas.get_context("2d").ok()??.dyn_into().ok()
}

/// Makes the canvas empty and this many device pixels large.
pub fn clear(canvas: &HtmlCanvasElement, width: u32, height: u32) {
    if canvas.width() != width || canvas.height() != height {
        // This clears too, and takes time for the memory.
        canvas.set_width(width);
        canvas.set_height(height);
    }
    // Also where nothing stands yet: what begins so Chromium replaces a third faster.
    if let Some(context) = context(canvas) {
        context.clear_rect(0.0, 0.0, f64::from(width), f64::from(height));
    }
}

/// Width and height of an element's box in **CSS pixels**.
pub fn size_of(element: &Element) -> (f64, f64) {
    let place = element.get_bounding_client_rect();
    (place.width(), place.height())
}

/// Left and upper edge of an element in the window, **CSS pixels**.
pub fn corner_of(element: &Element) -> (f64, f64) {
    let place = element.get_bounding_client_rect();
    (place.left(), place.top())
}

/// The fonts an element is written in, as a CSS list.
pub fn font_family(element: &Element) -> String {
    window()
        .and_then(|window| window.get_computed_style(element).ok().flatten())
        .and_then(|style| style.get_property_value("font-family").ok())
        .filter(|family| !family.is_empty())
        .unwrap_or_else(|| "sans-serif".to_owned())
}

/// Calls back when the size of an element changes, until dropped.
pub struct SizeWatch {
    observer: Option<ResizeObserver>,
    _callback: Closure<dyn FnMut()>,
}

impl SizeWatch {
    /// Begins to watch; calls back once soon after.
    pub fn new(element: &Element, changed: impl FnMut() + 'static) -> Self {
        let callback = Closure::<dyn FnMut()>::new(changed);
        let observer = ResizeObserver::new(callback.as_ref().unchecked_ref()).ok();
        if let Some(observer) = &observer {
            observer.observe(element);
        }
        Self { observer, _callback: callback }
    }
}

impl Drop for SizeWatch {
    fn drop(&mut self) {
        if let Some(observer) = &self.observer {
            observer.disconnect();
        }
    }
}

/// Hands the canvas as a PNG file to `done`; `None` if the browser cannot make it.
pub fn to_png(canvas: &HtmlCanvasElement, done: impl FnOnce(Option<Blob>) + 'static) {
    let callback = Closure::once_into_js(move |blob: JsValue| done(blob.dyn_into().ok()));
    // A refusal (a tainted canvas) cannot happen: we draw no foreign pictures.
    let _ = canvas.to_blob(callback.unchecked_ref());
}
