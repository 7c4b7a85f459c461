//! The shape of all texts: one struct for each area of the app.

use super::account_messages::texts;

/// Every text of one language.
#[derive(Debug)]
pub struct Messages {
    /// Header, navigation, footer, states of every page.
    pub shell: &'static ShellTexts,
    /// Signed out, and the ways in.
    pub landing: &'static LandingTexts,
}

texts! {
    /// Header, navigation, footer, states of every page.
    ShellTexts {
        /// Name of the solution.
        name,
        /// Name of the portal it belongs to.
        portal,
        /// Who answers for it.
        authority,
    }
}

texts! {
    /// Signed out, and the ways in.
    LandingTexts {
        /// Heading.
        title,
    }
}
