//! Trials: what researchers ask the server for, and what a link to a preview shows.

use jobnet_api::boot::Boot;
use jobnet_api::outbox::{Outbox, RetriedMessage};
use jobnet_api::paths;
use jobnet_api::trial::{Draft, Preview, PreviewAsked, Step, Trial, TrialLine, Watch};
use jobnet_api::trial_messages::TrialMessages;
use jobnet_api::trials::planning::{Plan, Question};
use jobnet_api::trials::protocol::Protocol;
use jobnet_api::trials::protocol::check::Catalogue;

use super::{ApiError, about, client, json};

/// Every trial.
///
/// # Errors
/// [`ApiError::SignedOut`] when the session has ended.
pub async fn list() -> Result<Vec<TrialLine>, ApiError> {
    client::get(paths::TRIALS).await
}

/// What the server can serve to a trial.
///
/// # Errors
/// As [`list`].
pub async fn catalogue() -> Result<Catalogue, ApiError> {
    client::get(paths::TRIAL_CATALOGUE).await
}

/// One trial.
///
/// # Errors
/// As [`list`]; [`ApiError::Server`] with [`Code::NotFound`](jobnet_api::problem::Code::NotFound)
/// when there is none of this key.
pub async fn get(key: &str) -> Result<Trial, ApiError> {
    client::get(&about(paths::TRIAL, key)).await
}

/// Stores a draft made from a version; from 0, a new one.
///
/// # Errors
/// [`ApiError::Server`] with the field `/version` when somebody else has changed it meanwhile.
pub async fn save(protocol: Protocol, version: u32) -> Result<Trial, ApiError> {
    let draft = Draft { protocol, version };
    if version == 0 {
        return client::post_for(paths::TRIALS, &draft).await;
    }
    client::put_for(&about(paths::TRIAL, draft.protocol.key.as_str()), &draft).await
}

/// Takes a step in its life.
///
/// # Errors
/// [`ApiError::Server`] with the reason when there is no such step.
pub async fn step(key: &str, step: &Step) -> Result<Trial, ApiError> {
    client::post_for(&about(paths::TRIAL_STEPS, key), step).await
}

/// How it goes.
///
/// # Errors
/// As [`get`].
pub async fn watch(key: &str) -> Result<Watch, ApiError> {
    client::get(&about(paths::TRIAL_WATCH, key)).await
}

/// What it sends, when, and what became of it.
///
/// # Errors
/// As [`get`].
pub async fn messages(key: &str) -> Result<TrialMessages, ApiError> {
    client::get(&about(paths::TRIAL_MESSAGES, key)).await
}

/// The outbox.
///
/// # Errors
/// [`ApiError::SignedOut`] when the session has ended.
pub async fn outbox() -> Result<Outbox, ApiError> {
    client::get(paths::OUTBOX).await
}

/// Has a message that could not be sent tried again; asking again changes nothing more.
///
/// # Errors
/// [`ApiError::Server`] with [`Code::Conflict`](jobnet_api::problem::Code::Conflict) when it may have
/// left.
pub async fn retry_message(id: &str) -> Result<RetriedMessage, ApiError> {
    client::post_for(&about(paths::OUTBOX_RETRY, id), &()).await
}

/// Answers a question of planning.
///
/// # Errors
/// [`ApiError::Server`] with the fields that cannot be used.
pub async fn plan(question: &Question) -> Result<Plan, ApiError> {
    client::post_for(paths::TRIAL_PLAN, question).await
}

/// Asks for a link to a preview.
///
/// # Errors
/// As [`list`].
pub async fn preview_link(asked: &PreviewAsked) -> Result<Preview, ApiError> {
    client::post_for(paths::PREVIEWS, asked).await
}

/// What a link to a preview shows.
///
/// # Errors
/// [`ApiError::Server`] when the link has ended or is not whole.
pub async fn preview(token: &str) -> Result<Boot, ApiError> {
    client::get(&about(paths::PREVIEW, token)).await
}

/// A protocol as the text of a file.
pub fn protocol_text(protocol: &Protocol) -> Option<String> {
    client::pretty(protocol).ok()
}

/// A protocol from the text of a file.
///
/// # Errors
/// Where it is wrong: the line, and the field if it has a name.
pub fn protocol_of(text: &str) -> Result<Protocol, String> {
    json::read(text)
}
