//! The texts in Danish: short sentences, “du”, the answer first.

mod landing;
mod overview;
mod rules;
mod shell;
mod staff;
mod statements;

use super::messages::Messages;

/// Every text.
pub static MESSAGES: Messages = Messages {
    shell: &shell::SHELL,
    landing: &landing::LANDING,
    identities: &landing::IDENTITIES,
    overview: &overview::OVERVIEW,
    rules: &rules::RULES,
    accessibility: &statements::ACCESSIBILITY,
    privacy: &statements::PRIVACY,
    staff: &staff::STAFF,
};
