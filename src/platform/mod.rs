//! The browser, and the only user of `web-sys`: everything else asks here.

pub mod document;
