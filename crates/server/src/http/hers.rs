//! Addresses under a citizen's own at which there is nothing: for everybody, or for those from whom
//! a checklist is withheld. Both get the same answer, whatever the method, so that nobody can tell
//! one from the other. Whoever is signed out is answered as at any other address: nothing is known
//! of her that an answer could tell.

use axum::extract::{MatchedPath, Request, State};
use axum::http::header::ALLOW;
use axum::http::{Method, StatusCode};
use axum::middleware::Next;
use axum::response::{IntoResponse, Response};
use jobnet_api::paths;
use jobnet_api::problem::Code;

use crate::app::App;
use crate::limits::Pace;
use crate::problem::Failure;
use crate::session::Session;
use crate::trials::arm::Enrol;
use crate::{access, checklist};

/// Whether an address is under another.
fn is_under(path: &str, above: &str) -> bool {
    path.strip_prefix(above).is_some_and(|rest| rest.starts_with('/'))
}

/// Only who is told that a method is wrong is told the right ones: a route names its own in every
/// answer to another method, whatever the answer says.
pub(super) async fn without_methods(mut response: Response) -> Response {
    if response.status() != StatusCode::METHOD_NOT_ALLOWED {
        response.headers_mut().remove(ALLOW);
    }
    response
}

/// Answers where there is nothing, and lets through what is something.
pub(super) async fn nowhere(State(app): State<App>, mut request: Request, next: Next) -> Response {
    let path = request.uri().path();
    let is_list = path == paths::MY_CHECKLIST || is_under(path, paths::MY_CHECKLIST);
    let is_nothing =
        is_under(path, paths::ME) && request.extensions().get::<MatchedPath>().is_none();
    if !is_list && !is_nothing {
        return next.run(request).await;
    }
    // What she is shown enrols her, as her other pages do; nothing else does.
    let shows =
        path == paths::MY_CHECKLIST && [Method::GET, Method::HEAD].contains(request.method());
    let enrol = if shows { Enrol::IfEligible } else { Enrol::Never };
    // Before the database is asked.
    let address = app.limits().address(request.extensions().get(), request.headers());
    if let Err(too_often) = app.limits().count_address(address, Pace::Ordinary) {
        return access::refused(too_often);
    }
    let session = match access::session(&app, request.headers()).await {
        Ok(session) => session,
        Err(failure) => return failure.into_response(),
    };
    if is_list && !is_nothing {
        // Whoever is signed out is told what is wrong with her request as at any other address.
        let withheld = match &session {
            Some(session) => is_withheld(&app, session, enrol).await,
            None => Ok(false),
        };
        match withheld {
            Ok(false) => {
                request.extensions_mut().insert(access::Counted);
                return next.run(request).await;
            }
            Ok(true) => {}
            Err(failure) => return failure.into_response(),
        }
    }
    let counted = match &session {
        Some(session) => app.limits().count_session(&session.key, Pace::Ordinary),
        None => app.limits().count_stranger(address),
    };
    match counted {
        Err(too_often) => access::refused(too_often),
        Ok(()) if session.is_some() => Failure::new(Code::NotFound).into_response(),
        Ok(()) => Failure::new(Code::SignedOut).into_response(),
    }
}

/// Whether there is no checklist for whoever asks. Staff have none of their own, and are told so.
async fn is_withheld(app: &App, session: &Session, enrol: Enrol) -> Result<bool, Failure> {
    match session.citizen {
        Some(citizen) => checklist::is_withheld(app, citizen, enrol).await,
        None => Ok(false),
    }
}
