//! Signing in at the provider, and its word that someone has signed out. The browser sees
//! addresses and our own cookies, never a token.

use std::net::{IpAddr, SocketAddr};

use axum::Extension;
use axum::extract::rejection::FormRejection;
use axum::extract::{ConnectInfo, Form, Query, State};
use axum::http::{HeaderMap, StatusCode, header};
use axum::response::{IntoResponse, Redirect, Response};
use jobnet_api::boot::SignInProblem;
use jobnet_api::paths;
use jobnet_api::problem::{Code, Problem};
use serde::Deserialize;
use utoipa::{IntoParams, ToSchema};

use super::NO_STORE;
use crate::access::{self, Visitor};
use crate::app::App;
use crate::clock;
use crate::cookie;
use crate::cpr;
use crate::oidc::{self, Ask, ClaimsError, LoggedOut, Oidc, OidcError, Person};
use crate::problem::Failure;
use crate::session::{self, NewSession, Which};
use crate::{secret, site};

/// How long the cookie of a sign-in that has begun lives.
const BEGUN_SECONDS: i64 = 600;

/// Removes the cookie of a sign-in that has begun.
pub(super) fn no_sign_in(app: &App) -> String {
    cookie::cookie(app, browser_cookie(app), "", 0)
}

/// Binds a sign-in to the browser that began it.
fn browser_cookie(app: &App) -> &'static str {
    if app.config().is_https() { "__Host-sign-in" } else { "sign-in" }
}

fn provider(app: &App) -> Result<&Oidc, Failure> {
    app.oidc().ok_or(Failure::new(Code::NotFound))
}

#[derive(Deserialize, IntoParams)]
#[serde(deny_unknown_fields)]
#[into_params(parameter_in = Query)]
pub(super) struct Login {
    /// The page to come back to; one of the app's own.
    return_to: Option<String>,
}

/// Go to the provider.
#[utoipa::path(
    get,
    path = paths::AUTH_LOGIN, operation_id = "login",
    params(Login),
    responses(
        (status = 303, description = "To the provider, or to the page that says why not"),
        (status = 404, body = Problem, description = "There is no provider"),
    )
)]
pub(super) async fn login(
    State(app): State<App>,
    Query(parameters): Query<Login>,
    Visitor(session): Visitor,
    headers: HeaderMap,
) -> Result<Response, Failure> {
    let provider = provider(&app)?;
    // Only ever a path of our own: anything else could send her to someone who looks like us.
    // Whether there is such a page is not said: some have one that others do not.
    let own =
        |page: &String| (page.starts_with('/') && site::is_page(page)) || paths::is_plain(page);
    let return_to = parameters.return_to.filter(own).unwrap_or_else(|| "/".to_owned());
    // The provider may still know whoever signed out here, or was signed out by time.
    let was_left = session.is_none() && cookie::session_id(&app, &headers).is_some();
    let has_signed_out = cookie::find(&headers, cookie::signed_out_name(&app)).is_some();
    let ask = if was_left || has_signed_out { Ask::Again } else { Ask::AsItLikes };
    let begun = match provider.begin(return_to, ask, clock::now()).await {
        Ok(begun) => begun,
        Err(error) => return Ok(failed(&app, &error)),
    };
    let browser = secret::session_id().map_err(Failure::internal)?;
    let now = app.clock().now();
    oidc::begin(app.database(), &begun.state, &browser, begun.pending, now).await?;
    let cookie = cookie::cookie(&app, browser_cookie(&app), &browser, BEGUN_SECONDS);
    Ok((NO_STORE, [(header::SET_COOKIE, cookie)], Redirect::to(&begun.address)).into_response())
}

/// What the provider sends along. It may send more; that is not ours to refuse.
#[derive(Deserialize, IntoParams)]
#[into_params(parameter_in = Query)]
pub(super) struct Callback {
    /// The sign-in that this answers.
    state: Option<String>,
    /// To be exchanged for a person.
    code: Option<String>,
    /// Why there is none.
    error: Option<String>,
    /// Who answers (RFC 9207).
    iss: Option<String>,
}

/// Come back from the provider. Any session the browser had ends.
#[utoipa::path(
    get,
    path = paths::AUTH_CALLBACK, operation_id = "callback",
    params(Callback),
    responses(
        (status = 303, description = "Signed in, or to the page that says why not"),
        (status = 404, body = Problem, description = "There is no provider"),
    )
)]
pub(super) async fn callback(
    State(app): State<App>,
    Query(answer): Query<Callback>,
    headers: HeaderMap,
) -> Result<Response, Failure> {
    let provider = provider(&app)?;
    let now = app.clock().now();
    let browser = cookie::find(&headers, browser_cookie(&app));
    let pending = match (&answer.state, browser) {
        (Some(state), Some(browser)) => oidc::finish(app.database(), state, browser, now).await?,
        _ => None,
    };
    let Some(pending) = pending else { return Ok(to_problem(&app, SignInProblem::Expired)) };
    if answer.iss.is_some_and(|issuer| issuer != provider.issuer()) {
        return Ok(to_problem(&app, SignInProblem::Provider));
    }
    let Some(code) = answer.code else {
        tracing::info!(error = answer.error.as_deref().map(short), "a sign-in was refused");
        return Ok(to_problem(&app, SignInProblem::Refused));
    };
    let person = match provider.finish(code, &pending).await {
        Ok(person) => person,
        Err(error) => return Ok(failed(&app, &error)),
    };
    let id = start(&app, person, &headers).await?;
    let cookies = [
        (header::SET_COOKIE, cookie::session(&app, Some(&id))),
        (header::SET_COOKIE, no_sign_in(&app)),
        (header::SET_COOKIE, cookie::signed_out(&app, false)),
    ];
    let mut response = (NO_STORE, Redirect::to(&pending.return_to)).into_response();
    for (name, cookie) in cookies {
        let value = cookie.parse().map_err(Failure::internal)?;
        response.headers_mut().append(name, value);
    }
    Ok(response)
}

/// An error code of the provider, as far as it can be one (RFC 6749, 4.1.2.1).
fn short(error: &str) -> &str {
    let is_code = error.len() <= 40 && error.bytes().all(|b| b.is_ascii_lowercase() || b == b'_');
    if is_code { error } else { "not a code" }
}

async fn start(app: &App, person: Person, headers: &HeaderMap) -> Result<String, Failure> {
    let citizen = match &person.cpr {
        Some(number) => cpr::find(app.database().read(), app.keys(), number).await?,
        None => None,
    };
    let new = NewSession {
        persona: None,
        subject: person.subject,
        provider_session: person.provider_session,
        citizen,
        name: person.name,
        role: person.role,
        organisation: person.organisation,
    };
    let previous = cookie::session_id(app, headers);
    session::start(app.database(), new, previous, app.lifetimes(), app.clock().now())
        .await
        .map_err(Failure::internal)
}

fn failed(app: &App, error: &OidcError) -> Response {
    tracing::warn!(error = error.word(), "a sign-in failed");
    to_problem(
        app,
        match error {
            OidcError::Claims(ClaimsError::Level) => SignInProblem::Level,
            OidcError::Claims(ClaimsError::Claim(_) | ClaimsError::Role) => SignInProblem::NoAccess,
            OidcError::Code(_) | OidcError::Old => SignInProblem::Expired,
            OidcError::Address(_)
            | OidcError::Client(_)
            | OidcError::Provider(_)
            | OidcError::Token(_) => SignInProblem::Provider,
        },
    )
}

/// To the page that says why nobody is signed in.
fn to_problem(app: &App, problem: SignInProblem) -> Response {
    let cookie = no_sign_in(app);
    let address = format!("/log-ind?problem={}", problem.key());
    (NO_STORE, [(header::SET_COOKIE, cookie)], Redirect::to(&address)).into_response()
}

/// Open: the provider may send more, and what is not understood must be ignored (OpenID Connect
/// Back-Channel Logout 1.0, section 2.5).
#[derive(Deserialize, ToSchema)]
pub(super) struct BackchannelLogout {
    /// The provider's signed word.
    logout_token: String,
}

/// The provider says that someone has signed out: her sessions here end, at every server.
#[utoipa::path(
    post,
    path = paths::AUTH_BACKCHANNEL_LOGOUT, operation_id = "backchannel_logout",
    request_body(content = BackchannelLogout, content_type = "application/x-www-form-urlencoded"),
    responses(
        (status = 200, description = "Her sessions have ended, if there were any"),
        (status = 400, body = Problem, description = "Not a word of the provider's, or one that was heard before"),
        (status = 404, body = Problem, description = "There is no provider"),
        (status = 429, body = Problem, description = "Too many words that were refused"),
    )
)]
pub(super) async fn backchannel_logout(
    State(app): State<App>,
    peer: Option<Extension<ConnectInfo<SocketAddr>>>,
    headers: HeaderMap,
    form: Result<Form<BackchannelLogout>, FormRejection>,
) -> Result<Response, Failure> {
    let provider = provider(&app)?;
    let address = app.limits().address(peer.as_deref(), &headers);
    let Ok(Form(form)) = form else { return Ok(word_refused(&app, address, "form")) };
    // By the system's own clock, as the library checks ID tokens: the provider knows no other.
    let word = match provider.logged_out(&form.logout_token, clock::now()).await {
        Ok(word) => word,
        Err(error) => return Ok(word_refused(&app, address, error.word())),
    };
    let which = match &word.whom {
        LoggedOut::Session { session, subject } => {
            Which::Provider { session: session.clone(), subject: subject.clone() }
        }
        LoggedOut::Subject(subject) => Which::Subject(subject.clone()),
    };
    let ended = oidc::sign_out_once(app.database(), &word, &which, app.clock().now()).await?;
    if ended.is_none() {
        return Ok(word_refused(&app, address, "heard before"));
    }
    Ok((StatusCode::OK, NO_STORE).into_response())
}

/// Only words that are refused are counted: nobody fills the log, and the provider is always heard.
fn word_refused(app: &App, address: IpAddr, error: &'static str) -> Response {
    if let Err(too_often) = app.limits().count_stranger(address) {
        return access::refused(too_often);
    }
    tracing::warn!(error, "a word of signing out was refused");
    Failure::new(Code::BadRequest).into_response()
}
