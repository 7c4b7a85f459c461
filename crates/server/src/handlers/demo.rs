//! Signing in as a demo identity, and out.

use axum::Json;
use axum::extract::State;
use axum::http::header::{self, HeaderName};
use axum::http::{HeaderMap, StatusCode};
use axum::response::{AppendHeaders, IntoResponse, Response};
use jobnet_api::boot::{DemoSignIn, Persona, SignedOut};
use jobnet_api::paths;
use jobnet_api::problem::{Code, Problem};

use super::NO_STORE;
use super::body::Body;
use super::oidc;
use crate::access::Visitor;
use crate::app::App;
use crate::cookie;
use crate::oidc::Oidc;
use crate::population::{self, Population};
use crate::problem::{Failure, FieldProblem};
use crate::session::{self, NewSession};
use crate::synthesise;

/// The demo identities; none when the server does not run as a demo.
#[utoipa::path(get, path = paths::PERSONAS, operation_id = "personas", responses((status = 200, body = Vec<Persona>)))]
pub(super) async fn personas(State(app): State<App>) -> Result<impl IntoResponse, Failure> {
    let population = app.population().await?;
    Ok((NO_STORE, Json(offered(&app, population))))
}

/// None unless the demo is open.
pub(super) fn offered(app: &App, population: Population) -> Vec<Persona> {
    if !app.is_demo_open(population) {
        return Vec::new();
    }
    synthesise::personas()
        .iter()
        .map(|persona| Persona {
            key: persona.key.to_owned(),
            name: persona.name.to_owned(),
            roles: persona.roles.to_vec(),
        })
        .collect()
}

/// Sign in as a demo identity. Any session the browser had ends.
#[utoipa::path(
    post,
    path = paths::DEMO_SESSION, operation_id = "demo_sign_in",
    request_body = DemoSignIn,
    responses(
        (status = 204, description = "Signed in; the session cookie is set"),
        (status = 404, body = Problem, description = "Not a demo, or its people are not imported"),
        (status = 422, body = Problem),
    )
)]
pub(super) async fn sign_in(
    State(app): State<App>,
    headers: HeaderMap,
    Body(body): Body<DemoSignIn>,
) -> Result<impl IntoResponse, Failure> {
    let population = app.population().await?;
    if !app.is_demo_open(population) {
        return Err(Failure::new(Code::NotFound));
    }
    let unknown = || Failure::invalid(vec![("/persona", FieldProblem::UnknownPersona)]);
    let persona = synthesise::persona(&body.persona).ok_or_else(unknown)?;
    let role = *persona.roles.first().ok_or_else(unknown)?;
    let citizen = match persona.citizen_id {
        Some(id) => Some(
            population::citizen(app.database(), id).await?.ok_or(Failure::new(Code::NotFound))?,
        ),
        None => None,
    };
    let new = NewSession {
        persona: Some(persona.key.to_owned()),
        subject: format!("demo {}", persona.key),
        provider_session: None,
        citizen,
        name: persona.name.to_owned(),
        role,
        organisation: persona.organisation.map(str::to_owned),
    };
    let previous = cookie::session_id(&app, &headers);
    let id = session::start(app.database(), new, previous, app.lifetimes(), app.clock().now())
        .await
        .map_err(Failure::internal)?;
    let cookie = cookie::session(&app, Some(&id));
    Ok((StatusCode::NO_CONTENT, NO_STORE, [(header::SET_COOKIE, cookie)]))
}

/// Sign out. Safe to repeat.
#[utoipa::path(
    post,
    path = paths::END_SESSION, operation_id = "sign_out",
    responses(
        (status = 200, body = SignedOut, description = "Signed out here; the browser goes on to the provider"),
        (status = 204, description = "Signed out"),
    )
)]
pub(super) async fn sign_out(
    State(app): State<App>,
    Visitor(session): Visitor,
    headers: HeaderMap,
) -> Response {
    let ended = match cookie::session_id(&app, &headers) {
        Some(id) => session::end(app.database(), id).await,
        None => Ok(()),
    };
    // A session that has run out may have been the provider's, too.
    let may_be_known = session.as_ref().is_none_or(|session| session.persona.is_none());
    let left = app
        .oidc()
        .filter(|_| may_be_known)
        .map(|_| (header::SET_COOKIE, cookie::signed_out(&app, true)));
    // A sign-in that began before does not end after.
    let begun = app.oidc().map(|_| (header::SET_COOKIE, oidc::no_sign_in(&app)));
    let removal = AppendHeaders(
        [
            (header::SET_COOKIE, cookie::session(&app, None)),
            // Nothing personal is cached, but pages gone from the screen wait for the back button.
            (HeaderName::from_static("clear-site-data"), "\"cache\"".to_owned()),
        ]
        .into_iter()
        .chain(begun)
        .chain(left),
    );
    if let Err(error) = ended {
        // The session lives on until nobody uses it, but not in this browser.
        return (removal, Failure::from(error)).into_response();
    }
    let provider = app.oidc().filter(|_| session.is_some() && may_be_known);
    let continue_at = provider.and_then(Oidc::sign_out_address);
    match continue_at {
        Some(_) => (NO_STORE, removal, Json(SignedOut { continue_at })).into_response(),
        None => (StatusCode::NO_CONTENT, NO_STORE, removal).into_response(),
    }
}
