//! Which page an address means, and back. No personal data is ever part of an address.

use leptos::prelude::*;

use crate::state::Place;

/// A page of the app.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub enum Page {
    /// `/`: signed out, the ways in; signed in, what matters now.
    Home,
    /// Hours and benefits.
    Hours,
    /// The rules in plain words.
    Rules,
    /// What is known about her, and who has looked at it.
    MyData,
    /// The ways in.
    SignIn,
    /// Back from the provider in a tab of its own.
    SignedIn,
    /// Accessibility statement.
    Accessibility,
    /// What is stored, and why.
    Privacy,
    /// No such page.
    NotFound,
}

impl Page {
    /// Every page that has an address.
    pub const ALL: [Self; 8] = [
        Self::Home,
        Self::Hours,
        Self::MyData,
        Self::Rules,
        Self::SignIn,
        Self::SignedIn,
        Self::Accessibility,
        Self::Privacy,
    ];

    /// Its address; an unknown page leads home.
    pub const fn path(self) -> &'static str {
        match self {
            Self::Home | Self::NotFound => "/",
            Self::Hours => "/timer-og-ydelse",
            Self::Rules => "/regler",
            Self::MyData => "/mine-data",
            Self::SignIn => "/log-ind",
            Self::SignedIn => "/logget-ind",
            Self::Accessibility => "/tilgaengelighed",
            Self::Privacy => "/privatliv",
        }
    }

    /// The page an address means. A slash at the end makes no difference.
    pub fn of(path: &str) -> Self {
        let path = path.trim_end_matches('/');
        let path = if path.is_empty() { "/" } else { path };
        Self::ALL.into_iter().find(|page| page.path() == path).unwrap_or(Self::NotFound)
    }
}

/// The page shown now.
pub fn use_page() -> Memo<Page> {
    let place = expect_context::<Place>();
    Memo::new(move |_| place.with(|address| Page::of(&address.path)))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn every_page_is_found_by_its_own_address() {
        for page in Page::ALL {
            assert_eq!(Page::of(page.path()), page);
            assert_eq!(Page::of(&format!("{}/", page.path().trim_end_matches('/'))), page);
        }
    }

    #[test]
    fn the_server_answers_the_same_addresses() {
        let ours = Page::ALL.map(Page::path);
        assert_eq!(ours, jobnet_api::paths::PAGES);
    }

    #[test]
    fn an_unknown_address_is_not_found() {
        for path in ["/regler/mere", "/Regler", "/timer", "/%"] {
            assert_eq!(Page::of(path), Page::NotFound, "{path}");
        }
    }
}
