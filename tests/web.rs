//! Parts of the app that only a browser can run, each on its own: `cargo xtask test wasm`.

#![cfg(target_arch = "wasm32")]

use jobnet_web::platform::document;
use wasm_bindgen_test::{wasm_bindgen_test, wasm_bindgen_test_configure};
use web_sys::wasm_bindgen::JsCast;

wasm_bindgen_test_configure!(run_in_browser);

#[wasm_bindgen_test]
fn the_language_of_the_page_is_what_screen_readers_are_told() {
    let root = gloo_root();
    for code in ["en", "da"] {
        document::set_language(code);
        assert_eq!(root.get_attribute("lang").as_deref(), Some(code));
    }
}

fn gloo_root() -> web_sys::Element {
    let body = leptos::prelude::document().body().unwrap();
    body.unchecked_into::<web_sys::Node>().parent_element().unwrap()
}
