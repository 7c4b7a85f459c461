//! What the reader's device asks for: dark, more contrast, forced colours, print, another pixel
//! ratio, fonts that have arrived. One callback for all of them, since each means drawing anew.

use std::cell::RefCell;
use std::rc::Rc;

use jobnet_charts::theme::{self, RGBColor, SystemColors, Theme};
use wasm_bindgen::JsCast;
use wasm_bindgen::closure::Closure;
use web_sys::{Element, EventTarget, HtmlElement, MediaQueryList};

use super::canvas::pixel_ratio;
use super::window;

const MORE_CONTRAST: &str = "(prefers-contrast: more)";

fn query(text: &str) -> Option<MediaQueryList> {
    window()?.match_media(text).ok().flatten()
}

fn matches(text: &str) -> bool {
    query(text).is_some_and(|query| query.matches())
}

/// The colours to draw in, inside this element.
pub fn theme(element: &Element) -> Theme {
    if matches("(forced-colors: active)") {
        return system_colors(element).map_or(theme::LIGHT, Theme::forced);
    }
    let theme = if is_dark() { theme::DARK } else { theme::LIGHT };
    if matches(MORE_CONTRAST) { theme.strong() } else { theme }
}

/// Whether the page is dark: as it was asked to be (`document::set_theme`), or as the device is.
fn is_dark() -> bool {
    let root = window().and_then(|window| window.document()?.document_element());
    match root.and_then(|root| root.get_attribute("data-theme")) {
        Some(theme) => theme == "dark",
        None => matches("(prefers-color-scheme: dark)"),
    }
}

/// Asks the browser what its system colours are, through the element's own colour.
fn system_colors(element: &Element) -> Option<SystemColors> {
    let window = window()?;
    let style = element.dyn_ref::<HtmlElement>()?.style();
    let resolve = |name: &str| {
        style.set_property("color", name).ok()?;
        let computed = window.get_computed_style(element).ok()??;
        parse_rgb(&computed.get_property_value("color").ok()?)
    };
    let colors = (|| {
        Some(SystemColors {
            canvas: resolve("Canvas")?,
            canvas_text: resolve("CanvasText")?,
            highlight: resolve("Highlight")?,
            link_text: resolve("LinkText")?,
            gray_text: resolve("GrayText")?,
        })
    })();
    let _ = style.remove_property("color");
    colors
}

/// `rgb(1, 2, 3)` or `rgba(1, 2, 3, 0.5)`.
fn parse_rgb(text: &str) -> Option<RGBColor> {
    let numbers = text.split_once('(')?.1.trim_end_matches(')');
    let mut numbers = numbers.split([',', ' ', '/']).filter(|part| !part.is_empty());
    // A browser may give fractions; a part of a 255th cannot be seen.
    let mut next = || numbers.next()?.split('.').next()?.parse::<u8>().ok();
    Some(RGBColor(next()?, next()?, next()?))
}

/// A listener, until dropped.
struct Listener {
    target: EventTarget,
    event: &'static str,
    callback: Closure<dyn FnMut()>,
}

impl Listener {
    fn new(target: EventTarget, event: &'static str, callback: impl FnMut() + 'static) -> Self {
        let callback = Closure::<dyn FnMut()>::new(callback);
        let function = callback.as_ref().unchecked_ref();
        // The only error is a target that is gone.
        let _ = target.add_event_listener_with_callback(event, function);
        Self { target, event, callback }
    }
}

impl Drop for Listener {
    fn drop(&mut self) {
        let function = self.callback.as_ref().unchecked_ref();
        let _ = self.target.remove_event_listener_with_callback(self.event, function);
    }
}

/// Calls back when colours, fonts or the pixel ratio change, until dropped.
pub struct LookWatch {
    _listeners: Vec<Listener>,
    _ratio: Rc<RefCell<Option<Listener>>>,
}

impl LookWatch {
    /// Begins to watch.
    pub fn new(changed: impl Fn() + 'static) -> Self {
        let changed: Rc<dyn Fn()> = Rc::new(changed);
        let mut listeners = Vec::new();
        for text in ["(prefers-color-scheme: dark)", "(forced-colors: active)", MORE_CONTRAST] {
            if let Some(query) = query(text) {
                let changed = Rc::clone(&changed);
                listeners.push(Listener::new(query.into(), "change", move || changed()));
            }
        }
        let fonts = window().and_then(|window| window.document()).map(|page| page.fonts());
        if let Some(fonts) = fonts {
            let changed = Rc::clone(&changed);
            listeners.push(Listener::new(fonts.into(), "loadingdone", move || changed()));
        }
        let ratio = Rc::new(RefCell::new(None));
        watch_ratio(&ratio, &changed);
        Self { _listeners: listeners, _ratio: ratio }
    }
}

/// A query says only whether the ratio is still this one: after each change, ask for the new one.
fn watch_ratio(slot: &Rc<RefCell<Option<Listener>>>, changed: &Rc<dyn Fn()>) {
    let Some(query) = query(&format!("(resolution: {}dppx)", pixel_ratio())) else { return };
    let (weak, again) = (Rc::downgrade(slot), Rc::clone(changed));
    let listener = Listener::new(query.into(), "change", move || {
        again();
        let (weak, again) = (weak.clone(), Rc::clone(&again));
        // Not from within the listener, which this would drop.
        wasm_bindgen_futures::spawn_local(async move {
            if let Some(slot) = weak.upgrade() {
                watch_ratio(&slot, &again);
            }
        });
    });
    *slot.borrow_mut() = Some(listener);
}

/// Calls back before and after printing, until dropped.
pub struct PrintWatch(#[allow(dead_code, reason = "held for its drop")] Vec<Listener>);

impl PrintWatch {
    /// Begins to watch.
    pub fn new(before: impl Fn() + 'static, after: impl Fn() + 'static) -> Self {
        let Some(window) = window() else { return Self(Vec::new()) };
        let target: EventTarget = window.into();
        Self(vec![
            Listener::new(target.clone(), "beforeprint", before),
            Listener::new(target, "afterprint", after),
        ])
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn computed_colours_are_read() {
        assert_eq!(parse_rgb("rgb(1, 20, 255)"), Some(RGBColor(1, 20, 255)));
        assert_eq!(parse_rgb("rgba(1, 20, 255, 0.5)"), Some(RGBColor(1, 20, 255)));
        assert_eq!(parse_rgb("rgb(1 20 255 / 1)"), Some(RGBColor(1, 20, 255)));
        assert_eq!(parse_rgb("CanvasText"), None);
    }
}
