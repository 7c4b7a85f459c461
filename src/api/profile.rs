//! The preparation form, the profile, letters: what a citizen asks the server for and tells it, and
//! what her caseworker sees of it.

use jobnet_api::letters::Letter;
use jobnet_api::models;
use jobnet_api::paths;
use jobnet_api::problem::Code;
use jobnet_api::profile::{
    CitizenProfile, LegalBasis, MyProfile, NewAnswer, NewFactSay, NewRemark, NewSubmission, Said,
    Saved, Submission,
};
use jobnet_api::profile_exposure::ProfileExposure;
use jobnet_api::profiling::answers::Answer;
use jobnet_api::profiling::drift::Verdict;
use jobnet_api::profiling::fact::Fact;
use jobnet_api::profiling::form::Question;
use jobnet_api::profiling::model::Model;
use serde::{Deserialize, Serialize};

use super::{ApiError, about, client};

/// Everything about her profile.
///
/// # Errors
/// [`ApiError::SignedOut`] when the session has ended.
pub async fn mine() -> Result<MyProfile, ApiError> {
    client::get(paths::MY_PROFILE).await
}

/// What she has said against her profile.
///
/// # Errors
/// [`ApiError::SignedOut`] when the session has ended.
pub async fn said() -> Result<Said, ApiError> {
    client::get(paths::MY_PROFILE_SAID).await
}

/// Stores an answer, or takes it back; `seen_edition` is what she has seen of it.
///
/// # Errors
/// [`ApiError::SignedOut`] when the session has ended; see [`is_conflict`].
pub async fn answer(
    question: Question,
    answer: Option<Answer>,
    seen_edition: u32,
) -> Result<Saved, ApiError> {
    let path = about(paths::MY_PROFILE_ANSWER, &name(&question));
    client::put_for(&path, &NewAnswer { answer, seen_edition }).await
}

/// Stores what she says of a fact of the registers.
///
/// # Errors
/// [`ApiError::SignedOut`] when the session has ended; see [`is_conflict`].
pub async fn say(fact: Fact, say: &NewFactSay) -> Result<(), ApiError> {
    client::put_for(&about(paths::MY_PROFILE_FACT, &name(&fact)), say).await
}

/// Sends the form as she has seen it. Sending again with the same `idempotency_key` stores nothing
/// twice.
///
/// # Errors
/// [`ApiError::SignedOut`] when the session has ended; [`ApiError::Server`] when an answer is
/// missing; see [`is_conflict`].
pub async fn submit(seen: &NewSubmission, idempotency_key: &str) -> Result<Submission, ApiError> {
    client::post_once(paths::MY_PROFILE_SUBMISSIONS, seen, idempotency_key).await
}

/// Deletes one form that she has sent, with its profile.
///
/// # Errors
/// [`ApiError::SignedOut`] when the session has ended.
pub async fn delete_submission(id: &str) -> Result<(), ApiError> {
    client::delete(&about(paths::MY_PROFILE_SUBMISSION, id)).await
}

/// Deletes everything: answers, forms, profiles, her remark.
///
/// # Errors
/// [`ApiError::SignedOut`] when the session has ended.
pub async fn delete_all() -> Result<(), ApiError> {
    client::delete(paths::MY_PROFILE).await
}

/// Stores her remark, empty: she takes it back; `seen` is the one she has before her.
///
/// # Errors
/// [`ApiError::SignedOut`] when the session has ended; see [`is_conflict`].
pub async fn remark(text: String, seen: String) -> Result<(), ApiError> {
    client::put_for(paths::MY_PROFILE_REMARK, &NewRemark { text, seen }).await
}

/// Letters, messages and receipts to her, the newest first; `language`, as `da`, is that of receipts.
///
/// # Errors
/// [`ApiError::SignedOut`] when the session has ended.
pub async fn letters(language: &str) -> Result<Vec<Letter>, ApiError> {
    client::get(&format!("{}?language={language}", paths::MY_LETTERS)).await
}

/// Says that she has opened one of them; only the first time counts.
///
/// # Errors
/// As [`letters`].
pub async fn opened(letter: &str) -> Result<(), ApiError> {
    client::put_for(&about(paths::MY_LETTER_READ, letter), &()).await
}

/// A citizen's profile, for her caseworker.
///
/// # Errors
/// As [`super::citizen`].
pub async fn of_citizen(citizen: &str) -> Result<CitizenProfile, ApiError> {
    client::get(&about(paths::CITIZEN_PROFILE, citizen)).await
}

/// The models as a profile needs them. How good they are is for their cards, and so is reading that.
#[derive(Clone, Debug, Deserialize)]
pub struct Models {
    /// Key of the model that is used.
    pub default: String,
    /// The law on which it runs; `None`: it does not.
    pub legal_basis: Option<LegalBasis>,
    /// The models.
    pub models: Vec<PublishedModel>,
}

/// A model as a profile needs it.
#[derive(Clone, Debug, Deserialize)]
pub struct PublishedModel {
    /// SHA-256 of its file, hexadecimal; a profile names it.
    pub digest: String,
    /// What stands in its file.
    pub model: Model,
    /// What came of its estimates when that was looked at last; `None`: never.
    #[serde(default)]
    pub watched: Option<Watched>,
}

/// What came of a model's estimates.
#[derive(Clone, Copy, Debug, Deserialize)]
pub struct Watched {
    /// Whether they hold.
    pub drift: Drift,
}

/// Whether estimates hold.
#[derive(Clone, Copy, Debug, Deserialize)]
pub struct Drift {
    /// Whether they do.
    pub verdict: Verdict,
}

/// The models, for everyone.
///
/// # Errors
/// [`ApiError::Offline`] or [`ApiError::Server`].
pub async fn models() -> Result<Models, ApiError> {
    client::get(paths::MODELS).await
}

/// The same with their cards.
///
/// # Errors
/// As [`models`].
pub async fn cards() -> Result<models::Models, ApiError> {
    client::get(paths::MODELS).await
}

/// Says what was really shown because of a trial. The browser sends it even if she leaves the page
/// meanwhile; sending it again changes nothing.
///
/// # Errors
/// [`ApiError::Offline`], and then it has to be sent again; otherwise the server has refused it.
pub async fn exposure(exposure: &ProfileExposure) -> Result<(), ApiError> {
    client::post_kept(paths::MY_PROFILE_EXPOSURES, exposure).await
}

/// Whether something else has been stored meanwhile, in another tab or on another device.
pub fn is_conflict(error: &ApiError) -> bool {
    matches!(error, ApiError::Server(Some(problem)) if problem.code == Code::Conflict)
}

/// The name of a question or fact on the wire.
fn name(named: &impl Serialize) -> String {
    client::written(named).unwrap_or_default().trim_matches('"').to_owned()
}
