//! The single-page app. Modules in reading order.
