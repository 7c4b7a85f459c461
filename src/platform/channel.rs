//! Words between the tabs of this browser. Nothing is stored: who is not there does not hear them.

use wasm_bindgen::closure::Closure;
use wasm_bindgen::{JsCast, JsValue};
use web_sys::{BroadcastChannel, MessageEvent};

thread_local! {
    /// The one of this tab: what is told by it, it does not hear itself.
    static CHANNEL: Option<BroadcastChannel> = BroadcastChannel::new("signed-in").ok();
}

/// Tells the other tabs who is signed in now: a pseudonym, or nobody.
pub fn tell(handle: Option<&str>) {
    CHANNEL.with(|channel| {
        if let Some(channel) = channel {
            // The only error is a channel that is closed.
            let _ = channel.post_message(&handle.map_or(JsValue::NULL, JsValue::from_str));
        }
    });
}

/// Calls back when another tab has told so. Lives as long as the page.
pub fn on_change(mut heard: impl FnMut(Option<String>) + 'static) {
    let heard = Closure::<dyn FnMut(MessageEvent)>::new(move |event: MessageEvent| {
        heard(event.data().as_string());
    });
    CHANNEL.with(|channel| {
        if let Some(channel) = channel {
            channel.set_onmessage(Some(heard.as_ref().unchecked_ref()));
        }
    });
    heard.forget();
}
