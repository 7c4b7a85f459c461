//! The texts in English: plain words, the Danish term where the law has one.

mod card;
mod casework;
mod checklist;
mod landing;
mod my_data;
mod overview;
mod post;
mod profile;
mod profile_parts;
mod protocol;
mod research;
mod rights;
mod rules;
mod shell;
mod sign_in;
mod staff;
mod statements;
mod trials;

use super::casework_messages::CaseworkMessages;
use super::messages::Messages;
use super::post_messages::{OutboxTexts, PostTexts};
use super::profile_messages::ProfileMessages;
use super::prose::Prose;
use super::research_messages::ResearchMessages;
use super::trial_messages::{MyTrialsTexts, UnderstandingTexts};

pub(crate) use card::{CARD, CRITICISM};
pub(crate) use checklist::{CHECKLIST, checklist_item};
pub(crate) use protocol::{field, word};
pub(crate) use rights::{RIGHTS, rights_kind};

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
    session: &sign_in::SESSION,
    sign_in: &sign_in::SIGN_IN,
    my_data: &my_data::MY_DATA,
};

/// The pages of caseworkers.
pub const CASEWORK: CaseworkMessages = casework::CASEWORK;

/// Five questions about her own account.
pub static UNDERSTANDING: UnderstandingTexts = trials::UNDERSTANDING;
/// The trials she is in.
pub static MY_TRIALS: MyTrialsTexts = trials::MY_TRIALS;
/// What a trial sends.
pub static POST: PostTexts = post::POST_TEXTS;
/// The outbox.
pub static OUTBOX: OutboxTexts = post::OUTBOX_TEXTS;
/// The pages of researchers.
pub const RESEARCH: ResearchMessages = research::RESEARCH;
/// The form and the profile.
pub const PROFILE: ProfileMessages = profile::PROFILE;
