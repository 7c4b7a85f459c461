//! The browser, and with `src/view` the only user of `web-sys`: everything else asks here.

pub mod beat;
#[cfg(feature = "bench")]
pub mod bench;
pub mod canvas;
pub mod canvas_backend;
pub mod channel;
pub mod document;
pub mod download;
pub mod frame;
pub mod keepalive;
pub mod measure;
pub mod media;
pub mod navigation;
pub mod random;
pub mod seen;

// The one place that may reach for the window (clippy.toml bans it elsewhere).
#[allow(clippy::disallowed_methods)]
fn window() -> Option<web_sys::Window> {
    web_sys::window()
}
