//! The texts in Danish: short sentences, “du”, the answer first.

mod casework;
mod landing;
mod overview;
mod rules;
mod shell;
mod staff;
mod statements;

use super::casework_messages::CaseworkMessages;
use super::messages::Messages;
use super::prose::Prose;

/// Every text.
pub static MESSAGES: Messages = Messages {
    shell: &shell::SHELL,
    landing: &landing::LANDING,
    identities: &landing::IDENTITIES,
    overview: &overview::OVERVIEW,
    staff: &staff::STAFF,
};

/// The pages of prose.
pub static PROSE: Prose = Prose {
    rules: &rules::RULES,
    accessibility: &statements::ACCESSIBILITY,
    privacy: &statements::PRIVACY,
};

/// The pages of caseworkers.
pub const CASEWORK: CaseworkMessages = casework::CASEWORK;
