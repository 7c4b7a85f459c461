//! The only user of the network: one typed function for each endpoint.
//!
//! It must not know of pages or texts: an error says what happened, the page says it in words.

mod client;

use chrono::NaiveDate;
use jobnet_api::access::AccessLog;
use jobnet_api::account::{AccountAnswer, AccountFacts};
use jobnet_api::boot::{Boot, DemoSignIn, Me, SignedOut};
use jobnet_api::paths;
use jobnet_api::report::{HoursReport, NewHoursReport};

pub use client::ApiError;

/// The first answer of a page load. The document asks for it too (a preload), so that this call
/// finds the answer on its way or there.
///
/// # Errors
/// [`ApiError::Offline`] or [`ApiError::Server`]; nobody signed in is an answer, not an error.
pub async fn boot() -> Result<Boot, ApiError> {
    client::get(paths::BOOT).await
}

/// Signs in as a demo identity.
///
/// # Errors
/// [`ApiError::Server`] when the server does not run as a demo or does not know the key.
pub async fn demo_sign_in(persona: &str) -> Result<(), ApiError> {
    client::post(paths::DEMO_SESSION, &DemoSignIn { persona: persona.to_owned() }).await
}

/// Who is signed in and until when; asking does not keep the session alive.
///
/// # Errors
/// [`ApiError::SignedOut`] when the session has ended.
pub async fn me() -> Result<Me, ApiError> {
    client::get(paths::ME).await
}

/// Keeps the session alive.
///
/// # Errors
/// [`ApiError::SignedOut`] when it has ended.
pub async fn extend_session() -> Result<Me, ApiError> {
    client::post_for(paths::EXTEND_SESSION, &()).await
}

/// Ends the session on the server and in this browser. Where the browser goes on to sign out at
/// the provider, too.
///
/// # Errors
/// [`ApiError::Offline`] or [`ApiError::Server`]; then the session goes on.
pub async fn sign_out() -> Result<Option<String>, ApiError> {
    let answer: Option<SignedOut> = client::post_for(paths::END_SESSION, &()).await?;
    Ok(answer.and_then(|answer| answer.continue_at))
}

/// Who has looked at the citizen's data: the newest, or those before a number; her own looks are
/// left out unless she wants them.
///
/// # Errors
/// [`ApiError::SignedOut`] when the session has ended.
pub async fn access_log(before: Option<i64>, own: bool) -> Result<AccessLog, ApiError> {
    let before = before.map(|number| format!("&before={number}")).unwrap_or_default();
    client::get(&format!("{}?own={own}{before}", paths::MY_ACCESS_LOG)).await
}

/// The signed-in citizen's account as the registers had it on a day.
///
/// # Errors
/// [`ApiError::SignedOut`] when the session has ended; [`ApiError::Server`] with
/// [`Code::NotFound`](jobnet_api::problem::Code::NotFound) when nothing was known of her then.
pub async fn account_on(day: NaiveDate) -> Result<AccountAnswer, ApiError> {
    evaluated(client::get(&format!("{}?as_of={day}", paths::MY_ACCOUNT)).await?)
}

/// The server's answer holds an account too, for those who have no rules of their own.
fn evaluated(facts: AccountFacts) -> Result<AccountAnswer, ApiError> {
    facts.evaluate().map_err(|_| ApiError::Server(None))
}

/// Says that hours are missing, and returns the stored report: its receipt. Sending again with
/// the same `idempotency_key` stores nothing twice.
///
/// # Errors
/// [`ApiError::SignedOut`] when the session has ended; [`ApiError::Server`] with the fields that
/// cannot be used.
pub async fn send_hours_report(
    report: &NewHoursReport,
    idempotency_key: &str,
) -> Result<HoursReport, ApiError> {
    client::post_once(paths::MY_HOURS_REPORTS, report, idempotency_key).await
}
