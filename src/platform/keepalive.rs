//! Something small that is sent even if she leaves the page meanwhile.

use js_sys::{Object, Reflect};
use wasm_bindgen::{JsCast, JsValue};
use wasm_bindgen_futures::JsFuture;
use web_sys::{RequestInit, Response};

use super::window;

/// Posts JSON with `keepalive`.
///
/// # Errors
/// What the browser says when the server could not be reached.
pub async fn post(path: &str, json: &str) -> Result<Response, JsValue> {
    let headers = Object::new();
    Reflect::set(&headers, &"Content-Type".into(), &"application/json".into())?;
    let wish: RequestInit = Object::new().unchecked_into();
    for (name, value) in [
        ("method", "POST".into()),
        ("headers", headers.into()),
        ("body", json.into()),
        ("keepalive", JsValue::TRUE),
    ] {
        Reflect::set(&wish, &name.into(), &value)?;
    }
    let window = window().ok_or(JsValue::UNDEFINED)?;
    JsFuture::from(window.fetch_with_str_and_init(path, &wish)).await?.dyn_into()
}
