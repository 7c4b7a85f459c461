//! The first page of whoever works with the system: the answer with its document names the files and
//! the list that it will need, so that the browser asks for them beside everything else, not once it
//! has learned who she is (docs/decisions/0005). Whatever goes wrong here, the plain document does as
//! well, only later.

use std::net::SocketAddr;
use std::time::Duration;

use axum::extract::ConnectInfo;
use axum::http::{HeaderMap, HeaderValue};
use jobnet_api::boot::Role;
use jobnet_api::paths;

use crate::app::App;
use crate::limits::Pace;
use crate::{access, cookie};

const HOME: &str = "/";
const CASELOAD: &str = "/sagsbehandler";
const TRIALS: &str = "/forsker";

/// No page waits longer than this for it to be known.
const PATIENCE: Duration = Duration::from_secs(2);

/// The part of the page that is a role's first page at an address, and the list it begins with, by
/// the address at which the page asks for it.
fn needs(role: Role, page: &str) -> Option<(&'static str, Option<&'static str>)> {
    match (role, page) {
        (Role::FundCaseworker | Role::JobCentreCaseworker, HOME | CASELOAD) => {
            Some(("staff", Some(paths::CASELOAD)))
        }
        (Role::Researcher, HOME | TRIALS) | (Role::Administrator, TRIALS) => {
            Some(("research", Some(paths::TRIALS)))
        }
        (Role::Administrator, HOME) => Some(("staff", None)),
        _ => None,
    }
}

/// What goes ahead of a page, if it is the first of one who works with the system. Nobody is looked up
/// without a cookie, looking winds no session's clock up, and however often it is asked no page is
/// refused for it.
pub(super) async fn of(
    app: &App,
    path: &str,
    headers: &HeaderMap,
    peer: Option<&ConnectInfo<SocketAddr>>,
) -> Option<HeaderValue> {
    let (page, _) = paths::page_of(path)?;
    if ![HOME, CASELOAD, TRIALS].contains(&page) || cookie::session_id(app, headers).is_none() {
        return None;
    }
    let address = app.limits().address(peer, headers);
    app.limits().count_address(address, Pace::Ordinary).ok()?;
    let found = tokio::time::timeout(PATIENCE, access::session(app, headers)).await.ok()?.ok()?;
    let Some(session) = found else {
        // A made-up id is none.
        app.limits().count_stranger(address).ok();
        return None;
    };
    let (part, list) = needs(session.role, page)?;
    app.site().ahead(part, list)
}
