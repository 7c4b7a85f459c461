//! Where in the app she is.

use leptos::prelude::*;

use crate::platform::navigation::{self, Address};
use crate::platform::{beat, document};

/// The address of the page.
#[derive(Clone, Copy, Debug)]
pub struct Place {
    address: RwSignal<Address>,
    /// She has come to a page whose heading is still fetched.
    arriving: RwSignal<bool>,
}

impl Place {
    /// Follows the address from now on.
    pub fn watch() -> Self {
        let address = RwSignal::new(navigation::here());
        navigation::on_navigation(move || address.set(navigation::here()));
        let place = Self { address, arriving: RwSignal::new(false) };
        beat::each_second(move || {
            if place.arriving.get_untracked() {
                // Unless she has begun there meanwhile: a page that went back to its top under her
                // hand would let her click miss.
                place.arriving.set(document::is_untouched() && !place.focus());
            }
        });
        place
    }

    /// Reads it, and follows it.
    pub fn with<T>(self, read: impl FnOnce(&Address) -> T) -> T {
        self.address.with(read)
    }

    /// Reads it, without following it.
    pub fn with_untracked<T>(self, read: impl FnOnce(&Address) -> T) -> T {
        self.address.with_untracked(read)
    }

    /// What stands after `#`, without following it.
    fn anchor_untracked(self) -> String {
        self.address.with_untracked(|address| address.hash.trim_start_matches('#').to_owned())
    }

    /// Goes to an address of this site, as by a link.
    pub fn go(self, address: &str) {
        navigation::push(address);
        self.address.set(navigation::here());
    }

    /// The focus goes to where the address leads: on a page that is still fetched, to its heading when
    /// it comes.
    pub fn arrive(self) {
        self.arriving.set(!self.focus());
    }

    fn focus(self) -> bool {
        document::go_to(&self.anchor_untracked())
    }
}
