//! The address bar: where she is, links followed without leaving the app, back and forward.
//!
//! It must not know which pages there are.

use wasm_bindgen::JsCast;
use wasm_bindgen::closure::Closure;
use web_sys::{Element, Event, HtmlAnchorElement, MouseEvent};

use super::window;

/// An address of this site, in the parts a page is made of.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Address {
    /// `/timer-og-ydelse`.
    pub path: String,
    /// `?visning=ord`, or nothing.
    pub query: String,
    /// `#karens`, or nothing.
    pub hash: String,
}

impl Address {
    /// The value of a name in the query, as it is written there.
    pub fn value_of(&self, name: &str) -> Option<&str> {
        let pairs = self.query.trim_start_matches('?').split('&');
        pairs.filter_map(|pair| pair.split_once('=')).find(|(key, _)| *key == name).map(|(_, v)| v)
    }
}

/// Where she is.
pub fn here() -> Address {
    let Some(location) = window().map(|window| window.location()) else {
        return Address::default();
    };
    Address {
        path: location.pathname().unwrap_or_default(),
        query: location.search().unwrap_or_default(),
        hash: location.hash().unwrap_or_default(),
    }
}

/// An address of this site in full, to hand it on.
pub fn absolute(path: &str) -> String {
    let origin = window().and_then(|window| window.location().origin().ok());
    origin.unwrap_or_default() + path
}

/// Leaves the app for another address.
pub fn leave_for(address: &str) {
    if let Some(window) = window() {
        // The only error is an address that is none: she stays, signed out.
        let _ = window.location().assign(address);
    }
}

/// Calls back whenever she has gone somewhere: by a link of this site, or back and forward. Lives
/// as long as the page.
pub fn on_navigation(went: impl Fn() + Clone + 'static) {
    let Some(window) = window() else { return };
    let back = Closure::<dyn Fn()>::new({
        let went = went.clone();
        move || went()
    });
    let _ = window.add_event_listener_with_callback("popstate", back.as_ref().unchecked_ref());
    back.forget();
    let link = Closure::<dyn Fn(MouseEvent)>::new(move |event: MouseEvent| {
        if let Some(href) = followed(&event)
            && push(&href)
        {
            event.prevent_default();
            went();
        }
    });
    let _ = window.add_event_listener_with_callback("click", link.as_ref().unchecked_ref());
    link.forget();
}

/// Goes to an address of this site without leaving the app; whether the browser does.
pub fn push(href: &str) -> bool {
    let history = window().and_then(|window| window.history().ok());
    history.is_some_and(|history| {
        history.push_state_with_url(&wasm_bindgen::JsValue::NULL, "", Some(href)).is_ok()
    })
}

/// The address of a link that the app follows itself. New tabs, files, the API, the way to
/// the provider, other sites and
/// places on the same page are the browser's.
fn followed(event: &MouseEvent) -> Option<String> {
    let modified = event.ctrl_key() || event.meta_key() || event.shift_key() || event.alt_key();
    if modified || event.button() != 0 || AsRef::<Event>::as_ref(event).default_prevented() {
        return None;
    }
    let target: Element = event.target()?.dyn_into().ok()?;
    let link: HtmlAnchorElement = target.closest("a[href]").ok()??.dyn_into().ok()?;
    let theirs = link.has_attribute("download")
        || !link.target().is_empty()
        || link.origin() != window()?.location().origin().ok()?
        || ["/api/", "/auth/"].iter().any(|start| link.pathname().starts_with(start));
    let now = here();
    let same_page = link.pathname() == now.path && link.search() == now.query;
    let place_on_it = same_page && !link.hash().is_empty();
    (!theirs && !place_on_it).then(|| link.href())
}

#[cfg(test)]
mod tests {
    use super::Address;

    #[test]
    fn values_are_found_by_their_whole_name() {
        let query = "?visning=ord&x=&y".to_owned();
        let address = Address { query, ..Address::default() };
        assert_eq!(address.value_of("visning"), Some("ord"));
        assert_eq!(address.value_of("x"), Some(""));
        for absent in ["y", "vis", "ning", ""] {
            assert_eq!(address.value_of(absent), None, "{absent}");
        }
    }
}
