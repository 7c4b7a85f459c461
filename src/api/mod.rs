//! The only user of the network: one typed function for each endpoint.
//!
//! It must not know of pages or texts: an error says what happened, the page says it in words.

pub mod checklist;
mod client;
mod json;
pub mod profile;
pub mod trials;

use chrono::NaiveDate;
use jobnet_api::access::AccessLog;
use jobnet_api::account::{AccountAnswer, AccountFacts};
use jobnet_api::arm::Exposure;
use jobnet_api::boot::{Boot, DemoSignIn, Me, SignedOut};
use jobnet_api::casework::{Caseload, CaseloadQuery, CitizenCard, GuestAccess, NewGuestAccess};
use jobnet_api::my_trials::MyTrial;
use jobnet_api::paths;
use jobnet_api::report::{HoursReport, NewHoursReport};
use jobnet_api::rights::{CitizenRights, MyRights};
use jobnet_api::unblinding::{NewUnblinding, Unblinding};
use jobnet_api::understanding::{Answers, Judged, Understanding};

use crate::state::Reader;

pub use client::{ApiError, person_came, session_began, sessions};

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

/// The account of the citizen whose page it is, as the registers had it on a day.
///
/// # Errors
/// [`ApiError::SignedOut`] when the session has ended; [`ApiError::Server`] with
/// [`Code::NotFound`](jobnet_api::problem::Code::NotFound) when nothing was known of her then.
pub async fn account_on(reader: &Reader, day: NaiveDate) -> Result<AccountAnswer, ApiError> {
    let path = match reader {
        Reader::Herself | Reader::Preview(_) => paths::MY_ACCOUNT.to_owned(),
        Reader::Caseworker { citizen } | Reader::Unblinded { citizen, .. } => {
            about(paths::CITIZEN_ACCOUNT, citizen)
        }
    };
    evaluated(client::get(&format!("{path}?as_of={day}")).await?)
}

/// A page of the caseworker's citizens. The first is asked for as the document asks for it (a preload),
/// but only by the one for whom it was made: nobody may find the answer to somebody before her.
///
/// # Errors
/// [`ApiError::SignedOut`] when the session has ended; [`ApiError::Server`] with what cannot be
/// used.
pub async fn caseload(query: &CaseloadQuery) -> Result<Caseload, ApiError> {
    let is_first = client::is_first_person() && *query == CaseloadQuery::default();
    client::ask(paths::CASELOAD, (!is_first).then_some(query)).await
}

/// Who a citizen is, for her caseworker.
///
/// # Errors
/// [`ApiError::SignedOut`] when the session has ended; [`ApiError::Server`] with
/// [`Code::NotFound`](jobnet_api::problem::Code::NotFound) when there is no such citizen or the
/// caseworker must not see her.
pub async fn citizen(citizen: &str) -> Result<CitizenCard, ApiError> {
    client::get(&about(paths::CITIZEN, citizen)).await
}

/// A citizen's account, for her caseworker: what she sees herself.
///
/// # Errors
/// As [`citizen`].
pub async fn citizen_account(citizen: &str) -> Result<AccountAnswer, ApiError> {
    evaluated(client::get(&about(paths::CITIZEN_ACCOUNT, citizen)).await?)
}

/// Asks for guest access to a citizen, saying why.
///
/// # Errors
/// [`ApiError::SignedOut`] when the session has ended; [`ApiError::Server`] with the fields that
/// cannot be used, or with [`Code::NotFound`](jobnet_api::problem::Code::NotFound) when nobody has
/// this number.
pub async fn guest_access(request: &NewGuestAccess) -> Result<GuestAccess, ApiError> {
    client::post_for(paths::GUEST_ACCESS, request).await
}

/// Asks, with a reason, how a citizen is shown her account. Asking again with the same
/// `idempotency_key` stores nothing twice.
///
/// # Errors
/// As [`guest_access`], and as [`citizen`].
pub async fn unblind(
    citizen: &str,
    request: &NewUnblinding,
    idempotency_key: &str,
) -> Result<Unblinding, ApiError> {
    client::post_once(&about(paths::CITIZEN_UNBLINDING, citizen), request, idempotency_key).await
}

fn about(path: &str, id: &str) -> String {
    paths::around_id(path)
        .map_or_else(|| path.to_owned(), |(before, after)| [before, id, after].concat())
}

/// The server's answer holds an account too, for those who have no rules of their own.
fn evaluated(facts: AccountFacts) -> Result<AccountAnswer, ApiError> {
    facts.evaluate().map_err(|_| ApiError::Server(None))
}

/// Says what was really shown because of a trial. The browser sends it even if she leaves the page
/// meanwhile; sending it again changes nothing.
///
/// # Errors
/// [`ApiError::Offline`], and then it has to be sent again; otherwise the server has refused it.
pub async fn exposure(exposure: &Exposure) -> Result<(), ApiError> {
    client::post_kept(paths::MY_EXPOSURES, exposure).await
}

/// What she is asked about her own account now, if anything.
///
/// # Errors
/// [`ApiError::SignedOut`] when the session has ended.
pub async fn understanding() -> Result<Understanding, ApiError> {
    client::get(paths::MY_UNDERSTANDING).await
}

/// Sends what she answered, and returns what was right. Sending the same again stores nothing twice.
///
/// # Errors
/// [`ApiError::SignedOut`] when the session has ended; [`ApiError::Server`] when she has given
/// other answers this month, in another tab.
pub async fn send_answers(answers: &Answers) -> Result<Judged, ApiError> {
    client::post_for(paths::MY_UNDERSTANDING, answers).await
}

/// Her rights, duties and deadlines, and what has happened.
///
/// # Errors
/// [`ApiError::SignedOut`] when the session has ended.
pub async fn my_rights() -> Result<MyRights, ApiError> {
    client::get(paths::MY_RIGHTS).await
}

/// The same of a citizen, for her caseworker.
///
/// # Errors
/// [`ApiError::Server`] with [`Code::NotFound`](jobnet_api::problem::Code::NotFound) when she must not
/// be seen or does not exist.
pub async fn citizen_rights(citizen: &str) -> Result<CitizenRights, ApiError> {
    client::get(&about(paths::CITIZEN_RIGHTS, citizen)).await
}

/// The trials she is in.
///
/// # Errors
/// [`ApiError::SignedOut`] when the session has ended.
pub async fn my_trials() -> Result<Vec<MyTrial>, ApiError> {
    client::get(paths::MY_TRIALS).await
}

/// Objects to one of them; the same again changes nothing. What it is for her from then on.
///
/// # Errors
/// As [`my_trials`]; [`ApiError::Server`] when she is not in it.
pub async fn object_to_trial(trial: &str) -> Result<MyTrial, ApiError> {
    client::put_for(&about(paths::MY_TRIAL_OBJECTION, trial), &()).await
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
