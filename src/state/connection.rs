//! Whether the browser has a network.

use leptos::prelude::*;

use crate::platform::document;

/// The network, as the browser sees it.
#[derive(Clone, Copy, Debug)]
pub struct Connection(RwSignal<bool>);

impl Connection {
    /// Follows the browser from now on.
    pub fn watch() -> Self {
        let online = RwSignal::new(document::is_online());
        document::on_connection_change(move |now| online.set(now));
        Self(online)
    }

    /// Whether there is a network.
    pub fn is_online(self) -> bool {
        self.0.get()
    }
}
