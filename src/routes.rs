//! Which page an address means, and back. No personal data is ever part of an address.

use jobnet_api::paths;
use leptos::prelude::*;

use crate::state::Place;

/// A page of the app. Those of [`Page::ALL`] stand in its order.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub enum Page {
    /// `/`: signed out, the ways in; signed in, what matters now.
    Home,
    /// Hours and benefits.
    Hours,
    /// What is known about her, and who has looked at it.
    MyData,
    /// The preparation form, and what a model makes of it.
    Profile,
    /// Letters and receipts to her.
    Letters,
    /// The models, for everyone.
    Models,
    /// The rules in plain words.
    Rules,
    /// The ways in.
    SignIn,
    /// Back from the provider in a tab of its own.
    SignedIn,
    /// Accessibility statement.
    Accessibility,
    /// What is stored, and why.
    Privacy,
    /// A caseworker's citizens.
    Caseload,
    /// Guest access to a citizen of another fund or job centre.
    GuestAccess,
    /// What matters now to a citizen, for her caseworker.
    Citizen,
    /// A citizen's hours and benefits, for her caseworker.
    CitizenHours,
    /// A citizen on one page, to talk over.
    CitizenTalk,
    /// A citizen's profile, for her caseworker.
    CitizenProfile,
    /// A citizen's rights, duties and deadlines, for her caseworker.
    CitizenRights,
    /// A researcher's trials.
    Trials,
    /// One trial.
    Trial,
    /// Her rights, duties and deadlines, and what has happened.
    Rights,
    /// How far messages to citizens are, for administrators.
    Outbox,
    /// A made-up citizen's page as an arm of a trial would have it.
    Preview,
    /// The job-search checklist. To those who have none it does not exist.
    Checklist,
    /// No such page.
    NotFound,
}

impl Page {
    /// Every page that has an address of its own for everyone.
    pub const ALL: [Self; 23] = [
        Self::Home,
        Self::Hours,
        Self::MyData,
        Self::Profile,
        Self::Letters,
        Self::Models,
        Self::Rules,
        Self::SignIn,
        Self::SignedIn,
        Self::Accessibility,
        Self::Privacy,
        Self::Caseload,
        Self::GuestAccess,
        Self::Citizen,
        Self::CitizenHours,
        Self::CitizenTalk,
        Self::CitizenProfile,
        Self::CitizenRights,
        Self::Trials,
        Self::Trial,
        Self::Rights,
        Self::Outbox,
        Self::Preview,
    ];

    /// Its address; an unknown page leads home. The address of a page about a citizen or a trial has
    /// a place for the id: see [`Page::about`].
    pub const fn path(self) -> &'static str {
        match self {
            Self::Checklist => paths::CHECKLIST_PAGE,
            Self::NotFound => "/",
            // In the same order; a test compares them.
            page => paths::PAGES[page as usize],
        }
    }

    /// Its address with an id in it: a citizen's random one, the key of a trial, a token.
    pub fn about(self, id: &str) -> String {
        let path = self.path();
        paths::around_id(path)
            .map_or_else(|| path.to_owned(), |(before, after)| [before, id, after].concat())
    }

    /// Whether it is about one citizen, for her caseworker.
    pub fn is_about_a_citizen(self) -> bool {
        self.path().contains(paths::CITIZEN_PLACE)
    }

    /// The page an address means. A slash at the end makes no difference.
    pub fn of(path: &str) -> Self {
        if path.trim_end_matches('/') == paths::CHECKLIST_PAGE {
            return Self::Checklist;
        }
        let known = paths::page_of(path);
        let page = |(address, _)| Self::ALL.into_iter().find(|page| page.path() == address);
        known.and_then(page).unwrap_or(Self::NotFound)
    }
}

/// The page shown now.
pub fn use_page() -> Memo<Page> {
    let place = expect_context::<Place>();
    Memo::new(move |_| place.with(|address| Page::of(&address.path)))
}

/// The id in the address of the page, if it is about a citizen, a trial or a link.
pub fn use_id() -> Memo<Option<String>> {
    let place = expect_context::<Place>();
    Memo::new(move |_| place.with(|address| paths::page_of(&address.path)?.1.map(str::to_owned)))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn every_page_is_found_by_its_own_address() {
        for page in Page::ALL {
            let path = page.about("a1");
            assert_eq!(Page::of(&path), page);
            assert_eq!(Page::of(&format!("{}/", path.trim_end_matches('/'))), page);
        }
    }

    #[test]
    fn the_server_answers_the_same_addresses() {
        let ours = Page::ALL.map(Page::path);
        assert_eq!(ours, jobnet_api::paths::PAGES);
        for (place, page) in Page::ALL.into_iter().enumerate() {
            assert_eq!(page as usize, place, "{page:?}");
        }
    }

    #[test]
    fn an_unknown_address_is_not_found() {
        for path in ["/regler/mere", "/Regler", "/timer", "/%"] {
            assert_eq!(Page::of(path), Page::NotFound, "{path}");
        }
    }
}
