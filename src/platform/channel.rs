//! Words between the tabs of this browser. Nothing is stored: who is not there does not hear them.

use wasm_bindgen::JsCast;
use wasm_bindgen::closure::Closure;
use web_sys::BroadcastChannel;

const NAME: &str = "signed-out";

/// Tells the other tabs that she has signed out.
pub fn tell_signed_out() {
    if let Ok(channel) = BroadcastChannel::new(NAME) {
        // The only error is a channel that is closed.
        let _ = channel.post_message(&wasm_bindgen::JsValue::NULL);
        channel.close();
    }
}

/// Calls back when she has signed out in another tab. Lives as long as the page.
pub fn on_signed_out(heard: impl FnMut() + 'static) {
    let Ok(channel) = BroadcastChannel::new(NAME) else { return };
    let heard = Closure::<dyn FnMut()>::new(heard);
    channel.set_onmessage(Some(heard.as_ref().unchecked_ref()));
    heard.forget();
    // A channel that nobody holds hears nothing.
    std::mem::forget(channel);
}
