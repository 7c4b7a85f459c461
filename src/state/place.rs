//! Where in the app she is.

use leptos::prelude::*;

use crate::platform::navigation::{self, Address};

/// The address of the page.
#[derive(Clone, Copy, Debug)]
pub struct Place(RwSignal<Address>);

impl Place {
    /// Follows the address from now on.
    pub fn watch() -> Self {
        let address = RwSignal::new(navigation::here());
        navigation::on_navigation(move || address.set(navigation::here()));
        Self(address)
    }

    /// Reads it, and follows it.
    pub fn with<T>(self, read: impl FnOnce(&Address) -> T) -> T {
        self.0.with(read)
    }

    /// What stands after `#`, without following it.
    pub fn anchor_untracked(self) -> String {
        self.0.with_untracked(|address| address.hash.trim_start_matches('#').to_owned())
    }
}
