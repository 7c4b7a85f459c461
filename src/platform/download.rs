//! Handing the reader a file.

use js_sys::Array;
use wasm_bindgen::JsCast;
use web_sys::{Blob, BlobPropertyBag, HtmlAnchorElement, Url};

use super::window;

/// Saves a text under a name. `None`: the browser refused.
pub fn save_text(name: &str, kind: &str, text: &str) -> Option<()> {
    let options = BlobPropertyBag::new();
    options.set_type(kind);
    let parts = Array::of1(&text.into());
    save(name, &Blob::new_with_str_sequence_and_options(&parts, &options).ok()?)
}

/// Saves a file under a name. `None`: the browser refused.
pub fn save(name: &str, file: &Blob) -> Option<()> {
    let url = Url::create_object_url_with_blob(file).ok()?;
    let link = window()?.document()?.create_element("a").ok()?;
    let link: HtmlAnchorElement = link.dyn_into().ok()?;
    link.set_href(&url);
    link.set_download(name);
    link.click();
    // The browser has taken the file by now; the name of it must not keep its memory.
    Url::revoke_object_url(&url).ok()
}
